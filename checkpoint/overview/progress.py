"""The learner's own standing: along the line, question by question, attempt by attempt."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from checkpoint.core.content.library import Library, Pointer, read_label
from checkpoint.core.content.skills import Played, SkillRow, skill_rows
from checkpoint.core.content.types import Question, Stage
from checkpoint.library import get_library
from checkpoint.overview.frame import frame_of
from checkpoint.parts import part_or_page
from checkpoint.scenarios.queries import played_by
from checkpoint.selfcheck.decisions.queries import OnMine, decisions_about
from checkpoint.selfcheck.decisions.remarks import Ruled, ruled_on
from checkpoint.selfcheck.queries.attempts import Judged, attempts_by, drafted_questions
from checkpoint.selfcheck.queries.standings import QuestionStanding, StageStanding, criteria_by_stage
from checkpoint.selfcheck.rechecks.queries import rechecked_since
from checkpoint.selfcheck.rechecks.telling import Rechecked

LATEST = 10
TOLD_FOR = timedelta(days=14)
"""So long a re-check is told beside everything else; the attempt's page always tells it."""
BAR = 200
"""Width of a full bar in its drawing's own units."""
STAGE_WORDS = {"cleared": "Cleared", "begun": "Under way", "open": "Open"}
SURENESS = {3: "Certain", 2: "Fairly sure", 1: "Guessing"}
# Most helpful first: unlearn, then reread, then finish what is close, then what is new.
URGENCY = {"revisit": 1, "almost": 2, "": 3}


@dataclass(frozen=True, slots=True)
class Todo:
    """A question that isn't cleared, and why it comes now."""

    question: Question
    why: str
    signal: str
    word: str


@dataclass(frozen=True, slots=True)
class StageRow:
    stage: Stage
    seen_in: str
    met: int
    total: int
    width: int
    word: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    question: Question
    standing: QuestionStanding | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    question: Question
    attempt: Judged
    outcomes: tuple[str, ...]
    sure: str


@dataclass(frozen=True, slots=True)
class SureRow:
    """What became of the answers given with one confidence."""

    word: str
    answers: int
    cleared: int
    close: int
    reread: int


@dataclass(frozen=True, slots=True)
class WrongIdea:
    """A wrong idea met in the learner's answers, and whether the latest answer still holds it."""

    claim: str
    question: Question
    at: datetime
    times: int
    settled: bool
    read: Pointer | None


@dataclass(frozen=True, slots=True)
class RuledRow:
    """What a person decided about one criterion or wrong idea of an answer."""

    question: Question
    mine: OnMine
    heading: str
    ruled: Ruled


@dataclass(frozen=True, slots=True)
class Progress:
    cleared: int
    total: int
    ready: bool
    todo: tuple[Todo, ...]
    stages: tuple[StageRow, ...]
    skills: tuple[SkillRow, ...]
    """What is lacking beside its other half comes first."""
    questions: tuple[QuestionRow, ...]
    attempts: tuple[AttemptRow, ...]
    all_attempts: int
    sureness: tuple[SureRow, ...]
    insight: str
    wrong_ideas: tuple[WrongIdea, ...]
    ruled: tuple[RuledRow, ...] = ()
    rechecked: tuple[Rechecked, ...] = ()


@require_safe
@login_required
def progress(request: HttpRequest) -> HttpResponse:
    """Where somebody stands with everything, and what to do next. `?all` lists every attempt."""
    frame = frame_of(request)
    user_id = request.user.pk or 0
    page = progress_of(
        get_library(),
        frame.standings,
        frame.stages,
        attempts_by(user_id),
        drafted_questions(user_id),
        played_by(user_id),
        None if "all" in request.GET else LATEST,
        decisions_about(user_id, get_library().questions),
        rechecked_lately(user_id),
    )
    return part_or_page(request, "overview/_progress.html", "overview/progress.html", {"page": page})


