"""Does on the desk what the story tells, by the desk's own actions."""

from collections.abc import Iterable, Mapping
from datetime import date

from checkpoint.accounts.models import User
from checkpoint.assignments.actions import assign, extend
from checkpoint.assignments.due import tasks
from checkpoint.assignments.models import Assignment
from checkpoint.cohorts.models import Cohort
from checkpoint.demo.desk.story import Given, Said, appealed, assigned, decided
from checkpoint.reviews.actions import decide
from checkpoint.selfcheck.decisions.actions import Ruling, appeal
from checkpoint.selfcheck.models import AttemptVerdict

Latest = Mapping[tuple[int, str], AttemptVerdict]
"""By user id and question."""


def work_at_desk(*, cohort: Cohort, by: User, learners: Mapping[int, User], today: date) -> None:
    """The learners by their numbers; what isn't about them or their answers is left out."""
    for given in assigned(today):
        _assign(cohort, by, given, learners)
    latest = _latest(learners.values())
    for said in appealed(today):
        _appeal(said, _verdict(said, learners, latest))
    for said in decided(today):
        _decide(cohort, by, said, _verdict(said, learners, latest))


def _assign(cohort: Cohort, by: User, given: Given, learners: Mapping[int, User]) -> None:
    task = tasks().get((given.work, given.slug))
    if task is None:
        return
    assign(cohort=cohort, by=by, asked=[task], due_at=given.due, now=given.on)
    made = Assignment.objects.get(cohort=cohort, work=given.work, slug=given.slug, removed_at=None)
    for one in given.extended:
        if one.person in learners:
            user_id = learners[one.person].pk
            extend(assignment=made, user_id=user_id, by=by, due_at=one.due, now=one.on)


def _latest(learners: Iterable[User]) -> Latest:
    rows = AttemptVerdict.objects.filter(attempt__user__in=tuple(learners)).select_related("attempt")
    return {(one.attempt.user_id, one.attempt.question): one for one in rows.order_by("attempt__number")}


def _verdict(said: Said, learners: Mapping[int, User], latest: Latest) -> AttemptVerdict | None:
    """The one it is about, if the grader didn't find what is asked for by itself."""
    person = learners.get(said.person)
    verdict = latest.get((person.pk, said.question)) if person else None
    if verdict is None or said.words not in verdict.attempt.answer or said.on <= verdict.attempt.at:
        return None
    open_ones = {name for name, outcome in verdict.outcomes.items() if outcome != "met"}
    return verdict if said.about in open_ones | set(verdict.misconceptions) else None


def _appeal(said: Said, verdict: AttemptVerdict | None) -> None:
    if verdict is not None:
        start = verdict.attempt.answer.index(said.words)
        span = (start, start + len(said.words))
        appeal(verdict=verdict, criterion=said.about, span=span, note=said.note, at=said.on)


def _decide(cohort: Cohort, by: User, said: Said, verdict: AttemptVerdict | None) -> None:
    if verdict is not None:
        ruling = Ruling(verdict.attempt_id, said.about, said.outcome, blind=True, comment=said.comment)
        decide(cohort=cohort, by=by, rulings=[ruling], at=said.on)
