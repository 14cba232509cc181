"""A rubric tests itself: its marked answers, its own sentences, its model answer, and attacks upon it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpoint.core.grading.attacks import Attack, attacks
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.heldout import Marked, held_out
from checkpoint.core.grading.rubric import Criterion, Rubric
from checkpoint.core.grading.verdict import CriterionVerdict, Level, Outcome, Verdict

FLOOR = 0.9
"""Share of the marked answers that a rubric has to get right, where its file says nothing else."""
UNNOTICED = 0.02
"""Share of right answers turned round (denied, taken back, negated, swapped) that may go unnoticed."""
_SHOWN = 120
"""Characters of an answer that a message quotes."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that does not get what it should; `key` leads to it in the question's file."""

    key: tuple[str | int, ...]
    what: str
    cure: str


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a rubric gets wrong. What is tolerated doesn't fail it: marked answers that come out wrong while
    the floor is reached, and the odd right answer turned round without being noticed."""

    failures: tuple[Failure, ...]
    tolerated: tuple[Failure, ...]
    agreement: float
    """Share of the marked answers that come out right, each graded by the rubric without it."""


def self_test(
    grader: Grader,
    rubric: Rubric,
    *,
    floor: float = FLOOR,
    model_answer: str = "",
    others: Mapping[str, str] | None = None,
) -> SelfTest:
    """Everything that a rubric gets wrong about its own sentences and about attacks.

    `others` are model answers of other questions by slug: none of them may be ready here.
    """
    found = [
        *_sentences(grader, rubric),
        *_wrong_ideas(grader, rubric),
        *_model(grader, rubric, model_answer),
    ]
    found += _of_others(grader, rubric, others or {})
    tried = attacks(rubric, model_answer)
    found += _attacked(grader, rubric, [one for one in tried if not one.turned])
    turned = [one for one in tried if one.turned]
    marked = list(held_out(rubric))
    missed, kept = _missed(grader, marked), list(_attacked(grader, rubric, turned))
    agreement = 1.0 - len(missed) / max(1, len(marked))
    tolerated: list[Failure] = []
    for some, most in ((missed, (1.0 - floor) * len(marked)), (kept, UNNOTICED * len(turned))):
        (found if len(some) > most + 1e-9 else tolerated).extend(some)
    if agreement < floor:
        what = f"{len(missed)} of {len(marked)} marked answers come out wrong, the floor is {floor:.2f} right"
        found.insert(0, Failure(("floor",), what, "mend the ways for the answers named below"))
    return SelfTest(tuple(found), tuple(tolerated), agreement)


def _quoted(text: str) -> str:
    """A text in one line, as much of it as tells it from others."""
    plain = " ".join(text.split())
    return f"“{plain[:_SHOWN]}{'…' if len(plain) > _SHOWN else ''}”"


def _on(verdict: Verdict, criterion: str) -> CriterionVerdict:
    return next(one for one in verdict.criteria if one.id == criterion)


def _missed(grader: Grader, marked: Sequence[tuple[Marked, Rubric]]) -> list[Failure]:
    """Marked answers that come out otherwise; undecided ones count by their guess."""
    found = []
    for one, rest in marked:
        got = _on(grade(grader, rest, one.text), one.criterion)
        if got.guess is not one.outcome:
            named = f"{one.criterion} is {got.guess.value}, marked {one.outcome.value}"
            found.append(Failure(one.key, f"{named}: {_quoted(one.text)}", _cure(one.outcome, got)))
    return sorted(found, key=lambda failure: tuple(map(str, failure.key)))


def _cure(wanted: Outcome, got: CriterionVerdict) -> str:
    if wanted is Outcome.MET:
        return "add a way or words to its concepts"
    if got.guess is Outcome.MET:
        return f"narrow the way `{got.matched}`, or mark the answer otherwise"
    return "add a way, or mark the answer otherwise"


def _sentences(grader: Grader, rubric: Rubric) -> Iterator[Failure]:
    """Claims and phrasings that are not met, counter-examples that are."""
    for number, criterion in enumerate(rubric.criteria):
        yield from _own(grader, rubric, number, criterion)
        for place, text in enumerate(criterion.counter_examples):
            got = _on(grade(grader, rubric, text), criterion.id)
            if got.guess is Outcome.MET:
                what = f"{criterion.id} is met by its counter-example: {_quoted(text)}"
                key = ("criteria", number, "counter_examples", place)
                yield Failure(key, what, _cure(Outcome.MISSING, got))


def _own(grader: Grader, rubric: Rubric, number: int, criterion: Criterion) -> Iterator[Failure]:
    own: list[tuple[tuple[str | int, ...], str]] = [(("claim",), criterion.claim)]
    own += [(("phrasings", place), text) for place, text in enumerate(criterion.phrasings)]
    for key, text in own:
        got = _on(grade(grader, rubric, text), criterion.id)
        if got.guess is not Outcome.MET:
            what = f"{criterion.id} does not recognise its own sentence: {_quoted(text)}"
            yield Failure(("criteria", number, *key), what, _cure(Outcome.MET, got))


def _wrong_ideas(grader: Grader, rubric: Rubric) -> Iterator[Failure]:
    """Misconceptions that are not recognised, or seen where they are not."""
    for number, known in enumerate(rubric.misconceptions):
        own: list[tuple[tuple[str | int, ...], str]] = [(("claim",), known.claim)]
        own += [(("phrasings", place), text) for place, text in enumerate(known.phrasings)]
        for key, text in own:
            if known.id not in _ideas(grade(grader, rubric, text)):
                what = f"not recognised as {known.id}: {_quoted(text)}"
                yield Failure(("misconceptions", number, *key), what, "add a way")
        for place, text in enumerate(known.counter_examples):
            if known.id in _ideas(grade(grader, rubric, text)):
                what = f"taken for {known.id}: {_quoted(text)}"
                key = ("misconceptions", number, "counter_examples", place)
                yield Failure(key, what, "narrow its ways")


def _ideas(verdict: Verdict) -> set[str]:
    return {found.id for found in verdict.misconceptions}


def _model(grader: Grader, rubric: Rubric, model_answer: str) -> Iterator[Failure]:
    if not model_answer:
        return
    verdict = grade(grader, rubric, model_answer)
    if verdict.level is not Level.READY:
        lacking = [v.id for v in verdict.criteria if v.outcome is not Outcome.MET]
        what = f"the model answer is {verdict.level.value}, without {', '.join(lacking)}"
        yield Failure(("model_answer",), what, "mend the answer or the ways of these criteria")
    for found in verdict.misconceptions:
        what = f"the model answer is taken for the misconception {found.id}"
        yield Failure(("model_answer",), what, "narrow its ways")


def _attacked(grader: Grader, rubric: Rubric, tried: Iterable[Attack]) -> Iterator[Failure]:
    places = {criterion.id: number for number, criterion in enumerate(rubric.criteria)}
    for attack in tried:
        earned = earned_by(grader, rubric, attack)
        if earned:
            what = f"{attack.kind} earns {', '.join(earned)}: {_quoted(attack.text)}"
            yield Failure(
                ("criteria", places[earned[0]]), what, "make the ways of these criteria ask for more"
            )


def earned_by(grader: Grader, rubric: Rubric, attack: Attack) -> list[str]:
    """The criteria that an attack gets and must not get."""
    earned = _given(grader, rubric, attack.text, attack.part)
    if earned and attack.beside:
        earned -= _given(grader, rubric, attack.beside, attack.part)
    return [name for name in attack.forbids if name in earned]


def _given(grader: Grader, rubric: Rubric, text: str, part: bool) -> set[str]:
    """Criteria met, or at least in part where a part is too much as well."""
    enough = {Outcome.MET} if part else {Outcome.MET, Outcome.PARTIAL}
    return {one.id for one in grade(grader, rubric, text).criteria if one.guess in enough}


def _of_others(grader: Grader, rubric: Rubric, others: Mapping[str, str]) -> Iterator[Failure]:
    for name, text in others.items():
        if grade(grader, rubric, text).level is Level.READY:
            what = f"the model answer of `{name}` is ready here"
            yield Failure(("criteria",), what, "make the ways ask for more")
