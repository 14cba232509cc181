"""What the pages of reviewing show, gathered before their templates are rendered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from checkpoint.core.content.types import Question
from checkpoint.core.grading.alike import Alike
from checkpoint.reviews.forms import CRITERION_CHOICES, IDEA_CHOICES, DecisionForm
from checkpoint.reviews.queue import APPEAL, FLAGGED, KINDS, UNSURE, Group, Item, Open, Standing, Wish
from checkpoint.selfcheck.decisions.queries import Ruled
from checkpoint.selfcheck.decisions.remarks import WORDS
from checkpoint.selfcheck.marks import SIGNALS, Piece, visible
from checkpoint.selfcheck.models import DecisionOutcome
from checkpoint.selfcheck.queries.attempts import KeptAttempt
from checkpoint.selfcheck.queries.many import Answer

OTHERS = 600
"""Characters shown of an answer that another one stands for; it can be opened alone."""
EXCERPT = 140
"""Characters of an answer in a list."""
WHY = {
    UNSURE: "the grader left it open",
    FLAGGED: "the grader asks for a person",
    APPEAL: "the learner disagrees",
}
MACHINE = {**WORDS, "contradicted": "Contradicted", "held": "Said so", "absent": "Not said"}
"""For reviewers, who decide between missing and contradicted."""


# --- The list ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the list, without names."""

    group: Group
    question: Question
    excerpt: str
    why: tuple[str, ...]
    address: str


def group_row(group: Group, questions: Mapping[str, Question], address: str) -> GroupRow:
    lead = group.lead
    question = questions[lead.question]
    return GroupRow(group, question, excerpt(lead.answer), why(lead, question), address)


def why(one: Open, question: Question) -> tuple[str, ...]:
    """criterion 4: the grader left it open. One line for each reason."""
    kinds: dict[str, list[str]] = {}
    for item in one.items:
        kinds.setdefault(item.kind, []).append(short_name(question, item.criterion))
    return tuple(f"{_listed(names)}: {WHY[kind]}" for kind, names in kinds.items())


def short_name(question: Question, name: str) -> str:
    """criterion 4, bonus criterion 6 or misconception B."""
    for number, criterion in enumerate((*question.required, *question.bonus), start=1):
        if criterion.id == name:
            return f"{'bonus ' if criterion.bonus else ''}criterion {number}"
    ideas = [idea.id for idea in question.misconceptions]
    return f"misconception {chr(65 + ideas.index(name) % 26)}" if name in ideas else name


def _listed(names: list[str]) -> str:
    numbers = [name.removeprefix("criterion ") for name in names]
    if len(names) == 1:
        return names[0]
    return f"criteria {', '.join(numbers[:-1])} and {numbers[-1]}"


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the list, with its address and how many answers it leaves."""

    label: str
    address: str
    count: int
    current: bool


def filters(found: Iterable[Open], wish: Wish, questions: Mapping[str, Question]) -> dict[str, list[Filter]]:
    """By question, by kind, and within a question by criterion; each counted on its own."""
    every = tuple(found)
    kinds = [
        Filter(label, _query(wish, kind="" if kind == wish.kind else kind), count, kind == wish.kind)
        for kind, label in KINDS.items()
        if (count := sum(kind in one.kinds for one in every))
    ]
    asked = [
        Filter(
            question.id or question.title,
            _query(wish, question="" if slug == wish.question else slug, criterion=""),
            count,
            slug == wish.question,
        )
        for slug, question in questions.items()
        if (count := sum(one.question == slug for one in every))
    ]
    return {"kinds": kinds, "questions": asked, "criteria": _criteria(every, wish, questions)}


def _criteria(every: tuple[Open, ...], wish: Wish, questions: Mapping[str, Question]) -> list[Filter]:
    question = questions.get(wish.question)
    if question is None:
        return []
    names = (*(c.id for c in question.required), *(c.id for c in question.bonus))
    names += tuple(idea.id for idea in question.misconceptions)
    return [
        Filter(
            short_name(question, name).capitalize(),
            _query(wish, criterion="" if name == wish.criterion else name),
            count,
            name == wish.criterion,
        )
        for name in names
        if (count := sum(name in one.criteria for one in every))
    ]


def _query(wish: Wish, **changed: str) -> str:
    fields = {"question": wish.question, "criterion": wish.criterion, "kind": wish.kind} | changed
    return Wish(**fields, one_by_one=wish.one_by_one).query() or "?"


# --- One answer ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Judge:
    """One criterion or misconception to decide."""

    name: str
    short: str
    heading: str
    claim: str
    why: str
    quote: str
    """Where the learner says that they cover it."""
    note: str
    choices: tuple[Choice, ...]
    machine: "Machine | None"
    error: str
    is_idea: bool

    @property
    def is_open(self) -> bool:
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Machine:
    """What the grader said about one criterion."""

    signal: str
    word: str
    guess: str
    says: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another answer that the decision may serve."""

    attempt_id: int
    text: str
    because: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision made before, by whoever, with what reviewers tell each other."""

    short: str
    word: str
    signal: str
    ruled: Ruled


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One answer to decide about, without who wrote it."""

    question: Question
    attempt_id: int
    text: str
    pieces: tuple[Piece, ...]
    """The answer with the machine's marks, empty while the verdict isn't shown."""
    shows_verdict: bool
    at: datetime
    judges: tuple[Judge, ...]
    others: tuple[Other, ...]
    earlier: tuple[Earlier, ...]
    seen: int
    comment: str = ""
    note: str = ""
    errors: tuple[str, ...] = ()
    meanwhile: tuple[Earlier, ...] = field(default=())
    """What somebody else decided since the page was opened."""

    @property
    def open_judges(self) -> tuple[Judge, ...]:
        return tuple(one for one in self.judges if one.is_open)

    @property
    def other_judges(self) -> tuple[Judge, ...]:
        return tuple(one for one in self.judges if not one.is_open)


