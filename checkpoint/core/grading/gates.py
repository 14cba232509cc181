"""Sentences that are no evidence, whatever words they hold. A gate never raises a verdict."""

from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.address import Shown, is_copied, speaks_to_grader
from checkpoint.core.grading.echo import echoes
from checkpoint.core.grading.languages import language_of, other_language
from checkpoint.core.grading.naming import only_names
from checkpoint.core.grading.stuffing import nonsense
from checkpoint.core.grading.text import Sentence, Text, read
from checkpoint.core.grading.withheld import withheld


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
    languages = [language_of(text, sentence) for sentence in text.sentences]
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
        language=other_language(text, languages),
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
    if withheld([t.text for t in text.tokens[sentence.first : sentence.last]]):
        return "withheld"
    return "echo" if echoes(text, sentence, asked) else ""


def content_stems(text: Text) -> frozenset[str]:
    return frozenset(t.stem for t in text.tokens if t.word and t.text not in lexicon.FUNCTION_WORDS)
