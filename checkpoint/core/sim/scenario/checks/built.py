"""What a branch builds to: the objects that Flux would apply from one of its folders."""

from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import decoded
from checkpoint.core.sim.parts.flux.building import built
from checkpoint.core.sim.parts.flux.objects import ODD
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.defaults import defaulted
from checkpoint.core.sim.parts.kustomize.source import TreeSource
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.scenario.checks.fields import FieldCheck, at
from checkpoint.core.sim.scenario.checks.git import repository_of
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.world import World

Json = Any


class BuiltCheck(FieldCheck):
    """A folder of a branch builds to an object (or doesn't), and one of its fields has a value."""

    repository: str
    """`org/name` on the git server, or a folder that begins with `~`."""
    branch: str = "main"
    path: str
    """The folder, as a Flux Kustomization names it."""
    kind: str
    """As for kubectl: `deployment`, `kustomization`, `secret`."""
    name: str

    def holds(self, seen: Seen) -> bool:
        objects = self._objects(seen.world)
        if objects is None:
            return False
        item = next((one for one in objects if self._is_meant(one)), None)
        if item is None or not self.exists:
            return (item is not None) == self.exists
        field = self.field or "spec"
        written = at(item, field) is not None
        return self.passes(at(defaulted(item), field) if written else None)

    def _is_meant(self, item: Json) -> bool:
        kind = kinds.named(self.kind)
        return kind is not None and kinds.of(item) is kind and at(item, "metadata.name") == self.name

    def _objects(self, world: World) -> list[Json] | None:
        """None where there is no such branch, or where it doesn't build."""
        repository = repository_of(world, self.repository)
        head = repository.ref(f"refs/heads/{self.branch}") if repository else None
        if repository is None or head is None:
            return None
        folder = "/" + self.path.removeprefix("./").strip("/")
        store = repository.disk.files.get(f"{repository.folder}/objects")
        try:
            return _BUILT.get(store, (head, folder), lambda: _objects(repository, head, folder))
        except (SimError, *ODD):
            return None


_BUILT: Recent[list[Json] | None] = Recent(32)
"""By the folder of a repository's objects, the commit and the folder that is built."""


def _objects(repository: Repository, head: Oid, folder: str) -> list[Json] | None:
    files = files_at(repository, head)
    below = {name: oid for name, (_, oid) in files.items() if name.endswith((".yaml", ".yml"))}
    texts = {name: decoded(repository.blob(oid)) for name, oid in below.items()}
    own = sorted(f"/{name}" for name in texts if f"/{name}".startswith(f"{folder}/"))
    return built(TreeSource(texts), folder, own) if own else None
