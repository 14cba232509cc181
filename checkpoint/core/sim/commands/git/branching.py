"""git branch, switch, checkout, restore, reset: where one stands."""

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.hooks import run_hook
from checkpoint.core.sim.commands.git.pathspecs import Pathspecs, unmatched
from checkpoint.core.sim.commands.git.ref_formats import ref_told
from checkpoint.core.sim.commands.git.status import (
    distance,
    standing_at,
    state_of,
    tracking,
)
from checkpoint.core.sim.parts.git import config
from checkpoint.core.sim.parts.git.events import Rewritten
from checkpoint.core.sim.parts.git.history import files_at, files_of, is_ancestor, walk
from checkpoint.core.sim.parts.git.index import Staged
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import find, full_name, peeled
from checkpoint.core.sim.parts.git.worktree import (
    check_out,
    conflicts,
    fact_of,
    in_the_way,
    index_files,
    node_at,
    replaced_folders,
    take_away,
    write_out,
)
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.table import Args

_FORBIDDEN = set(" ~^:?*[\\")


def valid(name: str) -> bool:
    """Whether git takes it for a branch's or tag's name."""
    return bool(name) and not (
        set(name) & _FORBIDDEN or name.startswith(("-", "/", ".")) or name.endswith(("/", ".lock", "."))
        or ".." in name or "//" in name or "@{" in name
    )  # fmt: skip


# --- branch -------------------------------------------------------------------


def branch(process: Process, args: Args) -> int:
    git = Git(process)
    if args.has("--show-current"):
        if git.repo.head_ref:
            git.line(git.repo.branch)
        return 0
    acts = (("--delete", _deleted), ("-D", _deleted), ("--move", _moved), ("-M", _moved))
    for key, act in (*acts, ("--copy", _copied), ("-C", _copied)):
        if args.has(key):
            return act(git, args)
    if args.has("--set-upstream-to"):
        name = args.rest[0] if args.rest else git.repo.branch
        return follow(git, name, args.value("--set-upstream-to"))
    if args.has("--unset-upstream"):
        if not git.repo.upstream(git.repo.branch):
            raise GitError(f"fatal: Branch '{git.repo.branch}' has no upstream information")
        text = config.without_section(git.repo.text("config"), f"branch.{git.repo.branch}")
        git.repo.put_text("config", text)
        return 0
    listing: tuple[str, ...] = (
        "--list",
        "--format",
        "--all",
        "--remotes",
        "--verbose",
        "--merged",
        "--no-merged",
        "--contains",
    )
    listing += ("--no-contains", "--points-at")
    if not args.rest or any(args.has(key) for key in listing):
        return _listed(git, args)
    return _made(git, args)


def _made(git: Git, args: Args) -> int:
    name, start = args.rest[0], args.rest[1] if len(args.rest) > 1 else "HEAD"
    full = f"refs/heads/{name}"
    if not valid(name):
        raise GitError(f"fatal: '{name}' is not a valid branch name")
    if git.repo.ref(full) and not args.has("--force"):
        raise GitError(f"fatal: a branch named '{name}' already exists")
    if args.has("--force") and git.repo.branch == name:
        raise GitError(
            f"fatal: cannot force update the branch '{name}' checked out at '{git.repo.work_tree}'"
        )
    if start == "HEAD" and git.repo.head is None:
        raise GitError(f"fatal: not a valid object name: '{git.repo.branch}'")
    oid = _commit_or(git, start, f"fatal: not a valid object name: '{start}'")
    git.repo.set_ref(full, oid, git.me(), f"branch: Created from {start}")
    if full_name(git.repo, start).startswith("refs/remotes/") and not args.has("--no-track"):
        return follow(git, name, start)
    return 0


def _commit_or(git: Git, text: str, problem: str) -> Oid:
    oid = find(git.repo, text)
    found = peeled(git.repo, oid, "commit") if oid else None
    if found is None:
        raise GitError(problem)
    return found


_NO_UPSTREAM = """\
hint: 
hint: If you are planning on basing your work on an upstream
hint: branch that already exists at the remote, you may need to
hint: run "git fetch" to retrieve it.
hint: 
hint: If you are planning to push out a new local branch that
hint: will track its remote counterpart, you may want to use
hint: "git push -u" to set the upstream config as you push.
hint: Disable this message with "git config advice.setUpstreamFailure false"\
"""  # noqa: W291


