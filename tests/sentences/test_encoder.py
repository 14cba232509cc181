"""What grading relies on: unit vectors, honest spans, and the same vectors for the same text always."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint.core.grading.encoder import Encoded, Encoder
from checkpoint.sentences.model import PIECES, REMEMBERED

TEXTS = [f"Sentence {number} says that a kettle boils water {number} times." for number in range(40)]


def same(one: Encoded, other: Encoded) -> bool:
    return one.vector.tobytes() == other.vector.tobytes() and one.tokens.tobytes() == other.tokens.tobytes()


def test_all_vectors_are_one_long(encoder: Encoder) -> None:
    encoded = encoder.encode("Water boils at a lower temperature on a mountain.")
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(encoded.tokens, axis=1) == pytest.approx(1, abs=1e-5)
    assert encoded.vector.dtype == encoded.tokens.dtype == np.float32


def test_sentences_of_one_meaning_are_nearer_than_others(encoder: Encoder) -> None:
    cat, feline, tax = (
        encoder.encode(text).vector
        for text in (
            "The cat sleeps on the sofa.",
            "A feline is napping on the couch.",
            "Income tax is due in April.",
        )
    )
    assert cat @ feline > 0.6
    assert cat @ tax < 0.2


def test_spans_count_the_readers_characters(encoder: Encoder) -> None:
    text = "Réadý 🎉 co-op"
    encoded = encoder.encode(text)
    assert [text[start:end] for start, end in encoded.spans] == ["Réadý", "🎉", "co", "-", "op"]
    assert encoded.tokens.shape == (5, 384)


def test_a_text_of_nothing_has_no_pieces(encoder: Encoder) -> None:
    for text in ("", " \n", "\u200b"):
        assert encoder.encode(text).tokens.shape == (0, 384)
        assert encoder.encode(text).spans == ()


def test_a_long_text_is_read_up_to_the_models_end(encoder: Encoder) -> None:
    assert len(encoder.encode("word " * 1000).spans) == PIECES - 2


def test_half_a_character_hurts_nobody_and_keeps_its_place(encoder: Encoder) -> None:
    text = "a \ud83d plan"
    spans = encoder.encode(text).spans
    assert [text[start:end] for start, end in spans][-1] == "plan"


@given(st.text(max_size=200))
def test_any_text_has_vectors_and_spans_inside_it(encoder: Encoder, text: str) -> None:
    encoded = encoder.encode(text)
    assert len(encoded.spans) == len(encoded.tokens)
    assert all(0 <= start < end <= len(text) for start, end in encoded.spans)
    assert np.isfinite(encoded.vector).all()


def test_a_text_has_the_same_vectors_in_any_order_and_in_parallel(encoder: Encoder) -> None:
    first = [encoder.encode(text) for text in TEXTS]
    forget(encoder)
    with ThreadPoolExecutor(4) as threads:
        again = list(threads.map(encoder.encode, reversed(TEXTS)))
    assert all(same(one, other) for one, other in zip(first, reversed(again), strict=True))


def forget(encoder: Encoder) -> None:
    """Ask for so much else that everything before is forgotten."""
    for number in range(REMEMBERED // PIECES + 1):
        encoder.encode(f"{number} " * PIECES)


def test_what_was_asked_for_lately_is_remembered_and_the_rest_forgotten(encoder: Encoder) -> None:
    first = encoder.encode(TEXTS[0])
    assert encoder.encode(TEXTS[0]) is first
    forget(encoder)
    assert encoder.encode(TEXTS[0]) is not first
    assert (
        sum(len(known.spans) + 1 for known in vars(vars(encoder)["_encoder"])["_remembered"].values())
        <= REMEMBERED
    )


def test_vectors_cannot_be_changed_by_who_gets_them(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        encoder.encode("A word.").vector[0] = 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_encoder_opened_before_a_fork_works_after_it(encoder: Encoder) -> None:
    here = encoder.encode("Forked or not, the same.")
    forget(encoder)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writer, encoder.encode("Forked or not, the same.").vector.tobytes())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        there = told.read()
    os.waitpid(child, 0)
    assert there == here.vector.tobytes()
