"""Where an answer says something: its own sentences to choose from, and a stretch that was marked."""

from dataclasses import dataclass

from checkpoint.core.grading.passage import sentence_span
from checkpoint.core.grading.text import read
from checkpoint.core.grading.verdict import Span
from checkpoint.selfcheck.marks import visible

MOST_SENTENCES = 80
"""Longer answers are pointed into by marking, or by a note."""


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of the answer, as a choice of a form."""

    value: str
    text: str


def sentences_of(answer: str) -> tuple[Place, ...]:
    """
    >>> [place.value for place in sentences_of("First this. Then that.")]
    ['0-10', '12-21']
    """
    text = read(answer)
    spoken = (
        number
        for number, one in enumerate(text.sentences)
        if any(token.word for token in text.tokens[one.first : one.last])
    )
    spans = [sentence_span(text, number) for number in spoken][:MOST_SENTENCES]
    return tuple(Place(f"{start}-{end}", visible(answer[start:end])) for start, end in spans)


def span_of(value: str, answer: str) -> Span | None:
    """The stretch that a form names; None for none, or one that isn't in the answer.

    >>> span_of("0-5", "First this."), span_of("5-900", "First this."), span_of("", "First this.")
    ((0, 5), None, None)
    """
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal()) or len(value) > 15:
        return None
    span = int(start), int(end)
    return span if span[0] < span[1] <= len(answer) and answer[span[0] : span[1]].strip() else None
