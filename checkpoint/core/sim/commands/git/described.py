"""What git's options mean: read from the usage texts, and told where those are silent."""

import re
from collections.abc import Iterator
from dataclasses import replace

from checkpoint.core.sim.commands.git.further_help import FURTHER
from checkpoint.core.sim.commands.git.help_text import TEXTS
from checkpoint.core.sim.table import Command, Option

_GAP = 26
"""Columns before an option's meaning."""
_NAMES = re.compile(r"(?:^|, |\| )(--[a-z][a-z-]*|-[A-Za-z0-9](?![A-Z]))")

ON_STDERR = frozenset(
    ("branch", "commit", "diff", "gc", "ls-files", "merge", "rebase", "rev-list", "rev-parse", "status")
)
"""Commands that print even the usage that was asked for as an error."""


def described(command: Command) -> Command:
    """The row with its options' meanings, and with what else the real command has, to be refused by name."""
    real = list(_options_of(TEXTS.get(command.name, "")))
    meanings = FURTHER.get(command.name, {}) | {
        name: one.help for one in real if one.help for name in one.names
    }
    own = tuple(replace(one, help=_meaning(one, meanings)) for one in command.options)
    known = {name for one in own for name in one.names}
    rest = [replace(one, names=tuple(name for name in one.names if name not in known)) for one in real]
    return replace(command, options=(*own, *(one for one in rest if one.names)))


def _meaning(option: Option, meanings: dict[str, str]) -> str:
    return option.help or next((meanings[name] for name in option.names if meanings.get(name)), "")


def _options_of(text: str) -> Iterator[Option]:
    """The options that a usage text lists, none of them simulated."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("    -"):
            beside = len(line) <= _GAP or line[:_GAP].endswith("  ")
            rows.append([line[4:_GAP].strip(), line[_GAP:].strip()] if beside else [line.strip(), ""])
        elif line.startswith(" " * _GAP) and rows:
            rows[-1][1] = f"{rows[-1][1]} {line.strip()}".strip()
    for names, meaning in rows:
        found = tuple(_NAMES.findall(names))
        value = names.split(found[-1], 1)[1] if found else ""
        if found:
            yield Option(found, value.strip(" [=]<>"), meaning, optional="[=" in value, simulated=False)


def page(command: Command) -> str:
    """What `git help NAME` tells: the usage, what can be used here, and the names of what can't."""
    lines = [f"{command.path} - {command.help}", "", *_usage_lines(command)]
    shown = [one for one in command.options if one.simulated]
    if shown:
        lines += ["", "options:"]
    for one in shown:
        names = ", ".join(sorted(one.names, key=len)) + _value(one)
        lead = f"    {names}"
        gap = f"\n{' ' * _GAP}" if len(lead) > _GAP - 2 else " " * (_GAP - len(lead))
        lines.append(f"{lead}{gap}{one.help}".rstrip())
    absent = [one.key for one in command.options if not one.simulated]
    if absent:
        lines += ["", f"Not simulated here: {', '.join(absent)}"]
    return "\n".join(lines)


def _value(option: Option) -> str:
    if not option.value:
        return ""
    name = f"<{option.value.lower()}>"
    return f"[={name}]" if option.optional else f" {name}"


def _usage_lines(command: Command) -> list[str]:
    text = TEXTS.get(command.name)
    if text is None:
        return [f"usage: {command.path} {command.usage}".rstrip()]
    head, _, _ = text.partition("\n\n")
    return head.splitlines()


def usage(command: Command) -> str:
    """What git prints to whoever asks with `-h` or uses the command wrongly, without its last line's end."""
    text = TEXTS.get(command.name)
    return page(command) if text is None else text.removesuffix("\n")
