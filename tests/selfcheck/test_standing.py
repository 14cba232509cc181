"""Standings are what the verdicts say, whoever writes when."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.library import get_library
from checkpoint.selfcheck.actions import judge_attempt, record_attempt, save_draft
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Draft, Standing
from checkpoint.selfcheck.queries.crowd import Crowd, crowd_rows
from checkpoint.selfcheck.queries.standings import stage_standings, standings_of
from tests.builders import make_attempt, make_judged, make_learner, signed_in
from tests.selfcheck.conftest import ASK, CLEARS, HALF, NOTHING


def at_once(*tasks) -> None:
    """Run each task in a thread of its own, all starting at the same moment."""
    start, failures = Barrier(len(tasks)), []

    def run(task) -> None:
        try:
            start.wait()
            task()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


# --- Two at once --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_words_sent_at_the_same_moment_are_one_attempt():
    alice = make_learner("alice")
    clients = [signed_in(alice) for _ in range(4)]
    at_once(*(lambda c=c: c.post(ASK, {"answer": HALF}) for c in clients))
    assert Attempt.objects.count() == 1
    assert AttemptVerdict.objects.count() == 1 and Standing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_different_words_sent_at_the_same_moment_are_all_kept():
    alice = make_learner("alice")
    clients = [signed_in(alice) for _ in range(4)]
    at_once(*(lambda c=c, n=n: c.post(ASK, {"answer": f"{HALF} {n}"}) for n, c in enumerate(clients)))
    assert sorted(Attempt.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Standing.objects.get().attempt_id == max(Attempt.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_verdicts_at_the_same_moment_leave_the_later_attempt_standing():
    alice = make_learner("alice")
    attempts = [make_attempt(alice, "target", answer) for answer in (CLEARS, HALF, NOTHING)]
    at_once(*(lambda a=a: judge_attempt(a) for a in attempts))
    assert Standing.objects.get().attempt == attempts[-1] and AttemptVerdict.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_devices_saving_at_the_same_moment_lose_no_draft():
    alice = make_learner("alice")
    told = []
    at_once(
        *(
            lambda words=words: told.append(
                save_draft(user_id=alice.pk, question="target", answer=words, version="")
            )
            for words in ("phone", "laptop")
        )
    )
    assert Draft.objects.count() == 1 and {type(t).__name__ for t in told} == {"DraftSaved", "DraftConflict"}


# --- One after another ------------------------------------------------------------------


@pytest.mark.django_db
def test_an_earlier_attempt_judged_later_changes_nothing():
    alice = make_learner("alice")
    first, second = make_attempt(alice, "target", CLEARS), make_attempt(alice, "target", NOTHING)
    judge_attempt(second)
    judge_attempt(first)
    assert Standing.objects.get().attempt == second and standings_of(alice.pk)["target"].level == "revisit"


@pytest.mark.django_db
def test_a_standing_tells_the_latest_judged_attempt():
    alice = make_learner("alice")
    make_judged(alice, "target", {"Q1.1": "missing", "Q1.2": "missing"}, confidence=3)
    latest = make_judged(
        alice, "target", {"Q1.1": "met", "Q1.2": "partial"}, answer="More", level="almost", confidence=1
    )
    make_attempt(alice, "target", "Not judged")
    standing = standings_of(alice.pk)["target"]
    assert (standing.level, standing.met, standing.total) == ("almost", 1, 2)
    assert standing.outcomes == ("met", "partial") and standing.confidence == 1
    assert standing.attempt_id == latest.attempt_id and standing.attempts == 2


def crowd_of(asked) -> Crowd:
    return Crowd(crowd_rows(asked, timezone.now() - timedelta(days=7)))


@pytest.mark.django_db
def test_many_learners_latest_answers_cost_one_query(django_assert_num_queries):
    learners = [make_learner() for _ in range(5)]
    given = [make_judged(learner, "target") for learner in learners[:4]]
    make_judged(make_learner("somebody-else"), "target")
    asked = User.objects.filter(pk__in=[learner.pk for learner in learners]).values("pk")
    with django_assert_num_queries(1):
        found = crowd_of(asked).latest_of([learner.pk for learner in learners])
    assert {pk: mine["target"].attempt_id for pk, mine in found.items()} == {
        verdict.attempt.user_id: verdict.attempt_id for verdict in given
    }
    assert {mine["target"].judgement.outcomes for mine in found.values()} == {("met", "met")}


@pytest.mark.django_db
def test_a_criterion_added_since_is_not_decided_yet():
    alice = make_learner("alice")
    make_judged(alice, "target")
    Standing.objects.update(outcomes={"Q1.1": "met", "Q1.gone": "met"})
    standing = standings_of(alice.pk)["target"]
    assert standing.outcomes == ("met", "unscored") and standing.met == 1
    judged = crowd_of(User.objects.values("pk")).latest_of([alice.pk])[alice.pk]["target"].judgement
    assert judged.outcomes == ("met", "unscored") and judged.met == 1


@pytest.mark.django_db
def test_a_question_no_longer_asked_is_left_out():
    alice = make_learner("alice")
    make_judged(alice, "target")
    Standing.objects.update(question="dropped")
    assert standings_of(alice.pk) == {}
    assert crowd_of(User.objects.values("pk")).latest_of([alice.pk]) == {}


@pytest.mark.django_db
def test_a_stage_is_cleared_by_its_criteria(django_assert_num_queries):
    alice, bob = make_learner("alice"), make_learner("bob")
    make_judged(alice, "target")
    make_judged(bob, "target", {"Q1.1": "missing", "Q1.2": "met"})
    mine, others = standings_of(alice.pk), standings_of(bob.pk)
    with django_assert_num_queries(0):
        stages = {
            name: stage_standings(of)[0] for name, of in (("alice", mine), ("bob", others), ("new", {}))
        }
    assert [s.stage for s in stage_standings({})] == list(get_library().stages)
    assert {name: (s.state, s.met, s.total) for name, s in stages.items()} == {
        "alice": ("cleared", 2, 2),
        "bob": ("begun", 1, 2),
        "new": ("open", 0, 2),
    }


@pytest.mark.django_db
def test_standings_can_be_rebuilt_from_the_verdicts(capsys):
    alice, bob = make_learner("alice"), make_learner("bob")
    for answer, outcome in (("One", "missing"), ("Two", "met")):
        make_judged(alice, "target", outcome, answer=answer)
    make_judged(bob, "target", "partial")
    before = [standings_of(person.pk) for person in (alice, bob)]
    Standing.objects.filter(user=alice).delete()
    Standing.objects.filter(user=bob).update(level="ready", outcomes={})
    call_command("rebuild_standings")
    assert [standings_of(person.pk) for person in (alice, bob)] == before
    assert "2 standings" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_answer_is_stored_and_judged_in_few_queries(django_assert_max_num_queries):
    client: Client = signed_in(make_learner("alice"))
    client.post(ASK, {"answer": NOTHING})
    # One of them reads all standings, for the pipeline in the header that moves with the verdict.
    with django_assert_max_num_queries(13):
        client.post(ASK, {"answer": CLEARS}, headers={"HX-Request": "true"})


@pytest.mark.django_db
def test_the_same_words_much_later_are_a_new_attempt():
    alice = make_learner("alice")
    earlier = timezone.now() - timedelta(hours=1)
    record_attempt(user_id=alice.pk, question="target", answer=HALF, at=earlier)
    _, fresh = record_attempt(user_id=alice.pk, question="target", answer=HALF)
    assert fresh and Attempt.objects.count() == 2
