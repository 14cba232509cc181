"""The workbench of a run: lines, files, hints, the way back, and whose it is."""

from datetime import timedelta

import pytest
from django.test import Client

from checkpoint.scenarios import actions, plays
from checkpoint.scenarios.models import Run, TypedLine
from tests.builders import make_learner, signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SCALE = "kubectl --context staging scale deployment --all --replicas=2"


def text(response) -> str:
    return response.content.decode()


def typed(page, address, line, **headers):
    return page.post(f"{address}line/", {"line": line, "seen": 0}, headers=headers or None)


def test_a_line_is_kept_played_and_shown_after_a_redirect(page, address):
    answer = typed(page, address, "echo hello")
    assert answer.status_code == 302 and answer["Location"] == f"{address}#terminal"
    assert ">hello\n</pre>" in text(page.get(address))
    assert TypedLine.objects.get().line == "echo hello"


@pytest.mark.parametrize(
    ("line", "table"),
    [
        (r"printf 'NAME  READY  AGE\nweb  1/1  2m\n'", True),
        (r"printf 'NAME  READY  AGE\n'", False),
        (r"printf '  a  b  c\n  d  e  f\n'", False),
        (r"printf 'Check yaml............Passed\nShellCheck............Skipped\n'", True),
        ("echo a sentence; echo and  another", False),
    ],
)
def test_a_table_is_marked_so_that_its_lines_are_not_broken(page, address, line, table):
    typed(page, address, line)
    assert ("term__table" in text(page.get(address))) is table


@pytest.mark.parametrize(("line", "wrong"), [("echo read this >&2", False), ("cat nowhere", True)])
def test_what_a_tool_says_beside_its_output_is_red_only_where_it_failed(page, address, line, wrong):
    typed(page, address, line)
    assert ('class="er"' in text(page.get(address))) is wrong


def test_htmx_gets_the_new_lines_and_what_they_changed_and_no_page(page, address):
    part = text(page.post(f"{address}line/", {"line": f"{SCALE}; echo x > new", "seen": 0}, headers=HTMX))
    assert "<html" not in part
    assert "scaled" in part
    for place in ("goals-panel", "world", "term-line", "files"):
        assert f'id="{place}"' in part
    assert part.count("hx-swap-oob") == 5


def test_htmx_is_sent_no_part_that_a_line_left_as_it_was(page, address):
    page.post(f"{address}line/", {"line": "pwd", "seen": 0}, headers=HTMX)
    part = text(page.post(f"{address}line/", {"line": "pwd", "seen": 1}, headers=HTMX))
    for place in ("term-line", "step-2", "world-clock"):
        assert f'id="{place}"' in part
    for place in ("goals-panel", "world", "files"):
        assert f'id="{place}"' not in part


def test_a_met_goal_and_a_broken_rule_are_told_with_the_reason(page, address):
    typed(page, address, "kubectl scale deployment --all --replicas=2")
    shown = text(page.get(address))
    assert "Production stays as it is" in shown and "still pointed there" in shown
    run = Run.objects.get()
    assert (run.met, run.broken, run.ending) == ([], ["production-untouched"], "unfinished")


def test_what_a_colleague_writes_is_shown_where_it_was_written(page, address):
    typed(page, address, SCALE)
    assert "<b>Ben:</b> Thank you." in text(page.get(address))


def test_a_saved_file_is_in_the_world_and_says_how_it_differs(page, address):
    page.post(f"{address}file/", {"path": "~/app/README.md", "content": "Other.\n"})
    typed(page, address, "cat README.md")
    shown = text(page.get(f"{address}?file=~/app/README.md"))
    assert ">Other.\n</pre>" in shown
    assert "2 lines differ from the last commit." in shown


def test_learner_text_is_escaped_everywhere(page, address):
    typed(page, address, "echo '<script>alert(1)</script>'")
    page.post(f"{address}file/", {"path": "~/<b>.txt", "content": "</textarea><script>x</script>"})
    shown = text(page.get(f"{address}?file=~/<b>.txt"))
    assert "<script>alert" not in shown and "<script>x" not in shown and "~/<b>" not in shown


def test_undo_takes_back_a_step_and_keeps_the_line(page, address):
    typed(page, address, "touch a.txt")
    page.post(f"{address}undo/", {"seen": 1})
    typed(page, address, "ls")
    assert [one.line for one in TypedLine.objects.all()] == ["touch a.txt", "undo", "ls"]
    assert TypedLine.objects.last().answer["chunks"] == [["out", "README.md\n"]]


def test_start_over_gives_the_world_of_the_start(page, address):
    typed(page, address, SCALE)
    page.post(f"{address}reset/")
    assert Run.objects.get().met == []


