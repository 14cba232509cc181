"""Everything that changes a regrade. Work is done in pieces, each stored whole or not at all."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import learner_ids
from checkpoint.library import get_library
from checkpoint.mails.actions import write_letter
from checkpoint.mails.models import Kind
from checkpoint.regrades import queries
from checkpoint.regrades.comparing import compared
from checkpoint.regrades.letters import fallen_letter
from checkpoint.regrades.models import Finding, Regrade, State
from checkpoint.selfcheck.decisions.queries import outcomes_decided
from checkpoint.selfcheck.rechecks.actions import Anew, give_anew, judge_anew, take_back
from checkpoint.selfcheck.rechecks.queries import to_check
from checkpoint.selfcheck.rechecks.served import Served, served, waits_for_model

AT_ONCE = 40
"""So few answers are judged, applied or undone within the request that asks for it."""

PIECE = 25
"""So many answers make a piece of work: some seconds at most, after which what is done stays done."""

WRITTEN_TO = 20
"""So many learners are written to in one piece."""

STALLED_AFTER = timedelta(minutes=2)
"""A regrade that got no further for so long has lost its worker."""

logger = logging.getLogger(__name__)


class NoModelYetError(Exception):
    """Answers would be judged without the sentence model, which is on its way."""


class NothingToCheckError(Exception):
    """Every latest answer is judged by what is served."""


class AlreadyOpenError(Exception):
    """Somebody began one a moment ago, or it isn't decided yet."""


class NotNowError(Exception):
    """The regrade is in a state in which this can't be done (any more)."""


class OvertakenError(Exception):
    """Rubric or grader changed after the dry run."""


# --- What an instructor does ---------------------------------------------------------------


def begin(*, cohort: Cohort, by: User, questions: Sequence[str]) -> Regrade:
    """Begin a dry run on these questions; nothing that counts changes."""
    if waits_for_model():
        raise NoModelYetError
    now_served = served()
    found = to_check(learner_ids(cohort.pk), questions, now_served)
    if not found:
        raise NothingToCheckError
    try:
        with transaction.atomic():
            regrade = Regrade.objects.create(
                cohort=cohort,
                by=by,
                questions=sorted({one.question for one in found}),
                grader=now_served.grader,
                content=now_served.content,
                total=len(found),
            )
            Finding.objects.bulk_create(
                (Finding(regrade=regrade, before_id=one.verdict_id, question=one.question) for one in found),
                batch_size=500,
            )
            _log(regrade, by, "regrade-begun")
    except IntegrityError as refused:
        raise AlreadyOpenError from refused
    _set_going(regrade)
    return regrade


def apply(*, regrade: Regrade, by: User) -> None:
    """Let what the dry run found count."""
    now_served = served()
    if (regrade.grader, regrade.content) != (now_served.grader, now_served.content):
        _end(regrade, State.TRIED, State.OVERTAKEN, by)
        raise OvertakenError
    with transaction.atomic():
        _turn(regrade, State.TRIED, State.APPLYING, by)
        _log(regrade, by, "regrade-applied")
    _set_going(regrade)


def drop(*, regrade: Regrade, by: User) -> None:
    """Leave everything as it is; what was found stays to be read."""
    with transaction.atomic():
        _end(regrade, State.TRIED, State.DROPPED, by)
        _log(regrade, by, "regrade-left")


def undo(*, regrade: Regrade, by: User) -> None:
    """Let the verdicts from before count again, wherever nobody was judged again since."""
    if queries.open_regrade(regrade.cohort_id):
        raise AlreadyOpenError
    try:
        with transaction.atomic():
            _turn(regrade, State.APPLIED, State.UNDOING, by)
            _log(regrade, by, "regrade-undone")
    except IntegrityError as refused:
        raise AlreadyOpenError from refused
    _set_going(regrade)


def _log(regrade: Regrade, by: User, what: str) -> None:
    record(
        cohort_id=regrade.cohort_id,
        by=by,
        what=what,
        subject=f"Regrade {regrade.pk}",
        answers=regrade.total,
        questions=", ".join(regrade.questions),
    )


def _turn(regrade: Regrade, old: State, new: State, by: User | None = None) -> None:
    """From one state to the next, which only one of two at once can do."""
    facts: dict[str, Any] = {"state": new, "done": 0, "touched_at": timezone.now(), "ended_at": None}
    if by:
        facts["decided_by"] = by
    if not Regrade.objects.filter(pk=regrade.pk, state=old).update(**facts):
        raise NotNowError
    regrade.state, regrade.done = new, 0


def _end(regrade: Regrade, old: State, new: State, by: User | None = None) -> None:
    """The verdicts that would have been given are forgotten, their differences kept."""
    with transaction.atomic():
        _turn(regrade, old, new, by)
        Regrade.objects.filter(pk=regrade.pk).update(ended_at=timezone.now())
        Finding.objects.filter(regrade=regrade).update(facts=None)


def _set_going(regrade: Regrade) -> None:
    if regrade.total > AT_ONCE:
        go_on.enqueue(regrade.pk)
        return
    while step(regrade.pk):
        pass


# --- Piece by piece -----------------------------------------------------------------------


@task()
def go_on(regrade_id: int) -> None:
    """One piece; the next is a task of its own, so that others get their turn and a crash loses one."""
    if step(regrade_id):
        go_on.enqueue(regrade_id)


