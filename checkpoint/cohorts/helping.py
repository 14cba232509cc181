"""Who to help first, and why, in words: fixed rules in a fixed order, and no score."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.rows import Row
from checkpoint.core.content.inline import plain_inline
from checkpoint.library import get_library
from checkpoint.selfcheck.queries.crowd import Certain, Judgement, Tried

KINDS = ("stuck", "certain", "fell", "quiet")
"""In the order in which people are listed. Who is stuck tries and gets no further alone; who is certain of
something wrong takes it to work; who fell back has lost something; who has gone quiet is asked last,
because it takes longest."""

WORDS = {"stuck": "Stuck", "certain": "Certain and wrong", "fell": "Fell back", "quiet": "Gone quiet"}
STUCK_AFTER = 3
"""So many answers to a question, none of which met more than the first of them."""


class Reason(NamedTuple):
    """Why somebody should be helped; put into words only where it is shown."""

    kind: str
    judgement: Judgement | None = None
    attempt_id: int = 0
    earlier: tuple[int, ...] = ()
    """How many criteria the answers before met, the nearer first."""
    row: Row | None = None

    @property
    def word(self) -> str:
        return WORDS[self.kind]

    @property
    def called(self) -> str:
        """The question in short, Q2; empty where it is about none."""
        return _called(self.judgement) if self.judgement else ""

    @property
    def words(self) -> str:
        """What happened, as the sentence goes on after the word."""
        if self.judgement:
            return _BY_KIND[self.kind](self, self.judgement)
        return _away(self.row) if self.row else ""


class Helped(NamedTuple):
    """A learner with every reason, the one they are listed by first."""

    learner: Learner
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Reason:
        return self.reasons[0]


def who_to_help(
    rows: Iterable[Row], certain: Iterable[Certain], tried: Iterable[Tried]
) -> tuple[Helped, ...]:
    """By their first reason; the quiet by how long, the others by how many reasons; then by row."""
    reasons: defaultdict[int, list[Reason]] = defaultdict(list)
    for user_id, reason in sorted(_reasons(certain, tried), key=_by_kind):
        reasons[user_id].append(reason)
    found: dict[str, list[tuple[Row, Helped]]] = {kind: [] for kind in KINDS}
    for row in rows:
        mine = reasons.get(row.learner.user_id, [])
        if row.is_quiet:
            mine.append(Reason("quiet", row=row))
        if mine:
            found[mine[0].kind].append((row, Helped(row.learner, tuple(mine))))
    for kind, people in found.items():
        people.sort(key=_longest_away if kind == "quiet" else _most_reasons)
    return tuple(helped for people in found.values() for _, helped in people)


def _reasons(certain: Iterable[Certain], tried: Iterable[Tried]) -> Iterable[tuple[int, Reason]]:
    """With whose they are; all but being quiet."""
    for one in tried:
        kind = _kind_of(one)
        if kind:
            yield one.user_id, Reason(kind, one.judgement, one.attempt_id, one.earlier)
    for wrong in certain:
        yield wrong.user_id, Reason("certain", wrong.judgement, wrong.attempt_id)


def _by_kind(one: tuple[int, Reason]) -> int:
    return KINDS.index(one[1].kind)


def _longest_away(one: tuple[Row, Helped]) -> date:
    return one[0].seen


def _most_reasons(one: tuple[Row, Helped]) -> int:
    return -len(one[1].reasons)


def certain_of(helped: Iterable[Helped]) -> list[tuple[Reason, Learner]]:
    """Everything that somebody was certain of and that is wrong, by learner."""
    found = [(r, one.learner) for one in helped for r in one.reasons if r.kind == "certain"]
    return sorted(found, key=lambda one: (one[1].name.casefold(), one[1].user_id))


def _kind_of(tried: Tried) -> str:
    """Stuck, fell or neither."""
    now, earlier = tried.judgement.met, tried.earlier
    if len(earlier) >= STUCK_AFTER - 1 and max(now, *earlier[:-1]) <= earlier[-1]:
        return "stuck"
    return "fell" if earlier and now < earlier[0] else ""


# --- Words ---------------------------------------------------------------------


def _stuck(reason: Reason, judged: Judgement) -> str:
    *others, last = (*reversed(reason.earlier), judged.met)
    listed = f"{', '.join(map(str, others))} and {last}"
    return f"the last three answers to {_called(judged)} met {listed} of {judged.total} criteria."


def _certain(_: Reason, judged: Judgement) -> str:
    question = get_library().questions[judged.question]
    wrong = next((m.claim for m in question.misconceptions if m.id in judged.misconceptions), "")
    if wrong:
        return f"on {_called(judged)}, says: {plain_inline(wrong)}"
    for criterion, outcome in zip(question.required, judged.outcomes, strict=True):
        if outcome == "contradicted":
            heading = plain_inline(criterion.heading)
            return f"on {_called(judged)}, says the opposite of “{heading}”."
    return f"on {_called(judged)}, with {judged.met} of {judged.total} criteria met."


def _fell(reason: Reason, judged: Judgement) -> str:
    before = reason.earlier[0]
    met = f"{judged.met} of {judged.total} criteria"
    return f"the latest answer to {_called(judged)} met {met}, the one before {before}."


def _away(row: Row) -> str:
    questions = len(get_library().questions)
    if row.is_ready:
        return f"last here {row.last_here}, with every question cleared."
    if row.answered <= row.learner.joined_at:
        return f"last here {row.last_here}, and hasn’t answered anything."
    return f"last here {row.last_here}, with {row.cleared} of {questions} questions cleared."


def _called(judged: Judgement) -> str:
    question = get_library().questions[judged.question]
    return question.id or question.title


_BY_KIND = {"stuck": _stuck, "certain": _certain, "fell": _fell}
