"""manage.py grade: JSON lines in, verdict lines out, without a database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RIGHT = (
    "A stale plan was made before somebody else applied something, so it no longer matches the current "
    "state. "
    "A fresh plan comes from the current code and the current state and has been reviewed. If you apply a "
    "stale "
    "one, things get replaced or destroyed that nobody approved. The state lock does not prevent that. "
    "Re-plan "
    "and let it be reviewed again."
)


def run(text: str | bytes, *arguments: str) -> tuple[list[dict], int]:
    """The command in its own process, as a script would call it; a database would not be reachable."""
    done = subprocess.run(
        [sys.executable, "manage.py", "grade", *arguments],
        input=text if isinstance(text, bytes) else text.encode(),
        cwd=ROOT,
        env={"DATABASE_URL": "postgres://nobody:wrong@127.0.0.1:1/none", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()], done.returncode


def line(**asked: object) -> str:
    return json.dumps(asked, ensure_ascii=False) + "\n"


def test_answers_are_graded_in_order_by_slug_and_by_id() -> None:
    asked = line(id="a1", question="stale-plan", answer=RIGHT) + line(id=2, question="Q5", answer="")
    made, status = run(asked)
    assert status == 0
    assert [one["id"] for one in made] == ["a1", 2]
    assert [one["question"] for one in made] == ["stale-plan", "no-verify-bypass"]
    assert [one["level"] for one in made] == ["ready", "revisit"]


def test_a_verdict_line_holds_what_the_contract_says() -> None:
    ((made,), _) = run(line(id="a1", question="stale-plan", answer=RIGHT))
    assert set(made) == {
        "id", "question", "level", "score", "criteria", "misconceptions", "needs_review", "grader",
    }  # fmt: skip
    assert set(made["criteria"]["Q2.1"]) == {"verdict", "confidence", "evidence"}
    ((start, end),) = made["criteria"]["Q2.4"]["evidence"]
    assert RIGHT[start:end] == "The state lock does not prevent that"
    assert made["grader"].count("/") == 1


def test_offsets_count_code_points() -> None:
    answer = "🙂🙂 The state lock does not prevent stale plans."
    ((made,), _) = run(line(id=1, question="Q2", answer=answer))
    assert made["criteria"]["Q2.4"]["evidence"] == [[3, len(answer) - 1]]


def test_lines_that_cannot_be_graded_are_named_and_the_rest_goes_on() -> None:
    asked = (
        b"no json\n"
        + line(id="b", question="unheard-of", answer="x").encode()
        + line(id="c", question="Q1").encode()
        + line(id="d", question="Q1", answer=7).encode()
        + b"[1]\n"
        + b'{"id": "e", "question": "Q1", "answer": "\xff"}\n'
        + b"\n"
        + line(id="f", question="Q1", answer="On my workstation.").encode()
    )
    made, status = run(asked)
    assert status == 1
    assert [one["id"] for one in made] == [None, "b", "c", "d", None, None, "f"]
    assert ["error" in one for one in made] == [True] * 6 + [False]
    assert made[-1]["criteria"]["Q1.1"]["verdict"] == "met"


def test_nothing_in_gives_nothing_out() -> None:
    assert run("") == ([], 0)


LEAST = """\
slug: salt
prompt: How did you get the salt out of the water?
criteria:
  - id: S.1
    claim: The water was evaporated, leaving the salt.
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "salt.yaml").write_text(LEAST)
    (tmp_path / "two.yaml").write_text(LEAST.replace("slug: salt", "slug: two").replace("S.1", "T.1"))
    return tmp_path


def test_questions_from_outside_need_only_claims(outside: Path) -> None:
    asked = line(id=1, question="salt", answer="The water evaporated and left the salt.")
    ((made,), status) = run(asked, "--questions", str(outside / "salt.yaml"))
    assert status == 0
    assert made["criteria"]["S.1"]["verdict"] == "met"
    assert (made["score"], made["level"]) == (100.0, "ready")


def test_a_folder_of_questions_is_read_whole_and_alone(outside: Path) -> None:
    asked = line(id=1, question="two", answer="I used a filter.") + line(id=2, question="Q1", answer="x")
    made, status = run(asked, "--questions", str(outside))
    assert status == 1
    assert made[0]["criteria"]["T.1"]["verdict"] == "missing"
    assert "error" in made[1]


def test_a_broken_question_file_is_explained_and_prints_no_verdict(outside: Path) -> None:
    (outside / "bad.yaml").write_text(LEAST.replace("criteria", "criterions"))
    made, status = run(line(id=1, question="salt", answer="x"), "--questions", str(outside))
    assert (made, status) == ([], 1)


# --- Reports ------------------------------------------------------------------------


def reported(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "grade", "--report", *arguments],
        cwd=ROOT,
        env={"DATABASE_URL": "postgres://nobody:wrong@127.0.0.1:1/none", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def labelled_file(place: Path, *rows: dict) -> Path:
    file = place / "labelled.jsonl"
    file.write_text("".join(line(**row) for row in rows))
    return file


def test_a_report_fits_into_a_hundred_columns() -> None:
    done = reported("Q2")
    assert done.returncode == 0
    assert "each graded by the rubric without it" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_a_report_on_labelled_answers_counts_only_those_of_its_question(tmp_path: Path) -> None:
    row = {"id": "1", "question": "Q2", "answer": RIGHT, "misconceptions": [], "overall": "ready"}
    file = labelled_file(
        tmp_path,
        {**row, "criteria": {"Q2.4": "met", "Q2.1": "missing"}},
        {"id": "2", "question": "Q5", "answer": "", "criteria": {"Q5.1": "missing"}},
    )
    made = json.loads(reported("stale-plan", "--answers", str(file), "--json").stdout)
    assert (made["answers"], made["held_out"]) == (1, False)
    assert made["criteria"]["Q2.4"]["confusion"]["met"]["met"] == 1
    assert made["level"] == {"agree": 1, "of": 1}
    ((failing,)) = made["failing"]
    assert (failing["about"], failing["wanted"], failing["got"]) == ("Q2.1", "missing", "met")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"criteria": {"Q2.9": "met"}}, "no criterion Q2.9"),
        ({"criteria": {"Q2.1": "good"}}, "labelled 'good'"),
        ({"criteria": {"Q2.1": "met"}, "misconceptions": ["Q9.X1"]}, "misconceptions are a list"),
        ({}, "there is no answer, or no criteria"),
    ],
)
def test_a_wrong_label_is_named_with_its_line(tmp_path: Path, row: dict, complaint: str) -> None:
    file = labelled_file(tmp_path, {"id": "1", "question": "Q2", "answer": "Something.", **row})
    done = reported("Q2", "--answers", str(file))
    assert done.returncode == 1 and not done.stdout
    assert f"{file}:1:" in done.stderr and complaint in done.stderr


def test_a_report_names_the_questions_there_are() -> None:
    assert "stale-plan" in reported("no-such-thing").stderr
