"""What a typed line means to the shell, as a tree."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they stand; quoted ones are neither split nor taken for a pattern."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$name` or `${name…}`: `operator` is one of `:- - := = :+ + :? ? # ## % %% / // : ^ ^^ , ,, @Q` or
    empty.

    `length` asks for `${#name}`, `indirect` for `${!name}`: what the variable named by this one holds, or
    with the index `@` an array's keys, or with the operator `@` or `*` the variables whose names begin so.
    """

    name: str
    operator: str = ""
    word: "Word" = ()
    quoted: bool = False
    length: bool = False
    index: "Word | None" = None
    """What stands in `${name[…]}`."""
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(list)` or backquotes: what the list prints."""

    body: "Sequence"
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`$((expression))`."""

    expression: "Word"
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Connected:
    """`<(list)` or `>(list)`: a path that gives what the list prints, or takes what the list reads."""

    body: "Sequence"
    into: bool = False


Piece = Text | Parameter | Substitution | Arithmetic | Connected
Word = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One value of `name=(…)`; with a key it is `[key]=value`."""

    word: Word
    key: Word | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name=value`, `name[index]=value` or `name=(…)`; `added` is `+=`."""

    name: str
    value: Word = ()
    index: Word | None = None
    elements: tuple[Element, ...] | None = None
    added: bool = False


@dataclass(frozen=True, slots=True)
class Redirection:
    """`fd` operator goal. `body` is set for here-documents and here-strings."""

    fd: int
    operator: Literal["<", ">", ">>", ">&", "<&", "&>", "&>>", "<<", "<<<", ">|"]
    goal: Word


@dataclass(frozen=True, slots=True)
class Simple:
    assignments: tuple[Assignment, ...] = ()
    words: tuple[Word, ...] = ()
    redirections: tuple[Redirection, ...] = ()
    arrays: tuple[Assignment, ...] = ()
    """The `name=(…)` among the arguments of `declare` and its like, whose words hold the name alone."""
    line: int = 0
    """Where it stands in its script, counted from 1."""


@dataclass(frozen=True, slots=True)
class Group:
    """`{ list; }`, or `( list )` whose shell is forgotten afterwards."""

    body: "Sequence"
    subshell: bool = False
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class If:
    branches: tuple[tuple["Sequence", "Sequence"], ...]
    otherwise: "Sequence | None" = None
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class For:
    name: str
    words: tuple[Word, ...] | None
    """None: over the positional parameters."""
    body: "Sequence"
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Select:
    """`select name in …`: a numbered list to choose from."""

    name: str
    words: tuple[Word, ...] | None
    body: "Sequence"
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """`for ((start; test; step))`: three arithmetic expressions, each may be empty."""

    start: Word
    test: Word
    step: Word
    body: "Sequence"
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculation:
    """`((expression))`: succeeds where its value isn't 0."""

    expression: Word
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class While:
    condition: "Sequence"
    body: "Sequence"
    until: bool = False
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    subject: Word
    arms: tuple[tuple[tuple[Word, ...], "Sequence"], ...]
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """`[[ … ]]`: words and operators, kept flat; read by `conditions.py`."""

    words: tuple[Word, ...]
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    body: "Command"
    redirections: tuple[Redirection, ...] = ()


Command = Simple | Group | If | For | Select | Counting | Calculation | While | Case | Condition | Function


@dataclass(frozen=True, slots=True)
class Pipeline:
    commands: tuple[Command, ...]
    negated: bool = False
    joined: tuple[bool, ...] = ()
    """For each `|` whether it was `|&`."""


@dataclass(frozen=True, slots=True)
class AndOr:
    first: Pipeline
    rest: tuple[tuple[Literal["&&", "||"], Pipeline], ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """Commands one after the other."""

    items: tuple[AndOr, ...] = ()
