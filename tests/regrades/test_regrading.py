"""Judging anew, applying, undoing: what counts, what stays, and who is told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from checkpoint.accounts.models import User
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.actions import join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from checkpoint.regrades import actions
from checkpoint.regrades.models import Finding, Regrade, State
from checkpoint.regrades.queries import count_moving, found_by
from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from checkpoint.selfcheck.models import AttemptVerdict, Standing
from checkpoint.selfcheck.rechecks.queries import rechecked_since, rechecks_of
from tests.builders import make_judged, make_learner
from tests.regrades.conftest import NOTHING, right_answer


def begun(cohort: Cohort, ivy: User, *questions: str) -> Regrade:
    return actions.begin(cohort=cohort, by=ivy, questions=questions or ["target"])


def applied(cohort: Cohort, ivy: User) -> Regrade:
    regrade = begun(cohort, ivy)
    regrade.refresh_from_db()
    actions.apply(regrade=regrade, by=ivy)
    regrade.refresh_from_db()
    return regrade


def level(user: User) -> str:
    return Standing.objects.get(user=user, question="target").level


def test_a_dry_run_says_who_falls_and_rises_and_nothing_counts(
    cohort: Cohort, ivy: User, alice: User, bob: User, mailoutbox: list
) -> None:
    regrade = begun(cohort, ivy)
    regrade.refresh_from_db()
    found = found_by(regrade)
    assert regrade.state == State.TRIED
    assert (found.judged, found.falls, found.rises) == (2, 1, 1)
    assert ("target", "ready", "revisit", 1) in found.transitions
    assert found.moved["target"]["Q1.1", "met", "missing"] == 1
    assert (level(alice), level(bob)) == ("ready", "revisit")
    assert AttemptVerdict.objects.exclude(recheck="").count() == 0
    assert mailoutbox == [] and rechecked_since(alice.pk, timezone.now() - timedelta(days=1)) == ()


def test_applying_adds_verdicts_and_changes_none(cohort: Cohort, ivy: User, alice: User, bob: User) -> None:
    before = list(AttemptVerdict.objects.order_by("pk").values())
    regrade = applied(cohort, ivy)
    assert regrade.state == State.APPLIED
    assert list(AttemptVerdict.objects.order_by("pk").values())[: len(before)] == before
    assert AttemptVerdict.objects.count() == 2 * len(before)
    assert (level(alice), level(bob)) == ("revisit", "ready")


def test_learners_are_told_what_changed_and_only_who_falls_is_written_to(
    cohort: Cohort, ivy: User, alice: User, bob: User, mailoutbox: list
) -> None:
    applied(cohort, ivy)
    attempt = AttemptVerdict.objects.filter(attempt__user=bob).latest("pk").attempt_id
    (told,) = rechecks_of("target", attempt)
    assert "criterion 1 now met" in told.sentence and "lexical" in told.sentence
    assert told.levels == ("Reread first", "Cleared")
    (mail,) = mailoutbox
    assert mail.to == [alice.email]
    assert "criterion 1 now missing" in mail.body and "/selfcheck/target/attempts/" in mail.body
    assert NOTHING not in mail.body


def test_a_level_that_falls_by_itself_is_told_too(cohort: Cohort, ivy: User, mailoutbox: list) -> None:
    """As after a rubric makes another criterion a must-have: each outcome stays, the level doesn't."""
    carol = make_learner("carol")
    join_cohort(cohort=cohort, user=carol)
    verdict = make_judged(carol, "target", "missing", answer=NOTHING, level="ready")
    regrade = applied(cohort, ivy)
    assert (found_by(regrade).falls, count_moving(regrade)) == (1, 1)
    (told,) = rechecks_of("target", verdict.attempt_id)
    assert told.sentence.endswith(": each criterion as before, weighed differently.")
    assert told.levels == ("Cleared", "Reread first")
    (mail,) = mailoutbox
    assert ": each criterion as before, weighed differently." in mail.body


def test_a_machines_level_that_moves_beneath_a_decision_is_not_told(cohort: Cohort, ivy: User) -> None:
    carol = make_learner("carol")
    join_cohort(cohort=cohort, user=carol)
    verdict = make_judged(carol, "target", "missing", answer=NOTHING, level="ready")
    record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.1", "met")])
    applied(cohort, ivy)
    assert rechecks_of("target", verdict.attempt_id) == ()


