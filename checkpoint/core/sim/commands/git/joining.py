"""git merge, cherry-pick, revert, rebase: bringing lines of work together."""

from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import overwritten
from checkpoint.core.sim.commands.git.hooks import run_hook
from checkpoint.core.sim.commands.git.looking import selected
from checkpoint.core.sim.commands.git.snapshot import announced, recorded
from checkpoint.core.sim.commands.git.status import long_text, state_of
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.events import Rewritten
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


# --- rebase -------------------------------------------------------------------


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
