"""The report on each question's own marked answers, computed once for a rubric and a grader."""

from threading import Lock

from checkpoint.core.content.types import Question
from checkpoint.core.grading.grade import Grader
from checkpoint.core.grading.report import Report, marked, report

MOST = 64
_computing = Lock()
_kept: dict[tuple[str, str], Report] = {}


def report_of(grader: Grader, question: Question) -> Report:
    """As kept. The first reader in this process waits for it, and others wait with them: grading every
    marked answer by a rubric of its own takes a second or several."""
    key = question.fingerprint(), grader.name
    with _computing:
        if key not in _kept:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = report(grader, question, marked(question))
        return _kept[key]
