"""Sentences that are no evidence, whatever words they hold. A gate never raises a verdict."""

import re
from collections import Counter
from dataclasses import dataclass

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.stance import stems_of
from checkpoint.core.grading.text import Sentence, Text, Token, read

_CRITERION_ID = re.compile(r"\bq\d{1,2}\s*\.\s*[bx]?\d", re.IGNORECASE)
_ENGLISH_TOO = lexicon.FUNCTION_WORDS | frozenset(
    "die war come son sin con plus per man men over am im pour fun dem des men as do of all".split()
)
_FOREIGN = {name: words - _ENGLISH_TOO for name, words in lexicon.FOREIGN.items()}


@dataclass(frozen=True, slots=True)
class Gates:
    """`usable` says of each sentence whether it may count; the rest says why one may not."""

    usable: tuple[bool, ...]
    speaks_to_grader: bool = False
    echo: bool = False
    keywords: bool = False
    salad: bool = False
    language: str = ""
    """Name of another language that a good part of the answer is in."""
    foreign: tuple[bool, ...] = ()


def gates(text: Text, prompt: str) -> Gates:
    """Decide for every sentence whether it may be evidence."""
    asked = content_stems(read(prompt))
    usable: list[bool] = []
    seen = {"grader": False, "echo": False, "keywords": False, "salad": False}
    languages = [_language(text, sentence) for sentence in text.sentences]
    lists = _keyword_lists(text)
    salad = _is_salad(text)
    for number, sentence in enumerate(text.sentences):
        tokens = [t for t in text.tokens[sentence.first : sentence.last] if t.word]
        reason = _reason(text, sentence, tokens, asked)
        if not reason and (salad or number in lists):
            reason = "salad" if salad else "keywords"
        if reason:
            seen[reason] = True
        usable.append(not reason)
    return Gates(
        tuple(usable),
        seen["grader"],
        seen["echo"],
        seen["keywords"],
        seen["salad"],
        _other_language(text, languages),
        tuple(bool(name) for name in languages),
    )


def content_stems(text: Text) -> frozenset[str]:
    return frozenset(t.stem for t in text.tokens if t.word and t.text not in lexicon.FUNCTION_WORDS)


def _reason(text: Text, sentence: Sentence, tokens: list[Token], asked: frozenset[str]) -> str:
    words = [t.text for t in tokens]
    if _speaks_to_grader(text, sentence, words):
        return "grader"
    if _echoes(tokens, asked):
        return "echo"
    return ""


_TO_GRADER = lexicon.TO_THE_GRADER
_PAIRS = lexicon.GRADER_PAIRS


def _speaks_to_grader(text: Text, sentence: Sentence, words: list[str]) -> bool:
    held = set(words)
    if held & _TO_GRADER:
        return True
    for one, other in _PAIRS:
        firsts = [i for i, w in enumerate(words) if w in one]
        if firsts and any(0 < abs(i - j) <= 8 for j, w in enumerate(words) if w in other for i in firsts):
            return True
    first, last = text.tokens[sentence.first].start, text.tokens[sentence.last - 1].end
    return bool(_CRITERION_ID.search(text.given, first, last))


def _echoes(tokens: list[Token], asked: frozenset[str]) -> bool:
    """A sentence that only repeats words of the prompt."""
    content = {t.stem for t in tokens if t.text not in lexicon.FUNCTION_WORDS}
    if not content or not asked:
        return False
    new = content - asked
    if not new:
        return len(content) >= 3 or len(content) >= len(asked)
    return len(content & asked) >= 0.85 * len(asked) and len(new) <= 1 and len(asked) >= 4


def _segments(text: Text, sentence: Sentence) -> list[list[Token]]:
    segments: list[list[Token]] = [[]]
    for token in text.tokens[sentence.first : sentence.last]:
        if token.word:
            segments[-1].append(token)
        elif token.text not in ("'", '"', "`", "*", "_"):
            segments.append([])
    return [segment for segment in segments if segment]


_VERBS = lexicon.COMMON_VERBS
_SMALL = lexicon.FUNCTION_WORDS - {"and", "or", "first", "last", "before", "right", "own", "then"}
_TOOLS = frozenset("kubectl terraform git flux sops aws gh age docker helm bash sh make".split())
FEW = 0.13
"""Share of small words below which a text is not made of sentences."""


def _states(segment: list[Token]) -> bool:
    """Whether a segment could be a statement: it has a small word or begins with a verb."""
    words = [t.text for t in segment]
    small = sum(w in _SMALL for w in words)
    if small:
        return small * 8 >= len(words)
    return 2 <= len(words) <= 7 and words[0] in _VERBS


