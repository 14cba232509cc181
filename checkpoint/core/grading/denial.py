"""Whether an answer denies what a claim says, although its words are like the claim's."""

from collections.abc import Iterator, Sequence

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.likeness import found_again
from checkpoint.core.grading.passage import Passage
from checkpoint.core.grading.text import Text
from checkpoint.core.grading.thesaurus import GENERAL, Thesaurus

MEANT = 0.5
"""From this cosine on two words are about the same thing."""
_FEW = 3
"""Denials that are looked at one by one at most."""
_RETOLD = 0.7
"""Share of a right sentence's words from which on a sentence retells it."""
_SIGNS = frozenset(lexicon.NEGATIONS)


def turned_alone(right: Sequence[Passage], said: Passage) -> bool:
    """Whether something is denied where no right passage does."""
    return all(_turned_against(one, said) for one in right)


def _turned_against(right: Passage, said: Passage) -> bool:
    """An odd number of negations more or fewer, or what is denied here is not what is denied there."""
    if (right.negations + said.negations) % 2:
        return True
    own, other = _heads(said), _heads(right)
    if not own or not other:
        return bool(own or other)
    return float((said.vectors[own] @ right.vectors[other].T).max()) < MEANT


def _heads(passage: Passage) -> list[int]:
    """The content words that negations meet first."""
    turned = [(i, passage.turned[i]) for i, telling in enumerate(passage.content) if telling]
    before = [False, *(state for _, state in turned)]
    return [i for (i, state), last in zip(turned, before, strict=False) if state and not last]


def undone(text: Text, numbers: Sequence[int]) -> Iterator[str] | None:
    """These sentences, each time without one of their negations; None where there is none or very many."""
    sentences = [[i for i in _places(text, n) if text.tokens[i].word] for n in numbers]
    signs = [i for places in sentences for i in places if text.tokens[i].text in _SIGNS]
    if not 0 < len(signs) <= _FEW:
        return None
    return (". ".join(_told(text, places, sign) for places in sentences) for sign in signs)


def _places(text: Text, number: int) -> range:
    return range(text.sentences[number].first, text.sentences[number].last)


def _told(text: Text, places: Sequence[int], left_out: int) -> str:
    return " ".join(text.tokens[i].text for i in places if i != left_out)


def retold_turned(
    right: Sequence[Passage], said: Passage, disowned: bool, words: Thesaurus = GENERAL
) -> bool:
    """Whether one sentence retells a right one turned round; all are single sentences.

    `disowned`: what the sentence says is denied or disowned as a whole.
    """
    shares = [found_again(one, said, words) for one in right]
    nearest = max(range(len(right)), key=lambda i: shares[i])
    odd = (right[nearest].negations + said.negations + disowned) % 2
    return shares[nearest] >= _RETOLD and bool(odd)
