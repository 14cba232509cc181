"""Runs a tree of jq's language on a value: each step gives no, one or many values."""

import math
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from checkpoint.core.sim import expressions, limits
from checkpoint.core.sim.commands.jq.language import BadProgram, Node
from checkpoint.core.sim.commands.jq.text import told
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.limits import Budget
from checkpoint.core.sim.parts.files import encoded

Value = Any
"""What JSON can say: None, bool, int, float, str, list, dict."""
_HEAVIEST = 20_000
"""Values inside one value."""
_KINDS = ("null", "boolean", "number", "string", "array", "object")


class JqError(SimError):
    """What jq says of a value that a step can't be done on."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 5)


def kind_of(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def order(value: Value) -> tuple[Any, ...]:
    """A key by which any values can be sorted as jq sorts them."""
    kind = kind_of(value)
    rank = _KINDS.index(kind)
    if kind == "array":
        return (rank, tuple(order(one) for one in value))
    if kind == "object":
        return (rank, tuple(sorted(value)), tuple(order(value[key]) for key in sorted(value)))
    return (rank, 0 if value is None else value)


def _truth(value: Value) -> bool:
    return value is not None and value is not False


def _described(value: Value) -> str:
    text = told(value, indent=None)
    return f"{kind_of(value)} ({text[:8] + '...' if len(text) > 11 else text})"


class Runner:
    """One run of a program; `named` are the values of `--arg`."""

    def __init__(self, budget: Budget, named: dict[str, Value]) -> None:
        self.budget, self.named = budget, named
        self.weights: dict[int, tuple[Value, int]] = {}

    def made(self, value: Value) -> Value:
        """A new value, if it isn't beyond all use."""
        if isinstance(value, str) and len(value) > limits.VALUE:
            raise Exhausted(f"a text in jq holds at most {limits.VALUE // 1024} KB")
        if isinstance(value, list | dict) and self.weight(value) > _HEAVIEST:
            raise Exhausted(f"a value in jq holds at most {_HEAVIEST:,} others")
        return value

    def weight(self, value: Value) -> int:
        if not isinstance(value, list | dict):
            return 1
        known = self.weights.get(id(value))
        if known is None or known[0] is not value:
            inside = value.values() if isinstance(value, dict) else value
            known = value, 1 + sum(self.weight(one) for one in inside)
            self.weights[id(value)] = known
        return known[1]

    def run(self, node: Node, value: Value) -> Iterator[Value]:
        self.budget.step()
        step: Callable[[Node, Value], Iterator[Value]] = getattr(self, f"_{node.kind}")
        yield from step(node, value)

    def every(self, nodes: tuple[Node, ...], value: Value) -> Iterator[tuple[Value, ...]]:
        """All combinations of what the nodes give; the last one turns slowest, as in jq."""
        lists = [list(self.run(node, value)) for node in reversed(nodes)]
        for combination in product(*lists):
            yield combination[::-1]

    # --- steps -----------------------------------------------------------------

    def _same(self, node: Node, value: Value) -> Iterator[Value]:
        yield value

    def _nothing(self, node: Node, value: Value) -> Iterator[Value]:
        yield from ()

    def _literal(self, node: Node, value: Value) -> Iterator[Value]:
        yield node.value

    def _variable(self, node: Node, value: Value) -> Iterator[Value]:
        if node.text not in self.named:
            raise BadProgram(f"${node.text} is not defined")
        yield self.named[node.text]

    def _text(self, node: Node, value: Value) -> Iterator[Value]:
        for parts in self.every(node.parts, value):
            yield self.made("".join(one if isinstance(one, str) else told(one, indent=None) for one in parts))

    def _pipe(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.run(node.parts[0], value):
            yield from self.run(node.parts[1], one)

    def _comma(self, node: Node, value: Value) -> Iterator[Value]:
        for part in node.parts:
            yield from self.run(part, value)

    def _try(self, node: Node, value: Value) -> Iterator[Value]:
        try:
            yield from self.run(node.parts[0], value)
        except JqError:
            return

    def _if(self, node: Node, value: Value) -> Iterator[Value]:
        for asked in self.run(node.parts[0], value):
            yield from self.run(node.parts[1 if _truth(asked) else 2], value)

    def _otherwise(self, node: Node, value: Value) -> Iterator[Value]:
        found = [one for one in self._try(Node("try", node.parts[:1]), value) if _truth(one)]
        yield from found or self.run(node.parts[1], value)

    def _array(self, node: Node, value: Value) -> Iterator[Value]:
        yield self.made(list(self.run(node.parts[0], value)))

    def _object(self, node: Node, value: Value) -> Iterator[Value]:
        made: list[dict[str, Value]] = [{}]
        for pair in node.parts:
            found = list(self.every(pair.parts, value))
            for key, _ in found:
                if not isinstance(key, str):
                    raise JqError("Object keys must be strings")
            made = [{**old, key: one} for old in made for key, one in found]
            self.budget.step(len(made))
        yield from map(self.made, made)

    def _each(self, node: Node, value: Value) -> Iterator[Value]:
        for inside in self.run(node.parts[0], value):
            if not isinstance(inside, list | dict):
                raise JqError(f"Cannot iterate over {_described(inside) if inside is not None else 'null'}")
            for one in list(inside.values() if isinstance(inside, dict) else inside):
                self.budget.step()
                yield one

    def _index(self, node: Node, value: Value) -> Iterator[Value]:
        for key in self.run(node.parts[1], value):
            for inside in self.run(node.parts[0], value):
                yield self.at(inside, key)

    def at(self, inside: Value, key: Value) -> Value:
        if inside is None and isinstance(key, str | int | float) and not isinstance(key, bool):
            return None
        if isinstance(inside, dict) and isinstance(key, str):
            return inside.get(key)
        if isinstance(inside, list) and isinstance(key, int | float) and not isinstance(key, bool):
            place = math.floor(key) + (len(inside) if key < 0 else 0)
            return inside[place] if 0 <= place < len(inside) else None
        what = f'string "{key}"' if isinstance(key, str) else kind_of(key)
        raise JqError(f"Cannot index {kind_of(inside)} with {what}")

    def _slice(self, node: Node, value: Value) -> Iterator[Value]:
        for inside, start, end in self.every(node.parts, value):
            if inside is not None and not isinstance(inside, list | str):
                raise JqError(f"Cannot index {kind_of(inside)} with object")
            yield None if inside is None else self.made(inside[_place(start) : _place(end)])

    def _operator(self, node: Node, value: Value) -> Iterator[Value]:
        if node.text in ("and", "or"):
            for left in self.run(node.parts[0], value):
                if _truth(left) == (node.text == "or"):
                    yield node.text == "or"
                else:
                    yield from (_truth(right) for right in self.run(node.parts[1], value))
            return
        for left, right in self.every(node.parts, value):
            yield self.made(self.combined(node.text, left, right))

    def combined(self, sign: str, left: Value, right: Value) -> Value:
        if sign in ("==", "!="):
            return (order(left) == order(right)) == (sign == "==")
        if sign in ("<", "<=", ">", ">="):
            a, b = order(left), order(right)
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]
        kinds = (kind_of(left), kind_of(right))
        if kinds == ("number", "number"):
            return _calculated(sign, left, right)
        if sign == "+":
            if left is None or right is None:
                return right if left is None else left
            if kinds in (("string", "string"), ("array", "array")):
                self.made(left), self.made(right)
                return left + right
            if kinds == ("object", "object"):
                return {**left, **right}
        if sign == "-" and kinds == ("array", "array"):
            gone = {order(one) for one in right}
            return [one for one in left if order(one) not in gone]
        if sign == "/" and kinds == ("string", "string"):
            return left.split(right) if right else list(left)
        if sign == "*" and kinds == ("object", "object"):
            return _merged(left, right)
        verb = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided", "%": "divided"}[sign]
        raise JqError(f"{_described(left)} and {_described(right)} cannot be {verb}")

    def _update(self, node: Node, value: Value) -> Iterator[Value]:
        """`path = value` and its kin: the whole value with what the path leads to replaced."""
        if node.text in ("|=", "="):
            source = value if node.text == "=" else None
            for path in list(self.paths(node.parts[0], value)):
                old = _got(value, path)
                made = next(self.run(node.parts[1], old if node.text == "|=" else source), None)
                value = self.made(_put(value, path, made))
            yield value
            return
        right = next(self.run(node.parts[1], value), None)
        for path in list(self.paths(node.parts[0], value)):
            old = _got(value, path)
            if node.text == "//=":
                made = old if _truth(old) else right
            else:
                made = self.combined(node.text[0], old, right)
            value = self.made(_put(value, path, made))
        yield value

    def paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        """Where the values stand that a path expression gives."""
        self.budget.step()
        if node.kind == "same":
            yield ()
        elif node.kind == "index":
            for path in self.paths(node.parts[0], value):
                for key in self.run(node.parts[1], value):
                    self.at(_got(value, path), key)
                    yield (*path, key)
        elif node.kind == "each":
            for path in self.paths(node.parts[0], value):
                inside = _got(value, path)
                if not isinstance(inside, list | dict):
                    raise JqError(f"Cannot iterate over {kind_of(inside)}")
                for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
                    yield (*path, key)
        elif node.kind == "pipe":
            for path in self.paths(node.parts[0], value):
                for rest in self.paths(node.parts[1], _got(value, path)):
                    yield (*path, *rest)
        elif node.kind == "comma":
            for part in node.parts:
                yield from self.paths(part, value)
        elif node.kind == "call" and node.text == "select":
            if any(_truth(one) for one in self.run(node.parts[0], value)):
                yield ()
        else:
            raise JqError("Invalid path expression")

    # --- functions -------------------------------------------------------------

    def _call(self, node: Node, value: Value) -> Iterator[Value]:
        name = f"{node.text}/{len(node.parts)}"
        if name in _PLAIN:
            for arguments in self.every(node.parts, value):
                yield self.made(_PLAIN[name](value, *arguments))
            return
        kinds = _SELECTING.get(name)
        if kinds:
            if kind_of(value) in kinds:
                yield value
            return
        found = getattr(self, f"_do_{node.text}_{len(node.parts)}", None)
        if found is None:
            raise BadProgram(f"{name} is not defined")
        yield from found(node, value)

    def _do_empty_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield from ()

    def _do_range_1(self, node: Node, value: Value) -> Iterator[Value]:
        for end in self.run(node.parts[0], value):
            yield from _range(value, end)

    def _do_any_2(self, node: Node, value: Value) -> Iterator[Value]:
        found = self._pipe(Node("pipe", node.parts), value)
        yield any(_truth(one) for one in found)

    def _do_all_2(self, node: Node, value: Value) -> Iterator[Value]:
        found = self._pipe(Node("pipe", node.parts), value)
        yield all(_truth(one) for one in found)

    def _do_select_1(self, node: Node, value: Value) -> Iterator[Value]:
        for asked in self.run(node.parts[0], value):
            if _truth(asked):
                yield value

    def _do_recurse_0(self, node: Node, value: Value) -> Iterator[Value]:
        self.budget.step()
        yield value
        if isinstance(value, list | dict):
            for one in value.values() if isinstance(value, dict) else value:
                yield from self._do_recurse_0(node, one)

    def _do_map_1(self, node: Node, value: Value) -> Iterator[Value]:
        each = Node("each", (Node("same"),))
        yield from self._array(Node("array", (Node("pipe", (each, node.parts[0])),)), value)

    def _do_map_values_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self._update(Node("update", (Node("each", (Node("same"),)), node.parts[0]), "|="), value)

    def _do_with_entries_1(self, node: Node, value: Value) -> Iterator[Value]:
        for entries in self._do_map_1(node, _entries(value)):
            yield self.made(_from_entries(entries))

    def _keyed(self, node: Node, value: Value) -> list[tuple[tuple[Any, ...], Value]]:
        if not isinstance(value, list):
            raise JqError(f"{_described(value)} cannot be sorted, as it is not an array")
        rows = [(tuple(order(key) for key in self.run(node.parts[0], one)), one) for one in value]
        return sorted(rows, key=lambda row: row[0])

    def _do_sort_by_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield [one for _, one in self._keyed(node, value)]

    def _groups(self, node: Node, value: Value) -> list[list[Value]]:
        groups: dict[tuple[Any, ...], list[Value]] = {}
        for key, one in self._keyed(node, value):
            groups.setdefault(key, []).append(one)
        return list(groups.values())

    def _do_group_by_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield self._groups(node, value)

    def _do_unique_by_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield [group[0] for group in self._groups(node, value)]

    def _do_max_by_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield ([None] + [one for _, one in self._keyed(node, value)])[-1]

    def _do_min_by_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield ([one for _, one in self._keyed(node, value)] + [None])[0]

    def _do_first_1(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.run(node.parts[0], value):
            yield one
            return

    def _do_any_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield any(_truth(one) for one in next(self._do_map_1(node, value)))

    def _do_all_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield all(_truth(one) for one in next(self._do_map_1(node, value)))

    def _do_del_1(self, node: Node, value: Value) -> Iterator[Value]:
        for path in sorted(
            self.paths(node.parts[0], value), key=lambda path: order(list(path)), reverse=True
        ):
            value = _without(value, path)
        yield value


def _place(value: Value) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise JqError("Start and end indices of an array slice must be numbers")
    return math.floor(max(-(2**31), min(2**31, value)))


def _calculated(sign: str, left: float, right: float) -> float:
    if sign in ("/", "%") and not (int(right) if sign == "%" else right):
        raise JqError(
            f"{_described(left)} and {_described(right)} cannot be divided because the divisor is zero"
        )
    try:
        if sign == "%":
            return int(math.fmod(int(left), int(right)))
        made = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right}.get(
            sign, lambda: left / right
        )()
    except (OverflowError, ValueError):
        return math.copysign(1.7976931348623157e308, left)
    if isinstance(made, int) and abs(made) > 2**62:
        return float(made)
    return int(made) if isinstance(made, float) and made.is_integer() and abs(made) < 1e17 else made


