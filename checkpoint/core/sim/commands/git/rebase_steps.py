"""The steps of an interactive rebase: written for an editor, put in order, read again (sequencer.c)."""

from dataclasses import dataclass

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.snapshot import cleaned_message
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import find, peeled

WORDS = {
    "p": "pick",
    "r": "reword",
    "e": "edit",
    "s": "squash",
    "f": "fixup",
    "x": "exec",
    "b": "break",
    "d": "drop",
}
_ABSENT = ("label", "l", "reset", "t", "merge", "m", "update-ref", "u")
TODO, DONE = "rebase-merge/git-rebase-todo", "rebase-merge/done"
_MARKS = ("fixup! ", "squash! ", "amend! ")

_HELP = """
# Rebase {before}{after} onto {onto} ({count} command{plural})
#
# Commands:
# p, pick <commit> = use commit
# r, reword <commit> = use commit, but edit the commit message
# e, edit <commit> = use commit, but stop for amending
# s, squash <commit> = use commit, but meld into previous commit
# f, fixup [-C | -c] <commit> = like "squash" but keep only the previous
#                    commit's log message, unless -C is used, in which case
#                    keep only this commit's message; -c is same as -C but
#                    opens the editor
# x, exec <command> = run command (the rest of the line) using shell
# b, break = stop here (continue rebase later with 'git rebase --continue')
# d, drop <commit> = remove commit
# l, label <label> = label current HEAD with a name
# t, reset <label> = reset HEAD to a label
# m, merge [-C <commit> | -c <commit>] <label> [# <oneline>]
#         create a merge commit using the original merge commit's
#         message (or the oneline, if no original merge commit was
#         specified); use -c <commit> to reword the commit message
# u, update-ref <ref> = track a placeholder for the <ref> to be updated
#                       to this position in the new commits. The <ref> is
#                       updated at the end of the rebase
#
# These lines can be re-ordered; they are executed from top to bottom.
#
# If you remove a line here THAT COMMIT WILL BE LOST.
#
# However, if you remove everything, the rebase will be aborted.
#
"""


@dataclass(frozen=True, slots=True)
class Step:
    """`word` is one of WORDS; `oid` is empty for exec and break, whose `text` is the command."""

    word: str
    oid: Oid = ""
    text: str = ""

    @property
    def told(self) -> str:
        return " ".join(part for part in (self.word, self.oid, self.text) if part)


def steps_of(git: Git, picks: list[Oid]) -> list[Step]:
    return [Step("pick", oid, git.repo.commit(oid).subject) for oid in picks]


def squashed_together(git: Git, steps: list[Step]) -> list[Step]:
    """`--autosquash`: each `fixup!` and `squash!` behind the commit that its subject names."""
    kept: list[list[Step]] = []
    for step in steps:
        mark = next((mark for mark in _MARKS if step.text.startswith(mark)), "")
        name = step.text
        while name.startswith(_MARKS):
            name = name.partition(" ")[2]
        group = next((one for one in kept if mark and _named(one[0], name)), None)
        if group is None:
            kept.append([step])
        else:
            group.append(Step("squash" if mark == "squash! " else "fixup", step.oid, step.text))
    return [step for group in kept for step in group]


def _named(step: Step, name: str) -> bool:
    return step.text.startswith(name) or (len(name) >= 4 and step.oid.startswith(name))


def with_commands(steps: list[Step], commands: tuple[str, ...]) -> list[Step]:
    """`--exec`: the commands behind each commit, a fixup counting as part of the one it mends."""
    made: list[Step] = []
    for place, step in enumerate(steps):
        made.append(step)
        following = steps[place + 1].word if place + 1 < len(steps) else ""
        if following not in ("fixup", "squash"):
            made += [Step("exec", text=command) for command in commands]
    return made


def edited(git: Git, steps: list[Step], before: Oid, after: Oid, onto: Oid) -> list[Step]:
    """The steps after the sequence editor; GitError where it fails or what it leaves can't be read."""
    editor = sequence_editor(git)
    lines = [Step(s.word, git.short(s.oid) if s.oid else "", s.text).told for s in steps]
    told = _HELP.format(
        before=f"{git.short(before)}.." if before else "",
        after=git.short(after),
        onto=git.short(onto),
        count=len(steps),
        plural="s" if len(steps) != 1 else "",
    )
    git.repo.put_text(TODO, "".join(f"{line}\n" for line in lines) + told)
    if run_editor(git, editor, TODO):
        git.repo.drop("rebase-merge")
        raise GitError(f"error: There was a problem with the editor '{editor}'.", 1)
    found = read(git, git.repo.text(TODO))
    if found and found[0].word in ("fixup", "squash"):
        raise GitError(f"error: cannot '{found[0].word}' without a previous commit\n{_CURE}", 1)
    return found


def sequence_editor(git: Git) -> str:
    return (
        git.process.environment.get("GIT_SEQUENCE_EDITOR")
        or git.setting("sequence.editor")
        or message_editor(git)
    )


def message_editor(git: Git) -> str:
    """The editor that was asked for; nothing where git would open vi."""
    environment = git.process.environment
    return (
        environment.get("GIT_EDITOR")
        or git.setting("core.editor")
        or environment.get("VISUAL")
        or environment.get("EDITOR")
        or ""
    )


def run_editor(git: Git, editor: str, name: str) -> int:
    """Run the editor on a file of the repository's own, through the shell as git does."""
    if editor == ":":
        return 0
    path = f"{git.repo.folder}/{name}"
    return git.process.spawn(git.process, ("bash", "-c", f'{editor} "$@"', editor, path), "")


def read(git: Git, text: str) -> list[Step]:
    found: list[Step] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found.append(_step(git, line.strip(), number))
    return found


_CURE = """\
You can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.
Or you can abort the rebase with 'git rebase --abort'."""


def _step(git: Git, line: str, number: int) -> Step:
    word, _, rest = line.partition(" ")
    if word in _ABSENT or rest.startswith("-"):
        raise GitError(f"simulator: `{word}` in an interactive rebase is not simulated", 2)
    name = WORDS.get(word, word)
    if name not in WORDS.values():
        raise GitError(f"error: invalid line {number}: {line}\n{_CURE}", 1)
    if name in ("exec", "break"):
        return Step(name, text=rest.strip())
    typed, _, subject = rest.strip().partition(" ")
    oid = peeled(git.repo, find(git.repo, typed) or "", "commit") if typed else None
    if oid is None:
        why = f"error: could not parse '{typed}'\nerror: invalid line {number}: {line}"
        raise GitError(f"{why}\n{_CURE}", 1)
    return Step(name, oid, subject or git.repo.commit(oid).subject)


def reworded(git: Git, message: str) -> str:
    """A message after its editor, without comments; GitError where it is empty."""
    editor = message_editor(git)
    git.repo.put_text("COMMIT_EDITMSG", message + _COMMENT)
    if not editor:
        raise GitError("simulator: an editor for messages is not simulated here; set GIT_EDITOR", 2)
    if run_editor(git, editor, "COMMIT_EDITMSG"):
        raise GitError(
            f"error: There was a problem with the editor '{editor}'.\nPlease supply the message", 1
        )
    made = cleaned_message(git.repo.text("COMMIT_EDITMSG"))
    if not made:
        raise GitError("Aborting commit due to empty commit message.", 1)
    return made


_COMMENT = """
# Please enter the commit message for your changes. Lines starting
# with '#' will be ignored, and an empty message aborts the commit.
#
"""
