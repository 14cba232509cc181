"""Runs a tree of jq's language on a value: each step gives no, one or many values."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.jq.functions import (
    PLAIN,
    SELECTING,
    JqError,
    Slice,
    Value,
    array_of,
    calculated,
    described,
    entries_of,
    found_in,
    from_entries,
    got,
    kind_of,
    merged,
    number_of,
    order,
    place_of,
    put,
    range_up_to,
    shortened,
    slice_told,
    truth,
    without,
)
from checkpoint.core.sim.commands.jq.language import BadProgram, Node, read
from checkpoint.core.sim.commands.jq.text import told
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.limits import Budget

_HEAVIEST = 20_000
"""Values inside one value."""


class _Break(Exception):
    """`break $name` leaves the label of that name."""

    def __init__(self, label: object) -> None:
        self.label = label


@dataclass(frozen=True, slots=True)
class Closure:
    """A function with the scope that it was defined in; an argument is one without parameters."""

    parameters: tuple[str, ...]
    body: Node
    scope: "Runner | None"


@dataclass(slots=True)
class Source:
    """What `input` and `inputs` still have to read, and what the program knows of its surroundings."""

    waiting: Iterator[Value] = iter(())
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: int = 0
    said: list[str] = field(default_factory=list)
    """What `debug` and `stderr` have to say."""


class Runner:
    """One scope of a run: `named` are its variables, `functions` what was defined, by name and arity."""

    def __init__(
        self,
        budget: Budget,
        named: dict[str, Value],
        functions: dict[str, Closure] | None = None,
        source: Source | None = None,
        weights: dict[int, tuple[Value, int]] | None = None,
    ) -> None:
        self.budget, self.named, self.functions = budget, named, functions or {}
        self.source = source or Source()
        self.weights = {} if weights is None else weights

    def within(
        self, named: dict[str, Value] | None = None, functions: dict[str, Closure] | None = None
    ) -> "Runner":
        """A scope inside this one."""
        return type(self)(
            self.budget,
            {**self.named, **named} if named else self.named,
            {**self.functions, **functions} if functions else self.functions,
            self.source,
            self.weights,
        )

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
        if node.text == "ENV" and node.text not in self.named:
            yield dict(self.source.environment)
            return
        if node.text not in self.named:
            raise BadProgram(f"${node.text} is not defined", node.at)
        yield self.named[node.text]

    def _text(self, node: Node, value: Value) -> Iterator[Value]:
        for parts in self.every(node.parts, value):
            shown = [
                PLAIN[f"{node.text or '@text'}/0"](one) if place % 2 else one
                for place, one in enumerate(parts)
            ]
            yield self.made("".join(shown))

    def _pipe(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.run(node.parts[0], value):
            yield from self.run(node.parts[1], one)

    def _comma(self, node: Node, value: Value) -> Iterator[Value]:
        for part in node.parts:
            yield from self.run(part, value)

    def _try(self, node: Node, value: Value) -> Iterator[Value]:
        try:
            yield from self.run(node.parts[0], value)
        except JqError as error:
            if len(node.parts) > 1:
                yield from self.run(node.parts[1], error.value)

    def _label(self, node: Node, value: Value) -> Iterator[Value]:
        mark = object()
        try:
            yield from self.within({f"*{node.text}": mark}).run(node.parts[0], value)
        except _Break as left:
            if left.label is not mark:
                raise

    def _break(self, node: Node, value: Value) -> Iterator[Value]:
        if f"*{node.text}" not in self.named:
            raise BadProgram(f"$*label-{node.text} is not defined")
        raise _Break(self.named[f"*{node.text}"])
        yield

    def _def(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self.defining(node).run(node.parts[1], value)

    def defining(self, node: Node) -> "Runner":
        """The scope behind a definition, which the function itself sees too."""
        parameters = tuple(part.text for part in node.parts[2:])
        key = f"{node.text}/{len(parameters)}"
        return self.within(functions={key: Closure(parameters, node.parts[0], None)})

    def called(
        self, closure: Closure, key: str, arguments: tuple[Node, ...], value: Value
    ) -> Iterator[tuple["Runner", Node]]:
        """The scopes in which a function's body is run: one for each combination of its `$` arguments."""
        self.budget.step()
        home = closure.scope or self
        functions = {} if closure.scope else {key: closure}
        named: list[tuple[str, Node]] = []
        for name, argument in zip(closure.parameters, arguments, strict=True):
            functions[f"{name.lstrip('$')}/0"] = Closure((), argument, self)
            if name.startswith("$"):
                named.append((name[1:], argument))
        for combination in self.every(tuple(argument for _, argument in named), value):
            bound = {name: one for (name, _), one in zip(named, combination, strict=True)}
            given = {f"{name}/0": Closure((), Node("variable", (), name), None) for name in bound}
            scope = home.within(bound, functions)
            for key_of in given:
                scope.functions[key_of] = Closure((), Node("variable", (), key_of[:-2]), scope)
            yield scope, closure.body

    def _as(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.run(node.parts[0], value):
            for bound in self.fitted(node.parts[1], one):
                yield from self.within(bound).run(node.parts[2], value)

    def fitted(self, pattern: Node, value: Value) -> Iterator[dict[str, Value]]:
        """The variables that a pattern names, with what stands there."""
        if pattern.kind == "variable":
            yield {pattern.text: value}
            return
        places: list[tuple[Value, tuple[Node, ...]]] = []
        if pattern.kind == "listed":
            if value is not None and not isinstance(value, list):
                raise JqError(f"Cannot index {kind_of(value)} with number")
            places = [(self.at(value, number), (inside,)) for number, inside in enumerate(pattern.parts)]
        for pair in pattern.parts if pattern.kind == "named" else ():
            key = next(self.run(pair.parts[0], value), None)
            places.append((self.at(value, key), pair.parts[1:]))
        found: list[dict[str, Value]] = [{}]
        for inside_value, patterns in places:
            for inside in patterns:
                found = [{**old, **new} for old in found for new in self.fitted(inside, inside_value)]
        yield from found

    def _reduce(self, node: Node, value: Value) -> Iterator[Value]:
        source, pattern, start, step = node.parts
        for state in self.run(start, value):
            for one in self.run(source, value):
                for bound in self.fitted(pattern, one):
                    state = [None, *self.within(bound).run(step, state)][-1]
            yield state

    def _foreach(self, node: Node, value: Value) -> Iterator[Value]:
        source, pattern, start, step = node.parts[:4]
        for state in self.run(start, value):
            for one in self.run(source, value):
                for bound in self.fitted(pattern, one):
                    scope = self.within(bound)
                    for made in scope.run(step, state):
                        state = made
                        yield from scope.run(node.parts[4], made) if len(node.parts) > 4 else (made,)

    def _if(self, node: Node, value: Value) -> Iterator[Value]:
        for asked in self.run(node.parts[0], value):
            yield from self.run(node.parts[1 if truth(asked) else 2], value)

    def _otherwise(self, node: Node, value: Value) -> Iterator[Value]:
        found = [one for one in self._try(Node("try", node.parts[:1]), value) if truth(one)]
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
                raise JqError(f"Cannot iterate over {described(inside) if inside is not None else 'null'}")
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
            yield None if inside is None else self.made(inside[place_of(start) : place_of(end)])

    def _operator(self, node: Node, value: Value) -> Iterator[Value]:
        if node.text in ("and", "or"):
            for left in self.run(node.parts[0], value):
                if truth(left) == (node.text == "or"):
                    yield node.text == "or"
                else:
                    yield from (truth(right) for right in self.run(node.parts[1], value))
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
            return calculated(sign, left, right)
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
            return merged(left, right)
        verb = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided", "%": "divided"}[sign]
        raise JqError(f"{described(left)} and {described(right)} cannot be {verb}")

    def _update(self, node: Node, value: Value) -> Iterator[Value]:
        """`path = value` and its kin: the whole value with what the path leads to replaced."""
        if node.text in ("|=", "="):
            source = value if node.text == "=" else None
            for path in list(self.paths(node.parts[0], value)):
                old = got(value, path)
                made = next(self.run(node.parts[1], old if node.text == "|=" else source), None)
                value = self.made(put(value, path, made))
            yield value
            return
        right = next(self.run(node.parts[1], value), None)
        for path in list(self.paths(node.parts[0], value)):
            old = got(value, path)
            if node.text == "//=":
                made = old if truth(old) else right
            else:
                made = self.combined(node.text[0], old, right)
            value = self.made(put(value, path, made))
        yield value

    def paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        """Where the values stand that a path expression gives."""
        self.budget.step()
        if node.kind == "same":
            yield ()
        elif node.kind == "index":
            for path in self.paths(node.parts[0], value):
                for key in self.run(node.parts[1], value):
                    self.at(got(value, path), key)
                    yield (*path, key)
        elif node.kind == "each":
            for path in self.paths(node.parts[0], value):
                inside = got(value, path)
                if not isinstance(inside, list | dict):
                    raise JqError(f"Cannot iterate over {kind_of(inside)}")
                for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
                    yield (*path, key)
        elif node.kind == "pipe":
            for path in self.paths(node.parts[0], value):
                for rest in self.paths(node.parts[1], got(value, path)):
                    yield (*path, *rest)
        elif node.kind == "comma":
            for part in node.parts:
                yield from self.paths(part, value)
        else:
            yield from self.further_paths(node, value)

    def further_paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        """The paths of steps that lead nowhere themselves but choose where others lead."""
        kind, parts = node.kind, node.parts
        if kind == "slice":
            for path in self.paths(parts[0], value):
                for start, end in self.every(parts[1:], value):
                    yield (*path, Slice(start, end))
        elif kind == "if":
            for asked in self.run(parts[0], value):
                yield from self.paths(parts[1 if truth(asked) else 2], value)
        elif kind == "otherwise":
            found = [path for path in self.tried_paths(parts[0], value) if truth(got(value, path))]
            yield from found or self.paths(parts[1], value)
        elif kind == "try":
            yield from self.tried_paths(parts[0], value)
        elif kind == "as":
            for one in self.run(parts[0], value):
                for bound in self.fitted(parts[1], one):
                    yield from self.within(bound).paths(parts[2], value)
        elif kind == "def":
            yield from self.defining(node).paths(parts[1], value)
        elif kind == "label":
            yield from self.labelled_paths(node, value)
        elif kind == "reduce":
            yield from self.reduced_paths(node, value)
        elif kind in ("nothing", "break"):
            yield from self.run(node, value)
        elif kind == "call":
            yield from self.called_paths(node, value)
        else:
            found_value = next(self.run(node, value), None)
            raise JqError(f"Invalid path expression with result {shortened(found_value)}")

    def tried_paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self.paths(node, value)
        except JqError:
            return

    def labelled_paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        mark = object()
        try:
            yield from self.within({f"*{node.text}": mark}).paths(node.parts[0], value)
        except _Break as left:
            if left.label is not mark:
                raise

    def reduced_paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        source, pattern, start, step = node.parts
        for path in self.paths(start, value):
            for one in self.run(source, value):
                for bound in self.fitted(pattern, one):
                    for rest in self.within(bound).paths(step, got(value, path)):
                        path = (*path, *rest)
            yield path

    def called_paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        key = f"{node.text}/{len(node.parts)}"
        closure = self.functions.get(key) or PRELUDE.get(key)
        if closure is not None:
            for scope, body in self.called(closure, key, node.parts, value):
                yield from scope.paths(body, value)
        elif key == "select/1":
            if any(truth(one) for one in self.run(node.parts[0], value)):
                yield ()
        elif key in ("recurse/0", "recurse/1"):
            each = Node("try", (Node("each", (Node("same"),)),))
            yield from self.deep_paths(node.parts[0] if node.parts else each, value, ())
        elif key == "getpath/1":
            for path in self.run(node.parts[0], value):
                yield tuple(path)
        elif key == "first/1":
            for path in self.paths(node.parts[0], value):
                yield path
                return
        elif key in ("first/0", "last/0"):
            yield (0 if node.text == "first" else -1,)
        elif key == "limit/2":
            for count in self.run(node.parts[0], value):
                yield from islice(self.paths(node.parts[1], value), max(0, int(number_of(count))))
        elif key in SELECTING:
            yield from [()] if kind_of(value) in SELECTING[key] else []
        elif key in ("empty/0", "error/0", "error/1"):
            yield from self.run(node, value)
        else:
            found = next(self.run(node, value), None)
            raise JqError(f"Invalid path expression with result {shortened(found)}")

    def deep_paths(self, step: Node, value: Value, before: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        self.budget.step()
        yield before
        for path in self.paths(step, value):
            for rest in self.deep_paths(step, got(value, path), ()):
                yield (*before, *path, *rest)

    # --- functions -------------------------------------------------------------

    def _call(self, node: Node, value: Value) -> Iterator[Value]:
        name = f"{node.text}/{len(node.parts)}"
        own = self.functions.get(name)
        if own is not None:
            for scope, body in self.called(own, name, node.parts, value):
                yield from scope.run(body, value)
            return
        if name in PLAIN:
            for arguments in self.every(node.parts, value):
                yield self.made(PLAIN[name](value, *arguments))
            return
        kinds = SELECTING.get(name)
        if kinds:
            if kind_of(value) in kinds:
                yield value
            return
        found = getattr(self, f"_do_{node.text}_{len(node.parts)}", None)
        if found is not None:
            yield from found(node, value)
        elif name in PRELUDE:
            for scope, body in self.called(PRELUDE[name], name, node.parts, value):
                yield from scope.run(body, value)
        else:
            raise BadProgram(f"{name} is not defined", node.at)

    def _do_empty_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield from ()

    def _do_add_0(self, node: Node, value: Value) -> Iterator[Value]:
        made: Value = None
        for one in array_of(list(value.values()) if isinstance(value, dict) else value):
            made = self.made(self.combined("+", made, one))
        yield made

    def _do_error_0(self, node: Node, value: Value) -> Iterator[Value]:
        raise JqError(value)
        yield

    def _do_error_1(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.run(node.parts[0], value):
            raise JqError(one)
            yield

    def _do_env_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield dict(self.source.environment)

    def _do_now_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield self.source.clock

    def _do_input_0(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.source.waiting:
            yield one
            return
        raise JqError("No more inputs")

    def _do_inputs_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self.source.waiting

    def _do_debug_0(self, node: Node, value: Value) -> Iterator[Value]:
        self.source.said.append(told(["DEBUG:", value], indent=None) + "\n")
        yield value

    def _do_debug_1(self, node: Node, value: Value) -> Iterator[Value]:
        for one in self.run(node.parts[0], value):
            self.source.said.append(told(["DEBUG:", one], indent=None) + "\n")
        yield value

    def _do_stderr_0(self, node: Node, value: Value) -> Iterator[Value]:
        self.source.said.append(told(value, indent=None))
        yield value

    def _do_path_1(self, node: Node, value: Value) -> Iterator[Value]:
        for path in self.paths(node.parts[0], value):
            yield [slice_told(key) for key in path]

    def _do_getpath_1(self, node: Node, value: Value) -> Iterator[Value]:
        for path in self.run(node.parts[0], value):
            yield got(value, tuple(array_of(path)))

    def _do_setpath_2(self, node: Node, value: Value) -> Iterator[Value]:
        for path, made in self.every(node.parts, value):
            yield self.made(put(value, tuple(array_of(path)), made))

    def _do_delpaths_1(self, node: Node, value: Value) -> Iterator[Value]:
        for paths in self.run(node.parts[0], value):
            made = value
            for path in sorted(array_of(paths), key=order, reverse=True):
                made = without(made, tuple(path))
            yield made

    def _do_limit_2(self, node: Node, value: Value) -> Iterator[Value]:
        for count in self.run(node.parts[0], value):
            yield from islice(self.run(node.parts[1], value), max(0, int(number_of(count))))

    def _do_last_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield from list(self.run(node.parts[0], value))[-1:]

    def _do_until_2(self, node: Node, value: Value) -> Iterator[Value]:
        while not truth(next(self.run(node.parts[0], value), None)):
            self.budget.step()
            value = next(self.run(node.parts[1], value), None)
        yield value

    def _do_while_2(self, node: Node, value: Value) -> Iterator[Value]:
        while truth(next(self.run(node.parts[0], value), None)):
            self.budget.step()
            yield value
            value = next(self.run(node.parts[1], value), None)

    def _do_repeat_1(self, node: Node, value: Value) -> Iterator[Value]:
        while True:
            self.budget.step()
            yield value
            value = next(self.run(node.parts[0], value), None)

    def _do_recurse_1(self, node: Node, value: Value) -> Iterator[Value]:
        self.budget.step()
        yield value
        for one in self.run(node.parts[0], value):
            yield from self._do_recurse_1(node, one)

    def _do_range_2(self, node: Node, value: Value) -> Iterator[Value]:
        for start, end in self.every(node.parts, value):
            yield from self.counted(start, end, 1)

    def _do_range_3(self, node: Node, value: Value) -> Iterator[Value]:
        for start, end, step in self.every(node.parts, value):
            yield from self.counted(start, end, step)

    def counted(self, start: Value, end: Value, step: Value) -> Iterator[Value]:
        if not all(isinstance(one, int | float) for one in (start, end, step)):
            raise JqError("Range bounds must be numeric")
        while step and (start < end if step > 0 else start > end):
            self.budget.step()
            yield start
            start += step

    def _do_tojson_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield self.made(told(value, indent=None))

    def _do_match_1(self, node: Node, value: Value) -> Iterator[Value]:
        for wanted in self.run(node.parts[0], value):
            yield from found_in(value, *wanted(wanted))

    def _do_match_2(self, node: Node, value: Value) -> Iterator[Value]:
        for wanted, flags in self.every(node.parts, value):
            yield from found_in(value, wanted, flags)

    def _do_test_2(self, node: Node, value: Value) -> Iterator[Value]:
        for wanted, flags in self.every(node.parts, value):
            yield bool(found_in(value, wanted, flags))

    def _do_sub_2(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self.swapped(node, value, "")

    def _do_sub_3(self, node: Node, value: Value) -> Iterator[Value]:
        for flags in self.run(node.parts[2], value):
            yield from self.swapped(node, value, flags)

    def _do_gsub_2(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self.swapped(node, value, "g")

    def _do_gsub_3(self, node: Node, value: Value) -> Iterator[Value]:
        for flags in self.run(node.parts[2], value):
            yield from self.swapped(node, value, flags + "g")

    def swapped(self, node: Node, value: Value, flags: str) -> Iterator[Value]:
        """A text with what an expression finds replaced; what replaces it reads its named brackets."""
        for wanted in self.run(node.parts[0], value):
            pieces, last = [], 0
            for match in found_in(value, wanted, flags):
                named = {one["name"]: one["string"] for one in match["captures"] if one["name"] is not None}
                made = next(self.run(node.parts[1], named), "")
                if not isinstance(made, str):
                    raise JqError(f"{described(named)} cannot be added to a string")
                pieces += [value[last : match["offset"]], made]
                last = match["offset"] + match["length"]
            yield self.made("".join(pieces) + value[last:])

    def _do_range_1(self, node: Node, value: Value) -> Iterator[Value]:
        for end in self.run(node.parts[0], value):
            yield from range_up_to(value, end)

    def _do_any_2(self, node: Node, value: Value) -> Iterator[Value]:
        found = self._pipe(Node("pipe", node.parts), value)
        yield any(truth(one) for one in found)

    def _do_all_2(self, node: Node, value: Value) -> Iterator[Value]:
        found = self._pipe(Node("pipe", node.parts), value)
        yield all(truth(one) for one in found)

    def _do_select_1(self, node: Node, value: Value) -> Iterator[Value]:
        for asked in self.run(node.parts[0], value):
            if truth(asked):
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
        for entries in self._do_map_1(node, entries_of(value)):
            yield self.made(from_entries(entries))

    def _keyed(self, node: Node, value: Value) -> list[tuple[tuple[Any, ...], Value]]:
        if not isinstance(value, list):
            raise JqError(f"{described(value)} cannot be sorted, as it is not an array")
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
        yield any(truth(one) for one in next(self._do_map_1(node, value)))

    def _do_all_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield all(truth(one) for one in next(self._do_map_1(node, value)))

    def _do_del_1(self, node: Node, value: Value) -> Iterator[Value]:
        for path in sorted(
            self.paths(node.parts[0], value), key=lambda path: order(list(path)), reverse=True
        ):
            value = without(value, path)
        yield value


_DEFINED = """
def in(xs): . as $x | xs | has($x);
def paths: path(..) | select(length > 0);
def paths(node_filter): . as $in | paths | select(. as $p | $in | getpath($p) | node_filter);
def leaf_paths: paths(scalars);
def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;
def nth($n): .[$n];
def nth($n; f): last(limit($n + 1; f));
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def capture(re): capture(re; null);
def capture(re; flags): match(re; flags)
  | [.captures[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
def scan(re): match(re; "g") | if (.captures | length) > 0 then [.captures[].string] else .string end;
def splits($re): split($re; null)[];
def splits($re; flags): split($re; flags)[];
def date: todate;
def dateadd(u; n): . + n;
def recurse(f; cond): def r: ., (f | select(cond) | r); r;
def recurse_down: recurse;
def tostream: path(def r: (.[]?|r), .; r) as $p | getpath($p)
  | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
def INDEX(stream; idx_expr): reduce stream as $row ({}; .[$row|idx_expr|tostring] |= $row);
def INDEX(idx_expr): INDEX(.[]; idx_expr);
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
def isempty(g): label $go | (first(g|false), true) | ., break $go;
"""
"""What jq defines in its own language (builtin.jq of 1.6), as far as it is no step of ours."""


def _prelude() -> dict[str, Closure]:
    found: dict[str, Closure] = {}
    for line in re.split(r"\n(?=def )", _DEFINED.strip()):
        node = read(line)
        parameters = tuple(part.text for part in node.parts[2:])
        found[f"{node.text}/{len(parameters)}"] = Closure(parameters, node.parts[0], None)
    return found


PRELUDE = _prelude()
