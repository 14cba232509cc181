"""git filter-repo: where it refuses, what it says, what is left."""

import pytest

from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import GITCONFIG, Terminal

URL = "git@github.com:acme/platform.git"
DONE = (
    "New history written in 0.03 seconds; now repacking/cleaning...\n"
    "Repacking your repo and cleaning out old unneeded objects\n"
    "Completely finished after 0.11 seconds.\n"
)


@pytest.fixture
def clone() -> Terminal:
    """A fresh clone of a history with a secret in its second commit and one in its last."""
    state = {"remotes": {URL: {"empty": True}}}
    terminal = Terminal(world_from({"files": {".gitconfig": GITCONFIG}, "state": state}))
    terminal(f"git clone -q {URL} seed; cd seed; echo ok > main.py; git add .; git commit -qm Start")
    terminal("echo KEY=abc > creds.env; git add .; git commit -qm Creds")
    terminal("echo key=abc > conf.ini; git add .; git commit -qm Config; git push -q -u origin main")
    terminal(
        "git switch -qc topic; mkdir sub; echo t > sub/t; git add .; git commit -qm Topic; "
        "git push -q origin topic"
    )
    terminal(f"cd ..; git clone -q {URL} app; cd app")
    return terminal


def test_a_fresh_clone_is_rewritten_and_loses_its_origin(clone):
    made = clone("git filter-repo --path creds.env --invert-paths")
    head = clone.out("git rev-parse --short HEAD").strip()
    assert made.stdout == (
        "NOTICE: Removing 'origin' remote; see 'Why is my origin removed?'\n"
        "        in the manual if you want to push back there.\n"
        f"        (was {URL})\n\nParsed 4 commitsHEAD is now at {head} Config\n\n{DONE}"
    )
    assert (made.stderr, made.code) == ("", 0)
    assert clone.out("git remote; git log --format=%s; git branch -a") == "Config\nStart\n* main\n  topic\n"
    assert clone.out("ls .git/filter-repo").split()[0] == "already_ran"
    assert clone.out("grep -c 0000000000 .git/filter-repo/commit-map") == "1\n"


def test_a_second_rewrite_needs_no_force(clone):
    clone("git filter-repo --path creds.env --invert-paths")
    made = clone("git filter-repo --path conf.ini --invert-paths")
    assert (made.code, made.stdout.startswith("\nParsed 3 commitsHEAD is now at ")) == (0, True)
    assert clone.out("git log --format=%s main") == "Start\n"


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("touch x", "you have untracked changes"),
        ("echo x >> main.py", "you have unstaged changes"),
        ("echo x >> main.py; git add .", "expected freshly packed repo"),
        ("git remote rename origin up", "expected one remote, origin"),
        ("git switch -qc x", "expected at most one entry in the reflog for HEAD"),
        ("git branch y; cd ../seed", "expected at most one entry in the reflog for HEAD"),
    ],
)
def test_what_is_no_fresh_clone_is_left_alone(clone, before, why):
    clone(before)
    made = clone("git filter-repo --path creds.env --invert-paths")
    assert (made.code, made.stdout) == (1, "")
    assert made.stderr == (
        "Aborting: Refusing to destructively overwrite repo history since\n"
        f"this does not look like a fresh clone.\n  ({why})\n"
        "Please operate on a fresh clone instead.  If you want to proceed\nanyway, use --force.\n"
    )


def test_texts_are_replaced_in_every_version(clone):
    clone("printf 'abc==>REMOVED\\nregex:K(E)Y==>\\\\1\\nok\\n' > ../e; git filter-repo --replace-text ../e")
    assert clone.out("cat creds.env conf.ini main.py") == "E=REMOVED\nkey=REMOVED\n***REMOVED***\n"
    assert clone.out("git log -S abc --all --oneline") == ""


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ("--path main.py", "main.py\n"),
        ("--path-glob '*.ini' --path-glob '*.env' --invert-paths", "main.py\n"),
        ("--path-regex '^c' --invert-paths", "main.py\n"),
        ("--path main.py --path-rename main.py:app/run.py", "app\n"),
        ("--to-subdirectory-filter svc", "svc\n"),
        ("--strip-blobs-bigger-than 7", "main.py\n"),
    ],
)
def test_paths_are_chosen_and_renamed(clone, options, left):
    assert clone(f"git filter-repo {options}").code == 0
    assert clone.out("ls") == left


def test_a_branch_of_which_nothing_is_left_goes(clone):
    made = clone("git filter-repo --path sub/")
    assert (made.code, "HEAD is now at" in made.stdout) == (0, False)
    assert clone.out("git branch; ls") == "  topic\n"


def test_names_of_commits_in_messages_follow(clone):
    clone("cd ../seed; git revert --no-edit HEAD~1; git filter-repo --path creds.env --invert-paths --force")
    name = clone.out("git log --format=%H --grep=^Config").strip()
    assert f"This reverts commit {name}" in clone.out("git log -1 --format=%b")


def test_removing_sensitive_data_keeps_origin_and_tells_what_comes_next(clone):
    first = clone.out("git rev-parse HEAD~1").strip()
    made = clone("git filter-repo --sensitive-data-removal --path creds.env --invert-paths")
    assert f"NOTE: First Changed Commit(s) is/are:\n  {first}\n" in made.stdout
    assert "git push --force --mirror origin\n" in made.stdout
    assert clone.out("git remote") == "origin\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("", 1, "No arguments specified.\n"),
        ("--nope", 2, "git-filter-repo: error: unrecognized arguments: --nope\n"),
        ("--path", 2, "git-filter-repo: error: argument --path-match/--path: expected one argument\n"),
        ("--path /etc", 1, "Error: Pathnames cannot begin with a '/'\n"),
        (
            "--path-rename a",
            1,
            "Error: --path-rename expects one colon in its argument: <old_name:new_name>.\n",
        ),
        ("--analyze", 2, "simulator: git filter-repo --analyze is not simulated here; nothing was done\n"),
    ],
)
def test_words_that_do_not_fit_are_told_as_argparse_tells_them(clone, words, code, told):
    made = clone(f"git filter-repo {words}")
    assert (made.code, made.stderr) == (code, told)
