"""Clusters, kubectl and the context guard: what is written where, and who is stopped."""

import json

import pytest

from checkpoint.core.sim.parts.kubernetes.events import ClusterRefused, ClusterWritten
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import Terminal

KUBECONFIG = """apiVersion: v1
kind: Config
current-context: dev
clusters:
- {name: dev, cluster: {server: https://127.0.0.1:6443/c/dev}}
- {name: production, cluster: {server: https://127.0.0.1:6443/c/production}}
users:
- {name: admin, user: {token: admin-token}}
- {name: reader, user: {token: reader-token}}
contexts:
- {name: dev, context: {cluster: dev, user: admin, namespace: develop}}
- {name: production, context: {cluster: production, user: reader, namespace: production}}
"""
DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "namespace": "develop", "labels": {"app": "web"}},
    "spec": {
        "replicas": 2,
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{"name": "web", "image": "web:1"}]},
        },
    },
}


def namespace(name: str) -> dict[str, object]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


@pytest.fixture
def kubectl() -> Terminal:
    production = {
        "objects": [namespace("default"), namespace("production")],
        "users": {"reader-token": {"name": "reader", "deny": [["create", "*", "*"], ["patch", "*", "*"]]}},
    }
    dev = {"objects": [namespace("default"), namespace("develop"), DEPLOYMENT], "bad_images": ["web:bad"]}
    return Terminal(
        world_from(
            {
                "files": {
                    ".kube/config": KUBECONFIG,
                    "guard.sh": {"mode": 0o755, "external": "guard-kube-context.sh", "variant": "hardened"},
                    "base.sh": {"mode": 0o755, "external": "guard-kube-context.sh"},
                },
                "state": {"kubernetes": {"clusters": {"dev": dev, "production": production}}},
            }
        )
    )


def test_a_bad_image_leaves_the_old_pods_running_and_undo_brings_the_rollout_back(kubectl: Terminal) -> None:
    kubectl.out("kubectl set image deploy/web web=web:bad")
    pods = kubectl.out("kubectl get pods --no-headers")
    assert pods.count("Running") == 2
    assert pods.count("ImagePullBackOff") == 1
    assert kubectl("kubectl rollout status deploy/web --timeout=1s").code == 1
    kubectl.out("kubectl rollout undo deploy/web")
    assert kubectl.out("kubectl get pods --no-headers").count("Running") == 2
    history = kubectl.out("kubectl rollout history deploy/web")
    assert "\n2 " in history
    assert "\n3 " in history
    assert "\n1 " not in history


def test_an_image_that_cannot_be_had_shows_in_the_events(kubectl: Terminal) -> None:
    kubectl.out("kubectl set image deploy/web web=web:bad")
    told = kubectl.out("kubectl get events --sort-by=.lastTimestamp")
    assert told.startswith("LAST SEEN   TYPE")
    assert 'Back-off pulling image "web:bad"' in told


def test_a_deleted_pod_is_made_again_and_a_deleted_deployment_takes_its_pods_along(kubectl: Terminal) -> None:
    first = kubectl.out("kubectl get pods -o name").splitlines()[0]
    kubectl.out(f"kubectl delete {first}")
    assert len(kubectl.out("kubectl get pods -o name").splitlines()) == 2
    kubectl.out("kubectl delete deploy web")
    assert kubectl.out("kubectl get pods -o name") == ""


def test_a_server_dry_run_and_a_diff_change_nothing(kubectl: Terminal) -> None:
    kubectl("cat > d.json", stdin=json.dumps({**DEPLOYMENT, "spec": {**DEPLOYMENT["spec"], "replicas": 5}}))
    before = kubectl.world.parts
    assert "server dry run" in kubectl.out("kubectl apply -f d.json --dry-run=server")
    assert kubectl("kubectl diff -f d.json").code == 1
    assert kubectl.world.parts == before


def test_a_write_tells_its_cluster_and_context_and_a_refused_one_who_asked(kubectl: Terminal) -> None:
    made = kubectl("kubectl scale deploy web --replicas=3")
    written = next(one for one in made.events if isinstance(one, ClusterWritten))
    assert (written.cluster, written.context, written.object) == ("dev", "dev", "deployment.apps/web")
    assert not written.guarded
    made = kubectl("kubectl --context production create configmap x")
    assert made.stderr.startswith("Error from server (Forbidden): configmaps")
    assert any(isinstance(one, ClusterRefused) and one.user == "reader" for one in made.events)


