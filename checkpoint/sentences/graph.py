"""Builds the model as an ONNX graph with 8-bit weights; each block of them has a scale of its own.

Rounded so, a sentence's vector stays at a cosine of 0.999 to the full model's, a single word's at 0.998.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from checkpoint.sentences.model import PIECES, WIDTH
from checkpoint.sentences.package import Weights

HEADS = 12
LAYERS = 6
BLOCK = 64
"""Weights to a scale. 128 are a tenth faster and twice as far off for single words; 32 the other way."""

_OPSET, _CONTRIBUTED, _FORMAT = 20, 1, 10
_BESIDE = 1_000_000
"""Tensors of more bytes stand in a file of their own, which all processes map and share."""


def build(weights: Weights) -> ModelProto:
    """The graph `ids (pieces,) int64 -> states (pieces, 384) float32`: one text at a time, no padding."""
    return _Graph(weights).model()


def save(model: ModelProto, folder: Path) -> None:
    """Write `model.onnx` and, beside it, its large tables."""
    with (folder / "tables.bin").open("wb") as tables:
        for tensor in model.graph.initializer:
            if len(tensor.raw_data) > _BESIDE:
                place = {"location": "tables.bin", "offset": tables.tell(), "length": len(tensor.raw_data)}
                tables.write(tensor.raw_data)
                tensor.ClearField("raw_data")
                tensor.data_location = TensorProto.EXTERNAL
                for key, value in place.items():
                    tensor.external_data.add(key=key, value=str(value))
                tables.write(bytes(-tables.tell() % 4096))
    (folder / "model.onnx").write_bytes(model.SerializeToString())


class _Graph:
    """A graph in the making: every method adds nodes and gives the name of what they compute."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self) -> ModelProto:
        self._constant("heads", np.array([-1, HEADS, WIDTH // HEADS]))
        self._constant("flat", np.array([-1, WIDTH]))
        states = self._embedded()
        for layer in range(LAYERS):
            states = self._layer(states, layer)
        self._node("Identity", [states], "states")
        graph = helper.make_graph(
            self._nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
            [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["pieces", WIDTH])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", _CONTRIBUTED)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_FORMAT)

    def _embedded(self) -> str:
        """Word pieces with their places; all are of one kind, so its vector joins the places'."""
        words = self._weights["embeddings.word_embeddings.weight"]
        scales = _scales(words)
        self._constant("words", np.rint(words / scales).astype(np.int8))
        self._constant("word_scales", scales)
        self._node("Gather", ["words", "ids"], "rounded")
        self._node("Cast", ["rounded"], "unscaled", to=TensorProto.FLOAT)
        self._node("Gather", ["word_scales", "ids"], "scale")
        self._node("Mul", ["unscaled", "scale"], "word")
        places = self._weights["embeddings.position_embeddings.weight"][:PIECES]
        self._constant("places", places + self._weights["embeddings.token_type_embeddings.weight"][0])
        self._constant("zero", np.array([0]))
        self._node("Shape", ["ids"], "count")
        self._node("Slice", ["places", "zero", "count", "zero"], "place")
        self._node("Add", ["word", "place"], "sum")
        return self._normal("sum", "embeddings.LayerNorm", "embedded")

    def _layer(self, states: str, number: int) -> str:
        theirs, ours = f"encoder.layer.{number}.", f"{number}."
        mixed = self._attention(states, f"{theirs}attention.self.", ours)
        mixed = self._dense(mixed, *self._pair(f"{theirs}attention.output.dense"), f"{ours}attended")
        self._node("Add", [mixed, states], f"{ours}sum1")
        middle = self._normal(f"{ours}sum1", f"{theirs}attention.output.LayerNorm", f"{ours}middle")
        wide = self._dense(middle, *self._pair(f"{theirs}intermediate.dense"), f"{ours}wide")
        self._node("Gelu", [wide], f"{ours}bent")
        narrow = self._dense(f"{ours}bent", *self._pair(f"{theirs}output.dense"), f"{ours}narrow")
        self._node("Add", [narrow, middle], f"{ours}sum2")
        return self._normal(f"{ours}sum2", f"{theirs}output.LayerNorm", f"{ours}out")

    def _attention(self, states: str, theirs: str, ours: str) -> str:
        """Queries, keys and values in one product; the queries come scaled."""
        scale = np.float32(1 / np.sqrt(WIDTH // HEADS))
        pairs = [self._pair(theirs + kind) for kind in ("query", "key", "value")]
        pairs[0] = (pairs[0][0] * scale, pairs[0][1] * scale)
        joined = [np.concatenate(parts) for parts in zip(*pairs, strict=True)]
        self._dense(states, joined[0], joined[1], f"{ours}all")
        names = [f"{ours}{kind}" for kind in "qkv"]
        self._node("Split", [f"{ours}all"], names, axis=1, num_outputs=3)
        for name, order in zip(names, [(1, 0, 2), (1, 2, 0), (1, 0, 2)], strict=True):
            self._node("Reshape", [name, "heads"], f"{name}_by_head")
            self._node("Transpose", [f"{name}_by_head"], f"{name}_turned", perm=order)
        queries, keys, values = (f"{name}_turned" for name in names)
        self._node("MatMul", [queries, keys], f"{ours}likeness")
        self._node("Softmax", [f"{ours}likeness"], f"{ours}shares", axis=-1)
        self._node("MatMul", [f"{ours}shares", values], f"{ours}heads_mixed")
        self._node("Transpose", [f"{ours}heads_mixed"], f"{ours}turned_back", perm=(1, 0, 2))
        self._node("Reshape", [f"{ours}turned_back", "flat"], f"{ours}mixed")
        return f"{ours}mixed"

    def _pair(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        return self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]

    def _dense(self, states: str, matrix: np.ndarray, bias: np.ndarray, out: str) -> str:
        """`states @ matrix.T + bias` with the matrix (outputs, inputs) rounded to 8 bits by block."""
        outputs, inputs = matrix.shape
        blocks = matrix.reshape(outputs, inputs // BLOCK, BLOCK)
        scales = _scales(blocks)
        self._constant(f"{out}.matrix", (np.rint(blocks / scales) + 128).astype(np.uint8))
        self._constant(f"{out}.scales", scales[..., 0])
        self._constant(f"{out}.bias", bias)
        names = [states, f"{out}.matrix", f"{out}.scales", "", "", f"{out}.bias"]
        shape = {"N": outputs, "K": inputs, "bits": 8, "block_size": BLOCK}
        # Level 4: the states are rounded by block too, so that products are of whole numbers.
        return self._node("MatMulNBits", names, out, domain="com.microsoft", accuracy_level=4, **shape)

    def _normal(self, states: str, theirs: str, out: str) -> str:
        gain, bias = self._pair(theirs)
        self._constant(f"{out}.gain", gain)
        self._constant(f"{out}.bias", bias)
        names = [states, f"{out}.gain", f"{out}.bias"]
        return self._node("LayerNormalization", names, out, axis=-1, epsilon=1e-12)

    def _node(self, kind: str, names: Sequence[str], out: str | list[str], **facts: Any) -> str:
        outs = [out] if isinstance(out, str) else out
        self._nodes.append(helper.make_node(kind, list(names), outs, **facts))
        return outs[0]

    def _constant(self, name: str, values: np.ndarray) -> None:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))


def _scales(rows: np.ndarray) -> np.ndarray:
    """What the largest number of each row is of 127, kept as a last axis of 1."""
    largest = np.abs(rows).max(axis=-1, keepdims=True)
    scales: np.ndarray = np.maximum(largest / np.float32(127), np.float32(1e-12))
    return scales
