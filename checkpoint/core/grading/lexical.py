"""The lexical grader: concepts that stand together, how they are said, and in which order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from checkpoint.core.grading import claims, order
from checkpoint.core.grading.both import denied_elsewhere, in_one_breath
from checkpoint.core.grading.explanation import Explanation
from checkpoint.core.grading.lexical_features import features_of
from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.modality import speaks_of_chances
from checkpoint.core.grading.reading import Reading, SentenceJudge, read_answer
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric, Way
from checkpoint.core.grading.stance import Stance
from checkpoint.core.grading.terms import Terms
from checkpoint.core.grading.usage import Usage, Used
from checkpoint.core.grading.verdict import (
    CriterionVerdict,
    MisconceptionFound,
    Outcome,
    Span,
    Verdict,
    summed_up,
)

VERSION = "lexical/5"
_RUBRICS_KEPT = 200


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion made ready: by its ways, or without any as the judge of sentences wants it."""

    criterion: Criterion
    ways: tuple[Way, ...]
    against: tuple[Way, ...]
    sentences: Any = None
    chances: bool = False
    """Its right answers say what could or would be: a danger, not a step that is taken."""


@dataclass(frozen=True, slots=True)
class CompiledMisconception:
    """A wrong idea made ready, in the same two manners."""

    misconception: Misconception
    ways: tuple[Way, ...]
    sentences: Any = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rubric made ready for reading answers."""

    rubric: Rubric
    terms: Terms
    criteria: tuple[CompiledCriterion, ...]
    misconceptions: tuple[CompiledMisconception, ...]
    usage: Usage
    contradicting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each misconception the criteria that its own sentences contradict."""
    more: Any = None
    """What a second look has made ready."""


@dataclass(slots=True)
class Judged:
    """The verdicts so far, and the places that speak for each criterion, by its id."""

    verdicts: dict[str, CriterionVerdict]
    places: dict[str, list[Hit]]
    used: Used
    """The answer's sentences held against how the rubric's own put words together."""


