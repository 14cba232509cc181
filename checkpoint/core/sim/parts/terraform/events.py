"""What happens with Terraform, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


@dataclass(frozen=True, slots=True)
class PlanMade(Event):
    """`file` is "" for a plan that wasn't saved; `digest` tells saved plans apart."""

    kind: ClassVar[str] = "terraform.plan"
    state: str
    file: str
    serial: int
    lineage: str
    mode: str
    add: int
    change: int
    destroy: int
    drift: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class PlanApplied(Event):
    """An apply that was tried. `result`: applied | stale | other-lineage | declined | refused.

    `approval`: `saved-plan` (nothing is asked), `prompt`, `auto`; in the pipeline who let it go, or `nobody`.
    `via`: `direct`, `guard`, `pipeline` or who.
    """

    kind: ClassVar[str] = "terraform.apply"
    state: str
    file: str
    plan_serial: int
    serial_before: int
    serial_after: int
    result: str
    approval: str
    via: str
    add: int = 0
    change: int = 0
    destroy: int = 0
    digest: str = ""
    locked: bool = True


@dataclass(frozen=True, slots=True)
class LockRefused(Event):
    kind: ClassVar[str] = "terraform.lock-refused"
    state: str
    id: str
    holder: str
    operation: str


@dataclass(frozen=True, slots=True)
class LockForced(Event):
    """Somebody's lock was removed by hand; `result`: unlocked | wrong-id | none | cancelled."""

    kind: ClassVar[str] = "terraform.force-unlock"
    state: str
    id: str
    holder: str
    result: str


@dataclass(frozen=True, slots=True)
class StateEdited(Event):
    """The state was changed by hand: `how` is rm, mv, push, taint, untaint, import, refresh …"""

    kind: ClassVar[str] = "terraform.state"
    state: str
    how: str
    addresses: tuple[str, ...]
    serial: int
