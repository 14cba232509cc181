"""YAML that learners wrote: read within limits, without aliases, and complained about in PyYAML's words."""

import re
from dataclasses import dataclass
from typing import Any, cast

import yaml

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError


class BadYaml(SimError):
    """It can't be read. `line` and `column` count from 1; `context` and `problem` are the parser's words."""

    def __init__(self, message: str, line: int = 0, column: int = 0, problem: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.problem = line, column, problem


class _Loader(yaml.SafeLoader):
    """Refuses aliases and deep nesting; keeps dates as they are written."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Exhausted("YAML aliases are not read here")
        self.depth += 1
        if self.depth > limits.YAML_DEPTH:
            raise Exhausted(f"YAML stands at most {limits.YAML_DEPTH} levels deep")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


_Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def documents(text: str, name: str = "<unicode string>") -> list[Any]:
    """Every document of a text; raises BadYaml with the message that PyYAML prints for file `name`."""
    if len(text) > limits.YAML:
        raise Exhausted(f"a YAML file holds at most {limits.YAML // 1024} KB")
    try:
        return list(yaml.load_all(text, _Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        told = str(error).replace("<unicode string>", name).replace("<file>", name)
        raise BadYaml(_without_snippets(told), line, column, error.problem or "") from None
    except yaml.YAMLError as error:
        raise BadYaml(str(error)) from None
    except (ValueError, RecursionError) as error:
        raise BadYaml(str(error)) from None


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
    try:
        nodes: list[yaml.Node | None] = list(yaml.compose_all(text, _Loader))
        return nodes, _remarks(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise BadYaml(_without_snippets(str(error)), line, column, error.problem or "") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadYaml(str(error)) from None


def _remarks(text: str) -> list[Remark]:
    scalars = [
        (token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(text, _Loader)
        if isinstance(token, yaml.ScalarToken)
    ]
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
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_GoDumper.add_representer(str, _go_text)
_GoDumper.add_representer(float, _go_number)


def go_dumped(value: Any) -> str:
    """A value as kubectl, kustomize and flux print it.

    >>> go_dumped({"b": "1", "a": ["x"]})
    'a:\\n- x\\nb: "1"\\n'
    """
    return yaml.dump(
        value, Dumper=_GoDumper, sort_keys=True, default_flow_style=False, allow_unicode=True, width=1_000_000
    )