class LexicalGrader:
    """Grades by the words of an answer alone. Same answer, same rubric: same verdict.

    >>> from checkpoint.core.grading.grade import grade
    >>> rubric = Rubric(prompt="Why?", criteria=(Criterion(id="a", claim="The lock serialises writers."),))
    >>> grade(LexicalGrader(), rubric, "The lock serialises the writers.").level.value
    'ready'
    """

    name = VERSION

    def __init__(self, judge: SentenceJudge | None = None) -> None:
        self._judge: SentenceJudge = judge or claims.ByWords()
        self._compiled: dict[int, Compiled] = {}
        self._terms: dict[int, tuple[Mapping[str, tuple[str, ...]], Terms]] = {}

    def grade(self, rubric: Rubric, answer: str) -> Verdict:
        compiled = self.compiled(rubric)
        reading = read_answer(rubric, compiled.terms, answer)
        judged = self.judged(compiled, reading)
        self.look_again(compiled, reading, judged)
        broken = _apply_order(compiled, reading, judged)
        found = self._wrong_ideas(compiled, reading, broken)
        self._weigh(compiled, judged, found)
        criteria = tuple(_doubted(v, reading) for v in judged.verdicts.values())
        return summed_up(rubric, criteria, found, _wants_review(reading, criteria), self.name)

    def _weigh(self, compiled: Compiled, judged: Judged, found: tuple[MisconceptionFound, ...]) -> None:
        """Who says an idea and also the wrong idea that contradicts it has decided for neither."""
        for wrong in found:
            for name in compiled.contradicting[wrong.id]:
                verdict = judged.verdicts[name]
                if verdict.outcome is Outcome.MET and not _touch(verdict.evidence, wrong.evidence):
                    evidence = tuple(sorted((*verdict.evidence[:1], *wrong.evidence[:1])))
                    judged.verdicts[name] = replace(
                        verdict,
                        outcome=Outcome.UNSCORED,
                        guess=Outcome.PARTIAL,
                        confidence=0.5,
                        evidence=evidence,
                        reason=Reason.CONFLICT.value,
                    )

    def _contradicted(self, compiled: Compiled, wrong: Misconception) -> frozenset[str]:
        """The criteria that a misconception's own sentences contradict."""
        names: set[str] = set()
        for text in (wrong.claim, *wrong.phrasings):
            verdicts = self.judged(compiled, read_answer(compiled.rubric, compiled.terms, text)).verdicts
            names |= {name for name, one in verdicts.items() if one.outcome is Outcome.CONTRADICTED}
        return frozenset(names - set(wrong.excused_by))

    def features(self, rubric: Rubric, answer: str) -> Explanation:
        """The verdict with what led to it; a grader that sees more adds to this."""
        verdict = self.grade(rubric, answer)
        return features_of(rubric, read_answer(rubric, self.compiled(rubric).terms, answer), verdict)

    def compiled(self, rubric: Rubric) -> Compiled:
        """Kept per rubric object: rubrics are frozen and live as long as the content does."""
        kept = self._compiled.get(id(rubric))
        if kept is None or kept.rubric is not rubric:
            if len(self._compiled) >= _RUBRICS_KEPT:
                self._compiled.clear()
            kept = self._compiled[id(rubric)] = self._compile(rubric)
        return kept

    def judged(self, compiled: Compiled, reading: Reading) -> Judged:
        """What ways, and where there are none the judge of sentences, say about each criterion."""
        made = Judged({}, {}, Used(compiled.usage, reading.text, reading.ranks))
        for one in compiled.criteria:
            name = one.criterion.id
            if one.ways:
                made.verdicts[name], made.places[name] = _by_ways(one, reading, made.used)
            else:
                made.verdicts[name] = self._judge.judge(one.sentences, reading)
                made.places[name] = []
        return made

    def look_again(self, compiled: Compiled, reading: Reading, judged: Judged) -> None:
        """A second look at what the ways left open; the words alone have none."""

    def _compile(self, rubric: Rubric) -> Compiled:
        terms = self._terms_of(rubric)
        criteria = tuple(self._criterion(c, rubric, terms) for c in rubric.criteria)
        for criterion in rubric.criteria:
            for name in (*criterion.before, *criterion.never_before):
                terms.need(name)
        wrong = tuple(self._misconception(m, rubric, terms) for m in rubric.misconceptions)
        made = Compiled(rubric, terms, criteria, wrong, Usage(rubric, terms))
        return replace(
            made, contradicting={one.id: self._contradicted(made, one) for one in rubric.misconceptions}
        )

    def _terms_of(self, rubric: Rubric) -> Terms:
        """A rubric and its held-out copies share their concepts, and so what is made of them."""
        kept = self._terms.get(id(rubric.concepts))
        if kept is None or kept[0] is not rubric.concepts:
            if len(self._terms) >= _RUBRICS_KEPT:
                self._terms.clear()
            kept = self._terms[id(rubric.concepts)] = (rubric.concepts, Terms(rubric))
        return kept[1]

    def _criterion(self, criterion: Criterion, rubric: Rubric, terms: Terms) -> CompiledCriterion:
        ways, against = terms.ways(criterion.ways), terms.ways(criterion.against)
        sentences = None if ways else self._judge.compile(criterion, rubric)
        chances = speaks_of_chances((criterion.claim, *criterion.phrasings, *criterion.examples.met))
        return CompiledCriterion(criterion, ways, against, sentences, chances)

    def _misconception(self, one: Misconception, rubric: Rubric, terms: Terms) -> CompiledMisconception:
        ways = terms.ways(one.ways)
        return CompiledMisconception(one, ways, None if ways else self._judge.compile_wrong(one, rubric))

    def _wrong_ideas(
        self, compiled: Compiled, reading: Reading, broken: Mapping[str, tuple[Span, ...]]
    ) -> tuple[MisconceptionFound, ...]:
        found = (self._wrong_idea(one, reading, broken) for one in compiled.misconceptions)
        return tuple(one for one in found if one)

    def saying_wrong(self, compiled: Compiled, reading: Reading) -> frozenset[int]:
        """The sentences that say a wrong idea which the rubric knows."""
        known = (one.ways for one in compiled.misconceptions if one.ways)
        return frozenset(hit.sentence for ways in known for hit in _affirmed(ways, reading))

    def _wrong_idea(
        self, one: CompiledMisconception, reading: Reading, broken: Mapping[str, tuple[Span, ...]]
    ) -> MisconceptionFound | None:
        known = one.misconception
        if known.raised_by in broken:
            return MisconceptionFound(known.id, 0.8, broken[known.raised_by])
        if not one.ways:
            return self._judge.wrong_idea(one.sentences, reading)
        hits = _affirmed(one.ways, reading)
        return MisconceptionFound(known.id, 0.85, _spans(reading, _best(hits)[:1])) if hits else None


