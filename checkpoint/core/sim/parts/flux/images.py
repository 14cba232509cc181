"""The image reflector: what a scan of the registry finds, and which tag a policy takes from it."""

from dataclasses import replace
from typing import Any

from checkpoint.core.sim.parts.flux.choosing import NoChoice, chosen
from checkpoint.core.sim.parts.flux.events import ImageChosen, ImageScanned
from checkpoint.core.sim.parts.flux.objects import (
    Flux,
    Json,
    cluster_of,
    found,
    key_of,
    noted,
    ready,
    referred,
    with_status,
)
from checkpoint.core.sim.parts.kubernetes.clusters import stamp
from checkpoint.core.sim.parts.registry import Registry
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.world import World

_SHOWN = 10
"""Tags that the status of an ImageRepository lists."""

Events = tuple[Any, ...]


def scan(world: World, cluster: str, item: Json) -> tuple[World, Events]:
    """Let an ImageRepository look at the registry."""
    image = str((item.get("spec") or {}).get("image", ""))
    key = key_of(cluster, "imagerepositories", item)
    tags = world.part(Registry).tags.get(image)
    if tags is None:
        why = f"GET https://{image.partition('/')[0]}/v2/{image.partition('/')[2]}/tags/list?n=1000"
        why = f"{why}: NAME_UNKNOWN: repository name not known to registry"
        made = ready(item, False, "ReadOperationFailed", why, world.clock)
        world = noted(world, cluster, item, "ReadOperationFailed", why, warning=True)
        return with_status(world, cluster, made), ()
    flux = world.part(Flux)
    before = flux.scans.get(key)
    world = world.having(replace(flux, scans=flux.scans.set(key, tags)))
    told = f"successful scan: found {len(tags)} tags"
    latest = sorted(tags, reverse=True)[:_SHOWN]
    result = {"latestTags": latest, "scanTime": stamp(world.clock), "tagCount": len(tags)}
    status = {"canonicalImageName": image, "lastScanResult": result}
    made = ready(item, True, "Succeeded", told, world.clock, **status)
    world = with_status(world, cluster, made)
    if before == tags:
        return world, ()
    world = noted(world, cluster, item, "Succeeded", told)
    return world, (ImageScanned(cluster, _name(item), image, len(tags)),)


def choose(world: World, cluster: str, item: Json) -> tuple[World, Events]:
    """Let an ImagePolicy select a tag among those that its repository has seen."""
    spec = item.get("spec") or {}
    place = spec.get("imageRepositoryRef") or {}
    repository = referred(world, cluster, item, "imagerepositories", place)
    if repository is None:
        missing = f'imagerepositories.image.toolkit.fluxcd.io "{place.get("name")}" not found'
        lead = "failed to get the referred ImageRepository: referenced ImageRepository does not exist"
        return _unchosen(world, cluster, item, "DependencyNotReady", f"{lead}: {missing}")
    tags = world.part(Flux).scans.get(key_of(cluster, "imagerepositories", repository))
    if tags is None:
        why = "referenced ImageRepository has not been scanned yet"
        return _unchosen(world, cluster, item, "DependencyNotReady", why)
    image = str((repository.get("spec") or {}).get("image", ""))
    try:
        tag = _CHOSEN.get(spec, tags, lambda: chosen(spec, tags))
    except NoChoice as error:
        return _unchosen(world, cluster, item, "InvalidPolicy" if error.invalid else "Failure", error.message)
    return _took(world, cluster, item, image, tag)


_CHOSEN: Recent[str] = Recent(256)
"""By the policy's specification and the tags."""


def _took(world: World, cluster: str, item: Json, image: str, tag: str) -> tuple[World, Events]:
    """The policy selects a tag; where it does so already, nothing is done."""
    old = (item.get("status") or {}).get("latestRef") or {}
    latest = {"name": image, "tag": tag}
    if str((item.get("spec") or {}).get("digestReflectionPolicy", "Never")) != "Never":
        latest["digest"] = world.part(Registry).digest(f"{image}:{tag}")
    told = f"Latest image tag for {image} resolved to {tag}"
    if old == latest and _is_ready(item):
        return world, ()
    moved = old.get("tag") not in (None, "", tag)
    if moved:
        told += f" (previously {image}:{old['tag']})"
    status: Json = {"latestRef": latest}
    if moved:
        status["observedPreviousRef"] = old
    made = ready(item, True, "Succeeded", told, world.clock, **status)
    world = with_status(noted(world, cluster, item, "Succeeded", told), cluster, made)
    if old.get("tag") == tag:
        return world, ()
    return world, (ImageChosen(cluster, _name(item), f"{image}:{tag}"),)


def _is_ready(item: Json) -> bool:
    conditions = (item.get("status") or {}).get("conditions") or []
    generation = item["metadata"].get("generation")
    seen = (item.get("status") or {}).get("observedGeneration", generation)
    return seen == generation and any(one.get("status") == "True" for one in conditions)


def _unchosen(world: World, cluster: str, item: Json, reason: str, why: str) -> tuple[World, Events]:
    made = ready(item, False, reason, why, world.clock)
    made["status"].pop("latestRef", None)
    if (item.get("status") or {}).get("conditions") == made["status"]["conditions"]:
        return world, ()
    world = noted(world, cluster, item, reason, why, warning=True)
    return with_status(world, cluster, made), ()


def choose_behind(world: World, cluster: str, repository: Json) -> tuple[World, Events]:
    """Let every policy look that takes its tags from a repository."""
    events: Events = ()
    own = repository["metadata"]
    for item in cluster_of(world, cluster).every("imagepolicies"):
        place = (item.get("spec") or {}).get("imageRepositoryRef") or {}
        namespace = str(place.get("namespace") or item["metadata"]["namespace"])
        if (namespace, str(place.get("name"))) == (own["namespace"], own["name"]):
            world, more = choose(world, cluster, item)
            events += more
    return world, events


def latest(world: World, cluster: str, namespace: str) -> dict[str, Json]:
    """What the policies of a namespace select, by `namespace:policy`."""
    return {
        f"{namespace}:{one['metadata']['name']}": ref
        for one in cluster_of(world, cluster).every("imagepolicies", namespace)
        if (ref := (one.get("status") or {}).get("latestRef") or {}).get("tag")
    }


def _name(item: Json) -> str:
    return f"{item['metadata']['namespace']}/{item['metadata']['name']}"


__all__ = ["choose", "choose_behind", "found", "latest", "scan"]
