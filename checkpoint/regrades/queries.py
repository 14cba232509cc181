"""Reads of regrades; each says how many queries it costs."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from checkpoint.cohorts.queries import learner_ids
from checkpoint.regrades.models import OPEN, WORKING, Finding, Regrade

LISTED = 20


def regrade_of(cohort_id: int, regrade_id: int) -> Regrade | None:
    """One query."""
    found = Regrade.objects.filter(pk=regrade_id, cohort_id=cohort_id)
    return found.select_related("by", "decided_by", "cohort").first()


def regrades_of(cohort_id: int) -> list[Regrade]:
    """The latest first. One query."""
    return list(Regrade.objects.filter(cohort_id=cohort_id).select_related("by").order_by("-pk")[:LISTED])


def open_regrade(cohort_id: int) -> Regrade | None:
    """The one that is going on or waits for a decision. One query."""
    return Regrade.objects.filter(cohort_id=cohort_id, state__in=OPEN).first()


def stalled(before: Any) -> list[int]:
    """Ids of regrades that should be getting on and haven't. One query."""
    return list(Regrade.objects.filter(state__in=WORKING, touched_at__lt=before).values_list("pk", flat=True))


# --- The next piece of work ------------------------------------------------------------


def unjudged(regrade: Regrade, most: int) -> list[Finding]:
    """With their answers; same answers stand next to each other. One query."""
    found = Finding.objects.filter(regrade=regrade, judged=False).order_by("pk")
    return list(found.select_related("before__attempt")[:most])


def unhandled(regrade: Regrade, most: int) -> list[Finding]:
    """Judged and not yet applied; of those who left the cohort nothing is. One query."""
    found = _of_members(regrade).filter(judged=True, failed=False, handled=False)
    return list(found.order_by("pk")[:most])


def standing(regrade: Regrade, most: int) -> list[Finding]:
    """Applied and not yet undone. One query."""
    found = _of_members(regrade).filter(undone=False, after__isnull=False)
    return list(found.order_by("pk").only("pk", "before_id", "after_id")[:most])


def _of_members(regrade: Regrade) -> QuerySet[Finding]:
    members = learner_ids(regrade.cohort_id)
    return Finding.objects.filter(regrade=regrade, before__attempt__user_id__in=members)


def untold_learners(regrade: Regrade, state: str, most: int) -> list[int]:
    """User ids of learners who fell and weren't written to about this state. One query."""
    ids = _fallen(regrade, state).order_by("before__attempt__user_id")
    return list(ids.values_list("before__attempt__user_id", flat=True).distinct()[:most])


def fallen_of(regrade: Regrade, state: str, user_ids: Collection[int]) -> list[Finding]:
    """What fell of these learners, with attempts and people. One query."""
    found = _fallen(regrade, state).filter(before__attempt__user_id__in=user_ids)
    return list(found.select_related("before__attempt__user").order_by("pk"))


def _fallen(regrade: Regrade, state: str) -> QuerySet[Finding]:
    fell = Q(falls=True, after__isnull=False) if state == "applied" else Q(rises=True, undone=True)
    return _of_members(regrade).filter(fell).exclude(told=state)


# --- What a dry run found ----------------------------------------------------------------


class Transition(NamedTuple):
    """So many answers to a question went from one level to another."""

    question: str
    before: str
    after: str
    answers: int


@dataclass(frozen=True, slots=True)
class Found:
    """The sums of a dry run."""

    judged: int
    failed: int
    falls: int
    rises: int
    overtaken: int
    """Judged again meanwhile, so their latest verdict stays."""
    decided: int
    """A person decided about them: that stays."""
    transitions: tuple[Transition, ...]
    moved: dict[str, dict[tuple[str, str, str], int]]
    """By question: how many answers moved in a criterion from one outcome to another."""


def found_by(regrade: Regrade) -> Found:
    """Three queries: most answers move alike, so they are read in groups."""
    mine = Finding.objects.filter(regrade=regrade, judged=True)
    counts = {
        "judged": Q(),
        "failed": Q(failed=True),
        "falls": Q(falls=True),
        "rises": Q(rises=True, falls=False),
        "decided": Q(decided=True),
        "overtaken": Q(handled=True, after=None),
    }
    # Named apart from the fields: an aggregate hides the field of its name.
    sums = mine.aggregate(**{f"n_{name}": Count("pk", filter=what) for name, what in counts.items()})
    levels = mine.exclude(level="").values_list("question", "level_before", "level")
    moved: dict[str, dict[tuple[str, str, str], int]] = {}
    alike = mine.exclude(moved=[]).annotate(text=Cast("moved", TextField())).values_list("question", "text")
    for question, text, answers in alike.annotate(Count("pk")):
        of_question = moved.setdefault(question, {})
        for criterion, before, after in json.loads(text):
            key = (criterion, before, after)
            of_question[key] = of_question.get(key, 0) + answers
    transitions = tuple(Transition(*row) for row in levels.annotate(Count("pk")).order_by("question"))
    return Found(**{name: sums[f"n_{name}"] for name in counts}, transitions=transitions, moved=moved)


def moving(regrade: Regrade) -> QuerySet[Finding]:
    """Findings that change something a learner would see: falls first."""
    found = Finding.objects.filter(regrade=regrade).exclude(changes="")
    return found.order_by(F("falls").desc(), F("rises").desc(), "pk")


def count_moving(regrade: Regrade) -> int:
    """One query."""
    return moving(regrade).count()


def movers(regrade: Regrade, first: int, last: int) -> list[Finding]:
    """A stretch of them, counted from one, with their attempts. One query."""
    found = moving(regrade).select_related("before__attempt").defer("before__shown", "facts")
    return list(found[first - 1 : last])


def samples(regrade: Regrade, most: int) -> list[Finding]:
    """Some that fall and some that rise, each with answer and both verdicts. Two queries."""
    whole = Finding.objects.filter(regrade=regrade).select_related("before__attempt", "after")
    falling = list(whole.filter(falls=True).order_by("pk")[:most])
    return falling + list(whole.filter(rises=True, falls=False).order_by("pk")[:most])
