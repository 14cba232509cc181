"""The working tree against the index: what stands there, what changed, writing a commit's files out."""

from collections.abc import Iterable
from dataclasses import replace

from checkpoint.core.sim.parts.files import File, Folder, Link, Node
from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.changes import Change, between
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.ignore import Ignored
from checkpoint.core.sim.parts.git.index import Staged
from checkpoint.core.sim.parts.git.objects import FILE, LINK, PROGRAM, Oid
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.recent import Recent


def top_of(repository: Repository) -> str:
    return repository.work_tree or ""


def mode_of(node: Node) -> int:
    if isinstance(node, Link):
        return LINK
    return PROGRAM if isinstance(node, File) and node.mode & 0o100 else FILE


def data_of(node: Node) -> bytes:
    if isinstance(node, Link):
        return node.target.encode("utf-8", "surrogateescape")
    return node.data if isinstance(node, File) else b""


def fact_of(node: Node) -> tuple[int, Oid]:
    return mode_of(node), objects.name_of("blob", data_of(node))


def node_at(repository: Repository, path: str) -> Node | None:
    """The file or link at a path of the working tree; a folder is none."""
    node = repository.disk.files.get(f"{top_of(repository)}/{path}", follow=False)
    return None if isinstance(node, Folder) else node


def ignored(repository: Repository) -> Ignored:
    return Ignored(repository.disk.files, top_of(repository), repository.text("info/exclude"))


def index_files(repository: Repository) -> dict[str, tuple[int, Oid]]:
    """What is staged; of a conflict our side."""
    found: dict[str, tuple[int, Oid]] = {}
    for one in repository.index:
        if one.stage in (0, 2):
            found[one.path] = (one.mode, one.oid)
    return found


def conflicts(repository: Repository) -> dict[str, set[int]]:
    """Paths in conflict with the stages that there are."""
    found: dict[str, set[int]] = {}
    for one in repository.index:
        if one.stage:
            found.setdefault(one.path, set()).add(one.stage)
    return found


def standing(repository: Repository) -> dict[str, tuple[int, Oid]]:
    """The tracked files as they stand in the working tree; a deleted one is missing."""
    return dict(_STANDING.get(*_place(repository), lambda: _standing(repository)))


def _place(repository: Repository) -> tuple[object, tuple[str, str]]:
    """What everything about a working tree is read from, index and ignored files included."""
    return repository.disk.files.root, (repository.folder, top_of(repository))


_STANDING: Recent[dict[str, tuple[int, Oid]]] = Recent(128)
_UNTRACKED: Recent[list[str]] = Recent(128)
"""By all files and the place of the repository."""


def _standing(repository: Repository) -> dict[str, tuple[int, Oid]]:
    found = {}
    for path in index_files(repository):
        node = node_at(repository, path)
        if node is not None:
            found[path] = fact_of(node)
    return found


def staged_changes(repository: Repository, commit: Oid | None) -> list[Change]:
    """Index against a commit, renames found."""
    troubled = conflicts(repository)
    clean = {p: f for p, f in index_files(repository).items() if p not in troubled}
    old = {p: f for p, f in files_at(repository, commit).items() if p not in troubled}
    return between(old, clean, repository.blob)


def unstaged_changes(repository: Repository) -> list[Change]:
    """Working tree against index."""
    troubled = conflicts(repository)
    old = {p: f for p, f in index_files(repository).items() if p not in troubled}
    new = {p: f for p, f in standing(repository).items() if p not in troubled}
    return between(old, new)


def untracked(repository: Repository, *, every: bool = False, with_ignored: bool = False) -> list[str]:
    """Paths that git doesn't track; a folder without tracked files is one path with a slash,
    unless `every` file is asked for."""
    files, place = _place(repository)
    key = *place, every, with_ignored
    return list(_UNTRACKED.get(files, key, lambda: _untracked(repository, every, with_ignored)))


def _untracked(repository: Repository, every: bool, with_ignored: bool) -> list[str]:
    tracked = {one.path for one in repository.index}
    folders = {"/".join(p.split("/")[:n]) for p in tracked for n in range(1, p.count("/") + 1)}
    rules = ignored(repository)
    found: list[str] = []

    def look(folder: Folder, prefix: str) -> None:
        for name in sorted(folder.entries):
            node, path = folder.entries[name], prefix + name
            if name == ".git":
                continue
            is_folder = isinstance(node, Folder)
            if path in tracked or (not with_ignored and rules.ignores(path, is_folder)):
                continue
            if not isinstance(node, Folder):
                found.append(path)
            elif ".git" in node.entries:
                found.append(path + "/")
            elif every or path in folders:
                look(node, path + "/")
            elif _holds_files(node, path + "/", with_ignored):
                found.append(path + "/")

    def _holds_files(folder: Folder, prefix: str, all_of_them: bool) -> bool:
        for name, node in folder.entries.items():
            is_folder = isinstance(node, Folder)
            if not all_of_them and rules.ignores(prefix + name, is_folder):
                continue
            if not isinstance(node, Folder) or _holds_files(node, f"{prefix}{name}/", all_of_them):
                return True
        return False

    top = repository.disk.files.get(top_of(repository))
    if isinstance(top, Folder):
        look(top, "")
    return found


