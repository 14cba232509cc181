"""The lexical grader: concepts that stand together, how they are said, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checkpoint.core.grading import claims, order
from checkpoint.core.grading.gates import Gates, content_stems, gates
from checkpoint.core.grading.matchers import Hit, Search, Terms
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric, Way
from checkpoint.core.grading.sides import sides_of
from checkpoint.core.grading.stance import Stance, Stances, stances
from checkpoint.core.grading.text import Text, read
from checkpoint.core.grading.verdict import (
    CriterionVerdict,
    MisconceptionFound,
    Outcome,
    Span,
    Verdict,
    summed_up,
)

VERSION = "lexical/1"
_RUBRICS_KEPT = 200


@dataclass(frozen=True, slots=True)
class _CompiledCriterion:
    criterion: Criterion
    ways: tuple[Way, ...]
    against: tuple[Way, ...]
    claims: claims.Claims


@dataclass(frozen=True, slots=True)
class _Compiled:
    rubric: Rubric
    terms: Terms
    criteria: tuple[_CompiledCriterion, ...]
    misconceptions: tuple[tuple[Misconception, tuple[Way, ...], claims.Claims], ...]


@dataclass(slots=True)
class _Reading:
    """One answer with everything that is found out about it once."""

    text: Text
    gates: Gates
    said: Stances
    search: Search
    ranks: list[float]


class LexicalGrader:
    """Grades by the words of an answer alone. Same answer, same rubric: same verdict.

    >>> from checkpoint.core.grading.grade import grade
    >>> rubric = Rubric(prompt="Why?", criteria=(Criterion(id="a", claim="The lock serialises writers."),))
    >>> grade(LexicalGrader(), rubric, "The lock serialises the writers.").level.value
    'ready'
    """

    name = VERSION

    def __init__(self) -> None:
        self._compiled: dict[int, _Compiled] = {}

    def grade(self, rubric: Rubric, answer: str) -> Verdict:
        compiled = self._compile(rubric)
        reading = _read(compiled, answer)
        judged: dict[str, CriterionVerdict] = {}
        evidence: dict[str, list[Hit]] = {}
        for one in compiled.criteria:
            judged[one.criterion.id], evidence[one.criterion.id] = _judge(one, reading)
        broken = _apply_order(compiled, reading, judged, evidence)
        found = _misconceptions(compiled, reading, broken)
        criteria = tuple(_doubted(v, reading) for v in judged.values())
        return summed_up(rubric, criteria, found, _wants_review(reading, criteria), self.name)

    def _compile(self, rubric: Rubric) -> _Compiled:
        """Kept per rubric object: rubrics are frozen and live as long as the content does."""
        kept = self._compiled.get(id(rubric))
        if kept is None or kept.rubric is not rubric:
            if len(self._compiled) >= _RUBRICS_KEPT:
                self._compiled.clear()
            kept = self._compiled[id(rubric)] = _compile(rubric)
        return kept


def _compile(rubric: Rubric) -> _Compiled:
    terms = Terms(rubric)
    asked = content_stems(read(rubric.prompt))
    criteria = tuple(
        _CompiledCriterion(c, terms.ways(c.ways), terms.ways(c.against), claims.compiled(c, rubric, asked))
        for c in rubric.criteria
    )
    for criterion in rubric.criteria:
        for name in (*criterion.before, *criterion.never_before):
            terms.need(name)
    wrong = tuple(
        (m, terms.ways(m.ways), claims.compiled_wrong(m, rubric, asked)) for m in rubric.misconceptions
    )
    return _Compiled(rubric, terms, criteria, wrong)


def _read(compiled: _Compiled, answer: str) -> _Reading:
    text = read(answer)
    gated = gates(text, compiled.rubric.prompt)
    search = Search(compiled.terms, text, list(gated.usable), sides_of(text, compiled.rubric.sides))
    return _Reading(text, gated, stances(text), search, order.ranks(text))


@dataclass(slots=True)
class _Sorted:
    """The hits of some ways by how they were said."""

    met: list[Hit]
    partial: list[Hit]
    hedged: list[Hit]
    opposed: list[Hit]


def _sort(ways: Iterable[Way], reading: _Reading) -> _Sorted:
    made = _Sorted([], [], [], [])
    for way in ways:
        for hit in reading.search.hits(way):
            stance = reading.said.of(reading.text, hit.words)
            if stance is Stance.REPORTED:
                continue
            denied = stance is Stance.DENIED
            if denied != way.denied:
                if not way.firm and not way.partial and _in_one_clause(reading, hit):
                    made.opposed.append(hit)
            elif reading.said.is_guess(reading.text, hit.words):
                made.hedged.append(hit)
            elif way.partial:
                made.partial.append(hit)
            else:
                made.met.append(hit)
    return made


def _in_one_clause(reading: _Reading, hit: Hit) -> bool:
    """Only what is denied in one breath is taken for the opposite of an idea."""
    return len({reading.search.clause_of(w) for w in hit.words}) == 1


def _affirmed(ways: Iterable[Way], reading: _Reading) -> list[Hit]:
    found = []
    for way in ways:
        for hit in reading.search.hits(way, sure_side=True):
            stance = reading.said.of(reading.text, hit.words)
            if stance is not Stance.REPORTED and (stance is Stance.DENIED) == way.denied:
                found.append(hit)
    return found


def _judge(one: _CompiledCriterion, reading: _Reading) -> tuple[CriterionVerdict, list[Hit]]:
    if not one.ways:
        return claims.judge(one.criterion, one.claims, reading.text, reading.gates, reading.said), []
    hits = _sort(one.ways, reading)
    against = _affirmed(one.against, reading)
    supporting = {w for h in hits.met for w in h.words}
    opposed = against + [h for h in hits.opposed if not supporting & set(h.words)]
    made = _verdict(one, reading, hits, opposed, against)
    return made, hits.met or hits.partial or hits.hedged


def _verdict(
    one: _CompiledCriterion, reading: _Reading, hits: _Sorted, opposed: list[Hit], against: list[Hit]
) -> CriterionVerdict:
    def made(outcome: Outcome, reason: Reason, found: list[Hit], confidence: float) -> CriterionVerdict:
        best = _best(found)
        sure = confidence - (0.06 if best and all(h.mistyped for h in best) else 0.0)
        matched = " + ".join(best[0].way.all) if best else ""
        return CriterionVerdict(
            one.criterion.id, outcome, outcome, round(sure, 2), _spans(reading, best), reason.value, matched
        )

    if hits.met:
        if _same_clauses(reading, against, hits.met):
            return made(Outcome.CONTRADICTED, Reason.OPPOSITE, against, 0.7)
        if _elsewhere(reading, opposed, hits.met):
            guess = Outcome.CONTRADICTED if against else Outcome.PARTIAL
            both = made(guess, Reason.CONFLICT, hits.met[:1] + opposed[:1], 0.5)
            return replace(both, outcome=Outcome.UNSCORED)
        return made(Outcome.MET, Reason.SAID, hits.met, _met_confidence(hits.met))
    if against or (opposed and not hits.partial):
        return made(Outcome.CONTRADICTED, Reason.OPPOSITE, against or opposed, 0.85 if against else 0.75)
    if hits.partial:
        return made(Outcome.PARTIAL, Reason.HALF, hits.partial, 0.75)
    if hits.hedged:
        return made(Outcome.PARTIAL, Reason.HEDGED, hits.hedged, 0.75)
    return made(Outcome.MISSING, Reason.ABSENT, [], 0.97 - 0.35 * _nearness(one.ways, reading))


def _nearness(ways: tuple[Way, ...], reading: _Reading) -> float:
    """The largest share of a way's concepts that the answer mentions at all."""
    shares = [sum(bool(reading.search.concept(name)) for name in way.all) / len(way.all) for way in ways]
    return max(shares, default=0.0)


