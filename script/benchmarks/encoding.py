"""The sentence model alone: milliseconds a text, and what it costs in memory."""

import json
import re
import time
from pathlib import Path

from checkpoint.core.grading.encoder import Encoder
from checkpoint.sentences.model import PIECES, REMEMBERED

LENGTHS = (1, 12, 37)
ROLLUP = Path("/proc/self/smaps_rollup")


def opened() -> Encoder | None:
    """The sentence model, made ready first where that is all it lacks, with what opening it costs."""
    from checkpoint.library import make_encoder
    from checkpoint.sentences.model import NoModelError

    before, started = megabytes(), time.perf_counter()
    try:
        encoder = make_encoder()
    except NoModelError as missing:
        print(f"\nWithout the sentence model: {missing}")
        return None
    took = time.perf_counter() - started
    encoder.encode("The first text is slower than the others.")
    print(f"\nSentence model {encoder.name}: ready after {took:.2f} s, {megabytes() - before:.0f} MB")
    return encoder


def main(encoder: Encoder, answers: Path) -> None:
    """Encode windows of learners' words of several lengths, each for the first time."""
    words = [word for line in answers.read_text().splitlines() for word in json.loads(line)["answer"].split()]
    for length in LENGTHS:
        texts = [" ".join(words[at : at + length]) for at in range(0, min(len(words), 100 * length), length)]
        ranked = sorted(timed(encoder, f"{text} {length}") for text in texts)
        p50, p95 = (1000 * ranked[int(len(ranked) * share)] for share in (0.5, 0.95))
        print(f"  {length:2} words                             p50 {p50:.1f}, p95 {p95:.1f} ms")
    print(f"  this process                         {megabytes():.0f} MB")


def forget(encoder: Encoder) -> None:
    """Push everything out of the encoder's memory: a learner's answer is new to it."""
    for number in range(REMEMBERED // PIECES + 1):
        encoder.encode(f"{number} " * PIECES)


def timed(encoder: Encoder, text: str) -> float:
    started = time.perf_counter()
    encoder.encode(text)
    return time.perf_counter() - started


def megabytes() -> float:
    """This process's memory, shared pages in part (PSS); 0 where the system doesn't tell."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", ROLLUP.read_text(), flags=re.M)
    except OSError:
        return 0
    return int(found[1]) / 1024 if found else 0
