"""The pages of assignments, for those who give them and those who do them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from checkpoint.accounts.models import User
from checkpoint.assignments.forms import ON_SCREEN
from checkpoint.assignments.models import Assignment, Extension
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.models import Cohort
from tests.assignments.conftest import given, joined, within
from tests.builders import make_attempt, make_learner, make_played, signed_in


@pytest.fixture
def place(cohort: Cohort) -> str:
    return reverse("cohort-assignments", args=[cohort.slug])


def on_screen(**time: float) -> str:
    return timezone.localtime(within(**time)).strftime(ON_SCREEN)


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_several_are_assigned_with_one_due_date_in_the_sites_time(
    ivys: Client, place: str, alice: User
) -> None:
    chosen = ["question:target", "scenario:wrong-target"]
    answer = ivys.post(place, {"task": chosen, "due_at": "2031-11-27T17:00"})
    assert answer.status_code == 302
    page = text(ivys, place)
    assert page.count("Due Thu 27 Nov 2031, 17:00 (UTC)") == 2


def test_what_is_wrong_is_said_and_what_was_chosen_stays(ivys: Client, place: str) -> None:
    answer = ivys.post(place, {"task": "question:target", "due_at": "2020-01-01T10:00"})
    assert answer.status_code == 422 and not Assignment.objects.exists()
    page = answer.content.decode()
    assert "That’s in the past" in page and 'value="question:target" checked' in page
    assert "Choose at least one" in ivys.post(place, {}).content.decode()
    assert ivys.post(place, {"task": "question:no-such"}).status_code == 422


def test_assigning_twice_makes_one(ivys: Client, place: str) -> None:
    for _ in range(2):
        ivys.post(place, {"task": "question:target"})
    assert Assignment.objects.count() == 1


def test_learners_count_as_done_late_open_and_past_due(
    ivys: Client, place: str, cohort: Cohort, alice: User, bob: User
) -> None:
    one = given(cohort, within(days=-1))
    carol, dan = joined(cohort, "carol"), joined(cohort, "dan")
    make_attempt(alice, "target", at=within(days=-2))
    make_attempt(bob, "target", at=within(hours=-2))
    ivys.post(f"{place}{one.pk}/", {"do": "extend", "learner": dan.pk, "due_at": on_screen(days=3)})
    page = text(ivys, f"{place}{one.pk}/")
    for chip in ("Done 1<", "Done late 1<", "Open 1<", "Open, past due 1<"):
        assert chip in page
    assert carol.name in text(ivys, f"{place}{one.pk}/?show=overdue")
    assert "Alice" not in text(ivys, f"{place}{one.pk}/?show=overdue")


def test_a_scenario_is_done_by_finishing_a_run(ivys: Client, place: str, cohort: Cohort, alice: User) -> None:
    one = given(cohort, None, "scenario", "wrong-target")
    make_played(alice, "wrong-target")
    assert "Open 1<" in text(ivys, f"{place}{one.pk}/")
    make_played(alice, "wrong-target", finished_at=timezone.now())
    assert "Done 1<" in text(ivys, f"{place}{one.pk}/")


def test_due_date_and_extension_are_changed_ended_and_written_down(
    ivys: Client, place: str, cohort: Cohort, alice: User
) -> None:
    one = given(cohort, within(days=2))
    here = f"{place}{one.pk}/"
    ivys.post(here, {"do": "change-due", "due_at": "2031-11-28T09:30"})
    assert "Due Fri 28 Nov 2031, 09:30 (UTC)" in text(ivys, here)
    ivys.post(here, {"do": "extend", "learner": alice.pk, "due_at": on_screen(days=9)})
    assert Extension.objects.get().user == alice
    ivys.post(here, {"do": "end-extension", "learner": alice.pk})
    assert not Extension.objects.exists()
    ivys.post(here, {"do": "remove"})
    assert "Nothing is assigned yet" in text(ivys, place)
    log = [entry.what for entry in AuditEntry.objects.filter(cohort=cohort).order_by("pk")]
    assert log[-5:] == ["assigned", "due-changed", "extended", "extension-ended", "assignment-removed"]


def test_only_the_cohorts_own_learners_are_extended(ivys: Client, place: str, cohort: Cohort) -> None:
    one, stranger = given(cohort, within(days=2)), make_learner("sam")
    facts = {"do": "extend", "learner": stranger.pk, "due_at": on_screen(days=9)}
    assert ivys.post(f"{place}{one.pk}/", facts).status_code == 404
    assert (
        "No extension was given"
        in ivys.post(f"{place}{one.pk}/", {**facts, "due_at": "soon"}).content.decode()
    )
    assert ivys.post(f"{place}{one.pk}/", {"do": "dance"}).status_code == 422


@pytest.mark.parametrize("path", ["", "{}/"])
def test_learners_are_told_no_and_strangers_find_nothing(
    client: Client, place: str, cohort: Cohort, alice: User, path: str
) -> None:
    here = place + path.format(given(cohort, None).pk)
    assert signed_in(alice).get(here).status_code == 403
    assert signed_in(alice).post(here, {"do": "remove"}).status_code == 403
    assert signed_in(make_learner("sam")).get(here).status_code == 404
    assert client.get(here).status_code == 302


@pytest.mark.parametrize("size", [3, 30])
def test_pages_cost_the_same_number_of_queries_for_any_cohort(
    ivys: Client, place: str, cohort: Cohort, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = given(cohort, within(days=2))
    given(cohort, None, "scenario", "wrong-target")
    for number in range(size):
        make_attempt(joined(cohort, f"person-{number}"), "target")
    ivys.get(place)
    with django_assert_num_queries(3 + 5):
        ivys.get(place)
    with django_assert_num_queries(3 + 4):
        ivys.get(f"{place}{one.pk}/")


# --- What a learner sees -----------------------------------------------------------------


def test_a_learner_sees_it_on_the_overview_the_question_and_the_scenario(
    ivys: Client, place: str, cohort: Cohort, alice: User
) -> None:
    one = given(cohort, within(days=2))
    given(cohort, None, "scenario", "wrong-target")
    ivys.post(f"{place}{one.pk}/", {"do": "extend", "learner": alice.pk, "due_at": "2031-11-28T09:30"})
    hers = signed_in(alice)
    for path in ("/", "/selfcheck/target/", "/calendar/"):
        assert "yours: Fri 28 Nov 2031, 09:30 (UTC)" in text(hers, path)
    assert "no due date" in text(hers, "/scenarios/wrong-target/")
    make_attempt(alice, "target")
    assert "yours: Fri 28 Nov" not in text(hers, "/")


def test_others_see_nothing_of_it(cohort: Cohort, client: Client) -> None:
    given(cohort, within(days=2))
    for visitor in (client, signed_in(make_learner("sam"))):
        for path in ("/", "/selfcheck/target/"):
            assert "Assigned" not in text(visitor, path)


def test_the_calendar_has_a_private_address_that_can_be_switched_off(
    client: Client, cohort: Cohort, alice: User
) -> None:
    given(cohort, within(days=2))
    hers = signed_in(alice)
    assert "You have no address yet." in text(hers, "/calendar/")
    hers.post("/calendar/", {"do": "renew"})
    first = hers.get("/calendar/").context["address"]
    file = client.get(first)
    assert file.headers["Content-Type"].startswith("text/calendar") and b"BEGIN:VEVENT" in file.content
    assert b"alice" not in file.content.lower()
    hers.post("/calendar/", {"do": "renew"})
    second = hers.get("/calendar/").context["address"]
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    hers.post("/calendar/", {"do": "revoke"})
    assert client.get(second).status_code == 404
    assert hers.post("/calendar/", {"do": "dance"}).status_code == 422


def test_one_due_date_is_a_calendar_file_with_the_extension_in_it(
    ivys: Client, place: str, cohort: Cohort, alice: User
) -> None:
    one = given(cohort, within(days=2))
    ivys.post(f"{place}{one.pk}/", {"do": "extend", "learner": alice.pk, "due_at": "2031-11-28T09:30"})
    assert b"DTSTART:20311128T093000Z" in signed_in(alice).get(f"{place}{one.pk}/due.ics").content
    assert b"DTSTART:20311128" not in ivys.get(f"{place}{one.pk}/due.ics").content
    assert signed_in(make_learner("sam")).get(f"{place}{one.pk}/due.ics").status_code == 404
    assert ivys.get(f"{place}{given(cohort, None, 'scenario', 'wrong-target').pk}/due.ics").status_code == 404
