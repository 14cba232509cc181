"""git merge, cherry-pick, revert: bringing lines of work together."""

from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import overwritten
from checkpoint.core.sim.commands.git.hooks import run_hook
from checkpoint.core.sim.commands.git.looking import selected
from checkpoint.core.sim.commands.git.snapshot import announced, recorded
from checkpoint.core.sim.commands.git.status import long_text, state_of
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at, is_ancestor, merge_bases, walk
from checkpoint.core.sim.parts.git.index import Staged
from checkpoint.core.sim.parts.git.merging import Merged, merged_trees
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError, Logged
from checkpoint.core.sim.parts.git.revisions import find, full_name, peeled
from checkpoint.core.sim.parts.git.worktree import check_out, conflicts, in_the_way, index_files, write_out
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Facts = dict[str, tuple[int, Oid]]


def refuse_unmerged(git: Git, verb: str, end: str = "Exiting because of an unresolved conflict.") -> None:
    """Stop where an earlier conflict isn't resolved."""
    if not conflicts(git.repo):
        return
    raise GitError(
        f"error: {verb} is not possible because you have unmerged files.\n"
        "hint: Fix them up in the work tree, and then use 'git add/rm <file>'\n"
        "hint: as appropriate to mark resolution and make a commit.\n"
        f"fatal: {end}"
    )


# --- merge --------------------------------------------------------------------