def follow(git: Git, name: str, upstream: str, *, quiet: bool = False) -> int:
    """Make a branch track another one, and say so."""
    full = full_name(git.repo, upstream)
    if full.startswith("refs/remotes/"):
        remote, _, merge = full.removeprefix("refs/remotes/").partition("/")
    elif full.startswith("refs/heads/"):
        remote, merge = ".", full.removeprefix("refs/heads/")
    else:
        raise GitError(f"fatal: the requested upstream branch '{upstream}' does not exist\n{_NO_UPSTREAM}")
    git.repo.set_setting(f"branch.{name}.remote", remote)
    git.repo.set_setting(f"branch.{name}.merge", f"refs/heads/{merge}")
    if not quiet:
        short = full.removeprefix("refs/remotes/").removeprefix("refs/heads/")
        git.line(f"branch '{name}' set up to track '{short}'.")
    return 0


def _deleted(git: Git, args: Args) -> int:
    force = args.has("-D") or args.has("--force")
    code = 0
    remote = args.has("--remotes")
    for name in args.rest:
        full = f"refs/{'remotes' if remote else 'heads'}/{name}"
        oid = git.repo.ref(full)
        kind = "remote-tracking branch" if remote else "branch"
        if oid is None:
            git.error(f"error: {kind} '{name}' not found.")
            code = 1
            continue
        if not remote and git.repo.branch == name:
            git.error(f"error: Cannot delete branch '{name}' checked out at '{git.repo.work_tree}'")
            code = 1
            continue
        goal = git.repo.ref(git.repo.upstream(name)) if git.repo.upstream(name) else None
        if not force and not remote and not is_ancestor(git.repo, oid, goal or git.repo.head or ""):
            git.error(f"error: The branch '{name}' is not fully merged.")
            git.error(f"If you are sure you want to delete it, run 'git branch -D {name}'.")
            code = 1
            continue
        git.repo.delete_ref(full)
        git.repo.put_text("config", config.without_section(git.repo.text("config"), f"branch.{name}"))
        git.line(f"Deleted {kind} {name} (was {git.short(oid)}).")
    return code


def _moved(git: Git, args: Args) -> int:
    if not args.rest:
        raise GitError("fatal: branch name required")
    old, new = (git.repo.branch, args.rest[0]) if len(args.rest) == 1 else (args.rest[0], args.rest[1])
    oid = git.repo.ref(f"refs/heads/{old}")
    if not valid(new):
        raise GitError(f"fatal: '{new}' is not a valid branch name")
    if oid is None and not (old == git.repo.branch and git.repo.head is None):
        raise GitError(f"fatal: no branch named '{old}'")
    if git.repo.ref(f"refs/heads/{new}") and not args.has("-M") and not args.has("--force"):
        raise GitError(f"fatal: a branch named '{new}' already exists")
    standing = git.repo.branch == old
    if oid:
        log = git.repo.text(f"logs/refs/heads/{old}")
        git.repo.delete_ref(f"refs/heads/{old}")
        git.repo.set_ref(f"refs/heads/{new}", oid)
        git.repo.put_text(f"logs/refs/heads/{new}", log)
    if standing:
        git.repo.attach(new)
    text = git.repo.text("config").replace(f'[branch "{old}"]', f'[branch "{new}"]')
    git.repo.put_text("config", text)
    return 0


def _copied(git: Git, args: Args) -> int:
    if not args.rest:
        raise GitError("fatal: branch name required")
    old, new = (git.repo.branch, args.rest[0]) if len(args.rest) == 1 else (args.rest[0], args.rest[1])
    oid = git.repo.ref(f"refs/heads/{old}")
    if not valid(new):
        raise GitError(f"fatal: '{new}' is not a valid branch name")
    if oid is None:
        raise GitError(f"fatal: no branch named '{old}'")
    if git.repo.ref(f"refs/heads/{new}") and not args.has("-C") and not args.has("--force"):
        raise GitError(f"fatal: a branch named '{new}' already exists")
    git.repo.set_ref(
        f"refs/heads/{new}", oid, git.me(), f"Branch: copied refs/heads/{old} to refs/heads/{new}"
    )
    for key in ("remote", "merge"):
        if value := git.repo.setting(f"branch.{old}.{key}"):
            git.repo.set_setting(f"branch.{new}.{key}", value)
    return 0


