"""The tree of a configuration file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from checkpoint.core.sim.parts.terraform.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    span: Span


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Template(Node):
    """Text and expressions in turn. `wrapped` is one expression alone, whose type it keeps."""

    parts: tuple["Expression", ...]
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class TemplateIf(Node):
    condition: "Expression"
    then: "Expression"
    otherwise: "Expression | None"


@dataclass(frozen=True, slots=True)
class TemplateFor(Node):
    key: str
    value: str
    collection: "Expression"
    body: "Expression"


@dataclass(frozen=True, slots=True)
class Name(Node):
    """The first name of a reference: `var`, a resource's type, `each` …"""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    of: "Expression"
    name: str
    at: Span
    """The dot and the name."""


@dataclass(frozen=True, slots=True)
class Index(Node):
    of: "Expression"
    key: "Expression"
    at: Span


@dataclass(frozen=True, slots=True)
class Splat(Node):
    """`of[*].…`: `each` is what stands behind, with Item in place of the element."""

    of: "Expression"
    each: "Expression"


@dataclass(frozen=True, slots=True)
class Item(Node):
    """The element that a splat looks at."""


@dataclass(frozen=True, slots=True)
class Call(Node):
    name: str
    arguments: tuple["Expression", ...]
    name_span: Span
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Unary(Node):
    operator: str
    of: "Expression"


@dataclass(frozen=True, slots=True)
class Binary(Node):
    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class TupleOf(Node):
    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class ObjectOf(Node):
    items: tuple[tuple["Expression", "Expression"], ...]


@dataclass(frozen=True, slots=True)
class ForOf(Node):
    """`[for …]`, or `{for …}` where `made_key` is there."""

    key: str
    value: str
    collection: "Expression"
    made_key: "Expression | None"
    made: "Expression"
    condition: "Expression | None"
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Parentheses(Node):
    inner: "Expression"


Expression = (
    Literal
    | Template
    | TemplateIf
    | TemplateFor
    | Name
    | Attribute
    | Index
    | Splat
    | Item
    | Call
    | Unary
    | Binary
    | Conditional
    | TupleOf
    | ObjectOf
    | ForOf
    | Parentheses
)


@dataclass(frozen=True, slots=True)
class Setting:
    """`name = value` in a body."""

    name: str
    value: Expression
    name_span: Span

    @property
    def span(self) -> Span:
        return self.name_span.to(self.value.span)


@dataclass(frozen=True, slots=True)
class Block:
    type: str
    labels: tuple[str, ...]
    body: "Body"
    header: Span
    """From the type to the last label."""
    type_span: Span
    label_spans: tuple[Span, ...]
    open_span: Span
    span: Span

    @property
    def title(self) -> str:
        """`resource "a" "b"`, as error messages name it."""
        return " ".join([self.type, *(f'"{label}"' for label in self.labels)])


@dataclass(frozen=True, slots=True)
class Body:
    settings: dict[str, Setting] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    end: Span | None = None
    """Where something missing is told: the closing brace."""

    def of(self, type_: str) -> Iterator[Block]:
        return (block for block in self.blocks if block.type == type_)


def children(node: Expression) -> Iterator[Expression]:
    """The expressions directly inside."""
    for name in node.__slots__ if not isinstance(node, Node) else type(node).__dataclass_fields__:
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value  # type: ignore[misc]
        elif isinstance(value, tuple):
            for one in value:
                yield from one if isinstance(one, tuple) else (one,)


def everything(node: Expression) -> Iterator[Expression]:
    yield node
    for one in children(node):
        yield from everything(one)
