"""git rev-parse, cat-file, for-each-ref, config, gc, fsck and the like: what stands under the rest."""

from collections.abc import Callable

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.git import progress
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.looking import number, reflog_shown, selected, split
from checkpoint.core.sim.commands.git.pathspecs import Pathspecs, unmatched
from checkpoint.core.sim.commands.git.ref_formats import ref_told
from checkpoint.core.sim.commands.git.status import state_of
from checkpoint.core.sim.parts.files import encoded
from checkpoint.core.sim.parts.git import config, objects
from checkpoint.core.sim.parts.git.history import kept_alive, logs, merge_bases, reachable, walk
from checkpoint.core.sim.parts.git.objects import FOLDER, Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import find, full_name, peeled, unknown
from checkpoint.core.sim.parts.git.worktree import ignored, unstaged_changes, untracked
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.table import Args


def rev_parse(process: Process, args: Args) -> int:
    git = Git(process)
    facts: dict[str, Callable[[], str]] = {
        "--show-toplevel": lambda: str(git.tree().work_tree),
        "--git-dir": lambda: _git_folder(git),
        "--show-prefix": lambda: git.prefix,
        "--is-inside-work-tree": lambda: "false" if git.repo.bare else "true",
        "--is-bare-repository": lambda: "true" if git.repo.bare else "false",
        "--show-cdup": lambda: "../" * git.prefix.count("/"),
    }
    for key, told in facts.items():
        if args.has(key):
            git.line(told())
    for word in args.rest:
        oid = find(git.repo, word)
        if oid is None:
            if args.has("--verify"):
                if args.has("--quiet"):
                    return 1
                raise GitError("fatal: Needed a single revision")
            git.line(word)
            raise unknown(word, git.repo)
        if args.has("--abbrev-ref"):
            git.line(_short_ref(git, word))
        elif args.has("--symbolic-full-name"):
            name = (
                git.repo.head_ref
                if word in ("HEAD", "@") and git.repo.head_ref
                else full_name(git.repo, word)
            )
            git.line(name)
        else:
            length = args.value("--short") if args.has("--short") else ""
            size = int(length) if length.isdecimal() else 7
            git.line(oid[:size] if args.has("--short") else oid)
    return 0


def _git_folder(git: Git) -> str:
    return ".git" if git.process.cwd == git.repo.work_tree else git.repo.folder


def _short_ref(git: Git, word: str) -> str:
    if word in ("HEAD", "@"):
        return git.repo.branch or "HEAD"
    if word.endswith(("@{u}", "@{upstream}")):
        return git.repo.upstream(git.repo.branch).removeprefix("refs/remotes/")
    full = full_name(git.repo, word)
    for prefix in ("refs/heads/", "refs/tags/", "refs/remotes/"):
        full = full.removeprefix(prefix)
    return full


def cat_file(process: Process, args: Args) -> int:
    git = Git(process)
    words = list(args.rest)
    kind = words.pop(0) if len(words) > 1 else ""
    if not words:
        raise GitError("usage: git cat-file (-t | -s | -p | -e | <type>) <object>", 129)
    oid = find(git.repo, words[0])
    found = git.repo.find(oid) if oid else None
    if args.has("-e") and (found or len(words[0]) == 40):
        return 0 if found else 1
    if found is None or oid is None:
        raise (
            unknown(words[0], git.repo)
            if ":" in words[0]
            else GitError(f"fatal: Not a valid object name {words[0]}")
        )
    if args.has("-t"):
        git.line(found[0])
    elif args.has("-s"):
        git.line(str(len(found[1])))
    elif found[0] == "tree" and (args.has("-p") or not kind):
        process.out("".join(_tree_line(entry) for entry in objects.tree_of(found[1])))
    else:
        goal = peeled(git.repo, oid, kind) if kind else oid
        if goal is None:
            raise GitError(f"fatal: git cat-file {words[0]}: bad file")
        process.out(git.repo.read(goal)[1].decode("utf-8", "surrogateescape"))
    return 0


def _tree_line(entry: objects.Entry, prefix: str = "") -> str:
    kind = "tree" if entry.mode == FOLDER else "commit" if entry.mode == objects.MODULE else "blob"
    return f"{entry.mode:06o} {kind} {entry.oid}\t{prefix}{entry.name}\n"


