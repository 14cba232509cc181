"""Small factories for rows; everything that does not matter to a test has a default."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.core.content.types import Question
from checkpoint.core.grading.rubric import Criterion, Misconception
from checkpoint.core.grading.verdict import (
    CriterionVerdict,
    Level,
    MisconceptionFound,
    Outcome,
    Span,
    Verdict,
)
from checkpoint.library import get_library
from checkpoint.scenarios.actions import share_run, start_run, type_line
from checkpoint.scenarios.models import Run
from checkpoint.selfcheck.actions import record_attempt, record_verdict
from checkpoint.selfcheck.models import Attempt, AttemptVerdict
from checkpoint.selfcheck.shown import show

PASSWORD = "checkpoint-demo"
_numbers = count(1)


def make_learner(name: str = "", **fields: Any) -> User:
    """A person who can sign in; `make_learner("alice")` is alice@example.org."""
    name = name or f"learner-{next(_numbers)}"
    return User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title(), **fields)


def make_instructor(name: str = "ivy", **fields: Any) -> User:
    """A person an operator has made an instructor."""
    return make_learner(name, is_instructor=True, **fields)


def signed_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def make_attempt(
    user: User,
    question: str,
    answer: str = "The words of a learner.",
    *,
    confidence: int | None = None,
    at: datetime | None = None,
) -> Attempt:
    """A stored answer, not judged yet."""
    attempt, _ = record_attempt(
        user_id=user.pk, question=question, answer=answer, confidence=confidence, at=at or timezone.now()
    )
    return attempt


def make_verdict(
    question: Question,
    outcomes: dict[str, str] | str = "met",
    *,
    level: str = "",
    misconceptions: dict[str, tuple[Span, ...]] | None = None,
    evidence: dict[str, tuple[Span, ...]] | None = None,
) -> Verdict:
    """A verdict by hand: one outcome for every required criterion, or one for each id."""
    evidence = evidence or {}
    if isinstance(outcomes, str):
        outcomes = {c.id: outcomes for c in question.required}
    criteria = tuple(
        CriterionVerdict(
            id=c.id,
            outcome=Outcome(outcomes.get(c.id, "missing")),
            guess=Outcome(outcomes.get(c.id, "missing")),
            confidence=1.0,
            evidence=evidence.get(c.id, ()),
        )
        for c in question.criteria
    )
    met = [outcomes.get(c.id) == "met" for c in question.required]
    score = 100 * sum(met) / max(1, len(met))
    return Verdict(
        level=Level(level or ("ready" if all(met) else "almost" if score >= 45 else "revisit")),
        score=score,
        criteria=criteria,
        misconceptions=tuple(
            MisconceptionFound(id=m, confidence=1.0, evidence=spans)
            for m, spans in (misconceptions or {}).items()
        ),
        needs_review="unscored" in outcomes.values(),
        grader="builder/1",
    )


def make_judged(
    user: User,
    question: str,
    outcomes: dict[str, str] | str = "met",
    *,
    answer: str = "The words of a learner.",
    confidence: int | None = None,
    at: datetime | None = None,
    days_ago: float = 0,
    **verdict: Any,
) -> AttemptVerdict:
    """An answer with a verdict made by hand, standing included."""
    at = at or timezone.now() - timedelta(days=days_ago)
    rubric = get_library().questions[question]
    attempt = make_attempt(user, question, answer, confidence=confidence, at=at)
    judged = make_verdict(rubric, outcomes, **verdict)
    return record_verdict(
        attempt=attempt, question=rubric, verdict=judged, shown=show(rubric, judged, answer), at=at
    )


def make_played(
    user: User, scenario: str, *, met: Iterable[str] = (), broken: Iterable[str] = (), **fields: Any
) -> Run:
    """A run without its lines, with what it came to."""
    run = start_run(user_id=user.pk, scenario=scenario)
    for name, value in {"met": list(met), "broken": list(broken), **fields}.items():
        setattr(run, name, value)
    run.save()
    return run


def make_run(user: User, *lines: str, scenario: str = "wrong-target", shared: bool = False) -> Run:
    """A run that was really played: one line, unless others are given."""
    run = start_run(user_id=user.pk, scenario=scenario)
    for line in lines or ("ls",):
        type_line(run=run, line=line)
    share_run(run=run, shared=shared)
    return run


def make_question(criteria: int = 3, *, bonus: int = 0, misconceptions: int = 1, **fields: Any) -> Question:
    """A question outside the course, for what needs no library."""
    return Question(
        slug=fields.pop("slug", "made-up"),
        prompt=fields.pop("prompt", "What happens here?"),
        criteria=tuple(
            Criterion(id=f"T.{n}", claim=f"Claim {n} holds.", label=f"Names claim {n}", must=n == 1)
            for n in range(1, criteria + 1)
        )
        + tuple(
            Criterion(id=f"T.B{n}", claim=f"Bonus {n} holds.", label=f"Adds bonus {n}", bonus=True)
            for n in range(1, bonus + 1)
        ),
        misconceptions=tuple(
            Misconception(
                id=f"T.X{n}", claim=f"Wrong idea {n}.", critical=n == 1, feedback=f"What really happens, {n}."
            )
            for n in range(1, misconceptions + 1)
        ),
        **fields,
    )
