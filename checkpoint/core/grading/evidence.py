"""Which places of an answer are shown as evidence, and where they stand in it."""

from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.verdict import Span


def touch(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether any of some spans shares a character with any of the others."""
    return any(a < d and c < b for a, b in some for c, d in others)


def tightest(hits: list[Hit]) -> list[Hit]:
    """The tightest hit, and a second one from another sentence if it is as good."""
    ranked = sorted(hits, key=lambda h: (-len(h.way.all), h.words[-1] - h.words[0], h.words))
    if not ranked:
        return []
    others = [h for h in ranked[1:] if h.sentence != ranked[0].sentence]
    return ranked[:1] + others[:1]


def spans_of(reading: Reading, hits: list[Hit]) -> tuple[Span, ...]:
    """The clauses that earned it, as offsets into the answer; overlapping ones joined."""
    spans: list[Span] = []
    for hit in hits:
        clauses = [reading.search.clause_of(w) for w in hit.words]
        start = reading.text.clause_span(min(clauses))[0]
        end = reading.text.clause_span(max(clauses))[1]
        spans.append((start, end))
    spans.sort()
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def sentences_at(reading: Reading, spans: tuple[Span, ...]) -> set[int]:
    """The numbers of the sentences that spans of an answer touch."""
    return {n for n in range(len(reading.text.sentences)) if touch((reading.sentence_span(n),), spans)}