def stage_line(repository: Repository, path: str, node: Node) -> Staged:
    """Write a file's bytes as a blob and give its line of the index."""
    data = data_of(node)
    return Staged(path, mode_of(node), repository.write("blob", data), 0, len(data), node.time)


def write_out(repository: Repository, path: str, mode: int, oid: Oid) -> None:
    """Put a blob into the working tree."""
    full = f"{top_of(repository)}/{path}"
    data = repository.blob(oid)
    disk = repository.disk
    files = disk.files.make_folders(full.rpartition("/")[0], time=disk.clock)
    node: Node = Link(data.decode("utf-8", "surrogateescape"), disk.clock)
    if mode != LINK:
        node = File(data, 0o755 if mode == PROGRAM else 0o644, disk.clock)
    disk.files = files.put(full, node)


def take_away(repository: Repository, path: str) -> None:
    """Remove a file from the working tree, and folders that are empty then."""
    top = top_of(repository)
    full = f"{top}/{path}"
    disk = repository.disk
    if disk.files.get(full, follow=False) is not None:
        disk.files = disk.files.remove(full)
    folder = full.rpartition("/")[0]
    while len(folder) > len(top):
        node = disk.files.get(folder)
        if not isinstance(node, Folder) or node.entries:
            break
        disk.files = disk.files.remove(folder)
        folder = folder.rpartition("/")[0]


def check_out(repository: Repository, wanted: dict[str, tuple[int, Oid]], *, force: bool = False) -> None:
    """Bring index and working tree to these files. Files that stay the same in both are left alone,
    so local changes to them survive; with `force` everything is written."""
    now = index_files(repository)
    lines = {one.path: one for one in repository.index if one.stage == 0}
    made: list[Staged] = []
    for path in set(now) - set(wanted):
        take_away(repository, path)
    for path, (mode, oid) in sorted(wanted.items()):
        old = lines.get(path)
        node = node_at(repository, path)
        keep = old is not None and (old.mode, old.oid) == (mode, oid) and not force
        if not keep and (node is None or fact_of(node) != (mode, oid)):
            write_out(repository, path, mode, oid)
        if keep and old is not None:
            made.append(old)
        else:
            made.append(Staged(path, mode, oid, 0, len(repository.blob(oid)), repository.disk.clock))
    repository.set_index(made)


def in_the_way(
    repository: Repository, old: dict[str, tuple[int, Oid]], new: dict[str, tuple[int, Oid]]
) -> tuple[list[str], list[str]]:
    """(changed files, untracked files) that going from `old` to `new` would overwrite."""
    index = index_files(repository)
    changed, loose = [], []
    for path in sorted(set(old) | set(new)):
        if old.get(path) == new.get(path):
            continue
        node = node_at(repository, path)
        stands = fact_of(node) if node is not None else None
        if path in index:
            dirty = index[path] != old.get(path) or (stands is not None and stands != index[path])
            if dirty and not (index[path] == new.get(path) and stands == new.get(path)):
                changed.append(path)
        elif path in new and stands is not None and stands != new[path]:
            loose.append(path)
    return changed, loose


def replaced_folders(
    repository: Repository, old: dict[str, tuple[int, Oid]], new: dict[str, tuple[int, Oid]]
) -> list[str]:
    """Folders with untracked files in them where `new` has a file; what is ignored counts for nothing."""
    top = top_of(repository)
    places = [p for p in sorted(set(new) - set(old)) if repository.disk.files.is_folder(f"{top}/{p}")]
    loose = untracked(repository, every=True) if places else []
    return [place for place in places if any(path.startswith(place + "/") for path in loose)]


def by_path(lines: Iterable[Staged]) -> dict[str, list[Staged]]:
    """The lines of an index; a path in conflict has several."""
    found: dict[str, list[Staged]] = {}
    for one in lines:
        found.setdefault(one.path, []).append(one)
    return found


def renumbered(line: Staged, stage: int) -> Staged:
    return replace(line, stage=stage)
