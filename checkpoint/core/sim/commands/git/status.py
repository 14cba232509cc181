"""git status: where the branch stands, and what differs."""

from dataclasses import dataclass

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.pathspecs import Pathspecs
from checkpoint.core.sim.parts.files import File, Link
from checkpoint.core.sim.parts.git.changes import Change
from checkpoint.core.sim.parts.git.history import ancestors, files_at
from checkpoint.core.sim.parts.git.objects import NONE
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.git.worktree import conflicts, staged_changes, unstaged_changes, untracked
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_WORDS = {"A": "new file", "D": "deleted", "M": "modified", "R": "renamed", "T": "typechange"}
_CONFLICTS = {
    frozenset({1, 2, 3}): ("both modified", "UU"),
    frozenset({2, 3}): ("both added", "AA"),
    frozenset({1, 2}): ("deleted by them", "UD"),
    frozenset({1, 3}): ("deleted by us", "DU"),
    frozenset({1}): ("both deleted", "DD"),
    frozenset({2}): ("added by us", "AU"),
    frozenset({3}): ("added by them", "UA"),
}


@dataclass(slots=True)
class State:
    """Everything that differs."""

    staged: list[Change]
    unstaged: list[Change]
    conflicts: dict[str, set[int]]
    untracked: list[str]
    ignored: list[str]

    @property
    def clean(self) -> bool:
        return not (self.staged or self.unstaged or self.conflicts)


def state_of(git: Git, *, every: bool = False, wanted: list[str] | None = None) -> State:
    repo = git.tree()
    made = State(
        staged_changes(repo, repo.head),
        unstaged_changes(repo),
        conflicts(repo),
        untracked(repo, every=every),
        [],
    )
    if wanted:
        chosen = Pathspecs(wanted)
        made.staged = [one for one in made.staged if chosen.fits(one.path)]
        made.unstaged = [one for one in made.unstaged if chosen.fits(one.path)]
        made.conflicts = {path: s for path, s in made.conflicts.items() if chosen.fits(path)}
        made.untracked = [path for path in made.untracked if chosen.fits(path.rstrip("/"))]
    return made


def status(process: Process, args: Args) -> int:
    git = Git(process)
    git.tree()
    how = args.value("--untracked-files", "normal") or "all"
    state = state_of(git, every=how == "all", wanted=[git.inside(path) for path in args.rest])
    if how == "no":
        state.untracked = []
    if args.has("--ignored"):
        shown = set(untracked(git.repo, every=how == "all"))
        state.ignored = [
            path for path in untracked(git.repo, every=how == "all", with_ignored=True) if path not in shown
        ]
    if args.value("--porcelain") in ("v2", "2"):
        process.out(second_porcelain(git, args, state))
    elif args.has("--short") or args.has("--porcelain") or args.has("-z"):
        _short(git, args, state)
    else:
        process.out(long_text(git, state, unlisted=how == "no"))
    return 0


def _short(git: Git, args: Args, state: State) -> None:
    plain = args.has("--porcelain") or args.has("-z")
    if args.has("--branch"):
        git.line("## " + _branch_line(git))
    rows: dict[str, tuple[str, str, str]] = {}
    for change in state.staged:
        name = _name(git, change.path, plain)
        before = f"{_name(git, change.old_path, plain)} -> " if change.status == "R" else ""
        rows[change.path] = (change.status, " ", before + name)
    for change in state.unstaged:
        first = rows.get(change.path, (" ", "", _name(git, change.path, plain)))
        rows[change.path] = (first[0], change.status, first[2])
    for path, stages in state.conflicts.items():
        letters = _CONFLICTS[frozenset(stages)][1]
        rows[path] = (letters[0], letters[1], _name(git, path, plain))
    end = "\0" if args.has("-z") else "\n"
    for path in sorted(rows):
        git.process.out("".join(rows[path][:2]) + " " + _zero(rows[path][2], end) + end)
    for path in state.untracked:
        git.process.out(f"?? {_name(git, path, plain)}{end}")
    if args.has("--ignored"):
        for path in state.ignored:
            git.process.out(f"!! {_name(git, path, plain)}{end}")


