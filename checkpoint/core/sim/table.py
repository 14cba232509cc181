"""The table of commands: parsing, help, completion and what a scenario allows derive from it.

A tool is a `Command`, its subcommands are Commands below it. An option that the real tool has but that
isn't simulated is listed with `simulated=False`: it is refused by name and changes nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from checkpoint.core.sim.errors import SimError, Told
from checkpoint.core.sim.process import Process


@dataclass(frozen=True, slots=True)
class Option:
    """`names` as typed, dashes included, the longest of them its key. `value` names its argument."""

    names: tuple[str, ...]
    value: str = ""
    help: str = ""
    optional: bool = False
    """The argument may be left out, and otherwise stands behind `=` or in the same word."""
    simulated: bool = True
    at_end: bool = False
    """At the end of the line the argument may be left out; elsewhere it is the next word."""

    @property
    def key(self) -> str:
        return max(self.names, key=len)

    @property
    def meaning(self) -> str:
        """What help says of it: what it is for, and whether it isn't simulated."""
        return self.help if self.simulated else f"{self.help} (not simulated here)".strip()


@dataclass(slots=True)
class Args:
    """What was typed behind a command's name."""

    options: dict[str, list[str]] = field(default_factory=dict)
    """By the option's key; a flag's values are empty texts, one for each time."""
    rest: list[str] = field(default_factory=list)
    """Operands in their order."""
    dashed: int | None = None
    """How many operands stood before `--`, where there was one."""

    def has(self, key: str) -> bool:
        return key in self.options

    def count(self, key: str) -> int:
        return len(self.options.get(key, ()))

    def value(self, key: str, default: str = "") -> str:
        """The last one given."""
        return self.options.get(key, [default])[-1]

    def values(self, key: str) -> list[str]:
        return self.options.get(key, [])


class UsageError(Told):
    """The words don't fit the table."""


class NotSimulated(SimError):
    """Real, but not simulated."""

    def __init__(self, what: str) -> None:
        super().__init__(what, 2)
        self.what = what


class Style(Protocol):
    """How a tool reads options and words its complaints."""

    @property
    def single_dash(self) -> bool:
        """`-name` is a long option (Go's flag package)."""

    @property
    def abbreviates(self) -> bool:
        """An unambiguous beginning of a long option will do."""

    @property
    def stops(self) -> bool:
        """The first operand ends the options."""

    def unknown(self, command: "Command", typed: str) -> UsageError: ...
    def lacks_value(self, command: "Command", typed: str) -> UsageError: ...
    def unwanted_value(self, command: "Command", typed: str) -> UsageError: ...
    def unknown_subcommand(self, command: "Command", typed: str) -> UsageError: ...


Run = Callable[[Process, Args], int]


@dataclass(frozen=True, slots=True)
class Command:
    """One row: `path` is the full name (`git commit`), `usage` what stands behind it in its help."""

    path: str
    help: str
    run: Run | None = None
    usage: str = ""
    options: tuple[Option, ...] = ()
    subcommands: tuple["Command", ...] = ()
    aliases: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    """Subcommands that the real tool has and this one hasn't."""
    raw: bool = False
    """Reads its words itself: all of them are operands."""
    dispatches: bool = False
    """Looks for its subcommand itself, behind options and aliases of its own: it is handed every word."""
    numbers: str = ""
    """Key of the option that `-5` stands for."""
    style: Style | None = None
    """None: that of the command above."""
    stops: bool | None = None
    """Whether the first operand ends the options; None: as the style says."""

    @property
    def name(self) -> str:
        return self.path.rsplit(" ", 1)[-1]

    def below(self, name: str) -> "Command | None":
        return next((one for one in self.subcommands if name == one.name or name in one.aliases), None)

    def option(self, name: str) -> Option | None:
        return next((one for one in self.options if name in one.names), None)

    def walk(self) -> Iterator["Command"]:
        yield self
        for one in self.subcommands:
            yield from one.walk()


def parsed(command: Command, words: Sequence[str], style: Style) -> Args:
    """The words behind a command's name, by its row of the table.

    Raises UsageError in the tool's words, NotSimulated for a real option that isn't simulated.
    """
    if command.raw:
        return Args(rest=list(words))
    return _Reader(command, list(words), style).whole()


