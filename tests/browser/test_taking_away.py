"""What leaves the desk as a file, and the mails that somebody doesn't want."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from checkpoint.mails.models import Kind
from checkpoint.mails.stopping import Stop, stop_link
from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from checkpoint.selfcheck.models import AttemptVerdict
from tests.assignments.conftest import given
from tests.browser.conftest import NARROW, Visitor
from tests.browser.test_rubric import looked_at
from tests.browser.test_scenario import BOTH
from tests.builders import make_instructor, make_judged, make_learner

HOME = "/cohorts/autumn-group/"


@pytest.fixture(autouse=True)
def cohort(mini_course: Library) -> Cohort:
    cohort = create_cohort(by=make_instructor("ivy"), name="Autumn group")
    for name in ("alice", "bob"):
        person = make_learner(name)
        join_cohort(cohort=cohort, user=person)
        make_judged(person, "target", answer="=1+1 is what I look at.")
    return cohort


def taken(page: Page, name: str) -> Path:
    """The file that a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path())


def test_the_record_is_taken_away_under_pseudonyms_and_with_names_if_asked_for(visit: Callable[..., Visitor]):
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    page = visitor.go(HOME)
    page.get_by_role("navigation", name="Pages of").get_by_role("link", name="Exports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Exports")
    assert looked_at(visitor) == []
    rows = list(csv.reader(StringIO(taken(page, "CSV of answers").read_text("utf-8-sig"))))
    told = " ".join(cell for row in rows for cell in row)
    assert len(rows) == 3 and "'=1+1 is what I look at." in told and "alice" not in told.casefold()
    with ZipFile(taken(page, "The whole record")) as record:
        assert sum(name.endswith(".csv") for name in record.namelist()) >= 6
    page.get_by_role("link", name="Show names and addresses in the files").click()
    page.get_by_role("link", name="Take pseudonyms instead").wait_for()
    assert "alice@example.org" in taken(page, "CSV of answers").read_text("utf-8-sig")
    page.get_by_role("navigation", name="Pages of").get_by_role("link", name="Audit").click()
    expect(page.locator("tbody tr").first).to_contain_text("took away a file of the cohort")


def test_agreement_is_looked_at_and_exported(visit: Callable[..., Visitor]):
    verdict = AttemptVerdict.objects.get(attempt__user__email="alice@example.org")
    ivy = User.objects.get(email="ivy@example.org")
    record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.2", "missing")])
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    page = visitor.go(f"{HOME}review/agreement/")
    expect(page.get_by_role("region", name="Agreement by criterion")).to_contain_text("Too few to tell")
    assert looked_at(visitor) == []
    assert "Q1.2" in taken(page, "Export CSV").read_text("utf-8-sig")


def test_a_due_date_goes_into_a_calendar(visit: Callable[..., Visitor], cohort: Cohort):
    given(cohort, timezone.now() + timedelta(days=2), slug="target")
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    page = visitor.go(f"{HOME}assignments/")
    page.get_by_role("table").get_by_role("link").click()
    told = taken(page, "As a calendar file").read_text("utf-8")
    assert "BEGIN:VEVENT" in told and "Checking the target" in told


@BOTH
def test_reminders_are_stopped_by_the_link_of_a_mail_and_wanted_again(
    visit: Callable[..., Visitor], cohort: Cohort, script: bool
):
    alice = User.objects.get(email="alice@example.org")
    visitor = visit(java_script_enabled=script, viewport=NARROW)
    page = visitor.go("/" + stop_link(Stop(alice.pk, cohort.pk, Kind.REMINDER)).split("/", 3)[3])
    page.get_by_role("button", name=re.compile("^Stop reminders")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("These mails are stopped")
    if script:
        assert looked_at(visitor) == []
    visitor.sign_in("alice@example.org")
    page = visitor.go("/mail/")
    expect(page.locator("main")).to_contain_text("of Autumn group")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("heading", name="You stopped")).to_have_count(0)
