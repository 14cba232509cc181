"""Words to the strings that a command is given: braces, tilde, parameters, substitutions, patterns."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Ending, Exhausted
from checkpoint.core.sim.parts.files import Folder, names_of, text_of
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.shell.arithmetic import evaluate
from checkpoint.core.sim.shell.syntax import Arithmetic, Parameter, Piece, Sequence, Substitution, Text, Word
from checkpoint.core.sim.world import Shell, World

_BLANK = " \t\n"
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")


@dataclass(frozen=True, slots=True)
class Context:
    """What words may refer to. `substitute` runs a list and gives what it printed."""

    look: Callable[[], World]
    """The world as it is now: a word before may have assigned a variable or written a file."""
    arguments: tuple[str, ...]
    """`$1` and so on."""
    name: str
    """`$0`."""
    substitute: Callable[[Sequence], str]
    assign: Callable[[str, str], None]

    @property
    def world(self) -> World:
        return self.look()


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one kind: as typed, quoted, or what an expansion gave."""

    text: str
    quoted: bool = False
    given: bool = False
    """From an expansion: split at blanks where it isn't quoted."""


def fields(words: tuple[Word, ...], context: Context) -> list[str]:
    """All words, expanded and split, patterns replaced by the paths they fit."""
    found: list[str] = []
    for word in words:
        start = _value_in(word)
        for single in braced(word):
            for field in _split(_bounded(single, context, start), context.world.shell.value("IFS")):
                found.extend(_globbed(field, context.world))
                if len(found) > limits.WORDS:
                    raise Exhausted(f"a line has at most {limits.WORDS:,} words after expansion")
    if sum(map(len, found)) > limits.VARIABLES:
        raise Exhausted(f"all words of a command together have at most {limits.VARIABLES // 1024} KB")
    return found


def _bounded(word: Word, context: Context, start: int | None = None) -> list["_Run"]:
    """What a word's pieces become, stopped where it grows beyond all use."""
    found, size = [], 0
    for run in _runs(word, context, start):
        size += len(run.text)
        if size > limits.VALUE:
            raise Exhausted(f"a word has at most {limits.VALUE // 1024} KB after expansion")
        found.append(run)
    return found


def single(word: Word, context: Context) -> str:
    """One word without splitting or patterns: a redirection's goal, a subject of `case`."""
    return "".join(run.text for run in _bounded(word, context))


def value(word: Word, context: Context) -> str:
    """What an assignment gives: one word, a tilde expanded after each colon too."""
    return "".join(run.text for run in _bounded(word, context, 0))


def pattern(word: Word, context: Context) -> tuple[patterns.Mark, ...]:
    """A word as a pattern for `case`, `[[ == ]]` and `${name#…}`."""
    text, quoted = _masked(_bounded(word, context))
    return patterns.compiled(text, quoted)


# --- braces ------------------------------------------------------------------


def braced(word: Word) -> Iterator[Word]:
    """`a{b,c}` is `ab ac`, `{1..3}` is `1 2 3`; only where braces are typed and unquoted."""
    for place, piece in enumerate(word):
        if not isinstance(piece, Text) or piece.quoted or "{" not in piece.text:
            continue
        match = re.search(r"\{([^{}]*)\}", piece.text)
        if match:
            choices = _choices(match[1])
            if choices is None:
                continue
            for choice in choices:
                text = piece.text[: match.start()] + choice + piece.text[match.end() :]
                yield from braced((*word[:place], replace(piece, text=text), *word[place + 1 :]))
            return
    yield word