def review_page(
    kept: KeptAttempt,
    standing: Standing,
    rulings: tuple[Ruled, ...],
    near: tuple[tuple[Open, str], ...],
    *,
    shows_verdict: bool,
    form: DecisionForm | None = None,
    meanwhile: frozenset[int] = frozenset(),
) -> ReviewPage:
    """No query. `near` are answers that say something similar, each with why."""
    attempt_id, question = kept.attempt.pk, kept.question
    lead = _open_in(standing, attempt_id)
    items = {item.criterion: item for item in lead.items} if lead else {}
    judges = tuple(_judges(kept, items, shows_verdict, form))
    mine = [one for one in rulings if one.attempt_id == attempt_id]
    return ReviewPage(
        question=question,
        attempt_id=attempt_id,
        text=visible(kept.attempt.answer),
        pieces=kept.result.pieces if kept.result and shows_verdict else (),
        shows_verdict=shows_verdict,
        at=kept.attempt.at,
        judges=judges,
        others=tuple(_others(standing, attempt_id, near, form)),
        earlier=tuple(_earlier(question, one) for one in mine if one.id not in meanwhile),
        seen=max((one.id for one in rulings), default=0),
        comment=_said(form, "comment"),
        note=_said(form, "note"),
        errors=_errors(form),
        meanwhile=tuple(_earlier(question, one) for one in rulings if one.id in meanwhile),
    )


def _open_in(standing: Standing, attempt_id: int) -> Open | None:
    members = standing.group.members if standing.group else ()
    return next((one.answer for one in members if one.answer.attempt_id == attempt_id), None)


def _judges(
    kept: KeptAttempt, items: Mapping[str, Item], shows_verdict: bool, form: DecisionForm | None
) -> Iterable[Judge]:
    """What waits first, then the rest as in the rubric; misconceptions only where they are in question."""
    question, chosen = kept.question, form.chosen if form else {}
    shown = {one.id: one for one in kept.shown.criteria} if kept.shown else {}
    machine_ideas = set(kept.verdict.misconceptions) if kept.verdict else set()
    criteria = [c for c in (*question.required, *question.bonus) if c.id in shown]
    for criterion in sorted(criteria, key=lambda c: c.id not in items):
        one = shown[criterion.id]
        guess = MACHINE[one.guess].lower() if one.outcome == "unscored" and one.guess else ""
        yield Judge(
            name=criterion.id,
            short=short_name(question, criterion.id),
            heading=criterion.heading,
            claim=criterion.claim if criterion.label else "",
            **_asked(items.get(criterion.id), kept.attempt.answer),
            choices=_choices(CRITERION_CHOICES, chosen.get(criterion.id, "")),
            machine=Machine(SIGNALS[one.outcome], MACHINE[one.outcome], guess, one.sentence)
            if shows_verdict
            else None,
            error=_error(form, criterion.id),
            is_idea=False,
        )
    for idea in question.misconceptions:
        if idea.id in items or (shows_verdict and idea.id in machine_ideas):
            held = idea.id in machine_ideas
            yield Judge(
                name=idea.id,
                short=short_name(question, idea.id),
                heading=idea.claim,
                claim="",
                **_asked(items.get(idea.id), kept.attempt.answer),
                choices=_choices(IDEA_CHOICES, chosen.get(idea.id, "")),
                machine=Machine("miss" if held else "met", MACHINE["held" if held else "absent"], "", "")
                if shows_verdict
                else None,
                error=_error(form, idea.id),
                is_idea=True,
            )


