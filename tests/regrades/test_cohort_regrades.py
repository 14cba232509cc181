"""The pages of regrades."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from checkpoint.regrades import actions
from checkpoint.regrades.models import Regrade, State
from checkpoint.selfcheck.models import Standing
from tests.builders import make_judged, make_learner, signed_in
from tests.regrades.conftest import NOTHING, right_answer


@pytest.fixture
def place(cohort: Cohort) -> str:
    return reverse("cohort-regrades", args=[cohort.slug])


def began(ivys: Client, place: str) -> str:
    answer = ivys.post(place, {"question": ["target"]})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def level(user: User) -> str:
    return Standing.objects.get(user=user, question="target").level


def test_the_page_says_how_many_answers_another_grader_judged(
    ivys: Client, place: str, alice: User, bob: User
) -> None:
    page = ivys.get(place).content.decode()
    assert "2 answers" in page and "Start a dry run" in page


def test_after_regrading_there_is_nothing_to_check(ivys: Client, place: str, alice: User) -> None:
    run = began(ivys, place)
    ivys.post(run, {"do": "apply"})
    page = ivys.get(place).content.decode()
    assert "There is nothing to regrade" in page and "Applied" in page


def test_a_dry_run_shows_levels_criteria_and_samples_with_their_words(
    ivys: Client, place: str, alice: User, bob: User
) -> None:
    page = ivys.get(began(ivys, place)).content.decode()
    for words in (
        "What would change",
        "Alice",
        "Bob",
        "Cleared",
        "Reread first",
        "Says when",
        "I don&#x27;t know.",
    ):
        assert words in page
    assert "<q" in page and "criterion 1 now missing" in page


def test_it_is_applied_and_undone_by_forms(ivys: Client, place: str, alice: User) -> None:
    run = began(ivys, place)
    assert ivys.post(run, {"do": "apply"}).status_code == 302
    assert level(alice) == "revisit"
    assert "Undo this regrade" in ivys.get(run).content.decode()
    ivys.post(run, {"do": "undo"})
    assert level(alice) == "ready"


def test_leaving_it_changes_nothing(ivys: Client, place: str, alice: User) -> None:
    run = began(ivys, place)
    ivys.post(run, {"do": "drop"})
    assert level(alice) == "ready"
    assert "Nothing was changed and nobody was told." in ivys.get(run).content.decode()


def test_learners_words_are_escaped(ivys: Client, place: str, cohort: Cohort) -> None:
    eve = make_learner(
        "eve",
    )
    join_cohort(cohort=cohort, user=eve)
    make_judged(eve, "target", "met", answer="<script>alert(1)</script>")
    page = ivys.get(began(ivys, place)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_no_question_chosen_is_said(ivys: Client, place: str, alice: User) -> None:
    answer = ivys.post(place, {"question": ["no-such"]})
    assert answer.status_code == 422 and "Choose at least one question." in answer.content.decode()


def test_a_second_dry_run_is_refused_with_a_reason(ivys: Client, place: str, alice: User) -> None:
    began(ivys, place)
    answer = ivys.post(place, {"question": ["target"]})
    assert answer.status_code == 409 and "isn’t finished" in answer.content.decode()


def test_what_is_no_change_is_refused(ivys: Client, place: str, alice: User) -> None:
    assert ivys.post(began(ivys, place), {"do": "delete"}).status_code == 422


def test_applying_twice_is_said_and_done_once(ivys: Client, place: str, alice: User) -> None:
    run = began(ivys, place)
    ivys.post(run, {"do": "apply"})
    assert "Somebody else was faster" in ivys.post(run, {"do": "apply"}, follow=True).content.decode()


def test_progress_is_shown_and_asked_for_again_while_it_is_worked_on(
    ivys: Client, place: str, alice: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    run = began(ivys, place)
    page = ivys.get(run).content.decode()
    assert "0 of 1 answers judged" in page and 'hx-trigger="every 3s"' in page
    assert "The background worker wasn’t seen" in page
    part = ivys.get(run, headers={"HX-Request": "true"})
    assert b"<html" not in part.content and "HX-Request" in part.headers["Vary"]
    while actions.step(Regrade.objects.get().pk):
        pass
    assert "hx-trigger" not in ivys.get(run).content.decode()


@pytest.mark.parametrize("path", ["", "1/"])
def test_learners_are_told_no_and_strangers_find_nothing(
    client: Client, place: str, alice: User, path: str
) -> None:
    assert signed_in(alice).get(place + path).status_code == 403
    assert signed_in(make_learner("sam")).get(place + path).status_code == 404
    assert client.get(place + path).status_code == 302
    assert signed_in(alice).post(place + path, {"do": "apply"}).status_code == 403


def test_another_cohorts_regrade_is_not_found(ivys: Client, place: str, ivy: User, alice: User) -> None:
    from checkpoint.cohorts.actions import create_cohort

    began(ivys, place)
    other = create_cohort(by=ivy, name="Other")
    number = Regrade.objects.get().pk
    assert ivys.get(reverse("cohort-regrade", args=[other.slug, number])).status_code == 404
    assert ivys.post(reverse("cohort-regrade", args=[other.slug, number]), {"do": "apply"}).status_code == 404
    assert Regrade.objects.get().state == State.TRIED


def test_who_left_the_cohort_is_not_shown(
    ivys: Client, place: str, cohort: Cohort, alice: User, bob: User
) -> None:
    run = began(ivys, place)
    cohort.memberships.get(user=alice).delete()
    page = ivys.get(run).content.decode()
    assert "Alice" not in page and NOTHING[:5] not in page and "Bob" in page


@pytest.mark.parametrize("size", [3, 30])
def test_pages_cost_the_same_number_of_queries_for_any_cohort(
    ivys: Client,
    place: str,
    cohort: Cohort,
    size: int,
    mini_course: Library,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(size):
        person = make_learner(f"person-{number}")
        join_cohort(cohort=cohort, user=person)
        falls = number % 2
        answer = f"{NOTHING} {number}" if falls else right_answer(mini_course)
        make_judged(person, "target", "met" if falls else "missing", answer=answer)
    run = began(ivys, place)
    ivys.get(run)
    with django_assert_num_queries(FRAME + 2):
        ivys.get(place)
    with django_assert_num_queries(FRAME + 9):
        ivys.get(run)


FRAME = 3
"""Session, person and membership are asked for every page of a cohort."""


# --- What a learner sees --------------------------------------------------------------------


def test_the_learner_is_told_on_the_attempt_the_overview_and_under_progress(
    ivys: Client, place: str, alice: User
) -> None:
    run = began(ivys, place)
    hers = signed_in(alice)
    attempt = reverse("attempt", args=["target", Standing.objects.get(user=alice).attempt_id])
    for path in (attempt, "/", "/progress/"):
        assert "hecked again" not in hers.get(path).content.decode()
    ivys.post(run, {"do": "apply"})
    for path in (attempt, "/", "/progress/"):
        page = hers.get(path).content.decode()
        assert "Checked again under" in page and "criterion 1 now missing" in page
    ivys.post(run, {"do": "undo"})
    assert "A re-check was taken back: criterion 1 now met" in hers.get(attempt).content.decode()


def test_a_re_check_that_changed_nothing_is_not_told(
    ivys: Client, place: str, cohort: Cohort, mini_course: Library
) -> None:
    dora = make_learner("dora")
    join_cohort(cohort=cohort, user=dora)
    make_judged(dora, "target", "met", answer=right_answer(mini_course))
    ivys.post(began(ivys, place), {"do": "apply"})
    assert "hecked again" not in signed_in(dora).get("/").content.decode()
