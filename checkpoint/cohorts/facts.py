"""What is read of a cohort for its page and its brief: a few queries, however many learners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from checkpoint.cohorts import queries
from checkpoint.cohorts.helping import Helped, who_to_help
from checkpoint.cohorts.ideas import Ideas, shared_ideas
from checkpoint.cohorts.misses import EverybodysRuns, RunsAlike, runs_alike
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.narrowing import Everybodys
from checkpoint.cohorts.pseudonyms import shown_names
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.roles import Permission
from checkpoint.cohorts.rows import QUIET_AFTER, Row, rows_of
from checkpoint.cohorts.trends import Counts, Trend, criteria_met, readiness
from checkpoint.library import get_library
from checkpoint.selfcheck.queries.crowd import Crowd


@dataclass(frozen=True, slots=True)
class Facts:
    names: bool
    """Whether names are shown; otherwise the learners in here have pseudonyms."""
    answers: bool
    """Whether the reader may open single answers."""
    rows: tuple[Row, ...]
    crowd: Crowd
    played: EverybodysRuns
    alike: RunsAlike
    """The same, counted."""
    helped: tuple[Helped, ...]
    ready: Trend
    met: Trend
    ideas: Ideas

    @property
    def counts(self) -> Counts:
        return self.crowd.counts

    def latest_of(self, rows: Iterable[Row]) -> Everybodys:
        """Latest answers of the learners in these rows. No query."""
        return self.crowd.latest_of({row.learner.user_id for row in rows})

    @property
    def names_by_id(self) -> Mapping[int, str]:
        return {row.learner.user_id: row.learner.name for row in self.rows}


def shown_name(membership: Membership, learner: Learner, hidden: bool) -> Learner:
    """One learner as this member may see them."""
    return shown_names(membership, [learner], hidden)[0]


def facts_of(membership: Membership, now: datetime, *, hidden: bool) -> Facts:
    """As this member may see them. Four queries."""
    cohort, library = membership.cohort, get_library()
    known = queries.learners(cohort)
    crowd = queries.crowd(cohort, now - QUIET_AFTER)
    people = shown_names(membership, known, hidden)
    questions = len(library.questions)
    rows = rows_of(people, crowd.totals, questions, now)
    played = queries.played(cohort)
    most = len(rows) * sum(len(question.required) for question in library.questions.values())
    names, answers = (
        membership.may(Permission.SEE_NAMES) and not hidden,
        membership.may(Permission.SEE_ANSWERS),
    )
    return Facts(
        names=names,
        answers=answers,
        rows=rows,
        crowd=crowd,
        played=played,
        alike=runs_alike(played),
        helped=who_to_help(rows, crowd.certain, crowd.tried),
        ready=readiness(rows, crowd.moved, questions),
        met=criteria_met(crowd.counts, crowd.moved, most),
        ideas=shared_ideas(crowd.counts, known, names=names, answers=answers),
    )
