"""What authors write becomes the page they meant, and slips are named on their line."""

import re

import pytest

from checkpoint.core.content.markup import Rendered, render_page
from checkpoint.core.content.types import Figure, Term

GLOSSARY = {
    "drift": Term(slug="drift", term="Drift", definition="See [state](term:state)."),
    "state": Term(slug="state", term="State", definition="A record."),
}
FIGURES = {"line.svg": Figure("chapter-01", "line.svg", "image/svg+xml", b"<svg/>", 120, 40)}


def rendered(text: str, first: int = 1) -> Rendered:
    return render_page(text, first, "chapter-01", GLOSSARY, FIGURES)


def html(text: str) -> str:
    result = rendered(text)
    assert result.faults == (), result.faults
    return result.page.html


def faults(text: str) -> list[str]:
    return [f"{line}: {what}; {cure}" for line, what, cure in rendered(text).faults]


# --- Headings --------------------------------------------------------------------------


def test_a_heading_takes_its_written_anchor() -> None:
    page = rendered("## The two stories {#incident}").page
    assert page.headings[0].anchor == "incident"
    assert page.headings[0].title == "The two stories"
    assert '<h2 id="incident"><a class="anchor" href="#incident">The two stories</a></h2>' in page.html


def test_a_heading_without_an_anchor_gets_one_from_its_words() -> None:
    assert rendered("## Why `git revert` isn’t a fix").page.headings[0].anchor == "why-git-revert-isnt-a-fix"


def test_headings_make_the_table_of_contents_in_order() -> None:
    page = rendered("## One {#a}\n\n### Two {#b}\n\n## Three {#c}").page
    assert [(h.anchor, h.level) for h in page.headings] == [("a", 2), ("b", 3), ("c", 2)]


def test_a_heading_that_holds_a_link_is_not_put_into_another() -> None:
    assert '<h2 id="x">About <button class="gloss"' in html("## About [drift](term:drift) {#x}")


def test_two_headings_with_one_anchor_are_named_at_the_second() -> None:
    assert faults("## Same\n\ntext\n\n## Same") == [
        "5: the anchor `same` is already on line 1; give one of them another {#anchor}"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Title", "1: a heading of the first level; write `## `"),
        ("## A\n\n#### Deep", "3: a heading of level 4; use `## ` and `### ` only"),
        ("### Alone", "1: a sub-section without a section above it"),
        ("## {#empty}", "1: a heading without words"),
        ("## Main {#main}", "1: the anchor `main` can't be used"),
        ("## X {#Not Good}", "1: the anchor `Not Good` can't be used"),
        ("Title\n=====", "2: a heading is underlined; write it as `## Title`"),
        ("Text {#x} here.", "1: an anchor stands outside a heading"),
        ("- item\n\n    ## Inside", "3: a heading inside a list, note or quotation"),
    ],
)
def test_a_heading_that_does_not_fit_is_named(text: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults(text)), faults(text)


# --- Blocks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [("note", "Note"), ("caution", "Caution"), ("predict", "Pause and predict"), ("folklore", "Folklore")],
)
def test_an_admonition_says_its_kind_in_words_and_shows_an_icon(kind: str, words: str) -> None:
    page = html(f'!!! {kind} "A title"\n    Its text.')
    assert f'<div class="note note--{kind}" role="note">' in page
    assert re.search(r'<svg [^>]*aria-hidden="true"[^>]*><use href="#i-[a-z]+"></use></svg>', page)
    assert f'<span class="note__kind">{words}</span> <b>A title</b>' in page
    assert "<p>Its text.</p>" in page


def test_an_admonition_without_a_title_has_only_its_kind() -> None:
    assert '<p class="note__h"><span class="note__kind">Caution</span></p>' in html("!!! caution\n    Text.")


@pytest.mark.parametrize("line", ["!!! warning", "!!! notes", "!!!note", '!!! note "Open', "!!! note two"])
def test_an_admonition_of_no_known_kind_is_named(line: str) -> None:
    assert faults(f"{line}\n    Text.")[0].startswith("1: ")