def _merged(left: dict[str, Value], right: dict[str, Value]) -> dict[str, Value]:
    made = dict(left)
    for key, value in right.items():
        old = made.get(key)
        made[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return made


def _got(value: Value, path: tuple[Any, ...]) -> Value:
    for key in path:
        if value is None:
            return None
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key] if -len(value) <= key < len(value) else None
        else:
            raise JqError(f"Cannot index {kind_of(value)} with {kind_of(key)}")
    return value


def _put(value: Value, path: tuple[Any, ...], made: Value) -> Value:
    if not path:
        return made
    key, rest = path[0], path[1:]
    if isinstance(key, str) and (value is None or isinstance(value, dict)):
        inside = dict(value or {})
        inside[key] = _put(inside.get(key), rest, made)
        return inside
    if isinstance(key, int) and (value is None or isinstance(value, list)):
        if not -len(value or ()) <= key < 10_000:
            raise JqError("Out of bounds negative array index")
        items = list(value or [])
        items += [None] * (key + 1 - len(items))
        items[key] = _put(items[key], rest, made)
        return items
    raise JqError(f"Cannot index {kind_of(value)} with {kind_of(key)}")


def _without(value: Value, path: tuple[Any, ...]) -> Value:
    if len(path) > 1:
        inside = _got(value, path[:1])
        return value if inside is None else _put(value, path[:1], _without(inside, path[1:]))
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key != path[0]}
    if isinstance(value, list) and path and isinstance(path[0], int):
        place = path[0] % len(value) if value else 0
        return value[:place] + value[place + 1 :]
    return value


