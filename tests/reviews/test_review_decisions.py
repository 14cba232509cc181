from django.urls import reverse

from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from tests.reviews.conftest import left_open, text


def test_decisions_are_listed_without_learners_names(
    cohort, ivys, ivy, django_assert_max_num_queries
) -> None:
    verdict = left_open(cohort, "alice", "Words of hers.")
    record_decisions(
        by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.2", "partial", note="<b>edge</b>", blind=True)]
    )
    address = reverse("review-decisions", args=[cohort.slug])
    page = text(ivys, address)
    assert "Words of hers." in page and "Ivy" in page and "before seeing the machine’s verdict" in page
    assert "&lt;b&gt;edge&lt;/b&gt;" in page and "Alice" not in page
    for number in range(6):
        other = left_open(cohort, f"more-{number}", "Words.")
        record_decisions(by_id=ivy.pk, rulings=[Ruling(other.attempt_id, "Q1.2", "met")])
    with django_assert_max_num_queries(6):
        text(ivys, address)


def test_the_list_is_narrowed_by_question_and_criterion(cohort, ivys, ivy) -> None:
    verdict = left_open(cohort, "alice", "Words of hers.")
    record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.2", "met")])
    address = reverse("review-decisions", args=[cohort.slug])
    assert "Words of hers." in text(ivys, address + "?question=target")
    assert "Words of hers." in text(ivys, address + "?question=no-such-question")
    assert "Words of hers." not in text(ivys, address + "?criterion=Q1.1")
