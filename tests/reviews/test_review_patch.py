import pytest
from django.urls import reverse
from pytest_django import Settings

from checkpoint.audit.models import AuditEntry
from checkpoint.library import question_text
from checkpoint.selfcheck.decisions.actions import Ruling, appeal, record_decisions
from checkpoint.selfcheck.models import Decision
from tests.reviews.conftest import left_open, text

WORDS = "Otherwise it hits somebody else's cluster, as it did to Jane Doe."
EDITED = "Otherwise it hits another team's cluster."


@pytest.fixture(autouse=True)
def by_words_alone(settings: Settings) -> None:
    settings.SENTENCE_MODEL_ON = False


@pytest.fixture
def decision(cohort, ivy) -> Decision:
    verdict = left_open(cohort, "alice", f"I look every time. {WORDS}")
    appeal(verdict=verdict, criterion="Q1.2", span=(19, 19 + len(WORDS)), note="")
    return record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.2", "met", note="Fair.")])[
        0
    ]


def address(cohort, *decisions: Decision) -> str:
    asked = "&".join(f"d={one.pk}" for one in decisions)
    return f"{reverse('review-patch', args=[cohort.slug])}?{asked}"


def sent(
    decision: Decision, words: str = "Otherwise it hits another team's cluster.", where: str = "met", **more
):
    return {
        "d": [decision.pk],
        f"text-{decision.pk}": words,
        f"where-{decision.pk}": where,
        "do": "try",
        **more,
    }


def test_the_words_that_the_learner_marked_are_offered_with_a_warning(cohort, ivys, decision):
    page = text(ivys, address(cohort, decision))
    assert "Jane Doe" in page and "I look every time" not in page
    assert "They become part of the course’s files" in page and "Fair." in page
    assert '<option value="met" selected>' in page


def test_the_patch_changes_one_line_and_keeps_the_rest(cohort, ivys, decision):
    answer = ivys.post(address(cohort), sent(decision, do="download"))
    patch = answer.content.decode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="target.patch"'
    lines = patch.splitlines()
    assert lines[0] == "--- a/mini_lessons/checkpoint-m/questions/target.yaml"
    assert [line for line in lines[2:] if line.startswith("-")] == [
        "-      met: [Otherwise the write may reach the wrong cluster.]"
    ]
    assert [line for line in lines[2:] if line.startswith("+")] == [
        "+      met: [Otherwise the write may reach the wrong cluster., "
        '"Otherwise it hits another team\'s cluster."]'
    ]
    entry = AuditEntry.objects.get(what="patch-made")
    assert (entry.subject, entry.details) == ("target", {"decisions": 1})


def test_nothing_is_changed_on_the_server(cohort, ivys, decision):
    before = question_text("target")
    for do in ("try", "download"):
        assert ivys.post(address(cohort), sent(decision, do=do)).status_code == 200
    assert question_text("target") == before
    assert Decision.objects.count() == 1


def test_what_would_change_is_shown_with_the_questions_own_tests(cohort, ivys, decision):
    page = ivys.post(address(cohort), sent(decision, where="phrasing")).content.decode()
    assert "phrasings:" in page
    assert "The question’s own tests" in page and "before," in page
    assert "Latest answers of Autumn group" in page


def test_a_trial_that_crashes_says_so_and_why_and_can_be_begun_again(
    cohort, ivys, decision, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_facts: object, **_more: object) -> None:
        raise ArithmeticError("no <weights> today")

    with monkeypatch.context() as broken_grader:
        broken_grader.setattr("checkpoint.reviews.trials.trial", broken)
        page = ivys.post(address(cohort), sent(decision)).content.decode()
    assert "The tests broke off" in page and "The tests are running" not in page
    assert "ArithmeticError: no &lt;weights&gt; today" in page
    assert "Download target.patch" in page
    again = ivys.post(address(cohort), sent(decision)).content.decode()
    assert "The tests broke off" not in again and "before," in again


def test_an_answer_that_rises_is_shown_without_a_name(cohort, ivys, decision):
    left_open(cohort, "bob", "Another team's cluster gets hit otherwise, that is the reason.")
    page = ivys.post(address(cohort), sent(decision, where="phrasing")).content.decode()
    assert "Of 2:" in page or "None of the 2 would be judged otherwise." in page
    assert "Bob" not in page and "Alice" not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": "  "}, "write the words, or leave it out"),
        ({"where": ""}, "Everything is left out"),
        ({"words": "Otherwise the write may reach the wrong cluster."}, "the file has these words already"),
        ({"words": "x" * 2001}, "Keep it under 2,000 characters"),
        ({"words": "a\x1b[31mb"}, "U+001B"),
        ({"where": "perfect"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_typed_is_lost(cohort, ivys, decision, change, said):
    answer = ivys.post(address(cohort), sent(decision, **{"words": "My edited words.", **change}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    if "words" not in change:
        assert "My edited words." in page


def test_decisions_of_other_cohorts_and_nonsense_are_no_offers(cohort, ivys, decision):
    decision.verdict.attempt.user.memberships.all().delete()
    for place in (address(cohort, decision), address(cohort), address(cohort) + "d=x&d=99999999999999999999"):
        answer = ivys.get(place)
        assert answer.headers["Location"] == reverse("review-decisions", args=[cohort.slug])


def test_decisions_about_misconceptions_are_left_aside(cohort, ivys, ivy):
    verdict = left_open(cohort, "alice", "Words.")
    made = record_decisions(by_id=ivy.pk, rulings=[Ruling(verdict.attempt_id, "Q1.X1", "absent")])
    assert ivys.get(address(cohort, *made)).status_code == 302


def test_yaml_in_a_learners_words_stays_words(cohort, ivys, decision):
    words = 'Because: "yes" - {not: [a, list]} # &anchor *alias \\ end'
    answer = ivys.post(address(cohort), sent(decision, words, do="download"))
    assert '"Because: \\"yes\\" - {not: [a, list]} # &anchor *alias \\\\ end"' in answer.content.decode()
