"""The cluster's controllers look only at what a change concerns, and leave nothing undone."""

import pytest

from checkpoint.core.sim.parts.kubernetes.clusters import Clusters
from checkpoint.core.sim.parts.kubernetes.controllers import settle
from tests.core.sim.test_kubernetes import kubectl  # noqa: F401

LINES = (
    "kubectl create deployment api --image=api:1 --replicas=3",
    "kubectl scale deployment api --replicas=5",
    "kubectl set image deployment/api api=web:bad",
    "kubectl set image deployment/api api=api:2",
    "kubectl rollout undo deployment/web",
    "kubectl rollout restart deployment/api",
    "kubectl delete pods --all",
    "kubectl delete replicasets --all",
    "kubectl create job once --image=api:1",
    "kubectl create namespace other && kubectl create deployment api --image=api:1 -n other",
    "kubectl label pods --all owner=me --overwrite",
    "kubectl autoscale deployment web --min=3 --max=6",
    "kubectl delete namespace other",
    "kubectl delete deployment api",
    "kubectl delete pod -l app=web",
)


@pytest.mark.parametrize("upto", range(1, len(LINES) + 1))
def test_after_a_line_the_controllers_of_the_whole_cluster_have_nothing_left_to_do(kubectl, upto):  # noqa: F811
    for line in LINES[:upto]:
        kubectl(line)
    left = settle(kubectl.world, "dev")
    assert left.part(Clusters).clusters["dev"] == kubectl.world.part(Clusters).clusters["dev"]


def test_pods_taken_away_come_back_and_their_owners_notice(kubectl):  # noqa: F811
    before = kubectl.out("kubectl get pods -o name").split()
    kubectl("kubectl delete pods --all")
    after = kubectl.out("kubectl get pods -o name").split()
    assert len(before) == len(after) == 2 and not set(before) & set(after)
    assert "2/2" in kubectl.out("kubectl get deployment web")
