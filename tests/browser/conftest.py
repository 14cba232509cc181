"""A real Chromium against a live server; every console, CSP or page error fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread, current_thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Route,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

# Playwright's own event loop runs in the test's thread; the ORM would refuse to work beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine shows what is expected late, and not something else.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

LATE_SCRIPTS = float(os.environ.get("CHECKPOINT_LATE_SCRIPTS", "0"))
"""Milliseconds that every script is held back: what a test does before script is ready fails here, always."""

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid or item.nodeid.startswith("browser/"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def playwright_session() -> Iterator[Playwright]:
    with sync_playwright() as session:
        yield session


@pytest.fixture(scope="session")
def browser(playwright_session: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no Chromium: install Debian's package chromium, or set CHROMIUM=/path/to/it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    browser = playwright_session.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


class AttentiveServer(ThreadedWSGIServer):
    """Knows whom it is still serving: a browser that stays keeps a thread, and that a database connection."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.serving: set[Thread] = set()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self.serving.add(current_thread())
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.serving.discard(current_thread())

    def rest(self) -> None:
        """Wait until everybody who left has been seen off."""
        for thread in tuple(self.serving):
            thread.join(PATIENCE / 1000)


@pytest.fixture(scope="session")
def attentive() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveServerThread, "server_class", AttentiveServer)
        yield


@pytest.fixture(scope="session")
def live_server(attentive: None, django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """Starts after the test database was made, so it stops before that one is dropped."""
    return live_server


class Visitor:
    """One person at one browser; remembers everything the console complained about."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in self.expected):
            self.complaints.append(f"{message.type} on {self.page.url}: {message.text}")

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, email: str, password: str = "checkpoint-demo") -> Page:
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)
        return self.page

    def violations(self) -> list[str]:
        """axe-core's findings on this page, one line each."""
        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def _late(route: Route) -> None:
    with suppress(Error):  # the page was left in the meantime
        route.request.frame.page.wait_for_timeout(LATE_SCRIPTS)
        route.continue_()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: visit(viewport=…, color_scheme=…, java_script_enabled=…)."""
    contexts, visitors = [], []

    def make(**options: Any) -> Visitor:
        options.setdefault("viewport", WIDE)
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(**options)
        if LATE_SCRIPTS:
            context.route("**/*.js", _late)
        contexts.append(context)
        visitor = Visitor(context, live_server.url)
        visitors.append(visitor)
        return visitor

    yield make
    for context in contexts:
        context.close()
    live_server.thread.httpd.rest()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
