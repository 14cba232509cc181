"""Words that hold a negation within them: "skip checking", "nothing goes unnoticed", "not a bad idea".

Some leave undone what follows them, as a "not" does. Others take the negation before them upon themselves, so
that it denies nothing else: whoever calls it "no bad idea to check" says that one checks.
"""

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import Text

_NEAR = 5
"""Words within which a negation finds the word that takes it."""
_OMITTING = frozenset(
    """skip skips skipped avoid avoids avoided omit omits omitted forgo forgoes
    forgot cease ceases ceased quit quits renounce renounces""".split()
)
_LACKING = frozenset("lack lacks lacked lacking neglect neglects neglected neglecting".split())
_LEAVING = frozenset("leave leaves left leaving stay stays stayed remain remains remained".split())
_LEFT = 10
_LONG = 6
_KEPT = frozenset("prevented kept barred banned blocked stopped hindered excluded exempt".split())
_LEADING = (("unable", "to"), ("incapable", "of"), ("free", "of"), ("devoid", "of"), ("short", "of"))
_BE = frozenset("is are was were be been being gets get".split())

_SPENDING = frozenset(
    """bad foolish silly stupid dumb wrong unwise harmful stranger accident coincidence exaggeration
    luxury overkill nuisance shame sin crime waste small minor trifle bagatelle
    skip skips skipped skipping miss misses missed missing overlook overlooks overlooked overlooking omit
    omits omitted ignore ignores ignored ignoring neglect neglects neglected forget forgets forgotten
    blind deaf absent exempt hesitate quiet silent idle
    impossible improbable implausible inconceivable irrelevant indifferent infrequent insignificant
    immaterial inaccurate incorrect unaware unconcerned unheard unimportant uncommon unusual unlikely
    unnoticed unseen unrelated unreasonable untouched unaffected unannounced uninformed untold unwise
    unthinkable unnecessary useless pointless superfluous""".split()
)
_ENDS = frozenset(", ; : ( ) - . but because so that which who is are was were".split())


def leaves_undone(text: Text, place: int, last: int) -> int:
    """Words of a verb that says that what follows is not done, 0 for none: "skip", "is kept from"."""
    word = text.tokens[place].text
    behind = [token.text for token in text.tokens[place + 1 : min(place + 3, last)]]
    if not behind:
        return 0
    if word in _OMITTING:
        return int(any(map(_is_doing, behind)))
    if word in _LACKING or (word in _LEAVING and _left_undone(text, place, last)):
        return 1
    if word in _KEPT and behind[0] == "from" and place and text.tokens[place - 1].text in _BE:
        return 2
    return 2 if (word, behind[0]) in _LEADING else 0


def _left_undone(text: Text, place: int, last: int) -> bool:
    """Whether something is left in a state that says no: "leaves the owners unasked"."""
    for i in range(place + 1, min(place + 1 + _LEFT, last)):
        word = text.tokens[i].text
        if word in _ENDS and word not in (",", "-"):
            return False
        if len(word) > _LONG and word.startswith("un") and word.endswith("ed"):
            return True
    return False


def _is_doing(word: str) -> bool:
    return len(word) > 5 and word.endswith("ing")


def lacked_by(text: Text, begin: int, end: int) -> set[int]:
    """The word right behind a negation that takes it upon itself, as a set of its place; empty for none."""
    for place in range(begin, min(begin + _NEAR, end)):
        word = text.tokens[place].text
        if word in _ENDS or word in lexicon.NEGATIONS:  # another negation takes what follows it
            break
        if word in _SPENDING:
            return {place}
    return set()
