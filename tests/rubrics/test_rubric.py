"""/selfcheck/<question>/rubric/: who may see it, and what it says."""

import pytest
from django.core.cache import cache
from django.test import Client

from checkpoint.cohorts.actions import create_cohort, give_role, join_cohort
from checkpoint.cohorts.roles import Role
from checkpoint.library import get_grader, get_library
from tests.builders import make_instructor, make_learner, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_course")]
RUBRIC, TRY = "/selfcheck/target/rubric/", "/selfcheck/target/rubric/try/"
HTMX = {"HX-Request": "true"}


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", [RUBRIC, TRY])
class TestAccess:
    def test_instructors_and_operators_see_it(self, address):
        for person in (make_instructor("ivy"), make_learner("op", is_staff=True)):
            assert signed_in(person).get(address).status_code == 200

    @pytest.mark.parametrize(
        ("role", "status"), [("owner", 200), ("instructor", 200), ("assistant", 200), ("observer", 403)]
    )
    def test_who_sees_answers_in_any_cohort_sees_it(self, address, role, status):
        ivy = make_instructor("ivy")
        cohort = create_cohort(by=ivy, name="Autumn group")
        sam = make_learner("sam")
        give_role(cohort=cohort, user_id=sam.pk, role=Role(role), by=ivy)
        assert signed_in(sam).get(address).status_code == status

    def test_learners_are_told_no(self, address):
        cohort = create_cohort(by=make_instructor("ivy"), name="Autumn group")
        alice = make_learner("alice")
        join_cohort(cohort=cohort, user=alice)
        for learner in (alice, make_learner("sam")):
            response = signed_in(learner).get(address)
            assert response.status_code == 403 and "It’s for instructors" in text(response)
            assert signed_in(learner).get("/selfcheck/no-such-thing/rubric/").status_code == 403

    def test_somebody_not_signed_in_is_sent_to_sign_in(self, address):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={address}"
        assert Client().get(address, headers=HTMX).status_code == 401

    def test_htmx_gets_the_part_and_others_the_page(self, address):
        ivys = signed_in(make_instructor("ivy"))
        part, page = ivys.get(address, headers=HTMX), ivys.get(address)
        assert "<html" not in text(part) and "<html" in text(page)
        for response in (part, page):
            assert "HX-Request" in response["Vary"]
            assert "no-store" in response["Cache-Control"]


def test_other_methods_are_refused():
    ivys = signed_in(make_instructor("ivy"))
    assert ivys.post(RUBRIC).status_code == 405 and ivys.put(TRY).status_code == 405


def test_an_unknown_question_is_not_found():
    ivys = signed_in(make_instructor("ivy"))
    assert ivys.get("/selfcheck/no-such-thing/rubric/").status_code == 404
    assert ivys.get("/selfcheck/no-such-thing/rubric/try/").status_code == 404


def test_the_report_counts_the_questions_own_marked_answers():
    page = text(signed_in(make_instructor("ivy")).get(RUBRIC))
    assert "Each was graded by the rubric without it" in page
    assert "Q1.1" in page and "Called met by mistake" in page and "Calibration" in page


def test_instructors_find_it_from_the_question_and_the_cohort_and_learners_do_not():
    ivy = make_instructor("ivy")
    cohort = create_cohort(by=ivy, name="Autumn group")
    assert RUBRIC in text(signed_in(ivy).get("/selfcheck/target/"))
    assert RUBRIC in text(signed_in(ivy).get(f"/cohorts/{cohort.slug}/"))
    assert RUBRIC not in text(signed_in(make_learner("alice")).get("/selfcheck/target/"))
    assert RUBRIC not in text(Client().get("/selfcheck/target/"))


def test_while_another_process_computes_the_page_says_so_and_asks_again():
    question = get_library().questions["target"]
    key = f"report:1:target:{question.fingerprint()}:{get_grader().name}"
    cache.add(f"{key}:claimed", True, 60)
    ivys = signed_in(make_instructor("ivy"))
    page = text(ivys.get(RUBRIC))
    assert "are being graded" in page and 'hx-trigger="every 5s"' in page
    cache.delete(f"{key}:claimed")
    assert "Called met by mistake" in text(ivys.get(RUBRIC))
    assert cache.get(key) is not None, "shared with the other processes"


def test_a_report_that_crashes_says_so_and_why_and_can_be_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_facts: object) -> None:
        raise ArithmeticError("no <weights> today")

    cache.clear()
    ivys = signed_in(make_instructor("ivy"))
    with monkeypatch.context() as broken_grader:
        broken_grader.setattr("checkpoint.rubrics.reports.report", broken)
        page = text(ivys.get(RUBRIC))
    assert "Grading its marked answers broke off" in page
    assert "ArithmeticError: no &lt;weights&gt; today" in page
    assert "every 5s" not in page
    assert "marked answers of this rubric" in text(ivys.get(RUBRIC))