def test_a_table_scrolls_by_itself_and_has_a_name() -> None:
    page = html("## Checks {#c}\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\ntext\n\n| A |\n|---|\n| 1 |")
    wrap = re.findall(r'<div [^>]*class="tablewrap"[^>]*>', page)
    assert [re.search('aria-label="([^"]+)"', tag)[1] for tag in wrap] == [
        "Table: Checks",
        "Table: Checks (2)",
    ]  # type: ignore[index]
    assert all('role="region"' in tag and 'tabindex="0"' in tag for tag in wrap)
    assert '<table class="t">' in page
    assert '<th class="r" scope="col">B</th>' in page
    assert "style=" not in page


def test_a_table_with_an_empty_corner_names_its_rows() -> None:
    page = html("| | A |\n|---|---|\n| row | 1 |")
    assert "<td></td>" in page
    assert '<th scope="row">row</th>' in page


def test_code_is_highlighted_by_classes_named_and_can_be_copied() -> None:
    page = html("```bash\nls -l  # list\n```")
    assert '<div class="code" data-language="bash">' in page
    assert '<span class="code__lang">Shell</span>' in page
    assert '<button type="button" class="btn btn--sm code__copy" data-copy="all" hidden>Copy</button>' in page
    assert '<pre tabindex="0" ' in page
    assert '<span class="c1"># list</span></code></pre>' in page


def test_of_a_terminal_only_the_commands_are_copied() -> None:
    page = html("```console\n$ ls\na b\n```")
    assert 'data-copy="commands"' in page
    assert '<span class="gp">$ </span>' in page


@pytest.mark.parametrize("indent", ["- item\n\n    ", "!!! note\n    Text.\n\n    "])
def test_code_may_stand_in_a_list_or_a_note(indent: str) -> None:
    page = html(f"{indent}```yaml\n    a: 1\n      b: 2\n    ```")
    assert page.index("</div></div>" if "!!!" in indent else "</li>") > page.index('<div class="code"')
    assert "    a" not in page


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n{}",
        "1. a\n{}",
        "T\n:   d\n\n{}",
        "!!! note\n{}",
        "- a\n    - b\n\n    {}",
        "a[^1]\n\n[^1]: x\n\n{}",
    ],
)
def test_code_under_anything_is_shown_once(text: str) -> None:
    page = rendered(text.format("    ```bash\n    CODE\n    ```\n    after")).page
    assert page.html.count("<code>CODE</code>") == 1
    assert "after" in page.html
    assert page.sections[0][2].count("CODE") == 1


def test_code_keeps_its_tabs_blank_lines_and_signs() -> None:
    page = html("```text\na\t<b>\n\n& c &amp; `d` [x](term:no)\n```")
    assert "a\t&lt;b&gt;\n\n&amp; c &amp;amp; `d` [x](term:no)" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```\nx\n```", "1: this code fence names no language; write ```text if there is none"),
        ("```ymal\nx\n```", "1: the code language `ymal` is unknown; did you mean `yaml`?"),
        ("```bash\nx", "1: this code fence is never closed"),
        ("```bash\n\n```", "1: this code fence is empty"),
        ("> ```bash\n> x\n> ```", "1: a code fence inside a quotation isn't understood"),
        ("- ```bash\n    x\n    ```", "1: a code fence on the line of a list's item"),
        ("```bash title=x\nx\n```", "1: `title=x` after the code's language means nothing"),
    ],
)
def test_a_fence_that_does_not_fit_is_named(text: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults(text)), faults(text)


def test_definitions_and_footnotes_are_understood() -> None:
    page = html("Term\n:   Meaning.\n\nText.[^1]\n\n[^1]: The source.")
    assert "<dt>Term</dt>" in page
    assert '<a class="footnote-ref" href="#fn:1">1</a>' in page
    assert 'title="Back to reference 1"' in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text.[^x]", "1: the footnote `x` has no text; write [^x]: at the page's end"),
        ("Text.\n\n[^x]: Alone.", "3: nothing refers to the footnote `x`"),
        ("T.[^x]\n\n[^x]: One.\n\n[^x]: Two.", "5: the footnote `x` is written twice"),
    ],
)
def test_a_footnote_that_leads_nowhere_is_named(text: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults(text)), faults(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text:\n- one\n- two", "2: a list begins right under a paragraph; leave an empty line before it"),
        ("- one\n\n  more", "3: indented by 2; indent by 4 spaces"),
        ("- one\n  - two", "2: indented by 2; indent by 4 spaces"),
        ("Text:\n| A | B |\n|---|---|\n| 1 | 2 |", "3: a table begins right under a paragraph"),
        ("See [words] (lesson:chapter-01).", "1: a space separates the link's words from its address"),
        ("See [words][1].\n\n[1]: https://example.org/", "1: reference links aren't supported"),
    ],
)
def test_what_markdown_would_silently_misread_is_named(text: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults(text)), faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "1. one\n2. two\n   and more of two\n3. three",
        "- one\n- two\n    - inner\n\n    more",
        "Text\nand more\nlines.",
        "`a -- b`\n\n---\n\nafter a rule",
        "!!! note\n    - one\n    - two",
        "a < b and c > d, 2 <3",
        "Write `<name>` and \\<name>.",
        "See <https://example.org/a?b=1&c=2>.",
        "Term\n:   - a\n    - b",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert faults(text) == []


