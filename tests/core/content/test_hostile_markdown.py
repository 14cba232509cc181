"""Whatever is written, the page holds only elements and addresses that we put there."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.core.content.inline import render_inline
from checkpoint.core.content.markup import render_page
from checkpoint.core.content.types import Term

GLOSSARY = {
    "t": Term(slug="t", term="<b>T</b>", definition='"><script>alert(1)</script> [x](javascript:alert(1))')
}

ELEMENTS = frozenset(
    """a b blockquote br button code dd div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre
    span strong sup svg table tbody td th thead tr ul use""".split()  # noqa: SIM905 (easier to read)
)
ATTRIBUTES = frozenset(
    """alt aria-hidden aria-label class data-copy data-language height hidden href id loading popover
    popovertarget role scope src start tabindex title type width""".split()  # noqa: SIM905 (easier to read)
)


class Page(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.bad.append(f"<{tag}>")
        for key, value in attrs:
            if key not in ATTRIBUTES:
                self.bad.append(f"{tag} {key}")
            if key in ("href", "src") and not (value or "").startswith(("/", "#", "https://")):
                self.bad.append(f"{key}={value}")
            if key in ("href", "src") and (value or "").startswith("//"):
                self.bad.append(f"{key}={value}")

    def handle_comment(self, data: str) -> None:
        self.bad.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.bad.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.bad.append(f"<?{data}>")


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<!-- a comment -->",
    "<!--\n\nmany\n\nparagraphs -->",
    "<!DOCTYPE html>",
    "<?php x ?>",
    "<![CDATA[x]]>",
    "a <b>bold</b> word",
    "<div>\n\n## Inside\n\n</div>",
    "</div></article><form action=/accounts/logout/>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{}</style>",
    "<iframe src=//evil.example>",
    "- item <b onclick=x>\n",
    "| A |\n|---|\n| <b>x</b> |",
    "## Title <img src=x onerror=y>",
    '!!! note "<script>x</script>"\n    Text.',
    "Text.[^1]\n\n[^1]: <script>x</script>",
    "Term\n:   <b>x</b>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_raw_html_is_shown_as_text_and_named(text: str) -> None:
    result = render_page(f"Text.\n\n{text}", 1, "", GLOSSARY)
    assert Page(result.page.html).bad == []
    assert any("raw HTML" in what and line >= 3 for line, what, _ in result.faults), result.faults


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\\script:alert(1))",
        "[x](<java script:alert(1)>)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "[x](file:///etc/passwd)",
        '[x](https://example.org/"onmouseover="alert(1))',
        '[x](https://example.org "t\\" onclick=\\"alert(1)")',
        '[x](lesson:a"onclick="x)',
        "[x](lesson:../../accounts/logout)",
        '[x](#"><script>alert(1)</script>)',
        '![x"onerror="alert(1)](https://example.org/a.png)',
        "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        "<javascript:alert(1)>",
        "<javascript://x%0aalert(1)>",
        "<data://x>",
        "<mailto:a@b.example>",
        "<a@b.example>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x][y]\n\n[y]: javascript:alert(1)",
        '## T {#x" onclick="alert(1)}',
        "## T {#x onclick=y}",
        '```bash" onclick="x\nls\n```',
        "```<script>\nls\n```",
        "```text\n</code></pre><script>alert(1)</script>\n```",
        "`<script>alert(1)</script>`",
        "[<script>](term:t)",
        "[words](term:t)",
        '[words](term:t"><script>x)',
        "| a |\n|:-:|\n| `<b>` |",
        "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0000\x03 `<b>`",
        "\ue0000\ue002 \ue00112\ue002",
        "&lt;script&gt; &#60;script&#62; &amp;lt;",
        "[^1]\n\n[^1]: [x](javascript:alert(1))",
        '[^"><script>]\n\n[^"><script>]: x',
        "> " * 200 + "deep",
        "*" * 500,
        "[" * 500,
        "`" * 501,
        "![" * 300,
    ],
)
def test_nothing_written_becomes_active(text: str) -> None:
    assert Page(render_page(text, 1, "", GLOSSARY).page.html).bad == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "`<script>`",
        "[<b>x</b>](lesson:a)",
        "[x](javascript:alert(1))",
        '[x](https://example.org/"onclick="x)',
        "**<b>**",
        "*<i>*",
        "[`<b>`](term:t)",
        "[x](lesson:a'onclick='x)",
    ],
)
def test_a_line_of_yaml_is_as_safe(text: str) -> None:
    assert Page(render_inline(text)).bad == []


PIECES = [
    *"<>[]()!`*_#{}&\"'\\|-:= \n",
    *("    ", "```", "!!! note", "javascript:", "term:t", "lesson:a", "<b>", "<!--", "-->", "{#a}"),
    *("https://x.example", "[^1]", "[^1]: ", "\n\n", "## ", "- ", "1. ", "word", "&lt;", "|---|"),
    *("\ue000", "\ue001", "\x02", "\x03"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_mixture_of_signs_becomes_active_or_breaks(text: str) -> None:
    assert Page(render_page(text, 1, "", GLOSSARY).page.html).bad == []
    assert Page(render_inline(text)).bad == []
