"""git beyond the recorded sessions: what it refuses, what survives, what happened."""

import hashlib
import zlib
from dataclasses import replace

import pytest


def test_objects_have_the_names_that_git_gives_them(repository):
    name = hashlib.sha1(b"blob 4\0one\n", usedforsecurity=False).hexdigest()
    assert repository.out("git rev-parse HEAD:a.txt") == name + "\n"


def test_a_loose_object_is_what_git_would_have_written(repository):
    name = repository.out("git hash-object -w a.txt").strip()
    path = f"/home/learner/app/.git/objects/{name[:2]}/{name[2:]}"
    assert zlib.decompress(repository.world.files.read(path)) == b"blob 4\0one\n"


def test_two_sides_of_the_same_line_conflict(repository):
    repository("git switch -qc other; echo theirs > a.txt; git commit -qam 'Theirs'")
    repository("git switch -q main; echo ours > a.txt; git commit -qam 'Ours'")
    made = repository("git merge other")
    assert made.code == 1 and "CONFLICT (content): Merge conflict in a.txt" in made.stdout
    assert repository.out("cat a.txt") == "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"
    assert repository.out("git status --short") == "UU a.txt\n"
    repository("echo both > a.txt; git add a.txt; git commit -qm 'Both'")
    assert repository.out("git log --oneline --merges --format=%s") == "Both\n"


def test_sides_that_touch_different_lines_are_joined(repository):
    repository("seq 1 9 > n; git add n; git commit -qm 'Numbers'; git switch -qc other")
    repository("sed -i 's/^1$/one/' n; git commit -qam 'Top'; git switch -q main")
    repository("sed -i 's/^9$/nine/' n; git commit -qam 'End'; git merge -q -m 'Join' other")
    assert repository.out("head -1 n; tail -1 n") == "one\nnine\n"


def test_a_switch_that_would_lose_changes_is_refused(repository):
    repository("git switch -qc other; echo theirs > a.txt; git commit -qam 'Theirs'; git switch -q main")
    repository("echo mine > a.txt")
    made = repository("git switch other")
    assert made.code == 1 and "would be overwritten by checkout" in made.stderr
    assert repository.out("cat a.txt") == "mine\n"


def test_a_stash_brings_changes_back(repository):
    repository("echo more >> a.txt; git stash -q")
    assert repository.out("git status --short") == ""
    repository("git stash pop")
    assert repository.out("cat a.txt") == "one\nmore\n"


def test_no_verify_skips_pre_commit_and_commit_msg_but_not_prepare_commit_msg(repository):
    for name in ("pre-commit", "commit-msg", "prepare-commit-msg"):
        hook = f".git/hooks/{name}"
        repository(f"printf '#!/bin/sh\\necho ran {name}\\n' > {hook}; chmod +x {hook}")
    made = repository("echo two > b; git add b; git commit --no-verify -m 'Second'")
    assert "ran prepare-commit-msg" in made.stderr
    assert "ran pre-commit" not in made.stderr and "ran commit-msg" not in made.stderr


@pytest.mark.parametrize("line", ["git merge -q side", "git cherry-pick side", "git rebase -q side"])
def test_some_ways_to_a_commit_never_ask_the_pre_commit_hook(repository, line):
    repository("git switch -qc side; echo s > s; git add s; git commit -qm 'Side'; git switch -q main")
    repository("printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit")
    assert repository(line).code == 0
    assert repository("echo t > t; git add t; git commit -m 'Plain'").code == 1


def test_what_became_of_the_hook_is_an_event(repository):
    repository("printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit")
    kinds = [event.told() for event in repository("git commit --allow-empty -m x").events]
    assert [(k["kind"], k.get("result")) for k in kinds] == [
        ("guardrail", "caught"),
        ("git.commit-refused", None),
    ]
    kinds = [event.told() for event in repository("git commit --allow-empty -nm x").events]
    assert [(k["kind"], k.get("result"), k.get("hooks")) for k in kinds] == [
        ("guardrail", "bypassed", None),
        ("git.commit", None, "bypassed"),
    ]


def test_with_the_guardrail_off_the_hook_stays_quiet(repository):
    repository("printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit")
    repository.world = replace(repository.world, off=frozenset({"pre-commit"}))
    assert repository("git commit --allow-empty -m x").code == 0


def test_a_hook_before_a_push_belongs_to_the_same_guardrail(repository):
    repository("git init -q --bare /tmp/r.git; git remote add origin /tmp/r.git")
    repository("printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-push; chmod +x .git/hooks/pre-push")
    made = repository("git push origin main")
    assert made.code == 1
    acted = [event.told() for event in made.events if event.kind == "guardrail"]
    assert [(one["guardrail"], one["result"], one["about"]) for one in acted] == [
        ("pre-commit", "caught", "pre-push")
    ]
    repository.world = replace(repository.world, off=frozenset({"pre-commit"}))
    assert repository("git push origin main").code == 0


def test_a_deleted_secret_stays_in_history_until_it_is_rewritten_and_collected(repository):
    repository("echo s3cr3t > k; git add k; git commit -qm 'Key'; git rm -q k; git commit -qm 'Gone'")
    assert repository.out("git show HEAD~1:k") == "s3cr3t\n"
    blob = repository.out("git rev-parse HEAD~1:k").strip()
    repository("git filter-repo --path k --invert-paths --force")
    assert repository(f"git cat-file -p {blob}").code == 128
    assert repository.out("git log --format=%s") == "First\n"


def test_a_mistyped_command_is_guessed(repository):
    assert "The most similar command is\n\tcommit" in repository("git comit").stderr


def test_a_switch_that_puts_a_file_over_a_folder_keeps_untracked_files(repository):
    repository("git switch -qc flat; echo f > d; git add d; git commit -qm Flat; git switch -q main")
    repository("mkdir d; echo mine > d/own")
    made = repository("git switch flat")
    assert made.code == 1 and "would lose untracked files in them:\n\td\n" in made.stderr
    assert repository.out("cat d/own; git branch --show-current") == "mine\nmain\n"


@pytest.mark.parametrize("word", ["revert", "cherry-pick"])
def test_what_is_staged_stops_a_revert_or_a_pick(repository, word):
    repository("echo mine > new; git add new")
    made = repository(f"git {word} HEAD")
    assert made.code == 128
    assert made.stderr.startswith(f"error: your local changes would be overwritten by {word}.\n")
    assert repository.out("cat new; git status --short") == "mine\nA  new\n"


def test_a_reflog_that_was_written_over_by_hand_is_read_as_far_as_it_can_be(repository):
    made = repository("echo '{' > .git/logs/HEAD; git fsck --full; git reflog; git gc; git log --oneline")
    assert made.code == 0