def test_a_hint_is_shown_once_asked_for_and_not_before(page, address):
    assert "use-context staging" not in text(page.get(address))
    page.post(f"{address}hint/", {"goal": "scaled"})
    page.post(f"{address}hint/", {"goal": "scaled"})
    assert "use-context staging" in text(page.get(address))
    assert Run.objects.get().hints == 2


def test_a_hint_of_a_goal_that_isnt_there_is_not_found(page, address):
    assert page.post(f"{address}hint/", {"goal": "nope"}).status_code == 404


def test_another_worker_comes_to_the_same_world(page, address, monkeypatch):
    for line in ("touch b.txt", "undo", SCALE, "ls"):
        typed(page, address, line)
    here = plays.session_of(Run.objects.get(), list(TypedLine.objects.all()))
    monkeypatch.setattr(plays, "_sessions", plays.Shelf(2))
    there = plays.session_of(Run.objects.get(), list(TypedLine.objects.all()))
    assert here.now.world == there.now.world and here.states() == there.states()


def test_two_tabs_share_a_run_and_each_is_sent_what_it_has_not_seen(page, address):
    typed(page, address, "echo one")
    part = text(page.post(f"{address}line/", {"line": "echo two", "seen": 0}, headers=HTMX))
    assert "echo one" in part and "echo two" in part
    assert [one.number for one in TypedLine.objects.all()] == [1, 2]


def test_a_finished_run_takes_no_more_lines_and_says_so(page, address):
    page.post(f"{address}finish/")
    answer = typed(page, address, "ls")
    assert answer.status_code == 409 and "is finished" in text(answer)
    assert not TypedLine.objects.exists()


def test_a_run_whose_scenario_has_changed_is_shown_and_not_gone_on_with(page, address):
    typed(page, address, "echo hello")
    Run.objects.update(content="other")
    assert "has changed since you began" in text(page.get(address)) and "hello" in text(page.get(address))
    assert typed(page, address, "ls").status_code == 409


def test_too_many_lines_in_a_minute_wait_and_the_line_stays_in_the_field(page, address, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    typed(page, address, "echo one")
    answer = typed(page, address, "echo two")
    assert answer.status_code == 429 and "Retry-After" in answer.headers
    assert "echo two</textarea>" in text(answer)


def test_a_run_takes_a_bounded_number_of_lines(page, address, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LINES", 2)
    typed(page, address, "echo one")
    typed(page, address, "echo two")
    answer = typed(page, address, "echo three")
    assert answer.status_code == 409 and "A run has at most 2 lines" in text(answer)
    assert TypedLine.objects.count() == 2


def test_a_line_that_is_too_long_is_refused_with_the_words_kept(page, address):
    answer = typed(page, address, "x" * 100_000)
    assert answer.status_code == 422
    assert not TypedLine.objects.exists()


def test_lines_may_come_again_after_a_minute(page, address, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    typed(page, address, "echo one")
    TypedLine.objects.update(at=TypedLine.objects.get().at - timedelta(minutes=2))
    assert typed(page, address, "echo two").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_run_is_not_found(address, method):
    otto = signed_in(make_learner("otto"))
    for place in ("", "line/", "file/", "undo/", "reset/", "hint/", "finish/"):
        answer = getattr(otto, method)(f"{address}{place}", {"line": "ls", "path": "~/a", "goal": "scaled"})
        assert answer.status_code == (404 if method == "post" or not place else 405) or not place


def test_somebody_not_signed_in_is_sent_to_sign_in(address):
    assert Client().get(address).status_code == 302
    assert "/accounts/login/" in Client().post("/scenarios/wrong-target/start/")["Location"]


# --- what only a program sends -------------------------------------------------------

NO_NUMBERS = ("²", "9" * 5_000, "-1", "x")


@pytest.mark.parametrize("seen", NO_NUMBERS)
@pytest.mark.parametrize("word", ["undo", "reset"])
def test_the_words_of_a_run_are_played_whatever_the_page_says_it_has_seen(page, address, word, seen):
    assert page.post(f"{address}{word}/", {"seen": seen}, headers=HTMX).status_code == 200


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_a_step_that_is_no_number_is_no_step(page, address, number):
    assert page.get(f"{address}steps/0/", {"step": number[:9]}).status_code in (200, 302)
    assert page.post(f"{address}branch/", {"at": number}).status_code in (302, 404)


def test_a_line_that_nests_too_deep_leaves_the_run_as_it_is(page, address):
    typed(page, address, "echo " + "{a," * 1_000 + "}" * 1_000)
    assert "nests too deep" in text(page.get(address))
    assert page.get(f"{address}debrief/").status_code == 200
