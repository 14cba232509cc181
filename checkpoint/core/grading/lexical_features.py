"""What the words of an answer did for each criterion: ways, stances, gates and order, in sentences."""

from collections.abc import Iterable, Iterator

from checkpoint.core.grading.explanation import Explanation, Feature, Speaks
from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Rubric, Way
from checkpoint.core.grading.stance import Stance
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Outcome, Span, Verdict

MOST_SAID, MOST_NEAR = 4, 3
"""So many ways that are said, and so many that come nearest, are told of."""

_GATES = {
    "speaks_to_grader": "it speaks to the grader",
    "echo": "it repeats the question",
    "keywords": "it lists words without saying anything about them",
    "salad": "its words are out of order",
    "nonsense": "its words make no sentence",
    "copied": "it repeats a sentence that the page shows",
}
"""Why a sentence may not count, by the name of the gate."""
_PULLS = {Outcome.MET: Speaks.FOR, Outcome.PARTIAL: Speaks.FOR, Outcome.CONTRADICTED: Speaks.AGAINST}
_WHERE = {"clause": "clause", "sentence": "sentence", "passage": "two sentences", "answer": "answer"}


def features_of(rubric: Rubric, reading: Reading, verdict: Verdict) -> Explanation:
    """The verdict with what the ways of every criterion and misconception found or missed.

    `reading` is the answer read for this rubric, its concepts made ready.
    """
    verdicts = {one.id: one for one in verdict.criteria}
    found = {one.id: one for one in verdict.misconceptions}
    return Explanation(
        verdict,
        tuple(_of_the_answer(reading)),
        {c.id: tuple(_of_a_criterion(c, reading, verdicts[c.id])) for c in rubric.criteria},
        {
            m.id: tuple(_of_a_misconception(_long(reading, m.ways), reading, found.get(m.id)))
            for m in rubric.misconceptions
        },
    )


# --- The answer as a whole --------------------------------------------------------------


def _of_the_answer(reading: Reading) -> Iterator[Feature]:
    gates = reading.gates
    closed = [number for number, usable in enumerate(gates.usable) if not usable]
    if closed:
        whys = [why for name, why in _GATES.items() if getattr(gates, name, False)]
        why = ", or ".join(whys) or "it is no evidence"
        places = tuple(_sentence(reading, number) for number in closed)
        many = "One sentence doesn’t" if len(closed) == 1 else f"{len(closed)} sentences don’t"
        yield Feature("gate", f"{many} count: {why}.", Speaks.AGAINST, places)
    if gates.language:
        says = f"A good part is in another language ({gates.language}): nothing is decided."
        yield Feature("language", says, Speaks.AGAINST)
    if reading.text.cut:
        yield Feature("length", "Only the beginning was read; the rest is left to a person.")
    if reading.search.mistyped:
        words = sorted({reading.text.tokens[reading.text.words[w]].text for w in reading.search.mistyped})
        listed = ", ".join(f"“{word}”" for word in words[:8])
        yield Feature("spelling", f"Read as mistyped words of the rubric: {listed}.")


def _sentence(reading: Reading, number: int) -> Span:
    sentence = reading.text.sentences[number]
    return reading.text.tokens[sentence.first].start, reading.text.tokens[sentence.last - 1].end


# --- A criterion ------------------------------------------------------------------------


def _of_a_criterion(criterion: Criterion, reading: Reading, verdict: CriterionVerdict) -> Iterator[Feature]:
    if not criterion.ways:
        speaks = _PULLS.get(verdict.guess, Speaks.NEITHER)
        yield Feature("likeness", _by_sentences(verdict), speaks, verdict.evidence)
        return
    ways = _long(reading, criterion.ways)
    yield from _said(ways, reading)
    yield from _opposed(_long(reading, criterion.against), reading)
    if verdict.reason == Reason.OUT_OF_ORDER:
        steps = ", ".join((*criterion.never_before, *criterion.before))
        yield Feature("order", f"One of these comes before it: {steps}.", Speaks.AGAINST, verdict.evidence)
    yield from _near(ways, reading)


def _by_sentences(verdict: CriterionVerdict) -> str:
    nearest = f" The nearest is “{verdict.matched}”." if verdict.matched else ""
    return f"It has no ways: its claim, phrasings and marked answers decide.{nearest}"


def _of_a_misconception(
    ways: tuple[Way, ...], reading: Reading, found: MisconceptionFound | None
) -> Iterator[Feature]:
    if ways:
        yield from _said(ways, reading)
        yield from _near(ways, reading, most=1)
    elif found:
        yield Feature("likeness", "A sentence says this without taking it back.", Speaks.FOR, found.evidence)


# --- Ways -------------------------------------------------------------------------------


def _long(reading: Reading, ways: Iterable[Way | tuple[str, ...]]) -> tuple[Way, ...]:
    return reading.search.terms.ways(ways)


