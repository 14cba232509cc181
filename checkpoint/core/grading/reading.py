"""One answer with everything that is found out about it once, and who judges what is only sentences."""

from dataclasses import dataclass
from typing import Any, Protocol

from checkpoint.core.grading import order
from checkpoint.core.grading.address import shown
from checkpoint.core.grading.gates import Gates, gates
from checkpoint.core.grading.matchers import Search
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
from checkpoint.core.grading.sides import sides_of
from checkpoint.core.grading.stance import Stances
from checkpoint.core.grading.stance_reading import stances
from checkpoint.core.grading.terms import Terms
from checkpoint.core.grading.text import Text, read
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Span


@dataclass(slots=True)
class Reading:
    """An answer read for one rubric; lives as long as its grading."""

    text: Text
    gates: Gates
    said: Stances
    search: Search
    ranks: list[float]
    """For every token its place in time."""

    def sentence_span(self, number: int) -> Span:
        """Where a sentence stands in the answer, without the signs around it."""
        sentence = self.text.sentences[number]
        words = [i for i in range(sentence.first, sentence.last) if self.text.tokens[i].word]
        return self.text.tokens[words[0]].start, self.text.tokens[words[-1]].end


def read_answer(rubric: Rubric, terms: Terms, answer: str) -> Reading:
    """Read an answer once: gates, stances, sides and order."""
    text = read(answer)
    gated = gates(text, rubric.prompt, shown(rubric))
    said = stances(text)
    heads = frozenset(said.framed.heads)
    search = Search(terms, text, list(gated.usable), sides_of(text, rubric.sides), heads)
    return Reading(text, gated, said, search, order.ranks(text))


class SentenceJudge(Protocol):
    """Judges criteria and wrong ideas that have sentences but no ways.

    What `compile` and `compile_wrong` give is the judge's own affair; it is kept with the rubric and
    handed back for every answer.
    """

    def compile(self, criterion: Criterion, rubric: Rubric) -> Any: ...

    def compile_wrong(self, misconception: Misconception, rubric: Rubric) -> Any: ...

    def judge(self, compiled: Any, reading: Reading) -> CriterionVerdict: ...

    def wrong_idea(self, compiled: Any, reading: Reading) -> MisconceptionFound | None: ...
