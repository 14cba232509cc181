"""What people write for a word: contractions, short forms, and signs that are read as words."""

from collections.abc import Iterator

_CONTRACTED = {
    "let's": ("let", "us"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "dosnt": ("does", "not"),
    "dosent": ("does", "not"),
    "doesent": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "cant": ("can", "not"),
    "wont": ("will", "not"),
    "shouldnt": ("should", "not"),
    "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"),
    "hasnt": ("has", "not"),
    "havent": ("have", "not"),
    "mustnt": ("must", "not"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "youre": ("you", "are"),
    "thats": ("that", "is"),
    "its": ("its",),
    "bc": ("because",),
    "bcz": ("because",),
    "cuz": ("because",),
    "coz": ("because",),
    "thru": ("through",),
    "u": ("you",),
    "ur": ("your",),
    "idk": ("do", "not", "know"),
    "afaik": ("i", "guess"),
    "iirc": ("if", "i", "remember"),
    "prob": ("probably",),
    "prolly": ("probably",),
    "1st": ("first",),
    "2nd": ("second",),
    "3rd": ("third",),
    "thx": ("thanks",),
}
_SMALL = """this that these those they them then than there their with from into over under about
    through between without when where which what while because before after until since
    only also just still again always never first last next later once finally each both
    same other some more most very even will would could should must does have been were""".split()
_REAL = frozenset("form three alter dose sued".split())
"""Words of their own that are a small word with two letters exchanged."""


def _slips(word: str) -> Iterator[str]:
    """A word with two neighbouring letters exchanged: "frist", "wiht"."""
    for at in range(len(word) - 1):
        yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


_MISTYPED = {
    slip: word for word in _SMALL for slip in _slips(word) if slip not in (_REAL | frozenset(_SMALL))
}
_MISTYPED |= {"teh": "the", "hte": "the", "adn": "and", "becuse": "because", "becouse": "because"}
"""Small words carry a sentence, so slips in them are mended before anything is read."""
_SUFFIXES = {"'s": "", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}

_SIGNS = {
    "!=": ("is", "not"),
    "≠": ("is", "not"),
    "==": ("is",),
    "=": ("is",),
    "+": ("and",),
    "&": ("and",),
    "&&": ("and",),
    "@": ("at",),
    "w/": ("with",),
    "w/o": ("without",),
    "b/c": ("because",),
}
EQUALITY = frozenset(("=", "==", "!=", "≠"))
_SPACED = frozenset(("=", "@"))
"""Signs that are words only where they stand alone: in `--context=dev` they are part of a name."""


def spelled_out(word: str) -> tuple[str, ...]:
    """A lower-case word as the words it stands for: contractions are taken apart."""
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    if word in _MISTYPED:
        return (_MISTYPED[word],)
    if "'" not in word:
        return (word,)
    if word.endswith("n't"):
        return (word[:-3], "not")
    for suffix, meaning in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            base = word[: -len(suffix)]
            if suffix == "'s" and base in ("it", "that", "there", "what", "here", "where", "he", "she"):
                meaning = "is"
            return (base, meaning) if meaning else (base,)
    return (word,)


def read_as_words(sign: str, before: str, behind: str) -> tuple[str, ...]:
    """The words that a sign stands for between two characters, or nothing.

    >>> read_as_words("!=", " ", " ")
    ('is', 'not')
    >>> read_as_words("=", "t", "d")
    ()
    """
    if sign in _SPACED and not (before.isspace() and (behind.isspace() or behind.isalpha())):
        return ()
    if sign == "+" and not (_borders(before) and _borders(behind)):
        return ()
    return _SIGNS.get(sign, ())


def _borders(character: str) -> bool:
    return character.isspace() or character.isalpha()
