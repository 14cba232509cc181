"""sed: the commands that people use, on RE2 expressions."""

import re
from dataclasses import dataclass, field

from checkpoint.core.sim import expressions, limits
from checkpoint.core.sim.commands.coreutils.reading import lines_of, texts
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.expressions import Expression, Match
from checkpoint.core.sim.parts.files import FileError, Why
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_USAGE = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]..."


@dataclass(frozen=True, slots=True)
class _Address:
    """A line number, `$`, or an expression."""

    line: int = 0
    last: bool = False
    expression: Expression | None = None

    def fits(self, number: int, last: bool, text: str) -> bool:
        if self.expression is not None:
            return self.expression.search(text) is not None
        return last if self.last else number == self.line


@dataclass(slots=True)
class _Rule:
    letter: str
    first: _Address | None = None
    second: _Address | None = None
    negated: bool = False
    text: str = ""
    expression: Expression | None = None
    flags: str = ""
    inside: bool = False
    """Whether the range has begun and not ended."""
    body: "list[_Rule]" = field(default_factory=list)


def sed(process: Process, args: Args) -> int:
    scripts = list(args.values("--expression"))
    for name in args.values("--file"):
        scripts.append(process.read(name).rstrip("\n"))
    names = list(args.rest)
    if not scripts:
        if not names:
            raise UsageError(_USAGE, 1)
        scripts.append(names.pop(0))
    extended = args.has("--regexp-extended")
    rules = _Script("\n".join(scripts), extended).rules()
    if args.has("--in-place"):
        return _in_place(process, args, names, rules)
    read = list(texts(process, names, "{name}: can't read {path}: {why}"))
    process.out(_edited("".join(text for _, text in read), rules, args.has("--silent"), process))
    return 0 if len(read) == max(1, len(names)) else 2


def _in_place(process: Process, args: Args, names: list[str], rules: list[_Rule]) -> int:
    if not names:
        raise UsageError("sed: no input files", 1)
    code = 0
    for typed in names:
        try:
            text = process.read(typed)
        except FileError as error:
            folder = error.why is Why.FOLDER
            why = (
                f"couldn't edit {typed}: not a regular file"
                if folder
                else f"can't read {typed}: {error.why.value}"
            )
            process.error(f"sed: {why}")
            code = 4 if folder else 2
            continue
        for rule in rules:
            rule.inside = False
        if args.value("--in-place"):
            process.write(typed + args.value("--in-place"), text)
        process.write(typed, _edited(text, rules, args.has("--silent"), process))
    return code


