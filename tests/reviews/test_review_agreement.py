import csv
import io

from django.urls import reverse

from checkpoint.core.grading.agreement import exact, kappa
from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from tests.reviews.conftest import left_open, text


def decided(cohort, ivy, count: int, outcome: str, *, machine: str = "missing", blind: bool = True) -> None:
    for number in range(count):
        verdict = left_open(cohort, f"{outcome}-{machine}-{number}", "Words.", Q1_2=machine)
        record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.2", outcome, blind=blind)])


def page(cohort, ivys) -> str:
    return text(ivys, reverse("review-agreement", args=[cohort.slug]))


def test_figures_are_hidden_while_they_are_few(cohort, ivys, ivy) -> None:
    decided(cohort, ivy, 9, "met")
    found = page(cohort, ivys)
    assert "Too few to tell" in found and "%" not in found


def test_agreement_kappa_and_the_blind_share_are_shown(cohort, ivys, ivy) -> None:
    decided(cohort, ivy, 6, "met", machine="met")
    decided(cohort, ivy, 2, "missing", blind=False)
    decided(cohort, ivy, 2, "met")
    found = page(cohort, ivys)
    assert "80%" in found and "0.55" in found
    assert "2 met, where the grader thought missing" in found
    assert "8 <small>of 10</small>" in found


def test_only_the_decision_that_counts_is_counted(cohort, ivys, ivy) -> None:
    verdict = left_open(cohort, "alice", "Words.")
    for outcome in ("met", "missing"):
        rulings = [Ruling(verdict.attempt_id, "Q1.2", outcome, known=10**9)]
        record_decisions(by_id=ivy.pk, rulings=rulings)
    assert '<dd class="num">1</dd>' in page(cohort, ivys)


def test_the_spreadsheet_has_the_counts_of_each_pair(cohort, ivys, ivy) -> None:
    decided(cohort, ivy, 7, "met", machine="met")
    decided(cohort, ivy, 3, "met")
    answer = ivys.get(reverse("review-agreement-csv", args=[cohort.slug]))
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["question"], row["criterion"], row["decisions"], row["blind"]) == (
        "target",
        "Q1.2",
        "10",
        "10",
    )
    assert (row["agreement"], row["kappa"]) == ("0.7", "0.0")
    assert (row["person_met_grader_met"], row["person_met_grader_missing"]) == ("7", "3")


def test_the_spreadsheet_hides_small_figures_too(cohort, ivys, ivy) -> None:
    decided(cohort, ivy, 3, "met")
    answer = ivys.get(reverse("review-agreement-csv", args=[cohort.slug]))
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["agreement"], row["person_met_grader_missing"]) == ("", "")


def test_nothing_decided_is_said(cohort, ivys) -> None:
    assert "Nothing to compare yet" in page(cohort, ivys)


def test_kappa_knows_agreement_by_chance() -> None:
    half = {("a", "a"): 5, ("a", "b"): 5, ("b", "a"): 5, ("b", "b"): 5}
    assert exact(half) == 0.5 and kappa(half) == 0.0
    assert kappa({("a", "a"): 3, ("b", "b"): 3}) == 1.0
    assert kappa({}) is None