def _listed(git: Git, args: Args) -> int:
    repo = git.repo
    rows: list[tuple[str, str, Oid]] = []
    if not repo.head_ref and repo.head and not args.has("--remotes"):
        told = f"(HEAD detached {standing_at(git)})"
        if repo.has_file("rebase-merge/head-name"):
            name = repo.text("rebase-merge/head-name").strip().removeprefix("refs/heads/")
            told = f"(no branch, rebasing {name})"
        rows.append(("*", told, repo.head))
    if not args.has("--remotes"):
        for name, oid in repo.refs("refs/heads/").items():
            short = name.removeprefix("refs/heads/")
            rows.append(("*" if short == repo.branch else " ", short, oid))
    if args.has("--remotes") or args.has("--all"):
        for name, oid in repo.refs("refs/remotes/").items():
            short = name.removeprefix("refs/" if args.has("--all") else "refs/remotes/")
            goal = repo.symbolic(name).removeprefix("refs/remotes/")
            rows.append((" ", f"{short} -> {goal}" if goal else short, oid))
    rows = [row for row in rows if _chosen(git, args, row)]
    if args.has("--format"):
        kinds = ("refs/heads/", "refs/remotes/", "refs/")
        for _, name, oid in rows:
            full = next((kind + name for kind in kinds if repo.ref(kind + name) is not None), name)
            git.line(ref_told(git, args.value("--format"), full, oid))
        return 0
    width = max((len(name) for _, name, _ in rows if " -> " not in name), default=0)
    for mark, name, oid in rows:
        git.line(f"{mark} {_with_commit(git, args, name, oid, width) if args.has('--verbose') else name}")
    return 0


def _chosen(git: Git, args: Args, row: tuple[str, str, Oid]) -> bool:
    _, name, oid = row
    if args.has("--list") and args.rest:
        return any(patterns.matches(patterns.compiled(wanted), name) for wanted in args.rest)
    for key, wanted in (("--merged", True), ("--no-merged", False)):
        if args.has(key):
            goal = git.commit(args.value(key) or "HEAD")
            return is_ancestor(git.repo, oid, goal) == wanted
    for key, wanted in (("--contains", True), ("--no-contains", False)):
        if args.has(key):
            return is_ancestor(git.repo, git.commit(args.value(key) or "HEAD"), oid) == wanted
    if args.has("--points-at"):
        return oid == git.commit(args.value("--points-at") or "HEAD")
    return True


def _with_commit(git: Git, args: Args, name: str, oid: Oid, width: int) -> str:
    if " -> " in name:
        return name
    subject = git.repo.commit(oid).subject
    upstream = git.repo.upstream(name)
    told = ""
    if upstream:
        short = upstream.removeprefix("refs/remotes/").removeprefix("refs/heads/")
        counts = distance(git.repo, upstream, f"refs/heads/{name}")
        parts = [f"{w} {n}" for w, n in zip(("ahead", "behind"), counts or (0, 0), strict=True) if n]
        state = "gone" if counts is None else ", ".join(parts)
        if args.count("--verbose") > 1:
            told = f"[{short}{': ' + state if state else ''}] "
        elif state:
            told = f"[{state}] "
    return f"{name:<{width}} {git.short(oid)} {told}{subject}"


# --- switch and checkout --------------------------------------------------------


