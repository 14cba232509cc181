"""Objects of a cluster, and what its workloads run."""

import base64
import binascii
from fnmatch import fnmatchcase
from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.issuer import Issuer
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters
from checkpoint.core.sim.parts.kubernetes.controllers import is_ready
from checkpoint.core.sim.parts.kubernetes.kubeconfig import loaded
from checkpoint.core.sim.scenario.checks.texts import TextCheck
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.world import World
from checkpoint.core.values import Value

Json = Any


def cluster_of(world: World, name: str) -> Cluster | None:
    return world.part(Clusters).clusters.get(name)


class ObjectCheck(TextCheck):
    """An object exists (or doesn't), and one of its fields has a value."""

    cluster: str
    kind: str
    """As for kubectl: `deployment`, `kustomization`, `secret`."""
    namespace: str = "default"
    name: str
    exists: bool = True
    field: str = ""
    """Keys and places with dots: `spec.template.spec.containers.0.image`; `~` in a key stands for a dot."""
    equals: str | int | bool | None = None
    differs_from: str | int | bool | None = None
    unchanged: bool = False
    """The field, or the whole specification, is what it was at the start."""

    def holds(self, seen: Seen) -> bool:
        item = self._item(seen.world)
        if item is None or not self.exists:
            return (item is not None) == self.exists
        value = at(item, self.field or "spec")
        if self.unchanged and value != at(self._item(seen.start) or {}, self.field or "spec"):
            return False
        if self.equals is not None and not _same(value, self.equals):
            return False
        if self.differs_from is not None and _same(value, self.differs_from):
            return False
        return self.fits(value if isinstance(value, str) else "")

    def _item(self, world: World) -> Json:
        cluster, kind = cluster_of(world, self.cluster), kinds.named(self.kind)
        return cluster.get(kind, self.namespace, self.name) if cluster and kind else None


def _same(value: Json, wanted: str | int | bool) -> bool:
    """A number may be wanted as a text, for that is what a variant's value is."""
    return bool(value == wanted) or (type(value) is int and str(value) == wanted)


def at(item: Json, path: str) -> Json:
    """The value at a path of keys and places, None where there is none.

    >>> at({"spec": {"containers": [{"image": "web:1"}]}}, "spec.containers.0.image")
    'web:1'
    """
    for part in path.split("."):
        key = part.replace("~", ".")
        if isinstance(item, list):
            item = item[int(key)] if key.isdigit() and int(key) < len(item) else None
        else:
            item = item.get(key) if isinstance(item, dict) else None
    return item


class RunningCheck(Value):
    """All pods of a workload are ready and run an image."""

    cluster: str
    namespace: str = "default"
    workload: str
    """A deployment's, stateful set's or daemon set's name."""
    image: str
    """What the pods' first container runs; `*` stands for anything."""

    def holds(self, seen: Seen) -> bool:
        cluster = cluster_of(seen.world, self.cluster)
        pods = cluster.every("pods", self.namespace) if cluster else []
        own = [one for one in pods if _belongs(one, self.workload)]
        return bool(own) and all(is_ready(one) and fnmatchcase(_image(one), self.image) for one in own)


def _belongs(pod: Json, workload: str) -> bool:
    owners = pod["metadata"].get("ownerReferences") or []
    names = [str(one.get("name", "")) for one in owners]
    return any(name == workload or name.rpartition("-")[0] == workload for name in names)


def _image(pod: Json) -> str:
    return str(at(pod, "spec.containers.0.image") or "")


class FluxCheck(Value):
    """A Flux object is ready, suspended, or at the newest commit."""

    cluster: str
    kind: str = "kustomization"
    namespace: str = "flux-system"
    name: str
    ready: bool | None = None
    suspended: bool | None = None

    def holds(self, seen: Seen) -> bool:
        cluster, kind = cluster_of(seen.world, self.cluster), kinds.named(self.kind)
        item = cluster.get(kind, self.namespace, self.name) if cluster and kind else None
        if item is None:
            return False
        if self.suspended is not None and self.suspended != bool(at(item, "spec.suspend")):
            return False
        return self.ready is None or self.ready == _is_true(item)


def _is_true(item: Json) -> bool:
    conditions = at(item, "status.conditions") or []
    return any(one.get("type") == "Ready" and one.get("status") == "True" for one in conditions)


class SecretCheck(Value):
    """A Secret of a cluster holds a credential that its issuer accepts."""

    cluster: str
    namespace: str = "default"
    name: str
    key: str
    holds_active: str
    """The credential's name at its issuer."""

    def holds(self, seen: Seen) -> bool:
        cluster = cluster_of(seen.world, self.cluster)
        kind = kinds.named("secret")
        item = cluster.get(kind, self.namespace, self.name) if cluster and kind else None
        value = _plain(item, self.key)
        known = seen.world.part(Issuer).credentials
        return any(one.value == value and one.name == self.holds_active and not one.revoked for one in known)


def _plain(secret: Json, key: str) -> str:
    coded = (at(secret or {}, "data") or {}).get(key, "")
    try:
        return base64.b64decode(str(coded)).decode().strip()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def current_context(world: World) -> str:
    """The kubeconfig's current context, nothing where there is none."""
    shell = world.shell
    paths = (shell.value("KUBECONFIG") or f"{shell.home}/.kube/config").split(":")
    try:
        return loaded(world.files, tuple(path for path in paths if path)).current
    except SimError:
        return ""


class ContextCheck(Value):
    """The current context of the learner's kubeconfig."""

    current: str

    def holds(self, seen: Seen) -> bool:
        return current_context(seen.world) == self.current
