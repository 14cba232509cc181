"""git between repositories and while lines of work are joined: what is pushed, pulled, squashed, picked."""

import pytest

from checkpoint.core.sim.run import typed
from checkpoint.core.sim.world import World
from tests.core.sim.conftest import GITCONFIG
from tests.fidelity.adapter import session

URL = "git@github.com:acme/platform.git"


@pytest.fixture(scope="module")
def cloned() -> World:
    """A clone with one commit, on its main branch."""
    made = session({"files": {".gitconfig": GITCONFIG}, "state": {"remotes": {URL: {"protected": []}}}})
    made.setup({"command": "git init -q --bare -b main /srv/git/acme/platform.git"})
    seed = "cd seed && echo one > f && git add . && git commit -qm Base && git push -q origin HEAD:main"
    made.setup({"command": f"git clone -q {URL} seed; {seed}; cd; rm -rf seed"})
    return typed(made.world, f"git clone -q {URL}; cd platform").world


def test_a_squash_stages_everything_and_commits_nothing(cloned):
    made = typed(
        cloned,
        "git switch -qc x; echo x > x; git add x; git commit -qm X; git switch -q main; git merge --squash x",
    )
    assert "Squash commit -- not updating HEAD\n" in made.stdout
    assert typed(made.world, "git status -s; git log --oneline | wc -l").stdout == "A  x\n1\n"


def test_pushing_head_names_the_branch_and_lets_it_follow(cloned):
    made = typed(cloned, "git switch -qc topic; git commit -q --allow-empty -m T; git push -u origin HEAD")
    assert made.stdout == "branch 'topic' set up to track 'origin/topic'.\n"
    assert " * [new branch]      HEAD -> topic\n" in made.stderr


def test_a_push_of_a_branch_without_upstream_is_refused_even_with_the_remote_named(cloned):
    made = typed(cloned, "git switch -qc topic; git push origin")
    assert made.code == 128
    assert "fatal: The current branch topic has no upstream branch.\n" in made.stderr


def test_a_pull_that_merges_names_where_the_branch_came_from(cloned):
    other = f"cd; git clone -q {URL} mate; cd mate; echo m > m; git add m; git commit -qm M; git push -q"
    made = typed(
        cloned,
        f"{other}; cd ~/platform; echo o > o; git add o; git commit -qm O; git pull --no-rebase --no-edit",
    )
    subject = typed(made.world, "git log -1 --format=%s").stdout
    assert subject == "Merge branch 'main' of github.com:acme/platform\n"


def test_a_branch_cannot_stand_where_a_folder_of_branches_is(cloned):
    made = typed(cloned, "git branch a/b; git branch a")
    assert made.stderr == (
        "fatal: cannot lock ref 'refs/heads/a': 'refs/heads/a/b' exists; cannot create 'refs/heads/a'\n"
    )


def test_a_hook_that_cannot_be_run_is_named(cloned):
    made = typed(cloned, "echo 'exit 1' > .git/hooks/pre-commit; git commit --allow-empty -qm E")
    assert made.code == 0
    assert made.stderr.startswith("hint: The '.git/hooks/pre-commit' hook was ignored because")


def test_switch_does_not_leave_a_merge_half_done(cloned):
    diverge = (
        "git switch -qc l; echo l > f; git commit -qam L; git switch -q main; echo m > f; git commit -qam M"
    )
    made = typed(cloned, f"{diverge}; git merge l; git switch l")
    assert made.stderr.startswith("fatal: cannot switch branch while merging\n")
    assert (
        typed(made.world, "git merge --abort; git merge -q -X theirs l; cat f").stdout
        == "Auto-merging f\nl\n"
    )


def test_a_revert_of_a_merge_tells_which_side_it_reverses(cloned):
    merge = "git switch -qc t; echo t > t; git add t; git commit -qm T; git switch -q main"
    made = typed(cloned, f"{merge}; git merge -q --no-ff t; git revert --no-edit HEAD")
    assert "is a merge but no -m option was given." in made.stderr
    made = typed(made.world, "git revert -m 1 --no-edit HEAD; git log -1 --format=%b")
    assert ", reversing\nchanges made to " in made.stdout


def test_a_pick_that_was_continued_keeps_its_author_and_date(cloned):
    pick = "git switch -qc p; echo p > f; git commit -qam P --author='Sam Mate <sam@example.com>'"
    made = typed(
        cloned,
        f"{pick}; git switch -q main; echo m > f; git commit -qam M; git cherry-pick p; echo b >f; git add f",
    )
    made = typed(made.world, "git cherry-pick --continue; git log -1 --format=%an")
    assert made.stdout.endswith("Sam Mate\n")


def test_aborting_a_row_of_picks_goes_back_to_where_it_began(cloned):
    row = "git switch -qc r; echo a > a; git add a; git commit -qm A; echo r > f; git commit -qam R"
    made = typed(cloned, f"{row}; git switch -q main; echo m > f; git commit -qam M; git cherry-pick r~1 r")
    made = typed(made.world, "git cherry-pick --abort; git log --format=%s; git status -s")
    assert made.stdout == "M\nBase\n"


def test_a_tree_filter_sees_each_commit_alone_and_leaves_other_files_be(cloned):
    history = (
        "echo x > x; git add x; git commit -qm X; git rm -q x; git commit -qm 'Drop x'; echo u > untracked"
    )
    made = typed(
        cloned,
        f"{history}; git filter-branch --tree-filter 'rm -f f' HEAD; ls; git log --format=%s --stat -1",
    )
    assert made.stdout.endswith("untracked\nDrop x\n\n x | 1 -\n 1 file changed, 1 deletion(-)\n")


@pytest.mark.parametrize(
    "line", ["echo junk > .git/index; git status", "git gc -q; echo x > .git/objects/pack/a.pack; git log"]
)
def test_a_damaged_repository_is_told_of_and_not_fallen_over(cloned, line):
    assert typed(cloned, line).code in (0, 128)


def test_a_message_given_on_the_line_keeps_what_looks_like_a_comment(cloned):
    assert typed(cloned, "git commit -q --allow-empty -m '#12 x'; git log -1 --format=%s").stdout == "#12 x\n"


def test_objects_are_listed_with_the_paths_that_lead_to_them(cloned):
    made = typed(cloned, "git rev-list --objects --all | cut -d' ' -f2- | tail -1")
    assert made.stdout == "f\n"


def test_a_branch_that_is_checked_out_elsewhere_is_not_pushed_to(cloned):
    made = typed(cloned, "git clone -q . ../copy; cd ../copy; git commit -q --allow-empty -m C; git push")
    assert made.code == 1
    assert " ! [remote rejected] main -> main (branch is currently checked out)\n" in made.stderr
