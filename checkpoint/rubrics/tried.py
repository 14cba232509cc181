"""One answer graded and explained, laid out for its page."""

from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint.core.content.types import Question
from checkpoint.core.grading.explanation import Explanation, Feature
from checkpoint.core.grading.reasons import explain
from checkpoint.core.grading.rubric import Criterion, Misconception
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Outcome, Span, Verdict
from checkpoint.selfcheck.marks import SIGNALS, Evidence, Marked, Piece, Ref, cut, evidence_at, visible

WORDS = {
    Outcome.MET: "Met",
    Outcome.PARTIAL: "Partly",
    Outcome.MISSING: "Missing",
    Outcome.CONTRADICTED: "Contradicted",
    Outcome.UNSCORED: "Not decided",
}
"""Authors read contradicted as what it is; learners read it as missing, with a correction."""


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A feature in words, with the words of the answer that it is about."""

    feature: Feature
    quote: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    number: int
    criterion: Criterion
    verdict: CriterionVerdict
    signal: str
    word: str
    guess: str
    """The likeliest outcome where nothing was decided, in words."""
    sentence: str
    features: tuple[FeatureRow, ...]
    mark: int
    """The number of its first mark in the answer, 0 without evidence."""


@dataclass(frozen=True, slots=True)
class IdeaRow:
    letter: str
    misconception: Misconception
    found: MisconceptionFound | None
    features: tuple[FeatureRow, ...]
    mark: int


@dataclass(frozen=True, slots=True)
class Tried:
    """Everything the page says about one answer."""

    verdict: Verdict
    pieces: tuple[Piece, ...]
    features: tuple[FeatureRow, ...]
    criteria: tuple[CriterionRow, ...]
    ideas: tuple[IdeaRow, ...]

    @property
    def found(self) -> int:
        return sum(row.found is not None for row in self.ideas)


def lay_out_tried(question: Question, answer: str, explained: Explanation) -> Tried:
    """Put an explanation beside its answer, criteria and misconceptions in the rubric's order."""
    criteria = {one.id: one for one in explained.verdict.criteria}
    found = {one.id: one for one in explained.verdict.misconceptions}
    marked = cut(answer, _evidence(question, answer, explained.verdict))
    return Tried(
        explained.verdict,
        marked.pieces,
        _rows(explained.answer, answer),
        tuple(
            _criterion(number, criterion, criteria[criterion.id], explained, answer, marked)
            for number, criterion in enumerate(question.criteria, start=1)
        ),
        tuple(
            IdeaRow(
                letter,
                idea,
                found.get(idea.id),
                _rows(explained.misconceptions.get(idea.id, ()), answer),
                marked.first.get(f"#idea-{letter}", 0),
            )
            for letter, idea in _lettered(question)
        ),
    )


def _criterion(
    number: int,
    criterion: Criterion,
    verdict: CriterionVerdict,
    explained: Explanation,
    answer: str,
    marked: Marked,
) -> CriterionRow:
    return CriterionRow(
        number,
        criterion,
        verdict,
        SIGNALS[verdict.outcome],
        WORDS[verdict.outcome],
        WORDS[verdict.guess].lower() if verdict.outcome is Outcome.UNSCORED else "",
        explain(criterion, verdict, answer),
        _rows(explained.criteria.get(criterion.id, ()), answer),
        marked.first.get(f"#c-{number}", 0),
    )


def _lettered(question: Question) -> Iterator[tuple[str, Misconception]]:
    """A, B … Z, then AA, for as many as there are."""
    for number, idea in enumerate(question.misconceptions):
        yield chr(65 + number % 26) * (number // 26 + 1), idea


def _evidence(question: Question, answer: str, verdict: Verdict) -> Iterator[Evidence]:
    found = {one.id: one for one in verdict.criteria}
    for number, criterion in enumerate(question.criteria, start=1):
        got = found[criterion.id]
        ref = Ref(f"#c-{number}", str(number), f"Criterion {number}, {WORDS[got.outcome].lower()}")
        yield from evidence_at(answer, got.evidence, ref, SIGNALS[got.outcome])
    ideas = {one.id: one for one in verdict.misconceptions}
    for letter, idea in _lettered(question):
        if idea.id in ideas:
            ref = Ref(f"#idea-{letter}", letter, f"Misconception {letter}", fix=True)
            yield from evidence_at(answer, ideas[idea.id].evidence, ref, "miss")


def _rows(features: tuple[Feature, ...], answer: str) -> tuple[FeatureRow, ...]:
    return tuple(FeatureRow(one, _quote(answer, one.evidence)) for one in features)


def _quote(answer: str, spans: tuple[Span, ...]) -> str:
    return visible(" … ".join(answer[start:end].strip() for start, end in spans[:6]))
