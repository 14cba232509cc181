"""git log, show, diff, blame, grep, shortlog: looking at what was."""

import re
from collections.abc import Iterable

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.git import formats, graph
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.combined import Side, combined
from checkpoint.core.sim.commands.git.pathspecs import Pathspecs
from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.changes import Change, between
from checkpoint.core.sim.parts.git.dates import approximate
from checkpoint.core.sim.parts.git.history import files_at, files_of, merge_bases, walk
from checkpoint.core.sim.parts.git.merging import lines_of
from checkpoint.core.sim.parts.git.objects import Commit, Oid
from checkpoint.core.sim.parts.git.repository import GitError, Repository
from checkpoint.core.sim.parts.git.revisions import at_path, find, full_name, peeled, unknown
from checkpoint.core.sim.parts.git.worktree import (
    conflicts,
    data_of,
    fact_of,
    index_files,
    mode_of,
    node_at,
    standing,
)
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, NotSimulated


def split(git: Git, args: Args) -> tuple[list[str], list[str]]:
    """Operands into revisions and paths, as git tells them apart."""
    if args.dashed is not None:
        return args.rest[: args.dashed], [git.inside(path) for path in args.rest[args.dashed :]]
    revisions: list[str] = []
    for place, word in enumerate(args.rest):
        if _is_revision(git, word):
            revisions.append(word)
            continue
        paths = args.rest[place:]
        for path in paths:
            if not any(c in path for c in "*?[") and git.process.files.get(git.process.path(path)) is None:
                raise unknown(path, git.repo)
        return revisions, [git.inside(path) for path in paths]
    return revisions, []


def _is_revision(git: Git, word: str) -> bool:
    ends = re.split(r"\.\.\.?", word.removeprefix("^"), maxsplit=1)
    return all(not end or find(git.repo, end) is not None for end in ends)


def selected(git: Git, words: Iterable[str]) -> tuple[list[Oid], list[Oid]]:
    """(starts, hidden) of revisions such as `main`, `a..b`, `a...b`, `^a`."""
    starts, hidden = [], []
    for word in words:
        if "..." in word:
            left, _, right = word.partition("...")
            one, other = git.commit(left or "HEAD"), git.commit(right or "HEAD")
            starts += [one, other]
            hidden += merge_bases(git.repo, one, other)
        elif ".." in word:
            left, _, right = word.partition("..")
            hidden.append(git.commit(left or "HEAD"))
            starts.append(git.commit(right or "HEAD"))
        elif word.startswith("^"):
            hidden.append(git.commit(word[1:]))
        else:
            starts.append(git.commit(word))
    return starts, hidden


# --- log ----------------------------------------------------------------------


def log(process: Process, args: Args) -> int:
    git = Git(process)
    words, paths = split(git, args)
    starts, hidden = selected(git, words)
    if args.has("--all"):
        starts += list(dict.fromkeys(filter(None, (peeled(git.repo, o, "commit") for o in _all(git)))))
    if args.has("--branches"):
        starts += git.repo.refs("refs/heads/").values()
    if args.has("--remotes"):
        starts += git.repo.refs("refs/remotes/").values()
    if not starts and not args.has("--all"):
        starts = [_head(git)]
    if args.has("--walk-reflogs"):
        return _reflogged(git, args)
    drawn = args.has("--graph")
    topological = drawn or args.has("--topo-order")
    order = walk(git.repo, starts, hidden, topological=topological, first_parent=args.has("--first-parent"))
    every = [oid for oid in order if _wanted(git, args, oid, paths)]
    chosen = every[number(args, "--skip") if args.has("--skip") else 0 :]
    if args.has("--max-count"):
        chosen = chosen[: number(args, "--max-count")]
    if args.has("--reverse"):
        chosen.reverse()
    decorations = _decorations(git) if _decorated(process, args) else {}
    sides = _sides(git, words) if args.has("--left-right") else {}
    texts = [_told(git, args, oid, paths, decorations, sides.get(oid, "")) for oid in chosen]
    if drawn:
        process.out(_drawn(git, args, chosen, set(every), texts))
    elif _pretty(args).startswith("format:"):
        process.out("\n".join((head + extra).removesuffix("\n") for head, extra in texts))
    else:
        process.out(("" if _compact(args) else "\n").join(head + extra for head, extra in texts))
    return 0


