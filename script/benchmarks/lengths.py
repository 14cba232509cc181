"""What grading costs by the length of an answer, with the model and without: processor time of one thread."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.rubric import Rubric
from script.benchmarks.encoding import forget
from script.benchmarks.pages import OPEN

LENGTHS = (60, 200)
OPEN_ONES = 40
SHOWN = (0.5, 0.95)

Answers = Sequence[tuple[Rubric, str]]


def main(encoder: Encoder | None, questions: Mapping[str, Rubric], answers: Path) -> None:
    """Grade windows of learners' words of several lengths, and answers that leave nearly all open."""
    from checkpoint.library import make_grader

    graders = {"by words alone": make_grader(None)}
    if encoder:
        graders["with the sentence model"] = make_grader(encoder)
    words = _words(answers)
    stretches = {f"{length} words": _windows(questions, words, length) for length in LENGTHS}
    stretches["60 words, nearly all open"] = _open(questions["Q2"])
    print("\n  processor milliseconds an answer         " + "".join(f"{name:>26}" for name in graders))
    for name, given in stretches.items():
        cells = [_told(_times(grader, given, encoder)) for grader in graders.values()]
        print(f"  {name:41}" + "".join(f"{cell:>26}" for cell in cells))
    print(f"  (load of the machine meanwhile {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")


def _words(answers: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in map(json.loads, answers.read_text().splitlines()):
        found[row["question"]] += row["answer"].split()
    return found


def _windows(questions: Mapping[str, Rubric], words: Mapping[str, list[str]], length: int) -> Answers:
    return [
        (questions[name], " ".join(own[at : at + length]))
        for name, own in words.items()
        for at in range(0, len(own) - length + 1, length)
    ]


def _open(question: Rubric) -> Answers:
    return [(question, OPEN.replace("{n}", str(number))) for number in range(OPEN_ONES)]


def _times(grader: Grader, answers: Answers, encoder: Encoder | None) -> list[float]:
    """Each answer's processor time, with a rubric that is warm and a model that has met no sentence."""
    for question, _ in answers:
        grade(grader, question, "")
    if encoder:
        forget(encoder)
    times = []
    for question, answer in answers:
        started = time.thread_time()
        grade(grader, question, answer)
        times.append(time.thread_time() - started)
    return sorted(times)


def _told(times: Sequence[float]) -> str:
    p50, p95 = (1000 * times[min(len(times) - 1, int(share * len(times)))] for share in SHOWN)
    return f"p50 {p50:.1f}, p95 {p95:.1f}"
