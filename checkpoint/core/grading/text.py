"""A learner's text as tokens, clauses and sentences, each knowing where it stood in the original."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

from checkpoint.core.grading.lexicon import LIGHT
from checkpoint.core.grading.shorthand import EQUALITY, read_as_words, spelled_out

READ_AT_MOST = 20_000
"""Characters that are graded; what comes after is left to a person."""

_STEMMER = Stemmer("english", 0)
_STEMMING = Lock()
"""A Stemmer must not be used by two threads at once."""

# Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝѵɡαοερνικτυχАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧıℓ",
    "aeopcyxijsdhlqwvgaoepviktuxABEKMHOPCTYXIJSABEZHIKMNOPTYXil",
)
_DASHES = str.maketrans("‐‑‒–—―−’‘ʼ′“”„`", "-------''''\"\"\"`")

_TOKEN = re.compile(
    r"--?[a-z](?:[a-z0-9_.=-]*[a-z0-9_=])?"  # an option, without the stop of its sentence
    r"|w/o?(?=\s)|b/c(?=\s)"
    r"|(?:1st|2nd|3rd)(?![^\W_])"
    r"|\d+(?:\.\d+)*"
    r"|[^\W\d_][0-9]+[^\W\d_]+"  # k8s
    r"|[^\W\d_]+(?:'[^\W\d_]{1,3})?[0-9]*"
    r"|[0-9]+[^\W\d_]+"
    r"|->|=>|→|⇒|!=|==|&&"
    r"|[^\w\s]",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_IDENTIFIER = re.compile(r"[\w./:@=$*-]+")
_ANSWERED = re.compile(r" ?(?:->|=>|→|⇒|\()")
_SENTENCE_END = frozenset(".!?\n")
_SOFT_END = frozenset(";:|→⇒()[]•*") | {"->", "=>"}
_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:(\d{1,2})[.):]|[-*•–]|\(?([a-h])\))[ \t]+")
_INLINE_NUMBER = re.compile(r"(?<![\w.])\(?(\d{1,2})[.)](?=\s+[^\W\d_])")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; anything with a digit or sign stays as it is."""
    if not word.isalpha():
        return word
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


@dataclass(slots=True)
class Token:
    """A word or sign. `start` and `end` are offsets into the answer exactly as given."""

    text: str
    stem: str
    start: int
    end: int
    word: bool
    light: bool = False
    sign: str = ""
    """The sign of equality that was written for the word."""
    sentence: int = 0
    clause: int = 0


@dataclass(slots=True)
class Sentence:
    """Tokens [first, last) of one sentence; `step` is its number in a numbered list."""

    first: int
    last: int
    step: int | None = None
    question: bool = False


@dataclass(slots=True)
class Text:
    """A read answer. `words` leaves out signs and light words; it is what phrases are sought in."""

    given: str
    tokens: list[Token]
    sentences: list[Sentence]
    clauses: list[tuple[int, int]]
    identifiers: dict[str, list[tuple[int, int]]]
    cut: bool = False
    words: list[int] = field(default_factory=list)
    """Positions in `tokens` of the words that carry meaning, in order."""

    def clause_span(self, clause: int) -> tuple[int, int]:
        first, last = self.clauses[clause]
        while last - 1 > first and not self.tokens[last - 1].word:
            last -= 1
        while first < last - 1 and not self.tokens[first].word:
            first += 1
        return self.tokens[first].start, self.tokens[last - 1].end


def normalised(given: str) -> tuple[str, list[int]]:
    """NFKC without invisible characters, and for each character its place in `given`."""
    if given.isascii():
        plain = given.replace("\r", "\n")
        if plain.isprintable() or not any(ord(c) < 32 and c not in "\n\t" for c in plain):
            return plain, list(range(len(plain)))
    characters: list[str] = []
    places: list[int] = []
    for place, raw in enumerate(given):
        if raw in "\n\t\r":
            characters.append("\n" if raw == "\r" else raw)
            places.append(place)
            continue
        category = unicodedata.category(raw)
        if category in ("Cf", "Cc", "Mn", "Me", "Cs", "Co", "Cn"):
            continue
        for piece in unicodedata.normalize("NFKC", raw):
            characters.append(" " if piece.isspace() else piece)
            places.append(place)
        if len(characters) > READ_AT_MOST:
            break
    text = "".join(characters).translate(_DASHES)
    return _fold_lookalikes(text), places


