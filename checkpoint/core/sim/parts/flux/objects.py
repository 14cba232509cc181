"""Flux's objects in a cluster, and what its controllers remember and tell about them."""

from dataclasses import dataclass, replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters, stamp
from checkpoint.core.sim.world import World

Json = Any
Key = tuple[str, str, str, str]
"""(cluster, plural, namespace, name)"""

NOTES = 200
"""Kept for `flux logs` and `flux events`; older ones are forgotten."""

ODD = (AttributeError, TypeError, KeyError, ValueError, IndexError)
"""What reading an object of a strange shape raises; the controllers leave such objects alone."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a controller wrote into its log and told as an event of an object."""

    at: int
    cluster: str
    kind: str
    namespace: str
    name: str
    reason: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Flux:
    """`heads`: what stands at a source's branch where no git server of this world has the repository.

    `runs`: when something was last reconciled. `scans`: the tags that an ImageRepository has seen.
    """

    heads: Map[str, str] = Map()
    runs: Map[Key, int] = Map()
    scans: Map[Key, tuple[str, ...]] = Map()
    notes: tuple[Note, ...] = ()


class Unready(SimError):
    """A reconciliation fails: `reason` and message of the object's condition."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def cluster_of(world: World, name: str) -> Cluster:
    return world.part(Clusters).clusters[name]


def hold(world: World, cluster: Cluster) -> World:
    return world.having(world.part(Clusters).having(cluster))


def found(world: World, cluster: str, word: str, namespace: str, name: str) -> Json:
    """A Flux object or None."""
    kind = kinds.named(word)
    return cluster_of(world, cluster).get(kind, namespace, name) if kind else None


def referred(world: World, cluster: str, item: Json, word: str, place: Json) -> Json:
    """The object that a reference in `item` names, in the item's own namespace unless it says another."""
    namespace = str((place or {}).get("namespace") or item["metadata"]["namespace"])
    return found(world, cluster, word, namespace, str((place or {}).get("name")))


def ready(item: Json, value: bool, reason: str, message: str, clock: int, **status: Json) -> Json:
    """The object with this outcome; only its status is made anew."""
    made = dict(item)
    before: Json = next(iter((made.get("status") or {}).get("conditions") or []), {})
    state = "True" if value else "False"
    kept = before.get("status") == state and before.get("lastTransitionTime")
    condition = {
        "type": "Ready",
        "status": state,
        "reason": reason,
        "message": message,
        "lastTransitionTime": kept or stamp(clock),
    }
    generation = made["metadata"].get("generation")
    made["status"] = {
        **(made.get("status") or {}),
        "conditions": [condition],
        **({"observedGeneration": generation} if generation else {}),
        **status,
    }
    return made


def with_status(world: World, cluster: str, item: Json) -> World:
    return hold(world, cluster_of(world, cluster).with_status(item))


def noted(
    world: World, cluster: str, item: Json, reason: str, message: str, *, warning: bool = False
) -> World:
    """A line of the controller's log, and an event."""
    meta = item["metadata"]
    note = Note(world.clock, cluster, item["kind"], meta["namespace"], meta["name"], reason, message, warning)
    flux = world.part(Flux)
    return world.having(replace(flux, notes=_latest((*flux.notes, note))))


ROUTINE = "ReconciliationSucceeded"
"""The reason of what each run of a Kustomization tells, also when it has changed nothing."""
HOUR = 3600
"""Seconds for which a cluster keeps an event; the controllers' logs go back further."""


def _latest(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Without the oldest one where they are too many: a routine one, while those are half of all."""
    if len(notes) <= NOTES:
        return notes
    routine = [place for place, one in enumerate(notes) if one.reason == ROUTINE]
    gone = routine[0] if len(routine) * 2 >= len(notes) else 0
    return notes[:gone] + notes[gone + 1 :]


def recent_notes(world: World, cluster: str) -> list[Note]:
    """What the cluster still has events of."""
    return [one for one in world.part(Flux).notes if one.cluster == cluster and world.clock - one.at <= HOUR]


def key_of(cluster: str, plural: str, item: Json) -> Key:
    return cluster, plural, item["metadata"]["namespace"], item["metadata"]["name"]


def ran(world: World, key: Key) -> World:
    """Remember that something was reconciled now."""
    flux = world.part(Flux)
    return world.having(Flux(flux.heads, flux.runs.set(key, world.clock), flux.scans, flux.notes))


def changed_since(item: Json) -> bool:
    """Whether the object was written after its controller last looked at it."""
    seen = (item.get("status") or {}).get("observedGeneration")
    return seen is not None and seen != item["metadata"].get("generation", seen)
