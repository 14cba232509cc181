"""What the verdict page says in words."""

import pytest

from checkpoint.selfcheck.result import advice, changes, counts_in_words, heading, lay_out_result, undecided
from checkpoint.selfcheck.shown import SETTLE, show, shown_from_json
from tests.builders import make_question, make_verdict

QUESTION = make_question(5, bonus=2, misconceptions=3)
ANSWER = "One thing. Another thing. A third thing."


def shown(outcomes="met", **more):
    return show(QUESTION, make_verdict(QUESTION, outcomes, **more), ANSWER)


def some(**outcomes: str) -> dict[str, str]:
    return {f"T.{number[1:]}": outcome for number, outcome in outcomes.items()}


@pytest.mark.parametrize(
    ("outcomes", "level", "wrong", "words"),
    [
        ("met", "ready", 0, "Cleared: all five"),
        (some(c1="met", c2="met", c3="met", c4="met"), "ready", 0, "Cleared: four of five"),
        (some(c1="met", c2="met", c3="met"), "almost", 1, "Close: three of five, and one thing to unlearn"),
        ("missing", "revisit", 2, "Reread first: none of five, and two things to unlearn"),
        ("met", "almost", 1, "Close: all five, and one thing to unlearn"),
    ],
)
def test_the_heading_names_level_and_counts(outcomes, level, wrong, words):
    found = {f"T.X{n}": ((0, 10),) for n in range(1, wrong + 1)}
    assert heading(shown(outcomes, level=level, misconceptions=found)) == words


def test_bonus_criteria_are_shown_only_when_met_and_never_counted():
    found = shown({"T.1": "met", "T.B1": "met", "T.B2": "partial"})
    assert [c.id for c in found.beyond] == ["T.B1"] and len(found.required) == 5
    assert heading(found).startswith("Reread first: one of five")


def test_numbers_have_no_gaps():
    found = shown({"T.1": "met", "T.B2": "met"})
    assert [c.number for c in (*found.required, *found.beyond)] == [1, 2, 3, 4, 5, 6]


def test_at_most_two_corrections_the_most_harmful_first():
    found = shown("met", level="almost", misconceptions={f"T.X{n}": ((0, 10),) for n in (3, 2, 1)})
    assert [(c.letter, c.id) for c in found.corrections] == [("A", "T.X1"), ("B", "T.X3")]
    assert found.held_back == 1


def test_a_correction_quotes_the_learner():
    assert shown("met", misconceptions={"T.X1": ((11, 25),)}).corrections[0].quote == "Another thing."


def test_a_contradiction_is_a_correction_and_counts_as_missing():
    found = shown({"T.2": "contradicted"}, evidence={"T.2": ((0, 10),)})
    assert [c.id for c in found.corrections] == ["T.2"] and "5 missing" in counts_in_words(
        c.outcome for c in found.required
    )


def test_a_wrong_idea_and_a_contradiction_in_the_same_words_are_one_correction():
    found = shown({"T.2": "contradicted"}, evidence={"T.2": ((0, 10),)}, misconceptions={"T.X2": ((0, 10),)})
    assert [c.id for c in found.corrections] == ["T.X2"]


def test_the_advice_names_what_is_needed():
    assert advice(shown()) == "You covered every criterion."
    found = shown({"T.2": "met", "T.3": "met"}, misconceptions={"T.X1": ((0, 10),)})
    assert advice(found) == "To clear it, settle correction A and meet criterion 1."
    assert advice(shown({"T.1": "met"})).endswith("still open: criteria 2, 3, 4 and 5.")


def test_what_is_undecided_says_what_would_settle_it_and_promises_nobody():
    found = shown({**some(c1="met", c2="unscored")})
    assert "criterion 2" in undecided(found) and "review" not in undecided(found).lower()
    assert found.required[1].sentence == SETTLE
    assert undecided(shown()) == ""


def test_a_kept_verdict_reads_back_as_it_was():
    found = shown({"T.1": "met"}, evidence={"T.1": ((0, 10),)}, misconceptions={"T.X1": ((11, 25),)})
    assert shown_from_json(found.as_json()) == found


def test_changes_between_attempts_are_told_in_the_rubrics_order():
    before = some(c1="missing", c2="met", c3="contradicted", c4="partial")
    after = some(c1="met", c2="partial", c3="missing", c4="partial")
    moved = changes(QUESTION, before, after)
    assert [(c.heading, c.before, c.after, c.better) for c in moved] == [
        ("Names claim 1", "missing", "met", True),
        ("Names claim 2", "met", "partly", False),
    ]


def test_the_model_answer_waits_until_the_question_is_cleared(mini_library):
    question = mini_library.questions["target"]
    for level, there in (("ready", True), ("almost", False), ("revisit", False)):
        verdict = show(question, make_verdict(question, level=level), ANSWER)
        assert bool(lay_out_result(mini_library, question, verdict, ANSWER).model_answer) is there


def test_a_pointer_names_chapter_and_section(mini_library):
    question = mini_library.questions["target"]
    result = lay_out_result(mini_library, question, show(question, make_verdict(question), ANSWER), ANSWER)
    assert result.criteria[0].read.address == "/lessons/chapter-01/#context-check"
    assert result.criteria[0].read.label.startswith("Chapter 01, ")
