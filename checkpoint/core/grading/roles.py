"""What is called what, and whose it is, in a sentence: read from the order of its words alone.

No grammar is known here, only which words are small ones, which are often verbs, and how verbs end. What is
misread is misread in the same way in every text, so that texts can still be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.kinds import joined
from checkpoint.core.grading.text import Sentence, Text, stem


class Tie(Enum):
    """How two words belong together."""

    OF = "the first is one of the second"
    IS = "the first is the second"


@dataclass(frozen=True, slots=True)
class Relation:
    """Two words of a text, by their positions among its tokens."""

    tie: Tie
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to what: positions of a verb, its doer and what it is done to, where they are named.

    `how` is the preposition between verb and object, if any: "pulls from Git".
    """

    verb: int
    doer: int | None
    object: int | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in one place of a verb: `doer`, `object`, or a preposition; positions of both words."""

    verb: int
    slot: str
    filler: int


VAGUE = frozenset(
    map(
        stem,
        """use make get take let go goes keep put need want stop start begin try help happen mean say tell
        come run look see find give show work""".split(),
    )
)
"""Stems of verbs that say too little to tell who acts from what is acted upon."""
GENERIC = frozenset(
    map(
        stem,
        """controller tool process component thing part machine program system software mechanism stage step
        somebody someone person engineer developer colleague""".split(),
    )
)
"""Stems of nouns that may stand for whoever or whatever does something."""
MUTUAL = frozenset(
    map(stem, "match meet fit equal differ compare correspond agree belong join".split()),
)
"""Stems of verbs for what the one does to the other and the other to the one."""
_DETERMINERS = frozenset(
    """the a an my our your their his her its this that these those each every any some no all both another
    one which whose own other such same""".split()
)
_PREPOSITIONS = frozenset(
    """of in on at from with without for about into onto over under through between against during per via
    upon within as like until before after because than""".split()
)
_PRONOUNS = frozenset(
    """i you he she it we they me him us them who somebody someone nobody everybody anyone there""".split()
)
_BE = frozenset("is are was were be been being gets get got becomes become became".split())
_MODALS = frozenset("will would shall should can could may might must do does did to".split())
_ADVERBS = frozenset(
    """not never also only then just always again still already even now therefore usually automatically
    directly immediately first afterwards afterward later thereafter subsequently finally eventually
    beforehand""".split()
)
_HELPERS = _MODALS | _ADVERBS | {"has", "have", "had"}
_JOINTS = frozenset(
    """and or but nor so if when while where whereas since once that who which what whether how""".split()
)
_TAGS = (
    ("be", _BE),
    ("helper", _HELPERS),
    ("determiner", _DETERMINERS),
    ("preposition", _PREPOSITIONS),
    ("pronoun", _PRONOUNS),
    ("joint", _JOINTS),
    ("by", frozenset({"by"})),
    ("small", lexicon.FUNCTION_WORDS),
)
_TAG = {word: tag for tag, words in reversed(_TAGS) for word in words}
_PLACING = frozenset("from to into with onto against".split())
"""Prepositions whose places are told apart."""
_IRREGULAR = frozenset("made found put set caught kept sent read built run told".split())
_STANDING_IN = frozenset(("one", "ones"))
_AGAIN = frozenset("re".split())
"""What a hyphen puts before a verb: "re-tagged"."""
_LOOKED_BACK = 60
"""Words before one that can tell what kind it is."""
_QUOTES = frozenset("' \" ` * _".split())


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    tag: str
    place: int


def relations(text: Text, sentence: Sentence) -> list[Relation]:
    """Every relation of a sentence, in the order of its words."""
    words = tagged(text, sentence)
    found: list[Relation] = []
    for at, word in enumerate(words):
        if word.tag == "be":
            found += _being(words, at)
        elif word.text in ("of", "whose") and at and words[at - 1].tag == "noun":
            found += _belonging(words, at)
    return found


def deeds(text: Text, sentence: Sentence) -> list[Deed]:
    """What is done in a sentence, in the order of its words; "is scanned by X" is X's deed."""
    words = tagged(text, sentence)
    return [_deed(words, at) for at, word in enumerate(words) if word.tag == "verb"]


