"""Runs an awk program over lines."""

import math
import re
from collections.abc import Callable, Iterator
from typing import cast

from checkpoint.core.sim import expressions, limits
from checkpoint.core.sim.commands.awk.language import Node, NotHere, Program, unescaped
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.expressions import Expression
from checkpoint.core.sim.limits import Budget

_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?)")
_FORMAT = re.compile(r"%([-+ #0]*)(\*|\d{1,4})?(?:\.(\*|\d{1,4}))?([a-zA-Z%])")
_FIELDS, _SEPARATOR = 10_000, "\x1c"


class Input(str):
    """A text from outside: where it looks like a number it is compared as one."""

    __slots__ = ()


Value = float | str | None
Array = dict[str, Value]


class Next(Exception): ...


class Broken(Exception): ...


class Continued(Exception): ...


class Returned(Exception):
    def __init__(self, value: Value) -> None:
        self.value = value


class Ended(Exception):
    """`exit`."""

    def __init__(self, code: int) -> None:
        self.code = code


class Runner:
    """One program while it runs. `write(text, operator, file)` prints; without a file on standard output."""

    def __init__(
        self,
        program: Program,
        budget: Budget,
        write: Callable[[str, str, str], None],
        environment: dict[str, str],
    ) -> None:
        self.program, self.budget, self.write = program, budget, write
        self.variables: dict[str, Value | Array] = {
            "FS": " ", "OFS": " ", "ORS": "\n", "RS": "\n", "NR": 0.0, "FNR": 0.0, "NF": 0.0,
            "FILENAME": "", "SUBSEP": _SEPARATOR, "CONVFMT": "%.6g", "OFMT": "%.6g",
            "RSTART": 0.0, "RLENGTH": -1.0,
            "ENVIRON": {name: Input(value) for name, value in environment.items()},
        }  # fmt: skip
        self.locals: list[dict[str, Value | Array]] = []
        self.record: list[str] = [""]
        """`$0` and the fields."""
        self.inside: set[int] = set()
        """Ranges that have begun."""
        self.code = 0

    # --- the whole -----------------------------------------------------------

    def run(self, files: Callable[[], Iterator[tuple[str, str]]]) -> int:
        """All of it on (name, text) of each file; gives the exit code."""
        try:
            try:
                for block in self.program.begin:
                    self.do(block)
                if self.program.rules or self.program.end:
                    self.read(files)
            except Ended as ended:
                self.code = ended.code
                if not self.program.end:
                    return self.code
            for block in self.program.end:
                self.do(block)
        except Ended as ended:
            self.code = ended.code
        return self.code

    def read(self, files: Callable[[], Iterator[tuple[str, str]]]) -> None:
        for name, text in files():
            self.variables["FILENAME"], self.variables["FNR"] = name, 0.0
            for line in self.records(text):
                self.variables["NR"] = number(self.plain("NR")) + 1
                self.variables["FNR"] = number(self.plain("FNR")) + 1
                self.whole(line)
                try:
                    for place, (pattern, body) in enumerate(self.program.rules):
                        if self.fits(pattern, place):
                            self.do(body)
                except Next:
                    continue

    def records(self, text: str) -> list[str]:
        separator = self.text(self.plain("RS"))
        if not separator:
            return [part.strip("\n") for part in re.split(r"\n\n+", text.strip("\n"))] if text.strip() else []
        parts = text.split(separator) if len(separator) == 1 else self.cut(text, separator)
        if parts and not parts[-1].rstrip("\n"):
            parts.pop()
        return parts

    def fits(self, pattern: Node | None, place: int) -> bool:
        self.budget.step()
        if pattern is None:
            return True
        if pattern[0] != "range":
            return self.true(pattern)
        if place not in self.inside and not self.true(pattern[1]):
            return False
        self.inside.add(place)
        if self.true(pattern[2]):
            self.inside.discard(place)
        return True

    # --- records and fields --------------------------------------------------

    def whole(self, line: str) -> None:
        parts = self.cut(line, self.text(self.plain("FS")))
        limits.spend(len(parts))
        self.record = [line, *parts]
        self.variables["NF"] = float(len(parts))

    def cut(self, text: str, separator: str) -> list[str]:
        if separator == " ":
            return text.split()
        if not text:
            return []
        if not separator:
            return list(text)
        if len(separator) == 1 and separator != "\\":
            return text.split(separator)
        parts, last = [], 0
        for match in compiled(separator).finditer(text):
            if match.end() > match.start():
                parts.append(text[last : match.start()])
                last = match.end()
        return [*parts, text[last:]]

    def rejoin(self) -> None:
        self.record[0] = self.text(self.plain("OFS")).join(self.record[1:])

    def field(self, place: int) -> Value:
        if place < 0:
            raise SimError(f"attempt to access field {place}", 2)
        return Input(self.record[place]) if place < len(self.record) else None

    def set_field(self, place: int, text: str) -> None:
        if place == 0:
            self.whole(text)
            return
        if not 0 < place < _FIELDS:
            raise SimError(f"attempt to access field {place}", 2)
        self.record += [""] * (place + 1 - len(self.record))
        self.record[place] = text
        self.variables["NF"] = float(len(self.record) - 1)
        self.rejoin()

    # --- variables -----------------------------------------------------------

    def home(self, name: str) -> dict[str, Value | Array]:
        return self.locals[-1] if self.locals and name in self.locals[-1] else self.variables

    def plain(self, name: str) -> Value:
        found = self.home(name).get(name)
        if isinstance(found, dict):
            raise SimError(f"attempt to use array `{name}' in a scalar context", 2)
        return found

    def array(self, name: str) -> Array:
        home = self.home(name)
        found = home.get(name)
        if found is None:
            found = home[name] = {}
        if not isinstance(found, dict):
            raise SimError(f"attempt to use scalar `{name}' as an array", 2)
        return found

    def assign(self, goal: Node, value: Value) -> Value:
        if goal[0] == "field":
            self.set_field(int(self.number(goal[1])), self.text(value))
        elif goal[0] == "item":
            items = self.array(goal[1])
            items[self.key(goal[2])] = value
            limits.spend(10)
            if len(items) > _FIELDS:
                raise SimError("an array has at most 10,000 elements here", 2)
        else:
            self.plain(goal[1])
            self.home(goal[1])[goal[1]] = value
            if goal[1] == "NF" and not self.locals:
                count = min(int(number(value)), _FIELDS)
                self.record = (self.record + [""] * count)[: count + 1]
                self.rejoin()
        return value

    def key(self, parts: list[Node]) -> str:
        return _SEPARATOR.join(self.text(self.value(part)) for part in parts)

    # --- statements ----------------------------------------------------------

    def do(self, node: Node) -> None:
        self.budget.step()
        kind = node[0]
        if kind == "block":
            for one in node[1]:
                self.do(one)
        elif kind == "value":
            self.value(node[1])
        elif kind in ("print", "printf"):
            self.print(node)
        elif kind == "if":
            if self.true(node[1]):
                self.do(node[2])
            elif node[3] is not None:
                self.do(node[3])
        elif kind in ("while", "do", "for", "each"):
            self.loop(node)
        elif kind == "delete":
            self.delete(node)
        else:
            self.leave(node)

    def leave(self, node: Node) -> None:
        if node[0] == "next":
            raise Next
        if node[0] == "exit":
            raise Ended(int(self.number(node[1])) & 255 if node[1] is not None else self.code)
        if node[0] == "return":
            raise Returned(self.value(node[1]) if node[1] is not None else None)
        raise Broken if node[0] == "break" else Continued

    def delete(self, node: Node) -> None:
        items = self.array(node[1])
        if node[2] is None:
            items.clear()
        else:
            items.pop(self.key(node[2]), None)

    def loop(self, node: Node) -> None:
        try:
            if node[0] == "each":
                for key in list(self.array(node[2])):
                    self.assign(("name", node[1]), Input(key))
                    self.turn(node[3])
                return
            start, test, step, body = _parts(node)
            if start is not None:
                self.do(start)
            first = node[0] == "do"
            while first or test is None or self.true(test):
                first = False
                self.turn(body)
                if step is not None:
                    self.do(step)
        except Broken:
            return

    def turn(self, body: Node) -> None:
        self.budget.step()
        try:
            self.do(body)
        except Continued:
            return

    def print(self, node: Node) -> None:
        word, values, operator, goal = node
        if word == "printf":
            if not values:
                raise SimError("printf: no arguments", 2)
            given = [self.value(one) for one in values]
            text = self.formatted(self.text(given[0]), given[1:])
        else:
            shown = [self.shown(self.value(one)) for one in values] if values else [self.record[0]]
            text = self.text(self.plain("OFS")).join(shown) + self.text(self.plain("ORS"))
        self.write(text, operator, self.text(self.value(goal)) if operator else "")

    # --- values --------------------------------------------------------------

    def value(self, node: Node) -> Value:
        self.budget.spend(5)
        return cast(Value, getattr(self, f"on_{node[0]}")(*node[1:]))

    def text(self, value: Value, form: str = "") -> str:
        if isinstance(value, float):
            if value.is_integer() and abs(value) < 1e16:
                return str(int(value))
            return (
                self.formatted(form or self.text(self.plain("CONVFMT")), [value])
                if math.isfinite(value)
                else ("nan" if math.isnan(value) else "inf" if value > 0 else "-inf")
            )
        return value or ""

    def shown(self, value: Value) -> str:
        return self.text(value, str(self.plain("OFMT")))

    def number(self, node: Node) -> float:
        return number(self.value(node))

    def true(self, node: Node) -> bool:
        value = self.value(node)
        if isinstance(value, Input) and _looks_like_number(value):
            return number(value) != 0
        return bool(value)

    def on_number(self, value: float) -> Value:
        return value

    def on_text(self, value: str) -> Value:
        return value

    def on_regex(self, text: str) -> Value:
        return float(compiled(text).search(self.record[0]) is not None)

    def on_bracket(self, inner: Node) -> Value:
        return self.value(inner)

    def on_group(self, values: list[Node]) -> Value:
        return self.key(values)

    def on_name(self, name: str) -> Value:
        return self.plain(name)

    def on_item(self, name: str, parts: list[Node]) -> Value:
        return self.array(name).setdefault(self.key(parts), None)

    def on_field(self, place: Node) -> Value:
        return self.field(int(self.number(place)))

    def on_assign(self, goal: Node, operator: str, made: Node) -> Value:
        value = self.value(made)
        if operator:
            value = calculated(operator, number(self.value(goal)), number(value))
        return self.assign(goal, value)

    def on_choose(self, asked: Node, first: Node, second: Node) -> Value:
        return self.value(first if self.true(asked) else second)

    def on_or(self, left: Node, right: Node) -> Value:
        return float(self.true(left) or self.true(right))

    def on_and(self, left: Node, right: Node) -> Value:
        return float(self.true(left) and self.true(right))

    def on_in(self, key: Node, name: str) -> Value:
        return float(self.text(self.value(key)) in self.array(name))

    def on_match(self, left: Node, right: Node, operator: str) -> Value:
        found = self.pattern(right).search(self.text(self.value(left))) is not None
        return float(found == (operator == "~"))

    def pattern(self, node: Node) -> Expression:
        return compiled(node[1] if node[0] == "regex" else self.text(self.value(node)))

    def on_compare(self, operator: str, left: Node, right: Node) -> Value:
        one, other = self.value(left), self.value(right)
        if _numeric(one) and _numeric(other):
            difference = number(one) - number(other)
        else:
            first, second = self.text(one), self.text(other)
            difference = float((first > second) - (first < second))
        fits = {
            "<": difference < 0, "<=": difference <= 0, "==": difference == 0,
            "!=": difference != 0, ">": difference > 0, ">=": difference >= 0,
        }  # fmt: skip
        return float(fits[operator])

    def on_join(self, left: Node, right: Node) -> Value:
        made = self.text(self.value(left)) + self.text(self.value(right))
        if len(made) > limits.VALUE:
            raise SimError(f"a text has at most {limits.VALUE // 1024} KB here", 2)
        return made

    def on_sum(self, operator: str, left: Node, right: Node) -> Value:
        return calculated(operator, self.number(left), self.number(right))

    def on_sign(self, operator: str, inner: Node) -> Value:
        if operator == "!":
            return float(not self.true(inner))
        return self.number(inner) * (-1 if operator == "-" else 1)

    def on_before(self, operator: str, goal: Node) -> Value:
        return self.assign(goal, self.number(goal) + (1 if operator == "++" else -1))

    def on_after(self, operator: str, goal: Node) -> Value:
        before = self.number(goal)
        self.assign(goal, before + (1 if operator == "++" else -1))
        return before

    # --- functions -----------------------------------------------------------

    def on_call(self, name: str, given: list[Node]) -> Value:
        if name in self.program.functions:
            return self.called(name, given)
        act = getattr(self, f"call_{name}", None)
        if act is None:
            raise SimError(f"function `{name}' not defined", 2)
        return cast(Value, act(given))

    def called(self, name: str, given: list[Node]) -> Value:
        names, body = self.program.functions[name]
        frame: dict[str, Value | Array] = {}
        for place, one in enumerate(names):
            node = given[place] if place < len(given) else None
            if node is not None and node[0] == "name" and isinstance(self.home(node[1]).get(node[1]), dict):
                frame[one] = self.array(node[1])
            else:
                frame[one] = self.value(node) if node is not None else None
        self.budget.deeper()
        self.locals.append(frame)
        try:
            self.do(body)
        except Returned as left:
            return left.value
        finally:
            self.locals.pop()
            self.budget.back()
        return None

    def texts(self, given: list[Node]) -> list[str]:
        return [self.text(self.value(one)) for one in given]

    def call_length(self, given: list[Node]) -> Value:
        if given and given[0][0] == "name" and isinstance(self.home(given[0][1]).get(given[0][1]), dict):
            return float(len(self.array(given[0][1])))
        return float(len(self.texts(given)[0] if given else self.record[0]))

    def call_substr(self, given: list[Node]) -> Value:
        text, start = self.texts(given[:1])[0], round(self.number(given[1]))
        end = start + round(min(self.number(given[2]), 1e9)) if len(given) > 2 else len(text) + 1
        return text[max(start, 1) - 1 : max(end, 1) - 1]

    def call_index(self, given: list[Node]) -> Value:
        text, part = self.texts(given[:2])
        return float(text.find(part) + 1)

    def call_split(self, given: list[Node]) -> Value:
        text = self.text(self.value(given[0]))
        if len(given) > 2:
            separator = given[2][1] if given[2][0] == "regex" else self.text(self.value(given[2]))
            bare = given[2][0] == "regex" and len(separator) == 1
            parts = self.cut(text, f"[{separator}]" if bare and separator == " " else separator)
        else:
            parts = self.cut(text, self.text(self.plain("FS")))
        items = self.array(given[1][1])
        items.clear()
        items.update({str(place): Input(part) for place, part in enumerate(parts, 1)})
        return float(len(parts))

    def call_sub(self, given: list[Node]) -> Value:
        return self.replaced(given, 1)

    def call_gsub(self, given: list[Node]) -> Value:
        return self.replaced(given, 0)

    def replaced(self, given: list[Node], count: int) -> Value:
        goal = given[2] if len(given) > 2 else ("field", ("number", 0.0))
        made = self.text(self.value(given[1]))
        times = 0

        def put(match: expressions.Match) -> str:
            nonlocal times
            times += 1
            whole = match.group() or ""
            return re.sub(r"\\(.)|&", lambda one: whole if one[0] == "&" else one[1], made)

        after = self.pattern(given[0]).sub(put, self.text(self.value(goal)), count)
        if times:
            self.assign(goal, after)
        return float(times)

    def call_match(self, given: list[Node]) -> Value:
        if len(given) > 2:
            raise NotHere("awk's match with an array", 2)
        found = self.pattern(given[1]).search(self.text(self.value(given[0])))
        start = float(found.start() + 1) if found else 0.0
        self.variables["RSTART"] = start
        self.variables["RLENGTH"] = float(found.end() - found.start()) if found else -1.0
        return start

    def call_sprintf(self, given: list[Node]) -> Value:
        values = [self.value(one) for one in given]
        return self.formatted(self.text(values[0]), values[1:]) if values else ""

    def call_toupper(self, given: list[Node]) -> Value:
        return self.texts(given)[0].upper()

    def call_tolower(self, given: list[Node]) -> Value:
        return self.texts(given)[0].lower()

    def call_int(self, given: list[Node]) -> Value:
        value = self.number(given[0])
        return float(math.trunc(value)) if math.isfinite(value) else value

    def call_sqrt(self, given: list[Node]) -> Value:
        value = self.number(given[0])
        return math.sqrt(value) if value >= 0 else math.nan

    def call_exp(self, given: list[Node]) -> Value:
        return math.exp(min(self.number(given[0]), 700.0))

    def call_log(self, given: list[Node]) -> Value:
        value = self.number(given[0])
        return math.log(value) if value > 0 else -math.inf if value == 0 else math.nan

    def call_sin(self, given: list[Node]) -> Value:
        return math.sin(self.number(given[0]))

    def call_cos(self, given: list[Node]) -> Value:
        return math.cos(self.number(given[0]))

    def call_atan2(self, given: list[Node]) -> Value:
        return math.atan2(self.number(given[0]), self.number(given[1]))

    def formatted(self, form: str, values: list[Value]) -> str:
        rest = list(values)

        def put(match: re.Match[str]) -> str:
            if match[4] == "%":
                return "%"
            width = str(int(number(rest.pop(0) if rest else None))) if match[2] == "*" else match[2] or ""
            precision = str(int(number(rest.pop(0) if rest else None))) if match[3] == "*" else match[3]
            if len(width) > 4 or len(precision or "") > 4:
                raise SimError("a width has at most four digits here", 2)
            given = rest.pop(0) if rest else None
            point = f".{precision}" if precision is not None else ""
            if match[4] in "diouxXc":
                return self.whole_number(match[1] + width, point, match[4], given)
            if match[4] in "eEfFgG":
                return f"%{match[1]}{width}{point}{match[4]}" % number(given)
            return f"%{match[1].replace('0', '')}{width}{point}s" % self.text(given)

        return _FORMAT.sub(put, form)

    def whole_number(self, flags: str, point: str, kind: str, given: Value) -> str:
        if kind == "c":
            shown = self.text(given)[:1] if not isinstance(given, float) else chr(int(given) % 0x110000)
            return f"%{flags}s" % shown
        value = number(given)
        if not math.isfinite(value):
            return self.text(value)
        return f"%{flags}{point}{'d' if kind in 'diu' else kind}" % math.trunc(value)


