"""gh api: copies of a repository on the forge, and commits that it still shows when nothing leads to them.

Sources: docs.github.com/rest/repos/forks and /rest/commits/commits.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.commands.gh.base import Gh
from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.forge import Fork
from checkpoint.core.sim.parts.forge.events import Forked
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at, reachable
from checkpoint.core.sim.parts.git.hosting import Server, with_project
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.world import World

SHORTEST = 4
"""Letters by which a commit can be named."""


def moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def fork_facts(gh: Gh, one: Fork) -> dict[str, Any]:
    name = gh.name.partition("/")[2]
    return {
        "full_name": f"{one.owner}/{name}",
        "owner": {"login": one.owner},
        "fork": True,
        "created_at": moment(one.created),
        "html_url": f"https://github.com/{one.owner}/{name}",
        "clone_url": f"https://github.com/{one.owner}/{name}.git",
    }


def forked(gh: Gh) -> dict[str, Any]:
    """The viewer's own copy, with every branch and tag; the one that there is where they have one."""
    owner, repo = gh.forge.viewer, gh.server
    there = next((one for one in gh.forge.forks if one.owner == owner), None)
    if there is not None or repo is None:
        return fork_facts(gh, there or Fork(owner, gh.clock))
    made = Fork(owner, gh.clock)
    project = f"{owner}/{gh.name.partition('/')[2]}"
    gh.process.world = with_project(gh.process.world, project)
    _filled(gh, repo, project)
    gh.forge = replace(gh.forge, forks=(*gh.forge.forks, made))
    gh.process.happened(Forked(owner, project))
    return fork_facts(gh, made)


def _filled(gh: Gh, source: Repository, project: str) -> None:
    def change(world: World) -> None:
        gh.process.world = world

    goal = Server(lambda: gh.process.world, change).repository(project)
    if goal is None:
        return
    refs = {
        name: oid for name, oid in source.refs().items() if name.startswith(("refs/heads/", "refs/tags/"))
    }
    for oid in sorted(reachable(source, refs.values())):
        goal.keep(oid, *source.read(oid))
    for name, oid in refs.items():
        goal.put_text(name, oid + "\n")


# --- commits ----------------------------------------------------------------------


def commit_facts(gh: Gh, word: str) -> dict[str, Any]:
    """A commit by its name or a branch's, also one that only the forge still has."""
    repo = gh.server
    oid = _named(repo, word) if repo else None
    if repo is None or oid is None:
        raise Told(f"gh: No commit found for SHA: {word} (HTTP 422)")
    commit = repo.commit(oid)
    before = files_at(repo, commit.parents[0] if commit.parents else None)
    found = between(before, files_at(repo, oid))
    author = {"name": commit.author.name, "email": commit.author.email, "date": moment(commit.author.time)}
    return {
        "sha": oid,
        "commit": {"message": commit.message.strip(), "author": author},
        "parents": [{"sha": one} for one in commit.parents],
        "files": [{"filename": one.path, "patch": _hunks(formats.patch(one, repo.blob))} for one in found],
        "html_url": f"https://github.com/{gh.name}/commit/{oid}",
    }


def _named(repo: Repository, word: str) -> str | None:
    branch = repo.ref(f"refs/heads/{word}")
    if branch or len(word) < SHORTEST:
        return branch
    fitting = [oid for oid in sorted(repo.names()) if oid.startswith(word)]
    return next((oid for oid in fitting if (repo.find(oid) or ("", b""))[0] == "commit"), None)


def _hunks(patch: str) -> str:
    """Without the lines above the first change."""
    _, mark, rest = patch.partition("\n@@")
    return f"@@{rest}".rstrip("\n") if mark else ""
