"""Which verdicts wait for advice, and what was suggested on one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from checkpoint.accounts.models import User
from checkpoint.advice.models import Suggestion
from checkpoint.core.content.types import Question
from checkpoint.selfcheck.queries.attempts import verdicts_for_review

WORDS = {
    "met": ("met", "Met"),
    "partial": ("part", "Partly"),
    "missing": ("miss", "Missing"),
    "contradicted": ("miss", "Contradicted"),
}
"""Signal and word of each outcome."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A verdict that asks for a person, with what a model may see of its attempt."""

    verdict_id: int
    question: str
    answer: str
    outcomes: Mapping[str, str]


def waiting_verdicts(model: str, most: int) -> tuple[Waiting, ...]:
    """The newest verdicts that ask for a person and that this model wasn't asked about.

    Only of learners in a cohort: nobody else's instructor could read the suggestion. One query.
    """
    asked = Suggestion.objects.filter(verdict=OuterRef("pk"), model=model)
    learners = User.objects.filter(memberships__role="learner")
    found = verdicts_for_review().filter(~Exists(asked), attempt__user__in=learners)
    rows = found.defer("shown").order_by("-pk")[:most]
    return tuple(Waiting(one.pk, one.attempt.question, one.attempt.answer, one.outcomes) for one in rows)


@dataclass(frozen=True, slots=True)
class Suggested:
    """One criterion as the model would judge it."""

    heading: str
    signal: str
    word: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    model: str
    criteria: tuple[Suggested, ...]


def suggestions_on(verdict_id: int, question: Question) -> tuple[Suggestions, ...]:
    """What was suggested on a verdict, criteria of today's rubric only. One query."""
    headings = {criterion.id: criterion.heading for criterion in question.criteria}
    kept = Suggestion.objects.filter(verdict=verdict_id).order_by("pk")
    laid_out = (Suggestions(one.model, _laid_out(one.criteria, headings)) for one in kept)
    return tuple(one for one in laid_out if one.criteria)


def _laid_out(criteria: list[dict[str, str]], headings: Mapping[str, str]) -> tuple[Suggested, ...]:
    return tuple(
        Suggested(headings[one["id"]], *WORDS[one["outcome"]], one["quote"], one["why"])
        for one in criteria
        if one["id"] in headings
    )
