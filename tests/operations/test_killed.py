"""A server killed in the middle of a run: what it had answered is there, and the run goes on."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from tests.operations.test_serve import ROOT, free_port, fresh, manage

__all__ = ["fresh"]

EMAIL, PASSWORD = "mara@example.org", "a-long-passphrase"
MAKE_MARA = f"""
from allauth.account.models import EmailAddress
from checkpoint.accounts.models import User
mara = User.objects.create_user("{EMAIL}", "{PASSWORD}", name="Mara")
EmailAddress.objects.create(user=mara, email=mara.email, verified=True, primary=True)
"""
TABS, LINES_A_TAB, ENOUGH = ("left", "right"), 18, 12
"""Few enough for a minute's limit; the server is killed once `ENOUGH` lines were answered."""


@contextmanager
def killable(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """A server with its workers in a process group of its own, ready to answer."""
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--no-demo"]
    pipe = subprocess.PIPE
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=subprocess.STDOUT, text=True, process_group=0
    )
    assert server.stdout is not None
    try:
        assert any(line.startswith("Stop with") for line in server.stdout)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)
        server.stdout.close()


class Browser:
    """Keeps cookies, sends the token that Django's forms want."""

    def __init__(self, port: int, cookies: CookieJar | None = None) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.cookies = cookies if cookies is not None else CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[str, str]:
        with self.opener.open(self.base + path, timeout=60) as answer:
            return answer.url.removeprefix(self.base), answer.read().decode()

    def post(self, path: str, facts: dict[str, str], *, part: bool = False) -> tuple[str, str]:
        token = next(one.value or "" for one in self.cookies if one.name.endswith("csrftoken"))
        request = urllib.request.Request(
            self.base + path,
            urlencode({**facts, "csrfmiddlewaretoken": token}).encode(),
            {"Referer": self.base + path, **({"HX-Request": "true"} if part else {})},
        )
        with self.opener.open(request, timeout=60) as answer:
            return answer.url.removeprefix(self.base), answer.read().decode()

    def sign_in(self) -> None:
        self.get("/accounts/login/")
        self.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})


class Tab(threading.Thread):
    """Types line after line into a run until the server is gone; remembers what was answered."""

    def __init__(self, name: str, browser: Browser, run: str, typed: threading.Semaphore) -> None:
        super().__init__(name=name)
        self.browser, self.run_address, self.typed = browser, run, typed
        self.answered: list[str] = []
        self.cut_off = False

    def run(self) -> None:
        for number in range(LINES_A_TAB):
            word = f"{self.name}-{number}"
            facts = {"line": f"echo {word} >> ~/said.txt; echo heard {word}", "seen": "0"}
            try:
                _, part = self.browser.post(f"{self.run_address}line/", facts, part=True)
            except (OSError, HTTPException):  # refused, reset, or an answer cut off in its middle
                self.cut_off = True
                return
            assert f"heard {word}\n" in unescape(part)
            self.answered.append(word)
            self.typed.release()


def test_killing_the_server_in_the_middle_of_a_run_loses_nothing_that_was_answered(fresh):
    assert manage(fresh, "prepare").returncode == 0
    made = manage(fresh, "shell", "-v0", "-c", MAKE_MARA)
    assert made.returncode == 0, made.stderr
    port, typed = free_port(), threading.Semaphore(0)
    with killable(fresh, port) as server:
        browser = Browser(port)
        browser.sign_in()
        run, _ = browser.post("/scenarios/wrong-context/start/", {})
        tabs = [Tab(name, Browser(port, browser.cookies), run, typed) for name in TABS]
        for tab in tabs:
            tab.start()
        for _ in range(ENOUGH):
            assert typed.acquire(timeout=90)
        os.killpg(server.pid, signal.SIGKILL)
        for tab in tabs:
            tab.join(90)
    answered = [word for tab in tabs for word in tab.answered]
    assert len(answered) >= ENOUGH and all(tab.cut_off for tab in tabs), "it was killed while lines came"

    with killable(fresh, port):
        again = Browser(port)
        again.sign_in()
        _, page = again.get(run)
        assert [word for word in answered if f"heard {word}\n" not in unescape(page)] == []
        assert "not played" not in page
        _, part = again.post(f"{run}line/", {"line": "cat ~/said.txt", "seen": "0"}, part=True)
        printed = part[part.rindex('<p class="term__cmd">cat ~/said.txt') :].partition("</pre>")[0]
        said = re.findall(r"(?:left|right)-\d+", printed)
        assert set(answered) <= set(said) and len(said) == len(set(said))
        for tab in tabs:
            mine = [word for word in said if word in tab.answered]
            assert mine == tab.answered, "in the order in which they were answered"
        assert len(said) - len(answered) <= len(TABS), "more only by what was on its way"
