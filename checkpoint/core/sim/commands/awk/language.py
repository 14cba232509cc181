"""awk's language, read into a tree of tuples: the first part names the kind."""

import re
from dataclasses import dataclass, field
from typing import Any

from checkpoint.core.sim.errors import SimError

Node = tuple[Any, ...]

BUILTINS = frozenset(
    [
        "length",
        "substr",
        "index",
        "split",
        "sub",
        "gsub",
        "match",
        "sprintf",
        "toupper",
        "tolower",
        "int",
        "sqrt",
        "exp",
        "log",
        "sin",
        "cos",
        "atan2",
    ]
)
ABSENT = frozenset(
    "getline system close fflush rand srand systime strftime gensub".split()  # noqa: SIM905
)
_WORDS = frozenset(
    [
        "BEGIN",
        "END",
        "if",
        "else",
        "while",
        "for",
        "do",
        "in",
        "next",
        "exit",
        "delete",
        "break",
        "continue",
        "return",
        "print",
        "printf",
        "function",
        "func",
    ]
)
_TOKEN = re.compile(
    r"(?P<blank>[ \t\r]+|\\\n|\#[^\n]*)|(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)"
    r'|(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<call>[A-Za-z_]\w*(?=\())|(?P<name>[A-Za-z_]\w*)'
    r"|(?P<mark>\+\+|--|\*\*=|\*\*|[-+*/%^]=|==|<=|>=|!=|!~|&&|\|\||>>|[-+*/%^!~<>=?:,;(){}\[\]$|\n])"
)
_REGEX = re.compile(r"/((?:[^/\\\n\[]|\\.|\[\^?\]?(?:\[:\w+:\]|[^\]\n])*\])*)/")
_DEEPEST = 100
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "/": "/", "a": "\a", "b": "\b", "f": "\f"}


@dataclass(slots=True)
class Program:
    """`rules` are (pattern, body); a pattern is None, an expression or a `("range", from, to)`."""

    begin: list[Node] = field(default_factory=list)
    rules: list[tuple[Node | None, Node]] = field(default_factory=list)
    end: list[Node] = field(default_factory=list)
    functions: dict[str, tuple[list[str], Node]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


class BadProgram(SimError):
    """The program can't be read."""


class NotHere(SimError):
    """Real awk, but not simulated."""


def read(text: str) -> Program:
    """Raises BadProgram and NotHere."""
    return _Reader(_tokens(text)).program()


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text, flags=re.DOTALL)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        regex = _REGEX.match(text, at) if text[at] == "/" and _may_begin(found) else None
        if regex:
            found.append(_Token("regex", regex[1].replace("\\/", "/")))
            at = regex.end()
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadProgram(f"unexpected character '{text[at]}'", 2)
        at, kind = match.end(), str(match.lastgroup)
        if kind == "text":
            found.append(_Token("text", unescaped(match[0][1:-1])))
        elif kind in ("name", "call") and match[0] in _WORDS:
            found.append(_Token("word", match[0]))
        elif kind != "blank":
            found.append(_Token(kind, match[0]))
    return [*found, _Token("end", "")]


def _may_begin(found: list[_Token]) -> bool:
    """Whether a value may begin here, so that a slash opens an expression."""
    last = found[-1] if found else _Token("mark", ";")
    return last.kind == "word" or (last.kind == "mark" and last.text not in (")", "]", "$", "++", "--"))


