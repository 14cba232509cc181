"""What the pages about regrades show, gathered before their templates are rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from checkpoint.background.queries import Worker, worker_seen
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.paging import Page, page_of
from checkpoint.cohorts.queries import learner_ids, learners
from checkpoint.core.content.types import Question
from checkpoint.core.grading.difference import LEVEL_RANKS, Moved
from checkpoint.core.grading.verdict import Level, Outcome, Span
from checkpoint.library import get_library
from checkpoint.regrades import queries
from checkpoint.regrades.actions import AT_ONCE
from checkpoint.regrades.models import Finding, Regrade, State
from checkpoint.selfcheck.marks import visible
from checkpoint.selfcheck.models import LevelChoice
from checkpoint.selfcheck.rechecks.queries import Judged, judged_by
from checkpoint.selfcheck.rechecks.served import Served, served, waits_for_model
from checkpoint.selfcheck.rechecks.telling import SAID

SAMPLES = 3
"""So many answers are shown for each direction."""

SAMPLE_LENGTH = 1200
"""Longer answers are cut there; the attempt's page has the whole."""


# --- What could be regraded ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outdated:
    """A question and by what its latest verdicts were given."""

    question: Question
    verdicts: int
    other_rubric: int
    other_grader: int
    """By another grader and today's rubric."""
    graders: tuple[str, ...]

    @property
    def outdated(self) -> int:
        return self.other_rubric + self.other_grader


@dataclass(frozen=True, slots=True)
class RegradesPage:
    cohort: Cohort
    rows: tuple[Outdated, ...]
    chosen: frozenset[str]
    served: Served
    earlier: tuple[Regrade, ...]
    open: Regrade | None
    waits_for_model: bool
    at_once: int = AT_ONCE

    @property
    def outdated(self) -> int:
        return sum(row.outdated for row in self.rows)


def regrades_page(cohort: Cohort, chosen: frozenset[str] | None = None) -> RegradesPage:
    """Two queries."""
    now_served, earlier = served(), queries.regrades_of(cohort.pk)
    rows = outdated(judged_by(learner_ids(cohort.pk)), now_served)
    everything = frozenset(row.question.slug for row in rows if row.outdated)
    return RegradesPage(
        cohort=cohort,
        rows=rows,
        chosen=everything if chosen is None else chosen,
        served=now_served,
        earlier=tuple(earlier),
        open=next((one for one in earlier if one.is_working or one.state == State.TRIED), None),
        waits_for_model=waits_for_model(),
    )


def outdated(judged: list[Judged], now_served: Served) -> tuple[Outdated, ...]:
    """One row for each question with an answer, in the course's order. No query."""
    rows = []
    for slug, question in get_library().questions.items():
        mine = [one for one in judged if one.question == slug]
        rubric = [one for one in mine if one.rubric != now_served.rubrics[slug]]
        same = [one for one in mine if one.rubric == now_served.rubrics[slug]]
        grader = [one for one in same if one.grader != now_served.grader]
        if mine:
            rows.append(
                Outdated(
                    question,
                    _sum(mine),
                    _sum(rubric),
                    _sum(grader),
                    tuple(sorted({one.grader for one in (*rubric, *grader)})),
                )
            )
    return tuple(rows)


def _sum(judged: list[Judged]) -> int:
    return sum(one.verdicts for one in judged)


# --- One regrade -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion in which answers moved."""

    question: Question
    name: str
    rises: int
    falls: int
    moves: tuple[tuple[str, str, int], ...]
    """Outcome before and after, in words, and how many answers moved so."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    question: Question
    before: str
    after: str
    answers: int
    word: str


@dataclass(frozen=True, slots=True)
class Side:
    """One criterion of a sample before or after: its outcome and the learner's words that led to it."""

    word: str
    signal: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleCriterion:
    name: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Mover:
    """An answer and its two levels, in words."""

    name: str
    question: Question
    finding: Finding
    level_before: str
    level: str


@dataclass(frozen=True, slots=True)
class Sample:
    """With what was written, `cut` where that is long, and both sides of each criterion that moved."""

    mover: Mover
    answer: str
    cut: bool
    criteria: tuple[SampleCriterion, ...]


@dataclass(frozen=True, slots=True)
class RegradePage:
    cohort: Cohort
    regrade: Regrade
    found: queries.Found
    levels: tuple[LevelRow, ...]
    criteria: tuple[CriterionRow, ...]
    samples: tuple[Sample, ...]
    movers: tuple[Mover, ...]
    page: Page
    worker: Worker | None

    @property
    def unchanged(self) -> int:
        return self.found.judged - self.found.failed - self.page.found

    @property
    def percent(self) -> int:
        return round(100 * self.regrade.done / max(1, self.regrade.total))

    @property
    def working_words(self) -> str:
        return {
            State.TRYING: "judged",
            State.APPLYING: "given their new verdict",
            State.UNDOING: "given their earlier verdict back",
        }.get(State(self.regrade.state), "")


