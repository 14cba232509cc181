"""The prose set as a book would: its quotes, across emphasis and links, and its code."""

from xml.etree.ElementTree import Element

from checkpoint.core.content.tree.work import BLOCKS
from checkpoint.core.content.typography import LONG_CODE, curled, is_long

_AS_WRITTEN = {"code", "pre"}
_SHOWN = ("alt", "title")
"""Attributes whose words a reader meets."""


def finish_quotes(root: Element) -> None:
    _curl(root, "")


def finish_code(root: Element) -> None:
    for element in root.iter("code"):
        if is_long("".join(element.itertext())):
            element.set("class", LONG_CODE)


def _curl(element: Element, before: str) -> str:
    """Curl an element and return the last character that a reader sees in it."""
    if element.tag in _AS_WRITTEN:
        return "".join(element.itertext())[-1:] or before
    for name in _SHOWN:
        if name in element.attrib:
            element.set(name, curled(element.attrib[name]))
    before = "" if element.tag in BLOCKS else before
    if element.text:
        # Markdown's own kind of string says that nothing in it is Markdown; keep it.
        element.text = type(element.text)(curled(element.text, before))
        before = element.text[-1]
    for child in element:
        before = _curl(child, before)
        if child.tail:
            child.tail = curled(child.tail, "" if child.tag in BLOCKS else before)
            before = child.tail[-1]
    return before
