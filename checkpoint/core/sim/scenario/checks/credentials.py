"""What the issuer of credentials still accepts, and what is open at it."""

from typing import Literal

from pydantic import model_validator

from checkpoint.core.sim.parts.issuer import Credential, Issuer
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.values import Value


class CredentialCheck(Value):
    """A credential is active or revoked, or its sessions are over.

    With `value` that one is meant, else every one of the name.
    """

    name: str
    value: str = ""
    state: Literal["active", "revoked"] | None = None
    """active asks for one that works, revoked for none that does."""
    sessions: Literal["open", "ended"] | None = None
    """open asks for one that goes on, ended for none that does."""

    @model_validator(mode="after")
    def _asks_something(self) -> "CredentialCheck":
        if self.state is None and self.sessions is None:
            raise ValueError("ask for its `state` or for its `sessions`")
        return self

    def holds(self, seen: Seen) -> bool:
        issuer = seen.world.part(Issuer)
        known = [one for one in issuer.credentials if one.name == self.name]
        own = [one for one in known if not self.value or one.value == self.value]
        return bool(own) and self._state_fits(own) and self._sessions_fit(issuer, own)

    def _state_fits(self, own: list[Credential]) -> bool:
        works = any(not one.revoked for one in own)
        return self.state is None or works == (self.state == "active")

    def _sessions_fit(self, issuer: Issuer, own: list[Credential]) -> bool:
        open_ = bool(issuer.open_sessions(frozenset(one.id for one in own)))
        return self.sessions is None or open_ == (self.sessions == "open")
