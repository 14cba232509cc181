"""git log, show, diff, blame, grep, shortlog: looking at what was."""

import re
from collections.abc import Iterable

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.git import formats, graph
from checkpoint.core.sim.commands.git.base import Git, fits_any
from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.git import objects
from checkpoint.core.sim.parts.git.changes import Change, between
from checkpoint.core.sim.parts.git.history import files_at, files_of, merge_bases, walk
from checkpoint.core.sim.parts.git.merging import lines_of
from checkpoint.core.sim.parts.git.objects import Commit, Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import at_path, find, full_name, peeled, unknown
from checkpoint.core.sim.parts.git.worktree import data_of, fact_of, index_files, node_at, standing
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


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
                raise unknown(path)
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
        if git.repo.head is None:
            branch = git.repo.branch
            raise GitError(f"fatal: your current branch '{branch}' does not have any commits yet")
        starts = [git.head()]
    if args.has("--walk-reflogs"):
        return _reflogged(git, args)
    drawn = args.has("--graph")
    order = walk(git.repo, starts, hidden, topological=drawn or args.has("--topo-order"))
    chosen = [oid for oid in order if _wanted(git, args, oid, paths)]
    if args.has("--skip"):
        chosen = chosen[number(args, "--skip") :]
    if args.has("--max-count"):
        chosen = chosen[: number(args, "--max-count")]
    if args.has("--reverse"):
        chosen.reverse()
    decorations = _decorations(git) if _decorated(process, args) else {}
    texts = [(oid, _told(git, args, oid, paths, decorations)) for oid in chosen]
    if drawn:
        process.out(graph.drawn([(oid, git.repo.commit(oid).parents, text) for oid, text in texts]))
    else:
        gap = "" if _compact(args) else "\n"
        process.out(gap.join(text for _, text in texts))
    return 0


def _all(git: Git) -> list[Oid]:
    return list(git.repo.refs().values()) + ([git.repo.head] if git.repo.head else [])


def number(args: Args, key: str) -> int:
    """The whole number given with an option; git's complaint for anything else."""
    text = args.value(key)
    if not text.isdigit():
        raise GitError(f"fatal: '{text}': not an integer")
    return int(text[:9])


def _decorated(process: Process, args: Args) -> bool:
    if args.has("--no-decorate"):
        return False
    return args.has("--decorate") or process.tty


def _decorations(git: Git) -> dict[Oid, str]:
    """What stands at each commit: ` (HEAD -> main, tag: v1, origin/main)`."""
    repo = git.repo
    names: dict[Oid, list[str]] = {}
    if repo.head:
        head = f"HEAD -> {repo.branch}" if repo.head_ref else "HEAD"
        names[repo.head] = [head]
    for prefix in ("refs/tags/", "refs/remotes/", "refs/heads/"):
        for name, oid in repo.refs(prefix).items():
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
    ignoring = args.has("--regexp-ignore-case")
    if args.has("--grep") and not _says(args.value("--grep"), made.message, ignore_case=ignoring):
        return False
    if paths and not any(fits_any(c.path, paths) or fits_any(c.old_path, paths) for c in _changes(git, oid)):
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


def _compact(args: Args) -> bool:
    text = args.value("--pretty") or args.value("--format")
    return args.has("--oneline") or text == "oneline" or (args.has("--format") or ":" in text or "%" in text)


def _told(git: Git, args: Args, oid: Oid, paths: list[str], decorations: dict[Oid, str]) -> str:
    made = git.repo.commit(oid)
    decoration = decorations.get(oid, "")
    text = args.value("--pretty") or args.value("--format")
    shown = _changes(git, oid)
    if paths:
        shown = [c for c in shown if fits_any(c.path, paths) or fits_any(c.old_path, paths)]
    if args.has("-S") or args.has("-G"):
        shown = [change for change in shown if _touches(git, args, change)]
    if text == "oneline" or (args.has("--oneline") and not text):
        name = oid if text == "oneline" else git.short(oid)
        return f"{name}{decoration} {made.subject}\n" + _details(git, args, shown)
    if text and text not in ("medium", "full", "fuller", "short"):
        line = _filled(git, text.removeprefix("format:").removeprefix("tformat:"), oid, made, decoration)
        extra = _details(git, args, shown)
        return line + "\n" + (f"\n{extra}" if extra else "")
    head = _headed(git, args, text, oid, made, decoration)
    extra = _details(git, args, shown)
    return head + (f"\n{extra}" if extra else "")


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
    text = ""
    if args.has("--stat"):
        text += formats.stat(changes, git.repo.blob)
    if args.has("--shortstat"):
        text += formats.summary(changes, git.repo.blob) if changes else ""
    if args.has("--summary"):
        text += formats.modes(changes)
    if args.has("--patch"):
        text += ("\n" if text else "") + "".join(formats.patch(change, git.repo.blob) for change in changes)
    return text


