"""Which answers say the same in nearly the same words, so that one decision may serve them all.

Only words and their order are compared, so that a person can check at a glance why two stand together;
a denial or a number that only one of them has keeps them apart.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import read

ALIKE = 0.8
"""From this share of words in the same order on."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of an answer is compared: the stems of its words in their order."""

    stems: tuple[str, ...]
    telling: frozenset[str]
    """Denials and numbers, which turn a sentence round however many words agree."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Why two answers stand together: so many of so many words agree, in the same order."""

    shared: int
    of: int

    @property
    def is_same(self) -> bool:
        return self.shared == self.of


@lru_cache(maxsize=8192)
def sketch(answer: str) -> Sketch:
    """
    >>> sketch("Plans go stale!").stems
    ('plan', 'go', 'stale')
    """
    words = [token for token in read(answer).tokens if token.word]
    telling = frozenset(
        word.stem for word in words if word.text in lexicon.NEGATIONS or any(c.isdigit() for c in word.text)
    )
    return Sketch(tuple(word.stem for word in words), telling)


def alike(one: Sketch, other: Sketch) -> Alike | None:
    """
    >>> alike(sketch("The plan is stale."), sketch("the plan is  STALE"))
    Alike(shared=4, of=4)
    >>> alike(sketch("The plan is stale."), sketch("The plan isn't stale."))
    """
    if one.stems == other.stems:
        return Alike(len(one.stems), len(one.stems))
    if one.telling != other.telling or _at_most(one, other) < ALIKE:
        return None
    matcher = SequenceMatcher(None, one.stems, other.stems, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    of = max(len(one.stems), len(other.stems))
    return Alike(shared, of) if shared >= ALIKE * of else None


def _at_most(one: Sketch, other: Sketch) -> float:
    """The share of words in any order: costs little, and in the same order there are never more."""
    of = max(len(one.stems), len(other.stems))
    return (Counter(one.stems) & Counter(other.stems)).total() / max(1, of)


def grouped(answers: Sequence[str]) -> list[list[tuple[int, Alike | None]]]:
    """Places of the answers, group by group. The first leads; the others say how alike they are to it.

    >>> [[place for place, _ in group] for group in grouped(["It is stale.", "No idea.", "it is stale"])]
    [[0, 2], [1]]
    """
    groups: list[list[tuple[int, Alike | None]]] = []
    for place, answer in enumerate(answers):
        mine = sketch(answer)
        for group in groups:
            found = alike(sketch(answers[group[0][0]]), mine)
            if found:
                group.append((place, found))
                break
        else:
            groups.append([(place, None)])
    return groups