def _drawn(git: Git, args: Args, chosen: list[Oid], every: set[Oid], texts: list[tuple[str, str]]) -> str:
    only = 1 if args.has("--first-parent") else None
    rows = [
        graph.Row(
            oid,
            _shown_parents(git, git.repo.commit(oid).parents[:only], every),
            tuple(head.removesuffix("\n").split("\n")),
            tuple(extra.removesuffix("\n").split("\n")) if extra else (),
        )
        for oid, (head, extra) in zip(chosen, texts, strict=True)
    ]
    return graph.drawn(rows, gap=not _compact(args))


def _shown_parents(git: Git, parents: tuple[Oid, ...], every: set[Oid]) -> tuple[Oid, ...]:
    """The nearest ancestors that are shown, where some commits are left out."""
    found: list[Oid] = []
    for parent in parents:
        goal: Oid | None = parent
        while goal and goal not in every:
            git.process.budget.step()
            goal = next(iter(git.repo.commit(goal).parents), None)
        if goal and goal not in found:
            found.append(goal)
    return tuple(found)


def _sides(git: Git, words: Iterable[str]) -> dict[Oid, str]:
    """`<` or `>` for the commits of either end of `a...b`."""
    found: dict[Oid, str] = {}
    for word in words:
        left, dots, right = word.partition("...")
        if dots:
            one, other = git.commit(left or "HEAD"), git.commit(right or "HEAD")
            found |= dict.fromkeys(walk(git.repo, [one], [other]), "< ")
            found |= dict.fromkeys(walk(git.repo, [other], [one]), "> ")
    return found


def _head(git: Git) -> Oid:
    if git.repo.head is None:
        raise GitError(f"fatal: your current branch '{git.repo.branch}' does not have any commits yet")
    return git.repo.head


def _all(git: Git) -> list[Oid]:
    return list(git.repo.refs().values()) + ([git.repo.head] if git.repo.head else [])


def number(args: Args, key: str) -> int:
    """The whole number given with an option; git's complaint for anything else."""
    text = args.value(key)
    if not text.isdecimal():
        raise GitError(f"fatal: '{text}': not an integer")
    return int(text[:9])


def _decorated(process: Process, args: Args) -> bool:
    if args.has("--no-decorate"):
        return False
    asked = re.search(r"%[dD]", _pretty(args)) is not None
    return asked or args.has("--decorate") or process.tty


def _pretty(args: Args) -> str:
    empty = "--format" in args.options and not args.value("--format")
    return args.value("--pretty") or args.value("--format") or ("format:" if empty else "")


def _decorations(git: Git) -> dict[Oid, str]:
    """What stands at each commit: ` (HEAD -> main, tag: v1, origin/main)`."""
    repo = git.repo
    names: dict[Oid, list[str]] = {}
    if repo.head:
        head = f"HEAD -> {repo.branch}" if repo.head_ref else "HEAD"
        names[repo.head] = [head]
    for prefix in ("refs/tags/", "refs/remotes/", "refs/heads/"):
        for name, oid in reversed(repo.refs(prefix).items()):
            goal = peeled(repo, oid, "commit") or oid
            short = name[len(prefix) :]
            if prefix == "refs/heads/" and short == repo.branch:
                continue
            names.setdefault(goal, []).append(f"tag: {short}" if prefix == "refs/tags/" else short)
    return {oid: f" ({', '.join(found)})" for oid, found in names.items()}


def _wanted(git: Git, args: Args, oid: Oid, paths: list[str]) -> bool:
    git.process.budget.step()
    made = git.repo.commit(oid)
    if args.has("--no-merges") and len(made.parents) > 1:
        return False
    if args.has("--merges") and len(made.parents) < 2:
        return False
    if args.has("--author") and not _says(args.value("--author"), made.author.told):
        return False
    now = git.process.clock
    if args.has("--since") and made.committer.time < approximate(args.value("--since"), now):
        return False
    if args.has("--before") and made.committer.time > approximate(args.value("--before"), now):
        return False
    ignoring = args.has("--regexp-ignore-case")
    if args.has("--grep") and not _says(args.value("--grep"), made.message, ignore_case=ignoring):
        return False
    if paths and not _about(_changes(git, oid), paths):
        return False
    if args.has("-S") or args.has("-G"):
        return any(_touches(git, args, change) for change in _changes(git, oid))
    return True


