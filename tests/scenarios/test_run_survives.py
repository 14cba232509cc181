"""What a run comes through: a server that stops, two tabs at once, leaving and coming back."""

import pytest
from django.test import Client
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.scenarios import actions, plays
from checkpoint.scenarios.models import Run, TypedLine
from tests.builders import signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
STAGING = "kubectl config use-context staging"
SCALE = "kubectl scale deployment --all --replicas=2"


def text(response) -> str:
    return response.content.decode()


def kept(line: str) -> TypedLine:
    """A line as it is stored before it is played."""
    run = Run.objects.get()
    return actions.keep_line(run=run, kind="run", line=line, path="", content="", at=timezone.now())


# --- A server that stops between keeping a line and answering it ---------------------


def test_a_line_that_was_kept_and_never_played_is_answered_when_its_learner_comes_back(page, address):
    page.post(f"{address}line/", {"line": STAGING})
    kept("echo back && " + SCALE)
    shown = text(page.get(address))
    assert "back\n" in shown and "not played" not in shown
    run = Run.objects.get()
    assert run.met == ["scaled"] and run.stands_after == 2


def test_the_next_line_answers_what_was_left_before_it(page, address):
    kept("echo left behind")
    part = text(page.post(f"{address}line/", {"line": "echo next", "seen": 0}, headers=HTMX))
    assert part.index("left behind\n") < part.index("next\n")
    assert not TypedLine.objects.filter(answer__isnull=True).exists()


def test_finishing_answers_what_was_left(page, address):
    kept("echo left behind")
    page.post(f"{address}finish/")
    assert "left behind\n" in text(page.get(f"{address}transcript.txt"))


def test_a_line_is_answered_the_same_however_often_it_is_played(page, address):
    page.post(f"{address}line/", {"line": "date; git -C ~/app log --oneline; ls -la ~"})
    first = TypedLine.objects.get().answer
    TypedLine.objects.update(answer=None)
    page.get(address)
    assert TypedLine.objects.get().answer == first


def test_a_line_left_in_a_scenario_that_changed_is_shown_as_not_played(page, address):
    kept("echo left behind")
    Run.objects.update(content="other")
    assert "This line was kept, but not played." in text(page.get(address))
    page.post(f"{address}finish/")
    assert Run.objects.get().finished_at is not None


# --- Two tabs ---------------------------------------------------------------------------


def test_the_later_line_says_how_a_run_stands_though_it_is_answered_first(page, address):
    page.post(f"{address}line/", {"line": STAGING})
    slow = kept("echo the first tab")
    page.post(f"{address}line/", {"line": SCALE})
    actions.answer_line(run=Run.objects.get(), typed=slow)
    run = Run.objects.get()
    assert run.met == ["scaled"] and run.stands_after == 3


def test_tabs_in_turn_type_in_one_world(page, address):
    alice = User.objects.get(email="alice@example.org")
    other = signed_in(alice)
    for number in range(4):
        tab = (page, other)[number % 2]
        tab.post(f"{address}line/", {"line": f"echo {number} >> ~/said.txt", "seen": 0})
    part = text(other.post(f"{address}line/", {"line": "cat ~/said.txt", "seen": 4}, headers=HTMX))
    assert "0\n1\n2\n3\n" in part
    assert list(TypedLine.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_taking_back_in_one_tab_takes_back_what_the_other_typed_last(page, address):
    other = signed_in(User.objects.get(email="alice@example.org"))
    page.post(f"{address}line/", {"line": "echo one > ~/one.txt"})
    other.post(f"{address}line/", {"line": "echo two > ~/two.txt"})
    page.post(f"{address}undo/", {"seen": 1})
    assert "one.txt" in text(other.post(f"{address}line/", {"line": "ls ~", "seen": 3}, headers=HTMX))
    assert plays.replayed(Run.objects.get(), list(TypedLine.objects.all())).now.world.files
    answer = TypedLine.objects.last().answer
    assert "two.txt" not in str(answer)


def test_a_tab_that_is_behind_is_sent_what_the_other_typed(page, address):
    other = signed_in(User.objects.get(email="alice@example.org"))
    page.post(f"{address}line/", {"line": "echo one"})
    page.post(f"{address}line/", {"line": "echo two"})
    part = text(other.post(f"{address}line/", {"line": "echo three", "seen": 0}, headers=HTMX))
    assert part.index("one\n") < part.index("two\n") < part.index("three\n")


def test_a_file_saved_in_one_tab_is_open_with_its_new_text_in_the_other(page, address):
    other = signed_in(User.objects.get(email="alice@example.org"))
    page.post(f"{address}file/", {"path": "~/note.txt", "content": "from the first tab\n"})
    assert "from the first tab" in text(other.get(f"{address}?file=~/note.txt"))


# --- Leaving and coming back -------------------------------------------------------------


def test_another_browser_finds_lines_goals_and_hints_and_goes_on(page, address, monkeypatch):
    page.post(f"{address}line/", {"line": STAGING})
    page.post(f"{address}hint/", {"goal": "scaled"})
    page.post(f"{address}line/", {"line": SCALE})
    monkeypatch.setattr(plays, "_sessions", plays.Shelf(2))
    browser = signed_in(User.objects.get(email="alice@example.org"))
    back = text(browser.get(address))
    assert SCALE in back and "Where does your terminal point?" in back and "1 of 2" in back
    browser.post(f"{address}line/", {"line": "echo staging > ~/note.txt"})
    assert Run.objects.get().met == ["scaled", "told"]


def test_the_scenarios_page_leads_back_to_a_run_that_is_open(page, address):
    page.post(f"{address}line/", {"line": "ls"})
    assert f'href="{address}"' in text(page.get("/scenarios/wrong-target/"))


def test_every_step_of_ones_own_run_has_a_link(page, address):
    for line in ("ls", STAGING, SCALE):
        page.post(f"{address}line/", {"line": line})
    for number in range(4):
        assert f"step {number} of 3" in text(page.get(f"{address}steps/{number}/"))
    assert 'id="step-2"' in text(page.get(address)), "the workbench has a place to link to for each line"
    assert Client().get(f"{address}steps/2/").status_code == 302