def test_undoing_lets_the_verdicts_from_before_count_again(
    cohort: Cohort, ivy: User, alice: User, bob: User, mailoutbox: list
) -> None:
    regrade = applied(cohort, ivy)
    verdicts = AttemptVerdict.objects.count()
    actions.undo(regrade=regrade, by=ivy)
    regrade.refresh_from_db()
    assert regrade.state == State.UNDONE
    assert (level(alice), level(bob)) == ("ready", "revisit")
    assert AttemptVerdict.objects.count() == verdicts + 2
    last = AttemptVerdict.objects.filter(attempt__user=alice).latest("pk")
    assert (last.grader, last.recheck) == ("builder/1", f"undo {regrade.pk}")
    told = rechecks_of("target", last.attempt_id)
    assert [one.taken_back for one in told] == [True, False]
    assert [mail.to for mail in mailoutbox] == [[alice.email], [bob.email]]


def test_what_was_undone_can_be_regraded_again(cohort: Cohort, ivy: User, alice: User) -> None:
    regrade = applied(cohort, ivy)
    actions.undo(regrade=regrade, by=ivy)
    applied(cohort, ivy)
    assert level(alice) == "revisit"


def test_a_new_answer_since_is_touched_by_neither_applying_nor_undoing(
    cohort: Cohort, ivy: User, alice: User, mini_course: Library
) -> None:
    regrade = begun(cohort, ivy)
    regrade.refresh_from_db()
    make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "partial"}, level="almost", answer="Better words.")
    actions.apply(regrade=regrade, by=ivy)
    assert level(alice) == "almost"
    regrade.refresh_from_db()
    actions.undo(regrade=regrade, by=ivy)
    assert level(alice) == "almost"


def test_a_verdict_given_meanwhile_stays(cohort: Cohort, ivy: User, alice: User) -> None:
    regrade = begun(cohort, ivy)
    regrade.refresh_from_db()
    first = AttemptVerdict.objects.get(attempt__user=alice)
    newer = AttemptVerdict.objects.get(pk=first.pk)
    newer.pk, newer.grader = None, "another/1"
    newer.save()
    actions.apply(regrade=regrade, by=ivy)
    assert AttemptVerdict.objects.filter(attempt__user=alice).latest("pk").grader == "another/1"
    assert found_by(regrade).overtaken == 1


def test_a_persons_decision_stays_and_wins(cohort: Cohort, ivy: User, alice: User, mailoutbox: list) -> None:
    verdict = AttemptVerdict.objects.get(attempt__user=alice)
    for criterion in ("Q1.1", "Q1.2"):
        record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, criterion, "met")])
    regrade = applied(cohort, ivy)
    assert (found_by(regrade).falls, found_by(regrade).decided) == (0, 1)
    assert level(alice) == "ready"
    assert rechecks_of("target", verdict.attempt_id) == () and mailoutbox == []


def test_whatever_was_done_is_written_down(cohort: Cohort, ivy: User, alice: User) -> None:
    regrade = applied(cohort, ivy)
    actions.undo(regrade=regrade, by=ivy)
    log = AuditEntry.objects.filter(cohort=cohort, what__startswith="regrade").order_by("pk")
    assert [entry.what for entry in log] == ["regrade-begun", "regrade-applied", "regrade-undone"]
    assert {entry.by for entry in log} == {ivy}


def test_another_cohorts_learners_are_left_alone(cohort: Cohort, ivy: User, alice: User) -> None:
    stranger = make_learner("sam")
    make_judged(stranger, "target", "met", answer=NOTHING)
    applied(cohort, ivy)
    assert level(stranger) == "ready"


def test_whoever_left_the_cohort_after_the_dry_run_is_left_alone(
    cohort: Cohort, ivy: User, alice: User, bob: User
) -> None:
    regrade = begun(cohort, ivy)
    regrade.refresh_from_db()
    cohort.memberships.get(user=alice).delete()
    actions.apply(regrade=regrade, by=ivy)
    assert (level(alice), level(bob)) == ("ready", "ready")


def test_what_is_judged_by_today_is_not_judged_again(cohort: Cohort, ivy: User, alice: User) -> None:
    applied(cohort, ivy)
    with pytest.raises(actions.NothingToCheckError):
        begun(cohort, ivy)


def test_there_is_one_open_regrade_at_a_time(cohort: Cohort, ivy: User, alice: User) -> None:
    regrade = begun(cohort, ivy)
    with pytest.raises(actions.AlreadyOpenError):
        begun(cohort, ivy)
    actions.drop(regrade=Regrade.objects.get(pk=regrade.pk), by=ivy)
    assert begun(cohort, ivy).pk != regrade.pk


def test_it_is_applied_once_and_not_after_it_was_left(cohort: Cohort, ivy: User, alice: User) -> None:
    regrade = begun(cohort, ivy)
    actions.drop(regrade=Regrade.objects.get(pk=regrade.pk), by=ivy)
    with pytest.raises(actions.NotNowError):
        actions.apply(regrade=Regrade.objects.get(pk=regrade.pk), by=ivy)
    assert level(alice) == "ready"
    assert not Finding.objects.filter(facts__isnull=False).exists()


