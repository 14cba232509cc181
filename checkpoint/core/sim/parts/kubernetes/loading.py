"""Clusters from a setup's facts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters, User
from checkpoint.core.sim.parts.kubernetes.controllers import settle
from checkpoint.core.sim.world import World

AGE = 12
"""Days that an object of a setup has been there unless it says `ageDays`."""
_DAY = 86_400


def clusters_from(world: World, facts: Mapping[str, Any]) -> World:
    """`{"clusters": {name: {"objects", "bad_images", "users": {token: {"name", "deny"}}, "server"}}}`.

    `load` beside them is what a workload's pods use together, for its autoscaler:
    `{"namespace/name": {"cpu": "250m"}}`.
    """
    now = world.clock
    for name, told in facts.get("clusters", {}).items():
        users = {
            token: User(str(one["name"]), tuple((rule[0], rule[1], rule[2]) for rule in one.get("deny", ())))
            for token, one in told.get("users", {}).items()
        }
        cluster = world.part(Clusters).clusters.get(name) or Cluster(name, str(told.get("server", "")))
        cluster = replace(
            cluster,
            users=Map(users) or cluster.users,
            bad_images=cluster.bad_images | frozenset(told.get("bad_images", ())),
            load=cluster.load.update(_load(told.get("load", {}))),
            reachable=bool(told.get("reachable", True)),
        )
        world = replace(world, clock=now - AGE * _DAY)
        for item in told.get("objects", ()):
            plain = {key: value for key, value in item.items() if key != "ageDays"}
            if plain.get("status") == {}:
                plain.pop("status")
            manager = "kustomize-controller" if _is_flux(plain) else "setup"
            uid, world = world.draw_uuid("kubernetes")
            cluster = cluster.put(plain, now - int(item.get("ageDays", AGE)) * _DAY, manager, uid)
        world = settle(world.having(world.part(Clusters).having(cluster)), name)
    return replace(world, clock=now)


def _load(told: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str, str], str]:
    """By namespace, workload and resource."""
    return {
        (place.partition("/")[0], place.partition("/")[2], resource): str(amount)
        for place, amounts in told.items()
        for resource, amount in amounts.items()
    }


def _is_flux(item: Mapping[str, Any]) -> bool:
    return "kustomize.toolkit.fluxcd.io/name" in (item["metadata"].get("labels") or {})
