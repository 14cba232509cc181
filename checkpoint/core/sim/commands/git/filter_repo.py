"""git filter-repo: every commit anew, without what shouldn't be there.

Follows git-filter-repo 2.47.0, from its source and compared with it: where it refuses, what it says in which
order, what it leaves in `.git/filter-repo`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from checkpoint.core.sim.commands.git import progress
from checkpoint.core.sim.commands.git.base import NOT_A_REPOSITORY, Git
from checkpoint.core.sim.commands.git.filtering import Paths, Texts, most_bytes, paths, texts
from checkpoint.core.sim.commands.git.status import state_of
from checkpoint.core.sim.parts.git import config, objects
from checkpoint.core.sim.parts.git.events import Rewritten
from checkpoint.core.sim.parts.git.history import files_at, kept_alive, logs, reachable, tree_from, walk
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError, Repository
from checkpoint.core.sim.parts.git.revisions import peeled
from checkpoint.core.sim.parts.git.worktree import check_out
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_LOOSE, _DAY = 100, 86400
_GONE = "0" * 40
_HASH = re.compile(r"\b[0-9a-f]{7,40}\b")
_ASKING = (
    "--path-match",
    "--path-glob",
    "--path-regex",
    "--path-rename",
    "--paths-from-file",
    "--subdirectory-filter",
    "--to-subdirectory-filter",
    "--replace-text",
    "--replace-message",
    "--strip-blobs-bigger-than",
    "--sensitive-data-removal",
    "--use-base-name",
    "--invert-paths",
    "--force",
)
_FETCH = 'git fetch -q --prune --update-head-ok --refmap "" origin +refs/*:refs/*'
_NEXT = """
NEXT STEPS FOR YOUR SENSITIVE DATA REMOVAL:
  * If you are doing your rewrite in multiple steps, ignore these next steps
    until you have completed all your invocations of git-filter-repo.
  * See the "Sensitive Data Removal" subsection of the "DISCUSSION" section
    of the manual for more details about any of the steps below.
  * Inspect this repository and verify that the sensitive data is indeed
    completely removed from all commits.
  * Force push the rewritten history to the server:
      git push --force --mirror origin
  * Contact the server admins for additional steps they need to take; the
    First Changed Commit(s) may come in handy here.
  * Have other colleagues with a clone either discard their clone and reclone
    OR follow the detailed steps in the manual to repeatedly rebase and
    purge the sensitive data from their copy.  Again, the First Changed
    Commit(s) may come in handy.
  * See the "Prevent repeats and avoid future sensitive data spills" section
    of the manual.

"""
_RAN = (
    "This file exists to allow you to filter again without --force,\n"
    "and to specify that metadata files should be updated instead\nof rewritten"
)


@dataclass(frozen=True, slots=True)
class _Filter:
    paths: Paths
    texts: Texts
    messages: Texts
    most: int


def filter_repo(process: Process, args: Args) -> int:
    git = Git(process)
    if not any(args.has(key) for key in _ASKING):
        raise GitError("No arguments specified.", 1)
    if git.look() is None:
        told = "fatal: Command '['git', 'show-ref']' returned non-zero exit status 128."
        raise GitError(f"{NOT_A_REPOSITORY}\n{told}", 1)
    repo = git.repo
    wanted = _Filter(
        paths(git, args),
        texts(process, args.values("--replace-text")),
        texts(process, args.values("--replace-message")),
        most_bytes(args),
    )
    again = _ran_before(process, repo)
    if not args.has("--force") and not again and (reason := _why_not_fresh(git)):
        raise GitError(
            "Aborting: Refusing to destructively overwrite repo history since\n"
            f"this does not look like a fresh clone.\n  ({reason})\n"
            "Please operate on a fresh clone instead.  If you want to proceed\nanyway, use --force.",
            1,
        )
    removal = _is_removal(repo, args, again)
    before = repo.head or ""
    old = {ref: repo.ref(ref) or "" for ref in repo.refs() if not ref.startswith("refs/stash")}
    _without_origin(git, removal, again)
    _rewrite(git, args, wanted, old, removal)
    process.happened(Rewritten("filter-repo", before, repo.head or ""))
    return 0


# --- whether it may ------------------------------------------------------------------


def _ran_before(process: Process, repo: Repository) -> bool:
    """Whether this goes on with an earlier rewrite; one of another day is asked about."""
    node = repo.disk.files.get(f"{repo.folder}/filter-repo/already_ran")
    if node is None:
        return False
    if process.clock - node.time <= _DAY:
        return True
    process.out(
        "The previous run is older than a day (.git/filter-repo/already_ran already exists).\n"
        'See "Already Ran" section in the manual for more information.\n'
        "Treat this run as a continuation of filtering in the previous run (Y/N)? "
    )
    answer, _, process.stdin = process.stdin.partition("\n")
    return answer.strip().lower() == "y"


def _is_removal(repo: Repository, args: Args, again: bool) -> bool:
    before = repo.has_file("filter-repo/sensitive_data_removal")
    if again and args.has("--sensitive-data-removal") and not before:
        raise GitError(
            "Error: Cannot specify --sensitive-data-removal on a follow-up invocation\n"
            "       of git-filter-repo unless it was specified in previously runs.",
            1,
        )
    return before if again else args.has("--sensitive-data-removal")


def _why_not_fresh(git: Git) -> str:
    """What a fresh clone wouldn't have, or nothing."""
    repo = git.repo
    if not repo.bare and git.process.path("").rstrip("/") != (repo.work_tree or "").rstrip("/"):
        return "GIT_DIR must be .git"
    packs, loose = len(list(repo.packs())), len(repo.loose())
    if packs > 1 or loose >= _LOOSE or (packs == 1 and loose):
        return "expected freshly packed repo"
    if repo.remotes() != ["origin"] and (packs or repo.remotes()):
        return "expected one remote, origin"
    for name in sorted(logs(repo), key=lambda one: (one.count("/"), one)):
        if len(repo.reflog(name)) > 1:
            return f"expected at most one entry in the reflog for {name}"
    if repo.ref("refs/stash"):
        return "has stashed changes"
    return "" if repo.bare else _dirt(git) or _unpushed(repo)