class _Script:
    """Reads a script into rules."""

    def __init__(self, text: str, extended: bool) -> None:
        self.text, self.extended, self.at = text, extended, 0

    def wrong(self, what: str) -> SimError:
        return SimError(f"-e expression #1, char {self.at}: {what}")

    def rules(self, *, inside: bool = False) -> list[_Rule]:
        found: list[_Rule] = []
        while True:
            self.skip(" \t\n;")
            if self.at >= len(self.text):
                if inside:
                    raise self.wrong("unmatched `{'")
                return found
            if self.text[self.at] == "}":
                if not inside:
                    self.at += 1
                    raise self.wrong("unexpected `}'")
                self.at += 1
                return found
            if self.text[self.at] == "#":
                self.until("\n")
                continue
            found.append(self.rule())
            if len(found) > 100:
                raise Exhausted("a sed script has at most 100 commands")

    def skip(self, chars: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in chars:
            self.at += 1

    def until(self, end: str) -> str:
        stop = self.text.find(end, self.at)
        stop = len(self.text) if stop < 0 else stop
        found = self.text[self.at : stop]
        self.at = stop
        return found

    def rule(self) -> _Rule:
        rule = _Rule("")
        rule.first = self.address()
        if rule.first is not None:
            self.skip(" ")
            if self.text.startswith(",", self.at):
                self.at += 1
                self.skip(" ")
                rule.second = self.address()
                if rule.second is None:
                    raise self.wrong("unexpected `,'")
        self.skip(" ")
        if self.text.startswith("!", self.at):
            self.at += 1
            rule.negated = True
            self.skip(" ")
        if self.at >= len(self.text):
            raise self.wrong("missing command")
        rule.letter = self.text[self.at]
        self.at += 1
        self.filled(rule)
        return rule

    def filled(self, rule: _Rule) -> None:
        if rule.letter == "{":
            rule.body = self.rules(inside=True)
        elif rule.letter == "s":
            self.substitution(rule)
        elif rule.letter == "y":
            self.transliteration(rule)
        elif rule.letter in "aic":
            rule.text = self.lines()
        elif rule.letter in "btT:":
            self.skip(" ")
            ends = ";\n" if rule.letter == ":" else ";}\n"
            start = self.at
            while self.at < len(self.text) and self.text[self.at] not in ends:
                self.at += 1
            rule.text = self.text[start : self.at].strip()
            if rule.letter == ":" and not rule.text:
                raise self.wrong('":" lacks a label')
        elif rule.letter in "dpqQ=nNhHgGxDPlz":
            self.skip(" ")
            if self.at < len(self.text) and self.text[self.at] not in ";\n}#":
                self.at += 1
                raise self.wrong("extra characters after command")
        elif rule.letter in "wrWReFv":
            raise SimError(f"simulator: the sed command `{rule.letter}` is not simulated", 2)
        else:
            raise self.wrong(f"unknown command: `{rule.letter}'")

    def address(self) -> _Address | None:
        rest = self.text[self.at :]
        number = re.match(r"\d{1,9}", rest)
        if number:
            self.at += number.end()
            return _Address(int(number[0]))
        if rest.startswith("$"):
            self.at += 1
            return _Address(last=True)
        if rest.startswith("/"):
            self.at += 1
            expression = self.delimited("/", "unterminated address regex")
            ignore = self.text.startswith("I", self.at)
            self.at += ignore
            return _Address(expression=self.compiled(expression, ignore))
        return None

    def delimited(self, end: str, problem: str) -> str:
        out = []
        inside = False
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\" and self.at + 1 < len(self.text):
                following = self.text[self.at + 1]
                out.append(following if following == end and end not in "|(){}+?." else char + following)
                self.at += 2
                continue
            if char == end and not inside:
                self.at += 1
                return "".join(out)
            inside = char == "[" if not inside else char != "]" or out[-1:] in (["["], ["^"])
            out.append(char)
            self.at += 1
        raise self.wrong(problem)

    def compiled(self, text: str, ignore: bool) -> Expression:
        made = expressions.from_extended(text) if self.extended else expressions.from_basic(text)
        return expressions.compiled(made, ignore_case=ignore)

    def substitution(self, rule: _Rule) -> None:
        if self.at >= len(self.text):
            raise self.wrong("unterminated `s' command")
        end = self.text[self.at]
        self.at += 1
        wanted = self.delimited(end, "unterminated `s' command")
        rule.text = self.replacement(end)
        flags = re.match(r"[gpiIeMm\d]*", self.text[self.at :])
        rule.flags = flags[0] if flags else ""
        self.at += len(rule.flags)
        self.skip(" ")
        if self.at < len(self.text) and self.text[self.at] not in ";\n}#":
            self.at += 1
            raise self.wrong("unknown option to `s'")
        rule.expression = self.compiled(wanted, bool(set(rule.flags) & set("iI")))

    def lines(self) -> str:
        """The text of `a`, `i` and `c`: its blanks at the beginning are kept behind a backslash, a backslash
        at a line's end goes on with the next one, and `\\n` and `\\t` are what they stand for."""
        self.skip(" ")
        if self.text.startswith("\\", self.at):
            self.at += 1
            blanks = len(self.text[self.at :]) - len(self.text[self.at :].lstrip(" "))
            if self.text.startswith("\n", self.at + blanks):
                self.at += blanks + 1
        out = []
        while self.at < len(self.text) and self.text[self.at] != "\n":
            char = self.text[self.at]
            self.at += 1
            if char == "\\" and self.at < len(self.text):
                char = _ESCAPED.get(self.text[self.at], self.text[self.at])
                self.at += 1
            out.append(char)
        return "".join(out)

    def replacement(self, end: str) -> str:
        out = []
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\" and self.at + 1 < len(self.text):
                following = self.text[self.at + 1]
                out.append(following if following == end else char + following)
                self.at += 2
                continue
            if char == end:
                self.at += 1
                return "".join(out)
            out.append(char)
            self.at += 1
        raise self.wrong("unterminated `s' command")

    def transliteration(self, rule: _Rule) -> None:
        end = self.text[self.at : self.at + 1]
        self.at += 1
        rule.flags = self.delimited(end, "unterminated `y' command")
        rule.text = self.delimited(end, "unterminated `y' command")
        if len(rule.flags) != len(rule.text):
            raise self.wrong("strings for `y' command are different lengths")


_ESCAPED = {"n": "\n", "t": "\t"}


@dataclass(slots=True)
class _Line:
    """The pattern space and what stands around it while the commands are run."""

    text: str = ""
    number: int = 0
    last: bool = False
    held: str = ""
    """The hold space."""
    substituted: bool = False
    """Whether something was replaced since the last line was read or the last `t`."""
    after: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)


