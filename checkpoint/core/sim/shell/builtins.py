"""The shell's own words: those that change the shell itself, and the few small ones it brings."""

import re
from dataclasses import replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError, Told
from checkpoint.core.sim.parts.files import File, FileError, Folder
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import conditions, declaring
from checkpoint.core.sim.shell.arithmetic import evaluate
from checkpoint.core.sim.shell.echo import echo, printf, printf_into
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
from checkpoint.core.sim.shell.reading import get_options, map_lines, read_words
from checkpoint.core.sim.shell.settings import alias, shopt, trap, unalias

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
            if not error.message.startswith(("bash: ", "printf: ")):
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


def let(shell: Interpreter, process: Process, streams: Streams) -> int:
    if len(process.words) < 2:
        raise _bash("let", "expression expected")

    def assign(name: str, value: str) -> None:
        process.world = replace(process.world, shell=process.world.shell.holding(name, value))

    value = 0
    for word in process.words[1:]:
        value = evaluate(word, lambda name: process.world.shell.value(name) or "0", assign)
    return 0 if value else 1


def pushd(shell: Interpreter, process: Process, streams: Streams) -> int:
    stack, here = process.world.shell.stack, process.cwd
    if len(process.words) < 2:
        if not stack:
            raise _bash("pushd", "no other directory")
        goal, rest = stack[0], stack[1:]
    else:
        goal, rest = process.words[1], stack
    _stand(shell, process, "pushd", goal, streams)
    _changed(process, stack=(here, *rest)[: limits.DEPTH])
    return dirs(shell, process, streams)


def popd(shell: Interpreter, process: Process, streams: Streams) -> int:
    stack = process.world.shell.stack
    if not stack:
        raise _bash("popd", "directory stack empty")
    _stand(shell, process, "popd", stack[0], streams)
    _changed(process, stack=stack[1:])
    return dirs(shell, process, streams)


def _stand(shell: Interpreter, process: Process, name: str, goal: str, streams: Streams) -> None:
    inner = replace_words(process, ("cd", "--", goal))
    try:
        cd(shell, inner, streams)
    except SimError as error:
        raise SimError(error.message.replace("bash: cd:", f"bash: {name}:"), error.code) from None
    process.world = inner.world


def dirs(shell: Interpreter, process: Process, streams: Streams) -> int:
    home = process.world.shell.home
    shown = [process.cwd, *process.world.shell.stack]
    process.line(
        " ".join("~" + one[len(home) :] if (one + "/").startswith(home + "/") else one for one in shown)
    )
    return 0


def umask(shell: Interpreter, process: Process, streams: Streams) -> int:
    if len(process.words) > 1:
        return process.unsupported("setting `umask`")
    process.line("0022")
    return 0


