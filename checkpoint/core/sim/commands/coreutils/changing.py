"""mkdir, rmdir, rm, mv, cp, touch, chmod, ln: what stands where."""

import re
from collections.abc import Callable
from dataclasses import replace

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import File, FileError, Folder, Link, Node, Why
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option, UsageError, parsed


def _each(process: Process, names: list[str], text: str, act: Callable[[str], None]) -> int:
    """Do it for each name; a failure is told as `text` with the reason, and the rest goes on."""
    code = 0
    for typed in names:
        try:
            act(typed)
        except FileError as error:
            process.error(text.format(path=typed, why=error.why.value))
            code = 1
    return code


def _needed(process: Process, args: Args, count: int = 1) -> None:
    name = process.words[0].rpartition("/")[2]
    hint = f"\nTry '{name} --help' for more information."
    if not args.rest:
        what = "missing file operand" if name in ("cp", "mv", "ln", "touch") else "missing operand"
        raise UsageError(f"{name}: {what}{hint}", 1)
    if len(args.rest) < count:
        raise UsageError(f"{name}: missing destination file operand after '{args.rest[-1]}'{hint}", 1)


def mkdir(process: Process, args: Args) -> int:
    _needed(process, args)

    def make(typed: str) -> None:
        path = process.path(typed).rstrip("/")
        if args.has("--parents"):
            process.files = process.files.make_folders(path, time=process.clock)
        else:
            process.files = process.files.make_folder(path, time=process.clock)
        if args.has("--mode"):
            process.files = process.files.with_mode(path, new_mode(0o777, args.value("--mode")))
        if args.has("--verbose"):
            process.line(f"mkdir: created directory '{typed}'")

    return _each(process, args.rest, "mkdir: cannot create directory ‘{path}’: {why}", make)


def rmdir(process: Process, args: Args) -> int:
    _needed(process, args)

    def remove(typed: str) -> None:
        path = process.path(typed).rstrip("/")
        node = process.files.look(path, follow=False)
        if not isinstance(node, Folder):
            raise FileError(typed, Why.NO_FOLDER)
        if node.entries:
            raise FileError(typed, Why.NOT_EMPTY)
        process.files = process.files.remove(path)
        above = typed.rstrip("/").rpartition("/")[0]
        if args.has("--parents") and above:
            remove(above)

    return _each(process, args.rest, "rmdir: failed to remove '{path}': {why}", remove)


def rm(process: Process, args: Args) -> int:
    force = args.has("--force")
    if not args.rest and force:
        return 0
    _needed(process, args)
    recursive = args.has("--recursive") or args.has("-R")

    def remove(typed: str) -> None:
        path = process.path(typed).rstrip("/") or "/"
        if typed.rstrip("/").rpartition("/")[2] in (".", ".."):
            raise SimError(f"refusing to remove '.' or '..' directory: skipping '{typed}'")
        if path == "/":
            hint = "rm: use --no-preserve-root to override this failsafe"
            raise SimError(f"it is dangerous to operate recursively on '/'\n{hint}")
        node = process.files.get(path, follow=False)
        if node is None:
            if not force:
                raise FileError(typed, Why.ABSENT)
            return
        if isinstance(node, Folder) and not recursive and not (args.has("--dir") and not node.entries):
            raise FileError(typed, Why.FOLDER)
        process.files = process.files.remove(path)
        if args.has("--verbose"):
            process.line(f"removed {'directory ' if isinstance(node, Folder) else ''}'{typed}'")

    return _each(process, args.rest, "rm: cannot remove '{path}': {why}", remove)


def _goal(process: Process, source: str, typed: str, into: bool) -> str:
    """Where a file goes: into a folder under its own name, or to the name given."""
    if into:
        return process.path(f"{typed}/{source.rstrip('/').rpartition('/')[2]}")
    return process.path(typed).rstrip("/")


def _pairs(process: Process, args: Args) -> tuple[list[str], str, bool]:
    _needed(process, args, 1 if args.has("--target-directory") else 2)
    if args.has("--target-directory"):
        return args.rest, args.value("--target-directory"), True
    *sources, typed = args.rest
    into = process.files.is_folder(process.path(typed))
    if len(sources) > 1 and not into:
        raise UsageError(f"{process.words[0]}: target '{typed}': {_why_no_folder(process, typed)}", 1)
    return sources, typed, into


def _why_no_folder(process: Process, typed: str) -> str:
    why = Why.ABSENT if process.files.get(process.path(typed)) is None else Why.NO_FOLDER
    return str(why.value)


