"""What the cluster does by itself after a change: replica sets, pods, status, namespaces' own objects."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.autoscaling import scaled
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters, stamp
from checkpoint.core.sim.parts.kubernetes.owners import Concerned, Index
from checkpoint.core.sim.parts.registry import Registry, parts
from checkpoint.core.sim.world import World

Json = Any
REVISION = "deployment.kubernetes.io/revision"
_LETTERS = "bcdfghjklmnpqrstvwxz2456789"
_MOST = 50
"""Pods of one workload that are really made."""


def encoded(digest: bytes, length: int) -> str:
    """Letters as Kubernetes uses them in names; at least one of them a digit."""
    text = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:length])
    return text if any(char.isdecimal() for char in text) else text[:-1] + "7"


def template_hash(template: Json) -> str:
    plain = json.dumps(template, sort_keys=True, separators=(",", ":"), default=str)
    return encoded(hashlib.sha256(plain.encode("utf-8", "surrogateescape")).digest(), 10)


@dataclass(slots=True)
class Controllers:
    """Works on one cluster of a world until nothing more is to be done.

    `before` is the cluster as they left it last, so that only what has changed since has to be looked at.
    """

    world: World
    cluster: Cluster
    before: Cluster | None = None
    index: Index | None = None

    def settled(self) -> World:
        for item in self.cluster.every("horizontalpodautoscalers"):
            self.cluster = scaled(self.cluster, item, self.world.clock)
        concerned = Concerned(self.cluster, self.before, self.waits_in_vain)
        for plural, work in (
            ("deployments", self.deployment),
            ("statefulsets", self.stateful),
            ("daemonsets", self.daemon),
            ("jobs", self.job),
        ):
            for item in filter(concerned.by, self.every(plural)):
                work(copied(item))
        for item in filter(concerned.by, self.every("replicasets")):
            self.replicas(item, int((item.get("spec") or {}).get("replicas") or 0))
        for item in self.every("pods"):
            self.pod(item)
        for item in filter(concerned.by, self.every("deployments")):
            self.deployment_status(copied(item))
        for plural in ("statefulsets", "daemonsets"):
            for item in filter(concerned.by, self.every(plural)):
                self.set_status(copied(item))
        for item in self.cluster.every("namespaces"):
            self.namespace(item)
        return self.world.having(self.world.part(Clusters).having(self.cluster))

    # --- deployments --------------------------------------------------------------

    def deployment(self, item: Json) -> None:
        spec = item["spec"]
        template = spec.get("template") or {}
        name, namespace = item["metadata"]["name"], item["metadata"]["namespace"]
        mine = self.owned_by(item, "replicasets")
        digest = template_hash(template)
        new = next((one for one in mine if one["metadata"]["labels"]["pod-template-hash"] == digest), None)
        newest = max((revision_of(one) for one in mine), default=0)
        if new is None and not (spec.get("paused") and mine):
            newest += 1
            self.create(_replica_set(item, f"{name}-{digest}", digest, newest))
            rs = kinds.named("replicasets")
            assert rs is not None  # noqa: S101 - a row of the table
            new = self.cluster.get(rs, namespace, f"{name}-{digest}")
        elif new is not None and revision_of(new) < newest:
            newest += 1
            new = _with_revision(new, newest)
            self.cluster = self.cluster.put(new, self.world.clock, "kube-controller-manager")
        self.cluster = self.cluster.put(
            _with_revision(item, newest), self.world.clock, "kube-controller-manager"
        )
        if new is not None:
            self.share(item, new)

    def share(self, item: Json, new: Json) -> None:
        """How many pods each replica set gets: with a bad image the old ones stay as far as they may."""
        spec = item["spec"]
        wanted = int(spec.get("replicas") or 0)
        others = [
            one
            for one in self.owned_by(item, "replicasets")
            if one["metadata"]["name"] != new["metadata"]["name"]
        ]
        running = [
            one
            for one in others
            if int(one["spec"].get("replicas") or 0) and self.runs(one["spec"]["template"])
        ]
        strategy = spec.get("strategy") or {}
        counts = {one["metadata"]["name"]: 0 for one in others}
        if self.runs(new["spec"]["template"]) or not running or strategy.get("type") == "Recreate":
            counts[new["metadata"]["name"]] = wanted
        else:
            rolling = strategy.get("rollingUpdate") or {}
            surge = _share(rolling.get("maxSurge", "25%"), wanted, up=True)
            away = _share(rolling.get("maxUnavailable", "25%"), wanted, up=False)
            if not surge and not away:
                away = 1
            newest = max(running, key=revision_of)
            counts[newest["metadata"]["name"]] = max(0, wanted - away)
            counts[new["metadata"]["name"]] = min(wanted, surge + away)
        for one in [*others, new]:
            count = counts[one["metadata"]["name"]]
            if one["spec"].get("replicas") != count:
                changed = copied(one)
                changed["spec"]["replicas"] = count
                self.cluster = self.cluster.put(changed, self.world.clock, "kube-controller-manager")

    def deployment_status(self, item: Json) -> None:
        mine = self.owned_by(item, "replicasets")
        digest = template_hash(item["spec"].get("template") or {})
        wanted = int(item["spec"].get("replicas") or 0)
        ready = sum(self.ready_pods(one) for one in mine)
        updated = total = 0
        for one in mine:
            count = len(self.owned_by(one, "pods"))
            total += count
            if one["metadata"]["labels"]["pod-template-hash"] == digest:
                updated = count
        available = ready >= wanted - _share("25%", wanted, up=False)
        complete = updated == wanted and ready == wanted and total == wanted
        rs = f"{item['metadata']['name']}-{digest}"
        status: Json = {
            "observedGeneration": item["metadata"].get("generation", 1),
            "conditions": [
                _condition(
                    "Available", available, "MinimumReplicasAvailable", "Deployment has minimum availability."
                )
                if available
                else _condition(
                    "Available",
                    False,
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.",
                ),
                _condition(
                    "Progressing",
                    True,
                    "NewReplicaSetAvailable" if complete else "ReplicaSetUpdated",
                    f'ReplicaSet "{rs}" {"has successfully progressed." if complete else "is progressing."}',
                ),
            ],
        }
        facts = {
            "replicas": total,
            "updatedReplicas": updated,
            "readyReplicas": ready,
            "availableReplicas": ready,
            "unavailableReplicas": max(0, max(total, wanted) - ready),
        }
        status |= {name: count for name, count in facts.items() if count}
        item["status"] = status
        self.cluster = self.cluster.with_status(item)

    # --- other workloads ------------------------------------------------------------

    def stateful(self, item: Json) -> None:
        names = [
            f"{item['metadata']['name']}-{n}"
            for n in range(min(_MOST, int(item["spec"].get("replicas") or 0)))
        ]
        self.exactly(item, names)

    def daemon(self, item: Json) -> None:
        there = [one["metadata"]["name"] for one in self.owned_by(item, "pods")]
        nodes = max(1, len(self.cluster.every("nodes")))
        names = there[:nodes] + [
            f"{item['metadata']['name']}-{self.suffix()}" for _ in range(nodes - len(there))
        ]
        self.exactly(item, names)

    def job(self, item: Json) -> None:
        there = [one["metadata"]["name"] for one in self.owned_by(item, "pods")]
        self.exactly(item, there or [f"{item['metadata']['name']}-{self.suffix()}"])
        item = copied(item)
        if self.runs(item["spec"].get("template") or {}):
            item["status"] = {
                "succeeded": 1,
                "conditions": [_condition("Complete", True, "CompletionsReached", "")],
            }
        else:
            item["status"] = {"active": 1}
        self.cluster = self.cluster.with_status(item)

    def exactly(self, item: Json, names: list[str]) -> None:
        there = {one["metadata"]["name"]: one for one in self.owned_by(item, "pods")}
        template = item["spec"].get("template") or {}
        digest = template_hash(template)
        for name, pod in there.items():
            stale = (pod["metadata"].get("annotations") or {}).get("template-hash") != digest
            if name not in names or stale:
                self.cluster = self.cluster.without(pod)
        for name in names:
            if not self.cluster.held.get(("pods", item["metadata"]["namespace"], name)):
                made = _pod(item, name, template)
                made["metadata"]["annotations"] = {"template-hash": digest}
                self.create(made)

    def set_status(self, item: Json) -> None:
        pods = self.owned_by(item, "pods")
        ready = sum(is_ready(one) for one in pods)
        if item["kind"] == "DaemonSet":
            item["status"] = {
                "desiredNumberScheduled": len(pods),
                "currentNumberScheduled": len(pods),
                "numberReady": ready,
                "updatedNumberScheduled": len(pods),
                "numberAvailable": ready,
            }
        else:
            item["status"] = {"replicas": len(pods), "readyReplicas": ready, "updatedReplicas": len(pods)}
        self.cluster = self.cluster.with_status(item)

    # --- replica sets and pods --------------------------------------------------------

    def replicas(self, item: Json, count: int) -> None:
        pods = self.owned_by(item, "pods")
        wanted = min(_MOST, count)
        for one in sorted(pods, key=is_ready)[: max(0, len(pods) - wanted)]:
            self.cluster = self.cluster.without(one)
        for _ in range(wanted - len(pods)):
            self.create(_pod(item, f"{item['metadata']['name']}-{self.suffix()}", item["spec"]["template"]))
        ready = self.ready_pods(item)
        changed = copied(
            self.cluster.held[("replicasets.apps", item["metadata"]["namespace"], item["metadata"]["name"])]
        )
        status = {"observedGeneration": changed["metadata"].get("generation", 1), "replicas": wanted}
        changed["status"] = status | ({"readyReplicas": ready, "availableReplicas": ready} if ready else {})
        self.cluster = self.cluster.with_status(changed)

    def pod(self, item: Json) -> None:
        """The state of a pod: it runs, is done, or can't get its image."""
        if item.get("status") and not self.waits_in_vain(item):
            return
        made = copied(item)
        spec = made["spec"]
        spec.setdefault(
            "nodeName", next((n["metadata"]["name"] for n in self.cluster.every("nodes")), "node-1")
        )
        spec.setdefault("serviceAccountName", "default")
        good = self.runs({"spec": spec})
        done = good and spec.get("restartPolicy") == "Never"
        number = int(hashlib.sha256(str(made["metadata"].get("uid")).encode()).hexdigest()[:2], 16)
        now = stamp(self.world.clock)
        statuses = []
        for one in spec.get("containers") or []:
            image = str(one.get("image", ""))
            if not self.pullable(image):
                why = f'Back-off pulling image "{image}"'
                state: Json = {"waiting": {"reason": "ImagePullBackOff", "message": why}}
            elif done:
                state = {"terminated": {"exitCode": 0, "reason": "Completed", "finishedAt": now}}
            else:
                state = {"running": {"startedAt": now}}
            statuses.append(
                {
                    "name": one.get("name"),
                    "image": image,
                    "imageID": self.image_id(image),
                    "ready": "running" in state,
                    "started": "running" in state,
                    "restartCount": 0,
                    "state": state,
                }
            )
        made["status"] = {
            "phase": "Succeeded" if done else "Running" if good else "Pending",
            "conditions": [_condition("Ready", good and not done, "" if good else "ContainersNotReady", "")],
            "containerStatuses": statuses,
            "hostIP": "172.18.0.2",
            "podIP": f"10.244.0.{number % 250 + 4}",
            "qosClass": _quality(spec),
            "startTime": now,
        }
        self.cluster = self.cluster.with_status(made)

    def namespace(self, item: Json) -> None:
        if "status" not in item:
            made = copied(item)
            made["status"] = {"phase": "Active"}
            self.cluster = self.cluster.with_status(made)

    # --- helpers ------------------------------------------------------------------------

    def create(self, item: Json) -> None:
        uid, self.world = self.world.draw_uuid("kubernetes")
        self.cluster = self.cluster.put(item, self.world.clock, "kube-controller-manager", uid)

    def suffix(self) -> str:
        made, self.world = self.world.draw("pod")
        return encoded(made, 5)

    def runs(self, template: Json) -> bool:
        containers = (template.get("spec") or {}).get("containers") or []
        return all(self.pullable(str(one.get("image", ""))) for one in containers)

    def pullable(self, image: str) -> bool:
        return image not in self.cluster.bad_images and self.world.part(Registry).knows(image)

    def image_id(self, image: str) -> str:
        """What runs, by its digest; nothing while it can't be pulled."""
        name, digest = parts(image)[0], self.world.part(Registry).digest(image)
        return f"{name}@{digest}" if self.pullable(image) else ""

    def waits_in_vain(self, pod: Json) -> bool:
        """Whether a pod waits for an image that can be pulled by now."""
        statuses = (pod.get("status") or {}).get("containerStatuses") or []
        waiting = any("waiting" in (one.get("state") or {}) for one in statuses)
        return waiting and self.runs({"spec": pod.get("spec") or {}})

    def found(self) -> Index:
        if self.index is None or self.index.held is not self.cluster.held:
            self.index = Index(self.cluster.held)
        return self.index

    def every(self, plural: str) -> list[Json]:
        return list(self.found().of_kind(plural))

    def owned_by(self, item: Json, plural: str) -> list[Json]:
        return list(self.found().owned_by(item, plural))

    def ready_pods(self, item: Json) -> int:
        """Pods that will be ready once they have started."""
        good = self.runs(item["spec"].get("template") or {})
        return len(self.owned_by(item, "pods")) if good else 0


