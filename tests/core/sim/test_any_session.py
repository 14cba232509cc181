"""Whatever is typed in whatever world: replays agree, earlier worlds stay, forks are apart, nothing leaks."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.core.sim import limits
from checkpoint.core.sim.codec import snapshot
from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.run import Step, step
from tests.core.sim.sessions import PATHS, SUITES, commands_of, played, said, sessions, started

ROOT = Path(__file__).parents[3]


def within_limits(made: Outcome) -> bool:
    files = made.world.files
    return (
        sum(len(chunk.text) for chunk in made.chunks) <= limits.OUTPUT + 500
        and files.size <= limits.FILE_SYSTEM
        and files.count <= limits.FILES
        and 0 <= made.code <= 255
    )


@given(sessions())
@settings(max_examples=150, deadline=None)
def test_every_line_ends_in_an_outcome_within_the_limits(session):
    assert all(within_limits(made) for made in played(*session))


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_a_replay_says_and_leaves_what_the_run_did(session):
    run, replay = played(*session), played(*session)
    assert [said(one) for one in run] == [said(one) for one in replay]
    assert snapshot(run[-1].world) == snapshot(replay[-1].world)


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_the_world_before_a_line_is_still_there_after_it_so_undo_gives_it_back(session):
    world, steps = session
    for one in steps:
        before, made = snapshot(world), step(world, one)
        assert snapshot(world) == before
        world = made.world


@given(sessions(most=3), st.data())
@settings(max_examples=60, deadline=None)
def test_two_forks_of_a_world_see_nothing_of_each_other(session, data):
    start, steps = session
    world = played(start, steps)[-1].world
    other = data.draw(sessions(most=3))[1]
    alone = played(world, steps)
    played(world, other)
    again = played(world, steps)
    assert [said(one) for one in alone] == [said(one) for one in again]
    assert snapshot(alone[-1].world) == snapshot(again[-1].world)


def digest_of_all_sessions() -> str:
    """Of everything that the recorded lines print and leave, and of every tool without words."""
    told = hashlib.sha256()
    for suite in SUITES:
        lines = [*commands_of(suite), *PATHS[:: len(SUITES)]]
        made = played(started(suite), [Step("run", line) for line in lines])
        told.update(repr([said(one) for one in made]).encode())
        told.update(snapshot(made[-1].world).encode())
    return told.hexdigest()


def test_another_process_with_another_order_of_hashes_gives_the_same_bytes():
    asked = "from tests.core.sim.test_any_session import digest_of_all_sessions as d; print(d())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", asked],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_nothing_outside_the_world_is_used():
    """An audit hook sees every file, process and connection that Python touches."""
    touched: list[str] = []
    watching = False

    def watch(event: str, args: tuple[object, ...]) -> None:
        if watching and event.split(".")[0] in ("open", "subprocess", "socket", "os", "shutil", "ctypes"):
            touched.append(f"{event} {args!r}")

    digest_of_all_sessions()
    sys.addaudithook(watch)
    watching = True
    digest_of_all_sessions()
    watching = False
    assert touched == []


@pytest.mark.parametrize("path", PATHS)
def test_every_command_tells_its_help_and_ends_without_words_in_every_kind_of_world(path):
    for suite in ("git-basics-1", "guard-kube-1", "terraform-basics-1"):
        assert all(
            within_limits(made)
            for made in played(started(suite), [Step("run", path), Step("run", f"{path} --help")])
        )
