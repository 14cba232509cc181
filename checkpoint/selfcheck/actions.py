"""Every write of the self-check: drafts, attempts, verdicts and the standings they lead to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from checkpoint.core.content.types import Question
from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.verdict import Verdict
from checkpoint.library import get_grader, get_library
from checkpoint.selfcheck.decisions.counting import Facts, facts_of
from checkpoint.selfcheck.decisions.queries import decisions_on, outcomes_decided
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Counted, Draft, Standing, new_version
from checkpoint.selfcheck.queries.attempts import attempt_numbered, draft_of, last_answer, last_attempt
from checkpoint.selfcheck.shown import Shown, show

SAME_SUBMIT = timedelta(seconds=30)
"""The same words again within this time are the same submit, clicked twice."""

RACES = 10
"""How often to look again when somebody else took the number first."""

MOST, MOST_WITHIN = 60, timedelta(minutes=5)
"""So many answers to one question within this time are kept; nobody writes more, programs do."""


class TooManyAttemptsError(Exception):
    """`wait` seconds until the next answer is kept."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"{MOST} answers within {MOST_WITHIN}")
        self.wait = wait


# --- Drafts -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """`draft` is None where there is nothing to keep."""

    draft: Draft | None


@dataclass(frozen=True, slots=True)
class DraftConflict:
    """Another device saved other words since; both are kept until the learner chooses."""

    theirs: Draft


def save_draft(
    *, user_id: int, question: str, answer: str, version: str, now: datetime | None = None
) -> DraftSaved | DraftConflict:
    """Keep words not yet checked. `version` names the draft they were started from, '' for none."""
    now = now or timezone.now()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(user_id=user_id, question=question).first()
        if draft is None:
            return _first_draft(user_id, question, answer, now)
        if draft.answer == answer:
            return DraftSaved(draft)
        if draft.version != version:
            return DraftConflict(draft)
        if not answer.strip():
            draft.delete()
            return DraftSaved(None)
        draft.answer, draft.version, draft.saved_at = answer, new_version(), now
        draft.save(update_fields=("answer", "version", "saved_at"))
        return DraftSaved(draft)


def _first_draft(user_id: int, question: str, answer: str, now: datetime) -> DraftSaved | DraftConflict:
    if not answer.strip() or answer == last_answer(user_id, question):
        return DraftSaved(None)
    draft, made = Draft.objects.get_or_create(
        user_id=user_id, question=question, defaults={"answer": answer, "saved_at": now}
    )
    return DraftSaved(draft) if made or draft.answer == answer else DraftConflict(draft)


# --- Attempts ------------------------------------------------------------------


def record_attempt(
    *,
    user_id: int,
    question: str,
    answer: str,
    confidence: int | None = None,
    draft_version: str = "",
    at: datetime | None = None,
) -> tuple[Attempt, bool]:
    """Store an answer before anything can go wrong; False where it was a submit clicked twice.

    Two at once take the same number, so one of them is refused by the database and looks again.
    """
    at = at or timezone.now()
    for _ in range(RACES):
        try:
            with transaction.atomic():
                last = last_attempt(user_id, question)
                if last and last.answer == answer and abs(at - last.at) <= SAME_SUBMIT:
                    return last, False
                if last and last.number >= MOST:
                    _hold_pace(last, at)
                attempt = Attempt.objects.create(
                    user_id=user_id,
                    question=question,
                    number=last.number + 1 if last else 1,
                    answer=answer,
                    confidence=confidence,
                    at=at,
                )
                _drop_draft(user_id, question, answer, draft_version)
                return attempt, True
        except IntegrityError as refused:
            taken = refused
    raise taken


def _hold_pace(last: Attempt, at: datetime) -> None:
    first = attempt_numbered(last.user_id, last.question, last.number - MOST + 1)
    if first and first.at > at - MOST_WITHIN and settings.RATE_LIMITS_ON:
        raise TooManyAttemptsError(int((first.at + MOST_WITHIN - at).total_seconds()) + 1)


