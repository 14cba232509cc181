"""Rubrics' vectors are computed once, the same every time, and learners' texts are never kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from checkpoint.core.grading.encoder import Encoded
from checkpoint.sentences import vectors
from checkpoint.sentences.model import WIDTH
from checkpoint.sentences.vectors import KeepingEncoder

PHRASES = ("The lake froze over.", "", "Ice carried the sleigh: 🎉.")


class Counting:
    """Encodes by rolling dice that the text has loaded, and counts what it was asked for."""

    name = "counting/1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> Encoded:
        self.asked.append(text)
        dice = np.random.default_rng(len(text))
        spans = tuple((place, place + 1) for place in range(len(text.split())))
        rows = dice.standard_normal((1 + len(spans), WIDTH)).astype(np.float32)
        return Encoded(rows[0], rows[1:], spans)


def compiled(encoder: KeepingEncoder, *phrases: str) -> list[Encoded]:
    with encoder.keeping("What happened to the lake?"):
        return [encoder.encode(phrase) for phrase in phrases]


def bits(encoded: Encoded) -> tuple[bytes, bytes, object]:
    return encoded.vector.tobytes(), encoded.tokens.tobytes(), encoded.spans


def kept(folder: Path) -> Iterator[Path]:
    return folder.glob("*.vectors")


def test_another_process_finds_the_same_vectors_and_computes_none(tmp_path: Path) -> None:
    first = compiled(KeepingEncoder(Counting(), tmp_path), *PHRASES)
    model = Counting()
    again = compiled(KeepingEncoder(model, tmp_path), *PHRASES)
    assert model.asked == []
    assert list(map(bits, again)) == list(map(bits, first))


def test_a_changed_rubric_costs_only_what_is_new(tmp_path: Path) -> None:
    compiled(KeepingEncoder(Counting(), tmp_path), *PHRASES)
    model = Counting()
    compiled(KeepingEncoder(model, tmp_path), *PHRASES[1:], "It was winter.")
    assert model.asked == ["It was winter."]


def test_what_a_rubric_lost_goes_once_it_is_the_greater_part(tmp_path: Path) -> None:
    compiled(KeepingEncoder(Counting(), tmp_path), *PHRASES)
    compiled(KeepingEncoder(Counting(), tmp_path), PHRASES[0])
    model = Counting()
    compiled(KeepingEncoder(model, tmp_path), PHRASES[0], "It was winter.")
    compiled(KeepingEncoder(model, tmp_path), *PHRASES)
    assert model.asked == ["It was winter."]
    compiled(KeepingEncoder(model, tmp_path), "Spring came.")
    compiled(KeepingEncoder(model, tmp_path), PHRASES[0])
    assert model.asked == ["It was winter.", "Spring came.", PHRASES[0]]


def test_what_a_learner_wrote_is_never_kept(tmp_path: Path) -> None:
    encoder = KeepingEncoder(Counting(), tmp_path)
    encoder.encode("My very own words.")
    compiled(encoder, *PHRASES)
    encoder.encode("My very own words again.")
    assert not any(b"My very own" in file.read_bytes() for file in kept(tmp_path))


def test_while_one_thread_compiles_another_threads_answers_are_not_kept(tmp_path: Path) -> None:
    encoder = KeepingEncoder(Counting(), tmp_path)
    with ThreadPoolExecutor(1) as elsewhere, encoder.keeping("A topic"):
        encoder.encode(PHRASES[0])
        elsewhere.submit(encoder.encode, "My very own words.").result()
    assert not any(b"My very own" in file.read_bytes() for file in kept(tmp_path))


@pytest.mark.parametrize(
    "harm", [lambda b: b[:-7], lambda b: b"", lambda b: b[:-4] + b"\0\0\0\0", lambda b: b[9:]]
)
def test_a_damaged_file_is_computed_anew(tmp_path: Path, harm) -> None:
    first = compiled(KeepingEncoder(Counting(), tmp_path), *PHRASES)
    (file,) = kept(tmp_path)
    file.write_bytes(harm(file.read_bytes()))
    again = compiled(KeepingEncoder(Counting(), tmp_path), *PHRASES)
    assert list(map(bits, again)) == list(map(bits, first))
    model = Counting()
    compiled(KeepingEncoder(model, tmp_path), *PHRASES)
    assert model.asked == []


def test_what_one_is_computing_others_wait_for_and_find(tmp_path: Path) -> None:
    inside, go_on = Event(), Event()

    class Slow(Counting):
        def encode(self, text: str) -> Encoded:
            inside.set()
            assert go_on.wait(20)
            return super().encode(text)

    first, second = Slow(), Counting()
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(compiled, KeepingEncoder(first, tmp_path), *PHRASES)
        assert inside.wait(20)
        waiting = threads.submit(compiled, KeepingEncoder(second, tmp_path), *PHRASES)
        assert not waiting.done()
        go_on.set()
        assert list(map(bits, waiting.result(20))) == list(map(bits, slow.result(20)))
    assert (first.asked, second.asked) == (list(PHRASES), [])


def test_another_model_keeps_its_own(tmp_path: Path) -> None:
    compiled(KeepingEncoder(Counting(), tmp_path), *PHRASES)
    other = Counting()
    other.name = "counting/2"
    compiled(KeepingEncoder(other, tmp_path), *PHRASES)
    assert other.asked == list(PHRASES)
    assert len(list(kept(tmp_path))) == 2


def test_a_folder_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert len(compiled(KeepingEncoder(Counting(), tmp_path / "file" / "folder"), *PHRASES)) == 3


def test_of_many_rubrics_the_latest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "FILES", 3)
    encoder = KeepingEncoder(Counting(), tmp_path)
    for number in range(5):
        with encoder.keeping(f"Topic {number}"):
            encoder.encode("A phrase.")
    assert len(list(kept(tmp_path))) == 3
    assert encoder.encode("A phrase.").spans
