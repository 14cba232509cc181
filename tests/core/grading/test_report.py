"""What a report counts, on a grader whose verdicts are known beforehand."""

import pytest

from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.report import Confusion, Labelled, added, marked, report
from checkpoint.core.grading.rubric import Criterion, Examples, Misconception, Rubric, Way
from checkpoint.core.grading.verdict import Level, Outcome

MET, PARTIAL, MISSING, CONTRADICTED = Outcome.MET, Outcome.PARTIAL, Outcome.MISSING, Outcome.CONTRADICTED
LOCKS = Rubric(
    prompt="What does it do?",
    criteria=(
        Criterion(
            id="a",
            claim="The lock queues writers.",
            must=True,
            ways=(("lock", "writers"),),
            examples=Examples(met=("the lock queues the writers",), missing=("nobody knows that here",)),
        ),
        Criterion(id="b", claim="It is released.", bonus=True, ways=(("released",),)),
    ),
    misconceptions=(
        Misconception(
            id="x",
            claim="The lock keeps plans fresh.",
            ways=(Way(all=("lock", "fresh")),),
            phrasings=("a lock keeps it fresh",),
            counter_examples=("the lock is fresh paint",),
        ),
    ),
)


@pytest.fixture(scope="module")
def grader() -> LexicalGrader:
    return LexicalGrader()


def test_marked_answers_are_held_out_and_a_text_marked_twice_is_one_answer() -> None:
    twice = LOCKS.criteria[1].model_copy(update={"examples": Examples(missing=("nobody knows that here",))})
    found = marked(LOCKS.model_copy(update={"criteria": (LOCKS.criteria[0], twice)}))
    assert [one.outcomes for one in found] == [{"a": MET}, {"a": MISSING, "b": MISSING}, {}, {}]
    assert [one.ideas for one in found] == [{}, {}, {"x": True}, {"x": False}]
    assert all(one.held_out for one in found)


def test_agreement_and_confusion_are_counted_per_criterion(grader: LexicalGrader) -> None:
    answers = [
        Labelled("1", "The lock queues the writers.", {"a": MET, "b": MISSING}, {}),
        Labelled("2", "The lock queues the writers there.", {"a": PARTIAL}, {}),
        Labelled("3", "It is something else entirely.", {"a": MET}, {}),
    ]
    made = report(grader, LOCKS, answers)
    first = made.criteria[0].confusion
    assert first.counts == {(MET, MET): 1, (PARTIAL, MET): 1, (MET, MISSING): 1}
    assert (first.precision(MET), first.recall(MET)) == (0.5, 0.5)
    assert first.precision(CONTRADICTED) is None
    assert first.agreement == pytest.approx(1 / 3)
    assert made.whole.total == 3, "bonus criteria are left out of the whole"
    assert made.verdicts == 4


def test_what_earned_nothing_and_is_called_met_is_counted() -> None:
    both = added(
        [
            Confusion({(MISSING, MET): 2, (MISSING, MISSING): 1}),
            Confusion({(CONTRADICTED, MET): 1, (MET, MET): 5}),
        ]
    )
    assert (both.called_met, both.not_earned) == (3, 4)


def test_failing_answers_come_with_a_reason_and_the_rest_do_not(grader: LexicalGrader) -> None:
    right = Labelled("1", "The lock queues the writers.", {"a": MET}, {})
    wrong = Labelled("2", "The lock queues the writers there.", {"a": MISSING}, {})
    (one,) = report(grader, LOCKS, [right, wrong]).failing
    assert (one.id, one.about, one.wanted, one.got, one.decided) == ("2", "a", "missing", "met", True)
    assert one.matched == "lock + writers" and one.reason
    ((start, end),) = one.evidence
    assert "lock" in wrong.answer[start:end]


def test_an_undecided_verdict_counts_by_its_guess_and_lowers_coverage(grader: LexicalGrader) -> None:
    both = Labelled(
        "1", "The lock queues the writers. The lock does not queue the writers.", {"a": PARTIAL}, {}
    )
    made = report(grader, LOCKS, [both])
    assert made.criteria[0].coverage == 0 and made.reviewed == 1
    assert made.whole.right == 1
    assert made.calibration_error is None, "only decided verdicts say how sure they are"


def test_misconceptions_are_counted_on_both_sides(grader: LexicalGrader) -> None:
    made = report(grader, LOCKS, marked(LOCKS))
    (idea,) = made.ideas
    assert (idea.found, idea.missed, idea.false, idea.passed) == (1, 0, 1, 0)
    assert (idea.precision, idea.recall) == (0.5, 1.0)
    assert [(one.about, one.wanted) for one in made.failing] == [("x", "not held")]


def test_steps_of_confidence_hold_every_decided_verdict_once(grader: LexicalGrader) -> None:
    made = report(grader, LOCKS, marked(LOCKS))
    assert sum(step.count for step in made.steps) == made.decided == 2
    assert made.calibration_error is not None and 0 <= made.calibration_error <= 1


def test_levels_are_compared_where_they_are_known(grader: LexicalGrader) -> None:
    known = Labelled("1", "The lock queues the writers.", {}, {}, Level.READY)
    other = Labelled("2", "The lock queues the writers.", {}, {})
    assert report(grader, LOCKS, [known, other]).levels == (1, 1)
