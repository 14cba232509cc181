"""YAML that learners wrote: read within limits, without aliases, and complained about in PyYAML's words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any, TypeVar, cast

import yaml
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.yaml_layout import Unplain, laid_out

Read = TypeVar("Read")

_KEPT = 8 * 1024
"""Characters of a text whose reading is remembered."""
_READ = 2
"""Work that goes with each character of one that is read again each time."""


class BadYaml(SimError):
    """It can't be read. `line` and `column` count from 1; `context` and `problem` are the parser's words."""

    def __init__(self, message: str, line: int = 0, column: int = 0, problem: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.problem = line, column, problem


class _Limited(Composer):
    """Refuses aliases and deep nesting."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        events = cast(Any, self)
        if events.check_event(yaml.AliasEvent):
            raise Exhausted("YAML aliases are not read here")
        self.depth += 1
        if self.depth > limits.YAML_DEPTH:
            raise Exhausted(f"YAML stands at most {limits.YAML_DEPTH} levels deep")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


RESOLVERS = {
    first: [(tag, expression) for tag, expression in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
"""Dates stay as they are written."""


class _Loader(_Limited, yaml.SafeLoader):
    """Complains in PyYAML's own words."""

    yaml_implicit_resolvers = RESOLVERS


class _QuickLoader(_Limited, CParser, SafeConstructor, Resolver):
    """Takes the text apart in libyaml, some ten times as fast; what it refuses `_Loader` is asked."""

    yaml_implicit_resolvers = RESOLVERS

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)

    def compose_scalar_node(self, anchor: Any) -> Any:
        node = super().compose_scalar_node(anchor)
        node.style = node.style or None
        return node


def _quick_or_plain(read: Callable[[Any], list[Read]]) -> list[Read]:
    try:
        return read(_QuickLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return read(_Loader)


def documents(text: str, name: str = "<unicode string>") -> list[Any]:
    """Every document of a text; raises BadYaml with the message that PyYAML prints for file `name`."""
    if len(text) > limits.YAML:
        raise Exhausted(f"a YAML file holds at most {limits.YAML // 1024} KB")
    kept = len(text) <= _KEPT
    limits.spend(len(text) // 2 if kept else _READ * len(text))
    try:
        return [_copied(one) for one in _remembered(text)] if kept else _read(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        told = str(error).replace("<unicode string>", name).replace("<file>", name)
        raise BadYaml(_without_snippets(told), line, column, error.problem or "") from None
    except yaml.YAMLError as error:
        raise BadYaml(str(error)) from None
    except (ValueError, RecursionError) as error:
        raise BadYaml(str(error)) from None


def _read(text: str) -> list[Any]:
    return _quick_or_plain(lambda loader: list(yaml.load_all(text, loader)))


_remembered = lru_cache(maxsize=128)(_read)
"""The same kubeconfig is read at every line; who gets it is given a copy."""


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_copied(one) for one in value]
    return set(value) if isinstance(value, set) else value


def _without_snippets(text: str) -> str:
    """Only the sentences: PyYAML quotes the place as well when it reads from memory."""
    lines = text.split("\n")
    return "\n".join(
        line.rstrip(":") if line.startswith("  in ") else line
        for line in lines
        if not line.startswith("    ")
    )


def document(text: str, name: str = "<unicode string>") -> Any:
    """The first document, None where there is none."""
    found = documents(text, name)
    return found[0] if found else None


def dumped(value: Any) -> str:
    """A value as YAML, keys in their order, as kubectl and kustomize print it."""
    return yaml.safe_dump(value, sort_keys=False, default_flow_style=False, allow_unicode=True, width=10_000)


# --- text as it stands -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, without its `#`. `line` and `column` count from 0; `alone`: nothing stands before it."""

    text: str
    index: int
    line: int
    column: int
    alone: bool


def composed(text: str) -> tuple[list[yaml.Node | None], list[Remark]]:
    """Every document as a tree of nodes with their places in the text, and all comments.

    Raises BadYaml, and Exhausted like `documents`.
    """
    if len(text) > limits.YAML:
        raise Exhausted(f"a YAML file holds at most {limits.YAML // 1024} KB")
    limits.spend(_READ * len(text))
    try:
        nodes: list[yaml.Node | None] = _quick_or_plain(lambda loader: list(yaml.compose_all(text, loader)))
        return nodes, _remarks(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise BadYaml(_without_snippets(str(error)), line, column, error.problem or "") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadYaml(str(error)) from None


def _remarks(text: str) -> list[Remark]:
    scalars = _quick_or_plain(
        lambda loader: [
            (token.start_mark.index, token.end_mark.index)
            for token in yaml.scan(text, loader)
            if isinstance(token, yaml.ScalarToken)
        ]
    )
    found, start, place = [], 0, 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        at = start
        while (at := text.find("#", at, end)) >= 0:
            while place < len(scalars) and scalars[place][1] <= at:
                place += 1
            inside = place < len(scalars) and scalars[place][0] <= at < scalars[place][1]
            if not inside and (at == start or text[at - 1] in " \t"):
                alone = not text[start:at].strip()
                found.append(Remark(text[at + 1 : end], at, number, at - start, alone))
                break
            at += 1
        start = end + 1
    return found


class _GoDumper(yaml.SafeDumper):
    """Writes as go-yaml does: keys sorted, texts that would be read as something else in double quotes."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_BOOLEAN_IN_GO = {
    "y",
    "Y",
    "n",
    "N",
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",
}

_NUMBER_IN_GO = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+")


def _go_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None
    if "\n" in value and value.strip():
        style = "|"
    elif not value or value in _BOOLEAN_IN_GO or _NUMBER_IN_GO.fullmatch(value):
        style = '"'
    else:
        resolved = cast(Any, dumper).resolve(yaml.ScalarNode, value, (True, False))
        if resolved not in ("tag:yaml.org,2002:str", "tag:yaml.org,2002:value"):
            style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _go_number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    if not isfinite(value):
        text = ".nan" if value != value else ".inf" if value > 0 else "-.inf"
    else:
        text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_GoDumper.add_representer(str, _go_text)
_GoDumper.add_representer(float, _go_number)


def go_dumped(value: Any) -> str:
    """A value as kubectl, kustomize and flux print it.

    >>> go_dumped({"b": "1", "a": ["x"]})
    'a:\\n- x\\nb: "1"\\n'
    """
    try:
        return laid_out(value, _shown)
    except (Unplain, RecursionError):
        return _go_emitted(value)


def _go_emitted(value: Any) -> str:
    return yaml.dump(
        value, Dumper=_GoDumper, sort_keys=True, default_flow_style=False, allow_unicode=True, width=1_000_000
    )


def _shown(value: Any) -> str:
    """A scalar behind a key."""
    if not isinstance(value, str | int | float | None):
        raise Unplain
    if isinstance(value, str) and _BREAKS.search(value):
        raise Unplain
    if isinstance(value, str) and len(value) <= _SHORT:
        return _shown_text(value)
    return _go_emitted({"k": value})[3:-1]


_BREAKS = re.compile("[\r\x85\u2028\u2029]")
"""Ends of lines other than the newline: what follows them stands where only PyYAML knows."""

_SHORT = 200
"""Characters of a text whose written form is remembered."""


@lru_cache(maxsize=2048)
def _shown_text(value: str) -> str:
    return _go_emitted({"k": value})[3:-1]
