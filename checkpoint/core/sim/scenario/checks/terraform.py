"""What Terraform's state says, and whether somebody holds its lock."""

from functools import lru_cache
from typing import Any

from checkpoint.core.sim.parts.terraform.state import State, loaded
from checkpoint.core.sim.parts.terraform.stores import Stores, backend_at
from checkpoint.core.sim.parts.terraform.values import to_json
from checkpoint.core.sim.scenario.checks.fields import at
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.world import World
from checkpoint.core.values import Value

Json = Any


@lru_cache(maxsize=64)
def _loaded(text: str) -> State:
    """Goals look at a state after every line, and few lines change it."""
    return loaded(text)


def _state(url: str, world: World) -> State:
    return _loaded(backend_at(url).text(world))


class StateCheck(Value):
    """A remote state, or an attribute of one of its resources."""

    state: str
    """Its address: `s3://bucket/key`."""
    address: str = ""
    """A resource: `terraform_data.web`."""
    exists: bool = True
    attribute: str = ""
    """Keys with dots: `input.size`."""
    equals: str | int | bool | None = None
    locked: bool | None = None
    unchanged: bool = False
    """Nothing was written since the start."""
    drifted: bool | None = None
    """Whether reality differs from what the state says of the resource."""
    replaced: bool | None = None
    """Whether the resource is another object than at the start: it was destroyed, and perhaps made anew."""

    def holds(self, seen: Seen) -> bool:
        state = _state(self.state, seen.world)
        if self.unchanged and state.serial != _state(self.state, seen.start).serial:
            return False
        if self.locked is not None and self.locked != (backend_at(self.state).holder(seen.world) is not None):
            return False
        if self.replaced is not None and self.replaced != self._is_another(seen):
            return False
        return not self.address or self._fits(seen.world, state)

    def _is_another(self, seen: Seen) -> bool:
        then, now = (
            _state(self.state, world).instances.get(self.address) for world in (seen.start, seen.world)
        )
        return then is not None and (now is None or then.attributes.get("id") != now.attributes.get("id"))

    def _fits(self, world: World, state: State) -> bool:
        found = state.instances.get(self.address)
        if found is None and self.replaced:
            return True
        if found is None or not self.exists:
            return (found is not None) == self.exists
        if self.drifted is not None and self.drifted != (self.address in world.part(Stores).drift):
            return False
        plain: Json = {name: to_json(value) for name, value in found.attributes.items()}
        return self.equals is None or at(plain, self.attribute) == self.equals