def _says(wanted: str, text: str, *, ignore_case: bool = False) -> bool:
    return (
        expressions.compiled(expressions.from_basic(wanted), ignore_case=ignore_case).search(text) is not None
    )


def _touches(git: Git, args: Args, change: Change) -> bool:
    """Whether a change adds or removes an occurrence (-S) or a line that fits (-G)."""
    old = git.repo.blob(change.old) if change.old else b""
    new = git.repo.blob(change.new) if change.new else b""
    if args.has("-S"):
        needle = args.value("-S").encode("utf-8", "surrogateescape")
        return old.count(needle) != new.count(needle) if needle else False
    expression = expressions.compiled(expressions.from_basic(args.value("-G")))
    before, after = lines_of(old), lines_of(new)
    for kind, a, b, c, d in opcodes(before, after):
        if kind != "equal" and any(expression.search(line) for line in before[a:b] + after[c:d]):
            return True
    return False


def _changes(git: Git, oid: Oid) -> list[Change]:
    """What a commit changed against its first parent; of a merge nothing."""
    made = git.repo.commit(oid)
    if len(made.parents) > 1:
        return []
    parent = made.parents[0] if made.parents else None
    return between(files_at(git.repo, parent), files_at(git.repo, oid), git.repo.blob)


def _about(changes: list[Change], paths: list[str]) -> list[Change]:
    """The changes of chosen paths."""
    chosen = Pathspecs(paths)
    return [one for one in changes if chosen.fits(one.path) or chosen.fits(one.old_path)]


def _compact(args: Args) -> bool:
    text = _pretty(args)
    return args.has("--oneline") or text == "oneline" or bool(text and text not in _HEADED)


_HEADED = ("medium", "full", "fuller", "short")


def _told(
    git: Git, args: Args, oid: Oid, paths: list[str], decorations: dict[Oid, str], side: str = ""
) -> tuple[str, str]:
    """(what is said of a commit, its changes with what stands between)."""
    made = git.repo.commit(oid)
    decoration = decorations.get(oid, "")
    text = _pretty(args)
    shown = _changes(git, oid)
    if paths:
        shown = _about(shown, paths)
    if args.has("-S") or args.has("-G"):
        shown = [change for change in shown if _touches(git, args, change)]
    if text == "oneline" or (args.has("--oneline") and not text):
        name = oid if text == "oneline" else git.short(oid)
        return f"{side}{name}{decoration} {made.subject}\n", _details(git, args, shown)
    extra = _details(git, args, shown)
    between_them = "---\n" if args.has("--stat") and args.has("--patch") else "\n"
    if text and text not in _HEADED:
        pattern = text.removeprefix("format:").removeprefix("tformat:")
        line = _filled(git, args, pattern, oid, made, decoration)
        if text == "format:":
            return "", extra
        if text.startswith("format:"):
            return line + "\n", extra
        return line + "\n", (between_them + extra if extra else "")
    head = _headed(git, args, text, side + oid, made, decoration)
    return head, (between_them + extra if extra else "")


def _headed(git: Git, args: Args, style: str, oid: Oid, made: Commit, decoration: str) -> str:
    name = git.short(oid) if args.has("--abbrev-commit") else oid
    merge = " ".join(git.short(parent) for parent in made.parents) if len(made.parents) > 1 else ""
    lines = [f"commit {name}{decoration}"] + ([f"Merge: {merge}"] if merge else [])
    date = formats.date_in(args.value("--date"), made.author, git.process.clock)
    if style == "fuller":
        lines += [f"Author:     {made.author.told}", f"AuthorDate: {date}"]
        commit_date = formats.date_in(args.value("--date"), made.committer, git.process.clock)
        lines += [f"Commit:     {made.committer.told}", f"CommitDate: {commit_date}"]
    elif style == "full":
        lines += [f"Author: {made.author.told}", f"Commit: {made.committer.told}"]
    else:
        lines.append(f"Author: {made.author.told}")
        if style != "short":
            lines.append(f"Date:   {date}")
    message = [made.subject] if style == "short" else made.message.rstrip("\n").split("\n")
    return "\n".join([*lines, "", *(f"    {line}" for line in message)]) + "\n"


