"""Values of jq: their order, the places in them, and the functions that need no program."""

import json
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from checkpoint.core.sim import expressions, limits
from checkpoint.core.sim.commands.jq.text import told
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.parts.files import encoded

Value = Any
"""What JSON can say: None, bool, int, float, str, list, dict."""
_SHOWN = 11
"""Characters of a value that jq 1.6 shows in a complaint (errbuf of 15 bytes, builtin.c)."""
_KINDS = ("null", "boolean", "number", "string", "array", "object")


class JqError(SimError):
    """What jq says of a value that a step can't be done on; `error` may say any value."""

    def __init__(self, message: Value) -> None:
        super().__init__(message if isinstance(message, str) else told(message, indent=None), 5)
        self.value = message


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


def truth(value: Value) -> bool:
    return value is not None and value is not False


def described(value: Value) -> str:
    text = told(value, indent=None)
    return f"{kind_of(value)} ({text[:_SHOWN] + '...' if len(text) > _SHOWN + 3 else text})"


@dataclass(frozen=True, slots=True)
class Slice:
    """A step of a path that leads to a part of an array."""

    start: Value
    end: Value


def slice_told(key: Any) -> Value:
    return {"start": key.start, "end": key.end} if isinstance(key, Slice) else key


def shortened(value: Value) -> str:
    text = told(value, indent=None)
    return text[:_SHOWN] + "..." if len(text) > _SHOWN + 3 else text


def place_of(value: Value) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise JqError("Start and end indices of an array slice must be numbers")
    return math.floor(max(-(2**31), min(2**31, value)))


def calculated(sign: str, left: float, right: float) -> float:
    if sign in ("/", "%") and not (int(right) if sign == "%" else right):
        raise JqError(
            f"{described(left)} and {described(right)} cannot be divided because the divisor is zero"
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


def merged(left: dict[str, Value], right: dict[str, Value]) -> dict[str, Value]:
    made = dict(left)
    for key, value in right.items():
        old = made.get(key)
        made[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return made


def got(value: Value, path: tuple[Any, ...]) -> Value:
    for key in path:
        if value is None:
            return None
        if isinstance(key, Slice):
            value = value[place_of(key.start) : place_of(key.end)]
            continue
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key] if -len(value) <= key < len(value) else None
        else:
            raise JqError(f"Cannot index {kind_of(value)} with {kind_of(key)}")
    return value


def put(value: Value, path: tuple[Any, ...], made: Value) -> Value:
    if not path:
        return made
    key, rest = path[0], path[1:]
    if isinstance(key, Slice):
        if value is not None and not isinstance(value, list):
            raise JqError("Cannot update field at object index of " + kind_of(value))
        start, end, _ = slice(place_of(key.start), place_of(key.end)).indices(len(value or []))
        inside = put((value or [])[start:end], rest, made)
        if not isinstance(inside, list):
            raise JqError("A slice of an array can only be assigned another array")
        return [*(value or [])[:start], *inside, *(value or [])[max(start, end) :]]
    if isinstance(key, str) and (value is None or isinstance(value, dict)):
        inside = dict(value or {})
        inside[key] = put(inside.get(key), rest, made)
        return inside
    if isinstance(key, int) and (value is None or isinstance(value, list)):
        if not -len(value or ()) <= key < 10_000:
            raise JqError("Out of bounds negative array index")
        items = list(value or [])
        items += [None] * (key + 1 - len(items))
        items[key] = put(items[key], rest, made)
        return items
    raise JqError(f"Cannot index {kind_of(value)} with {kind_of(key)}")


def without(value: Value, path: tuple[Any, ...]) -> Value:
    if len(path) > 1:
        inside = got(value, path[:1])
        return value if inside is None else put(value, path[:1], without(inside, path[1:]))
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key != path[0]}
    if isinstance(value, list) and path and isinstance(path[0], Slice):
        start, end, _ = slice(place_of(path[0].start), place_of(path[0].end)).indices(len(value))
        return [*value[:start], *value[max(start, end) :]]
    if isinstance(value, list) and path and isinstance(path[0], int):
        if not -len(value) <= path[0] < len(value):
            return value
        place = path[0] % len(value) if value else 0
        return value[:place] + value[place + 1 :]
    return value


