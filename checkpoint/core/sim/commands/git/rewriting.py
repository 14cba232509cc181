"""git filter-branch: rewriting every commit."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from immutables import Map

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.status import state_of
from checkpoint.core.sim.parts.files import Folder
from checkpoint.core.sim.parts.git.events import Rewritten
from checkpoint.core.sim.parts.git.history import files_at, tree_from, walk
from checkpoint.core.sim.parts.git.index import Staged
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import full_name, peeled
from checkpoint.core.sim.parts.git.worktree import check_out, index_files
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Facts = dict[str, tuple[int, Oid]]
Change = Callable[[Facts], Facts]

_WARNING = (
    "WARNING: git-filter-branch has a glut of gotchas generating mangled history\n"
    "\t rewrites.  Hit Ctrl-C before proceeding to abort, then use an\n"
    "\t alternative filtering tool such as 'git filter-repo'\n"
    "\t (https://github.com/newren/git-filter-repo/) instead.  See the\n"
    "\t filter-branch manual page for more details; to squelch this warning,\n"
    "\t set FILTER_BRANCH_SQUELCH_WARNING=1.\n"
    "Proceeding with filter-branch...\n"
)


def filter_branch(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if not process.environment.get("FILTER_BRANCH_SQUELCH_WARNING"):
        process.out(_WARNING + "\n")
    if state_of(git).unstaged or state_of(git).staged:
        raise GitError("Cannot rewrite branches: You have unstaged changes.", 1)
    if any(ref.startswith("refs/original/") for ref in repo.refs()) and not args.has("--force"):
        raise GitError(
            "Cannot create a new backup.\n"
            "A previous backup already exists in refs/original/\nForce overwriting the backup with -f",
            1,
        )
    names = args.rest if args.dashed is None else args.rest[args.dashed :]
    ends = [name.partition("..") for name in names]
    hidden = [git.commit(first) for first, dots, _ in ends if dots and first]
    refs = _chosen(git, args, [last or "HEAD" if dots else first for first, dots, last in ends])
    starts = [oid for oid in (peeled(repo, repo.ref(ref) or "", "commit") for ref in refs) if oid]
    order = list(walk(repo, starts, hidden, topological=True))[::-1]
    process.out("\n")
    moved: dict[Oid, Oid] = {}
    for place, oid in enumerate(order, start=1):
        process.budget.step()
        process.out(f"Rewrite {oid} ({place}/{len(order)}) (0 seconds passed, remaining 0 predicted)    \n")
        moved[oid] = _rewritten(git, args, oid, moved)
    for ref in refs:
        _replaced(git, ref, moved)
    check_out(repo, files_at(repo, repo.head), force=True)
    return 0


def _chosen(git: Git, args: Args, names: list[str]) -> list[str]:
    if args.has("--all") or "--all" in names:
        return [
            ref for ref in git.repo.refs() if ref.startswith(("refs/heads/", "refs/tags/", "refs/remotes/"))
        ]
    refs = [
        git.repo.head_ref if name in ("HEAD", "@") else full_name(git.repo, name)
        for name in names or ["HEAD"]
    ]
    if not all(refs):
        raise GitError("You must specify a ref to rewrite.", 1)
    return refs


def _rewritten(git: Git, args: Args, oid: Oid, moved: dict[Oid, Oid]) -> Oid:
    """The commit with its filters applied, on top of its rewritten parents."""
    repo = git.repo
    old = repo.commit(oid)
    files = files_at(repo, oid)
    parents = tuple(dict.fromkeys(moved.get(parent, parent) for parent in old.parents))
    if args.has("--index-filter"):
        files = _filtered_index(git, args.value("--index-filter"), files)
    if args.has("--tree-filter"):
        files = _filtered_tree(git, args.value("--tree-filter"), files)
    message = old.message
    if args.has("--msg-filter"):
        message = _filtered_text(git, args.value("--msg-filter"), message)
    made = replace(old, tree=tree_from(repo, files), parents=parents, message=message)
    if args.has("--prune-empty") and len(parents) == 1 and repo.commit(parents[0]).tree == made.tree:
        return parents[0]
    return repo.write("commit", made.data)


def _filtered_index(git: Git, line: str, files: Facts) -> Facts:
    kept = git.repo.index
    git.repo.set_index([Staged(path, mode, oid) for path, (mode, oid) in files.items()])
    code = git.process.spawn(git.process, ("eval", line), "")
    made = dict(index_files(git.repo))
    git.repo.set_index(list(kept))
    if code:
        raise GitError(f"index filter failed: {line}", 1)
    return made


def _filtered_tree(git: Git, line: str, files: Facts) -> Facts:
    process, repo = git.process, git.repo
    index, top = repo.index, repo.work_tree or "/"
    kept = cast(Folder, process.files.get(top))
    inside = Map({".git": kept.entries[".git"]})
    process.files = process.files.graft(top, replace(kept, entries=inside))
    repo.set_index([])
    check_out(repo, files, force=True)
    code = process.spawn(process, ("eval", line), "")
    process.spawn(process, ("git", "add", "-A", "-f"), "")
    made = dict(index_files(repo))
    repo.set_index(list(index))
    after = cast(Folder, process.files.get(top))
    entries = kept.entries.set(".git", after.entries[".git"])
    process.files = process.files.graft(top, replace(kept, entries=entries))
    if code:
        raise GitError(f"tree filter failed: {line}", 1)
    return made


def _filtered_text(git: Git, line: str, message: str) -> str:
    said = len(git.process.chunks)
    git.process.spawn(git.process, ("eval", line), message)
    made = "".join(chunk.text for chunk in git.process.chunks[said:] if chunk.stream == "out")
    del git.process.chunks[said:]
    return made


def _replaced(git: Git, ref: str, moved: dict[Oid, Oid]) -> None:
    repo = git.repo
    old = repo.ref(ref) or ""
    commit = peeled(repo, old, "commit") or ""
    new = moved.get(commit, commit)
    if new == commit:
        git.line(f"WARNING: Ref '{ref}' is unchanged")
        return
    git.line(f"Ref '{ref}' was rewritten")
    repo.set_ref(f"refs/original/{ref}", old)
    repo.set_ref(ref, new, git.me(), "filter-branch: rewrite")
    git.process.happened(Rewritten("filter-branch", old, new))
