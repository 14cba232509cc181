"""git bisect, and what else git says half-way."""

import pytest

from tests.core.sim.conftest import Terminal


@pytest.fixture
def history(terminal: Terminal) -> Terminal:
    """Eight commits, of which the fifth brings a fault."""
    terminal("git init -q app; cd app")
    for number in range(1, 9):
        fault = "echo bug > bug.txt; " if number == 5 else ""
        terminal(f"echo {number} > v.txt; {fault}git add .; git commit -qm 'Change {number}'")
    return terminal


def test_a_search_by_hand_ends_at_the_first_bad_commit(history):
    assert history.out("git bisect start") == "status: waiting for both good and bad commits\n"
    assert history.out("git bisect bad") == "status: waiting for good commit(s), bad commit known\n"
    begun = history.out("git bisect good HEAD~7")
    assert begun.startswith("Bisecting: 3 revisions left to test after this (roughly 2 steps)\n[")
    assert begun.endswith("] Change 4\n")
    assert "You are currently bisecting, started from branch 'main'.\n" in history.out("git status")
    assert "(roughly 1 step)" in history.out("git bisect good")
    assert "Change 5" in history.out("git bisect bad")
    found = history.out("git bisect bad")
    assert found.split("\n")[0].endswith(" is the first bad commit")
    assert " create mode 100644 bug.txt\n" in found
    assert history("git bisect reset").stderr.endswith("Switched to branch 'main'\n")
    assert history.out("ls .git | grep -c BISECT; true") == "0\n"


def test_a_search_by_script_needs_only_its_exit_codes(history):
    history("git bisect start HEAD HEAD~7")
    made = history("git bisect run sh -c '! test -f bug.txt'")
    assert (made.code, made.stdout.endswith("bisect found first bad commit")) == (0, True)
    assert "Change 5" in made.stdout
    assert history("git bisect run").stderr == "error: bisect run failed: no command provided.\n"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("git bisect good", 1, 'You need to start by "git bisect start"\n\n'),
        ("git bisect start; git bisect bad nope", 1, "error: Bad rev input: nope\n"),
        ("git bisect start HEAD~7 HEAD", 1, "Some good revs are not ancestors of the bad rev.\n"),
    ],
)
def test_a_search_that_cannot_begin_says_why(history, line, code, told):
    made = history(line)
    assert (made.code, made.stderr.startswith(told)) == (code, True)


def test_a_revert_of_what_is_undone_leaves_nothing_half_done(history):
    history("git revert --no-edit HEAD")
    made = history("git revert --no-edit HEAD~1")
    assert (made.code, made.stdout) == (1, "On branch main\nnothing to commit, working tree clean\n")
    assert history("git switch -qc other").code == 0


def test_a_stash_becomes_a_branch(history):
    history("echo wip > v.txt; git stash; git branch -m gone")
    made = history("git stash branch fix")
    assert (made.code, made.stderr) == (0, "Switched to a new branch 'fix'\n")
    assert "Dropped refs/stash@{0} (" in made.stdout
    assert history.out("git status -s; git stash list") == " M v.txt\n"


def test_a_merge_that_waits_does_not_say_how_to_unstage(history):
    history("git switch -qc side HEAD~1; echo s > s; git add .; git commit -qm S; git switch -q main")
    made = history("git merge --no-commit side")
    assert (made.stdout, made.stderr) == (
        "",
        "Automatic merge went well; stopped before committing as requested\n",
    )
    assert "restore --staged" not in history.out("git status")
    assert history.out("git merge --abort; git reflog -1").endswith(" HEAD@{0}: reset: moving to HEAD\n")
