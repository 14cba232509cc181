"""A rubric without one of its own texts: how it grades that text as if it had never met it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checkpoint.core.grading.rubric import Criterion, Examples, Misconception, Rubric
from checkpoint.core.grading.verdict import Outcome

MARKS = (Outcome.MET, Outcome.PARTIAL, Outcome.MISSING, Outcome.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked answer: its text, the criterion it is marked for, what it deserves there, and the way to
    it in the question's file."""

    text: str
    criterion: str
    outcome: Outcome
    key: tuple[str | int, ...]


def marked_answers(rubric: Rubric) -> Iterator[Marked]:
    """Every marked answer, in the order of the file."""
    for number, criterion in enumerate(rubric.criteria):
        for outcome in MARKS:
            for place, text in enumerate(getattr(criterion.examples, outcome.value)):
                key = ("criteria", number, "examples", outcome.value, place)
                yield Marked(text, criterion.id, outcome, key)


def without(rubric: Rubric, text: str) -> Rubric:
    """The rubric as if `text` stood nowhere among its phrasings, counter-examples and marked answers.

    Claims stay, and so does everything that isn't a sentence. Case, spaces and the last stop don't count.
    """
    gone = _plain(text)
    return rubric.model_copy(
        update={
            "criteria": tuple(_criterion_without(one, gone) for one in rubric.criteria),
            "misconceptions": tuple(_misconception_without(one, gone) for one in rubric.misconceptions),
        }
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".!")


def _others(texts: Iterable[str], gone: str) -> tuple[str, ...]:
    return tuple(text for text in texts if _plain(text) != gone)


def _criterion_without(criterion: Criterion, gone: str) -> Criterion:
    examples = Examples(**{mark.value: _others(getattr(criterion.examples, mark), gone) for mark in MARKS})
    return criterion.model_copy(
        update={
            "phrasings": _others(criterion.phrasings, gone),
            "counter_examples": _others(criterion.counter_examples, gone),
            "examples": examples,
        }
    )


def _misconception_without(misconception: Misconception, gone: str) -> Misconception:
    return misconception.model_copy(
        update={
            "phrasings": _others(misconception.phrasings, gone),
            "counter_examples": _others(misconception.counter_examples, gone),
        }
    )