def _quality(spec: Json) -> str:
    """Guaranteed where every container's limits are its requests, BestEffort where nobody names any."""
    told = [one.get("resources") or {} for one in spec.get("containers") or []]
    if not any(one.get("limits") or one.get("requests") for one in told):
        return "BestEffort"
    full = [set(one.get("limits") or {}) >= {"cpu", "memory"} for one in told]
    same = [one.get("requests", one.get("limits")) == one.get("limits") for one in told]
    return "Guaranteed" if all(full) and all(same) else "Burstable"


def settle(world: World, name: str, before: Cluster | None = None) -> World:
    """Let the controllers of a cluster do their work; `before` is how they left it last, if that is known."""
    cluster = world.part(Clusters).clusters.get(name)
    return Controllers(world, cluster, before).settled() if cluster else world


def is_ready(pod: Json) -> bool:
    statuses = (pod.get("status") or {}).get("containerStatuses") or []
    return bool(statuses) and all(one.get("ready") for one in statuses)


def revision_of(item: Json) -> int:
    text = str((item["metadata"].get("annotations") or {}).get(REVISION, "0"))
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _with_revision(item: Json, revision: int) -> Json:
    made = copied(item)
    made["metadata"]["annotations"] = {**(made["metadata"].get("annotations") or {}), REVISION: str(revision)}
    return made


