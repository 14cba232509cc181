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
