"""How things are said: affirmed, denied, guessed, or told as somebody else's idea."""

from dataclasses import dataclass, field
from enum import Enum

from checkpoint.core.grading.attitude import Attitudes
from checkpoint.core.grading.modality import Imagined
from checkpoint.core.grading.text import Text

_NO_CUES: frozenset[int] = frozenset()
_ANOTHERS = frozenset(', " what which who whoever'.split())
"""Behind these "is not" speaks of something else: "it refuses what is not fresh"."""


class Stance(Enum):
    """How the author of an answer stands to what a stretch of it says; guessing is a matter apart."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    REPORTED = "reported"


@dataclass(slots=True)
class Stances:
    """Per token of a text: which negations reach it, and whether it is guessed or disowned."""

    negated: dict[int, set[int]] = field(default_factory=dict)
    """Token to the cues (token positions) that reach it."""
    beside: dict[int, set[int]] = field(default_factory=dict)
    """Token to the cues whose verb's clause it belongs to."""
    hedged: set[int] = field(default_factory=set)
    reported: set[int] = field(default_factory=set)
    rejected: set[int] = field(default_factory=set)
    denied_after: dict[int, int] = field(default_factory=dict)
    """Token at which something said before it in its clause is taken back, to the denial's place."""
    cues: set[int] = field(default_factory=set)
    framed: Attitudes = field(default_factory=Attitudes)
    """What is said about whole statements."""
    supposed: set[int] = field(default_factory=set)
    """Words of a condition or a concession: nobody has done what "even if I …" speaks of."""
    imagined: Imagined = field(default_factory=Imagined)
    """What would or could be."""
    dreamt: set[int] = field(default_factory=set)
    """What is only played with, and nobody says that it is so."""
    opposites: set[int] = field(default_factory=set)
    """Sentences that stand in the answer twice, once with a negation."""
    softened: set[int] = field(default_factory=set)
    """Cues that a second negation or a condition turns into a demand."""
    paired: dict[int, int] = field(default_factory=dict)
    """The second of two negations that turn each other round leads to the first."""
    surpassed: set[int] = field(default_factory=set)
    """What "I don't just …" says: that it is done, and that it isn't all."""
    cancelled: dict[int, set[int]] = field(default_factory=dict)
    """Cue to the word that takes its negation: "it is not *bad* to check", "nothing goes *unnoticed*"."""

    def denied_as_a_whole(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether the statement that a hit belongs to is turned round by what is said about it."""
        tokens = [text.words[w] for w in words]
        framed = max((self.framed.turned.get(t, 0) for t in tokens), default=0)
        return bool((framed or any(t in self.rejected for t in tokens)) % 2)

    def of(self, text: Text, words: tuple[int, ...]) -> Stance:
        """The stance of a hit, given by the positions of its words in `text.words`."""
        tokens = [text.words[w] for w in words]
        own = set(tokens)
        rejected = any(t in self.rejected for t in tokens)
        framed = max((self.framed.turned.get(t, 0) for t in tokens), default=0)
        if not rejected and not framed and any(t in self.reported for t in tokens):
            return Stance.REPORTED
        free = own | self._free(own)
        turned = any(len(self.negated.get(t, _NO_CUES) - free) % 2 for t in tokens)
        turns = int(turned != self._halved(own)) + self._taken_back(text, tokens) + (framed or int(rejected))
        return Stance.DENIED if turns % 2 else Stance.AFFIRMED

    def _free(self, own: set[int]) -> set[int]:
        """The cues that deny nothing, for a hit of these tokens: softened, or spent on a word beside it."""
        return self.softened | {cue for cue, spent in self.cancelled.items() if own.isdisjoint(spent)}

    def _halved(self, own: set[int]) -> bool:
        """Whether a hit holds the second alone of two negations that turn each other round: "without revoking
        it" is denied by "do nothing without revoking it"."""
        return any(cue in own and own.isdisjoint(range(first, cue)) for cue, first in self.paired.items())

    def is_unsaid(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit lies in a condition of what would be, or ends in a clause whose verb is negated and
        holds no negation itself."""
        tokens = {text.words[w] for w in words}
        if tokens <= self.imagined.condition:
            return True
        last = max(tokens)
        cues = self.beside.get(last, _NO_CUES)
        if not tokens.isdisjoint(cues) or not len(cues - self._free(tokens)) % 2:
            return False
        every = (cues | self.negated.get(last, _NO_CUES)) - self._free(tokens) - tokens
        return bool((len(every) + self.framed.turned.get(last, 0)) % 2)

    def is_unreal(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit belongs to what would be if something were otherwise."""
        return any(text.words[w] in self.imagined.unreal for w in words)

    def is_imagined(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit only says what could be, or could have been."""
        return self.imagined.is_imagined([text.words[w] for w in words])

    def reaching(self, token: int) -> set[int]:
        """The negations that turn a token round."""
        return self.negated.get(token, set()) - self._free(set())

    def is_surpassed(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit is what somebody doesn't leave it at."""
        return any(text.words[w] in self.surpassed for w in words)

    def is_dreamt(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit is only played with."""
        return any(text.words[w] in self.dreamt for w in words)

    def is_guess(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit is only guessed, affirmed or denied."""
        return any(text.words[w] in self.hedged for w in words)

    def stands(self, text: Text, number: int) -> bool:
        """Whether a sentence is the author's own claim: neither disowned nor denied as a whole.

        The words that disown it don't count: a long "… is the sort of thing that consultants say" is no claim
        beside a short quotation.
        """
        sentence = text.sentences[number]
        heads = self.framed.heads
        words = [i for i in range(sentence.first, sentence.last) if text.tokens[i].word]
        words = [i for i in words if i not in heads] or words
        lost = sum(
            i in self.reported or i in self.rejected or i in self.dreamt or self.framed.turned.get(i, 0) % 2
            for i in words
        )
        return lost * 2 < len(words) if words else False

    def is_negative(self, text: Text, number: int) -> bool:
        """Whether an odd number of negations turns any word of a sentence round."""
        sentence, free = text.sentences[number], self._free(set())
        reaching = (self.negated.get(i, _NO_CUES) for i in range(sentence.first, sentence.last))
        return any(len(cues - free) % 2 for cues in reaching)

    def is_guessed(self, text: Text, number: int) -> bool:
        """Whether most of a sentence is a guess."""
        sentence = text.sentences[number]
        size = sentence.last - sentence.first
        return 2 * sum(i in self.hedged for i in range(sentence.first, sentence.last)) > size

    def _taken_back(self, text: Text, tokens: list[int]) -> int:
        """1 if "is not …" follows right upon the words: "the workstation is not involved"."""
        last = max(tokens)
        for place in range(last + 1, min(last + 4, len(text.tokens))):
            token = text.tokens[place]
            if token.clause != text.tokens[last].clause or token.text in _ANOTHERS:
                return 0
            if place in self.denied_after:
                return int(self.denied_after[place] not in tokens)
        return 0
