"""A changed rubric tried before anybody uses it: its own tests, and what it would judge otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpoint.core.grading.difference import Difference, difference, judged
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.heldout import FOLDS, Marked, marked_answers, without
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.selftest import FLOOR, Failure, SelfTest, self_test
from checkpoint.core.grading.verdict import Outcome


@dataclass(frozen=True, slots=True)
class MarkedMove:
    """A marked answer that comes out otherwise, graded both times as if it had never been met."""

    marked: Marked
    before: Outcome
    after: Outcome

    @property
    def helps(self) -> bool:
        return self.after is self.marked.outcome

    @property
    def harms(self) -> bool:
        return self.before is self.marked.outcome


@dataclass(frozen=True, slots=True)
class AnswerMove:
    """A learner's answer that would be judged otherwise; `place` is its number among those given."""

    place: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class Trial:
    """What the changed rubric gets wrong about itself, and everything that moves."""

    test: SelfTest
    before: SelfTest
    """The same of the rubric as it is: what it gets wrong already isn't the change's doing."""
    marked: tuple[MarkedMove, ...]
    marked_answers: int
    answers: tuple[AnswerMove, ...]
    answered: int

    @property
    def new_failures(self) -> tuple[Failure, ...]:
        known = {one.what for one in self.before.failures}
        return tuple(one for one in self.test.failures if one.what not in known)


def trial(
    grader: Grader,
    before: Rubric,
    after: Rubric,
    answers: Sequence[str],
    *,
    floor: float = FLOOR,
    model_answer: str = "",
    others: Mapping[str, str] | None = None,
) -> Trial:
    """Both rubrics judge the marked answers of the first, and the learners' answers given."""
    seen = list(_both(grader, before, after))
    was, now = (
        self_test(grader, one, floor=floor, model_answer=model_answer, others=others)
        for one in (before, after)
    )
    return Trial(
        now,
        was,
        tuple(MarkedMove(one, was, now) for one, was, now in seen if was is not now),
        len(seen),
        tuple(_moved(grader, before, after, answers)),
        len(answers),
    )


def _both(grader: Grader, before: Rubric, after: Rubric) -> Iterator[tuple[Marked, Outcome, Outcome]]:
    """What both make of each marked answer; the same others are left out with it, so that only the change
    tells."""
    marked = list(marked_answers(before))
    for fold in range(min(FOLDS, len(marked))):
        own = marked[fold::FOLDS]
        texts = [one.text for one in own]
        was, now = without(before, *texts), without(after, *texts)
        for one in own:
            yield one, _guess(grader, was, one), _guess(grader, now, one)


def _guess(grader: Grader, rubric: Rubric, one: Marked) -> Outcome:
    verdict = grade(grader, rubric, one.text)
    return next(found.guess for found in verdict.criteria if found.id == one.criterion)


def _moved(grader: Grader, before: Rubric, after: Rubric, answers: Sequence[str]) -> Iterator[AnswerMove]:
    for place, answer in enumerate(answers):
        found = difference(judged(grade(grader, before, answer)), judged(grade(grader, after, answer)))
        if found:
            yield AnswerMove(place, found)
