"""Objects of a cluster, and what its workloads run."""

import base64
import binascii
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.flux.choosing import NoChoice, filtered
from checkpoint.core.sim.parts.issuer import Issuer
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters
from checkpoint.core.sim.parts.kubernetes.controllers import is_ready
from checkpoint.core.sim.parts.kubernetes.kubeconfig import loaded
from checkpoint.core.sim.parts.registry import Registry
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.scenario.checks.fields import FieldCheck, at
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.world import World
from checkpoint.core.values import Value

Json = Any


def cluster_of(world: World, name: str) -> Cluster | None:
    return world.part(Clusters).clusters.get(name)


class ObjectCheck(FieldCheck):
    """An object exists (or doesn't), and one of its fields has a value."""

    cluster: str
    kind: str
    """As for kubectl: `deployment`, `kustomization`, `secret`."""
    namespace: str = "default"
    name: str
    unchanged: bool = False
    """The field, or the whole specification, is what it was at the start."""

    def holds(self, seen: Seen) -> bool:
        item = self._item(seen.world)
        if item is None or not self.exists:
            return (item is not None) == self.exists
        value = at(item, self.field or "spec")
        if self.unchanged and value != at(self._item(seen.start) or {}, self.field or "spec"):
            return False
        return self.passes(value)

    def _item(self, world: World) -> Json:
        cluster, kind = cluster_of(world, self.cluster), kinds.named(self.kind)
        return cluster.get(kind, self.namespace, self.name) if cluster and kind else None


class RunningCheck(Value):
    """All pods of a workload are ready and run an image."""

    cluster: str
    namespace: str = "default"
    workload: str
    """A deployment's, stateful set's or daemon set's name."""
    image: str = "*"
    """What the pods' first container runs; `*` stands for anything."""
    same_as: str = ""
    """An image of the registry, by its tag: what runs has its digest, whatever it is called."""

    def holds(self, seen: Seen) -> bool:
        cluster = cluster_of(seen.world, self.cluster)
        pods = cluster.every("pods", self.namespace) if cluster else []
        own = [one for one in pods if _belongs(one, self.workload)]
        digest = seen.world.part(Registry).digest(self.same_as) if self.same_as else ""
        asked = self.image, digest
        return bool(own) and all(_RUNS.get(one, asked, partial(self._fits, one, digest)) for one in own)

    def _fits(self, pod: Json, digest: str) -> bool:
        running = str(at(pod, "status.containerStatuses.0.imageID") or "")
        return is_ready(pod) and fnmatchcase(_image(pod), self.image) and running.endswith(digest)


_RUNS: Recent[bool] = Recent(512)
"""By the pod and what it should run."""


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


class PolicyCheck(Value):
    """An ImagePolicy of a cluster lets some tags through its filter, and others not."""

    cluster: str
    namespace: str
    name: str
    takes: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()

    def holds(self, seen: Seen) -> bool:
        cluster, kind = cluster_of(seen.world, self.cluster), kinds.named("imagepolicy")
        item = cluster.get(kind, self.namespace, self.name) if cluster and kind else None
        if item is None:
            return False
        try:
            return _PASSED.get(item, (self.takes, self.refuses), lambda: self._fits(item))
        except NoChoice:
            return False

    def _fits(self, item: Json) -> bool:
        passed = filtered(item.get("spec") or {}, (*self.takes, *self.refuses))
        return passed.issuperset(self.takes) and passed.isdisjoint(self.refuses)


_PASSED: Recent[bool] = Recent(256)
"""By the ImagePolicy and the tags that it is tried with."""


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