def _details(git: Git, args: Args, changes: list[Change]) -> str:
    if args.has("--name-only"):
        return "".join(f"{change.path}\n" for change in changes)
    if args.has("--name-status"):
        return "".join(name_status(change) for change in changes)
    text = _numbers(changes, git.repo.blob) if args.has("--numstat") else ""
    if args.has("--stat"):
        text += formats.stat(changes, git.repo.blob)
    if args.has("--shortstat"):
        text += formats.summary(changes, git.repo.blob) if changes else ""
    if args.has("--summary"):
        text += formats.modes(changes)
    if args.has("--patch"):
        text += ("\n" if text else "") + "".join(formats.patch(change, git.repo.blob) for change in changes)
    return text


def _numbers(changes: list[Change], read: formats.Read) -> str:
    """`--numstat`: added and removed lines of each file, between tabs."""
    text = ""
    for change in changes:
        count = formats.counted(change, read)
        numbers = f"{count[0]}\t{count[1]}" if count else "-\t-"
        text += f"{numbers}\t{formats.path_told(change)}\n"
    return text


def name_status(change: Change) -> str:
    if change.status == "R":
        return f"R{change.score:03}\t{change.old_path}\t{change.path}\n"
    return f"{change.status}\t{change.path}\n"


_PLACEHOLDER = re.compile(
    r"%(C\([^)]*\)|C(?:red|green|blue|reset)|a[neIDdrsit]|c[neIDdrsit]|x[0-9a-fA-F]{2}|[HhTtPpsbBdDn%]|gd|gs)"
)


def _filled(git: Git, args: Args, text: str, oid: Oid, made: Commit, decoration: str) -> str:
    def people(letter: str, who: objects.Person) -> str:
        now = git.process.clock
        return {
            "n": who.name,
            "e": who.email,
            "d": formats.date_in(args.value("--date"), who, now),
            "D": formats.date_in("rfc", who, now),
            "r": formats.relative_date(who, now),
            "i": formats.iso_date(who),
            "I": formats.date_in("iso-strict", who, now),
            "s": formats.short_date(who),
            "t": str(who.time),
        }[letter]

    def one(match: re.Match[str]) -> str:
        key = match[1]
        if key[0] == "C":
            return ""
        if key[0] == "x":
            return chr(int(key[1:], 16))
        if key[0] in "ac" and len(key) == 2:
            return people(key[1], made.author if key[0] == "a" else made.committer)
        return {
            "H": oid,
            "h": git.short(oid),
            "T": made.tree,
            "t": git.short(made.tree),
            "P": " ".join(made.parents),
            "p": " ".join(map(git.short, made.parents)),
            "s": made.subject,
            "b": made.body + ("\n" if made.body else ""),
            "B": made.message.rstrip("\n") + "\n",
            "d": decoration,
            "D": decoration.strip(" ()"),
            "n": "\n",
            "%": "%",
        }.get(key, "")

    return _PLACEHOLDER.sub(one, text)


def _reflogged(git: Git, args: Args) -> int:
    return reflog_shown(git, args, args.rest[0] if args.rest else "HEAD")


def reflog_shown(git: Git, args: Args, name: str) -> int:
    """`git reflog`: where a ref has been."""
    full = full_name(git.repo, name)
    if not full:
        raise unknown(name, git.repo)
    lines = git.repo.reflog(full)
    if args.has("--max-count"):
        lines = lines[: number(args, "--max-count")]
    decorations = _decorations(git) if _decorated(git.process, args) else {}
    for place, line in enumerate(lines):
        git.line(f"{git.short(line.new)}{decorations.get(line.new, '')} {name}@{{{place}}}: {line.message}")
    return 0


# --- show ---------------------------------------------------------------------


def show(process: Process, args: Args) -> int:
    git = Git(process)
    words, paths = split(git, args)
    texts = []
    for word in words or ["HEAD"]:
        if word == "HEAD":
            _head(git)
        oid = find(git.repo, word)
        if oid is None:
            raise unknown(word, git.repo)
        texts.append(_shown(git, args, word, oid, paths))
    process.out("\n".join(texts))
    return 0


