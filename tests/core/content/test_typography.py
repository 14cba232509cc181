"""Prose has a book's quotes, code keeps its own, and a short command is never broken."""

import pytest

from checkpoint.core.content.inline import plain_inline, render_inline, render_unlinked
from checkpoint.core.content.markup import render_page
from checkpoint.core.content.typography import curled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It isn't Flux's", "It isn’t Flux’s"),
        ('"Just apply it."', "“Just apply it.”"),
        ('("so it is")', "(“so it is”)"),
        ("the workers' plan", "the workers’ plan"),
        ("\"he said 'no'\"", "“he said ‘no’”"),
        ("“curved” already, isn’t it", "“curved” already, isn’t it"),
    ],
)
def test_quotes_and_apostrophes_are_curved(text: str, shown: str) -> None:
    assert curled(text) == shown
    assert plain_inline(text) == shown


def html(text: str) -> str:
    return render_page(text).page.html


def test_code_keeps_the_quotes_that_a_shell_needs() -> None:
    assert html('Run `git commit -m "it\'s"`.') == '<p>Run <code>git commit -m "it\'s"</code>.</p>'
    assert "“" not in html('```bash\necho "it\'s"\n```')
    assert render_inline("`'x'`") == "<code>&#x27;x&#x27;</code>"


def test_a_quote_looks_across_code_and_emphasis() -> None:
    assert html('"`force-unlock` it."') == "<p>“<code>force-unlock</code> it.”</p>"
    assert html('Add *"more"* and `x`"') == "<p>Add <em>“more”</em> and <code>x</code>”</p>"
    assert render_inline('"`x`"') == "“<code>x</code>”"


def test_each_block_begins_anew() -> None:
    assert html('- a\n- "b"') == "<ul>\n<li>a</li>\n<li>“b”</li>\n</ul>"


def test_a_heading_and_the_list_of_contents_agree() -> None:
    page = render_page("## Why a revert isn't a fix").page
    assert page.headings[0].title == "Why a revert isn’t a fix"
    assert page.headings[0].anchor == "why-a-revert-isnt-a-fix"


def test_only_long_code_may_be_broken_across_lines() -> None:
    long = "terraform apply -input=false tfplan"
    assert html(f"`--no-verify` and `{long}`") == (
        f'<p><code>--no-verify</code> and <code class="code--long">{long}</code></p>'
    )
    assert render_inline(f"`{long}`") == f'<code class="code--long">{long}</code>'


def test_inside_a_link_only_the_words_of_a_link_are_left() -> None:
    assert render_unlinked("see [the `x`](stage:ci) in `[a](b)`") == (
        "see the <code>x</code> in <code>[a](b)</code>"
    )