def _met_confidence(met: list[Hit]) -> float:
    concepts = max(len(h.way.all) for h in met)
    ways = len({h.way for h in met})
    return min(0.97, 0.82 + 0.04 * min(concepts, 3) + 0.02 * min(ways, 3))


def _elsewhere(reading: _Reading, opposed: list[Hit], met: list[Hit]) -> bool:
    """Whether something in another clause takes the idea back."""
    clauses = {reading.search.clause_of(w) for h in met for w in h.words}
    return any(
        not clauses & {reading.search.clause_of(w) for w in h.words} for h in opposed if not h.way.firm
    )


def _same_clauses(reading: _Reading, against: list[Hit], met: list[Hit]) -> bool:
    """Whether wherever the idea is said it is also turned round."""
    clauses = {reading.search.clause_of(w) for h in against for w in h.words}
    return all(clauses & {reading.search.clause_of(w) for w in h.words} for h in met)


def _best(hits: list[Hit]) -> list[Hit]:
    """The tightest hit, and a second one from another sentence if it is as good."""
    ranked = sorted(hits, key=lambda h: (-len(h.way.all), h.words[-1] - h.words[0], h.words))
    if not ranked:
        return []
    others = [h for h in ranked[1:] if h.sentence != ranked[0].sentence]
    return ranked[:1] + others[:1]