def _drop_draft(user_id: int, question: str, answer: str, version: str) -> None:
    """Forget the draft that became this answer; other words from another device stay.

    Every save makes a new version, so words saved since this one was read are not forgotten either.
    """
    draft = draft_of(user_id, question)
    if draft and (draft.version == version or draft.answer in answer):
        Draft.objects.filter(pk=draft.pk, version=draft.version).delete()


# --- Verdicts -------------------------------------------------------------------


def judge(question: Question, answer: str) -> tuple[Verdict, Shown]:
    """Grade an answer and put the verdict into words. Stores nothing."""
    verdict = grade(get_grader(), question, answer)
    return verdict, show(question, verdict, answer)


def judge_attempt(attempt: Attempt, *, at: datetime | None = None) -> AttemptVerdict:
    """Grade a stored attempt that has no verdict yet; a grader's failure rises, the attempt stays."""
    question = get_library().questions[attempt.question]
    verdict, shown = judge(question, attempt.answer)
    return record_verdict(
        attempt=attempt, question=question, verdict=verdict, shown=shown, at=at, is_first=True
    )


def record_verdict(
    *,
    attempt: Attempt,
    question: Question,
    verdict: Verdict,
    shown: Shown,
    at: datetime | None = None,
    is_first: bool = False,
) -> AttemptVerdict:
    """Append the verdict and move the standing on, together or not at all.

    A grader judges the same attempt by the same rubric once: who comes second gets the first's.
    What people decided about earlier verdicts goes on counting; about a first one nobody can have.
    """
    same = {
        "attempt": attempt,
        "grader": verdict.grader,
        "rubric": _rubric(get_library().fingerprint, question.slug),
        "content": get_library().fingerprint,
        "recheck": "",
    }
    try:
        with transaction.atomic():
            given = AttemptVerdict.objects.create(
                **same,
                level=verdict.level.value,
                score=shown.score,
                outcomes=shown.outcomes,
                misconceptions=[found.id for found in verdict.misconceptions],
                needs_review=verdict.needs_review,
                shown=shown.as_json(),
                at=at or timezone.now(),
            )
            if is_first:
                _move_standing(attempt, given)
            else:
                count_attempt(attempt=attempt, verdict=given)
    except IntegrityError:
        return AttemptVerdict.objects.get(**same)
    return given


@lru_cache(maxsize=64)
def _rubric(_content: str, question: str) -> str:
    """A question's fingerprint, taken once for each content: it reads the whole rubric."""
    return get_library().questions[question].fingerprint()


def count_attempt(*, attempt: Attempt, verdict: AttemptVerdict) -> None:
    """Keep ready what counts of an attempt: its latest verdict, with what people decided in it."""
    decided = {name: one.outcome for name, one in decisions_on(attempt.pk).items()}
    facts = facts_of(attempt.question, verdict, decided)
    if decided:
        Counted.objects.update_or_create(attempt=attempt, defaults=facts.as_fields())
    _move_standing(attempt, facts)


def count_attempts(verdicts: Sequence[AttemptVerdict]) -> None:
    """The same for the latest verdicts of many: one query, and one for each that nobody decided on."""
    decided = outcomes_decided(verdict.attempt_id for verdict in verdicts)
    for verdict in verdicts:
        if verdict.attempt_id in decided:
            count_attempt(attempt=verdict.attempt, verdict=verdict)
        else:
            _move_standing(verdict.attempt, verdict)


def _move_standing(attempt: Attempt, counted: Facts | AttemptVerdict) -> None:
    """The latest attempt counts, whichever of two verdicts given at once comes first.

    The update waits for and then looks again at a row another writer holds; the insert does
    nothing where another writer was first, and the second update settles which is later.
    """
    facts = _standing_facts(attempt, counted)
    mine = Standing.objects.filter(
        user_id=attempt.user_id, question=attempt.question, attempt_id__lte=attempt.pk
    )
    if mine.update(**facts):
        return
    standing = Standing(user_id=attempt.user_id, question=attempt.question, **facts)
    Standing.objects.bulk_create([standing], ignore_conflicts=True)
    mine.update(**facts)


