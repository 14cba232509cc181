"""The self-check on the course in miniature, whose words these tests may rely on."""

import pytest

from tests.conftest import MINI_LESSONS

ASK = "/selfcheck/target/"
DRAFT = "/selfcheck/target/draft/"
CLEARS = "I check the context right before each write, because it may point at the wrong cluster."
HALF = "I check the context right before each write."
NOTHING = "Somebody else looks after that in another team."
WRONG = "The prompt of the shell shows the right context."


@pytest.fixture(autouse=True)
def small_course(settings) -> None:
    settings.LESSONS_DIR = MINI_LESSONS
