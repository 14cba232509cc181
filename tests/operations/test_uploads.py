"""Only a form that asks for a file takes one, and none is kept that is larger than it wants."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import resolve

from checkpoint.cohorts.actions import create_cohort
from checkpoint.core.content.library import Library
from tests.builders import make_instructor, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_course")]
ASK = "/selfcheck/target/"


def test_a_request_larger_than_any_form_is_refused_at_once(client: Client) -> None:
    response = client.post(ASK, {"answer": SimpleUploadedFile("a.txt", b"x" * 2_000_000), "private": "1"})
    assert response.status_code == 413
    assert "That’s more than can be read at once" in response.content.decode()


def test_a_file_in_place_of_words_is_no_answer(client: Client, mini_course: Library) -> None:
    response = client.post(ASK, {"answer": SimpleUploadedFile("a.txt", b"words"), "private": "1"})
    assert response.status_code == 422
    assert not response.wsgi_request.FILES


ROSTER = "/cohorts/autumn-group/members/roster/"


@pytest.fixture
def ivys() -> Client:
    ivy = make_instructor("ivy")
    create_cohort(by=ivy, name="Autumn group")
    return signed_in(ivy)


def test_of_a_large_file_only_the_beginning_is_kept_and_its_size() -> None:
    request = RequestFactory().post(ROSTER, {"file": SimpleUploadedFile("a.csv", b"x" * 3_000_000)})
    request.resolver_match = resolve(ROSTER)
    kept = request.FILES["file"]
    assert (kept.size, len(kept.read())) == (3_000_000, 200_000)


def test_no_second_file_is_kept(ivys: Client) -> None:
    files = [SimpleUploadedFile(f"{name}.csv", b"dana@example.org") for name in "ab"]
    request = ivys.post(ROSTER, {"file": files[0], "other": files[1]}).wsgi_request
    assert list(request.FILES) == ["file"]


def test_what_is_larger_than_anybody_would_read_through_is_refused_at_once(ivys: Client) -> None:
    response = ivys.post(ROSTER, {"file": SimpleUploadedFile("a.csv", b"x" * 17_000_000)})
    assert response.status_code == 413
