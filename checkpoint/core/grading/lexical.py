"""The lexical grader: concepts that stand together, how they are said, and in which order."""

from collections.abc import Mapping
from dataclasses import replace

from checkpoint.core.grading import claims
from checkpoint.core.grading.by_ways import affirmed, by_ways
from checkpoint.core.grading.compiled import Compiled, CompiledCriterion, CompiledMisconception, Judged
from checkpoint.core.grading.evidence import sentences_at, spans_of, tightest, touch
from checkpoint.core.grading.explanation import Explanation
from checkpoint.core.grading.late_steps import apply_order
from checkpoint.core.grading.lexical_features import features_of
from checkpoint.core.grading.modality import speaks_of_chances
from checkpoint.core.grading.quantities import Measures
from checkpoint.core.grading.reading import Reading, SentenceJudge, read_answer
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
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

VERSION = "lexical/8"

_RUBRICS_KEPT = 200


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
        _measure(compiled, reading, judged)
        broken = apply_order(compiled, reading, judged)
        found = self._wrong_ideas(compiled, reading, broken)
        self._weigh(compiled, judged, found)
        criteria = tuple(_doubted(v, reading) for v in judged.verdicts.values())
        return summed_up(rubric, criteria, found, _wants_review(reading, criteria), self.name)

    def _weigh(self, compiled: Compiled, judged: Judged, found: tuple[MisconceptionFound, ...]) -> None:
        """Who says an idea and also the wrong idea that contradicts it has decided for neither."""
        for wrong in found:
            for name in compiled.contradicting[wrong.id]:
                verdict = judged.verdicts[name]
                if verdict.outcome is Outcome.MET and not touch(verdict.evidence, wrong.evidence):
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
                made.verdicts[name], made.places[name] = by_ways(one, reading, made.used)
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
        right = (*criterion.phrasings, *criterion.examples.met)
        chances = speaks_of_chances((criterion.claim, *right))
        measures = Measures(criterion.claim, right)
        return CompiledCriterion(criterion, ways, against, measures, sentences, chances)

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
        return frozenset(hit.sentence for ways in known for hit in affirmed(ways, reading))

    def _wrong_idea(
        self, one: CompiledMisconception, reading: Reading, broken: Mapping[str, tuple[Span, ...]]
    ) -> MisconceptionFound | None:
        known = one.misconception
        if known.raised_by in broken:
            return MisconceptionFound(known.id, 0.8, broken[known.raised_by])
        if not one.ways:
            return self._judge.wrong_idea(one.sentences, reading)
        hits = affirmed(one.ways, reading)
        return MisconceptionFound(known.id, 0.85, spans_of(reading, tightest(hits)[:1])) if hits else None


def _measure(compiled: Compiled, reading: Reading, judged: Judged) -> None:
    """Who says it with another number than the right one has it from somewhere else, or by heart."""
    for one in compiled.criteria:
        name = one.criterion.id
        verdict = judged.verdicts[name]
        if verdict.outcome is not Outcome.MET:
            continue
        said = {hit.sentence for hit in judged.places[name]} or sentences_at(reading, verdict.evidence)
        if said and all(one.measures.differ(reading.text, number) for number in said):
            judged.verdicts[name] = replace(
                verdict,
                outcome=Outcome.UNSCORED,
                guess=Outcome.MISSING,
                confidence=0.6,
                reason=Reason.MEASURED.value,
            )


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