def _length(value: Value) -> Value:
    if isinstance(value, bool):
        raise JqError(f"{described(value)} has no length")
    if isinstance(value, int | float):
        return abs(value)
    return 0 if value is None else len(value)


def _keys(value: Value) -> Value:
    if isinstance(value, dict):
        return sorted(value)
    if isinstance(value, list):
        return list(range(len(value)))
    raise JqError(f"{described(value)} has no keys")


def entries_of(value: Value) -> Value:
    if not isinstance(value, dict):
        raise JqError(f"{described(value)} has no keys")
    return [{"key": key, "value": one} for key, one in value.items()]


def from_entries(value: Value) -> Value:
    made = {}
    for one in array_of(value):
        if not isinstance(one, dict):
            raise JqError(f'Cannot index {kind_of(one)} with "key"')
        key = next((one[name] for name in ("key", "k", "name", "Name", "Key", "K") if name in one), None)
        made[key if isinstance(key, str) else told(key, indent=None)] = one.get("value", one.get("v"))
    return made


def array_of(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise JqError(f"Cannot iterate over {described(value) if value is not None else 'null'}")
    return value


def _string(value: Value, what: str) -> str:
    if not isinstance(value, str):
        raise JqError(f"{described(value)} {what}")
    return value


def _joined(value: Value, glue: Value) -> Value:
    parts = []
    for one in array_of(value):
        if isinstance(one, list | dict):
            raise JqError(f"{described(glue)} and {described(one)} cannot be added")
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
    raise JqError(f"{described(value)} and {described(other)} cannot have their containment checked")


def number_of(value: Value) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = _string(value, "cannot be parsed as a number").strip()
    try:
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 18 else float(text)
    except ValueError:
        why = f"Invalid numeric literal at EOF at line 1, column {len(text)} (while parsing '{text}')"
        raise JqError(why) from None


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
    return bool(found_in(text, pattern, ""))


def _unique(value: Value) -> list[Value]:
    return list({order(one): one for one in sorted(array_of(value), key=order)}.values())


def _flat(value: Value, depth: int = 1_000) -> list[Value]:
    """An array's arrays opened, so many inside each other."""
    found: list[Value] = []
    for one in array_of(value):
        found += _flat(one, depth - 1) if isinstance(one, list) and depth > 0 else [one]
    return found


def range_up_to(value: Value, end: Value) -> list[Value]:
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


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else told(value, indent=None)


def _html(text: str) -> str:
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text


def _for_shell(value: Value) -> str:
    if isinstance(value, list | dict):
        raise JqError(f"{described(value)} can not be escaped for shell")
    return "'" + value.replace("'", "'\\''") + "'" if isinstance(value, str) else told(value, indent=None)


def _from_json(value: Value) -> Value:
    text = _string(value, f"{described(value)} cannot be parsed as JSON")
    if text.count("[") + text.count("{") > 200:
        raise Exhausted("a JSON text in a value has at most 200 brackets")
    try:
        return json.loads(text)
    except ValueError:
        raise JqError(f"{text} (while parsing '{text}')") from None


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):
        return 1.7976931348623157e308


