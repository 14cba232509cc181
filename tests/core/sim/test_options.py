"""What the tables say of options: one that isn't simulated is refused by name and changes nothing, one that
the real tool hasn't gets that tool's own complaint."""

from dataclasses import replace

import pytest
from immutables import Map

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.table import Command, Option
from tests.core.sim.conftest import Terminal

OURS = ("git", "terraform", "gh", "gitleaks", "pre-commit", "sops", "age", "age-keygen", "make", "credctl")
ROWS = [
    row for name in OURS for row in TOOLS.rows[name].walk() if row.run is not None and row.name != "hook-impl"
]
ABSENT = [(row, option) for row in ROWS for option in row.options if not option.simulated]


def words(row: Command, option: Option) -> str:
    value = " x" if option.value and not option.optional else ""
    return f"{row.path} {option.key}{value}"


def kept(terminal: Terminal) -> object:
    """The world but for what every line changes."""
    world = terminal.world
    shell = replace(world.shell, history=(), status=0, statuses=(0,), variables=Map())
    return replace(world, clock=0, shell=shell)


@pytest.mark.parametrize(("row", "option"), ABSENT, ids=[words(*one) for one in ABSENT])
def test_a_real_option_that_is_not_simulated_says_so_and_changes_nothing(repository, row, option):
    before = kept(repository)
    made = repository(words(row, option))
    assert made.code == 2
    assert made.stderr.startswith("simulator: ") or "\nsimulator: " in made.stderr
    assert "is not simulated here; nothing was done" in made.stderr
    assert kept(repository) == before


READING = [row for row in ROWS if row.options]


@pytest.mark.parametrize("row", READING, ids=[row.path for row in READING])
def test_an_option_that_the_real_tool_has_not_gets_its_own_complaint(repository, row):
    before = kept(repository)
    made = repository(f"{row.path} --no-such-option")
    assert made.code != 0
    assert "simulator:" not in made.stderr
    assert kept(repository) == before


DESCRIBED = (
    "git",
    "terraform",
    "kubectl",
    "flux",
    "gh",
    "sops",
    "age",
    "age-keygen",
    "gitleaks",
    "pre-commit",
)
EVERY_ROW = [row for name in DESCRIBED for row in TOOLS.rows[name].walk() if row.options]


@pytest.mark.parametrize("row", EVERY_ROW, ids=lambda row: row.path)
def test_every_option_says_what_it_is_for(row):
    assert [one.key for one in row.options if one.simulated and not one.help] == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("kubectl get --help", "    --watch-only=false:\n\t(not simulated here)"),
        ("gh pr create --help", "  -b, --body string           Body for the pull request"),
        ("gh pr create --help", "Open the web browser (not simulated here)"),
        (
            "terraform init -help",
            "  -upgrade                 take the newest versions that the constraints allow",
        ),
        ("terraform init -help", "  -test-directory=path     (not simulated here)"),
    ],
)
def test_help_comes_from_the_table_and_names_what_is_not_simulated(terminal, line, named):
    assert named in terminal.out(line)


ADD = """\
-n, --dry-run
-v, --verbose
-i, --interactive
-p, --patch
-e, --edit
-f, --force
-u, --update
--renormalize
-N, --intent-to-add
-A, --all
--ignore-removal
--refresh
--ignore-errors
--ignore-missing
--sparse
--chmod (+|-)x
--pathspec-from-file <file>
--pathspec-file-nul"""
"""What `git add -h` lists in git 2.39."""


def test_git_tells_its_synopsis_and_names_with_meanings_beside_them(terminal):
    made = terminal("git add -h")
    assert made.code == 129
    synopsis, _, options = made.stdout.partition("\n\n")
    assert synopsis == "usage: git add [<options>] [--] <pathspec>..."
    names = [line.strip().partition("  ")[0] for line in options.splitlines() if line.startswith("    -")]
    assert names == ADD.splitlines()
    assert "\n    -A, --all             stage whatever is new, changed or deleted\n" in options
    assert made.stdout.endswith("\n\n")
    assert terminal("git commit -h").stderr.startswith("usage: git commit [-a | --interactive | --patch]")
    assert terminal("git add --nosuch").stderr == f"error: unknown option `nosuch'\n{made.stdout}"


@pytest.mark.parametrize("line", ["git help add", "git add --help"])
def test_the_help_of_a_command_names_what_is_not_simulated(terminal, line):
    told = terminal.out(line)
    assert told.startswith("git add - stage files\n\nusage: git add [<options>] [--] <pathspec>...\n")
    shown, _, absent = told.partition("\nNot simulated here: ")
    assert "    -n, --dry-run         only show what would be staged\n" in shown
    assert "--refresh" in absent
    assert terminal("git add --refresh").code == 2


def test_a_value_that_reaches_the_column_of_meanings_is_no_part_of_one(terminal):
    told = [line.strip() for line in terminal.out("git help branch").splitlines()]
    assert "follow <upstream> from now on" in told
