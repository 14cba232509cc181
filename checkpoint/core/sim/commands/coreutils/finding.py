"""find: an expression of tests and actions, asked of everything below some folders (findutils 4.9)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from checkpoint.core.sim import expressions, limits
from checkpoint.core.sim.commands.coreutils.listing import permissions, size_of
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.parts.files import File, Folder, Link, Node
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.table import Args, Command

_DAY, _MINUTE = 86_400, 60
_UNITS = {"": 512, "b": 512, "c": 1, "w": 2, "k": 1024, "M": 1024**2, "G": 1024**3}
_ABSENT = (
    *(
        "-ls",
        "-fprint",
        "-fprintf",
        "-ok",
        "-okdir",
        "-user",
        "-group",
        "-uid",
        "-gid",
        "-links",
        "-inum",
        "-xtype",
    ),
    *(
        "-samefile",
        "-readable",
        "-writable",
        "-lname",
        "-ilname",
        "-follow",
        "-mount",
        "-xdev",
        "-fstype",
        "-used",
    ),
    *(
        "-anewer",
        "-cnewer",
        "-atime",
        "-amin",
        "-ctime",
        "-cmin",
        "-daystart",
        "-newermt",
        "-noleaf",
        "-nouser",
    ),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the expression is asked about: its path as it is shown, and how deep it lies below its root."""

    shown: str
    node: Node
    depth: int
    root: str


Question = Callable[[_Entry], bool]


def find(process: Process, args: Args) -> int:
    words = list(args.rest)
    roots = []
    while words and words[0] in ("-L", "-P", "-H"):
        words.pop(0)
    while words and not words[0].startswith("-") and words[0] not in ("!", "(", ")"):
        roots.append(words.pop(0))
    query = _Query(process, words)
    asked = query.whole()
    code = 0
    for root in roots or ["."]:
        if process.files.get(process.path(root), follow=False) is None:
            process.error(f"find: ‘{root}’: No such file or directory")
            code = 1
            continue
        for entry in query.below(root):
            asked(entry)
    query.finish()
    return max(code, query.code)


