"""Git's objects in git's own bytes, so that the same content has the same name as anywhere."""

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.sim import limits
from checkpoint.core.sim.recent import remembered

Oid = str
"""An object's name, 40 hexadecimal digits."""

NONE: Oid = "0" * 40
EMPTY_TREE: Oid = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

FILE, PROGRAM, LINK, FOLDER, MODULE = 0o100644, 0o100755, 0o120000, 0o040000, 0o160000


def name_of(kind: str, data: bytes) -> Oid:
    """The name of an object: SHA-1 over its kind, its size and its bytes.

    >>> name_of("blob", b"hello\\n")
    'ce013625030ba8dba906f756967f9e9ca394464a'
    """
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)) + data, usedforsecurity=False).hexdigest()


@lru_cache(maxsize=4096)
def stored(kind: str, data: bytes) -> bytes:
    """An object as a loose one stands in `.git/objects`."""
    return zlib.compress(b"%s %d\0" % (kind.encode(), len(data)) + data, 1)


_MOST = 4 * limits.FILE
"""Bytes of one object, more than any file here holds: who writes `.git` by hand can promise anything."""


_KEPT = 64 * 1024
"""Bytes of an object that is worth remembering; larger ones are read anew each time."""


def _inflated(data: bytes, most: int = _MOST) -> tuple[bytes, bytes]:
    """What was squeezed, and the bytes behind it; ValueError where that is more than an object holds."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, most)
    if stream.unconsumed_tail or not stream.eof:
        raise ValueError("damaged, or larger than any object here")
    return found, stream.unused_data


def unstored(data: bytes) -> tuple[str, bytes]:
    """Kind and bytes of a loose object; ValueError where it is damaged."""
    return (_small(data) if len(data) <= _KEPT else None) or _opened(data, _MOST)


@lru_cache(maxsize=4096)
def _small(data: bytes) -> tuple[str, bytes] | None:
    """None for one that isn't worth remembering, or is damaged."""
    try:
        return _opened(data, _KEPT)
    except ValueError:
        return None


def _opened(data: bytes, most: int) -> tuple[str, bytes]:
    try:
        whole, _ = _inflated(data, most)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    head, _, body = whole.partition(b"\0")
    return head.split(b" ")[0].decode(), body


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a tree."""

    mode: int
    name: str
    oid: Oid


@remembered(2048, _KEPT)
def tree_of(data: bytes) -> tuple[Entry, ...]:
    found, at = [], 0
    while at < len(data):
        space, zero = data.index(b" ", at), data.index(b"\0", at)
        name = data[space + 1 : zero].decode("utf-8", "surrogateescape")
        found.append(Entry(int(data[at:space], 8), name, data[zero + 1 : zero + 21].hex()))
        at = zero + 21
    return tuple(found)


def tree_bytes(entries: list[Entry]) -> bytes:
    """A tree; folders are sorted as if their names ended with a slash."""

    def key(entry: Entry) -> bytes:
        name = entry.name.encode("utf-8", "surrogateescape")
        return name + b"/" if entry.mode == FOLDER else name

    return b"".join(
        b"%o %s\0" % (e.mode, e.name.encode("utf-8", "surrogateescape")) + bytes.fromhex(e.oid)
        for e in sorted(entries, key=key)
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Who and when; `zone` as git writes it, `+0000`."""

    name: str
    email: str
    time: int
    zone: str = "+0000"

    @property
    def told(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def line(self) -> str:
        return f"{self.told} {self.time} {self.zone}"


def person_of(line: str) -> Person:
    match = re.fullmatch(r"(.*?) ?<([^>]*)> (\d+) ([-+]\d{4})", line)
    if not match:
        return Person(line, "", 0)
    return Person(match[1], match[2], int(match[3]), match[4])


@dataclass(frozen=True, slots=True)
class Commit:
    tree: Oid
    parents: tuple[Oid, ...]
    author: Person
    committer: Person
    message: str

    @property
    def subject(self) -> str:
        return " ".join(self.message.lstrip("\n").partition("\n\n")[0].split("\n")).strip()

    @property
    def body(self) -> str:
        return self.message.lstrip("\n").partition("\n\n")[2].strip("\n")

    @property
    def data(self) -> bytes:
        parents = "".join(f"parent {parent}\n" for parent in self.parents)
        head = f"tree {self.tree}\n{parents}author {self.author.line}\ncommitter {self.committer.line}\n\n"
        return (head + self.message).encode("utf-8", "surrogateescape")


@remembered(2048, _KEPT)
def commit_of(data: bytes) -> Commit:
    head, _, message = data.decode("utf-8", "surrogateescape").partition("\n\n")
    facts: dict[str, list[str]] = {}
    for line in head.split("\n"):
        key, _, value = line.partition(" ")
        facts.setdefault(key, []).append(value)
    return Commit(
        facts.get("tree", [EMPTY_TREE])[0],
        tuple(facts.get("parent", ())),
        person_of(facts.get("author", [""])[0]),
        person_of(facts.get("committer", [""])[0]),
        message,
    )


@dataclass(frozen=True, slots=True)
class Tag:
    """An annotated tag."""

    target: Oid
    kind: str
    name: str
    tagger: Person
    message: str

    @property
    def data(self) -> bytes:
        head = f"object {self.target}\ntype {self.kind}\ntag {self.name}\ntagger {self.tagger.line}\n\n"
        return (head + self.message).encode("utf-8", "surrogateescape")


def tag_of(data: bytes) -> Tag:
    head, _, message = data.decode("utf-8", "surrogateescape").partition("\n\n")
    facts = dict(line.split(" ", 1) for line in head.split("\n") if " " in line)
    return Tag(facts["object"], facts["type"], facts["tag"], person_of(facts.get("tagger", "")), message)


# --- packs --------------------------------------------------------------------

_KINDS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}
_NAMES = {number: kind for kind, number in _KINDS.items()}


def packed(objects: list[tuple[str, bytes]]) -> bytes:
    """A pack (version 2) without deltas."""
    out = [b"PACK" + struct.pack(">II", 2, len(objects))]
    for kind, data in objects:
        size = len(data)
        byte = (_KINDS[kind] << 4) | (size & 15)
        size >>= 4
        head = bytearray()
        while size:
            head.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        head.append(byte)
        out.append(bytes(head) + zlib.compress(data, 1))
    whole = b"".join(out)
    return whole + hashlib.sha1(whole, usedforsecurity=False).digest()


@lru_cache(maxsize=64)
def unpacked(pack: bytes) -> dict[Oid, tuple[str, bytes]]:
    """Every object of a pack by its name; ValueError for what `packed` hasn't written, or holds too much."""
    if pack[:4] != b"PACK":
        raise ValueError("not a pack")
    count, at = struct.unpack(">I", pack[8:12])[0], 12
    found: dict[Oid, tuple[str, bytes]] = {}
    size = 0
    for _ in range(count):
        byte = pack[at]
        kind = (byte >> 4) & 7
        while byte & 0x80:
            at += 1
            byte = pack[at]
        at += 1
        data, behind = _inflated(pack[at:])
        at, size = len(pack) - len(behind), size + len(data)
        if size > limits.FILE_SYSTEM:
            raise ValueError("larger than all files here can be")
        found[name_of(_NAMES[kind], data)] = (_NAMES[kind], data)
    return found
