"""git rebase: putting commits on top of another one."""

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import overwritten
from checkpoint.core.sim.commands.git.joining import settle
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
    if args.has("--interactive"):
        return process.unsupported(
            "an interactive rebase",
            "change history step by step: `git commit --amend`, `git reset --soft`, `git cherry-pick`",
        )
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
    return rebased(git, goal, onto, args.value("--onto") or upstream)


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


def rebased(git: Git, upstream: Oid, onto: Oid, name: str) -> int:
    """Put the commits that are only here on top of another one."""
    repo = git.repo
    head = git.head()
    if is_ancestor(repo, onto, head) and onto == upstream:
        bases = merge_bases(repo, head, onto)
        if bases == [onto] and not any(len(repo.commit(o).parents) > 1 for o in walk(repo, [head], [onto])):
            git.line(f"Current branch {repo.branch or 'HEAD'} is up to date.")
            return 0
    picks = [
        oid for oid in walk(repo, [head], [upstream], topological=True) if len(repo.commit(oid).parents) < 2
    ]
    picks = [oid for oid in reversed(picks) if not _already(git, oid, head, upstream)]
    ref = repo.head_ref
    me = git.me()
    repo.put_text("rebase-merge/head-name", (ref or "detached HEAD") + "\n")
    repo.put_text("rebase-merge/onto", onto + "\n")
    repo.put_text("rebase-merge/orig-head", head + "\n")
    repo.put_text("rebase-merge/count", f"{len(picks)}\n")
    lines = [f"pick {oid} {repo.commit(oid).subject}" for oid in picks]
    repo.put_text("rebase-merge/git-rebase-todo", "\n".join(lines) + "\n")
    old, new = files_at(repo, head), files_at(repo, onto)
    changed, loose = in_the_way(repo, old, new)
    if changed or loose:
        repo.drop("rebase-merge")
        raise GitError(overwritten(changed, loose, "checkout") + "\nerror: could not detach HEAD", 1)
    check_out(repo, new)
    repo.put_text("ORIG_HEAD", head + "\n")
    repo.detach(onto, me, f"rebase (start): checkout {name}")
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


def _todo(git: Git) -> list[str]:
    return [line for line in git.repo.text("rebase-merge/git-rebase-todo").splitlines() if line]


def _progress(git: Git, text: str) -> None:
    """A line that a terminal overwrites at once: there it isn't printed, elsewhere it stays."""
    if not git.process.tty:
        git.error(text)


def _next(git: Git) -> int:
    """Pick what is left, up to the end or a conflict."""
    repo = git.repo
    while todo := _todo(git):
        git.process.budget.step()
        line = todo[0]
        oid = line.split(" ")[1]
        repo.put_text("rebase-merge/git-rebase-todo", "".join(one + "\n" for one in todo[1:]))
        done = repo.text("rebase-merge/done") + line + "\n"
        repo.put_text("rebase-merge/done", done)
        count = repo.text("rebase-merge/count").strip()
        _progress(git, f"Rebasing ({done.count(chr(10))}/{count})")
        if _replay(git, oid):
            return 1
    return _finished(git)


def _replay(git: Git, oid: Oid) -> int:
    repo = git.repo
    made = repo.commit(oid)
    head = git.head()
    parent = made.parents[0] if made.parents else None
    ours = files_at(repo, head)
    if parent == head:
        check_out(repo, files_at(repo, oid))
        repo.detach(oid, git.me(), f"rebase (pick): {made.subject}")
        return 0
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
    if index_files(repo) == ours:
        git.error(f"dropping {oid} {made.subject} -- patch contents already upstream")
        return 0
    new = recorded(git, made.message, (head,), made.author)
    repo.detach(new, git.me(), f"rebase (pick): {made.subject}")
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
    oid = repo.text("REBASE_HEAD").strip()
    if oid and index_files(repo) != files_at(repo, repo.head):
        made = repo.commit(oid)
        new = recorded(git, made.message, (git.head(),), made.author)
        repo.detach(new, git.me(), f"rebase (continue): {made.subject}")
        git.process.out(announced(git, new))
    repo.drop("REBASE_HEAD")
    repo.drop("MERGE_MSG")
    return _next(git)


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
