"""What goals and rules can ask: each holds where it should, and nowhere else."""

import pytest
from pydantic import ValidationError

from checkpoint.core.sim.events import Other
from checkpoint.core.sim.parts.git.events import Committed, Pushed
from checkpoint.core.sim.parts.registry import Registry
from checkpoint.core.sim.scenario.checks.cluster import ObjectCheck
from checkpoint.core.sim.scenario.checks.fields import at
from checkpoint.core.sim.scenario.conditions import Condition
from checkpoint.core.sim.scenario.matching import matches, unknown_in
from checkpoint.core.sim.scenario.seen import Log, Seen
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World
from tests.core.sim.conftest import Terminal

PUSH = Pushed("git@example.org:a/b.git", "refs/heads/main", "accepted")
COMMIT = Committed("c0ffee", "main", "x", "bypassed", ("a.yaml", "b.yaml"))


def seen(*events: object) -> Seen:
    return Seen(World(), World(), Log().having(events, 1, 0))


def holds(condition: dict, *events: object) -> bool:
    return Condition.model_validate(condition).holds(seen(*events))


@pytest.mark.parametrize(
    ("match", "fits"),
    [
        ({"kind": "git.push"}, True),
        ({"kind": "git.commit"}, False),
        ({"kind": "git.push", "ref": "refs/heads/*"}, True),
        ({"kind": "git.push", "ref": "refs/tags/*"}, False),
        ({"kind": "git.push", "result": ("rejected", "accepted")}, True),
        ({"kind": "git.push", "forced": True}, False),
        ({"kind": "git.push", "forced": 0}, False),
        ({"kind": "git.push", "actor": "dana"}, False),
        ({"kind": "git.push", "actor": "*"}, True),
    ],
)
def test_a_match_compares_each_fact_that_it_names(match, fits):
    assert matches(match, PUSH) is fits


def test_a_list_fits_by_one_of_its_entries():
    assert matches({"kind": "git.commit", "files": "b.*"}, COMMIT)
    assert not matches({"kind": "git.commit", "files": "c.*"}, COMMIT)
    assert matches({"kind": "git.commit", "secrets": ""}, COMMIT)


def test_what_others_did_counts_only_where_they_are_named():
    other = Other("dana", PUSH)
    assert not matches({"kind": "git.push"}, other)
    assert matches({"kind": "git.push", "actor": "dana"}, other)


def test_a_bound_leaves_values_out():
    condition = {"happened": {"kind": "git.push", "ref": {"other_than": ["refs/heads/main", "refs/tags/*"]}}}
    assert not holds(condition, PUSH)


def test_order_is_that_of_the_events():
    order = {"in_order": [{"kind": "git.commit"}, {"kind": "git.push"}]}
    assert holds(order, COMMIT, PUSH)
    assert not holds(order, PUSH, COMMIT)


def test_an_event_is_unprepared_without_another_one_before_it():
    condition = {"unprepared": {"event": {"kind": "git.push"}, "lacks": {"kind": "git.commit"}}}
    assert holds(condition, PUSH)
    assert not holds(condition, COMMIT, PUSH)


def test_a_renewal_asks_for_the_preparation_again():
    condition = {
        "unprepared": {
            "event": {"kind": "git.push"},
            "lacks": {"kind": "git.commit"},
            "renewed_by": {"kind": "git.push"},
        }
    }
    assert holds(condition, COMMIT, PUSH, PUSH)
    assert not holds(condition, COMMIT, PUSH, COMMIT, PUSH)


def test_afterwards_asks_for_both_in_that_order():
    condition = {"afterwards": {"event": {"kind": "git.push"}, "since": {"kind": "git.commit"}}}
    assert holds(condition, COMMIT, PUSH)
    assert not holds(condition, PUSH, COMMIT)
    assert not holds(condition, PUSH)


def test_a_condition_has_one_key():
    with pytest.raises(ValidationError, match="exactly one key"):
        Condition.model_validate({"happened": {"kind": "git.push"}, "context": {"current": "x"}})
    with pytest.raises(ValidationError, match="exactly one key"):
        Condition.model_validate({})


def test_an_author_who_misspells_an_event_or_a_fact_hears_of_it():
    assert unknown_in({"kind": "git.psuh"})[0] == "git.psuh"
    assert unknown_in({"kind": "git.push", "brnach": "main"})[0] == "brnach"
    assert unknown_in({"kind": "git.push", "ref": "x", "actor": "dana"}) is None


@pytest.mark.parametrize(("wanted", "fits"), [(2, True), ("2", True), ("3", False), (True, False)])
def test_a_number_of_an_object_may_be_wanted_as_a_variants_text(wanted, fits):
    item = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "default"}}
    cluster = {"objects": [{**item, "spec": {"ports": [{"port": 2}]}}]}
    world = world_from({"state": {"kubernetes": {"clusters": {"dev": cluster}}}})
    check = ObjectCheck(cluster="dev", kind="service", name="web", field="spec.ports.0.port", equals=wanted)
    assert check.holds(Seen(world, world, Log())) is fits


# --- Terraform's objects ----------------------------------------------------------------------

KEEPS = 'resource "terraform_data" "a" {\n  triggers_replace = "one"\n  input = "x"\n}\n'
IN_S3 = 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "k"\n  }\n}\n'


