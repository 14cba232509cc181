"""`test`, `[ … ]` and `[[ … ]]`: questions about files, texts and numbers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import File, Files, Folder, Link

_UNARY = ["-e", "-f", "-d", "-s", "-r", "-w", "-x", "-L", "-h", "-z", "-n"]
_NUMERIC: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda a, b: a == b,
    "-ne": lambda a, b: a != b,
    "-lt": lambda a, b: a < b,
    "-le": lambda a, b: a <= b,
    "-gt": lambda a, b: a > b,
    "-ge": lambda a, b: a >= b,
}
_TEXTUAL = ("=", "==", "!=", "<", ">", "=~")
_FILES = ("-nt", "-ot", "-ef")


@dataclass(frozen=True, slots=True)
class Question:
    """What the words may ask about. `fits` compares with a pattern or, for `=~`, an expression."""

    files: Files
    path: Callable[[str], str]
    fits: Callable[[str, str, int], bool]
    """(left, operator, place of the right word) -> bool."""
    is_set: Callable[[str], bool]
    name: str = "["


def answer(words: Sequence[str], question: Question) -> bool:
    """Whether the words hold; raises SimError with code 2 where they make no sense.

    `&&` and `||` as in `[[ ]]`, `-a` and `-o` as in `[ ]`.
    """
    reader = _Reader(list(words), question)
    if not words:
        return False
    made = reader.either()
    if reader.at < len(reader.words):
        reader.wrong("too many arguments")
    return made


class _Reader:
    def __init__(self, words: list[str], question: Question) -> None:
        self.words, self.asked, self.at = words, question, 0

    def peek(self, ahead: int = 0) -> str | None:
        place = self.at + ahead
        return self.words[place] if place < len(self.words) else None

    def either(self) -> bool:
        made = self.both()
        while self.peek() in ("||", "-o"):
            self.at += 1
            other = self.both()
            made = made or other
        return made

    def both(self) -> bool:
        made = self.one()
        while self.peek() in ("&&", "-a"):
            self.at += 1
            other = self.one()
            made = made and other
        return made

    def one(self) -> bool:
        word = self.peek()
        if word is None:
            self.wrong("argument expected")
        if word == "!" and self.peek(1) is not None:
            self.at += 1
            return not self.one()
        if self.peek(1) in (*_NUMERIC, *_TEXTUAL, *_FILES) and self.peek(2) is not None:
            return self.binary()
        if word == "(" and self.peek(1) is not None:
            self.at += 1
            made = self.either()
            if self.peek() != ")":
                self.wrong("`)' expected")
            self.at += 1
            return made
        if (word in _UNARY or word == "-v") and self.peek(1) is not None:
            self.at += 2
            return self.unary(word, self.words[self.at - 1])
        if len(self.words) == 2 and self.asked.name != "[[":
            raise SimError(f"bash: {self.asked.name}: {word}: unary operator expected", 2)
        self.at += 1
        return bool(word)

    def binary(self) -> bool:
        left, operator, right = self.words[self.at : self.at + 3]
        place = self.at + 2
        self.at += 3
        if operator in _NUMERIC:
            return _NUMERIC[operator](self.number(left), self.number(right))
        if operator in _FILES:
            return self.newer(left, operator, right)
        if operator in ("<", ">"):
            return left < right if operator == "<" else left > right
        return self.asked.fits(left, operator, place)

    def number(self, text: str) -> int:
        if not re.fullmatch(r"\s*[-+]?\d{1,18}\s*", text):
            raise SimError(f"bash: {self.asked.name}: {text}: integer expression expected", 2)
        return int(text)

    def newer(self, left: str, operator: str, right: str) -> bool:
        one, other = (self.asked.files.get(self.asked.path(name)) for name in (left, right))
        if operator == "-ef":
            return one is not None and one is other
        times = [node.time if node else -1 for node in (one, other)]
        return times[0] > times[1] if operator == "-nt" else times[0] < times[1]

    def unary(self, operator: str, word: str) -> bool:
        if operator == "-z":
            return not word
        if operator == "-n":
            return bool(word)
        if operator == "-v":
            return self.asked.is_set(word)
        if not word:
            return False
        if operator in ("-L", "-h"):
            return isinstance(self.asked.files.get(self.asked.path(word), follow=False), Link)
        node = self.asked.files.get(self.asked.path(word))
        if node is None or isinstance(node, Link):
            return False
        return {
            "-e": True,
            "-f": isinstance(node, File),
            "-d": isinstance(node, Folder),
            "-s": isinstance(node, Folder) or (isinstance(node, File) and bool(node.data)),
            "-r": bool(node.mode & 0o400),
            "-w": bool(node.mode & 0o200),
            "-x": bool(node.mode & 0o100),
        }[operator]

    def wrong(self, what: str) -> NoReturn:
        raise SimError(f"bash: {self.asked.name}: {what}", 2)
