"""What goals and rules can ask: each holds where it should, and nowhere else."""

import pytest
from pydantic import ValidationError

from checkpoint.core.sim.events import Other
from checkpoint.core.sim.parts.git.events import Committed, Pushed
from checkpoint.core.sim.scenario.checks.cluster import ObjectCheck
from checkpoint.core.sim.scenario.conditions import Condition
from checkpoint.core.sim.scenario.matching import matches, unknown_in
from checkpoint.core.sim.scenario.seen import Log, Seen
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World

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
