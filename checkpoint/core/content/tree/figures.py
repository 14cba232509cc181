"""Pictures, each alone with its caption and its size."""

from xml.etree.ElementTree import Element, SubElement

from checkpoint.core.content.addresses import FIGURE
from checkpoint.core.content.tree.work import Work, replace


def finish_figures(root: Element, work: Work) -> None:
    parents = {child: parent for parent in root.iter() for child in parent}
    for image in list(root.iter("img")):
        source = image.get("src", "")
        paragraph = parents[image]
        alone = paragraph.tag == "p" and len(paragraph) == 1 and not _beside(paragraph, image)
        if _figure_faults(image, source, alone, work):
            replace(paragraph, image, Element("span"))
            continue
        _figure(image, source.removeprefix("figure:"), work)
        replace(parents[paragraph], paragraph, _captioned(image))


def _beside(paragraph: Element, image: Element) -> bool:
    return bool((paragraph.text or "").strip() or (image.tail or "").strip())


def _figure_faults(image: Element, source: str, alone: bool, work: Work) -> bool:
    before = len(work.faults)
    name = source.removeprefix("figure:")
    if source.startswith("figure:"):
        work.used_figures.add(name)
    if not source.startswith("figure:"):
        work.fault_at(
            f"]({source}",
            f"the picture `{source}` isn't a figure",
            "put the file beside lesson.md: (figure:name.svg)",
        )
    elif not work.lesson:
        work.fault_at(f"]({source}", "a figure outside a lesson", "move it to a lesson")
    elif name not in work.figures:
        work.fault_at(
            f"]({source}", f"the figure `{name}` isn't beside lesson.md", "add the file or mend its name"
        )
    if not image.get("alt", "").strip():
        work.fault_at(f"]({source}", f"the figure `{name}` has no description", "say in [ ] what it shows")
    if not alone:
        work.fault_at(
            f"]({source}", f"the figure `{name}` isn't alone in its paragraph", "put empty lines around it"
        )
    return len(work.faults) > before


def _figure(image: Element, name: str, work: Work) -> None:
    figure = work.figures[name]
    image.set("src", FIGURE.format(lesson=work.lesson, name=name))
    image.set("loading", "lazy")
    if figure.width and figure.height:
        image.set("width", str(figure.width))
        image.set("height", str(figure.height))


def _captioned(image: Element) -> Element:
    figure = Element("figure")
    image.tail = None
    figure.append(image)
    caption = image.attrib.pop("title", "")
    if caption:
        SubElement(figure, "figcaption").text = caption
    return figure