def _fold_lookalikes(text: str) -> str:
    """Latin letters for lookalikes, in words that also hold Latin ones or in Latin company."""
    if text.isascii():
        return text
    latin = sum(c.isascii() and c.isalpha() for c in text)
    other = sum(c.isalpha() and not c.isascii() for c in text)
    if other > latin:
        return text
    return text.translate(_LOOKALIKES)


def read(given: str) -> Text:
    """Read an answer of any content; at most READ_AT_MOST characters of it."""
    cut = len(given) > READ_AT_MOST
    text, places = normalised(given[:READ_AT_MOST])
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    steps, marks = _list_marks(lowered)
    tokens: list[Token] = []
    breaks: set[int] = set()
    softs: set[int] = set()
    step_at: dict[int, int] = {}
    questions: set[int] = set()
    previous_end = 0
    skip_until = -1
    mark_starts = dict(marks)
    for match in _TOKEN.finditer(lowered):
        start, end = match.span()
        if start < skip_until:
            continue
        if "\n" in lowered[previous_end:start] and _breaks_here(lowered, previous_end, start):
            breaks.add(len(tokens))
        previous_end = end
        if start in mark_starts:
            skip_until = mark_starts[start]
            previous_end = skip_until
            breaks.add(len(tokens))
            if start in steps:
                step_at[len(tokens)] = steps[start]
            continue
        value = match.group()
        first, last = places[start], places[end - 1] + 1
        if value[0].isalnum():
            for piece in read_as_words(value, " ", " ") or spelled_out(value):
                tokens.append(Token(piece, stem(piece), first, last, True, piece in LIGHT))
            continue
        if value.startswith("-") and len(value) > 1 and value != "->":
            if start and (lowered[start - 1].isalnum() or lowered[start - 1] in "._/"):
                # a hyphen inside a word: its parts are words of their own
                for part in re.finditer(r"[^\W_]+", value):
                    piece = part.group()
                    tokens.append(
                        Token(
                            piece,
                            stem(piece),
                            places[start + part.start()],
                            places[start + part.end() - 1] + 1,
                            True,
                            piece in LIGHT,
                        )
                    )
                continue
            tokens.append(Token(value, value, first, last, True))
            continue
        told = read_as_words(value, lowered[start - 1 : start] or " ", lowered[end : end + 1] or " ")
        if told:
            sign = value if value in EQUALITY else ""
            if sign:
                softs.update(_definition_begins(tokens))
            tokens += [Token(piece, stem(piece), first, last, True, piece in LIGHT, sign) for piece in told]
            continue
        position = len(tokens)
        tokens.append(Token(value, value, first, last, False))
        if value in _SENTENCE_END and _ends_sentence(lowered, start, end):
            breaks.add(position + 1)
            if value == "?":
                questions.add(position)
        elif value in _SOFT_END or (value == "-" and _spaced(lowered, start, end)):
            softs.add(position + 1)
            softs.add(position)
    built = Text(given, tokens, [], [], _identifiers(lowered, places), cut)
    _divide(built, breaks, softs, step_at, questions)
    return built


@lru_cache(maxsize=512)
def read_own(text: str) -> Text:
    """The same for a text of a rubric, which is read for several purposes: kept, and not to be changed.

    Never for a learner's, which nothing keeps.
    """
    return read(text)


def words_of(given: str) -> list[Token]:
    """The words that `read` finds, in a shorter way where there are but small letters and single blanks.

    >>> [token.text for token in words_of("cannot apply it")]
    ['can', 'not', 'apply', 'it']
    """
    if not _PLAIN.fullmatch(given):
        return [token for token in read(given).tokens if token.word]
    found, start = [], 0
    for word in given.split(" "):
        end = start + len(word)
        pieces = read_as_words(word, " ", " ") or spelled_out(word)
        found += [Token(piece, stem(piece), start, end, True, piece in LIGHT) for piece in pieces]
        start = end + 1
    return found


def _definition_begins(tokens: list[Token]) -> Iterator[int]:
    """The comma before "hooks = local only" ends what was said before it."""
    for place in range(len(tokens) - 1, max(len(tokens) - 5, 0), -1):
        if not tokens[place].word:
            if tokens[place].text == ",":
                yield place
            return


def _spaced(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1].isspace()) and (end >= len(text) or text[end].isspace())


