"""The semantic grader: the lexical one, with a sentence model's second look at what it left open."""

from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.reading import SentenceJudge

VERSION = "semantic/1"


class SemanticGrader(LexicalGrader):
    """Grades by words first, and asks the sentence model about what words leave open.

    Its name holds the model's: other vectors may give other verdicts.
    """

    def __init__(self, encoder: Encoder, judge: SentenceJudge | None = None) -> None:
        super().__init__(judge)
        self._encoder = encoder
        self.name = f"{VERSION}+{encoder.name}"
