"""What the ways of a criterion say about it: where they are met, and how that is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checkpoint.core.grading.both import denied_elsewhere, in_one_breath
from checkpoint.core.grading.compiled import CompiledCriterion
from checkpoint.core.grading.evidence import spans_of, tightest
from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Way
from checkpoint.core.grading.stance import Stance
from checkpoint.core.grading.usage import Used
from checkpoint.core.grading.verdict import CriterionVerdict, Outcome


@dataclass(slots=True)
class _Sorted:
    """The hits of some ways by how they were said."""

    met: list[Hit]
    partial: list[Hit]
    hedged: list[Hit]
    opposed: list[Hit]
    denied: list[Hit]
    """Those that are opposed, and those whose denial by itself says nothing about the idea."""
    disowned: list[Hit]


def _sort(one: CompiledCriterion, reading: Reading) -> _Sorted:
    made = _Sorted([], [], [], [], [], [])
    taken_back: set[int] = set()
    for way in one.ways:
        for hit in reading.search.hits(way):
            stance = reading.said.of(reading.text, hit.words)
            dreamt = not one.chances and reading.said.is_dreamt(reading.text, hit.words)
            if dreamt or stance is Stance.REPORTED:
                made.disowned.append(hit)
                continue
            whole = reading.said.denied_as_a_whole(reading.text, hit.words)
            if (stance is Stance.DENIED) != way.denied:
                made.denied.append(hit)
                if whole:
                    taken_back.add(hit.sentence)
                if not way.firm and not way.partial and _in_one_clause(reading, hit):
                    made.opposed.append(hit)
            elif not way.denied and reading.said.is_unsaid(reading.text, hit.words):
                made.denied.append(hit)
            elif _is_guess(one, reading, hit):
                made.hedged.append(hit)
            elif way.partial:
                made.partial.append(hit)
            else:
                made.met.append(hit)
    return _without(taken_back, made, reading) if taken_back else made


def _is_guess(one: CompiledCriterion, reading: Reading, hit: Hit) -> bool:
    """Whether a hit is only guessed, or only imagined where right answers tell what is done."""
    if reading.said.is_guess(reading.text, hit.words):
        return True
    return not one.chances and reading.said.is_imagined(reading.text, hit.words)


def _without(taken_back: set[int], made: _Sorted, reading: Reading) -> _Sorted:
    """Who says an idea and denies the whole sentence has not said it by the sentence's own negations."""

    def kept(hits: list[Hit]) -> list[Hit]:
        return [
            h
            for h in hits
            if h.sentence not in taken_back or not reading.said.denied_as_a_whole(reading.text, h.words)
        ]

    return replace(made, met=kept(made.met), partial=kept(made.partial), hedged=kept(made.hedged))


def _in_one_clause(reading: Reading, hit: Hit) -> bool:
    """Only what is denied in one breath is taken for the opposite of an idea."""
    return len({reading.search.clause_of(w) for w in hit.words}) == 1


def affirmed(ways: Iterable[Way], reading: Reading) -> list[Hit]:
    """Where an answer says one of the ways as its own claim, on the side that the way is about.

    A wrong idea is often one that stops too soon: whoever doesn't just do that hasn't said it.
    """
    found = []
    for way in ways:
        for hit in reading.search.hits(way, sure_side=True):
            stance = reading.said.of(reading.text, hit.words)
            real = stance is not Stance.REPORTED and not reading.said.is_unreal(reading.text, hit.words)
            halfway = reading.said.is_surpassed(reading.text, hit.words)
            if real and not halfway and (stance is Stance.DENIED) == way.denied:
                found.append(hit)
    return found


def by_ways(one: CompiledCriterion, reading: Reading, used: Used) -> tuple[CriterionVerdict, list[Hit]]:
    hits = _sort(one, reading)
    against = affirmed(one.against, reading)
    supporting = {w for h in hits.met for w in h.words}
    opposed = against + [h for h in hits.opposed if not supporting & set(h.words)]
    made = _verdict(one, reading, hits, opposed, against)
    if made.outcome is Outcome.MET:
        made = _held_against(used, made, hits.met)
    return made, hits.met or hits.partial or hits.hedged


def _held_against(used: Used, verdict: CriterionVerdict, met: list[Hit]) -> CriterionVerdict:
    """The right words make no met where they are only glued together, or the wrong one acts."""
    wrong_ways = (
        (used.is_odd, Reason.ODD),
        (used.is_exchanged, Reason.EXCHANGED),
        (used.is_misplaced, Reason.EXCHANGED),
        (used.is_reversed, Reason.REVERSED),
    )
    for is_wrong, reason in wrong_ways:
        if all(is_wrong(hit) for hit in met):
            undecided, missing = Outcome.UNSCORED, Outcome.MISSING
            return replace(verdict, outcome=undecided, guess=missing, confidence=0.6, reason=reason.value)
    return verdict


