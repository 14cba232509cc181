"""How fast runs may begin, branch and be shared, and that whoever is too fast loses nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from checkpoint.scenarios import actions
from checkpoint.scenarios.models import Run, TypedLine
from tests.builders import make_learner, signed_in

pytestmark = pytest.mark.django_db
START = "/scenarios/wrong-target/start/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def full(page, address, monkeypatch):
    """Alice has begun as many runs as she may."""
    monkeypatch.setattr(actions, "MOST_RUNS", 1)


def test_too_many_runs_in_a_few_minutes_wait_and_those_that_there_are_stay(page, address, full):
    answer = page.post(START)
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 600
    assert "begin the next in 10 minutes" in text(answer) and "/scenarios/wrong-target/" in text(answer)
    assert Run.objects.count() == 1 and page.get(address).status_code == 200


def test_branches_are_runs_too(page, address, full):
    page.post(f"{address}line/", {"line": "ls"})
    assert page.post(f"{address}branch/", {"at": "1"}).status_code == 429
    assert (Run.objects.count(), TypedLine.objects.count()) == (1, 1)


def test_the_next_run_begins_when_the_time_has_passed(page, address, full):
    Run.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    assert page.post(START).status_code == 302


def test_nobody_waits_for_somebody_else(page, address, full):
    assert signed_in(make_learner("bob")).post(START).status_code == 302


def test_taking_back_starting_over_and_hints_count_as_lines(page, address, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    page.post(f"{address}line/", {"line": "ls"})
    for part in ("undo", "reset", "hint"):
        assert page.post(f"{address}{part}/", {"goal": "scaled"}).status_code == 429
    assert TypedLine.objects.count() == 1


def test_a_run_is_shared_and_unshared_only_so_often(page, address):
    answers = [page.post(f"{address}share/", {"shared": "1"}).status_code for _ in range(31)]
    assert answers == [302] * 30 + [429]
    assert Run.objects.get().shared


@pytest.mark.parametrize(("lines", "status"), [(1, 429), (60, 422)])
def test_a_file_that_could_not_be_saved_stays_in_the_editor(page, address, monkeypatch, lines, status):
    monkeypatch.setattr(actions, "MOST", lines)
    page.post(f"{address}line/", {"line": "ls"})
    content = "my own words" + ("x" * 300_000 if status == 422 else "")
    answer = page.post(f"{address}file/", {"path": "~/note.txt", "content": content})
    assert answer.status_code == status
    assert f"\n{content}</textarea>" in text(answer) and 'value="~/note.txt"' in text(answer)


def test_a_path_longer_than_any_can_be_opens_as_nothing_and_is_refused(page, address):
    path = "x" * 300
    assert page.get(f"{address}?file={path}").status_code == 200
    page.post(f"{address}file/", {"path": path, "content": "a"})
    assert "File name too long" in text(page.get(address))