def _dirt(git: Git) -> str:
    state = state_of(git)
    if state.staged:
        return "you have uncommitted changes"
    if state.unstaged:
        return "you have unstaged changes"
    return "you have untracked changes" if state.untracked else ""


def _unpushed(repo: Repository) -> str:
    for ref, oid in repo.refs("refs/heads/").items():
        theirs = ref.replace("refs/heads/", "refs/remotes/origin/")
        if repo.ref(theirs) is None:
            return f"{ref} exists, but {theirs} not found"
        if repo.ref(theirs) != oid:
            return f"{ref} does not match {theirs}"
    return ""


# --- the rewrite -----------------------------------------------------------------------


def _without_origin(git: Git, removal: bool, again: bool) -> None:
    """Remote branches become local ones, and the remote is forgotten, so that nobody pushes by habit."""
    repo, process = git.repo, git.process
    for ref, oid in repo.refs("refs/remotes/origin/").items():
        mine = ref.replace("refs/remotes/origin/", "refs/heads/")
        if not repo.symbolic(ref) and repo.ref(mine) is None:
            repo.put_text(mine, oid + "\n")
        repo.delete_ref(ref)
    url = repo.setting("remote.origin.url")
    if not url:
        return
    if removal:
        if not again:
            process.out(
                "NOTICE: Fetching all refs from origin to make sure we rewrite\n"
                f"        all history that may reference the sensitive data, via\n      {_FETCH}\n"
            )
        return
    process.out(
        "NOTICE: Removing 'origin' remote; see 'Why is my origin removed?'\n"
        f"        in the manual if you want to push back there.\n        (was {url})\n"
    )
    text = config.without_section(repo.text("config"), "remote.origin")
    for one in repo.settings():
        if one.key.startswith("branch.") and one.key.endswith(".remote") and one.value == "origin":
            text = config.without_section(text, one.key.rpartition(".")[0])
    repo.put_text("config", text)


def _rewrite(git: Git, args: Args, wanted: _Filter, old: Mapping[str, Oid], removal: bool) -> None:
    repo, process, quiet = git.repo, git.process, args.has("--quiet")
    refs = [ref for ref in repo.refs() if not ref.startswith("refs/stash")]
    starts = [oid for oid in (peeled(repo, repo.ref(ref) or "", "commit") for ref in refs) if oid]
    order = list(walk(repo, starts, topological=True))[::-1]
    moved: dict[Oid, Oid | None] = {}
    for oid in order:
        process.budget.step()
        moved[oid] = _kept(git, oid, moved, wanted)
    _refs_moved(git, refs, moved)
    _noted(repo, old, moved, removal)
    again = "\r" if process.tty else "\n"  # a line that counts on a terminal; elsewhere it stays
    if wanted.most and not quiet:
        blobs = {oid for one in order for _, oid in files_at(repo, one).values()}
        process.out(f"{again}Processed {len(blobs)} blob sizes\n")
    if not quiet:
        process.out(f"{again}Parsed {len(order)} commits")
    head = f"HEAD is now at {git.short(repo.head)} {repo.commit(repo.head).subject}\n" if repo.head else ""
    head = "" if quiet or not repo.work_tree else head
    process.out(head if not process.tty else "")
    process.out(("" if quiet else "\n") + "New history written in 0.03 seconds; now repacking/cleaning...\n")
    if removal:
        _told_removal(git, order, moved)
    process.out("" if quiet else "Repacking your repo and cleaning out old unneeded objects\n")
    process.out(head if process.tty else "")
    _cleaned(git, told=process.tty and not quiet)
    process.out("Completely finished after 0.11 seconds.\n" + (_NEXT if removal else ""))


def _told_removal(git: Git, order: list[Oid], moved: Mapping[Oid, Oid | None]) -> None:
    changed = [oid for oid in order if moved[oid] != oid]
    first = [oid for oid in changed if not any(one in changed for one in git.repo.commit(oid).parents)]
    git.process.out(
        f"You rewrote {len(changed)} (of {len(order)}) commits.\n\nNOTE: First Changed Commit(s) is/are:\n  "
        + "\n  ".join(first)
        + "\nNOTE: LFS object orphaning not checked (LFS not in use)\n\n"
    )


