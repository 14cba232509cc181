"""Marked answers and phrasings added to a question's file, which changes in one place and nowhere else."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from checkpoint.core.content.parse import parse
from checkpoint.core.content.reader import (
    Document,
    KeyPath,
    Mark,
    RefusedError,
    decode,
    read_yaml,
    yaml_marks,
)
from checkpoint.core.content.types import Problem, Question
from checkpoint.core.grading.rubric import Words

PHRASING = "phrasing"
"""Where an addition goes that isn't a marked answer with its outcome."""


class AdditionError(Exception):
    """An addition that can't be written into the file by itself; says why."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A text for one criterion; `where` is the outcome that it is marked with, or PHRASING."""

    criterion: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A question's file before and after, and the question that the changed file says."""

    path: str
    before: str
    after: str
    question: Question

    @property
    def patch(self) -> str:
        """For `git apply` or `patch -p1`."""
        lines = unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(lines)


def with_additions(path: str, text: str, question: Question, additions: Iterable[Addition]) -> Changed:
    """The file with the additions; comments, order and layout of everything else stay as they are.

    What comes out is read again and must say exactly what was meant, or AdditionError is raised.
    """
    wanted = json.loads(json.dumps(read_yaml(path, text).data))
    changed = text
    for one in additions:
        _refuse_odd(one.text)
        place = _place(question, one)
        changed = _added(changed, place, one.text)
        _put(wanted, place, one.text)
    document = _read(path, changed)
    if document.data != wanted:
        raise AdditionError("the file can’t be changed by itself there; add it by hand")
    return Changed(path, text, changed, _question(document, question))


def _refuse_odd(text: str) -> None:
    try:
        decode(text.encode(errors="replace"))
    except RefusedError as refused:
        raise AdditionError(f"{refused.what}; {refused.cure}") from None


def _place(question: Question, one: Addition) -> KeyPath:
    for number, criterion in enumerate(question.criteria):
        if criterion.id == one.criterion:
            inside: KeyPath = ("phrasings",) if one.where == PHRASING else ("examples", one.where)
            return ("criteria", number, *inside)
    raise AdditionError(f"there is no criterion {one.criterion} any more")


def _put(data: Any, place: KeyPath, text: str) -> None:
    *way, last = place
    for key in way:
        data = data.setdefault(key, {}) if isinstance(data, dict) else data[key]
    data.setdefault(last, []).append(text)


def _read(path: str, text: str) -> Document:
    try:
        return read_yaml(path, decode(text.encode()))
    except RefusedError as refused:
        raise AdditionError(f"{refused.what} (line {refused.line}); {refused.cure}") from None


def _question(document: Document, before: Question) -> Question:
    problems: list[Problem] = []
    found = parse(document, Question, problems)
    if found is None:
        raise AdditionError("; ".join(map(str, problems)))
    # The course's own words are in the question already; joined again they stay the same.
    return found.with_words(Words(synonyms=before.synonyms, antonyms=before.antonyms))


# --- Where the text goes ---------------------------------------------------------------


def _added(text: str, place: KeyPath, item: str) -> str:
    """Into the list where there is one; else the list is begun in the nearest mapping that is there."""
    marks = yaml_marks(text)
    known = next(place[:length] for length in range(len(place), 0, -1) if place[:length] in marks)
    mark, missing = marks[known], place[len(known) :]
    if mark.kind != ("mapping" if missing else "list"):
        raise AdditionError("the list is written elsewhere in the file; add it by hand")
    quoted = json.dumps(item, ensure_ascii=False)
    if mark.flow:
        return _into_brackets(text, known, mark, marks, _in_brackets(missing, quoted))
    return _as_lines(text, mark, _lines(missing, quoted, " " * mark.column))


def _in_brackets(missing: KeyPath, quoted: str) -> str:
    """
    >>> _in_brackets(("examples", "met"), '"Yes."')
    'examples: {met: ["Yes."]}'
    """
    if not missing:
        return quoted
    inner = _in_brackets(missing[1:], quoted)
    return f"{missing[0]}: {f'{{{inner}}}' if len(missing) > 1 else f'[{inner}]'}"


def _into_brackets(text: str, known: KeyPath, mark: Mark, marks: Mapping[KeyPath, Mark], written: str) -> str:
    """After the last item, before whatever stands between it and the closing bracket."""
    inside = [one.end for path, one in marks.items() if path[:-1] == known and path]
    place = max(inside) if inside else mark.start + 1
    return f"{text[:place]}{', ' if inside else ''}{written}{text[place:]}"


def _lines(missing: KeyPath, quoted: str, indent: str) -> str:
    """
    >>> print(_lines(("examples", "met"), '"Yes."', "    "), end="")
        examples:
          met:
            - "Yes."
    """
    if not missing:
        return f"{indent}- {quoted}\n"
    return f"{indent}{missing[0]}:\n{_lines(missing[1:], quoted, indent + '  ')}"


def _as_lines(text: str, mark: Mark, written: str) -> str:
    """After the line on which the block ends, with whatever comment stands on it."""
    at_line_start = mark.end > 0 and text[mark.end - 1] == "\n"
    place = mark.end if at_line_start else text.find("\n", mark.end) + 1
    if place == 0:
        return f"{text}\n{written}"
    return text[:place] + written + text[place:]