def cp(process: Process, args: Args) -> int:
    sources, typed, into = _pairs(process, args)
    recursive = any(args.has(key) for key in ("--recursive", "-R", "--archive"))
    code = 0
    for source in sources:
        try:
            code |= _copy(process, args, source, _goal(process, source, typed, into), recursive)
        except FileError as error:
            if error.path == source:
                process.error(f"cp: cannot stat '{source}': {error.why.value}")
            else:
                process.error(f"cp: cannot create regular file '{typed}': {error.why.value}")
            code = 1
    return code


def _copy(process: Process, args: Args, source: str, goal: str, recursive: bool) -> int:
    try:
        node = process.files.look(process.path(source))
    except FileError as error:
        raise FileError(source, error.why) from None
    if isinstance(node, Folder) and not recursive:
        process.error(f"cp: -r not specified; omitting directory '{source}'")
        return 1
    there = process.path(source).rstrip("/")
    if there == goal:
        process.error(f"cp: '{source}' and '{args.rest[-1]}' are the same file")
        return 1
    if isinstance(node, Folder) and goal.startswith(there + "/"):
        process.error(f"cp: cannot copy a directory, '{source}', into itself, '{args.rest[-1]}'")
        return 1
    if args.has("--no-clobber") and process.files.get(goal) is not None:
        return 0
    old = process.files.get(goal)
    if isinstance(node, Folder) and isinstance(old, Folder):
        node = _merged(old, node)
    if isinstance(node, File):
        keep = args.has("--preserve") or args.has("--archive")
        node = replace(node, time=node.time if keep else process.clock)
        if isinstance(old, File):
            node = replace(node, mode=old.mode)
    process.files = process.files.put(goal, node)
    if args.has("--verbose"):
        process.line(f"'{source}' -> '{args.rest[-1]}'")
    return 0


def _merged(old: Folder, new: Folder) -> Folder:
    entries = old.entries
    for name, node in new.entries.items():
        there: Node | None = entries.get(name)
        both = isinstance(there, Folder) and isinstance(node, Folder)
        entries = entries.set(name, _merged(there, node) if both else node)  # type: ignore[arg-type]
    return replace(old, entries=entries)


def mv(process: Process, args: Args) -> int:
    sources, typed, into = _pairs(process, args)
    code = 0
    for source in sources:
        try:
            code |= _move(process, args, source, _goal(process, source, typed, into))
        except FileError as error:
            if error.path == source:
                process.error(f"mv: cannot stat '{source}': {error.why.value}")
            else:
                process.error(f"mv: cannot move '{source}' to '{typed}': {error.why.value}")
            code = 1
    return code


def _move(process: Process, args: Args, source: str, goal: str) -> int:
    there = process.path(source).rstrip("/")
    try:
        node = process.files.look(there, follow=False)
    except FileError as error:
        raise FileError(source, error.why) from None
    if there == goal:
        process.error(f"mv: '{source}' and '{args.rest[-1]}' are the same file")
        return 1
    if isinstance(node, Folder) and goal.startswith(there + "/"):
        process.error(f"mv: cannot move '{source}' to a subdirectory of itself, '{args.rest[-1]}'")
        return 1
    if args.has("--no-clobber") and process.files.get(goal) is not None:
        return 0
    old = process.files.get(goal, follow=False)
    if isinstance(old, Folder) and old.entries:
        raise FileError(goal, Why.NOT_EMPTY)
    process.files = process.files.remove(there).put(goal, node)
    if args.has("--verbose"):
        process.line(f"renamed '{source}' -> '{args.rest[-1]}'")
    return 0


def touch(process: Process, args: Args) -> int:
    _needed(process, args)

    def make(typed: str) -> None:
        path = process.path(typed)
        node = process.files.get(path)
        if isinstance(node, File | Folder):
            process.files = process.files.put(path.rstrip("/"), replace(node, time=process.clock))
        elif not args.has("--no-create"):
            process.files = process.files.write(path, b"", time=process.clock)

    return _each(process, args.rest, "touch: cannot touch '{path}': {why}", make)


def chmod(process: Process, args: Args) -> int:
    """A mode may begin with a dash (`chmod -x f`), so the words are sorted here and not by the table."""
    words = [f"a{word}" if _taken_away(word) else word for word in args.rest]
    args = parsed(_CHMOD, words, Gnu())
    _needed(process, args)
    mode, *names = args.rest
    if not names:
        hint = "Try 'chmod --help' for more information."
        raise UsageError(f"chmod: missing operand after ‘{mode}’\n{hint}", 1)
    if not re.fullmatch(r"[0-7]{1,4}|([ugoa]*[-+=][rwxX]*)(,[ugoa]*[-+=][rwxX]*)*", mode):
        hint = "Try 'chmod --help' for more information."
        raise UsageError(f"chmod: invalid mode: ‘{mode}’\n{hint}", 1)

    def change(typed: str) -> None:
        top = process.path(typed).rstrip("/")
        process.files.look(top)
        below = process.files.walk(top) if args.has("--recursive") else [(top, process.files.look(top))]
        for path, node in list(below):
            if not isinstance(node, Link):
                process.files = process.files.with_mode(path, new_mode(node.mode, mode))

    return _each(process, names, "chmod: cannot access '{path}': {why}", change)


