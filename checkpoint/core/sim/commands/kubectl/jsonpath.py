"""kubectl's JSONPath: fields, indexes, slices, filters, `..`, `range`, and text around them."""

import json
from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.limits import Budget

Json = Any


class BadPath(SimError):
    """`error: ` and the template's complaint."""


@dataclass(frozen=True, slots=True)
class _Step:
    kind: str
    name: str = ""
    numbers: tuple[int | None, ...] = ()


def evaluated(template: str, root: Json, budget: Budget) -> str:
    """The text that a template makes of an object."""
    return _Template(template, root, budget).text()


def found(path: str, root: Json, budget: Budget) -> list[Json]:
    """The values that one path (`.spec.replicas`) names."""
    inner = path.removeprefix("{").removesuffix("}")
    maker = _Template(path, root, budget)
    return maker.walk(inner if inner.startswith((".", "[")) else f".{inner}", [root])


class _Template:
    def __init__(self, template: str, root: Json, budget: Budget) -> None:
        self.template, self.root, self.budget = template, root, budget

    def text(self) -> str:
        pieces = self.split()
        out, place = self.run(pieces, 0, self.root)
        if place < len(pieces):
            raise BadPath(f"error parsing jsonpath {self.template}, not in range, nothing to end")
        return out

    def split(self) -> list[tuple[bool, str]]:
        """(is an action, text) in their order."""
        pieces: list[tuple[bool, str]] = []
        text, place = self.template, 0
        while place < len(text):
            start = text.find("{", place)
            if start < 0:
                pieces.append((False, text[place:]))
                break
            if start > place:
                pieces.append((False, text[place:start]))
            end = _closing(text, start)
            if end < 0:
                raise BadPath(f"error parsing jsonpath {self.template}, unclosed action")
            pieces.append((True, text[start + 1 : end].strip()))
            place = end + 1
        return pieces

    def run(self, pieces: list[tuple[bool, str]], place: int, item: Json) -> tuple[str, int]:
        """Text of the pieces from `place` on, up to an `end` that belongs to a range outside."""
        out = ""
        while place < len(pieces):
            self.budget.step()
            action, text = pieces[place]
            if not action:
                out += text
            elif text == "end":
                return out, place
            elif text.startswith("range"):
                values = self.walk(text[5:].strip(), [item])
                end = self.run(pieces, place + 1, None)[1] if not values else place
                for value in values:
                    made, end = self.run(pieces, place + 1, value)
                    out += made
                if end >= len(pieces):
                    raise BadPath(f"error parsing jsonpath {self.template}, unclosed range")
                place = end
            elif text[:1] in "\"'" and text:
                out += _unquoted(text)
            else:
                out += " ".join(_shown(value) for value in self.walk(text, [item]))
            place += 1
        return out, place

    def walk(self, path: str, items: list[Json]) -> list[Json]:
        if path.startswith("$"):
            items, path = [self.root], path[1:]
        path = path.removeprefix("@")
        while path:
            self.budget.step()
            if path.startswith(".."):
                items = [below for item in items for below in self.below(item)]
                path = path[2:] if path[2:3] == "[" else path[1:]
            elif path.startswith("["):
                end = _closing(path, 0, "[", "]")
                if end < 0:
                    raise BadPath(f"error parsing jsonpath {self.template}, unterminated array")
                items = [one for item in items for one in self.bracket(item, path[1:end].strip())]
                path = path[end + 1 :]
            elif path.startswith("."):
                name, path = _name(path[1:])
                if name == "*":
                    items = [one for item in items for one in _children(item)]
                elif name:
                    items = [item[name] for item in items if isinstance(item, dict) and name in item]
            elif path[0].isspace():
                path = path.lstrip()
            else:
                name, path = _name(path)
                if not name:
                    why = f"unrecognized character in action: U+{ord(path[0]):04X} {path[0]!r}"
                    raise BadPath(f"error parsing jsonpath {self.template}, {why}")
                items = [item[name] for item in items if isinstance(item, dict) and name in item]
        return items

    def below(self, item: Json) -> list[Json]:
        self.budget.step()
        made = [item]
        for child in _children(item):
            if isinstance(child, dict | list):
                made += self.below(child)
        return made

    def bracket(self, item: Json, text: str) -> list[Json]:
        if text.startswith("?"):
            if not isinstance(item, list):
                raise self.failed("<nil> is not array or slice and cannot be filtered")
            return [
                one for one in item if self.fits(text[1:].strip().removeprefix("(").removesuffix(")"), one)
            ]
        if text[:1] in ("'", '"') and text:
            name = _unquoted(text)
            return [item[name]] if isinstance(item, dict) and name in item else []
        if text == "*":
            return _children(item)
        if not isinstance(item, list):
            raise self.failed(f"{_go_kind(item)} is not array or slice")
        made: list[Json] = []
        for part in text.split(","):
            made += self.slice(item, part.strip())
        return made

    def slice(self, item: list[Json], part: str) -> list[Json]:
        numbers = [one.strip() for one in part.split(":")]
        if any((one and not one.lstrip("-").isdecimal()) or len(one) > 9 for one in numbers[:4]):
            raise BadPath(f"error parsing jsonpath {self.template}, invalid array index {part}")
        values = [int(one) if one else None for one in numbers[:3]]
        if len(values) > 1:
            start, stop = values[0], values[1]
            step = values[2] if len(values) > 2 and values[2] else 1
            return item[slice(start, stop, max(1, step))]
        place = values[0] or 0
        if not -len(item) <= place < len(item):
            raise self.failed(f"array index out of bounds: index {place}, length {len(item)}")
        return [item[place]]

    def fits(self, text: str, item: Json) -> bool:
        for operator in ("==", "!=", "<=", ">=", "<", ">", "=~"):
            left, there, right = text.partition(operator)
            if there and operator != "=~":
                return _compared(self.value(left.strip(), item), operator, self.value(right.strip(), item))
        return bool(self.walk(text.strip(), [item]))

    def value(self, text: str, item: Json) -> Json:
        if text[:1] in ("'", '"') and text:
            return _unquoted(text)
        if text.startswith(("@", "$", ".")):
            values = self.walk(text, [item])
            return values[0] if values else None
        try:
            return json.loads(text)
        except ValueError:
            return text

    def failed(self, why: str) -> BadPath:
        lead = f"error executing jsonpath {json.dumps(self.template)}: Error executing template: {why}. "
        more = "Printing more information for debugging the template:\n\ttemplate was:\n\t\t"
        return BadPath(f"{lead}{more}{self.template}\n")