def test_a_dry_run_of_another_course_is_not_applied(
    cohort: Cohort, ivy: User, alice: User, settings: Settings
) -> None:
    regrade = begun(cohort, ivy)
    Regrade.objects.filter(pk=regrade.pk).update(content="another")
    regrade.refresh_from_db()
    with pytest.raises(actions.OvertakenError):
        actions.apply(regrade=regrade, by=ivy)
    assert level(alice) == "ready"
    assert Regrade.objects.get().state == State.OVERTAKEN


def test_nothing_is_judged_by_words_alone_while_the_model_is_on_its_way(
    cohort: Cohort, ivy: User, alice: User, settings: Settings, tmp_path: object
) -> None:
    settings.SENTENCE_MODEL_ON, settings.SENTENCE_MODEL_DIR = True, tmp_path
    with pytest.raises(actions.NoModelYetError):
        begun(cohort, ivy)


# --- In the background -----------------------------------------------------------------


@pytest.fixture
def crowded(cohort: Cohort, mini_course: Library, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> int:
    """Six learners who fall, judged in pieces of two by a worker that hasn't come yet."""
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    monkeypatch.setattr(actions, "PIECE", 2)
    monkeypatch.setattr(actions, "WRITTEN_TO", 2)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for number in range(6):
        person = make_learner(f"person-{number}")
        join_cohort(cohort=cohort, user=person)
        make_judged(person, "target", "met", answer=f"{NOTHING} {number % 2}")
    return 6


def levels() -> list[str]:
    return sorted(Standing.objects.values_list("level", flat=True))


def finish(regrade: Regrade) -> None:
    while actions.step(regrade.pk):
        pass
    regrade.refresh_from_db()


def test_a_large_regrade_is_taken_up_where_a_worker_died(
    cohort: Cohort, ivy: User, crowded: int, mailoutbox: list
) -> None:
    regrade = begun(cohort, ivy)
    assert actions.step(regrade.pk)
    regrade.refresh_from_db()
    assert (regrade.state, regrade.done) == (State.TRYING, 2)
    finish(regrade)
    assert (regrade.state, levels()) == (State.TRIED, ["ready"] * 6)

    actions.apply(regrade=regrade, by=ivy)
    assert actions.step(regrade.pk)
    assert levels() == ["ready"] * 4 + ["revisit"] * 2
    later = timezone.now() + timedelta(minutes=5)
    actions.resume_stalled(now=later)
    finish(regrade)
    assert (regrade.state, levels()) == (State.APPLIED, ["revisit"] * 6)
    assert AttemptVerdict.objects.exclude(recheck="").count() == crowded

    actions.undo(regrade=regrade, by=ivy)
    assert actions.step(regrade.pk)
    finish(regrade)
    assert (regrade.state, levels()) == (State.UNDONE, ["ready"] * 6)


def test_two_workers_at_one_piece_do_it_once(cohort: Cohort, ivy: User, crowded: int) -> None:
    regrade = begun(cohort, ivy)
    finish(regrade)
    actions.apply(regrade=regrade, by=ivy)
    stale = Regrade.objects.select_related("cohort").get(pk=regrade.pk)
    actions.step(regrade.pk)
    assert not actions.STEPS[State.APPLYING](stale)
    assert AttemptVerdict.objects.exclude(recheck="").count() == 2


def test_only_what_stands_still_is_taken_up(cohort: Cohort, ivy: User, crowded: int) -> None:
    from django_tasks_db.models import DBTaskResult

    begun(cohort, ivy)
    waiting = DBTaskResult.objects.count()
    actions.resume_stalled(now=timezone.now())
    assert DBTaskResult.objects.count() == waiting
    actions.resume_stalled(now=timezone.now() + timedelta(minutes=3))
    assert DBTaskResult.objects.count() == waiting + 1


def test_an_answer_on_which_the_grader_breaks_keeps_its_verdict(
    cohort: Cohort, ivy: User, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch, mini_course: Library
) -> None:
    whole = actions.judge_anew

    def breaking(question: object, answer: str, served: object) -> object:
        if answer == NOTHING:
            raise ValueError("unreadable")
        return whole(question, answer, served)

    monkeypatch.setattr(actions, "judge_anew", breaking)
    regrade = applied(cohort, ivy)
    assert found_by(regrade).failed == 1
    assert (level(alice), level(bob)) == ("ready", "ready")
    assert right_answer(mini_course)
