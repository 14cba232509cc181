"""Every address of the site, opened by every kind of person, against the rules on who may.

The addresses come from the URL configuration, so a new one without a rule fails here and says what to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.assignments.actions import renew_calendar
from checkpoint.assignments.models import Assignment
from checkpoint.assignments.queries import calendar_key
from checkpoint.cohorts.actions import create_cohort, give_role, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.roles import Permission, Role
from checkpoint.library import get_library
from checkpoint.mails.models import Kind as Letter
from checkpoint.mails.stopping import Stop, stop_link
from checkpoint.operations.addresses import Address, addresses
from checkpoint.operations.permissions import (
    NOBODY,
    RULES,
    Answer,
    Kind,
    NoRuleError,
    Rule,
    may,
    rule_of,
)
from checkpoint.regrades.models import Regrade, State
from tests.builders import make_instructor, make_judged, make_learner, make_run, signed_in
from tests.conftest import MINI_LESSONS

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
SENT = {"run-hint": {"goal": "scaled"}, "run-branch": {"at": "1"}}
"""What a POST needs to be understood, where an empty one finds nothing."""


@dataclass(frozen=True, slots=True)
class World:
    """One cohort, one learner with an answer and a shared run, and everybody who might look."""

    sessions: dict[Kind, str]
    values: dict[str, object]
    """By variable of an address; by name and variable where one name's differs."""

    def place(self, address: Address) -> str:
        return address.filled(lambda variable: self.value(address, variable))

    def value(self, address: Address, variable: str) -> object:
        first = address.pattern.partition("/")[0]
        for key in (f"{address.name} {variable}", f"{first}/ {variable}", variable):
            if key in self.values:
                return self.values[key]
        raise AssertionError(
            f"{address.shown}: no value is known for <{variable}>. Add one to `values` in {__file__}"
        )

    def ask(self, kind: Kind, address: Address, method: str, **headers: str) -> HttpResponseBase:
        """As a fresh browser, and nothing stays of what it did."""
        browser = Client(raise_request_exception=False, headers=headers)
        if kind in self.sessions:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[kind]
        with transaction.atomic():
            sent = SENT.get(address.name, {}) if method == "POST" else None
            response = (
                browser.generic(method, self.place(address))
                if sent is None
                else browser.post(self.place(address), sent)
            )
            transaction.set_rollback(True)
        return response


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """Made once; every request is undone after it, and all of it at the end."""
    with django_db_blocker.unblock(), override_settings(LESSONS_DIR=MINI_LESSONS), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    owner, elsewhere = make_instructor("ivy"), make_instructor("otto")
    cohort = create_cohort(by=owner, name="Autumn group")
    create_cohort(by=elsewhere, name="Somewhere else")
    people = {
        Kind.STRANGER: make_learner("sam"),
        Kind.LEARNER: make_learner("alice"),
        Kind.FELLOW: make_learner("bob"),
        Kind.OWNER: owner,
        Kind.ELSEWHERE: elsewhere,
        Kind.OPERATOR: make_instructor("op", is_staff=True, is_superuser=True),
    }
    for kind in (Kind.LEARNER, Kind.FELLOW):
        join_cohort(cohort=cohort, user=people[kind])
    for kind, role in (
        (Kind.OBSERVER, Role.OBSERVER),
        (Kind.ASSISTANT, Role.ASSISTANT),
        (Kind.INSTRUCTOR, Role.INSTRUCTOR),
    ):
        people[kind] = make_learner(role.value)
        give_role(cohort=cohort, user_id=people[kind].pk, role=role, by=owner)
    sessions = {
        kind: signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value for kind, person in people.items()
    }
    return World(sessions, values_about(cohort, people[Kind.LEARNER]))


def values_about(cohort: Cohort, learner) -> dict[str, object]:
    library = get_library()
    stop = stop_link(Stop(learner.pk, None, Letter.REMINDER)).strip("/").rpartition("/")[2]
    return {
        "lessons/ slug": "chapter-01",
        "figure name": "target.svg",
        "pipeline/ slug": next(iter(library.stages)),
        "guardrails/ slug": next(iter(library.guardrails)),
        "selfcheck/ slug": "target",
        "scenarios/ slug": "wrong-target",
        "cohorts/ slug": cohort.slug,
        "question": "target",
        "scenario": "wrong-target",
        "assignment_id": Assignment.objects.create(
            cohort=cohort, work="question", slug="target", due_at=timezone.now()
        ).pk,
        "calendar-file key": calendar_of(learner),
        "code": cohort.join_code,
        "user_id": learner.pk,
        "attempt_id": make_judged(learner, "target").attempt_id,
        "run_id": make_run(learner, shared=True).pk,
        "regrade_id": Regrade.objects.create(
            cohort=cohort, questions=["target"], total=0, state=State.TRIED
        ).pk,
        "table": "progress",
        "number": 1,
        "token": stop,
        "provider_id": "github",
        "other": "anything",
        "key": "made-up",
        "uidb36": "1",
        "pk": 1,
        "id": learner.pk,
        "object_id": learner.pk,
        "content_type_id": 1,
        "app_label": "cohorts",
        "url": "nothing",
    }


