"""A file system that is only a value: folders, files and links, none of them on a disk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import cast

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError

_LOOK, _CHANGE = 12, 60
"""Work for finding a path and for changing what stands there."""
_BYTES = 64
"""Bytes that are read for one piece of work."""
_LINKS = 40
"""Links followed for one path; more of them go in a circle."""


class Why(Enum):
    """The reasons a path can't be used, in the words every tool prints for them."""

    ABSENT = "No such file or directory"
    EXISTS = "File exists"
    NO_FOLDER = "Not a directory"
    FOLDER = "Is a directory"
    DENIED = "Permission denied"
    NOT_EMPTY = "Directory not empty"
    CIRCLE = "Too many levels of symbolic links"
    TOO_LONG = "File name too long"
    INTO_ITSELF = "Invalid argument"


class FileError(SimError):
    """`path` can't be used because of `why`."""

    def __init__(self, path: str, why: Why) -> None:
        super().__init__(f"{path}: {why.value}")
        self.path = path
        self.why = why


@dataclass(frozen=True, slots=True)
class File:
    """`time` is the scenario's clock in epoch seconds, `mode` the permission bits."""

    data: bytes
    mode: int = 0o644
    time: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    target: str
    time: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    entries: Map[str, "Node"] = Map()
    mode: int = 0o755
    time: int = 0


Node = File | Link | Folder

Path = tuple[str, ...]
"""An absolute path's names; () is `/`."""


@lru_cache(maxsize=8192)
def names_of(path: str, base: str = "/") -> Path:
    """The names of a path as typed, `.` and `..` resolved by text, relative ones under `base`."""
    if len(path) > limits.PATH:
        raise FileError(path[:40] + "…", Why.TOO_LONG)
    whole = path if path.startswith("/") else f"{base}/{path}"
    names: list[str] = []
    for name in whole.split("/"):
        if name in ("", "."):
            continue
        if name == "..":
            names = names[:-1]
        elif len(name.encode("utf-8", "surrogateescape")) > limits.NAME:
            raise FileError(path[:40] + "…", Why.TOO_LONG)
        else:
            names.append(name)
    return tuple(names)


_NULL: Path = ("dev", "null")
"""Reads as empty and takes whatever is written; it stands in no folder here."""


def text_of(names: Path) -> str:
    return "/" + "/".join(names)