def test_an_unknown_field_is_refused_by_its_path(kubectl: Terminal) -> None:
    kubectl("cat > d.json", stdin=json.dumps({**DEPLOYMENT, "spec": {**DEPLOYMENT["spec"], "replica": 5}}))
    assert 'strict decoding error: unknown field "spec.replica"' in kubectl("kubectl apply -f d.json").stderr


@pytest.mark.parametrize(
    "body", ["[]", "spec: 5", "spec: {template: x}", "metadata: []", "spec: {replicas: x}"]
)
def test_an_object_of_a_strange_shape_is_an_error_and_no_crash(kubectl: Terminal, body: str) -> None:
    lead = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: odd}\n" if body != "[]" else ""
    kubectl("cat > odd.yaml", stdin=lead + body + "\n")
    assert kubectl("kubectl apply -f odd.yaml").code in (0, 1)
    assert kubectl("kubectl get all; kubectl describe deploy odd").code in (0, 1)


def test_the_hardened_guard_pins_a_command_whatever_the_current_context_is(kubectl: Terminal) -> None:
    kubectl.out("kubectl config use-context production")
    made = kubectl("./guard.sh --context dev --namespace develop -- kubectl scale deploy web --replicas=4")
    assert made.code == 0
    written = next(one for one in made.events if isinstance(one, ClusterWritten))
    assert written.guarded
    assert written.cluster == "dev"
    assert kubectl("./guard.sh --context dev --namespace develop -- kubectl get pods -A").code == 2


def test_both_guards_stop_at_another_context_and_at_a_missing_namespace(kubectl: Terminal) -> None:
    for guard in ("./guard.sh", "./base.sh"):
        assert kubectl(f"{guard} --context production --namespace production").code == 1
        assert kubectl(f"{guard} --context dev --namespace nope").code == 1
        assert kubectl(f"{guard} --context dev --namespace develop").code == 0
        assert kubectl(f"{guard} --context dev").code == 2


def test_an_editor_of_the_page_changes_the_object_before_the_next_line(kubectl: Terminal) -> None:
    made = kubectl("kubectl edit deploy web")
    path = next(one.path for one in made.events if one.kind == "edit")
    text = kubectl.out(f"cat {path}")
    assert text.startswith("# Please edit the object below.")
    saved = Step("write", path=path, content=text.replace("replicas: 2", "replicas: 4"))
    kubectl.world = step(kubectl.world, saved).world
    after = step(kubectl.world, Step("run", "kubectl get deploy web -o jsonpath='{.spec.replicas}'"))
    assert after.stdout == "4"
    assert [one.object for one in after.events if isinstance(one, ClusterWritten)] == ["deployment.apps/web"]
    assert not after.world.files.is_file(path)


def test_an_editor_on_the_line_changes_the_object_at_once(kubectl: Terminal) -> None:
    assert kubectl("KUBE_EDITOR=true kubectl edit deploy web").stderr == "Edit cancelled, no changes made.\n"
    told = kubectl.out("KUBE_EDITOR='sed -i s/web:1/web:2/' kubectl edit deploy web")
    assert told == "deployment.apps/web edited\n"
    assert "web:2" in kubectl.out("kubectl get deploy web -o yaml")
    assert kubectl("KUBE_EDITOR=false kubectl edit deploy web").code == 1


def test_what_is_so_is_met_and_what_is_not_times_out(kubectl: Terminal) -> None:
    assert kubectl.out("kubectl wait --for=condition=available deploy/web") == (
        "deployment.apps/web condition met\n"
    )
    kubectl.out("kubectl set image deploy/web web=web:bad")
    made = kubectl("kubectl wait --for=jsonpath='{.status.readyReplicas}'=9 deploy/web --timeout=1s")
    assert made.stderr == "error: timed out waiting for the condition on deployments/web\n"
    assert kubectl("kubectl wait --for=delete pod/gone").code == 0
    assert kubectl("kubectl wait deploy/web").code == 1


def test_a_pod_and_a_service_are_made_as_the_client_makes_them(kubectl: Terminal) -> None:
    """Compared with kubectl 1.32.4."""
    assert kubectl.out("kubectl run p --image=nginx --env=A=1 --dry-run=client -o yaml -- sleep 1") == (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  creationTimestamp: null\n  labels:\n    run: p\n"
        '  name: p\nspec:\n  containers:\n  - args:\n    - sleep\n    - "1"\n    env:\n'
        '    - name: A\n      value: "1"\n    image: nginx\n    name: p\n    resources: {}\n'
        "  dnsPolicy: ClusterFirst\n  restartPolicy: Always\nstatus: {}\n"
    )
    assert kubectl.out("kubectl expose deploy web --port=80 --target-port=8080") == "service/web exposed\n"
    assert kubectl("kubectl expose deploy web --port=80").code == 1


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_applied(kubectl: Terminal) -> None:
    kubectl("mkdir d; echo 'kind: [x' > d/a.yaml")
    kubectl("cat > d/b.yaml", stdin="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\n")
    made = kubectl("kubectl apply -f d")
    assert made.stdout == "configmap/app created\n"
    assert made.stderr.startswith("error: error parsing d/a.yaml")
    assert made.code == 1