def _asked(item: Item | None, answer: str) -> dict[str, str]:
    if item is None:
        return {"why": "", "quote": "", "note": ""}
    appeal = item.appeal
    named = appeal is not None and appeal.start is not None
    quote = visible(answer[appeal.start : appeal.end].strip()) if appeal and named else ""
    return {"why": WHY[item.kind].capitalize(), "quote": quote, "note": appeal.note if appeal else ""}


def _choices(offered: tuple[DecisionOutcome, ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.value, str(one.label), str(number), one.value == chosen)
        for number, one in enumerate(offered, start=1)
    )


def _others(
    standing: Standing, attempt_id: int, near: tuple[tuple[Open, str], ...], form: DecisionForm | None
) -> Iterable[Other]:
    """Alike answers are ticked from the start, near ones only by hand."""
    members = standing.group.members if standing.group else ()
    for member in members:
        one = member.answer
        if one.attempt_id != attempt_id:
            ticked = one.attempt_id in form.ticked if form else True
            yield Other(one.attempt_id, _cut(one.answer), _because(member.because), ticked)
    for answer, because in near:
        ticked = form is not None and answer.attempt_id in form.ticked
        yield Other(answer.attempt_id, _cut(answer.answer), because, ticked)


def _cut(answer: str) -> str:
    return visible(answer if len(answer) <= OTHERS else f"{answer[:OTHERS]} …")


def _because(because: Alike | None) -> str:
    if because is None or because.is_same:
        return "the same words"
    return f"{because.shared} of {because.of} words in the same order"


def _earlier(question: Question, one: Ruled) -> Earlier:
    short = short_name(question, one.criterion).capitalize()
    return Earlier(short, MACHINE[one.outcome], _signal(one.outcome), one)


def _said(form: DecisionForm | None, name: str) -> str:
    return str(form.data.get(name, "")) if form else ""


def _errors(form: DecisionForm | None) -> tuple[str, ...]:
    if form is None or form.is_valid():
        return ()
    return tuple(str(error) for errors in form.errors.values() for error in errors)


def _error(form: DecisionForm | None, name: str) -> str:
    return " ".join(str(error) for error in form.errors.get(f"c-{name}", [])) if form else ""


# --- What was decided ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AfterRow:
    """One's own decision and the machine's verdict."""

    short: str
    heading: str
    word: str
    signal: str
    machine: Machine
    agrees: bool


def after_rows(question: Question, rulings: Iterable[Ruled]) -> tuple[AfterRow, ...]:
    """Where the grader couldn't tell, it agrees by its guess."""
    return tuple(
        AfterRow(
            short_name(question, one.criterion).capitalize(),
            _heading(question, one.criterion),
            MACHINE[one.outcome],
            _signal(one.outcome),
            machine_said(one),
            one.outcome == one.guess,
        )
        for one in rulings
    )


def machine_said(one: Ruled) -> Machine:
    guess = MACHINE[one.guess].lower() if one.machine == "unscored" and one.guess != "unscored" else ""
    return Machine(_signal(one.machine), MACHINE[one.machine], guess, "")


def _signal(outcome: str) -> str:
    return {"held": "miss", "absent": "met"}.get(outcome) or SIGNALS[outcome]


def _heading(question: Question, name: str) -> str:
    names = {c.id: c.heading for c in question.criteria} | {m.id: m.claim for m in question.misconceptions}
    return names.get(name, name)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision in the list of all."""

    ruled: Ruled
    question: Question
    short: str
    heading: str
    word: str
    signal: str
    machine: Machine
    excerpt: str
    feeds: bool
    """Whether a rubric can learn from it: misconceptions have no marked answers."""


def decision_rows(
    rulings: Iterable[Ruled], answers: Mapping[int, Answer], questions: Mapping[str, Question]
) -> tuple[DecisionRow, ...]:
    rows = []
    for one in rulings:
        question = questions[one.question]
        answer = answers.get(one.attempt_id)
        rows.append(
            DecisionRow(
                ruled=one,
                question=question,
                short=short_name(question, one.criterion).capitalize(),
                heading=_heading(question, one.criterion),
                word=MACHINE[one.outcome],
                signal=_signal(one.outcome),
                machine=machine_said(one),
                excerpt=excerpt(answer.answer) if answer else "",
                feeds=any(c.id == one.criterion for c in question.criteria),
            )
        )
    return tuple(rows)


def excerpt(answer: str) -> str:
    """An answer's first words in one line."""
    words = " ".join(visible(answer).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"
