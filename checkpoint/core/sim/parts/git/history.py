"""Walking through commits: order, ancestry, merge bases, what is reachable."""

import heapq
from collections.abc import Iterable, Iterator

from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.objects import FOLDER, MODULE, Oid
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.recent import Recent


def walk(
    repository: Repository,
    starts: Iterable[Oid],
    without: Iterable[Oid] = (),
    *,
    topological: bool = False,
    first_parent: bool = False,
) -> Iterator[Oid]:
    """Commits reachable from `starts` and not from `without`, the newest first.

    Topologically, no commit comes before one of its children and a line of work stays together.
    """
    only = 1 if first_parent else None
    hidden = set(ancestors(repository, without))
    starts = [oid for oid in starts if oid not in hidden]
    if topological and not first_parent:
        yield from _topological(repository, starts, hidden)
        return
    seen: set[Oid] = set()
    heap: list[tuple[int, int, Oid]] = []
    for oid in starts:
        _pushed(repository, heap, seen, oid)
    while heap:
        oid = heapq.heappop(heap)[2]
        yield oid
        for parent in repository.commit(oid).parents[:only]:
            if parent not in hidden:
                _pushed(repository, heap, seen, parent)


def _pushed(repository: Repository, heap: list[tuple[int, int, Oid]], seen: set[Oid], oid: Oid) -> None:
    if oid not in seen:
        seen.add(oid)
        heapq.heappush(heap, (-repository.commit(oid).committer.time, len(seen), oid))


def _topological(repository: Repository, starts: list[Oid], hidden: set[Oid]) -> Iterator[Oid]:
    every = [oid for oid in ancestors(repository, starts) if oid not in hidden]
    children = dict.fromkeys(every, 0)
    for oid in every:
        for parent in repository.commit(oid).parents:
            if parent in children:
                children[parent] += 1
    ready = sorted(
        (oid for oid, count in children.items() if not count),
        key=lambda oid: repository.commit(oid).committer.time,
    )
    while ready:
        oid = ready.pop()
        yield oid
        for parent in repository.commit(oid).parents:
            if parent in children:
                children[parent] -= 1
                if not children[parent]:
                    ready.append(parent)


def ancestors(repository: Repository, starts: Iterable[Oid]) -> list[Oid]:
    """The commits themselves and everything before them, without order."""
    store = repository.disk.files.standing(f"{repository.folder}/objects")
    key = tuple(starts)
    if store is None:
        return _ancestors(repository, key)
    return list(_ANCESTORS.get(store, key, lambda: _ancestors(repository, key)))


_ANCESTORS: Recent[list[Oid]] = Recent(128)
"""By the folder of a repository's objects and the commits."""


def _ancestors(repository: Repository, starts: Iterable[Oid]) -> list[Oid]:
    seen: dict[Oid, None] = {}
    waiting = list(starts)
    while waiting:
        oid = waiting.pop()
        if oid in seen or repository.find(oid) is None:
            continue
        seen[oid] = None
        waiting += repository.commit(oid).parents
    return list(seen)


def is_ancestor(repository: Repository, old: Oid, new: Oid) -> bool:
    return old == new or old in set(ancestors(repository, [new]))


def merge_bases(repository: Repository, one: Oid, other: Oid) -> list[Oid]:
    """The best common ancestors, the newest first."""
    shared = set(ancestors(repository, [one])) & set(ancestors(repository, [other]))
    best = {
        oid for oid in shared if not any(oid in set(repository.commit(child).parents) for child in shared)
    }
    best -= {p for oid in best for p in ancestors(repository, repository.commit(oid).parents)}
    return sorted(best, key=lambda oid: (-repository.commit(oid).committer.time, oid))


def reachable(repository: Repository, starts: Iterable[Oid]) -> set[Oid]:
    """Every object that the starts lead to: tags, commits, trees, blobs."""
    seen: set[Oid] = set()
    waiting = list(starts)
    while waiting:
        oid = waiting.pop()
        if oid in seen:
            continue
        found = repository.find(oid)
        if found is None:
            continue
        seen.add(oid)
        kind, data = found
        if kind == "commit":
            commit = objects.commit_of(data)
            waiting += [commit.tree, *commit.parents]
        elif kind == "tree":
            waiting += [entry.oid for entry in objects.tree_of(data) if entry.mode != MODULE]
        elif kind == "tag":
            waiting.append(objects.tag_of(data).target)
    return seen


def kept_alive(repository: Repository, *, reflogs: bool = True) -> set[Oid]:
    """Where git's garbage collection starts: refs, HEAD, the index, and what reflogs name."""
    starts = set(repository.refs().values()) | {one.oid for one in repository.index}
    if repository.head:
        starts.add(repository.head)
    if reflogs:
        for name in logs(repository):
            for line in repository.reflog(name):
                starts |= {line.old, line.new}
    return starts - {objects.NONE}


def logs(repository: Repository) -> list[str]:
    """The names of refs that have a reflog."""
    top = f"{repository.folder}/logs"
    return [path[len(top) + 1 :] for path, node in repository.disk.files.walk(top) if hasattr(node, "data")]


def files_of(repository: Repository, tree: Oid, prefix: str = "") -> dict[str, tuple[int, Oid]]:
    """Every file of a tree: path -> (mode, blob), in the order of paths."""
    found: dict[str, tuple[int, Oid]] = {}
    for entry in repository.tree(tree):
        path = prefix + entry.name
        if entry.mode == FOLDER:
            found |= files_of(repository, entry.oid, path + "/")
        else:
            found[path] = (entry.mode, entry.oid)
    return found


def files_at(repository: Repository, commit: Oid | None) -> dict[str, tuple[int, Oid]]:
    """Every file of a commit, none before the first one."""
    if not commit:
        return {}
    store = repository.disk.files.get(f"{repository.folder}/objects")
    return dict(_FILES.get(store, commit, lambda: files_of(repository, repository.commit(commit).tree)))


_FILES: Recent[dict[str, tuple[int, Oid]]] = Recent(128)
"""By the folder of a repository's objects and the commit."""


def tree_from(repository: Repository, files: dict[str, tuple[int, Oid]]) -> Oid:
    """Write the trees for these files and give the top one."""
    entries: list[objects.Entry] = []
    below: dict[str, dict[str, tuple[int, Oid]]] = {}
    for path, fact in files.items():
        name, slash, rest = path.partition("/")
        if slash:
            below.setdefault(name, {})[rest] = fact
        else:
            entries.append(objects.Entry(fact[0], name, fact[1]))
    for name, inner in below.items():
        entries.append(objects.Entry(FOLDER, name, tree_from(repository, inner)))
    return repository.write("tree", objects.tree_bytes(entries))