def switch(process: Process, args: Args) -> int:
    git = Git(process)
    git.tree()
    _refuse_midway(git)
    create = args.value("--create") or args.value("--force-create")
    if create:
        return _created(git, create, args.rest[0] if args.rest else "HEAD", args.has("--force-create"), args)
    if args.has("--orphan"):
        git.repo.put_text("HEAD", f"ref: refs/heads/{args.value('--orphan')}\n")
        git.error(f"Switched to a new branch '{args.value('--orphan')}'")
        return 0
    if not args.rest and not args.has("--detach"):
        raise GitError("fatal: missing branch or commit argument")
    args.rest = args.rest or ["HEAD"]
    name = _previous(git) if args.rest[0] == "-" else args.rest[0]
    if git.repo.ref(f"refs/heads/{name}") and not args.has("--detach"):
        return _entered(git, name, args)
    remote = _remote_branch(git, name)
    if remote and not args.has("--no-guess") and not args.has("--detach"):
        return _created(git, name, remote, False, args, tracked=True)
    oid = find(git.repo, name)
    if oid is None:
        raise GitError(f"fatal: invalid reference: {name}")
    if not args.has("--detach"):
        kind = "remote branch" if full_name(git.repo, name).startswith("refs/remotes/") else None
        kind = kind or ("tag" if full_name(git.repo, name).startswith("refs/tags/") else "commit")
        hint = "\nhint: If you want to detach HEAD at the commit, try again with the --detach option."
        raise GitError(f"fatal: a branch is expected, got {kind} '{name}'{hint}")
    return _detached(git, name, args)


def _refuse_midway(git: Git) -> None:
    """`git switch` doesn't leave something half done, where checkout would."""
    for mark, doing, word in (
        ("MERGE_HEAD", "merging", "merge"),
        ("rebase-merge/onto", "rebasing", "rebase"),
        ("CHERRY_PICK_HEAD", "cherry-picking", "cherry-pick"),
        ("REVERT_HEAD", "reverting", "revert"),
    ):
        if git.repo.has_file(mark):
            raise GitError(
                f"fatal: cannot switch branch while {doing}\n"
                f'Consider "git {word} --quit" or "git worktree add".'
            )


def checkout(process: Process, args: Args) -> int:
    git = Git(process)
    git.tree()
    create = args.value("-b") or args.value("-B")
    if create:
        return _created(git, create, args.rest[0] if args.rest else "HEAD", args.has("-B"), args)
    if args.has("--orphan"):
        return switch(process, args)
    if args.dashed is not None or args.has("--ours") or args.has("--theirs"):
        return _paths(git, args, args.rest[: args.dashed or 0], args.rest[args.dashed or 0 :])
    if not args.rest:
        process.out(tracking(git.repo))
        return 0
    name = _previous(git) if args.rest[0] == "-" else args.rest[0]
    if git.repo.ref(f"refs/heads/{name}") and len(args.rest) == 1 and not args.has("--detach"):
        return _entered(git, name, args)
    oid = find(git.repo, name)
    if oid is not None and ":" not in name:
        if len(args.rest) > 1:
            return _paths(git, args, [name], args.rest[1:])
        return _detached(git, name, args)
    remote = _remote_branch(git, name)
    if remote and len(args.rest) == 1:
        return _created(git, name, remote, False, args, tracked=True)
    return _paths(git, args, [], args.rest)


def _previous(git: Git) -> str:
    for line in git.repo.reflog("HEAD"):
        if line.message.startswith("checkout: moving from "):
            return line.message.removeprefix("checkout: moving from ").partition(" to ")[0]
    raise GitError("fatal: invalid reference: @{-1}")


def _remote_branch(git: Git, name: str) -> str:
    found = [
        full.removeprefix("refs/remotes/")
        for full in git.repo.refs("refs/remotes/")
        if full.removeprefix("refs/remotes/").partition("/")[2] == name
    ]
    return found[0] if len(found) == 1 else ""


def _standing(git: Git) -> str:
    return git.repo.branch if git.repo.head_ref else git.repo.head or ""


def _go(git: Git, goal: Oid, args: Args) -> None:
    """Index and working tree to another commit; git's complaint where changes would be lost."""
    repo = git.repo
    if conflicts(repo) and not args.has("--force"):
        names = "".join(f"{path}: needs merge\n" for path in sorted(conflicts(repo)))
        git.process.out(names)
        raise GitError("error: you need to resolve your current index first", 1)
    old, new = files_at(repo, repo.head), files_at(repo, goal)
    if args.has("--force") or args.has("--discard-changes"):
        check_out(repo, new, force=True)
        return
    changed, loose = in_the_way(repo, old, new)
    if changed or loose:
        raise GitError(overwritten(changed, loose, "checkout"), 1)
    if folders := replaced_folders(repo, old, new):
        told = "".join(f"\t{path}\n" for path in folders)
        lost = "Updating the following directories would lose untracked files in them"
        raise GitError(f"error: {lost}:\n{told}\nAborting", 1)
    wanted = dict(index_files(repo))
    for path in set(old) | set(new):
        if old.get(path) != new.get(path):
            wanted.pop(path, None)
            if path in new:
                wanted[path] = new[path]
    check_out(repo, wanted)


