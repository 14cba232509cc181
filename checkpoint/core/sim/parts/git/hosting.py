"""Repositories on other machines: what stands where a URL leads, and the rules for pushing there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from immutables import Map

from checkpoint.core.sim.parts.files import Files
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import Repository, made
from checkpoint.core.sim.world import World

_SSH = re.compile(r"(?:ssh://)?(?:([\w.-]+)@)?([\w.-]+)[:/](?!/)(.+?)(?:\.git)?/?")
_HTTP = re.compile(r"https?://(?:[^@/]*@)?([\w.-]+(?::\d+)?)/(.+?)(?:\.git)?/?")


@dataclass(frozen=True, slots=True)
class Protection:
    """Rules for some branches: `reasons` are the lines that a refused push reads.

    With `ruleset` the refusal is worded as a repository rule's, else as branch protection's.
    """

    branches: tuple[str, ...]
    reasons: tuple[str, ...] = ("Changes must be made through a pull request.",)
    ruleset: bool = False
    guardrail: str = "one-change-per-pr"
    bypass: tuple[str, ...] = ()
    """Whom the rules don't bind, such as a bot with a key of its own."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """The git servers of a world: one tree of bare repositories, `/org/name.git`, and their rules."""

    files: Files = Files()
    protections: Map[str, tuple[Protection, ...]] = Map()
    """By `org/name`."""


@lru_cache(maxsize=256)
def project_of(url: str) -> str:
    """`org/name` of a URL on a server, empty for a path on this machine."""
    match = _HTTP.fullmatch(url)
    if match:
        return match[2]
    if url.startswith(("/", ".", "~", "file:")):
        return ""
    match = _SSH.fullmatch(url)
    return match[3] if match else ""


def shown_url(url: str) -> str:
    """As git prints it behind `To` and `From`: without user and scheme's user part."""
    return re.sub(r"^(https?://)[^@/]*@", r"\1", re.sub(r"^[\w.-]+@(?=[\w.-]+:)", "", url))


class Server:
    """The disk of the git servers of a world, as a repository's disk."""

    def __init__(self, world: Callable[[], World], change: Callable[[World], None]) -> None:
        self._world, self._change = world, change

    @property
    def files(self) -> Files:
        return self._world().part(Hosting).files

    @files.setter
    def files(self, files: Files) -> None:
        world = self._world()
        self._change(world.having(replace(world.part(Hosting), files=files)))

    @property
    def clock(self) -> int:
        return self._world().clock

    def wrote(self, kind: str) -> None:
        """What others hold is bounded by the size of their disk."""

    def repository(self, project: str) -> Repository | None:
        """A project's bare repository, or None where there is no such project."""
        folder = f"/{project}.git"
        return Repository(self, folder, None) if self.files.is_file(f"{folder}/HEAD") else None


def with_project(world: World, project: str) -> World:
    """The world in which a project has an empty repository, unless it has one already."""
    worlds = [world]
    server = Server(lambda: worlds[-1], worlds.append)
    if server.repository(project) is None:
        made(server, f"/{project}.git", None, "main")
    return worlds[-1]


@dataclass(frozen=True, slots=True)
class Update:
    """One ref of a push."""

    ref: str
    old: Oid | None
    new: Oid | None
    forced: bool


def rule_about(world: World, project: str, update: Update) -> Protection | None:
    """The rule about pushing a ref, if any; it may not bind whoever pushes."""
    for rule in world.part(Hosting).protections.get(project, ()):
        if rule.guardrail not in world.off and update.ref.removeprefix("refs/heads/") in rule.branches:
            return rule
    return None


def refusal(world: World, project: str, update: Update, who: str = "") -> Protection | None:
    """The rule that keeps a ref from being pushed, if any; `who` may be somebody whom it doesn't bind."""
    rule = rule_about(world, project, update)
    return None if rule is None or (who and who in rule.bypass) else rule