def merge(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if args.has("--abort"):
        return _aborted(git, "MERGE_HEAD", "merge")
    if args.has("--continue"):
        if not repo.has_file("MERGE_HEAD"):
            raise GitError("fatal: There is no merge in progress (MERGE_HEAD missing).")
        return process.spawn(process, ("git", "commit", "--no-edit"), "")
    if args.has("--quit"):
        for name in ("MERGE_HEAD", "MERGE_MSG"):
            repo.drop(name)
        return 0
    refuse_unmerged(git, "Merging")
    if repo.has_file("MERGE_HEAD"):
        raise GitError(
            "fatal: You have not concluded your merge (MERGE_HEAD exists).\n"
            "Please, commit your changes before you merge."
        )
    if repo.has_file("CHERRY_PICK_HEAD"):
        raise GitError(
            "fatal: You have not concluded your cherry-pick (CHERRY_PICK_HEAD exists).\n"
            "Please, commit your changes before you merge."
        )
    if not args.rest:
        upstream = repo.upstream(repo.branch)
        if not upstream:
            raise GitError("fatal: No remote for the current branch.")
        args.rest.append(upstream.removeprefix("refs/remotes/"))
    if len(args.rest) > 1:
        return process.unsupported("a merge of more than two lines of work")
    if args.value("--strategy", "ort") not in ("ort", "recursive", "resolve", "ours"):
        return process.unsupported(f"git merge --strategy={args.value('--strategy')}")
    if args.value("--strategy-option", "ours") not in ("ours", "theirs"):
        return process.unsupported(f"git merge -X {args.value('--strategy-option')}")
    name = args.rest[0]
    oid = find(repo, name)
    goal = peeled(repo, oid, "commit") if oid else None
    if goal is None:
        raise GitError(f"merge: {name} - not something we can merge", 1)
    return merged(git, goal, name, args)


def merged(git: Git, goal: Oid, name: str, args: Args, *, logged: str = "", message: str = "") -> int:
    """Merge a commit into HEAD; `name` is what it is called, `message` what the merge commit says."""
    repo = git.repo
    head = repo.head
    if head is None:
        check_out(repo, files_at(repo, goal))
        repo.set_ref("HEAD", goal, git.me(), f"merge {name}")
        return 0
    if is_ancestor(repo, goal, head):
        git.line("Already up to date.")
        return 0
    if is_ancestor(repo, head, goal) and not args.has("--no-ff") and args.value("--strategy") != "ours":
        if args.has("--squash"):
            return _squashed_forward(git, head, goal)
        return forwarded(git, goal, logged or f"merge {name}: Fast-forward", quiet=args.has("--quiet"))
    if args.has("--ff-only"):
        raise GitError("fatal: Not possible to fast-forward, aborting.")
    return _true_merge(git, head, goal, name, args, message or _merge_message(git, name))


def _squashed_forward(git: Git, head: Oid, goal: Oid) -> int:
    """Everything that a line of work did, staged and not committed."""
    repo = git.repo
    old, new = files_at(repo, head), files_at(repo, goal)
    git.line(f"Updating {git.short(head)}..{git.short(goal)}")
    changed, loose = in_the_way(repo, old, new)
    if changed or loose:
        raise GitError(overwritten(changed, loose, "merge"), 1)
    changes = between(old, new, repo.blob)
    check_out(repo, {path: fact for path, fact in index_files(repo).items() if path not in old} | new)
    repo.put_text("SQUASH_MSG", _squash_message(git, head, goal))
    git.line("Fast-forward\nSquash commit -- not updating HEAD")
    git.process.out(formats.stat(changes, repo.blob) + formats.modes(changes))
    return 0


def _squash_message(git: Git, head: Oid, goal: Oid) -> str:
    """The commits that are squashed, as git proposes them for a message."""
    rows = [formats.headline(oid, git.repo.commit(oid)) for oid in walk(git.repo, [goal], [head])]
    return "Squashed commit of the following:\n\n" + "\n".join(rows)


def forwarded(git: Git, goal: Oid, logged: str, *, quiet: bool = False) -> int:
    """Move HEAD along to a later commit."""
    repo = git.repo
    head = repo.head
    old, new = files_at(repo, head), files_at(repo, goal)
    changed, loose = in_the_way(repo, old, new)
    if changed or loose:
        git.line(f"Updating {git.short(head or '')}..{git.short(goal)}")
        raise GitError(overwritten(changed, loose, "merge"), 1)
    wanted = dict(index_files(repo))
    for path in set(old) | set(new):
        if old.get(path) != new.get(path):
            wanted.pop(path, None)
            if path in new:
                wanted[path] = new[path]
    check_out(repo, wanted)
    repo.set_ref("HEAD", goal, git.me(), logged)
    if not quiet:
        changes = between(old, new, repo.blob)
        git.line(f"Updating {git.short(head or '')}..{git.short(goal)}\nFast-forward")
        git.process.out(formats.stat(changes, repo.blob) + formats.modes(changes))
    run_hook(git, "post-merge", "0")
    return 0


def _true_merge(git: Git, head: Oid, goal: Oid, name: str, args: Args, proposed: str) -> int:
    repo = git.repo
    bases = merge_bases(repo, head, goal)
    if not bases and not args.has("--allow-unrelated-histories"):
        raise GitError("fatal: refusing to merge unrelated histories")
    state = state_of(git)
    if state.staged:
        names = " ".join(change.path for change in state.staged)
        raise GitError(
            f"error: Your local changes to the following files would be overwritten by merge:\n  {names}", 1
        )
    base = files_at(repo, bases[0]) if bases else {}
    ours, theirs = files_at(repo, head), files_at(repo, goal)
    favour = args.value("--strategy-option")
    made = merged_trees(repo, base, ours, theirs, "HEAD", name, favour)
    if args.value("--strategy") == "ours":
        made = Merged(dict(ours))
    _check_ways(git, ours, made, "merge")
    for told in made.told:
        git.line(told)
    settle(git, made)
    squash = args.has("--squash")
    message = args.value("--message") or proposed
    if made.stages or args.has("--no-commit") or squash:
        if not squash:
            repo.put_text("MERGE_HEAD", goal + "\n")
            repo.put_text("MERGE_MSG", message + "\n")
        if squash:
            repo.put_text("SQUASH_MSG", _squash_message(git, head, goal))
            git.line("Squash commit -- not updating HEAD")
        if made.stages:
            git.line("Automatic merge failed; fix conflicts and then commit the result.")
            return 1
        git.error("Automatic merge went well; stopped before committing as requested")
        return 0
    if not args.has("--no-verify") and run_hook(git, "pre-merge-commit"):
        repo.put_text("MERGE_HEAD", goal + "\n")
        return 1
    oid = recorded(git, message + "\n", (head, goal), git.person("AUTHOR"))
    strategy = "ours" if args.value("--strategy") == "ours" else "ort"
    repo.set_ref("HEAD", oid, git.me(), f"merge {name}: Merge made by the '{strategy}' strategy.")
    changes = between(ours, files_at(repo, oid), repo.blob)
    if args.has("--quiet"):
        return 0
    git.line(f"Merge made by the '{strategy}' strategy.")
    git.process.out(formats.stat(changes, repo.blob) + formats.modes(changes))
    return 0


def _merge_message(git: Git, name: str) -> str:
    full = full_name(git.repo, name)
    kind = "commit"
    if full.startswith("refs/heads/"):
        kind = "branch"
    elif full.startswith("refs/remotes/"):
        kind = "remote-tracking branch"
    elif full.startswith("refs/tags/"):
        kind = "tag"
    into = git.repo.branch
    return f"Merge {kind} '{name}'" + ("" if into in ("main", "master") else f" into {into}")


def _check_ways(git: Git, ours: Facts, made: Merged, doing: str) -> None:
    after = dict(made.files)
    for path in made.stages:
        after[path] = (0, "")
    changed, loose = in_the_way(git.repo, ours, after)
    if changed or loose:
        raise GitError(overwritten(changed, loose, doing), 1)


def settle(git: Git, made: Merged) -> None:
    """Put a merge's result into index and working tree, conflicts with their marks and stages."""
    repo = git.repo
    wanted = dict(made.files)
    now = index_files(repo)
    for path in made.stages:
        if path in now:
            wanted[path] = now[path]
    check_out(repo, wanted)
    if not made.stages:
        return
    keep = [line for line in repo.index if line.path not in made.stages]
    keep += [Staged(path, f[0], f[1], s) for path, stages in made.stages.items() for s, f in stages.items()]
    repo.set_index(keep)
    for path, (mode, text) in made.texts.items():
        write_out(repo, path, mode, repo.write("blob", text))


def _aborted(git: Git, mark: str, word: str) -> int:
    repo = git.repo
    if not repo.has_file(mark):
        problem = {
            "merge": "fatal: There is no merge to abort (MERGE_HEAD missing).",
            "cherry-pick": "error: no cherry-pick or revert in progress\nfatal: cherry-pick failed",
            "revert": "error: no cherry-pick or revert in progress\nfatal: revert failed",
        }[word]
        raise GitError(problem)
    start = repo.text("CHERRY_PICK_START").strip() if word != "merge" else ""
    check_out(repo, files_at(repo, start or repo.head), force=True)
    if start and start != repo.head:
        repo.set_ref("HEAD", start, git.me(), f"reset: moving to {start}")
    elif repo.head:
        goal = "HEAD" if word == "merge" else repo.head
        repo.log("HEAD", Logged(repo.head, repo.head, git.me(), f"reset: moving to {goal}"))
    for name in (mark, "MERGE_MSG", "CHERRY_PICK_TODO", "CHERRY_PICK_START"):
        repo.drop(name)
    return 0


# --- cherry-pick and revert -----------------------------------------------------


def cherry_pick(process: Process, args: Args) -> int:
    return _picked(Git(process), args, revert=False)


def revert(process: Process, args: Args) -> int:
    return _picked(Git(process), args, revert=True)


def _picked(git: Git, args: Args, *, revert: bool) -> int:
    repo = git.tree()
    word, mark = ("revert", "REVERT_HEAD") if revert else ("cherry-pick", "CHERRY_PICK_HEAD")
    if args.has("--abort"):
        return _aborted(git, mark, word)
    if args.has("--skip") or args.has("--continue"):
        return _picked_on(git, args, word, mark, revert)
    if args.has("--quit"):
        for name in (mark, "MERGE_MSG", "CHERRY_PICK_TODO", "CHERRY_PICK_START"):
            repo.drop(name)
        return 0
    refuse_unmerged(git, "Reverting" if revert else "Cherry-picking", f"{word} failed")
    if not args.rest:
        raise GitError(f"usage: git {word} [<options>] <commit-ish>...", 129)
    if any(".." in one for one in args.rest):
        starts, hidden = selected(git, args.rest)
        picks = list(walk(repo, starts, hidden))
        picks = picks if revert else picks[::-1]
    else:
        picks = [_named(git, one) for one in args.rest]
    repo.put_text("CHERRY_PICK_START", (repo.head or "") + "\n" if len(picks) > 1 else "")
    return _pick_all(git, args, picks, word, mark, revert)


def _named(git: Git, text: str) -> Oid:
    oid = find(git.repo, text)
    found = peeled(git.repo, oid, "commit") if oid else None
    if found is None:
        raise GitError(f"fatal: bad revision '{text}'")
    return found


def _picked_on(git: Git, args: Args, word: str, mark: str, revert: bool) -> int:
    repo = git.repo
    if not repo.has_file(mark):
        which = word if args.has("--skip") else "cherry-pick or revert"
        raise GitError(f"error: no {which} in progress\nfatal: {word} failed")
    if args.has("--skip"):
        check_out(repo, files_at(repo, repo.head), force=True)
        repo.drop(mark)
        repo.drop("MERGE_MSG")
    else:
        refuse_unmerged(git, "Committing")
        code = git.process.spawn(git.process, ("git", "commit", "--no-edit", "--allow-empty"), "")
        if code:
            return code
    rest = repo.text("CHERRY_PICK_TODO").split()
    repo.drop("CHERRY_PICK_TODO")
    return _pick_all(git, args, rest, word, mark, revert)


def _pick_all(git: Git, args: Args, picks: list[Oid], word: str, mark: str, revert: bool) -> int:
    for place, oid in enumerate(picks):
        code = _pick(git, args, oid, word, mark, revert)
        if code:
            git.repo.put_text("CHERRY_PICK_TODO", "\n".join(picks[place + 1 :]))
            return code
    return 0


def _pick(git: Git, args: Args, oid: Oid, word: str, mark: str, revert: bool) -> int:
    repo = git.repo
    made = repo.commit(oid)
    head = git.head()
    parent = _parent(git, args, oid, word)
    subject = made.subject
    ours = files_at(repo, head)
    if index_files(repo) != ours and not args.has("--no-commit"):
        raise GitError(
            f"error: your local changes would be overwritten by {word}.\n"
            f"hint: commit your changes or stash them to proceed.\nfatal: {word} failed"
        )
    label = f"{git.short(oid)} ({subject})"
    if revert:
        joined = merged_trees(
            repo, files_at(repo, oid), ours, files_at(repo, parent), "HEAD", f"parent of {label}"
        )
        merge = f", reversing\nchanges made to {parent}" if len(made.parents) > 1 else ""
        message = f'Revert "{subject}"\n\nThis reverts commit {oid}{merge}.\n'
    else:
        joined = merged_trees(repo, files_at(repo, parent), ours, files_at(repo, oid), "HEAD", label)
        message = made.message
        if args.has("-x"):
            message = f"{message.rstrip()}\n\n(cherry picked from commit {oid})\n"
    _check_ways(git, ours, joined, word)
    for told in joined.told:
        git.line(told)
    settle(git, joined)
    if joined.stages and args.has("--no-commit"):
        verb = "revert" if revert else "apply"
        git.error(f"error: could not {verb} {label.replace(' (', '... ').rstrip(')')}")
        git.error("hint: after resolving the conflicts, mark the corrected paths")
        git.error("hint: with 'git add <paths>' or 'git rm <paths>'")
        return 1
    if joined.stages:
        repo.put_text(mark, oid + "\n")
        repo.put_text("MERGE_MSG", message)
        _conflict_told(git, word, label.replace(" (", "... ").rstrip(")"))
        return 1
    if args.has("--no-commit"):
        if revert:
            repo.put_text(mark, oid + "\n")
            repo.put_text("MERGE_MSG", message)
        return 0
    if files_at(repo, head) == index_files(repo) and not args.has("--allow-empty"):
        if revert:  # there is nothing to go on with, so git keeps no mark of it
            git.process.out(long_text(git, state_of(git), committing=True))
            return 1
        repo.put_text(mark, oid + "\n")
        git.error("The previous cherry-pick is now empty, possibly due to conflict resolution.")
        git.error("If you wish to commit it anyway, use:\n\n    git commit --allow-empty\n")
        git.error("Otherwise, please use 'git cherry-pick --skip'")
        git.process.out(long_text(git, state_of(git)))
        return 1
    author = git.person("AUTHOR") if revert else made.author
    new = recorded(git, message, (head,), author)
    repo.set_ref("HEAD", new, git.me(), f"{word}: {repo.commit(new).subject}")
    git.process.out(announced(git, new, dated=True))
    return 0


def _parent(git: Git, args: Args, oid: Oid, word: str) -> Oid | None:
    parents = git.repo.commit(oid).parents
    if len(parents) < 2:
        return parents[0] if parents else None
    if not args.has("--mainline"):
        raise GitError(f"error: commit {oid} is a merge but no -m option was given.\nfatal: {word} failed")
    number = args.value("--mainline")
    if not number.isdecimal() or not 1 <= int(number[:3]) <= len(parents):
        raise GitError(f"error: commit {oid} does not have parent {number}\nfatal: {word} failed")
    return parents[int(number[:3]) - 1]


def _conflict_told(git: Git, word: str, label: str) -> None:
    verb = "revert" if word == "revert" else "apply"
    git.error(f"error: could not {verb} {label}")
    git.error("hint: After resolving the conflicts, mark them with")
    git.error('hint: "git add/rm <pathspec>", then run')
    git.error(f'hint: "git {word} --continue".')
    git.error(f'hint: You can instead skip this commit with "git {word} --skip".')
    git.error('hint: To abort and get back to the state before "git ' + word + '",')
    git.error(f'hint: run "git {word} --abort".')
