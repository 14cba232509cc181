"""Terraform's functions. Each takes bare values; marks and unknown values are the evaluator's business."""

import base64
import binascii
import hashlib
import ipaddress
import json
import math
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.expressions import compiled
from checkpoint.core.sim.parts.terraform.values import (
    Secret,
    Type,
    Unknown,
    Unsuitable,
    Value,
    convert,
    from_json,
    json_text,
    list_of,
    map_of,
    number_text,
    order,
    parsed_number,
    same,
    set_of,
    to_string,
    type_of,
    unified,
)

LONGEST = 64 * 1024
"""Characters of a text that a function makes."""
MOST = 5_000
"""Elements of a collection that a function makes."""


class CallError(Exception):
    """The function can't do it; `parameter` is the one to blame, if it is one."""

    def __init__(self, message: str, parameter: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type = "dynamic"
    null: bool = False
    """Whether null is taken."""


@dataclass(frozen=True, slots=True)
class Function:
    parameters: tuple[Parameter, ...]
    run: Callable[..., Value]
    more: Parameter | None = None
    """What any further arguments are."""
    optional: int = 0
    """How many of the last parameters may be left out."""
    partly: bool = False
    """Works on collections that hold unknown values."""
    later: bool = False
    """Only known after apply."""


def _parameters(text: str) -> tuple[Parameter, ...]:
    kinds = {
        "s": "string",
        "n": "number",
        "b": "bool",
        "ls": ("list", "string"),
        "ln": ("list", "number"),
        "l": ("list", "dynamic"),
        "lb": ("list", "bool"),
        "ss": ("set", "string"),
        "x": "dynamic",
    }
    made = []
    for word in text.split():
        name, _, kind = word.partition(":")
        made.append(Parameter(name, kinds[kind.rstrip("?") or "x"], kind.endswith("?") or kind == "x"))
    return tuple(made)


FUNCTIONS: dict[str, Function] = {}


def _is(
    name: str,
    words: str,
    run: Callable[..., Value],
    more: str = "",
    *,
    optional: int = 0,
    partly: bool = False,
) -> None:
    rest = _parameters(more)[0] if more else None
    FUNCTIONS[name] = Function(_parameters(words), run, rest, optional, partly)


# --- numbers -------------------------------------------------------------------


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def _power(base: float, exponent: float) -> int | float:
    if abs(exponent) > 1_000 or abs(base) > 1e15:
        raise CallError("the number is too large to be simulated")
    try:
        return _whole(float(base) ** exponent)
    except (OverflowError, ZeroDivisionError):
        raise CallError("the number is too large to be simulated") from None


_DIGITS = 1_000
"""Of a number that is read from a text."""


def _parse_int(number: Value, base: int) -> int:
    if len(to_string(number)) > _DIGITS:
        raise Exhausted("a number in a configuration is too long")
    try:
        return int(to_string(number), base)
    except ValueError:
        text = json.dumps(to_string(number), ensure_ascii=False)
        raise CallError(f"cannot parse {text} as a base {base} integer", "number") from None


_is("abs", "num:n", abs)
_is("ceil", "num:n", lambda n: math.ceil(n))
_is("floor", "num:n", lambda n: math.floor(n))
_is("signum", "number:n", lambda n: (n > 0) - (n < 0))
_is("max", "", lambda *n: max(n), "numbers:n")
_is("min", "", lambda *n: min(n), "numbers:n")
_is("pow", "num:n power:n", _power)
_is("parseint", "number:x base:n", _parse_int)
_is("sum", "list:x", lambda items: _whole(sum(convert(one, "number") for one in items)))

# --- texts ---------------------------------------------------------------------


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise Exhausted("a text in a configuration is too long")
    return text


def _indent(spaces: int, text: str) -> str:
    return _bounded(text.replace("\n", "\n" + " " * min(max(spaces, 0), 100)))


def _title(text: str) -> str:
    return "".join(c.upper() if n == 0 or not text[n - 1].isalnum() else c for n, c in enumerate(text))


def _substr(text: str, offset: int, length: int) -> str:
    if offset < 0:
        offset = max(0, len(text) + offset)
    return text[offset:] if length < 0 else text[offset : offset + length]


def _replace(text: str, found: str, by: str) -> str:
    if len(found) > 1 and found.startswith("/") and found.endswith("/"):
        pattern = compiled(found[1:-1])
        return _bounded(pattern.sub(lambda match: _expanded(by, match), text))
    if not found and len(text) * (len(by) + 1) > LONGEST:
        raise Exhausted("a text in a configuration is too long")
    return _bounded(text.replace(found, by))


def _expanded(by: str, match: Any) -> str:
    out, at = [], 0
    while at < len(by):
        if by[at] == "$" and by[at + 1 : at + 2].isdecimal():
            number = int(by[at + 1])
            out.append((match.group(number) or "") if number <= len(match.groups()) else "")
            at += 2
        elif by.startswith("${", at) and "}" in by[at:]:
            word = by[at + 2 : by.index("}", at)]
            known = word.isdecimal() and int(word) <= len(match.groups())
            out.append((match.group(int(word)) or "") if known else "")
            at = by.index("}", at) + 1
        else:
            out.append("$" if by.startswith("$$", at) else by[at])
            at += 2 if by.startswith("$$", at) else 1
    return "".join(out)


def _matched(match: Any) -> Value:
    groups = match.groups()
    return tuple(groups) if groups else match.group(0)


def _regex(pattern: str, text: str) -> Value:
    match = compiled(pattern).search(text)
    if match is None:
        raise CallError("pattern did not match any part of the given string")
    return _matched(match)


_BLANK = " \t\n\r\v\f"

_is("chomp", "str:s", lambda s: s.rstrip("\r\n"))
_is("endswith", "str:s suffix:s", lambda s, e: s.endswith(e))
_is("startswith", "str:s prefix:s", lambda s, e: s.startswith(e))
_is("strcontains", "str:s substr:s", lambda s, e: e in s)
_is("indent", "spaces:n string:s", _indent)
_is(
    "join",
    "separator:s",
    lambda sep, *lists: _bounded(sep.join(one for each in lists for one in each)),
    "lists:ls",
)
_is("lower", "str:s", lambda s: s.lower())
_is("upper", "str:s", lambda s: s.upper())
_is("title", "str:s", _title)
_is("strrev", "str:s", lambda s: s[::-1])
_is("split", "separator:s str:s", lambda sep, s: list_of(s.split(sep) if sep else list(s), "string"))
_is("substr", "str:s offset:n length:n", _substr)
_is("trim", "str:s cutset:s", lambda s, cut: s.strip(cut) if cut else s)
_is("trimspace", "str:s", lambda s: s.strip(_BLANK))
_is("trimprefix", "str:s prefix:s", lambda s, p: s.removeprefix(p))
_is("trimsuffix", "str:s suffix:s", lambda s, p: s.removesuffix(p))
_is("replace", "str:s substr:s replace:s", _replace)
_is("regex", "pattern:s string:s", _regex)
_is("regexall", "pattern:s string:s", lambda p, s: list_of(_matched(one) for one in compiled(p).finditer(s)))


def _format(template: str, *values: Value) -> str:
    out, at, place = [], 0, 0
    while at < len(template):
        char = template[at]
        if char != "%":
            out.append(char)
            at += 1
            continue
        if template.startswith("%%", at):
            out.append("%")
            at += 2
            continue
        end = at + 1
        while end < len(template) and template[end] in "+-# 0123456789.":
            end += 1
        flags, verb = template[at + 1 : end], template[end : end + 1]
        if verb == "" or verb not in "vdbosqxXeEfgGt":
            raise CallError(f"unrecognized format character {_q(verb)} at offset {end}", "format")
        if place >= len(values):
            raise CallError(
                f'not enough arguments for "%{flags}{verb}" at {at}: need index {place} but have '
                f"{len(values)} total",
                "format",
            )
        out.append(_verb(verb, flags, values[place], at))
        place, at = place + 1, end + 1
    if place < len(values):
        used = "no verbs" if not place else f"only {place}"
        raise CallError(f"too many arguments; {used} used by format string", "args")
    return _bounded("".join(out))


def _q(text: str) -> str:
    return "'" + text + "'"


def _verb(verb: str, flags: str, value: Value, place: int) -> str:
    width = "".join(one for one in flags.split(".")[0] if one.isdecimal())
    if len(width) > 3 or len(flags) > 10:
        raise Exhausted("a text in a configuration is too long")
    if verb == "v":
        verb = "s" if isinstance(value, str) else verb
        text = json_text(value) if not isinstance(value, str) else value
    if verb == "s":
        text = _argument(value, "string", place, verb)
    elif verb == "q":
        return json.dumps(_argument(value, "string", place, verb), ensure_ascii=False)
    elif verb == "t":
        text = "true" if _argument(value, "bool", place, verb) else "false"
    elif verb in "dbox":
        return format(int(_argument(value, "number", place, verb)), _python(flags) + verb)
    elif verb in "XeEfgG":
        number = _argument(value, "number", place, verb)
        return format(int(number) if verb == "X" else number, _python(flags) + verb)
    precision = flags.split(".")[1] if "." in flags else ""
    if precision.isdecimal():
        text = text[: int(precision)]
    size = int(width.lstrip("0") or "0")
    return text.ljust(size) if flags.startswith("-") else text.rjust(size)


def _python(flags: str) -> str:
    return ("<" if "-" in flags else "") + flags.replace("-", "")


def _argument(value: Value, type_: Type, place: int, verb: str) -> Value:
    try:
        if value is None:
            raise Unsuitable(f"{type_} required")
        return convert(value, type_)
    except Unsuitable as error:
        raise CallError(f'unsupported value for "%{verb}" at {place}: {error}') from None


def _format_list(template: str, *values: Value) -> Value:
    lengths = {len(one) for one in values if isinstance(one, tuple)}
    if len(lengths) > 1:
        raise CallError("all list arguments must have the same length", "args")
    count = lengths.pop() if lengths else 1
    rows = [[one[n] if isinstance(one, tuple) else one for one in values] for n in range(count)]
    return list_of((_format(template, *row) for row in rows), "string")


_is("format", "format:s", _format, "args:x")
_is("formatlist", "format:s", _format_list, "args:x")

# --- collections ---------------------------------------------------------------


def _merged(*maps: Value) -> Value:
    made: dict[str, Value] = {}
    for one in maps:
        if one is None:
            continue
        if not isinstance(one, dict):
            raise CallError(f"arguments must be maps or objects, got {_kind(one)}", "maps")
        made |= one
    made = {key: made[key] for key in sorted(made)}
    if maps and all(isinstance(one, dict) and type_of(one)[0] == "map" for one in maps):
        return map_of(made, unified([type_of(one) for one in made.values()]))
    return made


def _kind(value: Value) -> str:
    kind = type_of(value)
    return f'"{kind}"' if isinstance(kind, str) else f'"{kind[0]}"'


def _collected(items: list[Value], *sources: Value) -> Value:
    """A list if all sources are, a tuple otherwise."""
    if len(items) > MOST:
        raise Exhausted("a collection in a configuration is too large")
    kinds = [type_of(one) for one in sources]
    if kinds and all(kind[0] in ("list", "set") for kind in kinds):
        return list_of(items, unified([kind[1] for kind in kinds]))
    return tuple(items)


def _element(items: Value, index: int) -> Value:
    if not items:
        raise CallError("cannot use element function with an empty list")
    return items[index % len(items)]


def _flat(items: Value, depth: int = 0) -> list[Value]:
    out: list[Value] = []
    for one in items:
        out += _flat(one, depth + 1) if isinstance(one, tuple) and depth < 40 else [one]
        if len(out) > MOST:
            raise Exhausted("a collection in a configuration is too large")
    return out


def _lookup(where: Value, key: str, *default: Value) -> Value:
    if not isinstance(where, dict):
        raise CallError("lookup() requires a map as the first argument", "inputMap")
    if key in where:
        return where[key]
    if default:
        return default[0]
    raise CallError("the given object has no attribute " + json.dumps(key, ensure_ascii=False), "inputMap")


def _length(value: Value) -> int:
    if not isinstance(value, str | tuple | dict):
        raise CallError("argument must be a string, a collection type, or a structural type", "value")
    return len(value)


def _coalesce(*values: Value) -> Value:
    for one in values:
        if one is not None and one != "":
            return one
    raise CallError("no non-null, non-empty-string arguments")


def _one(items: Value) -> Value:
    if len(items) > 1:
        raise CallError("must be a list, set, or tuple value with either zero or one elements", "list")
    return items[0] if items else None


def _range(*limits_: int) -> Value:
    start, stop, step = 0, 0, 1
    if len(limits_) == 1:
        stop = limits_[0]
        step = 1 if stop >= 0 else -1
    elif len(limits_) in (2, 3):
        start, stop = limits_[:2]
        step = limits_[2] if len(limits_) == 3 else (1 if stop >= start else -1)
    if step == 0:
        raise CallError("step must not be zero")
    made, now = [], start
    while now < stop if step > 0 else now > stop:
        made.append(_whole(now))
        limits.spend(1)
        now += step
        if len(made) > 1024:
            raise CallError(
                "more than 1024 values were generated; either decrease the difference between start "
                "and end or use a larger step"
            )
    return list_of(made, "number")


def _slice(items: Value, start: int, end: int) -> Value:
    if not 0 <= start <= end <= len(items):
        raise CallError("end index must not be greater than the length of the list", "end_index")
    return _collected(list(items[start:end]), items)


def _product(*sets: Value) -> Value:
    made: list[Value] = [()]
    for one in sets:
        made = [(*row, item) for row in made for item in one]
        if len(made) > MOST:
            raise Exhausted("a collection in a configuration is too large")
    return _collected(made, *sets)


def _keys(value: Value) -> Value:
    names = sorted(value)
    return list_of(names, "string") if type_of(value)[0] == "map" else tuple(names)


def _values(value: Value) -> Value:
    items = [value[key] for key in sorted(value)]
    kind = type_of(value)
    return list_of(items, kind[1]) if kind[0] == "map" else tuple(items)


def _index(items: Value, value: Value) -> int:
    for place, one in enumerate(items):
        if same(one, value):
            return place
    raise CallError("item not found")


def _distinct(items: Value) -> Value:
    kept: list[Value] = []
    for one in items:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return list_of(kept, unified([type_of(one) for one in kept]))


def _zipmap(names: Value, items: Value) -> Value:
    if len(names) != len(items):
        raise CallError(f"number of keys ({len(names)}) does not match number of values ({len(items)})")
    made = {to_string(name): one for name, one in zip(names, items, strict=True)}
    kind = type_of(items)
    return map_of(made, kind[1]) if kind[0] == "list" else made


def _sets(operation: Callable[[list[Value], Value], list[Value]]) -> Callable[..., Value]:
    def run(first: Value, *more: Value) -> Value:
        kept = list(first)
        for one in more:
            kept = operation(kept, one)
        return set_of(kept, unified([type_of(one) for one in kept]))

    return run


def _within(value: Value, items: Value) -> bool:
    limits.spend(5 * len(items))
    return any(same(value, one) for one in items)


def _to(type_: Type) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        try:
            return convert(value, type_)
        except Unsuitable as error:
            if isinstance(type_, str) and isinstance(value, str):
                text = json.dumps(value, ensure_ascii=False)
                article = f"cannot convert {text} to {type_}"
                raise CallError(
                    f"{article}; given string must be a decimal representation of a number"
                    if type_ == "number"
                    else f'{article}; only the strings "true" or "false" are allowed',
                    "v",
                ) from None
            raise CallError(
                f"cannot convert {_name(value)} to {_name_of(type_)}"
                if not isinstance(type_, str)
                else str(error),
                "v",
            ) from None

    return run


def _name(value: Value) -> str:
    return str(type_of(value)) if isinstance(type_of(value), str) else str(type_of(value)[0])


def _name_of(type_: Type) -> str:
    return type_ if isinstance(type_, str) else f"{type_[0]} of any single type"


_is("alltrue", "list:lb", lambda items: all(items))
_is("anytrue", "list:lb", lambda items: any(items))
_is(
    "chunklist",
    "list:l size:n",
    lambda items, size: (
        list_of(
            (_collected(list(items[n : n + size]), items) for n in range(0, len(items), size)), type_of(items)
        )
        if size > 0
        else items
    ),
)
_is("coalesce", "", _coalesce, "vals:x", partly=True)
_is("coalescelist", "", lambda *lists: next((one for one in lists if one), ()), "vals:x", partly=True)
_is("compact", "list:ls", lambda items: list_of((one for one in items if one), "string"))
_is(
    "concat",
    "",
    lambda *lists: _collected([one for each in lists for one in each], *lists),
    "seqs:x",
    partly=True,
)
_is("contains", "list:x value:x", lambda items, value: _within(value, items))
_is("distinct", "list:l", _distinct)
_is("element", "list:x index:n", _element, partly=True)
_is("flatten", "list:x", lambda items: tuple(_flat(items)), partly=True)
_is("index", "list:x value:x", _index)
_is("keys", "inputMap:x", _keys, partly=True)
_is("values", "values:x", _values, partly=True)
_is("length", "value:x", _length, partly=True)
_is("lookup", "inputMap:x key:s", _lookup, "default:x", partly=True)
_is("merge", "", _merged, "maps:x", partly=True)
_is("one", "list:x", _one, partly=True)
_is("range", "", _range, "params:n")
_is("reverse", "list:x", lambda items: _collected(list(reversed(items)), items), partly=True)
_is(
    "setintersection",
    "first_set:ss",
    _sets(lambda a, b: [one for one in a if _within(one, b)]),
    "other_sets:ss",
)
_is("setsubtract", "a:ss b:ss", _sets(lambda a, b: [one for one in a if not _within(one, b)]))
_is("setunion", "first_set:ss", _sets(lambda a, b: [*a, *b]), "other_sets:ss")
_is("setproduct", "", _product, "sets:x")
_is("slice", "list:x start_index:n end_index:n", _slice, partly=True)
_is("sort", "list:ls", lambda items: list_of(sorted(items, key=order), "string"))
_is("zipmap", "keys:ls values:x", _zipmap, partly=True)
_is("tostring", "v:x", _to("string"))
_is("tonumber", "v:x", _to("number"))
_is("tobool", "v:x", _to("bool"))
_is("tolist", "v:x", _to(("list", "dynamic")), partly=True)
_is("toset", "v:x", _to(("set", "dynamic")))
_is("tomap", "v:x", _to(("map", "dynamic")), partly=True)

# --- encodings -----------------------------------------------------------------


def _json_decoded(text: str) -> Value:
    try:
        return from_json(json.loads(text))
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()):
            raise CallError("EOF") from None
        at = getattr(error, "pos", 0)
        raise CallError(f"invalid character {_q(text[at : at + 1])} looking for beginning of value") from None


