"""Who gives out credentials and takes them back: a service of its own, with a register that a setup fills."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.world import World

ACTIVE, REVOKED = "active", "revoked"


@dataclass(frozen=True, slots=True)
class Credential:
    """`value` is what was given out, shown once; `revoked` is when it was taken back, 0 for never."""

    id: str
    name: str
    value: str
    scope: str = ""
    issued: int = 0
    revoked: int = 0

    @property
    def state(self) -> str:
        return REVOKED if self.revoked else ACTIVE


@dataclass(frozen=True, slots=True)
class Issuer:
    credentials: tuple[Credential, ...] = ()

    def named(self, word: str) -> Credential:
        """By its id, its name or its value; of several with a name the one that still works."""
        fitting = [one for one in self.credentials if word in (one.id, one.name, one.value)]
        if not fitting:
            raise SimError(f"no credential '{word}'")
        return next((one for one in fitting if not one.revoked), fitting[-1])

    def having(self, credential: Credential) -> "Issuer":
        rest = tuple(one for one in self.credentials if one.id != credential.id)
        return replace(self, credentials=tuple(sorted((*rest, credential), key=lambda one: one.id)))

    def accepts(self, value: str) -> bool:
        """Whether somebody who shows this is let in."""
        return any(one.value == value and not one.revoked for one in self.credentials)


@dataclass(frozen=True, slots=True)
class Revoked(Event):
    kind: ClassVar[str] = "secret.revoked"
    credential: str
    name: str


@dataclass(frozen=True, slots=True)
class Issued(Event):
    """`into` is the file that the value was written to, empty where it was printed."""

    kind: ClassVar[str] = "secret.issued"
    credential: str
    name: str
    into: str = ""


def issuer_from(world: World, facts: Mapping[str, Any]) -> World:
    """`{"credentials": [{"name", "value", "id"?, "scope"?, "revoked"?}]}`."""
    made = Issuer()
    for number, one in enumerate(facts.get("credentials", ()), start=1):
        made = made.having(
            Credential(
                str(one.get("id", f"cred-{number:04}")),
                str(one["name"]),
                str(one["value"]),
                str(one.get("scope", "")),
                int(one.get("issued", world.clock)),
                world.clock if one.get("revoked") else 0,
            )
        )
    return world.having(made)
