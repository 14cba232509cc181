"""Looks at Markdown as written: where its code, links and headings stand, and common slips."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpoint.core.content.code import LANGUAGES
from checkpoint.core.content.parse import near

Fault = tuple[int, str, str]
"""Line, what is wrong, what to do."""

ADMONITIONS = {
    "note": "Note",
    "caution": "Caution",
    "predict": "Pause and predict",
    "folklore": "Folklore",
}
"""The kinds of admonition, in words."""

_OPEN = re.compile(r"^(?P<indent> *)(?P<mark>`{3,}|~{3,})[ ]*(?P<language>[^\s`]*)[ ]*(?P<rest>[^`]*)$")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HTML = re.compile(r"(?<!\\)<(?!https?://[^\s<>]+>)(?=[A-Za-z/!?])[^\s>]{0,30}>?")
_ADMONITION = re.compile(r'^ *!!! (?P<kind>[\w-]+)(?: "[^"]+")?\s*$')
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+\S")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of code."""

    line: int
    indent: int
    language: str
    rest: str
    code: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Markdown cut apart: `prose` keeps every line, with fenced code blanked out."""

    prose: tuple[str, ...]
    masked: tuple[str, ...]
    """The prose with inline code blanked out too."""
    fences: tuple[Fence, ...]
    first: int
    """The number of the first line in its file."""

    def lines_with(self, text: str) -> list[int]:
        """Numbers of the lines, outside code, that hold a text."""
        found = [number for number, line in enumerate(self.masked, self.first) if text in line]
        return found or [self.first]


def _blank(match: re.Match[str]) -> str:
    if "\n\n" in match[0]:
        return match[0]
    return re.sub(r"[^\n]", " ", match[0])


def cut(body: str, first: int = 1) -> Source:
    """Separate fenced code from prose."""
    prose: list[str] = []
    fences: list[Fence] = []
    lines = body.split("\n")
    number = 0
    while number < len(lines):
        opening = _OPEN.match(lines[number])
        if opening is None:
            prose.append(lines[number].expandtabs(4))
            number += 1
            continue
        end = _closing(lines, number + 1, opening["mark"])
        fences.append(_fence(opening, lines[number + 1 : end], first + number, end < len(lines)))
        prose += [""] * (min(end + 1, len(lines)) - number)
        number = end + 1
    masked = _CODE.sub(_blank, "\n".join(prose)).split("\n")
    return Source(tuple(prose), tuple(masked), tuple(fences), first)


def _closing(lines: list[str], start: int, mark: str) -> int:
    closing = re.compile(rf"^ *{re.escape(mark[0])}{{{len(mark)},}} *$")
    return next((number for number in range(start, len(lines)) if closing.match(lines[number])), len(lines))


def _fence(opening: re.Match[str], lines: list[str], line: int, closed: bool) -> Fence:
    indent = len(opening["indent"])
    code = "\n".join(text[indent:] if not text[:indent].strip() else text.lstrip() for text in lines)
    return Fence(line, indent, opening["language"], opening["rest"].strip(), code.rstrip("\n"), closed)


def faults(source: Source) -> Iterator[Fault]:
    """Slips that Markdown would turn into a broken page without a word."""
    masked = source.masked
    for fence in source.fences:
        yield from _fence_faults(fence)
    for number, line in enumerate(masked):
        before = masked[number - 1] if number else ""
        slips = [*_lost_fences(source.prose[number]), *_line_faults(line)]
        for what, cure in [*slips, *_placing_faults(line, before, masked[:number])]:
            yield source.first + number, what, cure
    yield from _footnote_faults(masked, source.first)


def _fence_faults(fence: Fence) -> Iterator[Fault]:
    if not fence.closed:
        yield fence.line, "this code fence is never closed", "end it with a line of the same backticks"
    if not fence.language:
        yield fence.line, "this code fence names no language", "write ```text if there is none"
    elif fence.language not in LANGUAGES:
        yield fence.line, f"the code language `{fence.language}` is unknown", near(fence.language, LANGUAGES)
    if fence.rest:
        yield fence.line, f"`{fence.rest}` after the code's language means nothing", "delete it"
    if not fence.code.strip():
        yield fence.line, "this code fence is empty", "write the code or delete the fence"


def _lost_fences(line: str) -> Iterator[tuple[str, str]]:
    if re.match(r"^\s*(?:>\s*)+(`{3}|~{3})", line):
        yield "a code fence inside a quotation isn't understood", "take it out of the quotation"
    if re.match(r"^\s*(?:[-*+]|\d+\.)\s+(`{3}|~{3})", line):
        yield "a code fence on the line of a list's item isn't understood", "write it below, indented by 4"


def _line_faults(line: str) -> Iterator[tuple[str, str]]:
    for html in _HTML.finditer(line):
        yield f"raw HTML (`{html[0]}`) isn't allowed", "use Markdown, or put it in `backticks`"
    if re.search(r"\]\[[^\]]*\]", line):
        yield "reference links aren't supported", "write the address beside the words: [words](address)"
    if re.search(r"\]\s+\((?:lesson|guardrail|stage|question|term|figure|https?):", line):
        yield "a space separates the link's words from its address", "write [words](address)"
    if "{#" in line and not line.startswith("#"):
        yield "an anchor stands outside a heading", "put {#anchor} at the end of a heading"
    if line.lstrip().startswith("!!!"):
        yield from _admonition_faults(line)


def _admonition_faults(line: str) -> Iterator[tuple[str, str]]:
    match = _ADMONITION.match(line)
    if match is None:
        yield "this admonition isn't understood", 'write it as !!! note "Title"'
    elif match["kind"] not in ADMONITIONS:
        yield f"the admonition `{match['kind']}` is unknown", near(match["kind"], ADMONITIONS)


def _placing_faults(line: str, before: str, above: Sequence[str]) -> Iterator[tuple[str, str]]:
    indent = len(line) - len(line.lstrip())
    if not line.strip():
        return
    if 0 < indent < 4 and (not before.strip() or _ITEM.match(line)):
        yield f"indented by {indent}", "indent by 4 spaces to belong to the item above, or by none"
    if _ITEM.match(line) and before.strip() and not _in_list(above) and not _opens(before):
        yield "a list begins right under a paragraph", "leave an empty line before it"
    if re.match(r"^\s*(-{3,}|={3,})\s*$", line) and before.strip():
        yield "a heading is underlined", "write it as `## Title`"
    if re.match(r"^\s*\|?\s*:?-{3,}:?\s*\|[-|:\s]*$", line) and len(above) > 1 and above[-2].strip():
        yield "a table begins right under a paragraph", "leave an empty line before it"


def _in_list(above: Sequence[str]) -> bool:
    """Whether the block that ends here began as a list."""
    block: list[str] = []
    for line in reversed(above):
        if not line.strip():
            break
        block.append(line)
    return any(_ITEM.match(line) for line in block)


def _opens(before: str) -> bool:
    return before.lstrip().startswith(("!!!", "#", ":"))


def _footnote_faults(masked: Sequence[str], first: int) -> Iterator[Fault]:
    defined: dict[str, int] = {}
    used: dict[str, int] = {}
    for number, line in enumerate(masked, first):
        opening = re.match(r"^\[\^([^\]\s]+)\]:", line)
        if opening and opening[1] in defined:
            yield number, f"the footnote `{opening[1]}` is written twice", "give one of them another name"
        if opening:
            defined.setdefault(opening[1], number)
        for match in _FOOTNOTE.finditer(line, opening.end() if opening else 0):
            used.setdefault(match[1], number)
    for name in used.keys() - defined.keys():
        yield used[name], f"the footnote `{name}` has no text", f"write [^{name}]: at the page's end"
    for name in defined.keys() - used.keys():
        yield defined[name], f"nothing refers to the footnote `{name}`", f"write [^{name}] or delete it"
