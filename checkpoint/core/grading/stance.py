"""How things are said: affirmed, denied, guessed, or told as somebody else's idea."""

from dataclasses import dataclass, field
from enum import Enum

from checkpoint.core.grading import lexicon, opinion_words, stance_words
from checkpoint.core.grading.asking import asked
from checkpoint.core.grading.attitude import Attitudes, attitudes
from checkpoint.core.grading.daydreams import daydreams
from checkpoint.core.grading.modality import Imagined, imagined
from checkpoint.core.grading.predicate import denied_clause
from checkpoint.core.grading.privatives import lacked_by, leaves_undone
from checkpoint.core.grading.roles import Word, tagged
from checkpoint.core.grading.text import Text, stem

REACH = 8
"""Words that a negation reaches at most."""

_NO_CUES: frozenset[int] = frozenset()
_BE = frozenset("is are was were be been being has have had".split())
_IS = frozenset("is are was were".split())
_MATTERING = frozenset(
    "help matter count play belong happen work exist apply part role place do suffice change need".split()
)
_ANY = frozenset("each every any all".split())
_CHECKING = frozenset(
    stem(word)
    for word in "check verify confirm validate compare look inspect ensure assert run happen come".split()
)
"""What one does before something else, and does not put off."""
_COPULA = frozenset(
    "is are was were be does do did can could will would has have plays play need should".split()
)
_NO_DENIAL = frozenset("matter doubt sure certain least wonder necessarily later earlier".split())
_LIMITS = frozenset("only just merely solely".split())
_CONTRAST = frozenset("but however actually yet although though while whereas".split())
_SUPPOSING = frozenset("if whether although though unless even".split())
_CONDITION = frozenset("if when whenever unless case whether where wherever".split())
_SUBORDINATING = frozenset("that which who whether if when".split())
_ANOTHERS = frozenset(', " what which who whoever'.split())
"""Behind these "is not" speaks of something else: "it refuses what is not fresh"."""
_SUBJECTS = frozenset("the a an it he she they we i you this that these those".split())
_IT = frozenset("it that this they which he she".split())
_RELATIVE = frozenset("that which who".split())
_NOBODY = frozenset("no nothing nobody none noone".split())
_UTTERED = opinion_words.BELIEVING | opinion_words.DOUBTING | opinion_words.STATEMENTS
_HELPING = lexicon.FUNCTION_WORDS | {"ever"}
_NEGATIVE_VERBS = frozenset("fails fail failed forget forgets refrain".split())
_SMALL = lexicon.FUNCTION_WORDS | lexicon.NEGATIONS | frozenset("fails fail longer means".split())
_LONG_REACH = frozenset("without neither nor no nobody none".split())


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

    def is_dreamt(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit is only played with."""
        return any(text.words[w] in self.dreamt for w in words)

    def is_guess(self, text: Text, words: tuple[int, ...]) -> bool:
        """Whether a hit is only guessed, affirmed or denied."""
        return any(text.words[w] in self.hedged for w in words)

    def stands(self, text: Text, number: int) -> bool:
        """Whether a sentence is the author's own claim: neither disowned nor denied as a whole."""
        sentence = text.sentences[number]
        words = [i for i in range(sentence.first, sentence.last) if text.tokens[i].word]
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


def stances(text: Text) -> Stances:
    """Read every sentence once for negation, guessing, reporting and taking back."""
    made = Stances(framed=attitudes(text), imagined=imagined(text), dreamt=daydreams(text))
    made.softened |= made.framed.heads
    for number in range(len(text.sentences)):
        _negations(text, number, made)
        _denials_after(text, number, made)
        _reports(text, number, made)
        _hedges(text, number, made)
    _taken_back(text, made)
    _opposites(text, made)
    made.reported |= made.framed.supposed
    made.reported -= made.framed.endorsed
    made.rejected -= made.framed.endorsed
    made.hedged -= made.framed.endorsed
    return made


def _opposites(text: Text, made: Stances) -> None:
    """Who says a sentence and then the same with a "not" has said nothing."""
    seen: dict[frozenset[str], list[int]] = {}
    for number, sentence in enumerate(text.sentences):
        tokens = text.tokens[sentence.first : sentence.last]
        said = frozenset(t.stem for t in tokens if t.word and t.text not in _SMALL)
        if len(said) > 1:
            seen.setdefault(said, []).append(number)
    for same in seen.values():
        if len({made.is_negative(text, number) for number in same}) > 1:
            made.opposites.update(same)


def phrase_at(text: Text, place: int, last: int, phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The phrase of a list that begins at a token, or nothing."""
    first = text.tokens[place].text
    for phrase in phrases:
        if phrase[0] != first or place + len(phrase) > last:
            continue
        if all(text.tokens[place + i].text == word for i, word in enumerate(phrase)):
            return phrase
    return ()


def _by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in table.items()}


_NEGATING = _by_first(stance_words.NEGATING_PHRASES)
_DISOWNING = _by_first(stance_words.DISOWNING)
_HEDGES = _by_first(stance_words.HEDGES)
_REJECTING = _by_first(stance_words.REJECTING)
_TAKEN_BACK = _by_first(stance_words.TAKEN_BACK)
_DENIED_AFTER = _by_first(stance_words.DENIED_AFTER)


def _match(text: Text, place: int, last: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """Length of the longest phrase of a table beginning at a token; 0 for none."""
    for phrase in table.get(text.tokens[place].text, ()):
        if place + len(phrase) <= last and all(
            text.tokens[place + i].text == word for i, word in enumerate(phrase)
        ):
            return len(phrase)
    return 0


def _negations(text: Text, number: int, made: Stances) -> None:
    sentence = text.sentences[number]
    condition_until = -1
    words: list[Word] = []
    place = sentence.first
    while place < sentence.last:
        token = text.tokens[place]
        if token.text in _CONDITION and place >= condition_until and place not in made.framed.heads:
            condition_until = _condition_end(text, place, sentence.last)
            if token.text in _SUPPOSING:
                made.supposed.update(range(place, condition_until))
        length = _match(text, place, sentence.last, _NEGATING) or leaves_undone(text, place, sentence.last)
        if not length and token.text in lexicon.NEGATIONS and not _no_denial(text, place, sentence.last):
            length = 1
        if not length:
            place += 1
            continue
        made.cues.update(range(place, place + length))
        following = text.tokens[place + length].text if place + length < sentence.last else ""
        if following in _LIMITS:
            # "not only X" takes back the "only", not the X
            made.negated.setdefault(place + length, set()).add(place)
            place += length + 1
            continue
        # "it fails" without "to" is no negation, and may be what is said
        mark = place + length - 1 if token.text in _NEGATIVE_VERBS else place
        end = _scope_end(text, place, place + length, sentence.last)
        for reached in range(place + length, end):
            made.negated.setdefault(reached, set()).add(mark)
        words = words or tagged(text, sentence)
        for reached in denied_clause(text, words, place):
            made.beside.setdefault(reached, set()).add(mark)
        second = _doubled(text, place, place + length, sentence.last)
        spent = lacked_by(text, place + length, end)
        if spent:
            made.cancelled[mark] = spent
        if place < condition_until or second:
            made.softened.update((mark, second or mark))
        if second and text.tokens[second].text in lexicon.NEGATIONS:
            made.paired[second] = mark
        place += length


def _condition_end(text: Text, place: int, last: int) -> int:
    """A condition reaches to the next comma, `then` or the end of its clause."""
    for i in range(place + 1, last):
        if text.tokens[i].text in (",", "then", ";", ":", "->", "=>", "→") or (
            text.tokens[i].text in ("otherwise", "but", "because")
        ):
            return i
    return last


def _no_denial(text: Text, place: int, last: int) -> bool:
    """ "no matter", "not only", "if not", "or not" deny nothing."""
    following = text.tokens[place + 1].text if place + 1 < last else ""
    before = text.tokens[place - 1].text if place else ""
    if following in _NO_DENIAL or before in ("if", "or", "why", "whether"):
        return True
    return following in (",", ".", ":", ";", "!", "")


def _scope_end(text: Text, cue: int, begin: int, last: int) -> int:
    words = 0
    long_reach = text.tokens[cue].text in _LONG_REACH
    for i in range(begin, last):
        token = text.tokens[i]
        if not token.word:
            if token.text == "," and long_reach and words <= 4 and not _new_subject(text, i + 1, last):
                if i + 1 < last and text.tokens[i + 1].text in ("nor", "neither"):
                    return i
                continue
            if token.text in ('"', "`", "'", "*", "_"):
                continue
            return i
        if token.text in stance_words.SCOPE_ENDS and not (token.text in ("or", "that", "as") and words <= 5):
            return i
        if not token.light:
            words += 1
        if words > REACH:
            return i
    return last


def _new_subject(text: Text, place: int, last: int) -> bool:
    """Whether somebody or something else begins here: "nobody edits the tag, the automation does"."""
    return place < last and text.tokens[place].text in _SUBJECTS


def _doubled(text: Text, cue: int, begin: int, last: int) -> int:
    """Place of a second turn in the same clause, or 0: "never apply without checking"."""
    for i in range(begin, min(begin + 14, last)):
        token = text.tokens[i]
        if token.text in (";", ":", ".", "but", "because", "so", "nor"):
            return 0
        if token.text in ("need", "needed", "necessary", "required", "reason"):
            return 0
        if token.text == "before" and (_dates(text, begin, i) or _waits_for_nothing(text, begin, i, last)):
            continue
        if (
            token.text in _RELATIVE
            and text.tokens[cue].text in _NOBODY
            and _is_thing(text.tokens[i - 1].text)
        ):
            denial = _denial_near(text, i + 1, last)
            if denial:
                return denial
        if token.text in stance_words.DOUBLE_WITH:
            passive = cue > 0 and text.tokens[cue - 1].text in _BE
            return 0 if passive and token.text != "without" else i
    return 0


def _is_thing(word: str) -> bool:
    """Whether "that" behind a word tells which one, and not what is claimed: "no truth in the claim that"."""
    return word not in _UTTERED and not word.endswith("ing")


def _denial_near(text: Text, begin: int, last: int) -> int:
    """Place of a "not" at the verb of a relative clause, or 0: "nothing gets in that wasn't approved"."""
    near = range(begin, min(begin + 4, last))
    return next((i for i in near if text.tokens[i].text in ("not", "never")), 0)


def _waits_for_nothing(text: Text, begin: int, before: int, last: int) -> bool:
    """Whether "not … before …" is no demand: who doesn't check before a write has not checked.

    In a demand something waits for a check: "never apply before looking at it".
    """
    acts = (text.tokens[i] for i in range(begin, before))
    act = next((token for token in acts if token.text not in _HELPING), None)
    behind = [text.tokens[i].text for i in range(before + 1, min(before + 3, last))]
    return (act is not None and act.stem in _CHECKING) or bool(behind and behind[0] in _ANY)


def _dates(text: Text, begin: int, place: int) -> bool:
    """Whether "before" only dates something: "does not stop a plan that was made before the change"."""
    return text.tokens[place - 1].text == "from" or any(
        text.tokens[i].text in _SUBORDINATING for i in range(begin, place)
    )


def _denials_after(text: Text, number: int, made: Stances) -> None:
    sentence = text.sentences[number]
    for place in range(sentence.first, sentence.last - 1):
        if text.tokens[place].text not in _COPULA or place in made.framed.heads:
            continue
        after = place + 1
        denies = text.tokens[after].text in ("not", "never", "no") and not _no_denial(
            text, after, sentence.last
        )
        if denies and _takes_back(text, place, after, sentence.last):
            if after not in made.softened:
                made.denied_after[place] = after
        else:
            for skip in (0, 1):
                at = after + skip
                if at < sentence.last and _match(text, at, sentence.last, _DENIED_AFTER):
                    made.denied_after[place] = at


def _takes_back(text: Text, copula: int, denial: int, last: int) -> bool:
    """ "is not …" takes back what stands before it; "does not …" only with a verb of mattering."""
    if text.tokens[copula].text in _IS:
        return True
    return denial + 1 < last and text.tokens[denial + 1].text in _MATTERING


def _reports(text: Text, number: int, made: Stances) -> None:
    """Mark what follows "some people say …", up to a contrast; rejected if the sentence says so."""
    sentence = text.sentences[number]
    spent = {place for places in made.cancelled.values() for place in places} if made.cancelled else set()
    place = sentence.first
    while place < sentence.last:
        length = _match(text, place, sentence.last, _DISOWNING)
        if not length or place in spent or place in made.framed.heads or place in made.framed.turned:
            place += 1
            continue
        end = place + length
        while end < sentence.last and text.tokens[end].text not in _CONTRAST:
            if text.tokens[end].text in (";", "-") and _refutes(text, end + 1, sentence.last):
                break
            end += 1
        head = range(place, end)
        made.softened.update(range(place, place + length))  # "I do not think" turns round only once
        for i in range(place, place + length):
            made.denied_after.pop(i, None)  # so does "is a mistake"
        rejects = end < sentence.last or any(
            _match(text, i, end, _REJECTING) for i in range(place, place + length)
        )
        (made.rejected if rejects else made.reported).update(head)
        # "that X suffices is a common mistake": the phrase stands behind what it disowns
        if place > sentence.first and end - (place + length) <= 1:
            (made.rejected if rejects else made.reported).update(_clause_before(text, place, sentence.first))
        place = end


def _refutes(text: Text, place: int, last: int) -> bool:
    """Whether the author answers here what others say: "…; it isn't, because …"."""
    words = [token.text for token in text.tokens[place : min(place + 4, last)]]
    if len(words) < 2:
        return False
    denies = words[0] in _IT and "not" in words[1:4]
    return denies or words[0] in ("no", "nope", "wrong", "nonsense", "false", "untrue")


def _clause_before(text: Text, place: int, first: int) -> range:
    begin = place
    while begin > first and text.tokens[begin - 1].text not in (*_CONTRAST, ";", ":"):
        begin -= 1
    return range(begin, place)


def _hedges(text: Text, number: int, made: Stances) -> None:
    sentence = text.sentences[number]
    whole = range(sentence.first, sentence.last)
    made.hedged.update(asked(text, number))
    for place in whole:
        length = _match(text, place, sentence.last, _HEDGES) or _thinks(text, place, sentence.last)
        if not length:
            continue
        ends = not any(text.tokens[i].word for i in range(place + length, sentence.last))
        if place - sentence.first <= 2 or ends or text.tokens[place].text in _WHOLE_HEDGE:
            made.hedged.update(whole)
            others = [i for i in whole if text.tokens[i].word]
            if len(others) <= length + 3 and number:
                before = text.sentences[number - 1]
                made.hedged.update(range(before.first, before.last))
        else:
            made.hedged.update(_segment(text, place, sentence.first, sentence.last))


def _thinks(text: Text, place: int, last: int) -> int:
    """ "I think" at the very end makes a guess of what stands before it."""
    if text.tokens[place].text != "i" or place + 1 >= last or text.tokens[place + 1].text != "think":
        return 0
    return 0 if any(text.tokens[i].word for i in range(place + 2, last)) else 2


def _segment(text: Text, place: int, first: int, last: int) -> range:
    """From one comma or clause border to the next, around a token."""
    clause = text.tokens[place].clause
    begin = end = place
    while begin > first and text.tokens[begin - 1].clause == clause and text.tokens[begin - 1].text != ",":
        begin -= 1
    while end < last and text.tokens[end].clause == clause and text.tokens[end].text != ",":
        end += 1
    return range(begin, end)


_WHOLE_HEDGE = frozenset("not no do unsure or".split())
_NEED_STOP = frozenset({"no", "not", "it", "that", "this", "wrong", "false"})


def _taken_back(text: Text, made: Stances) -> None:
    for number, sentence in enumerate(text.sentences):
        for place in range(sentence.first, sentence.last):
            length = _match(text, place, sentence.last, _TAKEN_BACK)
            if not length or place in made.framed.heads:
                continue
            after = place + length
            stops = after >= sentence.last or text.tokens[after].text in (",", ".", "!", ";", ":", "-")
            if text.tokens[place].text in _NEED_STOP and not stops and length < 4:
                continue
            at_head = place - sentence.first <= 1
            if at_head and number:
                previous = text.sentences[number - 1]
                negative = any(i in made.cues for i in range(previous.first, previous.last))
                if negative and text.tokens[after - 1].text == "not":
                    break  # "It does not." after a denial repeats it
                made.rejected.update(range(previous.first, previous.last))
                break
            if not at_head and length > 1 and text.tokens[place - 1].text in (",", ";", "-", "(", "."):
                made.rejected.update(range(sentence.first, place))
                break


def stems_of(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)