def second_porcelain(git: Git, args: Args, state: State) -> str:
    """`--porcelain=v2`: modes and objects of each path, as git-status(1) lays them out."""
    repo = git.repo
    lines = _branch_lines(git) if args.has("--branch") else []
    facts = {one.path: one for one in repo.index if not one.stage}
    head = files_at(repo, repo.head)
    staged = {change.path: change for change in state.staged}
    unstaged = {change.path: change for change in state.unstaged}
    for path in sorted({*staged, *unstaged}):
        first, second = staged.get(path), unstaged.get(path)
        old = head.get(first.old_path if first and first.old_path else path)
        here = facts.get(path)
        modes = [old[0] if old else 0, here.mode if here else 0]
        modes.append(0 if second and second.status == "D" else _mode_of(git, path, modes[1]))
        oids = [old[1] if old else NONE, here.oid if here else NONE]
        letters = (first.status if first else ".") + (second.status if second else ".")
        told = " ".join([letters, "N...", *(f"{mode:06o}" for mode in modes), *oids])
        if first and first.status == "R":
            lines.append(f"2 {told} R{first.score} {path}\t{first.old_path}")
        else:
            lines.append(f"1 {told} {path}")
    for path in sorted(state.conflicts):
        lines.append(_unmerged_line(git, path, state.conflicts[path]))
    lines += [f"? {path}" for path in state.untracked]
    lines += [f"! {path}" for path in state.ignored]
    return "".join(f"{line}\n" for line in lines)


def _mode_of(git: Git, path: str, staged: int) -> int:
    """The mode in the working tree, for a file that isn't there nothing."""
    node = git.process.files.get(f"{(git.repo.work_tree or '').rstrip('/')}/{path}", follow=False)
    if node is None:
        return 0
    if isinstance(node, Link):
        return 0o120000
    return (0o100755 if getattr(node, "mode", 0) & 0o100 else 0o100644) if isinstance(node, File) else staged


def _unmerged_line(git: Git, path: str, stages: set[int]) -> str:
    sides = {one.stage: one for one in git.repo.index if one.path == path}
    modes = [sides[stage].mode if stage in sides else 0 for stage in (1, 2, 3)]
    oids = [sides[stage].oid if stage in sides else NONE for stage in (1, 2, 3)]
    told = " ".join([*(f"{mode:06o}" for mode in [*modes, _mode_of(git, path, 0)]), *oids])
    return f"u {_CONFLICTS[frozenset(stages)][1]} N... {told} {path}"


def _branch_lines(git: Git) -> list[str]:
    repo = git.repo
    lines = [f"# branch.oid {repo.head or '(initial)'}", f"# branch.head {repo.branch or '(detached)'}"]
    upstream = repo.upstream(repo.branch) if repo.head_ref else ""
    if upstream:
        short = upstream.removeprefix("refs/remotes/").removeprefix("refs/heads/")
        lines.append(f"# branch.upstream {short}")
        counts = distance(repo, upstream)
        if counts is not None:
            lines.append(f"# branch.ab +{counts[0]} -{counts[1]}")
    return lines


def _zero(name: str, end: str) -> str:
    """With `-z` a rename's new name comes first."""
    old, arrow, new = name.partition(" -> ")
    return f"{new}\0{old}" if arrow and end == "\0" else name


def _name(git: Git, path: str, plain: bool) -> str:
    return path if plain else git.shown(path)


def _branch_line(git: Git) -> str:
    repo = git.repo
    if repo.head is None:
        return f"No commits yet on {repo.branch}"
    if not repo.head_ref:
        return "HEAD (no branch)"
    upstream = repo.upstream(repo.branch)
    if not upstream:
        return repo.branch
    short = upstream.removeprefix("refs/remotes/").removeprefix("refs/heads/")
    counts = distance(repo, upstream)
    if counts is None:
        return f"{repo.branch}...{short} [gone]"
    parts = [f"{word} {count}" for word, count in zip(("ahead", "behind"), counts, strict=True) if count]
    return f"{repo.branch}...{short}" + (f" [{', '.join(parts)}]" if parts else "")


def distance(repo: Repository, upstream: str, branch: str = "HEAD") -> tuple[int, int] | None:
    """(commits only here, commits only there), None where the other side is gone."""
    mine, theirs = repo.ref(branch), repo.ref(upstream)
    if mine is None or theirs is None:
        return None
    ours, others = set(ancestors(repo, [mine])), set(ancestors(repo, [theirs]))
    return len(ours - others), len(others - ours)