def _choices(inside: str) -> list[str] | None:
    numbers = re.fullmatch(r"(-?\d{1,6})\.\.(-?\d{1,6})(?:\.\.(-?\d{1,6}))?", inside)
    if numbers:
        first, last, step = int(numbers[1]), int(numbers[2]), abs(int(numbers[3] or 1)) or 1
        width = max(map(len, numbers.groups()[:2])) if re.search(r"\b0\d", inside) else 0
        made = range(first, last + 1, step) if first <= last else range(first, last - 1, -step)
        if len(made) > limits.WORDS:
            raise Exhausted(f"braces become at most {limits.WORDS:,} words")
        return [str(number).zfill(width) for number in made]
    letters = re.fullmatch(r"([a-zA-Z])\.\.([a-zA-Z])", inside)
    if letters:
        first, last = ord(letters[1]), ord(letters[2])
        span = range(first, last + 1) if first <= last else range(first, last - 1, -1)
        return [chr(code) for code in span]
    return inside.split(",") if "," in inside else None


# --- parameters, substitutions, arithmetic ------------------------------------


def _runs(word: Word, context: Context, start: int | None = None) -> Iterator[_Run]:
    """`start` is where the value begins in a word that assigns."""
    for place, piece in enumerate(word):
        if not isinstance(piece, Text):
            yield from _given(piece, context)
        elif piece.quoted:
            yield _Run(piece.text, True)
        else:
            cut = (start or 0) if place == 0 else 0
            yield _Run(piece.text[:cut])
            last, colon = place == len(word) - 1, start is not None
            yield from _homes(piece.text[cut:], context, first=place == 0, last=last, colon=colon)


def _value_in(word: Word) -> int | None:
    """Where the value begins in an argument like `name=value`, in which bash expands tildes too."""
    first = word[0] if word else None
    found = _NAMED.match(first.text) if isinstance(first, Text) and not first.quoted else None
    return found.end() if found else None


def _homes(text: str, context: Context, *, first: bool, last: bool, colon: bool) -> Iterator[_Run]:
    """An unquoted text with its tildes expanded: at the word's start, in assignments after each colon."""
    parts = text.split(":") if colon else [text]
    for number, part in enumerate(parts):
        if number:
            yield _Run(":")
        home = ""
        if part.startswith("~") and (number or first):
            home, part = _tilde(part, last=last or number < len(parts) - 1, context=context)
        if home:
            yield _Run(home, True)
        yield _Run(part)


def _tilde(text: str, *, last: bool, context: Context) -> tuple[str, str]:
    end = text.find("/")
    name = text[1:end] if end >= 0 else text[1:]
    if end < 0 and not last:
        return "", text
    shell = context.world.shell
    places = {
        "": shell.value("HOME") or shell.home,
        "+": shell.cwd,
        "-": shell.before or "~-",
        shell.user: shell.home,
    }
    if name not in places:
        return "", text
    return places[name], text[1 + len(name) :]


def home_expanded(typed: str, shell: Shell) -> str:
    """A path as typed outside the shell, with `~` and relative to the shell's folder."""
    if typed == "~" or typed.startswith("~/"):
        typed = shell.home + typed[1:]
    return text_of(names_of(typed, shell.cwd))


def calculated(word: Word, context: Context) -> int:
    """The value of an arithmetic expression, its assignments carried out."""
    return evaluate(single(word, context), lambda name: _value(name, context) or "0", context.assign)


def _given(piece: Piece, context: Context) -> Iterator[_Run]:
    if isinstance(piece, Substitution):
        yield _Run(context.substitute(piece.body).rstrip("\n"), piece.quoted, True)
    elif isinstance(piece, Arithmetic):
        text = single(piece.expression, context)
        yield _Run(
            str(evaluate(text, lambda name: _value(name, context) or "0", context.assign)), piece.quoted, True
        )
    elif isinstance(piece, Parameter):
        if piece.name in ("@", "*") and not piece.operator and not piece.length:
            yield from _arguments(piece, context)
        else:
            yield from _parameter(piece, context)


def _arguments(piece: Parameter, context: Context) -> Iterator[_Run]:
    if piece.quoted and piece.name == "@":
        for place, argument in enumerate(context.arguments):
            if place:
                yield _Run(" ", False, True)
            yield _Run(argument, True, True)
    else:
        yield _Run(" ".join(context.arguments), piece.quoted, True)