def _taken_away(word: str) -> bool:
    return re.fullmatch(r"-[rwxX]+(,[ugoa]*[-+=][rwxX]*)*", word) is not None


_BITS = {"r": 4, "w": 2, "x": 1, "X": 1}
_PLACES = {"u": 6, "g": 3, "o": 0}


def new_mode(old: int, text: str) -> int:
    """The permission bits after `chmod text`."""
    if text.isdecimal():
        return int(text, 8)
    for clause in text.split(","):
        match = re.fullmatch(r"([ugoa]*)([-+=])([rwxX]*)", clause)
        if not match:
            continue
        who = "ugo" if not match[1] or "a" in match[1] else match[1]
        bits = sum({_BITS[letter] for letter in match[3]})
        for one in who:
            mask, change = 7 << _PLACES[one], bits << _PLACES[one]
            if match[2] == "+":
                old |= change
            elif match[2] == "-":
                old &= ~change
            else:
                old = (old & ~mask) | change
    return old


def ln(process: Process, args: Args) -> int:
    if not args.has("--symbolic"):
        return process.unsupported("a hard link (`ln` without -s)")
    _needed(process, args)
    goal = args.rest[0]
    name = args.rest[1] if len(args.rest) > 1 else goal.rpartition("/")[2]
    if process.files.is_folder(process.path(name)):
        name = f"{name}/{goal.rstrip('/').rpartition('/')[2]}"
    path = process.path(name)
    if process.files.get(path, follow=False) is not None:
        if not args.has("--force"):
            raise SimError(f"failed to create symbolic link '{name}': File exists")
        process.files = process.files.remove(path)
    process.files = process.files.put(path, Link(goal, process.clock))
    return 0


_VERBOSE = Option(("-v", "--verbose"))
_FORCE = Option(("-f", "--force"))

_CHMOD = Command(
    "chmod",
    "change who may read, write and run",
    None,
    "[OPTION]... MODE[,MODE]... FILE...",
    (Option(("-R", "--recursive")), _VERBOSE),
    style=Gnu(),
)


ROWS = (
    Command(
        "mkdir",
        "make folders",
        mkdir,
        "[OPTION]... DIRECTORY...",
        (Option(("-p", "--parents")), _VERBOSE, Option(("-m", "--mode"), "MODE")),
    ),
    Command(
        "rmdir",
        "remove empty folders",
        rmdir,
        "[OPTION]... DIRECTORY...",
        (Option(("-p", "--parents")), _VERBOSE),
    ),
    Command(
        "rm",
        "remove files",
        rm,
        "[OPTION]... [FILE]...",
        (
            _FORCE,
            Option(("-r", "--recursive")),
            Option(("-R",)),
            Option(("-d", "--dir")),
            Option(("-i",), simulated=False),
            _VERBOSE,
        ),
    ),
    Command(
        "cp",
        "copy files",
        cp,
        "[OPTION]... SOURCE... DEST",
        (
            Option(("-r", "--recursive")),
            Option(("-R",)),
            Option(("-a", "--archive")),
            Option(("-p", "--preserve")),
            _FORCE,
            Option(("-n", "--no-clobber")),
            Option(("-t", "--target-directory"), "DIRECTORY"),
            Option(("-i", "--interactive"), simulated=False),
            _VERBOSE,
        ),
    ),
    Command(
        "mv",
        "move or rename files",
        mv,
        "[OPTION]... SOURCE... DEST",
        (
            _FORCE,
            Option(("-n", "--no-clobber")),
            Option(("-t", "--target-directory"), "DIRECTORY"),
            Option(("-i", "--interactive"), simulated=False),
            _VERBOSE,
        ),
    ),
    Command(
        "touch",
        "make a file, or make it new",
        touch,
        "[OPTION]... FILE...",
        (
            Option(("-c", "--no-create")),
            Option(("-d", "--date"), "STRING", simulated=False),
            Option(("-t",), "STAMP", simulated=False),
        ),
    ),
    replace(_CHMOD, run=chmod, raw=True),
    Command(
        "ln",
        "make a link",
        ln,
        "[OPTION]... TARGET [LINK_NAME]",
        (Option(("-s", "--symbolic")), _FORCE),
    ),
)
