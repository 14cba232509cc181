"""What a load balancer asks."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings


def test_a_process_is_alive_without_database_or_content(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.LESSONS_DIR = tmp_path
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("mini_course")
def test_a_site_with_database_and_content_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.content.startswith(b"ready\n")


@pytest.mark.django_db
def test_a_site_without_content_is_not_ready(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.LESSONS_DIR = tmp_path
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"the content can't be served" in answer.content


@pytest.mark.usefixtures("mini_course")
def test_a_site_whose_database_does_not_answer_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> bool:
        raise DatabaseError("connection refused")

    monkeypatch.setattr(Session.objects, "exists", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"connection refused" not in answer.content


def test_health_is_only_asked(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


@pytest.mark.usefixtures("mini_course")
def test_a_probe_may_ask_for_the_head_alone(client: Client) -> None:
    for path in ("/healthz", "/", "/lessons/chapter-01/", "/pipeline/", "/guardrails/"):
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")
