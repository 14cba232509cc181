"""How good a grader is on answers whose verdicts are known: agreement, doubt and every failure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.heldout import MARKS, marked_answers, without
from checkpoint.core.grading.reasons import explain
from checkpoint.core.grading.rubric import Criterion, Rubric
from checkpoint.core.grading.verdict import CriterionVerdict, Level, Outcome, Span, Verdict

BORDERS = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Where the steps of confidence begin, after the first."""
_NOT_EARNED = (Outcome.MISSING, Outcome.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer and what it deserves.

    `outcomes` by criterion id and `ideas` by misconception id (whether it is held); what isn't named
    isn't judged. `held_out` answers are graded by the rubric without them.
    """

    id: str
    answer: str
    outcomes: Mapping[str, Outcome]
    ideas: Mapping[str, bool]
    level: Level | None = None
    held_out: bool = False


def marked(rubric: Rubric) -> tuple[Labelled, ...]:
    """The rubric's own marked answers, and the phrasings and counter-examples of its misconceptions.

    A text that is marked for several criteria is one answer.
    """
    outcomes: dict[str, dict[str, Outcome]] = {}
    ideas: dict[str, dict[str, bool]] = {}
    for one in marked_answers(rubric):
        outcomes.setdefault(one.text, {})[one.criterion] = one.outcome
    for known in rubric.misconceptions:
        for text in known.phrasings:
            ideas.setdefault(text, {})[known.id] = True
        for text in known.counter_examples:
            ideas.setdefault(text, {})[known.id] = False
    texts = dict.fromkeys([*outcomes, *ideas])
    return tuple(
        Labelled(f"m{number}", text, outcomes.get(text, {}), ideas.get(text, {}), held_out=True)
        for number, text in enumerate(texts, start=1)
    )


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of (label, what was graded); an undecided verdict counts by its guess."""

    counts: Mapping[tuple[Outcome, Outcome], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def right(self) -> int:
        return sum(self.counts.get((mark, mark), 0) for mark in MARKS)

    @property
    def called_met(self) -> int:
        """How often nothing was earned and the grader called it met."""
        return sum(self.counts.get((label, Outcome.MET), 0) for label in _NOT_EARNED)

    @property
    def not_earned(self) -> int:
        return sum(self.labelled(label) for label in _NOT_EARNED)

    def labelled(self, label: Outcome) -> int:
        return sum(self.counts.get((label, got), 0) for got in MARKS)

    def graded(self, outcome: Outcome) -> int:
        return sum(self.counts.get((label, outcome), 0) for label in MARKS)

    def precision(self, outcome: Outcome) -> float | None:
        """Of those graded so, the share labelled so; None where nothing was."""
        return _share(self.counts.get((outcome, outcome), 0), self.graded(outcome))

    def recall(self, outcome: Outcome) -> float | None:
        """Of those labelled so, the share graded so; None where nothing was."""
        return _share(self.counts.get((outcome, outcome), 0), self.labelled(outcome))

    @property
    def agreement(self) -> float | None:
        return _share(self.right, self.total)


@dataclass(frozen=True, slots=True)
class CriterionReport:
    """One criterion over all answers labelled for it."""

    criterion: Criterion
    confusion: Confusion
    decided: int

    @property
    def coverage(self) -> float | None:
        """The share of verdicts that were decided, 0 to 1."""
        return _share(self.decided, self.confusion.total)


@dataclass(frozen=True, slots=True)
class IdeaReport:
    """One misconception over all answers known to hold it or not."""

    id: str
    claim: str
    found: int
    missed: int
    false: int
    passed: int
    """Answers that don't hold it and weren't taken for it."""

    @property
    def precision(self) -> float | None:
        return _share(self.found, self.found + self.false)

    @property
    def recall(self) -> float | None:
        return _share(self.found, self.found + self.missed)


@dataclass(frozen=True, slots=True)
class Step:
    """The decided verdicts whose confidence is from `start` to below `end`, and how many were right."""

    start: float
    end: float
    count: int
    confidence: float
    """Their mean confidence."""
    right: int

    @property
    def accuracy(self) -> float | None:
        return _share(self.right, self.count)


@dataclass(frozen=True, slots=True)
class Failing:
    """An answer that didn't get what it deserves on one criterion or misconception (`about`)."""

    id: str
    answer: str
    about: str
    wanted: str
    got: str
    confidence: float
    reason: str
    """A sentence: what led to it."""
    code: str = ""
    matched: str = ""
    evidence: tuple[Span, ...] = ()
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """Everything measured for one question by one grader."""

    grader: str
    rubric: str
    """The rubric's fingerprint."""
    held_out: bool
    """Whether each answer was graded by the rubric without it."""
    answers: int
    reviewed: int
    """Answers that the grader marked for a person to look at."""
    criteria: tuple[CriterionReport, ...]
    ideas: tuple[IdeaReport, ...]
    steps: tuple[Step, ...]
    failing: tuple[Failing, ...]
    levels: tuple[int, int]
    """Levels that agree, of how many labelled ones."""

    @property
    def whole(self) -> Confusion:
        """All required criteria together."""
        return added(one.confusion for one in self.criteria if not one.criterion.bonus)

    @property
    def decided(self) -> int:
        return sum(one.decided for one in self.criteria)

    @property
    def verdicts(self) -> int:
        return sum(one.confusion.total for one in self.criteria)

    @property
    def coverage(self) -> float | None:
        return _share(self.decided, self.verdicts)

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error: how far confidence is from being right, weighted by count."""
        total = sum(step.count for step in self.steps)
        apart = sum(abs(step.confidence * step.count - step.right) for step in self.steps)
        return apart / total if total else None


def added(confusions: Iterable[Confusion]) -> Confusion:
    """Several confusions as one."""
    counts: dict[tuple[Outcome, Outcome], int] = {}
    for one in confusions:
        for pair, count in one.counts.items():
            counts[pair] = counts.get(pair, 0) + count
    return Confusion(counts)


def report(grader: Grader, rubric: Rubric, labelled: Iterable[Labelled]) -> Report:
    """Grade all answers and count; nothing is thrown away that a failing answer is needed for."""
    graded = [(one, _graded(grader, rubric, one)) for one in labelled]
    return Report(
        grader=grader.name,
        rubric=rubric.fingerprint(),
        held_out=any(one.held_out for one, _ in graded),
        answers=len(graded),
        reviewed=sum(verdict.needs_review for _, verdict in graded),
        criteria=tuple(_criterion(criterion, graded) for criterion in rubric.criteria),
        ideas=tuple(_idea(known.id, known.claim, graded) for known in rubric.misconceptions),
        steps=_steps(graded),
        failing=tuple(one for pair in graded for one in _failing(rubric, *pair)),
        levels=_levels(graded),
    )


_Graded = list[tuple[Labelled, Verdict]]


def _graded(grader: Grader, rubric: Rubric, one: Labelled) -> Verdict:
    return grade(grader, without(rubric, one.answer) if one.held_out else rubric, one.answer)


def _on(verdict: Verdict, criterion: str) -> CriterionVerdict:
    return next(one for one in verdict.criteria if one.id == criterion)


def _criterion(criterion: Criterion, graded: _Graded) -> CriterionReport:
    counts: dict[tuple[Outcome, Outcome], int] = {}
    decided = 0
    for one, verdict in graded:
        if criterion.id in one.outcomes:
            got = _on(verdict, criterion.id)
            pair = one.outcomes[criterion.id], got.guess
            counts[pair] = counts.get(pair, 0) + 1
            decided += got.outcome is not Outcome.UNSCORED
    return CriterionReport(criterion, Confusion(counts), decided)


def _idea(name: str, claim: str, graded: _Graded) -> IdeaReport:
    cells = {(wanted, got): 0 for wanted in (True, False) for got in (True, False)}
    for one, verdict in graded:
        if name in one.ideas:
            cells[one.ideas[name], any(found.id == name for found in verdict.misconceptions)] += 1
    return IdeaReport(
        name, claim, cells[True, True], cells[True, False], cells[False, True], cells[False, False]
    )


def _steps(graded: _Graded) -> tuple[Step, ...]:
    sure = [
        (_on(verdict, name), wanted)
        for one, verdict in graded
        for name, wanted in one.outcomes.items()
        if _on(verdict, name).outcome is not Outcome.UNSCORED
    ]
    made = []
    for start, end in zip((0.0, *BORDERS), (*BORDERS, 1.0), strict=True):
        here = [
            (got, wanted)
            for got, wanted in sure
            if start <= got.confidence < end or got.confidence == end == 1
        ]
        mean = sum(got.confidence for got, _ in here) / len(here) if here else 0.0
        made.append(Step(start, end, len(here), mean, sum(got.outcome is wanted for got, wanted in here)))
    return tuple(made)


def _failing(rubric: Rubric, one: Labelled, verdict: Verdict) -> Iterable[Failing]:
    for criterion in rubric.criteria:
        wanted = one.outcomes.get(criterion.id)
        got = _on(verdict, criterion.id)
        if wanted is not None and got.guess is not wanted:
            yield Failing(
                one.id,
                one.answer,
                criterion.id,
                wanted.value,
                got.guess.value,
                got.confidence,
                explain(criterion, got),
                got.reason,
                got.matched,
                got.evidence,
                got.outcome is not Outcome.UNSCORED,
            )
    found = {idea.id: idea for idea in verdict.misconceptions}
    for name, held in one.ideas.items():
        if held and name not in found:
            yield Failing(
                one.id, one.answer, name, "held", "not found", 0.0, "Nothing was read as this idea."
            )
        elif not held and name in found:
            why = "These words were read as holding this idea."
            idea = found[name]
            yield Failing(
                one.id, one.answer, name, "not held", "found", idea.confidence, why, evidence=idea.evidence
            )


def _levels(graded: _Graded) -> tuple[int, int]:
    known = [(one.level, verdict.level) for one, verdict in graded if one.level]
    return sum(wanted is got for wanted, got in known), len(known)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
