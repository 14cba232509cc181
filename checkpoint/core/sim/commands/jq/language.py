"""jq's language, as far as it is simulated: an expression to a tree."""

import re
from dataclasses import dataclass

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError

_LONGEST = 2_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<field>\.[A-Za-z_]\w*)|(?P<name>[@$]?[A-Za-z_]\w*(?:::\w+)*)"
    r"|(?P<sign>\?//|\.\.|==|!=|<=|>=|//=|\|=|\+=|-=|\*=|/=|//|[][(){}|,.:;=<>+*/%?-])|(?P<quote>\"))"
)
_BLANK = re.compile(r"(?:\s+|#[^\n]*)*")
_NOT_HERE = ("import", "include", "module", "$__loc__")


@dataclass(frozen=True, slots=True)
class Node:
    """One step: `kind` says what, `parts` what it is made of, `text` a name or literal."""

    kind: str
    parts: tuple["Node", ...] = ()
    text: str = ""
    value: str | int | float | bool | None = None
    at: int = 0
    """Where the name of a call stands in the program."""


class BadProgram(SimError):
    """The expression can't be read; `at` is where, for jq pads the line it shows up to there."""

    def __init__(self, why: str, at: int = 0) -> None:
        super().__init__(why, 3)
        self.at = at


def read(text: str) -> Node:
    """The tree of an expression.

    >>> read(".a | length").kind
    'pipe'
    """
    if len(text) > _LONGEST:
        raise Exhausted(f"a jq expression has at most {_LONGEST:,} characters")
    return _Reader(_tokens(text)).whole()


Token = tuple[str, str, int]
"""Its kind, its text, and where it begins."""


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text):
            return found
        match = _TOKEN.match(text, at)
        if not match or match.lastgroup is None:
            raise BadProgram("syntax error, unexpected INVALID_CHARACTER", at)
        begun = at
        at = match.end()
        if match.lastgroup == "quote":
            start = at
            at = _end_of_text(text, at)
            found.append(("text", text[start:at], begun))
            at += 1
        else:
            found.append((match.lastgroup, match[match.lastgroup], begun))


def _end_of_text(text: str, at: int) -> int:
    """Where the quote stands that ends a text, past those inside of its `\\(…)`."""
    depth: list[int] = []
    while at < len(text):
        if not depth and text[at] == '"':
            return at
        if text.startswith("\\(", at):
            depth.append(1)
            at += 2
            continue
        if text[at] == "\\":
            at += 2
            continue
        if depth:
            at, depth = _inside(text, at, depth)
            continue
        at += 1
    wanted = "expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END"
    raise BadProgram(f"syntax error, unexpected $end, {wanted}", 1)


def _inside(text: str, at: int, depth: list[int]) -> tuple[int, list[int]]:
    """One character of what stands in `\\(…)`; a text in it is passed over as a whole."""
    if text[at] == '"':
        return _end_of_text(text, at + 1) + 1, depth
    depth[-1] += (text[at] == "(") - (text[at] == ")")
    if not depth[-1]:
        depth.pop()
    return at + 1, depth


