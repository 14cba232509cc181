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