def tracking(repo: Repository) -> str:
    """The sentences about the upstream branch, with an empty line after them; or nothing."""
    upstream = repo.upstream(repo.branch) if repo.head_ref else ""
    if not upstream:
        return ""
    short = upstream.removeprefix("refs/remotes/").removeprefix("refs/heads/")
    counts = distance(repo, upstream)
    if counts is None:
        if repo.head is None:
            return ""
        return (
            f"Your branch is based on '{short}', but the upstream is gone.\n"
            '  (use "git branch --unset-upstream" to fixup)\n'
        )
    ahead, behind = counts
    if ahead and behind:
        return (
            f"Your branch and '{short}' have diverged,\n"
            f"and have {ahead} and {behind} different commits each, respectively.\n"
            '  (use "git pull" to merge the remote branch into yours)\n'
        )
    if ahead:
        commits = "commit" if ahead == 1 else "commits"
        return (
            f"Your branch is ahead of '{short}' by {ahead} {commits}.\n"
            '  (use "git push" to publish your local commits)\n'
        )
    if behind:
        commits = "commit" if behind == 1 else "commits"
        return (
            f"Your branch is behind '{short}' by {behind} {commits}, and can be fast-forwarded.\n"
            '  (use "git pull" to update your local branch)\n'
        )
    return f"Your branch is up to date with '{short}'.\n"


def long_text(
    git: Git, state: State, *, committing: bool = False, amending: bool = False, unlisted: bool = False
) -> str:
    """git status in full; `committing` and `amending` as `git commit` tells it, `unlisted` is `-uno`."""
    repo = git.repo
    told = tracking(repo)
    text = _head(git) + told + ("\n" if told else "")
    text += _doing(git, state)
    if repo.head is None:
        text += f"\n{'Initial commit' if committing else 'No commits yet'}\n\n"
    sections = _sections(git, state)
    text += "".join(section + "\n" for section in sections)
    if unlisted and state.staged:
        text += "Untracked files not listed (use -u option to show untracked files)\n"
    if amending and not state.staged:
        return text + "No changes\n"
    return text + _ending(git, state, unlisted)


def _head(git: Git) -> str:
    repo = git.repo
    if repo.head_ref:
        return f"On branch {repo.branch}\n"
    if repo.has_file("rebase-merge/onto"):
        return ""
    return f"HEAD detached {standing_at(git)}\n"


def standing_at(git: Git) -> str:
    """`at v1.0` where HEAD is detached, `from v1.0` where it has moved on since."""
    shown, _, goal = git.repo.text("DETACHED_FROM").strip().partition(" ")
    head = git.repo.head or ""
    if not shown:
        return f"at {git.short(head)}"
    return f"{'at' if goal in ('', head) else 'from'} {shown}"


def _doing(git: Git, state: State) -> str:
    """What is half done: a rebase, a merge, a search."""
    return _half_done(git, state) + _searching(git)


def _searching(git: Git) -> str:
    start = git.repo.text("BISECT_START").strip()
    if not start:
        return ""
    return (
        f"You are currently bisecting, started from branch '{start}'.\n"
        '  (use "git bisect reset" to get back to the original branch)\n\n'
    )


def _half_done(git: Git, state: State) -> str:
    repo = git.repo
    if repo.has_file("rebase-merge/onto"):
        return _rebasing(git, state)
    if repo.has_file("MERGE_HEAD"):
        if state.conflicts:
            return (
                "You have unmerged paths.\n"
                '  (fix conflicts and run "git commit")\n'
                '  (use "git merge --abort" to abort the merge)\n\n'
            )
        return 'All conflicts fixed but you are still merging.\n  (use "git commit" to conclude merge)\n\n'
    for name, word in (("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert")):
        if repo.has_file(name):
            return _picking(git, state, repo.text(name).strip(), word)
    return ""


def _picking(git: Git, state: State, oid: str, word: str) -> str:
    verb = "cherry-picking" if word == "cherry-pick" else "reverting"
    step = "fix conflicts and run" if state.conflicts else "all conflicts fixed: run"
    return (
        f"You are currently {verb} commit {git.short(oid)}.\n"
        f'  ({step} "git {word} --continue")\n'
        f'  (use "git {word} --skip" to skip this patch)\n'
        f'  (use "git {word} --abort" to cancel the {word} operation)\n\n'
    )


