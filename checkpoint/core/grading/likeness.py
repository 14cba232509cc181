"""How alike an answer and a reference sentence are: numbers with names, for a fitted model to weigh."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checkpoint.core.grading.encoder import Vectors
from checkpoint.core.grading.passage import Passage
from checkpoint.core.grading.thesaurus import GENERAL, Thesaurus

_ALIKE = 0.55
"""From this cosine on two words in their sentences are taken to stand for the same thing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage beside the prompt of its question."""

    passage: Passage
    new: Vectors
    """1 for a content word whose stem the prompt does not hand out, else 0; shape (words,)."""
    novelty: Vectors
    """1 minus the cosine to the nearest word of the prompt, shape (words,)."""
    near_prompt: float
    """Cosine of the whole passage to the prompt."""
    words: Thesaurus = GENERAL
    """Of a reference: which words of an answer stand for its own."""


def beside(passage: Passage, prompt: Passage | None, words: Thesaurus = GENERAL) -> Asked:
    content = np.array(passage.content, np.float32)
    if prompt is None:
        return Asked(passage, content, content.copy(), 0.0, words)
    held = set(prompt.stems)
    new = np.array([s not in held for s in passage.stems], np.float32) * content
    novelty = 1.0 - np.clip((passage.vectors @ prompt.vectors.T).max(axis=1), 0.0, 1.0)
    return Asked(passage, new, novelty * content, float(passage.vector @ prompt.vector), words)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Cosines between the words of a reference (rows) and of an answer (columns)."""

    cosines: Vectors
    reached: Vectors
    """For each word of the reference the best cosine, shape (reference words,)."""
    backed: Vectors
    """For each word of the answer the best cosine, shape (answer words,)."""
    partner: tuple[int, ...]
    """For each word of the reference the word of the answer nearest to it."""


def align(reference: Passage, answer: Passage) -> Alignment:
    cosines = reference.vectors @ answer.vectors.T
    return Alignment(
        cosines,
        np.maximum(cosines.max(axis=1), 0.0),
        np.maximum(cosines.max(axis=0), 0.0),
        tuple(int(i) for i in cosines.argmax(axis=1)),
    )


def likeness(reference: Asked, answer: Asked) -> dict[str, float]:
    """All features of a pair, by name; none of them is ever NaN or infinite."""
    seen = align(reference.passage, answer.passage)
    return {
        **_whole(reference, answer),
        **_aligned(reference, answer, seen),
        **_lexical(reference, answer),
        **_turns(reference.passage, answer.passage, seen, reference.words),
        **_sizes(reference, answer),
        **_parts(reference.passage, answer.passage),
    }


def _mean(values: Vectors, weights: Vectors) -> float:
    total = float(weights.sum())
    return float((values * weights).sum() / total) if total > 1e-6 else -1.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one > 0 and other > 0 else 0.0


def _whole(reference: Asked, answer: Asked) -> dict[str, float]:
    near = float(reference.passage.vector @ answer.passage.vector)
    return {
        "whole": near,
        "whole_prompt": answer.near_prompt,
        "reference_prompt": reference.near_prompt,
        "whole_over_prompt": near - answer.near_prompt,
    }