def _shown(git: Git, args: Args, word: str, oid: Oid, paths: list[str]) -> str:
    kind, data = git.repo.read(oid) if oid != objects.EMPTY_TREE else ("tree", b"")
    if kind == "blob":
        return data.decode("utf-8", "surrogateescape")
    if kind == "tree":
        names = [
            entry.name + ("/" if entry.mode == objects.FOLDER else "") for entry in objects.tree_of(data)
        ]
        return f"tree {word}\n\n" + "".join(f"{name}\n" for name in names)
    if kind == "tag":
        tag = objects.tag_of(data)
        head = f"tag {tag.name}\nTagger: {tag.tagger.told}\nDate:   {formats.long_date(tag.tagger)}\n\n"
        return f"{head}{tag.message}\n" + _shown(git, args, word, tag.target, paths)
    if not any(
        args.has(key) for key in ("--stat", "--name-only", "--name-status", "--no-patch", "--shortstat")
    ):
        args.options.setdefault("--patch", [""])
    decorations = _decorations(git) if _decorated(git.process, args) else {}
    head, extra = _told(git, args, oid, paths, decorations)
    if len(git.repo.commit(oid).parents) > 1 and not args.has("--no-patch"):
        return head + ("" if _compact(args) else "\n") + _merge_changes(git, args, oid)
    return head + extra


def _merge_changes(git: Git, args: Args, oid: Oid) -> str:
    """What a merge changed against each of its parents, as `git show` has it."""
    repo, made = git.repo, git.repo.commit(oid)
    result = files_at(repo, oid)
    parents = [files_at(repo, parent) for parent in made.parents]
    if args.has("--stat") or args.has("--shortstat"):
        changes = between(parents[0], result, repo.blob)
        return formats.stat(changes, repo.blob) if args.has("--stat") else formats.summary(changes, repo.blob)
    names = sorted(set(result).union(*parents))
    both = [path for path in names if all(side.get(path) != result.get(path) for side in parents)]
    if args.has("--name-only"):
        return "".join(f"{path}\n" for path in both)
    return "".join(
        combined(path, [_side(repo, s.get(path)) for s in parents], _result(repo, result.get(path)))
        for path in both
    )


def _side(repo: Repository, fact: tuple[int, Oid] | None) -> Side:
    return Side(fact[1], fact[0], repo.blob(fact[1])) if fact else Side("", 0, b"")


def _result(repo: Repository, fact: tuple[int, Oid] | None) -> Side | None:
    return _side(repo, fact) if fact else None


# --- diff ---------------------------------------------------------------------


def diff(process: Process, args: Args) -> int:
    git = Git(process)
    words, paths = split(git, args)
    old, new, read = _compared(git, args, words)
    changes = between(old, new, None if args.has("--no-renames") else read)
    if paths:
        changes = _about(changes, paths)
    if args.has("--diff-filter"):
        changes = [c for c in changes if c.status in args.value("--diff-filter").upper()]
    if args.has("--quiet"):
        return int(bool(changes))
    unmerged = list(filter(Pathspecs(paths or [""]).fits, sorted(conflicts(git.repo))))
    if args.has("--diff-filter") and "U" not in args.value("--diff-filter").upper():
        unmerged = []
    if words or git.repo.bare:
        unmerged = []
    changes = [change for change in changes if change.path not in unmerged]
    _printed(git, args, changes, read, unmerged)
    return int(bool(changes)) if args.has("--exit-code") else 0


Facts = dict[str, tuple[int, Oid]]


def _compared(git: Git, args: Args, words: list[str]) -> tuple[Facts, Facts, formats.Read]:
    """The two sides of a diff, and how to read their blobs."""
    repo = git.repo
    loose: dict[Oid, bytes] = {}

    def read(oid: Oid) -> bytes:
        return loose[oid] if oid in loose else repo.blob(oid)

    def working() -> Facts:
        for path in index_files(repo):
            node = node_at(repo, path)
            if node is not None:
                loose[fact_of(node)[1]] = data_of(node)
        return standing(repo)

    if len(words) == 1 and "..." in words[0]:
        left, _, right = words[0].partition("...")
        one, other = git.commit(left or "HEAD"), git.commit(right or "HEAD")
        bases = merge_bases(repo, one, other)
        if not bases:
            raise GitError(f"fatal: {words[0]}: no merge base")
        return files_at(repo, bases[0]), files_at(repo, other), read
    if len(words) == 1 and ".." in words[0]:
        left, _, right = words[0].partition("..")
        words = [left or "HEAD", right or "HEAD"]
    if len(words) >= 2:
        return _files_named(git, words[0]), _files_named(git, words[1]), read
    if args.has("--cached") or args.has("--staged"):
        base = _files_named(git, words[0]) if words else files_at(repo, repo.head)
        return base, index_files(repo), read
    git.tree()
    return (_files_named(git, words[0]) if words else index_files(repo)), working(), read