def _rebasing(git: Git, state: State) -> str:
    repo = git.repo
    onto = git.short(repo.text("rebase-merge/onto").strip())
    done = [line for line in repo.text("rebase-merge/done").splitlines() if line]
    todo = [line for line in repo.text("rebase-merge/git-rebase-todo").splitlines() if line]
    text = f"interactive rebase in progress; onto {onto}\n"
    many = "s" if len(done) > 1 else ""
    text += f"Last command{many} done ({len(done)} command{many} done):\n"
    text += "".join(f"   {_step(git, line)}\n" for line in done[-2:])
    if len(done) > 2:
        text += "  (see more in file .git/rebase-merge/done)\n"
    if todo:
        plural = "s" if len(todo) > 1 else ""
        text += f"Next command{plural} to do ({len(todo)} remaining command{plural}):\n"
        text += "".join(f"   {_step(git, line)}\n" for line in todo[:2])
        text += '  (use "git rebase --edit-todo" to view and edit)\n'
    else:
        text += "No commands remaining.\n"
    branch = repo.text("rebase-merge/head-name").strip().removeprefix("refs/heads/")
    if repo.has_file("rebase-merge/amend") and not state.conflicts:
        text += f"You are currently editing a commit while rebasing branch '{branch}' on '{onto}'.\n"
        text += '  (use "git commit --amend" to amend the current commit)\n'
        return text + '  (use "git rebase --continue" once you are satisfied with your changes)\n\n'
    text += f"You are currently rebasing branch '{branch}' on '{onto}'.\n"
    if state.conflicts:
        text += '  (fix conflicts and then run "git rebase --continue")\n'
        text += '  (use "git rebase --skip" to skip this patch)\n'
        text += '  (use "git rebase --abort" to check out the original branch)\n\n'
    else:
        text += '  (all conflicts fixed: run "git rebase --continue")\n\n'
    return text


def _step(git: Git, line: str) -> str:
    word, oid, subject = [*line.split(" ", 2), "", ""][:3]
    if word in ("exec", "break"):
        return line
    return f"{word} {git.short(oid)} {subject}"


def _sections(git: Git, state: State) -> list[str]:
    repo = git.repo
    found = []
    unstage = (
        '  (use "git rm --cached <file>..." to unstage)\n'
        if repo.head is None
        else '  (use "git restore --staged <file>..." to unstage)\n'
    )
    if state.staged:
        hint = "" if _joining(git) else unstage
        found.append("Changes to be committed:\n" + hint + _lines(git, state.staged))
    if state.conflicts:
        found.append(_unmerged(git, state, unstage))
    if state.unstaged:
        verb = "add/rm" if any(change.status == "D" for change in state.unstaged) else "add"
        found.append(
            "Changes not staged for commit:\n"
            f'  (use "git {verb} <file>..." to update what will be committed)\n'
            '  (use "git restore <file>..." to discard changes in working directory)\n'
            + _lines(git, state.unstaged)
        )
    if state.untracked:
        found.append(
            "Untracked files:\n"
            '  (use "git add <file>..." to include in what will be committed)\n'
            + "".join(f"\t{git.shown(path)}\n" for path in state.untracked)
        )
    return found


def _lines(git: Git, changes: list[Change]) -> str:
    text = ""
    for change in changes:
        name = git.shown(change.path)
        if change.status == "R":
            name = f"{git.shown(change.old_path)} -> {name}"
        text += f"\t{_WORDS[change.status] + ':':<12}{name}\n"
    return text


def _joining(git: Git) -> bool:
    """Whether a merge or a cherry-pick is half done, in which git doesn't say how to unstage."""
    return git.repo.has_file("MERGE_HEAD") or git.repo.has_file("CHERRY_PICK_HEAD")


def _unmerged(git: Git, state: State, unstage: str) -> str:
    text = "Unmerged paths:\n" + ("" if _joining(git) else unstage)
    deleted = any(3 not in stages or 2 not in stages for stages in state.conflicts.values())
    verb = "git add/rm <file>..." if deleted else "git add <file>..."
    text += f'  (use "{verb}" {"as appropriate " if deleted else ""}to mark resolution)\n'
    for path, stages in sorted(state.conflicts.items()):
        text += f"\t{_CONFLICTS[frozenset(stages)][0] + ':':<17}{git.shown(path)}\n"
    return text


def _ending(git: Git, state: State, unlisted: bool) -> str:
    if state.staged:
        return ""
    if state.unstaged or state.conflicts:
        return 'no changes added to commit (use "git add" and/or "git commit -a")\n'
    if state.untracked:
        return 'nothing added to commit but untracked files present (use "git add" to track)\n'
    if unlisted:
        return "nothing to commit (use -u to show untracked files)\n"
    if git.repo.has_file("MERGE_HEAD") or git.repo.has_file("rebase-merge/onto"):
        return "nothing to commit, working tree clean\n" if not git.repo.has_file("MERGE_HEAD") else ""
    if git.repo.head is None:
        return 'nothing to commit (create/copy files and use "git add" to track)\n'
    return "nothing to commit, working tree clean\n"
