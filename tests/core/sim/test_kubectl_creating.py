"""Objects that `kubectl create` makes from its options: compared with kubectl 1.32.4's own."""

import pytest

from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import Terminal
from tests.core.sim.test_kubernetes import KUBECONFIG, namespace


@pytest.fixture
def kubectl() -> Terminal:
    clusters = {"dev": {"objects": [namespace("default"), namespace("develop")]}}
    return Terminal(
        world_from({"files": {".kube/config": KUBECONFIG}, "state": {"kubernetes": {"clusters": clusters}}})
    )


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (
            "rolebinding rb --role=r --user=bob --serviceaccount=develop:ci",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n"
            "  creationTimestamp: null\n"
            "  name: rb\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n"
            "  name: r\nsubjects:\n"
            "- apiGroup: rbac.authorization.k8s.io\n  kind: User\n  name: bob\n"
            "- kind: ServiceAccount\n  name: ci\n  namespace: develop\n",
        ),
        (
            "role r --verb=get,list --resource=pods,deployments.apps",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n"
            "  creationTimestamp: null\n  name: r\n"
            'rules:\n- apiGroups:\n  - ""\n  resources:\n  - pods\n  verbs:\n  - get\n  - list\n'
            "- apiGroups:\n  - apps\n  resources:\n  - deployments\n  verbs:\n  - get\n  - list\n",
        ),
        (
            "service clusterip web --tcp=80:8080",
            "apiVersion: v1\nkind: Service\nmetadata:\n  creationTimestamp: null\n  labels:\n    app: web\n"
            "  name: web\nspec:\n  ports:\n  - name: 80-8080\n    port: 80\n    protocol: TCP\n"
            "    targetPort: 8080\n  selector:\n    app: web\n  type: ClusterIP\nstatus:\n"
            "  loadBalancer: {}\n",
        ),
        (
            "quota q --hard=pods=2",
            "apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  creationTimestamp: null\n  name: q\n"
            'spec:\n  hard:\n    pods: "2"\nstatus: {}\n',
        ),
        (
            "ingress web --rule=a.b/=web:80",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n"
            "  creationTimestamp: null\n  name: web\n"
            "spec:\n  rules:\n  - host: a.b\n    http:\n      paths:\n      - backend:\n          service:\n"
            "            name: web\n            port:\n              number: 80\n        path: /\n"
            "        pathType: Exact\nstatus:\n  loadBalancer: {}\n",
        ),
        (
            "cronjob c --image=busybox --schedule='* * * * *'",
            "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  creationTimestamp: null\n  name: c\nspec:\n"
            "  jobTemplate:\n    metadata:\n      creationTimestamp: null\n      name: c\n    spec:\n"
            "      template:\n        metadata:\n          creationTimestamp: null\n        spec:\n"
            "          containers:\n          - image: busybox\n            name: c\n"
            "            resources: {}\n"
            "          restartPolicy: OnFailure\n  schedule: '* * * * *'\nstatus: {}\n",
        ),
    ],
)
def test_a_dry_run_prints_what_would_be_made(kubectl: Terminal, words: str, printed: str) -> None:
    assert kubectl.out(f"kubectl create {words} --dry-run=client -o yaml") == printed


def test_what_is_made_is_there(kubectl: Terminal) -> None:
    made = kubectl(
        "kubectl create role r --verb=get --resource=pods; kubectl create rolebinding rb --role=r --user=bob"
    )
    assert made.stdout == (
        "role.rbac.authorization.k8s.io/r created\nrolebinding.rbac.authorization.k8s.io/rb created\n"
    )
    assert kubectl.out("kubectl get rolebinding rb -o jsonpath='{.subjects[0].name}'") == "bob"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("role r --resource=pods", "error: at least one verb must be specified\n"),
        ("role r --verb=get --resource=pds", 'error: the server doesn\'t have a resource type "pds"\n'),
        ("rolebinding rb --user=x", "error: exactly one of clusterrole or role must be specified\n"),
        ("service clusterip web", "error: at least one tcp port specifiers must be provided\n"),
    ],
)
def test_what_is_missing_is_told(kubectl: Terminal, words: str, told: str) -> None:
    made = kubectl(f"kubectl create {words}")
    assert (made.code, made.stderr) == (1, told)


def test_a_missing_file_is_told_before_a_server_is_asked(terminal: Terminal) -> None:
    made = terminal("kubectl apply -f nope.yaml")
    assert (made.code, made.stderr) == (1, 'error: the path "nope.yaml" does not exist\n')


def test_contexts_without_heads_keep_the_least_width(kubectl: Terminal) -> None:
    printed = kubectl.out("kubectl config get-contexts --no-headers")
    assert printed.startswith("*     dev          dev          admin    develop\n")


def test_credentials_may_be_a_name_and_a_password(kubectl: Terminal) -> None:
    assert kubectl.out("kubectl config set-credentials eve --username=e --password=p") == 'User "eve" set.\n'
    assert "eve\n" in kubectl.out("kubectl config get-users")
