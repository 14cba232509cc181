"""Marked answers as the grader sees them: passages beside their references, with all features."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

import numpy as np

from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.likeness import Asked, Likeness, beside, nearest_of
from checkpoint.core.grading.passage import Passage, Rarity, whole_passage
from checkpoint.core.grading.precedent import MEASURES, resemblance
from script.fit_grading.data import Row


@dataclass(frozen=True, slots=True)
class Case:
    """A row made ready; `answer` is None where it holds no word."""

    row: Row
    references: tuple[Asked, ...]
    answer: Asked | None
    seen: Likeness | None


def cases_of(rows: Sequence[Row], encoder: Encoder, rarity: Rarity, workers: int) -> list[Case]:
    """Every row as a case, with features computed by several processes."""

    @cache
    def known(text: str) -> Passage | None:
        return whole_passage(text, encoder, rarity)

    @cache
    def asked(text: str, prompt: str) -> Asked | None:
        own = known(text)
        return None if own is None else beside(own, known(prompt))

    pairs = []
    for row in rows:
        references = tuple(one for r in row.references if (one := asked(r, row.prompt)) is not None)
        pairs.append((references, asked(row.answer, row.prompt)))
    seen = _spread(_seen, pairs, workers)
    return [Case(row, *pair, one) for row, pair, one in zip(rows, pairs, seen, strict=True)]


def with_first_reference(cases: Sequence[Case], workers: int) -> list[Case]:
    """Cases with several references once more, as if an author had given only the first."""
    several = [case for case in cases if len(case.references) > 1]
    pairs = [(case.references[:1], case.answer) for case in several]
    seen = _spread(_seen, pairs, workers)
    return [
        Case(case.row, one, case.answer, found)
        for case, (one, _), found in zip(several, pairs, seen, strict=True)
    ]


def _seen(pair: tuple[tuple[Asked, ...], Asked | None]) -> Likeness | None:
    references, answer = pair
    return None if answer is None else nearest_of(references, answer)


def alike_by_question(groups: Sequence[Sequence[Case]], workers: int) -> list[np.ndarray]:
    """How alike the answers of each question are, shapes (answers, answers, MEASURES)."""
    passages = [[case.answer.passage if case.answer else None for case in group] for group in groups]
    return _spread(_alike, passages, workers)


def _alike(passages: Sequence[Passage | None]) -> np.ndarray:
    made = np.zeros((len(passages), len(passages), MEASURES), np.float32)
    for i, one in enumerate(passages):
        for j in range(i):
            other = passages[j]
            if one is not None and other is not None:
                made[i, j] = made[j, i] = resemblance(one, other)
    return made


_work: tuple = ()


def _spread(function, items, workers: int) -> list:
    """Apply a function to all items in forked processes, which share the items."""
    global _work
    _work = (function, items)
    with get_context("fork").Pool(workers) as pool:
        return pool.map(_at, range(len(items)), chunksize=max(1, min(200, len(items) // 8)))


def _at(number: int):
    function, items = _work
    return function(items[number])
