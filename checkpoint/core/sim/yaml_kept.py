"""A changed YAML document in the style of the text that it came from: quotes, flow style and comments stay.

As yq prints it: items of a list stand two blanks further in than their key, and blank lines go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from checkpoint.core.sim.yaml_text import RESOLVERS, Remark, composed

Path = tuple[str, ...]
"""Keys, and for items of a list their text or their place."""
_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"


class _Dumper(yaml.SafeDumper):
    yaml_implicit_resolvers = RESOLVERS

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - its point
        super().increase_indent(flow, False)


@dataclass(frozen=True, slots=True)
class Source:
    """A document of a text: its value as it was read, its tree, and the comments of its lines."""

    value: Any
    node: yaml.Node | None
    remarks: tuple[Remark, ...]

    def tells(self, value: Any) -> str:
        """What became of the document, or of a part of it, as text."""
        node = self._part(value)
        if node is not None:
            return _serialized(node)
        if not _resembles(value, self.value):
            return _serialized(_renewed(value, None, None))
        return self._commented(_serialized(_renewed(value, self.value, self.node)))

    def _part(self, value: Any) -> yaml.Node | None:
        """The tree of a part that is still the very same; None for the whole."""
        parts = _containers(self.value, self.node)
        return next((node for held, node in parts if held is value and held is not self.value), None)

    def _commented(self, text: str) -> str:
        if self.node is None or not self.remarks:
            return text
        old = list(_places(self.node, ()))
        lines = text.rstrip("\n").split("\n")
        made = {path: (line, column) for path, line, column in _places(composed(text)[0][0], ())}
        before: dict[int, list[str]] = {}
        after: list[str] = []
        for one in self.remarks:
            path = _owner(one, old)
            if path is None:
                after.append(f"#{one.text}")
            elif path in made and one.alone:
                line, column = made[path]
                before.setdefault(line, []).append(f"{' ' * column}#{one.text}")
            elif path in made:
                lines[made[path][0]] += f" #{one.text}"
        rows = [row for number, line in enumerate(lines) for row in (*before.get(number, ()), line)]
        return "\n".join([*rows, *after]) + "\n"


def sources(text: str, values: list[Any]) -> list[Source]:
    """The documents of a text, beside their values. Raises BadYaml."""
    nodes, remarks = composed(text)
    starts = [node.start_mark.line if node else 0 for node in nodes]
    found = []
    for number, (value, node) in enumerate(zip(values, nodes, strict=False)):
        first = 0 if number == 0 else starts[number]
        last = starts[number + 1] if number + 1 < len(starts) else len(text)
        own = tuple(one for one in remarks if first <= one.line < last)
        found.append(Source(value, node, own))
    return found


def _serialized(node: yaml.Node) -> str:
    return yaml.serialize(node, Dumper=_Dumper, width=10_000, allow_unicode=True)


def _resembles(value: Any, before: Any) -> bool:
    """Whether a value is a document with some changes, and not something else."""
    if isinstance(value, dict) and isinstance(before, dict):
        return 2 * len(value.keys() & before.keys()) >= len(before)
    return isinstance(value, list) and isinstance(before, list)


def _entries(node: yaml.Node | None) -> Mapping[str, tuple[yaml.Node, yaml.Node]]:
    return (
        {key.value: (key, value) for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    )


def _renewed(value: Any, before: Any, node: yaml.Node | None) -> yaml.Node:
    """A tree for a value, with the old one's nodes wherever nothing has changed."""
    if isinstance(value, dict):
        held = before if isinstance(before, dict) else {}
        entries = _entries(node)
        pairs = []
        for key, inner in value.items():
            old_key, old = entries.get(str(key), (None, None)) if key in held else (None, None)
            pairs.append((old_key or _plain(key), _renewed(inner, held.get(key), old)))
        flow = node.flow_style if isinstance(node, yaml.MappingNode) else not pairs
        return yaml.MappingNode(_MAP, pairs, flow_style=flow)
    if isinstance(value, list):
        items = before if isinstance(before, list) else []
        nodes = node.value if isinstance(node, yaml.SequenceNode) else []
        made = [
            _renewed(
                one,
                items[place] if place < len(nodes) else None,
                nodes[place] if place < len(nodes) else None,
            )
            for place, one in enumerate(value)
        ]
        flow = node.flow_style if isinstance(node, yaml.SequenceNode) else not made
        return yaml.SequenceNode(_SEQ, made, flow_style=flow)
    same = isinstance(node, yaml.ScalarNode) and type(value) is type(before) and value == before
    return node if same and node is not None else _plain(value)


def _plain(value: Any) -> yaml.Node:
    """A tree for something new; several lines stand as they are."""
    if isinstance(value, str) and "\n" in value:
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, style="|")
    node: yaml.Node = yaml.representer.SafeRepresenter().represent_data(value)
    return node


def _containers(value: Any, node: yaml.Node | None) -> Iterator[tuple[Any, yaml.Node]]:
    """Every mapping and list of a document with its tree."""
    if isinstance(node, yaml.MappingNode) and isinstance(value, dict):
        yield value, node
        for key, (_, inner) in _entries(node).items():
            yield from _containers(value.get(key), inner)
    elif isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        yield value, node
        for one, inner in zip(value, node.value, strict=False):
            yield from _containers(one, inner)


def _places(node: yaml.Node | None, path: Path) -> Iterator[tuple[Path, int, int]]:
    """Every entry and item with its line and column, in the order of the text."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, key.value), key.start_mark.line, key.start_mark.column
            yield from _places(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            mark = value.start_mark
            name = f"={value.value}" if isinstance(value, yaml.ScalarNode) else str(place)
            yield (*path, name), mark.line, max(0, mark.column - 2)
            yield from _places(value, (*path, name))


def _owner(remark: Remark, places: list[tuple[Path, int, int]]) -> Path | None:
    """What a comment belongs to: the last thing before it on its line, or the first one below it."""
    if remark.alone:
        return next((path for path, line, _ in places if line > remark.line), None)
    return next((path for path, line, _ in reversed(places) if line <= remark.line), None)
