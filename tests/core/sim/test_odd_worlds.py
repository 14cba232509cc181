"""What a learner can type and leave behind that nobody means to: everything that reads a world bears it."""

import zlib
from dataclasses import replace

import pytest

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.completion import completed
from checkpoint.core.sim.parts.git.objects import packed
from checkpoint.core.sim.parts.git.repository import found_at
from checkpoint.core.sim.run import Step, step, typed
from checkpoint.core.sim.scenario.checks.git import ReadOnly
from checkpoint.core.sim.scenario.desk import opened_file
from checkpoint.core.sim.scenario.opening import without_scenario
from checkpoint.core.sim.scenario.own_words import prompt_of
from checkpoint.core.sim.scenario.panel import panel_of
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World
from tests.core.sim.conftest import GITCONFIG

START = world_from({"files": {".gitconfig": GITCONFIG}})
COMMITTED = typed(START, "git init -q app; cd app; echo a > a.txt; git add a.txt; git commit -qm one").world


@pytest.mark.parametrize(
    "line",
    [
        *("git diff HEAD -U'1²'", "git log -'²'", "git stash drop '²'", "git log -n '²'", "gh pr view '1²'"),
        *(
            "gh run view '²'",
            "head -n '²' a.txt",
            "echo ${²}",
            "echo $((²))",
            "set -- a; shift '²'",
            "cut -f '²'",
        ),
        *("tail -c '²' a.txt", "split -l '²' a.txt", "fold -w '²' a.txt", "sed '²p' a.txt", "jq '.[²]'"),
        *("find . -maxdepth '²'", "tree -L '²'", "grep -m '²' a a.txt", "terraform plan -lock-timeout='²s'"),
        *("kubectl logs web --tail='²'", "flux logs --tail '²'", "chmod '²' a.txt", "awk '{print $²}' a.txt"),
    ],
)
def test_a_superscript_digit_is_no_number_to_any_tool(line):
    typed(COMMITTED, line)  # raises nothing


@pytest.mark.parametrize("line", ["tree -L", "head -n", "git log -n", "sleep", "seq", "cut -f", "gh pr view"])
def test_a_number_longer_than_python_reads_ends_in_an_answer(line):
    typed(COMMITTED, f"{line} {'9' * 5000}")  # raises nothing


def test_a_folder_whose_links_lead_in_a_circle_is_read_like_any_other():
    world = typed(START, "mkdir z; cd z; ln -s .git .git; ln -s loop loop").world
    assert prompt_of(begun(without_scenario(world))) == "~/z"
    assert panel_of(world)
    assert [one.text for one in completed(world, "cat lo", TOOLS).candidates] == ["loop"]
    assert not opened_file(world, "loop").exists
    assert "not a git repository" in typed(world, "git status").stderr


def test_a_file_of_a_repository_that_was_damaged_by_hand_opens_in_the_editor():
    damaged = step(COMMITTED, Step("write", path=".git/HEAD", content="0" * 40)).world
    shown = opened_file(damaged, "a.txt")
    assert (shown.text, shown.committed) == ("a\n", None)


PROMISED = 8_000_000
"""Bytes that a few thousand squeezed ones promise."""


def test_an_object_that_promises_more_than_any_can_hold_is_damaged_and_takes_no_memory():
    name, squeezed = "aa" + "b" * 38, zlib.compress(b"blob %d\0" % PROMISED + b"x" * PROMISED)
    made = typed(with_file(f".git/objects/aa/{'b' * 38}", squeezed), f"git cat-file -p {name} | wc -c")
    assert made.stdout == "0\n"


def test_a_pack_that_promises_more_than_all_files_can_hold_is_passed_over():
    objects = packed([("blob", b"%d" % number + b"x" * 500_000) for number in range(20)])
    world = with_file(".git/objects/pack/pack-a.pack", objects)
    assert typed(world, "git log --oneline; git fsck").code == 0
    assert not list(repository_in(world).packs())


def test_a_number_of_terraforms_that_is_too_long_is_refused():
    text = f'output "x" {{\n  value = parseint("{"f" * 5000}", 16)\n}}\n'
    world = step(START, Step("write", path="main.tf", content=text)).world
    assert (
        "a number in a configuration is too long" in typed(world, "terraform init; terraform plan").terminal
    )


def with_file(path: str, data: bytes) -> World:
    """The repository with a file that nobody could type."""
    place = f"/home/learner/app/{path}"
    files = COMMITTED.files.make_folders(place.rpartition("/")[0], time=COMMITTED.clock)
    return replace(COMMITTED, files=files.write(place, data, time=COMMITTED.clock))


def repository_in(world: World):
    return found_at(ReadOnly(world.files, world.clock), "/home/learner/app")
