"""What waits for a reviewer: open criteria of answers, alike answers together, in an order of their own."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from checkpoint.core.content.types import Question
from checkpoint.core.grading.alike import Alike, grouped
from checkpoint.selfcheck.decisions.queries import Appealed, Undecided

UNSURE, FLAGGED, APPEAL = "unsure", "flagged", "appeal"
TOGETHER = 25
"""So many answers at most are decided at once: each of them is on the page."""
KINDS = {UNSURE: "Left open", APPEAL: "Appeals", FLAGGED: "Whole answers"}
"""Why something waits: the grader couldn't tell, a learner disagrees, or the answer as a whole is odd."""


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion or misconception that waits for a person."""

    criterion: str
    kind: str
    appeal: Appealed | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """An answer with what waits in it."""

    attempt_id: int
    question: str
    answer: str
    at: datetime
    items: tuple[Item, ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        return tuple(item.criterion for item in self.items)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(item.kind for item in self.items)


@dataclass(frozen=True, slots=True)
class Member:
    """An answer of a group; `because` is None for the one that leads it."""

    answer: Open
    because: Alike | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Answers to one question with the same open criteria, in nearly the same words."""

    members: tuple[Member, ...]

    @property
    def lead(self) -> Open:
        return self.members[0].answer


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address narrows the queue to; anything unknown finds nothing or is as if it weren't there."""

    question: str = ""
    criterion: str = ""
    kind: str = ""
    one_by_one: bool = False

    @property
    def narrows(self) -> bool:
        return bool(self.question or self.criterion or self.kind)

    def query(self, **more: object) -> str:
        """The end of an address: `?question=…`, or nothing."""
        asked = {"question": self.question, "criterion": self.criterion, "kind": self.kind}
        asked |= {"single": "1" if self.one_by_one else ""} | {key: str(value) for key, value in more.items()}
        given = {key: value for key, value in asked.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def wants(self, one: Open) -> bool:
        return (
            self.question in ("", one.question)
            and (not self.criterion or self.criterion in one.criteria)
            and (not self.kind or self.kind in one.kinds)
        )


def waiting(
    undecided: Iterable[Undecided],
    appeals: Mapping[int, Mapping[str, Appealed]],
    questions: Mapping[str, Question],
) -> tuple[Open, ...]:
    """Answers in which something waits, whatever else is known about them. No query."""
    found = (_open(one, appeals.get(one.attempt_id, {}), questions[one.question]) for one in undecided)
    return tuple(one for one in found if one.items)


def _open(one: Undecided, appeals: Mapping[str, Appealed], question: Question) -> Open:
    """Appeals first: somebody waits for the answer."""
    appealed = [
        Item(name, APPEAL, appeal)
        for name, appeal in appeals.items()
        if name not in one.decided and _still_matters(name, one, question)
    ]
    named = {item.criterion for item in appealed}
    left = [c.id for c in question.criteria if one.outcomes.get(c.id) == "unscored"]
    if left or not one.is_flagged:
        rest = [Item(name, UNSURE) for name in left if name not in named]
    else:
        asked = (c.id for c in question.required if c.id in one.outcomes and c.id not in one.decided)
        rest = [Item(name, FLAGGED) for name in asked if name not in named]
    return Open(one.attempt_id, one.question, one.answer, one.at, (*appealed, *rest))


def _still_matters(name: str, one: Undecided, question: Question) -> bool:
    """A newer verdict may have settled what the learner appealed against."""
    if name in one.outcomes:
        return one.outcomes[name] != "met" and any(c.id == name for c in question.criteria)
    return name in one.misconceptions


# --- In a reviewer's own order --------------------------------------------------------


def queue(found: Iterable[Open], wish: Wish, reviewer: int) -> tuple[Group, ...]:
    """Groups in an order that is shuffled for each reviewer and stays the same while they work."""
    mine = sorted((one for one in found if wish.wants(one)), key=lambda one: _place(reviewer, one))
    alike: dict[tuple[str, frozenset[tuple[str, str]]], list[Open]] = {}
    for one in mine:
        asked = frozenset((item.criterion, item.kind) for item in one.items)
        alike.setdefault((one.question, asked), []).append(one)
    groups = [group for some in alike.values() for group in _groups(some, wish.one_by_one)]
    return tuple(sorted(groups, key=lambda group: _place(reviewer, group.lead)))


def _groups(answers: list[Open], one_by_one: bool) -> Iterable[Group]:
    if one_by_one:
        return [Group((Member(one),)) for one in answers]
    return [
        Group(tuple(Member(answers[place], because) for place, because in group[first : first + TOGETHER]))
        for group in grouped([one.answer for one in answers])
        for first in range(0, len(group), TOGETHER)
    ]


def _place(reviewer: int, one: Open) -> str:
    return hashlib.sha256(f"{reviewer}:{one.attempt_id}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reviewer is in their queue: the group before them and its neighbours."""

    group: Group | None
    """None where nothing waits in the answer they look at."""
    number: int
    before: Group | None
    after: Group | None


def stand(groups: tuple[Group, ...], reviewer: int, attempt_id: int) -> Standing:
    """Around any answer: one that no longer waits still has its place in the order."""
    for number, group in enumerate(groups):
        if attempt_id in (member.answer.attempt_id for member in group.members):
            before = groups[number - 1] if number else None
            after = groups[number + 1] if number + 1 < len(groups) else None
            return Standing(group, number + 1, before, after)
    here = hashlib.sha256(f"{reviewer}:{attempt_id}".encode()).hexdigest()
    earlier = [group for group in groups if _place(reviewer, group.lead) < here]
    following = next((group for group in groups if _place(reviewer, group.lead) > here), None)
    return Standing(None, 0, earlier[-1] if earlier else None, following or next(iter(groups), None))
