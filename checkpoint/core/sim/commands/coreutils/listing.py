"""ls, tree, find, stat: what there is."""

from collections.abc import Iterator
from datetime import UTC, datetime

from checkpoint.core.sim import limits
from checkpoint.core.sim.parts.files import File, FileError, Folder, Link, Node
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option

"""Columns of the terminal."""


_ROW = 16
"""Work of a row that tells everything of a file."""


def permissions(node: Node) -> str:
    """`drwxr-xr-x`."""
    if isinstance(node, Link):
        return "lrwxrwxrwx"
    letters = "".join("rwx"[2 - n % 3] if node.mode >> n & 1 else "-" for n in range(8, -1, -1))
    return ("d" if isinstance(node, Folder) else "-") + letters


def size_of(node: Node) -> int:
    if isinstance(node, File):
        return len(node.data)
    return len(node.target) if isinstance(node, Link) else 4096


def ls(process: Process, args: Args) -> int:
    code = 0
    files: list[tuple[str, Node]] = []
    folders: list[tuple[str, Node]] = []
    for typed in args.rest or ["."]:
        path = process.path(typed)
        try:
            node = process.files.look(path, follow=not args.has("-l") or typed.endswith("/"))
        except FileError as error:
            process.error(f"ls: cannot access '{typed}': {error.why.value}")
            code = 2
            continue
        wanted = isinstance(node, Folder) and not args.has("--directory")
        (folders if wanted else files).append((typed, node))
    files.sort(key=lambda pair: pair[0])
    folders.sort(key=lambda pair: pair[0])
    if files:
        _shown(process, args, files)
    titled = len(args.rest) > 1 or args.has("--recursive")
    for place, (typed, node) in enumerate(_opened(process, args, folders)):
        if titled:
            process.out(("\n" if place or files else "") + f"{typed}:\n")
        _folder(process, args, typed, node)
    return code


def _opened(process: Process, args: Args, folders: list[tuple[str, Node]]) -> Iterator[tuple[str, Node]]:
    for typed, node in folders:
        yield typed, node
        if args.has("--recursive") and isinstance(node, Folder):
            process.budget.step()
            inner = [(f"{typed}/{name}", node.entries[name]) for name in _names(node, args) if name[0] != "."]
            yield from _opened(process, args, [one for one in inner if isinstance(one[1], Folder)])


def _names(folder: Folder, args: Args) -> list[str]:
    every = args.has("--all") or args.has("--almost-all")
    return sorted(name for name in folder.entries if every or not name.startswith("."))


def _folder(process: Process, args: Args, typed: str, node: Node) -> None:
    if not isinstance(node, Folder):
        return
    rows = [(name, node.entries[name]) for name in _names(node, args)]
    if args.has("--all"):
        above = process.files.get(process.path(f"{typed}/..")) or node
        rows = [(".", node), ("..", above), *rows]
    if args.has("-l"):
        process.line(f"total {sum((size_of(one) + 4095) // 4096 * 4 for _, one in rows)}")
    _shown(process, args, rows)


def _shown(process: Process, args: Args, rows: list[tuple[str, Node]]) -> None:
    if args.has("-t"):
        rows = sorted(rows, key=lambda row: (-row[1].time, row[0]))
    if args.has("-S"):
        rows = sorted(rows, key=lambda row: (-size_of(row[1]), row[0]))
    if args.has("--reverse"):
        rows = rows[::-1]
    names = [name + _mark(node, args) for name, node in rows]
    if args.has("-l"):
        _long(process, args, rows, names)
    elif process.tty and not args.has("-1"):
        process.out(in_columns(names, process.columns))
    else:
        process.out("".join(name + "\n" for name in names))


def _mark(node: Node, args: Args) -> str:
    if isinstance(node, Folder) and (args.has("--classify") or args.has("-p")):
        return "/"
    if not args.has("--classify"):
        return ""
    if isinstance(node, Link):
        return "@"
    return "*" if isinstance(node, File) and node.mode & 0o111 else ""


def _long(process: Process, args: Args, rows: list[tuple[str, Node]], names: list[str]) -> None:
    limits.spend(_ROW * len(rows))
    user = process.world.shell.user
    sizes = [
        _human(size_of(node)) if args.has("--human-readable") else str(size_of(node)) for _, node in rows
    ]
    width = max(map(len, sizes), default=1)
    links = max((len(str(_links(node))) for _, node in rows), default=1)
    for (_, node), name, size in zip(rows, names, sizes, strict=True):
        when = datetime.fromtimestamp(node.time, UTC).strftime("%b %e %H:%M")
        arrow = f" -> {node.target}" if isinstance(node, Link) else ""
        process.line(
            f"{permissions(node)} {_links(node):{links}} {user} {user} {size:>{width}} {when} {name}{arrow}"
        )