def resume_stalled(*, now: datetime) -> None:
    """Take up what a worker that died has left."""
    for regrade_id in queries.stalled(now - STALLED_AFTER):
        Regrade.objects.filter(pk=regrade_id).update(touched_at=now)
        go_on.enqueue(regrade_id)


def step(regrade_id: int) -> bool:
    """Do one piece; False where there is nothing more to do. Two at once do it once."""
    regrade = Regrade.objects.select_related("cohort").filter(pk=regrade_id).first()
    do = regrade and STEPS.get(State(regrade.state))
    return bool(regrade and do and do(regrade))


def _judge_some(regrade: Regrade) -> bool:
    now_served = served()
    if (regrade.grader, regrade.content) != (now_served.grader, now_served.content):
        _end(regrade, State.TRYING, State.OVERTAKEN)
        return False
    findings = queries.unjudged(regrade, PIECE)
    _judge(findings, now_served)
    with transaction.atomic():
        if not _holds(regrade):
            return False
        Finding.objects.bulk_update(findings, JUDGED)
        if findings:
            _got_on(regrade, len(findings))
        else:
            _turn(regrade, State.TRYING, State.TRIED)
    return bool(findings)


JUDGED = (
    *("judged", "failed", "facts", "level_before", "level"),
    *("falls", "rises", "moved", "changes", "changes_back", "decided"),
)


def _judge(findings: Sequence[Finding], now_served: Served) -> None:
    """Each text once. What the grader breaks on keeps its verdict."""
    questions = get_library().questions
    known: dict[tuple[str, str], dict[str, Any]] = {}
    decided = outcomes_decided(finding.before.attempt_id for finding in findings)
    for finding in findings:
        finding.judged = True
        question, answer = questions[finding.question], finding.before.attempt.answer
        try:
            if (question.slug, answer) not in known:
                known[question.slug, answer] = judge_anew(question, answer, now_served)
        except Exception:
            logger.exception("Attempt %s could not be judged anew", finding.before.attempt_id)
            finding.failed = True
            continue
        finding.facts = known[question.slug, answer]
        of_people = decided.get(finding.before.attempt_id, {})
        for name, value in compared(question, finding.before, finding.facts, of_people).items():
            setattr(finding, name, value)


def _apply_some(regrade: Regrade) -> bool:
    with transaction.atomic():
        if not _holds(regrade):
            return False
        findings = queries.unhandled(regrade, PIECE)
        anew = [Anew(finding.before_id, finding.facts) for finding in findings if finding.facts]
        given = give_anew(anew, recheck=regrade.recheck, at=timezone.now())
        for finding in findings:
            finding.after, finding.facts, finding.handled = given.get(finding.before_id), None, True
        Finding.objects.bulk_update(findings, ("after", "facts", "handled"))
        _got_on(regrade, len(findings))
    return bool(findings) or _write_to_some(regrade, State.APPLYING, State.APPLIED)


def _undo_some(regrade: Regrade) -> bool:
    with transaction.atomic():
        if not _holds(regrade):
            return False
        findings = queries.standing(regrade, PIECE)
        pairs = [(one.before_id, one.after_id) for one in findings if one.after_id]
        undone = take_back(pairs, recheck=regrade.taking_back, at=timezone.now())
        mine = Finding.objects.filter(regrade=regrade)
        mine.filter(after__in=undone).update(undone=True)
        # Judged again since: that verdict stays, and there is nothing of ours left to undo.
        mine.filter(pk__in=[one.pk for one in findings], undone=False).update(after=None)
        _got_on(regrade, len(findings))
    return bool(findings) or _write_to_some(regrade, State.UNDOING, State.UNDONE)


def _write_to_some(regrade: Regrade, old: State, new: State) -> bool:
    """Falls are never silent: whoever fell is written to, some at a time; then it is ended."""
    learners = queries.untold_learners(regrade, new, WRITTEN_TO)
    if not learners:
        _end(regrade, old, new)
        return False
    by_learner: dict[int, list[Finding]] = {}
    for finding in queries.fallen_of(regrade, new, learners):
        by_learner.setdefault(finding.before.attempt.user_id, []).append(finding)
    name = regrade.taking_back if new == State.UNDONE else regrade.recheck
    for user_id, findings in by_learner.items():
        subject, text = fallen_letter(regrade, findings, undone=new == State.UNDONE)
        with transaction.atomic():
            write_letter(
                user_id=user_id,
                cohort_id=regrade.cohort_id,
                kind=Kind.RECHECK,
                key=f"{name}:{user_id}",
                subject=subject,
                text=text,
                now=timezone.now(),
            )
            Finding.objects.filter(pk__in=[one.pk for one in findings]).update(told=new)
    _got_on(regrade, 0)
    return True


def _holds(regrade: Regrade) -> bool:
    """Lock it; False where somebody else has moved it on meanwhile."""
    mine = Regrade.objects.select_for_update().filter(pk=regrade.pk, state=regrade.state, done=regrade.done)
    return mine.first() is not None


def _got_on(regrade: Regrade, answers: int) -> None:
    regrade.done += answers
    Regrade.objects.filter(pk=regrade.pk).update(done=regrade.done, touched_at=timezone.now())


STEPS: dict[State, Callable[[Regrade], bool]] = {
    State.TRYING: _judge_some,
    State.APPLYING: _apply_some,
    State.UNDOING: _undo_some,
}
