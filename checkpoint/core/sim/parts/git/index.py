"""The index (staging area) in git's own format, version 2."""

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.sim.parts.git.objects import Oid

_HEAD = struct.Struct(">10I20sH")
"""Two times with nanoseconds, device, inode, mode, user, group, size, name, flags."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One line of the index. `stage` is 0, or in a conflict 1 base, 2 ours, 3 theirs."""

    path: str
    mode: int
    oid: Oid
    stage: int = 0
    size: int = 0
    time: int = 0


@lru_cache(maxsize=512)
def read_index(data: bytes) -> tuple[Staged, ...]:
    """Every line, in the order of paths; ValueError for something else than an index."""
    if not data:
        return ()
    if data[:4] != b"DIRC":
        raise ValueError("bad signature")
    count, at = struct.unpack(">I", data[8:12])[0], 12
    found = []
    for _ in range(count):
        facts = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size
        end = data.index(b"\0", start)
        path = data[start:end].decode("utf-8", "surrogateescape")
        found.append(Staged(path, facts[6], facts[10].hex(), (facts[11] >> 12) & 3, facts[9], facts[2]))
        at += (end - at + 8) // 8 * 8
    return tuple(found)


def index_bytes(lines: Iterable[Staged]) -> bytes:
    """An index of these lines, in whatever order they come."""
    ordered = sorted(lines, key=lambda one: (one.path.encode("utf-8", "surrogateescape"), one.stage))
    out = [b"DIRC" + struct.pack(">II", 2, len(ordered))]
    for one in ordered:
        path = one.path.encode("utf-8", "surrogateescape")
        flags = (one.stage << 12) | min(len(path), 0xFFF)
        facts = (one.time, 0, one.time, 0, 0, 0, one.mode, 1000, 1000, one.size)
        line = _HEAD.pack(*facts, bytes.fromhex(one.oid), flags) + path
        out.append(line + b"\0" * (8 - len(line) % 8))
    whole = b"".join(out)
    return whole + hashlib.sha1(whole, usedforsecurity=False).digest()
