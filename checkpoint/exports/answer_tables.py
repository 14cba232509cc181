"""Answers and how they were judged, in three shapes: for reading, for programs, by criterion."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from checkpoint.exports.asked import WHO, Asked
from checkpoint.exports.cells import Cell
from checkpoint.exports.times import utc
from checkpoint.library import get_library
from checkpoint.selfcheck.queries.many import AnswerRow, answers_of_many

MAX_SCORE = 100

# --- for reading -----------------------------------------------------------------------

_FIRST = ("learner", "email", "question", "attempt", "at", "level", "score", "confidence")
_LAST = ("misconceptions", "grader", "answer")


def wide_columns() -> Sequence[str]:
    return (*_FIRST, *_criteria(), *_LAST)


def _criteria() -> tuple[str, ...]:
    """Of all questions, in the course's order."""
    return tuple(c.id for question in get_library().questions.values() for c in question.criteria)


def wide_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    """One query."""
    criteria = _criteria()
    for row in answers_of_many(asked.people):
        learner_id, name, email = asked.who(row.user_id)
        yield (
            *(name or learner_id, email, row.question, row.number),
            timezone.localtime(row.at).isoformat(timespec="seconds"),
            *(row.level, row.score, row.confidence),
            *(row.outcomes.get(criterion, "") for criterion in criteria),
            *(" ".join(row.misconceptions), row.grader, row.answer),
        )


# --- for programs ----------------------------------------------------------------------

_ABOUT = (
    *("attempt_id", *WHO, "cohort", "chapter", "question", "question_version"),
    *("attempt", "submitted_at", "confidence", "score", "max_score"),
)
ATTEMPT = (
    *_ABOUT,
    *("level", "needs_review", "misconception_ids", "graded_by", "rubric_version", "answer"),
)


def attempt_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    """One query."""
    for row in answers_of_many(asked.people):
        yield (
            *_about(asked, row),
            *(row.level, _yes_or_no(row), " ".join(row.misconceptions)),
            *(row.grader, row.rubric, row.answer),
        )


def _about(asked: Asked, row: AnswerRow) -> Sequence[Cell]:
    question = get_library().questions.get(row.question)
    chapter = question.lessons[0] if question and question.lessons else ""
    return (
        *(row.attempt_id, *asked.who(row.user_id), asked.cohort.slug),
        *(chapter, row.question, row.content, row.number, utc(row.at)),
        *(row.confidence, row.score, MAX_SCORE if row.level else None),
    )


def _yes_or_no(row: AnswerRow) -> str:
    return "" if not row.level else "yes" if row.needs_review else "no"


# --- by criterion ----------------------------------------------------------------------

CRITERION = (
    *_ABOUT,
    *("criterion_id", "verdict", "guess", "certainty"),
    *("evidence_start", "evidence_end", "evidence_text", "misconception_id", "graded_by", "rubric_version"),
)


PERSON = "person"
"""Who graded what a person decided."""


def criterion_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    """One query. Every stretch of evidence has a row of its own; what has none, one without."""
    for row in answers_of_many(asked.people):
        about = _about(asked, row)
        for id, judged, spans, idea in _judged(row):
            by = (PERSON if id in row.decided else row.grader, row.rubric)
            for start, end in spans or ((None, None),):
                said = row.answer[start:end] if start is not None else ""
                yield (*about, *judged, start, end, said, idea, *by)


_Spans = Sequence[tuple[int, int]]


def _judged(row: AnswerRow) -> Iterator[tuple[str, Sequence[Cell], _Spans, str]]:
    """Id; criterion, verdict, guess and certainty; where the words stand; the wrong idea, if it is one."""
    if row.shown is None:
        return
    for one in row.shown.criteria:
        outcome = row.outcomes.get(one.id, one.outcome)
        yield one.id, (one.id, outcome, one.guess, one.confidence), one.evidence, ""
    shown = {one.id: one.evidence for one in row.shown.corrections}
    for idea in row.misconceptions:
        yield idea, ("", "", "", None), shown.get(idea, ()), idea
