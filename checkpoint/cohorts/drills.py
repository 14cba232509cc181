"""Three drills for a session, each with the gap it was chosen for: a question, a scenario, a bad change."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from checkpoint.cohorts.crowd import is_told
from checkpoint.cohorts.misses import MISSED, RunsAlike, missed_goals
from checkpoint.cohorts.skills import Halves
from checkpoint.cohorts.trends import Counts
from checkpoint.core.content.inline import plain_inline
from checkpoint.core.content.skills import Played
from checkpoint.core.content.types import Question
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.library import get_library
from checkpoint.selfcheck.queries.crowd import Alike, Judgement


class Drill(NamedTuple):
    kind: str
    """Question, Scenario or Bad change."""
    title: str
    address: str
    reason: str
    how: str


def suggested(
    counts: Counts, alike: RunsAlike, skills: Iterable[Halves], *, names: bool
) -> tuple[Drill, ...]:
    """At most one of each kind; none where nothing speaks for one, or where too few people do."""
    found = (_question(counts, names), _scenario(alike, skills, names), _change(alike, names))
    return tuple(drill for drill in found if drill)


# --- A question: of which most is left out ---------------------------------------------


def _question(counts: Counts, names: bool) -> Drill | None:
    gaps = (_gap(question, counts[slug]) for slug, question in get_library().questions.items())
    told = [gap for gap in gaps if gap and is_told(gap.answered, names=names)]
    widest = max(told, key=lambda gap: gap.share, default=None)
    if widest is None:
        return None
    question, heading = widest.question, plain_inline(widest.worst)
    reason = (
        f"Of {widest.answered} who answered {question.id}, {widest.missing} left out or only touched "
        f"“{heading}”; on average {round(100 * widest.share)}% of its criteria are missing."
    )
    return Drill(
        "Question",
        f"{question.id} {plain_inline(question.title)}".strip(),
        reverse("question", args=[question.slug]),
        reason,
        f"Answer it together, one sentence for “{heading}”, then let everybody revise their own.",
    )


class _Gap(NamedTuple):
    question: Question
    answered: int
    share: float
    """Of its criteria, over everybody who answered."""
    worst: str
    missing: int
    """How many left out the worst one."""


def _gap(question: Question, ways: Mapping[Judgement, Alike]) -> _Gap | None:
    answered = sum(alike.learners for alike in ways.values())
    missed: Counter[int] = Counter()
    for judged, alike in ways.items():
        for place, outcome in enumerate(judged.outcomes):
            missed[place] += alike.learners * (outcome in MISSED)
    if not answered or not missed.total():
        return None
    worst, missing = missed.most_common(1)[0]
    share = missed.total() / (answered * len(question.required))
    return _Gap(question, answered, share, question.required[worst].heading, missing)


# --- A scenario: said and not done, or tried in vain -------------------------------------


def _scenario(alike: RunsAlike, skills: Iterable[Halves], names: bool) -> Drill | None:
    for one in skills:
        if one.lacks == "do" and one.practice and is_told(one.learners, names=names):
            skill = one.place.skill
            done = f"{one.done} {'has' if one.done == 1 else 'have'}" if one.done else "nobody has yet"
            said = f"{one.said} of {one.learners} can say {plain_inline(skill.say)}"
            return _played(one.practice, f"{said}; {done} {plain_inline(skill.done)}.")
    goal = next(iter(missed_goals(alike, names=names).listed), None)
    if goal is None:
        return None
    scenario = get_library().scenarios[goal.slug].scenario
    return _played(
        scenario, f"{goal.missed} of {goal.of} who tried it never met “{plain_inline(goal.heading)}”."
    )


def _played(scenario: Scenario, reason: str) -> Drill:
    number = list(get_library().scenarios).index(scenario.slug) + 1
    return Drill(
        "Scenario",
        f"S{number} {plain_inline(scenario.title)}",
        reverse("scenario", args=[scenario.slug]),
        reason,
        f"{scenario.minutes} minutes in pairs. Each start is another variant, with other names and figures.",
    )


# --- A bad change: past the guardrail that failed most people ------------------------------


def _change(alike: RunsAlike, names: bool) -> Drill | None:
    """For the guardrail whose rules most learners broke, or whose goals most never met."""
    failed = _failed(alike)
    played = sum(alike.values())
    for guardrail, learners in failed.most_common():
        found = _catching(guardrail)
        if found and is_told(played, names=names):
            slug, off = found
            title = get_library().changes[slug].change.title
            name = plain_inline(get_library().guardrails[guardrail].facts.short)
            query = urlencode([("change", slug), *(("off", one) for one in off)])
            return Drill(
                "Bad change",
                f"{title}, in the playground",
                f"{reverse('playground')}?{query}",
                f"{learners} of {played} who played a scenario broke a rule of {name} or left its goal open.",
                f"Ask what catches it before you switch {name} back on.",
            )
    return None


def _failed(alike: RunsAlike) -> Counter[str]:
    """How many learners each guardrail's goals and rules have failed, by guardrail."""
    failed: Counter[str] = Counter()
    fingerprint = get_library().fingerprint
    for runs, learners in alike.items():
        for guardrail in _failed_in(fingerprint, runs):
            failed[guardrail] += learners
    return failed


@lru_cache(maxsize=4096)
def _failed_in(_fingerprint: str, runs: frozenset[Played]) -> frozenset[str]:
    """Of somebody's runs: rules broken in any, goals met in none."""
    scenarios = get_library().scenarios
    found: set[str] = set()
    tried = {run.scenario for run in runs if run.scenario in scenarios}
    for slug in tried:
        mine = [run for run in runs if run.scenario == slug]
        met = {goal for run in mine for goal in run.met}
        broken = {rule for run in mine for rule in run.broken}
        scenario = scenarios[slug].scenario
        found |= {goal.guardrail for goal in scenario.goals if goal.id not in met}
        found |= {rule.guardrail for rule in scenario.rules if rule.id in broken}
    return frozenset(found - {""})


def _catching(guardrail: str) -> tuple[str, tuple[str, ...]] | None:
    """A change that the guardrail catches first, or at all, and everything that would catch it."""
    changes = get_library().changes
    caught = {
        slug: one.change.guardrails for slug, one in changes.items() if guardrail in one.change.guardrails
    }
    first = [slug for slug, others in caught.items() if others[0] == guardrail]
    slug = next(iter(first or caught), None)
    return (slug, caught[slug]) if slug else None
