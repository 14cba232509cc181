"""A line that asks for too much work ends with a word about it, counted in work and never by a clock."""

import pytest

from checkpoint.core.sim import limits
from checkpoint.core.sim.run import Step, step, typed
from tests.core.sim.sessions import started


@pytest.fixture(scope="module")
def world():
    made = step(started("shell-basics-1"), Step("write", path="~/a.txt", content="a" * 60_000)).world
    return typed(made, "mkdir d; for i in {1..400}; do echo $i > d/f$i; done; git init -q; git add d").world


@pytest.mark.parametrize(
    "line",
    [
        "y=$(cat a.txt); for i in {1..900}; do z=${y//a/b}; done",
        "for i in {1..1000}; do git status -s; done",
        "for i in {1..1000}; do grep -o a a.txt; done",
    ],
)
def test_work_without_many_steps_is_bounded_too(world, line):
    made = typed(world, line)
    assert made.stderr.endswith("too much work for one line\n")
    assert made.world.files == world.files


def test_a_line_is_charged_for_its_own_work_only(world):
    assert all(typed(world, "git status -s; find . -name f1").code == 0 for _ in range(50))


def test_nothing_is_charged_outside_a_line():
    limits.spend(limits.WORK * 2)


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        (r"a \  two", "one\n  two\n"),
        (r"a\  two", "one\n  two\n"),
        ("a   two", "one\ntwo\n"),
        (r"a two\nthree\tfour", "one\ntwo\nthree\tfour\n"),
        (r"a \\tone", "one\n\tone\n"),
        (r"a \ttwo", "one\nttwo\n"),
        ("i\\\nzero\\\n  half\ns/one/two/", "zero\n  half\ntwo\n"),
        (r"c\new\nline", "new\nline\n"),
    ],
)
def test_sed_puts_lines_in_as_the_real_one_reads_them(terminal, script, wanted):
    """As GNU sed 4.9 answers."""
    assert terminal.out(f"printf 'one\\n' | sed '{script}'") == wanted