def _links(node: Node) -> int:
    if isinstance(node, Folder):
        return 2 + sum(isinstance(child, Folder) for child in node.entries.values())
    return 1


def _human(size: int) -> str:
    if size < 1024:
        return str(size)
    return f"{size / 1024:.1f}K" if size < 10 * 1024 else f"{size // 1024}K"


def in_columns(names: list[str], width: int) -> str:
    """Names down the columns, as many columns as fit."""
    if not names:
        return ""
    for count in range(min(len(names), width // 3), 0, -1):
        height = -(-len(names) // count)
        columns = [names[n : n + height] for n in range(0, len(names), height)]
        widths = [max(map(len, column)) + 2 for column in columns]
        if sum(widths) - 2 <= width or count == 1:
            lines = []
            for row in range(height):
                cells = [(c[row], w) for c, w in zip(columns, widths, strict=True) if row < len(c)]
                text = "".join(name.ljust(size) for name, size in cells[:-1]) + cells[-1][0]
                lines.append(text + "\n")
            return "".join(lines)
    return ""


def tree(process: Process, args: Args) -> int:
    counts = [0, 0]
    code = 0
    for typed in args.rest or ["."]:
        node = process.files.get(process.path(typed))
        if not isinstance(node, Folder):
            process.line(f"{typed}  [error opening dir]")
            code = 2
            continue
        process.line(typed)
        counts[0] += 1
        _branch(process, args, node, "", counts, 1)
    folders, files = counts
    told = f"{folders} director{'y' if folders == 1 else 'ies'}"
    if not args.has("-d"):
        told += f", {files} file{'' if files == 1 else 's'}"
    process.out(f"\n{told}\n")
    return code


def _branch(process: Process, args: Args, node: Folder, before: str, counts: list[int], level: int) -> None:
    process.budget.step()
    names = sorted(name for name in node.entries if args.has("-a") or not name.startswith("."))
    if args.has("-d"):
        names = [name for name in names if isinstance(node.entries[name], Folder)]
    for place, name in enumerate(names):
        child = node.entries[name]
        last = place == len(names) - 1
        arrow = f" -> {child.target}" if isinstance(child, Link) else ""
        process.line(f"{before}{'└── ' if last else '├── '}{name}{arrow}")
        counts[0 if isinstance(child, Folder) else 1] += 1
        deep = int(args.value("-L", "99")[:9]) if args.value("-L", "99").isdecimal() else 99
        if isinstance(child, Folder) and level < deep:
            _branch(process, args, child, before + ("    " if last else "│\u00a0\u00a0 "), counts, level + 1)


def stat(process: Process, args: Args) -> int:
    code = 0
    for typed in args.rest:
        try:
            node = process.files.look(process.path(typed), follow=False)
        except FileError as error:
            process.error(f"stat: cannot statx '{typed}': {error.why.value}")
            code = 1
            continue
        if args.has("--format"):
            process.line(_formatted(args.value("--format"), typed, node, process))
            continue
        kind = {File: "regular file", Folder: "directory", Link: "symbolic link"}[type(node)]
        when = datetime.fromtimestamp(node.time, UTC).strftime("%Y-%m-%d %H:%M:%S.000000000 +0000")
        process.out(f"  File: {typed}\n  Size: {size_of(node)}\t{kind}\nModify: {when}\n")
    return code


def _formatted(text: str, typed: str, node: Node, process: Process) -> str:
    mode = 0o777 if isinstance(node, Link) else node.mode
    user = process.world.shell.user
    values = {
        "a": f"{mode:o}",
        "A": permissions(node),
        "s": str(size_of(node)),
        "n": typed,
        "Y": str(node.time),
    }
    values |= {"U": user, "G": user}
    for letter, value in values.items():
        text = text.replace(f"%{letter}", value)
    return text


ROWS = (
    Command(
        "ls",
        "list what is in a folder",
        ls,
        "[OPTION]... [FILE]...",
        (
            Option(("-l",)),
            Option(("-a", "--all")),
            Option(("-A", "--almost-all")),
            Option(("-1",)),
            Option(("-d", "--directory")),
            Option(("-R", "--recursive")),
            Option(("-t",)),
            Option(("-S",)),
            Option(("-r", "--reverse")),
            Option(("-h", "--human-readable")),
            Option(("-F", "--classify")),
            Option(("-p",)),
            Option(("--color",), "WHEN", optional=True),
        ),
        style=Gnu(2),
    ),
    Command(
        "tree",
        "draw what is below a folder",
        tree,
        "[-adL LEVEL] [DIRECTORY]...",
        (Option(("-a",)), Option(("-d",)), Option(("-L",), "LEVEL")),
    ),
    Command(
        "stat",
        "say what is known about a file",
        stat,
        "[OPTION]... FILE...",
        (Option(("-c", "--format"), "FORMAT"),),
    ),
)
