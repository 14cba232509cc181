"""Markdown to safe HTML: the only user of the Markdown library. Raw HTML never gets through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from checkpoint.core.content.code import render_code
from checkpoint.core.content.source import Fault, Source, cut, faults
from checkpoint.core.content.tree.blocks import finish_admonitions, finish_tables
from checkpoint.core.content.tree.figures import finish_figures
from checkpoint.core.content.tree.headings import finish_headings, gather_sections
from checkpoint.core.content.tree.links import finish_links, popovers
from checkpoint.core.content.tree.typeset import finish_code, finish_quotes
from checkpoint.core.content.tree.work import CODE, END, LINE, MARK, PRIVATE, Work
from checkpoint.core.content.types import Figure, Page, Term


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written and the lines it stands on."""

    to: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page, and what has to be checked against the rest of the course."""

    page: Page
    links: tuple[Link, ...]
    figures: frozenset[str]
    faults: tuple[Fault, ...]


def render_page(
    body: str,
    first: int = 1,
    lesson: str = "",
    glossary: Mapping[str, Term] | None = None,
    figures: Mapping[str, Figure] | None = None,
) -> Rendered:
    """Render the Markdown that starts on line `first` of its file.

    >>> render_page("Run `git push`.").page.html
    '<p>Run <code>git push</code>.</p>'
    """
    source = cut(body.translate(PRIVATE), first)
    work = Work(source, lesson, glossary or {}, figures or {})
    work.faults += faults(source)
    html = _markdown(work).convert(_prepared(source))
    html = _with_code(html, source) + popovers(work)
    page = Page(html, tuple(work.headings), tuple(work.sections))
    links = tuple(Link(to, tuple(source.lines_with(f"]({to}"))) for to in work.links)
    return Rendered(page, links, frozenset(work.used_figures), tuple(sorted(set(work.faults))))


def _markdown(work: Work) -> Markdown:
    return Markdown(
        extensions=["tables", "def_list", "footnotes", "admonition", _Checkpoint(work)],
        extension_configs={
            "tables": {"use_align_attribute": True},
            "footnotes": {"BACKLINK_TITLE": "Back to reference {}"},
        },
        output_format="html",
    )


class _Checkpoint(Extension):
    """Takes out of Markdown what lessons may not have, and adds our own last step."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("reference")
        md.parser.blockprocessors.deregister("setextheader")
        md.parser.blockprocessors.deregister("code")
        for name in ("html", "entity", "automail", "reference", "image_reference"):
            md.inlinePatterns.deregister(name)
        for name in ("short_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.ESCAPED_CHARS.append("<")
        md.treeprocessors.register(_Finish(md, self.work), "checkpoint", -10)


def _prepared(source: Source) -> str:
    """The text given to Markdown: a mark for each code block, and line numbers in headings."""
    lines = [_numbered(line, number) for number, line in enumerate(source.prose, source.first)]
    for number, fence in enumerate(source.fences):
        # On its second line, so that an empty line stands before it whatever came above.
        place = fence.line - source.first + 1
        if place == len(lines):
            lines.append("")
        lines[place] = f"{' ' * fence.indent}{CODE}{number}{END}"
    return "\n".join(lines)


def _numbered(line: str, number: int) -> str:
    """A heading with its line number before its words; any other line as it is."""
    match = re.match(r"((?: {4}|> ?)*#{1,6})\s*", line)
    return f"{match[1]} {LINE}{number}{END}{line[match.end() :]}" if match else line


def _with_code(html: str, source: Source) -> str:
    """The HTML with its code blocks in place, and without marks that no step took."""

    def block(match: re.Match[str]) -> str:
        fence = source.fences[int(match[1] or match[2])]
        return render_code(fence.language, fence.code)

    html = re.sub(rf"<p>{CODE}(\d+){END}</p>|{CODE}(\d+){END}", block, html)
    return MARK.sub("", html)


class _Finish(Treeprocessor):
    """The last step on the tree: quotes, sections, anchors, links, terms, tables, figures, admonitions."""

    def __init__(self, md: Markdown, work: Work) -> None:
        super().__init__(md)
        self.work = work

    def run(self, root: Element) -> None:
        finish_quotes(root)
        finish_code(root)
        finish_headings(root, self.work)
        gather_sections(root, self.work)
        finish_tables(root)
        finish_admonitions(root)
        finish_figures(root, self.work)
        finish_links(root, self.work)
