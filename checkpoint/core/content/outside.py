"""Questions from outside the course: one YAML file, or a folder of them."""

from pathlib import Path

from checkpoint.core.content.course import WORDS
from checkpoint.core.content.parse import parse
from checkpoint.core.content.reader import Reader
from checkpoint.core.content.types import Problem, Question
from checkpoint.core.grading.rubric import Words


def read_questions(place: Path) -> tuple[dict[str, Question], tuple[Problem, ...]]:
    """Questions by slug and, as far as they have one, by id; and what could not be read.

    The least a file holds: `slug`, `prompt`, and `criteria` of `{id, claim}`. A folder's `words.yaml` holds
    for all of its questions, as a course's does.
    """
    folder = place if place.is_dir() else place.parent
    reader = Reader(folder)
    names = [n for n in reader.names("") if n.endswith((".yaml", ".yml"))] if place.is_dir() else [place.name]
    found: dict[str, Question] = {}
    problems: list[Problem] = []
    words = _words(reader, names, problems)
    for name in names:
        document = reader.yaml(name)
        question = parse(document, Question, problems) if document else None
        if question is None:
            continue
        if question.slug in found:
            what = f"the slug `{question.slug}` is in another file too"
            problems.append(Problem(reader.shown(name), 1, what, "rename one of them"))
        found[question.slug] = question.with_words(words)
    if not names:
        problems.append(
            Problem(str(place), 1, "no question is here", "name a *.yaml file or a folder of them")
        )
    by_id = {q.id: q for q in found.values() if q.id}
    return {**by_id, **found}, (*reader.problems, *problems)


def _words(reader: Reader, names: list[str], problems: list[Problem]) -> Words:
    """What the folder's list of words says; it is taken off the names of questions."""
    if len(names) < 2 or WORDS not in names:
        return Words()
    names.remove(WORDS)
    document = reader.yaml(WORDS)
    return (parse(document, Words, problems) if document else None) or Words()
