"""A typed line to a tree, with bash's own words where it can't be read."""

import re
from functools import lru_cache
from typing import Literal, NoReturn, cast

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.shell.syntax import (
    AndOr,
    Arithmetic,
    Assignment,
    Calculation,
    Case,
    Command,
    Condition,
    Connected,
    Counting,
    Element,
    For,
    Function,
    Group,
    If,
    Parameter,
    Piece,
    Pipeline,
    Redirection,
    Select,
    Sequence,
    Simple,
    Substitution,
    Text,
    While,
    Word,
)

_OPERATORS = (
    *("&>>", "<<<", "<<-"),
    *("&&", "||", "|&", ";;", ">>", "<<", ">&", "<&", "&>", ">|"),
    *(";", "|", "&", "(", ")", "<", ">", "\n"),
)
"""The longer ones first."""
_REDIRECTIONS = ("<", ">", ">>", ">&", "<&", "&>", "&>>", "<<", "<<-", "<<<", ">|")
_RESERVED = frozenset(
    {"if", "then", "elif", "else", "fi", "for", "in", "do", "done", "while", "until", "case", "esac"}
    | {"{", "}", "!", "[[", "]]", "function"}
)
_BREAKS = " \t\n;|&()<>"
_ATTEMPT = 400
"""Work that reading a script once more costs."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=")
_INDEXED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\[(?=[^\]\n]*\]\+?=)")
_ARRAY = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=(?=\()")
_DECLARING = frozenset({"declare", "local", "typeset", "readonly", "export"})
_SPECIAL = "?$#@*!-0123456789"
_EXPANSION = re.compile(r":-|-|:=|=|:\+|\+|:\?|\?|##|#|%%|%|//|/|\^\^|\^|,,|,|:|@[QULuEA](?=\})")


class SyntaxProblem(SimError):
    """The line can't be read; nothing of it is run. Exit code 2, as in bash. `line` is where, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message, 2)
        self.line = line


class NotHere(SimError):
    """Shell grammar that is real but not simulated."""

    def __init__(self, what: str) -> None:
        super().__init__(f"simulator: {what} is not part of this shell", 2)


@lru_cache(maxsize=512)
def parse(text: str) -> Sequence:
    """The tree of a line, which may hold several lines with here-documents.

    >>> parse("echo hi && ls").items[0].rest[0][0]
    '&&'
    """
    if len(text) > limits.LINE + limits.HERE_DOCUMENT:
        raise Exhausted(f"a line has at most {limits.LINE // 1024} KB")
    return _Reader(text).whole()


def complete_before(text: str, problem: SyntaxProblem) -> Sequence:
    """What of a script can be read before the line of a problem: bash runs it before it sees the problem."""
    lines = text.split("\n")
    for count in range(min(problem.line, len(lines)) - 1, 0, -1):
        limits.spend(_ATTEMPT)
        try:
            return parse("\n".join(lines[:count]) + "\n")
        except SyntaxProblem:
            continue
    return Sequence()


