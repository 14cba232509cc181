"""Words to the strings that a command is given: braces, tilde, parameters, substitutions, patterns."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Ending, Exhausted, SimError
from checkpoint.core.sim.parts.files import Folder, names_of, text_of
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.shell.arithmetic import evaluate
from checkpoint.core.sim.shell.syntax import (
    Arithmetic,
    Connected,
    Parameter,
    Piece,
    Sequence,
    Substitution,
    Text,
    Word,
)
from checkpoint.core.sim.world import Shell, World

_BLANK = " \t\n"
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_TARGET = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|\d+|[@*#?])(?:\[([^\]]*)\])?")


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
    connect: Callable[[Connected], str]
    """The path that stands for `<(list)`."""
    own: Callable[[str], tuple[str, ...] | None]
    """Arrays that the shell keeps itself, such as PIPESTATUS and FUNCNAME."""
    line: int = 0
    """Where in its script the command stands."""

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
    cut: bool = False
    """Nothing but the end of a word, as between the values of `"$@"`."""


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
    return _joined(_bounded(word, context))


def _joined(runs: list["_Run"]) -> str:
    return "".join(" " if run.cut else run.text for run in runs)


def value(word: Word, context: Context) -> str:
    """What an assignment gives: one word, a tilde expanded after each colon too."""
    return _joined(_bounded(word, context, 0))


def pattern(word: Word, context: Context) -> tuple[patterns.Mark, ...]:
    """A word as a pattern for `case`, `[[ == ]]` and `${name#…}`."""
    text, quoted = _masked(_bounded(word, context))
    return patterns.compiled(text, quoted)


def expression(word: Word, context: Context) -> str:
    """A word as an expression for `[[ =~ ]]`, in which quoted characters stand for themselves."""
    return "".join(
        re.sub(r"[.^$*+?()\[\]{}|\\]", r"\\\g<0>", run.text) if run.quoted else run.text
        for run in _bounded(word, context)
    )


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
    letters = re.fullmatch(r"([a-zA-Z])\.\.([a-zA-Z])(?:\.\.-?(\d{1,6}))?", inside)
    if letters:
        first, last, step = ord(letters[1]), ord(letters[2]), int(letters[3] or 1) or 1
        span = range(first, last + 1, step) if first <= last else range(first, last - 1, -step)
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
    return _reckoned(single(word, context), context)


def _reckoned(text: str, context: Context) -> int:
    return evaluate(text, lambda name: named(name, context) or "0", context.assign)


def named(name: str, context: Context) -> str | None:
    """The value of a variable, or of one in an array: `name` or `name[index]`."""
    plain, bracket, index = name.partition("[")
    if not bracket:
        return _value(name, context)
    values = _held(plain, context)
    if values is None:
        return None
    key = index[:-1]
    return values.get(key_of(plain, key, context))


def key_of(name: str, typed: str, context: Context) -> str:
    """The key that an index means: a word, or what an expression gives, counted from the end below 0."""
    if name in context.world.shell.keyed:
        return typed
    number = _reckoned(typed, context)
    if number < 0:
        values = _held(name, context) or {}
        number += max(map(int, values), default=-1) + 1
        if number < 0:
            raise SimError(f"bash: {name}: bad array subscript")
    return str(number)


def _held(name: str, context: Context) -> Mapping[str, str] | None:
    """The values of an array by key; a plain variable is an array of one."""
    own = context.own(name)
    if own is not None:
        return {str(number): value for number, value in enumerate(own)}
    shell = context.world.shell
    if name in shell.arrays:
        return shell.arrays[name]
    value = _value(name, context)
    return None if value is None else {"0": value}


def keys_in_order(name: str, context: Context) -> list[str]:
    """An array's keys: numbers by size, words in the order of bash's hash table."""
    values = _held(name, context) or {}
    return ordered(values, keyed=name in context.world.shell.keyed)


def ordered(keys: Iterable[str], *, keyed: bool) -> list[str]:
    """bash 5.2 walks its 1,024 buckets (hashlib.c, assoc.h), numbers come by size."""
    return sorted(keys, key=(lambda key: _bucket(key)) if keyed else int)


def _bucket(key: str) -> int:
    """FNV-1, as hash_string of bash's hashlib.c has it."""
    made = 2166136261
    for byte in key.encode("utf-8", "surrogateescape"):
        made = (made * 16777619) & 0xFFFFFFFF
        made ^= byte
    return made & 1023


