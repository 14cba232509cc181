"""Steps that an answer puts too late, by the order that a rubric asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checkpoint.core.grading import order
from checkpoint.core.grading.compiled import Compiled, Judged
from checkpoint.core.grading.evidence import spans_of
from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Way
from checkpoint.core.grading.stance import Stance
from checkpoint.core.grading.verdict import Outcome, Span


def apply_order(compiled: Compiled, reading: Reading, judged: Judged) -> dict[str, tuple[Span, ...]]:
    """Halve steps that come too late; returns the criteria whose order is broken, with the place."""
    broken: dict[str, tuple[Span, ...]] = {}
    evidence = judged.places
    for one in compiled.criteria:
        criterion = one.criterion
        verdict = judged.verdicts[criterion.id]
        if verdict.outcome is not Outcome.MET or not (criterion.before or criterion.never_before):
            continue
        own = evidence[criterion.id]
        if not own:
            continue
        rank = min(_rank(reading, h) for h in own)
        earliest = min(own, key=lambda h: _rank(reading, h))
        firm = any(order.is_firm(reading.text, [reading.text.words[w] for w in h.words]) for h in own)
        never = _earlier(reading, evidence, criterion.never_before, rank, earliest)
        late = never or ([] if firm else _earlier(reading, evidence, criterion.before, rank, earliest))
        if not late:
            continue
        judged.verdicts[criterion.id] = replace(
            verdict,
            outcome=Outcome.PARTIAL,
            guess=Outcome.PARTIAL,
            confidence=0.7,
            reason=Reason.OUT_OF_ORDER.value,
        )
        if never:
            broken[criterion.id] = spans_of(reading, [*never[:1], earliest])
    return broken


def _rank(reading: Reading, hit: Hit) -> float:
    return min(reading.ranks[reading.text.words[w]] for w in hit.words)


def _earlier(
    reading: Reading,
    evidence: dict[str, list[Hit]],
    names: Iterable[str],
    rank: float,
    own: Hit,
) -> list[Hit]:
    """Steps among `names` (criterion ids, concepts) that the answer puts before `rank`."""
    found: list[Hit] = []
    for name in names:
        hits = (
            (h for h in evidence[name] if h.sentence != own.sentence or not set(h.words) & set(own.words))
            if name in evidence
            else _steps(reading, evidence, name)
        )
        found += [h for h in hits if _rank(reading, h) < rank and not _is_surpassed(reading, h)]
    return found


def _is_surpassed(reading: Reading, hit: Hit) -> bool:
    """ "I don't just delete it, I …" tells no order."""
    return reading.said.is_surpassed(reading.text, hit.words)


def _steps(reading: Reading, evidence: dict[str, list[Hit]], name: str) -> Iterator[Hit]:
    """Where a concept is a step that is taken, not one that is supposed or spoken of as something else."""
    spoken_of = {w for hits in evidence.values() for h in hits if h.way.denied for w in h.words}
    for hit in reading.search.hits(Way(all=(name,))):
        supposed = any(reading.text.words[w] in reading.said.supposed for w in hit.words)
        if supposed or spoken_of.issuperset(hit.words):
            continue
        if reading.said.of(reading.text, hit.words) is Stance.AFFIRMED:
            yield hit
