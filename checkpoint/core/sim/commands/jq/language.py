"""jq's language, as far as it is simulated: an expression to a tree."""

import re
from dataclasses import dataclass

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError

_LONGEST = 2_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<field>\.[A-Za-z_]\w*)|(?P<name>[A-Za-z_@$]\w*)"
    r"|(?P<sign>\?//|\.\.|==|!=|<=|>=|//=|\|=|\+=|-=|\*=|/=|//|[][(){}|,.:;=<>+*/%?-])|(?P<quote>\"))"
)
_NOT_HERE = (
    "def",
    "reduce",
    "foreach",
    "as",
    "label",
    "import",
    "include",
    "limit",
    "input",
    "inputs",
    "env",
)


@dataclass(frozen=True, slots=True)
class Node:
    """One step: `kind` says what, `parts` what it is made of, `text` a name or literal."""

    kind: str
    parts: tuple["Node", ...] = ()
    text: str = ""
    value: str | int | float | bool | None = None


class BadProgram(SimError):
    """The expression can't be read."""

    def __init__(self, why: str) -> None:
        super().__init__(why, 3)


def read(text: str) -> Node:
    """The tree of an expression.

    >>> read(".a | length").kind
    'pipe'
    """
    if len(text) > _LONGEST:
        raise Exhausted(f"a jq expression has at most {_LONGEST:,} characters")
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if not match or match.lastgroup is None:
            raise BadProgram("syntax error, unexpected INVALID_CHARACTER")
        at = match.end()
        if match.lastgroup == "quote":
            start = at
            while at < len(text) and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
            if at >= len(text):
                raise BadProgram("syntax error, unexpected QQSTRING_START")
            found.append(("text", text[start:at]))
            at += 1
        else:
            found.append((match.lastgroup, match[match.lastgroup]))
    return found


