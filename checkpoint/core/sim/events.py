"""What happened, for goals and debriefs: they read these and the world, never the printed text."""

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `kind` names it in stored runs and on the command line."""

    kind: ClassVar[str] = "event"

    def told(self) -> dict[str, object]:
        """For JSON: the kind and every fact."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)}
        return {"kind": self.kind, **{k: list(v) if isinstance(v, tuple) else v for k, v in facts.items()}}


@dataclass(frozen=True, slots=True)
class Unsupported(Event):
    """Something real that the simulator doesn't do; it said so and changed nothing."""

    kind: ClassVar[str] = "unsupported"
    what: str


@dataclass(frozen=True, slots=True)
class GuardrailActed(Event):
    """A guardrail caught something, let it pass or was bypassed; `guardrail` and `stage` are slugs."""

    kind: ClassVar[str] = "guardrail"
    guardrail: str
    stage: str
    result: str
    """caught | passed | bypassed | off"""
    about: str = ""


@dataclass(frozen=True, slots=True)
class FileOpened(Event):
    """An editor was asked for; the page opens its own."""

    kind: ClassVar[str] = "edit"
    path: str


@dataclass(frozen=True, slots=True)
class Other(Event):
    """Something that somebody other than the learner did."""

    kind: ClassVar[str] = "other"
    actor: str
    event: Event

    def told(self) -> dict[str, object]:
        return {"kind": self.kind, "actor": self.actor, "event": self.event.told()}


@dataclass(frozen=True, slots=True)
class Said(Event):
    """Somebody wrote to the learner."""

    kind: ClassVar[str] = "message"
    who: str
    text: str
