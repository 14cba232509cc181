"""git stash and clean: setting changes aside, and throwing untracked files away."""

from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import overwritten
from checkpoint.core.sim.commands.git.pathspecs import Pathspecs, unmatched
from checkpoint.core.sim.commands.git.snapshot import recorded
from checkpoint.core.sim.commands.git.status import (
    long_text,
    state_of,
)
from checkpoint.core.sim.parts.files import Folder
from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.changes import Change, between
from checkpoint.core.sim.parts.git.history import files_at, tree_from
from checkpoint.core.sim.parts.git.index import Staged
from checkpoint.core.sim.parts.git.merging import Merged, merged_trees
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError, Logged, Repository
from checkpoint.core.sim.parts.git.worktree import (
    data_of,
    fact_of,
    in_the_way,
    index_files,
    node_at,
    take_away,
    untracked,
    write_out,
)
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_WITH_INDEX = 2
"""Parents of a stash: its base and its index; a third one holds untracked files."""


def stash(process: Process, args: Args) -> int:
    git = Git(process)
    git.tree()
    word = args.rest[0] if args.rest and args.dashed != 0 else "push"
    acts = {
        "push": _stashed,
        "save": _stashed,
        "list": _stashes,
        "pop": _unstashed,
        "apply": _unstashed,
        "drop": _dropped,
        "clear": _cleared,
        "show": _stash_shown,
        "branch": _branched,
    }
    if word not in acts:
        raise GitError(
            f"fatal: subcommand wasn't specified; 'push' can't be assumed due to unexpected token '{word}'"
        )
    return acts[word](git, args)


def _stashed(git: Git, args: Args) -> int:
    repo = git.repo
    if repo.head is None:
        raise GitError("You do not have the initial commit yet", 1)
    head = git.head()
    state = state_of(git, every=True)
    if state.conflicts:
        process_out = "".join(f"{path}: needs merge\n" for path in sorted(state.conflicts))
        git.process.out(process_out)
        return 1
    wanted, message = _what_to_stash(git, args)
    changed = [c.path for c in [*state.staged, *state.unstaged]] + [
        c.old_path for c in state.staged if c.status == "R"
    ]
    chosen = Pathspecs(wanted)
    tracked = [path for path in dict.fromkeys(changed) if chosen.fits(path)]
    loose = state.untracked if args.has("--include-untracked") else []
    if args.has("--all"):
        loose = untracked(repo, every=True, with_ignored=True)
    extra = [path for path in loose if chosen.fits(path)]
    if not tracked and not extra:
        git.line("No local changes to save")
        return 0
    place = repo.branch if repo.head_ref else "(no branch)"
    on = f"{place}: {git.short(head)} {repo.commit(head).subject}"
    subject = f"On {place}: {message}" if message else f"WIP on {on}"
    _write_stash(git, head, on, subject, tracked, extra)
    if wanted == [""]:
        repo.log("HEAD", Logged(head, head, git.me(), "reset: moving to HEAD"))
    for path in extra:
        take_away(repo, path)
    if extra and wanted == [""]:
        _sweep(repo)
    old = files_at(repo, head)
    kept = index_files(repo)
    back = {**kept, **{path: old[path] for path in tracked if path in old}}
    if not args.has("--keep-index"):
        back = {path: fact for path, fact in back.items() if path not in tracked or path in old}
    goal = kept if args.has("--keep-index") else back
    _put_back(git, goal, tracked)
    if not args.has("--quiet"):
        git.line(f"Saved working directory and index state {subject}")
    return 0


def _sweep(repo: Repository) -> None:
    """Remove empty folders, as `git clean -d` does, which git runs when it sets untracked files aside."""
    top = repo.work_tree or ""
    folders = [path for path, node in repo.disk.files.walk(top) if isinstance(node, Folder)]
    for path in sorted(folders, key=len, reverse=True):
        node = repo.disk.files.get(path)
        if path.startswith(f"{top}/.git/") or path in (top, f"{top}/.git"):
            continue
        if isinstance(node, Folder) and not node.entries:
            repo.disk.files = repo.disk.files.remove(path)