def _files_named(git: Git, word: str) -> Facts:
    oid = find(git.repo, word)
    tree = peeled(git.repo, oid, "tree") if oid else None
    if tree is None:
        raise unknown(word, git.repo)
    return files_of(git.repo, tree)


def _printed(git: Git, args: Args, changes: list[Change], read: formats.Read, unmerged: list[str]) -> None:
    process = git.process
    if args.has("--name-only"):
        process.out("".join(f"{path}\n" for path in sorted([*unmerged, *(c.path for c in changes)])))
    elif args.has("--name-status"):
        rows = {path: f"U\t{path}\n" for path in unmerged}
        rows |= {change.path: name_status(change) for change in changes}
        process.out("".join(rows[path] for path in sorted(rows)))
    elif args.has("--summary"):
        process.out(formats.modes(changes))
    elif args.has("--stat"):
        process.out(formats.stat(changes, read))
    elif args.has("--shortstat"):
        process.out(formats.summary(changes, read) if changes else "")
    elif args.has("--numstat"):
        process.out(_numbers(changes, read))
    else:
        context = args.value("--unified", "3")
        lines = int(context[:4]) if context.isdecimal() else 3
        texts = {change.path: formats.patch(change, read, lines) for change in changes}
        staged = args.has("--cached") or args.has("--staged")
        texts |= {
            path: f"* Unmerged path {path}\n" if staged else _conflicting(git, path) for path in unmerged
        }
        process.out("".join(texts[path] for path in sorted(texts)))


def _conflicting(git: Git, path: str) -> str:
    """A conflict in the working tree against both sides of it."""
    repo = git.repo
    stages = {one.stage: one for one in repo.index if one.path == path and one.stage}
    node = node_at(repo, path)
    if 2 not in stages or 3 not in stages:
        return f"* Unmerged path {path}\n"
    sides = [_side(repo, (stages[n].mode, stages[n].oid)) for n in (2, 3)]
    result = Side("", mode_of(node), data_of(node)) if node is not None else None
    return combined(path, sides, result, always=True)


# --- grep, blame, shortlog ------------------------------------------------------


def grep(process: Process, args: Args) -> int:
    git = Git(process)
    rest = list(args.rest)
    dashed = args.dashed
    wanted = args.value("--regexp") if args.has("--regexp") else (rest.pop(0) if rest else "")
    if not args.has("--regexp") and dashed:
        dashed -= 1
    if not wanted:
        raise GitError("fatal: no pattern given")
    text = wanted
    if args.has("--fixed-strings"):
        text = expressions.escaped(wanted)
    elif args.has("--extended-regexp"):
        text = expressions.from_extended(wanted)
    else:
        text = expressions.from_basic(wanted)
    expression = expressions.compiled(text, ignore_case=args.has("--ignore-case"))
    words, paths = split(git, Args(rest=rest, dashed=dashed))
    found = False
    for title, path, data in _searched(git, args, words, paths):
        process.budget.step()
        found |= _hits(git, args, expression, title, path, data)
    return 0 if found else 1


def _searched(git: Git, args: Args, words: list[str], paths: list[str]) -> list[tuple[str, str, bytes]]:
    repo, chosen = git.repo, Pathspecs(paths or [""])
    rows = []
    for word in words:
        for path, (_, oid) in sorted(_files_named(git, word).items()):
            if chosen.fits(path):
                rows.append((f"{word}:", path, repo.blob(oid)))
    if words:
        return rows
    for path, (_, oid) in sorted(index_files(repo).items()):
        node = None if args.has("--cached") else node_at(repo, path)
        if chosen.fits(path) and (node is not None or args.has("--cached")):
            rows.append(("", git.shown(path), data_of(node) if node is not None else repo.blob(oid)))
    return rows


