"""What each page of the self-check shows, gathered before its template is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from checkpoint.core.content.library import Pointer
from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.selfcheck.forms import AnswerForm
from checkpoint.selfcheck.held import held
from checkpoint.selfcheck.marks import visible
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Confidence, Draft
from checkpoint.selfcheck.queries.attempts import (
    Judged,
    counted_result,
    draft_of,
    drafted_questions,
    last_answer,
    ordinal,
    recent_attempts_at,
)
from checkpoint.selfcheck.queries.standings import QuestionStanding, standings_of
from checkpoint.selfcheck.rechecks.queries import rechecks_of
from checkpoint.selfcheck.rechecks.telling import Rechecked
from checkpoint.selfcheck.result import (
    Change,
    Result,
    changes,
    counts_in_words,
    lay_out_result,
    pointer,
)
from checkpoint.selfcheck.shown import Shown, shown_from_json

MOST_EARLIER = 3
MOST_HISTORY = 10


def when(at: datetime, today: date) -> str:
    """today 14:09, Thu 19 Nov, or with the year where it isn't this one."""
    at = timezone.localtime(at)
    if at.date() == today:
        return f"today {at:%H:%M}"
    return f"{at:%a} {at.day} {at:%b}" + ("" if at.year == today.year else f" {at.year}")


@dataclass(frozen=True, slots=True)
class Place:
    """Which question of how many."""

    question: Question
    number: int
    total: int


def place_of(question: Question) -> Place:
    slugs = list(get_library().questions)
    return Place(question, slugs.index(question.slug) + 1, len(slugs))


# --- The list --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuestionRow:
    question: Question
    standing: QuestionStanding | None
    draft: str
    """When a draft was saved, in words."""
    answered: str
    now: bool
    """The one to take next."""


@dataclass(frozen=True, slots=True)
class Questions:
    rows: tuple[QuestionRow, ...]
    cleared: int
    signed_in: bool
    following: Question | None


def questions_page(request: HttpRequest) -> Questions:
    """Two queries for somebody signed in, none for others."""
    user_id = request.user.pk if request.user.is_authenticated else None
    standings: Mapping[str, QuestionStanding] = standings_of(user_id) if user_id else {}
    drafts = drafted_questions(user_id) if user_id else {}
    today = timezone.localdate()
    library = get_library()
    open_ones = [s for s in library.questions if s not in standings or standings[s].level != "ready"]
    following = open_ones[0] if open_ones else None
    rows = tuple(
        QuestionRow(
            question,
            standings.get(slug),
            when(drafts[slug], today) if slug in drafts else "",
            when(standings[slug].at, today) if slug in standings else "",
            slug == following,
        )
        for slug, question in library.questions.items()
    )
    return Questions(
        rows=rows,
        cleared=len(rows) - len(open_ones),
        signed_in=user_id is not None,
        following=library.questions[following] if following else None,
    )


# --- Asking ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """An attempt before this one, in counts: its verdict stays closed until there is a new answer."""

    name: str
    when: str
    counts: str
    unchecked: str
    """Where to have it checked, while it has no verdict that could give anything away."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The form of one question and what stands beside it."""

    place: Place
    signed_in: bool
    answer: str = ""
    confidence: str = ""
    answer_error: str = ""
    confidence_error: str = ""
    version: str = ""
    draft: Draft | None = None
    theirs: Draft | None = None
    """A draft of other words, saved on another device, that must not be lost."""
    from_held: bool = False
    problem: str = ""
    wait: int = 0
    most: int = 0
    earlier: tuple[Earlier, ...] = ()
    attempts: int = 0
    reread: tuple[Pointer, ...] = ()

    @property
    def question(self) -> Question:
        return self.place.question

    @property
    def words(self) -> int:
        return len(self.answer.split())

    @property
    def confidences(self) -> tuple[tuple[str, str, bool], ...]:
        return tuple(
            (str(value), label, str(value) == self.confidence) for value, label in Confidence.choices
        )


def ask_page(
    request: HttpRequest,
    question: Question,
    *,
    form: AnswerForm | None = None,
    revise: bool = False,
    theirs: Draft | None = None,
    problem: str = "",
    wait: int = 0,
    most: int = 0,
) -> Ask:
    """At most three queries for somebody signed in, none for others."""
    user_id = request.user.pk if request.user.is_authenticated else None
    blank = Ask(
        place=place_of(question),
        signed_in=user_id is not None,
        theirs=theirs,
        problem=problem,
        wait=wait,
        most=most,
        reread=_rereads(question),
    )
    filled = _as_sent(blank, form) if form is not None else _as_kept(blank, request, user_id, revise)
    return _with_earlier(filled, user_id) if user_id else filled


def _as_sent(page: Ask, form: AnswerForm) -> Ask:
    """Every word comes back in the field, whatever was wrong with the form."""
    return replace(
        page,
        answer=form.words,
        confidence=str(form.data.get("confidence", "")),
        version=str(form.data.get("draft_version", ""))[:16],
        answer_error=_error(form, "answer"),
        confidence_error=_error(form, "confidence"),
    )


def _error(form: AnswerForm, field: str) -> str:
    return " ".join(str(error) for error in form.errors.get(field, []))


