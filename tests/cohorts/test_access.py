"""Who may open which address of a cohort, for everybody and every address."""

import pytest
from django.test import Client
from django.urls import reverse

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort
from checkpoint.urls import urlpatterns
from tests.builders import make_judged, make_learner, make_run, signed_in

FILES = ["cohort-run-transcript", "cohort-run-recording"]
INSTRUCTORS_PAGES = [
    "cohort",
    "cohort-members",
    "cohort-learner",
    "cohort-attempt",
    "cohort-run",
    "cohort-brief",
    "cohort-roster",
    *FILES,
]

TAKING = ("cohort-members", "cohort-roster")
"""Pages that take a POST too."""


@pytest.fixture
def address(cohort: Cohort, alice: User):
    """Address of each page about alice in ivy's cohort."""
    attempt = make_judged(alice, "target").attempt_id
    run = make_run(alice, shared=True).pk
    last = {
        "cohort-learner": [alice.pk],
        "cohort-attempt": [attempt],
        "cohort-run": [run, 1],
        "cohort-run-transcript": [run],
        "cohort-run-recording": [run],
    }

    def of(name: str) -> str:
        return reverse(name, args=[cohort.slug, *last.get(name, [])])

    return of


@pytest.mark.parametrize("name", INSTRUCTORS_PAGES)
def test_its_instructor_sees_a_page(ivys: Client, address, name: str) -> None:
    assert ivys.get(address(name)).status_code == 200


@pytest.mark.parametrize("name", INSTRUCTORS_PAGES)
def test_its_own_learners_are_told_no(address, alice: User, bob: User, name: str) -> None:
    for learner in (alice, bob):
        assert signed_in(learner).get(address(name)).status_code == 403


@pytest.mark.parametrize("name", INSTRUCTORS_PAGES)
def test_strangers_find_nothing(address, otto: User, name: str) -> None:
    stranger = make_learner("sam")
    operator = make_learner("op", is_staff=True, is_superuser=True)
    for person in (otto, stranger, operator):
        assert signed_in(person).get(address(name)).status_code == 404


@pytest.mark.parametrize("name", INSTRUCTORS_PAGES)
def test_somebody_not_signed_in_is_sent_to_sign_in(client: Client, address, name: str) -> None:
    response = client.get(address(name))
    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={address(name)}"


@pytest.mark.parametrize("name", INSTRUCTORS_PAGES)
def test_under_htmx_the_page_leads_to_sign_in(client: Client, address, name: str) -> None:
    response = client.get(address(name), headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", [n for n in INSTRUCTORS_PAGES if n not in TAKING])
def test_a_page_for_reading_takes_no_post(ivys: Client, address, name: str) -> None:
    assert ivys.post(address(name)).status_code == 405


@pytest.mark.parametrize("name", [n for n in INSTRUCTORS_PAGES if n not in FILES])
def test_htmx_gets_the_part_and_others_the_page(ivys: Client, address, name: str) -> None:
    page, part = ivys.get(address(name)), ivys.get(address(name), headers={"HX-Request": "true"})
    assert page.content.lstrip().startswith(b"<!doctype html>")
    assert b"<html" not in part.content
    assert "HX-Request" in page.headers["Vary"] and "HX-Request" in part.headers["Vary"]


def test_learners_and_strangers_change_nothing(cohort: Cohort, address, bob: User, otto: User) -> None:
    for person, status in ((bob, 403), (otto, 404)):
        answer = signed_in(person).post(address("cohort-members"), {"do": "rename", "name": "Mine now"})
        assert answer.status_code == status
    cohort.refresh_from_db()
    assert cohort.name == "Autumn group"


def test_a_learner_is_told_whom_the_page_is_for(bob: User, address) -> None:
    page = signed_in(bob).get(address("cohort")).content.decode()
    assert "It’s for the instructors of this cohort." in page


def test_an_instructor_sees_only_learners_of_that_cohort(ivys: Client, cohort: Cohort, otto: User) -> None:
    stranger = make_learner("sam")
    attempt = make_judged(stranger, "target")
    assert ivys.get(reverse("cohort-learner", args=[cohort.slug, stranger.pk])).status_code == 404
    assert ivys.get(reverse("cohort-attempt", args=[cohort.slug, attempt.attempt_id])).status_code == 404


def test_an_instructor_is_no_learner_of_the_cohort(ivys: Client, cohort: Cohort, ivy: User) -> None:
    attempt = make_judged(ivy, "target")
    assert ivys.get(reverse("cohort-attempt", args=[cohort.slug, attempt.attempt_id])).status_code == 404
    assert "Nobody has joined yet" in ivys.get(reverse("cohort", args=[cohort.slug])).content.decode()


def test_after_leaving_the_instructor_sees_nothing_more(
    ivys: Client, cohort: Cohort, address, alice: User
) -> None:
    make_judged(alice, "target", answer="Words of mine.")
    signed_in(alice).post(reverse("cohort-leave", args=[cohort.slug]))
    assert "Alice" not in ivys.get(address("cohort")).content.decode()
    assert b"Words of mine." not in b"".join(
        ivys.get(f"/cohorts/{cohort.slug}/answers.csv").streaming_content
    )
    assert ivys.get(address("cohort-learner")).status_code == 404
    for name in ("cohort-attempt", "cohort-run", "cohort-run-transcript", "cohort-run-recording"):
        assert ivys.get(address(name)).status_code == 404


def test_every_address_of_a_cohort_is_tried_here() -> None:
    ours = next(p for p in urlpatterns if str(p.pattern) == "cohorts/")
    guarded = {p.name for p in ours.url_patterns if "<slug:slug>" in str(p.pattern)}
    assert guarded == {*INSTRUCTORS_PAGES, "cohort-leave"}
