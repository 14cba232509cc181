"""What several rooms of tests share."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from checkpoint.core.content.library import Library, load_library
from checkpoint.core.grading.encoder import Encoder
from checkpoint.library import get_library, make_encoder
from checkpoint.sentences.model import NoModelError

MINI_LESSONS = Path(__file__).parent / "mini_lessons"


@pytest.fixture(scope="session", autouse=True)
def sentence_model() -> None:
    """All tests meet the same grader: with the sentence model wherever its packages are installed."""
    with suppress(NoModelError):
        make_encoder()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The sentence model; tests that need it are skipped where it can't be had."""
    try:
        return make_encoder()
    except NoModelError as missing:
        pytest.skip(f"needs the sentence model: {missing}")


@pytest.fixture(scope="session")
def mini_library() -> Library:
    """A whole course in miniature, for tests that mustn't hang on the real one's words."""
    return load_library(MINI_LESSONS)


@pytest.fixture
def mini_course(settings: Settings) -> Library:
    """The site serves the course in miniature."""
    settings.LESSONS_DIR = MINI_LESSONS
    return get_library()


@pytest.fixture(autouse=True)
def fresh_counts(request: pytest.FixtureRequest) -> None:
    """Rate limits of one test don't reach into the next, not even those that a live server has committed.

    Cleared inside the test's own database access: afterwards would be undone with the transaction.
    """
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
