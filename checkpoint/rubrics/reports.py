"""The report on each question's own marked answers: computed once for a rubric and a grader, beside requests.

With the sentence model every held-out rubric has to be made ready anew, which takes minutes for a question
with two hundred marked answers.
"""

from typing import cast

from checkpoint.beside import Crashed, beside
from checkpoint.core.content.types import Question
from checkpoint.core.grading.grade import Grader
from checkpoint.core.grading.report import Report, marked, report


def report_of(grader: Grader, question: Question) -> Report | Crashed | None:
    """The report as kept, or None while it is being computed: ask again."""
    key = f"report:1:{question.slug}:{question.fingerprint()}:{grader.name}"
    return cast(Report | Crashed | None, beside(key, lambda: report(grader, question, marked(question))))
