"""What a changed question would change, computed beside requests and laid out for its page."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import cast

from checkpoint.beside import Crashed, beside
from checkpoint.core.content.types import Question
from checkpoint.core.grading.trial import AnswerMove, Trial, trial
from checkpoint.core.grading.verdict import Outcome
from checkpoint.library import get_library, get_testing_grader
from checkpoint.reviews.pages import MACHINE, excerpt, short_name
from checkpoint.selfcheck.models import LevelChoice
from checkpoint.selfcheck.queries.many import Answer

MOST_SHOWN = 30
KEPT = 3600
"""Seconds: what failed may quote a learner's words, which aren't kept longer than somebody looks at them."""


_one_at_a_time = Lock()
"""Each takes a core for a minute; the others of this process wait their turn."""


def trial_of(after: Question, answers: Sequence[str]) -> Trial | Crashed | None:
    """None while it is being computed: ask again. With the sentence model that takes minutes."""
    questions = get_library().questions
    before, grader = questions[after.slug], get_testing_grader()
    others = {slug: other.model_answer for slug, other in questions.items() if slug != after.slug}
    told = "\n".join((before.fingerprint(), after.fingerprint(), grader.name, *answers))
    key = f"trial:1:{after.slug}:{hashlib.sha256(told.encode(errors='replace')).hexdigest()[:24]}"

    def compute() -> Trial:
        with _one_at_a_time:
            return trial(
                grader,
                before,
                after,
                answers,
                floor=after.floor,
                model_answer=after.model_answer,
                others=others,
            )

    return cast(Trial | Crashed | None, beside(key, compute, kept_for=KEPT))


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A marked answer of the question that comes out otherwise."""

    short: str
    text: str
    wanted: str
    before: str
    after: str
    helps: bool
    harms: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A learner's latest answer that would be judged otherwise, without their name."""

    text: str
    moves: tuple[str, ...]
    level: str
    rises: bool
    falls: bool


@dataclass(frozen=True, slots=True)
class TrialPage:
    passes: bool
    failures: tuple[str, ...]
    more_failures: int
    old_failures: int
    """Of those that fail, how many do so without the patch too."""
    agreement: str
    marked: tuple[MarkedRow, ...]
    marked_answers: int
    answers: tuple[AnswerRow, ...]
    answered: int
    rises: int
    falls: int
    criteria: tuple[str, ...]
    """Per criterion, how many of the learners' answers rise and fall in it."""


def lay_out_trial(found: Trial, question: Question, answers: Sequence[Answer]) -> TrialPage:
    failures = tuple(f"{one.what}; {one.cure}" for one in found.new_failures)
    rows = tuple(_answer_row(question, answers[move.place].answer, move) for move in found.answers)
    return TrialPage(
        passes=not failures,
        failures=failures[:MOST_SHOWN],
        more_failures=max(0, len(failures) - MOST_SHOWN),
        old_failures=len(found.test.failures) - len(failures),
        agreement=f"{found.before.agreement:.1%} before, {found.test.agreement:.1%} after",
        marked=tuple(
            MarkedRow(
                short_name(question, move.marked.criterion).capitalize(),
                excerpt(move.marked.text),
                MACHINE[move.marked.outcome].lower(),
                MACHINE[move.before].lower(),
                MACHINE[move.after].lower(),
                move.helps,
                move.harms,
            )
            for move in found.marked
        ),
        marked_answers=found.marked_answers,
        answers=rows[:MOST_SHOWN],
        answered=found.answered,
        rises=sum(row.rises for row in rows),
        falls=sum(row.falls for row in rows),
        criteria=_by_criterion(found, question),
    )


def _answer_row(question: Question, answer: str, move: AnswerMove) -> AnswerRow:
    found = move.difference
    moves = tuple(
        f"{short_name(question, one.criterion).capitalize()}: {_word(one.before)} to {_word(one.after)}"
        for one in found.criteria
    )
    levels = [LevelChoice(level.value).label for level in (found.before.level, found.after.level)]
    level = " to ".join(levels) if levels[0] != levels[1] else ""
    return AnswerRow(excerpt(answer), moves, level, found.rises, found.falls)


def _word(outcome: Outcome | None) -> str:
    return MACHINE[outcome].lower() if outcome else "not asked"


def _by_criterion(found: Trial, question: Question) -> tuple[str, ...]:
    moved = [one for move in found.answers for one in move.difference.criteria]
    counts = {
        name: (
            sum(one.rises for one in moved if one.criterion == name),
            sum(one.falls for one in moved if one.criterion == name),
        )
        for name in (c.id for c in (*question.required, *question.bonus))
    }
    return tuple(
        f"{short_name(question, name).capitalize()}: {up} up, {down} down"
        for name, (up, down) in counts.items()
        if up or down
    )
