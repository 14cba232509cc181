"""awk: what a line's columns say. As POSIX has it; gawk's further functions are refused by name."""

from collections.abc import Callable, Iterator

from checkpoint.core.sim.commands.awk.language import BadProgram, NotHere, read, unescaped
from checkpoint.core.sim.commands.awk.running import Input, Runner
from checkpoint.core.sim.errors import Exhausted, SimError, Told
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option

_USAGE = "Usage: awk [POSIX or GNU style options] -f progfile [--] file ...\n"
_USAGE += "Usage: awk [POSIX or GNU style options] [--] 'program' file ..."


def awk(process: Process, args: Args) -> int:
    names = list(args.rest)
    if args.has("--file"):
        text = "\n".join(_program_in(process, name) for name in args.values("--file"))
    elif names:
        text = names.pop(0)
    else:
        raise Told(_USAGE, 2)
    try:
        program = read(text)
    except BadProgram as error:
        raise Told(f"awk: cmd. line:1: {error.message}", 1) from None
    except NotHere as error:
        return process.unsupported(error.message)
    runner = Runner(program, process.budget, _writer(process), process.environment)
    if args.has("--field-separator"):
        separator = args.value("--field-separator")
        runner.variables["FS"] = "\t" if separator == "t" else unescaped(separator)
    for typed in args.values("--assign"):
        _assigned(runner, typed)
    try:
        return runner.run(lambda: _files(process, runner, names))
    except NotHere as error:
        return process.unsupported(error.message)
    except RecursionError:
        raise Exhausted("an awk program nests too deep") from None
    except (IndexError, ValueError):
        raise SimError("fatal: a function got too few arguments, or ones that don't fit", 2) from None


def _program_in(process: Process, name: str) -> str:
    try:
        return process.read(name)
    except FileError as error:
        raise Told(
            f"awk: fatal: cannot open source file `{name}' for reading: {error.why.value}", 2
        ) from None


def _assigned(runner: Runner, typed: str) -> None:
    name, equals, value = typed.partition("=")
    if not equals or not name.isidentifier():
        raise Told(f"awk: fatal: `{typed}' argument to `-v' not in `var=value' form", 2)
    runner.variables[name] = Input(unescaped(value))


def _files(process: Process, runner: Runner, names: list[str]) -> Iterator[tuple[str, str]]:
    """The files in turn; `name=value` among them is an assignment at its place."""
    read_any = False
    for name in names:
        variable, equals, value = name.partition("=")
        if equals and variable.isidentifier():
            runner.variables[variable] = Input(unescaped(value))
            continue
        read_any = True
        if process.files.is_folder(process.path(name)):
            process.error(f"awk: warning: command line argument `{name}' is a directory: skipped")
            continue
        try:
            yield name, process.stdin if name == "-" else process.read(name)
        except FileError as error:
            why = f"cannot open file `{name}' for reading: {error.why.value}"
            raise Told(f"awk: fatal: {why}", 2) from None
    if not read_any:
        yield "", process.stdin


def _writer(process: Process) -> Callable[[str, str, str], None]:
    begun: set[str] = set()

    def write(text: str, operator: str, name: str) -> None:
        if not operator or name == "/dev/stdout":
            process.out(text)
        elif name == "/dev/stderr":
            process.err(text)
        elif name != "/dev/null":
            kept = name in begun or operator == ">>"
            begun.add(name)
            old = process.read(name) if kept and process.files.is_file(process.path(name)) else ""
            process.write(name, old + text)

    return write


ROWS = tuple(
    Command(
        name,
        "take lines apart into columns",
        awk,
        "[OPTION]... 'PROGRAM' [FILE]...",
        (
            Option(("-F", "--field-separator"), "FS", help="what stands between columns"),
            Option(("-v", "--assign"), "VAR=VALUE", help="set a variable before the program runs"),
            Option(("-f", "--file"), "FILE", help="read the program from a file"),
        ),
        style=Gnu(),
        stops=True,
    )
    for name in ("awk", "gawk")
)
