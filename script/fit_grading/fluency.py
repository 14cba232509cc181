"""Fit `checkpoint/core/grading/transitions.py`: which kinds of words follow each other in what people write.

    python -m script.fit_grading.fluency FOLDER

FOLDER holds public sets of marked answers as gzipped JSON lines with `qid` and `answer`; the project's own
lessons, documents and marked answers are read from where they are. Needs scikit-learn, which nothing else
here does. Real texts are told from the same words shuffled, listed and glued together; so that terse, hurried
and faulty English is not taken for nonsense, every real text is also there with words left out or endings
wrong. The report shows the shares refused in texts of a source that the weights did not see.
"""

import argparse
import gzip
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from scipy.sparse import coo_array, csr_array, diags_array
from sklearn.linear_model import LogisticRegression

from checkpoint.core.grading.kinds import CLASS, CLASSES, KINDS, NUMBER, kinds
from checkpoint.core.grading.lexicon import FUNCTION_WORDS
from checkpoint.core.grading.text import read

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "checkpoint/core/grading/transitions.py"
STEP, ZERO, REACH = 0.1, "_", 30
"""Weights are kept in tenths, as signs around an underscore, at most REACH steps away from it."""

DEARER = 2.0
"""How much worse it is to refuse a real text than to let nonsense through."""
SEEN = 15
"""Texts that a pair or triple has to be seen in to weigh anything."""

chance = random.Random(7)