def _spans(reading: _Reading, hits: list[Hit]) -> tuple[Span, ...]:
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


def _apply_order(
    compiled: _Compiled,
    reading: _Reading,
    judged: dict[str, CriterionVerdict],
    evidence: dict[str, list[Hit]],
) -> dict[str, tuple[Span, ...]]:
    """Halve steps that come too late; returns the criteria whose order is broken, with the place."""
    broken: dict[str, tuple[Span, ...]] = {}
    for one in compiled.criteria:
        criterion = one.criterion
        verdict = judged[criterion.id]
        if verdict.outcome is not Outcome.MET or not (criterion.before or criterion.never_before):
            continue
        own = evidence[criterion.id]
        rank = min(_rank(reading, h) for h in own)
        earliest = min(own, key=lambda h: _rank(reading, h))
        firm = any(order.is_firm(reading.text, [reading.text.words[w] for w in h.words]) for h in own)
        never = _earlier(reading, evidence, criterion.never_before, rank, earliest)
        late = never or ([] if firm else _earlier(reading, evidence, criterion.before, rank, earliest))
        if not late:
            continue
        judged[criterion.id] = replace(
            verdict,
            outcome=Outcome.PARTIAL,
            guess=Outcome.PARTIAL,
            confidence=0.7,
            reason=Reason.OUT_OF_ORDER.value,
        )
        if never:
            broken[criterion.id] = _spans(reading, [*never[:1], earliest])
    return broken


def _rank(reading: _Reading, hit: Hit) -> float:
    return min(reading.ranks[reading.text.words[w]] for w in hit.words)


def _earlier(
    reading: _Reading,
    evidence: dict[str, list[Hit]],
    names: Iterable[str],
    rank: float,
    own: Hit,
) -> list[Hit]:
    """Steps among `names` (criterion ids, concepts) that the answer puts before `rank`."""
    found: list[Hit] = []
    for name in names:
        if name in evidence:
            hits = [
                h for h in evidence[name] if h.sentence != own.sentence or not set(h.words) & set(own.words)
            ]
        else:
            way = Way(all=(name,))
            hits = [
                h
                for h in reading.search.hits(way)
                if reading.said.of(reading.text, h.words) is Stance.AFFIRMED
            ]
        found += [h for h in hits if _rank(reading, h) < rank]
    return found


def _misconceptions(
    compiled: _Compiled, reading: _Reading, broken: dict[str, tuple[Span, ...]]
) -> tuple[MisconceptionFound, ...]:
    found = []
    for misconception, ways, wrong in compiled.misconceptions:
        if misconception.raised_by in broken:
            found.append(MisconceptionFound(misconception.id, 0.8, broken[misconception.raised_by]))
            continue
        if not ways:
            one = claims.wrong_idea(misconception, wrong, reading.text, reading.gates, reading.said)
            if one:
                found.append(one)
            continue
        hits = _affirmed(ways, reading)
        if hits:
            best = _best(hits)
            found.append(MisconceptionFound(misconception.id, 0.85, _spans(reading, best[:1])))
    return tuple(found)


def _doubted(verdict: CriterionVerdict, reading: _Reading) -> CriterionVerdict:
    """What is absent from an answer in another language is not decided."""
    if reading.gates.language and verdict.outcome is not Outcome.UNSCORED:
        return replace(verdict, outcome=Outcome.UNSCORED, confidence=0.3, reason=Reason.OTHER_LANGUAGE.value)
    return verdict


def _wants_review(reading: _Reading, criteria: tuple[CriterionVerdict, ...]) -> bool:
    return (
        reading.text.cut
        or bool(reading.gates.language)
        or reading.gates.speaks_to_grader
        or any(v.outcome is Outcome.UNSCORED for v in criteria)
    )
