import pytest

from checkpoint.reviews.models import ReviewerSetting
from checkpoint.selfcheck.decisions.actions import appeal
from tests.builders import make_judged
from tests.reviews.conftest import LONG, learner, left_open, page_of, queue_of, text


def test_what_waits_is_listed_without_names(cohort, ivys) -> None:
    left_open(cohort, "alice", "Words about the check.")
    make_judged(learner(cohort, "bob"), "target", "met", answer="Everything is here.")
    page = text(ivys, queue_of(cohort))
    assert "One answer needs you" in page and "Words about the check." in page
    assert "Criterion 2: the grader left it open" in page
    assert "Everything is here." not in page
    assert "Alice" not in page and "alice@" not in page


def test_only_a_learners_latest_answer_waits(cohort, ivys) -> None:
    first = left_open(cohort, "alice", "The first try.")
    make_judged(first.attempt.user, "target", "met", answer="The second one.")
    assert "Nothing waits for you" in text(ivys, queue_of(cohort))


def test_another_cohorts_answers_are_not_here(cohort, ivys) -> None:
    lone = left_open(cohort, "alice", "Words of mine.")
    lone.attempt.user.memberships.all().delete()
    assert "Nothing waits for you" in text(ivys, queue_of(cohort))
    assert ivys.get(page_of(lone, cohort)).status_code == 404


def test_alike_answers_stand_together(cohort, ivys) -> None:
    for name, answer in (("alice", LONG), ("bob", LONG.upper()), ("carol", "Something else entirely.")):
        left_open(cohort, name, answer)
    page = text(ivys, queue_of(cohort))
    assert "3 answers in 2 groups" in page and "2 alike answers" in page
    assert "alike answers</b>" not in text(ivys, queue_of(cohort, "?single=1"))


def test_the_address_narrows_by_kind_question_and_criterion(cohort, ivys) -> None:
    left_open(cohort, "alice", "Left open by the grader.")
    disputed = make_judged(learner(cohort, "bob"), "target", {"Q1.1": "missing"}, answer="Disputed by bob.")
    appeal(verdict=disputed, criterion="Q1.1", span=None, note="")
    for query, here in (
        ("?kind=appeal", {"Disputed by bob."}),
        ("?kind=unsure", {"Left open by the grader."}),
        ("?question=target&criterion=Q1.2", {"Left open by the grader."}),
        ("?kind=nonsense&question=none&page=x", {"Disputed by bob.", "Left open by the grader."}),
    ):
        page = text(ivys, queue_of(cohort, query))
        found = {one for one in ("Disputed by bob.", "Left open by the grader.") if one in page}
        assert found == here, query


def test_a_narrowed_queue_that_is_empty_says_so(cohort, ivys) -> None:
    left_open(cohort, "alice", "Words.")
    assert "Nothing like this waits" in text(ivys, queue_of(cohort, "?kind=appeal"))


def test_the_setting_is_each_reviewers_own(cohort, ivys, ivy) -> None:
    left_open(cohort, "alice", "Words.")
    for sent, said in (("first", "before you decide"), ("after", "see the machine’s verdict after")):
        ivys.post(queue_of(cohort) + "setting/", {"verdict": sent})
        assert said in text(ivys, queue_of(cohort))
    assert ReviewerSetting.objects.get().user == ivy


def test_the_queue_costs_the_same_however_many_wait(cohort, ivys, django_assert_num_queries) -> None:
    left_open(cohort, "alice", "Words of the first.")
    text(ivys, queue_of(cohort))
    with django_assert_num_queries(6):
        text(ivys, queue_of(cohort))
    for number in range(8):
        answer = f"Answer {number} has {'words ' * number}."
        wrong = left_open(cohort, f"more-{number}", answer, Q1_1="missing")
        appeal(verdict=wrong, criterion="Q1.1", span=None, note="")
    with django_assert_num_queries(6):
        text(ivys, queue_of(cohort))


@pytest.mark.parametrize("page", ["2", "999", "-1", "0", "9" * 30])
def test_any_page_number_is_answered(cohort, ivys, page) -> None:
    left_open(cohort, "alice", "Words.")
    assert ivys.get(queue_of(cohort, f"?page={page}")).status_code == 200
