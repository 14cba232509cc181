"""Flux: what an interval or a reconcile fetches, applies, corrects and removes."""

import json

import pytest

from checkpoint.core.sim.actors import EVERY_TIME, Schedule
from checkpoint.core.sim.parts.flux.events import Reconciled
from checkpoint.core.sim.parts.kubernetes.events import ClusterWritten
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.start import changed_by, world_from
from tests.core.sim.conftest import Terminal

URL = "git@git.example.com:acme/platform.git"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: production, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
"""
CONFIG = """apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: production}
data: {MODE: live}
"""


@pytest.fixture
def flux(terminal: Terminal) -> Terminal:
    terminal("git init -q platform; cd platform; mkdir apps; cat > apps/web.yaml", stdin=DEPLOYMENT)
    terminal("cat > apps/settings.yaml", stdin=CONFIG)
    terminal("git add .; git commit -qm 'First'; git init -q --bare /tmp/p.git; git push -q /tmp/p.git main")
    from checkpoint.core.sim.parts.files import Files, Folder
    from checkpoint.core.sim.parts.git.hosting import Hosting

    bare = terminal.world.files.get("/tmp/p.git")  # noqa: S108
    assert isinstance(bare, Folder)
    servers = Files().graft("/acme/platform.git", bare)
    terminal.world = terminal.world.having(Hosting(files=servers))
    terminal(f"git remote add origin {URL}; git fetch -q; git branch -q -u origin/main")
    facts = {
        "cluster": "production",
        "gitrepositories": [
            {"name": "flux-system", "url": f"ssh://{URL.replace(':', '/')}", "interval": "1m"}
        ],
        "kustomizations": [{"name": "apps", "path": "./apps", "interval": "10m"}],
    }
    terminal.world = changed_by(terminal.world, {"flux": facts})
    terminal("kubectl create namespace production")
    terminal.out("flux reconcile kustomization apps --with-source")
    return terminal


def replicas(terminal: Terminal) -> str:
    return terminal.out("kubectl -n production get deploy web -o jsonpath='{.spec.replicas}'")


def test_what_git_holds_is_applied(flux: Terminal) -> None:
    assert replicas(flux) == "2"
    assert "Applied revision: main@sha1:" in flux.out("flux get kustomizations")


def test_changes_by_hand_are_undone_also_fields_that_git_does_not_hold(flux: Terminal) -> None:
    flux.out("kubectl -n production scale deploy web --replicas=5")
    flux.out("kubectl -n production label deploy web by=hand")
    flux.out("kubectl -n production delete cm settings")
    made = flux("flux reconcile kustomization apps")
    told = next(one for one in made.events if isinstance(one, Reconciled))
    assert set(told.corrected) == {"deployment.apps/web", "configmap/settings"}
    assert {one.path for one in made.events if isinstance(one, ClusterWritten)} == {"flux"}
    assert replicas(flux) == "2"
    assert "by=hand" not in flux.out("kubectl -n production get deploy web --show-labels")


def test_another_managers_field_stays(flux: Terminal) -> None:
    flux.out("kubectl -n production label deploy web by=hand --field-manager=flux-client-side-apply")
    flux.out("flux reconcile kustomization apps")
    assert "by=hand" in flux.out("kubectl -n production get deploy web --show-labels")


def test_an_interval_corrects_by_itself_unless_suspended(flux: Terminal) -> None:
    flux("flux suspend kustomization apps")
    flux.out("kubectl -n production scale deploy web --replicas=5")
    flux.world = step(flux.world, Step("wait", seconds=3600)).world
    assert replicas(flux) == "5"
    flux("flux resume kustomization apps")
    flux.out("kubectl -n production scale deploy web --replicas=5")
    flux.world = step(flux.world, Step("wait", seconds=1200)).world
    assert replicas(flux) == "2"


def test_without_the_source_a_push_is_not_seen_and_what_left_git_is_pruned(flux: Terminal) -> None:
    flux("git rm -q apps/settings.yaml; git commit -qm 'Drop settings'; git push -q origin HEAD:main")
    assert flux("kubectl -n production get cm settings").code == 0
    flux.out("flux reconcile kustomization apps --with-source")
    assert flux("kubectl -n production get cm settings").code == 1


def test_a_broken_commit_keeps_what_runs_and_says_so(flux: Terminal) -> None:
    flux("cat > apps/web.yaml", stdin="a: [b\n")
    flux("git commit -qam 'Break'; git push -q origin HEAD:main")
    made = flux("flux reconcile kustomization apps --with-source")
    assert made.code == 1
    assert "reconciliation failed" in made.stderr
    assert replicas(flux) == "2"
    ready = json.loads(flux.out("kubectl -n flux-system get kustomization apps -o json"))
    assert ready["status"]["conditions"][0]["status"] == "False"


def test_options_may_stand_in_front_of_the_subcommand_as_a_guard_puts_them(flux: Terminal) -> None:
    assert "apps" in flux.out("flux --context production --namespace flux-system get kustomizations")
    assert flux("flux --namespace flux-system stats").code == 2
    assert flux("flux nope").code == 1


def test_a_diff_tells_what_an_apply_would_undo_and_what_it_would_make(flux: Terminal) -> None:
    assert flux("flux diff kustomization apps --path apps").code == 0
    flux.out("kubectl -n production scale deploy web --replicas=5")
    flux.out("kubectl -n production delete cm settings")
    made = flux("flux diff kustomization apps --path apps")
    assert made.code == 1
    assert made.stdout == (
        "► ConfigMap/production/settings created\n"
        "► Deployment/production/web drifted\n\n"
        "metadata.generation\n  ± value change\n    - 2\n    + 3\n\n"
        "spec.replicas\n  ± value change\n    - 5\n    + 2\n\n"
    )
    flux("rm apps/settings.yaml")
    assert "► ConfigMap/production/settings deleted" in flux("flux diff ks apps --path apps").stdout
    assert replicas(flux) == "5"


def test_logs_events_tree_and_trace_tell_what_the_controllers_did(flux: Terminal) -> None:
    assert "info Kustomization/apps.flux-system - Reconciliation finished in" in flux.out("flux logs")
    assert flux.out("flux logs --level error") == ""
    assert "Deployment/production/web created" in flux.out("flux events --for Kustomization/apps")
    assert flux.out("flux tree ks apps") == (
        "Kustomization/flux-system/apps\n├── ConfigMap/production/settings\n└── Deployment/production/web\n"
    )
    assert "Kustomization: apps\n" in flux.out("flux trace deploy web -n production")
    assert flux("flux trace deploy nope -n production").code == 1


def test_events_last_an_hour_and_a_controllers_log_longer_than_its_routine(flux: Terminal) -> None:
    flux.out("kubectl -n production scale deploy web --replicas=5")
    flux.world = step(flux.world, Step("wait", seconds=900)).world
    corrected = "Deployment/production/web configured"
    assert corrected in flux.out("flux events")
    assert corrected in flux.out("kubectl get events -n flux-system")
    for _ in range(60):
        flux.world = step(flux.world, Step("wait", seconds=3000)).world
    assert corrected not in flux.out("flux events")
    assert corrected not in flux.out("kubectl get events -n flux-system")
    assert "server-side apply completed" in flux.out("flux logs --kind Kustomization")


def test_a_controllers_pod_logs_what_it_did_as_json(flux: Terminal) -> None:
    flux("kubectl -n flux-system create deployment kustomize-controller --image=controller:1")
    lines = flux.out("kubectl -n flux-system logs deploy/kustomize-controller").splitlines()
    told = [json.loads(one) for one in lines]
    assert {one["controllerKind"] for one in told} == {"Kustomization"}
    assert any("Deployment/production/web created" in one["msg"] for one in told)
    assert flux.out("kubectl -n production logs deploy/web") == ""


def test_a_field_that_the_kind_does_not_have_fails_before_anything_is_applied(flux: Terminal) -> None:
    flux("sed -i 's/replicas: 2/replica: 3/' apps/web.yaml")
    flux("git commit -qam 'Typo'; git push -q origin HEAD:main")
    made = flux("flux reconcile ks apps --with-source")
    assert "Deployment/production/web dry-run failed: failed to create typed patch object" in made.stderr
    assert ".spec.replica: field not declared in schema" in made.stderr
    assert replicas(flux) == "2"


def test_a_kustomization_waits_for_what_it_depends_on(flux: Terminal) -> None:
    patch = '{"spec":{"dependsOn":[{"name":"infrastructure"}]}}'
    flux.out(f"kubectl -n flux-system patch ks apps --type merge -p '{patch}'")
    made = flux("flux reconcile ks apps")
    assert "dependency 'flux-system/infrastructure' not found" in made.stderr


def test_a_deleted_kustomization_takes_its_objects_along_unless_it_was_suspended(flux: Terminal) -> None:
    other = json.loads(flux.out("kubectl -n flux-system get ks apps -o json"))
    flux.out("flux suspend ks apps; kubectl -n flux-system delete ks apps")
    assert replicas(flux) == "2"
    plain = {key: other[key] for key in ("apiVersion", "kind", "spec")}
    plain["metadata"] = {"name": "apps", "namespace": "flux-system"}
    flux("kubectl apply -f -", stdin=json.dumps(plain))
    flux.out("flux reconcile ks apps; kubectl -n flux-system delete ks apps")
    assert flux("kubectl -n production get deploy web").code == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("flux reconcile ks", "✗ Kustomization name is required\n"),
        ("flux suspend ks", "✗ kustomization name is required\n"),
        ("flux reconcile ks nope", '✗ kustomizations.kustomize.toolkit.fluxcd.io "nope" not found\n'),
        ("flux get nope", '✗ unknown command "nope" for "flux get"\n'),
        ("flux get ks --nope", "✗ unknown flag: --nope\n"),
        ("flux --context nope get ks", '✗ context "nope" does not exist\n'),
        ("flux diff ks apps", '✗ invalid resource path ""\n'),
        ("flux delete ks apps", "simulator: flux delete is not simulated here; nothing was done\n"),
    ],
)
def test_wrong_uses_of_flux_are_answered_in_its_words(flux: Terminal, line: str, told: str) -> None:
    made = flux(line)
    assert made.stderr == told
    assert made.code != 0


def test_a_month_of_waiting_is_hardly_more_work_than_an_hour():
    """Events are the measure: what repeats is looked at often enough to come to the same, and no oftener."""
    world = world_from({"state": {"flux": {"cluster": "staging", "kustomizations": [{"name": "apps"}]}}})
    month = step(world, Step("wait", seconds=30 * 86_400))
    assert 0 < len(month.events) <= EVERY_TIME
    assert month.world.clock == world.clock + 30 * 86_400
    assert not [one for one in month.world.part(Schedule).due if one.at <= month.world.clock]


def test_a_namespace_from_git_keeps_the_label_that_the_server_gives_it(flux: Terminal) -> None:
    namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}"
    flux(
        "cat > apps/shop.yaml; git add .; git commit -qm Shop; git push -q origin HEAD:main",
        stdin=namespace,
    )
    flux.out("flux reconcile kustomization apps --with-source")
    made = flux("flux reconcile kustomization apps")
    assert [event for event in made.events if isinstance(event, Reconciled) and event.corrected] == []
    label = r"{.metadata.labels.kubernetes\.io/metadata\.name}"
    assert flux.out(f"kubectl get namespace shop -o jsonpath='{label}'") == "shop"
