"""git init, add, rm, mv, commit: from the working tree to a commit."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.hooks import bypassed, how, run_hook
from checkpoint.core.sim.commands.git.pathspecs import Pathspecs, unmatched
from checkpoint.core.sim.commands.git.status import long_text, state_of
from checkpoint.core.sim.parts.files import Folder
from checkpoint.core.sim.parts.git import repository as repositories
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.dates import approximate, exact
from checkpoint.core.sim.parts.git.events import CommitRefused, Committed, Rewritten
from checkpoint.core.sim.parts.git.history import files_at, tree_from
from checkpoint.core.sim.parts.git.index import Staged
from checkpoint.core.sim.parts.git.objects import Commit, Oid, Person
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.worktree import (
    by_path,
    conflicts,
    ignored,
    index_files,
    node_at,
    stage_line,
    take_away,
    unstaged_changes,
    untracked,
)
from checkpoint.core.sim.parts.secrets.in_commits import leaking
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def init(process: Process, args: Args) -> int:
    git = Git(process)
    folder = process.path(args.rest[0]).rstrip("/") if args.rest else process.cwd
    process.files = process.files.make_folders(folder, time=process.clock)
    bare = args.has("--bare")
    inner = folder if bare else f"{folder}/.git"
    branch = args.value("--initial-branch") or git.setting("init.defaultBranch", "master")
    old = process.files.is_file(f"{inner}/HEAD")
    if not old:
        repositories.made(process, inner, None if bare else folder, branch)
    if not args.has("--quiet"):
        verb = "Reinitialized existing" if old else "Initialized empty"
        process.line(f"{verb} Git repository in {inner}/")
    return 0


# --- add ----------------------------------------------------------------------


def add(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if args.has("--patch") or args.has("--interactive"):
        return process.unsupported(
            "choosing parts of a change (`git add -p`)", "add whole files: `git add FILE`"
        )
    every = args.has("--all") or args.has("--update")
    if not args.rest and not every:
        process.error("Nothing specified, nothing added.")
        process.error("hint: Maybe you wanted to say 'git add .'?")
        process.error("hint: Turn this message off by running")
        process.error('hint: "git config advice.addEmptyPathspec false"')
        return 0
    wanted = [git.inside(path) for path in args.rest] or [""]
    loose = [] if args.has("--update") else untracked(repo, every=True, with_ignored=args.has("--force"))
    tracked = sorted({one.path for one in repo.index})
    refused = _refused(git, args, wanted, tracked, loose)
    if refused is not None:
        return refused
    chosen = filter(Pathspecs(wanted).fits, [*tracked, *loose])
    _stage(git, chosen, dry=args.has("--dry-run"), verbose=args.has("--verbose"))
    return 0


def _refused(git: Git, args: Args, wanted: list[str], tracked: list[str], loose: list[str]) -> int | None:
    """An exit code where a path is unknown or ignored, None where all is well."""
    rules = ignored(git.repo)
    hidden = []
    unknown = unmatched(wanted, [*tracked, *loose])
    for typed, path in zip(args.rest, wanted, strict=False):
        if path not in unknown:
            continue
        node = git.process.files.get(git.process.path(typed), follow=False)
        if node is None:
            raise GitError(f"fatal: pathspec '{typed}' did not match any files")
        if path and rules.ignores(path, isinstance(node, Folder)) and not args.has("--force"):
            hidden.append(typed)
    if not hidden:
        return None
    git.error("The following paths are ignored by one of your .gitignore files:")
    for typed in hidden:
        git.error(typed)
    git.error("hint: Use -f if you really want to add them.")
    git.error("hint: Turn this message off by running")
    git.error('hint: "git config advice.addIgnoredFile false"')
    return 1


def _stage(git: Git, paths: Iterable[str], *, dry: bool = False, verbose: bool = False) -> None:
    """Bring the index to what stands at these paths; a path's conflict ends with it."""
    repo = git.repo
    before = by_path(repo.index)
    lines = dict(before)
    for path in paths:
        if path.endswith("/"):
            continue
        git.process.budget.step()
        node = node_at(repo, path)
        if dry or verbose:
            git.line(f"{'remove' if node is None else 'add'} '{path}'")
        if dry:
            continue
        if node is None:
            lines.pop(path, None)
        else:
            lines[path] = [stage_line(repo, path, node)]
    if lines != before:
        repo.set_index(chain.from_iterable(lines.values()))