def set_words(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = process.words[1:]
    if not words:
        for name, value in sorted(process.world.shell.variables.items()):
            plain = re.fullmatch(r"[\w./:@-]*", value)
            process.line(f"{name}={value if plain else shell_quoted(value)}")
        return 0
    if words in (("-o",), ("+o",)):
        for name in sorted({*_LETTERS.values(), "pipefail", *_NAMED_IDLE}):
            on = name in process.world.shell.options or name in _ON
            process.line(
                f"{name:<15}\t{'on' if on else 'off'}"
                if words[0] == "-o"
                else f"set {'-' if on else '+'}o {name}"
            )
        return 0
    rest = list(words)
    options = set(process.world.shell.options)
    while rest and rest[0][:1] in ("-", "+") and rest[0] not in ("-", "--", "+"):
        _switched(rest.pop(0), rest, options)
    _changed(process, options=frozenset(options))
    if len(rest) < len(words) and not rest:
        return 0
    arguments = tuple(rest[1:] if rest[:1] == ["--"] else rest)
    if sum(map(len, arguments)) > limits.VARIABLES:
        raise Exhausted(f"all arguments together hold at most {limits.VARIABLES // 1024} KB")
    shell.frame.arguments = arguments
    return 0


_LETTERS = {"e": "errexit", "u": "nounset", "x": "xtrace"}
_IDLE = frozenset("aBbEHhmT")
"""Options that change nothing that is simulated."""


def _switched(word: str, rest: list[str], options: set[str]) -> None:
    """Take in `-eu`, `+x` or `-o pipefail`."""
    for letter in word[1:]:
        name = _LETTERS.get(letter, "")
        if letter == "o":
            name = rest.pop(0) if rest else ""
            if name not in (*_LETTERS.values(), "pipefail", *_NAMED_IDLE):
                raise _bash("set", f"{name}: invalid option name", 2)
        elif not name and letter not in _IDLE:
            if letter in "CPfnktpv":
                raise NotHere(f"`set -{letter}`")
            usage = "set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]"
            raise Told(f"bash: set: {word[0]}{letter}: invalid option\n{usage}", 2)
        if name in (*_LETTERS.values(), "pipefail"):
            options.discard(name) if word[0] == "+" else options.add(name)


_NAMED_IDLE = (
    "emacs",
    "vi",
    "history",
    "monitor",
    "notify",
    "hashall",
    "braceexpand",
    "errtrace",
    "functrace",
    "histexpand",
)


_ON = frozenset({"braceexpand", "emacs", "hashall", "histexpand", "history", "monitor"})
"""Those that are on in a shell at a prompt."""


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
        raise _bash("return", "can only `return' from a function or sourced script", 2)
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
    kept = shell.frame.arguments
    shell.frame.arguments = process.words[2:] or kept
    try:
        return _inside(shell, process, text, streams)
    except ReturnFrom as left:
        return left.code
    finally:
        shell.frame.arguments = kept


def evaluated(shell: Interpreter, process: Process, streams: Streams) -> int:
    """The words again as a line of the shell (not Python's)."""
    kept, shell.before = shell.before, max(0, shell.line - 1)
    try:
        return _inside(shell, process, " ".join(process.words[1:]), streams)
    finally:
        shell.before = kept


def another(shell: Interpreter, process: Process, streams: Streams) -> int:
    """`bash` and `sh`: a shell of its own for a script, for the words behind `-c`, or for its input."""
    words = list(process.words[1:])
    options: set[str] = set()
    checks = command = False
    while words and re.fullmatch(r"[-+][a-zA-Z]+|--norc|--login|--noprofile|--posix", words[0]):
        word = words.pop(0)
        if word.startswith("--"):
            continue
        checks, command = checks or "n" in word, command or "c" in word
        if unknown := set(word[1:]) - set("euxoncli") - _IDLE:
            return process.unsupported(f"{process.words[0]} -{min(unknown)}")
        _switched(word[0] + "".join(letter for letter in word[1:] if letter in "euxo"), words, options)
    if command:
        if not words:
            raise _bash("-c", "option requires an argument", 2)
        called = words[1:2] or ["bash"]
        chosen = frozenset(options)
        return _apart(shell, process, words[0], called, tuple(words[2:]), streams, chosen, typed=True)
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
        if not options:
            return shell.script(process, process.path(name), node, streams)
    return _apart(shell, process, text, [name], tuple(words[1:]), streams, frozenset(options))


def _apart(
    shell: Interpreter,
    process: Process,
    text: str,
    name: list[str],
    arguments: tuple[str, ...],
    streams: Streams,
    options: frozenset[str] = frozenset(),
    *,
    typed: bool = False,
) -> int:
    shell.world = process.world
    with shell.subshell():
        shell.begin(Frame(name[0], arguments, typed=typed), process.environment, options)
        shell.set_status(0)
        own = Streams(streams.stdin, dict(streams.sinks))
        shell.ended(lambda: shell.read_through(text, own), own)
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
    terse = process.words[0] == "command"
    code = 0
    for name in (word for word in words if not word.startswith("-")):
        what = _what(shell, name)
        if not what:
            code = 1
            if not terse and not {"-t", "-p"} & set(words):
                process.error(f"bash: type: {name}: not found")
        elif what == "function" and not terse and "-t" not in words:
            process.line(f"{name} is a function")
            process.unsupported("printing a function's text")
        elif "-t" in words:
            process.line(what)
        elif what == "file" and (terse or "-p" in words):
            process.line(f"/usr/bin/{name}")
        elif terse:
            process.line(name)
        elif "-p" not in words:
            kinds = {"function": "a function", "builtin": "a shell builtin", "keyword": "a shell keyword"}
            process.line(f"{name} is {kinds.get(what, f'/usr/bin/{name}')}")
    return code


def _what(shell: Interpreter, name: str) -> str:
    """function, keyword, builtin or file; nothing for an unknown word."""
    if name in shell.world.shell.functions:
        return "function"
    if name in (
        "if",
        "then",
        "else",
        "fi",
        "for",
        "while",
        "do",
        "done",
        "case",
        "esac",
        "[[",
        "{",
        "!",
        "time",
        "select",
        "until",
        "function",
        "elif",
        "in",
        "}",
        "]]",
    ):
        return "keyword"
    if name in shell.tools.builtins and name not in ("bash", "sh"):
        return "builtin"
    return "file" if name in shell.tools.rows or name in ("bash", "sh") else ""


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


def timed(shell: Interpreter, process: Process, streams: Streams) -> int:
    """`time`: runs the words and says that they took no time, for the scenario's clock stands still."""
    code = command(shell, process, streams)
    process.error("\nreal\t0m0.000s\nuser\t0m0.000s\nsys\t0m0.000s")
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
    if process.words[0] == "echo":
        return echo(process)
    if process.words[1:2] and process.words[1].startswith("-v"):
        return printf_into(shell, process)
    return printf(process)


BUILTINS: dict[str, Builtin] = {
    "cd": _told(cd),
    "pwd": pwd,
    "echo": said,
    "printf": _told(said),
    "export": declaring.export,
    "local": _told(declaring.local),
    "declare": _told(declaring.declare),
    "typeset": _told(declaring.declare),
    "readonly": _told(declaring.readonly),
    "let": _told(let),
    "time": timed,
    "pushd": _told(pushd),
    "popd": _told(popd),
    "dirs": dirs,
    "unset": _told(declaring.unset),
    "set": _told(set_words),
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
    "read": _told(read_words),
    "test": _told(test),
    "[": _told(test),
    "type": kind,
    "command": command,
    "history": history,
    "true": true,
    ":": true,
    "false": false,
    "umask": umask,
    "trap": _told(trap),
    "shopt": _told(shopt),
    "alias": _told(alias),
    "unalias": _told(unalias),
    "mapfile": _told(map_lines),
    "readarray": _told(map_lines),
    "getopts": _told(get_options),
    "hash": true,
    "wait": true,
    "ulimit": not_here,
    "exec": not_here,
    "help": not_here,
    "jobs": true,
    "fg": not_here,
    "bg": not_here,
    "kill": not_here,
}
