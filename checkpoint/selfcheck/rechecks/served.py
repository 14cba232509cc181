"""What answers would be judged by now: the grader, each question's rubric, the course."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from checkpoint.library import get_encoder, get_grader, get_library


@dataclass(frozen=True, slots=True)
class Served:
    """The names that a verdict given now would bear."""

    grader: str
    content: str
    rubrics: Mapping[str, str]
    """By question slug."""

    def is_current(self, question: str, rubric: str, grader: str) -> bool:
        """Whether a verdict by these would come out the same."""
        return self.grader == grader and self.rubrics.get(question) == rubric


def served() -> Served:
    """No query; a rubric's fingerprint is taken once for each content."""
    content = get_library().fingerprint
    return Served(get_grader().name, content, _rubrics(content))


@lru_cache(maxsize=4)
def _rubrics(_content: str) -> Mapping[str, str]:
    return {slug: question.fingerprint() for slug, question in get_library().questions.items()}


def waits_for_model() -> bool:
    """Whether the sentence model is to come: until then answers would be judged by words alone."""
    return settings.SENTENCE_MODEL_ON and get_encoder() is None
