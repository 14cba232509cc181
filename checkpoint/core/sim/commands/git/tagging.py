"""git tag: names that stay at a commit."""

import re
from collections.abc import Callable
from typing import Any

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import valid
from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.history import is_ancestor
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import find, peeled
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.table import Args

_USAGE = (
    "[-a | -s | -u <key-id>] [-f] [-m <msg> | -F <file>] [-e]\n               <tagname> [<commit> | <object>]"
)


def tag(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.repo
    if args.has("--delete"):
        return _tags_deleted(git, args.rest)
    listing = ("--list", "-n", "--sort", "--contains", "--points-at", "--merged")
    if args.has("--annotate") and not args.rest:
        raise GitError(f"usage: git tag {_USAGE}", 129)
    if not args.rest or any(args.has(key) for key in listing):
        return _tags_listed(git, args)
    name = args.rest[0]
    if not valid(name):
        raise GitError(f"fatal: '{name}' is not a valid tag name.")
    old = repo.ref(f"refs/tags/{name}")
    if old and not args.has("--force"):
        raise GitError(f"fatal: tag '{name}' already exists")
    start = args.rest[1] if len(args.rest) > 1 else "HEAD"
    oid = find(repo, start)
    if oid is None:
        raise GitError(f"fatal: Failed to resolve '{start}' as a valid ref.")
    if args.has("--message") or args.has("--annotate") or args.has("--file"):
        if args.has("--file"):
            name_of = args.value("--file")
            message = git.process.stdin if name_of == "-" else git.process.read(name_of)
        elif args.has("--message"):
            message = "\n\n".join(args.values("--message")) + "\n"
        else:
            raise GitError("simulator: there is no editor for tag messages here; give the message with -m", 1)
        oid = repo.write("tag", objects.Tag(oid, repo.read(oid)[0], name, git.me(), message).data)
    repo.set_ref(f"refs/tags/{name}", oid)
    if old and old != oid:
        git.line(f"Updated tag '{name}' (was {git.short(old)})")
    return 0


def _tags_listed(git: Git, args: Args) -> int:
    repo = git.repo
    tags = {name.removeprefix("refs/tags/"): oid for name, oid in repo.refs("refs/tags/").items()}
    names = [
        name
        for name in tags
        if not args.rest or any(patterns.matches(patterns.compiled(one), name) for one in args.rest)
    ]
    for key in ("--contains", "--points-at", "--merged"):
        if args.has(key):
            goal = git.commit(args.value(key) or "HEAD")
            names = [
                name for name in names if _stands(git, key, peeled(repo, tags[name], "commit") or "", goal)
            ]
    for name in _sorted_tags(git, args.value("--sort"), names, tags):
        git.line(f"{name:<15} {_first_line(git, tags[name])}" if args.has("-n") else name)
    return 0


def _stands(git: Git, key: str, oid: Oid, goal: Oid) -> bool:
    if key == "--points-at":
        return oid == goal
    return is_ancestor(git.repo, goal, oid) if key == "--contains" else is_ancestor(git.repo, oid, goal)


def _sorted_tags(git: Git, key: str, names: list[str], tags: dict[str, Oid]) -> list[str]:
    """By name, by version (`v:refname`) or by date, with a dash backwards."""
    field = key.removeprefix("-")
    keys: dict[str, Callable[[str], Any]] = {
        "version:refname": lambda name: [
            (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d{1,9})", name)
        ],
        "creatordate": lambda name: _created_at(git, tags[name]),
        "refname": lambda name: name,
    }
    keys["v:refname"], keys[""] = keys["version:refname"], keys["refname"]
    keys["taggerdate"] = keys["committerdate"] = keys["creatordate"]
    if field not in keys:
        raise GitError(f"fatal: unknown field name: {field}")
    return sorted(names, key=keys[field], reverse=key.startswith("-"))


def _created_at(git: Git, oid: Oid) -> int:
    kind, data = git.repo.read(oid)
    if kind == "tag":
        return objects.tag_of(data).tagger.time
    return git.repo.commit(oid).committer.time if kind == "commit" else 0


def _first_line(git: Git, oid: Oid) -> str:
    kind, data = git.repo.read(oid)
    if kind == "tag":
        return objects.tag_of(data).message.partition("\n")[0]
    return git.repo.commit(oid).subject if kind == "commit" else ""


def _tags_deleted(git: Git, names: list[str]) -> int:
    code = 0
    for name in names:
        oid = git.repo.ref(f"refs/tags/{name}")
        if oid is None:
            git.error(f"error: tag '{name}' not found.")
            code = 1
            continue
        git.repo.delete_ref(f"refs/tags/{name}")
        git.line(f"Deleted tag '{name}' (was {git.short(oid)})")
    return code