@dataclass(slots=True)
class _Query:
    """Reads an expression into one question, whose answers have effects as they are found."""

    process: Process
    words: list[str]
    least: int = 0
    most: int = 2 * limits.DEPTH
    deep: bool = False
    """Whether what is in a folder comes before the folder."""
    acts: bool = False
    pruned: set[str] = field(default_factory=set)
    ended: bool = False
    code: int = 0
    together: list[tuple[list[str], list[str]]] = field(default_factory=list)
    """The words of each `-exec … +`, and what it was given so far."""

    # --- walking ---------------------------------------------------------------

    def below(self, root: str) -> Iterator[_Entry]:
        path = self.process.path(root).rstrip("/")
        walked = list(self.process.files.walk(path or "/"))
        for full, node in self.inside_out(walked) if self.deep else walked:
            self.process.budget.step()
            shown = root + (full[len(path) :] if not root.endswith("/") else full[len(path) + 1 :])
            depth = full[len(path) :].count("/") if full != path else 0
            if self.ended:
                return
            if depth > self.most or any(full.startswith(one + "/") for one in self.pruned):
                continue
            if depth >= self.least:
                yield _Entry(shown if full != path else root, node, depth, root)

    def inside_out(self, walked: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
        """The same with each folder behind what it holds."""
        made: list[tuple[str, Node]] = []
        waiting: list[tuple[str, Node]] = []
        for full, node in walked:
            while waiting and not full.startswith(waiting[-1][0].rstrip("/") + "/"):
                made.append(waiting.pop())
            if isinstance(node, Folder):
                waiting.append((full, node))
            else:
                made.append((full, node))
        return made + waiting[::-1]

    # --- reading ---------------------------------------------------------------

    def whole(self) -> Question:
        if not self.words:
            return self.printing
        made = self.either()
        if self.words:
            wrong = self.words[0]
            raise SimError(
                "you have too many ')'" if wrong == ")" else f"paths must precede expression: `{wrong}'"
            )
        if self.acts:
            return made
        return lambda entry: made(entry) and self.printing(entry)

    def either(self) -> Question:
        made = self.both()
        while self.words and self.words[0] in ("-o", "-or", ","):
            comma = self.words.pop(0) == ","
            made = self.joined(made, self.both(), comma)
        return made

    def joined(self, left: Question, right: Question, comma: bool) -> Question:
        if comma:
            return lambda entry: (left(entry), right(entry))[1]
        return lambda entry: left(entry) or right(entry)

    def both(self) -> Question:
        made = self.one()
        while self.words and self.words[0] not in ("-o", "-or", ")", ","):
            if self.words[0] in ("-a", "-and"):
                self.words.pop(0)
            made = self.and_then(made, self.one())
        return made

    def and_then(self, left: Question, right: Question) -> Question:
        return lambda entry: left(entry) and right(entry)

    def one(self) -> Question:
        if not self.words:
            raise SimError("expected an expression after the operator")
        word = self.words.pop(0)
        if word in ("!", "-not"):
            if not self.words:
                raise SimError(f"expected an expression after `{word}'")
            inner = self.one()
            return lambda entry: not inner(entry)
        if word == "(":
            inner = self.either()
            if self.words[:1] != [")"]:
                raise SimError(
                    "invalid expression; I was expecting to find a ')' somewhere but did not see one."
                )
            self.words.pop(0)
            return inner
        if word in _ABSENT:
            raise SimError(f"simulator: `find {word}` is not simulated", 2)
        plain = {
            "-empty": self.empty,
            "-true": lambda entry: True,
            "-false": lambda entry: False,
            "-prune": self.prune,
            "-quit": lambda entry: self.quit(),
            "-executable": lambda entry: bool(getattr(entry.node, "mode", 0o777) & 0o100),
            "-depth": lambda entry: True,
        }
        self.deep = self.deep or word in ("-depth", "-delete")
        if word in plain:
            return plain[word]
        actions = {"-print": self.printing, "-print0": self.printing_null, "-delete": self.delete}
        if word in actions:
            self.acts = True
            return actions[word]
        if word in ("-exec", "-execdir"):
            self.acts = True
            return self.execute(word)
        return self.valued(word)

    def valued(self, word: str) -> Question:
        """A test that takes a value."""
        readers: dict[str, Callable[[str], Question]] = {
            "-name": lambda value: self.named(value, fold=False),
            "-iname": lambda value: self.named(value, fold=True),
            "-path": lambda value: self.at_path(value, fold=False),
            "-wholename": lambda value: self.at_path(value, fold=False),
            "-ipath": lambda value: self.at_path(value, fold=True),
            "-regex": self.expressed,
            "-type": self.of_type,
            "-newer": self.newer,
            "-size": self.of_size,
            "-perm": self.permitted,
            "-mtime": lambda value: self.aged("-mtime", value, _DAY),
            "-mmin": lambda value: self.aged("-mmin", value, _MINUTE),
            "-maxdepth": lambda value: self.depth("-maxdepth", value),
            "-mindepth": lambda value: self.depth("-mindepth", value),
            "-printf": self.formatting,
        }
        if word not in readers:
            if word.startswith("-"):
                raise SimError(f"unknown predicate `{word}'")
            raise SimError(f"paths must precede expression: `{word}'")
        if not self.words:
            raise SimError(f"missing argument to `{word}'")
        return readers[word](self.words.pop(0))

    # --- tests -----------------------------------------------------------------

    def named(self, value: str, *, fold: bool) -> Question:
        marks = patterns.compiled(value.lower() if fold else value)

        def fits(entry: _Entry) -> bool:
            name = entry.shown.rstrip("/").rpartition("/")[2] or entry.shown
            return patterns.matches(marks, name.lower() if fold else name)

        return fits

    def at_path(self, value: str, *, fold: bool) -> Question:
        marks = patterns.compiled(value.lower() if fold else value)
        return lambda entry: patterns.matches(marks, entry.shown.lower() if fold else entry.shown)

    def expressed(self, value: str) -> Question:
        wanted = expressions.compiled(expressions.from_basic(value))
        return lambda entry: wanted.fullmatch(entry.shown) is not None

    def of_type(self, value: str) -> Question:
        kinds = {"f": File, "d": Folder, "l": Link}
        asked = value.split(",")
        if wrong := next((one for one in asked if one not in kinds), None):
            raise SimError(f"Unknown argument to -type: {wrong}")
        return lambda entry: isinstance(entry.node, tuple(kinds[one] for one in asked))

    def newer(self, value: str) -> Question:
        other = self.process.files.get(self.process.path(value))
        if other is None:
            raise SimError(f"‘{value}’: No such file or directory")
        time = other.time
        return lambda entry: entry.node.time > time

    def of_size(self, value: str) -> Question:
        match = re.fullmatch(r"([-+]?)(\d{1,9})([bcwkMG]?)", value)
        if not match:
            raise SimError(f"invalid -size type `{value[-1:]}'")
        unit = _UNITS[match[3]]
        return self.compared(match[1], int(match[2]), lambda entry: -(-_bytes(entry.node) // unit))

    def aged(self, word: str, value: str, unit: int) -> Question:
        match = re.fullmatch(r"([-+]?)(\d{1,9})", value)
        if not match:
            raise SimError(f"invalid argument `{value}' to `{word}'")
        now = self.process.clock
        return self.compared(match[1], int(match[2]), lambda entry: max(0, now - entry.node.time) // unit)

    def compared(self, sign: str, wanted: int, size: Callable[[_Entry], int]) -> Question:
        if sign == "+":
            return lambda entry: size(entry) > wanted
        return (lambda entry: size(entry) < wanted) if sign else lambda entry: size(entry) == wanted

    def permitted(self, value: str) -> Question:
        match = re.fullmatch(r"([-/]?)([0-7]{1,4})", value)
        if not match:
            raise SimError(f"simulator: `find -perm {value}` with letters is not simulated", 2)
        wanted = int(match[2], 8)

        def fits(entry: _Entry) -> bool:
            mode = getattr(entry.node, "mode", 0o777)
            if match[1] == "-":
                return mode & wanted == wanted
            return bool(mode & wanted) or not wanted if match[1] else mode == wanted

        return fits

    def depth(self, word: str, value: str) -> Question:
        if not value.isdecimal():
            raise SimError(f"Expected a positive decimal integer argument to {word}, but got ‘{value}’")
        if word == "-maxdepth":
            self.most = int(value[:4])
        else:
            self.least = int(value[:4])
        return lambda entry: True

    def empty(self, entry: _Entry) -> bool:
        if isinstance(entry.node, Folder):
            return not entry.node.entries
        return isinstance(entry.node, File) and not entry.node.data

    # --- actions ---------------------------------------------------------------

    def prune(self, entry: _Entry) -> bool:
        if isinstance(entry.node, Folder):
            self.pruned.add(self.process.path(entry.shown).rstrip("/"))
        return True

    def quit(self) -> bool:
        self.ended = True
        return True

    def printing(self, entry: _Entry) -> bool:
        self.process.line(entry.shown)
        return True

    def printing_null(self, entry: _Entry) -> bool:
        self.process.out(entry.shown + "\0")
        return True

    def formatting(self, form: str) -> Question:
        self.acts = True
        if unknown := re.search(r"%[^%pfhPsmMydlTt]|%T[^Ymd@HMSF+]", re.sub(r"%[-\d]+", "%", form)):
            raise SimError(f"simulator: `find -printf {unknown[0]}` is not simulated", 2)

        def write(entry: _Entry) -> bool:
            self.process.out(_formatted(form, entry))
            return True

        return write

    def delete(self, entry: _Entry) -> bool:
        if entry.shown in (".", ".."):
            return True
        path = self.process.path(entry.shown).rstrip("/")
        node = self.process.files.get(path, follow=False)
        if isinstance(node, Folder) and node.entries:
            self.process.error(f"find: cannot delete ‘{entry.shown}’: Directory not empty")
            self.code = 1
            return False
        self.process.files = self.process.files.remove(path)
        return True

    def execute(self, word: str) -> Question:
        ends = [
            n for n, one in enumerate(self.words) if one == ";" or (one == "+" and self.words[n - 1] == "{}")
        ]
        if not ends:
            raise SimError(f"missing argument to `{word}'")
        command, end = self.words[: ends[0]], self.words[ends[0]]
        del self.words[: ends[0] + 1]
        if end == "+":
            found: list[str] = []
            self.together.append((command, found))
            return lambda entry: self.gather(found, _from_here(word, entry.shown))
        return lambda entry: self.start(command, [_from_here(word, entry.shown)]) == 0

    def gather(self, found: list[str], shown: str) -> bool:
        found.append(shown)
        return True

    def start(self, command: list[str], found: list[str]) -> int:
        words = [
            piece for word in command for piece in (found if word == "{}" else [word.replace("{}", found[0])])
        ]
        if len(words) > limits.WORDS:
            raise Exhausted(f"a line has at most {limits.WORDS:,} words")
        return self.process.spawn(self.process, tuple(words), "")

    def finish(self) -> None:
        for command, found in self.together:
            if found and self.start(command, found):
                self.code = 1


def _from_here(word: str, shown: str) -> str:
    """`-execdir` names what it found below its own folder."""
    return "./" + shown.rstrip("/").rpartition("/")[2] if word == "-execdir" else shown


def _bytes(node: Node) -> int:
    return 4096 if isinstance(node, Folder) else size_of(node)


_BACKSLASHED = {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}


def _formatted(form: str, entry: _Entry) -> str:
    """The text of `-printf`: paths, sizes, modes and kinds."""
    shown = entry.shown
    folder, _, name = shown.rstrip("/").rpartition("/")
    below = shown[len(entry.root) :].lstrip("/") if shown != entry.root else ""
    mode = getattr(entry.node, "mode", 0o777)
    values = {
        "p": shown,
        "f": name or shown,
        "h": folder or ".",
        "P": below,
        "s": str(_bytes(entry.node)),
        "m": f"{mode:o}",
        "M": permissions(entry.node),
        "y": {File: "f", Folder: "d", Link: "l"}[type(entry.node)],
        "d": str(entry.depth),
        "l": entry.node.target if isinstance(entry.node, Link) else "",
        "%": "%",
    }

    def one(match: re.Match[str]) -> str:
        if match[1] is not None:
            return _BACKSLASHED.get(match[1], match[0])
        if match[3] not in values:
            raise SimError("simulator: times in `find -printf` are not simulated", 2)
        return f"%{match[2]}s" % values[match[3]]

    return re.sub(r"\\(.)|%(-?\d{0,3})(.)", one, form)


ROWS = (Command("find", "look for files", find, "[PATH]... [TEST]... [ACTION]", raw=True),)
