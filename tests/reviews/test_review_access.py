"""Who may open which address of reviewing, for every role and every address."""

import pytest
from django.test import Client
from django.urls import reverse

from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.actions import create_cohort, give_role, join_cohort
from checkpoint.cohorts.roles import Role
from checkpoint.reviews.urls import urlpatterns
from tests.builders import make_instructor, make_learner, signed_in
from tests.reviews.conftest import left_open

FILES = {"review-agreement-csv"}
POSTS = {"review-setting"}
MOVES_ON = {"review-patch"}
"""Leads back to the list of decisions where none is named."""
PAGES = {"review", "review-answer", "review-decisions", "review-agreement"}


@pytest.fixture
def address(cohort):
    attempt = left_open(cohort, "alice", "Words of hers.").attempt_id
    return lambda name: reverse(name, args=[cohort.slug, *([attempt] if name == "review-answer" else [])])


def somebody(cohort, ivy, role: Role) -> Client:
    person = make_learner(f"some-{role}")
    join_cohort(cohort=cohort, user=person)
    if role != Role.LEARNER:
        give_role(cohort=cohort, user_id=person.pk, role=role, by=ivy)
    return signed_in(person)


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.ASSISTANT, Role.OBSERVER, Role.LEARNER])
def test_instructors_and_assistants_review_and_only_instructors_export(cohort, ivy, address, role):
    client = somebody(cohort, ivy, role)
    for name in PAGES:
        expected = 200 if role in (Role.INSTRUCTOR, Role.ASSISTANT) else 403
        assert client.get(address(name)).status_code == expected, name
    assert client.get(address("review-agreement-csv")).status_code == (
        200 if role == Role.INSTRUCTOR else 403
    )
    posted = client.post(address("review-setting"), {"verdict": "first"}).status_code
    assert posted == (302 if role in (Role.INSTRUCTOR, Role.ASSISTANT) else 403)


def test_strangers_find_nothing_and_change_nothing(address, cohort):
    otto = make_instructor("otto")
    create_cohort(by=otto, name="Somewhere else")
    operator = make_learner("op", is_staff=True, is_superuser=True)
    for person in (otto, operator):
        for name in PAGES | FILES | MOVES_ON:
            assert signed_in(person).get(address(name)).status_code == 404
        assert signed_in(person).post(address("review-answer"), {"c-Q1.2": "met"}).status_code == 404


@pytest.mark.parametrize("name", sorted(PAGES | FILES))
def test_somebody_not_signed_in_is_sent_to_sign_in(client: Client, address, name: str):
    assert client.get(address(name)).headers["Location"].startswith("/accounts/login/?next=")
    assert client.get(address(name), headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("name", sorted(PAGES))
def test_htmx_gets_the_part_and_others_the_page(ivys: Client, address, name: str):
    page, part = ivys.get(address(name)), ivys.get(address(name), headers={"HX-Request": "true"})
    assert page.content.lstrip().startswith(b"<!doctype html>") and b"<html" not in part.content
    assert "HX-Request" in page.headers["Vary"] and "HX-Request" in part.headers["Vary"]


def test_wrong_methods_are_refused(ivys: Client, address):
    assert ivys.get(address("review-setting")).status_code == 405
    for name in (PAGES | FILES) - {"review-answer"}:
        assert ivys.post(address(name)).status_code == 405


def test_every_address_of_reviewing_is_tried_here():
    assert {pattern.name for pattern in urlpatterns} == PAGES | FILES | POSTS | MOVES_ON


def test_a_decision_and_an_export_are_written_down(ivys: Client, address, cohort):
    ivys.post(address("review-answer"), {"c-Q1.2": "met", "comment": "Secret words."})
    ivys.get(address("review-agreement-csv"))
    entries = {entry.what: entry for entry in AuditEntry.objects.filter(cohort=cohort)}
    assert entries["decided"].details == {"attempt": 1, "criteria": "Q1.2 met"}
    assert entries["decided"].subject == "target"
    assert "agreement-exported" in entries
