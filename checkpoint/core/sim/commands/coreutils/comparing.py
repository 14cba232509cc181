"""diff and cmp: what differs between two files."""

from datetime import UTC, datetime

from checkpoint.core.sim.commands.coreutils.reading import lines_of
from checkpoint.core.sim.line_diff import Hunk, hunks, opcodes
from checkpoint.core.sim.parts.files import File, Folder
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_NO_NEWLINE = "\\ No newline at end of file\n"


def diff(process: Process, args: Args) -> int:
    hint = "\ndiff: Try 'diff --help' for more information."
    if len(args.rest) < 2:
        after = args.rest[-1] if args.rest else "diff"
        raise UsageError(f"diff: missing operand after '{after}'{hint}", 2)
    if len(args.rest) > 2:
        raise UsageError(f"diff: extra operand '{args.rest[2]}'{hint}", 2)
    left, right = args.rest
    nodes = [process.files.get(process.path(name)) if name != "-" else File(b"") for name in args.rest]
    for name, node in zip(args.rest, nodes, strict=True):
        if node is None:
            process.error(f"diff: {name}: No such file or directory")
    if None in nodes:
        return 2
    if isinstance(nodes[0], Folder) and isinstance(nodes[1], Folder):
        return _folders(process, args, left, right)
    if isinstance(nodes[0], Folder):
        left = f"{left}/{right.rpartition('/')[2]}"
    elif isinstance(nodes[1], Folder):
        right = f"{right}/{left.rpartition('/')[2]}"
    return _files(process, args, left, right)


def _folders(process: Process, args: Args, left: str, right: str) -> int:
    ours, theirs = (set(process.files.names(process.path(name))) for name in (left, right))
    code = 0
    for name in sorted(ours | theirs):
        process.budget.step()
        if name not in theirs or name not in ours:
            process.line(f"Only in {left if name in ours else right}: {name}")
            code = 1
            continue
        one, other = f"{left}/{name}", f"{right}/{name}"
        folders = [process.files.is_folder(process.path(path)) for path in (one, other)]
        if all(folders):
            if args.has("--recursive"):
                code = max(code, _folders(process, args, one, other))
            else:
                process.line(f"Common subdirectories: {one} and {other}")
        elif any(folders):
            kinds = ["directory" if folder else "regular file" for folder in folders]
            process.line(f"File {one} is a {kinds[0]} while file {other} is a {kinds[1]}")
            code = 1
        else:
            code = max(code, _files(process, args, one, other, titled=True))
    return code


def _files(process: Process, args: Args, left: str, right: str, *, titled: bool = False) -> int:
    one, other = (process.stdin if name == "-" else process.read(name) for name in (left, right))
    old, new = lines_of(one), lines_of(other)
    if _key(old, args) == _key(new, args):
        if args.has("--report-identical-files"):
            process.line(f"Files {left} and {right} are identical")
        return 0
    if args.has("--brief"):
        process.line(f"Files {left} and {right} differ")
        return 1
    if titled:
        flags = " ".join(word for word in process.words[1:] if word.startswith("-"))
        process.line(f"diff {flags} {left} {right}".replace("  ", " "))
    if args.has("--unified") or args.has("-u"):
        _unified(process, args, (left, right), old, new)
    else:
        process.out("".join(_normal(old, new)))
    return 1


def _key(lines: list[str], args: Args) -> list[str]:
    if args.has("--ignore-all-space"):
        return ["".join(line.split()) for line in lines]
    if args.has("--ignore-case"):
        return [line.lower() for line in lines]
    return lines


def _unified(process: Process, args: Args, names: tuple[str, str], old: list[str], new: list[str]) -> None:
    for mark, name in zip(("---", "+++"), names, strict=True):
        node = process.files.get(process.path(name))
        process.line(f"{mark} {name}\t{stamp(node.time if node else process.clock)}")
    context = args.value("--unified")
    for hunk in hunks(old, new, int(context[:4]) if context.isdecimal() else 3):
        process.out(told(hunk))


def stamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S.000000000 +0000")


def told(hunk: Hunk) -> str:
    """A hunk as unified diffs show it."""
    return hunk.header + "\n" + "".join(_ended(mark + line) for mark, line in hunk.lines)


def _ended(line: str) -> str:
    return line if line.endswith("\n") else line + "\n" + _NO_NEWLINE


def _normal(old: list[str], new: list[str]) -> list[str]:
    out = []
    for kind, a, b, c, d in opcodes(old, new):
        if kind == "equal":
            continue
        left = f"{a + 1},{b}" if b - a > 1 else str(a + 1 if b > a else a)
        right = f"{c + 1},{d}" if d - c > 1 else str(c + 1 if d > c else c)
        out.append(f"{left}{'acd'[('insert', 'replace', 'delete').index(kind)]}{right}\n")
        out += [_ended("< " + line) for line in old[a:b]]
        if kind == "replace":
            out.append("---\n")
        out += [_ended("> " + line) for line in new[c:d]]
    return out


def cmp(process: Process, args: Args) -> int:
    if len(args.rest) < 2:
        raise UsageError("cmp: missing operand\ncmp: Try 'cmp --help' for more information.", 2)
    one, other = (process.read(name) for name in args.rest[:2])
    if one == other:
        return 0
    place = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if not args.has("--quiet"):
        process.line(
            f"{args.rest[0]} {args.rest[1]} differ: byte {place + 1}, line {one[:place].count(chr(10)) + 1}"
        )
    return 1


def comm(process: Process, args: Args) -> int:
    """Lines of two sorted files: only in the first, only in the second, in both."""
    if len(args.rest) != 2:
        last = args.rest[-1] if args.rest else ""
        what = f"missing operand after ‘{last}’" if args.rest else "missing operand"
        what = what if len(args.rest) < 2 else f"extra operand ‘{args.rest[2]}’"
        raise UsageError(f"comm: {what}\nTry 'comm --help' for more information.", 1)
    one, other = ((process.stdin if name == "-" else process.read(name)).splitlines() for name in args.rest)
    shown = [key for key in ("-1", "-2", "-3") if not args.has(key)]
    while one or other:
        process.budget.spend(1)
        if not other or (one and one[0] < other[0]):
            key, line = "-1", one.pop(0)
        elif not one or other[0] < one[0]:
            key, line = "-2", other.pop(0)
        else:
            key, line = "-3", one.pop(0)
            other.pop(0)
        if key in shown:
            process.line("\t" * shown.index(key) + line)
    return 0


ROWS = (
    Command(
        "comm",
        "compare two sorted files line by line",
        comm,
        "[OPTION]... FILE1 FILE2",
        (Option(("-1",)), Option(("-2",)), Option(("-3",))),
    ),
    Command(
        "diff",
        "show how two files differ",
        diff,
        "[OPTION]... FILES",
        (
            Option(("-u",)),
            Option(("-U", "--unified"), "NUM", optional=True),
            Option(("-r", "--recursive")),
            Option(("-q", "--brief")),
            Option(("-s", "--report-identical-files")),
            Option(("-w", "--ignore-all-space")),
            Option(("-i", "--ignore-case")),
            Option(("-N", "--new-file"), simulated=False),
            Option(("-y", "--side-by-side"), simulated=False),
            Option(("--color",), "WHEN", optional=True),
        ),
        style=Gnu(2),
    ),
    Command(
        "cmp",
        "say whether two files differ",
        cmp,
        "FILE1 FILE2",
        (Option(("-s", "--quiet", "--silent")),),
        style=Gnu(2),
    ),
)
