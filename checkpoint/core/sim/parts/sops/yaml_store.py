"""Secret files in YAML: read with their comments, written as SOPS writes them (four blanks, as Go's yaml)."""

import re
from math import inf
from typing import Any

from checkpoint.core.sim import limits, yaml_text
from checkpoint.core.sim.parts.sops.tree import (
    Branch,
    Comment,
    Leaf,
    Moment,
    SopsError,
    Value,
    shown_float,
)
from checkpoint.core.sim.yaml_text import BadYaml, Remark

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_SIXTY = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_OLD_BOOLS = {
    *("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"),
    *("n", "N", "no", "No", "NO", "off", "Off", "OFF"),
}
_SPECIAL = {".inf", ".Inf", ".INF", "+.inf", "-.inf", ".nan", ".NaN", ".NAN"}

LISTS = "Error unmarshalling file: yaml: unmarshal errors:\n  line {line}: cannot unmarshal {what} into map"


# --- reading -----------------------------------------------------------------------


def loaded(text: str) -> list[Branch]:
    """Every document; the message of an error is Go's."""
    try:
        nodes, remarks = yaml_text.composed(text)
    except BadYaml as error:
        problem = error.problem or "could not be read"
        if problem.startswith("expected ',' or ']'"):
            problem = "did not find expected ',' or ']'"
        elif problem.startswith("expected <block end>"):
            problem = "did not find expected key"
        raise SopsError(f"yaml: line {max(1, error.line - 1)}: {problem}", 2) from None
    found = []
    for node in nodes:
        if node is None:
            continue
        if type(node).__name__ != "MappingNode":
            raise SopsError(f"yaml: unmarshal errors:\n  line 1: cannot unmarshal {_tag(node)}", 2)
        end = inf if node is nodes[-1] else node.end_mark.index
        own = [one for one in remarks if one.index < end]
        remarks = remarks[len(own) :]
        found.append(_map(node, own))
    return found


def _tag(node: Any) -> str:
    if type(node).__name__ == "SequenceNode":
        return "!!seq into map[string]interface {}"
    return f"!!str `{str(node.value)[:10]}` into map[string]interface {{}}"


def _value(node: Any, remarks: list[Remark]) -> Value:
    kind = type(node).__name__
    if kind == "MappingNode":
        return _map(node, remarks)
    if kind == "SequenceNode":
        made: list[Value] = []
        for one in node.value:
            limits.spend(len(remarks))
            before = [remark for remark in remarks if remark.index < one.start_mark.index]
            inside = [
                remark for remark in remarks if one.start_mark.index <= remark.index < one.end_mark.index
            ]
            made += [Comment(remark.text) for remark in before]
            made.append(_value(one, inside))
            remarks = remarks[len(before) + len(inside) :]
        return [*made, *(Comment(remark.text) for remark in remarks)]
    return resolved(node.value) if node.style is None else str(node.value)


def _map(node: Any, remarks: list[Remark]) -> Branch:
    """A comment stands before the entry on whose line, or before which, it stands."""
    made = Branch()
    left = remarks
    for place, (key, value) in enumerate(node.value):
        following = node.value[place + 1][0] if place + 1 < len(node.value) else None
        end = following.start_mark.index if following is not None else float("inf")
        inner = type(value).__name__ != "ScalarNode" and not value.flow_style and bool(value.value)
        before: list[Remark] = []
        inside: list[Remark] = []
        after: list[Remark] = []
        limits.spend(len(left))
        for one in left:
            if one.index < key.start_mark.index or one.line == key.start_mark.line:
                before.append(one)
            elif one.index < end and (
                inner and (one.column >= value.start_mark.column or one.index < value.end_mark.index)
            ):
                inside.append(one)
            elif (one.index < end and value.end_mark.index > one.index) or (
                one.line == value.end_mark.line and not one.alone
            ):
                before.append(one)
            else:
                after.append(one)
        left = after
        made.items += [(Comment(one.text), None) for one in before]
        made.items.append((str(key.value), _value(value, inside)))
    made.items += [(Comment(one.text), None) for one in left]
    return made