def _what_to_stash(git: Git, args: Args) -> tuple[list[str], str]:
    """(paths, message) of `git stash push`, `git stash save MESSAGE` or `git stash -- PATHS`."""
    words = args.rest[1:] if args.rest[:1] in (["push"], ["save"]) else list(args.rest)
    if args.rest[:1] == ["save"]:
        return [""], args.value("--message") or " ".join(words)
    known = set(index_files(git.repo)) | set(untracked(git.repo, every=True))
    wanted = [git.inside(one) for one in words]
    missing = unmatched(wanted, known)
    for one, path in zip(words, wanted, strict=True):
        if path in missing:
            raise GitError(
                f"error: pathspec ':(prefix:0){one}' did not match any file(s) known to git\n"
                "Did you forget to 'git add'?",
                1,
            )
    return wanted or [""], args.value("--message")


def _write_stash(git: Git, head: Oid, on: str, subject: str, tracked: list[str], extra: list[str]) -> None:
    """The commits of a stash: the index, untracked files where asked for, and the working tree."""
    repo, who = git.repo, git.me()

    def commit(files: dict[str, tuple[int, Oid]], parents: tuple[Oid, ...], message: str) -> Oid:
        made = objects.Commit(tree_from(repo, files), parents, who, who, message + "\n")
        return repo.write("commit", made.data)

    files = dict(index_files(repo))
    parents = [head, recorded(git, f"index on {on}\n", (head,), who)]
    for path in [*tracked, *extra]:
        node = node_at(repo, path)
        if node is not None:
            repo.write("blob", data_of(node))
    if extra:
        loose = {path: fact_of(node) for path in extra if (node := node_at(repo, path)) is not None}
        parents.append(commit(loose, (), f"untracked files on {on}"))
    for path in tracked:
        node = node_at(repo, path)
        if node is None:
            files.pop(path, None)
        else:
            files[path] = fact_of(node)
    repo.set_ref("refs/stash", commit(files, tuple(parents), subject), who, subject)


def _put_back(git: Git, goal: dict[str, tuple[int, Oid]], tracked: list[str]) -> None:
    """Index and working tree of the stashed paths as they are to be now."""
    repo = git.repo
    lines = {line.path: line for line in repo.index if line.path not in tracked}
    for path in tracked:
        if path in goal:
            mode, oid = goal[path]
            write_out(repo, path, mode, oid)
            lines[path] = Staged(path, mode, oid, 0, len(repo.blob(oid)), git.process.clock)
        else:
            take_away(repo, path)
    repo.set_index(list(lines.values()))


def _stash_place(git: Git, args: Args) -> int:
    text = args.rest[1] if len(args.rest) > 1 else "stash@{0}"
    digits = text.removeprefix("stash@{").rstrip("}")
    lines = git.repo.reflog("refs/stash")
    if not lines and len(args.rest) < 2:
        raise GitError("No stash entries found.", 1)
    if not digits.isdecimal() or int(digits[:6]) >= len(lines):
        raise GitError(f"error: {text} is not a valid reference", 1)
    return int(digits[:6])


def _stashes(git: Git, args: Args) -> int:
    for place, line in enumerate(git.repo.reflog("refs/stash")):
        git.line(f"stash@{{{place}}}: {line.message}")
    return 0


def _unstashed(git: Git, args: Args) -> int:
    repo = git.repo
    popping = args.rest[0] == "pop"
    place = _stash_place(git, args)
    oid = repo.reflog("refs/stash")[place].new
    stashed = repo.commit(oid)
    base, files = stashed.parents[0], files_at(repo, oid)
    loose_files = files_at(repo, stashed.parents[2]) if len(stashed.parents) > 2 else {}
    old, head = files_at(repo, base), index_files(repo)
    changes = between(old, files)
    changed, loose = in_the_way(repo, {c.path: head[c.path] for c in changes if c.path in head}, files)
    blocked = [path for path in changed if any(c.path == path for c in changes)]
    loose = [path for path in loose if path in files and path not in old]
    there = [path for path in loose_files if node_at(repo, path) is not None]
    if blocked or loose or there:
        told = "".join(f"{path} already exists, no checkout\n" for path in there)
        told += "error: could not restore untracked files from stash" if there else ""
        git.error(told or overwritten(blocked, loose, "merge"))
        if not args.has("--quiet"):
            git.process.out(long_text(git, state_of(git)))
        if popping:
            git.line("The stash entry is kept in case you need it again.")
        return 1
    made = merged_trees(repo, old, head, files, "Updated upstream", "Stashed changes")
    for told in made.told:
        git.line(told)
    if not changes:
        git.line("Already up to date.")
    _applied(git, made, changes)
    for path, fact in loose_files.items():
        write_out(repo, path, *fact)
    if not args.has("--quiet"):
        git.process.out(long_text(git, state_of(git)))
    if made.stages:
        if popping:
            git.line("The stash entry is kept in case you need it again.")
        return 1
    return _dropped(git, args) if popping else 0


