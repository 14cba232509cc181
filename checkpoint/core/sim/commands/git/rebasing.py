"""git rebase: putting commits on top of another one."""

from dataclasses import dataclass

from checkpoint.core.sim.commands.git import rebase_steps
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import overwritten
from checkpoint.core.sim.commands.git.joining import settle
from checkpoint.core.sim.commands.git.rebase_steps import DONE, TODO, Step
from checkpoint.core.sim.commands.git.snapshot import announced, recorded
from checkpoint.core.sim.commands.git.status import state_of
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.events import Rewritten
from checkpoint.core.sim.parts.git.history import files_at, is_ancestor, merge_bases, walk
from checkpoint.core.sim.parts.git.merging import merged_trees
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError, Logged
from checkpoint.core.sim.parts.git.revisions import find, peeled
from checkpoint.core.sim.parts.git.worktree import check_out, conflicts, in_the_way, index_files
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def rebase(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    busy = repo.has_file("rebase-merge/onto")
    for key in ("--continue", "--abort", "--skip", "--quit"):
        if args.has(key):
            if not busy:
                raise GitError("fatal: No rebase in progress?")
            return _rebase_on(git, key)
    if busy:
        raise GitError("fatal: It seems that there is already a rebase-merge directory")
    dirty = state_of(git)
    git.process.out("".join(f"{path}: needs merge\n" for path in sorted(dirty.conflicts)))
    if dirty.unstaged or dirty.staged or dirty.conflicts:
        lines = []
        if dirty.unstaged or dirty.conflicts:
            lines.append("error: cannot rebase: You have unstaged changes.")
        if dirty.staged or dirty.conflicts:
            lead = "additionally, your" if dirty.unstaged or dirty.conflicts else "cannot rebase: Your"
            lines.append(f"error: {lead} index contains uncommitted changes.")
        raise GitError("\n".join([*lines, "error: Please commit or stash them."]), 1)
    plan = Plan.of(args)
    if args.has("--root"):
        return _without_editor(git, plan) or rebased(git, None, None, "", plan)
    upstream = args.rest[0] if args.rest else repo.upstream(repo.branch).removeprefix("refs/remotes/")
    if not upstream:
        return _nothing_to_rebase_on(git)
    if len(args.rest) > 1:
        code = process.spawn(process, ("git", "switch", "-q", args.rest[1]), "")
        if code:
            return code
    goal = peeled(repo, find(repo, upstream) or "", "commit")
    if goal is None:
        raise GitError(f"fatal: invalid upstream '{upstream}'")
    onto = git.commit(args.value("--onto")) if args.has("--onto") else goal
    return _without_editor(git, plan) or rebased(git, goal, onto, args.value("--onto") or upstream, plan)


def _without_editor(git: Git, plan: "Plan") -> int:
    """Refuse an interactive rebase for which git would open vi."""
    if not plan.interactive or rebase_steps.sequence_editor(git):
        return 0
    return git.process.unsupported(
        "an interactive rebase in vi",
        "set GIT_SEQUENCE_EDITOR to a command that edits the list, such as `sed -i 2s/pick/squash/`",
    )


def _nothing_to_rebase_on(git: Git) -> int:
    repo = git.repo
    if not repo.head_ref:
        git.line("You are not currently on a branch.")
    else:
        git.line("There is no tracking information for the current branch.")
    git.line("Please specify which branch you want to rebase against.")
    git.line("See git-rebase(1) for details.\n\n    git rebase '<branch>'\n")
    if repo.head_ref:
        remote = (repo.remotes() or ["<remote>"])[0]
        git.line("If you wish to set tracking information for this branch you can do so with:\n")
        git.line(f"    git branch --set-upstream-to={remote}/<branch> {repo.branch}\n")
    return 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with the commits besides picking them."""

    interactive: bool = False
    squash: bool = False
    commands: tuple[str, ...] = ()

    @staticmethod
    def of(args: Args) -> "Plan":
        """`--exec` goes through the sequencer too, but no editor is opened for it."""
        return Plan(args.has("--interactive"), args.has("--autosquash"), tuple(args.values("--exec")))


def rebased(git: Git, upstream: Oid | None, onto: Oid | None, name: str, plan: Plan | None = None) -> int:
    """Put the commits that are only here on top of another one; without one they are all begun anew."""
    repo = git.repo
    plan = plan or Plan()
    head = git.head()
    stepwise = plan.interactive or bool(plan.commands)
    if upstream and onto and not stepwise and is_ancestor(repo, onto, head) and onto == upstream:
        bases = merge_bases(repo, head, onto)
        if bases == [onto] and not any(len(repo.commit(o).parents) > 1 for o in walk(repo, [head], [onto])):
            git.line(f"Current branch {repo.branch or 'HEAD'} is up to date.")
            return 0
    shut_out = [upstream] if upstream else []
    walked = walk(repo, [head], shut_out, topological=True)
    picks = [oid for oid in walked if len(repo.commit(oid).parents) < 2]
    picks = [oid for oid in reversed(picks) if not upstream or not _already(git, oid, head, upstream)]
    steps = rebase_steps.steps_of(git, picks)
    if plan.squash:
        steps = rebase_steps.squashed_together(git, steps)
    steps = rebase_steps.with_commands(steps, plan.commands)
    base = onto or picks[0]
    _remembered(git, base)
    if plan.interactive:
        steps = rebase_steps.edited(git, steps, upstream or "", head, base)
        if not steps:
            repo.drop("rebase-merge")
            raise GitError("error: nothing to do", 1)
    skipped = _unneeded(git, steps, onto) if stepwise and onto else []
    return _begun(git, steps, skipped, base, name)


def _unneeded(git: Git, steps: list[Step], onto: Oid | None) -> list[Step]:
    """The picks at the beginning that stand where they would be put (sequencer.c, skip_unnecessary_picks)."""
    found: list[Step] = []
    base = onto
    for step in steps:
        parents = git.repo.commit(step.oid).parents if step.word == "pick" else (None,)
        if step.word != "pick" or (parents[0] if parents else None) != base:
            break
        found.append(step)
        base = step.oid
    return found


def _remembered(git: Git, onto: Oid) -> None:
    """Put down where the rebase began, so that it can be given up from here on."""
    repo = git.repo
    repo.put_text("rebase-merge/head-name", (repo.head_ref or "detached HEAD") + "\n")
    repo.put_text("rebase-merge/onto", onto + "\n")
    repo.put_text("rebase-merge/orig-head", git.head() + "\n")


def _begun(git: Git, steps: list[Step], skipped: list[Step], onto: Oid, name: str) -> int:
    repo = git.repo
    head = git.head()
    start = skipped[-1].oid if skipped else onto
    repo.put_text("rebase-merge/count", f"{len(steps)}\n")
    repo.put_text(TODO, "".join(f"{step.told}\n" for step in steps[len(skipped) :]))
    repo.put_text(DONE, "".join(f"{step.told}\n" for step in skipped))
    old, new = files_at(repo, head), files_at(repo, start)
    changed, loose = in_the_way(repo, old, new)
    if changed or loose:
        repo.drop("rebase-merge")
        raise GitError(overwritten(changed, loose, "checkout") + "\nerror: could not detach HEAD", 1)
    check_out(repo, new)
    repo.put_text("ORIG_HEAD", head + "\n")
    repo.detach(start, git.me(), f"rebase (start): checkout {name or onto}")
    return _next(git)


def _already(git: Git, oid: Oid, head: Oid, upstream: Oid) -> bool:
    """Whether upstream holds the same change."""
    repo = git.repo

    def change(one: Oid) -> list[tuple[str, str, str]]:
        parents = repo.commit(one).parents
        made = between(files_at(repo, parents[0] if parents else None), files_at(repo, one))
        return [(c.path, c.old, c.new) for c in made]

    mine = change(oid)
    return any(
        change(other) == mine
        for other in walk(repo, [upstream], [head])
        if len(repo.commit(other).parents) < 2
    )


def _todo(git: Git) -> list[Step]:
    return rebase_steps.read(git, git.repo.text(TODO))


def _progress(git: Git, text: str) -> None:
    """A line that a terminal overwrites at once: there it isn't printed, elsewhere it stays."""
    if not git.process.tty:
        git.error(text)


def _next(git: Git) -> int:
    """Do the steps that are left, up to the end, a stop or a conflict."""
    repo = git.repo
    while todo := _todo(git):
        git.process.budget.step()
        step = todo[0]
        repo.put_text(TODO, "".join(f"{one.told}\n" for one in todo[1:]))
        done = repo.text(DONE) + step.told + "\n"
        repo.put_text(DONE, done)
        if step.word == "drop":
            continue
        _progress(git, f"Rebasing ({done.count(chr(10))}/{repo.text('rebase-merge/count').strip()})")
        stopped = _done(git, step, todo[1] if len(todo) > 1 else None)
        if stopped is not None:
            return stopped
    return _finished(git)


def _done(git: Git, step: Step, following: Step | None) -> int | None:
    """Carry out one step; a number is the exit code with which the rebase stops here."""
    if step.word == "break":
        head = git.head()
        _blank(git)
        git.error(f"Stopped at {git.short(head)} ({git.repo.commit(head).subject})")
        return 0
    if step.word == "exec":
        return _run(git, step.text)
    if step.word in ("squash", "fixup"):
        return _melded(git, step, following)
    if _replay(git, step.oid):
        return 1
    if step.word == "reword":
        _amended(git, rebase_steps.reworded(git, git.repo.commit(git.head()).message), "reword", shown=True)
    if step.word == "edit":
        return _stopped_to_edit(git, step)
    return None


def _blank(git: Git) -> None:
    _progress(git, "\n" + " " * 80)


def _run(git: Git, command: str) -> int | None:
    _blank(git)
    git.error(f"Executing: {command}")
    code = git.process.spawn(git.process, ("bash", "-c", command), "")
    if not code:
        return None
    git.error(f"warning: execution failed: {command}\nYou can fix the problem, and then run\n")
    git.error("  git rebase --continue\n\n")
    return 1


def _stopped_to_edit(git: Git, step: Step) -> int:
    git.repo.put_text("rebase-merge/amend", git.head() + "\n")
    git.repo.put_text("REBASE_HEAD", step.oid + "\n")
    _blank(git)
    git.error(f"Stopped at {git.short(git.head())}...  {step.text}")
    git.error("You can amend the commit now, with\n\n  git commit --amend \n")
    git.error("Once you are satisfied with your changes, run\n\n  git rebase --continue")
    return 0


def _amended(git: Git, message: str, word: str, *, shown: bool) -> None:
    """HEAD's commit made anew with what is staged and another message."""
    repo = git.repo
    old = repo.commit(git.head())
    made = recorded(git, message, old.parents, old.author)
    repo.detach(made, git.me(), f"rebase ({word}): {repo.commit(made).subject}")
    if shown:
        git.process.out(announced(git, made, dated=True))


def _melded(git: Git, step: Step, following: Step | None) -> int | None:
    """`squash` and `fixup`: the change goes into HEAD's commit, a squash's message below its own."""
    repo = git.repo
    head = repo.commit(git.head())
    if _applied(git, step.oid):
        return 1
    kept = repo.text("rebase-merge/message-squash")
    before = kept or f"{_FIRST}{head.message.rstrip()}\n"
    number = before.count("\n# This is the commit message #") + before.count("\n# The commit message #") + 2
    own = repo.commit(step.oid).message.rstrip()
    if step.word == "squash":
        before += f"\n# This is the commit message #{number}:\n\n{own}\n"
        repo.put_text("rebase-merge/edited", "yes\n")
    else:
        skipped = "\n".join(f"# {line}".rstrip() for line in own.split("\n"))
        before += f"\n# The commit message #{number} will be skipped:\n\n{skipped}\n"
    if following and following.word in ("squash", "fixup"):
        repo.put_text("rebase-merge/message-squash", before)
        _amended(git, head.message, step.word, shown=False)
        return None
    edits = repo.has_file("rebase-merge/edited")
    repo.drop("rebase-merge/message-squash")
    repo.drop("rebase-merge/edited")
    combined = f"# This is a combination of {number} commits.\n{before}"
    message = rebase_steps.reworded(git, combined) if edits else head.message
    _amended(git, message, step.word, shown=edits)
    return None


_FIRST = "# This is the 1st commit message:\n\n"


def _replay(git: Git, oid: Oid) -> int:
    repo = git.repo
    made = repo.commit(oid)
    head = git.head()
    parent = made.parents[0] if made.parents else None
    if parent == head or (parent is None and head == oid):
        check_out(repo, files_at(repo, oid))
        repo.detach(oid, git.me(), "rebase: fast-forward")
        return 0
    ours = files_at(repo, head)
    if _applied(git, oid):
        return 1
    if index_files(repo) == ours:
        git.error(f"dropping {oid} {made.subject} -- patch contents already upstream")
        return 0
    new = recorded(git, made.message, (head,), made.author)
    repo.detach(new, git.me(), f"rebase (pick): {made.subject}")
    return 0


def _applied(git: Git, oid: Oid) -> int:
    """A commit's change in the index and the working tree; 1 where it meets a conflict, which is told."""
    repo = git.repo
    made = repo.commit(oid)
    parent = made.parents[0] if made.parents else None
    ours = files_at(repo, git.head())
    label = f"{git.short(oid)} ({made.subject})"
    joined = merged_trees(repo, files_at(repo, parent), ours, files_at(repo, oid), "HEAD", label)
    settle(git, joined)
    for told in joined.told:
        if joined.stages:
            git.line(told)
    if joined.stages:
        repo.put_text("REBASE_HEAD", oid + "\n")
        repo.put_text("MERGE_MSG", made.message)
        short = f"{git.short(oid)}... {made.subject}"
        git.error(f"error: could not apply {short}")
        git.error("hint: Resolve all conflicts manually, mark them as resolved with")
        git.error('hint: "git add/rm <conflicted_files>", then run "git rebase --continue".')
        git.error('hint: You can instead skip this commit: run "git rebase --skip".')
        git.error('hint: To abort and get back to the state before "git rebase", run "git rebase --abort".')
        git.error(f"Could not apply {short}")
        return 1
    return 0


def _rebase_on(git: Git, key: str) -> int:
    repo = git.repo
    if key == "--abort":
        head = repo.text("rebase-merge/orig-head").strip()
        ref = repo.text("rebase-merge/head-name").strip()
        check_out(repo, files_at(repo, head), force=True)
        if ref.startswith("refs/heads/"):
            repo.attach(ref.removeprefix("refs/heads/"), git.me(), f"rebase (abort): returning to {ref}")
        else:
            repo.detach(head, git.me(), "rebase (abort)")
        repo.drop("rebase-merge")
        repo.drop("REBASE_HEAD")
        repo.drop("MERGE_MSG")
        return 0
    if key == "--quit":
        repo.drop("rebase-merge")
        return 0
    if key == "--skip":
        check_out(repo, files_at(repo, repo.head), force=True)
        repo.drop("MERGE_MSG")
        return _next(git)
    if conflicts(repo):
        for path in sorted(conflicts(repo)):
            git.line(f"{path}: needs merge")
        git.line("You must edit all merge conflicts and then\nmark them as resolved using git add")
        return 1
    amends = repo.text("rebase-merge/amend").strip()
    oid = repo.text("REBASE_HEAD").strip()
    if amends and index_files(repo) != files_at(repo, repo.head):
        if amends == git.head():
            _amended(git, repo.commit(amends).message, "continue", shown=True)
        else:
            raise GitError(_STAGED.format(blank=" "), 1)
    elif oid and index_files(repo) != files_at(repo, repo.head):
        made = repo.commit(oid)
        new = recorded(git, made.message, (git.head(),), made.author)
        repo.detach(new, git.me(), f"rebase (continue): {made.subject}")
        git.process.out(announced(git, new))
    repo.drop("REBASE_HEAD")
    repo.drop("MERGE_MSG")
    repo.drop("rebase-merge/amend")
    return _next(git)


_STAGED = """\
error: you have staged changes in your working tree
If these changes are meant to be squashed into the previous commit, run:

  git commit --amend{blank}

If they are meant to go into a new commit, run:

  git commit{blank}

In both cases, once you're done, continue with:

  git rebase --continue
"""


def _finished(git: Git) -> int:
    repo = git.repo
    ref = repo.text("rebase-merge/head-name").strip()
    old = repo.text("rebase-merge/orig-head").strip()
    new = git.head()
    onto = repo.text("rebase-merge/onto").strip()
    if ref.startswith("refs/heads/"):
        repo.put_text(ref, new + "\n")
        repo.log(ref, Logged(old, new, git.me(), f"rebase (finish): {ref} onto {onto}"))
        repo.attach(ref.removeprefix("refs/heads/"), git.me(), f"rebase (finish): returning to {ref}")
    repo.drop("rebase-merge")
    if not is_ancestor(repo, old, new):
        git.process.happened(Rewritten("rebase", old, new))
    place = ref if ref.startswith("refs/") else "detached HEAD"
    _progress(git, "\n" + " " * 80)
    git.error(f"Successfully rebased and updated {place}.")
    return 0