def resolved(text: str) -> Leaf:
    """A plain scalar as Go's yaml understands it."""
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    plain = text.replace("_", "")
    if _INT.fullmatch(text) and len(text) < 40:
        return int(plain, 8) if re.fullmatch(r"[-+]?0[0-7]+", plain) else int(plain, 0)
    if _FLOAT.fullmatch(text) and len(text) < 40:
        return float(text)
    if _DATE.fullmatch(text):
        return Moment(f"{text}T00:00:00Z")
    return Moment(text) if _INSTANT.fullmatch(text) else text


# --- writing -----------------------------------------------------------------------


def dumped(documents: list[Branch], indent: int = 4) -> str:
    return "---\n".join("".join(_rows(one, 0, indent)) or "{}\n" for one in documents)


def dumped_value(value: Value) -> str:
    """A part of a file, as `--extract` prints it."""
    if isinstance(value, Branch):
        return dumped([value])
    if isinstance(value, list):
        return "".join(_items(value, 0, 4))
    return scalar(value, 0, 4)


def _deeper(column: int, indent: int) -> int:
    return indent * ((column + indent) // indent)


def _rows(branch: Branch, column: int, indent: int) -> list[str]:
    made = []
    for key, value in branch.items:
        if isinstance(key, Comment):
            made.append(f"{' ' * column}#{key.text}\n")
        else:
            made.append(f"{' ' * column}{scalar(key, column, indent)}:" + _behind(value, column, indent))
    return made


def _behind(value: Value, column: int, indent: int) -> str:
    inner = _deeper(column, indent)
    if isinstance(value, Branch):
        return "\n" + "".join(_rows(value, inner, indent)) if value.items else " {}\n"
    if isinstance(value, list):
        return "\n" + "".join(_items(value, inner, indent)) if value else " []\n"
    return f" {scalar(value, column, indent)}\n"


def _items(values: list[Value], column: int, indent: int) -> list[str]:
    made = []
    for value in values:
        lead = " " * column + "- "
        if isinstance(value, Comment):
            made.append(f"{' ' * column}#{value.text}\n")
        elif isinstance(value, Branch) and value.items:
            made.append(lead + "".join(_rows(value, column + 2, indent))[column + 2 :])
        elif isinstance(value, list) and value:
            made.append(lead + "".join(_items(value, column + 2, indent))[column + 2 :])
        else:
            made.append(" " * column + "-" + _behind(value, column, indent))
    return made


def scalar(value: Leaf, column: int, indent: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return shown_float(value)
    if isinstance(value, Moment):
        return value.text
    return _text(value.text if isinstance(value, Comment) else value, column, indent)


def _text(text: str, column: int, indent: int) -> str:
    if any(ord(char) < 32 and char not in "\n\t" for char in text) or " \n" in text:
        return _double(text)
    if "\n" in text and not text.startswith("\n"):
        return _literal(text, _deeper(column, indent), indent)
    if "\n" in text or "\t" in text or not isinstance(resolved(text), str):
        return _double(text)
    if text in _OLD_BOOLS or text in _SPECIAL or _SIXTY.fullmatch(text):
        return _double(text)
    if _plain(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _plain(text: str) -> bool:
    if text[0] in ",[]{}#&*!|>'\"%@`" or text[0] == " " or text[-1] in " :":
        return False
    if text[0] in "-?:" and (len(text) == 1 or text[1] == " "):
        return False
    return ": " not in text and " #" not in text and not text.startswith(("---", "..."))


def _double(text: str) -> str:
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", "\x1b": "\\e"}
    return (
        '"'
        + "".join(named.get(char) or (f"\\x{ord(char):02X}" if ord(char) < 32 else char) for char in text)
        + '"'
    )


def _literal(text: str, column: int, indent: int) -> str:
    kept = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
    hint = str(indent) if text[0] == " " else ""
    rows = text.removesuffix("\n").split("\n")
    return f"|{hint}{kept}\n" + "\n".join(" " * column + row if row else "" for row in rows)