class Sample(NamedTuple):
    source: str
    nonsense: bool
    text: str


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def answers(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Source, question and text of every public answer of five words or more."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            row = json.loads(line)
            if len((row["answer"] or "").split()) >= 5:
                yield path.name.split("_")[0], row["qid"], row["answer"]


def prose() -> Iterator[str]:
    """Paragraphs and sentences of the lessons and documents, without code and signs."""
    for path in sorted([*ROOT.glob("lessons/**/*.md"), *ROOT.glob("docs/*.md")]):
        text = re.sub(r"(?s)^---.*?---\n|```.*?```", "", path.read_text(encoding="utf-8"))
        for paragraph in text.split("\n\n"):
            if paragraph.strip()[:1] not in ("", "|", "#", "!"):
                plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|\{#[^}]*\}|[*>]", r"\1", paragraph)
                plain = " ".join(plain.split())
                yield from {plain, *re.split(r"(?<=[.!?])\s+", plain)}


def marked() -> Iterator[tuple[str, str]]:
    """Question and text of every sentence that the rubrics hold."""
    for path in sorted(ROOT.glob("lessons/*/questions/*.yaml")):
        question = yaml.safe_load(path.read_text(encoding="utf-8"))
        for known in (*question["criteria"], *question["misconceptions"]):
            texts = [known["claim"], *known.get("phrasings", ()), *known.get("counter_examples", ())]
            texts += [text for some in known.get("examples", {}).values() for text in some]
            yield from ((question["id"], text) for text in texts)


# ── other ways to write a real text ──────────────────────────────────────────────────────────────


def terse(text: str) -> str:
    """Without articles, often without small verbs and stops, or as notes with arrows or bullets."""
    gone = {"the", "a", "an"} | (
        {"is", "are", "it", "to", "be", "will", "that"} if chance.random() < 0.5 else set()
    )
    share = chance.choice((0.4, 0.7, 1.0))
    words = [w for w in text.split() if not (w.lower() in gone and chance.random() < share)]
    short = " ".join(words)
    form = chance.random()
    if form < 0.3:
        return re.sub(r"[.,;]", "", short)
    if form < 0.45:
        return re.sub(r"[,.;] (then )?", " -> ", short)
    return "- " + re.sub(r"[,.;] ", "\n- ", short) if form < 0.6 else short


def faulty(text: str) -> str:
    """With articles, endings and prepositions as learners of English mix them up."""
    found = []
    for word in text.split():
        luck = chance.random()
        if word.lower() in ("the", "a") and luck < 0.5:
            continue
        if word.lower() in ("in", "on", "at", "to", "for", "of") and luck < 0.3:
            found.append(chance.choice(("in", "on", "at", "to", "for", "of")))
        elif len(word) > 3 and word.endswith("s") and luck < 0.3:
            found.append(word[:-1])
        else:
            found += ["the", word] if luck < 0.04 else [word]
    return " ".join(found)


# ── nonsense of the same words ───────────────────────────────────────────────────────────────────


def _some(pool: Sequence[str], *sizes: int) -> str:
    return " ".join(chance.choice(pool) for _ in range(chance.choice(sizes)))


def shuffled(text: str, _: Sequence[str]) -> str:
    words = text.split()
    size = chance.choice((len(words), len(words), 5))
    parts = [words[i : i + size] for i in range(0, len(words), size)]
    return " ".join(word for part in parts for word in chance.sample(part, len(part)))


def listed(_: str, pool: Sequence[str]) -> str:
    terms = [_some(pool, 1, 1, 1, 2, 2, 3) for _ in range(chance.randint(5, 18))]
    return chance.choice((", ", ", ", " ", "\n", " and ", "; ", ". ", "\n- ", " / ")).join(terms)


_GLUE = "of in with for and on to by from that because which is so does has are before after not"
_LINKS = (*_GLUE.split(), "is", "is", "is the", "of the", "and the", "which is", "must be")


def glued(_: str, pool: Sequence[str]) -> str:
    """Chains of nouns with small words between them."""

    def noun_phrase() -> str:
        return (
            f"{chance.choice(('the', 'the', 'a', 'this', 'every', '', ''))} {_some(pool, 1, 2, 2, 3)}".strip()
        )

    def sentence() -> str:
        links = [f"{chance.choice(_LINKS)} {noun_phrase()}" for _ in range(chance.randint(1, 5))]
        return " ".join([noun_phrase(), *links])

    return ". ".join(sentence() for _ in range(chance.randint(1, 4))) + "."


_NONSENSE = (shuffled, shuffled, shuffled, listed, listed, glued, glued)


def phrases(words: Sequence[str]) -> list[str]:
    """Some two or three words of a real text: keywords are not always single ones."""
    places = [place for place in range(len(words) - 1) if chance.random() < 0.15]
    return [" ".join(words[place : place + chance.choice((2, 2, 3))]) for place in places]


def samples(folder: Path) -> list[Sample]:
    rows = [*answers(folder), *(("prose", "", text) for text in prose() if len(text.split()) >= 5)]
    own = [(name, name, text) for name, text in marked() if len(text.split()) >= 3]
    pools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for source, question, text in [*rows, *own]:
        words = re.findall(r"[A-Za-z][\w'-]*", text)
        pools[source, question] += [w for w in words if w.lower() not in FUNCTION_WORDS] + phrases(words)
    found: list[Sample] = []
    for source, question, text in [*rows, *own, *own, *own]:
        pool = pools[source, question]
        pool = chance.sample(pool, min(len(pool), 40)) if chance.random() < 0.5 else pool
        found += [
            Sample(source, False, text),
            Sample(source, False, chance.choice((terse, terse, faulty))(text)),
        ]
        if len(set(pool)) >= 6:
            found += [Sample(source, True, chance.choice(_NONSENSE)(text, pool)) for _ in range(2)]
    return found


# ── weights ──────────────────────────────────────────────────────────────────────────────────────


def scale(pairs: int) -> float:
    return 5.0 / math.sqrt(max(pairs, 8))


def windows(numbers: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    classes = [CLASS[number] for number in numbers]
    return zip(classes, classes[1:], classes[2:], strict=False)


def triple(a: int, b: int, c: int) -> int:
    return (a * len(CLASSES) + b) * len(CLASSES) + c


def features(texts: Sequence[str]) -> csr_array:
    """Counts of neighbours, of neighbours but one and of three in a row, by length; a row for each text."""
    size = len(KINDS)
    rows, columns, values = [], [], []
    for row, source in enumerate(texts):
        text = read(source)
        counts: Counter[int] = Counter()
        pairs = 0
        for sentence in text.sentences:
            numbers = [NUMBER[name] for name in kinds(text, sentence)]
            pairs += len(numbers) - 1
            counts.update(a * size + b for a, b in pairwise(numbers))
            counts.update(size * size + a * size + b for a, b in zip(numbers, numbers[2:], strict=False))
            counts.update(2 * size * size + triple(*three) for three in windows(numbers))
        rows += [row] * len(counts)
        columns += list(counts)
        values += [count * scale(pairs) for count in counts.values()]
    places = (np.array(rows, dtype=np.int32), np.array(columns, dtype=np.int32))
    return coo_array((values, places), shape=(len(texts), 2 * size * size + len(CLASSES) ** 3)).tocsr()


def fitted(matrix: Any, nonsense: Any) -> LogisticRegression:
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= SEEN
    model = LogisticRegression(C=0.03, solver="liblinear", max_iter=400)
    weights = np.where(nonsense, 1.0, DEARER)
    return model.fit(matrix @ diags_array(common.astype(float)), nonsense, sample_weight=weights)


def report(matrix: Any, nonsense: Any, sources: Any) -> None:
    """Shares taken for nonsense, in texts of a source that was left out of the fitting."""
    borders = (0.0, 0.5, 1.0, 1.5, 2.0)
    print("left out   texts  ", "  ".join(f"real>{b} nonsense>{b}" for b in borders))
    for source in sorted(set(sources)):
        out = sources == source
        odds = fitted(matrix[~out], nonsense[~out]).decision_function(matrix[out])
        real, wrong = odds[~nonsense[out]], odds[nonsense[out]]
        shares = "  ".join(f"{(real > b).mean():8.3f} {(wrong > b).mean():12.3f}" for b in borders)
        print(f"{source:10} {out.sum():6}  {shares}")


def signs(weights: Any, width: int) -> str:
    steps = np.clip(np.round(weights.reshape(-1, width) / STEP), -REACH, REACH).astype(int)
    return "\n".join("".join(chr(ord(ZERO) + step) for step in row) for row in steps)


def written(model: LogisticRegression) -> str:
    size = len(KINDS)
    first, second, third = np.split(model.coef_[0], [size * size, 2 * size * size])
    return (
        '"""What neighbouring kinds of words weigh; made by script/fit_grading/fluency.py."""\n\n'
        f"BASE = {model.intercept_[0]:.3f}\nSTEP = {STEP}\nZERO = {ZERO!r}\n"
        f'NEXT = r"""\n{signs(first, size)}\n"""\nNEXT_BUT_ONE = r"""\n{signs(second, size)}\n"""\n'
        f'THREE = r"""\n{signs(third, len(CLASSES))}\n"""\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-report", action="store_true")
    options = parser.parse_args()
    found = samples(options.folder)
    matrix = features([one.text for one in found])
    nonsense = np.array([one.nonsense for one in found])
    if not options.no_report:
        report(matrix, nonsense, np.array([one.source for one in found]))
    TARGET.write_text(written(fitted(matrix, nonsense)), encoding="utf-8")
    print(f"{len(found)} texts; written to {TARGET.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
