"""Words of the configuration language. A string or here-document is one token; its inside is read later."""

import re
from dataclasses import dataclass
from typing import Literal

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source, Span

Kind = Literal["name", "number", "string", "heredoc", "mark", "comment", "newline", "end"]

_MARKS = (
    "...",
    "==",
    "!=",
    "<=",
    ">=",
    "=>",
    "&&",
    "||",
    "::",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "<",
    ">",
    "!",
    "?",
    ":",
    ",",
    ".",
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    before: str = ""
    """Blanks in front of it on its line."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def is_mark(self, *texts: str) -> bool:
        return self.kind == "mark" and self.text in texts


def is_name_start(char: str) -> bool:
    return char.isalpha() or char == "_"


def is_name_part(char: str) -> bool:
    return char.isalnum() or char in "_-"


def tokens(source: Source, start: int = 0, end: int | None = None) -> list[Token]:
    """All tokens of a stretch, comments included, `end` last. A comment's token holds no newline."""
    if len(source.text) > limits.HCL:
        raise Exhausted(f"a configuration file has at most {limits.HCL // 1024} KB")
    until = len(source.text) if end is None else end
    limits.spend(2 * (until - start))
    return _Reader(source, start, until).whole()


class _Reader:
    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source, self.text, self.at, self.end = source, source.text, start, end
        self.found: list[Token] = []

    def whole(self) -> list[Token]:
        while True:
            blank = self.at
            while self.at < self.end and self.text[self.at] in " \t\r":
                self.at += 1
            before = self.text[blank : self.at]
            if self.at >= self.end:
                self.found.append(Token("end", "", self.at, before))
                return self.found
            kind, end = self.one(self.text[self.at])
            self.found.append(Token(kind, self.text[self.at : end], self.at, before))
            self.at = end

    def one(self, char: str) -> tuple[Kind, int]:
        """Kind and end of the token that begins here."""
        at, text = self.at, self.text
        if char == "\n":
            return "newline", at + 1
        if char == "#" or text.startswith("//", at):
            return "comment", self.until("\n", at)
        if text.startswith("/*", at):
            end = text.find("*/", at + 2)
            return "comment", len(text) if end < 0 else end + 2
        if char == '"':
            return "string", string_end(self.source, at)
        if text.startswith("<<", at):
            return "heredoc", self.heredoc_end(at)
        if is_name_start(char):
            return "name", self.name_end(at)
        if char.isdecimal():
            return "number", self.number_end(at)
        for mark in _MARKS:
            if text.startswith(mark, at):
                return "mark", at + len(mark)
        raise self.strange(char, at)

    def strange(self, char: str, at: int) -> Failed:
        """A character that the language doesn't use, and what is missing in its place."""
        detail = _STRANGE.get(char, "This character is not used within the language.")
        last = next((one for one in reversed(self.found) if one.kind != "comment"), None)
        first = self.bad("Invalid character", detail, at).diagnostics
        if last is not None and last.is_mark(*_WAITING):
            told = "Expected the start of an expression, but found an invalid expression token."
            return Failed(*first, *self.bad("Invalid expression", told, at).diagnostics)
        if char == ";" and last is not None and last.kind != "newline":
            told = "An argument definition must end with a newline."
            return Failed(*first, *self.bad("Missing newline after argument", told, at).diagnostics)
        return Failed(*first)

    def bad(self, summary: str, detail: str, at: int) -> Failed:
        within = block_around(self.source.text, at)
        return Failed(Diagnostic(summary, detail, Span(self.source, at, at + 1), None, within))

    def until(self, goal: str, at: int) -> int:
        end = self.text.find(goal, at)
        return len(self.text) if end < 0 else end

    def name_end(self, at: int) -> int:
        end = at
        while end < len(self.text) and is_name_part(self.text[end]):
            end += 1
        return end

    def number_end(self, at: int) -> int:
        end = at
        text = self.text
        while end < len(text) and text[end].isdecimal():
            end += 1
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isdecimal():
            end += 1
            while end < len(text) and text[end].isdecimal():
                end += 1
        if text[end : end + 1] in ("e", "E"):
            mark = end + 1 + (text[end + 1 : end + 2] in ("+", "-"))
            if text[mark : mark + 1].isdecimal():
                end = mark
                while end < len(text) and text[end].isdecimal():
                    end += 1
        return end

    def heredoc_end(self, at: int) -> int:
        line_end = self.until("\n", at)
        word = self.text[at:line_end].lstrip("<").lstrip("-").strip()
        if not word or not all(map(is_name_part, word)):
            raise self.bad("Invalid expression", "Expected the start of an expression.", at)
        end = line_end + 1
        while end <= len(self.text):
            stop = self.until("\n", end)
            if self.text[end:stop].strip() == word:
                return stop
            if stop >= len(self.text):
                break
            end = stop + 1
        end = len(self.text)
        raise Failed(
            Diagnostic(
                "Unterminated template string",
                "No closing marker was found for the string.",
                Span(self.source, end, end),
                Span(self.source, min(line_end + 1, end), end),
                block_around(self.text, at),
            )
        )


_STRANGE = {
    "'": 'Single quotes are not valid. Use double quotes (") to enclose strings.',
    "`": 'The "`" character is not valid. To create a multi-line string, use the "heredoc" syntax, like '
    '"<<EOT".',
    ";": 'The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to '
    "separate items in collection values.",
}
_WAITING = ("=", "(", "[", ",", "+", "-", "*", "/", "%", "?", ":", "&&", "||", "!", "<", ">", "==", "!=")
"""Marks behind which an expression has to stand."""
_HEADER = re.compile(r'(\w+)((?:[ \t]+(?:"[^"\n]*"|[\w-]+))*)[ \t]*\{')


def block_around(text: str, at: int) -> str:
    """The title of the block that a place stands in, as far as the lines' beginnings tell."""
    title = ""
    for line in text[:at].split("\n"):
        match = _HEADER.match(line)
        if match:
            labels = [f'"{one.strip(chr(34))}"' for one in match[2].split()]
            title = " ".join([match[1], *labels])
        elif line.startswith("}"):
            title = ""
    return title


def string_end(source: Source, at: int) -> int:
    """Where the quoted string that begins here ends, interpolations skipped."""
    text, end, depth = source.text, at + 1, 0
    while end < len(text):
        char = text[end]
        if depth == 0:
            if char == '"':
                return end + 1
            if char == "\n":
                raise _multi_line(source, at, end)
            if char == "\\":
                end += 2
                continue
            if text.startswith(("$${", "%%{"), end):
                end += 3
                continue
            if text.startswith(("${", "%{"), end):
                depth, end = 1, end + 2
                continue
        elif char == '"':
            end = string_end(source, end)
            continue
        elif char in "{}":
            depth += 1 if char == "{" else -1
        end += 1
    raise _unterminated(source, at, len(text))


def _multi_line(source: Source, at: int, newline: int) -> Failed:
    detail = (
        "Quoted strings may not be split over multiple lines. To produce a multi-line string, either use "
        'the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax.'
    )
    within = block_around(source.text, at)
    first = Span(source, at + 1, newline + 1)
    found = [Diagnostic("Invalid multi-line string", detail, first, None, within)]
    told = "No closing marker was found for the string."
    found.append(Diagnostic("Unterminated template string", told, first, None, within))
    for start, end in _paragraphs(source.text, newline + 1):
        found.append(Diagnostic("Invalid multi-line string", detail, Span(source, start, end), None, within))
    return Failed(*found)


def _paragraphs(text: str, at: int) -> list[tuple[int, int]]:
    """Every line from there on, with the newlines behind it."""
    found: list[tuple[int, int]] = []
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        while end < len(text) and text[end] == "\n":
            end += 1
        found.append((at, end))
        at = end
    return found


def _unterminated(source: Source, at: int, end: int) -> Failed:
    detail = "No closing marker was found for the string."
    return Failed(Diagnostic("Unterminated template string", detail, Span(source, at, end)))