_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("==", "!=", "<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
_UPDATES = ("=", "|=", "+=", "-=", "*=", "/=", "//=")


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
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
            raise BadProgram(f"syntax error, unexpected {self.found()}", self.place())

    def found(self) -> str:
        """What stands here, in the words of jq's grammar."""
        if self.at >= len(self.tokens):
            return "$end"
        kind, text, _ = self.tokens[self.at]
        kinds = {"name": "IDENT", "field": "FIELD", "number": "LITERAL", "text": "QQSTRING_START"}
        if text in (
            "then",
            "else",
            "elif",
            "end",
            "as",
            "def",
            "and",
            "or",
            "catch",
            "reduce",
            "foreach",
            "if",
        ):
            return text
        return kinds.get(kind, f"'{text}'")

    def place(self) -> int:
        """Where the token stands that is reached, at the end the last one."""
        return self.tokens[min(self.at, len(self.tokens) - 1)][2] if self.tokens else 0

    def whole(self) -> Node:
        if not self.tokens:
            return Node("same")
        made = self.pipe()
        if self.at < len(self.tokens):
            found = self.found()
            shown = "INVALID_CHARACTER" if found in ("')'", "']'", "'}'") else found
            raise BadProgram(f"syntax error, unexpected {shown}, expecting $end", self.place())
        return made

    def pipe(self) -> Node:
        self.depth += 1
        if self.depth > limits.NESTING:
            raise Exhausted(f"a jq expression nests at most {limits.NESTING} levels")
        if self.take("def"):
            made = self.defined()
        elif self.take("label"):
            name = self.variable()
            self.need("|")
            made = Node("label", (self.pipe(),), name)
        else:
            made = self.comma()
            if self.take("as"):
                made = self.bound(made)
            elif self.take("|"):
                made = Node("pipe", (made, self.pipe()))
        self.depth -= 1
        return made

    def defined(self) -> Node:
        """`def name(parameters): body; rest`: the parts are body and rest, then the parameters."""
        name, parameters = self.peek(), []
        self.at += 1
        if self.take("("):
            while True:
                parameters.append(Node("parameter", (), self.peek()))
                self.at += 1
                if not self.take(";"):
                    break
            self.need(")")
        self.need(":")
        body = self.pipe()
        self.need(";")
        rest = Node("same") if self.at >= len(self.tokens) else self.pipe()
        return Node("def", (body, rest, *parameters), name)

    def bound(self, source: Node) -> Node:
        """`source as $name | rest`, or with a pattern of several names."""
        patterns = [self.pattern()]
        while self.take("?//"):
            patterns.append(self.pattern())
        if len(patterns) > 1:
            raise SimError("simulator: jq's `?//` is not simulated", 2)
        self.need("|")
        return Node("as", (source, patterns[0], self.pipe()))

    def pattern(self) -> Node:
        if self.take("["):
            inside = [self.pattern()]
            while self.take(","):
                inside.append(self.pattern())
            self.need("]")
            return Node("listed", tuple(inside))
        if self.take("{"):
            pairs = [self.keyed()]
            while self.take(","):
                pairs.append(self.keyed())
            self.need("}")
            return Node("named", tuple(pairs))
        return Node("variable", (), self.variable())

    def keyed(self) -> Node:
        """`$name`, `name: pattern` or `$name: pattern` of an object's pattern."""
        if self.peek().startswith("$"):
            name = self.variable()
            key, own = Node("literal", value=name), Node("variable", (), name)
            return Node("pair", (key, own, self.pattern()) if self.take(":") else (key, own))
        if self.take("("):
            key = self.pipe()
            self.need(")")
        elif self.kind() == "text":
            key = self.literal()
        else:
            key = Node("literal", value=self.peek())
            self.at += 1
        self.need(":")
        return Node("pair", (key, self.pattern()))

    def variable(self) -> str:
        word = self.peek()
        if not word.startswith("$"):
            self.need("$")
        self.at += 1
        return word[1:]

    def folded(self, kind: str) -> Node:
        """`reduce source as $name (start; step)` and `foreach … (start; step; shown)`."""
        source = self.postfix()
        self.need("as")
        pattern = self.pattern()
        self.need("(")
        parts = [self.pipe()]
        while self.take(";"):
            parts.append(self.pipe())
        self.need(")")
        return Node(kind, (source, pattern, *parts))

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
            return Node("literal", value=_number(word))
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
            end, depth = 0, [1]
            while end < len(rest) and depth:
                end, depth = _inside(rest, end, depth)
            reader = _Reader(_tokens(rest[: end - 1]))
            reader.depth = self.depth
            parts += [Node("literal", value=_unescaped(before)), reader.whole()]
            text = rest[end:]
        return Node("text", (*parts, Node("literal", value=_unescaped(text))))

    def named(self, word: str) -> Node:
        if word in _NOT_HERE:
            raise SimError(f"simulator: jq's `{word}` is not simulated", 2)
        if word in ("as", "then", "elif", "else", "end", "and", "or", "catch"):
            self.need("")
        place = self.place()
        self.at += 1
        if word.startswith("$"):
            return Node("variable", (), word[1:], at=place)
        if word in ("true", "false", "null"):
            return Node("literal", value={"true": True, "false": False, "null": None}[word])
        if word == "if":
            return self.condition()
        if word == "try":
            body = self.postfix()
            return Node("try", (body, self.postfix()) if self.take("catch") else (body,))
        if word in ("reduce", "foreach"):
            return self.folded(word)
        if word == "break":
            return Node("break", (), self.variable())
        if word == "def":
            return self.defined()
        if word.startswith("@") and self.kind() == "text":
            made = self.literal()
            return Node("text", made.parts, word) if made.kind == "text" else made
        arguments: list[Node] = []
        if self.take("("):
            arguments.append(self.pipe())
            while self.take(";"):
                arguments.append(self.pipe())
            self.need(")")
        return Node("call", tuple(arguments), word, at=place)

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
        elif self.kind() == "name" and self.peek().startswith("@"):
            key = self.named(self.peek())
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
            made = self.otherwise()
            while self.take("|"):
                made = Node("pipe", (made, self.otherwise()))
            return Node("pair", (key, made))
        return Node("pair", (key, Node("index", (Node("same"), key))))


def _number(word: str) -> float:
    """A number as jq keeps it: beyond 17 digits as a float."""
    return float(word) if set(word) & set(".eE") or len(word) > 17 else int(word)


_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}


def _unescaped(text: str) -> str:
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|(.))",
        lambda m: chr(int(m[1], 16)) if m[1] else _NAMED.get(m[2], m[2]),
        text,
    )