def overwritten(changed: list[str], loose: list[str], doing: str) -> str:
    """What git says when a command would overwrite files."""
    text = ""
    before = "switch branches" if doing == "checkout" else doing
    if changed:
        text += f"error: Your local changes to the following files would be overwritten by {doing}:\n"
        text += "".join(f"\t{path}\n" for path in changed)
        text += f"Please commit your changes or stash them before you {before}.\n"
    if loose:
        text += f"error: The following untracked working tree files would be overwritten by {doing}:\n"
        text += "".join(f"\t{path}\n" for path in loose)
        text += f"Please move or remove them before you {before}.\n"
    return text + "Aborting"


def _entered(git: Git, name: str, args: Args) -> int:
    repo, before = git.repo, _standing(git)
    goal = repo.ref(f"refs/heads/{name}") or ""
    if repo.branch == name and repo.head_ref:
        if args.has("--force"):
            _go(git, goal, args)
        if not args.has("--quiet"):
            git.error(f"Already on '{name}'")
            git.process.out(tracking(repo))
        return 0
    detached = "" if repo.head_ref else repo.head or ""
    _go(git, goal, args)
    repo.attach(name, git.me(), f"checkout: moving from {before} to {name}")
    repo.drop("DETACHED_FROM")
    if detached and detached != goal and not args.has("--quiet"):
        _left_behind(git, detached)
    if not args.has("--quiet"):
        git.error(f"Switched to branch '{name}'")
        _local_changes(git)
        git.process.out(tracking(repo))
    run_hook(git, "post-checkout", before, goal, "1")
    return 0


def _left_behind(git: Git, oid: Oid) -> None:
    tips = [peeled(git.repo, tip, "commit") for tip in git.repo.refs().values()]
    lost = list(walk(git.repo, [oid], [tip for tip in tips if tip]))
    if not lost:
        git.error(f"Previous HEAD position was {git.short(oid)} {git.repo.commit(oid).subject}")
        return
    count = f"{len(lost)} commit{'s' if len(lost) > 1 else ''}"
    git.error(f"Warning: you are leaving {count} behind, not connected to\nany of your branches:\n")
    for one in lost[:4]:
        git.error(f"  {git.short(one)} {git.repo.commit(one).subject}")
    if len(lost) > 4:
        git.error(f" ... and {len(lost) - 4} more.")
    them = "them" if len(lost) > 1 else "it"
    git.error(
        f"\nIf you want to keep {them} by creating a new branch, this may be a good time\nto do so with:\n"
    )
    git.error(f" git branch <new-branch-name> {git.short(oid)}\n")


def _local_changes(git: Git) -> None:
    state = state_of(git)
    rows = {change.path: change.status for change in [*state.staged, *state.unstaged]}
    for path in sorted(rows):
        git.line(f"{rows[path]}\t{path}")


def _created(git: Git, name: str, start: str, force: bool, args: Args, *, tracked: bool = False) -> int:
    repo = git.repo
    if not valid(name):
        raise GitError(f"fatal: '{name}' is not a valid branch name")
    if repo.ref(f"refs/heads/{name}") and not force:
        raise GitError(f"fatal: a branch named '{name}' already exists")
    before = _standing(git)
    again = repo.ref(f"refs/heads/{name}") is not None
    if repo.head is None and start == "HEAD":
        repo.put_text("HEAD", f"ref: refs/heads/{name}\n")
        git.error(f"Switched to a new branch '{name}'")
        return 0
    goal = _commit_or(git, start, f"fatal: invalid reference: {start}")
    _go(git, goal, args)
    repo.set_ref(f"refs/heads/{name}", goal, git.me(), f"branch: Created from {start}")
    repo.attach(name, git.me(), f"checkout: moving from {before} to {name}")
    repo.drop("DETACHED_FROM")
    if not args.has("--quiet"):
        _local_changes(git)
    from_remote = full_name(repo, start).startswith("refs/remotes/")
    if (tracked or from_remote or args.has("--track")) and not args.has("--no-track"):
        follow(git, name, start, quiet=args.has("--quiet"))
    if not args.has("--quiet"):
        told = "Switched to and reset branch" if again else "Switched to a new branch"
        git.error(f"{'Reset branch' if before == name else told} '{name}'")
    return 0