def regrade_page(cohort: Cohort, regrade: Regrade, number: int) -> RegradePage:
    """Eight queries, however many answers there are; one more while it is being worked on."""
    names = {person.user_id: person.name for person in learners(cohort)}
    found = queries.found_by(regrade)
    page = page_of(number, queries.count_moving(regrade))
    return RegradePage(
        cohort=cohort,
        regrade=regrade,
        found=found,
        levels=tuple(_level_rows(found)),
        criteria=tuple(_criterion_rows(found)),
        samples=tuple(_sample(names, one) for one in queries.samples(regrade, SAMPLES) if _known(one, names)),
        movers=tuple(
            _mover(names, one) for one in queries.movers(regrade, page.first, page.last) if _known(one, names)
        ),
        page=page,
        worker=worker_seen(timezone.now()) if regrade.is_working else None,
    )


def _known(finding: Finding, names: Mapping[int, str]) -> bool:
    """Nothing is shown of who has left, nor of a question that is gone."""
    return finding.before.attempt.user_id in names and finding.question in get_library().questions


def _level_rows(found: queries.Found) -> list[LevelRow]:
    questions = get_library().questions
    return [
        LevelRow(
            questions[one.question],
            LevelChoice(one.before).label,
            LevelChoice(one.after).label,
            one.answers,
            "falls" if _steps(one) < 0 else "rises",
        )
        for one in sorted(found.transitions, key=lambda t: (_steps(t), t.question))
        if one.before != one.after and one.question in questions
    ]


def _steps(one: queries.Transition) -> int:
    """Levels upwards; fewer than none where it falls."""
    return LEVEL_RANKS[Level(one.after)] - LEVEL_RANKS[Level(one.before)]


def _criterion_rows(found: queries.Found) -> list[CriterionRow]:
    rows = []
    for slug, question in get_library().questions.items():
        of_question = found.moved.get(slug, {})
        for criterion in dict.fromkeys(key[0] for key in of_question):
            moves = {(b, a): n for (one, b, a), n in of_question.items() if one == criterion}
            rows.append(
                CriterionRow(
                    question,
                    _criterion_name(question, criterion),
                    sum(n for (b, a), n in moves.items() if _moved(criterion, b, a).rises),
                    sum(n for (b, a), n in moves.items() if _moved(criterion, b, a).falls),
                    tuple((_said(b), _said(a), n) for (b, a), n in sorted(moves.items())),
                )
            )
    return rows


def _moved(criterion: str, before: str, after: str) -> Moved:
    """Empty where one of the rubrics doesn't have the criterion."""
    return Moved(criterion, Outcome(before) if before else None, Outcome(after) if after else None)


def _criterion_name(question: Question, criterion_id: str) -> str:
    for number, criterion in enumerate(question.required, start=1):
        if criterion.id == criterion_id:
            return f"{number}. {criterion.heading}"
    headings = {criterion.id: criterion.heading for criterion in question.bonus}
    return headings.get(criterion_id, f"{criterion_id} (no longer in the rubric)")


def _said(outcome: str) -> str:
    return {str(known): word for known, word in SAID.items()}.get(outcome, "not in the rubric")


def _mover(names: Mapping[int, str], finding: Finding) -> Mover:
    return Mover(
        names[finding.before.attempt.user_id],
        get_library().questions[finding.question],
        finding,
        LevelChoice(finding.level_before).label,
        LevelChoice(finding.level).label,
    )


def _sample(names: Mapping[int, str], finding: Finding) -> Sample:
    mover, words = _mover(names, finding), finding.before.attempt.answer
    before = _by_id(finding.before.shown)
    after = _by_id(finding.facts["shown"] if finding.facts else finding.after.shown if finding.after else {})
    return Sample(
        mover=mover,
        answer=visible(words[:SAMPLE_LENGTH]),
        cut=len(words) > SAMPLE_LENGTH,
        criteria=tuple(
            SampleCriterion(
                _criterion_name(mover.question, criterion),
                _side(before.get(criterion), words),
                _side(after.get(criterion), words),
            )
            for criterion, *_ in finding.moved
        ),
    )


def _by_id(shown: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {criterion["id"]: criterion for criterion in shown.get("criteria", ())}


SIGNALS = {"met": "met", "partial": "part", "missing": "miss", "contradicted": "miss", "unscored": "hold"}


def _side(criterion: Mapping[str, Any] | None, answer: str) -> Side:
    if criterion is None:
        return Side("Not in the rubric", "none", ())
    spans: list[Span] = [(start, end) for start, end in criterion["evidence"]]
    quotes = tuple(visible(answer[start:end].strip()) for start, end in spans)
    return Side(_said(criterion["outcome"]).capitalize(), SIGNALS[criterion["outcome"]], quotes)