def _is_command(segments: list[list[Token]]) -> bool:
    """A line of shell: it begins with a tool or a script, or has options."""
    words = [t.text for segment in segments for t in segment]
    if len(segments) > 6 or len(words) > 18:
        return False
    if any(w.startswith("-") for w in words):
        return True
    return len(words) <= 8 and (words[0] in _TOOLS or "sh" in words[1:6])


def _keyword_lists(text: Text) -> set[int]:
    """Sentences that only list words. Neighbours without small words are seen as one list."""
    found: set[int] = set()
    run: list[int] = []
    for number in [*range(len(text.sentences)), -1]:
        bare = number >= 0 and _is_bare(text, number)
        if bare:
            run.append(number)
            continue
        if run and _only_lists(text, run):
            found.update(run)
        run = []
    return found


def _is_bare(text: Text, number: int) -> bool:
    segments = _segments(text, text.sentences[number])
    words = [t for segment in segments for t in segment]
    small = sum(t.text in _SMALL for t in words)
    return (small / len(words) < FEW or _is_choppy(segments)) and not _is_command(segments)


def _is_choppy(segments: list[list[Token]]) -> bool:
    """Eight or more scraps of one to three words between commas."""
    return len(segments) >= 8 and sum(len(s) <= 3 for s in segments) >= 0.9 * len(segments)


def _only_lists(text: Text, run: list[int]) -> bool:
    segments = [segment for number in run for segment in _segments(text, text.sentences[number])]
    size = sum(map(len, segments))
    stating = sum(len(segment) for segment in segments if _states(segment))
    alone = len(run) == len(text.sentences)
    if size < (6 if alone else 9):
        return False
    if _is_choppy(segments):
        return sum(s[0].text in _VERBS and len(s) > 1 for s in segments) < 0.6 * len(segments)
    notes = len(run) > 2 and size >= 1.8 * len(segments)
    return stating / size < (0.35 if notes or not alone else 0.6)


_CONJUNCTIONS = frozenset("and or but because if when while which than as nor".split())
_VERBS_TO_BE = frozenset(
    "is are was were be been am has have had do does did will would can could should must may might".split()
)
_AFTER = {
    **dict.fromkeys(
        "the a an my our your their every each its his".split(),
        frozenset(
            """the a an of is are was were to in on at from by and or but it he she they we you i because if
            so
            then will would can could should must has have does did do be been than with for into which who
            there these those every each""".split()
        ),
    ),
    **dict.fromkeys(
        "of from into onto with by at in on for against between through per".split(),
        frozenset(
            """of is are was were and or but has have had does did do will would must can could should may
            might
            than be been am they he she we i""".split()
        ),
    ),
    **dict.fromkeys(_CONJUNCTIONS, frozenset("of than and or but be been".split())),
    **dict.fromkeys(
        _VERBS_TO_BE,
        frozenset(
            """of is are was were am and or but because if than has had do does did will would must can could
            should he""".split()
        ),
    ),
    "to": frozenset("of is are was and or but has than because to".split()),
}
"""Small words, and which words do not follow them in English."""
_NEEDS_MORE = frozenset("the a an my our your their every each its his".split())


def _is_salad(text: Text) -> bool:
    """Words out of order: "the of", "a because", an article at the end of a sentence."""
    chances = broken = 0
    for sentence in text.sentences:
        for i in range(sentence.first, sentence.last):
            word = text.tokens[i].text
            wrong = _AFTER.get(word)
            if wrong is None:
                continue
            chances += 1
            following = text.tokens[i + 1].text if i + 1 < sentence.last else "."
            broken += following in wrong or (word in _NEEDS_MORE and following in ".,;:!?)")
    return broken >= 2 and broken / chances >= 0.1


def _language(text: Text, sentence: Sentence) -> str:
    words = [t.text for t in text.tokens[sentence.first : sentence.last] if t.word and t.text.isalpha()]
    if len(words) < 3:
        return ""
    foreign_letters = sum(not w.isascii() and not _latin(w) for w in words)
    if foreign_letters > len(words) / 2:
        return "another language"
    english = sum(w in lexicon.FUNCTION_WORDS for w in words)
    counts = Counter({name: sum(w in small for w in words) for name, small in _FOREIGN.items()})
    name, most = counts.most_common(1)[0]
    return name if most >= 2 and most > english and most / len(words) >= 0.15 else ""


def _latin(word: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in word)


def _other_language(text: Text, languages: list[str]) -> str:
    sizes: Counter[str] = Counter()
    total = 0
    for sentence, name in zip(text.sentences, languages, strict=True):
        size = sentence.last - sentence.first
        total += size
        if name:
            sizes[name] += size
    if not sizes or sum(sizes.values()) < 0.3 * total:
        return ""
    return sizes.most_common(1)[0][0]


VERB_STEMS = stems_of(_VERBS)
