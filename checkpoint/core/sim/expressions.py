"""Regular expressions that learners type, matched in time linear in the text (RE2), never by `re`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast

import re2

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import SimError

_SEARCH, _MATCH = 8, 16
"""Work for each text that is looked through, and for each match that is found."""
_LONGEST = 1_000
"""Characters of an expression."""


class Match(Protocol):
    def span(self, group: int = 0) -> tuple[int, int]: ...
    def start(self, group: int = 0) -> int: ...
    def end(self, group: int = 0) -> int: ...
    def group(self, group: int = 0) -> str | None: ...
    def groups(self) -> tuple[str | None, ...]: ...


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. Bytes that are no UTF-8 count as one unknown character each."""

    inner: Any

    def search(self, text: str) -> Match | None:
        limits.spend(_SEARCH + len(text) // 50)
        return cast("Match | None", self.inner.search(_readable(text)))

    def fullmatch(self, text: str) -> Match | None:
        limits.spend(_SEARCH + len(text) // 50)
        return cast("Match | None", self.inner.fullmatch(_readable(text)))

    def finditer(self, text: str) -> Iterator[Match]:
        limits.spend(_SEARCH + len(text) // 50)
        for match in self.inner.finditer(_readable(text)):
            limits.spend(_MATCH)
            yield cast("Match", match)

    def sub(self, made: Callable[[Match], str], text: str, count: int = 0) -> str:
        """Replaced from the left; what isn't matched keeps its bytes."""
        out, last = [], 0
        for number, match in enumerate(self.finditer(text)):
            if count and number >= count:
                break
            out += [text[last : match.start()], made(match)]
            last = match.end()
        return "".join(out) + text[last:]


def _readable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class BadExpression(SimError):
    """It can't be compiled; the message says why in the engine's words."""


@lru_cache(maxsize=256)
def compiled(
    text: str, *, ignore_case: bool = False, longest: bool = False, longest_text: int = _LONGEST
) -> Expression:
    """An expression in RE2's syntax."""
    if len(text) > longest_text:
        raise BadExpression(f"regular expression too big (at most {longest_text:,} characters)", 2)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    options.case_sensitive = not ignore_case
    options.longest_match = longest
    try:
        return Expression(re2.compile(_readable(text), options))
    except re2.error as error:
        why = error.args[0] if error.args else "invalid expression"
        raise BadExpression(why.decode() if isinstance(why, bytes) else str(why), 2) from None


def names_in(wanted: str) -> dict[str, int]:
    """The names of an expression's brackets with their numbers."""
    return dict(compiled(wanted).inner.groupindex)


def escaped(text: str) -> str:
    """Characters that stand for themselves."""
    return str(re2.escape(_readable(text)))


_BASIC_SPECIAL = "(){}+?|"


def from_basic(text: str) -> str:
    """POSIX basic syntax (grep, sed) as extended: `\\(…\\)` groups and bare brackets are characters.

    A reference back into the match has no equal here and is refused.
    """
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        following = text[at + 1 : at + 2]
        if char == "\\" and following:
            if following in "123456789":
                raise BadExpression("simulator: a back-reference inside a pattern is not simulated", 2)
            out.append(following if following in _BASIC_SPECIAL else _escape(following))
            at += 2
            continue
        if char == "[":
            end = _set_end(text, at)
            out.append(_set(text[at:end]))
            at = end
            continue
        if char in _BASIC_SPECIAL:
            out.append("\\" + char)
        elif char == "*" and (not out or out[-1] in ("(", "|", "^")):
            out.append(r"\*")
        else:
            out.append(char)
        at += 1
    return "".join(out)


def from_extended(text: str) -> str:
    """POSIX extended syntax (grep -E, sed -E) as RE2 reads it."""
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        following = text[at + 1 : at + 2]
        if char == "\\" and following:
            if following in "123456789":
                raise BadExpression("simulator: a back-reference inside a pattern is not simulated", 2)
            out.append(_escape(following))
            at += 2
        elif char == "[":
            end = _set_end(text, at)
            out.append(_set(text[at:end]))
            at = end
        else:
            out.append(char)
            at += 1
    return "".join(out)


def _escape(char: str) -> str:
    named = {"<": r"\b", ">": r"\b", "`": r"\A", "'": r"\z", "n": "\n", "t": "\t"}
    if char in named:
        return named[char]
    return "\\" + char if not char.isalnum() or char in "wWsSbBdD" else char


def _set_end(text: str, start: int) -> int:
    at = start + 1
    if text[at : at + 1] == "^":
        at += 1
    if text[at : at + 1] == "]":
        at += 1
    while at < len(text) and text[at] != "]":
        close = text.find(":]", at + 2) if text.startswith("[:", at) else -1
        at = close + 2 if close > 0 else at + 1
    return min(len(text), at + 1)


def _set(text: str) -> str:
    """A bracket expression; a backslash in it is a character, as POSIX has it."""
    return text.replace("\\", "\\\\") if "[:" not in text else text
