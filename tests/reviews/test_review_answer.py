import pytest
from django.test import Client
from pytest_django import Settings

from checkpoint.cohorts.actions import give_role, join_cohort
from checkpoint.cohorts.roles import Role
from checkpoint.reviews.actions import set_verdict_first
from checkpoint.selfcheck.decisions.actions import appeal
from checkpoint.selfcheck.models import Decision
from checkpoint.selfcheck.queries.standings import standings_of
from tests.builders import make_attempt, make_instructor, make_judged, signed_in
from tests.reviews.conftest import LONG, learner, left_open, page_of, queue_of, text


@pytest.fixture
def alices(cohort):
    return left_open(cohort, "alice", LONG)


def decide(client: Client, verdict, cohort, **sent):
    facts = {"c-Q1.2": "met", "seen": "0"} | {
        name.replace("Q1_", "c-Q1."): value for name, value in sent.items()
    }
    return client.post(
        page_of(verdict, cohort), {name: one for name, one in facts.items() if one is not None}
    )


def test_the_answer_is_read_without_a_name_and_without_the_machines_verdict(cohort, ivys, alices) -> None:
    page = text(ivys, page_of(alices, cohort))
    assert LONG in page and "Alice" not in page
    assert "The learner was told" not in page and "<mark" not in page
    assert 'name="c-Q1.2" value="partial"' in page


def test_the_machines_verdict_is_shown_when_asked_for_and_to_who_wants_it_first(
    cohort, ivys, ivy, alices
) -> None:
    assert "The learner was told" in text(ivys, page_of(alices, cohort, "?verdict=1"))
    set_verdict_first(user=ivy, first=True)
    assert "The learner was told" in text(ivys, page_of(alices, cohort))


def test_an_appeal_shows_what_the_learner_marked_and_wrote(cohort, ivys, alices) -> None:
    appeal(verdict=alices, criterion="Q1.2", span=(26, 53), note="There it is <b>.")
    page = text(ivys, page_of(alices, cohort))
    assert (
        "The learner disagrees" in page and LONG[26:53].strip() in page and "There it is &lt;b&gt;." in page
    )


def test_a_decision_is_saved_and_leads_on_to_the_next_with_a_look_back(cohort, ivys, ivy, alices) -> None:
    other = left_open(cohort, "bob", "Something else entirely is said here.")
    answer = decide(ivys, alices, cohort, comment="Good.", note="Easy.")
    assert answer.headers["Location"] == page_of(other, cohort, f"?after={alices.attempt_id}")
    kept = Decision.objects.get()
    assert (kept.criterion, kept.outcome, kept.by, kept.comment, kept.note) == (
        "Q1.2",
        "met",
        ivy,
        "Good.",
        "Easy.",
    )
    page = text(ivys, answer.headers["Location"])
    assert "Saved: one criterion of one answer." in page
    assert "Criterion 2: you said met. The machine said not decided" in page


def test_after_the_last_one_the_queue_says_that_everything_is_decided(cohort, ivys, alices) -> None:
    answer = decide(ivys, alices, cohort)
    assert answer.headers["Location"] == queue_of(cohort, f"?after={alices.attempt_id}")
    assert "Everything is decided" in text(ivys, answer.headers["Location"])


def test_one_decision_serves_the_ticked_answers_and_no_other(cohort, ivys, alices) -> None:
    bobs, carols = (left_open(cohort, name, LONG.upper()) for name in ("bob", "carol"))
    page = text(ivys, page_of(alices, cohort))
    assert page.count("The same words.") == 2
    assert f'value="{bobs.attempt_id}" checked' in page
    decide(ivys, alices, cohort, **{"with": [bobs.attempt_id]})
    assert {one.verdict_id for one in Decision.objects.all()} == {alices.pk, bobs.pk}
    assert standings_of(bobs.attempt.user_id)["target"].level == "ready"
    assert standings_of(carols.attempt.user_id)["target"].needs_review


def test_an_answer_in_other_words_is_offered_but_never_ticked(
    cohort, ivys, alices, settings: Settings
) -> None:
    settings.SENTENCE_MODEL_ON = False
    near = left_open(
        cohort, "bob", "Right before every write, it keeps me out of the wrong place at night, always."
    )
    page = text(ivys, page_of(alices, cohort))
    assert f'value="{near.attempt_id}"' in page and f'value="{near.attempt_id}" checked' not in page
    assert "words in common" in page


