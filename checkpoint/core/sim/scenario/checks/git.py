"""Branches, on a git server or in a folder: what their files say, what their history still holds."""

from collections.abc import Iterator

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import Files, decoded
from checkpoint.core.sim.parts.git.history import ancestors, files_at, reachable
from checkpoint.core.sim.parts.git.hosting import Hosting
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.sops.formats import format_of, has_entry, plain_file
from checkpoint.core.sim.scenario.checks.texts import TextCheck
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.shell.expand import home_expanded
from checkpoint.core.sim.world import World


class ReadOnly:
    """A repository's disk to look at; what is written there stays in these files."""

    def __init__(self, files: Files, clock: int) -> None:
        self.files, self.clock = files, clock

    def wrote(self, kind: str) -> None:
        raise AssertionError(f"a check writes no {kind}")


def repository_of(world: World, name: str) -> Repository | None:
    """`org/name` on a git server, or a folder of the learner's that begins with `~` or `/`."""
    if name.startswith(("~", "/")):
        tree = home_expanded(name, world.shell)
        files, folder = world.files, f"{tree}/.git"
    else:
        files, folder, tree = world.part(Hosting).files, f"/{name}.git", None
    return Repository(ReadOnly(files, world.clock), folder, tree) if files.is_file(f"{folder}/HEAD") else None


class BranchCheck(TextCheck):
    """A branch, or a file on it, is as it should be."""

    repository: str
    """`org/name` on the git server, or a folder that begins with `~`."""
    branch: str = "main"
    exists: bool = True
    file: str = ""
    """Checks of text are about this file; without one, about the subjects of the branch's commits."""
    moved: bool | None = None
    """Whether it is at another commit than at the start."""
    encrypted: bool | None = None
    """Whether the file is sealed by SOPS."""

    def holds(self, seen: Seen) -> bool:
        text = self._text(seen.world)
        if text is None or not self.exists:
            return (text is not None) == self.exists
        if self.moved is not None and self.moved != (self._head(seen.world) != self._head(seen.start)):
            return False
        if self.encrypted is not None and self.encrypted != is_sealed_file(self.file, text):
            return False
        return self.fits(text)

    def _head(self, world: World) -> Oid | None:
        repository = repository_of(world, self.repository)
        return repository.ref(f"refs/heads/{self.branch}") if repository else None

    def _text(self, world: World) -> str | None:
        repository, head = repository_of(world, self.repository), self._head(world)
        if repository is None or head is None:
            return None
        if not self.file:
            return "\n".join(repository.commit(one).subject for one in ancestors(repository, [head]))
        found = files_at(repository, head).get(self.file)
        return decoded(repository.blob(found[1])) if found else None


def is_sealed_file(path: str, text: str) -> bool:
    """Whether SOPS has encrypted it: its metadata is there and nothing that it should seal is in clear."""
    kind = format_of(path)
    try:
        documents = plain_file(text, kind)
    except SimError:
        return False
    return has_entry(documents, kind) and "ENC[AES256_GCM," in text


class HistoryCheck(TextCheck):
    """What can still be read in a repository: every file of every commit that a branch or tag leads to."""

    repository: str
    also_unreachable: bool = False
    """Objects that nothing leads to count too, as long as they are there."""

    def holds(self, seen: Seen) -> bool:
        repository = repository_of(seen.world, self.repository)
        return repository is not None and self.fits("\n".join(self._texts(repository)))

    def _texts(self, repository: Repository) -> Iterator[str]:
        heads = repository.refs().values()
        for oid in sorted(repository.names() if self.also_unreachable else reachable(repository, heads)):
            found = repository.find(oid)
            if found and found[0] == "blob":
                yield decoded(found[1])
