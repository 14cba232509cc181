"""What one rendering knows and finds, and how to read and change its tree."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from checkpoint.core.content.source import Fault, Source
from checkpoint.core.content.types import Figure, Heading, Term

CODE, LINE, END = "\ue000", "\ue001", "\ue002"
"""Private characters that carry code blocks and line numbers through Markdown; never in content."""
MARK = re.compile(f"[{CODE}{LINE}]\\d+{END}")
PRIVATE = dict.fromkeys([0, 2, 3, *range(0xE000, 0xF900)])
"""For str.translate: takes such characters out of what authors write."""
_LEFT = re.compile("\x02[^\x03]*\x03")
"""What the library leaves in the tree for its own last steps."""
_EDGE = "\x1f"
"""Where the text of one block ends and another's begins."""
BLOCKS = {"p", "li", "dt", "dd", "td", "th", "tr", "div", "blockquote", "figure", "figcaption", "h2", "h3"}


@dataclass
class Work:
    """What one rendering knows and finds."""

    source: Source
    lesson: str
    glossary: Mapping[str, Term]
    figures: Mapping[str, Figure]
    headings: list[Heading] = field(default_factory=list)
    sections: list[tuple[str, str, str]] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    used_figures: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str, cure: str) -> None:
        self.faults.append((line, what, cure))

    def fault_at(self, text: str, what: str, cure: str) -> None:
        self.faults += [(line, what, cure) for line in self.source.lines_with(text)]


def text_of(element: Element, work: Work) -> str:
    """The words a reader sees, code included."""
    parts: list[str] = []
    _gather(element, parts)
    text = re.sub(rf"{CODE}(\d+){END}", lambda match: work.source.fences[int(match[1])].code, "".join(parts))
    return joined(unescape(MARK.sub("", _LEFT.sub(" ", text))).split(_EDGE))


def joined(texts: Iterable[str]) -> str:
    """Texts of blocks in one line, with a dot between where no punctuation parts them.

    >>> joined(["A list.", "one", "two"])
    'A list. one · two'
    """
    line = ""
    for text in (" ".join(text.split()) for text in texts):
        between = "" if not line else " " if line[-1] in ".:;,?!…·" else " · "
        line += between + text if text else ""
    return line


def _gather(element: Element, parts: list[str]) -> None:
    if "footnote-backref" in element.get("class", "") or "footnote-ref" in element.get("class", ""):
        return
    edge = _EDGE if element.tag in BLOCKS else ""
    parts += [edge, element.text or ""]
    for child in element:
        _gather(child, parts)
        parts.append(child.tail or "")
    parts.append(edge)


def has_content(element: Element) -> bool:
    return bool("".join(element.itertext()).strip()) or len(element) > 0


def replace(parent: Element, old: Element, new: Element) -> Element:
    new.tail, old.tail = old.tail, None
    parent[list(parent).index(old)] = new
    return new


def become(element: Element, tag: str, attributes: dict[str, Any]) -> None:
    """Turn an element into another, which keeps only its content."""
    element.tag = tag
    element.attrib.clear()
    element.attrib.update(attributes)