_DETACHED = """\
You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false
"""


def _detached(git: Git, name: str, args: Args) -> int:
    goal = git.commit(name)
    before = _standing(git)
    attached = bool(git.repo.head_ref)
    _go(git, goal, args)
    git.repo.detach(goal, git.me(), f"checkout: moving from {before} to {name}")
    shown = name if full_name(git.repo, name).startswith(("refs/tags/", "refs/remotes/")) else git.short(goal)
    git.repo.put_text("DETACHED_FROM", f"{shown} {goal}\n")
    if args.has("--quiet"):
        return 0
    if not attached and before != goal:
        _left_behind(git, before)
    if attached and not args.has("--detach"):
        git.error(f"Note: switching to '{name}'.\n\n{_DETACHED}")
    git.error(f"HEAD is now at {git.short(goal)} {git.repo.commit(goal).subject}")
    return 0


# --- restore, checkout of paths, reset ------------------------------------------


def restore(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if args.has("--patch"):
        return process.unsupported("choosing parts of a change (`git restore -p`)")
    if not args.rest:
        raise GitError("fatal: you must specify path(s) to restore")
    staged, work = args.has("--staged"), args.has("--worktree") or not args.has("--staged")
    source = args.value("--source")
    if source:
        tree = peeled(repo, find(repo, source) or "", "tree")
        if tree is None:
            raise GitError(f"fatal: could not resolve {source}")
        files = files_of(repo, tree)
    else:
        files = files_at(repo, repo.head) if staged else index_files(repo)
    return _brought(git, args.rest, files, staged=staged, work=work)


def _brought(
    git: Git, typed: list[str], files: dict[str, tuple[int, Oid]], *, staged: bool, work: bool
) -> int:
    """Bring these paths of index or working tree to what `files` says."""
    repo = git.repo
    known = set(files) | set(index_files(repo))
    wanted = [git.inside(one) for one in typed]
    missing = unmatched(wanted, known)
    if missing:
        for one, path in zip(typed, wanted, strict=True):
            if path in missing:
                git.error(f"error: pathspec '{one}' did not match any file(s) known to git")
        return 1
    chosen = sorted(filter(Pathspecs(wanted).fits, known))
    troubled = set(chosen) if staged else set()
    lines = {line.path: line for line in repo.index if not (line.stage and line.path in troubled)}
    for path in chosen:
        if staged:
            lines.pop(path, None)
            if path in files:
                mode, oid = files[path]
                lines[path] = Staged(path, mode, oid, 0, len(repo.blob(oid)), git.process.clock)
        if work:
            if path in files:
                write_out(repo, path, *files[path])
            else:
                take_away(repo, path)
    if staged:
        repo.set_index(list(lines.values()))
    return 0


def _paths(git: Git, args: Args, revisions: list[str], typed: list[str]) -> int:
    """`git checkout [COMMIT] -- PATHS`."""
    repo = git.repo
    if args.has("--ours") or args.has("--theirs"):
        stage = 2 if args.has("--ours") else 3
        for one in typed:
            path = git.inside(one)
            line = next((x for x in repo.index if x.path == path and x.stage == stage), None)
            if line is None:
                raise GitError(
                    f"error: path '{path}' does not have {'our' if stage == 2 else 'their'} version", 1
                )
            write_out(repo, path, line.mode, line.oid)
        git.error(f"Updated {len(typed)} path{'' if len(typed) == 1 else 's'} from the index")
        return 0
    if revisions:
        commit = _commit_or(git, revisions[0], f"fatal: invalid reference: {revisions[0]}")
        files = files_at(repo, commit)
        before = index_files(repo)
    else:
        files = before = index_files(repo)
    wanted = [git.inside(one) for one in typed]
    known = list(filter(Pathspecs(wanted).fits, files))
    missing = unmatched(wanted, files)
    for one, path in zip(typed, wanted, strict=True):
        if path in missing:
            raise GitError(f"error: pathspec '{one}' did not match any file(s) known to git", 1)
    count = sum(1 for path in known if revisions or _differs(git, path, before))
    _brought(git, typed, {p: files[p] for p in known}, staged=bool(revisions), work=True)
    if args.dashed is not None or args.has("--quiet"):
        return 0
    origin = git.short(git.commit(revisions[0])) if revisions else "the index"
    git.error(f"Updated {count} path{'' if count == 1 else 's'} from {origin}")
    return 0


def _differs(git: Git, path: str, index: dict[str, tuple[int, Oid]]) -> bool:
    node = node_at(git.repo, path)
    return node is None or fact_of(node) != index.get(path)


def reset(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.repo
    rest = list(args.rest)
    if (args.dashed is None and rest and find(repo, rest[0]) is not None) or args.dashed:
        revision = rest.pop(0)
    else:
        revision = "HEAD"
    if rest or args.dashed is not None:
        return _unstaged_paths(git, revision, rest)
    modes = [key for key in ("--soft", "--mixed", "--hard", "--keep", "--merge") if args.has(key)]
    mode = modes[-1] if modes else "--mixed"
    if revision == "HEAD" and repo.head is None:
        repo.set_index([])
        return 0
    goal = git.commit(revision)
    return _reset_to(git, goal, mode, revision, args.has("--quiet"))


def _reset_to(git: Git, goal: Oid, mode: str, revision: str, quiet: bool) -> int:
    repo = git.repo
    if mode == "--keep":
        changed, loose = in_the_way(repo, files_at(repo, repo.head), files_at(repo, goal))
        if changed or loose:
            raise GitError(
                f"error: Entry '{[*changed, *loose][0]}' not uptodate. Cannot merge.\n"
                f"fatal: Could not reset index file to revision '{revision}'."
            )
    if mode == "--soft" and conflicts(repo):
        raise GitError("fatal: Cannot do a soft reset in the middle of a merge.")
    before = repo.head
    files = files_at(repo, goal)
    if mode == "--hard":
        check_out(repo, files, force=True)
    elif mode in ("--keep", "--merge"):
        check_out(repo, files)
    elif mode == "--mixed":
        repo.set_index(
            [Staged(p, m, o, 0, len(repo.blob(o)), git.process.clock) for p, (m, o) in files.items()]
        )
    if before:
        repo.put_text("ORIG_HEAD", before + "\n")
    repo.set_ref("HEAD", goal, git.me(), f"reset: moving to {revision}")
    for name in ("MERGE_HEAD", "MERGE_MSG", "CHERRY_PICK_HEAD", "REVERT_HEAD"):
        repo.drop(name)
    if before and not is_ancestor(repo, before, goal):
        git.process.happened(Rewritten("reset", before, goal))
    if mode == "--hard" and not quiet:
        git.line(f"HEAD is now at {git.short(goal)} {repo.commit(goal).subject}")
    if mode == "--mixed" and not quiet:
        _unstaged_after(git)
    return 0


def _unstaged_after(git: Git) -> None:
    changes = state_of(git).unstaged
    if changes:
        git.line("Unstaged changes after reset:")
        for change in changes:
            git.line(f"{change.status}\t{change.path}")


def _unstaged_paths(git: Git, revision: str, typed: list[str]) -> int:
    files = files_at(git.repo, git.commit(revision) if git.repo.head else None)
    known = set(files) | set(index_files(git.repo))
    wanted = [git.inside(one) for one in typed]
    missing = unmatched(wanted, known)
    for one, path in zip(typed, wanted, strict=True):
        if path in missing:
            if git.process.files.get(git.process.path(one)) is None:
                raise GitError(
                    f"fatal: ambiguous argument '{one}': unknown revision or path not in the working tree.\n"
                    "Use '--' to separate paths from revisions, like this:\n"
                    "'git <command> [<revision>...] -- [<file>...]'"
                )
            return 0
    _brought(git, typed, files, staged=True, work=False)
    _unstaged_after(git)
    return 0
