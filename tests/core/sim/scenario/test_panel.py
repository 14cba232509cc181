"""The world at a glance: facts of each stage, and what the last step changed of them."""

from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.panel import MOST, compared, panel_of
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.start import changed_by
from tests.core.sim.scenario.conftest import type_lines


def facts(session, stage):
    return {one.label: one.value for one in panel_of(session.now.world)[stage]}


def test_branch_context_and_what_runs_are_shown(wrong_target):
    session = begun(opened(wrong_target))
    assert facts(session, "workstation") == {"branch": "main", "context": "production"}
    assert {value.partition(":")[2] for value in facts(session, "cluster").values()} == {
        "1.0.0, 1 of 1 ready"
    }


def test_a_changed_fact_tells_what_it_was_and_a_new_one_that_it_is_new(wrong_target):
    before = begun(opened(wrong_target))
    after, _ = type_lines(before, "kubectl config use-context staging", "git switch -c other")
    told = compared(panel_of(before.now.world), panel_of(after.now.world))["workstation"]
    assert {one.label: (one.value, one.was) for one in told} == {
        "branch": ("other", "main"),
        "context": ("staging", "production"),
    }


def test_the_clusters_own_parts_are_left_out(wrong_target):
    session, answer = type_lines(
        begun(opened(wrong_target)),
        "kubectl create namespace flux-system",
        "kubectl -n flux-system create deployment source-controller --image=x:1",
    )
    assert answer.code == 0
    assert not [label for label in facts(session, "cluster") if "flux-system" in label]


def test_of_several_repositories_the_forges_own_is_shown(wrong_target):
    session = begun(opened(wrong_target))
    world = session.now.world
    urls = {f"git@github.com:{name}.git": {"empty": True} for name in ("acme/app", "fork/app")}
    world = changed_by(world, {"remotes": urls, "github": {"repo": "fork/app"}})
    heads = [one for one in panel_of(world)["git"] if one.label == "main"]
    assert len(heads) == 1
    world = changed_by(world, {"github": {"repo": ""}})
    assert len([one for one in panel_of(world)["git"] if one.label == "main"]) == 2


def test_a_stage_shows_a_few_facts_only(wrong_target):
    lines = [f"kubectl create deployment d{number} --image=x:1" for number in range(6)]
    session, _ = type_lines(begun(opened(wrong_target)), *lines)
    assert len(panel_of(session.now.world)["cluster"]) == MOST
