"""A page to print before a session: what is mixed up, by whom, what is said and not done, what to drill."""

from dataclasses import dataclass
from datetime import datetime

from checkpoint.cohorts.crowd import is_told
from checkpoint.cohorts.drills import Drill, suggested
from checkpoint.cohorts.facts import Facts, facts_of
from checkpoint.cohorts.helping import Helped, Reason, certain_of
from checkpoint.cohorts.ideas import Shared
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.skills import Halves, halves
from checkpoint.cohorts.wishes import Wish

IDEAS, CERTAIN, GAPS, QUIET, STUCK = 3, 6, 3, 6, 4
"""So many of each: it is one page."""


@dataclass(frozen=True, slots=True)
class Brief:
    """`told` is False where there are too few learners to show anything without their names."""

    facts: Facts
    wish: Wish
    told: bool
    gaps: tuple[Halves, ...]
    drills: tuple[Drill, ...]

    @property
    def ideas(self) -> tuple[Shared, ...]:
        return self.facts.ideas.listed[:IDEAS]

    @property
    def certain(self) -> list[tuple[Reason, Learner]]:
        return certain_of(self.facts.helped)[:CERTAIN]

    @property
    def more_certain(self) -> int:
        return max(0, len(certain_of(self.facts.helped)) - CERTAIN)

    @property
    def stuck(self) -> tuple[Helped, ...]:
        return self._first("stuck", "fell")[:STUCK]

    @property
    def more_stuck(self) -> int:
        return max(0, len(self._first("stuck", "fell")) - STUCK)

    @property
    def quiet(self) -> tuple[tuple[Learner, Reason], ...]:
        return self._quiet()[:QUIET]

    @property
    def more_quiet(self) -> int:
        return max(0, len(self._quiet()) - QUIET)

    def _first(self, *kinds: str) -> tuple[Helped, ...]:
        return tuple(one for one in self.facts.helped if one.first.kind in kinds)

    def _quiet(self) -> tuple[tuple[Learner, Reason], ...]:
        """Everybody gone quiet, whatever else is to be said of them; who is away longest first."""
        found = [(one.learner, r) for one in self.facts.helped for r in one.reasons if r.kind == "quiet"]
        return tuple(sorted(found, key=lambda one: one[1].row.seen if one[1].row else 0))


def brief(membership: Membership, wish: Wish, now: datetime) -> Brief:
    """Eight queries, however many learners."""
    facts = facts_of(membership, now, hidden=wish.hidden)
    skills = halves(facts.counts, facts.alike, len(facts.rows))
    told = is_told(len(facts.rows), names=facts.names)
    return Brief(
        facts=facts,
        wish=wish,
        told=told,
        gaps=tuple(one for one in skills if one.lacks)[:GAPS],
        drills=suggested(facts.counts, facts.alike, skills, names=facts.names),
    )