def _applied(git: Git, made: Merged, changes: list[Change]) -> None:
    """Put what a stash holds into the working tree; new files and conflicts into the index too."""
    repo = git.repo
    for change in changes:
        path = change.path
        if path in made.texts:
            mode, text = made.texts[path]
            write_out(repo, path, mode, repo.write("blob", text))
        elif path in made.files:
            write_out(repo, path, *made.files[path])
        else:
            take_away(repo, path)
    if made.stages:
        keep = [line for line in repo.index if line.path not in made.stages]
        keep += [Staged(p, f[0], f[1], s) for p, stages in made.stages.items() for s, f in stages.items()]
        repo.set_index(keep)
    else:
        fresh = [c for c in changes if c.status == "A"]
        keep = list(repo.index) + [Staged(c.path, c.new_mode, c.new) for c in fresh]
        repo.set_index(list({line.path: line for line in keep}.values()))


def _branched(git: Git, args: Args) -> int:
    """A branch where the stash was made, with what it holds."""
    if len(args.rest) < 2:
        raise GitError("No branch name specified", 1)
    name, rest = args.rest[1], args.rest[2:]
    shifted = Args(args.options, ["pop", *rest])
    oid = git.repo.reflog("refs/stash")[_stash_place(git, shifted)].new
    base = git.repo.commit(oid).parents[0]
    code = git.process.spawn(git.process, ("git", "checkout", "-b", name, base), "")
    return code or _unstashed(Git(git.process), shifted)


def _dropped(git: Git, args: Args) -> int:
    place = _stash_place(git, args)
    lines = git.repo.reflog("refs/stash")
    oid = lines.pop(place).new
    _rewrite_stashes(git, lines)
    typed = args.rest[1] if len(args.rest) > 1 and not args.rest[1].isdecimal() else f"refs/stash@{{{place}}}"
    if not args.has("--quiet"):
        git.line(f"Dropped {typed} ({oid})")
    return 0


def _rewrite_stashes(git: Git, lines: list[Logged]) -> None:
    git.repo.delete_ref("refs/stash")
    kept = lines[::-1]
    old = objects.NONE
    for line in kept:
        git.repo.log("refs/stash", Logged(old, line.new, line.who, line.message))
        old = line.new
    if kept:
        git.repo.put_text("refs/stash", kept[-1].new + "\n")


def _cleared(git: Git, args: Args) -> int:
    git.repo.delete_ref("refs/stash")
    return 0


def _stash_shown(git: Git, args: Args) -> int:
    oid = git.repo.reflog("refs/stash")[_stash_place(git, args)].new
    commit = git.repo.commit(oid)
    changes = between(files_at(git.repo, commit.parents[0]), files_at(git.repo, oid))
    if args.has("--include-untracked") and len(commit.parents) > _WITH_INDEX:
        changes += between({}, files_at(git.repo, commit.parents[2]))
        changes.sort(key=lambda one: one.path)
    if args.has("--name-only"):
        git.process.out("".join(f"{one.path}\n" for one in changes))
    elif args.has("--name-status"):
        git.process.out("".join(f"{one.status}\t{one.path}\n" for one in changes))
    elif args.has("--patch"):
        git.process.out("".join(formats.patch(change, git.repo.blob) for change in changes))
    else:
        git.process.out(formats.stat(changes, git.repo.blob))
    return 0


def clean(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    dry = args.has("--dry-run")
    if not dry and not args.has("--force"):
        raise GitError(
            "fatal: clean.requireForce defaults to true and neither -i, -n, nor -f given; refusing to clean"
        )
    chosen = Pathspecs([git.inside(one) for one in args.rest] or [""])
    paths = untracked(repo, with_ignored=args.has("-x"))
    for path in paths:
        if path.endswith("/") and not args.has("-d"):
            continue
        if not chosen.fits(path.rstrip("/")):
            continue
        if dry or not args.has("--quiet"):
            git.line(f"{'Would remove' if dry else 'Removing'} {git.shown(path)}")
        full = f"{repo.work_tree}/{path.rstrip('/')}"
        if not dry and isinstance(repo.disk.files.get(full, follow=False), Folder):
            repo.disk.files = repo.disk.files.remove(full)
        elif not dry:
            take_away(repo, path)
    return 0
