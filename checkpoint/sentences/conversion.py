"""Converts the package's weights once and keeps the result, named after what it was made from."""

import os
import shutil
import tempfile
from pathlib import Path

from checkpoint.sentences.model import BUILD, DIGEST, NoModelError
from checkpoint.sentences.package import model_file, read_weights


def place(folder: Path) -> Path:
    """Where in `folder` the converted model is, or will be."""
    return folder / f"{DIGEST[:12]}-{BUILD}"


def is_converted(folder: Path) -> bool:
    return place(folder).is_dir()


def convert(folder: Path) -> Path:
    """Convert into `folder`, in about two seconds; raises NoModelError where the package lacks something.

    The result appears whole or not at all, so any number of processes may convert at once.
    """
    try:
        from checkpoint.sentences.graph import build, save
        from checkpoint.sentences.reach import measured
    except ImportError as error:
        raise NoModelError(f"{error.name} is not installed; it converts the sentence model") from error
    weights = read_weights()
    tokenizer = model_file("tokenizer.json")
    made = _fresh(folder)
    try:
        save(build(weights, measured(weights)), made)
        shutil.copyfile(tokenizer, made / "tokenizer.json")
        _put(made, place(folder))
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return place(folder)


def discard(folder: Path) -> None:
    """Take a damaged conversion away, at once for all readers."""
    gone = _fresh(folder)
    try:
        place(folder).rename(gone / "gone")
    except FileNotFoundError:
        pass
    finally:
        shutil.rmtree(gone, ignore_errors=True)


def _fresh(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    except OSError as error:
        raise NoModelError(f"the converted model can't be kept in {folder} ({error.strerror})") from error


def _put(made: Path, final: Path) -> None:
    for file in made.iterdir():
        with file.open("rb") as written:
            os.fsync(written.fileno())
    try:
        made.rename(final)
    except OSError:
        if not final.is_dir():  # otherwise another process was faster, with the same result
            raise