def test_an_unknown_field_stops_a_server_side_apply_by_its_typed_path(kubectl: Terminal) -> None:
    wrong = json.loads(json.dumps(DEPLOYMENT))
    wrong["spec"]["template"]["spec"]["containers"][0]["imagePolice"] = "Always"
    made = kubectl("kubectl apply --server-side -f -", stdin=json.dumps(wrong))
    place = '.spec.template.spec.containers[name="web"].imagePolice: field not declared in schema'
    assert place in made.stderr
    assert kubectl("kubectl apply --validate=false -f -", stdin=json.dumps(wrong)).code == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("kubectl gett pods", "Did you mean this?\n\tset\n\tget\n"),
        ("kubectl rollout nope", "error: unknown command \"nope\"\nSee 'kubectl rollout -h' for help"),
        ("kubectl apply web.yaml", "error: Unexpected args: [web.yaml]\n"),
        ("kubectl patch deploy web -p '{bad'", "looking for beginning of object key string"),
        ("kubectl logs nope", 'error: error from server (NotFound): pods "nope" not found in namespace'),
        ("kubectl logs deploy/web -p", "(BadRequest): previous terminated container"),
        ("kubectl replace -f -", 'configmaps "app" not found'),
        ("kubectl explain nope", 'the server doesn\'t have a resource type "nope"\n'),
        ("kubectl exec deploy/web -- sh", "simulator: kubectl exec is not simulated here; nothing was done"),
        ("kubectl get pods -w", "simulator: kubectl get -w is not simulated here; nothing was done"),
    ],
)
def test_wrong_uses_are_answered_as_the_client_answers_them(kubectl: Terminal, line: str, told: str) -> None:
    """Compared with kubectl 1.32.4 against a server of the same objects."""
    made = kubectl(line, stdin="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\n")
    assert told in made.stderr
    assert made.code != 0


def env(kubectl: Terminal) -> list[dict[str, str]]:
    told = kubectl.out("kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].env}'")
    return json.loads(told or "[]")


def test_environment_variables_are_set_listed_and_taken_away(kubectl: Terminal) -> None:
    assert kubectl.out("kubectl set env deploy/web A=1 B=x=y") == "deployment.apps/web env updated\n"
    assert env(kubectl) == [{"name": "A", "value": "1"}, {"name": "B", "value": "x=y"}]
    listed = kubectl.out("kubectl set env deploy/web --list")
    assert listed == "# deployments/web, container web\nA=1\nB=x=y\n"
    kubectl.out("kubectl set env deploy web A=2 B-")
    assert env(kubectl) == [{"name": "A", "value": "2"}]
    assert kubectl.out("kubectl set env deploy web GONE-") == ""
    kubectl.out("kubectl set env deploy web A-")
    assert env(kubectl) == []


def test_requests_and_limits_are_set_and_the_others_stay(kubectl: Terminal) -> None:
    done = "deployment.apps/web resource requirements updated\n"
    assert (
        kubectl.out("kubectl set resources deploy web --limits=cpu=1,memory=1Gi --requests=cpu=10m") == done
    )
    kubectl.out("kubectl set resources deploy web --limits=memory=2Gi")
    told = kubectl.out("kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].resources}'")
    assert json.loads(told) == {"limits": {"cpu": "1", "memory": "2Gi"}, "requests": {"cpu": "10m"}}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("kubectl set env deploy/web", "error: at least one environment variable must be provided"),
        ("kubectl set env A=1", "error: one or more resources must be specified"),
        ("kubectl set env deploy/web -c other A=1", "does not have any containers matching"),
        ("kubectl set resources deploy web", "error: you must specify an update to requests or limits"),
        ("kubectl set resources deploy web --limits=memory", "error: invalid argument syntax memory"),
    ],
)
def test_setting_without_a_value_or_place_changes_nothing(kubectl: Terminal, line: str, told: str) -> None:
    made = kubectl(line)
    assert (made.code, told in made.stderr) == (1, True), made.stderr
    assert not [one for one in made.events if isinstance(one, ClusterWritten)]