def test_faults_are_counted_from_the_line_the_body_starts_on() -> None:
    assert rendered("text\n\n# Title", first=17).faults[0][0] == 19


# --- Figures -----------------------------------------------------------------------------


def test_a_figure_has_its_size_its_words_and_its_caption() -> None:
    page = html('![A line](figure:line.svg "The line.")')
    assert page.startswith("<figure>")
    assert 'src="/lessons/chapter-01/figures/line.svg"' in page
    assert 'alt="A line"' in page
    assert 'width="120"' in page
    assert 'height="40"' in page
    assert "<figcaption>The line.</figcaption></figure>" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![x](figure:gone.svg)", "the figure `gone.svg` isn't beside lesson.md"),
        ("![](figure:line.svg)", "the figure `line.svg` has no description"),
        ("See ![x](figure:line.svg) here.", "the figure `line.svg` isn't alone in its paragraph"),
        ("![x](https://example.org/a.png)", "the picture `https://example.org/a.png` isn't a figure"),
        ("![x](javascript:alert)", "the picture `javascript:alert` isn't a figure"),
    ],
)
def test_a_figure_that_can_not_be_shown_is_named_and_left_out(text: str, said: str) -> None:
    result = rendered(f"Text.\n\n{text}")
    assert any(line == 3 and what.startswith(said) for line, what, _ in result.faults), result.faults
    assert "<img" not in result.page.html


def test_a_guardrail_page_has_no_figures() -> None:
    assert "a figure outside a lesson" in str(render_page("![x](figure:line.svg)").faults)


# --- Links and terms -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("lesson:chapter-02#stale", "/lessons/chapter-02/#stale"),
        ("guardrail:kube-context", "/guardrails/kube-context/"),
        ("stage:ci", "/pipeline/ci/"),
        ("question:stale-plan", "/selfcheck/stale-plan/"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
        ("#here", "#here"),
    ],
)
def test_a_link_by_kind_gets_its_address(link: str, address: str) -> None:
    result = rendered(f"[words]({link})")
    assert f'<a href="{address}">words</a>' in result.page.html
    assert result.links[0].to == link


def test_a_term_opens_its_definition_without_script() -> None:
    page = html("Watch [drift](term:drift), and [drifting](term:drift) too.")
    assert page.count('popovertarget="gloss-drift"') == 2
    assert re.search(r'<button [^>]*class="gloss"[^>]*>drift</button>', page)
    assert page.count('<div popover id="gloss-drift" class="gloss__note">') == 1
    assert '<a href="/lessons/glossary/#drift">In the glossary</a>' in page
    assert "A record." not in page  # the definition's own terms are plain links


def test_links_carry_the_lines_they_stand_on() -> None:
    links = rendered("one\n\n[a](stage:ci)\n[b](stage:ci)", first=10).links
    assert links[0].lines == (12, 13)


# --- Text for search -------------------------------------------------------------------------


def test_the_page_gives_its_plain_text_by_section() -> None:
    text = (
        "Intro.\n\n## One {#a}\n\nA **b** `c<d>` &amp; e.\n\n```text\nf < g\n```\n\n### Two {#b}\n\n- x\n- y"
    )
    assert rendered(text).page.sections == (
        ("", "", "Intro."),
        ("a", "One", "A b c<d> & e. f < g"),
        ("b", "Two", "x · y"),
    )


def test_the_same_text_always_gives_the_same_page() -> None:
    text = "## A {#a}\n\n[drift](term:drift)[^1]\n\n[^1]: x"
    assert rendered(text) == rendered(text)
