"""Who gives out credentials and takes them back: a service of its own, with a register that a setup fills."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from checkpoint.core.sim.errors import SimError
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
class OpenedSession:
    """What somebody was let in to with a credential. It goes on when the credential is revoked."""

    id: str
    credential: str
    source: str
    """The address that it was opened from."""
    opened: int
    ended: int = 0
    """0 for never."""


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody showed a credential, or what was one; `result` is accepted or refused."""

    at: int
    credential: str
    source: str
    result: str


@dataclass(frozen=True, slots=True)
class Issuer:
    credentials: tuple[Credential, ...] = ()
    sessions: tuple[OpenedSession, ...] = ()
    uses: tuple[Use, ...] = ()

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

    def of_value(self, value: str) -> Credential | None:
        return next((one for one in self.credentials if one.value == value), None)

    def ids_of(self, word: str) -> frozenset[str]:
        """The credentials that an id or a name stands for."""
        return frozenset(one.id for one in self.credentials if word in (one.id, one.name))

    def open_sessions(self, ids: frozenset[str]) -> tuple[OpenedSession, ...]:
        return tuple(one for one in self.sessions if one.credential in ids and not one.ended)

    def shown(self, credential: Credential, source: str, at: int) -> "Issuer":
        """After somebody showed a credential at an address: a session more, or a refusal in the record."""
        if credential.revoked:
            return replace(self, uses=(*self.uses, Use(at, credential.id, source, "refused")))
        session = OpenedSession(f"sess-{len(self.sessions) + 1:04}", credential.id, source, at)
        used = Use(at, credential.id, source, "accepted")
        return replace(self, sessions=(*self.sessions, session), uses=(*self.uses, used))

    def without(self, session: OpenedSession, at: int) -> "Issuer":
        """After a session was ended."""
        ended = replace(session, ended=at)
        sessions = tuple(ended if one.id == session.id else one for one in self.sessions)
        return replace(self, sessions=sessions)


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
