"""What an answer only plays with: a rule that somebody might adopt one day, a tool one would have to have.

Like `modality.py` this reads kinds of words. There, something could be or would have been; here, nobody says
that it is so at all.
"""

from collections.abc import Iterator, Sequence

from checkpoint.core.grading.text import Text

_WOULD = frozenset("would could might should".split())
_MAY = _WOULD | {"may"}
_WITHOUT_IT = frozenset(
    """existed exist installed available introduced configured implemented adopted invented possible around
    true set built""".split()
)
_IRREAL = frozenset("had were was could".split())
_OWNING = frozenset("a an the any such one some it that more enough no".split())
_GRANTING = frozenset("assuming provided supposing granted presuming".split())
_SOME_DAY = (
    ("one", "day"),
    ("some", "day"),
    ("in", "the", "future"),
    ("in", "future"),
    ("at", "some", "point"),
    ("sooner", "or", "later"),
)
_DREAMT = (
    ("ideally",),
    ("in", "my", "dream"),
    ("in", "my", "dreams"),
    ("in", "a", "dream"),
)
_CONSIDERING = frozenset(
    """decide want consider imagine think choose like love prefer try suggest propose wish hope plan picture
    contemplate envisage dream wonder""".split()
)
_SELF = frozenset({"i", "we"})
_SKIPPED = frozenset("also then just even still perhaps maybe well always only ever at".split())
_BREAKS = frozenset(", ; : then".split())


def daydreams(text: Text) -> set[int]:
    """The tokens of what is only played with."""
    made: set[int] = set()
    for sentence in text.sentences:
        words = [token.text for token in text.tokens[sentence.first : sentence.last]]
        if _MAY.isdisjoint(words) and "dream" not in words:
            continue
        for first, last in _stretches(words):
            made.update(range(sentence.first + first, sentence.first + last))
    return made


def _stretches(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where the words of a sentence only play with something."""
    if _is_unmet(words) or _has(words, _SOME_DAY, _MAY) or _has(words, _DREAMT, _WOULD | {"dream"}):
        yield 0, len(words)
        return
    for at, word in enumerate(words):
        if word in _MAY and _considers(words, at):
            yield at, len(words)
            return


def _has(words: Sequence[str], phrases: tuple[tuple[str, ...], ...], beside: frozenset[str]) -> bool:
    """Whether one of the phrases stands there, and a word of the other kind too."""
    if beside.isdisjoint(words):
        return False
    return any(tuple(words[i : i + len(one)]) == one for one in phrases for i in range(len(words)))


def _considers(words: Sequence[str], helper: int) -> bool:
    """ "A team could decide to", "we might consider"; "I would suggest" is a proposal, not a dream."""
    behind = [word for word in words[helper + 1 : helper + 4] if word not in _SKIPPED][:1]
    if not behind or behind[0] not in _CONSIDERING:
        return False
    mine = not _SELF.isdisjoint(words[max(0, helper - 2) : helper])
    return not (mine and words[helper] in ("would", "should"))


def _is_unmet(words: Sequence[str]) -> bool:
    """Whether the sentence rests on something that isn't there: "if we had a guard, it would …"."""
    if _WOULD.isdisjoint(words):
        return False
    begin = next((word for word in words if word[0].isalnum()), "")
    if "," in words and words[:2] in (["had", "there"], ["had", "we"], ["had", "i"]):
        return True
    if begin == "were" or (begin == "should" and not {"anybody", "anyone", "ever"}.isdisjoint(words)):
        return "," in words
    for at, word in enumerate(words):
        if word in _GRANTING and not (at and words[at - 1] in ("is", "are", "was", "be", "been")):
            return True
        if word == "if" and _is_irreal(_condition(words, at + 1)):
            return True
    return False


def _condition(words: Sequence[str], begin: int) -> Sequence[str]:
    """The words of a condition, up to a sign, "then" or the helping verb of what follows from it."""
    end = next(
        (i for i in range(begin, len(words)) if words[i] in _BREAKS or words[i] == "would"), len(words)
    )
    return words[begin:end]


def _is_irreal(condition: Sequence[str]) -> bool:
    """ "I were careful", "we had one", "CI were set up": what there is not, or the author is not."""
    for at, word in enumerate(condition[1:], 1):
        if word not in _IRREAL:
            continue
        behind = condition[at + 1 : at + 3]
        if condition[at - 1] in (*_SELF, "there") and (word != "had" or _OWNING.intersection(behind[:1])):
            return True
        if word in ("were", "was") and not _WITHOUT_IT.isdisjoint(behind):
            return True
    return "existed" in condition
