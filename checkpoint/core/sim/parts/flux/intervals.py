"""Flux on the scenario's clock: what is due by its interval, or because something that it watches changed."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from checkpoint.core.sim.actors import ACTORS, Due
from checkpoint.core.sim.durations import seconds
from checkpoint.core.sim.parts.flux import automation, images
from checkpoint.core.sim.parts.flux.kustomizations import SLUG, apply
from checkpoint.core.sim.parts.flux.objects import (
    ODD,
    Flux,
    Json,
    changed_since,
    cluster_of,
    key_of,
    ran,
    referred,
)
from checkpoint.core.sim.parts.flux.sources import fetch, revision_of
from checkpoint.core.sim.world import World

ACTOR = "flux"
TICK = 60
"""Seconds between two looks at what is due."""

PLURALS = (
    *("imagerepositories", "imagepolicies", "imageupdateautomations"),
    *("gitrepositories", "kustomizations"),
)
"""In the order in which one's work is the next one's reason."""

Events = tuple[Any, ...]


def _due(world: World, due: Due) -> tuple[World, Events]:
    """Reconcile what is due in a cluster; suspended objects stay as they are."""
    cluster = due.what
    if SLUG in world.off:
        return world, ()
    events: Events = ()
    for plural in PLURALS:
        for item in cluster_of(world, cluster).every(plural):
            with suppress(*ODD):
                world, happened = _looked_at(world, cluster, plural, item)
                events += happened
    return world, events


def _looked_at(world: World, cluster: str, plural: str, item: Json) -> tuple[World, Events]:
    spec = item.get("spec") or {}
    if spec.get("suspend") or not _is_due(world, cluster, plural, item):
        return world, ()
    return reconciled(world, cluster, plural, item, "flux")


def _is_due(world: World, cluster: str, plural: str, item: Json) -> bool:
    spec, flux = item.get("spec") or {}, world.part(Flux)
    last = flux.runs.get(key_of(cluster, plural, item))
    if last is None or changed_since(item):
        return True
    if plural == "imagepolicies":
        return False
    if world.clock - last >= seconds(spec.get("interval")):
        return True
    return plural == "kustomizations" and _waits(world, cluster, item)


def _waits(world: World, cluster: str, item: Json) -> bool:
    """Whether a Kustomization's source has moved, or what it depends on may be ready now."""
    status = item.get("status") or {}
    if any(one.get("reason") == "DependencyNotReady" for one in status.get("conditions") or []):
        return True
    source = referred(world, cluster, item, "gitrepositories", (item.get("spec") or {}).get("sourceRef"))
    seen = status.get("lastAttemptedRevision", status.get("lastAppliedRevision"))
    return source is not None and bool(seen) and revision_of(source) not in ("", seen)


def reconciled(world: World, cluster: str, plural: str, item: Json, by: str) -> tuple[World, Events]:
    """One look at an object, and at what follows from it at once."""
    world = ran(world, key_of(cluster, plural, item))
    meta = item["metadata"]
    if plural == "gitrepositories":
        return fetch(world, cluster, meta["namespace"], meta["name"])[0], ()
    if plural == "kustomizations":
        return apply(world, cluster, meta["namespace"], meta["name"], by)
    if plural == "imageupdateautomations":
        return automation.update(world, cluster, item)
    if plural == "imagepolicies":
        world, events = images.choose(world, cluster, item)
    else:
        world, scanned = images.scan(world, cluster, item)
        world, events = images.choose_behind(world, cluster, item)
        events = scanned + events
    return _followed(world, cluster, events)


def _followed(world: World, cluster: str, events: Events) -> tuple[World, Events]:
    """The automations of a namespace run as soon as one of its policies selects something else."""
    moved = {one.policy.partition("/")[0] for one in events if one.kind == "flux.image"}
    for namespace in sorted(moved):
        for item in cluster_of(world, cluster).every("imageupdateautomations", namespace):
            if not (item.get("spec") or {}).get("suspend"):
                world, more = reconciled(world, cluster, "imageupdateautomations", item, "flux")
                events += more
    return world, events


def settled(world: World, cluster: str) -> World:
    """A world at its start: everything counts as just reconciled, images as scanned and chosen."""
    for plural in PLURALS:
        for item in cluster_of(world, cluster).every(plural):
            fresh = key_of(cluster, plural, item)
            with suppress(*ODD):
                if plural == "imagerepositories" and fresh not in world.part(Flux).scans:
                    world, _ = images.scan(world, cluster, item)
                if plural == "imagepolicies" and not (item.get("status") or {}).get("latestRef"):
                    world, _ = images.choose(world, cluster, item)
            world = ran(world, fresh)
    return world.having(replace(world.part(Flux), notes=()))


ACTORS[ACTOR] = _due