_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("==", "!=", "<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
_UPDATES = ("=", "|=", "+=", "-=", "*=", "/=", "//=")


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) and self.kind() != "text" else ""

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, wanted: str) -> bool:
        if self.peek() == wanted and self.kind() in ("sign", "name"):
            self.at += 1
            return True
        return False

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            found = "$end" if self.at >= len(self.tokens) else f"'{self.tokens[self.at][1]}'"
            raise BadProgram(f"syntax error, unexpected {found}")

    def whole(self) -> Node:
        if not self.tokens:
            return Node("same")
        made = self.pipe()
        if self.at < len(self.tokens):
            self.need("")
        return made

    def pipe(self) -> Node:
        self.depth += 1
        if self.depth > limits.NESTING:
            raise Exhausted(f"a jq expression nests at most {limits.NESTING} levels")
        made = self.comma()
        while self.take("|"):
            made = Node("pipe", (made, self.comma()))
        self.depth -= 1
        return made

    def comma(self) -> Node:
        made = self.update()
        while self.take(","):
            made = Node("comma", (made, self.update()))
        return made

    def update(self) -> Node:
        left = self.otherwise()
        word = self.peek()
        if self.kind() == "sign" and word in _UPDATES:
            self.at += 1
            return Node("update", (left, self.otherwise()), word)
        return left

    def otherwise(self) -> Node:
        left = self.binary(0)
        return Node("otherwise", (left, self.otherwise())) if self.take("//") else left

    def binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.kind() in ("sign", "name") and self.peek() in _LEVELS[level]:
            word = self.peek()
            self.at += 1
            left = Node("operator", (left, self.binary(level + 1)), word)
        return left

    def unary(self) -> Node:
        if self.take("-"):
            return Node("operator", (Node("literal", value=0), self.postfix()), "-")
        return self.postfix()

    def postfix(self) -> Node:
        made = self.term()
        while True:
            if self.kind() == "field":
                made = Node("index", (made, self.field()))
            elif self.peek() == "." and self._next_kind() == "text":
                self.at += 1
                made = Node("index", (made, self.literal()))
            elif self.take("["):
                made = self.bracket(made)
            elif self.take("?"):
                made = Node("try", (made,))
            elif self.peek() == "as":
                raise SimError("simulator: jq's `as` is not simulated", 2)
            else:
                return made

    def _next_kind(self) -> str:
        return self.tokens[self.at + 1][0] if self.at + 1 < len(self.tokens) else ""

    def field(self) -> Node:
        name = self.tokens[self.at][1][1:]
        self.at += 1
        return Node("literal", value=name)

    def bracket(self, made: Node) -> Node:
        if self.take("]"):
            return Node("each", (made,))
        start = Node("literal") if self.peek() == ":" else self.pipe()
        if self.take(":"):
            end = Node("literal") if self.peek() == "]" else self.pipe()
            self.need("]")
            return Node("slice", (made, start, end))
        self.need("]")
        return Node("index", (made, start))

    def term(self) -> Node:
        kind, word = self.kind(), self.peek()
        if kind == "field":
            return Node("index", (Node("same"), self.field()))
        if kind == "text":
            return self.literal()
        if kind == "number":
            self.at += 1
            return Node("literal", value=float(word) if set(word) & set(".eE") else int(word[:18]))
        if kind == "name":
            return self.named(word)
        if self.take("."):
            return Node("index", (Node("same"), self.literal())) if self.kind() == "text" else Node("same")
        if self.take(".."):
            return Node("call", (), "recurse")
        if self.take("("):
            inside = self.pipe()
            self.need(")")
            return inside
        if self.take("["):
            inside = Node("nothing") if self.peek() == "]" else self.pipe()
            self.need("]")
            return Node("array", (inside,))
        if self.take("{"):
            return self.object()
        self.need("")
        return Node("same")

    def literal(self) -> Node:
        """A string, with what stands in `\\(…)` in it."""
        text = self.tokens[self.at][1]
        self.at += 1
        if "\\(" not in text:
            return Node("literal", value=_unescaped(text))
        parts: list[Node] = []
        while "\\(" in text:
            before, _, rest = text.partition("\\(")
            depth, end = 1, 0
            while end < len(rest) and depth:
                depth += (rest[end] == "(") - (rest[end] == ")")
                end += 1
            parts += [Node("literal", value=_unescaped(before)), _Reader(_tokens(rest[: end - 1])).whole()]
            text = rest[end:]
        return Node("text", (*parts, Node("literal", value=_unescaped(text))))

    def named(self, word: str) -> Node:
        if word in _NOT_HERE or (word.startswith("$") and word == "$ENV"):
            raise SimError(f"simulator: jq's `{word}` is not simulated", 2)
        self.at += 1
        if word.startswith("$"):
            return Node("variable", (), word[1:])
        if word in ("true", "false", "null"):
            return Node("literal", value={"true": True, "false": False, "null": None}[word])
        if word == "if":
            return self.condition()
        if word == "try":
            return Node("try", (self.postfix(),))
        arguments: list[Node] = []
        if self.take("("):
            arguments.append(self.pipe())
            while self.take(";"):
                arguments.append(self.pipe())
            self.need(")")
        return Node("call", tuple(arguments), word)

    def condition(self) -> Node:
        question = self.pipe()
        self.need("then")
        yes = self.pipe()
        if self.take("elif"):
            return Node("if", (question, yes, self.condition()))
        no = self.pipe() if self.take("else") else Node("same")
        self.need("end")
        return Node("if", (question, yes, no))

    def object(self) -> Node:
        pairs: list[Node] = []
        while not self.take("}"):
            if pairs:
                self.need(",")
            pairs.append(self.pair())
        return Node("object", tuple(pairs))

    def pair(self) -> Node:
        if self.take("("):
            key = self.pipe()
            self.need(")")
        elif self.kind() == "text":
            key = self.literal()
        elif self.kind() in ("name", "number"):
            name = self.peek()
            self.at += 1
            variable = name.startswith("$")
            key = Node("literal", value=name.lstrip("$"))
            if variable:
                return Node("pair", (key, Node("variable", (), name[1:])))
        else:
            self.need("")
            return Node("same")
        if self.take(":"):
            return Node("pair", (key, self.otherwise()))
        return Node("pair", (key, Node("index", (Node("same"), key))))


_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}


def _unescaped(text: str) -> str:
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|(.))",
        lambda m: chr(int(m[1], 16)) if m[1] else _NAMED.get(m[2], m[2]),
        text,
    )
