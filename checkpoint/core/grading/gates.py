"""Sentences that are no evidence, whatever words they hold. A gate never raises a verdict."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.address import Shown, is_copied, speaks_to_grader
from checkpoint.core.grading.echo import echoes
from checkpoint.core.grading.naming import only_names
from checkpoint.core.grading.stuffing import nonsense
from checkpoint.core.grading.text import Sentence, Text, read

_ENGLISH_TOO = lexicon.FUNCTION_WORDS | frozenset(
    "die war come son sin con plus per man men over am im pour fun dem des men as do of all".split()
)
_FOREIGN = {name: words - _ENGLISH_TOO for name, words in lexicon.FOREIGN.items()}
_ANY_FOREIGN = frozenset().union(*_FOREIGN.values())


@dataclass(frozen=True, slots=True)
class Gates:
    """`usable` says of each sentence whether it may count; the rest says why one may not."""

    usable: tuple[bool, ...]
    speaks_to_grader: bool = False
    copied: bool = False
    """A sentence is one that the page of a verdict shows."""
    echo: bool = False
    nonsense: bool = False
    """Words that make no sentences: a list, words glued together, words out of order."""
    language: str = ""
    """Name of another language that a good part of the answer is in."""
    foreign: tuple[bool, ...] = ()


@lru_cache(maxsize=256)
def _prompt(prompt: str) -> Text:
    """Kept: a question's prompt is the same for every answer."""
    return read(prompt)


def gates(text: Text, prompt: str, shown: Shown = frozenset()) -> Gates:
    """Decide for every sentence whether it may be evidence. `shown` are sentences the page shows."""
    asked = _prompt(prompt)
    jumbled = nonsense(text)
    languages = [_language(text, sentence) for sentence in text.sentences]
    reasons = [
        _reason(text, sentence, asked, shown)
        or ("nonsense" if number in jumbled or only_names(text, sentence) else "")
        for number, sentence in enumerate(text.sentences)
    ]
    repeated = _repeated(text)
    return Gates(
        usable=tuple(not reason and n not in repeated for n, reason in enumerate(reasons)),
        speaks_to_grader="grader" in reasons,
        copied="copied" in reasons,
        echo="echo" in reasons,
        nonsense="nonsense" in reasons,
        language=_other_language(text, languages),
        foreign=tuple(bool(name) for name in languages),
    )


def _repeated(text: Text) -> set[int]:
    """Sentences that stood there before, word by word: saying it again adds nothing."""
    seen: set[tuple[str, ...]] = set()
    found = set()
    for number, sentence in enumerate(text.sentences):
        words = tuple(t.text for t in text.tokens[sentence.first : sentence.last] if t.word)
        if words in seen and len(words) > 2:
            found.add(number)
        seen.add(words)
    return found


def _reason(text: Text, sentence: Sentence, asked: Text, shown: Shown) -> str:
    if speaks_to_grader(text, sentence):
        return "grader"
    if is_copied(text, sentence, shown):
        return "copied"
    return "echo" if echoes(text, sentence, asked) else ""


def content_stems(text: Text) -> frozenset[str]:
    return frozenset(t.stem for t in text.tokens if t.word and t.text not in lexicon.FUNCTION_WORDS)


def _language(text: Text, sentence: Sentence) -> str:
    words = [t.text for t in text.tokens[sentence.first : sentence.last] if t.word and t.text.isalpha()]
    if len(words) < 3:
        return ""
    foreign_letters = sum(not w.isascii() and not _latin(w) for w in words)
    if foreign_letters > len(words) / 2:
        return "another language"
    telling = [w for w in words if w in _ANY_FOREIGN]
    if len(telling) < 2:
        return ""
    english = sum(w in lexicon.FUNCTION_WORDS for w in words)
    counts = Counter({name: sum(w in small for w in telling) for name, small in _FOREIGN.items()})
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
