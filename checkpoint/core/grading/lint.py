"""What an author could do better: advice about a rubric, none of it a failure."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.rubric import Criterion, Rubric, WayLike
from checkpoint.core.grading.selftest import Failure
from checkpoint.core.grading.text import read

Alike = Callable[[str, str], float]
"""How alike two sentences are, 0 to 1."""

TOO_ALIKE = 0.8
ECHO = 0.75
FEWEST_PHRASINGS = 3
FEWEST_COUNTERS = 2
FEWEST_WRONG = 2
REQUIRED_MARKED, BONUS_MARKED = 8, 3


def lint(rubric: Rubric, alike: Alike | None = None) -> Iterator[Failure]:
    """Advice, in the order of the file. `alike` compares sentences; without one, stems are compared."""
    compare = alike or alike_by_stems
    yield from _criteria_alike(rubric, compare)
    for number, criterion in enumerate(rubric.criteria):
        yield from _few(criterion, number)
        yield from _echoes(rubric, criterion, number)
    yield from _wrong_ideas(rubric, compare)
    yield from _weights(rubric)
    yield from _silent_concepts(rubric)


def alike_by_stems(one: str, other: str) -> float:
    """Share of the two sentences' stems that both have."""
    first, second = _stems(one), _stems(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def alike_by(encoder: Encoder) -> Alike:
    """The cosine of a sentence model's vectors."""

    def cosine(one: str, other: str) -> float:
        return float(encoder.encode(one).vector @ encoder.encode(other).vector)

    return cosine


def _stems(text: str) -> frozenset[str]:
    return frozenset(t.stem for t in read(text).tokens if t.word and t.text not in lexicon.FUNCTION_WORDS)


def _criteria_alike(rubric: Rubric, alike: Alike) -> Iterator[Failure]:
    for (_, one), (number, other) in combinations(enumerate(rubric.criteria), 2):
        if alike(one.claim, other.claim) >= TOO_ALIKE:
            what = f"the claims of {one.id} and {other.id} are nearly alike"
            yield Failure(
                ("criteria", number, "claim"), what, "make one criterion of them, or say what differs"
            )


def _few(criterion: Criterion, number: int) -> Iterator[Failure]:
    """Too little to know the idea by, or to test it with."""
    marked = criterion.examples
    wrong = len(marked.partial) + len(marked.missing) + len(marked.contradicted)
    enough = BONUS_MARKED if criterion.bonus else REQUIRED_MARKED
    wanted = (
        ("phrasings", len(criterion.phrasings), FEWEST_PHRASINGS, "say it from other angles"),
        ("counter_examples", len(criterion.counter_examples), FEWEST_COUNTERS, "add the claim negated"),
        ("examples", len(marked.met), enough, "mark more answers that meet it"),
        ("examples", wrong, enough, "mark more answers that do not meet it"),
    )
    for key, have, need, cure in wanted:
        if have < need:
            kind = {"examples": "marked answers of a kind", "counter_examples": "counter-examples"}.get(
                key, key
            )
            what = f"{criterion.id} has {have} {kind}, {need} is a good number"
            yield Failure(("criteria", number, key), what, cure)


def _echoes(rubric: Rubric, criterion: Criterion, number: int) -> Iterator[Failure]:
    """Sentences that hardly say more than the prompt: whoever repeats it would come near them."""
    asked = _stems(rubric.prompt)
    own = [("claim",), *(("phrasings", place) for place in range(len(criterion.phrasings)))]
    for key, text in zip(own, (criterion.claim, *criterion.phrasings), strict=True):
        stems = _stems(text)
        if len(stems) >= 3 and len(stems & asked) >= ECHO * len(stems):
            what = f"{criterion.id}: “{text}” mostly repeats the prompt"
            yield Failure(("criteria", number, *key), what, "use words that the prompt doesn't hand out")


def _wrong_ideas(rubric: Rubric, alike: Alike) -> Iterator[Failure]:
    """Misconceptions with few phrasings, or nearer to a criterion than to themselves."""
    for number, known in enumerate(rubric.misconceptions):
        if len(known.phrasings) < FEWEST_WRONG:
            what = f"{known.id} has {len(known.phrasings)} phrasings, {FEWEST_WRONG} is a good number"
            yield Failure(("misconceptions", number, "phrasings"), what, "say it as people say it")
        for place, text in enumerate(known.phrasings):
            own = [other for other in (known.claim, *known.phrasings) if other != text]
            nearest = max(rubric.criteria, key=lambda one: alike(text, one.claim))
            known_wrong = text in nearest.counter_examples
            if not known_wrong and alike(text, nearest.claim) > max(alike(text, other) for other in own):
                what = f"{known.id}: “{text}” is nearer to {nearest.id} than to its own sentences"
                cure = f"word it apart, or make it a counter-example of {nearest.id} too"
                yield Failure(("misconceptions", number, "phrasings", place), what, cure)


def _weights(rubric: Rubric) -> Iterator[Failure]:
    weights = [criterion.weight for criterion in rubric.required if criterion.weight is not None]
    for number, criterion in enumerate(rubric.criteria):
        if criterion.weight is None or criterion.bonus or len(weights) < 2:
            continue
        if criterion.weight == 0:
            what = f"{criterion.id} weighs nothing"
            yield Failure(("criteria", number, "weight"), what, "give it a weight or make it a bonus")
        elif criterion.weight > 50:
            what = f"{criterion.id} weighs more than all others together"
            yield Failure(("criteria", number, "weight"), what, "divide it into several criteria")


def _silent_concepts(rubric: Rubric) -> Iterator[Failure]:
    """Concepts that no way asks for."""
    named = set(_asked_for(rubric))
    inside = {term[1:-1] for terms in rubric.concepts.values() for term in terms if term.startswith("<")}
    for name in rubric.concepts:
        if name not in named | inside:
            yield Failure(("concepts", name), f"no way asks for the concept `{name}`", "use it or delete it")


def _asked_for(rubric: Rubric) -> Iterator[str]:
    for criterion in rubric.criteria:
        yield from _names((*criterion.ways, *criterion.against))
        yield from (*criterion.before, *criterion.never_before)
    for known in rubric.misconceptions:
        yield from _names(known.ways)


def _names(ways: Sequence[WayLike]) -> Iterator[str]:
    for way in ways:
        if isinstance(way, tuple):
            yield from way
        else:
            yield from (*way.all, *way.unless, *way.unless_anywhere)
