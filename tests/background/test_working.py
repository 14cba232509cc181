"""The worker: what it does on a turn, and that one failure keeps nothing else from its turn."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from checkpoint.background.actions import note_alive, tidy
from checkpoint.background.models import Heartbeat
from checkpoint.background.queries import worker_seen
from checkpoint.mails.actions import write_letter
from checkpoint.mails.models import Kind, Letter
from checkpoint.operations import working
from tests.builders import make_learner

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def queued(settings: Settings) -> None:
    """Tasks wait in the database, as they do on a site."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def letter(key: str = "one") -> None:
    user = make_learner()
    write_letter(
        user_id=user.pk,
        cohort_id=None,
        kind=Kind.REMINDER,
        key=key,
        subject="Due soon",
        text="Q1 is due.",
        now=timezone.now(),
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_that_it_is_there_and_does_one_task_a_turn(queued: None, mailoutbox: list) -> None:
    letter("one")
    letter("two")
    worker = working.Working()
    assert worker.turn()
    assert len(mailoutbox) == 1
    assert worker.turn()
    assert not worker.turn()
    assert len(mailoutbox) == 2
    assert worker_seen(timezone.now()).is_there


@pytest.mark.django_db(transaction=True)
def test_once_does_everything_that_waits(queued: None, mailoutbox: list) -> None:
    letter("one")
    letter("two")
    working.do_due()
    working.do_waiting()
    assert len(mailoutbox) == 2
    assert Letter.objects.filter(sent_at=None).count() == 0


@pytest.mark.django_db
def test_what_fails_on_a_tick_keeps_nothing_else_from_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def broken(*, now: object) -> None:
        raise ValueError(now)

    monkeypatch.setattr(working, "DUE", dict.fromkeys((broken, lambda now: done.append(now)), working.TICK))
    working.do_due()
    assert len(done) == 1


@pytest.mark.django_db
def test_what_was_looked_at_lately_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    monkeypatch.setattr(working, "DUE", {lambda now: done.append(now): timedelta(hours=1)})
    lately: dict = {}
    working.do_due(lately)
    working.do_due(lately)
    assert len(done) == 1
    lately |= {name: at - timedelta(hours=2) for name, at in lately.items()}
    working.do_due(lately)
    assert len(done) == 2


@pytest.mark.django_db
def test_probes_are_told_when_no_worker_was_seen(client: Client) -> None:
    assert "no worker was seen yet" in client.get("/readyz").content.decode()
    now = timezone.now()
    note_alive(worker="w", started_at=now, now=now - timedelta(minutes=4))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "no worker was seen since" in answer.content.decode()
    note_alive(worker="w", started_at=now, now=now)
    assert "the worker is there" in client.get("/readyz").content.decode()


@pytest.mark.django_db(transaction=True)
def test_workers_long_gone_and_tasks_long_done_are_tidied_away(queued: None) -> None:
    now = timezone.now()
    note_alive(worker="old", started_at=now, now=now - timedelta(days=2))
    note_alive(worker="new", started_at=now, now=now)
    letter()
    working.do_waiting()
    DBTaskResult.objects.update(finished_at=now - timedelta(days=8))
    tidy(now=now)
    assert [beat.worker for beat in Heartbeat.objects.all()] == ["new"]
    assert not DBTaskResult.objects.exists()


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHECKPOINT_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    environment |= {"CHECKPOINT_VAR": str(tmp_path / "var"), "CHECKPOINT_SENTENCE_MODEL": "off"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.fixture
def server() -> Iterator[subprocess.Popen[bytes]]:
    """Any process a worker may stand beside."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    yield process
    process.kill()
    process.wait()


def seen(environment: dict[str, str]) -> bool:
    asked = "from checkpoint.background.models import Heartbeat as H; print(H.objects.count())"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", asked]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return found.stdout.strip() == "1"


def until_seen(environment: dict[str, str]) -> None:
    deadline = time.monotonic() + 120
    while not seen(environment):
        assert time.monotonic() < deadline, "the worker never said that it is there"


def test_a_worker_ends_with_the_server_it_stands_beside(
    fresh: dict[str, str], server: subprocess.Popen[bytes]
) -> None:
    command = [sys.executable, "manage.py", "work", "--beside", str(server.pid)]
    worker = subprocess.Popen(command, cwd=ROOT, env=fresh)
    until_seen(fresh)
    assert worker.poll() is None
    server.kill()
    server.wait()
    assert worker.wait(60) == 0


def test_a_worker_that_is_told_to_stop_ends_at_once(fresh: dict[str, str]) -> None:
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=fresh)
    until_seen(fresh)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