def _value(name: str, context: Context) -> str | None:
    shell = context.world.shell
    if name.isdecimal():
        number = int(name)
        if number == 0:
            return context.name
        return context.arguments[number - 1] if number <= len(context.arguments) else None
    special = {
        "?": str(shell.status),
        "#": str(len(context.arguments)),
        "$": "4242",
        "!": "",
        "-": "himBHs",
        "@": " ".join(context.arguments),
        "*": " ".join(context.arguments),
        "RANDOM": str(_random(context.world)),
        "HOSTNAME": context.world.host,
        "UID": "1000",
        "EUID": "1000",
        "BASH_VERSION": "5.2.15(1)-release",
        "PWD": shell.cwd,
        "OLDPWD": shell.before or None,
    }
    return special[name] if name in special else shell.value(name)


def _random(world: World) -> int:
    """A number that looks like chance, the same whenever the same lines are typed."""
    told = f"{world.seed} {world.clock} {world.drawn} {len(world.shell.history)} {world.files.size}"
    return zlib.crc32(told.encode("utf-8", "surrogateescape")) % 32768


def _parameter(piece: Parameter, context: Context) -> Iterator[_Run]:
    value = _value(piece.name, context)
    unset = value is None and piece.operator.lstrip(":") not in ("-", "=", "+", "?")
    if (unset or (value is None and not piece.operator)) and "nounset" in context.world.shell.options:
        raise Ending(f"bash: {piece.name}: unbound variable")
    if piece.length:
        yield _Run(str(len(value or "")), piece.quoted, True)
        return
    operator = piece.operator
    if operator.lstrip(":") in ("-", "=", "+", "?") and operator:
        yield from _default(piece, value, context)
    elif operator:
        yield _Run(_cut(value or "", piece, context), piece.quoted, True)
    else:
        yield _Run(value or "", piece.quoted, True)


def _default(piece: Parameter, value: str | None, context: Context) -> Iterator[_Run]:
    kind = piece.operator.lstrip(":")
    lacking = not value if piece.operator.startswith(":") else value is None
    if kind == "+":
        if not lacking:
            yield from _runs(piece.word, context)
        return
    if not lacking:
        yield _Run(value or "", piece.quoted, True)
    elif kind == "?":
        why = single(piece.word, context) or "parameter null or not set"
        raise Ending(f"bash: {piece.name}: {why}", 127)
    elif kind == "=":
        made = single(piece.word, context)
        context.assign(piece.name, made)
        yield _Run(made, piece.quoted, True)
    else:
        yield from _runs(piece.word, context)


def _cut(value: str, piece: Parameter, context: Context) -> str:
    operator = piece.operator
    if operator in ("#", "##", "%", "%%"):
        return _trimmed(value, operator, pattern(piece.word, context))
    if operator in ("/", "//"):
        return _swapped(value, piece, context)
    if operator == "^^":
        return value.upper()
    if operator == ",,":
        return value.lower()
    if operator in ("^", ","):
        return (value[:1].upper() if operator == "^" else value[:1].lower()) + value[1:]
    text = single(piece.word, context)
    first, _, length = text.partition(":")
    start = evaluate(first, lambda name: _value(name, context) or "0", context.assign)
    begin = start if start >= 0 else max(0, len(value) + start)
    if not length:
        return value[begin:]
    count = evaluate(length, lambda name: _value(name, context) or "0", context.assign)
    return value[begin : begin + count] if count >= 0 else value[begin:count]


def _trimmed(value: str, operator: str, marks: tuple[patterns.Mark, ...]) -> str:
    lazy = operator in ("#", "%%")
    inside = patterns.expression(marks, lazy=operator == "#")
    if operator.startswith("#"):
        found = patterns.searched(f"^{inside}", value)
        return value[found[1] :] if found else value
    before = "(?:.*?)" if lazy else "(?:.*)"
    found = patterns.searched(f"^({before}){inside}$", value, group=1)
    return value[: found[1]] if found else value


