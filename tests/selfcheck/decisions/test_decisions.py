import pytest
from django.core.management import call_command
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.core.grading.verdict import Verdict
from checkpoint.library import get_library
from checkpoint.selfcheck.actions import record_verdict
from checkpoint.selfcheck.decisions.actions import (
    DecidedMeanwhileError,
    Ruling,
    appeal,
    record_decisions,
)
from checkpoint.selfcheck.models import AttemptVerdict, Counted, Decision, Standing
from checkpoint.selfcheck.queries.attempts import attempts_by
from checkpoint.selfcheck.queries.many import answers_of_many
from checkpoint.selfcheck.queries.standings import standings_of
from checkpoint.selfcheck.shown import show
from tests.builders import make_judged, make_verdict


def decide(ivy: User, verdict: AttemptVerdict, criterion: str, outcome: str, **more) -> Decision:
    return record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, criterion, outcome, **more)])[0]


def attempt_page(client: Client, verdict: AttemptVerdict) -> str:
    return client.get(f"/selfcheck/target/attempts/{verdict.attempt_id}/").content.decode()


def test_a_decision_stands_beside_the_verdict_and_counts_in_the_standing(ivy, alice, verdict):
    decide(ivy, verdict, "Q1.2", "met")
    kept = AttemptVerdict.objects.get()
    assert (kept.level, kept.outcomes) == ("almost", {"Q1.1": "met", "Q1.2": "unscored"})
    standing = standings_of(alice.pk)["target"]
    assert (standing.level, standing.outcomes, standing.needs_review) == ("ready", ("met", "met"), False)


def test_what_the_machine_had_said_is_kept_with_the_decision(ivy, verdict):
    made = decide(ivy, verdict, "Q1.2", "met", blind=True)
    assert (made.machine, made.guess, made.blind) == ("unscored", "unscored", True)


def test_progress_and_exports_count_what_was_decided(ivy, alice, verdict):
    decide(ivy, verdict, "Q1.2", "met")
    (mine,) = attempts_by(alice.pk)
    assert (mine.level, mine.outcomes["Q1.2"], mine.decided) == ("ready", "met", True)
    (row,) = answers_of_many([alice.pk])
    assert (row.level, row.score, row.outcomes["Q1.2"]) == ("ready", 100.0, "met")


def test_a_later_decision_supersedes_and_the_earlier_one_stays(ivy, alice, verdict):
    first = decide(ivy, verdict, "Q1.2", "met")
    decide(ivy, verdict, "Q1.2", "missing", known=first.pk)
    assert Decision.objects.count() == 2
    assert standings_of(alice.pk)["target"].outcomes == ("met", "missing")


def test_a_decision_made_unseen_of_another_is_refused_whole(ivy, alice, verdict):
    decide(ivy, verdict, "Q1.2", "met")
    rulings = [
        Ruling(verdict.attempt_id, "Q1.1", "missing"),
        Ruling(verdict.attempt_id, "Q1.2", "missing", known=0),
    ]
    with pytest.raises(DecidedMeanwhileError) as refused:
        record_decisions(by_id=ivy.pk, rulings=rulings)
    assert [one.outcome for one in refused.value.decisions] == ["met"]
    assert Decision.objects.count() == 1


def test_standings_rebuilt_are_the_same(ivy, alice, verdict):
    decide(ivy, verdict, "Q1.2", "met")
    before = Standing.objects.values().get(), Counted.objects.values("level", "outcomes", "decided").get()
    call_command("rebuild_standings", verbosity=0)
    again = Standing.objects.values().get(), Counted.objects.values("level", "outcomes", "decided").get()
    assert {**before[0], "id": 0} == {**again[0], "id": 0} and before[1] == again[1]


def test_a_decision_goes_on_counting_after_a_newer_verdict(ivy, alice, verdict):
    decide(ivy, verdict, "Q1.2", "met")
    question = get_library().questions["target"]
    newer = Verdict(**{**_fields(make_verdict(question, {"Q1.1": "met"})), "grader": "newer/2"})
    record_verdict(
        attempt=verdict.attempt,
        question=question,
        verdict=newer,
        shown=show(question, newer, verdict.attempt.answer),
    )
    assert standings_of(alice.pk)["target"].outcomes == ("met", "met")
    assert attempts_by(alice.pk)[0].level == "ready"


def _fields(verdict: Verdict) -> dict:
    return {name: getattr(verdict, name) for name in verdict.__slots__}


def test_a_decision_about_an_earlier_attempt_leaves_the_latest_standing(ivy, alice, verdict):
    make_judged(alice, "target", {"Q1.1": "missing"}, answer="Other words.")
    decide(ivy, verdict, "Q1.2", "met")
    assert standings_of(alice.pk)["target"].outcomes == ("missing", "missing")


def test_the_learner_sees_who_decided_what_with_the_comment_and_the_machines_verdict(ivy, alices, verdict):
    decide(ivy, verdict, "Q1.2", "met", comment="You name the <wrong> place.", note="Borderline.")
    page = attempt_page(alices, verdict)
    assert "Ivy decided: Met" in page and "You name the &lt;wrong&gt; place." in page
    assert "The machine’s verdict was: Not decided." in page
    assert "Cleared: all two" in page
    assert "Borderline." not in page
    progress = alices.get("/progress/").content.decode()
    assert "What people decided" in progress and "You name the &lt;wrong&gt; place." in progress
    assert "Borderline." not in progress


def test_the_place_that_the_learner_named_is_what_is_marked(ivy, alices, verdict):
    appeal(verdict=verdict, criterion="Q1.2", span=(27, 59), note="")
    decide(ivy, verdict, "Q1.2", "met")
    assert '<mark class="ev" data-v="met" id="ev-1">It keeps me from the wrong place.</mark>' in attempt_page(
        alices, verdict
    )


def test_a_wrong_idea_that_is_none_after_all_leaves_the_corrections(ivy, alice, alices):
    wrong = make_judged(alice, "target", "met", misconceptions={"Q1.X1": ((0, 3),)})
    decide(ivy, wrong, "Q1.X1", "absent", comment="You only quote it.")
    page = attempt_page(alices, wrong)
    assert "Not a wrong idea of yours" in page and "You only quote it." in page
    assert "Correction A" not in page
    assert standings_of(alice.pk)["target"].misconceptions == ()


def test_unread_decisions_are_noticed_until_the_answer_is_looked_at(ivy, alices, verdict):
    assert "A person decided" not in alices.get("/").content.decode()
    decide(ivy, verdict, "Q1.2", "met")
    assert "A person decided about one of your answers" in alices.get("/").content.decode()
    attempt_page(alices, verdict)
    assert "A person decided" not in alices.get("/").content.decode()


def test_a_verdict_with_people_s_words_costs_a_fixed_number_of_queries(
    ivy, alices, verdict, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as seen:
        attempt_page(alices, verdict)
    bare = len(seen.captured_queries)
    for criterion in ("Q1.1", "Q1.2"):
        decide(ivy, verdict, criterion, "partial")
    attempt_page(alices, verdict)
    with django_assert_max_num_queries(bare + 2):
        attempt_page(alices, verdict)
