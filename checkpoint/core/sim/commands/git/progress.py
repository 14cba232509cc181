"""What git tells on a terminal while it packs and sends objects: how many there are, how many it compares.

Follows `builtin/pack-objects.c` of git 2.39: objects of less than 50 bytes are never compared, and the
versions of changed files that the other side has are counted, though not sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import Repository

_COMPARED = 50
"""Bytes from which on an object is compared with others."""
_PAD = " " * 8


@dataclass(frozen=True, slots=True)
class Counted:
    sent: int
    every: int
    """With what the other side has of the same paths."""
    compared: int
    """Of those that are sent."""
    any_pair: bool
    """Whether there are two to compare at all."""


def counted(repo: Repository, new: set[Oid]) -> Counted:
    """`new` are objects of which the other side has none."""
    there = _there_already(repo, new)
    large = sum(len(repo.read(oid)[1]) >= _COMPARED for oid in new)
    others = sum(len(repo.read(oid)[1]) >= _COMPARED for oid in there)
    return Counted(len(new), len(new) + len(there), large, bool(large) and large + others > 1)


def _there_already(repo: Repository, new: set[Oid]) -> set[Oid]:
    """What stands at the paths of the new objects in the commits that the new ones build upon."""
    commits = [oid for oid in new if repo.read(oid)[0] == "commit"]
    edges = {one for oid in commits for one in repo.commit(oid).parents if one not in new}
    bases = {repo.commit(oid).tree for oid in edges if repo.find(oid)}
    found: set[Oid] = set()
    for oid in commits:
        _beside(repo, repo.commit(oid).tree, bases, new, found)
    return found - new


def _beside(repo: Repository, tree: Oid, bases: set[Oid], new: set[Oid], found: set[Oid]) -> None:
    if tree not in new:
        return
    found |= bases
    inside = [_entries(repo, one) for one in bases]
    for name, oid in _entries(repo, tree).items():
        if oid not in new:
            continue
        below = {entries[name] for entries in inside if name in entries}
        if repo.read(oid)[0] == "tree":
            _beside(repo, oid, {one for one in below if repo.read(one)[0] == "tree"}, new, found)
        else:
            found |= below


def _entries(repo: Repository, tree: Oid) -> dict[str, Oid]:
    kind, data = repo.read(tree)
    return {one.name: one.oid for one in objects.tree_of(data)} if kind == "tree" else {}


def _head(made: Counted, lead: str = "", pad: str = "") -> Iterable[str]:
    yield f"{lead}Enumerating objects: {made.every}, done.{pad}"
    yield f"{lead}Counting objects: 100% ({made.every}/{made.every}), done.{pad}"
    if made.any_pair:
        if not lead:
            yield "Delta compression using up to 2 threads"
        yield f"{lead}Compressing objects: 100% ({made.compared}/{made.compared}), done.{pad}"


def _written(count: int) -> str:
    return f"{count * 90} bytes | {count * 90}.00 KiB/s"


def sent(made: Counted) -> list[str]:
    """A push."""
    return [
        *_head(made),
        f"Writing objects: 100% ({made.sent}/{made.sent}), {_written(made.sent)}, done.",
        f"Total {made.sent} (delta 0), reused 0 (delta 0), pack-reused 0",
    ]


def packed(made: Counted, reused: int) -> list[str]:
    """A collection, in which `reused` objects stood in a pack already."""
    return [
        *_head(made),
        f"Writing objects: 100% ({made.sent}/{made.sent}), done.",
        f"Total {made.sent} (delta 0), reused {reused} (delta 0), pack-reused 0",
    ]


def cloned(made: Counted) -> list[str]:
    return [
        *_head(made, "remote: ", _PAD),
        f"Receiving objects: 100% ({made.sent}/{made.sent}), done.",
        f"remote: Total {made.sent} (delta 0), reused 0 (delta 0), pack-reused 0{_PAD}",
    ]


def fetched(made: Counted) -> list[str]:
    return [
        *_head(made, "remote: ", _PAD),
        f"remote: Total {made.sent} (delta 0), reused 0 (delta 0), pack-reused 0{_PAD}",
        f"Unpacking objects: 100% ({made.sent}/{made.sent}), {_written(made.sent)}, done.",
    ]
