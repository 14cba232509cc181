"""kustomize's builds: what is printed was compared with kustomize 5.5 in kubectl 1.32.4."""

import pytest

from tests.core.sim.conftest import Terminal

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.0
        envFrom:
        - configMapRef: {name: conf}
"""


@pytest.fixture
def folder(terminal: Terminal) -> Terminal:
    terminal("mkdir app; cd app; cat > d.yaml", stdin=DEPLOYMENT)
    return terminal


def build(terminal: Terminal, text: str) -> str:
    terminal("cat > kustomization.yaml", stdin=text)
    return terminal.out("kubectl kustomize .")


def test_a_generated_name_carries_the_hash_of_its_content_and_references_follow(folder: Terminal) -> None:
    made = build(
        folder,
        "resources: [d.yaml]\nnamePrefix: pre-\n"
        "configMapGenerator:\n- {name: conf, literals: [A=1, B=two]}\n",
    )
    assert "name: pre-conf-6b56fdfggc" in made
    assert "- configMapRef:\n            name: pre-conf-6b56fdfggc" in made


def test_patches_replicas_and_images_change_what_they_name(folder: Terminal) -> None:
    made = build(
        folder,
        "resources: [d.yaml]\n"
        "images: [{name: ghcr.io/acme/web, newTag: 1.5.0}]\n"
        "patches:\n"
        "- target: {kind: Deployment}\n"
        "  patch: '[{op: replace, path: /spec/replicas, value: 4}]'\n"
        "- patch: |-\n"
        "    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n"
        "    spec: {template: {spec: {containers: [{name: web, imagePullPolicy: Always}]}}}\n",
    )
    assert "image: ghcr.io/acme/web:1.5.0\n        imagePullPolicy: Always\n" in made
    assert "replicas: 4\n" in made


@pytest.mark.parametrize("item", ["- $patch: replace\n", ""])
def test_a_list_that_a_patch_replaces_holds_only_what_the_patch_says(folder: Terminal, item: str) -> None:
    containers = f"        {item}        - {{name: other, image: busybox}}\n"
    made = build(
        folder,
        "resources: [d.yaml]\npatches:\n- patch: |-\n"
        "    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n"
        f"    spec:\n      template:\n       spec:\n        containers:\n{containers}",
    )
    assert ("image: ghcr.io/acme/web" in made) is not bool(item)
    assert made.count("- image: ") + made.count("- envFrom:") == (1 if item else 2)
    assert "{}" not in made


def test_a_patch_without_a_goal_and_an_unknown_field_are_refused_in_kustomizes_words(
    folder: Terminal,
) -> None:
    folder("cat > kustomization.yaml", stdin="resources: [d.yaml]\nfoo: bar\n")
    made = folder("kustomize build .")
    assert made.code == 1
    assert made.stderr == 'Error: invalid Kustomization: json: unknown field "foo"\n'


def test_a_field_of_the_wrong_type_is_an_error_and_no_crash(folder: Terminal) -> None:
    for text in ("resources: 5\n", "labels: [x]\nresources: [d.yaml]\n", "images: [{name: [1]}]\n", "[]\n"):
        folder("cat > kustomization.yaml", stdin=text)
        assert folder("kubectl kustomize .").code in (0, 1)


def test_a_folder_that_includes_itself_is_refused(folder: Terminal) -> None:
    folder("cat > kustomization.yaml", stdin="resources: [.]\n")
    assert "cycle detected" in folder("kubectl kustomize .").stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "resources: [d.yaml]\nreplicas:\n- {name: web, count: one}\n",
            "invalid Kustomization: json: cannot unmarshal string into Go struct field "
            "Replica.replicas.count of "
            "type int64",
        ),
        (
            "resources: [d.yaml]\ncommonLabels: {on: 5}\n",
            "invalid Kustomization: json: cannot unmarshal number into Go struct field "
            "Kustomization.commonLabels "
            "of type string",
        ),
        (
            "resources: [d.yaml, d.yaml]\n",
            "may not add resource with an already registered id: "
            "Deployment.v1.apps/web.[noNs]': must build at "
            "directory: '/home/learner/app/d.yaml': file is not directory",
        ),
        (
            "resources: [d.yaml]\npatches:\n- patch: 'not: a patch'\n",
            "unable to parse SM or JSON patch from [patch: ",
        ),
    ],
)
def test_a_field_of_a_wrong_kind_is_told_as_go_tells_it(folder: Terminal, text: str, told: str) -> None:
    folder("cat > kustomization.yaml", stdin=text)
    made = folder("kubectl kustomize .")
    assert (made.code, told in made.stderr) == (1, True), made.stderr


def test_a_patch_without_a_kind_is_none_even_with_a_target(folder: Terminal) -> None:
    text = "resources: [d.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: 'spec: {replicas: 3}'\n"
    folder("cat > kustomization.yaml", stdin=text)
    made = folder("kubectl kustomize .")
    assert (made.code, "unable to parse SM or JSON patch from [patch: " in made.stderr) == (1, True)


def test_a_generator_that_merges_keeps_the_name_of_what_was_there(folder: Terminal) -> None:
    folder("cat > c.yaml", stdin="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1'}\n")
    made = build(
        folder, "resources: [c.yaml]\nconfigMapGenerator:\n- {name: a, behavior: merge, literals: [y=2]}\n"
    )
    assert 'data:\n  x: "1"\n  "y": "2"\nkind: ConfigMap\nmetadata:\n  name: a\n' in made
