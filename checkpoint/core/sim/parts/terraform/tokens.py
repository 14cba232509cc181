"""Words of the configuration language. A string or here-document is one token; its inside is read later."""

from dataclasses import dataclass
from typing import Literal

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source, Span

Kind = Literal["name", "number", "string", "heredoc", "mark", "comment", "newline", "end"]

_MARKS = (
    "...",
    "==",
    "!=",
    "<=",
    ">=",
    "=>",
    "&&",
    "||",
    "::",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "<",
    ">",
    "!",
    "?",
    ":",
    ",",
    ".",
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    before: str = ""
    """Blanks in front of it on its line."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def is_mark(self, *texts: str) -> bool:
        return self.kind == "mark" and self.text in texts


def is_name_start(char: str) -> bool:
    return char.isalpha() or char == "_"


def is_name_part(char: str) -> bool:
    return char.isalnum() or char in "_-"


def tokens(source: Source, start: int = 0, end: int | None = None) -> list[Token]:
    """All tokens of a stretch, comments included, `end` last. A comment's token holds no newline."""
    if len(source.text) > limits.HCL:
        raise Exhausted(f"a configuration file has at most {limits.HCL // 1024} KB")
    return _Reader(source, start, len(source.text) if end is None else end).whole()


class _Reader:
    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source, self.text, self.at, self.end = source, source.text, start, end
        self.found: list[Token] = []

    def whole(self) -> list[Token]:
        while True:
            blank = self.at
            while self.at < self.end and self.text[self.at] in " \t\r":
                self.at += 1
            before = self.text[blank : self.at]
            if self.at >= self.end:
                self.found.append(Token("end", "", self.at, before))
                return self.found
            kind, end = self.one(self.text[self.at])
            self.found.append(Token(kind, self.text[self.at : end], self.at, before))
            self.at = end

    def one(self, char: str) -> tuple[Kind, int]:
        """Kind and end of the token that begins here."""
        at, text = self.at, self.text
        if char == "\n":
            return "newline", at + 1
        if char == "#" or text.startswith("//", at):
            return "comment", self.until("\n", at)
        if text.startswith("/*", at):
            end = text.find("*/", at + 2)
            return "comment", len(text) if end < 0 else end + 2
        if char == '"':
            return "string", string_end(self.source, at)
        if text.startswith("<<", at):
            return "heredoc", self.heredoc_end(at)
        if is_name_start(char):
            return "name", self.name_end(at)
        if char.isdigit():
            return "number", self.number_end(at)
        for mark in _MARKS:
            if text.startswith(mark, at):
                return "mark", at + len(mark)
        raise self.bad("Invalid character", "This character is not used within the language.", at)

    def bad(self, summary: str, detail: str, at: int) -> Failed:
        return Failed(Diagnostic(summary, detail, Span(self.source, at, at + 1)))

    def until(self, goal: str, at: int) -> int:
        end = self.text.find(goal, at)
        return len(self.text) if end < 0 else end

    def name_end(self, at: int) -> int:
        end = at
        while end < len(self.text) and is_name_part(self.text[end]):
            end += 1
        return end

    def number_end(self, at: int) -> int:
        end = at
        text = self.text
        while end < len(text) and text[end].isdigit():
            end += 1
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
            end += 1
            while end < len(text) and text[end].isdigit():
                end += 1
        if text[end : end + 1] in ("e", "E"):
            mark = end + 1 + (text[end + 1 : end + 2] in ("+", "-"))
            if text[mark : mark + 1].isdigit():
                end = mark
                while end < len(text) and text[end].isdigit():
                    end += 1
        return end

    def heredoc_end(self, at: int) -> int:
        line_end = self.until("\n", at)
        word = self.text[at:line_end].lstrip("<").lstrip("-").strip()
        if not word or not all(map(is_name_part, word)):
            raise self.bad("Invalid expression", "Expected the start of an expression.", at)
        end = line_end + 1
        while end <= len(self.text):
            stop = self.until("\n", end)
            if self.text[end:stop].strip() == word:
                return stop
            if stop >= len(self.text):
                break
            end = stop + 1
        raise Failed(
            Diagnostic(
                "Unterminated template string",
                "No closing marker was found for the string.",
                Span(self.source, at, line_end),
            )
        )


def string_end(source: Source, at: int) -> int:
    """Where the quoted string that begins here ends, interpolations skipped."""
    text, end, depth = source.text, at + 1, 0
    while end < len(text):
        char = text[end]
        if depth == 0:
            if char == '"':
                return end + 1
            if char == "\n":
                raise _multi_line(source, at, end)
            if char == "\\":
                end += 2
                continue
            if text.startswith(("$${", "%%{"), end):
                end += 3
                continue
            if text.startswith(("${", "%{"), end):
                depth, end = 1, end + 2
                continue
        elif char == '"':
            end = string_end(source, end)
            continue
        elif char in "{}":
            depth += 1 if char == "{" else -1
        end += 1
    raise _unterminated(source, at, len(text))


def _multi_line(source: Source, at: int, newline: int) -> Failed:
    detail = (
        "Quoted strings may not be split over multiple lines. To produce a multi-line string, either use "
        'the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax.'
    )
    return Failed(
        Diagnostic("Invalid multi-line string", detail, Span(source, at + 1, newline + 1)),
        *_unterminated(source, newline, newline + 1).diagnostics,
    )


def _unterminated(source: Source, at: int, end: int) -> Failed:
    detail = "No closing marker was found for the string."
    return Failed(Diagnostic("Unterminated template string", detail, Span(source, at, end)))
