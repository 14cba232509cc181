"""Headings with their anchors, the table of contents, and the page's text by section."""

import re
from xml.etree.ElementTree import Element

from checkpoint.core.content.tree.work import END, LINE, Work, joined, text_of
from checkpoint.core.content.types import Heading

_FRAME_IDS = {"main", "live"}
"""Ids that the page's frame has already."""


def finish_headings(root: Element, work: Work) -> None:
    anchors: dict[str, int] = {}
    top = set(root)
    for element in root.iter():
        if re.fullmatch(r"h[1-6]", element.tag):
            _heading(element, work, anchors, element in top)


def _heading(element: Element, work: Work, anchors: dict[str, int], at_top: bool) -> None:
    line, level = _take_line(element, work), int(element.tag[1])
    anchor = _take_anchor(element)
    title = text_of(element, work)
    anchor = anchor or slugify(title)
    _check_heading(work, line, level, title, anchor, at_top)
    if anchor in anchors:
        cure = "give one of them another {#anchor}"
        work.fault(line, f"the anchor `{anchor}` is already on line {anchors[anchor]}", cure)
    anchors.setdefault(anchor, line)
    element.set("id", anchor)
    if level in (2, 3) and at_top:
        work.headings.append(Heading(anchor, title, level))
    if not any(child.tag in ("a", "button", "img") for child in element.iter()):
        _wrap_inside(element, Element("a", {"class": "anchor", "href": f"#{anchor}"}))


def _check_heading(work: Work, line: int, level: int, title: str, anchor: str, at_top: bool) -> None:
    if level == 1:
        work.fault(line, "a heading of the first level", "write `## `: the lesson's title is the first")
    elif level > 3:
        work.fault(line, f"a heading of level {level}", "use `## ` and `### ` only")
    elif level == 3 and not work.headings:
        work.fault(line, "a sub-section without a section above it", "write `## ` first")
    if not title:
        work.fault(line, "a heading without words", "write its title")
    if not at_top:
        work.fault(
            line, "a heading inside a list, note or quotation", "put it at the margin, or use **bold**"
        )
    if anchor in _FRAME_IDS or anchor.startswith(("gloss-", "fn")) or not re.fullmatch(r"[a-z0-9-]+", anchor):
        work.fault(line, f"the anchor `{anchor}` can't be used", "write {#another-name} in lower case")


def _take_line(element: Element, work: Work) -> int:
    match = re.match(rf"\s*{LINE}(\d+){END}\s*", element.text or "")
    if match is None:
        return work.source.first
    element.text = (element.text or "")[match.end() :]
    return int(match[1])


def _take_anchor(element: Element) -> str:
    """Remove `{#anchor}` from the end of a heading and return the anchor."""
    last = element[-1] if len(element) else None
    text = (last.tail if last is not None else element.text) or ""
    match = re.search(r"\s*\{#([^}]*)\}\s*$", text)
    if match is None:
        return ""
    if last is not None:
        last.tail = text[: match.start()]
    else:
        element.text = text[: match.start()]
    return match[1]


def slugify(title: str) -> str:
    """An anchor from a title.

    >>> slugify("What a stale plan does")
    'what-a-stale-plan-does'
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("’", "").replace("'", "")).strip("-")


def _wrap_inside(element: Element, wrapper: Element) -> None:
    wrapper.text, element.text = element.text, None
    wrapper.extend(list(element))
    for child in list(element):
        element.remove(child)
    element.append(wrapper)


def gather_sections(root: Element, work: Work) -> None:
    current: tuple[str, str] = ("", "")
    texts: list[str] = []
    for element in root:
        if element.tag in ("h2", "h3"):
            _end_section(work, current, texts)
            current, texts = (element.get("id", ""), text_of(element, work)), []
        else:
            texts.append(text_of(element, work))
    _end_section(work, current, texts)


def _end_section(work: Work, current: tuple[str, str], texts: list[str]) -> None:
    text = joined(texts)
    if current[0] or text:
        work.sections.append((*current, text))
