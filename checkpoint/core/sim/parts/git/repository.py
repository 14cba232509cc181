"""One repository: objects, refs, reflogs, index and configuration, read from and written to its files."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, Told
from checkpoint.core.sim.parts.files import File, Files, Folder, decoded, encoded
from checkpoint.core.sim.parts.git import config, objects
from checkpoint.core.sim.parts.git.index import Staged, index_bytes, read_index
from checkpoint.core.sim.parts.git.objects import NONE, Commit, Entry, Oid, Person


class GitError(Told):
    """What git says before it gives up; the message begins with `fatal:` or `error:`."""

    def __init__(self, message: str, code: int = 128) -> None:
        super().__init__(message, code)


class Disk(Protocol):
    """Where a repository stands: files that can be replaced by others."""

    files: Files

    @property
    def clock(self) -> int: ...

    def wrote(self, kind: str) -> None:
        """A new object was made; raises Exhausted where there are too many."""


@dataclass(frozen=True, slots=True)
class Written:
    """A world's part: what the learner has added to repositories so far."""

    every: int = 0
    """Objects of any kind."""
    commits: int = 0

    def one_more(self, kind: str) -> "Written":
        more = Written(self.every + 1, self.commits + (kind == "commit"))
        if more.commits > limits.COMMITS:
            raise Exhausted(f"a session makes at most {limits.COMMITS} commits; reset it to go on")
        if more.every > limits.OBJECTS:
            raise Exhausted(f"a session makes at most {limits.OBJECTS:,} git objects; reset it to go on")
        return more


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of a reflog."""

    old: Oid
    new: Oid
    who: Person
    message: str


class Repository:
    """Facts of a repository at `folder` (its `.git`, or itself where it is bare)."""

    def __init__(self, disk: Disk, folder: str, work_tree: str | None) -> None:
        self.disk = disk
        self.folder = folder.rstrip("/")
        self.work_tree = work_tree

    # --- its own files -------------------------------------------------------

    def text(self, name: str) -> str:
        """A file of the repository, empty where there is none."""
        node = self.disk.files.get(f"{self.folder}/{name}")
        return decoded(node.data) if isinstance(node, File) else ""

    def has_file(self, name: str) -> bool:
        return self.disk.files.get(f"{self.folder}/{name}") is not None

    def put(self, name: str, data: bytes, mode: int = 0o644) -> None:
        path = f"{self.folder}/{name}"
        files = self.disk.files.make_folders(path.rpartition("/")[0], time=self.disk.clock)
        self.disk.files = files.put(path, File(data, mode, self.disk.clock))

    def put_text(self, name: str, text: str) -> None:
        self.put(name, encoded(text))

    def drop(self, name: str) -> None:
        path = f"{self.folder}/{name}"
        if self.disk.files.get(path) is not None:
            self.disk.files = self.disk.files.remove(path)

    # --- objects -------------------------------------------------------------

    def find(self, oid: Oid) -> tuple[str, bytes] | None:
        """Kind and bytes of an object, or None."""
        node = self.disk.files.get(f"{self.folder}/objects/{oid[:2]}/{oid[2:]}")
        if isinstance(node, File):
            return _undamaged(oid, node.data)
        for pack in self.packs():
            if oid in pack:
                return pack[oid]
        return None

    def read(self, oid: Oid) -> tuple[str, bytes]:
        found = self.find(oid)
        if found is None:
            raise GitError(f"fatal: bad object {oid}")
        return found

    def write(self, kind: str, data: bytes) -> Oid:
        oid = objects.name_of(kind, data)
        if self.find(oid) is None:
            self.disk.wrote(kind)
            self.keep(oid, kind, data)
        return oid

    def keep(self, oid: Oid, kind: str, data: bytes) -> None:
        """Hold an object that was made before, here or elsewhere."""
        self.put(f"objects/{oid[:2]}/{oid[2:]}", objects.stored(kind, data), 0o444)

    def packs(self) -> Iterator[dict[Oid, tuple[str, bytes]]]:
        folder = self.disk.files.get(f"{self.folder}/objects/pack")
        if isinstance(folder, Folder):
            for name in sorted(folder.entries):
                node = folder.entries[name]
                if name.endswith(".pack") and isinstance(node, File):
                    with suppress(ValueError, KeyError, IndexError, struct.error, zlib.error):
                        yield objects.unpacked(node.data)  # git passes a damaged pack over, too

    def loose(self) -> dict[Oid, int]:
        """Name and stored size of every object that isn't in a pack."""
        top = self.disk.files.get(f"{self.folder}/objects")
        found = {}
        if isinstance(top, Folder):
            for prefix, below in top.entries.items():
                if len(prefix) == 2 and isinstance(below, Folder):
                    for rest, node in below.entries.items():
                        if isinstance(node, File):
                            found[prefix + rest] = len(node.data)
        return found

    def names(self) -> set[Oid]:
        """Every object that there is."""
        found = set(self.loose())
        for pack in self.packs():
            found |= set(pack)
        return found

    def commit(self, oid: Oid) -> Commit:
        kind, data = self.read(oid)
        if kind != "commit":
            raise GitError(f"error: object {oid} is a {kind}, not a commit")
        return objects.commit_of(data)

    def tree(self, oid: Oid) -> tuple[Entry, ...]:
        try:
            return objects.tree_of(self.read(oid)[1]) if oid != objects.EMPTY_TREE else ()
        except ValueError:
            raise GitError(f"fatal: too-short tree object {oid}") from None

    def blob(self, oid: Oid) -> bytes:
        return self.read(oid)[1]

    # --- refs ----------------------------------------------------------------

    @property
    def branch(self) -> str:
        """The branch that HEAD names, without `refs/heads/`; empty where it is detached."""
        return self.head_ref.removeprefix("refs/heads/")

    @property
    def head_ref(self) -> str:
        text = self.text("HEAD").strip()
        return text.removeprefix("ref: ") if text.startswith("ref: ") else ""

    @property
    def head(self) -> Oid | None:
        """The commit HEAD stands at, None before the first one."""
        return self.ref("HEAD")

    def ref(self, name: str, depth: int = 5) -> Oid | None:
        text = self.text(name).strip() if depth else ""
        if text.startswith("ref: "):
            return self.ref(text[5:], depth - 1)
        if name == "FETCH_HEAD":
            text = text[:40]
        if len(text) == 40:
            return text
        return self.packed_refs().get(name)

    def packed_refs(self) -> dict[str, Oid]:
        lines = self.text("packed-refs").splitlines()
        pairs = (line.split(" ", 1) for line in lines if line and line[0] not in "#^")
        return {name: oid for oid, name in pairs}

    def refs(self, prefix: str = "refs/") -> dict[str, Oid]:
        """Every ref below a prefix, in order of names; symbolic ones by what they name."""
        found = {name: oid for name, oid in self.packed_refs().items() if name.startswith(prefix)}
        for path, node in self.disk.files.walk(f"{self.folder}/refs"):
            name = path[len(self.folder) + 1 :]
            if isinstance(node, File) and name.startswith(prefix):
                oid = self.ref(name)
                if oid:
                    found[name] = oid
        return dict(sorted(found.items()))

    def symbolic(self, name: str) -> str:
        text = self.text(name).strip()
        return text.removeprefix("ref: ") if text.startswith("ref: ") else ""

    def set_ref(self, name: str, oid: Oid, who: Person | None = None, message: str = "") -> None:
        """Move a ref; HEAD moves the branch it names. With `who` the move is logged."""
        goal = self.symbolic(name) or name
        self._may_stand(goal)
        old = self.ref(goal) or NONE
        self.put_text(goal, oid + "\n")
        if who is None or (old == oid and not message):
            return
        logged = {goal, name} | ({"HEAD"} if self.head_ref == goal else set())
        for one in sorted(logged):
            if one == "HEAD" or one.startswith(("refs/heads/", "refs/remotes/", "refs/stash")):
                self.log(one, Logged(old, oid, who, message))

    def _may_stand(self, name: str) -> None:
        """A ref can't be a folder of refs too."""
        if self.ref(name) is not None or not name.startswith("refs/"):
            return
        for other in self.refs():
            if other.startswith(name + "/") or name.startswith(other + "/"):
                told = f"cannot lock ref '{name}': '{other}' exists; cannot create '{name}'"
                raise GitError(f"fatal: {told}")

    def detach(self, oid: Oid, who: Person, message: str) -> None:
        old = self.head or NONE
        self.put_text("HEAD", oid + "\n")
        self.log("HEAD", Logged(old, oid, who, message))

    def attach(self, branch: str, who: Person | None = None, message: str = "") -> None:
        old = self.head or NONE
        self.put_text("HEAD", f"ref: refs/heads/{branch}\n")
        if who is not None:
            self.log("HEAD", Logged(old, self.head or NONE, who, message))

    def delete_ref(self, name: str) -> None:
        self.drop(name)
        self.drop(f"logs/{name}")
        packed = self.packed_refs()
        if name in packed:
            del packed[name]
            self.put_text("packed-refs", "".join(f"{oid} {ref}\n" for ref, oid in sorted(packed.items())))

    def log(self, name: str, line: Logged) -> None:
        text = f"{line.old} {line.new} {line.who.line}\t{line.message}\n"
        self.put_text(f"logs/{name}", self.text(f"logs/{name}") + text)

    def reflog(self, name: str) -> list[Logged]:
        """The newest first. A line that somebody wrote there by hand and that is none is passed over."""
        found = []
        for line in self.text(f"logs/{name}").splitlines():
            head, _, message = line.partition("\t")
            words = head.split(" ", 2)
            if len(words) == 3:
                found.append(Logged(words[0], words[1], objects.person_of(words[2]), message))
        return found[::-1]

    # --- index and configuration ---------------------------------------------

    @property
    def index(self) -> tuple[Staged, ...]:
        node = self.disk.files.get(f"{self.folder}/index")
        try:
            return read_index(node.data) if isinstance(node, File) else ()
        except (ValueError, struct.error, IndexError):
            raise GitError("error: bad signature\nfatal: index file corrupt") from None

    def set_index(self, lines: Iterable[Staged]) -> None:
        self.put("index", index_bytes(lines))

    def settings(self) -> tuple[config.Setting, ...]:
        return config.settings(self.text("config"))

    def setting(self, key: str) -> str:
        """The last value of a key in the repository's own configuration, or nothing."""
        values = [one.value for one in self.settings() if one.key == config.normal(key)]
        return values[-1] if values else ""

    def set_setting(self, key: str, value: str) -> None:
        self.put_text("config", config.with_setting(self.text("config"), key, value))

    @property
    def bare(self) -> bool:
        return self.work_tree is None

    def remotes(self) -> list[str]:
        return sorted(
            {
                one.key.split(".", 1)[1].rpartition(".")[0]
                for one in self.settings()
                if one.key.startswith("remote.")
            }
        )

    def upstream(self, branch: str) -> str:
        """The tracking ref of a branch (`refs/remotes/origin/main`), or nothing."""
        remote = self.setting(f"branch.{branch}.remote")
        merge = self.setting(f"branch.{branch}.merge").removeprefix("refs/heads/")
        if not remote or not merge:
            return ""
        return f"refs/heads/{merge}" if remote == "." else f"refs/remotes/{remote}/{merge}"


