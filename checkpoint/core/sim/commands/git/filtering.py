"""What git filter-repo's options ask for: which paths stay, under which names, and which texts change.

Follows git-filter-repo 2.47.0, from its source and compared with it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.expressions import Expression, Match
from checkpoint.core.sim.parts.files import FileError, decoded, encoded
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, UsageError

_REMOVED = "***REMOVED***"
_BINARY = 8192
"""A file with a NUL in its first bytes is left as it is."""
_SIZES = {"K": 1024, "M": 1024**2, "G": 1024**3}


@dataclass(frozen=True, slots=True)
class Argparse(Gnu):
    """Python's argparse, whose usage filter-repo keeps to itself."""

    code: int = 2

    def _told(self, text: str) -> UsageError:
        return UsageError(f"git-filter-repo: error: {text}", self.code)

    def unknown(self, command: Command, typed: str) -> UsageError:  # noqa: ARG002
        return self._told(f"unrecognized arguments: {typed}")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        option = command.option(typed)
        return self._told(f"argument {'/'.join(option.names if option else [typed])}: expected one argument")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:  # noqa: ARG002
        name, _, value = typed.partition("=")
        return self._told(f"argument {name}: ignored explicit argument '{value}'")


Wanted = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Paths:
    """`renames` are (old beginning, new one)."""

    wanted: tuple[Wanted, ...]
    renames: tuple[tuple[str, str], ...]
    inverted: bool
    by_name: bool

    def new_name(self, path: str) -> str | None:
        """A path's name after the rewrite, None where it is left out."""
        asked = path.rpartition("/")[2] if self.by_name else path
        if self.wanted and any(fits(asked) for fits in self.wanted) == self.inverted:
            return None
        for old, new in self.renames:
            if _below(path, old):
                path = path.replace(old, new, 1) if old else new + path
        return path


@dataclass(frozen=True, slots=True)
class Texts:
    literals: tuple[tuple[str, str], ...] = ()
    regexes: tuple[tuple[Expression, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.literals or self.regexes)

    def changed(self, text: str) -> str:
        for old, new in self.literals:
            text = text.replace(old, new)
        for regex, new in self.regexes:
            text = regex.sub(_filled(new), text)
        return text

    def in_file(self, data: bytes) -> bytes:
        return data if b"\0" in data[:_BINARY] else encoded(self.changed(decoded(data)))


def _filled(new: str) -> Callable[[Match], str]:
    r"""What stands for a match: `\1` is its first group."""

    def fill(match: Match) -> str:
        def group(found: re.Match[str]) -> str:
            number = int(found[1])
            return (match.group(number) or "") if number <= len(match.groups()) else ""

        return re.sub(r"\\(\d)", group, new)

    return fill


def _below(path: str, folder: str) -> bool:
    if not folder or path == folder:
        return True
    return path.startswith(folder if folder.endswith("/") else folder + "/")


def paths(git: Git, args: Args) -> Paths:
    """Raises GitError in filter-repo's words."""
    wanted: list[Wanted] = []
    renames = [_renaming(one) for one in args.values("--path-rename")]
    named = [*args.values("--path-match"), *args.values("--path-glob")]
    for path in named:
        _checked(path, path)
    wanted += [_literal(one) for one in args.values("--path-match")]
    for one in args.values("--path-glob"):
        wanted += _globs(one)
    wanted += [_regex(one) for one in args.values("--path-regex")]
    for name in args.values("--paths-from-file"):
        for line in _lines(git.process, name):
            if not line or line.startswith("#"):
                continue
            old, arrow, new = line.rpartition("==>")
            if arrow:
                renames.append((old.removeprefix("literal:"), new))
            elif line.startswith("regex:"):
                wanted.append(_regex(line[6:]))
            elif line.startswith("glob:"):
                wanted += _globs(line[5:])
            else:
                wanted.append(_literal(line.removeprefix("literal:")))
    for folder in args.values("--subdirectory-filter"):
        folder = folder.rstrip("/") + "/"
        wanted.append(_literal(folder))
        renames.append((folder, ""))
    renames += [("", folder.rstrip("/") + "/") for folder in args.values("--to-subdirectory-filter")]
    by_name = args.has("--use-base-name")
    if by_name and renames:
        raise GitError("Error: --use-base-name and --path-rename are incompatible.", 1)
    return Paths(tuple(wanted), tuple(renames), args.has("--invert-paths"), by_name)


def _checked(path: str, typed: str) -> None:
    if path.startswith("/"):
        raise GitError("Error: Pathnames cannot begin with a '/'", 1)
    for part in (".", ".."):
        if part in path.split("/"):
            raise GitError(f"Error: Invalid path component '{part}' found in '{typed}'", 1)


def _renaming(typed: str) -> tuple[str, str]:
    old, colon, new = typed.partition(":")
    if not colon or ":" in new:
        raise GitError("Error: --path-rename expects one colon in its argument: <old_name:new_name>.", 1)
    if old and new and old.endswith("/") != new.endswith("/"):
        raise GitError(
            "Error: With --path-rename, if OLD_NAME and NEW_NAME are both non-empty and either ends with a "
            "slash then both must.",
            1,
        )
    for path in (old, new):
        _checked(path, typed)
    return old, new


def _literal(wanted: str) -> Wanted:
    return lambda path: _below(path, wanted)


def _globs(typed: str) -> list[Wanted]:
    """A glob also stands for what is below it, as filter-repo has it."""
    more = [] if typed.endswith("*") else [typed + ("*" if typed.endswith("/") else "/*")]
    return [_glob(one) for one in [typed, *more]]


def _glob(typed: str) -> Wanted:
    marks = patterns.compiled(typed)
    return lambda path: patterns.matches(marks, path)


def _regex(typed: str) -> Wanted:
    expression = expressions.compiled(typed)
    return lambda path: expression.search(path) is not None


def _lines(process: Process, name: str) -> list[str]:
    try:
        return process.read(name).splitlines()
    except FileError as error:
        raise GitError(f"FileNotFoundError: [Errno 2] {error.why.value}: '{name}'", 1) from None


def texts(process: Process, names: Iterable[str]) -> Texts:
    """Files of lines such as `old==>new`, `regex:…` and `glob:…`; without an arrow it is removed."""
    literals: list[tuple[str, str]] = []
    regexes: list[tuple[Expression, str]] = []
    for name in names:
        for line in _lines(process, name):
            old, arrow, new = line.rpartition("==>")
            old, new = (old, new) if arrow else (line, _REMOVED)
            if old.startswith("regex:"):
                regexes.append((expressions.compiled(old[6:]), new))
            elif old.startswith("glob:"):
                regexes.append((expressions.compiled(_from_glob(old[5:])), new))
            elif old.removeprefix("literal:"):
                literals.append((old.removeprefix("literal:"), new))
    return Texts(tuple(literals), tuple(regexes))


def _from_glob(glob: str) -> str:
    made = {"*": r"[^\n]*", "?": r"[^\n]"}
    return "".join(made.get(char) or expressions.escaped(char) for char in glob)


def most_bytes(args: Args) -> int:
    """The size that `--strip-blobs-bigger-than` names, 0 where it isn't given."""
    typed = args.value("--strip-blobs-bigger-than")
    if not typed:
        return 0
    number, factor = (typed[:-1], _SIZES.get(typed[-1], 0)) if not typed[-1].isdecimal() else (typed, 1)
    if not number.isdecimal() or not factor or len(number) > 12:
        raise GitError(f"Error: could not parse --strip-blobs-bigger-than argument {typed}", 1)
    return int(number) * factor
