"""Each table: a row for each thing, the columns that programs rely on, and no name that nobody asked for."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.exports.tables import TABLES
from checkpoint.scenarios.models import Run
from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from tests.builders import make_attempt, make_judged, make_learner, make_played, make_run

COHORT = "/cohorts/autumn-group"
SCALE = "kubectl scale deployment --all --replicas=2"


def rows(browser: Client, table: str, query: str = "") -> list[dict[str, str]]:
    response: Any = browser.get(f"{COHORT}/{table}.csv{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_no_table_names_anybody_unless_asked(ivys: Client, alice: User, table: str) -> None:
    make_judged(alice, "target", {"Q1.1": "met"}, evidence={"Q1.1": ((0, 3),)})
    make_run(alice, shared=True)
    (hidden, *_), (shown, *_) = rows(ivys, table), rows(ivys, table, "?names=shown")
    assert "Alice" not in hidden.values()
    assert "alice@example.org" not in hidden.values()
    assert {"Alice", "alice@example.org"} <= set(shown.values())


@pytest.mark.parametrize("table", sorted(TABLES.keys() - {"answers"}))
def test_one_person_has_one_pseudonym_everywhere(ivys: Client, alice: User, bob: User, table: str) -> None:
    for person in (alice, bob):
        make_judged(person, "target")
        make_run(person, shared=True)
    known = ids(rows(ivys, "progress", "?names=shown"))
    assert len(set(known.values())) == 2
    assert ids(rows(ivys, table, "?names=shown")) == known


def ids(table: list[dict[str, str]]) -> dict[str, str]:
    return {row["learner_email"]: row["learner_id"] for row in table}


@pytest.mark.parametrize("table", TABLES)
def test_only_the_cohorts_own_learners_stand_in_it(ivys: Client, alice: User, table: str) -> None:
    stranger = make_learner("sam")
    make_judged(stranger, "target", answer="Of a stranger.")
    make_run(stranger, shared=True)
    assert "sam@example.org" not in str(rows(ivys, table, "?names=shown"))
    assert "Of a stranger." not in str(rows(ivys, table))


def test_an_attempt_tells_by_what_it_was_judged(ivys: Client, alice: User) -> None:
    verdict = make_judged(alice, "target", "missing", answer="Words.", confidence=2)
    make_attempt(alice, "target", "Waits.")
    judged, waiting = rows(ivys, "attempts")
    assert judged["attempt_id"] == str(verdict.attempt_id)
    assert (judged["question_version"], judged["rubric_version"]) == (verdict.content, verdict.rubric)
    assert (judged["graded_by"], judged["needs_review"], judged["max_score"]) == (verdict.grader, "no", "100")
    assert judged["submitted_at"].endswith("Z")
    assert (waiting["answer"], waiting["graded_by"], waiting["score"]) == ("Waits.", "", "")


def test_a_criterion_has_a_row_for_each_stretch_that_decided_it(ivys: Client, alice: User) -> None:
    make_judged(
        alice,
        "target",
        {"Q1.1": "met", "Q1.2": "missing"},
        answer="One and two.",
        evidence={"Q1.1": ((0, 3), (8, 11))},
        misconceptions={"Q1.X1": ((4, 7),)},
    )
    found = [
        (row["criterion_id"], row["verdict"], row["evidence_text"], row["misconception_id"])
        for row in rows(ivys, "criteria")
    ]
    assert ("Q1.1", "met", "One", "") in found
    assert ("Q1.1", "met", "two", "") in found
    assert ("Q1.2", "missing", "", "") in found
    assert ("", "", "and", "Q1.X1") in found


def test_a_run_that_isnt_shared_is_counted_but_its_steps_stay_private(ivys: Client, alice: User) -> None:
    make_run(alice, "echo secret words")
    (run,) = rows(ivys, "runs")
    assert (run["shared"], run["steps"], run["ending"]) == ("no", "1", "unfinished")
    assert rows(ivys, "steps") == []


def test_a_step_tells_its_outcome_and_the_rule_that_it_broke(ivys: Client, alice: User) -> None:
    make_run(alice, "kubectl config current-context", "false", SCALE, shared=True)
    first, second, third = rows(ivys, "steps")
    assert (first["step"], first["command"], first["outcome"]) == ("1", "kubectl config current-context", "0")
    assert second["outcome"] == "1"
    assert (first["rule_broken"], bool(third["rule_broken"])) == ("", True)


def test_the_same_state_has_the_same_hash_and_another_one_another(ivys: Client, alice: User) -> None:
    lines = ("echo x > ~/app/x", "echo y > ~/app/x")
    one, again = make_run(alice, *lines, shared=True), make_run(alice, *lines, shared=True)
    Run.objects.filter(pk=again.pk).update(seed=one.seed)
    first, second, *others = [row["state_hash"] for row in rows(ivys, "steps")]
    assert first != second
    assert others == [first, second]


def test_taking_back_breaks_no_rule_again(ivys: Client, alice: User) -> None:
    make_run(alice, SCALE, "goals", "undo", shared=True)
    assert [bool(row["rule_broken"]) for row in rows(ivys, "steps")] == [True, False, False]


def test_steps_of_a_scenario_that_has_changed_are_told_all_the_same(ivys: Client, alice: User) -> None:
    run = make_run(alice, "pwd", shared=True)
    Run.objects.filter(pk=run.pk).update(content="another")
    (step,) = rows(ivys, "steps")
    assert (step["command"], step["outcome"], len(step["state_hash"])) == ("pwd", "0", 12)


def test_progress_has_everybody_with_the_best_of_their_runs(ivys: Client, alice: User, bob: User) -> None:
    make_judged(alice, "target", level="ready")
    make_played(alice, "wrong-target", ending="costly", met=["moved"], broken=["harmed"])
    make_played(alice, "wrong-target")
    first, second = rows(ivys, "progress", "?names=shown")
    assert (first["learner_name"], first["target level"], first["questions_cleared"]) == (
        "Alice",
        "ready",
        "1",
    )
    assert (first["wrong-target ending"], first["wrong-target runs"]) == ("costly", "2")
    assert (second["learner_name"], second["target level"], second["target attempts"]) == ("Bob", "", "0")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_more_learners_cost_no_more_queries(
    ivys: Client, alice: User, django_assert_max_num_queries: Any, table: str, suffix: str
) -> None:
    for person in (alice, *(make_learner() for _ in range(6))):
        make_judged(person, "target")
        make_run(person, shared=True)
    with django_assert_max_num_queries(12):
        response: Any = ivys.get(f"{COHORT}/{table}.{suffix}")
        b"".join(response.streaming_content)


def test_what_a_person_decided_counts_and_says_who_graded(ivys: Client, ivy: User, alice: User) -> None:
    verdict = make_judged(alice, "target", {"Q1.1": "missing", "Q1.2": "met"})
    record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.1", "met")])
    found = {row["criterion_id"]: (row["verdict"], row["graded_by"]) for row in rows(ivys, "criteria")}
    assert found["Q1.1"] == ("met", "person")
    assert found["Q1.2"] == ("met", verdict.grader)
    assert rows(ivys, "attempts")[0]["level"] == "ready"
