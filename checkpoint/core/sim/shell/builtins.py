"""The shell's own words: those that change the shell itself, and the few small ones it brings."""

import re
from dataclasses import replace

from checkpoint.core.sim.errors import SimError, Told
from checkpoint.core.sim.parts.files import File, FileError, Folder
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import conditions
from checkpoint.core.sim.shell.echo import echo, printf
from checkpoint.core.sim.shell.interpret import (
    BreakLoop,
    Builtin,
    ContinueLoop,
    ExitShell,
    Frame,
    Interpreter,
    ReturnFrom,
    Streams,
)
from checkpoint.core.sim.shell.parse import NotHere

_NAME = re.compile(r"[A-Za-z_]\w*")


def _bash(name: str, text: str, code: int = 1) -> SimError:
    return SimError(f"bash: {name}: {text}", code)


def _changed(process: Process, **changes: object) -> int:
    process.world = replace(process.world, shell=replace(process.world.shell, **changes))  # type: ignore[arg-type]
    return 0


def _told(run: Builtin) -> Builtin:
    """These print their own errors whole, without the command's name in front."""

    def builtin(shell: Interpreter, process: Process, streams: Streams) -> int:
        try:
            return run(shell, process, streams)
        except SimError as error:
            if not error.message.startswith("bash: "):
                raise
            process.error(error.message)
            return error.code

    return builtin