def _kept(git: Git, oid: Oid, moved: dict[Oid, Oid | None], wanted: _Filter) -> Oid | None:
    """The rewritten commit; one that became empty is left out for its parent."""
    repo = git.repo
    old = repo.commit(oid)
    files: dict[str, tuple[int, Oid]] = {}
    for path, (mode, blob) in files_at(repo, oid).items():
        name = wanted.paths.new_name(path)
        if name is not None and (made := _blob(repo, blob, wanted)) is not None:
            files[name] = (mode, made)
    parents = tuple(dict.fromkeys(p for p in (moved.get(one, one) for one in old.parents) if p))
    tree = tree_from(repo, files)
    was_empty = len(old.parents) == 1 and repo.commit(old.parents[0]).tree == old.tree
    if not was_empty:
        if not parents and not files:
            return None
        if len(parents) == 1 and repo.commit(parents[0]).tree == tree:
            return parents[0]
    message = _renamed_in(wanted.messages.changed(old.message), moved)
    return repo.write("commit", replace(old, tree=tree, parents=parents, message=message).data)


def _blob(repo: Repository, blob: Oid, wanted: _Filter) -> Oid | None:
    if not wanted.texts and not wanted.most:
        return blob
    data = repo.blob(blob)
    if wanted.most and len(data) > wanted.most:
        return None
    made = wanted.texts.in_file(data)
    return blob if made == data else repo.write("blob", made)


def _renamed_in(message: str, moved: Mapping[Oid, Oid | None]) -> str:
    """Names of old commits in a message become those of the new ones, as long as they were."""

    def new(match: re.Match[str]) -> str:
        found = [made for old, made in moved.items() if old.startswith(match[0])]
        return found[0][: len(match[0])] if len(found) == 1 and found[0] else match[0]

    return _HASH.sub(new, message)


def _refs_moved(git: Git, refs: list[str], moved: dict[Oid, Oid | None]) -> None:
    repo = git.repo
    if not repo.head_ref and (new := moved.get(repo.head or "")):
        repo.put_text("HEAD", new + "\n")
    for ref in refs:
        commit = peeled(repo, repo.ref(ref) or "", "commit")
        new = moved.get(commit or "", commit)
        if repo.symbolic(ref) or new is None:
            repo.delete_ref(ref)
        elif new != commit:
            repo.put_text(ref, new + "\n")


def _noted(repo: Repository, old: Mapping[str, Oid], moved: Mapping[Oid, Oid | None], removal: bool) -> None:
    """`.git/filter-repo`: what became of which commit and ref."""
    rows = [
        f"{oid} {_GONE if _is_left_out(repo, oid, moved) else new}\n" for oid, new in sorted(moved.items())
    ]
    repo.put_text("filter-repo/commit-map", f"{'old':40} new\n" + "".join(rows))
    pairs = {ref: (oid, repo.ref(ref) or _GONE) for ref, oid in old.items() if "/remotes/" not in ref}
    told = [f"{one} {new} {ref}\n" for ref, (one, new) in sorted(pairs.items())]
    repo.put_text("filter-repo/ref-map", f"{'old':40} {'new':40} ref\n" + "".join(told))
    changed = [ref + "\n" for ref, (one, new) in sorted(pairs.items()) if one != new]
    repo.put_text("filter-repo/changed-refs", "".join(changed))
    gone = {oid for oid, new in moved.items() if new != oid}
    first = [oid for oid in gone if not any(one in gone for one in repo.commit(oid).parents)]
    lines = [f"{oid} {moved[oid] or _GONE}\n" for oid in sorted(first)]
    repo.put_text("filter-repo/first-changed-commits", "".join(lines))
    repo.put_text("filter-repo/suboptimal-issues", "No filtering problems encountered.\n")
    repo.put_text("filter-repo/already_ran", _RAN)
    if removal:
        repo.put_text("filter-repo/sensitive_data_removal", "")


def _is_left_out(repo: Repository, oid: Oid, moved: Mapping[Oid, Oid | None]) -> bool:
    return moved[oid] is None or moved[oid] in [moved.get(parent) for parent in repo.commit(oid).parents]


def _cleaned(git: Git, *, told: bool) -> None:
    """The working tree as the new history has it, without reflogs and old objects."""
    repo = git.repo
    if repo.work_tree:
        check_out(repo, files_at(repo, repo.head) if repo.head else {}, force=True)
    for name in logs(repo):
        repo.put_text(f"logs/{name}", "")
    alive = sorted(reachable(repo, kept_alive(repo)))
    for line in progress.packed(progress.counted(repo, set(alive)), 0) if told and alive else ():
        git.error(line)
    pack = objects.packed([repo.read(oid) for oid in alive])
    repo.drop("objects")
    repo.put(f"objects/pack/pack-{objects.name_of('blob', pack)}.pack", pack, 0o444)