_TURNS = 10_000


class _Run:
    """One pass over a text: the commands flat, with the places that jumps lead to."""

    def __init__(self, text: str, rules: list[_Rule], quiet: bool, process: Process) -> None:
        self.lines = lines_of(text)
        self.quiet, self.process = quiet, process
        self.steps: list[tuple[_Rule, int]] = []
        """Each command with the place behind its block, for one that opens a block."""
        self.labels: dict[str, int] = {}
        self.flatten(rules)
        for rule, _ in self.steps:
            if rule.letter in ("b", "t", "T") and rule.text and rule.text not in self.labels:
                raise SimError(f"can't find label for jump to `{rule.text}'")
        self.at = 0
        self.line = _Line()
        self.size = 0
        self.newline = True

    def flatten(self, rules: list[_Rule]) -> None:
        for rule in rules:
            place = len(self.steps)
            self.steps.append((rule, place + 1))
            if rule.letter == ":":
                self.labels[rule.text] = place
            if rule.letter == "{":
                self.flatten(rule.body)
                self.steps[place] = (rule, len(self.steps))

    def whole(self) -> str:
        again = False
        out: list[str] = []
        while again or self.at < len(self.lines):
            if not again:
                self.read()
            end = self.cycle()
            again = end == "again"
            if not self.quiet and end in ("", "quit"):
                self.say(self.line.text + ("\n" if self.newline or self.line.after else ""))
            out += [*self.line.printed, *self.line.after]
            self.line.printed, self.line.after = [], []
            if end in ("quit", "silent"):
                break
        return "".join(out)

    def read(self) -> None:
        self.process.budget.step()
        raw = self.lines[self.at]
        self.at += 1
        self.newline = raw.endswith("\n")
        self.line.text = raw.rstrip("\n")
        self.line.number, self.line.last = self.at, self.at == len(self.lines)
        self.line.substituted = False

    def say(self, text: str) -> None:
        self.size += len(text)
        if self.size > 2 * limits.FILE:
            raise Exhausted(f"a file holds at most {limits.FILE // 1024} KB")
        self.line.printed.append(text)

    def cycle(self) -> str:
        """Run the commands once; how the cycle ends: "", `deleted`, `again`, `quit` or `silent`."""
        place = turns = 0
        while place < len(self.steps):
            turns += 1
            if turns > _TURNS:
                raise Exhausted(f"a sed script jumps at most {_TURNS:,} times for a line")
            limits.spend(4)
            rule, behind = self.steps[place]
            place += 1
            if _chosen(rule, self.line) == rule.negated:
                place = behind
                continue
            if rule.letter in ("b", "t", "T"):
                jumps = rule.letter == "b" or self.line.substituted == (rule.letter == "t")
                if rule.letter != "b":
                    self.line.substituted = False
                if jumps:
                    place = self.labels[rule.text] if rule.text else len(self.steps)
                continue
            end = self.apply(rule)
            if end is not None:
                return end
        return ""

    def apply(self, rule: _Rule) -> str | None:
        """Carry out one command; what it gives ends the cycle."""
        line, letter = self.line, rule.letter
        if letter == "s":
            self.substitute(rule)
        elif letter == "y":
            line.text = line.text.translate(dict(zip(map(ord, rule.flags), rule.text, strict=True)))
        elif letter in "pP=i":
            told = {"p": line.text, "P": line.text.partition("\n")[0], "=": str(line.number), "i": rule.text}
            self.say(told[letter] + "\n")
        elif letter == "l":
            self.say(_visible(line.text) + "\n")
        elif letter == "a":
            line.after.append(rule.text + "\n")
        elif letter == "c":
            if rule.second is None or not rule.inside or rule.negated:
                self.say(rule.text + "\n")
            return "deleted"
        elif letter in "hHgGxz":
            self.hold(letter)
        elif letter in "nN":
            return self.following(letter)
        else:
            return self.leaving(letter)
        return None

    def leaving(self, letter: str) -> str | None:
        if letter in "qQ":
            return "quit" if letter == "q" else "silent"
        if letter == "d" or (letter == "D" and "\n" not in self.line.text):
            return "deleted"
        if letter == "D":
            self.line.text = self.line.text.partition("\n")[2]
            return "again"
        return None

    def hold(self, letter: str) -> None:
        line = self.line
        if letter == "x":
            line.text, line.held = line.held, line.text
        elif letter == "z":
            line.text = ""
        elif letter in "hH":
            line.held = line.text if letter == "h" else f"{line.held}\n{line.text}"
        else:
            line.text = line.held if letter == "g" else f"{line.text}\n{line.held}"
        if len(line.text) + len(line.held) > limits.FILE:
            raise Exhausted(f"a file holds at most {limits.FILE // 1024} KB")

    def following(self, letter: str) -> str | None:
        """`n` and `N`: without another line GNU sed prints what it has and ends."""
        if self.at >= len(self.lines):
            return "quit"
        before = self.line.text
        if letter == "n" and not self.quiet:
            self.say(before + "\n")
        self.line.printed += self.line.after
        self.line.after = []
        kept = self.line.substituted
        self.read()
        if letter == "N":
            self.line.text = f"{before}\n{self.line.text}"
            self.line.substituted = kept
            limits.spend(len(before) // 20)
        if len(self.line.text) > limits.FILE:
            raise Exhausted(f"a file holds at most {limits.FILE // 1024} KB")
        return None

    def substitute(self, rule: _Rule) -> None:
        count = len(self.line.printed)
        _substituted(rule, self.line)
        self.size += sum(map(len, self.line.printed[count:]))


def _visible(text: str) -> str:
    """The line as `l` tells it, without its breaks."""
    named = {"\\": "\\\\", "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    out = []
    for char in text:
        if char in named:
            out.append(named[char])
        elif char.isascii() and char.isprintable():
            out.append(char)
        else:
            out += [f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape")]
    return "".join(out) + "$"


def _edited(text: str, rules: list[_Rule], quiet: bool, process: Process) -> str:
    return _Run(text, rules, quiet, process).whole()


def _chosen(rule: _Rule, line: _Line) -> bool:
    if rule.first is None:
        return True
    if rule.second is None:
        return rule.first.fits(line.number, line.last, line.text)
    if rule.inside:
        past = rule.second.line and line.number >= rule.second.line
        rule.inside = not (past or rule.second.fits(line.number, line.last, line.text))
        return not rule.second.line or line.number <= rule.second.line
    if rule.first.fits(line.number, line.last, line.text):
        rule.inside = not (rule.second.line and rule.second.line <= line.number)
        return True
    return False


def _substituted(rule: _Rule, line: _Line) -> None:
    if rule.expression is None:
        return
    digits = re.sub(r"\D", "", rule.flags)
    nth = int(digits[:4]) if digits else 1
    seen = 0

    def made(match: Match) -> str:
        nonlocal seen
        seen += 1
        wanted = seen >= nth if "g" in rule.flags else seen == nth
        return _filled(rule.text, match, line.text) if wanted else line.text[match.start() : match.end()]

    changed = rule.expression.sub(made, line.text)
    if len(changed) > limits.FILE:
        raise Exhausted(f"a file holds at most {limits.FILE // 1024} KB")
    line.text = changed
    line.substituted = line.substituted or seen >= nth
    if seen >= nth and "p" in rule.flags:
        line.printed.append(line.text + "\n")


def _filled(text: str, match: Match, line: str) -> str:
    def one(found: re.Match[str]) -> str:
        mark = found[0]
        if mark == "&":
            return line[match.start() : match.end()]
        if mark[1].isdecimal():
            group = int(mark[1])
            if group > len(match.groups()):
                raise SimError(f"-e expression #1, char 0: invalid reference \\{group} on `s' command's RHS")
            start, end = match.span(group)
            return line[start:end] if start >= 0 else ""
        return {"n": "\n", "t": "\t"}.get(mark[1], mark[1])

    return re.sub(r"\\.|&", one, text, flags=re.DOTALL)


ROWS = (
    Command(
        "sed",
        "edit text as it passes",
        sed,
        "[OPTION]... {script} [FILE]...",
        (
            Option(("-n", "--quiet", "--silent")),
            Option(("-e", "--expression"), "SCRIPT"),
            Option(("-f", "--file"), "FILE"),
            Option(("-i", "--in-place"), "SUFFIX", optional=True),
            Option(("-E", "-r", "--regexp-extended")),
            Option(("-s", "--separate")),
            Option(("-z", "--null-data"), simulated=False),
        ),
    ),
)
