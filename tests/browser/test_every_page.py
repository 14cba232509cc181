"""Every page anybody can GET: no axe-core violation and no console complaint, in both themes."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from checkpoint.cohorts.models import Cohort
from checkpoint.library import get_library
from checkpoint.mails.models import Kind
from checkpoint.mails.stopping import Stop, stop_link
from checkpoint.regrades.actions import begin
from checkpoint.scenarios.actions import share_run, start_run, type_line
from checkpoint.selfcheck.models import Attempt, AttemptVerdict
from tests.assignments.conftest import given
from tests.browser.conftest import NARROW, WIDE, Visitor

INSTRUCTOR, LEARNER, ANYBODY = "instructor@example.org", "learner@example.org", ""
NOT_A_PAGE = {
    "healthz": "a probe's plain text",
    "readyz": "a probe's plain text",
    "figure": "an image",
    "draft": "answers POST only",
    "attempt-grade": "answers POST only",
    "appeal-withdraw": "answers POST only",
    "review-setting": "answers POST only",
    "review-agreement-csv": "a CSV file",
    "theme": "answers POST only",
    **dict.fromkeys(
        ("scenario-start", "run-line", "run-file", "run-undo", "run-reset", "run-hint", "run-finish"),
        "answers POST only",
    ),
    **dict.fromkeys(("run-branch", "run-share"), "answers POST only"),
    **dict.fromkeys(("run-note", "run-transcript", "run-recording"), "a file"),
    **dict.fromkeys(("cohort-run-transcript", "cohort-run-recording"), "a file"),
    "run-complete": "a part for the terminal",
    "cohort-leave": "answers POST only",
    **dict.fromkeys(("assignment-calendar", "calendar-file"), "a calendar file"),
    **dict.fromkeys(("export-csv", "export-xlsx", "export-record", "export-workbook"), "a file"),
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "JSON for the passkey script",
    "account_inactive": "shown to people an operator has locked out; its frame is the others'",
}
NEEDS_ANOTHER_SERVICE = re.compile(r"accounts/(github|oidc|social|3rdparty/(login|signup))")
NEEDS_A_STEP_BEFORE = re.compile(r"\(\?P<|login/code/confirm|2fa/authenticate|webauthn/keys")


def addresses() -> Iterator[tuple[str, str]]:
    """(name, pattern) of every address but the admin's, from the URL configuration itself."""
    yield from walk(get_resolver(), "")


def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or "", pattern
        elif not pattern.startswith("admin"):
            yield from walk(entry, pattern)


def pages() -> list[str]:
    """The address patterns of pages a person can open directly."""
    return [
        pattern
        for name, pattern in addresses()
        if name not in NOT_A_PAGE
        and not NEEDS_ANOTHER_SERVICE.search(pattern)
        and not NEEDS_A_STEP_BEFORE.search(pattern)
    ]


@pytest.fixture
def demo() -> dict[str, str]:
    """The demo cohort, and a value for every variable part of an address."""
    call_command("demo", verbosity=0)
    mine = Attempt.objects.filter(user__email=LEARNER).order_by("-id").first()
    assert mine is not None, "the demo learner has answered something"
    run = start_run(user_id=mine.user_id, scenario=next(iter(get_library().scenarios)), seed="1")
    type_line(run=run, line="git log --oneline")
    share_run(run=run, shared=True)
    cohort = Cohort.objects.get()
    assert cohort.created_by is not None
    AttemptVerdict.objects.filter(attempt__question=mine.question).update(grader="an-earlier/1")
    regrade = begin(cohort=cohort, by=cohort.created_by, questions=[mine.question])
    assignment = given(cohort, timezone.now() + timedelta(days=2), slug=mine.question)
    return {
        "lessons/<slug:slug>": "lessons/chapter-02",
        "pipeline/<slug:slug>": "pipeline/ci",
        "guardrails/<slug:slug>": "guardrails/sops-age",
        "scenarios/<slug:slug>": f"scenarios/{run.scenario}",
        "mail/stop/<str:token>": stop_link(Stop(mine.user_id, None, Kind.REMINDER))
        .split("/", 3)[3]
        .strip("/"),
        "<uuid:run_id>": str(run.pk),
        "<int:number>": "1",
        "selfcheck/<slug:slug>": f"selfcheck/{mine.question}",
        "cohorts/join/<str:code>": "cohorts/join/DEMO-JOIN",
        "cohorts/<slug:slug>": f"cohorts/{Cohort.objects.get().slug}",
        "<number:attempt_id>": str(mine.pk),
        "<number:assignment_id>": str(assignment.pk),
        "<slug:question>": mine.question,
        "<slug:scenario>": run.scenario,
        "<number:regrade_id>": str(regrade.pk),
        "<number:user_id>": str(mine.user_id),
    }


def filled(pattern: str, values: dict[str, str]) -> str:
    for part, value in values.items():
        pattern = pattern.replace(part, value)
    assert "<" not in pattern, f"/{pattern} has a part this test knows no value for: add one to `demo`"
    return "/" + pattern


def found_on(visitor: Visitor, paths: list[str]) -> list[str]:
    """Every violation and every sideways scroll, with the page and the way it was looked at.

    A page that only leads on to another (to sign in, say) is looked at once, where it leads.
    """
    found, seen = [], set()
    for path in paths:
        landed = visitor.go(path).url.partition("?")[0]
        if landed in seen:
            continue
        seen.add(landed)
        for theme, viewport in (("light", WIDE), ("dark", WIDE), ("light", NARROW)):
            visitor.page.emulate_media(color_scheme=theme)
            visitor.page.set_viewport_size(viewport)
            look = f"{path} ({theme}, {viewport['width']} px)"
            found += [f"{look}: {violation}" for violation in visitor.violations()]
            if visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{look}: scrolls sideways")
    return found


@pytest.mark.parametrize("person", [ANYBODY, LEARNER, INSTRUCTOR], ids=["anybody", "learner", "instructor"])
def test_no_page_has_a_violation(visit: Callable[..., Visitor], demo: dict[str, str], person: str):
    visitor = visit()
    visitor.expected = ("status of 403", "status of 404")
    if person:
        visitor.sign_in(person)
    paths = [filled(pattern, demo) for pattern in pages()] + ["/search/?q=plan", "/no/such/page/"]
    assert found_on(visitor, paths) == []


def test_no_lesson_or_guardrail_or_stage_or_question_has_a_violation(visit: Callable[..., Visitor]):
    library = get_library()
    paths = [f"/lessons/{slug}/" for slug in library.lessons]
    paths += [f"/guardrails/{slug}/" for slug in library.guardrails]
    paths += [f"/pipeline/{slug}/" for slug in library.stages]
    paths += [f"/selfcheck/{slug}/" for slug in library.questions]
    assert found_on(visit(), paths) == []
