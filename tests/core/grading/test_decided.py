from checkpoint.core.grading.decided import decided, still_open
from checkpoint.core.grading.difference import judged
from checkpoint.core.grading.verdict import Level, Outcome
from tests.builders import make_question, make_verdict

QUESTION = make_question(3)


def machine(*outcomes: str, **more):
    return judged(make_verdict(QUESTION, {f"T.{n}": one for n, one in enumerate(outcomes, start=1)}, **more))


def test_a_decided_outcome_counts_in_score_and_level() -> None:
    before = machine("met", "met", "unscored")
    after = decided(QUESTION, before, {"T.3": Outcome.MET}, {})
    assert (after.level, after.score) == (Level.READY, 100.0)
    assert before.outcomes["T.3"] is Outcome.UNSCORED


def test_a_must_have_that_a_person_takes_away_takes_the_level_with_it() -> None:
    assert decided(QUESTION, machine("met", "met", "met"), {"T.1": Outcome.PARTIAL}, {}).level is Level.ALMOST


def test_a_critical_idea_that_is_not_there_after_all_no_longer_keeps_from_clearing() -> None:
    wrong = machine("met", "met", "met", misconceptions={"T.X1": ((0, 3),)}, level="almost")
    assert decided(QUESTION, wrong, {}, {"T.X1": False}).level is Level.READY
    assert decided(QUESTION, wrong, {}, {"T.X1": True}).level is Level.ALMOST


def test_a_criterion_that_the_verdict_does_not_know_is_not_held_against_it() -> None:
    old = machine("met", "met", "met")
    outcomes = {name: one for name, one in old.outcomes.items() if name != "T.3"}
    kept = type(old)(old.level, old.score, outcomes, old.misconceptions)
    assert decided(QUESTION, kept, {"T.2": Outcome.MET}, {}).score == 100.0


def test_what_the_grader_left_open_waits_until_a_person_decides() -> None:
    left = machine("met", "unscored", "missing")
    required = {c.id for c in QUESTION.required}
    assert still_open(left, required, True, set()) == {"T.2"}
    assert still_open(left, required, True, {"T.2"}) == set()


def test_an_answer_flagged_as_a_whole_waits_in_every_required_criterion() -> None:
    flagged = machine("met", "met", "missing")
    required = {c.id for c in QUESTION.required}
    assert still_open(flagged, required, True, {"T.1"}) == {"T.2", "T.3"}
    assert still_open(flagged, required, False, set()) == set()
