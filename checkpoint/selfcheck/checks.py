"""`manage.py check --tag rubrics`: every question grades its own marked answers and attacks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import ERROR, INFO, CheckMessage

from checkpoint.core.content.reader import Document
from checkpoint.core.content.types import Problem, Question
from checkpoint.core.grading.lint import alike_by, lint
from checkpoint.core.grading.selftest import Failure, SelfTest, self_test
from checkpoint.library import get_encoder, get_library, get_testing_grader, library_problems, question_file


class RubricMessage(CheckMessage):
    """A problem printed as its own line."""

    def __init__(self, level: int, problem: Problem) -> None:
        super().__init__(level, str(problem), id="rubrics.E001" if level == ERROR else "rubrics.I001")

    def __str__(self) -> str:
        return str(self.msg)


def check_rubrics(**_: Any) -> list[CheckMessage]:
    """What the rubrics get wrong about their own answers. Slower than the check of the content."""
    if library_problems():
        return []
    questions = get_library().questions.values()
    return [message for question in questions for message in _messages(question, questions)]


def _messages(question: Question, questions: Iterable[Question]) -> Iterator[CheckMessage]:
    test, document = rubric_test(question, questions), question_file(question.slug)
    for failure in test.failures:
        yield RubricMessage(ERROR, located(question, document, failure))
    encoder = get_encoder()
    for advice in (*test.tolerated, *lint(question, alike_by(encoder) if encoder else None)):
        yield RubricMessage(INFO, located(question, document, advice))


def rubric_test(question: Question, questions: Iterable[Question]) -> SelfTest:
    """How a question's rubric stands its own test, among the other questions."""
    others = {other.slug: other.model_answer for other in questions if other.slug != question.slug}
    return self_test(
        get_testing_grader(),
        question,
        floor=question.floor,
        model_answer=question.model_answer,
        others=others,
    )


def located(question: Question, document: Document | None, failure: Failure) -> Problem:
    """A failure with the file and line of the answer it is about."""
    path = document.path if document else f"{question.slug}.yaml"
    line = document.line(failure.key) if document else 1
    return Problem(path, line, failure.what, failure.cure)
