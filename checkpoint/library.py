"""The one bridge between Django's settings and the content and the sentence model: both opened once."""

import hashlib
import json
import logging
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

from django.conf import settings

from checkpoint.core.content.library import ContentError, Library, read_library
from checkpoint.core.content.reader import Document, Reader, stamp
from checkpoint.core.content.types import Problem
from checkpoint.core.grading.alone import ByModel
from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.judgement import Model
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.second import SecondLook
from checkpoint.core.grading.semantic import SemanticGrader
from checkpoint.sentences.arrival import Arriving
from checkpoint.sentences.model import NoModelError
from checkpoint.sentences.remembering import RememberingEncoder
from checkpoint.sentences.vectors import KeepingEncoder

REFUSED = 4
"""Exit status of a site that doesn't start: gunicorn stops at it instead of trying for ever."""

_LOOK_EVERY = 0.5
_logger = logging.getLogger("checkpoint.content")


@dataclass
class Served:
    """A course being served. Watched, it is read again after a file has changed, and where the change
    broke it, the last good one is kept and the problems are known."""

    folder: Path
    watched: bool
    pause: float = _LOOK_EVERY
    problems: tuple[Problem, ...] = ()
    _library: Library | None = None
    _stamp: object = None
    _looked: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def library(self) -> Library:
        """The last good course; raises ContentError where there never was one."""
        with self._lock:
            if self._library is None or (self.watched and self._changed()):
                self._read()
            if self._library is None:
                raise ContentError(self.problems)
            return self._library

    def _changed(self) -> bool:
        now = time.monotonic()
        if now - self._looked < self.pause:
            return False
        self._looked = now
        return stamp(self.folder) != self._stamp

    def _read(self) -> None:
        self._stamp = stamp(self.folder)
        reading = read_library(self.folder)
        self.problems = reading.problems
        if reading.whole:
            self._library = reading.library
        elif self._library is not None:
            _logger.error("Still serving the content from before, because of:\n%s", told(reading.problems))


def told(problems: tuple[Problem, ...]) -> str:
    """All problems, one to a line."""
    return "\n".join(map(str, problems))


@cache
def _served(folder: Path, watched: bool) -> Served:
    return Served(folder, watched)


def get_library() -> Library:
    """The course being served, loaded once; under DEBUG again whenever a file has changed."""
    return _served(settings.LESSONS_DIR, settings.DEBUG).library()


@cache
def _arriving(folder: Path) -> Arriving:
    return Arriving(folder)


def get_encoder() -> KeepingEncoder | None:
    """The sentence model, the same object for as long as the process lives; None while it isn't there."""
    return _arriving(settings.SENTENCE_MODEL_DIR).encoder() if settings.SENTENCE_MODEL_ON else None


def make_encoder() -> KeepingEncoder:
    """The sentence model, converted here and now where that is all it lacks; raises NoModelError."""
    if not settings.SENTENCE_MODEL_ON:
        raise NoModelError("it is switched off by CHECKPOINT_SENTENCE_MODEL")
    return _arriving(settings.SENTENCE_MODEL_DIR).make()


def get_grader() -> Grader:
    """The grader every answer is judged by: with the sentence model from the moment that is there.

    It compiles a rubric the first time it is used.
    """
    return _grader(get_encoder())


def make_grader(encoder: Encoder | None) -> Grader:
    """A grader that has met no rubric yet; by words alone where there is no sentence model."""
    if encoder is None:
        _logger.warning("Grading by words alone: the sentence model isn't there, more is left for review")
        return LexicalGrader()
    claims, look = _weights("claims.json"), _weights("second-look.json")
    digest = hashlib.sha256((encoder.name + claims + look).encode()).hexdigest()[:6]
    judge = ByModel(encoder, Model(json.loads(claims)))
    return SemanticGrader(encoder, SecondLook(json.loads(look)), judge, made_of=digest)


_grader = cache(make_grader)


def _weights(name: str) -> str:
    return (files("checkpoint") / "weights" / name).read_text(encoding="utf-8")


def ready_rubrics(encoder: KeepingEncoder | None) -> None:
    """Compile the course's rubrics, so that the first answer doesn't wait for it."""
    for question in get_library().questions.values():
        grade(_grader(encoder), question, "")


def ready_grader() -> None:
    """Before a server forks its workers: compile the rubrics for the grader that they will use.

    Not while the sentence model is still to come: then the workers wait for it and compile by themselves.
    """
    encoder = get_encoder()
    if encoder or not settings.SENTENCE_MODEL_ON:
        ready_rubrics(encoder)


def attend_model() -> None:
    """In a process that serves, beside its requests: wait for the sentence model and make it ready."""
    if settings.SENTENCE_MODEL_ON:
        _arriving(settings.SENTENCE_MODEL_DIR).attend(ready_rubrics)


@cache
def get_testing_grader() -> Grader:
    """The grader for rubrics that test themselves: encodes each text once and keeps nothing in files."""
    encoder = get_encoder()
    return _grader(RememberingEncoder(encoder)) if encoder else get_grader()


def question_file(slug: str) -> Document | None:
    """A question's file as it is on disk, which knows the line of each key; None where it can't be read."""
    name = _question_name(slug)
    return Reader(settings.LESSONS_DIR).yaml(name) if name else None


def question_text(slug: str) -> tuple[str, str] | None:
    """A question's file as authors know it: its path with the course folder, and its text."""
    reader, name = Reader(settings.LESSONS_DIR), _question_name(slug)
    text = reader.text(name) if name else None
    return (reader.shown(name), text) if text is not None else None


def _question_name(slug: str) -> str:
    for lesson in get_library().lessons.values():
        if any(question.slug == slug for question in lesson.questions):
            return f"{lesson.slug}/questions/{slug}.yaml"
    return ""


def library_problems() -> tuple[Problem, ...]:
    """What is wrong with the content as it is on disk; where it isn't empty, an older one is served."""
    served = _served(settings.LESSONS_DIR, settings.DEBUG)
    try:
        served.library()
    except ContentError as error:
        return error.problems
    return served.problems


def start_library() -> None:
    """Load the course before serving, or end the process with every problem named.

    The index for searching and a sentence model that is there already are opened too: the workers forked
    later share their memory.
    """
    try:
        _ = get_library().index
    except ContentError as error:
        count = len(error.problems)
        sys.stderr.write(
            f"\nThe content in {settings.LESSONS_DIR} has {count} problem{'s' if count > 1 else ''}, "
            f"so the site doesn't start:\n\n{told(error.problems)}\n\n"
        )
        sys.stderr.flush()
        raise SystemExit(REFUSED) from None
    get_encoder()