@pytest.mark.parametrize(
    ("change", "replaced"),
    [("true", False), ('sed -i \'s/"x"/"y"/\' main.tf', False), ("sed -i 's/one/two/' main.tf", True)],
)
def test_a_resource_is_another_object_only_when_it_was_made_anew(change, replaced):
    terminal = Terminal(world_from({"files": {"main.tf": IN_S3 + KEEPS}}))
    assert terminal("terraform init -input=false && terraform apply -auto-approve").code == 0
    start = terminal.world
    assert terminal(f"{change} && terraform apply -auto-approve").code == 0
    asked = {"state": "s3://b/k", "address": "terraform_data.a"}
    condition = Condition.model_validate({"state": {**asked, "replaced": True}})
    assert condition.holds(Seen(start, terminal.world, Log())) is replaced
    assert terminal("terraform destroy -auto-approve").code == 0
    assert condition.holds(Seen(start, terminal.world, Log()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("web.env.MODE.value", "loud"),
        ("0.env.0.value", "loud"),
        ("web.env.OTHER.value", None),
        ("gone.env.MODE.value", None),
        ("7.env", None),
    ],
)
def test_a_path_leads_through_lists_by_place_or_by_name(path, value):
    pod = {"containers": [{"name": "web", "env": [{"name": "MODE", "value": "loud"}]}]}
    assert at(pod, f"containers.{path}") == value


PODS = {
    "registry": {"web": {"prod-1": "one", "stage-1": "one", "stage-2": "two"}},
    "kubernetes": {
        "clusters": {
            "dev": {
                "objects": [
                    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}},
                    {
                        "apiVersion": "apps/v1",
                        "kind": "Deployment",
                        "metadata": {"name": "web", "namespace": "default"},
                        "spec": {
                            "selector": {"matchLabels": {"app": "web"}},
                            "template": {
                                "metadata": {"labels": {"app": "web"}},
                                "spec": {"containers": [{"name": "web", "image": "web:prod-1"}]},
                            },
                        },
                    },
                ]
            }
        }
    },
}


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({"same_as": "web:prod-1"}, True),
        ({"same_as": "web:stage-1"}, True),
        ({"same_as": "web:stage-2"}, False),
        ({"same_as": "web:stage-1", "image": "*:stage-1"}, False),
        ({"image": "*:prod-*"}, True),
    ],
)
def test_what_runs_is_told_by_its_digest_whatever_its_tag_is(facts, fits):
    world = world_from({"state": PODS})
    condition = Condition.model_validate({"running": {"cluster": "dev", "workload": "web", **facts}})
    assert condition.holds(Seen(world, world, Log())) is fits


def test_a_file_may_have_to_hold_the_digest_of_an_image():
    world = world_from({"home": "/home/a", "files": {"note.md": "it was web:stage-2"}, "state": PODS})
    condition = Condition.model_validate({"file": {"path": "~/note.md", "digests_of": ["web:stage-2"]}})
    assert not condition.holds(Seen(world, world, Log()))
    digest = world.part(Registry).digest("web:stage-2")
    told = {"home": "/home/a", "files": {"note.md": f"web@{digest}"}, "state": PODS}
    world = world_from(told)
    assert condition.holds(Seen(world, world, Log()))


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("^prod-(?P<n>[0-9]+)$", True),
        ("^prod-1$", True),
        ("^(prod|stage)-(?P<n>[0-9]+)$", False),
        ("^stage-(?P<n>[0-9]+)$", False),
        ("(", False),
        ("", False),
    ],
)
def test_a_policy_is_judged_by_the_tags_that_its_filter_lets_through(pattern, fits):
    policy = {
        "apiVersion": "image.toolkit.fluxcd.io/v1",
        "kind": "ImagePolicy",
        "metadata": {"name": "web", "namespace": "default"},
        "spec": {"filterTags": {"pattern": pattern, "extract": "$n"}, "policy": {"numerical": {}}},
    }
    world = world_from({"state": {"kubernetes": {"clusters": {"dev": {"objects": [policy]}}}}})
    place = {"cluster": "dev", "namespace": "default", "name": "web"}
    condition = Condition.model_validate({"policy": {**place, "takes": ["prod-1"], "refuses": ["stage-1"]}})
    assert condition.holds(Seen(world, world, Log())) is fits


IN_GIT = """$ git config --global user.name A && git config --global user.email a@b.c
$ git init -q -b main app && cd app && mkdir base live
@save ~/app/base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template: {spec: {containers: [{name: web, image: web, resources: {limits: {memory: 1.5Gi}}}]}}
@end
$ echo 'resources: [web.yaml]' > base/kustomization.yaml
$ echo '{resources: [../base], images: [{name: web, newTag: "2"}]}' > live/kustomization.yaml
$ git add . && git commit -qm First
"""


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({"field": "spec.template.spec.containers.web.image", "equals": "web:2"}, True),
        ({"field": "spec.template.spec.containers.web.resources.limits.memory", "equals": "1536Mi"}, True),
        ({"field": "spec.replicas", "is_set": False}, True),
        ({"field": "spec.replicas", "is_set": True}, False),
        ({"field": "spec.replicas", "equals": 1}, False),
        ({"name": "other"}, False),
        ({"name": "other", "exists": False}, True),
        ({"path": "nowhere", "exists": False}, False),
        ({"branch": "gone"}, False),
    ],
)
def test_what_git_says_is_what_a_folder_builds_to(session, facts, fits):
    world = session(earlier=IN_GIT).now.world
    place = {"repository": "~/app", "path": "./live", "kind": "deployment", "name": "web"}
    assert Condition.model_validate({"built": {**place, **facts}}).holds(Seen(world, world, Log())) is fits


def test_what_does_not_build_says_nothing(session):
    broken = IN_GIT + "$ echo 'resources: [gone.yaml]' > live/kustomization.yaml && git commit -qam Broken\n"
    world = session(earlier=broken).now.world
    place = {"repository": "~/app", "path": "live", "kind": "deployment", "name": "web"}
    for facts in ({}, {"exists": False}):
        check = Condition.model_validate({"built": {**place, **facts}})
        assert not check.holds(Seen(world, world, Log()))