def _plain_number(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < 1e17 else value


def _indices(value: Value, part: Value) -> Value:
    if value is None:
        return None
    if isinstance(value, str) and isinstance(part, str):
        return [at for at in range(len(value)) if part and value.startswith(part, at)]
    if isinstance(value, list) and isinstance(part, list):
        size = len(part)
        return [at for at in range(len(value)) if size and order(value[at : at + size]) == order(part)]
    return [at for at, one in enumerate(array_of(value)) if order(one) == order(part)]


def wanted(wanted: Value) -> tuple[Value, Value]:
    """An expression, or one with its flags in an array."""
    if isinstance(wanted, list):
        return (wanted[0] if wanted else None), (wanted[1] if len(wanted) > 1 else "")
    return wanted, ""


def found_in(value: Value, wanted: Value, flags: Value) -> list[Value]:
    """What `match` gives: offset, length, text and what the brackets found (jq 1.6, f_match)."""
    text = _string(value, f"{described(value)} cannot be matched, as it is not a string")
    typed = _string(wanted, f"{described(wanted)} cannot be matched, as it is not a string")
    letters = flags or ""
    if any(letter not in "gimnslpx" for letter in letters):
        raise JqError(f"{letters} is not a valid modifier string")
    inner = re.sub(r"\(\?<(?=[A-Za-z_])", "(?P<", typed)
    prefix = "(?s" + "i" * ("i" in letters) + ")"
    found: list[Value] = []
    names = {number: name for name, number in expressions.names_in(prefix + inner).items()}
    for match in expressions.compiled(prefix + inner).finditer(text):
        captures = [
            {
                "offset": match.start(number) if group is not None else -1,
                "length": len(group or ""),
                "string": group,
                "name": names.get(number),
            }
            for number, group in enumerate(match.groups(), start=1)
        ]
        whole = match.group() or ""
        found.append({"offset": match.start(), "length": len(whole), "string": whole, "captures": captures})
        if "g" not in letters:
            break
    return found


def _split_by(value: Value, by: Value, flags: Value) -> list[Value]:
    text, pieces, last = _string(value, "split input must be a string"), [], 0
    for match in found_in(value, by, f"g{flags or ''}"):
        pieces.append(text[last : match["offset"]])
        last = match["offset"] + match["length"]
    return [*pieces, text[last:]]


def _date_told(seconds: float) -> str:
    return _moment(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(math.floor(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise JqError("error converting number of seconds since epoch to datetime") from None


def _date_read(value: Value, form: str) -> int:
    text = _string(value, "strptime/1 requires string inputs and arguments")
    try:
        return int(datetime.strptime(text, form).replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise JqError(f'date "{text}" does not match format "{form}"') from None


def _broken_down(seconds: float) -> list[Value]:
    at = _moment(seconds)
    return [
        at.year,
        at.month - 1,
        at.day,
        at.hour,
        at.minute,
        at.second,
        at.isoweekday() % 7,
        at.timetuple().tm_yday - 1,
    ]


def _seconds(parts: list[Value]) -> int:
    if len(parts) < 6 or not all(isinstance(one, int | float) for one in parts):
        raise JqError("mktime requires array of 6 numbers")
    try:
        made = datetime(*(int(one) + (place == 1) for place, one in enumerate(parts[:6])), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        raise JqError("invalid gmtime representation") from None
    return int(made.timestamp())


def _formatted(value: Value, form: Value) -> str:
    seconds = _seconds(value) if isinstance(value, list) else number_of(value)
    return _moment(seconds).strftime(_string(form, "strftime/1 requires a string format"))


def _cell(value: Value) -> str:
    if isinstance(value, list | dict):
        raise JqError(f"{described(value)} is not valid in a csv row")
    return "" if value is None else value if isinstance(value, str) else told(value, indent=None)


def _plain_text(text: str) -> str:
    try:
        return b64decode(encoded(text), validate=True).decode("utf-8", "replace")
    except ValueError:
        raise JqError(f"{described(text)} is not valid base64 data") from None


SELECTING = {f"{kind}s/0": (kind,) for kind in _KINDS} | {
    "values/0": _KINDS[1:],
    "scalars/0": _KINDS[:4],
    "iterables/0": _KINDS[4:],
}
"""Functions that let values of some kinds through."""

PLAIN: dict[str, Callable[..., Value]] = {
    "length/0": _length,
    "keys/0": _keys,
    "keys_unsorted/0": lambda v: list(v) if isinstance(v, dict) else _keys(v),
    "transpose/0": lambda v: [
        [row[at] if at < len(row) else None for row in array_of(v)]
        for at in range(max(map(len, v), default=0))
    ],
    "flatten/1": lambda v, depth: _flat(v, int(number_of(depth))),
    "fromjson/0": lambda v: _from_json(v),
    "explode/0": lambda v: [ord(one) for one in _string(v, "explode input must be a string")],
    "implode/0": lambda v: "".join(chr(one) for one in array_of(v)),
    "ceil/0": lambda v: math.ceil(number_of(v)),
    "round/0": lambda v: math.floor(number_of(v) + 0.5),
    "fabs/0": lambda v: abs(number_of(v)),
    "sqrt/0": lambda v: _plain_number(math.sqrt(max(0, number_of(v)))),
    "pow/2": lambda v, a, b: _plain_number(_power(number_of(a), number_of(b))),
    "log/0": lambda v: math.log(number_of(v)) if number_of(v) > 0 else None,
    "infinite/0": lambda v: 1.7976931348623157e308,
    "indices/1": lambda v, part: _indices(v, part),
    "rindex/1": lambda v, part: (_indices(v, part) or [None])[-1],
    "split/2": lambda v, by, flags: _split_by(v, by, flags),
    "todate/0": lambda v: _date_told(number_of(v)),
    "todateiso8601/0": lambda v: _date_told(number_of(v)),
    "fromdate/0": lambda v: _date_read(v, "%Y-%m-%dT%H:%M:%SZ"),
    "fromdateiso8601/0": lambda v: _date_read(v, "%Y-%m-%dT%H:%M:%SZ"),
    "strftime/1": lambda v, form: _formatted(v, form),
    "mktime/0": lambda v: _seconds(array_of(v)),
    "gmtime/0": lambda v: _broken_down(number_of(v)),
    "@uri/0": lambda v: quote(_shown(v), safe="-_.~"),
    "@html/0": lambda v: _html(_shown(v)),
    "@sh/0": lambda v: " ".join(_for_shell(one) for one in (v if isinstance(v, list) else [v])),
    "not/0": lambda v: not truth(v),
    "type/0": kind_of,
    "any/0": lambda v: any(truth(one) for one in array_of(v)),
    "all/0": lambda v: all(truth(one) for one in array_of(v)),
    "first/0": lambda v: (array_of(v) or [None])[0],
    "last/0": lambda v: (array_of(v) or [None])[-1],
    "min/0": lambda v: min(array_of(v), key=order, default=None),
    "max/0": lambda v: max(array_of(v), key=order, default=None),
    "reverse/0": lambda v: [] if v is None else v[::-1] if isinstance(v, str) else array_of(v)[::-1],
    "sort/0": lambda v: sorted(array_of(v), key=order),
    "unique/0": _unique,
    "flatten/0": lambda v: _flat(v),
    "to_entries/0": entries_of,
    "from_entries/0": from_entries,
    "tostring/0": lambda v: v if isinstance(v, str) else told(v, indent=None),
    "tojson/0": lambda v: told(v, indent=None),
    "tonumber/0": number_of,
    "ascii_downcase/0": lambda v: _string(v, "explode input must be a string").lower(),
    "ascii_upcase/0": lambda v: _string(v, "explode input must be a string").upper(),
    "floor/0": lambda v: math.floor(number_of(v)),
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
    "index/1": lambda v, part: (_indices(v, part) or [None])[0],
    "@text/0": lambda v: v if isinstance(v, str) else told(v, indent=None),
    "@json/0": lambda v: told(v, indent=None),
    "@tsv/0": lambda v: "\t".join(map(_cell, array_of(v))),
    "@csv/0": lambda v: ",".join(
        '"' + one.replace('"', '""') + '"' if isinstance(one, str) else _cell(one) for one in array_of(v)
    ),
    "@base64/0": lambda v: b64encode(encoded(_string(v, "cannot be encoded"))).decode(),
    "@base64d/0": lambda v: _plain_text(_string(v, "is not valid base64 data")),
}
