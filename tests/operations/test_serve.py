"""A whole installation from nothing: prepared once, served, refused on broken content."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """The environment of a new installation in its own folder, on the embedded database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHECKPOINT_")}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return {**environment, "CHECKPOINT_VAR": str(tmp_path / "var"), "CHECKPOINT_WORKERS": "2"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@contextmanager
def serving(environment: dict[str, str], *words: str) -> Iterator[tuple[int, list[str]]]:
    """Serve on a free port; gives the port and the lines printed up to being ready."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), *words]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert server.stdout is not None
    printed: list[str] = []
    try:
        for line in server.stdout:
            printed.append(line.rstrip())
            if line.startswith("Stop with"):
                break
        yield port, printed
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()


def get(port: int, path: str) -> tuple[int, str]:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except ConnectionError:
            if time.monotonic() > deadline:
                raise


def test_a_fresh_installation_serves_the_demo_and_says_where(fresh):
    with serving(fresh) as (port, printed):
        text = "\n".join(printed)
        assert f"http://127.0.0.1:{port}/" in text
        assert f"http://localhost:{port}/" in text
        assert "learner@example.org" in text
        assert "checkpoint-demo" in text
        assert get(port, "/healthz")[0] == 200
        assert get(port, "/readyz")[0] == 200
        assert "Your delivery pipeline" in get(port, "/")[1]


def test_a_second_start_prepares_nothing_and_changes_no_data(fresh):
    with serving(fresh):
        pass
    people = manage(
        fresh,
        "shell",
        "-v0",
        "-c",
        "from checkpoint.accounts.models import User; print(User.objects.count())",
    )
    with serving(fresh) as (_, printed):
        assert not [line for line in printed if line.startswith(("Preparing", "Loading"))]
    again = manage(
        fresh,
        "shell",
        "-v0",
        "-c",
        "from checkpoint.accounts.models import User; print(User.objects.count())",
    )
    assert again.stdout == people.stdout != ""


def test_the_demo_stays_away_from_other_peoples_accounts(fresh):
    assert manage(fresh, "prepare").returncode == 0
    maker = {**fresh, "DJANGO_SUPERUSER_PASSWORD": "a-long-passphrase"}
    made = manage(maker, "createsuperuser", "--noinput", "--email", "olga@example.org")
    assert made.returncode == 0, made.stderr
    with serving(fresh) as (_, printed):
        assert "learner@example.org" not in "\n".join(printed)


def test_turned_off_rate_limits_are_announced_loudly(fresh):
    with serving({**fresh, "CHECKPOINT_RATELIMITS": "off"}, "--no-demo") as (_, printed):
        assert "RATE LIMITS ARE OFF" in "\n".join(printed)


def test_nobody_chooses_by_a_header_where_the_site_stands(fresh):
    with serving({**fresh, "CHECKPOINT_WORKERS": "1"}, "--no-demo") as (port, _):
        get(port, "/healthz")
        moved = urllib.request.Request(
            f"http://127.0.0.1:{port}/guardrails/", headers={"SCRIPT_NAME": "/guardrails"}
        )
        with urllib.request.urlopen(moved, timeout=10) as answer:
            assert 'href="/guardrails/selfcheck/"' not in answer.read().decode()
        assert 'href="/selfcheck/"' in get(port, "/")[1]


def test_the_demo_stays_away_where_a_proxy_leads_others_here(fresh):
    with serving({**fresh, "CHECKPOINT_BEHIND_PROXY": "1"}) as (_, printed):
        assert "learner@example.org" not in "\n".join(printed)


def test_demo_accounts_that_others_can_reach_are_announced_loudly(fresh):
    with serving(fresh):
        pass
    with serving({**fresh, "CHECKPOINT_HOSTS": "checkpoint.example.org,127.0.0.1"}) as (_, printed):
        assert "THE DEMO ACCOUNTS ARE IN THIS DATABASE" in "\n".join(printed)


def test_only_its_owner_reads_the_database_and_the_mail(fresh):
    var = Path(fresh["CHECKPOINT_VAR"])
    assert manage(fresh, "prepare").returncode == 0
    assert var.stat().st_mode & 0o077 == 0
    database, mail = var / "checkpoint.sqlite3", var / "mail"
    for place in (var, mail):
        place.chmod(0o755)
    database.chmod(0o644)
    manage(fresh, "prepare")
    assert database.stat().st_mode & 0o077 == mail.stat().st_mode & 0o077 == 0


def test_broken_content_is_never_served_and_every_mistake_is_named(fresh, tmp_path):
    lessons = shutil.copytree(ROOT / "lessons", tmp_path / "lessons")
    pipeline = lessons / "pipeline.yaml"
    pipeline.write_text(pipeline.read_text().replace("chapter: chapter-01", "chapter: chapter-99", 1))
    (lessons / "glossary.yaml").write_text("terms: [\n")
    refused = manage({**fresh, "CHECKPOINT_LESSONS": str(lessons)}, "serve", "--port", str(free_port()))
    assert refused.returncode != 0
    assert "pipeline.yaml:" in refused.stderr
    assert "glossary.yaml:" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_variable_that_is_neither_yes_nor_no_is_refused_in_words(fresh):
    refused = manage({**fresh, "CHECKPOINT_HTTPS": "maybe"}, "prepare")
    assert refused.returncode != 0
    assert "CHECKPOINT_HTTPS='maybe' is neither yes nor no" in refused.stderr


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(fresh):
    assert manage(fresh, "prepare").returncode == 0
    key = Path(fresh["CHECKPOINT_VAR"]) / "secret-key"
    first = key.read_text()
    assert len(first) >= 50
    assert key.stat().st_mode & 0o077 == 0
    manage(fresh, "prepare")
    assert key.read_text() == first
