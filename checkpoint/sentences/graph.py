"""Builds the model as an ONNX graph with 8-bit weights: with a scale for each block, or for each output
where the states that come in are evened out first.

Rounded so, a sentence's vector stays at a cosine of 0.999 to the full model's, a single word's at 0.998.
"""

from collections.abc import Mapping, Sequence
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
LARGEST = 64
"""Of whole weights behind evened states. Twice that would overflow sixteen bits where a processor adds
products in pairs, and other machines would give other vectors."""

_OPSET, _CONTRIBUTED, _FORMAT = 20, 1, 10
_BESIDE = 1_000_000
"""Tensors of more bytes stand in a file of their own, which all processes map and share."""


Reach = Mapping[str, np.ndarray]
"""By the name of states how large each of their channels becomes."""

NORMALISED = ("embedded", *(f"{layer}.{name}" for layer in range(LAYERS) for name in ("middle", "out")))
"""The states whose reach is asked for."""


def build(weights: Weights, reach: Reach | None = None, shown: Sequence[str] = ()) -> ModelProto:
    """The graph `ids (pieces,) int64 -> states (pieces, 384) float32`: one text at a time, no padding.

    Without a reach everything is rounded by block. What is `shown` is given beside the states.
    """
    return _Graph(weights, reach or {}).model(shown)


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

    def __init__(self, weights: Weights, reach: Reach) -> None:
        self._weights = weights
        self._reach = reach
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self, shown: Sequence[str]) -> ModelProto:
        self._constant("heads", np.array([-1, HEADS, WIDTH // HEADS]))
        self._constant("flat", np.array([-1, WIDTH]))
        self._constant("last", np.array([-1]))
        self._constant("unit", np.float32(1 / 127))
        self._constant("half_up", np.float32(128.5))
        self._constant("middle", np.uint8(128))
        states = self._embedded()
        for layer in range(LAYERS):
            states = self._layer(states, layer)
        self._node("Identity", [states], "states")
        graph = helper.make_graph(
            self._nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", WIDTH])
                for name in ("states", *shown)
            ],
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
        return self._normal("word", "place", "embeddings.LayerNorm", "embedded")

    def _layer(self, states: str, number: int) -> str:
        theirs, ours = f"encoder.layer.{number}.", f"{number}."
        mixed = self._attention(states, f"{theirs}attention.self.", ours)
        mixed = self._dense(mixed, *self._pair(f"{theirs}attention.output.dense"), f"{ours}attended")
        middle = self._normal(mixed, states, f"{theirs}attention.output.LayerNorm", f"{ours}middle")
        wide = self._evened(middle, *self._pair(f"{theirs}intermediate.dense"), f"{ours}wide")
        self._node("Gelu", [wide], f"{ours}bent")
        narrow = self._dense(f"{ours}bent", *self._pair(f"{theirs}output.dense"), f"{ours}narrow")
        return self._normal(narrow, middle, f"{theirs}output.LayerNorm", f"{ours}out")

    def _attention(self, states: str, theirs: str, ours: str) -> str:
        """Queries, keys and values in one product; the queries come scaled."""
        scale = np.float32(1 / np.sqrt(WIDTH // HEADS))
        pairs = [self._pair(theirs + kind) for kind in ("query", "key", "value")]
        pairs[0] = (pairs[0][0] * scale, pairs[0][1] * scale)
        joined = [np.concatenate(parts) for parts in zip(*pairs, strict=True)]
        self._evened(states, joined[0], joined[1], f"{ours}all")
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

    def _evened(self, states: str, matrix: np.ndarray, bias: np.ndarray, out: str) -> str:
        """The same for normalised states, in whole numbers of one scale for each word piece and each output.

        A few channels are far larger than the rest, which would be rounded away beside them: so each is
        divided by what makes it about as large as its weights, and these are multiplied by it.
        """
        if states not in self._reach:
            return self._dense(states, matrix, bias, out)
        weight = np.maximum(np.abs(matrix).max(axis=0), np.float32(1e-5))
        even = np.sqrt(self._reach[states] / weight)
        scales = np.abs(matrix * even).max(axis=1, keepdims=True) / np.float32(LARGEST)
        self._constant(f"{out}.even", 1 / even)
        self._constant(f"{out}.matrix", np.rint(matrix * even / scales).astype(np.int8).T)
        self._constant(f"{out}.scales", scales[:, 0])
        self._constant(f"{out}.bias", bias)
        evened = self._node("Mul", [states, f"{out}.even"], f"{out}.evened")
        whole, unit = self._rounded(evened, out)
        self._node("MatMulInteger", [whole, f"{out}.matrix", "middle"], f"{out}.whole")
        self._node("Cast", [f"{out}.whole"], f"{out}.unscaled", to=TensorProto.FLOAT)
        self._node("Mul", [f"{out}.unscaled", unit], f"{out}.by_piece")
        self._node("Mul", [f"{out}.by_piece", f"{out}.scales"], f"{out}.by_output")
        return self._node("Add", [f"{out}.by_output", f"{out}.bias"], out)

    def _rounded(self, states: str, out: str) -> tuple[str, str]:
        """Each piece's states as whole numbers from 1 to 255, 128 their middle, and what 1 is worth."""
        self._node("Abs", [states], f"{out}.sizes")
        self._node("ReduceMax", [f"{out}.sizes", "last"], f"{out}.largest", keepdims=1)
        unit = self._node("Mul", [f"{out}.largest", "unit"], f"{out}.unit")
        self._node("Div", [states, unit], f"{out}.units")
        self._node("Add", [f"{out}.units", "half_up"], f"{out}.shifted")
        return self._node("Cast", [f"{out}.shifted"], f"{out}.rounded", to=TensorProto.UINT8), unit

    def _normal(self, states: str, others: str, theirs: str, out: str) -> str:
        """The sum of two, made normal."""
        gain, bias = self._pair(theirs)
        self._constant(f"{out}.gain", gain)
        self._constant(f"{out}.bias", bias)
        names = [states, others, f"{out}.gain", f"{out}.bias"]
        return self._node("SkipLayerNormalization", names, out, domain="com.microsoft", epsilon=1e-12)

    def _node(self, kind: str, names: Sequence[str], out: str | list[str], **facts: Any) -> str:
        outs = [out] if isinstance(out, str) else out
        self._nodes.append(helper.make_node(kind, list(names), outs, **facts))
        return outs[0]

    def _constant(self, name: str, values: np.ndarray | np.generic) -> None:
        self._constants.append(numpy_helper.from_array(np.asarray(values, order="C"), name))


def _scales(rows: np.ndarray) -> np.ndarray:
    """What the largest number of each row is of 127, kept as a last axis of 1."""
    largest = np.abs(rows).max(axis=-1, keepdims=True)
    scales: np.ndarray = np.maximum(largest / np.float32(127), np.float32(1e-12))
    return scales
