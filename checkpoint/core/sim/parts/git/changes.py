"""What differs between two sets of files: added, deleted, modified, renamed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from checkpoint.core.sim.parts.git.objects import Oid

Files = Mapping[str, tuple[int, Oid]]
"""Path -> (mode, blob)."""
Reader = Callable[[Oid], bytes]
_ALIKE = 50
"""Percent from which on a deleted and an added file are the same file with another name."""
_COMPARED = 4_000
"""Pairs of files compared for renames."""


@dataclass(frozen=True, slots=True)
class Change:
    """`status` is A, D, M, T or R; modes and names are 0 and "" where there is no such side."""

    status: str
    path: str
    old_path: str
    old_mode: int
    new_mode: int
    old: Oid
    new: Oid
    score: int = 100


def between(old: Files, new: Files, read: Reader | None = None) -> list[Change]:
    """Changes in the order of paths; with `read` (name -> bytes) renames are found."""
    if old == new:
        return []
    added, deleted, found = [], [], []
    for path in sorted(set(old) | set(new)):
        if path not in old:
            added.append(Change("A", path, path, 0, new[path][0], "", new[path][1]))
        elif path not in new:
            deleted.append(Change("D", path, path, old[path][0], 0, old[path][1], ""))
        elif old[path] != new[path]:
            kind = "M" if (old[path][0] ^ new[path][0]) & 0o170000 == 0 else "T"
            found.append(Change(kind, path, path, *(old[path][0], new[path][0]), old[path][1], new[path][1]))
    if read is not None:
        _renamed(added, deleted, found, read)
    return sorted([*added, *deleted, *found], key=lambda change: change.path)


def _renamed(added: list[Change], deleted: list[Change], found: list[Change], read: Reader) -> None:
    pairs: list[tuple[int, bool, int, Change, Change]] = []
    for new, old in islice(_candidates(added, deleted), _COMPARED):
        score = 100 if new.new == old.old else likeness(read(old.old), read(new.new))
        same_name = new.path.rpartition("/")[2] == old.path.rpartition("/")[2]
        if score >= _ALIKE:
            pairs.append((score, same_name, -len(pairs), old, new))
    for score, _, _, old, new in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if old in deleted and new in added:
            deleted.remove(old)
            added.remove(new)
            found.append(Change("R", new.path, old.path, old.old_mode, new.new_mode, old.old, new.new, score))


def _candidates(added: list[Change], deleted: list[Change]) -> Iterator[tuple[Change, Change]]:
    """Pairs with the same content first: they are certain, however many there are."""
    gone: dict[Oid, list[Change]] = {}
    for old in deleted:
        gone.setdefault(old.old, []).append(old)
    yield from ((new, old) for new in added for old in gone.get(new.new, ()))
    moved = {new.new for new in added} & gone.keys()
    rest = [old for old in deleted if old.old not in moved]
    yield from ((new, old) for new in added if new.new not in moved for old in rest)


def likeness(old: bytes, new: bytes) -> int:
    """How much of two files is the same, in percent of the larger one."""
    if not old or not new:
        return 0
    shared = Counter(old.splitlines(keepends=True)) & Counter(new.splitlines(keepends=True))
    return sum(len(line) * count for line, count in shared.items()) * 100 // max(len(old), len(new))
