"""What happens on clusters, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


@dataclass(frozen=True, slots=True)
class ClusterWritten(Event):
    """`path` is direct or flux, `verb` create, update or delete; `guarded` for a command that a guard ran."""

    kind: ClassVar[str] = "kube.write"
    cluster: str
    context: str
    namespace: str
    object: str
    verb: str
    path: str = "direct"
    guarded: bool = False
    changed: bool = True


@dataclass(frozen=True, slots=True)
class ClusterRefused(Event):
    """The cluster said no: somebody may not do this."""

    kind: ClassVar[str] = "kube.refused"
    cluster: str
    context: str
    namespace: str
    resource: str
    verb: str
    user: str
