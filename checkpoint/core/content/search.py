"""Full-text search over the course: an inverted index in memory, ranked, with highlighted snippets."""

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

from checkpoint.core.content.words import STOP_WORDS, Word, Words, fold, identifiers

MAX_QUERY = 200
MAX_WORDS = 12
PER_PAGE = 3
"""Sections of one page among the results, so that one long chapter doesn't fill the list."""

_SNIPPET = 190
_TITLE_WEIGHT, _SECTION_WEIGHT = 3.0, 5.0
_MAX_PREFIX = 60
_SATURATION, _LENGTH = 1.2, 0.6
"""The constants of BM25: how fast repetition stops counting, how much length matters."""

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text and whether each is a match; templates escape the text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: a section of a page, a question, an exercise, a term."""

    kind: str
    """lesson, guardrail, stage, question, scenario, change or term."""
    title: str
    section: str
    address: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """An entry that was found, with the words around its best match."""

    kind: str
    title: str
    section: str
    address: str
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives. `total` counts what `results` leaves out; `corrected` is the query used
    instead where a word looked mistyped; `every` is False where no entry held all the words."""

    results: tuple[Result, ...]
    total: int
    corrected: str = ""
    every: bool = True


@dataclass
class Index:
    """Stem -> entry number -> places of the stem in that entry's words."""

    entries: list[Entry] = field(default_factory=list)
    spans: list[Sequence[int]] = field(default_factory=list)
    """Where each word of an entry starts and ends in its text: start, end, start, end …"""
    stems: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    names: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """Identifiers, such as `--no-verify`, in the same form."""
    weights: dict[str, dict[int, float]] = field(default_factory=dict)
    surfaces: list[str] = field(default_factory=list)
    stem_of: dict[str, str] = field(default_factory=dict)
    deletions: dict[str, list[str]] = field(default_factory=dict)
    """A word less one letter -> the words it may have been."""
    mean_length: float = 1.0


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing a query asks for: a word, an identifier or a "quoted phrase", with where it is found."""

    text: str
    places: Mapping[int, list[int]]
    score: Mapping[int, float]


# --- Building ------------------------------------------------------------------------


def build_index(entries: Iterable[Entry]) -> Index:
    """An index of all entries; built once, when the content is loaded."""
    index, cutter = Index(), Words()
    stems: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    names: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    weights: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for number, entry in enumerate(entries):
        words = cutter.cut(entry.text)
        index.entries.append(entry)
        index.spans.append(array("I", [edge for word in words for edge in (word.start, word.end)]))
        for place, word in enumerate(words):
            stems[word.stem][number].append(place)
            weights[word.stem][number] += 1
        _add_titles(cutter, entry, number, index, weights)
        _add_names(entry, words, number, names)
        index.stem_of.update((word.surface, word.stem) for word in words)
    index.stems = {stem: dict(found) for stem, found in stems.items()}
    index.names = {name: dict(found) for name, found in names.items()}
    index.weights = {stem: dict(found) for stem, found in weights.items()}
    index.surfaces = sorted(index.stem_of)
    index.deletions = _deletions(index.surfaces)
    index.mean_length = sum(map(len, index.spans)) / max(len(index.spans), 1) or 1.0
    return index


def _add_titles(
    cutter: Words, entry: Entry, number: int, index: Index, weights: Mapping[str, defaultdict[int, float]]
) -> None:
    for text, weight in ((entry.title, _TITLE_WEIGHT), (entry.section, _SECTION_WEIGHT)):
        for word in cutter.cut(text):
            weights[word.stem][number] += weight
            index.stem_of[word.surface] = word.stem


def _add_names(
    entry: Entry, words: list[Word], number: int, names: Mapping[str, Mapping[int, list[int]]]
) -> None:
    starts = {word.start: place for place, word in enumerate(words)}
    for name, start, end in identifiers(entry.text):
        inside = [starts[offset] for offset in range(start, end) if offset in starts]
        names[name][number].extend(inside)
    for name, _, _ in (*identifiers(entry.title), *identifiers(entry.section)):
        names[name][number].extend(())


def _deletions(surfaces: Iterable[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in surfaces:
        if len(word) >= 4 and word.isalpha():
            for shorter in _less_one(word):
                found[shorter].append(word)
    return dict(found)


def _less_one(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


# --- Asking -----------------------------------------------------------------------------


def search(index: Index, query: str, limit: int = 20) -> Found:
    """The entries that hold every word of the query, best first.

    The last word may be unfinished, "quoted words" stand together, and identifiers such as
    `--no-verify` are found exactly. Where nothing fits, mistyped words are mended; where that
    doesn't help either, entries with some of the words are given.
    """
    query = " ".join(query[:MAX_QUERY].split())
    parts = _parts(index, query)
    numbers = _holding_all(parts)
    corrected, every = "", True
    if parts and not numbers:
        corrected = _mended(index, query)
        parts = _parts(index, corrected) if corrected else parts
        numbers = _holding_all(parts)
    if parts and not numbers:
        every = False
        numbers = set().union(*(part.score for part in parts))
    ranked = _ranked(index, parts, numbers)
    shown = _spread(index, ranked, limit)
    return Found(tuple(_result(index, number, parts) for number in shown), len(ranked), corrected, every)


def _holding_all(parts: list[_Part]) -> set[int]:
    if not parts:
        return set()
    return set(parts[0].score).intersection(*(part.score for part in parts[1:]))


def _parts(index: Index, query: str) -> list[_Part]:
    """What the query asks for, phrase by phrase and word by word."""
    cutter, parts = Words(), []
    pieces = re.findall(r'"([^"]*)"|([^"]+)', query)
    for place, (phrase, plain) in enumerate(pieces):
        if phrase:
            parts += [_phrase(index, cutter, phrase)]
        last = place == len(pieces) - 1
        parts += _plain_parts(index, cutter, plain, last)
    return [part for part in parts if part.text][:MAX_WORDS]


def _plain_parts(index: Index, cutter: Words, text: str, last: bool) -> list[_Part]:
    parts: list[_Part] = []
    chunks = text.split()
    for place, chunk in enumerate(chunks):
        words = cutter.cut(chunk)
        if not words:
            continue
        unfinished = last and place == len(chunks) - 1
        if fold(chunk) in index.names:
            parts.append(_name(index, fold(chunk), words))
        elif len(words) > 1:
            parts.append(_run(index, words, chunk, unfinished))
        elif words[0].surface not in STOP_WORDS or len(chunks) == 1:
            parts.append(_word(index, words[0], unfinished))
    return parts


def _word(index: Index, word: Word, unfinished: bool) -> _Part:
    stems = [word.stem]
    if unfinished and len(word.surface) >= 2:
        stems += [stem for stem in _continuations(index, word.surface) if stem != word.stem]
    places: defaultdict[int, list[int]] = defaultdict(list)
    score: defaultdict[int, float] = defaultdict(float)
    for stem in stems:
        worth = 1.0 if stem == word.stem else 0.6
        for number, found in index.stems.get(stem, {}).items():
            places[number] += found
        for number, weight in index.weights.get(stem, {}).items():
            score[number] = max(score[number], worth * _relevance(index, stem, number, weight))
    return _Part(word.surface, places, score)


def _continuations(index: Index, prefix: str) -> list[str]:
    start = bisect_left(index.surfaces, prefix)
    found = []
    for surface in index.surfaces[start : start + _MAX_PREFIX]:
        if not surface.startswith(prefix):
            break
        found.append(index.stem_of[surface])
    return list(dict.fromkeys(found))


def _relevance(index: Index, stem: str, number: int, weight: float) -> float:
    """BM25: rare words count more, repetition less and less, long sections a little less."""
    holders = len(index.weights[stem])
    rarity = math.log(1 + (len(index.entries) - holders + 0.5) / (holders + 0.5))
    length = 1 - _LENGTH + _LENGTH * len(index.spans[number]) / index.mean_length
    return rarity * weight * (_SATURATION + 1) / (weight + _SATURATION * length)


def _name(index: Index, name: str, words: list[Word]) -> _Part:
    """An identifier, exactly; then also inside a longer one, unless it is a flag or a suffix."""
    exact = index.names[name]
    rarity = math.log(1 + (len(index.entries) + 0.5) / (len(exact) + 0.5))
    score = {number: rarity * (3 + len(found)) for number, found in exact.items()}
    if not name[0].isalnum():
        return _Part(name, exact, score)
    inside = _run(index, words, name, unfinished=False)
    return _Part(name, {**exact, **inside.places}, {**inside.score, **score})


def _phrase(index: Index, cutter: Words, phrase: str) -> _Part:
    return _run(index, cutter.cut(phrase), phrase, unfinished=False)


def _run(index: Index, words: list[Word], text: str, unfinished: bool) -> _Part:
    """Words that stand one after the other, as in the query."""
    parts = [_word(index, word, unfinished and word is words[-1]) for word in words]
    if not parts:
        return _Part("", {}, {})
    places: dict[int, list[int]] = {}
    score: dict[int, float] = {}
    for number in set(parts[0].places).intersection(*(part.places for part in parts[1:])):
        starts = set(parts[0].places[number])
        for distance, part in enumerate(parts[1:], 1):
            starts &= {place - distance for place in part.places[number]}
        if starts:
            places[number] = sorted(start + step for start in starts for step in range(len(parts)))
            score[number] = 1.5 * sum(part.score[number] for part in parts)
    return _Part(text, places, score)


def _mended(index: Index, query: str) -> str:
    """The query with each unknown word replaced by the nearest known one; empty if that changes nothing."""
    mended = re.sub(r"\w+", lambda match: _nearest(index, match.group()), query)
    return mended if mended != query else ""


def _nearest(index: Index, word: str) -> str:
    folded = fold(word)
    if folded in index.stem_of or folded in STOP_WORDS or len(folded) < 4:
        return word
    close = {found for shorter in _less_one(folded) for found in index.deletions.get(shorter, ())}
    if not close:
        alike = [one for one in index.surfaces if one[0] == folded[0] and abs(len(one) - len(folded)) < 3]
        close = set(get_close_matches(folded, alike, n=1, cutoff=0.75))
    return max(sorted(close), key=lambda one: len(index.stems.get(index.stem_of[one], ())), default=word)


def _ranked(index: Index, parts: list[_Part], numbers: set[int]) -> list[int]:
    scores = {number: _score(index, parts, number) for number in numbers}
    return sorted(scores, key=lambda number: (-scores[number], number))


def _score(index: Index, parts: list[_Part], number: int) -> float:
    score = sum(part.score.get(number, 0.0) for part in parts)
    neighbours = sum(
        1
        for first, second in pairwise(parts)
        if not {place + 1 for place in first.places.get(number, ())}.isdisjoint(second.places.get(number, ()))
    )
    return score * index.entries[number].boost * (1 + 0.3 * neighbours)


def _spread(index: Index, ranked: list[int], limit: int) -> list[int]:
    seen: Counter[tuple[str, str]] = Counter()
    shown = []
    for number in ranked:
        entry = index.entries[number]
        seen[entry.kind, entry.title] += 1
        if seen[entry.kind, entry.title] <= PER_PAGE:
            shown.append(number)
    return shown[:limit]


# --- Snippets --------------------------------------------------------------------------


def _result(index: Index, number: int, parts: list[_Part]) -> Result:
    entry = index.entries[number]
    return Result(entry.kind, entry.title, entry.section, entry.address, _snippet(index, number, parts))


def _snippet(index: Index, number: int, parts: list[_Part]) -> Snippet:
    text, edges = index.entries[number].text, index.spans[number]
    spans = sorted(
        (edges[2 * place] - _lead(text, edges[2 * place], part), edges[2 * place + 1], part_number)
        for part_number, part in enumerate(parts)
        for place in set(part.places.get(number, ()))
    )
    start, end = _window(text, spans)
    inside = _joined([(a, b) for a, b, _ in spans if a >= start and b <= end])
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    done = start
    for a, b in inside:
        pieces += [(text[done:a], False), (text[a:b], True)]
        done = b
    pieces.append((text[done:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def _lead(text: str, start: int, part: _Part) -> int:
    """How many characters of an identifier stand before its first word: the dashes of `--no-verify`."""
    sign = part.text[: len(part.text) - len(part.text.lstrip("-."))]
    return len(sign) if sign and text.endswith(sign, 0, start) else 0


def _window(text: str, spans: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The stretch of text with the most different matches, cut between words."""
    best = max(spans, key=lambda span: (_richness(spans, span[0]), -span[0]), default=(0, 0, 0))
    start = max(0, best[0] - _SNIPPET // 4)
    if start:
        start = text.find(" ", start) + 1 or best[0]
        start += 2 if text.startswith("· ", start) else 0
        start = min(start, best[0])
    end = min(len(text), start + _SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start, end), best[1])
    return start, end


def _richness(spans: list[tuple[int, int, int]], start: int) -> tuple[int, int]:
    inside = [part for a, b, part in spans if a >= start and b <= start + _SNIPPET * 3 // 4]
    return len(set(inside)), len(inside)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Matches side by side, with only punctuation or a space between, become one."""
    joined: list[tuple[int, int]] = []
    for a, b in sorted(set(spans)):
        if joined and a - joined[-1][1] <= 1 and a >= joined[-1][1]:
            joined[-1] = (joined[-1][0], b)
        elif not joined or a >= joined[-1][1]:
            joined.append((a, b))
    return joined