def _deed(words: Sequence[Word], at: int) -> Deed:
    helped = at - 1
    while helped >= 0 and words[helped].tag in ("small", "helper"):
        helped -= 1
    if helped >= 0 and words[helped].tag == "be" and _is_participle(words[at].text):
        return Deed(words[at].place, _by(words, at), _left(words, helped))
    if _is_passive_alone(words, at) or _is_passive_too(words, at):
        return Deed(words[at].place, _by(words, at), _left(words, at))
    named = at > 0 and words[at - 1].tag not in ("sign", "determiner") and words[at - 1].text != "to"
    doer = _left(words, at) if named else None
    behind = words[at + 1] if at + 1 < len(words) else None
    if behind is not None and behind.tag == "preposition":
        return Deed(words[at].place, doer, _right(words, at + 1), behind.text)
    thing = _right(words, at)
    following = next((one for one in words[at + 1 :] if thing is not None and one.place > thing), None)
    acts_itself = following is not None and following.tag in ("be", "helper") and _helps(following.text)
    return Deed(words[at].place, doer, None if acts_itself else thing)


def _is_participle(word: str) -> bool:
    return word.endswith(("ed", "en")) or word in _IRREGULAR


def _is_passive_alone(words: Sequence[Word], at: int) -> bool:
    """Whether a verb says what was done to the thing before it: "the value encrypted with a key"."""
    if not words[at].text.endswith("ed") or not at or words[at - 1].tag != "noun":
        return False
    behind = next((word for word in words[at + 1 :] if word.text not in _ADVERBS), None)
    return behind is None or behind.tag in ("preposition", "by", "sign")


def _is_passive_too(words: Sequence[Word], at: int) -> bool:
    """Whether a verb is the second of two that share their helping verb: "was made today and reviewed"."""
    if not _is_participle(words[at].text) or not at or words[at - 1].text not in ("and", "or", ","):
        return False
    for i in range(at - 1, -1, -1):
        if words[i].tag == "verb":
            helped = next((w for w in reversed(words[:i]) if w.tag not in ("small", "helper")), None)
            return _is_participle(words[i].text) and helped is not None and helped.tag == "be"
        if words[i].tag in ("pronoun", "be") or (words[i].tag == "sign" and words[i].text != ","):
            return False
    return False


def _helps(word: str) -> bool:
    return word not in _ADVERBS and word != "to"


def fillings(text: Text, sentence: Sentence) -> Iterator[Filling]:
    """The filled places of every verb of a sentence, in the order of its words."""
    words = tagged(text, sentence)
    for at, word in enumerate(words):
        if word.tag != "verb":
            continue
        deed = _deed(words, at)
        if deed.doer is not None:
            yield Filling(deed.verb, "doer", deed.doer)
        if deed.object is not None and not deed.how:
            yield Filling(deed.verb, "object", deed.object)
        yield from _prepositional(words, at)


def _prepositional(words: Sequence[Word], at: int) -> Iterator[Filling]:
    """ "From staging", "to the overlay", up to the next verb or sign."""
    for i in range(at + 1, len(words)):
        word = words[i]
        if word.tag in ("sign", "joint", "verb", "be", "pronoun"):
            return
        if word.text in _PLACING:
            filler = _right(words, i)
            if filler is not None:
                yield Filling(words[at].place, word.text, filler)


def _by(words: Sequence[Word], at: int) -> int | None:
    """The doer of a passive verb, before the next sign or clause."""
    for i in range(at + 1, len(words)):
        if words[i].tag in ("sign", "joint"):
            return None
        if words[i].tag == "by":
            return _right(words, i)
    return None


def tagged(text: Text, sentence: Sentence) -> list[Word]:
    words: list[Word] = []
    for i in range(sentence.first, sentence.last):
        token = text.tokens[i]
        if not token.word:
            if token.text not in _QUOTES:
                words.append(Word(token.text, "sign", i))
        elif words and words[-1].place == i - 1 and joined(text, text.tokens[i - 1], token):
            again = words[-1].text in _AGAIN and _tag(token.text, words[:-1]) == "verb"
            words[-1] = Word(token.text, "verb", i) if again else Word(words[-1].text, "noun", i)
        else:
            tag = _tag(token.text, words)
            if words and words[-1].text == "to" and tag not in ("verb", "be", "small", "helper"):
                words[-1] = Word("to", "preposition", words[-1].place)
            words.append(Word(token.text, tag, i))
    return [_settled(word, words[at + 1 : at + 2]) for at, word in enumerate(words)]


def _settled(word: Word, behind: Sequence[Word]) -> Word:
    """A word that only its "s" makes a verb is none where nothing follows it: "GitHub Actions."."""
    guessed = word.tag == "verb" and word.text.endswith("s") and word.text not in lexicon.COMMON_VERBS
    if guessed and (not behind or behind[0].tag in ("sign", "joint", "be", "helper", "verb")):
        return Word(word.text, "noun", word.place)
    return word


def _tag(word: str, before: Sequence[Word]) -> str:
    known = _TAG.get(word)
    if known:
        return known
    if word.endswith("ly") and word not in lexicon.ORDERS:
        return "small"
    return "verb" if _is_verb(word, before) else "noun"


