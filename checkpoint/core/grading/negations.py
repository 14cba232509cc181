"""What the negations of a sentence reach, and what is taken back by one behind it."""

from checkpoint.core.grading import lexicon, opinion_words, stance_words
from checkpoint.core.grading.phrases import by_first, length_at
from checkpoint.core.grading.predicate import denied_clause
from checkpoint.core.grading.privatives import lacked_by, leaves_undone
from checkpoint.core.grading.roles import Word, tagged
from checkpoint.core.grading.stance import Stances
from checkpoint.core.grading.text import Text, stem

REACH = 8
"""Words that a negation reaches at most."""
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
_NONE_BUT = (("other", "than"), ("else", "than"), ("but",), ("except",))
"""Behind "none", "nobody" or "nothing": this one, and no other."""
_LIMITS = frozenset("only just merely solely".split())
_DOING = frozenset("do did".split())
_PEOPLE = frozenset("i we you they one".split())
_SUPPOSING = frozenset("if whether although though unless even".split())
_CONDITION = frozenset("if when whenever unless case whether where wherever".split())
_SUBORDINATING = frozenset("that which who whether if when".split())
_SUBJECTS = frozenset("the a an it he she they we i you this that these those".split())
_JOINING = frozenset("and but so".split())
_PLACING = frozenset("in under at on by for to with".split())
_SELDOM = frozenset("never rarely seldom hardly scarcely barely nowhere".split())
_INVERTED = 6
"""Words behind a negation at the head of a clause among which its verb stands."""
_AUXILIARIES = frozenset(
    "do does did is are was were will would can could should may must has have had".split()
)
_RELATIVE = frozenset("that which who".split())
_NOBODY = frozenset("no nothing nobody none noone".split())
_UTTERED = opinion_words.BELIEVING | opinion_words.DOUBTING | opinion_words.STATEMENTS
_HELPING = lexicon.FUNCTION_WORDS | {"ever"}
_NEGATIVE_VERBS = frozenset("fails fail failed forget forgets refrain".split())
_LONG_REACH = frozenset("without neither nor no nobody none".split())
_NEGATING = by_first(stance_words.NEGATING_PHRASES)
_DENIED_AFTER = by_first(stance_words.DENIED_AFTER)


def read_negations(text: Text, number: int, made: Stances) -> None:
    """Mark in `made` what the negations of a sentence reach, which of them deny nothing, and conditions."""
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
        length = length_at(text, place, sentence.last, _NEGATING) or leaves_undone(text, place, sentence.last)
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
            if _tells_a_deed(text, place):
                made.surpassed.update(range(place, _scope_end(text, place, place + length, sentence.last)))
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


def _tells_a_deed(text: Text, cue: int) -> bool:
    """Whether somebody "doesn't only" do something: "we do not just …". Of a thing it is a claim."""
    if not cue or text.tokens[cue - 1].text not in _DOING:
        return False
    opens = cue - 1 == text.clauses[text.tokens[cue].clause][0]
    return opens or text.tokens[cue - 2].text in _PEOPLE


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
    if following in _NO_DENIAL or before in ("if", "or", "why", "whether") or _singles_out(text, place, last):
        return True
    return following in (",", ".", ":", ";", "!", "")


def _singles_out(text: Text, place: int, last: int) -> bool:
    """ "None other than the workstation" is the workstation."""
    behind = tuple(token.text for token in text.tokens[place + 1 : min(place + 3, last)])
    return text.tokens[place].text in _NOBODY and any(behind[: len(one)] == one for one in _NONE_BUT)


def _scope_end(text: Text, cue: int, begin: int, last: int) -> int:
    words = 0
    long_reach = text.tokens[cue].text in _LONG_REACH
    fronted = is_fronted(text, cue)
    for i in range(begin, last):
        token = text.tokens[i]
        if token.text == "nor" or (fronted and token.clause != text.tokens[cue].clause):
            return i
        if fronted and token.word:
            continue
        if not token.word:
            if token.text == "," and long_reach and words <= 4 and not _new_subject(text, i + 1, last):
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


def is_fronted(text: Text, cue: int) -> bool:
    """Whether a negation opens its clause and says no of all of it, the verb before its doer: "in no case do
    we …", "rarely does anybody …".
    """
    first, end = text.clauses[text.tokens[cue].clause]
    while first < end and (not text.tokens[first].word or text.tokens[first].text in _JOINING):
        first += 1
    placed = cue == first + 1 and text.tokens[first].text in _PLACING and text.tokens[cue].text == "no"
    if not placed and not (cue == first and text.tokens[cue].text in _SELDOM):
        return False
    behind = [text.tokens[i].text for i in range(cue + 1, min(cue + _INVERTED, end))]
    return not _AUXILIARIES.isdisjoint(behind)


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
        if token.text == "before" and is_fronted(text, cue):
            continue
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


def read_denials_after(text: Text, number: int, made: Stances) -> None:
    """Mark in `made` where a sentence takes back what stands before: "the workstation is not involved"."""
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
                if at < sentence.last and length_at(text, at, sentence.last, _DENIED_AFTER):
                    made.denied_after[place] = at


def _takes_back(text: Text, copula: int, denial: int, last: int) -> bool:
    """ "is not …" takes back what stands before it; "does not …" only with a verb of mattering."""
    if text.tokens[copula].text in _IS:
        return True
    return denial + 1 < last and text.tokens[denial + 1].text in _MATTERING
