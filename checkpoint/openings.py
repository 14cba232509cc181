"""The starts of worlds, kept in files: made once for every process and for every time it is started.

A file is named after everything that it depends on, the simulator's own source included, and read strictly;
one that isn't there or can't be read is made anew.
"""

import hashlib
import logging
import os
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import get_ident

from django.conf import settings

from checkpoint.core import sim
from checkpoint.core.sim.codec import engine, snapshot, world_of
from checkpoint.core.sim.facts import BadSnapshot
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import Opening, opened
from checkpoint.core.sim.scenario.variants import filled_in
from checkpoint.core.sim.world import World

_logger = logging.getLogger("checkpoint.openings")
_QUICKLY = 1
"""zlib's level: a world is read far more often than its file is moved."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "openings"


def opening_of(material: Material, seed: str) -> Opening:
    """The start that a seed makes, read where it was made before. Raises OpeningError."""
    world = _read(file_of(material, seed))
    if world is not None:
        return Opening(filled_in(material, seed).scenario, seed, world)
    found = opened(material, seed)
    _write(file_of(material, seed), found.world)
    return found


def file_of(material: Material, seed: str) -> Path:
    """Where it is kept."""
    told = "\0".join((simulator(), material.fingerprint(), seed))
    name = hashlib.sha256(told.encode()).hexdigest()[:24]
    return folder() / f"{material.scenario.slug}-{name}.world"


@cache
def simulator() -> str:
    """Changes with every line of the simulator, for any of them may make another world."""
    top = Path(sim.__file__).parent
    found = hashlib.sha256(engine().encode())
    for path in sorted(top.rglob("*.py")):
        found.update(f"\0{path.relative_to(top)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def forget(but: set[Path]) -> None:
    """Remove what belongs to content and simulators of before."""
    for path in folder().glob("*.world"):
        if path not in but:
            with suppress(FileNotFoundError):
                path.unlink()


def _read(path: Path) -> World | None:
    try:
        return world_of(zlib.decompress(path.read_bytes()).decode())
    except FileNotFoundError:
        return None
    except (OSError, zlib.error, UnicodeDecodeError, BadSnapshot) as error:
        _logger.warning("The start in %s can't be read and is made anew: %s", path.name, error)
        return None


def _write(path: Path, world: World) -> None:
    """Whole or not at all: another process may read at any time. Without it all goes on, only slower."""
    draft = path.with_suffix(f".{os.getpid()}-{get_ident()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_bytes(zlib.compress(snapshot(world).encode(), _QUICKLY))
        draft.replace(path)
    except OSError as error:
        _logger.warning("A start can't be kept: %s", error)