def remove(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if not args.rest:
        raise GitError("fatal: No pathspec was given. Which files should I remove?")
    tracked = sorted({one.path for one in repo.index})
    wanted = [git.inside(typed) for typed in args.rest]
    missing, plain = unmatched(wanted, tracked), set(tracked)
    for typed, path in zip(args.rest, wanted, strict=True):
        if path in missing and not args.has("--ignore-unmatch"):
            raise GitError(f"fatal: pathspec '{typed}' did not match any files")
        if path not in missing | plain and not args.has("-r") and not set("*?[") & set(path):
            raise GitError(f"fatal: not removing '{typed}' recursively without -r")
    chosen = list(filter(Pathspecs(wanted).fits, tracked))
    problem = "" if args.has("--force") else _unsafe(git, chosen, cached=args.has("--cached"))
    if problem:
        raise GitError(problem, 1)
    for path in chosen:
        if not args.has("--quiet"):
            git.line(f"rm '{path}'")
        if not args.has("--dry-run") and not args.has("--cached"):
            take_away(repo, path)
    if not args.has("--dry-run"):
        gone = set(chosen)
        repo.set_index(one for one in repo.index if one.path not in gone)
    return 0


def _unsafe(git: Git, paths: list[str], *, cached: bool) -> str:
    """git's complaint where removing would lose changes."""
    state = state_of(git)
    staged = {change.path for change in state.staged}
    changed = {change.path for change in state.unstaged if change.status != "D"}
    both = [path for path in paths if path in staged and path in changed]
    if both:
        return _told(
            both, "staged content different from both the\nfile and the HEAD", "use -f to force removal"
        )
    if cached:
        return ""
    index = [path for path in paths if path in staged]
    if index:
        return _told(
            index, "changes staged in the index", "use --cached to keep the file, or -f to force removal"
        )
    local = [path for path in paths if path in changed]
    if local:
        return _told(local, "local modifications", "use --cached to keep the file, or -f to force removal")
    return ""


def _told(paths: list[str], what: str, cure: str) -> str:
    many = len(paths) > 1
    names = "".join(f"\n    {path}" for path in paths)
    verb = "the following files have" if many else "the following file has"
    return f"error: {verb} {what}:{names}\n({cure})"


def move(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if len(args.rest) < 2:
        raise GitError("usage: git mv [<options>] <source>... <destination>", 129)
    *sources, goal = args.rest
    into = process.files.is_folder(process.path(goal))
    if len(sources) > 1 and not into:
        raise GitError(f"fatal: destination '{goal}' is not a directory")
    lines = by_path(repo.index)
    for source in sources:
        old = git.inside(source)
        new = git.inside(f"{goal}/{old.rpartition('/')[2]}" if into else goal)
        moving = [old] if old in lines else [path for path in lines if path.startswith(f"{old}/")]
        node = process.files.get(process.path(source), follow=False)
        if node is None:
            raise GitError(f"fatal: bad source, source={old}, destination={new}")
        if not moving:
            raise GitError(f"fatal: not under version control, source={old}, destination={new}")
        full = f"{repo.work_tree}/{new}"
        if process.files.get(full, follow=False) is not None and not args.has("--force"):
            raise GitError(f"fatal: destination exists, source={old}, destination={new}")
        if not process.files.is_folder(full.rpartition("/")[0]):
            raise GitError(f"fatal: renaming '{old}' failed: No such file or directory")
        process.files = process.files.remove(f"{repo.work_tree}/{old}").put(full, node)
        for path in moving:
            lines[new + path[len(old) :]] = [_renamed(one, old, new) for one in lines.pop(path)]
    repo.set_index(chain.from_iterable(lines.values()))
    return 0


def _renamed(line: Staged, old: str, new: str) -> Staged:
    return Staged(new + line.path[len(old) :], line.mode, line.oid, line.stage, line.size, line.time)


# --- commit -------------------------------------------------------------------


def commit(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if args.has("--patch"):
        return process.unsupported(
            "choosing parts of a change (`git commit -p`)", "commit whole files: `git commit FILE -m …`"
        )
    if args.has("--dry-run"):
        state = state_of(git)
        process.out(long_text(git, state, committing=True))
        return 0 if state.staged else 1
    if conflicts(repo) and not args.has("--all"):
        return _unmerged(git)
    if args.has("--all"):
        if args.rest:
            raise GitError(f"fatal: paths '{args.rest[0]} ...' with -a does not make sense")
        _stage(git, [*conflicts(repo), *(change.path for change in unstaged_changes(repo))])
    others = _only(git, args)
    code = _commit(git, args)
    if others:
        rest = {one.path: one for one in repo.index} | others
        repo.set_index(list(rest.values()))
    return code


def _only(git: Git, args: Args) -> dict[str, Staged]:
    """`git commit PATH`: stage these, and set what else is staged aside."""
    if not args.rest:
        return {}
    repo = git.repo
    wanted = [git.inside(path) for path in args.rest]
    tracked = {one.path for one in repo.index} | set(files_at(repo, repo.head))
    missing, fits = unmatched(wanted, tracked), Pathspecs(wanted).fits
    for typed, path in zip(args.rest, wanted, strict=True):
        if path in missing:
            raise GitError(f"error: pathspec '{typed}' did not match any file(s) known to git", 1)
    head = files_at(repo, repo.head)
    aside: dict[str, Staged] = {}
    for one in repo.index:
        if not fits(one.path) and head.get(one.path) != (one.mode, one.oid):
            aside[one.path] = one
    _stage(git, sorted(filter(fits, tracked)))
    lines = [one for one in repo.index if one.path not in aside]
    lines += [Staged(p, *head[p], 0, len(repo.blob(head[p][1]))) for p in aside if p in head]
    repo.set_index(lines)
    return aside


def _unmerged(git: Git) -> int:
    git.error("error: Committing is not possible because you have unmerged files.")
    git.error("hint: Fix them up in the work tree, and then use 'git add/rm <file>'")
    git.error("hint: as appropriate to mark resolution and make a commit.")
    git.error("fatal: Exiting because of an unresolved conflict.")
    for path in sorted(conflicts(git.repo)):
        git.line(f"U\t{path}")
    return 128


def _commit(git: Git, args: Args) -> int:
    repo, process = git.repo, git.process
    amend = args.has("--amend")
    if amend and repo.head is None:
        raise GitError("fatal: You have nothing to amend.")
    old = repo.commit(repo.head) if amend and repo.head else None
    skipped = args.has("--no-verify")
    if skipped:
        bypassed(git, "pre-commit")
    elif run_hook(git, "pre-commit"):
        process.happened(CommitRefused("pre-commit"))
        return 1
    merging = repo.text("MERGE_HEAD").split()
    before = repo.head
    base = old.parents[0] if old and old.parents else None if old else before
    changes = between(files_at(repo, base), index_files(repo), repo.blob)
    root_or_merge = old is not None and len(old.parents) != 1
    if not changes and not merging and not args.has("--allow-empty") and not root_or_merge:
        return _nothing(git, amend)
    message = _message(git, args, old)
    if message is None:
        process.error("Aborting commit due to empty commit message.")
        return 1
    message = _after_hooks(git, message, skipped, _source(args, merging))
    if message is None:
        return 1
    parents = old.parents if old else tuple(filter(None, [before, *merging]))
    picked = repo.has_file("CHERRY_PICK_HEAD")
    oid = recorded(git, message, parents, _author(git, args, old))
    kind = " (amend)" if amend else " (initial)" if not before else " (merge)" if merging else ""
    subject = repo.commit(oid).subject
    repo.set_ref("HEAD", oid, git.me(), f"commit{kind}: {subject}")
    for name in ("MERGE_HEAD", "MERGE_MSG", "SQUASH_MSG", "CHERRY_PICK_HEAD", "REVERT_HEAD", "MERGE_MODE"):
        repo.drop(name)
    paths = tuple(change.path for change in changes)
    leaks = leaking(repo, [oid])
    process.happened(Committed(oid, repo.branch, subject, how(git, skipped), paths, leaks))
    if amend and before:
        process.happened(Rewritten("amend", before, oid))
    if not args.has("--quiet"):
        process.out(
            announced(
                git,
                oid,
                dated=(amend and not args.has("--reset-author"))
                or args.has("--date")
                or args.has("--reuse-message")
                or picked,
            )
        )
    run_hook(git, "post-commit")
    return 0


def _nothing(git: Git, amend: bool) -> int:
    if amend:
        git.error("You asked to amend the most recent commit, but doing so would make")
        git.error("it empty. You can repeat your command with --allow-empty, or you can")
        git.error('remove the commit entirely with "git reset HEAD^".')
    git.process.out(long_text(git, state_of(git), committing=True, amending=amend))
    return 1


def _message(git: Git, args: Args, old: Commit | None) -> str | None:
    """The message, None where there is none and no editor to ask for one."""
    if args.has("--fixup") or args.has("--squash"):
        word = "fixup" if args.has("--fixup") else "squash"
        text = f"{word}! {git.repo.commit(git.commit(args.value(f'--{word}'))).subject}"
        text += "".join(f"\n\n{one}" for one in args.values("--message"))
    elif args.has("--message"):
        text = "\n\n".join(args.values("--message"))
    elif args.has("--file"):
        name = args.value("--file")
        text = git.process.stdin if name == "-" else git.process.read(name)
    elif args.has("--reuse-message"):
        text = git.repo.commit(git.commit(args.value("--reuse-message"))).message
    elif args.has("--no-edit") and old:
        text = old.message
    elif git.repo.has_file("MERGE_MSG"):
        text = git.repo.text("MERGE_MSG")
    elif git.repo.has_file("SQUASH_MSG") and args.has("--no-edit"):
        text = git.repo.text("SQUASH_MSG")
    elif old:
        text = old.message
    else:
        raise GitError("simulator: there is no editor for commit messages here; give the message with -m", 1)
    given = ("--message", "--file", "--reuse-message", "--fixup", "--squash")
    cleaned = cleaned_message(text, comments=any(args.has(key) for key in given))
    if args.has("--signoff"):
        me = git.me()
        cleaned = f"{cleaned.rstrip()}\n\nSigned-off-by: {me.told}\n"
    return cleaned if cleaned.strip() or args.has("--allow-empty-message") else None


def cleaned_message(text: str, *, comments: bool = False) -> str:
    """Without trailing blanks and more than one empty line in a row; comment lines stay if asked for."""
    lines = [line.rstrip() for line in text.split("\n") if comments or not line.startswith("#")]
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip("\n") + "\n" if any(out) else ""


def _source(args: Args, merging: list[str]) -> tuple[str, ...]:
    """Where a message comes from, as prepare-commit-msg is told."""
    if args.has("--message") or args.has("--file"):
        return ("message",)
    if args.has("--reuse-message"):
        return ("commit", args.value("--reuse-message"))
    if args.has("--amend"):
        return ("commit", "HEAD")
    return ("merge",) if merging else ()


def _after_hooks(git: Git, message: str, skipped: bool, source: tuple[str, ...]) -> str | None:
    """The message after prepare-commit-msg (which --no-verify doesn't skip) and commit-msg."""
    git.repo.put_text("COMMIT_EDITMSG", message)
    name = f"{git.repo.folder}/COMMIT_EDITMSG".removeprefix(f"{git.repo.work_tree}/")
    if run_hook(git, "prepare-commit-msg", name, *source):
        return None
    if not skipped and run_hook(git, "commit-msg", name):
        git.process.happened(CommitRefused("commit-msg"))
        return None
    given = source[:1] in (("message",), ("commit",))
    return cleaned_message(git.repo.text("COMMIT_EDITMSG"), comments=given)


def _author(git: Git, args: Args, old: Commit | None) -> Person:
    if args.has("--author"):
        name, _, rest = args.value("--author").partition("<")
        if not rest:
            given = args.value("--author")
            raise GitError(f"fatal: --author '{given}' is not 'Name <email>' and matches no existing author")
        return Person(name.strip(), rest.rstrip("> "), *_when(git, args))
    same = git.repo.text("CHERRY_PICK_HEAD").strip() or (
        git.commit(args.value("--reuse-message")) if args.has("--reuse-message") else ""
    )
    made = old or (git.repo.commit(same) if same else None)
    author = made.author if made and not args.has("--reset-author") else git.person("AUTHOR")
    if not args.has("--date"):
        return author
    time, zone = _when(git, args)
    return replace(author, time=time, zone=zone)


def _when(git: Git, args: Args) -> tuple[int, str]:
    """The author's date: as `--date` says, or now."""
    if not args.has("--date"):
        now = git.person("AUTHOR")
        return now.time, now.zone
    found = exact(args.value("--date"))
    if found is None:
        guessed = approximate(args.value("--date"), git.process.clock)
        if guessed == git.process.clock and args.value("--date") != "now":
            raise GitError(f"fatal: invalid date format: {args.value('--date')}")
        found = guessed, "+0000"
    return found


def recorded(git: Git, message: str, parents: tuple[Oid, ...], author: Person) -> Oid:
    """Write a commit of what is staged."""
    repo = git.repo
    made = Commit(tree_from(repo, index_files(repo)), parents, author, git.me(), message)
    return repo.write("commit", made.data)


def announced(git: Git, oid: Oid, *, dated: bool = False) -> str:
    """`[main abc1234] subject` with what changed, as after a commit."""
    repo = git.repo
    made = repo.commit(oid)
    place = repo.branch or "detached HEAD"
    root = "" if made.parents else " (root-commit)"
    text = f"[{place}{root} {git.short(oid)}] {made.subject}\n"
    if made.author.told != made.committer.told:
        text += f" Author: {made.author.told}\n"
    if dated:
        text += f" Date: {formats.long_date(made.author)}\n"
    if len(made.parents) > 1:
        return text
    base = made.parents[0] if made.parents else None
    changes = between(files_at(repo, base), files_at(repo, oid), repo.blob)
    if changes:
        text += formats.summary(changes, repo.blob) + formats.modes(changes)
    return text
