"""A fault of the simulator's own: the line is kept, learner and operator are told, and the run goes on."""

import json

import pytest
from django.db import connection

from checkpoint.core.sim.completion import OPERANDS
from checkpoint.core.sim.scenario.own_words import CRASHED
from checkpoint.core.sim.scenario.session import tools_of
from checkpoint.core.sim.table import Command
from checkpoint.library import get_library
from checkpoint.scenarios import plays
from checkpoint.scenarios.models import Run, TypedLine
from tests.builders import signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SECRET = "token-of-robin"
TOLD = "simulator: this command could not be simulated"


def fragile(process, args):
    """A command with a fault: it writes a file, then looks up what isn't there, or never comes back."""
    process.write("left.txt", "half done\n")
    if "deep" in args.rest:
        fragile(process, args)
    return {}[SECRET]


@pytest.fixture(autouse=True)
def boom(mini_course, monkeypatch):
    """The scenario's table of commands has one more."""
    rows = tools_of(get_library().scenarios["wrong-target"].scenario).rows
    monkeypatch.setitem(rows, "boom", Command("boom", "fails", run=fragile, raw=True))


def text(response) -> str:
    return response.content.decode()


def type_in(page, address, line: str) -> str:
    response = page.post(f"{address}line/", {"line": line}, headers=HTMX)
    assert response.status_code == 200
    return text(response)


@pytest.mark.parametrize("line", ["boom", "echo x | boom > ~/y.txt", "x=$(boom); echo $x"])
def test_a_line_that_faults_is_kept_and_told_in_a_sentence_and_changes_nothing(page, address, line):
    type_in(page, address, "echo a > ~/a.txt")
    assert TOLD in type_in(page, address, line)
    assert TypedLine.objects.get(number=2).line == line
    assert TypedLine.objects.get(number=2).answer["code"] == CRASHED
    shown = type_in(page, address, "echo status $?; ls ~ .")
    assert "status 139" in shown and "a.txt" in shown
    assert "left.txt" not in shown and "y.txt" not in shown


def test_every_page_of_a_run_with_a_fault_opens_and_the_run_goes_on(page, address, alice):
    for line in ("kubectl config use-context staging", "boom", "kubectl scale deployment --all --replicas=2"):
        type_in(page, address, line)
    for part in ("", "?file=left.txt", "complete/?line=bo", "steps/0/", "steps/2/", "steps/3/", "debrief/"):
        assert page.get(f"{address}{part}").status_code == 200
    assert page.post(f"{address}undo/").status_code == 302
    branched = page.post(f"{address}branch/", {"at": "2"})["Location"]
    assert TOLD in text(signed_in(alice).get(branched))
    page.post(f"{address}finish/")
    for part in ("debrief/", "transcript.txt", "recording.cast", "note.md"):
        assert page.get(f"{address}{part}").status_code == 200
    assert TOLD in text(page.get(f"{address}transcript.txt"))


def test_a_line_that_faults_gives_the_same_whoever_plays_it_again(page, address, monkeypatch):
    lines = ("echo a > ~/a.txt", "boom", "echo $? >> ~/a.txt", "boom deep", "cat ~/a.txt; date")
    for line in lines:
        type_in(page, address, line)
    first = list(TypedLine.objects.values_list("answer", flat=True))
    monkeypatch.setattr(plays, "_sessions", plays.Shelf(2))
    TypedLine.objects.update(answer=None)
    page.get(address)
    assert list(TypedLine.objects.values_list("answer", flat=True)) == first
    run = Run.objects.get()
    again = plays.replayed(run, list(TypedLine.objects.all()))
    assert again.now.world == plays.session_of(run, list(TypedLine.objects.all())).now.world


def test_a_fault_that_is_mended_later_leaves_the_run_as_its_learner_knows_it(page, address, monkeypatch):
    type_in(page, address, "boom")
    rows = tools_of(get_library().scenarios["wrong-target"].scenario).rows
    mended = Command("boom", "works", run=lambda process, args: process.write("left.txt", "") or 0, raw=True)
    monkeypatch.setitem(rows, "boom", mended)
    monkeypatch.setattr(plays, "_sessions", plays.Shelf(2))
    assert "left.txt" not in type_in(page, address, "ls")
    assert "left.txt" in type_in(page, address, "boom; ls")


def test_a_command_that_never_ends_inside_itself_ends_the_line_in_words(page, address):
    assert "nests too deep" in type_in(page, address, "boom deep")
    assert "still here" in type_in(page, address, "echo still here")


def test_the_operator_is_told_once_where_it_was_and_nothing_that_was_typed(page, address, caplog):
    type_in(page, address, f"boom {SECRET}")
    type_in(page, address, "echo next")
    page.get(address)
    page.get(f"{address}debrief/")
    (told,) = [record.getMessage() for record in caplog.records if record.name == "checkpoint.simulator"]
    assert "KeyError" in told and "in fragile" in told
    assert str(Run.objects.get().pk) in told and "line 1" in told
    assert SECRET not in caplog.text


def test_a_page_goes_on_without_what_the_simulator_cannot_tell_it(page, address, monkeypatch, caplog):
    def names(world, rest):
        raise LookupError

    monkeypatch.setitem(OPERANDS, "cat", names)
    assert page.get(f"{address}complete/?line=cat+").status_code == 200
    assert "at a page" in caplog.text and "LookupError" in caplog.text


def test_a_line_left_unanswered_by_a_fault_of_before_no_longer_blocks_its_run(page, address):
    TypedLine.objects.create(run=Run.objects.get(), number=1, kind="run", line="boom")
    assert TOLD in text(page.get(address))


def test_a_word_of_the_terminal_with_a_number_nobody_can_count_to_is_answered(page, address):
    type_in(page, address, "echo a > ~/a.txt")
    assert "how many steps?" in type_in(page, address, "undo ²")
    assert "Took back 1 step." in type_in(page, address, "undo " + "9" * 5000)


# --- Bytes that are no text ---------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "cat .git/index",
        r'cp .git/index "$(head -c 60 .git/index | tail -c 20 | tr -d /)"; ls',
        'git checkout -q -b "x$(head -c 52 .git/index | tail -c 4)"; git branch',
        'git commit -q --allow-empty -m "$(cat .git/index)"; git log -1',
        'cd "$(mkdir -p ~/"$(tail -c 8 .git/index)" && ls -d ~/*)"; pwd',
        "edit .git/index",
    ],
)
def test_bytes_that_are_no_text_are_shown_as_signs_on_every_page(page, address, line):
    type_in(page, address, line)
    told = json.dumps(TypedLine.objects.get().answer)
    assert "\\udc" not in told and "\\u0000" not in told, "no database has to keep them"
    parts = (
        "",
        "?file=.git/index",
        "complete/?line=cat+",
        "steps/1/",
        "debrief/",
        "transcript.txt",
        "note.md",
    )
    for part in (*parts, "recording.cast"):
        assert page.get(f"{address}{part}").status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="no other database would have kept it")
def test_an_answer_that_was_kept_with_such_bytes_is_shown_too(page, address):
    type_in(page, address, "ls")
    answer = {**TypedLine.objects.get().answer, "chunks": [["out", "\udcff\x00"]]}
    TypedLine.objects.update(answer=answer)
    for part in ("", "steps/1/", "debrief/", "transcript.txt", "recording.cast"):
        assert page.get(f"{address}{part}").status_code == 200