def _hits(
    git: Git, args: Args, expression: expressions.Expression, title: str, path: str, data: bytes
) -> bool:
    lines = [line.rstrip("\n") for line in lines_of(data)]
    found = [n for n, line in enumerate(lines) if bool(expression.search(line)) != args.has("--invert-match")]
    if args.has("--quiet"):
        return bool(found)
    if found and args.has("--files-with-matches"):
        git.line(title + path)
    elif found and args.has("--count"):
        git.line(f"{title}{path}:{len(found)}")
    else:
        lead = "" if args.has("-h") else f"{title}{path}:"
        for n in found:
            git.line(lead + (f"{n + 1}:" if args.has("--line-number") else "") + lines[n])
    return bool(found)


def blame(process: Process, args: Args) -> int:
    git = Git(process)
    *words, path = args.rest or [""]
    paths = [git.inside(path)] if path else []
    if len(paths) != 1:
        raise GitError("usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>", 129)
    start = git.commit(words[0]) if words else git.head()
    oid = at_path(git.repo, start, paths[0])
    if oid is None:
        raise GitError(f"fatal: no such path '{paths[0]}' in {words[0] if words else 'HEAD'}")
    if args.has("--porcelain"):
        raise NotSimulated("git blame --porcelain")
    lines = lines_of(git.repo.blob(oid))
    owners = _owners(git, start, paths[0], lines)
    people = max((len(git.repo.commit(owner).author.name) for owner in owners), default=0)
    first, last = _blamed(args.value("-L"), len(lines))
    for number, (owner, line) in enumerate(zip(owners, lines, strict=True), start=1):
        if not first <= number <= last:
            continue
        made = git.repo.commit(owner)
        name = "^" + owner[:7] if not made.parents else owner[:8]
        digits = len(str(last))
        who = f"({made.author.name:<{people}} {formats.iso_date(made.author)} {number:>{digits}})"
        who = f"{number:>{digits}})" if args.has("-s") else who
        git.line(f"{name} {who} {line.rstrip(chr(10))}")
    return 0


def _blamed(text: str, count: int) -> tuple[int, int]:
    """The lines that `-L 2,5`, `-L 2,+3` or `-L 2` asks for."""
    match = re.fullmatch(r"(\d{0,6})(?:,(\+?)(\d{0,6}))?", text)
    if not match:
        raise NotSimulated(f"git blame -L {text}")
    first = int(match[1] or 1)
    if first > max(count, 1):
        raise GitError(f"fatal: file has only {count} lines")
    last = int(match[3]) if match[3] else count
    return first, first + last - 1 if match[2] else last


def _owners(git: Git, start: Oid, path: str, lines: list[str]) -> list[Oid]:
    """For each line the commit that brought it, following first parents."""
    owners = [start] * len(lines)
    where = {n: n for n in range(len(lines))}
    commit, text = start, lines
    while where:
        git.process.budget.step()
        parents = git.repo.commit(commit).parents
        blob = at_path(git.repo, parents[0], path) if parents else None
        before = lines_of(git.repo.blob(blob)) if blob else []
        stay: dict[int, int] = {}
        for kind, a, b, c, _ in opcodes(before, text):
            if kind == "equal":
                stay |= {c + n: a + n for n in range(b - a)}
        following = {line: stay[place] for line, place in where.items() if place in stay}
        for line in where:
            owners[line] = commit
        where, text = following, before
        if not parents:
            break
        commit = parents[0]
    return owners


def shortlog(process: Process, args: Args) -> int:
    git = Git(process)
    words, _ = split(git, args)
    if args.has("--all"):
        words = [
            *words,
            *git.repo.refs("refs/heads/"),
            *git.repo.refs("refs/remotes/"),
            *git.repo.refs("refs/tags/"),
        ]
    if not words and not process.tty:  # reads a log from standard input then
        return 0
    starts, hidden = selected(git, words or ["HEAD"])
    people: dict[str, list[str]] = {}
    for oid in walk(git.repo, starts, hidden):
        made = git.repo.commit(oid)
        who = made.author.told if args.has("--email") else made.author.name
        people.setdefault(who, []).insert(0, made.subject)
    names = sorted(people, key=(lambda n: (-len(people[n]), n)) if args.has("--numbered") else None)
    for name in names:
        if args.has("--summary"):
            git.line(f"{len(people[name]):6}\t{name}")
        else:
            git.line(f"{name} ({len(people[name])}):")
            process.out("".join(f"      {subject}\n" for subject in people[name]) + "\n")
    return 0
