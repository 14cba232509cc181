"""Looking for secrets: in the history of a repository, in what is staged, in files, in a text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.files import File, Folder, decoded
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at, walk
from checkpoint.core.sim.parts.git.merging import lines_of
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import found_at
from checkpoint.core.sim.parts.git.worktree import index_files, standing
from checkpoint.core.sim.parts.secrets import Finding, findings
from checkpoint.core.sim.parts.secrets.rules import BadRules, Rules, default, read
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Facts = dict[str, tuple[int, Oid]]

_NAME = 40
"""Digits of a commit's name."""
_STEP = 2_000
"""Characters that are looked at in one step of the budget."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with where it was found: `commit` and the facts about it are empty outside history."""

    what: Finding
    path: str
    commit: Oid = ""
    author: str = ""
    email: str = ""
    date: str = ""
    message: str = ""

    @property
    def fingerprint(self) -> str:
        mark = f"{self.path}:{self.what.rule}:{self.what.line}"
        return f"{self.commit}:{mark}" if self.commit else mark


class Fatal(Exception):
    """Ends a run with a line of the log."""


@dataclass(slots=True)
class Scan:
    """What a run has looked at and found."""

    process: Process
    args: Args
    rules: Rules
    ignored: frozenset[str] = frozenset()
    found: list[Found] = field(default_factory=list)
    bytes: int = 0
    commits: int | None = None
    """How many were scanned; None where no history is looked at."""
    complaints: list[str] = field(default_factory=list)
    """What git said instead of a difference."""

    def text(self, path: str, text: str, first: int = 1, about: Found | None = None) -> None:
        """Look at a text whose first line is line `first` of its file."""
        self.process.budget.step(1 + len(text) // _STEP)
        self.bytes += len(text.encode("utf-8", "surrogateescape"))
        readable = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        marks = not self.args.has("--ignore-gitleaks-allow")
        commit = about.commit if about else ""
        for one in findings(readable, path, self.rules, marks_count=marks, commit=commit):
            moved = replace(one, line=one.line + first - 1, end_line=one.end_line + first - 1)
            made = Found(moved, path) if about is None else replace(about, what=moved, path=path)
            bare = f"{path}:{one.rule}:{moved.line}"
            if made.fingerprint not in self.ignored and bare not in self.ignored:
                self.found.append(made)


# --- what a run goes by ---------------------------------------------------------------


def rules_for(process: Process, args: Args, target: str) -> Rules:
    """The default rules, or those of a configuration. Raises Fatal."""
    try:
        text = _configuration(process, args, target)
        rules = read(text) if text else default()
        named = tuple(name for word in args.values("--enable-rule") for name in word.split(","))
        return rules.only(named) if named else rules
    except BadRules as error:
        if error.message.startswith("simulator:"):
            raise
        raise Fatal(error.message) from None


def _configuration(process: Process, args: Args, target: str) -> str:
    environment = process.environment
    named = args.value("--config") or environment.get("GITLEAKS_CONFIG", "")
    if named:
        node = process.files.get(process.path(named))
        if not isinstance(node, File):
            raise Fatal(f"unable to load gitleaks config, err: open {named}: no such file or directory")
        return decoded(node.data)
    if environment.get("GITLEAKS_CONFIG_TOML"):
        return environment["GITLEAKS_CONFIG_TOML"]
    node = process.files.get(f"{process.path(target).rstrip('/')}/.gitleaks.toml")
    return decoded(node.data) if isinstance(node, File) else ""


def ignored_marks(process: Process, args: Args, target: str) -> frozenset[str]:
    """Fingerprints that a `.gitleaksignore` names."""
    given = process.path(args.value("--gitleaks-ignore-path", ".")).rstrip("/")
    marks: set[str] = set()
    for path in (given, f"{given}/.gitleaksignore", f"{process.path(target).rstrip('/')}/.gitleaksignore"):
        node = process.files.get(path)
        lines = decoded(node.data).split("\n") if isinstance(node, File) else []
        marks |= {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return frozenset(marks)


# --- where a run looks ------------------------------------------------------------------


def folder(scan: Scan, typed: str) -> None:
    """A folder with everything below it, or one file."""
    process = scan.process
    top = process.path(typed).rstrip("/") or "/"
    node = process.files.get(top)
    if node is None:
        raise Fatal(f"stat {typed}: no such file or directory")
    if isinstance(node, File):
        scan.text(typed, decoded(node.data))
        return
    lead = "" if typed.rstrip("/") in (".", "") else typed.rstrip("/") + "/"
    for path, one in process.files.walk(top):
        name = path[len(top.rstrip("/")) + 1 :]
        if isinstance(one, File) and ".git" not in name.split("/") and b"\0" not in one.data[:1024]:
            scan.text((lead + name).removeprefix("./"), decoded(one.data))


def piped(scan: Scan) -> None:
    scan.text("", scan.process.stdin)


def repository(scan: Scan, typed: str) -> None:
    """History, or with --staged and --pre-commit what a commit would bring."""
    process, args = scan.process, scan.args
    if not isinstance(process.files.get(process.path(typed)), File | Folder):
        raise Fatal(f"stat {typed}: no such file or directory")
    scan.commits = 0
    repo = found_at(process, process.path(typed).rstrip("/") or "/")
    if repo is None:
        said = "fatal: not a git repository (or any of the parent directories): .git"
        scan.complaints = [f"[git] {said}"]
        return
    git = Git(process, repo)
    if args.has("--staged") or args.has("--pre-commit"):
        staged, old = args.has("--staged"), files_at(repo, repo.head)
        before, after = (old, index_files(repo)) if staged else (index_files(repo), standing(repo))
        _added(scan, git, before, after, None)
        return
    for oid in _commits(scan, git):
        _commit(scan, git, oid)


def _commits(scan: Scan, git: Git) -> Iterable[Oid]:
    """Everything that any ref leads to, or what the options for git's log choose."""
    wanted = scan.args.value("--log-opts")
    if not wanted:
        starts = [*git.repo.refs().values(), *filter(None, [git.repo.head])]
        known = [oid for oid in dict.fromkeys(starts) if git.repo.find(oid)]
        commits = [oid for oid in known if (git.repo.find(oid) or ("", b""))[0] == "commit"]
        return list(walk(git.repo, commits)) if commits else []
    process = scan.process
    said = len(process.chunks)
    code = process.spawn(process, ("git", "log", "--format=%H", *wanted.split()), "")
    chunks = process.chunks[said:]
    del process.chunks[said:]
    if code:
        told = "".join(chunk.text for chunk in chunks if chunk.stream == "err").rstrip("\n").split("\n")
        scan.complaints = [f"[git] {line}" for line in told]
        return []
    named = "".join(chunk.text for chunk in chunks if chunk.stream == "out").split()
    return [oid for oid in named if len(oid) == _NAME and (git.repo.find(oid) or ("",))[0] == "commit"]


def _commit(scan: Scan, git: Git, oid: Oid) -> None:
    commit = git.repo.commit(oid)
    if len(commit.parents) > 1:
        return
    date = f"{datetime.fromtimestamp(commit.author.time, UTC):%Y-%m-%dT%H:%M:%SZ}"
    about = Found(
        Finding("", "", 0, 0, 0, 0, "", "", "", 0.0),
        "",
        oid,
        commit.author.name,
        commit.author.email,
        date,
        commit.message.strip("\n"),
    )
    before = files_at(git.repo, commit.parents[0] if commit.parents else None)
    if _added(scan, git, before, files_at(git.repo, oid), about) and scan.commits is not None:
        scan.commits += 1


def _added(scan: Scan, git: Git, old: Facts, new: Facts, about: Found | None) -> bool:
    """Look at every piece of lines that was added; whether there was one."""
    any_line = False
    for change in between(old, new, _blobs(git, old, new)):
        if not change.new:
            continue
        before = lines_of(_blob(git, change.old, change.path)) if change.old else []
        after = lines_of(_blob(git, change.new, change.path))
        for kind, _, _, start, end in opcodes(before, after):
            if kind != "equal" and end > start:
                any_line = True
                scan.text(change.path, "".join(after[start:end]), start + 1, about)
    return any_line


def _blobs(git: Git, old: Facts, new: Facts) -> Callable[[Oid], bytes]:
    """Reads what is compared; a file that was never staged stands in the folder only."""
    paths = {oid: path for facts in (old, new) for path, (_, oid) in facts.items()}
    return lambda oid: _blob(git, oid, paths.get(oid, ""))


def _blob(git: Git, oid: Oid, path: str) -> bytes:
    found = git.repo.find(oid)
    if found is not None:
        return found[1]
    node = git.process.files.get(f"{git.repo.work_tree}/{path}")
    return node.data if isinstance(node, File) else b""