def _hits(ways: Iterable[Way], reading: Reading) -> Iterator[tuple[Way, Hit]]:
    """The ways of most concepts first, as verdicts prefer them."""
    ranked = sorted(ways, key=lambda way: -len(way.all))
    return ((way, hit) for way in ranked for hit in reading.search.hits(way))


def _said(ways: Iterable[Way], reading: Reading) -> Iterator[Feature]:
    """Each way once for each manner of saying it, at the first place."""
    told: set[tuple[str, Speaks]] = set()
    for way, hit in _hits(ways, reading):
        how, speaks = _how(way, hit, reading)
        says = f"{_named(way, capital=True)} {how}."
        if (says, speaks) in told:
            continue
        told.add((says, speaks))
        mistyped = " A word of it is mistyped." if hit.mistyped else ""
        yield Feature("way", says + mistyped, speaks, _places(reading, hit))
        if len(told) == MOST_SAID:
            return


def _opposed(ways: Iterable[Way], reading: Reading) -> Iterator[Feature]:
    """The ways that assert the opposite, each once."""
    told: set[Way] = set()
    for way, hit in _hits(ways, reading):
        stance = reading.said.of(reading.text, hit.words)
        counts = stance is not Stance.REPORTED and (stance is Stance.DENIED) == way.denied
        if counts and way not in told and len(told) < MOST_SAID:
            told.add(way)
            says = f"The opposite is said by {_named(way)}."
            yield Feature("against", says, Speaks.AGAINST, _places(reading, hit))


def _how(way: Way, hit: Hit, reading: Reading) -> tuple[str, Speaks]:
    stance = reading.said.of(reading.text, hit.words)
    if stance is Stance.REPORTED:
        return "is told as somebody else’s idea, which counts for nobody", Speaks.NEITHER
    if (stance is Stance.DENIED) != way.denied:
        if way.denied:
            return "is affirmed, and only denying it says the idea", Speaks.AGAINST
        return "is denied", Speaks.AGAINST
    how = "is denied, as it has to be" if way.denied else "is said"
    if way.partial:
        how += ", which is a part of the idea"
    if reading.said.is_guess(reading.text, hit.words):
        return f"{how}, as a guess", Speaks.NEITHER
    return how, Speaks.FOR


def _near(ways: tuple[Way, ...], reading: Reading, most: int = MOST_NEAR) -> Iterator[Feature]:
    """The ways that are not said and lack least; only those of which something is there."""
    unsaid = []
    for place, way in enumerate(ways):
        there = [name for name in way.all if reading.search.concept(name)]
        if there and not reading.search.hits(way):
            unsaid.append((len(there) / len(way.all), -place, way, there))
    for _, _, way, there in sorted(unsaid, key=lambda one: one[:2], reverse=True)[:most]:
        yield Feature("nearly", _lacking(way, there, reading), evidence=_of_concepts(reading, there))


def _lacking(way: Way, there: list[str], reading: Reading) -> str:
    absent = [name for name in way.all if name not in there]
    if absent:
        both = f"{_listed(absent)} {_is(absent)} absent, {_listed(there)} {_is(there)} there"
        return f"{_named(way, capital=True)} isn’t said: {both}."
    in_the_way = [name for name in way.unless_anywhere if reading.search.concept(name)]
    if in_the_way:
        return f"{_named(way, capital=True)} doesn’t count beside {_listed(in_the_way)}."
    where = _WHERE[way.within]
    apart = f"not together in one {where}" if way.within != "passage" else f"not within {where}"
    other = [f"about “{way.side}”"] if way.side else []
    other += [f"clear of {_listed(list(way.unless))}"] if way.unless else []
    other += ["in this order"] if way.ordered else []
    other += ["in the first sentence"] if way.opening else []
    extra = f", or not {' and '.join(other)}" if other else ""
    return f"All of {_named(way)} is there, but {apart}{extra}."


def _is(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _named(way: Way, *, capital: bool = False) -> str:
    article = "The" if capital else "the"
    return f"{article} way {_listed(list(way.all), ' + ')}"


def _listed(names: list[str], between: str = ", ") -> str:
    return between.join(f"“{name.strip('`')}”" for name in names)


# --- Places -----------------------------------------------------------------------------


def _places(reading: Reading, hit: Hit) -> tuple[Span, ...]:
    """The words of a hit themselves, neighbours joined."""
    return _of_words(reading, hit.words)


def _of_concepts(reading: Reading, names: Iterable[str]) -> tuple[Span, ...]:
    found = [word for name in names for one in reading.search.concept(name)[:2] for word in one.words]
    return _of_words(reading, tuple(sorted(set(found))))


def _of_words(reading: Reading, words: tuple[int, ...]) -> tuple[Span, ...]:
    spans: list[Span] = []
    before = -2
    for word in words:
        token = reading.text.tokens[reading.text.words[word]]
        if word == before + 1:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        before = word
    return tuple(spans)
