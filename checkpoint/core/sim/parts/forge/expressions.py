"""Expressions of workflow files: what stands behind `if:` and between `${{` and `}}`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checkpoint.core.sim.errors import SimError

_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(==|!=|&&|\|\||[!()])|([A-Za-z_][\w.-]*)|(\d+))")
_FILLED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_STATUS = ("success", "failure", "always", "cancelled")
_DEEPEST = 20

Plain = str | bool


class NotFollowed(SimError):
    """An expression that isn't simulated."""

    def __init__(self, text: str) -> None:
        super().__init__(f"simulator: the expression `{text.strip()}` is not simulated here", 2)


@dataclass(frozen=True, slots=True)
class Known:
    """What expressions may read: `names` such as `github.ref`, and how the jobs before ended."""

    names: Mapping[str, str]
    succeeded: bool = True
    failed: bool = False


def holds(text: str, known: Known) -> bool:
    """Whether an `if:` lets a job or step run; without a word about status it asks for success too.

    >>> holds("github.event_name == 'push'", Known({"github.event_name": "push"}))
    True
    """
    plain = text.strip()
    filled = _FILLED.fullmatch(plain)
    plain = filled[1] if filled else plain
    if not plain.strip():
        return known.succeeded
    asked = any(f"{name}(" in plain.replace(" ", "") for name in _STATUS)
    return bool(_Reader(plain, known).whole()) and (asked or known.succeeded)


def filled_in(text: str, known: Known) -> str:
    """A text with its `${{ … }}` replaced by what they come to."""
    return _FILLED.sub(lambda match: _text(_Reader(match[1], known).whole()), text)


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else str(value).lower()


class _Reader:
    """Reads one expression and gives its value at once."""

    def __init__(self, text: str, known: Known) -> None:
        self.text, self.known, self.depth = text, known, 0
        self.tokens = self._tokens()

    def _tokens(self) -> list[str]:
        found, at = [], 0
        while at < len(self.text.rstrip()):
            match = _TOKEN.match(self.text, at)
            if match is None:
                raise NotFollowed(self.text)
            found.append(match[0].strip())
            at = match.end()
        return found

    def whole(self) -> Plain:
        value = self.either()
        if self.tokens:
            raise NotFollowed(self.text)
        return value

    def either(self) -> Plain:
        return self.chain("||", self.both, lambda left, right: left or right)

    def both(self) -> Plain:
        return self.chain("&&", self.compared, lambda left, right: left and right)

    def chain(self, sign: str, below: Callable[[], Plain], joined: Callable[[Plain, Plain], Plain]) -> Plain:
        value = below()
        while self.take(sign):
            value = joined(value, below())
        return value

    def compared(self) -> Plain:
        left = self.single()
        for sign in ("==", "!="):
            if self.take(sign):
                same = _text(left).lower() == _text(self.single()).lower()
                return same if sign == "==" else not same
        return left

    def single(self) -> Plain:
        self.depth += 1
        if not self.tokens or self.depth > _DEEPEST:
            raise NotFollowed(self.text)
        word = self.tokens.pop(0)
        if word == "!":
            return not self.single()
        if word == "(":
            return self.closed(self.either())
        if word.startswith("'"):
            return word[1:-1].replace("''", "'")
        return self.named(word)

    def named(self, word: str) -> Plain:
        if word in _STATUS and self.take("("):
            return self.closed(self.status(word))
        if word in ("true", "false"):
            return word == "true"
        if word.isdecimal():
            return word
        if word not in self.known.names:
            raise NotFollowed(self.text)
        return self.known.names[word]

    def status(self, name: str) -> bool:
        known = self.known
        return {"success": known.succeeded, "failure": known.failed, "always": True}.get(name, False)

    def closed(self, value: Plain) -> Plain:
        if not self.take(")"):
            raise NotFollowed(self.text)
        return value

    def take(self, token: str) -> bool:
        if self.tokens and self.tokens[0] == token:
            self.tokens.pop(0)
            return True
        return False