def _given(piece: Piece, context: Context) -> Iterator[_Run]:
    if isinstance(piece, Substitution):
        yield _Run(context.substitute(piece.body).rstrip("\n"), piece.quoted, True)
    elif isinstance(piece, Arithmetic):
        yield _Run(str(calculated(piece.expression, context)), piece.quoted, True)
    elif isinstance(piece, Connected):
        yield _Run(context.connect(piece), True)
    elif isinstance(piece, Parameter):
        mark = _all_of(piece)
        if mark and not (piece.length and piece.index is None):
            yield from _several(piece, mark, context)
        elif piece.indirect:
            yield from _parameter(_pointed(piece, context), context)
        else:
            yield from _parameter(piece, context)


def _all_of(piece: Parameter) -> str:
    """`@` or `*` where the piece stands for several values."""
    if piece.indirect and piece.operator in ("@", "*"):
        return piece.operator
    if piece.name in ("@", "*") and piece.index is None:
        return piece.name
    if piece.index in ((Text("@"),), (Text("*"),)):
        return piece.index[0].text
    return ""


def _pointed(piece: Parameter, context: Context) -> Parameter:
    """The variable that `${!name}` means."""
    target = _value(piece.name, context)
    match = _TARGET.fullmatch(target or "")
    if not match:
        what = f"{target}: invalid variable name" if target else f"{piece.name}: invalid indirect expansion"
        raise Ending(f"bash: {what}")
    index = (Text(match[2]),) if match[2] is not None else None
    return replace(piece, name=match[1], index=index, indirect=False)


def _several(piece: Parameter, mark: str, context: Context) -> Iterator[_Run]:
    """`"$@"`, `${name[@]}`, `${!name[@]}`, `${!prefix@}`, with what is done to each value."""
    values = _values(piece, context)
    if piece.length:
        yield _Run(str(len(values)), piece.quoted, True)
        return
    operator = piece.operator
    if operator.lstrip(":") in ("-", "=", "+", "?") and operator and not piece.indirect:
        lacking = not any(values) if operator.startswith(":") else not values
        if lacking != (operator[-1] == "+"):
            yield from _default(replace(piece, index=None), None if lacking else " ".join(values), context)
            return
        if operator[-1] == "+":
            return
    elif operator == ":":
        values = _sliced(piece, values, context)
    elif operator and not piece.indirect:
        values = [_cut(value, piece, context) for value in values]
    if piece.quoted and mark == "*":
        separators = context.world.shell.value("IFS")
        yield _Run((" " if separators is None else separators[:1]).join(values), True, True)
        return
    for place, value in enumerate(values):
        if place:
            yield _Run("", False, True, True)
        yield _Run(value, piece.quoted, True)


def _values(piece: Parameter, context: Context) -> list[str]:
    if piece.indirect and piece.operator in ("@", "*"):
        shell = context.world.shell
        return sorted(name for name in {*shell.variables, *shell.arrays} if name.startswith(piece.name))
    if piece.index is None:
        return list(context.arguments)
    keys = keys_in_order(piece.name, context)
    if piece.indirect:
        return keys
    held = _held(piece.name, context) or {}
    return [held[key] for key in keys]