def _ends_sentence(text: str, start: int, end: int) -> bool:
    if text[start] == "?" and text[max(0, start - 1) : start] == "(":
        return False  # a group of a regular expression, "(?P<ts>[0-9]+)"
    if text[start] == "?" and _ANSWERED.match(text, end):
        return False  # "right namespace? -> no = stop"
    if text[start] != ".":
        return True
    if end < len(text) and not (text[end].isspace() or text[end] in ")\"'"):
        return False
    before = re.search(r"[a-z.]{1,5}$", text[max(0, start - 5) : start])
    return not (
        before
        and before.group()
        in ("e.g", "i.e", "eg", "ie", "etc", "vs", "cf", "incl", "approx", "ea", "esp", "resp")
    )


def _breaks_here(text: str, before: int, after: int) -> bool:
    """A new line ends a sentence, except where a sentence was wrapped by hand."""
    gap = text[before:after]
    if gap.count("\n") > 1:
        return True
    line_start = text.rfind("\n", 0, before) + 1
    return not (before - line_start >= 56 and text[before - 1] not in ".!?:;")


def _list_marks(text: str) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Where list items begin, and the numbers of numbered ones."""
    steps: dict[int, int] = {}
    marks: list[tuple[int, int]] = []
    for match in _LIST_MARK.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        marks.append((start, match.end()))
        if match.group(1):
            steps[start] = int(match.group(1))
        elif match.group(2):
            steps[start] = ord(match.group(2)) - ord("a") + 1
    known = {start for start, _ in marks}
    inline = [m for m in _INLINE_NUMBER.finditer(text) if m.start() not in known]
    numbers = [int(m.group(1)) for m in inline]
    if len(inline) + len(steps) >= 2 and (1 in numbers or 1 in steps.values()):
        for match in inline:
            marks.append((match.start(), match.end()))
            steps[match.start()] = int(match.group(1))
            if match.group().startswith("("):
                marks.append((match.start() + 1, match.end()))
    return steps, sorted(marks)


_CLAUSE_WORDS = frozenset(
    """but while whereas however although though yet because since so unless otherwise which whereby hence
    therefore thus instead then else""".split()
)
_BOUND_TO_BUT = frozenset("anything everything nothing all none nobody".split())
"""With "but" behind them one word: "it is anything but late"."""
_STEPS = frozenset("finally lastly afterwards next later".split())
"""Behind a comma these open the next step of several."""


def _opens_clause(tokens: list[Token], place: int, last: int) -> bool:
    word = tokens[place].text
    of = word == "instead" and place + 1 < last and tokens[place + 1].text == "of"
    step = word in _STEPS and tokens[place - 1].text == ","
    bound = word == "but" and tokens[place - 1].text in _BOUND_TO_BUT
    return (word in _CLAUSE_WORDS or step) and not of and not bound


def _divide(
    text: Text, breaks: set[int], softs: set[int], steps: dict[int, int], questions: set[int]
) -> None:
    """Cut the tokens into sentences and those into clauses."""
    tokens = text.tokens
    edges = sorted(edge for edge in breaks if 0 < edge < len(tokens))
    starts = [0, *edges] if tokens else []
    for first, last in zip(starts, [*starts[1:], len(tokens)], strict=False):
        if first >= last:
            continue
        if not any(tokens[i].word for i in range(first, last)):
            continue
        sentence = Sentence(first, last, steps.get(first), any(i in questions for i in range(first, last)))
        number = len(text.sentences)
        text.sentences.append(sentence)
        begin, worded = first, False
        for i in range(first, last):
            tokens[i].sentence = number
            if worded and (i in softs or _opens_clause(tokens, i, last)):
                text.clauses.append((begin, i))
                begin, worded = i, False
            tokens[i].clause = len(text.clauses)
            worded = worded or tokens[i].word
        text.clauses.append((begin, last))
    held = {i for s in text.sentences for i in range(s.first, s.last)}
    text.words = [i for i, token in enumerate(tokens) if token.word and not token.light and i in held]


def _identifiers(lowered: str, places: list[int]) -> dict[str, list[tuple[int, int]]]:
    """Runs that look like names of files, options or commands, and where they stand."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _IDENTIFIER.finditer(lowered):
        value = match.group().rstrip("./:@=$")
        if len(value) < 2 or value.isdigit():
            continue
        span = (places[match.start()], places[match.start() + len(value) - 1] + 1)
        if "/" not in value and "=" not in value:
            found.setdefault(value, []).append(span)
            continue
        for name in {value, value.rsplit("/", 1)[-1], value.split("=", 1)[0]}:
            if name:
                found.setdefault(name, []).append(span)
    return found
