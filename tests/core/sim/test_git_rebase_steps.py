"""Interactive rebases with an editor that is a command, compared with git 2.39.5 (sequencer.c)."""

import pytest

STORY = """git init -q app && cd app && git config user.name R && git config user.email r@x.org
for i in 1 2 3 4; do echo $i > f$i; git add .; git commit -qm "C$i"; done"""


@pytest.fixture
def story(terminal):
    terminal(STORY)
    return terminal


def rebased(terminal, edit, *, root="HEAD~3", editor="true", more=""):
    return terminal(f'GIT_SEQUENCE_EDITOR="{edit}" GIT_EDITOR="{editor}" git rebase -i {more} {root}')


@pytest.mark.parametrize(
    ("edit", "subjects"),
    [
        ("sed -i 1s/pick/drop/", "C4 C3 C1"),
        ("sed -i 1d", "C4 C3 C1"),
        ("sed -i 2s/pick/fixup/", "C4 C2 C1"),
        ("sed -i '2,3s/pick/f/'", "C2 C1"),
        ("sed -i '1{h;d};2G'", "C4 C2 C3 C1"),
        (":", "C4 C3 C2 C1"),
    ],
)
def test_the_list_says_which_commits_there_are_afterwards(story, edit, subjects):
    assert rebased(story, edit).code == 0
    assert story("git log --format=%s | xargs").stdout == subjects + "\n"
    assert story("git status -s").stdout == ""


def test_a_message_is_reworded_and_squashed_messages_are_joined(story):
    assert "[detached HEAD " in rebased(story, "sed -i 1s/pick/reword/", editor="sed -i 1s/C2/Two/").stdout
    assert story("git log --format=%s | xargs").stdout == "C4 C3 Two C1\n"
    rebased(story, "sed -i 2s/pick/squash/")
    assert story("git log -1 --skip=1 --format=%B").stdout == "Two\n\nC3\n\n"


def test_fixups_find_their_commits(story):
    story("echo more >> f2; git commit -qa --fixup HEAD~2")
    assert rebased(story, ":", root="HEAD~4", more="--autosquash").code == 0
    assert story("git log --format=%s | xargs; cat f2 | xargs").stdout == "C4 C3 C2 C1\n2 more\n"


def test_a_rebase_stops_to_edit_and_goes_on(story):
    made = rebased(story, "sed -i 1s/pick/edit/")
    assert (made.code, "You can amend the commit now, with" in made.stderr) == (0, True)
    assert "You are currently editing a commit while rebasing branch 'main'" in story("git status").stdout
    story("echo x > f9; git add f9; git commit -q --amend --no-edit")
    assert "Successfully rebased and updated refs/heads/main." in story("git rebase --continue").stderr
    assert story("git show --format=%s --name-only HEAD~2 | xargs").stdout == "C2 f2 f9\n"


def test_a_command_that_fails_stops_the_rebase(story):
    made = story("git rebase --exec 'test ! -e f3' HEAD~3")
    assert (made.code, "warning: execution failed: test ! -e f3" in made.stderr) == (1, True)
    assert story("git rebase --abort; git log --format=%s | xargs").stdout == "C4 C3 C2 C1\n"


@pytest.mark.parametrize(
    ("edit", "said", "code"),
    [
        ("sed -i 1s/pick/frob/", "error: invalid line 1: frob", 1),
        ("sed -i d", "error: nothing to do", 1),
        ("false", "error: There was a problem with the editor 'false'.", 1),
        ("sed -i 1s/pick/fixup/", "error: cannot 'fixup' without a previous commit", 1),
        ("sed -i '1i label x'", "simulator: `label` in an interactive rebase is not simulated", 2),
    ],
)
def test_a_list_that_cannot_be_carried_out_changes_nothing(story, edit, said, code):
    before = story("git rev-parse HEAD").stdout
    made = rebased(story, edit)
    assert (made.stderr.startswith(said), made.code) == (True, code)
    assert story("git rebase --abort 2> /dev/null; git rev-parse HEAD").stdout == before


def test_without_an_editor_nothing_is_done(story):
    assert "set GIT_SEQUENCE_EDITOR" in story("git rebase -i HEAD~1").stderr


def test_paths_are_told_in_the_second_porcelain_format(story):
    story("echo x >> f1; git mv f2 g2; chmod +x f3; rm f4; touch new")
    made = story("git status --porcelain=v2 --branch").stdout.splitlines()
    two = "0cfbf08886fca9a91cb753ec8734c84fcbe52c9f"
    assert made[1] == "# branch.head main"
    assert made[2].startswith("1 .M N... 100644 100644 100644 d00491f")
    assert made[3].startswith("1 .M N... 100644 100644 100755 00750ed")
    assert made[4].startswith("1 .D N... 100644 100644 000000 b8626c4")
    assert made[5] == f"2 R. N... 100644 100644 100644 {two} {two} R100 g2\tf2"
    assert made[6] == "? new"


def test_an_alias_may_be_a_command_of_the_shell(story):
    story(
        "git config alias.top '!git log -1 --format=%s' && git config alias.ls 'log --oneline'; mkdir d; cd d"
    )
    assert story("git top").stdout == "C4\n"
    assert len(story("git ls -2").stdout.splitlines()) == 2
    story("git config alias.say '!f() { echo \"<$1>\"; }; f'")
    assert story("git say hi").stdout == "<hi>\n"


def test_a_command_of_git_that_is_not_here_is_named_and_no_typing_mistake(story):
    made = story("git merge-tree main HEAD")
    assert (made.stderr, made.code) == (
        "simulator: git merge-tree is not simulated here; nothing was done\n",
        2,
    )


def test_commits_of_all_branches_are_counted(story):
    story("git switch -qc side; git commit -q --allow-empty -m more; git switch -q main")
    assert story("git shortlog -sn --all").stdout == "     5\tR\n"
