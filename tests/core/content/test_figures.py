"""A picture is served only when nothing in it can run or reach out."""

import struct

import pytest

from checkpoint.core.content.figures import FigureError, read_figure
from tests.core.content.conftest import CourseFolder

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 120 40">{}</svg>'
)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 300, 200) + b"\x08\x06\0\0\0"


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


def test_a_drawing_gives_its_size() -> None:
    figure = read_figure("a", "x.svg", svg('<g><path d="M0 0h9" style="fill:url(#f)"/></g>'))
    assert (figure.width, figure.height, figure.media_type) == (120, 40, "image/svg+xml")


def test_a_png_gives_its_size() -> None:
    figure = read_figure("a", "x.png", PNG)
    assert (figure.width, figure.height, figure.media_type) == (300, 200, "image/png")


@pytest.mark.parametrize(
    "chunk",
    [
        b"VP8X\x0a\0\0\0\0\0\0\0" + (299).to_bytes(3, "little") + (199).to_bytes(3, "little"),
        b"VP8L\x0a\0\0\0\x2f" + (299 | 199 << 14).to_bytes(4, "little") + b"\0" * 8,
        b"VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 300, 200),
    ],
)
def test_each_kind_of_webp_gives_its_size(chunk: bytes) -> None:
    figure = read_figure("a", "x.webp", b"RIFF\0\0\0\0WEBP" + chunk)
    assert (figure.width, figure.height) == (300, 200)


@pytest.mark.parametrize(
    "content",
    [
        svg("<script>alert(1)</script>"),
        svg('<path onload="alert(1)"/>'),
        svg('<path ONCLICK="alert(1)"/>'),
        svg("<foreignObject><p/></foreignObject>"),
        svg('<a href="javascript:alert(1)"><path/></a>'),
        svg('<use href="https://evil.example/x.svg#a"/>'),
        svg('<use xlink:href="data:image/svg+xml,x"/>'),
        svg('<image href="https://evil.example/x.png"/>'),
        svg('<animate attributeName="href" to="javascript:x"/>'),
        svg('<set attributeName="onclick" to="x"/>'),
        svg("<style>@import url(https://evil.example/x.css)</style>"),
        svg('<path style="fill:url(https://evil.example/)"/>'),
        svg('<path fill="url(//evil.example/)"/>'),
        svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
        svg('<iframe xmlns="http://www.w3.org/1999/xhtml"/>'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
        b'<?xml-stylesheet href="https://evil.example/"?>' + svg(""),
        svg("").decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>' + svg("+ADw-script+AD4-"),
        b"<svg",
        b"<html/>",
        SVG.replace(' viewBox="0 0 120 40"', "").encode(),
        SVG.replace("0 0 120 40", "a b c d").encode(),
    ],
)
def test_a_drawing_with_anything_active_or_unreadable_is_refused(content: bytes) -> None:
    with pytest.raises(FigureError):
        read_figure("a", "x.svg", content)


@pytest.mark.parametrize("name", ["x.png", "x.webp"])
@pytest.mark.parametrize("content", [b"", b"<script>", b"RIFF\0\0\0\0WEBP", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_only_claims_to_be_a_picture_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FigureError):
        read_figure("a", name, content)


def test_a_refused_figure_is_a_problem_of_its_file(course: CourseFolder) -> None:
    course.write("chapter-01/target.svg", svg("<script/>"))
    assert (
        "chapter-01/target.svg:1: the SVG holds <script>; export it again without that" in course.problems()
    )


def test_a_figure_that_is_too_large_is_a_problem(course: CourseFolder) -> None:
    course.write("chapter-01/target.svg", svg("<path/>" * 100_000))
    assert any("target.svg:1: the file is larger than" in problem for problem in course.problems())


def test_a_figure_that_no_page_shows_is_a_problem(course: CourseFolder) -> None:
    course.write("chapter-02/spare.svg", svg("<path/>"))
    assert course.problems() == [
        "chapter-02/spare.svg:1: the figure isn't used in lesson.md; "
        "show it with ![what it shows](figure:spare.svg) or delete it"
    ]


def test_the_library_holds_each_figure_for_its_page(course: CourseFolder) -> None:
    library = course.library()
    figure = library.figures["chapter-01", "target.svg"]
    assert figure.content == (course.root / "chapter-01/target.svg").read_bytes()
    assert 'src="/lessons/chapter-01/figures/target.svg"' in library.lessons["chapter-01"].page.html
