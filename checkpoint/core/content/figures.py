"""Pictures of lessons: which kinds there are, their size, and that an SVG holds nothing active."""

import re
import struct
from pathlib import PurePath
from xml.etree import ElementTree

from checkpoint.core.content.types import Figure

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
MAX_BYTES = 512 * 1024

_ELEMENTS = set(
    """svg g path rect circle ellipse line polyline polygon text tspan textPath defs symbol use marker
    title desc linearGradient radialGradient stop clipPath mask pattern style""".split()  # noqa: SIM905 (easier to read)
)
"""What a drawing needs; scripts, foreign objects, links, images and animations are not among it."""


class FigureError(Exception):
    """A picture that is not served; says why."""


def read_figure(lesson: str, name: str, content: bytes) -> Figure:
    """The figure, or FigureError with what is wrong."""
    suffix = PurePath(name).suffix
    check, measure = _KINDS[suffix]
    check(content)
    width, height = measure(content)
    return Figure(lesson, name, MEDIA_TYPES[suffix], content, width, height)


def _check_svg(content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"<?xml-stylesheet" in content:
        raise FigureError("the SVG declares a document type, entities or a style sheet")
    if re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*(?!['\"]utf-8['\"])", content, re.IGNORECASE):
        raise FigureError("the SVG isn't in UTF-8")
    for element in _tree(content).iter():
        _check_element(element)


def _tree(content: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(content.decode("utf-8"))  # noqa: S314 (entities are refused before)
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError) as error:
        raise FigureError(f"the SVG can't be read ({error})") from None


def _check_element(element: ElementTree.Element) -> None:
    name = _local(element.tag)
    if name not in _ELEMENTS:
        raise FigureError(f"the SVG holds <{name}>")
    if name == "style" and _reaches_out(element.text or ""):
        raise FigureError("the SVG's style loads something from elsewhere")
    for key, value in element.attrib.items():
        attribute = _local(key)
        if attribute.lower().startswith("on"):
            raise FigureError(f"the SVG holds the handler {attribute}")
        if attribute == "href" and not value.startswith("#"):
            raise FigureError("the SVG links to something outside itself")
        if attribute != "href" and _reaches_out(value):
            raise FigureError(f"the SVG's {attribute} loads something from elsewhere")


def _local(name: object) -> str:
    return str(name).rsplit("}", 1)[-1]


def _reaches_out(css: str) -> bool:
    return bool(re.search(r"@import|url\(\s*['\"]?(?!#)|\\|expression\(|javascript:", css, re.IGNORECASE))


def _measure_svg(content: bytes) -> tuple[int, int]:
    box = _tree(content).get("viewBox", "").replace(",", " ").split()
    try:
        return round(float(box[2])), round(float(box[3]))
    except (IndexError, ValueError):
        raise FigureError("the SVG has no viewBox") from None


def _check_png(content: bytes) -> None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        raise FigureError("the file is no PNG picture")


def _measure_png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _check_webp(content: bytes) -> None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        raise FigureError("the file is no WebP picture")


def _measure_webp(content: bytes) -> tuple[int, int]:
    """WebP keeps its size in one of three places, by the kind of its first chunk."""
    if content[12:16] == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


_KINDS = {
    ".svg": (_check_svg, _measure_svg),
    ".png": (_check_png, _measure_png),
    ".webp": (_check_webp, _measure_webp),
}
