"""The demo cohort: the same for the same seed, added once, and never among other people's accounts."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.assignments.figures import figures_of
from checkpoint.assignments.models import Assignment, Extension
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.demo.actions import load_demo
from checkpoint.demo.desk import story
from checkpoint.demo.people import FIRST_NAMES, people
from checkpoint.demo.stories import answers_of, stories
from checkpoint.library import get_library
from checkpoint.scenarios.models import Run
from checkpoint.scenarios.plays import replayed
from checkpoint.scenarios.queries import lines_of
from checkpoint.selfcheck.models import Appeal, Attempt, AttemptVerdict, Decision, Standing
from tests.builders import make_learner

TODAY = date(2026, 11, 23)
QUESTIONS = ("context-verification", "stale-plan", "leaked-secret", "image-selection", "no-verify-bypass")


def facts() -> list[tuple[object, ...]]:
    """Everything that would show a difference, without the numbers of rows."""
    attempts = Attempt.objects.order_by("at", "user__email", "question", "number")
    return [
        *User.objects.order_by("email").values_list("email", "name", "date_joined", "last_seen_on"),
        *Membership.objects.order_by("user__email").values_list("user__email", "role", "joined_at"),
        *attempts.values_list("user__email", "question", "number", "answer", "confidence", "at"),
        *Standing.objects.order_by("user__email", "question").values_list("user__email", "level", "attempts"),
        *Run.objects.order_by("user__email", "started_at").values_list(
            "user__email", "scenario", "ending", "shared"
        ),
        *Assignment.objects.order_by("slug").values_list("work", "slug", "made_at", "due_at"),
        *Extension.objects.order_by("due_at").values_list("user__email", "at", "due_at"),
        *Appeal.objects.order_by("at", "criterion").values_list("criterion", "start", "end", "note", "at"),
        *Decision.objects.order_by("at").values_list("criterion", "outcome", "comment", "at"),
        *AuditEntry.objects.order_by("at", "id").values_list("what", "by__email", "subject", "at"),
    ]


@pytest.mark.django_db
def test_the_promised_accounts_sign_in_with_the_promised_password() -> None:
    call_command("demo", learners=3, verbosity=0)
    for name in ("learner", "instructor", "learner-001", "learner-002"):
        client = Client()
        client.post("/accounts/login/", {"login": f"{name}@example.org", "password": "checkpoint-demo"})
        assert "_auth_user_id" in client.session, name
    assert User.objects.count() == 4
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 4


@pytest.mark.django_db
def test_the_cohort_has_its_promised_address_and_code() -> None:
    load_demo(learners=2, seed=1, today=TODAY)
    cohort = Cohort.objects.get()
    assert (cohort.slug, cohort.join_code) == ("demo", "DEMO-JOIN")
    assert Membership.objects.get(role="owner").user.email == "instructor@example.org"
    assert User.objects.get(email="instructor@example.org").is_instructor


@pytest.mark.django_db
def test_running_it_twice_changes_nothing() -> None:
    load_demo(learners=4, seed=1, today=TODAY)
    before = facts()
    again = load_demo(learners=4, seed=1, today=TODAY + timedelta(days=3))
    assert (again.learners, again.answers, again.runs) == (0, 0, 0)
    assert facts() == before


@pytest.mark.django_db
def test_asking_for_more_adds_only_the_missing() -> None:
    load_demo(learners=2, seed=1, today=TODAY)
    before = set(facts())
    more = load_demo(learners=5, seed=1, today=TODAY)
    assert more.learners == 3
    assert before <= set(facts())


def test_the_same_seed_gives_the_same_people_answers_and_times() -> None:
    def everything(seed: int) -> list[object]:
        crowd = people(40, seed)
        return [(person, answers_of(person, QUESTIONS, seed, TODAY)) for person in crowd]

    assert everything(7) == everything(7)
    assert everything(7) != everything(8)
    assert people(40, 7)[:10] == people(10, 7), "more people change nobody"


def test_answers_lie_in_the_weeks_before_and_later_tries_come_later() -> None:
    for person in people(60, 3):
        given = answers_of(person, QUESTIONS, 3, TODAY)
        days = [one.at.date() for one in given]
        assert all(TODAY - timedelta(days=36) <= day < TODAY for day in days)
        assert all(day <= TODAY - timedelta(days=person.quiet_for) for day in days)
        for question in QUESTIONS:
            tries = [one for one in given if one.question == question]
            assert [one.number for one in tries] == list(range(1, len(tries) + 1))
            assert sorted({one.at for one in tries}) == [one.at for one in tries]


def test_every_question_has_a_story_for_each_of_the_first_fourteen() -> None:
    for question in QUESTIONS:
        told = stories(question)
        assert len(told) == len(FIRST_NAMES)
        words = [one.words for story in told for one in story]
        assert len(set(words)) == len(words) >= 12


@pytest.mark.django_db
def test_the_real_grader_judged_every_answer() -> None:
    load_demo(learners=14, seed=1, today=TODAY)
    assert AttemptVerdict.objects.count() == Attempt.objects.count() > 30
    levels = set(Standing.objects.values_list("level", flat=True))
    assert levels == {"ready", "almost", "revisit"}, "a believable cohort stands everywhere"
    verdict = AttemptVerdict.objects.select_related("attempt").first()
    question = get_library().questions[verdict.attempt.question]
    assert verdict.rubric == question.fingerprint()


@pytest.mark.django_db
def test_it_refuses_a_database_with_other_peoples_accounts() -> None:
    make_learner("alice")
    with pytest.raises(CommandError, match="other people's accounts"):
        call_command("demo", verbosity=0)
    assert User.objects.count() == 1
    call_command("demo", learners=1, force=True, verbosity=0)
    assert User.objects.count() == 3


@pytest.mark.django_db
def test_it_takes_no_cohort_away_from_others() -> None:
    otto = make_learner("otto")
    Cohort.objects.create(name="Demo", slug="demo", created_by=otto)
    with pytest.raises(CommandError, match="Somebody else's cohort"):
        call_command("demo", learners=1, force=True, verbosity=0)
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_it_says_how_to_sign_in() -> None:
    out = StringIO()
    call_command("demo", learners=1, stdout=out)
    assert "learner@example.org or instructor@example.org with checkpoint-demo" in out.getvalue()


@pytest.mark.django_db
def test_every_run_was_really_played() -> None:
    load_demo(learners=4, seed=1, today=TODAY)
    runs = list(Run.objects.all())
    assert len(runs) > 4
    for run in runs:
        lines = lines_of(run)
        session = replayed(run, lines)
        assert (run.met, run.broken, run.ending) == (
            sorted(session.now.met),
            sorted(session.now.broken),
            session.ending,
        )
        assert lines and all(line.answer for line in lines)
        assert run.started_at < lines[0].at <= run.touched_at


@pytest.mark.django_db
def test_the_cohort_shows_gaps_both_ways_and_shared_runs() -> None:
    load_demo(learners=14, seed=1, today=TODAY)
    client = Client()
    client.force_login(User.objects.get(email="instructor@example.org"))
    page = client.get("/cohorts/demo/").content.decode()
    assert "Say and do" in page and 'class="gap"' in page
    assert {"clean", "unfinished"} <= set(Run.objects.values_list("ending", flat=True))
    assert set(Run.objects.values_list("shared", flat=True)) == {True, False}


NOW = datetime.combine(TODAY, time(10), UTC)


@pytest.fixture
def instructors(db: None) -> Client:
    load_demo(learners=14, seed=1, today=TODAY)
    client = Client()
    client.force_login(User.objects.get(email="instructor@example.org"))
    return client


def test_something_is_due_soon_something_overdue_and_somebody_has_longer(instructors: Client) -> None:
    figures = {one.assignment.slug: one for one in figures_of(Cohort.objects.get(), NOW)}
    soon, over, done = (figures[slug] for slug in ("hook-bypass", "stale-plan", "context-verification"))
    assert soon.overdue == 0 and soon.waiting > 0 and soon.done > 0
    assert NOW < soon.assignment.due_at < NOW + timedelta(days=5)
    assert over.overdue > 0 and over.extensions == 1
    assert (done.done, done.open) == (14, 0)


def test_appeals_wait_and_each_names_words_of_its_answer(instructors: Client) -> None:
    waiting = [one for one in Appeal.objects.all() if not one.verdict.decisions.exists()]
    assert len(waiting) >= 3
    for one in waiting:
        said = one.verdict.attempt.answer[one.start : one.end]
        assert said in {told.words for told in story.appealed(TODAY)} and one.note
    assert "appeal" in instructors.get("/cohorts/demo/review/").content.decode()


def test_decisions_were_made_after_the_answers_and_their_learners_read_why(instructors: Client) -> None:
    decisions = list(Decision.objects.all())
    assert len(decisions) >= 3 and {one.outcome for one in decisions} >= {"met", "missing"}
    for one in decisions:
        appeal = Appeal.objects.filter(verdict=one.verdict, criterion=one.criterion).first()
        assert one.verdict.attempt.at < (appeal.at if appeal else one.at) <= one.at < NOW
    client = Client()
    client.force_login(User.objects.get(email="learner@example.org"))
    mine = next(one for one in decisions if one.verdict.attempt.user.email == "learner@example.org")
    page = client.get(f"/selfcheck/{mine.verdict.attempt.question}/attempts/{mine.verdict.attempt_id}/")
    assert mine.comment in page.content.decode()


def test_the_demo_learner_shares_a_run_to_its_end(instructors: Client) -> None:
    assert Run.objects.filter(user__email="learner@example.org", shared=True, ending="clean").exists()


def test_the_log_tells_in_order_what_happened_on_the_desk(instructors: Client) -> None:
    told = list(AuditEntry.objects.order_by("at").values_list("what", flat=True))
    assert told[0] == "cohort-made" and told.count("joined") == 14
    assert {"assigned", "extended", "decided"} <= set(told)
    assert AuditEntry.objects.latest("at").at < NOW


@pytest.mark.parametrize("day", range(7))
def test_nothing_is_due_at_a_weekend_and_what_is_due_soon_is_always_ahead(day: int) -> None:
    today = TODAY + timedelta(days=day)
    for one in story.assigned(today):
        assert one.due.weekday() < 5 and one.on < one.due
        assert all(one.on < other.on and one.due < other.due for other in one.extended)
    assert max(one.due for one in story.assigned(today)).date() > today


def test_what_the_story_tells_fits_answers_that_were_given() -> None:
    for one in story.appealed(TODAY):
        assert one.words in stories(one.question)[one.person][-1].words
    for one in story.decided(TODAY):
        assert stories(one.question)[one.person] and one.comment