def _touch(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


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


def _affirmed(ways: Iterable[Way], reading: Reading) -> list[Hit]:
    found = []
    for way in ways:
        for hit in reading.search.hits(way, sure_side=True):
            stance = reading.said.of(reading.text, hit.words)
            real = stance is not Stance.REPORTED and not reading.said.is_unreal(reading.text, hit.words)
            if real and (stance is Stance.DENIED) == way.denied:
                found.append(hit)
    return found


def _by_ways(one: CompiledCriterion, reading: Reading, used: Used) -> tuple[CriterionVerdict, list[Hit]]:
    hits = _sort(one, reading)
    against = _affirmed(one.against, reading)
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
        best = _best(found)
        sure = confidence - (0.06 if best and all(h.mistyped for h in best) else 0.0)
        matched = " + ".join(best[0].way.all) if best else ""
        return CriterionVerdict(
            one.criterion.id, outcome, outcome, round(sure, 2), _spans(reading, best), reason.value, matched
        )

    if hits.met:
        if _same_clauses(reading, against, hits.met):
            return made(Outcome.CONTRADICTED, Reason.OPPOSITE, against, 0.7)
        if _elsewhere(reading, opposed, hits.met) or _is_taken_back(hits, reading):
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


def _elsewhere(reading: Reading, opposed: list[Hit], met: list[Hit]) -> bool:
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


def _best(hits: list[Hit]) -> list[Hit]:
    """The tightest hit, and a second one from another sentence if it is as good."""
    ranked = sorted(hits, key=lambda h: (-len(h.way.all), h.words[-1] - h.words[0], h.words))
    if not ranked:
        return []
    others = [h for h in ranked[1:] if h.sentence != ranked[0].sentence]
    return ranked[:1] + others[:1]


def _spans(reading: Reading, hits: list[Hit]) -> tuple[Span, ...]:
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


def _apply_order(compiled: Compiled, reading: Reading, judged: Judged) -> dict[str, tuple[Span, ...]]:
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
            broken[criterion.id] = _spans(reading, [*never[:1], earliest])
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
        found += [h for h in hits if _rank(reading, h) < rank]
    return found


def _steps(reading: Reading, evidence: dict[str, list[Hit]], name: str) -> Iterator[Hit]:
    """Where a concept is a step that is taken, not one that is supposed or spoken of as something else."""
    spoken_of = {w for hits in evidence.values() for h in hits if h.way.denied for w in h.words}
    for hit in reading.search.hits(Way(all=(name,))):
        supposed = any(reading.text.words[w] in reading.said.supposed for w in hit.words)
        if supposed or spoken_of.issuperset(hit.words):
            continue
        if reading.said.of(reading.text, hit.words) is Stance.AFFIRMED:
            yield hit


def _doubted(verdict: CriterionVerdict, reading: Reading) -> CriterionVerdict:
    """What is absent from an answer in another language is not decided."""
    if reading.gates.language and verdict.outcome is not Outcome.UNSCORED:
        return replace(verdict, outcome=Outcome.UNSCORED, confidence=0.3, reason=Reason.OTHER_LANGUAGE.value)
    return verdict


def _wants_review(reading: Reading, criteria: tuple[CriterionVerdict, ...]) -> bool:
    return (
        reading.text.cut
        or bool(reading.gates.language)
        or reading.gates.speaks_to_grader
        or any(v.outcome is Outcome.UNSCORED for v in criteria)
    )
