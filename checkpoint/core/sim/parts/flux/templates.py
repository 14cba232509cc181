"""The commit message of an image automation: the part of Go's templates that such messages use.

`{{ .AutomationObject }}`, and `{{ range }}` over what changed, with or without names for its variables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint.core.sim.parts.flux.setters import Change

_LONGEST = 4_000
"""Characters of a message."""

_ACTION = re.compile(r"\{\{(-?)([^{}]*)(-?)\}\}")
DEFAULT = "Update from image update automation"


@dataclass(frozen=True, slots=True)
class Told:
    """What a template can name."""

    automation: str
    files: dict[str, tuple[Change, ...]]

    @property
    def changes(self) -> list[Change]:
        return [one for made in self.files.values() for one in made]


def message(template: str, told: Told) -> str:
    """The template with everything filled in; what it names and isn't known stands for nothing.

    >>> change = Change("a:web:tag", "1.0", "1.1")
    >>> told = Told("a/web", {"k.yaml": (change,)})
    >>> message("{{range .Changed.Changes}}{{println .OldValue}}{{end}}", told)
    '1.0\\n'
    """
    pieces = list(_pieces(template[:_LONGEST]))
    return "".join(_filled(pieces, told, {}))[:_LONGEST]


Piece = tuple[str, str]
"""("text" or "action", what it says)"""


def _pieces(template: str) -> Iterator[Piece]:
    at, trim = 0, False
    for match in _ACTION.finditer(template):
        text = template[at : match.start()]
        text = text.lstrip() if trim else text
        yield "text", text.rstrip() if match[1] else text
        yield "action", match[2].strip()
        at, trim = match.end(), bool(match[3])
    yield "text", template[at:].lstrip() if trim else template[at:]


def _filled(pieces: list[Piece], told: Told, names: dict[str, object]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(pieces):
        kind, text = pieces[at]
        if kind == "text":
            out.append(text)
        elif text.startswith(("range", "with", "if")):
            end = _end(pieces, at)
            body = pieces[at + 1 : end]
            for more in _turns(text, told, names):
                out += _filled(body, told, {**names, **more})
            at = end
        elif text not in ("end", "else"):
            value = _value(text.removeprefix("println").strip(), told, names)
            out.append(value + ("\n" if text.startswith("println") else ""))
        at += 1
    return out


def _end(pieces: list[Piece], start: int) -> int:
    depth = 0
    for at in range(start, len(pieces)):
        kind, text = pieces[at]
        if kind == "action":
            depth += text.startswith(("range", "with", "if"))
            depth -= text == "end"
            if not depth:
                return at
    return len(pieces) - 1


def _turns(text: str, told: Told, names: dict[str, object]) -> list[dict[str, object]]:
    """The variables of each turn; `.` is the element."""
    head, _, source = text.partition(" ")
    variables, assigned, what = source.rpartition(":=")
    wanted = [one.strip() for one in variables.split(",")] if assigned else []
    what = what.strip()
    rows: list[tuple[object, object]] = []
    if what.endswith(".FileChanges") or what == ".Updated.Files":
        rows = [(path, list(made)) for path, made in told.files.items()]
        rows = [(path, path) for path, _ in rows] if what == ".Updated.Files" else rows
    elif what.endswith(".Changes"):
        rows = list(enumerate(told.changes))
    elif what.endswith(".Images"):
        rows = list(enumerate(dict.fromkeys(one.new for one in told.changes)))
    elif isinstance(names.get(what), list):
        rows = list(enumerate(names[what]))  # type: ignore[arg-type]
    if head != "range":
        return [{}] if rows or _value(what, told, names) else []
    made: list[dict[str, object]] = []
    for key, value in rows:
        more: dict[str, object] = {".": value}
        if len(wanted) == 2:
            more |= {wanted[0]: key, wanted[1]: value}
        elif wanted:
            more[wanted[0]] = value
        made.append(more)
    return made


def _value(text: str, told: Told, names: dict[str, object]) -> str:
    if text.startswith(".AutomationObject"):
        namespace, _, name = told.automation.partition("/")
        return {".Name": name, ".Namespace": namespace}.get(text[17:], told.automation)
    base, _, attribute = text.rpartition(".")
    thing = names.get(text, names.get(base or "."))
    if isinstance(thing, Change):
        facts = {"OldValue": thing.old, "NewValue": thing.new, "Setter": thing.setter}
        return facts.get(attribute, thing.new)
    return str(thing) if isinstance(thing, str) and text in names else ""