def test_the_managers_of_fields_are_told_when_asked_for(kubectl: Terminal) -> None:
    kubectl.out("kubectl set env deploy/web A=1")
    kubectl.out("kubectl label deploy web by=hand --field-manager=somebody")
    assert "managedFields" not in kubectl.out("kubectl get deploy web -o yaml")
    told = json.loads(kubectl.out("kubectl get deploy web -o json --show-managed-fields"))
    fields = {one["manager"]: one["fieldsV1"] for one in told["metadata"]["managedFields"]}
    assert fields["somebody"] == {"f:metadata": {"f:labels": {"f:by": {}}}}
    containers = fields["kubectl-set"]["f:spec"]["f:template"]["f:spec"]["f:containers"]
    assert containers['k:{"name":"web"}']["f:env"]['k:{"name":"A"}'] == {"f:name": {}, "f:value": {}}
    names = kubectl.out("kubectl get deploy web -o jsonpath='{.metadata.managedFields[*].manager}'")
    assert names.split() == sorted(fields)


POLICY = """apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: door}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress: [{ports: [{port: 80}], from: [{namespaceSelector: {matchLabels: {team: a}}}]}]
  egress: [{}]
"""


def test_a_deployment_is_described_with_its_limits_and_a_pod_with_its_digest(kubectl: Terminal) -> None:
    kubectl.out("kubectl set resources deploy web --limits=memory=1Gi --requests=cpu=10m,memory=64Mi")
    told = kubectl.out("kubectl describe deploy web")
    assert "    Limits:\n      memory:  1Gi\n    Requests:\n      cpu:        10m\n" in told
    assert "    Environment:  <none>\n    Mounts:       <none>\n" in told
    pod = kubectl.out("kubectl describe pod -l app=web")
    assert "    Image ID:       web@sha256:" in pod
    assert "    Restart Count:  0\n    Limits:" in pod
    assert "QoS Class:  Burstable" in pod


def test_a_network_policy_is_described_by_what_it_lets_through(kubectl: Terminal) -> None:
    kubectl("kubectl apply -f -", stdin=POLICY)
    told = kubectl.out("kubectl describe netpol door")
    assert "  PodSelector:     app=web\n  Allowing ingress traffic:\n    To Port: 80/TCP\n    From:\n" in told
    assert "      NamespaceSelector: team=a\n" in told
    assert "    To: <any> (traffic not restricted by destination)\n  Policy Types: Ingress, Egress" in told


def test_all_may_stand_beside_other_types(kubectl: Terminal) -> None:
    kubectl("kubectl apply -f -", stdin=POLICY)
    told = kubectl.out("kubectl get all,netpol -o name")
    assert "deployment.apps/web" in told
    assert "networkpolicy.networking.k8s.io/door" in told


# --- endpoints --------------------------------------------------------------------------------


def behind(*deployments):
    """A cluster in which a Service `web` selects `app: web` and asks for the port called `http`."""
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web", "namespace": "develop"},
        "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "http"}]},
    }
    spaces = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "develop"}}]
    state = {"kubernetes": {"clusters": {"dev": {"objects": [*spaces, service, *deployments]}}}}
    return Terminal(world_from({"files": {".kube/config": KUBECONFIG}, "state": state}))


def copies(name, ports, **labels):
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "develop"},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"copy": name}},
            "template": {
                "metadata": {"labels": {"copy": name, **labels}},
                "spec": {"containers": [{"name": "web", "image": "web:1", "ports": ports}]},
            },
        },
    }


HTTP = [{"name": "http", "containerPort": 8080}]


def endpoints(terminal):
    row = terminal.out("kubectl get endpoints web").splitlines()[1].split()
    return [] if row[1] == "<none>" else row[1].split(",")


def test_every_ready_pod_that_the_selector_fits_answers_for_the_service():
    terminal = behind(copies("one", HTTP, app="web"), copies("two", HTTP, app="web"), copies("else", HTTP))
    found = endpoints(terminal)
    assert len(found) == 2 and all(one.endswith(":8080") for one in found)
    assert ",".join(found) in terminal.out("kubectl describe service web")
    terminal.out("kubectl delete deployment two")
    assert len(endpoints(terminal)) == 1


@pytest.mark.parametrize("ports", [[], [{"name": "metrics", "containerPort": 9090}]])
def test_a_pod_without_the_named_port_does_not_answer(ports):
    assert endpoints(behind(copies("one", ports, app="web"))) == []