def name_status(change: Change) -> str:
    if change.status == "R":
        return f"R{change.score:03}\t{change.old_path}\t{change.path}\n"
    return f"{change.status}\t{change.path}\n"


_PLACEHOLDER = re.compile(
    r"%(C\([^)]*\)|C(?:red|green|blue|reset)|a[neIDdrsit]|c[neIDdrsit]|[HhTtPpsbBdDnx%]|gd|gs)"
)


def _filled(git: Git, text: str, oid: Oid, made: Commit, decoration: str) -> str:
    def people(letter: str, who: objects.Person) -> str:
        now = git.process.clock
        return {
            "n": who.name,
            "e": who.email,
            "d": formats.long_date(who),
            "D": formats.long_date(who),
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
        raise unknown(name)
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
            git.head()
        oid = find(git.repo, word)
        if oid is None:
            raise unknown(word)
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
    return _told(git, args, oid, paths, decorations)


# --- diff ---------------------------------------------------------------------


def diff(process: Process, args: Args) -> int:
    git = Git(process)
    words, paths = split(git, args)
    old, new, read = _compared(git, args, words)
    changes = between(old, new, None if args.has("--no-renames") else read)
    if paths:
        changes = [c for c in changes if fits_any(c.path, paths) or fits_any(c.old_path, paths)]
    if args.has("--diff-filter"):
        changes = [c for c in changes if c.status in args.value("--diff-filter").upper()]
    if args.has("--quiet"):
        return int(bool(changes))
    _printed(git, args, changes, read)
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
        raise unknown(word)
    return files_of(git.repo, tree)


def _printed(git: Git, args: Args, changes: list[Change], read: formats.Read) -> None:
    process = git.process
    if args.has("--name-only"):
        process.out("".join(f"{change.path}\n" for change in changes))
    elif args.has("--name-status"):
        process.out("".join(map(name_status, changes)))
    elif args.has("--stat"):
        process.out(formats.stat(changes, read))
    elif args.has("--shortstat"):
        process.out(formats.summary(changes, read) if changes else "")
    elif args.has("--numstat"):
        for change in changes:
            count = formats.counted(change, read)
            numbers = f"{count[0]}\t{count[1]}" if count else "-\t-"
            git.line(f"{numbers}\t{formats.path_told(change)}")
    else:
        context = args.value("--unified", "3")
        lines = int(context[:4]) if context.isdigit() else 3
        process.out("".join(formats.patch(change, read, lines) for change in changes))


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
    repo = git.repo
    rows = []
    for word in words:
        for path, (_, oid) in sorted(_files_named(git, word).items()):
            if not paths or fits_any(path, paths):
                rows.append((f"{word}:", path, repo.blob(oid)))
    if words:
        return rows
    for path, (_, oid) in sorted(index_files(repo).items()):
        node = None if args.has("--cached") else node_at(repo, path)
        if (not paths or fits_any(path, paths)) and (node is not None or args.has("--cached")):
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
    words, paths = split(git, args)
    if len(paths) != 1:
        raise GitError("usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>", 129)
    start = git.commit(words[0]) if words else git.head()
    oid = at_path(git.repo, start, paths[0])
    if oid is None:
        raise GitError(f"fatal: no such path '{paths[0]}' in {words[0] if words else 'HEAD'}")
    lines = lines_of(git.repo.blob(oid))
    owners = _owners(git, start, paths[0], lines)
    people = max((len(git.repo.commit(owner).author.name) for owner in owners), default=0)
    for number, (owner, line) in enumerate(zip(owners, lines, strict=True), start=1):
        made = git.repo.commit(owner)
        name = "^" + owner[:7] if not made.parents else owner[:8]
        who = (
            f"({made.author.name:<{people}} {formats.iso_date(made.author)} {number:>{len(str(len(lines)))}})"
        )
        git.line(f"{name} {who} {line.rstrip(chr(10))}")
    return 0


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
