"""Whatever is typed: an outcome within the limits, the same every time, and nothing outside is touched."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.commands.git.rows import ROWS as GIT
from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.run import Step, step, typed
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World
from tests.core.sim.conftest import GITCONFIG

NAMES = [*TOOLS.rows, *TOOLS.builtins, *(row.path for row in GIT)]
OPTIONS = sorted({name for row in GIT for option in row.options for name in option.names})
MARKS = [
    "'",
    '"',
    "$(",
    ")",
    "`",
    "|",
    ">",
    "<",
    "<<E",
    "{",
    "}",
    "*",
    "\\",
    "((",
    "[[",
    ";",
    "&&",
    "||",
    "\n",
]
WORDS = [
    "a.txt",
    "HEAD",
    "HEAD~1",
    "main",
    ".",
    "..",
    "/",
    "-x",
    "--",
    "2>&1",
    "$?",
    "$HOME",
    "${A:-b}",
    "0",
    "é",
]
words = st.one_of(st.sampled_from(NAMES + OPTIONS + MARKS + WORDS), st.text(max_size=12))
lines = st.lists(words, max_size=8).map(" ".join)


@pytest.fixture(scope="module")
def start() -> World:
    return started()


def started() -> World:
    made = world_from({"files": {".gitconfig": GITCONFIG}})
    return typed(made, "git init -q app; cd app; echo one > a.txt; git add .; git commit -qm 'First'").world


START = started()


def within_limits(made: Outcome) -> bool:
    files = made.world.files
    return (
        len(made.stdout) + len(made.stderr) <= limits.OUTPUT + 500
        and files.size <= limits.FILE_SYSTEM
        and files.count <= limits.FILES
        and 0 <= made.code <= 255
    )


@given(lines)
@settings(max_examples=300, deadline=None)
def test_any_line_ends_in_an_outcome_within_the_limits(line):
    assert within_limits(typed(START, line))


@given(st.lists(lines, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_replay_gives_the_same_bytes_as_the_run(typed_lines):
    def run() -> list[tuple[str, str, int]]:
        world, found = START, []
        for line in typed_lines:
            made = step(world, Step("run", line))
            world = made.world
            found.append((made.stdout, made.stderr, made.code))
        return found

    assert run() == run()


@given(lines)
@settings(max_examples=100, deadline=None)
def test_a_fork_leaves_the_world_it_came_from_alone(line):
    before = (START.files, START.shell, START.clock, START.parts)
    typed(START, line)
    assert before == (START.files, START.shell, START.clock, START.parts)


def test_nothing_outside_the_world_is_used():
    """An audit hook sees every file, process and connection that Python touches."""
    touched: list[str] = []
    watching = True

    def watch(event: str, args: tuple[object, ...]) -> None:
        if watching and event.split(".")[0] in ("open", "subprocess", "socket", "os", "shutil", "ctypes"):
            touched.append(f"{event} {args!r}")

    everything = [f"{name} x" for name in NAMES]
    for line in everything:
        typed(START, line)
    sys.addaudithook(watch)
    for line in everything:
        typed(START, line)
    watching = False
    assert touched == []


@pytest.mark.parametrize(
    "line",
    [
        "while true; do echo x; done",
        "f() { f; }; f",
        "f() { f | f; }; f",
        "echo {1..9999}{1..9999}",
        "x=aaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0; do x=$x$x; done; echo $x | wc -c",
        "yes=1; until false; do :; done",
        "echo $((2**999999))",
        "grep -E '(a+)+$' <<< aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        "sed 's/\\(a*\\)*b/x/' <<< aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "seq 1 99999999",
        "printf '%99999999d' 1",
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
        "$(" * 200,
        "{" * 500 + "a,b" + "}" * 500,
        "mkdir -p " + "/".join("d" * 60),
        "for i in {1..900}; do echo x > f$i; done; for i in {1..900}; do echo x > g$i; done",
        "head -c 99999999 /dev/zero",
        "cat a.txt a.txt > b; for i in {1..200}; do cat b b > c; cat c > b; done",
        "find . -exec find . -exec find . \\; \\; \\;",
        "git log --format=" + "%H" * 400,
        "echo ${x//a*a*a*a*b/c}",
    ],
)
def test_a_line_that_asks_for_too_much_ends_with_a_word_about_it(start, line):
    assert within_limits(typed(start, line))
