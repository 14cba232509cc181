"""Wrong ideas that a cohort's latest answers share, each in the words of some who have it, unnamed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from checkpoint.cohorts.crowd import is_quotable, is_told
from checkpoint.cohorts.queries import Learner, corrected
from checkpoint.cohorts.trends import Counts
from checkpoint.library import get_library
from checkpoint.selfcheck.marks import visible
from checkpoint.selfcheck.queries.crowd import Corrected

MOST_LISTED = 6
QUOTES = 2
"""So many at most for each idea."""
LONGEST_QUOTE = 240
_STARTS = re.compile(r"[.!?](?=\s)|\n")
_ENDS = re.compile(r"[.!?](?=\s|$)|\n")


class Shared(NamedTuple):
    """A wrong idea that at least two have."""

    id: str
    claim: str
    happens: str
    """What is so instead, as learners are told."""
    question: str
    """Its slug."""
    number: str
    """Q2."""
    learners: int
    of: int
    critical: bool
    samples: tuple[int, ...]
    """Attempts that say it, as far as they may be quoted."""
    quotes: tuple[str, ...] = ()


class Ideas(NamedTuple):
    listed: tuple[Shared, ...]
    hidden: int
    """Not listed because too few people answered."""


def shared_ideas(counts: Counts, people: Iterable[Learner], *, names: bool, answers: bool) -> Ideas:
    """The most shared first. Quotes only for who may read `answers`. One query, or none without quotes."""
    found = [one for one in _shared(counts) if is_told(one.of, names=names)]
    hidden = sum(1 for one in _shared(counts)) - len(found)
    listed = sorted(found, key=lambda one: -one.learners)[:MOST_LISTED]
    if not answers:
        return Ideas(tuple(one._replace(samples=()) for one in listed), hidden)
    written = corrected([attempt for one in listed for attempt in one.samples])
    writers = {person.user_id: person for person in people}
    return Ideas(tuple(one._replace(quotes=_quotes(one, written, writers)) for one in listed), hidden)


def _shared(counts: Counts) -> Iterable[Shared]:
    for slug, question in get_library().questions.items():
        answered = counts[slug].items()
        of = sum(alike.learners for _, alike in answered)
        for wrong in question.misconceptions:
            ways = [alike for judged, alike in answered if wrong.id in judged.misconceptions]
            learners = sum(alike.learners for alike in ways)
            if learners < 2:
                continue
            said = [attempt for alike in ways for attempt in (alike.latest, alike.first)]
            samples = tuple(dict.fromkeys(said))[: 2 * QUOTES] if is_quotable(of) else ()
            happens = wrong.feedback or wrong.why
            yield Shared(
                wrong.id, wrong.claim, happens, slug, question.id, learners, of, wrong.critical, samples
            )


# --- Quotes --------------------------------------------------------------------


def _quotes(
    idea: Shared, written: Mapping[int, Corrected], writers: Mapping[int, Learner]
) -> tuple[str, ...]:
    found = []
    for attempt in idea.samples:
        answer = written.get(attempt)
        places = answer.places.get(idea.id) if answer else None
        if not answer or not places:
            continue
        quote = visible(sentence_at(answer.answer, places))
        writer = writers.get(answer.user_id)
        if quote and writer and not tells_who(quote, writer):
            found.append(quote)
    return tuple(dict.fromkeys(found))[:QUOTES]


def sentence_at(answer: str, places: Sequence[tuple[int, int]]) -> str:
    """The sentence around the first of the places; the place alone where the sentence is long.

    >>> sentence_at("First this. Then the lock helps. Last that.", ((17, 25),))
    'Then the lock helps.'
    """
    start, end = places[0]
    begins = max((found.end() for found in _STARTS.finditer(answer, 0, start)), default=0)
    closing = _ENDS.search(answer, max(start, end - 1))
    sentence = " ".join(answer[begins : closing.end() if closing else len(answer)].split())
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    said = " ".join(answer[start:end].split())
    return f"… {said[:LONGEST_QUOTE].rstrip()} …"


def tells_who(quote: str, writer: Learner) -> bool:
    """Whether a sentence mentions its writer, or an address of anybody."""
    if "@" in quote and re.search(r"\S@\S+\.\w", quote):
        return True
    words = {word for word in re.findall(r"\w+", quote.casefold()) if len(word) > 2}
    login = re.split(r"[@\d._+-]+", writer.email.casefold())[0]
    own = {word for word in re.findall(r"\w+", writer.name.casefold()) if len(word) > 2}
    return bool(words & own) or (len(login) > 2 and login in words)
