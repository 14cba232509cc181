"""`$((…))`: whole numbers of 64 bits, read by a small parser of its own."""

import re
from collections.abc import Callable
from typing import NoReturn

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError

_TOKEN = re.compile(
    r"\s*(\d{1,2}#\w+|0[xX][0-9a-fA-F]+|\d+|0[xX][0-9a-fA-F]+|[A-Za-z_]\w*(?:\[[^\]]*\])?|\*\*|<<=|>>=|\+\+|--|[-+*/%&|^]=|<<|>>|<=|>=|==|!=|&&|\|\|"
    r"|[-+*/%<>!~&|^()?:=,])"
)
_BINARY: tuple[tuple[str, ...], ...] = (
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!="),
    ("<", ">", "<=", ">="),
    ("<<", ">>"),
    ("+", "-"),
    ("*", "/", "%"),
)


_ASSIGNING = ("+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=")


def _keep(name: str, value: str) -> None:
    raise SimError(f"bash: {name}: attempted assignment to non-variable")


def evaluate(text: str, value_of: Callable[[str], str], assign: Callable[[str, str], None] = _keep) -> int:
    """The value of an expression; names are looked up, an unset one is 0, and assigned to.

    >>> evaluate("2 * (n + 1)", {"n": "3"}.__getitem__)
    8
    """
    if len(text) > 1_000:
        raise Exhausted("an arithmetic expression has at most 1,000 characters")
    return _Reader(text, value_of, assign).whole()


def _wrapped(number: int) -> int:
    return (number + 2**63) % 2**64 - 2**63


class _Reader:
    def __init__(self, text: str, value_of: Callable[[str], str], assign: Callable[[str, str], None]) -> None:
        self.text = text.strip()
        self.value_of, self.assign = value_of, assign
        self.own: dict[str, int] = {}
        """What this expression has assigned so far."""
        self.tokens = self.cut()
        self.at = 0
        self.depth = 0

    def cut(self) -> list[str]:
        tokens, at = [], 0
        while at < len(self.text):
            match = _TOKEN.match(self.text, at)
            if not match:
                self.wrong(self.text[at:].strip())
            tokens.append(match[1])
            at = match.end()
        return tokens

    def whole(self) -> int:
        if not self.tokens:
            return 0
        made = self.choice()
        while self.peek() == ",":
            self.at += 1
            made = self.choice()
        if self.at < len(self.tokens):
            self.wrong(" ".join(self.tokens[self.at :]))
        return made

    def choice(self) -> int:
        self.depth += 1
        if self.depth > limits.NESTING:
            raise Exhausted(f"at most {limits.NESTING} brackets stand inside each other")
        made = self.binary(0)
        if self.peek() == "?":
            self.at += 1
            yes = self.choice()
            self.need(":")
            no = self.choice()
            made = yes if made else no
        self.depth -= 1
        return made

    def binary(self, level: int) -> int:
        if level == len(_BINARY):
            return self.power()
        left = self.binary(level + 1)
        while self.peek() in _BINARY[level]:
            operator = self.tokens[self.at]
            self.at += 1
            left = _wrapped(self.combined(operator, left, self.binary(level + 1)))
        return left

    def combined(self, operator: str, a: int, b: int) -> int:
        if operator in "/%" and b == 0:
            raise SimError(f'bash: {self.text}: division by 0 (error token is "{self.tokens[self.at - 1]}")')
        simple: dict[str, Callable[[], int]] = {
            "||": lambda: int(bool(a) or bool(b)),
            "&&": lambda: int(bool(a) and bool(b)),
            "|": lambda: a | b,
            "^": lambda: a ^ b,
            "&": lambda: a & b,
            "==": lambda: int(a == b),
            "!=": lambda: int(a != b),
            "<": lambda: int(a < b),
            ">": lambda: int(a > b),
            "<=": lambda: int(a <= b),
            ">=": lambda: int(a >= b),
            "<<": lambda: a << (b % 64),
            ">>": lambda: a >> (b % 64),
            "+": lambda: a + b,
            "-": lambda: a - b,
            "*": lambda: a * b,
            "/": lambda: abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1),
            "%": lambda: abs(a) % abs(b) * (1 if a >= 0 else -1),
        }
        return simple[operator]()

    def power(self) -> int:
        base = self.unary()
        if self.peek() != "**":
            return base
        self.at += 1
        exponent = self.power()
        if exponent < 0:
            raise SimError(f"bash: {self.text}: exponent less than 0")
        return _wrapped(pow(base, exponent, 2**64))

    def unary(self) -> int:
        sign = self.peek()
        if sign in ("++", "--"):
            name = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
            if not re.fullmatch(r"[A-Za-z_]\w*", name):
                self.wrong(sign)
            self.at += 2
            return self.set(name, self.named(name) + (1 if sign == "++" else -1))
        if sign in ("-", "+", "!", "~"):
            self.at += 1
            self.depth += 1
            if self.depth > limits.NESTING:
                raise Exhausted(f"at most {limits.NESTING} signs stand before a number")
            number = self.unary()
            self.depth -= 1
            return {"-": -number, "+": number, "!": int(not number), "~": ~number}[sign]
        if sign == "(":
            self.at += 1
            made = self.choice()
            self.need(")")
            return made
        return self.operand(sign)

    def operand(self, token: str) -> int:
        if not token or not (token[0].isalnum() or token[0] == "_"):
            self.wrong(token or (self.tokens[-1] if self.tokens else ""))
        self.at += 1
        if token[0].isdecimal():
            return _number(token)
        following = self.peek()
        if following in ("++", "--"):
            self.at += 1
            before = self.named(token)
            self.set(token, before + (1 if following == "++" else -1))
            return before
        if following == "=" or (following in _ASSIGNING):
            self.at += 1
            made = self.choice()
            if following != "=":
                made = self.combined(following[:-1], self.named(token), made)
            return self.set(token, made)
        return self.named(token)

    def named(self, name: str) -> int:
        if name in self.own:
            return self.own[name]
        value = self.value_of(name).strip()
        return _number(value) if re.fullmatch(r"-?\d+", value) else 0

    def set(self, name: str, value: int) -> int:
        self.own[name] = _wrapped(value)
        self.assign(name, str(self.own[name]))
        return self.own[name]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def need(self, token: str) -> None:
        if self.peek() != token:
            self.wrong(self.peek())
        self.at += 1

    def wrong(self, token: str) -> NoReturn:
        raise SimError(f'bash: {self.text}: syntax error: operand expected (error token is "{token}")')


def _number(text: str) -> int:
    digits = text.lstrip("-")
    base, mark, rest = digits.partition("#")
    if mark:
        try:
            return _wrapped(int(rest[:30], int(base)))
        except ValueError:
            raise SimError(f'bash: {text}: value too great for base (error token is "{text}")') from None
    if len(digits) > 30:
        return 0
    octal = digits.startswith("0") and set(digits) <= set("01234567")
    return _wrapped(int(text, 16 if digits[:2].lower() == "0x" else 8 if octal else 10))