def cd(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = [word for word in process.words[1:] if word not in ("--", "-P", "-L")]
    if len(words) > 1:
        raise _bash("cd", "too many arguments")
    before = process.world.shell
    goal = words[0] if words else before.value("HOME") or before.home
    if goal == "-":
        if not before.before:
            raise _bash("cd", "OLDPWD not set")
        goal = before.before
        process.line(goal)
    path = process.path(goal).rstrip("/") or "/"
    try:
        node = process.files.look(path)
    except FileError as error:
        raise _bash("cd", f"{goal}: {error.why.value}") from None
    if not isinstance(node, Folder):
        raise _bash("cd", f"{goal}: Not a directory")
    return _changed(process, cwd=path, before=before.cwd)


def pwd(shell: Interpreter, process: Process, streams: Streams) -> int:
    process.line(process.cwd)
    return 0


def export(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = [word for word in process.words[1:] if word != "-p"]
    if not words:
        for name, value in sorted(process.world.shell.environment().items()):
            process.line(f'declare -x {name}="{value}"')
        return 0
    if words[0] == "-n":
        return _changed(process, exported=process.world.shell.exported - set(words[1:]))
    return _assigned(process, words, "export", exported=True)


def _assigned(process: Process, words: list[str], builtin: str, *, exported: bool = False) -> int:
    code = 0
    for word in words:
        name, equals, value = word.partition("=")
        if not _NAME.fullmatch(name):
            process.error(f"bash: {builtin}: `{word}': not a valid identifier")
            code = 1
            continue
        world = process.world.shell
        if equals:
            process.world = replace(process.world, shell=world.holding(name, value))
        if exported:
            _changed(process, exported=process.world.shell.exported | {name})
    return code


def local(shell: Interpreter, process: Process, streams: Streams) -> int:
    if len(shell.frames) < 2:
        raise _bash("local", "can only be used in a function")
    words = [word for word in process.words[1:] if not word.startswith("-")]
    for word in words:
        name = word.partition("=")[0]
        shell.frame.hidden.setdefault(name, process.world.shell.value(name))
    return _assigned(process, [w if "=" in w else f"{w}=" for w in words], "local")


def declare(shell: Interpreter, process: Process, streams: Streams) -> int:
    flags = [word for word in process.words[1:] if word.startswith("-")]
    if any(set(flag) & set("aA") for flag in flags):
        raise NotHere("an array")
    words = [word for word in process.words[1:] if not word.startswith("-")]
    return _assigned(process, words, "declare", exported="-x" in flags)


def unset(shell: Interpreter, process: Process, streams: Streams) -> int:
    functions = "-f" in process.words
    for name in process.words[1:]:
        world = process.world.shell
        if name.startswith("-"):
            continue
        if not functions and name in world.variables:
            _changed(process, variables=world.variables.delete(name), exported=world.exported - {name})
        elif name in world.functions:
            _changed(process, functions=world.functions.delete(name))
    return 0


def set_words(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = process.words[1:]
    if not words:
        for name, value in sorted(process.world.shell.variables.items()):
            plain = re.fullmatch(r"[\w./:@-]*", value)
            process.line(f"{name}={value if plain else shell_quoted(value)}")
        return 0
    if words[0] == "--":
        shell.frame.arguments = words[1:]
        return 0
    if words[0].startswith(("+", "-")):
        return 0
    shell.frame.arguments = words
    return 0


def shell_quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def shift(shell: Interpreter, process: Process, streams: Streams) -> int:
    count = _number(process, 1)
    if count > len(shell.frame.arguments):
        return 1
    shell.frame.arguments = shell.frame.arguments[count:]
    return 0


def _number(process: Process, default: int) -> int:
    if len(process.words) < 2:
        return default
    if not re.fullmatch(r"-?\d{1,9}", process.words[1]):
        raise _bash(process.words[0], f"{process.words[1]}: numeric argument required", 2)
    return int(process.words[1])


def exit_shell(shell: Interpreter, process: Process, streams: Streams) -> int:
    raise ExitShell(_number(process, process.world.shell.status) % 256)


def return_from(shell: Interpreter, process: Process, streams: Streams) -> int:
    if len(shell.frames) < 2 and shell.frame.name == "bash":
        raise _bash("return", "can only `return' from a function or sourced script")
    raise ReturnFrom(_number(process, process.world.shell.status) % 256)


def leave_loop(shell: Interpreter, process: Process, streams: Streams) -> int:
    name = process.words[0]
    if not shell.loops:
        process.error(f"bash: {name}: only meaningful in a `for', `while', or `until' loop")
        return 0
    levels = max(1, _number(process, 1))
    raise BreakLoop(0, levels) if name == "break" else ContinueLoop(0, levels)


def source(shell: Interpreter, process: Process, streams: Streams) -> int:
    if len(process.words) < 2:
        raise _bash(process.words[0], "filename argument required", 2)
    name = process.words[1]
    try:
        text = process.read(name)
    except FileError as error:
        raise SimError(f"bash: {name}: {error.why.value}") from None
    return _inside(shell, process, text, streams)


def evaluated(shell: Interpreter, process: Process, streams: Streams) -> int:
    """The words again as a line of the shell (not Python's)."""
    return _inside(shell, process, " ".join(process.words[1:]), streams)


def another(shell: Interpreter, process: Process, streams: Streams) -> int:
    """`bash` and `sh`: a shell of its own for a script, for the words behind `-c`, or for its input."""
    words = list(process.words[1:])
    checks = False
    while words and words[0] in ("-e", "-u", "-x", "-eu", "-n", "--norc", "--login", "-l"):
        checks = words.pop(0) == "-n" or checks
    if words and words[0] in ("-c", "-lc", "-ec"):
        if len(words) < 2:
            raise _bash("-c", "option requires an argument", 2)
        return _apart(shell, process, words[1], words[2:3] or ["bash"], tuple(words[3:]), streams)
    if words and words[0].startswith("-"):
        return process.unsupported(f"{process.words[0]} {words[0]}")
    if not words:
        return _apart(shell, process, process.stdin, ["bash"], (), streams)
    name = words[0]
    try:
        text = process.read(name)
    except FileError as error:
        code = 127 if error.why.value.startswith("No such") else 126
        raise Told(f"bash: {name}: {error.why.value}", code) from None
    if checks:
        return 0
    node = process.files.get(process.path(name))
    if isinstance(node, File):
        process.words = tuple(words)
        shell.world = process.world
        return shell.script(process, process.path(name), node, streams)
    return _apart(shell, process, text, [name], tuple(words[1:]), streams)


def _apart(
    shell: Interpreter,
    process: Process,
    text: str,
    name: list[str],
    arguments: tuple[str, ...],
    streams: Streams,
) -> int:
    shell.world = process.world
    with shell.subshell():
        for variable, value in process.environment.items():
            shell.assign(variable, value)
        shell.frames = [Frame(name[0], arguments)]
        shell.loops = 0
        shell.set_status(0)
        shell.source(text, streams)
    process.world = shell.world
    return shell.status


def _inside(shell: Interpreter, process: Process, text: str, streams: Streams) -> int:
    shell.world = process.world
    shell.budget.deeper()
    try:
        return shell.source(text, streams)
    finally:
        shell.budget.back()
        process.world = shell.world


def read_words(shell: Interpreter, process: Process, streams: Streams) -> int:
    names = [word for word in process.words[1:] if not word.startswith("-")] or ["REPLY"]
    waiting = shell.unread if shell.unread is not None else process.stdin
    line, newline, rest = waiting.partition("\n")
    if shell.unread is not None:
        shell.unread = rest
    values = line.split(None, len(names) - 1) if len(names) > 1 else [line.strip(" \t")]
    for place, name in enumerate(names):
        value = values[place] if place < len(values) else ""
        process.world = replace(process.world, shell=process.world.shell.holding(name, value.strip(" \t")))
    return 0 if newline else 1


def test(shell: Interpreter, process: Process, streams: Streams) -> int:
    name, words = process.words[0], list(process.words[1:])
    if name == "[":
        if not words or words[-1] != "]":
            raise _bash("[", "missing `]'", 2)
        words.pop()

    def fits(left: str, operator: str, place: int) -> bool:
        if operator == "=~":
            raise _bash(name, "=~: binary operator expected", 2)
        return (left == words[place]) != (operator == "!=")

    asked = conditions.Question(process.files, process.path, fits, shell.is_set, name)
    return 0 if conditions.answer(words, asked) else 1


def kind(shell: Interpreter, process: Process, streams: Streams) -> int:
    """`type` and `command -v`."""
    words = process.words[1:]
    terse = process.words[0] == "command" or "-t" in words or "-p" in words
    code = 0
    for name in (word for word in words if not word.startswith("-")):
        if name in shell.world.shell.functions:
            process.line(name if terse else f"{name} is a function")
        elif name in shell.tools.builtins:
            process.line(name if terse else f"{name} is a shell builtin")
        elif name in shell.tools.rows:
            process.line(f"/usr/bin/{name}" if terse else f"{name} is /usr/bin/{name}")
        else:
            code = 1
            if process.words[0] == "type":
                process.error(f"bash: type: {name}: not found")
    return code


def command(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = process.words[1:]
    if words[:1] in (("-v",), ("-V",)):
        return kind(shell, process, streams)
    if not words:
        return 0
    inner = replace_words(process, words)
    code = shell.run(inner, streams)
    process.world, process.chunks, process.events = inner.world, inner.chunks, inner.events
    return code


def replace_words(process: Process, words: tuple[str, ...]) -> Process:
    return replace(process, words=words)


def history(shell: Interpreter, process: Process, streams: Streams) -> int:
    lines = process.world.shell.history
    first = max(0, len(lines) - _number(process, len(lines)))
    for number, line in enumerate(lines[first:], start=first + 1):
        process.line(f"{number:5}  {line}")
    return 0


def true(shell: Interpreter, process: Process, streams: Streams) -> int:
    return 0


def false(shell: Interpreter, process: Process, streams: Streams) -> int:
    return 1


def not_here(shell: Interpreter, process: Process, streams: Streams) -> int:
    return process.unsupported(f"`{process.words[0]}`")


def said(shell: Interpreter, process: Process, streams: Streams) -> int:
    return echo(process) if process.words[0] == "echo" else printf(process)


BUILTINS: dict[str, Builtin] = {
    "cd": _told(cd),
    "pwd": pwd,
    "echo": said,
    "printf": _told(said),
    "export": export,
    "local": _told(local),
    "declare": _told(declare),
    "typeset": _told(declare),
    "readonly": _told(declare),
    "unset": unset,
    "set": set_words,
    "shift": _told(shift),
    "exit": _told(exit_shell),
    "logout": _told(exit_shell),
    "return": _told(return_from),
    "break": leave_loop,
    "continue": leave_loop,
    "source": _told(source),
    ".": _told(source),
    "eval": evaluated,
    "bash": another,
    "sh": another,
    "read": read_words,
    "test": _told(test),
    "[": _told(test),
    "type": kind,
    "command": command,
    "history": history,
    "true": true,
    ":": true,
    "false": false,
    "umask": not_here,
    "trap": true,
    "wait": true,
    "ulimit": not_here,
    "alias": not_here,
    "exec": not_here,
    "jobs": true,
    "fg": not_here,
    "bg": not_here,
    "kill": not_here,
}