def _swapped(value: str, piece: Parameter, context: Context) -> str:
    """`${name/pattern/text}`."""
    text, quoted = _masked(list(_runs(piece.word, context)))
    slash = text.find("/")
    wanted, made = (text, "") if slash < 0 else (text[:slash], text[slash + 1 :])
    marks = patterns.compiled(wanted, quoted[: len(wanted)])
    if not marks:
        return value
    return patterns.replaced(marks, value, made, once=piece.operator == "/")


# --- splitting and patterns ---------------------------------------------------


def _split(runs: list[_Run], separators: str | None) -> Iterator[list[_Run]]:
    """Fields: cut where expansions gave blanks, or what IFS holds; a word without anything left is none."""
    field: list[_Run] = []
    for run in runs:
        if run.quoted or not run.given:
            if run.text or run.quoted:
                field.append(run)
            continue
        pieces = separated(run.text, separators)
        for place, piece in enumerate(pieces):
            if place:
                if field:
                    yield field
                field = []
            if piece:
                field.append(_Run(piece, False, True))
    if field:
        yield field


def separated(text: str, separators: str | None = None, most: int = 0) -> list[str]:
    """A text cut at blanks, or at the characters of IFS; at most `most` times.

    >>> separated("a:b c", ":")
    ['a', 'b c']
    """
    chosen = _BLANK if separators is None else separators
    blank = "".join(re.escape(char) for char in chosen if char in _BLANK)
    other = "".join(re.escape(char) for char in chosen if char not in _BLANK)
    blanks = f"[{blank}]" if blank else "(?!)"
    cut = f"{blanks}*[{other}]{blanks}*|{blanks}+" if other else f"{blanks}+"
    return re.split(cut, text, maxsplit=most) if blank or other else [text]


def _masked(runs: list[_Run]) -> tuple[str, tuple[bool, ...]]:
    text = "".join(run.text for run in runs)
    return text, tuple(run.quoted for run in runs for _ in run.text)


def _globbed(field: list[_Run], world: World) -> list[str]:
    text, quoted = _masked(field)
    if not any(c in "*?[" and not q for c, q in zip(text, quoted, strict=True)):
        return [text]
    found = sorted(_paths(text, quoted, world))
    return found or [text]


def _paths(text: str, quoted: tuple[bool, ...], world: World) -> Iterator[str]:
    names, masks, start = [], [], 0
    for end in [n for n, c in enumerate(text) if c == "/"] + [len(text)]:
        names.append(text[start:end])
        masks.append(quoted[start:end])
        start = end + 1
    typed = "/" if text.startswith("/") else ""
    yield from _below(typed, names[1:] if typed else names, masks[1:] if typed else masks, world)


def _below(prefix: str, names: list[str], masks: list[tuple[bool, ...]], world: World) -> Iterator[str]:
    if not names:
        yield prefix
        return
    name, rest = names[0], names[1:]
    marks = patterns.compiled(name, masks[0])
    place = prefix if prefix.startswith("/") else f"{world.shell.cwd}/{prefix}"
    slash = "/" if rest else ""
    if not patterns.is_pattern(marks):
        if not name and not rest:
            yield prefix
        elif world.files.get(f"{place}/{name}", follow=bool(rest)) is not None:
            yield from _below(prefix + name + slash, rest, masks[1:], world)
        return
    folder = world.files.get(place)
    if not isinstance(folder, Folder):
        return
    for entry in sorted(folder.entries):
        if entry.startswith(".") and not name.startswith("."):
            continue
        if not patterns.matches(marks, entry):
            continue
        if rest and not world.files.is_folder(f"{place}/{entry}"):
            continue
        yield from _below(prefix + entry + slash, rest, masks[1:], world)
