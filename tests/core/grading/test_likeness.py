"""Features of likeness, and the small models that weigh them, on vectors made up by hand."""

import hashlib

import numpy as np
import pytest

from checkpoint.core.grading.encoder import Encoded
from checkpoint.core.grading.fitted import Linear, Trees, packed, softmax
from checkpoint.core.grading.likeness import Asked, beside, likeness, nearest_of
from checkpoint.core.grading.passage import Passage, Rarity, whole_passage
from checkpoint.core.grading.precedent import Marks, precedents, resemblance
from checkpoint.core.grading.verdict import Outcome

RARITY = Rarity({"the": 0.1, "water": 0.5}, 1.0)


class WordsAsVectors:
    """Every word is a direction of its own: equal words are alike, others hardly."""

    name = "words/1"

    def encode(self, text: str) -> Encoded:
        words = text.split()
        spans, start = [], 0
        for word in words:
            start = text.index(word, start)
            spans.append((start, start + len(word)))
            start += len(word)
        tokens = np.stack([_direction(word.lower().strip(".,")) for word in words])
        whole = tokens.sum(axis=0)
        return Encoded(whole / np.linalg.norm(whole), tokens, tuple(spans))


def _direction(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    made = np.random.default_rng(seed).normal(size=64).astype(np.float32)
    return made / np.linalg.norm(made)


def passage(text: str) -> Passage:
    made = whole_passage(text, WordsAsVectors(), RARITY)
    assert made is not None
    return made


def asked(text: str, prompt: str = "Why does the water go?") -> Asked:
    return beside(passage(text), passage(prompt))


def test_a_sentence_is_most_alike_itself() -> None:
    same = likeness(asked("heat turns water to steam"), asked("heat turns water to steam"))
    other = likeness(asked("heat turns water to steam"), asked("somebody drank it at night"))
    for name in ("whole", "recall_weighted", "precision_weighted", "stems", "trigrams"):
        assert same[name] == pytest.approx(1.0, abs=1e-3)
        assert other[name] < 0.6


def test_what_the_prompt_hands_out_is_not_new() -> None:
    seen = likeness(asked("water becomes steam"), asked("water goes"))
    assert seen["stems"] > seen["stems_new"] == 0.0


def test_a_negation_on_one_side_is_seen() -> None:
    seen = likeness(asked("heat turns water to steam"), asked("heat does not turn water to steam"))
    assert seen["parity"] == 1.0
    assert seen["facing"] > 0.0


def test_an_opposite_word_is_seen() -> None:
    assert likeness(asked("the level rises, more"), asked("the level rises, less"))["opposite"] == 1.0


def test_features_are_finite_for_any_few_words() -> None:
    for text in ("a", "7", "not", "the the the", "é", "x" * 500):
        for name, value in likeness(asked("heat turns water to steam"), asked(text)).items():
            assert np.isfinite(value), name


def test_of_several_references_the_nearest_is_compared() -> None:
    seen = nearest_of([asked("somebody drank it"), asked("heat makes steam")], asked("heat makes steam"))
    assert seen.nearest == 1
    assert seen.features["stems_best"] > seen.features["stems_mean"]


def test_a_text_without_words_is_no_passage() -> None:
    assert whole_passage(" … ", WordsAsVectors(), RARITY) is None


def test_resemblance_is_the_same_both_ways() -> None:
    one, other = passage("heat turns water to steam"), passage("steam comes from hot water")
    assert resemblance(one, other) == pytest.approx(resemblance(other, one))


def test_marked_answers_draw_towards_how_the_likest_was_marked() -> None:
    marks = Marks((Outcome.MET, Outcome.MISSING), np.full((2, 3), 1 / 3))
    towards = precedents(np.array([[0.9] * 4, [0.2] * 4]), marks, (0.4, 0.1, 0.5))
    away = precedents(np.array([[0.2] * 4, [0.9] * 4]), marks, (0.4, 0.1, 0.5))
    assert towards["way_vote"] > 0.5 > away["way_vote"]
    assert towards["words_margin"] > 0 > away["words_margin"]


def test_a_tree_is_walked_to_its_leaf() -> None:
    tree = Trees(
        feature=np.array([0, 1]),
        border=np.array([0.5, 2.0]),
        left=np.array([-1, -2]),
        right=np.array([1, -3]),
        leaf=np.array([10.0, 20.0, 30.0]),
        roots=np.array([0]),
        classes=1,
        depth=2,
    )
    leaves = [tree.sums(np.array(x))[0] for x in ([0.5, 9.0], [0.6, 2.0], [0.6, 2.1])]
    assert leaves == [10.0, 20.0, 30.0]


def test_a_linear_model_gives_shares_of_one() -> None:
    model = Linear(np.zeros(2), np.ones(2), np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2))
    shares = model.probabilities(np.array([3.0, 1.0]))
    assert shares.sum() == pytest.approx(1.0)
    assert shares[0] > shares[1]


def test_huge_values_stay_shares() -> None:
    assert softmax(np.array([1e6, 0.0])) == pytest.approx([1.0, 0.0])


def test_packed_numbers_come_back_in_their_shape() -> None:
    given = {"shape": [2, 1], "shorts": "AQD//w=="}
    assert packed(given).tolist() == [[1.0], [-1.0]]
