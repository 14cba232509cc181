"""The shell's words that read: read, mapfile, and getopts, which reads a script's own options."""

import re
from dataclasses import replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, Told
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import expand
from checkpoint.core.sim.shell.interpret import Interpreter, Streams
from checkpoint.core.sim.shell.parse import NotHere


def read_words(shell: Interpreter, process: Process, streams: Streams) -> int:
    flags, names, delimiter, count = _read_options(process)
    separators = process.environment.get("IFS", process.world.shell.value("IFS"))
    waiting = shell.unread if shell.unread is not None else process.stdin
    line, ended, behind = waiting.partition(delimiter) if delimiter else (waiting, "", "")
    if count is not None and len(line) >= count:
        line, ended, behind = waiting[:count], "yes", waiting[count:]
    if shell.unread is not None:
        shell.unread = behind
    if "r" not in flags:
        line = re.sub(r"\\(.)", r"\1", line.replace("\\\n", ""))
    blank = "".join(char for char in " \t\n" if separators is None or char in separators)
    if names or "a" in flags:
        line = line.strip(blank) if blank else line
    shell.world = process.world
    if "a" in flags:
        values = expand.separated(line, separators) if line else []
        if values and not values[-1]:
            values.pop()
        shell.keep_array(names[0] if names else "REPLY", values)
    else:
        _shared_out(shell, names or ["REPLY"], line, separators)
    process.world = shell.world
    return 0 if ended else 1


def _shared_out(shell: Interpreter, names: list[str], line: str, separators: str | None) -> None:
    """One word for each name, and all that is left for the last one."""
    values = expand.separated(line, separators, len(names) - 1) if len(names) > 1 else [line]
    for place, name in enumerate(names):
        shell.assign(name, values[place] if place < len(values) else "")


def _read_options(process: Process) -> tuple[str, list[str], str, int | None]:
    rest = list(process.words[1:])
    flags, delimiter = "", "\n"
    count: int | None = None
    while rest and rest[0].startswith("-") and len(rest[0]) > 1:
        word = rest.pop(0)
        for place, letter in enumerate(word[1:], start=2):
            if letter in "pntdNiu":
                value = word[place:] or (rest.pop(0) if rest else "")
                if letter in "nN" and value.isdecimal() and len(value) < 7:
                    count = int(value)
                elif letter == "d":
                    delimiter = value[:1]
                elif letter == "u":
                    raise NotHere("`read -u`")
                break
            if letter not in "rase":
                raise Told(f"bash: read: -{letter}: invalid option", 2)
            flags += letter
    return flags, rest, delimiter, count


def map_lines(shell: Interpreter, process: Process, streams: Streams) -> int:
    """`mapfile`: the lines of standard input as an array."""
    rest = list(process.words[1:])
    keep_ends, delimiter, most, skipped = True, "\n", 0, 0
    while rest and rest[0].startswith("-"):
        word = rest.pop(0)
        if word[1:2] in ("d", "n", "s"):
            value = word[2:] or (rest.pop(0) if rest else "")
            if word[1] == "d":
                delimiter = value[:1] or "\0"
            elif value.isdecimal() and len(value) < 7:
                most, skipped = (int(value), skipped) if word[1] == "n" else (most, int(value))
        elif word == "-t":
            keep_ends = False
        else:
            raise NotHere(f"`{process.words[0]} {word}`")
    text = shell.unread if shell.unread is not None else process.stdin
    pieces = text.split(delimiter)
    last = pieces.pop()
    lines = [piece + delimiter if keep_ends else piece for piece in pieces] + ([last] if last else [])
    lines = lines[skipped : skipped + most] if most else lines[skipped:]
    if len(lines) > limits.WORDS:
        raise Exhausted(f"an array has at most {limits.WORDS:,} values")
    if shell.unread is not None:
        shell.unread = ""
    shell.world = process.world
    shell.keep_array(rest[0] if rest else "MAPFILE", lines)
    process.world = shell.world
    return 0


def get_options(shell: Interpreter, process: Process, streams: Streams) -> int:
    """`getopts`: the next option of the arguments into a variable, by OPTIND, OPTARG and OPTERR.

    Words from bash 5.2's getopt.c: `NAME: illegal option -- x` and `NAME: option requires an argument -- n`.
    """
    if len(process.words) < 3:
        raise Told("bash: getopts: usage: getopts optstring name [arg ...]", 2)
    wanted, name = process.words[1:3]
    arguments = process.words[3:] or shell.frame.arguments
    shell.world = process.world
    told = shell.world.shell.value("OPTIND") or "1"
    place = int(told) if told.isdecimal() and len(told) < 6 else 1
    inside = shell.inside_option if place == shell.option_place else 1
    word = arguments[place - 1] if 0 < place <= len(arguments) else ""
    if inside == 1 and (not word.startswith("-") or word in ("-", "--")):
        return _options_over(shell, process, name, place + (word == "--"))
    letter = word[inside : inside + 1]
    quiet = wanted.startswith(":") or shell.world.shell.value("OPTERR") == "0"
    found, argument, complaint = letter, None, ""
    at = wanted.find(letter) if letter != ":" else -1
    takes = at >= 0 and wanted[at + 1 : at + 2] == ":"
    inside += 1
    following = place + 1 if inside >= len(word) else place
    if at < 0:
        found, argument = "?", letter if wanted.startswith(":") else None
        complaint = f"illegal option -- {letter}"
    elif takes:
        argument, following = word[inside:], place + 1
        if not argument and place < len(arguments):
            argument, following = arguments[place], place + 2
        elif not argument:
            found, argument = (":", letter) if wanted.startswith(":") else ("?", None)
            complaint = f"option requires an argument -- {letter}"
    if complaint and not quiet:
        process.error(f"{shell.frame.name}: {complaint}")
    shell.option_place, shell.inside_option = following, 1 if following != place else inside
    _set_option(shell, name, found, argument, following)
    process.world = shell.world
    return 0


def _set_option(shell: Interpreter, name: str, found: str, argument: str | None, place: int) -> None:
    shell.assign("OPTIND", str(place))
    shell.assign(name, found)
    if argument is not None:
        shell.assign("OPTARG", argument)
    else:
        shell.world = replace(shell.world, shell=shell.world.shell.lacking("OPTARG"))


def _options_over(shell: Interpreter, process: Process, name: str, place: int) -> int:
    _set_option(shell, name, "?", None, place)
    process.world = shell.world
    return 1
