"""Where an answer's evidence stands: the text cut into plain and marked pieces that never nest."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from checkpoint.core.grading.verdict import Span
from checkpoint.selfcheck.shown import Shown

SIGNALS = {"met": "met", "partial": "part", "missing": "miss", "contradicted": "miss", "unscored": "hold"}
"""The design's signal for each outcome; a contradiction shows as missing, with a correction."""
SPOKEN = {
    "met": "met",
    "partial": "partly met",
    "missing": "missing",
    "contradicted": "missing",
    "unscored": "not decided",
}
STRONGEST = ("miss", "met", "part", "hold")
"""Which signal a piece shows that is evidence for several things."""

# Control characters are shown by their pictures, one for one, so that offsets stay right.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | {127: 0x2421}


@dataclass(frozen=True, slots=True)
class Ref:
    """A small link after a mark to the criterion or correction it is evidence for."""

    href: str
    text: str
    label: str
    fix: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer. `number` is 0 for plain text; marks count from 1 in reading order."""

    text: str
    number: int = 0
    signal: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The whole answer in pieces, and the first mark of each criterion and correction by its href."""

    pieces: tuple[Piece, ...]
    first: dict[str, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the answer and what it is evidence for."""

    start: int
    end: int
    ref: Ref
    signal: str


def visible(text: str) -> str:
    """The same text with its control characters made visible.

    >>> visible("a\\x07b")
    'a␇b'
    """
    return text.translate(_PICTURES)


def mark(answer: str, shown: Shown) -> Marked:
    """An answer as its learner is shown it."""
    return cut(answer, _evidence(answer, shown))


def cut(answer: str, found: Iterable[Evidence]) -> Marked:
    """Cut an answer at the evidence's borders; where two overlap, one piece carries both."""
    evidence = list(found)
    borders = sorted({0, len(answer), *(e.start for e in evidence), *(e.end for e in evidence)})
    pieces: list[Piece] = []
    first: dict[str, int] = {}
    number = 0
    for start, end in pairwise(borders):
        here = [e for e in evidence if e.start <= start and end <= e.end]
        text = visible(answer[start:end])
        if not here:
            pieces.append(Piece(text))
            continue
        gap = len(text) - len(text.lstrip())
        if gap:
            # The space between two marks of one sentence belongs to neither.
            pieces.append(Piece(text[:gap]))
            text = text[gap:]
        if not text:
            continue
        number += 1
        for e in here:
            first.setdefault(e.ref.href, number)
        signal = min((e.signal for e in here), key=STRONGEST.index)
        refs = tuple(e.ref for e in here if e.end == end)
        pieces.append(Piece(text, number, signal, refs))
    return Marked(tuple(pieces), first)


def _evidence(answer: str, shown: Shown) -> Iterable[Evidence]:
    """Criteria in the rubric's order, then corrections; a contradiction is marked by its correction."""
    corrected = {correction.id for correction in shown.corrections}
    for criterion in (*shown.required, *shown.beyond):
        if criterion.id in corrected or criterion.outcome == "missing":
            continue
        ref = Ref(
            f"#c-{criterion.number}",
            str(criterion.number),
            f"Criterion {criterion.number}, {SPOKEN[criterion.outcome]}",
        )
        yield from evidence_at(answer, criterion.evidence, ref, SIGNALS[criterion.outcome])
    for number, correction in enumerate(shown.corrections, start=1):
        ref = Ref(f"#fix-{number}", correction.letter, f"Correction {correction.letter}", fix=True)
        yield from evidence_at(answer, correction.evidence, ref, "miss")


def evidence_at(answer: str, evidence: tuple[Span, ...], ref: Ref, signal: str) -> Iterable[Evidence]:
    """Each span in whole words, inside the answer."""
    for start, end in sorted(evidence):
        start, end = _trimmed(answer, max(0, start), min(len(answer), end))
        if start < end:
            yield Evidence(start, end, ref, signal)


def _trimmed(answer: str, start: int, end: int) -> Span:
    """Whole words with their closing punctuation, so that near-equal spans become equal.

    >>> _trimmed("a. Then b. ", 3, 9)
    (3, 10)
    """
    if not any(character.isalnum() for character in answer[start:end]):
        return start, end
    while answer[start].isspace() or answer[start] in ".,;:!?-–—•*)]}":
        start += 1
    while end > start and answer[end - 1].isspace():
        end -= 1
    while end < len(answer) and answer[end] in ".,;:!?":
        end += 1
    return start, end
