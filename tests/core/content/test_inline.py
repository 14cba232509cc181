"""One line of Markdown in YAML: links, code and emphasis."""

import pytest

from checkpoint.core.content.inline import plain_inline, render_inline


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        ("plain & simple", "plain &amp; simple", "plain & simple"),
        ("run `a < b`", "run <code>a &lt; b</code>", "run a < b"),
        ("[the `x`](stage:ci)", '<a href="/pipeline/ci/">the <code>x</code></a>', "the x"),
        ("[a](https://x.example/?a=1&b)", '<a href="https://x.example/?a=1&amp;b">a</a>', "a"),
        ("**very** *much*", "<strong>very</strong> <em>much</em>", "very much"),
        ("**`x`**", "<strong><code>x</code></strong>", "x"),
        ("2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4"),
        ("**.auto.tfvars", "**.auto.tfvars", "**.auto.tfvars"),
        ("[skip ci]", "[skip ci]", "[skip ci]"),
        ("`[a](stage:ci)`", "<code>[a](stage:ci)</code>", "[a](stage:ci)"),
        ("", "", ""),
    ],
)
def test_a_line_is_rendered_and_can_be_read_aloud(text: str, html: str, plain: str) -> None:
    assert render_inline(text) == html
    assert plain_inline(text) == plain
