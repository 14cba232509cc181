"""A statement turned round by a negation where its grammar wants one: "it checks X", "it doesn't check X".

Only the kinds of words are known, so only statements with one plain verb are turned. What comes out is meant
for trying a rubric, not for reading.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.roles import Word, tagged
from checkpoint.core.grading.text import Text, read

_CARRIERS = frozenset("is are was were can could will would should must may might has have had".split())
"""Verbs that a negation follows."""
_HELPING = frozenset("can could will would should must may might".split())
_HAVING = frozenset("has have had".split())
_NEGATIVE = lexicon.NEGATIONS | frozenset(
    """only just merely solely instead rather unless until too hardly fail fails refuse refuses stop stops
    prevent prevents far longer neither either even whether""".split()
)
"""Beside these a second negation says something else than the opposite."""
_BASES = frozenset(word for word in lexicon.COMMON_VERBS if not word.endswith(("ed", "ing")))
_PLURAL = frozenset("i you we they".split())
_TIMES = frozenset("before after time moment".split())
_MORE_CLAUSES = frozenset(
    """but so what which that who whose whoever whether where wherever when whenever if once because since as
    while than otherwise""".split()
)
_BEHIND = ("not", "never", "no longer", "by no means")
"""What stands behind a helping verb."""


def negations(statement: str) -> tuple[str, ...]:
    """The statement with each kind of negation in turn; none where its verb isn't plain to see.

    >>> negations("The guard checks the cluster.")[0]
    'The guard does not check the cluster.'
    """
    text = read(statement)
    if len(text.sentences) != 1 or text.sentences[0].question:
        return ()
    words = tagged(text, text.sentences[0])
    if any(word.tag == "sign" and word.text not in ",." for word in words):
        return ()
    if any(word.text in _NEGATIVE or word.text in _MORE_CLAUSES for word in words):
        return ()
    verbs = [at for at in range(len(words)) if _is_finite(words, at)]
    if len(verbs) != 1 or _is_time(words, verbs[0]) or _says_more(words, verbs[0]):
        return ()
    turned = [_with(text, words[verbs[0]], new) for new in _negated(words, verbs[0])]
    return (*turned, *_left_undone(text, words, verbs[0]))


def _is_time(words: Sequence[Word], at: int) -> bool:
    """Whether a verb only tells when: "before anything is pushed"."""
    before = [word.text for word in words[:at]]
    return not _TIMES.isdisjoint(before) and "," not in before


def _says_more(words: Sequence[Word], at: int) -> bool:
    """Whether something else is said beside it that might stand by itself."""
    return any(
        one.text in ("and", "or", ",", "then") and other.tag in ("verb", "be", "helper", "pronoun")
        for one, other in pairwise((*words[:at], *words[at + 1 :]))
    ) or any(one.text == "," and other.tag != "preposition" for one, other in pairwise(words[at:]))


def _is_finite(words: Sequence[Word], at: int) -> bool:
    """Whether a clause has its verb here: a helping verb, or a verb that none helps."""
    word = words[at]
    if word.text in _CARRIERS:
        owns = word.text in _HAVING and (at + 1 == len(words) or words[at + 1].tag not in ("verb", "be"))
        return not owns and not (at and words[at - 1].text in _HELPING)
    return word.tag == "verb" and not _is_helped(words, at) and _form(words, at) != ""


def _is_helped(words: Sequence[Word], at: int) -> bool:
    before = [one for one in words[:at] if one.tag != "small"]
    return bool(before) and before[-1].tag in ("be", "helper")


def _form(words: Sequence[Word], at: int) -> str:
    """How a verb is said: `one` checks it, `many` check it, `order`: check it, `past`: checked it."""
    word = words[at].text
    if at == 0:
        return "order" if word in _BASES else ""
    before = words[at - 1]
    if word in _BASES and before.text in _PLURAL:
        return "many"
    if word.endswith("s") and _base(word) and before.tag in ("noun", "pronoun", "small"):
        return "one"
    return "past" if word.endswith("ed") and before.tag in ("pronoun", "noun") else ""


def _base(word: str) -> str:
    """checks: check, applies: apply, catches: catch; empty for what is no known verb."""
    cut = (f"{word[:-3]}y" if word.endswith("ies") else "", word[:-1], word[:-2])
    return next((one for one in cut if one in _BASES and not one.endswith("s")), "")


def _negated(words: Sequence[Word], at: int) -> Iterator[str]:
    """What stands in the place of a verb."""
    word = words[at].text
    if word in _CARRIERS:
        yield from (f"{word} {negation}" for negation in _BEHIND)
        return
    form = _form(words, at)
    if form == "one":
        yield from (f"{how} {_base(word)}" for how in ("does not", "doesn't", "fails to"))
        yield from (f"{how} {word}" for how in ("never", "no longer", "by no means"))
    elif form == "past":
        yield from (f"{how} {word}" for how in ("never", "by no means"))
    else:
        yield from (f"{how} {word}" for how in ("do not", "don't", "never"))
        if form == "many":
            yield from (f"{how} {word}" for how in ("no longer", "fail to"))


def _left_undone(text: Text, words: Sequence[Word], at: int) -> Iterator[str]:
    """ "Instead of checking the cluster, we wait." """
    if (at, _form(words, at)) in ((0, "order"), (1, "many")) and words[at].text in _BASES:
        rest = text.given[text.tokens[words[at].place].end :].strip(" .")
        yield f"Instead of {_doing(words[at].text)} {rest}, we wait."


def _doing(base: str) -> str:
    """check: checking, make: making, run: running."""
    if base.endswith("e") and not base.endswith(("ee", "ye")):
        return f"{base[:-1]}ing"
    short = len(base) <= 4 and base[-1] not in "wxyaeiou" and base[-2] in "aeiou" and base[-3] not in "aeiou"
    return f"{base}{base[-1]}ing" if short else f"{base}ing"


def _with(text: Text, verb: Word, new: str) -> str:
    """The statement with something else in the place of its verb."""
    token = text.tokens[verb.place]
    new = new if token.start else new[:1].upper() + new[1:]
    return f"{text.given[: token.start]}{new}{text.given[token.end :]}"
