"""Opens the converted model, or says why there is none."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.sentences.conversion import convert, discard, is_converted, place
from checkpoint.sentences.model import NAME, PIECES, DamagedModelError, NoModelError
from checkpoint.sentences.vectors import KeepingEncoder

if TYPE_CHECKING:
    from checkpoint.sentences.encoder import SentenceEncoder


def open_encoder(folder: Path) -> KeepingEncoder:
    """The encoder of the model converted in `folder`, where it keeps what it is told to.

    Raises NoModelError with the reason and the cure.
    """
    if not is_converted(folder):
        raise NoModelError("the sentence model is not converted; run manage.py sentence_model")
    importlib.invalidate_caches()  # the libraries may have been installed since this process began
    try:
        return KeepingEncoder(_opened(place(folder)), folder / "rubrics")
    except ImportError as error:
        raise NoModelError(f"{error.name} is not installed; run script/server with a network") from error


def made_encoder(folder: Path) -> KeepingEncoder:
    """The same, converting first where the package is there but unconverted, or what was made is damaged."""
    if is_converted(folder):
        try:
            return open_encoder(folder)
        except DamagedModelError:
            discard(folder)
    convert(folder)
    return open_encoder(folder)


def _opened(folder: Path) -> "SentenceEncoder":
    import onnxruntime
    from tokenizers import Tokenizer

    from checkpoint.sentences.encoder import SentenceEncoder

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # One thread a text: the server's own threads keep the cores busy, and none is lost by a fork.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both raise their own, undocumented kinds
        raise DamagedModelError(
            f"the converted model in {folder} is damaged; run manage.py sentence_model"
        ) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(PIECES)
    return SentenceEncoder(NAME, session, tokenizer)
