"""Kinds of words: small common ones stand for themselves, all others for what their ending tells."""

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import Sentence, Text, Token

COMMON = tuple(
    """
    a about after all also an and any are as at be because been before being between both but by can
    could do does each every for from has have i if in into is it its just less may more must my never
    no not of on one only or other our out over same should so still than that the their them then there
    they this to up was we were what when where which who will with without would you your
    """.split()
)
"""Small words that are kinds of their own."""

BEGIN, END, COMMA, BREAK = "^", ".", ",", ";"
KINDS = (
    *COMMON,
    *"small name act act/s verb verb/s verb/ed verb/ing -ing -ed -ly -s adjective noun".split(),
    *(BEGIN, END, COMMA, BREAK),
)
NUMBER = {kind: number for number, kind in enumerate(KINDS)}

_CLASSES = {
    "article": "a the my our their your each every this its",
    "preposition": "about after as at before between by for from in into of on to up with without over than",
    "joint": "and or but because if so also then just still only both same less more all any other one",
    "be": "are be been being is was were",
    "helper": "can could do does has have may must should will would",
    "pronoun": "i it them they that we you there",
    "question": "what when where which who",
    "not": "no not never",
    "act": "act act/s verb verb/s verb/ed verb/ing -ed",
    "noun": "noun -s -ing name",
    "other": "small adjective -ly",
    "begin": BEGIN,
    "end": END,
    "break": f"{COMMA} {BREAK}",
}
CLASSES = tuple(_CLASSES)
_OTHER = CLASSES.index("other")
CLASS = tuple(
    next((number for number, held in enumerate(_CLASSES.values()) if kind in held.split()), _OTHER)
    for kind in KINDS
)
"""For each kind the number of its class, a coarser kind: of three in a row only the classes are counted."""

_BREAKS = frozenset("; : ( ) [ ] - -> => → ⇒ | = #".split())
_JOINS = frozenset(("-", ".", "/", "_", "=", ":"))
"""Signs that make one name of the words around them, as in `guard-plan.sh`."""
_ADJECTIVES = ("al", "ive", "ous", "able", "ible", "ful", "ic", "less", "ant", "ent", "ary")
_SMALL = frozenset(COMMON)


def kind(word: str) -> str:
    """The kind of a lower-case word: itself if it is small and common, else by its ending."""
    if word in _SMALL:
        return word
    if word in lexicon.FUNCTION_WORDS:
        return "small"
    if not word.isalpha():
        return "name"
    if word in lexicon.NOUNS_TOO:
        return "act/s" if word.endswith("s") and word != "bypass" else "act"
    if word in lexicon.COMMON_VERBS:
        return f"verb{_ending(word, ('ing', 'ed', 's'))}"
    return _by_ending(word)


def _ending(word: str, endings: tuple[str, ...]) -> str:
    return next((f"/{ending}" for ending in endings if word.endswith(ending)), "")


def _by_ending(word: str) -> str:
    if word.endswith(("ing", "ed", "ly")):
        return f"-{word[-3:] if word.endswith('ing') else word[-2:]}"
    if len(word) > 4 and word.endswith(_ADJECTIVES):
        return "adjective"
    return "-s" if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else "noun"


def joined(text: Text, last: Token | None, token: Token) -> bool:
    """Whether a word belongs to the name that the word before it began."""
    return last is not None and text.given[last.end : token.start] in _JOINS


def kinds(text: Text, sentence: Sentence) -> list[str]:
    """A sentence as the kinds of its words and breaks, with its two ends."""
    found = [BEGIN]
    last: Token | None = None
    for token in text.tokens[sentence.first : sentence.last]:
        if token.sign:
            found += [BREAK] if last is None or not last.sign else []
            last = token
        elif token.word:
            if joined(text, last, token):
                found[-1] = "name"
            else:
                found.append(kind(token.text))
            last = token
        elif token.text == ",":
            found.append(COMMA)
        elif token.text in _BREAKS and _stands_alone(text, token, last):
            found.append(BREAK)
    return [*found, END]


def _stands_alone(text: Text, token: Token, last: Token | None) -> bool:
    """Not a sign inside a name, between two words without a space."""
    behind = text.given[token.end : token.end + 1]
    return last is None or last.end < token.start or not behind.isalnum() or token.text not in _JOINS
