"""What the issuer of credentials still accepts."""

from typing import Literal

from checkpoint.core.sim.parts.issuer import Issuer
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.values import Value


class CredentialCheck(Value):
    """A credential is active or revoked. With `value` that one, else every one of the name."""

    name: str
    value: str = ""
    state: Literal["active", "revoked"]
    """active asks for one that works, revoked for none that does."""

    def holds(self, seen: Seen) -> bool:
        known = [one for one in seen.world.part(Issuer).credentials if one.name == self.name]
        own = [one for one in known if not self.value or one.value == self.value]
        works = any(not one.revoked for one in own)
        return bool(own) and works == (self.state == "active")