def _base64_decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except binascii.Error:
        raise CallError(f"failed to decode base64 data {json.dumps(text)}") from None
    except UnicodeDecodeError:
        raise CallError("the result of decoding the provided string is not valid UTF-8") from None


def _digest(name: str) -> Callable[[str], str]:
    return lambda text: hashlib.new(name, text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def yaml_text(value: Value, indent: int = 0) -> str:
    """As yamlencode writes it: quoted keys and texts, two blanks a level."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(
            f"{pad}{json.dumps(key, ensure_ascii=False)}:{_yaml_under(value[key], indent)}"
            for key in sorted(value)
        )
    if isinstance(value, tuple) and value:
        out = []
        for one in value:
            text = yaml_text(one, indent + 1)
            out.append(
                f"{pad}- {text.lstrip(' ')}" if isinstance(one, dict | tuple) and one else f"{pad}- {text}\n"
            )
        return "".join(out)
    if isinstance(value, dict | tuple):
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, str):
        if value.endswith("\n") and "\n" in value[:-1]:
            return "|\n" + "".join(f"{pad}{line}\n" for line in value[:-1].split("\n"))
        return json.dumps(value, ensure_ascii=False)
    return "null" if value is None else to_string(value)


def _yaml_under(value: Value, indent: int) -> str:
    if isinstance(value, dict) and value:
        return "\n" + yaml_text(value, indent + 1)
    if isinstance(value, tuple) and value:
        return "\n" + yaml_text(value, indent)
    text = yaml_text(value, indent + 1)
    return f" {text}" + ("" if text.endswith("\n") else "\n")


def _yaml_encoded(value: Value) -> str:
    text = yaml_text(value)
    return _bounded(text if text.endswith("\n") else text + "\n")


_is("jsonencode", "val:x", lambda value: _bounded(json_text(value)))
_is("jsondecode", "str:s", _json_decoded)
_is("yamlencode", "value:x", _yaml_encoded)
_is("base64encode", "str:s", lambda s: base64.b64encode(s.encode("utf-8", "replace")).decode())
_is("base64decode", "str:s", _base64_decoded)
_is("urlencode", "str:s", lambda s: urllib.parse.quote_plus(s))
_is("md5", "str:s", _digest("md5"))
_is("sha1", "str:s", _digest("sha1"))
_is("sha256", "str:s", _digest("sha256"))
_is("sha512", "str:s", _digest("sha512"))
_is(
    "base64sha256",
    "str:s",
    lambda s: base64.b64encode(hashlib.sha256(s.encode("utf-8", "replace")).digest()).decode(),
)
_is("basename", "path:s", lambda path: path.rstrip("/").rpartition("/")[2])
_is("dirname", "path:s", lambda path: path.rpartition("/")[0] or ("/" if path.startswith("/") else "."))

# --- addresses -----------------------------------------------------------------


def _network(prefix: str) -> Any:
    try:
        return ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        raise CallError(f"invalid CIDR expression: invalid CIDR address: {prefix}", "prefix") from None


def _host(prefix: str, number: int) -> str:
    network = _network(prefix)
    if not -network.num_addresses <= number < network.num_addresses:
        raise CallError(
            f"prefix of {network.prefixlen} does not accommodate a host numbered {number_text(number)}"
        )
    return str(network[number])


def _subnet(prefix: str, bits: int, number: int) -> str:
    network = _network(prefix)
    length = network.prefixlen + bits
    if not network.prefixlen <= length <= network.max_prefixlen:
        raise CallError(f"insufficient address space to extend prefix of {network.prefixlen} by {bits}")
    if not 0 <= number < 2**bits:
        raise CallError(
            f"prefix extension of {bits} does not accommodate a subnet numbered {number_text(number)}"
        )
    start = int(network.network_address) + (number << (network.max_prefixlen - length))
    return f"{ipaddress.ip_address(start)}/{length}"


_is("cidrhost", "prefix:s hostnum:n", _host)
_is("cidrsubnet", "prefix:s newbits:n netnum:n", _subnet)
_is("cidrnetmask", "prefix:s", lambda prefix: str(_network(prefix).netmask))

# --- known only after apply ----------------------------------------------------

FUNCTIONS["timestamp"] = Function((), lambda: Unknown("string"), later=True)
FUNCTIONS["uuid"] = Function((), lambda: Unknown("string"), later=True)

ELSEWHERE = frozenset(
    [
        "file",
        "fileexists",
        "filebase64",
        "filemd5",
        "filesha256",
        "templatefile",
        "abspath",
        "pathexpand",
        "try",
        "can",
        "sensitive",
        "nonsensitive",
        "issensitive",
    ]
)
"""Played by the evaluator, which knows files and marks."""

ABSENT = frozenset(
    [
        "base64gzip",
        "base64sha512",
        "bcrypt",
        "cidrsubnets",
        "csvdecode",
        "ephemeralasnull",
        "filebase64sha256",
        "filebase64sha512",
        "fileset",
        "filesha1",
        "filesha512",
        "formatdate",
        "log",
        "matchkeys",
        "plantimestamp",
        "rsadecrypt",
        "templatestring",
        "textdecodebase64",
        "textencodebase64",
        "timeadd",
        "timecmp",
        "transpose",
        "type",
        "uuidv5",
        "yamldecode",
    ]
)
"""Real, but not simulated."""

__all__ = [
    "ABSENT",
    "ELSEWHERE",
    "FUNCTIONS",
    "CallError",
    "Function",
    "Parameter",
    "Secret",
    "parsed_number",
]


def called(function: Function, arguments: list[Value]) -> Value:
    """Run with converted arguments; what goes wrong is a CallError."""
    try:
        return function.run(*arguments)
    except SimError as error:
        if isinstance(error, Exhausted):
            raise
        raise CallError(error.message) from None
    except Unsuitable as error:
        raise CallError(str(error)) from None
    except (TypeError, ValueError, AttributeError, IndexError, OverflowError, ArithmeticError):
        raise CallError("the given value is not suitable") from None
