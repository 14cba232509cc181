"""What Flux does, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


@dataclass(frozen=True, slots=True)
class Reconciled(Event):
    """`by` is flux for an interval, else learner; `corrected` are the objects that had drifted."""

    kind: ClassVar[str] = "flux.reconcile"
    cluster: str
    object: str
    revision: str
    ready: bool
    by: str = "learner"
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspended(Event):
    kind: ClassVar[str] = "flux.suspend"
    cluster: str
    object: str
    suspended: bool


@dataclass(frozen=True, slots=True)
class ImageChosen(Event):
    """A policy selects another tag than before."""

    kind: ClassVar[str] = "flux.image"
    cluster: str
    policy: str
    image: str


@dataclass(frozen=True, slots=True)
class ImageWritten(Event):
    """An automation wrote what its policies chose into Git."""

    kind: ClassVar[str] = "flux.image-commit"
    cluster: str
    automation: str
    commit: str
    files: tuple[str, ...]
