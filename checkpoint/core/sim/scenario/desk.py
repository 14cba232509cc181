"""The editor's side of the world: a file's text, and how it differs from the last commit."""

from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.line_diff import hunks
from checkpoint.core.sim.parts.files import File, Folder, Node, decoded, legible
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.repository import found_at
from checkpoint.core.sim.scenario.checks.git import ReadOnly
from checkpoint.core.sim.shell.expand import home_expanded
from checkpoint.core.sim.world import World

UNLISTED = {".git", ".terraform"}
"""Folders whose files are the tools' own."""
LISTED = 200
"""Files that the page offers to open."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """`path` as the learner writes it. `committed` is None for a file that Git doesn't know."""

    path: str
    text: str
    exists: bool
    committed: str | None = None

    @property
    def differs(self) -> int:
        """Lines added and taken away since the last commit."""
        return sum(sign in "+-" for sign, _ in self.difference)

    @property
    def difference(self) -> list[tuple[str, str]]:
        """Sign (`@`, ` `, `+`, `-`) and line; empty where nothing differs or Git doesn't know the file."""
        if self.committed is None or self.committed == self.text:
            return []
        found = hunks(self.committed.splitlines(), self.text.splitlines())
        return [line for hunk in found for line in (("@", hunk.header), *hunk.lines)]


def opened_file(world: World, path: str) -> OpenFile:
    """A file for the editor; one that isn't there yet is empty."""
    try:
        full = home_expanded(path, world.shell)
    except SimError:  # longer than any path can be
        return OpenFile(legible(path), "", False)
    node = world.files.reached(full)
    text = legible(decoded(node.data)) if isinstance(node, File) else ""
    return OpenFile(shown(world, full), text, isinstance(node, File), _committed(world, full))


def shown(world: World, full: str) -> str:
    home = world.shell.home
    return legible("~" + full.removeprefix(home) if full.startswith(f"{home}/") else full)


def _committed(world: World, full: str) -> str | None:
    repository = found_at(ReadOnly(world.files, world.clock), full.rpartition("/")[0] or "/")
    if repository is None or repository.work_tree is None:
        return None
    try:
        found = files_at(repository, repository.head).get(full.removeprefix(f"{repository.work_tree}/"))
        return legible(decoded(repository.blob(found[1]))) if found else None
    except SimError:  # somebody wrote into `.git` by hand: git will say so, the editor goes on
        return None


def listed_files(world: World) -> list[str]:
    """Paths of the files around the learner that can be opened, those of repositories left out."""
    found = _files(world)
    return [shown(world, path) for path, _ in zip(found, range(LISTED), strict=False)]


def _files(world: World) -> Iterator[str]:
    cwd = world.shell.cwd
    return _below(world.files.get(cwd, follow=False), "" if cwd == "/" else cwd)


def _below(node: Node | None, path: str) -> Iterator[str]:
    if isinstance(node, File):
        yield path
    elif isinstance(node, Folder) and path.rpartition("/")[2] not in UNLISTED:
        for name in sorted(node.entries):
            yield from _below(node.entries[name], f"{path}/{name}")