def calendar_of(learner: User) -> str:
    renew_calendar(user=learner)
    return calendar_key(learner.pk)


def answered(response: HttpResponseBase) -> Answer | int:
    """What became of a request; the plain status where it is none of what a rule can say."""
    status, place = response.status_code, response.headers.get("Location", "")
    if place.startswith(("/accounts/login/?next=", "/admin/login/?next=")):
        return Answer.SIGN_IN
    known = {403: Answer.NO, 404: Answer.NOTHING, 405: Answer.NOT_SO}
    return known.get(status, Answer.IN if status < 500 else status)


def opened_wrongly(world: World, address: Address, method: str) -> list[str]:
    """A sentence for each kind of person whom the address answers otherwise than its rule says."""
    rule = rule_of(address)
    audience = rule.read if method == "GET" else rule.send
    wrong = []
    for kind in Kind:
        seen = answered(world.ask(kind, address, method))
        # A method that nobody may use is refused by whatever comes first: who asks, or how.
        fits = seen not in (Answer.IN, 500) if audience is NOBODY else seen == audience[kind]
        if not fits:
            wrong.append(f"{method} {address.shown} by {kind}: {seen}, where the rule says {audience[kind]}")
    return wrong


SITE = [address for address in addresses() if not address.pattern.startswith("admin/")]
OPERATORS_PAGES = [address for address in addresses() if address.pattern.startswith("admin/")]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", SITE, ids=lambda address: address.name)
def test_an_address_opens_to_whom_its_rule_says(world: World, address: Address, method: str) -> None:
    assert opened_wrongly(world, address, method) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_operators_pages_open_to_operators_alone(world: World, method: str) -> None:
    """What an operator is answered there, from a page to “no such row”, is Django's to say."""
    for address in OPERATORS_PAGES:
        rule = rule_of(address)
        audience = rule.read if method == "GET" else rule.send
        for kind in Kind:
            seen = answered(world.ask(kind, address, method))
            expected = seen != Answer.SIGN_IN if kind == Kind.OPERATOR else seen == audience[kind]
            assert expected and not isinstance(seen, int), f"{method} {address.shown} by {kind}: {seen}"


@pytest.mark.parametrize("address", SITE, ids=lambda address: address.name)
def test_under_htmx_whoever_has_to_sign_in_is_told_so(world: World, address: Address) -> None:
    """No sign-in form lands inside a page."""
    rule = rule_of(address)
    for method, audience in (("GET", rule.read), ("POST", rule.send)):
        if audience[Kind.ANYBODY] == Answer.SIGN_IN:
            response = world.ask(Kind.ANYBODY, address, method, **HTMX)
            assert response.status_code == 401, f"{method} {address.shown}"
            assert response.headers["HX-Redirect"].startswith("/accounts/login/")


def test_every_rule_is_about_an_address_that_is_there() -> None:
    used = {id(rule_of(address)) for address in addresses()}
    names = {address.name for address in addresses()}
    stale = [name for name, rule in RULES.items() if "*" not in name and name not in names]
    assert stale == [] and used, f"{stale} in RULES of checkpoint/operations/permissions.py lead nowhere"


def test_an_address_without_a_rule_says_where_to_add_it() -> None:
    with pytest.raises(NoRuleError, match=r"“cohort-secrets” .* add its line to RULES"):
        rule_of(Address("cohort-secrets", "cohorts/<slug:slug>/secrets/"))


def test_an_address_that_opens_too_far_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof proves something: with a stricter rule, the same page is reported."""
    cohort = next(address for address in SITE if address.name == "cohort")
    monkeypatch.setitem(RULES, "cohort", Rule(may(Permission.READ_AUDIT)))
    assert [line.partition(" by ")[2] for line in opened_wrongly(world, cohort, "GET")] == [
        "observer: yes, where the rule says 403",
        "assistant: yes, where the rule says 403",
        "instructor: yes, where the rule says 403",
    ]


class TestTheTable:
    """`manage.py permissions` writes docs/permissions.md."""

    def test_it_is_up_to_date(self) -> None:
        call_command("permissions", check=True)

    def test_an_outdated_one_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "permissions.md").write_text("old")
        with pytest.raises(CommandError, match=r"Run manage\.py permissions and commit it"):
            call_command("permissions", check=True, folder=tmp_path)
        call_command("permissions", folder=tmp_path, stdout=StringIO())
        call_command("permissions", check=True, folder=tmp_path)
        assert "| `/cohorts/<slug>/audit/` | read |" in (tmp_path / "permissions.md").read_text()
