"""Shell patterns: `*`, `?`, `[a-z]`. Matched without backtracking over the text more than once a star."""

from dataclasses import dataclass

from checkpoint.core.sim import expressions


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of a pattern: a character as it stands, or a set of them."""

    kind: str
    """char | any | star | set"""
    text: str = ""
    negated: bool = False


def compiled(text: str, quoted: tuple[bool, ...] | None = None) -> tuple[Mark, ...]:
    """A pattern's marks; quoted characters stand for themselves."""
    marks: list[Mark] = []
    at = 0
    while at < len(text):
        char = text[at]
        plain = quoted is not None and quoted[at]
        if plain:
            marks.append(Mark("char", char))
        elif char == "*":
            if not marks or marks[-1].kind != "star":
                marks.append(Mark("star"))
        elif char == "?":
            marks.append(Mark("any"))
        elif char == "[" and (end := _end_of_set(text, at)):
            inside = text[at + 1 : end]
            negated = inside[:1] in ("!", "^")
            marks.append(Mark("set", _spelled(inside[negated:]), negated))
            at = end
        elif char == "\\" and quoted is None and at + 1 < len(text):
            at += 1
            marks.append(Mark("char", text[at]))
        else:
            marks.append(Mark("char", char))
        at += 1
    return tuple(marks)


def quoted(text: str) -> str:
    """A word so that a shell would read it as it is."""
    plain = text and all(char.isalnum() or char in "_./:=@%+,-~^[]!" for char in text)
    return text if plain else "'" + text.replace("'", "'\\''") + "'"


def is_pattern(marks: tuple[Mark, ...]) -> bool:
    return any(mark.kind != "char" for mark in marks)


def matches(marks: tuple[Mark, ...], text: str) -> bool:
    """Whether the whole text fits; steps at most pattern times text."""
    place = at = 0
    star, resume = -1, 0
    while at < len(text):
        if place < len(marks) and marks[place].kind == "star":
            star, resume = place, at
            place += 1
        elif place < len(marks) and _fits(marks[place], text[at]):
            place += 1
            at += 1
        elif star >= 0:
            resume += 1
            place, at = star + 1, resume
        else:
            return False
    return all(mark.kind == "star" for mark in marks[place:])


def expression(marks: tuple[Mark, ...], *, lazy: bool = False) -> str:
    """The same pattern as a regular expression."""
    return "".join(_spelled_out(mark, lazy) for mark in marks)


def _spelled_out(mark: Mark, lazy: bool) -> str:
    if mark.kind == "star":
        return ".*?" if lazy else ".*"
    if mark.kind == "any":
        return "."
    if mark.kind == "char":
        return expressions.escaped(mark.text)
    inside = "".join(f"\\x{{{ord(char):x}}}" for char in mark.text)
    return (
        f"[{'^' if mark.negated else ''}{inside}]"
        if inside
        else ("." if mark.negated else r"[^\x00-\x{10FFFF}]")
    )


def searched(wanted: str, text: str, group: int = 0) -> tuple[int, int] | None:
    """Where an expression stands in a text."""
    found = expressions.compiled(f"(?s){wanted}").search(text)
    return found.span(group) if found else None


def found_groups(wanted: str, text: str) -> tuple[str, ...] | None:
    """What an expression and each of its brackets found, the longest from the left; None for nothing."""
    found = expressions.compiled(f"(?s){wanted}", longest=True).search(text)
    return None if found is None else (found.group(0) or "", *(group or "" for group in found.groups()))


def replaced(marks: tuple[Mark, ...], text: str, made: str, *, once: bool) -> str:
    """The text with the longest fits of a pattern replaced, from the left."""
    return expressions.compiled(f"(?s){expression(marks)}", longest=True).sub(
        lambda _: made, text, count=1 if once else 0
    )


def _fits(mark: Mark, char: str) -> bool:
    if mark.kind == "any":
        return True
    if mark.kind == "set":
        return (char in mark.text) != mark.negated
    return mark.kind == "char" and mark.text == char


def _end_of_set(text: str, start: int) -> int:
    at = start + 1
    if text[at : at + 1] in ("!", "^"):
        at += 1
    if text[at : at + 1] == "]":
        at += 1
    while at < len(text) and text[at] != "]":
        close = text.find(":]", at + 2) if text.startswith("[:", at) else -1
        at = close + 2 if close > 0 else at + 1
    return at if at < len(text) else 0


_CLASSES = {
    "alpha": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "digit": "0123456789",
    "lower": "abcdefghijklmnopqrstuvwxyz",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "space": " \t\n\r\v\f",
    "blank": " \t",
    "punct": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "xdigit": "0123456789abcdefABCDEF",
}
_CLASSES["alnum"] = _CLASSES["alpha"] + _CLASSES["digit"]


def _spelled(inside: str) -> str:
    """Every character of a set."""
    found: list[str] = []
    at = 0
    while at < len(inside):
        close = inside.find(":]", at + 2) if inside.startswith("[:", at) else -1
        if close > 0:
            found.append(_CLASSES.get(inside[at + 2 : close], ""))
            at = close + 2
        elif inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            first, last = ord(inside[at]), ord(inside[at + 2])
            found += [chr(code) for code in range(first, min(last, first + 255) + 1)]
            at += 3
        else:
            found.append(inside[at])
            at += 1
    return "".join(found)