def _sliced(piece: Parameter, values: list[str], context: Context) -> list[str]:
    """`${name[@]:start:count}`; of the arguments number 1 is the first, and number 0 the shell's name."""
    first, colon, length = single(piece.word, context).partition(":")
    start = _reckoned(first, context)
    if piece.index is None:
        values = [context.name, *values]
    begin = start if start >= 0 else len(values) + start
    if begin < 0:
        return []
    if not colon:
        return values[begin:]
    count = _reckoned(length, context)
    if count < 0:
        raise SimError(f"bash: {length}: substring expression < 0")
    return values[begin : begin + count]


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
        "LINENO": str(context.line),
        "SECONDS": "0",
        "EPOCHSECONDS": str(context.world.clock),
        "BASH": "/bin/bash",
        "PPID": "4241",
        "BASHPID": "4242",
        "SHLVL": "1",
    }
    own = context.own(name)
    if own is not None:
        return own[0] if own else None
    return special[name] if name in special and name not in shell.variables else shell.value(name)


def _random(world: World) -> int:
    """A number that looks like chance, the same whenever the same lines are typed."""
    told = f"{world.seed} {world.clock} {world.drawn} {len(world.shell.history)} {world.files.size}"
    return zlib.crc32(told.encode("utf-8", "surrogateescape")) % 32768


def _parameter(piece: Parameter, context: Context) -> Iterator[_Run]:
    value = _value(piece.name, context) if piece.index is None else _indexed(piece, context)
    unset = value is None and piece.operator.lstrip(":") not in ("-", "=", "+", "?")
    if (unset or (value is None and not piece.operator)) and "nounset" in context.world.shell.options:
        told = piece.name + (f"[{single(piece.index, context)}]" if piece.index is not None else "")
        raise Ending(f"bash: {told}: unbound variable", 127)
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


def _indexed(piece: Parameter, context: Context) -> str | None:
    """`${name[index]}`."""
    values = _held(piece.name, context)
    if values is None or piece.index is None:
        return None
    return values.get(key_of(piece.name, single(piece.index, context), context))


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
        index = "" if piece.index is None else f"[{single(piece.index, context)}]"
        context.assign(piece.name + index, made)
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
    if operator == "@Q":
        return "'" + value.replace("'", "'\\''") + "'"
    if operator in ("@U", "@L", "@u"):
        return {"@U": value.upper(), "@L": value.lower(), "@u": value[:1].upper() + value[1:]}[operator]
    if operator.startswith("@"):
        raise SimError(f"simulator: ${{…{operator}}} is not part of this shell", 2)
    text = single(piece.word, context)
    first, _, length = text.partition(":")
    start = _reckoned(first, context)
    begin = start if start >= 0 else max(0, len(value) + start)
    if not length:
        return value[begin:]
    count = _reckoned(length, context)
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
    end = text[:1] if text[:1] in ("#", "%") and not quoted[0] else ""
    text, quoted = text[len(end) :], quoted[len(end) :]
    slash = next((at for at, char in enumerate(text) if char == "/" and not quoted[at]), -1)
    wanted, made = (text, "") if slash < 0 else (text[:slash], text[slash + 1 :])
    marks = patterns.compiled(wanted, quoted[: len(wanted)])
    if end == "#":
        rest = _trimmed(value, "##", marks)
        return made + rest if patterns.searched(f"^{patterns.expression(marks)}", value) else value
    if end == "%":
        fits = patterns.searched(f"{patterns.expression(marks)}$", value)
        return _trimmed(value, "%%", marks) + made if fits else value
    if not marks:
        return value
    return patterns.replaced(marks, value, made, once=piece.operator == "/")


# --- splitting and patterns ---------------------------------------------------


def _split(runs: list[_Run], separators: str | None) -> Iterator[list[_Run]]:
    """Fields: cut where expansions gave blanks, or what IFS holds; a word without anything left is none."""
    field: list[_Run] = []
    for run in runs:
        if run.cut:
            if field:
                yield field
            field = []
            continue
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
    return found or ([] if "nullglob" in world.shell.options else [text])


def paths(text: str, world: World) -> list[str]:
    """The paths that a pattern fits, sorted."""
    return sorted(_paths(text, (False,) * len(text), world))


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
