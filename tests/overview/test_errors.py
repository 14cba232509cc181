"""Pages for when something is stopped."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from checkpoint.overview import views
from tests.builders import PASSWORD, make_learner

pytestmark = pytest.mark.usefixtures("mini_course")


def test_a_missing_page_says_so_and_offers_a_way_on(client: Client) -> None:
    answer = client.get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "404: this page isn’t on the line" in page
    assert "Your work is safe." in page
    assert 'aria-label="Stopped after CI"' in page
    assert 'href="/"' in page


def test_a_page_that_is_not_open_says_why(rf: RequestFactory) -> None:
    answer = views.forbidden(rf.get("/"), PermissionDenied("Only instructors of this cohort see it."))
    assert answer.status_code == 403
    assert "Only instructors of this cohort see it." in answer.content.decode()


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_says_what_to_do() -> None:
    make_learner("alice")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "alice@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert "That form wasn’t accepted" in answer.content.decode()


def test_an_error_of_ours_has_a_number_that_is_in_the_log(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "checkpoint.errors"):
        answer = views.server_error(rf.get("/broken/"))
    number = re.search(r"recorded under <b[^>]*>([0-9a-f]{4}-[0-9a-f]{2})</b>", answer.content.decode())
    assert answer.status_code == 500
    assert number is not None
    assert f"Error {number[1]} at GET /broken/" in caplog.text


def test_nobody_writes_lines_of_their_own_into_the_log(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        views.server_error(rf.get("/broken/%0AERROR:+all+is+lost"))
        views.csrf_failed(rf.get("/broken/%0AERROR:+all+is+lost"), "no cookie")
    assert "%0AERROR" in caplog.text
    assert "\nERROR: all" not in caplog.text and "\nERROR:+all" not in caplog.text


def test_the_error_page_needs_no_database_no_content_and_no_manifest(
    rf: RequestFactory, settings: Settings
) -> None:
    settings.LESSONS_DIR = settings.BASE_DIR / "nowhere"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    page = views.server_error(rf.get("/")).content.decode()
    assert 'href="/static/css/tokens.css"' in page
    assert "[number]" not in page
    assert "[static]" not in page
    assert "<style" not in page


def test_an_exception_in_a_view_ends_in_the_error_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("checkpoint.overview.views.get_library", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "a secret detail" not in answer.content.decode()
    assert "500: something broke on our side" in answer.content.decode()
