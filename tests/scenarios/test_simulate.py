"""manage.py simulate: JSON lines in, JSON lines out, the same every time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def simulate(tmp_path):
    setup = tmp_path / "setup.json"
    setup.write_text(json.dumps({"files": {"a.txt": "one\n"}}))

    def run(*lines: object, words: tuple[str, ...] = ()) -> tuple[list[dict], int]:
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        done = subprocess.run(
            [sys.executable, "manage.py", "simulate", "--setup", str(setup), *words],
            input=text,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode

    return run


def test_a_line_a_file_and_a_pause_each_give_a_line(simulate):
    made, code = simulate(
        {"run": "cat a.txt"},
        {"write": {"path": "~/b.txt", "content": "two\n"}},
        {"run": "date +%s"},
        {"wait": "61m"},
        {"run": "cat b.txt; date +%s"},
    )
    assert code == 0 and made[0] == {
        "stdout": "one\n",
        "stderr": "",
        "exit_code": 0,
        "events": [],
        "goals": {},
    }
    before, after = int(made[2]["stdout"]), int(made[4]["stdout"].split()[1])
    assert made[4]["stdout"].startswith("two\n") and after - before == 62 * 60


def test_a_bad_line_says_what_is_wrong_and_the_rest_goes_on(simulate):
    made, code = simulate("nonsense", {"jump": 1}, {"wait": "soon"}, {"run": "echo on"})
    assert code == 1
    assert [("error" in one) for one in made] == [True, True, True, False]


def test_an_unknown_guardrail_is_refused(simulate):
    assert simulate({"run": "true"}, words=("--off", "nope")) == ([], 1)


def test_on_a_terminal_names_stand_in_columns(simulate):
    made, _ = simulate({"run": "touch b c; ls"}, words=("--tty",))
    assert made[0]["stdout"] == "a.txt  b  c\n"


@pytest.fixture
def play(monkeypatch):
    """Types lines into the small scenario of the tests' own course."""
    monkeypatch.setenv("CHECKPOINT_LESSONS", str(ROOT / "tests/mini_lessons"))

    def run(*lines: object, words: tuple[str, ...] = ()) -> tuple[list[dict], str]:
        done = subprocess.run(
            [sys.executable, "manage.py", "simulate", "--scenario", *words],
            input="".join(json.dumps(line) + "\n" for line in lines),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    return run


def test_a_scenario_tells_how_each_goal_stands(play):
    told, _ = play(
        {"run": "kubectl --context staging scale deploy --all --replicas=2"},
        {"run": "undo"},
        {"write": {"path": "~/note.txt", "content": "staging is done"}},
        words=("wrong-target",),
    )
    assert [one["goals"] for one in told] == [
        {"scaled": "met", "told": "open"},
        {"scaled": "open", "told": "open"},
        {"scaled": "open", "told": "met"},
    ]


def test_an_unknown_scenario_is_answered_with_the_known_ones(play):
    _, error = play(words=("wrong-traget",))
    assert "there is no scenario `wrong-traget`; there are wrong-target" in error


def test_another_seed_is_another_variant(play):
    names = {
        play({"run": "cat README.md"}, words=("wrong-target", "--seed", seed))[0][0]["stdout"]
        for seed in "1234"
    }
    assert names == {"The web service.\n", "The shop service.\n"}