def test_a_decision_before_the_verdict_was_seen_is_blind_and_others_are_not(cohort, ivys, ivy) -> None:
    plain, asked, disputed = (
        left_open(cohort, name, f"{name} says so.") for name in ("alice", "bob", "carol")
    )
    appeal(verdict=disputed, criterion="Q1.2", span=None, note="")
    decide(ivys, plain, cohort)
    decide(ivys, asked, cohort, saw="1")
    decide(ivys, disputed, cohort)
    assert [one.blind for one in Decision.objects.order_by("id")] == [True, False, False]


def test_two_reviewers_of_one_answer_are_told_and_nothing_typed_is_lost(cohort, ivys, ivy, alices) -> None:
    otto = make_instructor("otto")
    join_cohort(cohort=cohort, user=otto)
    give_role(cohort=cohort, user_id=otto.pk, role=Role.ASSISTANT, by=ivy)
    ottos = signed_in(otto)
    text(ivys, page_of(alices, cohort))
    assert "Ivy opened this answer" in text(ottos, page_of(alices, cohort))
    decide(ottos, alices, cohort, Q1_2="missing", note="Not enough.")
    late = decide(ivys, alices, cohort, comment="My long comment.")
    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else decided meanwhile" in page and "Otto: Criterion 2 is missing" in page
    assert "My long comment." in page and 'value="met" checked' in page
    assert Decision.objects.count() == 1
    seen = Decision.objects.get().pk
    assert decide(ivys, alices, cohort, seen=str(seen)).status_code == 302
    assert standings_of(alices.attempt.user_id)["target"].outcomes == ("met", "met")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"c-Q1.2": None}, "Choose a verdict for at least one criterion."),
        ({"c-Q1.2": "perfect"}, "Choose one of the verdicts shown."),
        ({"comment": "x" * 2001}, "Keep it under 2,000 characters."),
        ({"c-Q1.2": "held"}, "Choose one of the verdicts shown."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(cohort, ivys, alices, sent, said) -> None:
    answer = decide(ivys, alices, cohort, **({"note": "Kept words."} | sent))
    assert answer.status_code == 422
    assert said in answer.content.decode() and "Kept words." in answer.content.decode()
    assert not Decision.objects.exists()


def test_answers_of_strangers_and_those_without_a_verdict_cannot_be_ticked(cohort, ivys, alices) -> None:
    stranger = left_open(cohort, "sam", "Words.")
    stranger.attempt.user.memberships.all().delete()
    unjudged = make_attempt(learner(cohort, "bob"), "target")
    for attempt_id in (stranger.attempt_id, unjudged.pk, 10**17):
        assert decide(ivys, alices, cohort, **{"with": [attempt_id]}).status_code == 404
    assert not Decision.objects.exists()


def test_a_misconception_is_decided_with_words_of_its_own(cohort, ivys) -> None:
    wrong = make_judged(
        learner(cohort, "alice"), "target", "met", answer=LONG, misconceptions={"Q1.X1": ((0, 5),)}
    )
    appeal(verdict=wrong, criterion="Q1.X1", span=None, note="I only quote it.")
    page = text(ivys, page_of(wrong, cohort))
    assert 'name="c-Q1.X1" value="absent"' in page and "Not said" in page
    decide(ivys, wrong, cohort, **{"c-Q1.2": None, "c-Q1.X1": "absent"})
    assert Decision.objects.get().machine == "held"
    assert standings_of(wrong.attempt.user_id)["target"].misconceptions == ()


def test_an_answer_costs_the_same_however_many_wait(
    cohort, ivys, alices, django_assert_max_num_queries
) -> None:
    text(ivys, page_of(alices, cohort))
    with django_assert_max_num_queries(24) as seen:
        text(ivys, page_of(alices, cohort))
    for number in range(8):
        left_open(cohort, f"more-{number}", LONG if number % 2 else f"Number {number} says little.")
    with django_assert_max_num_queries(len(seen.captured_queries)):
        text(ivys, page_of(alices, cohort))
