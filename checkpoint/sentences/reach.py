"""How large each channel of the model's normalised states becomes, measured once when it is converted.

Which channels are the large ones hangs on the model and hardly on the text, so no text is needed: rows of
words drawn evenly from the vocabulary tell as much.
"""

from collections.abc import Iterator

import numpy as np
import onnxruntime

from checkpoint.sentences.graph import NORMALISED, Reach, build
from checkpoint.sentences.package import Weights

ROWS, WORDS = 16, 16
FIRST, LAST = 1_996, 28_996
"""Where whole words stand in the vocabulary."""
BEGIN, END = 101, 102
"""The model's own two marks."""
SMALLEST = 1e-3


def measured(weights: Weights) -> Reach:
    """The reach of every channel, rounded to half powers of two: machines that add in another order agree."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = build(weights, shown=NORMALISED).SerializeToString()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    runs = [session.run(list(NORMALISED), {"ids": ids}) for ids in _rows()]
    by_name = dict(zip(NORMALISED, zip(*runs, strict=True), strict=True))
    return {name: _rounded(np.abs(np.concatenate(states)).max(axis=0)) for name, states in by_name.items()}


def _rows() -> Iterator[np.ndarray]:
    words = np.linspace(FIRST, LAST, ROWS * WORDS, dtype=np.int64).reshape(WORDS, ROWS)
    for row in words.T:
        yield np.array([BEGIN, *row, END], dtype=np.int64)


def _rounded(sizes: np.ndarray) -> np.ndarray:
    halves = np.rint(2 * np.log2(np.maximum(sizes, SMALLEST)))
    made: np.ndarray = np.exp2(halves / 2).astype(np.float32)
    return made
