"""/selfcheck/<question>/rubric/: who may see it, and what it says."""

import pytest
from django.test import Client

from checkpoint.cohorts.actions import add_instructor, create_cohort, join_cohort
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

    def test_an_instructor_of_any_cohort_sees_it(self, address):
        cohort = create_cohort(by=make_instructor("ivy"), name="Autumn group")
        assistant = make_learner("assistant")
        add_instructor(cohort=cohort, user=assistant)
        assert signed_in(assistant).get(address).status_code == 200

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
