"""A reviewer before their queue: what waits, where they are in it, and a look back at what they decided."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from checkpoint.accounts.requests import PersonRequest
from checkpoint.advice.queries import Suggestions, suggestions_on
from checkpoint.cohorts.models import Cohort
from checkpoint.library import get_library
from checkpoint.reviews import queries
from checkpoint.reviews.forms import wish_of
from checkpoint.reviews.pages import AfterRow, GroupRow, after_rows, group_row
from checkpoint.reviews.queue import Group, Open, Standing, Wish, queue, stand, waiting
from checkpoint.selfcheck.decisions.queries import rulings_on

BESIDE = 12
"""So many groups are listed beside the answer being read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A cohort's queue as one reviewer has it before them."""

    cohort: Cohort
    reviewer: int
    wish: Wish
    found: tuple[Open, ...]
    """Everything that waits in the cohort, whatever the address narrows it to."""
    groups: tuple[Group, ...]

    def address(self, group: Group) -> str:
        return self.address_of(group.lead.attempt_id)

    def address_of(self, attempt_id: int, **more: object) -> str:
        return reverse("review-answer", args=[self.cohort.slug, attempt_id]) + self.wish.query(**more)

    def rows(self, groups: tuple[Group, ...]) -> list[GroupRow]:
        questions = get_library().questions
        return [group_row(group, questions, self.address(group)) for group in groups]

    def standing(self, attempt_id: int) -> Standing:
        return stand(self.groups, self.reviewer, attempt_id)

    def beside(self, standing: Standing) -> list[GroupRow]:
        first = max(0, min(standing.number - 1 - BESIDE // 3, len(self.groups) - BESIDE))
        return self.rows(self.groups[first : first + BESIDE])

    def one(self, attempt_id: int) -> Open | None:
        return next((one for one in self.found if one.attempt_id == attempt_id), None)

    def after_that(self, standing: Standing, attempt_id: int) -> str:
        """On to what waits after this, with a look back at what was decided."""
        following = standing.after or standing.before
        if following is None:
            return reverse("review", args=[self.cohort.slug]) + self.wish.query(after=attempt_id)
        return self.address_of(following.lead.attempt_id, after=attempt_id)


def reading(request: PersonRequest, cohort: Cohort) -> Reading:
    """Two queries."""
    questions = get_library().questions
    found = waiting(queries.undecided(cohort), queries.appeals(cohort), questions)
    wish = wish_of(request.GET)
    return Reading(cohort, request.user.pk, wish, found, queue(found, wish, request.user.pk))


@dataclass(frozen=True, slots=True)
class LookBack:
    """The reviewer's own last decision with the machine's and the model's beside it."""

    rows: tuple[AfterRow, ...]
    suggestions: tuple[Suggestions, ...]
    address: str


def look_back(request: HttpRequest, cohort: Cohort) -> LookBack | None:
    """What `?after=` names, where it is the reviewer's own. No query without it, else three."""
    named = request.GET.get("after", "")
    if not (named.isdecimal() and len(named) < 19):
        return None
    answer = queries.answers(cohort, {int(named)}).get(int(named))
    question = get_library().questions.get(answer.question) if answer else None
    if answer is None or question is None:
        return None
    mine = [one for one in rulings_on([answer.attempt_id]) if one.by_id == request.user.pk]
    latest = {one.criterion: one for one in mine}
    return LookBack(
        after_rows(question, latest.values()),
        suggestions_on(answer.verdict_id, question),
        reverse("review-answer", args=[cohort.slug, answer.attempt_id]),
    )
