"""What Terraform's state says, and whether somebody holds its lock."""

from typing import Any

from checkpoint.core.sim.parts.terraform.state import State
from checkpoint.core.sim.parts.terraform.stores import Stores, backend_at
from checkpoint.core.sim.parts.terraform.values import to_json
from checkpoint.core.sim.scenario.checks.cluster import at
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.world import World
from checkpoint.core.values import Value

Json = Any


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

    def holds(self, seen: Seen) -> bool:
        state = backend_at(self.state).read(seen.world)
        if self.unchanged and state.serial != backend_at(self.state).read(seen.start).serial:
            return False
        if self.locked is not None and self.locked != (backend_at(self.state).holder(seen.world) is not None):
            return False
        return not self.address or self._fits(seen.world, state)

    def _fits(self, world: World, state: State) -> bool:
        found = state.instances.get(self.address)
        if found is None or not self.exists:
            return (found is not None) == self.exists
        if self.drifted is not None and self.drifted != (self.address in world.part(Stores).drift):
            return False
        plain: Json = {name: to_json(value) for name, value in found.attributes.items()}
        return self.equals is None or at(plain, self.attribute) == self.equals
