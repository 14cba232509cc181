"""The same answer gets the same bytes: a thousand times over, in any order, in threads and processes."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from pytest_django import Settings

from checkpoint.core.grading.codec import to_line
from checkpoint.core.grading.grade import grade
from checkpoint.library import get_grader, get_library

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = tuple(
    json.loads(line) for line in (ROOT / "tests" / "selfcheck" / "answers-dev.jsonl").read_text().splitlines()
)
GRADED = 500
"""So many times in order, and as often again in threads."""
Row = dict[str, str]


def line_of(row: Row) -> str:
    question = next(q for q in get_library().questions.values() if q.id == row["question"])
    verdict = grade(get_grader(), question, row["answer"])
    return json.dumps(to_line(row["id"], question.slug, verdict), ensure_ascii=False)


@cache
def alone() -> dict[str, str]:
    """Each answer's line, graded in the order of the file."""
    return {row["id"]: line_of(row) for row in ANSWERS}


def drawn(seed: int) -> Sequence[Row]:
    return random.Random(seed).choices(ANSWERS, k=GRADED)


def test_an_answer_gets_the_same_bytes_in_any_order() -> None:
    known = alone()
    assert all(line_of(row) == known[row["id"]] for row in drawn(1))


def test_an_answer_gets_the_same_bytes_in_threads_beside_others() -> None:
    rows = drawn(2)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(line_of, rows))
    assert made == [alone()[row["id"]] for row in rows]


def test_another_process_that_orders_its_sets_otherwise_gives_the_same_bytes(settings: Settings) -> None:
    rows = random.Random(3).sample(ANSWERS, 40)
    folder = Path(settings.SENTENCE_MODEL_DIR).parent
    done = subprocess.run(
        [sys.executable, "manage.py", "grade"],
        input="".join(f"{json.dumps(row)}\n" for row in rows),
        cwd=ROOT,
        env={**os.environ, "CHECKPOINT_VAR": str(folder), "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [alone()[row["id"]] for row in rows]
