"""`manage.py check --tag rubrics`: every question grades its own marked answers and attacks."""

from typing import Any

from django.core.checks import WARNING, CheckMessage

from checkpoint.core.content.types import Question
from checkpoint.core.grading.selftest import failures
from checkpoint.library import get_grader, get_library, library_problems


class RubricMessage(CheckMessage):
    """A problem printed as its own line."""

    def __init__(self, words: str) -> None:
        super().__init__(WARNING, words, id="rubrics.E001")

    def __str__(self) -> str:
        return str(self.msg)


def check_rubrics(**_: Any) -> list[CheckMessage]:
    """What the rubrics get wrong about their own answers. Slower than the check of the content."""
    if library_problems():
        return []
    questions = get_library().questions
    return [
        RubricMessage(f"{question.slug}.yaml: {what}")
        for question in questions.values()
        for what in rubric_failures(question, questions.values())
    ]


def rubric_failures(question: Question, all_questions: Any) -> list[str]:
    """A question's failures as `where: what is wrong; what to do`."""
    others = {other.slug: other.model_answer for other in all_questions if other.slug != question.slug}
    found = failures(get_grader(), question, question.model_answer, others)
    return [f"{'.'.join(map(str, one.key))}: {one.what}; {one.cure}" for one in found]