def _aligned(reference: Asked, answer: Asked, seen: Alignment) -> dict[str, float]:
    r, a = reference.passage, answer.passage
    recall, precision = float(seen.reached.mean()), float(seen.backed.mean())
    heavy, backed = _mean(seen.reached, r.weight), _mean(seen.backed, a.weight)
    content = np.array(r.content)
    told = np.sort(seen.reached[content]) if content.any() else seen.reached
    said = np.array(a.content)
    extra = np.sort(seen.backed[said]) if said.any() else seen.backed
    new = reference.new * r.weight
    fresh = answer.new * a.weight
    return {
        "recall": recall,
        "precision": precision,
        "f1": _harmonic(recall, precision),
        "recall_weighted": heavy,
        "precision_weighted": backed,
        "f1_weighted": _harmonic(heavy, backed),
        "recall_new": _mean(seen.reached, new),
        "recall_novel": _mean(seen.reached, reference.novelty * r.weight),
        "precision_new": _mean(seen.backed, fresh),
        "precision_novel": _mean(seen.backed, answer.novelty * a.weight),
        "worst": float(told[0]),
        "worse": float(told[: max(1, len(told) // 3)].mean()),
        "extra_worst": float(extra[0]),
        "extra_worse": float(extra[: max(1, len(extra) // 3)].mean()),
        "covered": _mean((seen.reached > _ALIKE).astype(np.float32), r.weight),
        "covered_new": _mean((seen.reached > _ALIKE).astype(np.float32), new),
        "covered_firm": _mean((seen.reached > 0.75).astype(np.float32), r.weight),
        "backed_firm": _mean((seen.backed > 0.75).astype(np.float32), a.weight),
        "unbacked": float(((1.0 - seen.backed) * fresh).sum()),
        "unreached": float(((1.0 - seen.reached) * new).sum()),
    }


def _matches(wanted: tuple[str, ...], told: tuple[str, ...], words: Thesaurus) -> Vectors:
    """How well each stem is found among others: itself, a synonym, or the same beginning."""
    given = frozenset(told)
    groups = {number for numbers in words.alike(told).values() for number in numbers}
    named = words.alike(wanted)
    heads = {g[:5] for g in given if len(g) >= 5}
    made = [
        1.0
        if w in given
        else 0.8
        if named.get(w, frozenset()) & groups
        else 0.6
        if len(w) >= 5 and w[:5] in heads
        else 0.0
        for w in wanted
    ]
    return np.array(made, np.float32)


def found_again(reference: Passage, answer: Passage, words: Thesaurus = GENERAL) -> float:
    """Share of the reference's words, weighed, that the answer has by stem or synonym."""
    return _mean(_matches(reference.stems, answer.stems, words), reference.weight)


def _lexical(reference: Asked, answer: Asked) -> dict[str, float]:
    r, a = reference.passage, answer.passage
    found = _matches(r.stems, a.stems, reference.words)
    useful = _matches(a.stems, r.stems, reference.words)
    pairs = set(zip(r.stems, r.stems[1:], strict=False))
    held = set(zip(a.stems, a.stems[1:], strict=False))
    both = len(r.trigrams & a.trigrams)
    recall, precision = _mean(found, r.weight), _mean(useful, a.weight)
    return {
        "stems": recall,
        "stems_back": precision,
        "stems_f1": _harmonic(recall, precision),
        "stems_new": _mean(found, reference.new * r.weight),
        "stems_back_new": _mean(useful, answer.new * a.weight),
        "trigrams": 2 * both / max(1, len(r.trigrams) + len(a.trigrams)),
        "trigrams_recall": both / max(1, len(r.trigrams)),
        "pairs": len(pairs & held) / max(1, len(pairs)),
        "plain_overlap": float(found[np.array(r.content)].mean()) if any(r.content) else 0.0,
    }


def _turns(r: Passage, a: Passage, seen: Alignment, words: Thesaurus) -> dict[str, float]:
    """Signs that the answer turns the reference round."""
    given, wanted = frozenset(a.stems), frozenset(r.stems)
    opposite = sum(bool(words.opposites.get(s, frozenset()) & (given - wanted)) for s in wanted - given)
    facing = weight = 0.0
    for row, column in enumerate(seen.partner):
        if r.content[row] and seen.reached[row] > _ALIKE:
            weight += float(r.weight[row])
            facing += float(r.weight[row]) * (r.turned[row] != a.turned[column])
    differs = float(r.negations % 2 != a.negations % 2)
    return {
        "negations": float(min(a.negations, 3)),
        "negations_reference": float(min(r.negations, 3)),
        "parity": differs,
        "parity_near": differs * float(np.clip(r.vector @ a.vector, 0, 1)),
        "facing": facing / weight if weight else 0.0,
        "opposite": float(min(opposite, 2)),
        "numbers_absent": float(len(r.numbers - a.numbers) > 0),
        "numbers_other": float(len(a.numbers - r.numbers) > 0),
        "numbers_shared": float(len(a.numbers & r.numbers) > 0),
        "sequence": _sequence(r, a),
    }


def _sequence(r: Passage, a: Passage) -> float:
    """Share of neighbouring shared content words that keep their order; 1 where there are none."""
    place = {s: i for i, s in reversed(list(enumerate(a.stems))) if a.content[i]}
    kept = [place[s] for s, c in zip(r.stems, r.content, strict=True) if c and s in place]
    steps = [one < other for one, other in itertools.pairwise(kept) if one != other]
    return sum(steps) / len(steps) if steps else 1.0


def _sizes(reference: Asked, answer: Asked) -> dict[str, float]:
    r, a = reference.passage, answer.passage
    content = max(1, sum(a.content))
    return {
        "length": float(np.log1p(len(a.stems))),
        "length_reference": float(np.log1p(len(r.stems))),
        "length_ratio": float(np.log((1 + sum(a.content)) / (1 + sum(r.content)))),
        "news": float(answer.new.sum()) / content,
        "news_reference": float(reference.new.sum()) / max(1, sum(r.content)),
        "told": float(np.log1p((answer.new * a.weight).sum())),
    }


def _parts(r: Passage, a: Passage) -> dict[str, float]:
    """The same sentence by sentence: the best one, and how many of the reference's are reached."""
    rows = np.stack(list(r.sentences.values()))
    columns = np.stack(list(a.sentences.values()))
    best = (rows @ columns.T).max(axis=1)
    return {
        "sentence_best": float(best.max()),
        "sentence_mean": float(best.mean()),
        "sentence_least": float(best.min()),
        "sentences": float(np.log(len(columns))),
        "sentences_reference": float(np.log(len(rows))),
    }


_OVER_ALL = (
    "whole",
    "f1",
    "recall_weighted",
    "recall_new",
    "stems",
    "stems_new",
    "covered_new",
    "trigrams",
    "worst",
    "precision_weighted",
    "stems_back",
    "facing",
)
"""Features of which the best and the mean over all references tell something too."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """An answer beside all references of a criterion; `nearest` is the number of the nearest one."""

    features: dict[str, float]
    nearest: int


def nearest_of(references: Sequence[Asked], answer: Asked) -> Likeness:
    """Features against the nearest reference, with the best and the mean over all; at least one reference."""
    pairs = [likeness(one, answer) for one in references]
    strengths = [pair["f1_weighted"] + pair["stems_f1"] for pair in pairs]
    nearest = int(np.argmax(strengths))
    made = dict(pairs[nearest])
    for name in _OVER_ALL:
        values = [pair[name] for pair in pairs]
        made[f"{name}_best"] = max(values)
        made[f"{name}_mean"] = sum(values) / len(values)
    made["references"] = float(np.log(len(pairs)))
    return Likeness(made, nearest)
