"""What is wrong with a YAML text, and where: as its parser tells it, and keys that stand there twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted

Place = tuple[int, int]
"""Line and column, from 1."""


_READ = 3
"""Work that goes with each character: PyYAML's own parser tells where things stand, and is slow."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind` is syntax, duplicate, alias, tag, key or documents.

    `context` stands at `start`, `problem` at `at`.
    """

    kind: str
    problem: str
    at: Place
    context: str = ""
    start: Place | None = None

    def told(self, name: str) -> str:
        """As the parser prints it for a file: a place that is the same is told once."""
        start = _where(name, self.start) if self.start and self.start != self.at else ""
        lead = f"{self.context}\n{start}" if self.context else ""
        return f"{lead}{self.problem}\n{_where(name, self.at)}"


def _where(name: str, place: Place) -> str:
    return f'  in "{name}", line {place[0]}, column {place[1]}\n'


@dataclass(slots=True)
class _Mapping:
    start: Place
    keys: dict[str, str] = field(default_factory=dict)
    pending: tuple[str, Place] | None = None
    """A key whose value comes next; None where a key comes next."""


def marks(text: str, *, every_document: bool = False) -> Iterator[Mark]:
    """What is wrong, in its order; a syntax error is the last one."""
    if len(text) > limits.YAML:
        raise Exhausted(f"a YAML file holds at most {limits.YAML // 1024} KB")
    limits.spend(_READ * len(text))
    found: list[Mark] = []
    try:
        found += _walked(text, every_document)
    except yaml.MarkedYAMLError as error:
        yield _syntax(error)
        return
    except yaml.YAMLError as error:
        yield Mark("syntax", str(error), (1, 1))
        return
    yield from found


def _syntax(error: yaml.MarkedYAMLError) -> Mark:
    at = error.problem_mark or error.context_mark
    start = error.context_mark
    return Mark(
        "syntax",
        error.problem or "",
        (at.line + 1, at.column + 1) if at else (1, 1),
        error.context or "",
        (start.line + 1, start.column + 1) if start else None,
    )


def _walked(text: str, every_document: bool) -> list[Mark]:
    found: list[Mark] = []
    open_ones: list[_Mapping | None] = []
    anchors: set[str] = set()
    first: Place | None = None
    for event in yaml.parse(text, yaml.SafeLoader):
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            if first and not every_document:
                context = "expected a single document in the stream"
                found.append(Mark("documents", "but found another document", place, context, first))
            first = first or place
            anchors = set()
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                found.append(Mark("alias", f"found undefined alias '{event.anchor}'", place))
            _put(open_ones, "", place, found)
        elif isinstance(event, yaml.NodeEvent):
            anchors |= {event.anchor} if event.anchor else set()
            tag = getattr(event, "tag", None) or ""
            if tag.startswith("!") and tag != "!":
                found.append(Mark("tag", f"could not determine a constructor for the tag '{tag}'", place))
            _opened(open_ones, event, place, found)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            open_ones.pop()
    return found


def _opened(open_ones: list[_Mapping | None], event: yaml.NodeEvent, place: Place, found: list[Mark]) -> None:
    if isinstance(event, yaml.ScalarEvent):
        _put(open_ones, event.value, place, found)
        return
    outer = open_ones[-1] if open_ones else None
    if outer and outer.pending is None:
        found.append(Mark("key", "found unhashable key", place, "while constructing a mapping", outer.start))
    _put(open_ones, "", place, found)
    if len(open_ones) >= limits.YAML_DEPTH:
        raise Exhausted(f"YAML stands at most {limits.YAML_DEPTH} levels deep")
    open_ones.append(_Mapping(place) if isinstance(event, yaml.MappingStartEvent) else None)


def _put(open_ones: list[_Mapping | None], word: str, place: Place, found: list[Mark]) -> None:
    """A key or a value of the innermost mapping."""
    inner = open_ones[-1] if open_ones else None
    if inner is None:
        return
    if inner.pending is None:
        inner.pending = (word, place)
        return
    key, at = inner.pending
    inner.pending = None
    if key in inner.keys and key not in ("", "<<"):
        told = f'found duplicate key "{key}" with value "{word}" (original value: "{inner.keys[key]}")'
        found.append(Mark("duplicate", told, at, "while constructing a mapping", inner.start))
    inner.keys.setdefault(key, word)