def decoded(data: bytes) -> str:
    """Any bytes as text, so that `encoded` gives the same bytes again."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def legible(text: str) -> str:
    """With a visible sign for each byte that is no text: no page can be sent with one, and not every
    database keeps it."""
    return text if text.isascii() and "\0" not in text else _NO_TEXT.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Files:
    """The whole tree. Every change returns another one; those who hold the old one keep it.

    Paths are text, absolute. Errors are FileError with the path as it was given.

    >>> files = Files().make_folders("/home/robin").write("/home/robin/a.txt", b"hello")
    >>> files.read("/home/robin/a.txt")
    b'hello'
    """

    root: Folder = Folder()
    size: int = 0
    """Bytes of all files."""
    count: int = 0
    """Files and folders outside `.git`."""

    # --- looking -------------------------------------------------------------

    def get(self, path: str, *, follow: bool = True) -> Node | None:
        """What stands at a path; with `follow` a link's goal instead of the link."""
        limits.spend(_LOOK)
        names = names_of(path)
        if names == _NULL:
            return File(b"", 0o666)
        node: Node | None = self.root
        for name in names:
            if not isinstance(node, Folder):
                break
            node = node.entries.get(name)
        else:
            if not isinstance(node, Link):
                return node
        if node is None or isinstance(node, File):
            return None
        return self._at(self._real(names, path, last=follow))

    def look(self, path: str, *, follow: bool = True) -> Node:
        """Like `get`, but nothing there is an error."""
        limits.spend(_LOOK)
        names = self._real(names_of(path), path, last=follow)
        if names == _NULL:
            return File(b"", 0o666)
        node: Node = self.root
        for name in names:
            if not isinstance(node, Folder):
                raise FileError(path, Why.NO_FOLDER)
            found = node.entries.get(name)
            if found is None:
                raise FileError(path, Why.ABSENT)
            node = found
        if path.endswith("/") and not isinstance(node, Folder):
            raise FileError(path, Why.NO_FOLDER)
        return node

    def read(self, path: str) -> bytes:
        node = self.look(path)
        if isinstance(node, Folder):
            raise FileError(path, Why.FOLDER)
        node = cast(File, node)
        if not node.mode & 0o400:
            raise FileError(path, Why.DENIED)
        limits.spend(len(node.data) // _BYTES)
        return node.data

    def reached(self, path: str) -> Node | None:
        """Like `get`, and nothing where links lead in a circle, as for whoever only asks what is there."""
        try:
            return self.get(path)
        except FileError:
            return None

    def is_folder(self, path: str) -> bool:
        return isinstance(self.reached(path), Folder)

    def is_file(self, path: str) -> bool:
        return isinstance(self.reached(path), File)

    def names(self, path: str) -> list[str]:
        """The entries of a folder in the order of their bytes."""
        node = self.look(path)
        if not isinstance(node, Folder):
            raise FileError(path, Why.NO_FOLDER)
        limits.spend(len(node.entries) // 2)
        return sorted(node.entries)

    def walk(self, path: str) -> Iterator[tuple[str, Node]]:
        """Everything at and below a path, parents before children, links not followed."""
        node = self.get(path, follow=False)
        if node is None:
            return
        yield path, node
        if isinstance(node, Folder):
            for name in sorted(node.entries):
                yield from self.walk(f"{path.rstrip('/')}/{name}")

    def real(self, path: str) -> str:
        """The path with every link followed."""
        return text_of(self._real(names_of(path), path, last=True))

    # --- changing ------------------------------------------------------------

    def write(self, path: str, data: bytes, *, mode: int | None = None, time: int = 0) -> "Files":
        """A file with this content; a new one gets `mode` or 0644, an old one keeps its own."""
        if len(data) > limits.FILE:
            raise Exhausted(f"a file holds at most {limits.FILE // 1024} KB")
        names = self._real(names_of(path), path, last=True)
        if names == _NULL:
            return self
        old = self._at(names)
        if isinstance(old, Folder) or not names or path.endswith("/"):
            raise FileError(path, Why.FOLDER)
        if isinstance(old, File):
            if not old.mode & 0o200:
                raise FileError(path, Why.DENIED)
            made = File(data, old.mode if mode is None else mode, time)
        else:
            self._may_change(names, path)
            made = File(data, 0o644 if mode is None else mode, time)
        return self._put(names, made, path)

    def put(self, path: str, node: Node) -> "Files":
        """Any node at a path, in place of what stands there; for copies, moves and set-ups."""
        names = self._real(names_of(path), path, last=False)
        self._may_change(names, path)
        return self._put(names, node, path)

    def make_folder(self, path: str, *, mode: int = 0o755, time: int = 0) -> "Files":
        names = self._real(names_of(path), path, last=False)
        if self._at(names) is not None:
            raise FileError(path, Why.EXISTS)
        self._may_change(names, path)
        return self._put(names, Folder(mode=mode, time=time), path)

    def make_folders(self, path: str, *, time: int = 0) -> "Files":
        """A folder with all its parents; one that is there already stays."""
        files = self
        names = names_of(path)
        for end in range(1, len(names) + 1):
            part = text_of(names[:end])
            node = files.get(part)
            if node is None:
                files = files.make_folder(part, time=time)
            elif not isinstance(node, Folder):
                raise FileError(path, Why.EXISTS if end == len(names) else Why.NO_FOLDER)
        return files

    def remove(self, path: str) -> "Files":
        """Without what stands there, a folder with all it holds."""
        names = self._real(names_of(path), path, last=False)
        if not names:
            raise FileError(path, Why.DENIED)
        if self._at(names) is None:
            raise FileError(path, Why.ABSENT)
        self._may_change(names, path)
        return self._put(names, None, path)

    def with_mode(self, path: str, mode: int) -> "Files":
        node = self.look(path)
        if isinstance(node, Link):
            return self
        names = self._real(names_of(path), path, last=True)
        if not names:
            raise FileError(path, Why.DENIED)
        return self._put(names, replace(node, mode=mode), path)

    def graft(self, path: str, node: Node) -> "Files":
        """Any node at a path, whatever the permissions; for set-ups."""
        files = self
        names = names_of(path)
        for end in range(1, len(names)):
            if files._at(names[:end]) is None:
                files = files._put(names[:end], Folder(), path)
        return files._put(names, node, path)

    # --- inside --------------------------------------------------------------

    def standing(self, path: str) -> Node | None:
        """What stands at a path without links on the way, at no cost: to ask if it is the same."""
        return self._at(names_of(path))

    def _at(self, names: Path) -> Node | None:
        node: Node | None = self.root
        for name in names:
            if not isinstance(node, Folder):
                return None
            node = node.entries.get(name)
        return node

    def _real(self, names: Path, path: str, *, last: bool) -> Path:
        """Follow the links on the way, and that at the end if `last`."""
        for _ in range(_LINKS):
            node: Node | None = self.root
            for place, name in enumerate(names):
                node = node.entries.get(name) if isinstance(node, Folder) else None
                if node is None:
                    return names
                if isinstance(node, Link) and (last or place < len(names) - 1):
                    goal = names_of(node.target, text_of(names[:place]))
                    names = goal + names[place + 1 :]
                    break
            else:
                return names
        raise FileError(path, Why.CIRCLE)

    def _may_change(self, names: Path, path: str) -> None:
        """Whether the folder that holds `names` is there and may be written to."""
        parent = self._at(names[:-1])
        if parent is None:
            below = any(isinstance(self._at(names[:end]), File) for end in range(1, len(names)))
            raise FileError(path, Why.NO_FOLDER if below else Why.ABSENT)
        if not isinstance(parent, Folder):
            raise FileError(path, Why.NO_FOLDER)
        if not parent.mode & 0o200:
            raise FileError(path, Why.DENIED)
        if len(names) > limits.DEPTH:
            raise Exhausted(f"at most {limits.DEPTH} folders stand inside each other")

    def _put(self, names: Path, node: Node | None, path: str) -> "Files":
        limits.spend(_CHANGE)
        old = self._at(names)
        size = self.size + _bytes_in(node) - _bytes_in(old)
        count = self.count if ".git" in names else self.count + _count_in(node) - _count_in(old)
        if size > limits.FILE_SYSTEM and size > self.size:
            raise Exhausted(f"all files together hold at most {limits.FILE_SYSTEM // 1024 // 1024} MB")
        if count > limits.FILES and count > self.count:
            raise Exhausted(f"there are at most {limits.FILES:,} files")
        return Files(_replaced(self.root, names, node, path), size, count)


def _replaced(folder: Folder, names: Path, node: Node | None, path: str) -> Folder:
    name, *rest = names
    if not rest:
        entries = folder.entries.set(name, node) if node is not None else folder.entries.delete(name)
        return replace(folder, entries=entries)
    below = folder.entries.get(name)
    if not isinstance(below, Folder):
        raise FileError(path, Why.ABSENT if below is None else Why.NO_FOLDER)
    return replace(folder, entries=folder.entries.set(name, _replaced(below, tuple(rest), node, path)))


def _bytes_in(node: Node | None) -> int:
    if isinstance(node, File):
        return len(node.data)
    return sum(map(_bytes_in, node.entries.values())) if isinstance(node, Folder) else 0


def _count_in(node: Node | None) -> int:
    if isinstance(node, Folder):
        return 1 + sum(_count_in(child) for name, child in node.entries.items() if name != ".git")
    return 0 if node is None else 1