class _Reader:
    def __init__(self, command: Command, words: list[str], style: Style) -> None:
        self.command, self.words, self.style = command, words, style
        self.stops = style.stops if command.stops is None else command.stops
        self.args = Args()

    def whole(self) -> Args:
        while self.words:
            word = self.words.pop(0)
            if word == "--":
                self.args.dashed = len(self.args.rest)
                self.args.rest += self.words
                break
            if not word.startswith("-") or word == "-":
                self.args.rest.append(word)
                if self.stops:
                    self.args.rest += self.words
                    break
            elif word.startswith("--") or self.style.single_dash:
                self.long(word)
            else:
                self.short(word)
        return self.args

    def add(self, option: Option, typed: str, value: str = "") -> None:
        if not option.simulated:
            raise NotSimulated(f"{self.command.path} {typed}")
        self.args.options.setdefault(option.key, []).append(value)

    def long(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = self.command.option(name) or self.abbreviated(name)
        if option is None and self.style.single_dash and name.startswith("--"):
            option = self.command.option(name[1:])
        if option is None:
            raise self.style.unknown(self.command, name)
        if equals:
            if not option.value and option.simulated:
                raise self.style.unwanted_value(self.command, word)
            self.add(option, name, value)
        elif option.value and not option.optional:
            self.add(option, name, "" if option.at_end and not self.words else self.following(name))
        else:
            self.add(option, name)

    def abbreviated(self, name: str) -> Option | None:
        if not self.style.abbreviates or len(name) < 4:
            return None
        fitting = {
            option.key: option
            for option in self.command.options
            if any(known.startswith(name) for known in option.names if known.startswith("--"))
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def short(self, word: str) -> None:
        if self.command.numbers and word[1:].isdecimal():
            self.args.options.setdefault(self.command.numbers, []).append(word[1:])
            return
        for place in range(1, len(word)):
            typed = f"-{word[place]}"
            option = self.command.option(typed)
            if option is None:
                raise self.style.unknown(self.command, typed if place > 1 or len(word) == 2 else word)
            if option.value:
                behind = word[place + 1 :]
                if behind or option.optional:
                    self.add(option, typed, behind.removeprefix("=") if behind != "=" else behind)
                else:
                    self.add(option, typed, self.following(typed))
                return
            self.add(option, typed)

    def following(self, typed: str) -> str:
        if not self.words:
            raise self.style.lacks_value(self.command, typed)
        return self.words.pop(0)


def with_real(command: Command, real: Mapping[str, str]) -> Command:
    """The rows with options that the real tool has and this one hasn't, so that they are refused by name.

    `real` maps a row's path to words such as `-e/--editor` or `--milestone=name`, which takes an argument.
    """
    options = tuple(_unsimulated(word) for word in real.get(command.path, "").split())
    below = tuple(with_real(one, real) for one in command.subcommands)
    return replace(command, options=(*command.options, *options), subcommands=below)


def with_help(command: Command, told: Mapping[str, Mapping[str, str]]) -> Command:
    """The rows with what their options are for, where they don't say it themselves.

    `told` maps a row's path, or an empty text for all rows, to a meaning by the option's key.
    """
    own, common = told.get(command.path, {}), told.get("", {})
    options = tuple(
        replace(one, help=one.help or own.get(one.key) or common.get(one.key, "")) for one in command.options
    )
    return replace(
        command, options=options, subcommands=tuple(with_help(one, told) for one in command.subcommands)
    )


def _unsimulated(word: str) -> Option:
    names, _, value = word.partition("=")
    return Option(tuple(names.split("/")), value, simulated=False)


def find(tools: Mapping[str, Command], words: Sequence[str]) -> tuple[Command, Style | None, list[str]]:
    """The row that the words name, its style, and the words behind it. The first word is a tool."""
    command = tools[words[0]]
    style = command.style
    rest = list(words[1:])
    while rest and command.subcommands and not rest[0].startswith("-"):
        below = command.below(rest[0])
        if below is None:
            break
        command, style, rest = below, below.style or style, rest[1:]
    return command, style, rest
