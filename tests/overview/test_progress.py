import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkpoint.overview.progress import insight, progress_of, sureness
from checkpoint.selfcheck.queries.attempts import Judged
from checkpoint.selfcheck.queries.standings import QuestionStanding, stage_standings
from tests.builders import make_attempt, make_judged, make_learner, make_played, signed_in
from tests.conftest import MINI_LESSONS

pytestmark = pytest.mark.django_db
PROGRESS = "/progress/"


@pytest.fixture(autouse=True)
def small_course(settings) -> None:
    settings.LESSONS_DIR = MINI_LESSONS


@pytest.fixture
def alice():
    return make_learner("alice")


def page_of(person) -> str:
    return signed_in(person).get(PROGRESS).content.decode()


def test_not_signed_in_is_sent_to_sign_in():
    response = Client().get(PROGRESS)
    assert response.status_code == 302 and response["Location"] == "/accounts/login/?next=/progress/"
    assert Client().get(PROGRESS, headers={"HX-Request": "true"}).status_code == 401


def test_a_beginner_is_told_where_to_begin(alice):
    page = page_of(alice)
    assert "Nothing is answered yet" in page and "Answer Q1" in page and "No attempts yet" in page


def test_a_learner_sees_stages_questions_and_attempts(alice):
    judged = make_judged(alice, "target", {"Q1.1": "met"}, level="almost", confidence=2)
    page = page_of(alice)
    assert "No question cleared yet" in page and "1 of 2 met" in page
    assert f"/selfcheck/target/attempts/{judged.attempt_id}/" in page and "Fairly sure" in page
    assert "Under way" in page and "1 met, 1 missing" in page


def test_an_answer_that_could_not_be_checked_is_not_called_unanswered(alice):
    make_attempt(alice, "target")
    page = page_of(alice)
    assert "Your answer is stored" in page and "Not answered yet" not in page


def test_everything_cleared_is_said(alice):
    make_judged(alice, "target")
    page = page_of(alice)
    assert "Every question is cleared" in page and "What to do next" not in page


def test_ideas_to_unlearn_say_whether_they_are_left_behind(alice):
    wrong = {"Q1.X1": ((0, 3),)}
    make_judged(alice, "target", "missing", answer="One", misconceptions=wrong, days_ago=2)
    assert "In your latest answer" in page_of(alice)
    make_judged(alice, "target", "missing", answer="Two")
    page = page_of(alice)
    assert "Left behind" in page and "The prompt of the shell shows the right context." in page


def test_only_the_latest_attempts_are_listed_until_asked(alice):
    for number in range(12):
        make_judged(alice, "target", answer=f"Answer {number}", days_ago=12 - number)
    client = signed_in(alice)
    assert "All 12 attempts" in client.get(PROGRESS).content.decode()
    assert "Q1, first attempt" not in client.get(PROGRESS).content.decode()
    assert "Q1, first attempt" in client.get(f"{PROGRESS}?all=1").content.decode()


def test_nobody_sees_anothers_progress(alice):
    make_judged(alice, "target", {"Q1.1": "met"})
    assert "Nothing is answered yet" in page_of(make_learner("bob"))


def test_htmx_gets_the_part(alice):
    response = signed_in(alice).get(PROGRESS, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode() and "HX-Request" in response["Vary"]


def test_progress_is_only_read(alice):
    assert signed_in(alice).post(PROGRESS).status_code == 405


def test_attempts_do_not_multiply_queries(alice, django_assert_max_num_queries):
    for number in range(8):
        make_judged(alice, "target", answer=f"Answer {number}")
    client = signed_in(alice)
    client.get(PROGRESS)
    with django_assert_max_num_queries(9):
        client.get(PROGRESS)


# --- Without the database -----------------------------------------------------------


def judged(confidence: int | None, level: str, at=None) -> Judged:
    from django.utils import timezone

    return Judged(1, "target", 1, confidence, at or timezone.now(), level, {}, ())


def test_sureness_counts_what_came_of_it():
    given = [
        judged(3, "ready"),
        judged(3, "revisit"),
        judged(1, "ready"),
        judged(None, "ready"),
        judged(3, ""),
    ]
    rows = {row.word: row for row in sureness(given)}
    assert (rows["Certain"].answers, rows["Certain"].cleared, rows["Certain"].reread) == (2, 1, 1)
    assert rows["Guessing"].cleared == 1 and "Fairly sure" not in rows


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], ""),
        ([judged(3, "ready"), judged(3, "ready")], "When you were certain, you were right."),
        ([judged(3, "revisit")], "You were certain once, and there was still something to learn."),
        ([judged(3, "ready"), judged(3, "almost")], "Of 2 answers you were certain of, 1 cleared."),
        ([judged(1, "ready"), judged(1, "revisit")], "1 of 2 guesses cleared."),
        ([judged(2, "ready")], "Say how sure you are each time"),
    ],
)
def test_sureness_and_result_are_compared_in_words(given, says):
    assert says in insight(given)


