from checkpoint.core.grading.difference import Judged, difference, judged
from checkpoint.core.grading.verdict import Level, Outcome
from tests.builders import make_question, make_verdict


def verdict(**outcomes: str) -> Judged:
    question = make_question(2)
    return judged(make_verdict(question, {f"T.{name[1:]}": value for name, value in outcomes.items()}))


def test_two_equal_verdicts_differ_in_nothing() -> None:
    assert not difference(verdict(c1="met"), verdict(c1="met"))


def test_a_criterion_rises_from_undecided_to_met_and_falls_back() -> None:
    up = difference(verdict(c1="unscored"), verdict(c1="met"))
    down = difference(verdict(c1="met"), verdict(c1="unscored"))
    assert [(m.criterion, m.rises, m.falls) for m in up.criteria] == [("T.1", True, False)]
    assert [(m.criterion, m.rises, m.falls) for m in down.criteria] == [("T.1", False, True)]
    assert up.rises and down.falls


def test_a_missing_criterion_is_better_than_a_contradicted_one_though_the_score_is_the_same() -> None:
    found = difference(verdict(c1="contradicted"), verdict(c1="missing"))
    assert found.criteria[0].rises
    assert not found.rises and not found.falls and found


def test_a_criterion_of_one_rubric_only_neither_rises_nor_falls() -> None:
    old = Judged(Level.REVISIT, 0.0, {"T.9": Outcome.MET}, frozenset())
    new = Judged(Level.REVISIT, 0.0, {"T.1": Outcome.MISSING}, frozenset())
    moved = difference(old, new).criteria
    assert [(m.criterion, m.before, m.after) for m in moved] == [
        ("T.1", None, Outcome.MISSING),
        ("T.9", Outcome.MET, None),
    ]
    assert not any(m.rises or m.falls for m in moved)


def test_a_lower_level_falls_however_high_its_score() -> None:
    outcomes = {"T.1": Outcome.MET}
    before = Judged(Level.READY, 80.0, outcomes, frozenset())
    after = Judged(Level.ALMOST, 90.0, outcomes, frozenset({"T.X1"}))
    found = difference(before, after)
    assert found.falls and not found.rises
    assert found.ideas_gained == ("T.X1",) and difference(after, before).ideas_lost == ("T.X1",)
