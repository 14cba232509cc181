import pytest
from django.test import Client

from tests.builders import make_judged, make_learner, signed_in

pytestmark = pytest.mark.django_db
LIST = "/selfcheck/"


def test_anybody_sees_the_questions():
    page = Client().get(LIST).content.decode()
    assert "When and why do you check the context and the namespace?" in page
    assert "Nothing is stored" in page


def test_a_learner_sees_where_they_stand_with_each():
    alice = make_learner("alice")
    make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "partial"}, level="almost")
    page = signed_in(alice).get(LIST).content.decode()
    assert "1 of 2 met" in page and "Close" in page


def test_a_waiting_draft_is_named():
    client = signed_in(make_learner("alice"))
    client.post("/selfcheck/target/draft/", {"answer": "Half a thought"})
    assert "Draft saved today" in client.get(LIST).content.decode()


def test_htmx_gets_the_part_and_browsers_the_page():
    part, page = Client().get(LIST, headers={"HX-Request": "true"}), Client().get(LIST)
    assert "<html" not in part.content.decode() and "<html" in page.content.decode()
    assert "HX-Request" in part["Vary"] and "HX-Request" in page["Vary"]


def test_the_list_is_only_read():
    assert Client().post(LIST).status_code == 405


def test_the_list_costs_four_queries_besides_session_and_person(django_assert_max_num_queries):
    client = signed_in(make_learner("alice"))
    client.get(LIST)
    with django_assert_max_num_queries(4 + 2):
        client.get(LIST)