class _Reader:
    """Recursive descent over the characters; `at` is the place reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.counted = (0, 1)
        """A place, and the line in which it stands."""
        self.waiting: list[tuple[int, str, bool, bool]] = []
        """Here-documents whose text begins after this line: (number, end, quoted, tabs stripped)."""
        self.documents: dict[int, Word] = {}

    @property
    def line(self) -> int:
        """In which line of the text the place reached stands."""
        place, line = self.counted
        if place <= self.at:
            self.counted = self.at, line + self.text.count("\n", place, self.at)
        else:
            self.counted = self.at, self.text.count("\n", 0, self.at) + 1
        return self.counted[1]

    # --- lists ---------------------------------------------------------------

    def whole(self) -> Sequence:
        made = self.sequence(())
        if self.at < len(self.text):
            self.unexpected()
        self.documents_here()
        return cast(Sequence, _filled(made, self.documents)) if self.documents else made

    def sequence(self, ends: tuple[str, ...]) -> Sequence:
        """Commands up to one of the words or operators in `ends`, which stays unread."""
        self.deeper()
        items: list[AndOr] = []
        self.newlines()
        while self.at < len(self.text) and not self.stands(ends):
            items.append(self.and_or())
            self.blanks()
            operator = self.operator()
            if operator == "&":
                raise NotHere("running something in the background with &")
            if operator not in (";", "\n"):
                break
            self.take(operator)
            self.newlines()
        self.depth -= 1
        return Sequence(tuple(items))

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > limits.NESTING:
            raise Exhausted(f"at most {limits.NESTING} commands stand inside each other")

    def and_or(self) -> AndOr:
        first = self.pipeline()
        rest: list[tuple[Literal["&&", "||"], Pipeline]] = []
        while (operator := self.operator()) in ("&&", "||"):
            self.take(operator)
            self.newlines()
            self.more()
            rest.append((cast(Literal["&&", "||"], operator), self.pipeline()))
        return AndOr(first, tuple(rest))

    def pipeline(self) -> Pipeline:
        negated = False
        while self.word_is("!"):
            self.keyword("!")
            negated = not negated
        commands = [self.command()]
        joined: list[bool] = []
        while (operator := self.operator()) in ("|", "|&"):
            self.take(operator)
            self.newlines()
            self.more()
            joined.append(operator == "|&")
            commands.append(self.command())
        if len(commands) > limits.STAGES:
            raise Exhausted(f"a pipeline has at most {limits.STAGES} commands")
        return Pipeline(tuple(commands), negated, tuple(joined))

    # --- commands ------------------------------------------------------------

    def command(self) -> Command:
        self.blanks()
        if self.operator() == "(":
            return self.arithmetic_command() if self.text.startswith("((", self.at) else self.subshell()
        word = self.bare()
        kinds = {
            "{": self.group,
            "if": self.if_command,
            "for": self.for_command,
            "select": self.select_command,
            "while": self.while_command,
            "until": self.while_command,
            "case": self.case_command,
            "[[": self.condition,
            "function": self.function,
        }
        if word in kinds:
            return kinds[word]()
        if word == "coproc":
            raise NotHere("`coproc`")
        if word in _RESERVED and word != "in" and word != "]]":
            self.unexpected()
        return self.simple()

    def subshell(self) -> Command:
        self.take("(")
        body = self.sequence((")",))
        self.need_operator(")")
        return Group(body, True, self.redirections())

    def arithmetic_command(self) -> Command:
        kept = self.at
        inside = self.doubled()
        if inside is None:
            self.at = kept
            return self.subshell()
        return Calculation(_Reader(inside).double_quoted(""), self.redirections())

    def doubled(self) -> str | None:
        """What stands between `((` and `))`; None where the brackets close apart from each other."""
        start = self.at + 2
        depth, at = 2, start
        while at < len(self.text) and depth:
            depth += (self.text[at] == "(") - (self.text[at] == ")")
            at += 1
        if depth or self.text[at - 2 : at] != "))":
            return None
        self.at = at
        return self.text[start : at - 2]

    def group(self) -> Command:
        self.keyword("{")
        body = self.sequence(("}",))
        self.keyword("}")
        return Group(body, False, self.redirections())

    def if_command(self) -> Command:
        self.keyword("if")
        branches = []
        otherwise = None
        while True:
            condition = self.filled(("then",))
            self.keyword("then")
            branches.append((condition, self.filled(("elif", "else", "fi"))))
            if self.word_is("elif"):
                self.keyword("elif")
                continue
            if self.word_is("else"):
                self.keyword("else")
                otherwise = self.filled(("fi",))
            self.keyword("fi")
            return If(tuple(branches), otherwise, self.redirections())

    def for_command(self) -> Command:
        self.keyword("for")
        self.blanks()
        if self.text.startswith("((", self.at):
            return self.counting()
        name, words, body = self.over()
        return For(name, words, body, self.redirections())

    def select_command(self) -> Command:
        self.keyword("select")
        self.blanks()
        name, words, body = self.over()
        return Select(name, words, body, self.redirections())

    def over(self) -> tuple[str, tuple[Word, ...] | None, Sequence]:
        """`name in words; do list; done`, of `for` and `select`."""
        match = _NAME.match(self.text, self.at)
        if not match:
            self.unexpected()
        self.at = match.end()
        self.newlines()
        words: list[Word] | None = None
        if self.word_is("in"):
            self.keyword("in")
            words = []
            self.blanks()
            while self.at < len(self.text) and (not self.operator() or self.connects()):
                words.append(self.word())
                self.blanks()
        self.blanks()
        if self.operator() == ";":
            self.take(";")
        self.newlines()
        return match[0], None if words is None else tuple(words), self.looped()

    def counting(self) -> Command:
        inside = self.doubled()
        parts = (inside or "").split(";")
        if inside is None or len(parts) != 3:
            raise SyntaxProblem("bash: syntax error: arithmetic expression required")
        words = [_Reader(part.strip()).double_quoted("") for part in parts]
        self.blanks()
        if self.operator() == ";":
            self.take(";")
        self.newlines()
        return Counting(words[0], words[1], words[2], self.looped(), self.redirections())

    def looped(self) -> Sequence:
        self.keyword("do")
        body = self.filled(("done",))
        self.keyword("done")
        return body

    def while_command(self) -> Command:
        until = self.bare() == "until"
        self.keyword("until" if until else "while")
        condition = self.filled(("do",))
        return While(condition, self.looped(), until, self.redirections())

    def case_command(self) -> Command:
        self.keyword("case")
        self.blanks()
        subject = self.word()
        self.newlines()
        self.keyword("in")
        self.newlines()
        arms: list[tuple[tuple[Word, ...], Sequence]] = []
        while not self.word_is("esac"):
            if self.at >= len(self.text):
                self.ended()
            arms.append(self.arm())
            self.newlines()
        self.keyword("esac")
        return Case(subject, tuple(arms), self.redirections())

    def arm(self) -> tuple[tuple[Word, ...], Sequence]:
        self.blanks()
        if self.operator() == "(":
            self.take("(")
        patterns = [self.pattern()]
        while self.operator() == "|":
            self.take("|")
            patterns.append(self.pattern())
        self.need_operator(")")
        body = self.sequence((";;", "esac"))
        self.blanks()
        if self.operator() == ";;":
            self.take(";;")
        return tuple(patterns), body

    def pattern(self) -> Word:
        self.blanks()
        if self.at >= len(self.text):
            self.ended()
        if self.operator():
            self.unexpected()
        word = self.word()
        self.blanks()
        return word

    def condition(self) -> Command:
        self.keyword("[[")
        words: list[Word] = []
        while True:
            self.newlines()
            if self.at >= len(self.text):
                self.ended()
            if self.word_is("]]"):
                break
            operator = self.operator()
            if operator in ("&&", "||", "(", ")", "<", ">"):
                self.take(operator)
                words.append((Text(operator),))
            elif operator:
                self.unexpected()
            else:
                words.append(self.word(pattern=bool(words) and words[-1] == (Text("=~"),)))
        self.keyword("]]")
        return Condition(tuple(words), self.redirections())

    def function(self) -> Command:
        self.keyword("function")
        self.blanks()
        match = _NAME.match(self.text, self.at)
        if not match:
            self.unexpected()
        self.at = match.end()
        self.blanks()
        if self.text.startswith("()", self.at):
            self.at += 2
        self.newlines()
        return Function(match[0], self.command())

    def simple(self) -> Command:
        assignments: list[Assignment] = []
        arrays: list[Assignment] = []
        words: list[Word] = []
        redirections: list[Redirection] = []
        self.blanks()
        line = self.line
        while True:
            self.blanks()
            if self.at >= len(self.text):
                break
            redirection = self.redirection()
            if redirection:
                redirections.append(redirection)
                continue
            operator = self.operator()
            if operator == "(" and len(words) == 1 and not assignments:
                return self.defined(words[0])
            if operator and not self.connects():
                break
            if words and _plain(words[0]) in _DECLARING and (match := _ARRAY.match(self.text, self.at)):
                arrays.append(self.assignment(match))
                words.append((Text(match[1]),))
            elif not words and (match := _ASSIGNMENT.match(self.text, self.at)):
                assignments.append(self.assignment(match))
            elif not words and (match := _INDEXED.match(self.text, self.at)):
                assignments.append(self.indexed(match))
            else:
                words.append(self.word())
        if not (assignments or words or redirections):
            self.unexpected()
        return Simple(tuple(assignments), tuple(words), tuple(redirections), tuple(arrays), line)

    def assignment(self, match: re.Match[str]) -> Assignment:
        self.at = match.end()
        if self.text.startswith("(", self.at):
            return Assignment(match[1], elements=self.elements(), added=bool(match[2]))
        return Assignment(match[1], self.assigned(), added=bool(match[2]))

    def assigned(self) -> Word:
        """What stands behind an equals sign, which may be nothing."""
        return self.word() if self.at < len(self.text) and self.text[self.at] not in _BREAKS else ()

    def indexed(self, match: re.Match[str]) -> Assignment:
        """`name[index]=value`."""
        self.at = match.end()
        index = self.subscript()
        added = self.text.startswith("+", self.at)
        self.at += 2 if added else 1
        return Assignment(match[1], self.assigned(), index, added=added)

    def subscript(self) -> Word:
        """What stands in square brackets, of which the first is read."""
        pieces: list[Piece] = []
        while self.at < len(self.text) and self.text[self.at] != "]":
            self.piece(pieces)
        if self.at >= len(self.text):
            self.unmatched("]")
        self.at += 1
        return tuple(pieces)

    def piece(self, pieces: list[Piece]) -> None:
        """One character, quotation or expansion outside of words that blanks end."""
        char = self.text[self.at]
        if char == "\\":
            self.escaped(pieces)
        elif char == "'":
            pieces.append(Text(self.single_quoted(), True))
        elif char == '"':
            self.at += 1
            pieces.extend(self.double_quoted('"') or (Text("", True),))
        elif char == "$":
            pieces.append(self.dollar(False))
        else:
            pieces.append(Text(char))
            self.at += 1

    def elements(self) -> tuple[Element, ...]:
        """The values between the brackets of `name=(…)`."""
        self.take("(")
        found: list[Element] = []
        while True:
            self.newlines()
            if self.at >= len(self.text):
                self.unmatched(")")
            if self.text[self.at] == ")":
                self.at += 1
                return tuple(found)
            found.append(self.element())

    def element(self) -> Element:
        if re.compile(r"\[[^\]\n]+\]=").match(self.text, self.at):
            self.at += 1
            key = self.subscript()
            self.at += 1
            return Element(self.assigned(), key)
        if self.operator() and not self.connects():
            self.unexpected()
        return Element(self.word())

    def defined(self, name: Word) -> Command:
        """`name() { …; }`, of which the name is read."""
        plain = _plain(name)
        self.take("(")
        self.blanks()
        if plain is None or not re.fullmatch(r"[A-Za-z_][\w-]*", plain) or self.operator() != ")":
            self.unexpected()
        self.take(")")
        self.newlines()
        return Function(plain, self.command())

    # --- redirections --------------------------------------------------------

    def redirections(self) -> tuple[Redirection, ...]:
        found: list[Redirection] = []
        while True:
            self.blanks()
            one = self.redirection()
            if one is None:
                return tuple(found)
            found.append(one)

    def redirection(self) -> Redirection | None:
        match = re.compile(r"\d{0,2}(?=[<>])").match(self.text, self.at)
        number = match[0] if match else ""
        start = self.at
        self.at += len(number)
        operator = self.operator()
        if operator not in _REDIRECTIONS or (number and operator.startswith("&")):
            self.at = start
            return None
        if operator in ("<", ">") and self.text.startswith("(", self.at + 1):
            self.at = start
            return None
        self.take(operator)
        fd = int(number) if number else (0 if operator.startswith("<") else 1)
        self.blanks()
        if self.at >= len(self.text) or (self.operator() and not self.connects()):
            self.unexpected()
        if operator in ("<<", "<<-"):
            return self.here_document(fd, operator == "<<-")
        return Redirection(fd, cast(Literal["<"], operator), self.word())

    def here_document(self, fd: int, stripped: bool) -> Redirection:
        start = self.at
        end = self.word()
        quoted = any(isinstance(p, Text) and p.quoted for p in end) or "\\" in self.text[start : self.at]
        word = "".join(p.text for p in end if isinstance(p, Text))
        number = len(self.documents) + len(self.waiting)
        self.waiting.append((number, word, quoted, stripped))
        return Redirection(fd, "<<", (Text(f"\0{number}"),))

    def documents_here(self) -> None:
        """Read the here-documents that begin at this place; called after each end of a line."""
        for number, end, quoted, stripped in self.waiting:
            lines: list[str] = []
            while self.at < len(self.text):
                stop = self.text.find("\n", self.at)
                stop = len(self.text) if stop < 0 else stop
                line = self.text[self.at : stop]
                self.at = min(len(self.text), stop + 1)
                if stripped:
                    line = line.lstrip("\t")
                if line == end:
                    break
                lines.append(line + "\n")
            body = "".join(lines)
            if len(body) > limits.HERE_DOCUMENT:
                raise Exhausted(f"a here-document holds at most {limits.HERE_DOCUMENT // 1024} KB")
            self.documents[number] = (Text(body, True),) if quoted else _Reader(body).double_quoted("")
        self.waiting.clear()

    # --- words ---------------------------------------------------------------

    def word(self, pattern: bool = False) -> Word:
        """One word; with `pattern` brackets and bars belong to it, as after `=~`."""
        pieces: list[Piece] = []
        plain: list[str] = []
        depth = 0

        def flush() -> None:
            if plain:
                pieces.append(Text("".join(plain)))
                plain.clear()

        while self.at < len(self.text):
            char = self.text[self.at]
            if pattern and char in "()|" and not (char == ")" and depth == 0):
                depth += (char == "(") - (char == ")")
                plain.append(char)
                self.at += 1
            elif char in _BREAKS and self.connects():
                flush()
                pieces.append(self.connected())
            elif char in _BREAKS:
                break
            elif char == "\\":
                flush()
                self.escaped(pieces)
            elif char == "'":
                flush()
                pieces.append(Text(self.single_quoted(), True))
            elif char == '"':
                flush()
                self.at += 1
                inside = self.double_quoted('"')
                pieces.extend(inside or (Text("", True),))
            elif char == "$" or char == "`":
                flush()
                pieces.append(self.dollar(False) if char == "$" else self.backquoted(False))
            else:
                plain.append(char)
                self.at += 1
        flush()
        return tuple(pieces)

    def connects(self) -> bool:
        return self.text.startswith(("<(", ">("), self.at)

    def connected(self) -> Piece:
        """`<(list)` and `>(list)`."""
        into = self.text[self.at] == ">"
        self.at += 2
        body = self.sequence((")",))
        if not self.text.startswith(")", self.at):
            self.unmatched(")")
        self.at += 1
        return Connected(body, into)

    def escaped(self, pieces: list[Piece]) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if following and following != "\n":
            pieces.append(Text(following, True))

    def single_quoted(self) -> str:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            self.unmatched("'")
        found = self.text[self.at + 1 : end]
        self.at = end + 1
        return found

    def ansi_quoted(self) -> str:
        """The inside of `$'…'`, in which a backslash keeps a quote from ending it."""
        found = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL).match(self.text, self.at)
        if not found:
            self.unmatched("'")
        self.at = found.end()
        return found[1]

    def double_quoted(self, end: str) -> Word:
        """Up to the closing quote; with an empty `end` up to the end of the text (a here-document)."""
        pieces: list[Piece] = []
        plain: list[str] = []
        opened = self.line
        while True:
            if self.at >= len(self.text):
                if end:
                    self.unmatched('"', opened)
                break
            char = self.text[self.at]
            if char == end:
                self.at += 1
                break
            if char == "\\" and self.text[self.at + 1 : self.at + 2] in ("$", "`", '"', "\\", "\n"):
                following = self.text[self.at + 1]
                if following == '"' and not end:
                    plain.append("\\")
                plain.append("" if following == "\n" else following)
                self.at += 2
            elif char in "$`":
                if plain:
                    pieces.append(Text("".join(plain), True))
                    plain.clear()
                pieces.append(self.dollar(True) if char == "$" else self.backquoted(True))
            else:
                plain.append(char)
                self.at += 1
        if plain:
            pieces.append(Text("".join(plain), True))
        return tuple(pieces)

    def dollar(self, quoted: bool) -> Piece:
        self.at += 1
        rest = self.text[self.at : self.at + 2]
        if rest == "((":
            return self.arithmetic(quoted)
        if rest[:1] == "(":
            self.at += 1
            body = self.sequence((")",))
            if not self.text.startswith(")", self.at):
                self.unmatched(")")
            self.at += 1
            return Substitution(body, quoted)
        if rest[:1] == "{":
            return self.braced(quoted)
        if rest[:1] == "'" and not quoted:
            return Text(_ansi(self.ansi_quoted()), True)
        match = _NAME.match(self.text, self.at)
        if match:
            self.at = match.end()
            return Parameter(match[0], quoted=quoted)
        if rest[:1] and rest[0] in _SPECIAL:
            self.at += 1
            return Parameter(rest[0], quoted=quoted)
        return Text("$", quoted)

    def arithmetic(self, quoted: bool) -> Piece:
        start = self.at + 2
        depth, at = 2, start
        while at < len(self.text) and depth:
            depth += (self.text[at] == "(") - (self.text[at] == ")")
            at += 1
        if depth or self.text[at - 2 : at] != "))":
            self.unmatched(")")
        inside = self.text[start : at - 2]
        self.at = at
        return Arithmetic(_Reader(inside).double_quoted(""), quoted)

    def braced(self, quoted: bool) -> Piece:
        self.at += 1
        start = self.at
        length = self.text.startswith("#", self.at) and self.text[self.at + 1 : self.at + 2] != "}"
        self.at += length
        indirect = bool(re.compile(r"!\w").match(self.text, self.at))
        self.at += indirect
        match = _NAME.match(self.text, self.at) or re.compile(r"\d+|[?$#@*!-]").match(self.text, self.at)
        if not match:
            self.bad_substitution(start)
        self.at = match.end()
        index: Word | None = None
        if self.text.startswith("[", self.at) and _NAME.fullmatch(match[0]):
            self.at += 1
            index = self.subscript()
        operator = ""
        if indirect and self.text.startswith(("@}", "*}"), self.at):
            operator = self.text[self.at]
            self.at += 2
            return Parameter(match[0], operator, (), quoted, indirect=True)
        found = _EXPANSION.match(self.text, self.at)
        if found and not length:
            operator = found[0]
            self.at = found.end()
        self.deeper()
        pattern = operator in ("#", "##", "%", "%%", "/", "//")
        word = self.brace_word(quoted and not pattern) if operator and operator[0] != "@" else ()
        self.depth -= 1
        if not self.text.startswith("}", self.at):
            self.bad_substitution(start)
        self.at += 1
        return Parameter(match[0], operator, word, quoted, length, index, indirect)

    def brace_word(self, quoted: bool) -> Word:
        """The word of `${name:-word}`, up to its brace."""
        pieces: list[Piece] = []
        while self.at < len(self.text) and self.text[self.at] != "}":
            char = self.text[self.at]
            if char == "\\":
                self.escaped(pieces)
            elif char == "'" and not quoted:
                pieces.append(Text(self.single_quoted(), True))
            elif char == '"':
                self.at += 1
                pieces.extend(self.double_quoted('"') or (Text("", True),))
            elif char == "$":
                pieces.append(self.dollar(quoted))
            elif char == "`":
                pieces.append(self.backquoted(quoted))
            else:
                pieces.append(Text(char, quoted))
                self.at += 1
        if self.at >= len(self.text):
            self.unmatched("}")
        return tuple(pieces)

    def backquoted(self, quoted: bool) -> Piece:
        end = self.at + 1
        while end < len(self.text) and self.text[end] != "`":
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            self.unmatched("`")
        inside = re.sub(r"\\([`$\\])", r"\1", self.text[self.at + 1 : end])
        self.at = end + 1
        reader = _Reader(inside)
        reader.depth = self.depth + 1
        return Substitution(reader.whole(), quoted)

    # --- small steps ---------------------------------------------------------

    def blanks(self) -> None:
        while self.at < len(self.text):
            if self.text[self.at] in " \t":
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self.at += 2
            elif self.text[self.at] == "#" and (self.at == 0 or self.text[self.at - 1] in _BREAKS):
                stop = self.text.find("\n", self.at)
                self.at = len(self.text) if stop < 0 else stop
            else:
                return

    def newlines(self) -> None:
        self.blanks()
        while self.at < len(self.text) and self.text[self.at] == "\n":
            self.take("\n")
            self.blanks()

    def operator(self) -> str:
        for operator in _OPERATORS:
            if self.text.startswith(operator, self.at):
                return operator
        return ""

    def take(self, operator: str) -> None:
        self.at += len(operator)
        if operator == "\n":
            self.documents_here()

    def need_operator(self, operator: str) -> None:
        self.blanks()
        if self.at >= len(self.text):
            self.ended()
        if self.operator() != operator:
            self.unexpected()
        self.take(operator)

    def bare(self) -> str:
        """The unquoted word that stands here, without reading it."""
        self.blanks()
        end = self.at
        while end < len(self.text) and self.text[end] not in _BREAKS:
            end += 1
        return self.text[self.at : end]

    def word_is(self, word: str) -> bool:
        return self.bare() == word

    def stands(self, ends: tuple[str, ...]) -> bool:
        return bool(ends) and (self.bare() in ends or self.operator() in ends)

    def keyword(self, word: str) -> None:
        self.newlines()
        if self.at >= len(self.text):
            self.ended()
        if not self.word_is(word):
            self.unexpected()
        self.at += len(word)

    def filled(self, ends: tuple[str, ...]) -> Sequence:
        """A list that may not be empty."""
        made = self.sequence(ends)
        if not made.items:
            self.unexpected()
        return made

    def more(self) -> None:
        """Something has to follow."""
        if self.at >= len(self.text):
            self.ended()

    # --- complaints ----------------------------------------------------------

    def unexpected(self) -> NoReturn:
        self.blanks()
        if self.at >= len(self.text):
            if "\n" in self.text:
                self.ended()
            raise SyntaxProblem("bash: syntax error near unexpected token `newline'", self.line)
        found = self.operator() or self.bare()
        shown = "newline" if found == "\n" else found
        raise SyntaxProblem(f"bash: syntax error near unexpected token `{shown}'", self.line)

    def ended(self) -> NoReturn:
        last = self.text.count("\n") + (not self.text.endswith("\n")) + 1
        raise SyntaxProblem("bash: syntax error: unexpected end of file", last)

    def unmatched(self, quote: str, line: int = 0) -> NoReturn:
        raise SyntaxProblem(f"bash: unexpected EOF while looking for matching `{quote}'", line or self.line)

    def bad_substitution(self, start: int) -> NoReturn:
        stop = self.text.find("}", start)
        if stop < 0:
            self.unmatched("}")
        raise SimError(f"bash: ${{{self.text[start : stop + 1]}: bad substitution")


def plain_text(word: Word) -> str | None:
    """The text of a word without quotes or expansions, else None."""
    return _plain(word)


def _plain(word: Word) -> str | None:
    """The text of a word without quotes or expansions, else None."""
    if all(isinstance(piece, Text) and not piece.quoted for piece in word):
        return "".join(piece.text for piece in word if isinstance(piece, Text))
    return None


_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "\\": "\\",
    "'": "'",
    '"': '"',
}


def _ansi(text: str) -> str:
    """The inside of `$'…'`."""
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[0]), text)


def _filled(node: object, documents: dict[int, Word]) -> object:
    """The same tree with the text of its here-documents in place."""
    if isinstance(node, Redirection) and node.operator == "<<":
        number = cast(Text, node.goal[0]).text[1:]
        return Redirection(node.fd, "<<", documents.get(int(number), ()))
    if isinstance(node, tuple):
        return tuple(_filled(one, documents) for one in node)
    if hasattr(node, "__dataclass_fields__"):
        kind = type(node)
        return kind(*(_filled(getattr(node, name), documents) for name in node.__dataclass_fields__))
    return node
