"""What people call commits: branches, tags, short names, `HEAD~2`, `main@{1}`, `v1^{tree}`, `HEAD:path`."""

import re

from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.objects import FOLDER, Oid
from checkpoint.core.sim.parts.git.repository import GitError, Repository

_STEP = re.compile(r"\^\{(\w*)\}|\^(\d*)|~(\d*)|@\{([^}]*)\}")
_NAMESPACES = ("", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/")
_HEX = re.compile(r"[0-9a-f]{4,40}")
_SPECIAL = {"HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"}
_FAR = 10_000


def full_name(repository: Repository, name: str) -> str:
    """The whole name of a ref as git would find it, or nothing."""
    if name == "@":
        name = "HEAD"
    for prefix in _NAMESPACES:
        full = prefix + name
        known = full in _SPECIAL if not prefix and not full.startswith("refs/") else True
        if known and repository.ref(full):
            return full
    if repository.ref(f"refs/remotes/{name}/HEAD"):
        return f"refs/remotes/{name}/HEAD"
    return ""


def find(repository: Repository, text: str) -> Oid | None:
    """The object that a name stands for, or None."""
    if len(text) > 500:
        return None
    head, colon, path = text.partition(":")
    if colon and not text.startswith(":"):
        commit = find(repository, head)
        return at_path(repository, commit, path) if commit else None
    if text.startswith(":"):
        path = text[1:].removeprefix("0:")
        return next((one.oid for one in repository.index if one.path == path and one.stage == 0), None)
    match = re.match(r"(?:(?!\^|~|@\{).)*", text)
    base = match[0] if match else text
    return _walked(repository, base or "HEAD", text[len(base) :])


def _walked(repository: Repository, base: str, steps: str) -> Oid | None:
    oid = _based(repository, base)
    at = 0
    while at < len(steps):
        match = _STEP.match(steps, at)
        if not match:
            return None
        if match[4] is not None:
            oid = _logged(repository, base, match[4])
        elif oid:
            oid = _stepped(repository, oid, match)
        if oid is None:
            return None
        at = match.end()
    return oid


def _based(repository: Repository, base: str) -> Oid | None:
    full = full_name(repository, base)
    if full:
        return repository.ref(full)
    described = re.fullmatch(r".+-\d+-g([0-9a-f]{4,40})", base)
    short = described[1] if described else base
    if not _HEX.fullmatch(short):
        return None
    fitting = [oid for oid in repository.names() if oid.startswith(short)]
    if len(fitting) > 1:
        raise GitError(f"error: short object ID {short} is ambiguous\nfatal: ambiguous argument '{short}'")
    return fitting[0] if fitting else None


def _logged(repository: Repository, base: str, inside: str) -> Oid | None:
    if inside in ("u", "upstream", "push"):
        branch = repository.branch if base in ("HEAD", "@") else base
        upstream = repository.upstream(branch)
        if not upstream:
            raise GitError(f"fatal: no upstream configured for branch '{branch}'")
        return repository.ref(upstream)
    if not inside.lstrip("-").isdecimal() or len(inside) > 9:
        return None
    if int(inside) < 0:
        moves = [
            one.message.split()[-3]
            for one in repository.reflog("HEAD")
            if one.message.startswith("checkout:")
        ]
        place = -int(inside) - 1
        return _based(repository, moves[place]) if place < len(moves) else None
    name = full_name(repository, base) or base
    lines = repository.reflog(name)
    if int(inside) >= len(lines):
        short = name.removeprefix("refs/heads/")
        raise GitError(f"fatal: log for '{short}' only has {len(lines)} entries")
    return lines[int(inside)].new


def _stepped(repository: Repository, oid: Oid, match: re.Match[str]) -> Oid | None:
    if match[1] is not None:
        return peeled(repository, oid, match[1])
    commit = peeled(repository, oid, "commit")
    if commit is None:
        return None
    if match[2] is not None:
        number = int((match[2] or "1")[:6])
        parents = repository.commit(commit).parents
        if number == 0:
            return commit
        return parents[number - 1] if number <= len(parents) else None
    for _ in range(min(_FAR, int((match[3] or "1")[:6]))):
        parents = repository.commit(commit).parents
        if not parents:
            return None
        commit = parents[0]
    return commit


def peeled(repository: Repository, oid: Oid, kind: str = "") -> Oid | None:
    """Through tags (and from a commit to its tree) to an object of a kind; "" is the first that is no tag."""
    for _ in range(10):
        found = repository.find(oid)
        if found is None:
            return None
        if found[0] == kind or (not kind and found[0] != "tag"):
            return oid
        if found[0] == "tag":
            oid = objects.tag_of(found[1]).target
        elif found[0] == "commit" and kind == "tree":
            oid = objects.commit_of(found[1]).tree
            if oid == objects.EMPTY_TREE:
                return oid
        else:
            return None
    return None


def at_path(repository: Repository, commit: Oid, path: str) -> Oid | None:
    """The object at a path of a commit's or tree's files."""
    oid = peeled(repository, commit, "tree")
    for name in [part for part in path.split("/") if part and part != "."]:
        if oid is None:
            return None
        entry = next((one for one in repository.tree(oid) if one.name == name), None)
        if entry is None:
            return None
        oid = entry.oid
        if entry.mode != FOLDER and not path.rstrip("/").endswith(name):
            return None
    return oid


def commit_named(repository: Repository, text: str) -> Oid:
    """The commit that a name stands for; git's complaint where there is none."""
    oid = find(repository, text)
    commit = peeled(repository, oid, "commit") if oid else None
    if commit is None:
        raise unknown(text, repository)
    return commit


def unknown(text: str, repository: Repository | None = None) -> GitError:
    """git's complaint about a name that stands for nothing; with the repository, about a path in a commit."""
    head, colon, path = text.partition(":")
    if repository is not None and head and colon:
        if find(repository, head) is None:
            return GitError(f"fatal: invalid object name '{head}'.")
        on_disk = repository.work_tree and repository.disk.files.get(f"{repository.work_tree}/{path}")
        told = "exists on disk, but not" if on_disk else "does not exist"
        return GitError(f"fatal: path '{path}' {told} in '{head}'")
    return GitError(
        f"fatal: ambiguous argument '{text}': unknown revision or path not in the working tree.\n"
        "Use '--' to separate paths from revisions, like this:\n"
        "'git <command> [<revision>...] -- [<file>...]'"
    )