class _Reader:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0
        self.in_print = False
        """Where `>` redirects instead of comparing."""

    # --- tokens --------------------------------------------------------------

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def sees(self, *texts: str) -> bool:
        return self.now.kind in ("mark", "word") and self.now.text in texts

    def took(self, *texts: str) -> str:
        if not self.sees(*texts):
            return ""
        self.at += 1
        return self.tokens[self.at - 1].text

    def need(self, text: str) -> None:
        if not self.took(text):
            raise BadProgram(f"syntax error at or near {self.now.text.strip() or 'end of file'}", 2)

    def lines(self) -> None:
        while self.took("\n"):
            pass

    def gaps(self) -> None:
        while self.took("\n", ";"):
            pass

    # --- rules ---------------------------------------------------------------

    def program(self) -> Program:
        made = Program()
        self.gaps()
        while self.now.kind != "end":
            if self.took("BEGIN"):
                made.begin.append(self.block())
            elif self.took("END"):
                made.end.append(self.block())
            elif self.took("function", "func"):
                self.function(made)
            else:
                made.rules.append(self.rule())
            self.gaps()
        return made

    def rule(self) -> tuple[Node | None, Node]:
        pattern: Node | None = None
        if not self.sees("{"):
            pattern = self.expression()
            if self.took(","):
                self.lines()
                pattern = ("range", pattern, self.expression())
        return pattern, self.block() if self.sees("{") else ("block", [("print", [], "", None)])

    def function(self, made: Program) -> None:
        name, names = self.named(), []
        self.need("(")
        while not self.took(")"):
            names.append(self.named())
            self.took(",")
        self.lines()
        made.functions[name] = (names, self.block())

    def named(self) -> str:
        if self.now.kind not in ("name", "call"):
            self.need("a name")
        self.at += 1
        return self.tokens[self.at - 1].text

    # --- statements ----------------------------------------------------------

    def block(self) -> Node:
        self.need("{")
        body = []
        self.gaps()
        while not self.took("}"):
            body.append(self.statement())
            self.gaps()
        return ("block", body)

    def statement(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadProgram("program nests too deep", 2)
        made = self.one_statement()
        self.depth -= 1
        return made

    def one_statement(self) -> Node:
        if self.sees("{"):
            return self.block()
        if self.took("if"):
            return self.choice()
        if self.took("while"):
            return ("while", self.bracketed(), self.body())
        if self.took("do"):
            body = self.body()
            self.gaps()
            self.need("while")
            return ("do", body, self.bracketed())
        if self.took("for"):
            return self.loop()
        made = self.simple()
        if not self.sees(";", "\n", "}") and self.now.kind != "end":
            self.need(";")
        return made

    def body(self) -> Node:
        self.lines()
        return ("block", []) if self.took(";") else self.statement()

    def bracketed(self) -> Node:
        self.need("(")
        made = self.expression()
        self.need(")")
        return made

    def choice(self) -> Node:
        asked, body = self.bracketed(), self.body()
        kept = self.at
        self.gaps()
        if self.took("else"):
            return ("if", asked, body, self.body())
        self.at = kept
        return ("if", asked, body, None)

    def loop(self) -> Node:
        self.need("(")
        ahead = self.tokens[self.at : self.at + 4]
        if len(ahead) == 4 and ahead[0].kind == "name" and ahead[1].text == "in" and ahead[3].text == ")":
            self.at += 4
            return ("each", ahead[0].text, ahead[2].text, self.body())
        start = None if self.sees(";") else self.simple()
        self.need(";")
        test = None if self.sees(";") else self.expression()
        self.need(";")
        step = None if self.sees(")") else self.simple()
        self.need(")")
        return ("for", start, test, step, self.body())

    def simple(self) -> Node:
        if word := self.took("print", "printf"):
            return self.printing(word)
        if word := self.took("next", "break", "continue"):
            return (word,)
        if word := self.took("exit", "return"):
            bare = self.sees(";", "\n", "}") or self.now.kind == "end"
            return (word, None if bare else self.expression())
        if self.took("delete"):
            name = self.named()
            return ("delete", name, self.subscript() if self.took("[") else None)
        return ("value", self.expression())

    def printing(self, word: str) -> Node:
        outer, self.in_print = self.in_print, True
        values: list[Node] = []
        if not self.sees(";", "\n", "}", ">", ">>", "|") and self.now.kind != "end":
            values = self.listed()
        if len(values) == 1 and values[0][0] == "group":
            values = list(values[0][1])
        self.in_print = outer
        if self.sees("|"):
            raise NotHere("awk's pipes to other commands", 2)
        into = self.took(">", ">>")
        return (word, values, into, self.joined() if into else None)

    def listed(self) -> list[Node]:
        values = [self.expression()]
        while self.took(","):
            self.lines()
            values.append(self.expression())
        return values

    # --- expressions, the loosest first --------------------------------------

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadProgram("program nests too deep", 2)
        made = self.assignment()
        self.depth -= 1
        return made

    def assignment(self) -> Node:
        left = self.conditional()
        operator = self.took("=", "+=", "-=", "*=", "/=", "%=", "^=", "**=")
        if not operator:
            return left
        if left[0] not in ("name", "item", "field"):
            raise BadProgram("syntax error at or near =", 2)
        return ("assign", left, operator[:-1].replace("**", "^"), self.expression())

    def conditional(self) -> Node:
        asked = self.either()
        if not self.took("?"):
            return asked
        self.lines()
        first = self.expression()
        self.lines()
        self.need(":")
        self.lines()
        return ("choose", asked, first, self.expression())

    def either(self) -> Node:
        left = self.both()
        while self.took("||"):
            self.lines()
            left = ("or", left, self.both())
        return left

    def both(self) -> Node:
        left = self.member()
        while self.took("&&"):
            self.lines()
            left = ("and", left, self.member())
        return left

    def member(self) -> Node:
        left = self.matching()
        while self.took("in"):
            left = ("in", left, self.named())
        return left

    def matching(self) -> Node:
        left = self.comparison()
        while operator := self.took("~", "!~"):
            left = ("match", left, self.comparison(), operator)
        return left

    def comparison(self) -> Node:
        left = self.joined()
        marks = ("<", "<=", "==", "!=", ">=") if self.in_print else ("<", "<=", "==", "!=", ">", ">=")
        if operator := self.took(*marks):
            return ("compare", operator, left, self.joined())
        return left

    def joined(self) -> Node:
        left = self.sum()
        while self.begins_value():
            left = ("join", left, self.sum())
        return left

    def begins_value(self) -> bool:
        if self.now.kind in ("number", "text", "name", "call", "regex"):
            return True
        return self.sees("$", "!", "(", "-", "+", "++", "--") and not self.sees("!")

    def sum(self) -> Node:
        left = self.product()
        while operator := self.took("+", "-"):
            left = ("sum", operator, left, self.product())
        return left

    def product(self) -> Node:
        left = self.signed()
        while operator := self.took("*", "/", "%"):
            left = ("sum", operator, left, self.signed())
        return left

    def signed(self) -> Node:
        if operator := self.took("!", "-", "+"):
            return ("sign", operator, self.signed())
        return self.power()

    def power(self) -> Node:
        base = self.stepped()
        if self.took("^", "**"):
            return ("sum", "^", base, self.signed())
        return base

    def stepped(self) -> Node:
        if operator := self.took("++", "--"):
            return ("before", operator, self.atom())
        made = self.atom()
        if made[0] in ("name", "item", "field") and (operator := self.took("++", "--")):
            return ("after", operator, made)
        return made

    def atom(self) -> Node:
        token = self.now
        if token.kind in ("number", "text", "regex"):
            self.at += 1
            return (token.kind, float(token.text) if token.kind == "number" else token.text)
        if self.took("$"):
            return ("field", self.stepped() if self.sees("++", "--") else self.signed_atom())
        if self.took("("):
            return self.grouped()
        if token.kind in ("name", "call"):
            return self.name_or_call()
        self.need("a value")
        return ()

    def signed_atom(self) -> Node:
        return ("sign", "-", self.atom()) if self.took("-") else self.atom()

    def grouped(self) -> Node:
        outer, self.in_print = self.in_print, False
        self.lines()
        values = self.listed()
        self.lines()
        self.need(")")
        self.in_print = outer
        if len(values) == 1:
            return ("bracket", values[0])
        return ("group", values)

    def name_or_call(self) -> Node:
        token = self.now
        self.at += 1
        if token.text in ABSENT:
            raise NotHere(f"awk's {token.text}", 2)
        if token.kind == "call" or token.text in BUILTINS:
            return ("call", token.text, self.arguments())
        if self.took("["):
            return ("item", token.text, self.subscript())
        return ("name", token.text)

    def arguments(self) -> list[Node]:
        if not self.took("("):
            return []
        outer, self.in_print = self.in_print, False
        values = [] if self.sees(")") else self.listed()
        self.need(")")
        self.in_print = outer
        return values

    def subscript(self) -> list[Node]:
        outer, self.in_print = self.in_print, False
        values = self.listed()
        self.need("]")
        self.in_print = outer
        return values
