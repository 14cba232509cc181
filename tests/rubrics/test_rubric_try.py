"""/selfcheck/<question>/rubric/try/: an answer is graded and explained, and forgotten."""

import pytest
from django.core.cache import cache

from checkpoint.rubrics.views import TRY_LIMIT
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Draft, Standing
from tests.builders import make_instructor, signed_in
from tests.selfcheck.conftest import CLEARS, WRONG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_course")]
TRY = "/selfcheck/target/rubric/try/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ivys():
    return signed_in(make_instructor("ivy"))


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_answer_is_graded_and_every_feature_said(ivys, headers):
    response = ivys.post(TRY, {"answer": CLEARS}, headers=headers)
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    page = text(response)
    assert "Cleared" in page and "Speaks for it" in page and "Confidence" in page
    assert '<mark class="ev" data-v="met"' in page
    assert ("<html" in page) == (not headers)


def test_a_wrong_idea_is_found_and_marked(ivys):
    page = text(ivys.post(TRY, {"answer": WRONG}))
    assert "1 of 1 found" in page and 'id="idea-A"' in page and 'href="#idea-A"' in page


def test_nothing_is_stored(ivys):
    ivys.post(TRY, {"answer": CLEARS})
    assert not any(model.objects.exists() for model in (Attempt, AttemptVerdict, Draft, Standing))


@pytest.mark.parametrize("answer", ["", "  \n", "x" * 20_001])
def test_a_form_with_errors_comes_back_with_every_word(ivys, answer):
    response = ivys.post(TRY, {"answer": answer})
    assert response.status_code == 422 and "no-store" in response["Cache-Control"]
    assert "aria-invalid" in text(response) and answer in text(response)


def test_an_answers_markup_is_shown_as_text(ivys):
    page = text(ivys.post(TRY, {"answer": "<script>alert(1)</script> right before each write <b>it</b>"}))
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page and "<b>it" not in page


def test_lookups_by_the_thousand_are_slowed_down(ivys, settings):
    settings.RATE_LIMITS_ON = True
    cache.clear()
    most = int(TRY_LIMIT["try"].partition("/")[0])
    answers = [ivys.post(TRY, {"answer": ""}).status_code for _ in range(most + 1)]
    assert answers[-1] == 429 and set(answers[:-1]) == {422}