def rechecked_lately(user_id: int) -> tuple[Rechecked, ...]:
    """What was judged differently in the last two weeks. One query, three where there was any."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate() - TOLD_FOR, time()))
    return rechecked_since(user_id, midnight)


def progress_of(
    library: Library,
    standings: Mapping[str, QuestionStanding],
    stages: Iterable[StageStanding],
    attempts: tuple[Judged, ...],
    drafts: Mapping[str, datetime],
    played: Collection[Played],
    latest: int | None,
    decisions: Iterable[OnMine] = (),
    rechecked: tuple[Rechecked, ...] = (),
) -> Progress:
    """Everything the page shows, from what is known. No query."""
    newest = tuple(reversed(attempts))
    cleared = sum(standing.level == "ready" for standing in standings.values())
    return Progress(
        cleared=cleared,
        total=len(library.questions),
        ready=cleared == len(library.questions),
        todo=_todo(library, standings, drafts, {one.question for one in attempts if not one.level}),
        stages=tuple(_stage_row(library, standing) for standing in stages),
        skills=skill_rows(library.skills.values(), {q: s.outcomes for q, s in standings.items()}, played),
        questions=tuple(QuestionRow(q, standings.get(slug)) for slug, q in library.questions.items()),
        attempts=tuple(
            AttemptRow(
                library.questions[one.question], one, one.required(), SURENESS.get(one.confidence or 0, "")
            )
            for one in newest[:latest]
        ),
        all_attempts=len(attempts),
        sureness=sureness(attempts),
        insight=insight(attempts),
        wrong_ideas=_wrong_ideas(library, standings, attempts),
        ruled=tuple(_ruled_row(library.questions[one.question], one) for one in decisions),
        rechecked=rechecked,
    )


def _ruled_row(question: Question, one: OnMine) -> RuledRow:
    names = {c.id: c.heading for c in question.criteria} | {m.id: m.claim for m in question.misconceptions}
    name = one.decided.criterion
    return RuledRow(question, one, names.get(name, name), ruled_on(one.decided))


# --- What to do next ---------------------------------------------------------------


def _todo(
    library: Library,
    standings: Mapping[str, QuestionStanding],
    drafts: Mapping[str, datetime],
    unchecked: Collection[str],
) -> tuple[Todo, ...]:
    open_ones = [
        (_urgency(standings.get(slug), slug in drafts), question)
        for slug, question in library.questions.items()
        if slug not in standings or standings[slug].level != "ready"
    ]
    open_ones.sort(key=lambda pair: pair[0])
    return tuple(
        _todo_row(question, standings.get(question.slug), question.slug in drafts, question.slug in unchecked)
        for _, question in open_ones
    )


def _urgency(standing: QuestionStanding | None, drafted: bool) -> tuple[bool, int]:
    wrong = bool(standing and standing.misconceptions)
    return not wrong, 0 if drafted else URGENCY[standing.level if standing else ""]


def _todo_row(question: Question, standing: QuestionStanding | None, drafted: bool, unchecked: bool) -> Todo:
    if standing is None and unchecked:
        return Todo(question, "Your answer is stored; its attempt is below.", "none", "Not checked yet")
    if standing is None:
        why = "Your draft is waiting." if drafted else f"Not answered yet. About {question.minutes} minutes."
        return Todo(question, why, "none", "Not answered")
    signal, word = ("part", "Close") if standing.level == "almost" else ("miss", "Reread first")
    parts = [f"{standing.met} of {standing.total} met"]
    if standing.misconceptions:
        count = len(standing.misconceptions)
        parts.append("one idea to unlearn" if count == 1 else f"{count} ideas to unlearn")
    if drafted:
        parts.append("a new draft is waiting")
    return Todo(question, ", ".join(parts) + ".", signal, word)


# --- Along the line -------------------------------------------------------------------


def _stage_row(library: Library, standing: StageStanding) -> StageRow:
    asked = dict.fromkeys(c.question for c in criteria_by_stage(library)[standing.stage])
    return StageRow(
        stage=library.stages[standing.stage],
        seen_in=", ".join(library.questions[slug].id or slug for slug in asked) or "–",
        met=standing.met,
        total=standing.total,
        width=round(BAR * standing.met / standing.total) if standing.total else 0,
        word=STAGE_WORDS[standing.state],
    )


# --- How sure, and what came of it ------------------------------------------------------


def sureness(attempts: Iterable[Judged]) -> tuple[SureRow, ...]:
    """One row for each confidence that was ever given, the surest first."""
    counts = Counter((one.confidence, one.level) for one in attempts if one.confidence and one.level)
    rows = (
        SureRow(
            word,
            sum(n for (sure, _), n in counts.items() if sure == value),
            counts[value, "ready"],
            counts[value, "almost"],
            counts[value, "revisit"],
        )
        for value, word in SURENESS.items()
    )
    return tuple(row for row in rows if row.answers)


def insight(attempts: Iterable[Judged]) -> str:
    """How well sureness and result go together, in one sentence."""
    rows = {row.word: row for row in sureness(attempts)}
    certain, guessing = rows.get("Certain"), rows.get("Guessing")
    said = []
    if certain:
        said.append(_certain(certain))
    if guessing and guessing.cleared:
        said.append(f"You know more than you think: {_of(guessing.cleared, guessing.answers)} cleared.")
    if not said and rows:
        said.append("Say how sure you are each time, and this shows whether the feeling can be trusted.")
    return " ".join(said)


def _certain(row: SureRow) -> str:
    if row.cleared == row.answers:
        return (
            "When you were certain, you were right." if row.answers > 1 else "You were certain once, rightly."
        )
    if not row.cleared:
        times = {1: "once", 2: "twice"}.get(row.answers, f"{row.answers} times")
        return f"You were certain {times}, and there was still something to learn."
    return f"Of {row.answers} answers you were certain of, {row.cleared} cleared. Reread where you feel sure."


def _of(some: int, everything: int) -> str:
    guesses = "guess" if everything == 1 else "guesses"
    return f"{some} of {everything} {guesses}"


# --- Wrong ideas ---------------------------------------------------------------------------


def _wrong_ideas(
    library: Library, standings: Mapping[str, QuestionStanding], attempts: Iterable[Judged]
) -> tuple[WrongIdea, ...]:
    """Those still held first, then the latest."""
    met: dict[tuple[str, str], list[datetime]] = {}
    for one in attempts:
        for idea in one.misconceptions:
            met.setdefault((one.question, idea), []).append(one.at)
    ideas = []
    for (slug, idea), times in met.items():
        question = library.questions[slug]
        known = next((m for m in question.misconceptions if m.id == idea), None)
        if known is None:
            continue
        standing = standings.get(slug)
        settled = standing is None or idea not in standing.misconceptions
        read = read_label(library, known.read)
        ideas.append(WrongIdea(known.claim, question, max(times), len(times), settled, read))
    return tuple(sorted(ideas, key=lambda idea: (idea.settled, -idea.at.timestamp())))
