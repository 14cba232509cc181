"""Flux from a setup's facts, as objects of a cluster, and its intervals on the scenario's clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from checkpoint.core.sim.actors import Due, Schedule, plan
from checkpoint.core.sim.parts.files import encoded
from checkpoint.core.sim.parts.flux.intervals import ACTOR, PLURALS, TICK, settled
from checkpoint.core.sim.parts.flux.objects import Flux
from checkpoint.core.sim.parts.kubernetes.clusters import Clusters
from checkpoint.core.sim.parts.kubernetes.loading import clusters_from
from checkpoint.core.sim.parts.registry import registry_from
from checkpoint.core.sim.world import World
from checkpoint.core.sim.yaml_text import go_dumped

Json = Any


def flux_from(world: World, facts: Mapping[str, Any]) -> World:
    """`gitrepositories`, `kustomizations`, `imagepolicies` in short, in the cluster that `cluster` names.

    Without a kubeconfig the learner gets one for that cluster.
    """
    name = str(facts.get("cluster", "flux"))
    items: list[Json] = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": one}}
        for one in sorted({"default", "flux-system", *_namespaces(facts)})
    ]
    flux = world.part(Flux)
    for one in facts.get("gitrepositories", ()):
        items.append(_source(one))
        if one.get("remote_head"):
            place = f"{name}/{one.get('namespace', 'flux-system')}/{one['name']}"
            revision = f"{one.get('branch', 'main')}@sha1:{one['remote_head']}"
            flux = replace(flux, heads=flux.heads.set(place, revision))
    items += [_kustomization(one) for one in facts.get("kustomizations", ())]
    items += [*_repositories(facts.get("imagepolicies", ()))]
    items += [_policy(one) for one in facts.get("imagepolicies", ())]
    for one in facts.get("imagepolicies", ()):
        if one.get("tags"):
            world = registry_from(world, {str(one.get("image")): one["tags"]})
    world = clusters_from(world.having(flux), {"clusters": {name: {"objects": items}}})
    path = f"{world.shell.home}/.kube/config"
    if not world.files.is_file(path):
        files = world.files.make_folders(path.rpartition("/")[0], time=world.clock)
        text = go_dumped(_kubeconfig(name))
        world = replace(world, files=files.write(path, encoded(text), mode=0o600, time=world.clock))
    return world


def scheduled(world: World) -> World:
    """Let every cluster that has Flux objects look at them again and again."""
    planned = {one.what for one in world.part(Schedule).due if one.actor == ACTOR}
    for name, cluster in sorted(world.part(Clusters).clusters.items()):
        if name not in planned and any(cluster.every(plural) for plural in PLURALS):
            world = plan(settled(world, name), Due(world.clock + TICK, ACTOR, name, TICK))
    return world


def _namespaces(facts: Mapping[str, Any]) -> set[str]:
    return {
        str(one.get("namespace", "flux-system"))
        for key in ("gitrepositories", "kustomizations", "imagepolicies")
        for one in facts.get(key, ())
    }


def _meta(one: Mapping[str, Any]) -> Json:
    return {"name": one["name"], "namespace": one.get("namespace", "flux-system")}


def _condition(message: str, *, value: bool = True) -> list[Json]:
    return [
        {"type": "Ready", "status": "True" if value else "False", "reason": "Succeeded", "message": message}
    ]


def _source(one: Mapping[str, Any]) -> Json:
    revision = str(one.get("revision", ""))
    told = f"stored artifact for revision '{revision}'"
    return {
        "apiVersion": "source.toolkit.fluxcd.io/v1",
        "kind": "GitRepository",
        "metadata": _meta(one),
        "spec": {
            "interval": one.get("interval", "1m0s"),
            "url": one.get("url", f"ssh://git@git.invalid/{one['name']}"),
            "ref": {"branch": one.get("branch", "main")},
            **({"suspend": True} if one.get("suspend") else {}),
        },
        "status": {"artifact": {"revision": revision}, "conditions": _condition(told)},
    }


def _kustomization(one: Mapping[str, Any]) -> Json:
    revision = str(one.get("applied", ""))
    good = bool(one.get("ready", True))
    return {
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": _meta(one),
        "spec": {
            "interval": one.get("interval", "10m0s"),
            "path": one.get("path", "./"),
            "prune": one.get("prune", True),
            "sourceRef": {"kind": "GitRepository", "name": one.get("source", "flux-system")},
            **({"suspend": True} if one.get("suspend") else {}),
        },
        "status": {
            "lastAppliedRevision": revision,
            "conditions": _condition(str(one.get("message") or f"Applied revision: {revision}"), value=good),
        },
    }


def _repositories(policies: Iterable[Mapping[str, Any]]) -> Iterator[Json]:
    """The ImageRepositories that policies take their tags from; each once."""
    seen = set()
    for one in policies:
        image, namespace = str(one.get("image", "")), str(one.get("namespace", "flux-system"))
        name = image.rpartition("/")[2]
        if (namespace, name) not in seen:
            seen.add((namespace, name))
            yield {
                "apiVersion": "image.toolkit.fluxcd.io/v1",
                "kind": "ImageRepository",
                "metadata": {"name": name, "namespace": namespace},
                "spec": {"image": image, "interval": "5m0s"},
            }


def _policy(one: Mapping[str, Any]) -> Json:
    image, tag = str(one.get("image", "")), str(one.get("latest", ""))
    return {
        "apiVersion": "image.toolkit.fluxcd.io/v1",
        "kind": "ImagePolicy",
        "metadata": _meta(one),
        "spec": {
            "imageRepositoryRef": {"name": image.rpartition("/")[2]},
            "policy": {"semver": {"range": one.get("semver", "*")}},
        },
        "status": {
            "latestRef": {"name": image, "tag": tag},
            "conditions": _condition(f"Latest image tag for {image} resolved to {tag}"),
        },
    }


def _kubeconfig(name: str) -> Json:
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "preferences": {},
        "current-context": name,
        "clusters": [{"name": name, "cluster": {"server": f"https://127.0.0.1:6443/c/{name}"}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": "admin"}}],
        "users": [{"name": "admin", "user": {}}],
    }
