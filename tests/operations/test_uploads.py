"""No form takes a file, and none is read however large it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from checkpoint.core.content.library import Library

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
