"""The installed package that carries the model: where its files are, and whether they are the right ones."""

import hashlib
import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np

from checkpoint.sentences.model import DIGEST, PACKAGE, NoModelError

_TYPES = {"F32": "<f4", "I64": "<i8"}

Weights = dict[str, np.ndarray]


def model_file(name: str) -> Path:
    """A file of the model inside the package, which isn't imported: it would ask for torch."""
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        raise NoModelError(
            f"the package {PACKAGE} is not installed; run script/server or script/test with a network"
        ) from None
    for file in files:
        if file.parts[-2:] == ("model", name):
            return Path(str(file.locate()))
    raise NoModelError(f"the package {PACKAGE} holds no {name}; install it anew")


def read_weights() -> Weights:
    """The model's tensors by name, read-only views of the file.

    Raises NoModelError if it isn't the published one.
    """
    file = model_file("model.safetensors")
    try:
        raw = np.memmap(file, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise NoModelError(f"{file} can't be read ({error}); install {PACKAGE} anew") from error
    if hashlib.sha256(raw.data).hexdigest() != DIGEST:
        raise NoModelError(f"{file} is not what was published; install {PACKAGE} anew")
    return _tensors(raw)


def _tensors(raw: np.ndarray) -> Weights:
    """The safetensors format: the length of a JSON table, the table, the numbers."""
    start = 8 + int(raw[:8].view("<u8")[0])
    table = json.loads(raw[8:start].tobytes())
    return {
        name: raw[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]]
        .view(_TYPES[entry["dtype"]])
        .reshape(entry["shape"])
        for name, entry in table.items()
        if name != "__metadata__"
    }
