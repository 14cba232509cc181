"""A world goes into a text and comes back as it was, and nothing else is taken for one."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.core.sim import codec
from checkpoint.core.sim.codec import shared_with, snapshot, world_of
from checkpoint.core.sim.facts import BadSnapshot, facts_read, facts_told
from checkpoint.core.sim.parts.files import File
from checkpoint.core.sim.run import typed
from checkpoint.core.sim.world import World
from tests.core.sim.sessions import SUITES, commands_of, played, said, sessions, started

PACKAGE = Path(codec.__file__).parent

facts = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.binary(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.sets(st.integers()),
        st.dictionaries(st.one_of(st.text(), st.integers(), st.sampled_from(["=at", "=text"])), inner),
    ),
    max_leaves=10,
)


@given(facts)
@settings(deadline=None)
def test_any_facts_come_back_through_json_as_they_were(value):
    back = facts_read(json.loads(json.dumps(facts_told(value))))
    assert back == value
    assert json.dumps(facts_told(back)) == json.dumps(facts_told(value))


@pytest.mark.parametrize("suite", SUITES)
def test_the_world_of_a_recorded_session_comes_back_with_and_without_its_start(suite):
    start = started(suite)
    shared, world = shared_with(start), start
    for number, line in enumerate(commands_of(suite)):
        world = typed(world, line).world
        if number % 5 == 0:
            assert world_of(snapshot(world)) == world
            assert world_of(snapshot(world, shared), shared_with(start)) == world


@given(sessions(most=4), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_a_run_that_goes_on_from_a_snapshot_gives_the_same_bytes(session, cut):
    start, steps = session
    cut = min(cut, len(steps) - 1)
    live = played(start, steps)
    shared = shared_with(start)
    stored = world_of(snapshot(live[cut].world, shared), shared)
    assert stored == live[cut].world
    assert [said(one) for one in played(stored, steps[cut + 1 :])] == [said(one) for one in live[cut + 1 :]]


def test_functions_and_bytes_that_are_no_text_come_back_too():
    world = typed(World(), "f() { for x in 1 2; do echo $x; done; }; cd /; f").world
    world = replace(world, files=world.files.graft("/b", File(b"\377\0")))
    stored = world_of(snapshot(world))
    assert stored == world
    assert said(typed(stored, "f; cat b")) == said(typed(world, "f; cat b"))


def test_what_the_start_world_holds_is_not_told_again():
    start = started("kubectl-cluster-1")
    after = typed(start, "kubectl scale deploy/web --replicas=3").world
    assert len(snapshot(after, shared_with(start))) < len(snapshot(after)) / 4


def test_a_snapshot_reads_the_start_worlds_own_values_and_no_copies_of_them():
    start = started("kubectl-cluster-1")
    shared = shared_with(start)
    assert (
        world_of(snapshot(typed(start, "ls").world, shared), shared).parts["Clusters"]
        is start.parts["Clusters"]
    )


def test_every_part_that_a_world_can_hold_has_a_place():
    asked = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "part"
            ):
                asked |= {ast.unparse(one) for one in node.args}
    assert asked - {"kind"} == {kind.__name__ for kind in codec.PARTS}


def spoil(text, *path, value=None, drop=False):
    told = json.loads(text)
    inside = told
    for name in path[:-1]:
        inside = inside[name]
    if drop:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return json.dumps(told)


WHOLE = snapshot(started("shell-basics-1"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        WHOLE[:-1],
        spoil(WHOLE, "engine", value="0"),
        spoil(WHOLE, "more", value=1),
        spoil(WHOLE, "world", value=None),
        spoil(WHOLE, "world", value={"=at": "0" * 20}),
        spoil(WHOLE, "world", "clock", value="now"),
        spoil(WHOLE, "world", "clock", value=True),
        spoil(WHOLE, "world", "clock", drop=True),
        spoil(WHOLE, "world", "unknown", value=1),
        spoil(WHOLE, "world", "off", value="all"),
        spoil(WHOLE, "world", "parts", value={"Os": {}}),
        spoil(WHOLE, "world", "shell", "variables", value={"=more": 1}),
        spoil(WHOLE, "world", "shell", "variables", value={"=pairs": [["a"]]}),
        spoil(WHOLE, "world", "shell", "cwd", value={"=text": "?"}),
        spoil(WHOLE, "world", "files", "root", "entries", value={"a": ["World", {}]}),
        spoil(WHOLE, "world", "files", "root", "entries", value={"a": None}),
    ],
)
def test_what_isnt_exactly_a_snapshot_of_this_engine_is_refused(text):
    with pytest.raises(BadSnapshot):
        world_of(text)


def test_an_address_names_a_value_of_its_own_kind_only():
    shared = shared_with(started("kubectl-cluster-1"))
    folder = next(name for name, (kind, _) in shared.values.items() if kind.endswith("Folder"))
    with pytest.raises(BadSnapshot):
        world_of(spoil(WHOLE, "world", "shell", value={"=at": folder}), shared)


def test_a_text_over_the_limit_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(codec.limits, "SNAPSHOT", 10)
    with pytest.raises(BadSnapshot, match="at most"):
        world_of(snapshot(World()))


@pytest.mark.parametrize(
    "line", ["f() " + "{ " * 40 + "echo hi" + "; }" * 40, "f() " + "{ " * 400 + "x" + "; }" * 400]
)
def test_a_function_however_deep_it_is_can_be_stored(line):
    world = typed(World(), line).world
    assert world_of(snapshot(world)) == world
