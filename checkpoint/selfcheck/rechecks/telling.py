"""What a re-check changed, in the words its learner reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from checkpoint.core.content.types import Question
from checkpoint.core.grading.difference import Difference, Judged, difference
from checkpoint.core.grading.verdict import Level, Outcome
from checkpoint.selfcheck.models import LevelChoice

SAID = {
    Outcome.MET: "met",
    Outcome.PARTIAL: "partly met",
    Outcome.MISSING: "missing",
    Outcome.CONTRADICTED: "missing",
    Outcome.UNSCORED: "not decided",
}
WEIGHED = "each criterion as before, weighed differently"
"""Of an answer whose level moves alone: another criterion is a must-have now, or a weight has changed."""
TAKEN_BACK = "undo"
"""Names of what takes a re-check back begin so."""


class Verdict(NamedTuple):
    """One of an attempt's verdicts without what was shown."""

    recheck: str
    rubric: str
    grader: str
    level: str
    score: float
    outcomes: Mapping[str, str]
    misconceptions: list[str]
    at: datetime

    def without(self, decided: Collection[str]) -> Judged:
        """For comparing; what a person decided doesn't move with the machine."""
        told = {name: Outcome(one) for name, one in self.outcomes.items() if name not in decided}
        ideas = frozenset(name for name in self.misconceptions if name not in decided)
        return Judged(Level(self.level), self.score, told, ideas)


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One re-check of an attempt that changed something."""

    question: Question
    attempt_id: int
    at: datetime
    taken_back: bool
    edition: str
    """By what it was judged anew."""
    changes: str
    levels: tuple[str, str]
    """Before and after, in words; empty where they are the same or a person's decision has a part in it."""

    @classmethod
    def between(
        cls, question: Question, attempt_id: int, before: Verdict, after: Verdict, decided: Collection[str]
    ) -> Self | None:
        """Nothing where a learner would see no difference."""
        found = difference(before.without(decided), after.without(decided))
        changes = changes_in_words(question, found)
        if not changes or (decided and changes == WEIGHED):  # their level isn't the machine's
            return None
        return cls(
            question=question,
            attempt_id=attempt_id,
            at=after.at,
            taken_back=after.recheck.startswith(TAKEN_BACK),
            edition=edition(before.rubric, before.grader, after.rubric, after.grader),
            changes=changes,
            levels=("", "")
            if decided or before.level == after.level
            else (LevelChoice(before.level).label, LevelChoice(after.level).label),
        )

    @property
    def sentence(self) -> str:
        """Checked again under rubric 4f2a91c: criterion 2 now met."""
        if self.taken_back:
            return f"A re-check was taken back: {self.changes}."
        return f"Checked again under {self.edition or 'the same rubric and grader'}: {self.changes}."


def edition(rubric_before: str, grader_before: str, rubric: str, grader: str) -> str:
    """
    >>> edition("a1", "g/1", "b234567890", "g/1"), edition("a1", "g/1", "a1", "g/2+50e1")
    ('rubric b234567', 'grader g/2+50e1')
    """
    names = []
    if rubric != rubric_before:
        names.append(f"rubric {rubric[:7]}")
    if grader != grader_before:
        names.append(f"grader {grader}")
    return " and ".join(names)


def falls(question: Question, found: Difference) -> bool:
    """A lower level, or within one level any required criterion that got worse."""
    if found.before.level != found.after.level:
        return found.falls
    return any(one.falls for one in found.criteria if one.criterion in _required(question))


def rises(question: Question, found: Difference) -> bool:
    """The same the other way; an answer may do both within its level."""
    if found.before.level != found.after.level:
        return found.rises
    return any(one.rises for one in found.criteria if one.criterion in _required(question))


def _required(question: Question) -> set[str]:
    return {criterion.id for criterion in question.required}


def changes_in_words(question: Question, found: Difference) -> str:
    """Criterion 2 now met, criterion 4 now missing: required criteria by the numbers on the page.

    A bonus criterion has no number while it isn't met, so it goes by its heading.
    """
    words = []
    numbers = {criterion.id: number for number, criterion in enumerate(question.required, start=1)}
    headings = {criterion.id: criterion.heading for criterion in question.bonus}
    for one in found.criteria:
        before = SAID[one.before] if one.before else ""
        after = SAID[one.after] if one.after else ""
        if not after or before == after:
            continue
        if one.criterion in numbers:
            words.append(f"criterion {numbers[one.criterion]} now {after}")
        elif "met" in (before, after) and one.criterion in headings:
            words.append(f"“{headings[one.criterion]}” (beyond the question) now {after}")
    if found.ideas_gained:
        words.append(_ideas(len(found.ideas_gained), "now corrected"))
    if found.ideas_lost:
        words.append(_ideas(len(found.ideas_lost), "no longer corrected"))
    if not words and found.before.level != found.after.level:
        return WEIGHED
    return ", ".join(words)


def _ideas(count: int, what: str) -> str:
    return f"{'one idea' if count == 1 else f'{count} ideas'} {what}"
