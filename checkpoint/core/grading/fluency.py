"""How unlikely it is that people put words in such an order: lists, glued keywords, shuffled answers.

Only the kinds of neighbouring words are looked at, never what they mean. `transitions.py` holds what each
pair weighs: fitted to tell answers and prose, terse and faulty ones included, from the same words shuffled,
listed and glued together.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from checkpoint.core.grading.kinds import CLASS, CLASSES, KINDS, NUMBER, kinds
from checkpoint.core.grading.text import Sentence, Text
from checkpoint.core.grading.transitions import BASE, NEXT, NEXT_BUT_ONE, STEP, THREE, ZERO

Table = tuple[tuple[float, ...], ...]


def _table(lines: str, rows: int, width: int) -> Table:
    """A sign for each weight; of triples a row for each first two."""
    table = tuple(tuple(STEP * (ord(sign) - ord(ZERO)) for sign in line) for line in lines.split())
    if len(table) != rows or any(len(row) != width for row in table):
        raise ValueError("transitions.py was fitted to other kinds of words; fit it again")
    return table


_SIZE = len(CLASSES)
_NEXT = _table(NEXT, len(KINDS), len(KINDS))
_NEXT_BUT_ONE = _table(NEXT_BUT_ONE, len(KINDS), len(KINDS))
_THREE = _table(THREE, _SIZE * _SIZE, _SIZE)


def unlikely(text: Text, sentences: Iterable[Sentence]) -> float:
    """Log-odds that the words of these sentences are in no order; of few words it is never sure."""
    total, pairs = 0.0, 0
    for one in sentences:
        numbers = [NUMBER[name] for name in kinds(text, one)]
        pairs += len(numbers) - 1
        total += sum(_NEXT[a][b] for a, b in pairwise(numbers))
        total += sum(_NEXT_BUT_ONE[a][b] for a, b in zip(numbers, numbers[2:], strict=False))
        classes = [CLASS[number] for number in numbers]
        total += sum(
            _THREE[a * _SIZE + b][c] for a, b, c in zip(classes, classes[1:], classes[2:], strict=False)
        )
    return BASE + scale(pairs) * total


def scale(pairs: int) -> float:
    """Longer texts are surer, but not in proportion: their words hang together."""
    return 5.0 / math.sqrt(max(pairs, 8))


def runs(text: Text) -> Iterator[list[int]]:
    """Sentences to be judged together: long ones alone, short neighbours as one."""
    run: list[int] = []
    for number, sentence in enumerate(text.sentences):
        size = sum(text.tokens[i].word for i in range(sentence.first, sentence.last))
        if size < 8:
            run.append(number)
            continue
        if run:
            yield run
        run = []
        yield [number]
    if run:
        yield run