def hash_object(process: Process, args: Args) -> int:
    git = Git(process)
    for name in args.rest:
        if not process.files.is_file(process.path(name)):
            raise GitError(f"fatal: could not open '{name}' for reading: No such file or directory")
    texts = [process.stdin] if args.has("--stdin") else [process.read(name) for name in args.rest]
    for text in texts:
        data = encoded(text)
        git.line(git.repo.write("blob", data) if args.has("-w") else objects.name_of("blob", data))
    return 0


def ls_files(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    wanted = [git.inside(path) for path in args.rest] or [git.prefix.rstrip("/")]
    fits = Pathspecs(wanted).fits
    if args.has("--others"):
        names = untracked(repo, every=True, with_ignored=not args.has("--exclude-standard"))
    elif args.has("--modified") or args.has("--deleted"):
        keep = "MD" if args.has("--modified") else "D"
        names = [change.path for change in unstaged_changes(repo) if change.status in keep]
    elif args.has("--unmerged"):
        rows = [one for one in repo.index if one.stage and fits(one.path)]
        process.out("".join(f"{o.mode:06o} {o.oid} {o.stage}\t{git.shown(o.path)}\n" for o in rows))
        return 0
    elif args.has("--stage"):
        rows = [one for one in repo.index if fits(one.path)]
        process.out("".join(f"{o.mode:06o} {o.oid} {o.stage}\t{git.shown(o.path)}\n" for o in rows))
        return 0
    else:
        names = sorted({one.path for one in repo.index})
    chosen = list(filter(fits, names))
    if args.has("--error-unmatch"):
        missing = unmatched(wanted, chosen)
        for typed, path in zip(args.rest, wanted, strict=False):
            if path in missing:
                raise GitError(
                    f"error: pathspec '{typed}' did not match any file(s) known to git\n"
                    "Did you forget to 'git add'?",
                    1,
                )
    process.out("".join(f"{git.shown(path)}\n" for path in chosen))
    return 0


def ls_tree(process: Process, args: Args) -> int:
    git = Git(process)
    if not args.rest:
        raise GitError("usage: git ls-tree [<options>] <tree-ish> [<path>...]", 129)
    oid = find(git.repo, args.rest[0])
    tree = peeled(git.repo, oid, "tree") if oid else None
    if tree is None:
        raise GitError(f"fatal: Not a valid object name {args.rest[0]}")
    wanted = [path.rstrip("/") for path in args.rest[1:]]
    process.out(_tree_lines(git, args, tree, "", wanted))
    return 0


def _tree_lines(git: Git, args: Args, tree: Oid, prefix: str, wanted: list[str]) -> str:
    text, chosen = "", Pathspecs(wanted or [""])
    for entry in git.repo.tree(tree):
        path = prefix + entry.name
        deeper = entry.mode == FOLDER and (
            args.has("-r") or any(one.startswith(path + "/") for one in wanted)
        )
        if not chosen.fits(path) and not deeper:
            continue
        if deeper:
            text += _tree_lines(git, args, entry.oid, path + "/", wanted)
        else:
            text += f"{path}\n" if args.has("--name-only") else _tree_line(entry, prefix)
    return text


def rev_list(process: Process, args: Args) -> int:
    git = Git(process)
    words, _ = split(git, args)
    if args.has("--all"):
        words += [ref for ref in git.repo.refs() if peeled(git.repo, git.repo.ref(ref) or "", "commit")]
    starts, hidden = selected(git, words)
    if args.has("--left-right"):
        return _both_sides(git, args, words)
    found = list(walk(git.repo, starts, hidden))
    if args.has("--max-count"):
        found = found[: number(args, "--max-count")]
    if args.has("--reverse"):
        found.reverse()
    if args.has("--count"):
        git.line(str(len(found)))
    elif args.has("--objects"):
        process.out("".join(f"{line}\n" for line in _objects(git, found, hidden)))
    else:
        process.out("".join(f"{oid}\n" for oid in found))
    return 0


def _objects(git: Git, commits: list[Oid], hidden: list[Oid]) -> list[str]:
    """Commits, then every tree and file that they bring, each once, with the path it was met at."""
    seen = reachable(git.repo, hidden)
    found: list[str] = []

    def tree(oid: Oid, path: str) -> None:
        if oid in seen:
            return
        seen.add(oid)
        git.process.budget.step()
        found.append(f"{oid} {path}")
        for entry in git.repo.tree(oid):
            inner = f"{path}/{entry.name}".lstrip("/")
            if entry.mode == FOLDER:
                tree(entry.oid, inner)
            elif entry.oid not in seen:
                seen.add(entry.oid)
                found.append(f"{entry.oid} {inner}")

    for oid in commits:
        tree(git.repo.commit(oid).tree, "")
    return [*commits, *found]


def _both_sides(git: Git, args: Args, words: list[str]) -> int:
    """`rev-list --left-right a...b`: how many commits only each end has, or which."""
    left, _, right = (words or [""])[0].partition("...")
    one, other = git.commit(left or "HEAD"), git.commit(right or "HEAD")
    mine, theirs = (list(walk(git.repo, [a], [b])) for a, b in ((one, other), (other, one)))
    if args.has("--count"):
        git.line(f"{len(mine)}\t{len(theirs)}")
    else:
        git.process.out("".join(f"<{oid}\n" for oid in mine) + "".join(f">{oid}\n" for oid in theirs))
    return 0


def merge_base(process: Process, args: Args) -> int:
    git = Git(process)
    if len(args.rest) < 2:
        raise GitError("usage: git merge-base [-a | --all] <commit> <commit>...", 129)
    one, other = (_valid(git, word) for word in args.rest[:2])
    bases = merge_bases(git.repo, one, other)
    if args.has("--is-ancestor"):
        return 0 if one in bases else 1
    process.out("".join(f"{oid}\n" for oid in (bases if args.has("--all") else bases[:1])))
    return 0 if bases else 1


def _valid(git: Git, word: str) -> Oid:
    oid = find(git.repo, word)
    commit = peeled(git.repo, oid, "commit") if oid else None
    if commit is None:
        raise GitError(f"fatal: Not a valid object name {word}")
    return commit


def for_each_ref(process: Process, args: Args) -> int:
    git = Git(process)
    rows = git.repo.refs()
    text = args.value("--format", "%(objectname) %(objecttype)%09%(refname)")
    names = [
        ref
        for ref in rows
        if not args.rest
        or any(
            ref == one
            or ref.startswith(one.rstrip("/") + "/")
            or patterns.matches(patterns.compiled(one), ref)
            for one in args.rest
        )
    ]
    if args.value("--sort") in ("-committerdate", "committerdate"):

        def when(ref: str) -> int:
            return git.repo.commit(peeled(git.repo, rows[ref], "commit") or "").committer.time

        names.sort(key=when, reverse=args.value("--sort").startswith("-"))
    for ref in names[: int(args.value("--count")) if args.value("--count").isdecimal() else None]:
        git.line(ref_told(git, text, ref, rows[ref]))
    return 0


def show_ref(process: Process, args: Args) -> int:
    git = Git(process)
    rows = git.repo.refs()
    if args.has("--heads"):
        rows = {ref: oid for ref, oid in rows.items() if ref.startswith("refs/heads/")}
    if args.has("--tags"):
        rows = {ref: oid for ref, oid in rows.items() if ref.startswith("refs/tags/")}
    found = [r for r in rows if not args.rest or any(r == one or r.endswith("/" + one) for one in args.rest)]
    if not args.has("--quiet"):
        process.out("".join(f"{rows[ref]} {ref}\n" for ref in found))
    return 0 if found else 1


def update_ref(process: Process, args: Args) -> int:
    git = Git(process)
    if args.has("-d") or args.has("--delete"):
        for name in args.rest[:1]:
            git.repo.delete_ref(name)
        return 0
    if len(args.rest) < 2:
        raise GitError("usage: git update-ref [<options>] <refname> <new-oid> [<old-oid>]", 129)
    name, value = args.rest[:2]
    oid = find(git.repo, value)
    if oid is None:
        raise GitError(f"fatal: {value}: not a valid SHA1")
    git.repo.set_ref(name, oid, git.me(), args.value("-m"))
    return 0


def symbolic_ref(process: Process, args: Args) -> int:
    git = Git(process)
    if len(args.rest) > 1:
        git.repo.put_text(args.rest[0], f"ref: {args.rest[1]}\n")
        return 0
    goal = git.repo.symbolic(args.rest[0] if args.rest else "HEAD")
    if not goal:
        raise GitError(f"fatal: ref {args.rest[0] if args.rest else 'HEAD'} is not a symbolic ref")
    git.line(goal.split("/", 2)[2] if args.has("--short") else goal)
    return 0


def check_ignore(process: Process, args: Args) -> int:
    git = Git(process)
    rules = ignored(git.tree())
    found = False
    for typed in args.rest:
        path = git.inside(typed)
        rule = rules.rule_for(path, process.files.is_folder(process.path(typed)))
        if rule is None or (rule.negated and not args.has("--verbose")):
            continue
        found = True
        if not args.has("--quiet"):
            source = f"{rule.source}:{rule.line}:{rule.text}\t" if args.has("--verbose") else ""
            git.line(source + typed)
    return 0 if found else 1


def describe(process: Process, args: Args) -> int:
    git = Git(process)
    start = git.commit(args.rest[0]) if args.rest else git.head()
    tags: dict[Oid, str] = {}
    light: set[Oid] = set()
    for ref, oid in git.repo.refs("refs/tags/").items():
        goal = peeled(git.repo, oid, "commit") or oid
        if args.has("--tags") or git.repo.read(oid)[0] == "tag":
            tags[goal] = ref.removeprefix("refs/tags/")
        else:
            light.add(goal)
    dirty = "-dirty" if args.has("--dirty") and not state_of(git).clean else ""
    before = list(walk(git.repo, [start]))
    for oid in before:
        if oid in tags:
            distance = sum(1 for _ in walk(git.repo, [start], [oid]))
            short = args.value("--abbrev", "7")
            digits = max(4, min(40, int(short[:2]))) if short.isdecimal() and int(short) else 0
            long = f"{tags[oid]}-{distance}-g{start[:digits]}" if digits else tags[oid]
            git.line((long if distance or args.has("--long") else tags[oid]) + dirty)
            return 0
    if args.has("--always"):
        git.line(git.short(start) + dirty)
        return 0
    if light & set(before):
        raise GitError(
            f"fatal: No annotated tags can describe '{start}'.\n"
            "However, there were unannotated tags: try --tags."
        )
    if git.repo.refs("refs/tags/"):
        raise GitError(f"fatal: No tags can describe '{start}'.\nTry --always, or create some tags.")
    raise GitError("fatal: No names found, cannot describe anything.")


# --- configuration --------------------------------------------------------------


def configure(process: Process, args: Args) -> int:
    git = Git(process)
    personal = args.has("--global")
    name = f"{process.world.shell.home}/.gitconfig"

    def text() -> str:
        return git.personal() if personal else git.repo.text("config")

    def keep(changed: str) -> None:
        if personal:
            process.files = process.files.write(name, encoded(changed), time=process.clock)
        else:
            git.repo.put_text("config", changed)

    if args.has("--list"):
        rows = config.settings(git.personal()) if personal else git.settings()
        rows = config.settings(git.repo.text("config")) if args.has("--local") else rows
        process.out("".join(f"{one.key}={one.value}\n" for one in rows))
        return 0
    if args.has("--get-regexp"):
        wanted = expressions.compiled(expressions.from_extended(args.value("--get-regexp")))
        found = [one for one in git.settings() if wanted.search(one.key)]
        process.out("".join(f"{one.key} {one.value}\n" for one in found))
        return 0 if found else 1
    if args.has("--unset") or args.has("--unset-all"):
        key = args.value("--unset") or args.value("--unset-all")
        if not any(one.key == config.normal(key) for one in config.settings(text())):
            return 5
        keep(config.without_setting(text(), key))
        return 0
    rest = [word for word in args.rest if word not in ("get", "set")]
    if args.has("--get-all"):
        args.options["--get"] = args.options["--get-all"]
    if not rest and not args.has("--get"):
        raise GitError("usage: git config [<options>]", 129)
    key = args.value("--get") if args.has("--get") else rest[0]
    if "." not in key:
        raise GitError(f"error: key does not contain a section: {key}", 1)
    if len(rest) > 1 and not args.has("--get"):
        keep(config.with_setting(text(), key, rest[1]))
        return 0
    rows = config.settings(text()) if personal else git.settings()
    values = [one.value for one in rows if one.key == config.normal(key)]
    if not values:
        return 1
    process.out("".join(f"{value}\n" for value in (values if args.has("--get-all") else values[-1:])))
    return 0


# --- keeping house --------------------------------------------------------------


def collect(process: Process, args: Args) -> int:
    """gc: pack what is reachable, drop what isn't and is old enough (at once with --prune=now)."""
    git = Git(process)
    repo = git.repo
    alive = reachable(repo, kept_alive(repo))
    every = repo.names()
    at_once = args.value("--prune") in ("now", "all")
    packed = sorted(alive & every)
    rest = set() if at_once else every - alive
    kept = [(repo.read(oid)) for oid in packed]
    if process.tty and not args.has("--quiet") and packed:
        reused = len(alive & every - set(repo.loose()))
        for line in progress.packed(progress.counted(repo, alive & every), reused):
            process.error(line)
    loose = [(oid, *repo.read(oid)) for oid in sorted(rest)]
    repo.drop("objects")
    for name in ("objects/info", "objects/pack"):
        repo.disk.files = repo.disk.files.make_folders(f"{repo.folder}/{name}", time=process.clock)
    if kept:
        pack = objects.packed(kept)
        repo.put(f"objects/pack/pack-{objects.name_of('blob', pack)}.pack", pack, 0o444)
    for oid, kind, data in loose:
        repo.keep(oid, kind, data)
    return 0


def prune(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.repo
    alive = reachable(repo, kept_alive(repo))
    for oid in sorted(set(repo.loose()) - alive):
        repo.drop(f"objects/{oid[:2]}/{oid[2:]}")
    return 0


def count_objects(process: Process, args: Args) -> int:
    git = Git(process)
    loose = git.repo.loose()
    kilobytes = len(loose) * 4
    if not args.has("--verbose"):
        git.line(f"{len(loose)} objects, {kilobytes} kilobytes")
        return 0
    packs = list(git.repo.packs())
    inside = sum(map(len, packs))
    for line in (
        f"count: {len(loose)}",
        f"size: {kilobytes}",
        f"in-pack: {inside}",
        f"packs: {len(packs)}",
        f"size-pack: {inside * 90 // 1024 + (1 if packs else 0)}",
        "prune-packable: 0",
        "garbage: 0",
        "size-garbage: 0",
    ):
        git.line(line)
    return 0


def fsck(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.repo
    logged = not args.has("--no-reflogs")
    alive = reachable(repo, kept_alive(repo, reflogs=logged))
    lost = sorted(repo.names() - alive)
    if args.has("--unreachable"):
        for oid in lost:
            git.line(f"unreachable {repo.read(oid)[0]} {oid}")
        return 0
    inside = set()
    for oid in lost:
        inside |= reachable(repo, [oid]) - {oid}
    for oid in lost:
        if oid not in inside and not args.has("--no-dangling"):
            git.line(f"dangling {repo.read(oid)[0]} {oid}")
    return 0


def reflog(process: Process, args: Args) -> int:
    git = Git(process)
    words = list(args.rest)
    word = words.pop(0) if words and words[0] in ("show", "expire", "delete", "exists") else "show"
    if word == "expire":
        return _expired(git, args, words)
    if word != "show":
        return process.unsupported(f"git reflog {word}")
    if not git.repo.head and not words:
        raise GitError(f"fatal: your current branch '{git.repo.branch}' does not have any commits yet")
    return reflog_shown(git, args, words[0] if words else "HEAD")


def _expired(git: Git, args: Args, names: list[str]) -> int:
    if args.value("--expire") not in ("now", "all") and args.value("--expire-unreachable") not in (
        "now",
        "all",
    ):
        return 0
    chosen = logs(git.repo) if args.has("--all") else [full_name(git.repo, name) or name for name in names]
    for name in chosen:
        if git.repo.has_file(f"logs/{name}"):
            git.repo.put_text(f"logs/{name}", "")
    return 0


def version(process: Process, args: Args) -> int:
    process.line("git version 2.39.5")
    return 0
