"""Autoscalers: how many pods they ask for, and whose field the number of pods is then."""

import pytest

from checkpoint.core.sim.start import changed_by
from tests.core.sim.conftest import Terminal
from tests.core.sim.platform import clustered, kustomization, namespaces, published, source

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: production, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", resources: {requests: {cpu: 100m}}}]}
"""
AUTOSCALER = """apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: production}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 8
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
"""


def loaded(terminal: Terminal, cpu: str) -> None:
    """Let all pods of the workload use so much; the autoscaler sees it with the next change."""
    facts = {"clusters": {"production": {"load": {"production/web": {"cpu": cpu}}}}}
    terminal.world = changed_by(terminal.world, {"kubernetes": facts})


@pytest.fixture
def flux(terminal: Terminal) -> Terminal:
    published(terminal, {"apps/web.yaml": DEPLOYMENT, "apps/hpa.yaml": AUTOSCALER})
    clustered(terminal, *namespaces("production", "flux-system"), source(), kustomization("apps", "./apps"))
    terminal.out("kubectl config set-context --current --namespace production")
    loaded(terminal, "400m")
    terminal.out("flux reconcile kustomization apps --with-source")
    return terminal


def replicas(terminal: Terminal) -> str:
    return terminal.out("kubectl get deploy web -o jsonpath='{.spec.replicas}'")


def test_the_load_over_the_target_gives_the_number_of_pods(flux: Terminal) -> None:
    assert replicas(flux) == "6"
    assert "cpu: 66%/70%   2         8         6" in flux.out("kubectl get hpa")
    assert flux.out("kubectl get pods --no-headers | wc -l").strip() == "6"


@pytest.mark.parametrize(
    ("cpu", "count"), [("5m", "2"), ("900m", "8"), ("410m", "6"), ("450m", "6"), ("500m", "8")]
)
def test_it_stays_inside_its_bounds_and_leaves_small_differences_alone(flux, cpu, count) -> None:
    loaded(flux, cpu)
    assert replicas(flux) == count


def test_flux_leaves_the_number_to_the_autoscaler_where_git_names_none(flux: Terminal) -> None:
    flux.out("kubectl scale deploy web --replicas=3")
    assert replicas(flux) == "6"
    assert "drifted" not in flux("flux diff kustomization apps --path ~/platform/apps").stdout
    flux.out("flux reconcile kustomization apps")
    assert replicas(flux) == "6"


def test_an_autoscaler_is_described_with_what_is_used_and_aimed_at(flux: Terminal) -> None:
    told = flux.out("kubectl describe hpa web")
    assert "resource cpu on pods  (as a percentage of request):  66% / 70%" in told
    assert "6 current / 6 desired" in told


def test_a_workload_that_was_stopped_stays_so(flux: Terminal) -> None:
    flux.out("kubectl scale deploy web --replicas=0")
    assert replicas(flux) == "0"


def test_without_usage_only_the_bounds_count(flux: Terminal) -> None:
    loaded(flux, "0")
    flux.out("kubectl scale deploy web --replicas=20")
    assert replicas(flux) == "8"
    assert "cpu: <unknown>/70%" in flux.out("kubectl get hpa")
