"""Tables that scroll by themselves, and admonitions in the design's notes."""

from xml.etree.ElementTree import Element, SubElement

from checkpoint.core.content.source import ADMONITIONS
from checkpoint.core.content.tree.work import has_content, replace

_ICONS = {"note": "note", "caution": "fix", "predict": "predict", "folklore": "folklore"}
"""Kind -> symbol of the page's sprite."""


def finish_tables(root: Element) -> None:
    """Each table scrolls by itself, under the name of the section it stands in."""
    parents = {child: parent for parent in root.iter() for child in parent}
    labels: dict[str, int] = {}
    heading = ""
    for block in list(root):
        if block.tag in ("h2", "h3"):
            heading = "".join(block.itertext()).strip()
        for table in list(block.iter("table")):
            _wrap(parents[table], table, _label(labels, heading))
            _cells(table)


def _label(labels: dict[str, int], heading: str) -> str:
    """A name that no other table of the page has."""
    label = f"Table: {heading}" if heading else "Table"
    labels[label] = labels.get(label, 0) + 1
    return label if labels[label] == 1 else f"{label} ({labels[label]})"


def _wrap(parent: Element, table: Element, label: str) -> None:
    table.set("class", "t")
    attributes = {"class": "tablewrap", "tabindex": "0", "role": "region", "aria-label": label}
    replace(parent, table, Element("div", attributes)).append(table)


def _cells(table: Element) -> None:
    heads = [cell for row in table.iter("thead") for cell in row.iter("th")]
    rows_are_named = bool(heads) and not has_content(heads[0])
    for cell in table.iter():
        if cell.attrib.pop("align", "") == "right":
            cell.set("class", "r")
    for cell in heads:
        cell.set("scope", "col")
    if not rows_are_named:
        return
    heads[0].tag = "td"
    del heads[0].attrib["scope"]
    for row in (row for body in table.iter("tbody") for row in body):
        row[0].tag = "th"
        row[0].set("scope", "row")


def finish_admonitions(root: Element) -> None:
    for element in root.iter("div"):
        kinds = element.get("class", "").split()
        if kinds[:1] == ["admonition"] and len(kinds) > 1 and kinds[1] in ADMONITIONS:
            _admonition(element, kinds[1])


def _admonition(element: Element, kind: str) -> None:
    """Turn the library's div into the design's note: an icon, then the kind in words, title and text."""
    children = list(element)
    for child in children:
        element.remove(child)
    element.attrib = {"class": f"note note--{kind}", "role": "note"}
    icon = SubElement(element, "svg", {"class": "i", "aria-hidden": "true"})
    SubElement(icon, "use", {"href": f"#i-{_ICONS[kind]}"})
    content = SubElement(element, "div")
    title = children.pop(0) if children and children[0].get("class") == "admonition-title" else None
    content.append(_admonition_title(kind, title))
    content.extend(children)


def _admonition_title(kind: str, title: Element | None) -> Element:
    line = Element("p", {"class": "note__h"})
    word = SubElement(line, "span", {"class": "note__kind"})
    word.text = ADMONITIONS[kind]
    if title is not None and "".join(title.itertext()).strip().lower() != kind:
        word.tail = " "
        strong = SubElement(line, "b")
        strong.text = title.text
        strong.extend(list(title))
    return line