def _closing(text: str, start: int, opening: str = "{", closing: str = "}") -> int:
    depth, quote, place = 0, "", start
    while place < len(text):
        char = text[place]
        if quote:
            if char == "\\":
                place += 1
            elif char == quote:
                quote = ""
        elif char in "\"'":
            quote = char
        elif char == opening:
            depth += 1
        elif char == closing:
            depth -= 1
            if not depth:
                return place
        place += 1
    return -1


def _name(path: str) -> tuple[str, str]:
    """The name at the beginning and what is behind it; `\\.` is a dot in the name."""
    name, place = "", 0
    while place < len(path) and path[place] not in ".[]{}() \t,=<>!|@$":
        if path[place] == "\\" and place + 1 < len(path):
            place += 1
        name += path[place]
        place += 1
    return name, path[place:]


def _children(item: Json) -> list[Json]:
    if isinstance(item, dict):
        return [item[name] for name in sorted(item)]
    return list(item) if isinstance(item, list) else []


def _unquoted(text: str) -> str:
    inner = text[1:-1] if len(text) > 1 else ""
    for code, char in (("\\n", "\n"), ("\\t", "\t"), ('\\"', '"'), ("\\'", "'")):
        inner = inner.replace(code, char)
    return inner


def _shown(value: Json) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _go_kind(value: Json) -> str:
    return "map[string]interface {}" if isinstance(value, dict) else _shown(value)


def _compared(left: Json, operator: str, right: Json) -> bool:
    if operator == "==":
        return bool(left == right)
    if operator == "!=":
        return bool(left != right)
    numbers = all(isinstance(one, int | float) for one in (left, right))
    if not numbers and not (isinstance(left, str) and isinstance(right, str)):
        return False
    order = int(left > right) - int(left < right)
    return {"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[operator]