def _replica_set(owner: Json, name: str, digest: str, revision: int) -> Json:
    spec = owner["spec"]
    label = {"pod-template-hash": digest}
    template = copied(spec.get("template") or {})
    meta = template.setdefault("metadata", {})
    meta["labels"] = {**(meta.get("labels") or {}), **label}
    annotations = dict(owner["metadata"].get("annotations") or {})
    annotations.pop("kubectl.kubernetes.io/last-applied-configuration", None)
    return {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {
            "name": name,
            "namespace": owner["metadata"]["namespace"],
            "labels": dict(meta["labels"]),
            "annotations": {**annotations, REVISION: str(revision)},
            "ownerReferences": [_reference(owner)],
        },
        "spec": {
            "replicas": 0,
            "selector": {"matchLabels": {**((spec.get("selector") or {}).get("matchLabels") or {}), **label}},
            "template": template,
        },
    }


def _pod(owner: Json, name: str, template: Json) -> Json:
    meta = template.get("metadata") or {}
    made: Json = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": name,
            "namespace": owner["metadata"]["namespace"],
            "labels": dict(meta.get("labels") or {}),
            "ownerReferences": [_reference(owner)],
        },
        "spec": copied(template.get("spec") or {}),
    }
    if meta.get("annotations"):
        made["metadata"]["annotations"] = dict(meta["annotations"])
    return made


def _reference(owner: Json) -> Json:
    return {
        "apiVersion": owner["apiVersion"],
        "blockOwnerDeletion": True,
        "controller": True,
        "kind": owner["kind"],
        "name": owner["metadata"]["name"],
        "uid": owner["metadata"].get("uid", ""),
    }


def _condition(kind: str, value: bool, reason: str, message: str) -> Json:
    made = {"type": kind, "status": "True" if value else "False"}
    return made | ({"reason": reason} if reason else {}) | ({"message": message} if message else {})


def _share(value: Any, whole: int, *, up: bool) -> int:
    """`25%` of a number, rounded up for a surge and down for what may be missing."""
    text = str(value)
    if text.endswith("%") and text[:-1].isdecimal() and len(text) < 6:
        part = int(text[:-1]) * whole
        return -(-part // 100) if up else part // 100
    return int(text) if text.isdecimal() and len(text) < 6 else 0
