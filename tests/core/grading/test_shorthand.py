"""Short forms and signs are read as the words they stand for, at the place where they stand."""

import pytest

from checkpoint.core.grading.stance_reading import stances
from checkpoint.core.grading.stuffing import nonsense
from checkpoint.core.grading.text import read


def words(answer: str) -> list[str]:
    return [token.text for token in read(answer).tokens if token.word]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("lock != freshness", "lock is not freshness"),
        ("lock ≠ freshness", "lock is not freshness"),
        ("stale = old state", "stale is old state"),
        ("code+state & review", "code and state and review"),
        ("refused w/o a review b/c it moved", "refused without a review because it moved"),
        ("again @ plan review", "again at plan review"),
        ("1st the key, 2nd the owners", "first the key second the owners"),
        ("k8s write", "k8s write"),
        ("frist wiht teh key, becuase it dosnt expire", "first with the key because it does not expire"),
        ("form three alter dose", "form three alter dose"),
    ],
)
def test_a_sign_or_short_form_is_read_as_its_words(short: str, long: str) -> None:
    assert words(short) == long.split()


@pytest.mark.parametrize("name", ["--context=dev", "a@b.org", "(?P<ts>[0-9]+)", "c++", "v1.2.3"])
def test_signs_inside_names_are_no_words(name: str) -> None:
    assert not {"is", "at", "and"} & set(words(f"use {name} here"))


def test_a_sign_of_inequality_denies() -> None:
    text = read("a lock != freshness")
    assert stances(text).is_negative(text, 0)


def test_a_short_form_stands_where_it_was_written() -> None:
    text = read("stale != fresh")
    assert {text.given[t.start : t.end] for t in text.tokens if t.text in ("is", "not")} == {"!="}


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        ("Does CI check it?", True),
        ("Is it CI? Maybe.", True),
        ("Where did it leak? No idea.", True),
        ("Where did it leak? History, logs and clones.", False),
        ("Right cluster? Right namespace? -> no: stop.", False),
        ("Is the context right? If not it stops.", False),
        ("laptop -> before each write -> right cluster? yes, it goes on", False),
    ],
)
def test_only_what_nobody_answers_is_asked(answer: str, asks: bool) -> None:
    text = read(answer)
    first = text.sentences[0]
    assert (first.first in stances(text).hedged) is asks


def test_of_a_note_with_arrows_only_its_last_part_is_asked() -> None:
    text = read("rotate the key -> tell the owners -> what else?")
    hedged = {text.tokens[i].text for i in stances(text).hedged}
    assert "rotate" not in hedged
    assert "else" in hedged


@pytest.mark.parametrize(
    "note",
    [
        "CI (runs on push/PR). Not last: direct kubectl/terraform never passes CI. Later: plan approval, "
        "Flux drift correction, Kyverno.",
        "layer: CI (GH Actions) on the PR. not last: push straight to main, [skip ci], path filters. after: "
        "human review, branch protection, admission",
    ],
)
def test_notes_with_a_heading_each_are_no_list_of_keywords(note: str) -> None:
    assert nonsense(read(note)) == set()


def test_a_heading_alone_makes_no_notes_of_a_list() -> None:
    listed = "ci: hook bypass local review admission kyverno main push kubectl layer approval drift"
    assert nonsense(read(listed)) == {0}


def test_a_definition_after_a_comma_is_a_clause_of_its_own() -> None:
    text = read("CI on the PR catches it, hooks = local only")
    assert text.tokens[0].clause != text.tokens[-1].clause
