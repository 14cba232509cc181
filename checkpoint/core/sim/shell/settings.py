"""The shell's words that set how it behaves: trap, shopt, alias."""

import re
from dataclasses import replace

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell.interpret import Interpreter, Streams
from checkpoint.core.sim.shell.parse import NotHere
from checkpoint.core.sim.world import Shell

_NUMBERS = {"0": "EXIT", "1": "HUP", "2": "INT", "3": "QUIT", "15": "TERM"}
_SIGNALS = ("HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "PIPE", "ALRM", "CHLD", "WINCH", "TSTP", "CONT")
_ORDER = ("EXIT", *_SIGNALS, "ERR")


def _changed(process: Process, made: Shell) -> int:
    process.world = replace(process.world, shell=made)
    return 0


def trap(shell: Interpreter, process: Process, streams: Streams) -> int:
    """What is run when the shell ends (EXIT) or a command fails (ERR); other signals never come here."""
    words = [word for word in process.words[1:] if word != "--"]
    held = process.world.shell
    if not words or words[0] == "-p":
        asked = [_signal(word) for word in words[1:]]
        for name in _ORDER:
            if name in held.traps and (not asked or name in asked):
                shown = name if name in ("EXIT", "ERR") else f"SIG{name}"
                process.line(f"trap -- {_quoted(held.traps[name])} {shown}")
        return 0
    if words[0] == "-l":
        return process.unsupported("`trap -l`")
    action, signals = (words[0], words[1:]) if len(words) > 1 else ("-", words)
    traps = held.traps
    for word in signals:
        name = _signal(word)
        if action != "-":
            traps = traps.set(name, action)
        elif name in traps:
            traps = traps.delete(name)
    if sum(map(len, traps.values())) > limits.VALUE:
        raise Exhausted(f"all traps together hold at most {limits.VALUE // 1024} KB")
    return _changed(process, replace(held, traps=traps))


def _signal(word: str) -> str:
    name = _NUMBERS.get(word, word.upper().removeprefix("SIG"))
    if name in ("DEBUG", "RETURN"):
        raise NotHere(f"a trap on {name}")
    if name not in _ORDER:
        raise SimError(f"bash: trap: {word}: invalid signal specification")
    return name


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


_KNOWN = (
    "nullglob",
    "dotglob",
    "failglob",
    "extglob",
    "globstar",
    "nocasematch",
    "expand_aliases",
    "lastpipe",
)
_HELD = ("nullglob",)
_IDLE = {"expand_aliases": True, "extglob": False}
"""Options that change nothing that is simulated, and whether they are on in a shell at a prompt."""


def shopt(shell: Interpreter, process: Process, streams: Streams) -> int:
    words = list(process.words[1:])
    flags = "".join(words.pop(0)[1:] for _ in range(len(words)) if words and words[0].startswith("-"))
    held = process.world.shell
    options = set(held.options)
    code = 0
    for name in words:
        if not re.fullmatch(r"[a-z_]+", name) or (name not in _KNOWN and "o" not in flags):
            process.error(f"bash: shopt: {name}: invalid shell option name")
            code = 1
        elif name not in _HELD and name not in _IDLE and "s" in flags:
            raise NotHere(f"`shopt -s {name}`")
        elif "s" in flags or "u" in flags:
            options.discard(name) if "u" in flags else options.add(name)
        else:
            on = name in options or _IDLE.get(name, False)
            code = code or int(not on)
            if "q" not in flags:
                process.line(f"{name:<15}\t{'on' if on else 'off'}")
    _changed(process, replace(held, options=frozenset(options)))
    return code


def alias(shell: Interpreter, process: Process, streams: Streams) -> int:
    """Other words for the beginning of a command; they count from the next line on."""
    words = [word for word in process.words[1:] if word != "-p"]
    aliases = process.world.shell.aliases
    code = 0
    for name in sorted(aliases) if not words else ():
        process.line(f"alias {name}={_quoted(aliases[name])}")
    for word in words:
        name, equals, text = word.partition("=")
        if equals:
            aliases = aliases.set(name, text)
        elif name in aliases:
            process.line(f"alias {name}={_quoted(aliases[name])}")
        else:
            process.error(f"bash: alias: {name}: not found")
            code = 1
    if len(aliases) > limits.FUNCTIONS or sum(map(len, aliases.values())) > limits.VALUE:
        raise Exhausted(f"there are at most {limits.FUNCTIONS} aliases")
    _changed(process, replace(process.world.shell, aliases=aliases))
    return code


def unalias(shell: Interpreter, process: Process, streams: Streams) -> int:
    aliases = process.world.shell.aliases
    code = 0
    for name in process.words[1:]:
        if name == "-a":
            aliases = Map()
        elif name in aliases:
            aliases = aliases.delete(name)
        else:
            process.error(f"bash: unalias: {name}: not found")
            code = 1
    _changed(process, replace(process.world.shell, aliases=aliases))
    return code
