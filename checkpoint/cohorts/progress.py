"""Everything that the cohort page shows, put together for its address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checkpoint.cohorts import queries
from checkpoint.cohorts.crowd import is_told
from checkpoint.cohorts.facts import Facts, facts_of
from checkpoint.cohorts.helping import KINDS, WORDS, Helped, Reason, certain_of
from checkpoint.cohorts.misses import (
    FEWEST_FOR_PERCENT,
    Misses,
    missed_criteria,
    missed_goals,
    scenarios_solved,
)
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.narrowing import Everybodys, narrowed, narrowed_to
from checkpoint.cohorts.paging import Page, page_of
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.rows import QUIET_AFTER, Row
from checkpoint.cohorts.runs import SharedRow, latest_shared
from checkpoint.cohorts.skills import Halves, halves
from checkpoint.cohorts.trends import Counts, Trend
from checkpoint.cohorts.wishes import Wish
from checkpoint.scenarios.queries import Newest

HELPED_FIRST = 8
"""So many stand on the page; the table lists all of them."""
CERTAIN_LISTED = 10


@dataclass(frozen=True, slots=True)
class Progress:
    """`told` is False where there are too few learners to show anything without their names."""

    facts: Facts
    wish: Wish
    told: bool
    rows: tuple[Row, ...]
    """Those of the table on this page."""
    withheld: bool
    """Whether rows aren't shown because there are too few."""
    latest: Everybodys
    """Of the learners in these rows, at least."""
    newest: Mapping[int, Mapping[str, Newest]]
    """Runs of the learners in these rows."""
    page: Page
    answers: Trend
    runs: Trend
    all_met: tuple[int, ...]
    """For each question, how many learners met all its criteria."""
    all_solved: tuple[int, ...]
    """For each scenario, how many learners met all its goals in one run."""
    skills: tuple[Halves, ...]
    criteria: Misses
    goals: Misses
    shared: tuple[SharedRow, ...]
    narrowed: tuple[str, ...]
    """What of the course the table is narrowed to, in words."""
    everybody_certain: Sequence[tuple[Reason, Learner]]
    """Everything that somebody was certain of and that is wrong, by name."""

    @property
    def learners(self) -> int:
        return len(self.facts.rows)

    @property
    def offers_narrowing(self) -> bool:
        """A handful is read at a glance; nobody needs to search in it."""
        return self.learners >= FEWEST_FOR_PERCENT or self.wish != Wish(hidden=self.wish.hidden)

    @property
    def helped_first(self) -> tuple[Helped, ...]:
        return self.facts.helped[:HELPED_FIRST]

    @property
    def more_to_help(self) -> int:
        return max(0, len(self.facts.helped) - HELPED_FIRST)

    @property
    def help_address(self) -> str:
        return self.wish.query(sort="help", show="")

    @property
    def certain(self) -> tuple[tuple[Reason, Learner], ...]:
        """The first of those who were certain of something wrong, by name."""
        return tuple(self.everybody_certain[:CERTAIN_LISTED])

    @property
    def certain_learners(self) -> int:
        return len({learner.user_id for _, learner in self.everybody_certain})

    @property
    def more_certain(self) -> bool:
        return len(self.everybody_certain) > CERTAIN_LISTED

    @property
    def certain_address(self) -> str:
        return self.wish.query(show="certain")

    @property
    def kinds(self) -> tuple[tuple[str, str, int], ...]:
        """Each reason to help that somebody has: its filter, its word, how many have it."""
        kinds = ({reason.kind for reason in one.reasons} for one in self.facts.helped)
        counted = Counter(kind for mine in kinds for kind in mine)
        return tuple(
            (self.wish.query(show=kind), WORDS[kind], counted[kind]) for kind in KINDS if counted[kind]
        )

    @property
    def turns(self) -> tuple[tuple[str, str], ...]:
        """Addresses of the pages before and after, with the words of their links."""
        return tuple((self.wish.query(page=number), word) for number, word in self.page.turns)


def progress(membership: Membership, wish: Wish, now: datetime) -> Progress:
    """Eight queries, however many learners."""
    cohort, facts = membership.cohort, facts_of(membership, now, hidden=wish.hidden)
    latest: Everybodys = facts.latest_of(facts.rows) if wish.looks_into_answers else {}
    found = narrowed(wish, facts.rows, facts.helped, latest, facts.played)
    withheld = bool(facts.rows) and not is_told(len(found), names=facts.names)
    page = page_of(wish.page, 0 if withheld else len(found))
    shown = () if withheld else tuple(page.of(found))
    ids = [row.learner.user_id for row in shown]
    before = now - QUIET_AFTER
    return Progress(
        facts=facts,
        wish=replace(wish, page=page.number),
        told=is_told(len(facts.rows), names=facts.names),
        rows=shown,
        withheld=withheld,
        latest=latest or facts.latest_of(shown),
        newest=queries.newest_runs_of(ids),
        page=page,
        answers=_weekly(queries.answers_given(cohort, before - QUIET_AFTER, before)),
        runs=_weekly(queries.runs_begun(cohort, before - QUIET_AFTER, before)),
        all_met=_all_met(facts.counts),
        all_solved=scenarios_solved(facts.alike),
        skills=halves(facts.counts, facts.alike, len(facts.rows)),
        criteria=missed_criteria(facts.counts, names=facts.names),
        goals=missed_goals(facts.alike, names=facts.names),
        shared=tuple(latest_shared(cohort, facts.names_by_id)) if facts.answers else (),
        narrowed=narrowed_to(wish),
        everybody_certain=certain_of(facts.helped),
    )


def _weekly(given: tuple[int, int]) -> Trend:
    then, now = given
    return Trend(now, then)


def _all_met(counts: Counts) -> tuple[int, ...]:
    return tuple(
        sum(alike.learners for judged, alike in answered.items() if judged.met == judged.total)
        for answered in counts.values()
    )
