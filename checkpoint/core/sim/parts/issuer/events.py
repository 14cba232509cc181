"""What happens at the issuer of credentials, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


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


@dataclass(frozen=True, slots=True)
class Used(Event):
    """Somebody showed a credential and opened a session with it; `result` is accepted or refused."""

    kind: ClassVar[str] = "secret.used"
    credential: str
    name: str
    source: str
    result: str


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    kind: ClassVar[str] = "secret.session-ended"
    session: str
    credential: str
    name: str
    source: str
