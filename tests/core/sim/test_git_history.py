"""How git shows history: graphs, merges with two sides, dates, tags, stashes."""

import pytest

from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World
from tests.core.sim.conftest import GITCONFIG


def said(world: World, line: str) -> str:
    return typed(world, line).terminal


@pytest.fixture(scope="module")
def forked() -> World:
    """Two lines of work on the same file, not yet joined."""
    start = world_from({"files": {".gitconfig": GITCONFIG}})
    lines = (
        "git init -q app; cd app; printf 'one\\ntwo\\n' > f; git add .; git commit -qm Base",
        "git switch -qc left; printf 'left\\ntwo\\n' > f; git commit -qam Left",
        "git switch -q main; printf 'right\\ntwo\\n' > f; git commit -qam Right",
    )
    for line in lines:
        start = typed(start, line).world
    return start


def test_a_graph_draws_a_merge_as_git_does(forked):
    world = typed(forked, "git merge -q left; printf 'both\\ntwo\\n' > f; git commit -qam Both").world
    assert said(world, "git log --graph --format=%s") == (
        "*   Both\n|\\  \n| * Left\n* | Right\n|/  \n* Base\n"
    )


def test_a_conflict_is_shown_against_both_sides(forked):
    world = typed(forked, "git merge left").world
    text = said(world, "git diff")
    assert text.startswith("diff --cc f\n")
    assert (
        "@@@ -1,2 -1,2 +1,6 @@@\n++<<<<<<< HEAD\n +right\n++=======\n+ left\n++>>>>>>> left\n  two\n" in text
    )


def test_a_merge_that_changed_nothing_of_its_own_shows_no_diff(forked):
    world = typed(
        forked, "git switch -q left; echo x > x; git add x; git commit -qm X; git reset -q --hard"
    ).world
    world = typed(
        world, "git switch -qc other HEAD~1; echo y > y; git add y; git commit -qm Y; git merge -q left"
    ).world
    assert "diff" not in said(world, "git show")


def test_commits_are_chosen_by_their_dates(forked):
    assert said(forked, "git log --oneline --since='2 hours ago' | wc -l") == "2\n"
    assert said(forked, "git log --oneline --until=2020-01-01") == ""


def test_a_stash_with_untracked_files_brings_them_back_untracked(forked):
    world = typed(forked, "echo new > n; echo x >> f; git stash -u").world
    assert said(world, "git status -s; ls") == "f\n"
    world = typed(world, "git stash pop").world
    assert said(world, "git status -s") == " M f\n?? n\n"


def test_a_stash_of_one_path_leaves_the_others(forked):
    world = typed(
        forked, "echo g > g; git add g; git commit -qm G; echo x >> f; echo y >> g; git stash push f"
    ).world
    assert said(world, "git status -s") == " M g\n"


def test_a_stash_that_would_overwrite_changes_is_kept(forked):
    world = typed(forked, "echo x >> f; git stash -q; echo y >> f").world
    made = typed(world, "git stash pop")
    assert made.code == 1
    assert made.stdout.startswith("On branch main\nChanges not staged for commit:\n")
    assert made.stdout.endswith("\nThe stash entry is kept in case you need it again.\n")
    assert said(made.world, "git stash list").startswith("stash@{0}: WIP on main")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("git show HEAD:nope", "fatal: path 'nope' does not exist in 'HEAD'\n"),
        ("git show nope:f", "fatal: invalid object name 'nope'.\n"),
        ("git log --nope", "fatal: unrecognized argument: --nope\n"),
        ("git commit -m", "error: switch `m' requires a value\n"),
        ("git branch -u origin/x", "fatal: the requested upstream branch 'origin/x' does not exist\n"),
    ],
)
def test_what_is_not_there_is_named_as_git_names_it(forked, line, told):
    assert typed(forked, line).stderr.startswith(told)


def test_leaving_a_detached_head_counts_the_commits_left_behind(forked):
    world = typed(
        forked, "git switch -q --detach; git commit -q --allow-empty -m A; git commit -q --allow-empty -m B"
    )
    assert "HEAD detached from" in said(world.world, "git status")
    assert "you are leaving 2 commits behind" in said(world.world, "git switch main")


def test_tags_are_sorted_by_version_and_say_where_they_stand(forked):
    world = typed(forked, "git tag v1.10.0 HEAD~1; git tag v1.9.0; git tag -a v2.0.0 -m 'Two'").world
    assert said(world, "git tag --sort=-v:refname") == "v2.0.0\nv1.10.0\nv1.9.0\n"
    assert said(world, "git tag --points-at HEAD") == "v1.9.0\nv2.0.0\n"
    assert said(world, "git tag -n -l 'v2*'") == "v2.0.0          Two\n"


def test_a_stash_of_everything_takes_ignored_files_and_empty_folders_along(forked):
    lines = "printf '*.l\\n' > .gitignore; git add .gitignore; git commit -qm Ignore; mkdir -p e/g"
    world = typed(forked, f"{lines}; echo 1 > a.l; echo 2 > b; git stash -a").world
    assert said(world, "git status -s --ignored; ls") == "f\n"
    assert said(world, "git stash show") == ""
    assert said(world, "git stash show -u --name-status") == "A\ta.l\nA\tb\n"
    assert (
        said(typed(world, "git stash pop").world, "git status -s --ignored; ls")
        == "?? b\n!! a.l\na.l\nb\nf\n"
    )


def test_nothing_is_merged_while_a_cherry_pick_waits_for_its_commit(forked):
    lines = (
        "git switch -q left; echo l > f; git commit -qam L; git switch -q main; echo m > f; git commit -qam M"
    )
    world = typed(forked, f"{lines}; git cherry-pick left; git add f").world
    made = typed(world, "git merge left")
    assert (made.code, made.stderr.splitlines()[0]) == (
        128,
        "fatal: You have not concluded your cherry-pick (CHERRY_PICK_HEAD exists).",
    )
    assert (
        said(world, "git cherry-pick --abort; git reflog -1").partition("HEAD@{0}: ")[2].startswith("reset: ")
    )


def test_a_pull_without_a_remote_says_how_to_name_one_and_takes_the_only_one(forked):
    assert "git pull <remote> <branch>" in typed(forked, "git pull").stderr
    made = typed(forked, "git remote add up ../nowhere && git pull")
    assert made.stderr.startswith("fatal: '../nowhere' does not appear to be a git repository\n")