def _parts(node: Node) -> tuple[Node | None, Node | None, Node | None, Node]:
    if node[0] == "for":
        return node[1], node[2], node[3], node[4]
    test, body = (node[2], node[1]) if node[0] == "do" else (node[1], node[2])
    return None, test, None, body


def compiled(text: str) -> Expression:
    return expressions.compiled(
        expressions.from_extended(unescaped(text) if "\\/" in text else text), longest=True
    )


def calculated(operator: str, left: float, right: float) -> float:
    if operator in "/%" and right == 0:
        raise SimError("division by zero" if operator == "/" else "division by zero in %", 2)
    try:
        if operator == "/":
            return left / right
        if operator == "%":
            return math.fmod(left, right)
        if operator == "^":
            made = left**right
            return float(made) if isinstance(made, (int, float)) else math.nan
        return left + right if operator == "+" else left - right if operator == "-" else left * right
    except (OverflowError, ZeroDivisionError):
        return math.inf
    except ValueError:
        return math.nan


def number(value: Value) -> float:
    if isinstance(value, float):
        return value
    found = _NUMBER.match(value or "")
    return float(found[0]) if found else 0.0


def _looks_like_number(text: str) -> bool:
    found = _NUMBER.match(text)
    return found is not None and not text[found.end() :].strip()


def _numeric(value: Value) -> bool:
    return not isinstance(value, str) or (isinstance(value, Input) and _looks_like_number(value))
