"""Search finds sections by their words, whole or begun, exact or mistyped, and shows why."""

import pytest

from checkpoint.core.content.library import Library
from checkpoint.core.content.search import Entry, Found, Index, build_index, search

ENTRIES = [
    Entry(
        "lesson",
        "Chapter 02: Plans",
        "Stale and fresh",
        "/2#stale",
        "A plan is stale once the serial has moved.",
    ),
    Entry(
        "lesson",
        "Chapter 02: Plans",
        "Locks",
        "/2#locks",
        "The state lock keeps a second writer out. Plans wait.",
    ),
    Entry(
        "lesson",
        "Chapter 05: Hooks",
        "Skipping",
        "/5#skip",
        "Use git commit --no-verify and it skips two hooks.",
    ),
    Entry(
        "guardrail",
        "Context check",
        "",
        "/g",
        "scripts/guard-kube-context.sh looks at the café's context first.",
    ),
    Entry("question", "Q2: Stale plan", "", "/q", "Why must no apply run? No way to verify it."),
    Entry(
        "term",
        "Drift",
        "",
        "/t",
        "Reality differs from the code. " + "Filler words follow here. " * 30 + "The end.",
    ),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index(ENTRIES)


def addresses(found: Found) -> list[str]:
    return [result.address for result in found.results]


def marked(found: Found) -> list[str]:
    return [text for text, is_match in found.results[0].snippet if is_match]


def test_all_words_must_be_there(index: Index) -> None:
    assert addresses(search(index, "stale serial")) == ["/2#stale"]


def test_a_word_in_a_title_counts_more_than_one_in_the_text(index: Index) -> None:
    assert addresses(search(index, "stale"))[0] == "/2#stale"


def test_a_word_that_only_the_title_holds_is_found(index: Index) -> None:
    found = search(index, "skipping hooks")
    assert addresses(found) == ["/5#skip"]


def test_words_are_found_in_other_forms(index: Index) -> None:
    assert addresses(search(index, "writers waiting")) == ["/2#locks"]


def test_the_last_word_may_be_unfinished(index: Index) -> None:
    assert addresses(search(index, "second wri")) == ["/2#locks"]
    assert search(index, "wri second", 5).every is False


def test_an_identifier_is_found_exactly(index: Index) -> None:
    assert addresses(search(index, "--no-verify")) == ["/5#skip"]
    assert marked(search(index, "--no-verify")) == ["--no-verify"]


def test_a_script_is_found_by_its_name_or_a_part_of_it(index: Index) -> None:
    for query in ("guard-kube-context.sh", "guard-kube-context", "scripts/guard-kube-context.sh", "kube-con"):
        assert addresses(search(index, query)) == ["/g"], query


def test_a_phrase_in_quotes_stands_together(index: Index) -> None:
    assert addresses(search(index, '"state lock"')) == ["/2#locks"]
    assert search(index, '"lock state"').every is False


def test_a_mistyped_word_is_mended_and_said(index: Index) -> None:
    found = search(index, "sereal stael")
    assert found.corrected == "serial stale"
    assert addresses(found) == ["/2#stale"]


def test_where_no_entry_holds_all_words_some_are_enough_and_that_is_said(index: Index) -> None:
    found = search(index, "serial zebra")
    assert addresses(found) == ["/2#stale"]
    assert not found.every


@pytest.mark.parametrize("query", ["", "   ", "zzzzqqq", '"', '""', "--", "'", "()[]*", "\x00", "%", "🙂"])
def test_a_query_of_nothing_finds_nothing(index: Index, query: str) -> None:
    assert search(index, query).results == ()


def test_case_and_accents_make_no_difference(index: Index) -> None:
    assert addresses(search(index, "CAFE")) == addresses(search(index, "Café")) == ["/g"]


def test_common_words_do_not_decide(index: Index) -> None:
    assert addresses(search(index, "what is the drift")) == ["/t"]


def test_a_very_long_query_is_cut(index: Index) -> None:
    assert search(index, "stale " * 10_000).total == 2


def test_the_snippet_shows_the_matches_in_their_sentence(index: Index) -> None:
    snippet = search(index, "stale serial").results[0].snippet
    assert "".join(text for text, _ in snippet) == "A plan is stale once the serial has moved."
    assert [text for text, is_match in snippet if is_match] == ["stale", "serial"]


def test_a_long_text_is_cut_between_words(index: Index) -> None:
    snippet = search(index, "end").results[0].snippet
    text = "".join(piece for piece, _ in snippet)
    assert text.startswith("… ")
    assert text.endswith("The end.")
    assert all(word in ENTRIES[5].text.split() for word in text.split() if word != "…")


def test_markup_in_a_text_stays_text() -> None:
    index = build_index([Entry("term", "T", "", "/", "Write <script>alert(1)</script> now.")])
    assert "".join(text for text, _ in search(index, "alert").results[0].snippet) == ENTRIES[0].text[:0] + (
        "Write <script>alert(1)</script> now."
    )


def test_one_long_page_does_not_fill_the_list() -> None:
    many = [Entry("lesson", "Long", f"S{n}", f"/{n}", "Drift again.") for n in range(9)]
    found = search(build_index([*many, Entry("term", "Other", "", "/other", "Some drift.")]), "drift")
    assert len(found.results) == 4
    assert found.total == 10


def test_an_empty_index_finds_nothing() -> None:
    assert search(build_index(()), "drift") == Found((), 0, "", False)


def test_the_whole_course_is_found_by_section(mini_library: Library) -> None:
    found = search(mini_library.index, "guard-kube-context.sh")
    assert {result.address for result in found.results} == {
        "/lessons/chapter-01/#context-check",
        "/guardrails/kube-context/",
        "/pipeline/workstation/",
    }
    result = next(result for result in found.results if result.kind == "lesson")
    assert (result.title, result.section) == ("Chapter 01: Know where you write", "Check before each write")


def test_search_never_gives_an_answer_away(mini_library: Library) -> None:
    for result in search(mini_library.index, "wrong cluster").results:
        assert result.kind != "question"
    assert search(mini_library.index, "immediately").total == 0