def _standing_facts(attempt: Attempt, counted: Facts | AttemptVerdict) -> dict[str, object]:
    return {
        "attempt_id": attempt.pk,
        "level": counted.level,
        "outcomes": counted.outcomes,
        "misconceptions": counted.misconceptions,
        "needs_review": counted.needs_review,
        "confidence": attempt.confidence,
        "attempts": attempt.number,
        "at": attempt.at,
    }


# --- Many at once ---------------------------------------------------------------


def record_history(attempts: Sequence[Attempt]) -> None:
    """Store whole histories of learners who have none yet, oldest answer first.

    Each distinct text is judged once, and the rows go in a few inserts.
    """
    questions = get_library().questions
    content = get_library().fingerprint
    rubrics = {slug: _rubric(content, slug) for slug in questions}
    texts = {(attempt.question, attempt.answer) for attempt in attempts}
    judged = {(slug, answer): judge(questions[slug], answer) for slug, answer in sorted(texts)}
    with transaction.atomic():
        kept = Attempt.objects.bulk_create(attempts, batch_size=500)
        verdicts = AttemptVerdict.objects.bulk_create(
            (
                _verdict_row(attempt, rubrics[attempt.question], *judged[attempt.question, attempt.answer])
                for attempt in kept
            ),
            batch_size=500,
        )
        latest = {(v.attempt.user_id, v.attempt.question): v for v in verdicts}
        Standing.objects.bulk_create(
            (
                Standing(user_id=user_id, question=slug, **_standing_facts(verdict.attempt, verdict))
                for (user_id, slug), verdict in latest.items()
            ),
            batch_size=500,
        )


def _verdict_row(attempt: Attempt, rubric: str, verdict: Verdict, shown: Shown) -> AttemptVerdict:
    return AttemptVerdict(
        attempt=attempt,
        grader=verdict.grader,
        rubric=rubric,
        content=get_library().fingerprint,
        level=verdict.level.value,
        score=shown.score,
        outcomes=shown.outcomes,
        misconceptions=[found.id for found in verdict.misconceptions],
        needs_review=verdict.needs_review,
        shown=shown.as_json(),
        at=attempt.at,
    )


def rebuild_standings() -> int:
    """Make every standing again from the verdicts and decisions; gives how many there are."""
    decided = outcomes_decided()
    with transaction.atomic():
        Standing.objects.all().delete()
        Counted.objects.all().delete()
        latest: dict[tuple[int, str], Standing] = {}
        counted = []
        for attempt, facts in _counted_again(decided):
            latest[attempt.user_id, attempt.question] = Standing(
                user_id=attempt.user_id, question=attempt.question, **_standing_facts(attempt, facts)
            )
            if attempt.pk in decided:
                counted.append(Counted(attempt=attempt, **facts.as_fields()))
        Standing.objects.bulk_create(latest.values(), batch_size=500)
        Counted.objects.bulk_create(counted, batch_size=500)
    return len(latest)


def _counted_again(decided: Mapping[int, Mapping[str, str]]) -> Iterator[tuple[Attempt, Facts]]:
    """Every judged attempt, a learner's later ones after the earlier, with what counts of it."""
    in_order = AttemptVerdict.objects.select_related("attempt").defer("shown", "attempt__answer")
    for _, verdicts in groupby(in_order.order_by("attempt_id", "id").iterator(), lambda v: v.attempt_id):
        *_, verdict = verdicts
        attempt = verdict.attempt
        yield attempt, facts_of(attempt.question, verdict, decided.get(attempt.pk, {}))