def _verdict(
    one: CompiledCriterion, reading: Reading, hits: _Sorted, opposed: list[Hit], against: list[Hit]
) -> CriterionVerdict:
    def made(outcome: Outcome, reason: Reason, found: list[Hit], confidence: float) -> CriterionVerdict:
        best = tightest(found)
        sure = confidence - (0.06 if best and all(h.mistyped for h in best) else 0.0)
        matched = " + ".join(best[0].way.all) if best else ""
        return CriterionVerdict(
            one.criterion.id, outcome, outcome, round(sure, 2), spans_of(reading, best), reason.value, matched
        )

    if hits.met:
        if _same_clauses(reading, against, hits.met):
            return made(Outcome.CONTRADICTED, Reason.OPPOSITE, against, 0.7)
        if _is_opposed_elsewhere(reading, opposed, hits.met) or _is_taken_back(hits, reading):
            guess = Outcome.CONTRADICTED if against else Outcome.PARTIAL
            both = made(guess, Reason.CONFLICT, hits.met[:1] + (opposed or hits.denied)[:1], 0.5)
            return replace(both, outcome=Outcome.UNSCORED)
        return made(Outcome.MET, Reason.SAID, hits.met, _met_confidence(hits.met))
    if against or (opposed and not hits.partial):
        return made(Outcome.CONTRADICTED, Reason.OPPOSITE, against or opposed, 0.85 if against else 0.75)
    if hits.partial:
        return made(Outcome.PARTIAL, Reason.HALF, hits.partial, 0.75)
    if hits.hedged:
        return made(Outcome.PARTIAL, Reason.HEDGED, hits.hedged, 0.75)
    unsure = 0.97 - 0.35 * _nearness(one.ways, reading)
    if hits.disowned:
        return made(Outcome.MISSING, Reason.DISOWNED, hits.disowned[:1], unsure)
    if hits.denied:
        return made(Outcome.MISSING, Reason.DENIED, hits.denied[:1], unsure)
    return made(Outcome.MISSING, Reason.ABSENT, [], unsure)


def _nearness(ways: tuple[Way, ...], reading: Reading) -> float:
    """The largest share of a way's concepts that the answer mentions at all."""
    return max(map(reading.search.share, ways), default=0.0)


def _met_confidence(met: list[Hit]) -> float:
    concepts = max(len(h.way.all) for h in met)
    ways = len({h.way for h in met})
    return min(0.97, 0.82 + 0.04 * min(concepts, 3) + 0.02 * min(ways, 3))


def _is_opposed_elsewhere(reading: Reading, opposed: list[Hit], met: list[Hit]) -> bool:
    """Whether something in another clause takes the idea back."""
    clauses = {reading.search.clause_of(w) for h in met for w in h.words}
    return any(
        not clauses & {reading.search.clause_of(w) for w in h.words} for h in opposed if not h.way.firm
    )


def _is_taken_back(hits: _Sorted, reading: Reading) -> bool:
    """Whether the answer says the opposite too: beside it, in one breath, in the same words or in others."""
    if _beside(hits, reading) or _said_twice(hits, reading) or denied_elsewhere(reading, hits.met):
        return True
    torn = in_one_breath(reading.text)
    return bool(torn) and all(any(reading.text.words[w] in torn for w in h.words) for h in hits.met)


def _beside(hits: _Sorted, reading: Reading) -> bool:
    """Whether the very same is said and denied one after the other: "it does A, and it does not do A"."""
    return any(
        (one.words[-1] < other.words[0] or other.words[-1] < one.words[0])
        and one.way == other.way
        and _stems(one, reading) == _stems(other, reading)
        for one in hits.met
        for other in hits.denied
    )


def _said_twice(hits: _Sorted, reading: Reading) -> bool:
    """Whether all that says it stands in sentences that the answer also has with a negation."""
    return all(hit.sentence in reading.said.opposites for hit in hits.met)


def _stems(hit: Hit, reading: Reading) -> set[str]:
    return {reading.text.tokens[reading.text.words[w]].stem for w in hit.words}


def _same_clauses(reading: Reading, against: list[Hit], met: list[Hit]) -> bool:
    """Whether wherever the idea is said it is also turned round."""
    clauses = {reading.search.clause_of(w) for h in against for w in h.words}
    return all(clauses & {reading.search.clause_of(w) for w in h.words} for h in met)