def _as_kept(page: Ask, request: HttpRequest, user_id: int | None, revise: bool) -> Ask:
    """What waits from before signing in comes first, then the draft, then the last answer."""
    waiting = held(request, page.question.slug)
    draft = draft_of(user_id, page.question.slug) if user_id else None
    if waiting:
        other = draft if draft and draft.answer != waiting.answer else None
        confidence = str(waiting.confidence or "")
        return replace(page, answer=waiting.answer, confidence=confidence, theirs=other, from_held=True)
    if draft:
        return replace(page, answer=draft.answer, version=draft.version, draft=draft)
    if revise and user_id:
        return replace(page, answer=last_answer(user_id, page.question.slug))
    return page


def _with_earlier(page: Ask, user_id: int) -> Ask:
    attempts = recent_attempts_at(user_id, page.question.slug)
    today = timezone.localdate()
    earlier = tuple(
        Earlier(
            one.name,
            when(one.at, today),
            counts_in_words(one.required()),
            "" if one.level else reverse("attempt", args=[page.question.slug, one.attempt_id]),
        )
        for one in reversed(attempts[-MOST_EARLIER:])
    )
    return replace(page, earlier=earlier, attempts=attempts[-1].number if attempts else 0)


def _rereads(question: Question) -> tuple[Pointer, ...]:
    library = get_library()
    return tuple(filter(None, (pointer(library, f"lesson:{slug}") for slug in question.lessons)))


# --- A verdict ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One of the learner's attempts at this question, and what moved since the one before."""

    question: str
    attempt_id: int
    name: str
    when: str
    level: str
    outcomes: tuple[str, ...]
    changes: tuple[Change, ...]
    compared: bool
    """Whether there is an earlier verdict to compare with."""
    unlearned: int
    current: bool


@dataclass(frozen=True, slots=True)
class AttemptPage:
    place: Place
    attempt: Attempt
    name: str
    when: str
    result: Result | None
    """None while the answer is stored but couldn't be checked."""
    answer: str
    confidence: str
    history: tuple[HistoryRow, ...]
    more_history: int
    following: Question | None
    is_latest: bool
    """Only the latest answer is looked at by people: it is what counts."""
    rechecks: tuple[Rechecked, ...] = ()
    """What was judged differently since, the latest first."""

    @property
    def question(self) -> Question:
        return self.place.question


@dataclass(frozen=True, slots=True)
class PrivatePage:
    """A verdict that exists on this page only, above the form it came from."""

    place: Place
    result: Result
    ask: Ask

    @property
    def question(self) -> Question:
        return self.place.question


def attempt_page(
    question: Question,
    attempt: Attempt,
    verdict: AttemptVerdict | None,
    today: date,
    *,
    is_fresh: bool = False,
) -> AttemptPage:
    """Three queries: the learner's latest attempts at the question, and what people said about this one.

    One for a fresh verdict, about which nobody has said anything yet; two more for one given by a re-check.
    """
    attempts = recent_attempts_at(attempt.user_id, question.slug)
    history = history_of(question, attempts, attempt.pk, today)[:MOST_HISTORY]
    return AttemptPage(
        place=place_of(question),
        attempt=attempt,
        name=ordinal(attempt.number),
        when=when(attempt.at, today),
        result=_result_of(question, attempt, verdict, is_fresh) if verdict else None,
        answer=visible(attempt.answer),
        confidence=Confidence(attempt.confidence).label if attempt.confidence else "",
        history=history,
        more_history=attempts[-1].number - len(history),
        following=_following(question),
        is_latest=attempts[-1].attempt_id == attempt.pk,
        rechecks=rechecks_of(question.slug, attempt.pk) if verdict and verdict.recheck else (),
    )


def private_page(request: HttpRequest, question: Question, shown: Shown, form: AnswerForm) -> PrivatePage:
    """No query: nothing is stored and nothing earlier is shown."""
    ask = _as_sent(
        Ask(
            place=place_of(question),
            signed_in=request.user.is_authenticated,
            reread=_rereads(question),
        ),
        form,
    )
    result = lay_out_result(get_library(), question, shown, form.cleaned_data["answer"])
    return PrivatePage(place_of(question), result, ask)


def _result_of(question: Question, attempt: Attempt, verdict: AttemptVerdict, is_fresh: bool) -> Result:
    if is_fresh:
        return lay_out_result(get_library(), question, shown_from_json(verdict.shown), attempt.answer)
    return lay_out_result(get_library(), question, *counted_result(attempt, verdict))


def history_of(
    question: Question, attempts: tuple[Judged, ...], current: int, today: date
) -> tuple[HistoryRow, ...]:
    """Newest first, each compared with the judged attempt before it."""
    rows = []
    before: Judged | None = None
    for one in attempts:
        moved = changes(question, before.outcomes, one.outcomes) if before and one.level else ()
        unlearned = len(set(before.misconceptions) - set(one.misconceptions)) if before and one.level else 0
        rows.append(
            HistoryRow(
                question.slug,
                one.attempt_id,
                one.name,
                when(one.at, today),
                one.level,
                one.required(),
                moved,
                before is not None and bool(one.level),
                unlearned,
                one.attempt_id == current,
            )
        )
        before = one if one.level else before
    return tuple(reversed(rows))


def _following(question: Question) -> Question | None:
    """The next in the course's order; nothing after the last."""
    found = list(get_library().questions.values())
    index = found.index(question) + 1
    return found[index] if index < len(found) else None