def _length(value: Value) -> Value:
    if isinstance(value, bool):
        raise JqError(f"{_described(value)} has no length")
    if isinstance(value, int | float):
        return abs(value)
    return 0 if value is None else len(value)


def _keys(value: Value) -> Value:
    if isinstance(value, dict):
        return sorted(value)
    if isinstance(value, list):
        return list(range(len(value)))
    raise JqError(f"{_described(value)} has no keys")


def _entries(value: Value) -> Value:
    if not isinstance(value, dict):
        raise JqError(f"{_described(value)} has no keys")
    return [{"key": key, "value": one} for key, one in value.items()]


def _from_entries(value: Value) -> Value:
    made = {}
    for one in _array(value):
        if not isinstance(one, dict):
            raise JqError(f'Cannot index {kind_of(one)} with "key"')
        key = next((one[name] for name in ("key", "k", "name", "Name", "Key", "K") if name in one), None)
        made[key if isinstance(key, str) else told(key, indent=None)] = one.get("value", one.get("v"))
    return made


def _array(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise JqError(f"Cannot iterate over {_described(value) if value is not None else 'null'}")
    return value


def _string(value: Value, what: str) -> str:
    if not isinstance(value, str):
        raise JqError(f"{_described(value)} {what}")
    return value


def _added(value: Value) -> Value:
    items = _array(list(value.values()) if isinstance(value, dict) else value)
    runner = Runner(Budget(), {})
    made: Value = None
    for one in items:
        made = runner.made(runner.combined("+", made, one))
    return made


def _joined(value: Value, glue: Value) -> Value:
    parts = []
    for one in _array(value):
        if isinstance(one, list | dict):
            raise JqError(f"{_described(glue)} and {_described(one)} cannot be added")
        parts.append("" if one is None else one if isinstance(one, str) else told(one, indent=None))
    return _string(glue, "cannot be added").join(parts)


def _contains(value: Value, other: Value) -> bool:
    if isinstance(value, dict) and isinstance(other, dict):
        return all(key in value and _contains(value[key], one) for key, one in other.items())
    if isinstance(value, list) and isinstance(other, list):
        return all(any(_contains(one, wanted) for one in value) for wanted in other)
    if isinstance(value, str) and isinstance(other, str):
        return other in value
    if kind_of(value) == kind_of(other):
        return bool(value == other)
    raise JqError(f"{_described(value)} and {_described(other)} cannot have their containment checked")


def _number(value: Value) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = _string(value, "cannot be parsed as a number").strip()
    try:
        return int(text[:18]) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        raise JqError(f"Cannot parse {_described(value)} as a number") from None


def _has(value: Value, key: Value) -> bool:
    if isinstance(value, dict) and isinstance(key, str):
        return key in value
    if isinstance(value, list) and isinstance(key, int):
        return 0 <= key < len(value)
    raise JqError(f"Cannot check whether {kind_of(value)} has a {kind_of(key)} key")


def _matches(value: Value, wanted: Value) -> bool:
    text, pattern = (
        _string(value, "cannot be matched, as it is not a string"),
        _string(wanted, "is no pattern"),
    )
    return expressions.compiled(expressions.from_extended(pattern)).search(text) is not None


def _unique(value: Value) -> list[Value]:
    return list({order(one): one for one in sorted(_array(value), key=order)}.values())


def _flat(value: Value) -> list[Value]:
    return [inner for one in _array(value) for inner in (_flat(one) if isinstance(one, list) else [one])]


def _range(value: Value, end: Value) -> list[Value]:
    if not isinstance(end, int) or end > limits.STEPS:
        raise Exhausted(f"stopped after {limits.STEPS:,} steps")
    return list(range(end))


def _cut(value: Value, begin: Value, *, front: bool) -> Value:
    if not isinstance(value, str) or not isinstance(begin, str):
        return value
    return value.removeprefix(begin) if front else value.removesuffix(begin)


def _starts(value: Value, begin: Value) -> bool:
    return _string(value, "startswith() requires string inputs").startswith(_string(begin, "is no string"))


def _ends(value: Value, end: Value) -> bool:
    return _string(value, "endswith() requires string inputs").endswith(_string(end, "is no string"))


def _cell(value: Value) -> str:
    if isinstance(value, list | dict):
        raise JqError(f"{_described(value)} is not valid in a csv row")
    return "" if value is None else value if isinstance(value, str) else told(value, indent=None)


def _plain_text(text: str) -> str:
    try:
        return b64decode(encoded(text), validate=True).decode("utf-8", "replace")
    except ValueError:
        raise JqError(f"{_described(text)} is not valid base64 data") from None


_SELECTING = {f"{kind}s/0": (kind,) for kind in _KINDS} | {
    "values/0": _KINDS[1:],
    "scalars/0": _KINDS[:4],
    "iterables/0": _KINDS[4:],
}
"""Functions that let values of some kinds through."""

_PLAIN: dict[str, Callable[..., Value]] = {
    "length/0": _length,
    "keys/0": _keys,
    "keys_unsorted/0": lambda v: list(v) if isinstance(v, dict) else _keys(v),
    "not/0": lambda v: not _truth(v),
    "type/0": kind_of,
    "add/0": _added,
    "any/0": lambda v: any(_truth(one) for one in _array(v)),
    "all/0": lambda v: all(_truth(one) for one in _array(v)),
    "first/0": lambda v: (_array(v) or [None])[0],
    "last/0": lambda v: (_array(v) or [None])[-1],
    "min/0": lambda v: min(_array(v), key=order, default=None),
    "max/0": lambda v: max(_array(v), key=order, default=None),
    "reverse/0": lambda v: [] if v is None else v[::-1] if isinstance(v, str) else _array(v)[::-1],
    "sort/0": lambda v: sorted(_array(v), key=order),
    "unique/0": _unique,
    "flatten/0": _flat,
    "to_entries/0": _entries,
    "from_entries/0": _from_entries,
    "tostring/0": lambda v: v if isinstance(v, str) else told(v, indent=None),
    "tojson/0": lambda v: told(v, indent=None),
    "tonumber/0": _number,
    "ascii_downcase/0": lambda v: _string(v, "explode input must be a string").lower(),
    "ascii_upcase/0": lambda v: _string(v, "explode input must be a string").upper(),
    "floor/0": lambda v: math.floor(_number(v)),
    "has/1": _has,
    "contains/1": _contains,
    "inside/1": lambda v, other: _contains(other, v),
    "join/1": _joined,
    "split/1": lambda v, by: (
        _string(v, "split input and separator must be strings").split(_string(by, "is no string"))
        if by
        else list(_string(v, "split input and separator must be strings"))
    ),
    "startswith/1": _starts,
    "endswith/1": _ends,
    "ltrimstr/1": lambda v, begin: _cut(v, begin, front=True),
    "rtrimstr/1": lambda v, end: _cut(v, end, front=False),
    "test/1": _matches,
    "index/1": lambda v, part: None if (at := _string(v, "has no index").find(str(part))) < 0 else at,
    "@text/0": lambda v: v if isinstance(v, str) else told(v, indent=None),
    "@json/0": lambda v: told(v, indent=None),
    "@tsv/0": lambda v: "\t".join(map(_cell, _array(v))),
    "@csv/0": lambda v: ",".join(
        '"' + one.replace('"', '""') + '"' if isinstance(one, str) else _cell(one) for one in _array(v)
    ),
    "@base64/0": lambda v: b64encode(encoded(_string(v, "cannot be encoded"))).decode(),
    "@base64d/0": lambda v: _plain_text(_string(v, "is not valid base64 data")),
}
