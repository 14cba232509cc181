"""What reviewers of a cohort read; each says how many queries it costs."""

from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import learner_ids
from checkpoint.library import get_library
from checkpoint.reviews.models import ReviewerSetting
from checkpoint.selfcheck.decisions.queries import (
    Agreed,
    Appealed,
    Ruled,
    Undecided,
    agreement_counts,
    appealed_words,
    appeals_of,
    ruled,
    rulings_about,
    undecided_answers,
)
from checkpoint.selfcheck.queries.many import Answer, answers_among

MOST_RULED = 50
"""So many decisions make a page."""


def sees_verdict_first(user_id: int) -> bool:
    """One query."""
    return ReviewerSetting.objects.filter(user_id=user_id, verdict_first=True).exists()


def undecided(cohort: Cohort) -> tuple[Undecided, ...]:
    """Latest answers of the cohort's learners that wait for a person. One query."""
    return undecided_answers(learner_ids(cohort.pk), get_library().questions)


def appeals(cohort: Cohort) -> dict[int, dict[str, Appealed]]:
    """By attempt and criterion. One query."""
    return appeals_of(learner_ids(cohort.pk))


def answers(cohort: Cohort, attempt_ids: set[int]) -> dict[int, Answer]:
    """Those of the attempts that learners of the cohort wrote, with their verdicts. One query."""
    return answers_among(learner_ids(cohort.pk), attempt_ids)


def latest_answers(cohort: Cohort, question: str) -> tuple[Answer, ...]:
    """Each learner's latest answer to a question, as far as judged. One query."""
    return tuple(answers_among(learner_ids(cohort.pk), question=question).values())


def decisions(cohort: Cohort, question: str = "", criterion: str = "", page: int = 1) -> tuple[Ruled, ...]:
    """The latest first, a page at a time and one more where there are further ones. One query."""
    found = rulings_about(learner_ids(cohort.pk), [question] if question else get_library().questions)
    if criterion:
        found = found.filter(criterion=criterion)
    first = (page - 1) * MOST_RULED
    return ruled(found[first : first + MOST_RULED + 1])


def decisions_named(cohort: Cohort, ids: list[int]) -> tuple[Ruled, ...]:
    """Those of these decisions that are about the cohort's learners. One query."""
    return ruled(rulings_about(learner_ids(cohort.pk), get_library().questions).filter(pk__in=ids))


def marked_words(cohort: Cohort, ids: list[int]) -> dict[tuple[int, str], str]:
    """What the learners marked as covering a criterion, by attempt and criterion. One query."""
    return appealed_words(learner_ids(cohort.pk), ids)


def agreement(cohort: Cohort) -> tuple[Agreed, ...]:
    """How people and grader agree on answers of the cohort's learners, counted. One query."""
    return agreement_counts(learner_ids(cohort.pk), get_library().questions)
