"""The semantic grader: the lexical one, with a sentence model's second look at what it left open."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from checkpoint.core.grading.compiled import Compiled, Judged
from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.portrait import Portraits, Space, portraits, texts_of
from checkpoint.core.grading.reading import Reading, SentenceJudge
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.second import SecondLook, looked_again

VERSION = "semantic/7"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sentence model knows of one rubric."""

    space: Space
    portraits: dict[str, Portraits]


class SemanticGrader(LexicalGrader):
    """Grades by words first, and asks the sentence model about what words leave open.

    Its name ends with what stands for model and weights, `made_of`: others may give other verdicts.
    """

    def __init__(
        self, encoder: Encoder, look: SecondLook, judge: SentenceJudge | None = None, made_of: str = ""
    ) -> None:
        super().__init__(judge)
        self._encoder = encoder
        self._look = look
        self.name = f"{VERSION}+{made_of or encoder.name.replace('/', '-')}"

    def look_again(self, compiled: Compiled, reading: Reading, judged: Judged) -> None:
        known: _Known = compiled.more
        wrong = self.saying_wrong(compiled, reading) | judged.used.odd
        looked_again(self._look, known.space, known.portraits, compiled, reading, judged, wrong)

    def _compile(self, rubric: Rubric) -> Compiled:
        with _kept(self._encoder, rubric):
            made = super()._compile(rubric)
            space = Space(texts_of(rubric), self._encoder, rubric.thesaurus)
        return replace(made, more=_Known(space, portraits(rubric, space)))


def _kept(encoder: Encoder, rubric: Rubric) -> AbstractContextManager[None]:
    """An encoder may keep the vectors of a rubric's own sentences for the next process.

    Under the prompt: a rubric held without one of its texts finds those of the whole.
    """
    keeping = getattr(encoder, "keeping", None)
    return keeping(rubric.prompt) if keeping else nullcontext()