def test_what_helps_most_comes_first(settings):
    """Wrong ideas, then drafts, then what needs rereading, then what is close, then what is new."""
    from checkpoint.library import get_library

    settings.LESSONS_DIR = settings.BASE_DIR / "lessons"
    library = get_library()
    slugs = list(library.questions)
    if len(slugs) < 5:
        pytest.skip("needs the course's five questions")
    levels = {slugs[1]: ("almost", ()), slugs[2]: ("revisit", ()), slugs[3]: ("almost", ("Q4.X1",))}
    standings = {
        slug: QuestionStanding(slug, level, 1, 5, ("met",) * 9, wrong, False, None, 1, 1, judged(1, "").at)
        for slug, (level, wrong) in levels.items()
    }
    drafts = {slugs[4]: judged(1, "").at}
    page = progress_of(library, standings, stage_standings({}), (), drafts, (), None)
    assert [todo.question.slug for todo in page.todo] == [slugs[n] for n in (3, 4, 2, 1, 0)]


# --- Say and do ------------------------------------------------------------------------


def skills_of(person) -> str:
    page = page_of(person)
    return page[page.index('id="skills"') : page.index("Question by question")]


def test_a_beginner_sees_every_skill_with_both_halves_open(alice):
    skills = skills_of(alice)
    assert "Looking first" in skills and "Not answered" in skills and "Not yet" in skills
    assert "You can say" not in skills and "You have" not in skills


def test_what_is_said_and_not_done_is_named_with_the_scenario_to_try(alice):
    make_judged(alice, "target", {"Q1.1": "met"})
    make_played(alice, "wrong-target", met=["told"])
    said = "You can say when the target is checked; you haven’t yet checked the target before a write: "
    assert said + '<a href="/scenarios/wrong-target/">try The wrong target</a>.' in skills_of(alice)


def test_what_is_done_and_not_said_is_named_with_the_question_to_answer(alice):
    make_judged(alice, "target", {"Q1.2": "met"})
    make_played(alice, "wrong-target", met=["scaled"])
    said = "You have checked the target before a write; you can’t yet say when the target is checked: "
    assert said + '<a href="/selfcheck/target/">answer Q1 again</a>.' in skills_of(alice)


def test_what_is_said_and_done_has_no_gap(alice):
    make_judged(alice, "target", {"Q1.1": "met"})
    make_played(alice, "wrong-target", met=["scaled"])
    skills = skills_of(alice)
    assert "Can say it" in skills and "Did it" in skills and 'class="gap"' not in skills


def test_a_goal_reached_by_breaking_its_rule_is_not_done(alice):
    make_judged(alice, "target", {"Q1.1": "met"})
    make_played(alice, "wrong-target", met=["scaled"], broken=["production-untouched"])
    skills = skills_of(alice)
    assert "you haven’t yet checked the target before a write" in skills and "Did it" not in skills


def test_runs_do_not_multiply_queries(alice, django_assert_num_queries):
    client = signed_in(alice)
    client.get(PROGRESS)
    with CaptureQueriesContext(connection) as before:
        client.get(PROGRESS)
    for number in range(6):
        make_played(alice, "wrong-target", met=["scaled", "told"][: number % 3])
    with django_assert_num_queries(len(before)):
        client.get(PROGRESS)


def test_nobody_sees_anothers_runs_in_it(alice):
    make_played(alice, "wrong-target", met=["scaled"])
    assert "Did it" not in skills_of(make_learner("bob"))
