"""The shell's words that make variables and take them away: export, local, declare, readonly, unset."""

import re
from dataclasses import replace

from immutables import Map

from checkpoint.core.sim.errors import SimError, Told
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import expand
from checkpoint.core.sim.shell.interpret import NOWHERE, Interpreter, Streams
from checkpoint.core.sim.shell.parse import NotHere

_NAME = re.compile(r"[A-Za-z_]\w*")
_KNOWN = "aAirxpgfF"


def export(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = [word for word in process.words[1:] if word != "-p"]
    if not words:
        for name, value in sorted(process.world.shell.environment().items()):
            process.line(f"declare -x {name}={_double_quoted(value)}")
        return 0
    if words[0] == "-n":
        return _exported(process, process.world.shell.exported - set(words[1:]))
    if words[0] == "-f":
        return process.unsupported("exporting a function")
    return _assigned(shell, process, words, "export", exported=True)


def _exported(process: Process, names: frozenset[str]) -> int:
    process.world = replace(process.world, shell=replace(process.world.shell, exported=names))
    return 0


def _assigned(
    shell: Interpreter, process: Process, words: list[str], builtin: str, *, exported: bool = False
) -> int:
    code = 0
    for word in words:
        name, equals, value = word.partition("=")
        added = name.endswith("+") and bool(equals)
        name = name.removesuffix("+") if added else name
        if not _NAME.fullmatch(name.partition("[")[0]):
            process.error(f"bash: {builtin}: `{word}': not a valid identifier")
            code = 1
            continue
        if equals:
            shell.world = process.world
            before = shell.world.shell.value(name) or "" if added else ""
            shell.assign(name, before + value)
            process.world = shell.world
        if exported:
            _exported(process, process.world.shell.exported | {name})
    return code


def local(shell: Interpreter, process: Process, streams: Streams) -> int:
    if len(shell.frames) < 2:
        raise SimError("bash: local: can only be used in a function")
    return _declared(shell, process, own=True)


def declare(shell: Interpreter, process: Process, streams: Streams) -> int:
    flags = "".join(word[1:] for word in process.words[1:] if word.startswith("-"))
    if "p" in flags:
        return _told(shell, process)
    if "f" in flags or "F" in flags:
        return _functions(process, "F" in flags)
    return _declared(shell, process, own=len(shell.frames) > 1 and "g" not in flags)


def _declared(shell: Interpreter, process: Process, *, own: bool) -> int:
    flags = "".join(word[1:] for word in process.words[1:] if word[:1] in "-+" and len(word) > 1)
    name = process.words[0]
    if unknown := [flag for flag in flags if flag not in _KNOWN]:
        if unknown[0] in "lnutcI":
            raise NotHere(f"`{name} -{unknown[0]}`")
        raise Told(f"bash: {name}: -{unknown[0]}: invalid option", 2)
    words = [word for word in process.words[1:] if not (word[:1] in "-+" and len(word) > 1)]
    for word in words:
        plain = re.split(r"[=+\[]", word, maxsplit=1)[0]
        if not _NAME.fullmatch(plain):
            continue
        shell.world = process.world
        if own:
            fresh = plain not in shell.frame.hidden
            shell.hide(plain)
            if fresh:
                shell.world = replace(shell.world, shell=shell.world.shell.lacking(plain))
        _marked(shell, plain, flags, empty=own and "=" not in word)
        process.world = shell.world
    code = _assigned(shell, process, words, name, exported="x" in flags)
    if "r" in flags and not code:
        _fixed(process, words)
    return code


def _marked(shell: Interpreter, name: str, flags: str, *, empty: bool) -> None:
    """Give a name what the letters say: an array, keys that are words, whole numbers."""
    held = shell.world.shell
    if "A" in flags and name not in held.arrays:
        held = replace(held.keeping(name, Map(), keyed=True), keyed=held.keyed | {name})
    elif "a" in flags and name not in held.arrays:
        held = held.keeping(name, shell.values_of(name))
    elif empty and name not in held.arrays:
        held = held.holding(name, "")
    if "i" in flags:
        held = replace(held, whole=held.whole | {name})
    shell.world = replace(shell.world, shell=held)


def _fixed(process: Process, words: list[str]) -> None:
    names = {re.split(r"[=+\[]", word, maxsplit=1)[0] for word in words}
    held = process.world.shell
    process.world = replace(process.world, shell=replace(held, fixed=held.fixed | names))


def _told(shell: Interpreter, process: Process) -> int:
    """`declare -p`: variables as a shell would read them again."""
    held = process.world.shell
    shell.world = process.world
    asked = [word for word in process.words[1:] if not word.startswith("-")]
    code = 0
    for name in asked or sorted({*held.variables, *held.arrays}):
        if name not in held.variables and name not in held.arrays:
            process.error(f"bash: declare: {name}: not found")
            code = 1
            continue
        flags = _flags(name, process)
        if name in held.arrays:
            keys = expand.keys_in_order(name, shell.context(NOWHERE))
            values = held.arrays[name]
            inside = " ".join(f"[{key}]={_double_quoted(values[key])}" for key in keys)
            process.line(f"declare -{flags} {name}=({inside}{' ' * (name in held.keyed and bool(keys))})")
        else:
            process.line(f"declare -{flags} {name}={_double_quoted(held.variables[name])}")
    return code


def _flags(name: str, process: Process) -> str:
    held = process.world.shell
    kind = ("A" if name in held.keyed else "a") if name in held.arrays else ""
    made = kind + "i" * (name in held.whole) + "r" * (name in held.fixed) + "x" * (name in held.exported)
    return made or "-"


def _double_quoted(text: str) -> str:
    return '"' + re.sub(r'([\\"$`])', r"\\\1", text) + '"'


def _functions(process: Process, names_only: bool) -> int:
    asked = [word for word in process.words[1:] if not word.startswith("-")]
    known = process.world.shell.functions
    if not names_only and (not asked or any(name in known for name in asked)):
        return process.unsupported("printing a function's text")
    for name in asked or sorted(known):
        if name in known:
            process.line(name if asked else f"declare -f {name}")
    return int(any(name not in known for name in asked))


def readonly(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = [word for word in process.words[1:] if not word.startswith("-")]
    if not words:
        for name in sorted(process.world.shell.fixed):
            value = process.world.shell.value(name) or ""
            process.line(f"declare -r {name}={_double_quoted(value)}")
        return 0
    flags = "".join(word[1:] for word in process.words[1:] if word.startswith("-"))
    shell.world = process.world
    for word in words:
        _marked(shell, re.split(r"[=+\[]", word, maxsplit=1)[0], flags, empty=False)
    process.world = shell.world
    code = _assigned(shell, process, words, "readonly")
    if not code:
        _fixed(process, words)
    return code


def unset(shell: Interpreter, process: Process, streams: Streams) -> int:
    functions = "-f" in process.words
    for word in process.words[1:]:
        held = process.world.shell
        name, bracket, index = word.partition("[")
        if word.startswith("-"):
            continue
        if not functions and name in held.fixed:
            raise SimError(f"bash: unset: {name}: cannot unset: readonly variable")
        if bracket and name in held.arrays:
            shell.world = process.world
            key = expand.key_of(name, index.removesuffix("]"), shell.context(NOWHERE))
            values = held.arrays[name]
            made = held.keeping(name, values.delete(key)) if key in values else held
        elif not functions and (name in held.variables or name in held.arrays):
            made = replace(held.lacking(name), exported=held.exported - {name})
        elif name in held.functions:
            made = replace(held, functions=held.functions.delete(name))
        else:
            continue
        process.world = replace(process.world, shell=made)
    return 0
