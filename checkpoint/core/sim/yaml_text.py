"""YAML that learners wrote: read within limits, without aliases, and complained about in PyYAML's words."""

from typing import Any

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
