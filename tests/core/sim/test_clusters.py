"""A cluster's objects as a value: listed by namespace and name, whatever became of them meanwhile."""

from typing import Any

from checkpoint.core.sim.parts.kubernetes.clusters import Cluster

CLOCK = 1_795_428_000


def secret(name: str, namespace: str = "default", **facts: Any) -> dict[str, Any]:
    meta = {"name": name, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": meta, **facts}


def holding(*names: str) -> Cluster:
    cluster = Cluster("dev")
    for name in names:
        cluster = cluster.put(secret(name), CLOCK, "kubectl")
    return cluster


def names(cluster: Cluster) -> list[str]:
    return [one["metadata"]["name"] for one in cluster.every("secrets")]


def test_a_status_found_out_is_listed_in_its_place() -> None:
    cluster = holding("b", "a", "c")
    assert names(cluster) == ["a", "b", "c"]
    after = cluster.with_status(secret("b", status={"seen": 1}))
    assert names(after) == ["a", "b", "c"]
    assert after.every("secrets")[1]["status"] == {"seen": 1}
    assert "status" not in cluster.every("secrets")[1]


def test_an_object_that_came_by_its_status_is_listed_too() -> None:
    cluster = holding("b")
    assert names(cluster) == ["b"]
    assert names(cluster.with_status(secret("a", status={"seen": 1}))) == ["a", "b"]


def test_what_is_gone_is_not_listed() -> None:
    cluster = holding("a", "b")
    assert names(cluster.with_status(secret("a", status={"seen": 1})).without(secret("a"))) == ["b"]