def _undamaged(oid: Oid, data: bytes) -> tuple[str, bytes]:
    try:
        return objects.unstored(data)
    except ValueError:
        raise GitError(
            "error: inflate: data stream error (incorrect header check)\n"
            f"fatal: loose object {oid} is corrupt"
        ) from None


def made(disk: Disk, folder: str, work_tree: str | None, branch: str) -> Repository:
    """A new, empty repository."""
    repository = Repository(disk, folder, work_tree)
    bare = "true" if work_tree is None else "false"
    text = f"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = {bare}\n"
    repository.put_text("config", text + ("" if work_tree is None else "\tlogallrefupdates = true\n"))
    repository.put_text("HEAD", f"ref: refs/heads/{branch}\n")
    repository.put_text(
        "description", "Unnamed repository; edit this file 'description' to name the repository.\n"
    )
    for name in ("hooks", "info", "objects/info", "objects/pack", "refs/heads", "refs/tags"):
        disk.files = disk.files.make_folders(f"{folder}/{name}", time=disk.clock)
    repository.put_text("info/exclude", "# git ls-files --others --exclude-from=.git/info/exclude\n")
    return repository


def found_at(disk: Disk, start: str) -> Repository | None:
    """The repository that a folder belongs to, looking upwards."""
    path = start.rstrip("/")
    while True:
        inside = f"{path}/.git"
        if disk.files.is_file(f"{inside}/HEAD"):
            return Repository(disk, inside, path or "/")
        if disk.files.is_file(f"{path}/HEAD") and disk.files.is_folder(f"{path}/objects"):
            return Repository(disk, path, None)
        if not path:
            return None
        path = path.rpartition("/")[0]
