"""manage.py grade: grade answers given as JSON lines, or report how well a question's are graded."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from checkpoint.core.content.outside import read_questions
from checkpoint.core.content.types import Question
from checkpoint.core.grading.codec import to_line
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.report import marked, report
from checkpoint.library import get_grader, get_library, make_encoder
from checkpoint.rubrics.labels import LabelError, read_labelled
from checkpoint.rubrics.printed import as_plain, printed
from checkpoint.sentences.model import NoModelError


class Command(BaseCommand):
    help = (
        'Grade JSON lines {"id": ..., "question": slug or id, "answer": ...} from standard input. '
        "Writes one JSON line each and nothing else; a line that cannot be graded gives an error line "
        "and exit status 1. With --report it grades a question's own marked answers instead, each by the "
        "rubric without it, and prints how well that went. No database is needed."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--questions",
            type=Path,
            metavar="FILE_OR_FOLDER",
            help="grade questions of the same YAML format from outside the course",
        )
        parser.add_argument("--report", metavar="QUESTION", help="slug or id of the question to report on")
        parser.add_argument(
            "--answers",
            type=Path,
            metavar="FILE",
            help="with --report: labelled answers as JSON lines, instead of the question's marked ones",
        )
        parser.add_argument("--json", action="store_true", help="with --report: as JSON")

    def handle(self, *args: Any, questions: Path | None, **options: Any) -> None:
        known = _outside(questions) if questions else _course()
        self.make_model()
        grader = get_grader()
        if options["report"]:
            self.stdout.write(_reported(grader, known, options))
            return
        if options["answers"] or options["json"]:
            raise CommandError("--answers and --json belong to --report QUESTION")
        failed = False
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            made = graded_line(grader, known, line)
            failed = failed or "error" in made
            self.stdout.write(json.dumps(made, ensure_ascii=False))
        self.stdout.flush()
        if failed:
            sys.exit(1)

    def make_model(self) -> None:
        """Grade as the site would, though nobody has served it here yet."""
        try:
            make_encoder()
        except NoModelError as missing:
            self.stderr.write(f"Graded without the sentence model: {missing}.")


def _course() -> dict[str, Question]:
    questions = get_library().questions
    return {**{q.id: q for q in questions.values() if q.id}, **questions}


def _outside(place: Path) -> dict[str, Question]:
    if not place.exists():
        raise CommandError(f"{place} does not exist")
    known, problems = read_questions(place)
    if problems:
        raise CommandError("\n".join(map(str, problems)))
    return known


def _reported(grader: Grader, known: Mapping[str, Question], options: Mapping[str, Any]) -> str:
    question = known.get(options["report"])
    if question is None:
        names = ", ".join(sorted({q.slug for q in known.values()}))
        raise CommandError(f"there is no question {options['report']}; there are {names}")
    try:
        answers = read_labelled(options["answers"], question) if options["answers"] else marked(question)
    except LabelError as error:
        raise CommandError(str(error)) from error
    if not answers:
        raise CommandError(f"{question.slug} has no marked answers; give labelled ones with --answers FILE")
    made = report(grader, question, answers)
    if options["json"]:
        return json.dumps(as_plain(question, made), ensure_ascii=False, indent=2)
    return printed(question, made)


def graded_line(grader: Grader, known: Mapping[str, Question], line: bytes) -> dict[str, Any]:
    """The verdict on one line of input, or why it has none."""
    try:
        asked = json.loads(line)
    except ValueError:  # also text that is not UTF-8
        return {"id": None, "error": "the line is not JSON"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "the line is not a JSON object"}
    identifier, name, answer = asked.get("id"), asked.get("question"), asked.get("answer")
    if not isinstance(name, str) or name not in known:
        return {"id": identifier, "error": f"the question {json.dumps(name)} is unknown"}
    if not isinstance(answer, str):
        return {"id": identifier, "error": "there is no answer"}
    question = known[name]
    return to_line(identifier, question.slug, grade(grader, question, answer))
