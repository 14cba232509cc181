"""From a pushed image to a running pod: scan, policy, commit, push, source, Kustomization."""

import json
from typing import Any

import pytest

from checkpoint.core.sim.parts.flux.events import ImageChosen, ImagePushRefused, ImageScanned, ImageWritten
from checkpoint.core.sim.start import changed_by
from tests.core.sim.conftest import Terminal
from tests.core.sim.platform import URL, clustered, kustomization, namespaces, published, source, waited

IMAGE = "ghcr.io/acme/backend"
OLD, NEW = "production-v1.0.0-abc1234-1700000000", "production-v1.1.0-abc1299-1800000000"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: backend}
spec:
  replicas: 1
  selector: {matchLabels: {app: backend}}
  template:
    metadata: {labels: {app: backend}}
    spec: {containers: [{name: backend, image: ghcr.io/acme/backend}]}
"""
OVERLAY = f"""apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: production
resources: [../base]
images:
  - name: ghcr.io/acme/backend
    newTag: {OLD} # {{"$imagepolicy": "production:backend:tag"}}
"""
TAG = "kubectl -n production get deploy backend -o jsonpath='{.spec.template.spec.containers[0].image}'"
DIGEST = "kubectl -n production get pods -o jsonpath='{.items[0].status.containerStatuses[0].imageID}'"


def of_images(kind: str, name: str, namespace: str, **spec: Any) -> dict[str, Any]:
    meta = {"name": name, "namespace": namespace}
    return {"apiVersion": "image.toolkit.fluxcd.io/v1", "kind": kind, "metadata": meta, "spec": spec}


def policy(prefix: str = "production-v", order: str = "asc") -> dict[str, Any]:
    return of_images(
        "ImagePolicy",
        "backend",
        "production",
        imageRepositoryRef={"name": "backend", "namespace": "flux-system"},
        filterTags={"pattern": f"^{prefix}[0-9.]+-[a-f0-9]+-(?P<ts>[0-9]+)$", "extract": "$ts"},
        policy={"numerical": {"order": order}},
    )


AUTOMATION = of_images(
    "ImageUpdateAutomation",
    "backend",
    "production",
    interval="5m",
    sourceRef={"kind": "GitRepository", "name": "flux-system", "namespace": "flux-system"},
    git={
        "checkout": {"ref": {"branch": "main"}},
        "commit": {
            "author": {"name": "fluxcdbot", "email": "bot@example.com"},
            "messageTemplate": "Update production backend image\n\n[ci skip]",
        },
        "push": {"branch": "main"},
    },
    update={"path": "./flux/apps/backend/production", "strategy": "Setters"},
)


@pytest.fixture
def flux(terminal: Terminal) -> Terminal:
    files = {
        "flux/apps/backend/base/deployment.yaml": DEPLOYMENT,
        "flux/apps/backend/base/kustomization.yaml": "resources: [deployment.yaml]\n",
        "flux/apps/backend/production/kustomization.yaml": OVERLAY,
    }
    published(terminal, files)
    clustered(
        terminal,
        *namespaces("production", "flux-system"),
        source(),
        kustomization("backend-production", "./flux/apps/backend/production"),
        of_images("ImageRepository", "backend", "flux-system", image=IMAGE, interval="1m"),
        policy(),
        AUTOMATION,
        registry={IMAGE: {OLD: "build-1", "staging-v1.1.0-abc1299-1800000000": "build-2"}},
    )
    terminal.out("flux reconcile ks backend-production --with-source")
    return terminal


def patch(terminal: Terminal, kind: str, spec: dict[str, Any], namespace: str = "production") -> None:
    name = "backend" if namespace == "production" else "backend-production"
    told = json.dumps({"spec": spec})
    terminal.out(f"kubectl -n {namespace} patch {kind} {name} --type merge -p '{told}'")


def mark(terminal: Terminal, policy_name: str) -> None:
    """Let the line of the production overlay follow another policy."""
    file = "flux/apps/backend/production/kustomization.yaml"
    terminal(f"sed -i 's/production:backend:tag/{policy_name}:tag/' {file}")
    terminal.out("git commit -qam 'Mark another'; git push -q origin HEAD:main")


def push(terminal: Terminal, tag: str, content: str = "") -> None:
    terminal.world = changed_by(terminal.world, {"registry": {IMAGE: {tag: content}}})


def test_a_pushed_image_runs_some_minutes_later_and_each_step_is_told(flux: Terminal) -> None:
    assert flux.out(TAG).endswith(OLD)
    push(flux, NEW, "build-2")
    made = waited(flux, 300)
    kinds = [type(one) for one in made.events if isinstance(one, ImageScanned | ImageChosen | ImageWritten)]
    assert kinds == [ImageScanned, ImageChosen, ImageWritten]
    assert flux.out(TAG).endswith(NEW)
    assert "Running" in flux.out("kubectl -n production get pods")
    flux.out("git pull -q")
    assert "fluxcdbot: Update production backend image" in flux.out("git log -1 --format='%an: %s'")
    assert "[ci skip]" in flux.out("git log -1 --format=%b")


def test_a_promoted_image_has_the_digest_of_the_one_that_was_tested(flux: Terminal) -> None:
    push(flux, NEW, "build-2")
    waited(flux, 300)
    promoted = flux.out(DIGEST)
    flux.out(
        f"kubectl -n production set image deploy/backend backend={IMAGE}:staging-v1.1.0-abc1299-1800000000"
    )
    assert flux.out(DIGEST) == promoted
    assert promoted.startswith(f"{IMAGE}@sha256:")


def test_a_reverted_image_comes_back_unless_the_automation_is_stopped_first(flux: Terminal) -> None:
    push(flux, NEW)
    waited(flux, 300)
    flux.out("git pull -q; git revert --no-edit HEAD; git push -q origin HEAD:main")
    waited(flux, 600)
    assert flux.out(TAG).endswith(NEW)
    flux.out("flux suspend image update backend -n production")
    flux.out("git pull -q; git revert --no-edit HEAD; git push -q origin HEAD:main")
    waited(flux, 1200)
    assert flux.out(TAG).endswith(OLD)
    flux("flux resume image update backend -n production")
    waited(flux, 300)
    assert flux.out(TAG).endswith(NEW)


def test_a_policy_pinned_to_the_good_tag_makes_a_rollback_last(flux: Terminal) -> None:
    push(flux, NEW)
    waited(flux, 300)
    pinned = {"pattern": f"^{OLD}$", "extract": ""}
    order = {"alphabetical": {"order": "asc"}, "numerical": None}
    patch(flux, "imagepolicy", {"filterTags": pinned, "policy": order})
    waited(flux, 600)
    assert flux.out(TAG).endswith(OLD)


def test_a_line_marked_for_a_policy_of_another_namespace_is_never_written(flux: Terminal) -> None:
    mark(flux, "staging:backend")
    push(flux, NEW)
    waited(flux, 900)
    assert flux.out(TAG).endswith(OLD)
    for kind in ("repository", "policy", "update"):
        assert "False" not in flux.out(f"flux get image {kind} -A --no-header --status-selector ready=false")


def test_in_one_namespace_a_marker_of_another_environment_writes_its_tag(flux: Terminal) -> None:
    staging = policy("staging-v")
    staging["metadata"]["name"] = "backend-staging"
    facts = {"clusters": {"production": {"objects": [staging]}}}
    flux.world = changed_by(flux.world, {"kubernetes": facts})
    mark(flux, "production:backend-staging")
    waited(flux, 900)
    assert flux.out(TAG).endswith("staging-v1.1.0-abc1299-1800000000")


def test_an_order_that_falls_chooses_the_oldest_build(flux: Terminal) -> None:
    push(flux, NEW)
    waited(flux, 300)
    patch(flux, "imagepolicy", {"policy": {"numerical": {"order": "desc"}}})
    waited(flux, 600)
    assert flux.out(TAG).endswith(OLD)


def test_branch_rules_stop_the_automation_unless_it_may_pass_them(flux: Terminal) -> None:
    flux.world = changed_by(flux.world, {"remotes": {URL: {"protected": ["main"]}}})
    push(flux, NEW)
    made = waited(flux, 300)
    assert [one.branch for one in made.events if isinstance(one, ImagePushRefused)][:1] == ["main"]
    assert "protected branch hook declined" in flux.out("flux get image update -n production")
    rules = {URL: {"protected": ["main"], "bypass": ["fluxcdbot"]}}
    flux.world = changed_by(flux.world, {"remotes": rules})
    waited(flux, 600)
    assert flux.out(TAG).endswith(NEW)


def test_an_automation_that_pushes_to_a_branch_leaves_main_to_people(flux: Terminal) -> None:
    patch(flux, "imageupdateautomation", {"git": {"push": {"branch": "image-updates"}}})
    push(flux, NEW)
    waited(flux, 900)
    assert flux.out(TAG).endswith(OLD)
    flux.out("git fetch -q")
    assert NEW in flux.out("git show origin/image-updates:flux/apps/backend/production/kustomization.yaml")
    assert flux.out("git rev-list --count origin/main..origin/image-updates").strip() == "1"


def test_reconciling_a_repository_brings_what_follows_at_once(flux: Terminal) -> None:
    push(flux, NEW)
    made = flux("flux reconcile image repository backend")
    assert made.stderr.splitlines() == [
        "► annotating ImageRepository backend in flux-system namespace",
        "✔ ImageRepository annotated",
        "◎ waiting for ImageRepository reconciliation",
        "✔ scan fetched 3 tags",
    ]
    told = flux.out("flux get image policy -n production backend --no-header")
    assert f"{NEW}\tTrue" in told
    assert f"(previously {IMAGE}:{OLD})" in told
    flux.out("flux reconcile ks backend-production --with-source")
    assert flux.out(TAG).endswith(NEW)


def test_a_tag_that_was_never_pushed_cannot_be_pulled(flux: Terminal) -> None:
    flux.out(f"kubectl -n production set image deploy/backend backend={IMAGE}:production-v9.9.9")
    assert "ImagePullBackOff" in flux.out("kubectl -n production get pods")
    push(flux, "production-v9.9.9")
    flux("kubectl -n production annotate deploy backend looked=again")
    assert "ImagePullBackOff" not in flux.out("kubectl -n production get pods")


def test_waiting_for_health_makes_a_bad_image_show_in_the_kustomization(flux: Terminal) -> None:
    patch(flux, "ks", {"wait": True, "timeout": "3m"}, "flux-system")
    flux(f"sed -i 's/{OLD}/production-v0.0.1/' flux/apps/backend/production/kustomization.yaml")
    flux("git commit -qam 'A tag that is not there'; git push -q origin HEAD:main")
    made = flux("flux reconcile ks backend-production --with-source")
    why = "timeout waiting for: [Deployment/production/backend status: 'InProgress']"
    assert f"Kustomization reconciliation failed: 'health check failed after 3m0s: {why}'" in made.stderr
