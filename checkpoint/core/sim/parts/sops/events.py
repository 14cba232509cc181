"""What happens with encrypted secrets, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event

GUARDRAIL = "sops-age"


@dataclass(frozen=True, slots=True)
class Encrypted(Event):
    """A file now holds ciphertext that these recipients can open. `by` is age or sops."""

    kind: ClassVar[str] = "secret.encrypted"
    path: str
    recipients: tuple[str, ...]
    by: str = "sops"


@dataclass(frozen=True, slots=True)
class Decrypted(Event):
    """Somebody read a secret. `into` is the file it was written to, empty for the screen."""

    kind: ClassVar[str] = "secret.decrypted"
    path: str
    into: str = ""
    by: str = "sops"


@dataclass(frozen=True, slots=True)
class Exposed(Event):
    """A secret stands in clear where it should not: `where` says how it came there."""

    kind: ClassVar[str] = "secret.exposed"
    path: str
    where: str


@dataclass(frozen=True, slots=True)
class Rotated(Event):
    """`what` is data-key (`sops rotate`), recipients (`sops updatekeys`) or value (edited, set)."""

    kind: ClassVar[str] = "secret.rotated"
    path: str
    what: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyMade(Event):
    """An age key pair was generated."""

    kind: ClassVar[str] = "secret.key-made"
    path: str
    recipient: str