def _is_verb(word: str, before: Sequence[Word]) -> bool:
    known = word in lexicon.COMMON_VERBS
    back = [one for one in before[-_LOOKED_BACK:] if one.tag != "small"]
    prior = back[-1].tag if back else "sign"
    if prior in ("sign", "joint"):
        return known and not word.endswith("ing")
    if prior == "helper":
        helper = next((one.text for one in reversed(back) if one.text not in _ADVERBS), "")
        if helper == "to":
            return known or word in lexicon.ORDERS
        return helper in _MODALS or known or word.endswith("ed")
    if prior == "be":
        return _is_participle(word) or (word.endswith("ing") and not word.endswith("thing"))
    if prior == "noun":
        return _is_finite(word, back) and not _after_verb(back)
    return prior == "pronoun"


def _is_finite(word: str, back: Sequence[Word]) -> bool:
    """Whether a word behind a noun may be its verb: "the guard checks", "tokens expire"."""
    if word.endswith(("s", "ed")) and not word.endswith("ss"):
        return word in lexicon.COMMON_VERBS or word.endswith("s")
    several = back[-1].text.endswith("s") and not back[-1].text.endswith(("ss", "us", "is"))
    return several and word in lexicon.ORDERS and word not in lexicon.NOUNS_TOO


def _after_verb(back: Sequence[Word]) -> bool:
    """Whether the clause has its verb already: "rotates the access keys"."""
    tags = (one.tag for one in reversed(back))
    return next((tag in ("verb", "be") for tag in tags if tag in ("sign", "joint", "verb", "be")), False)


def _being(words: Sequence[Word], at: int) -> Iterator[Relation]:
    following = next((w for w in words[at + 1 :] if w.tag not in ("determiner", "small")), None)
    if following is None or following.tag != "noun":
        return
    left, right = _left(words, at), _right(words, at)
    if left is not None and right is not None:
        yield Relation(Tie.IS, left, right)


def _belonging(words: Sequence[Word], at: int) -> Iterator[Relation]:
    own, other = words[at - 1].place, _right(words, at)
    if other is not None:
        yield Relation(Tie.OF, other, own) if words[at].text == "whose" else Relation(Tie.OF, own, other)


def _left(words: Sequence[Word], at: int) -> int | None:
    """The head of the subject: in "the key of the service was rotated" the key."""
    i = at - 1
    while i >= 0 and words[i].tag in ("helper", "be", "small"):
        i -= 1
    if i >= 0 and words[i].text in ("and", ",", "or"):
        return _shared(words, i, at)
    if i >= 0 and words[i].text in ("that", "which", "who"):
        i -= 1
    if i > 0 and words[i].text in ("it", "they") and words[i - 1].tag in ("joint", "sign"):
        return _meant(words, i)
    head: int | None = None
    while i >= 0 and words[i].tag in ("noun", "determiner", "preposition", "small", "by"):
        if words[i].tag in ("preposition", "by"):
            head = None
        elif words[i].tag == "noun" and head is None:
            head = words[i].place
        elif (
            words[i].tag == "determiner" and head is not None and (not i or words[i - 1].tag != "preposition")
        ):
            break
        i -= 1
    return head


def _is_plain(verb: Word) -> bool:
    return not verb.text.endswith(("s", "ed", "ing"))


def _meant(words: Sequence[Word], at: int) -> int | None:
    """What a pronoun stands for: what the sentence began to speak of, "CI isn't last, since it can be …"; but
    not what a condition is about: "if the namespace is missing, it refuses"."""
    first = next((i for i, word in enumerate(words[:at]) if word.tag in ("verb", "be", "helper")), 0)
    if any(word.text in _CONDITIONS for word in words[:first]):
        return None
    return _left(words, first) if first else None


_CONDITIONS = frozenset("if unless when whenever where wherever once while as".split())


def _shared(words: Sequence[Word], at: int, verb: int) -> int | None:
    """The subject of the verb before, where a second one follows: "filters the tags and picks one"; but not
    of another form: "if the key leaked, rotate it"."""
    for i in range(at, -1, -1):
        if words[i].tag == "verb":
            return _left(words, i) if _is_plain(words[i]) == _is_plain(words[verb]) else None
        if words[i].tag == "sign" and words[i].text != ",":
            return None
    return None


def _right(words: Sequence[Word], at: int) -> int | None:
    """The head of the object: the last name before anything that isn't one."""
    head: int | None = None
    for word in words[at + 1 :]:
        if word.text in _STANDING_IN and head is not None:
            return None
        if word.tag not in ("noun", "determiner", "small") or (word.tag == "determiner" and head is not None):
            break
        if word.tag == "noun":
            head = word.place
    return head
