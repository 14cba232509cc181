"""gitleaks, as version 8.30 behaves: `git` looks through history, `dir` at files as they stand."""

from dataclasses import replace
from datetime import UTC, datetime

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.files import File, decoded
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at, walk
from checkpoint.core.sim.parts.git.merging import lines_of
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.worktree import index_files, standing
from checkpoint.core.sim.parts.secrets import Finding, findings
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option

_CONTEXT = 20
"""Characters of a match that are shown before a secret."""

_BANNER = "\n    ○\n    │╲\n    │ ○\n    ○ ░\n    ░    gitleaks\n\n"


class _Scan:
    """What a run has looked at and found."""

    def __init__(self, process: Process, args: Args) -> None:
        self.process, self.args = process, args
        self.found: list[tuple[Finding, str, Oid]] = []
        self.bytes = 0

    def text(self, path: str, text: str, lines: dict[int, int], commit: Oid = "") -> None:
        """Look at a text whose line numbers stand for others in the file."""
        self.process.budget.step()
        self.bytes += len(text)
        if path.endswith((".lock", ".png", ".jpg", ".zip")) or (
            "gitleaks:allow" in text and "\n" not in text
        ):
            return
        rows = text.split("\n")
        for one in findings(text):
            if "gitleaks:allow" in rows[one.line - 1]:
                continue
            line = lines.get(one.line, one.line)
            self.found.append((replace(one, line=line), path, commit))


def history(process: Process, args: Args) -> int:
    git = Git(process)
    scan = _Scan(process, args)
    if args.has("--staged") or args.has("--pre-commit"):
        count = 0
        old = files_at(git.repo, git.repo.head) if args.has("--staged") else index_files(git.repo)
        new = index_files(git.repo) if args.has("--staged") else standing(git.repo)
        _added(scan, git, old, new, "")
    else:
        commits = list(walk(git.repo, [git.repo.head])) if git.repo.head else []
        count = 0
        for oid in commits:
            parents = git.repo.commit(oid).parents
            old = files_at(git.repo, parents[0] if parents else None)
            if len(parents) < 2:
                count += _added(scan, git, old, files_at(git.repo, oid), oid)
    return _told(scan, git, f"{count} commits scanned.")


def _added(
    scan: _Scan, git: Git, old: dict[str, tuple[int, Oid]], new: dict[str, tuple[int, Oid]], commit: Oid
) -> bool:
    """Look at every line that was added; whether there was one."""
    any_line = False
    for change in between(old, new):
        if not change.new:
            continue
        before = lines_of(git.repo.blob(change.old)) if change.old else []
        after = lines_of(git.repo.blob(change.new))
        rows: list[str] = []
        numbers: dict[int, int] = {}
        for kind, _, _, start, end in opcodes(before, after):
            if kind != "equal":
                for place in range(start, end):
                    rows.append(after[place].rstrip("\n"))
                    numbers[len(rows)] = place + 1
        any_line = any_line or bool(rows)
        scan.text(change.path, "\n".join(rows), numbers, commit)
    return any_line


def folder(process: Process, args: Args) -> int:
    scan = _Scan(process, args)
    top = process.path(args.rest[0] if args.rest else ".").rstrip("/") or "/"
    for path, node in process.files.walk(top):
        name = path[len(top) + 1 :] or path.rpartition("/")[2]
        if isinstance(node, File) and ".git" not in name.split("/"):
            typed = (args.rest[0] if args.rest else ".").rstrip("/")
            scan.text(name if typed == "." else f"{typed}/{name}", decoded(node.data), {})
    return _told(scan, None, "")


def _told(scan: _Scan, git: Git | None, first: str) -> int:
    process, args = scan.process, scan.args
    if not args.has("--no-banner"):
        process.err(_BANNER)
    if args.has("--verbose"):
        for one, path, commit in scan.found:
            process.out(_block(git, args, one, path, commit))
    hour = datetime.fromtimestamp(process.clock, UTC)
    stamp = f"{hour.hour % 12 or 12}:{hour:%M%p}"
    if first:
        process.error(f"{stamp} INF {first}")
    process.error(f"{stamp} INF scanned ~{scan.bytes} bytes ({scan.bytes} bytes) in 10ms")
    if scan.found:
        process.error(f"{stamp} WRN leaks found: {len(scan.found)}")
        code = args.value("--exit-code", "1")
        return int(code[:3]) if code.isdigit() else 1
    process.error(f"{stamp} INF no leaks found")
    return 0


def _block(git: Git | None, args: Args, one: Finding, path: str, commit: Oid) -> str:
    hidden = "REDACTED" if args.has("--redact") else one.secret
    at = one.text.find(one.match)
    inner = one.match.find(one.secret)
    lead = one.text[:at] if at >= 0 else ""
    tail = one.text[at + len(one.match) :] if at >= 0 and len(one.text) - 1 > at + len(one.match) else ""
    lead = "..." + lead[-_CONTEXT:] if len(lead) > _CONTEXT else lead.lstrip()
    tail = tail[:_CONTEXT] + "..." if len(tail) > _CONTEXT else tail
    shown = lead + one.match[:inner] + hidden + one.match[inner + len(one.secret) :] + tail
    facts = [("Finding", shown), ("Secret", hidden), ("RuleID", one.rule), ("Entropy", f"{one.entropy:.6f}")]
    facts += [("File", path), ("Line", str(one.line))]
    mark = f"{path}:{one.rule}:{one.line}"
    if commit and git is not None:
        made = git.repo.commit(commit)
        when = datetime.fromtimestamp(made.author.time, UTC)
        facts += [("Commit", commit), ("Author", made.author.name), ("Email", made.author.email)]
        facts.append(("Date", f"{when:%Y-%m-%dT%H:%M:%SZ}"))
        mark = f"{commit}:{mark}"
    facts.append(("Fingerprint", mark))
    return "".join(f"{name + ':':<13}{value}\n" for name, value in facts) + "\n"


def version(process: Process, args: Args) -> int:
    process.line("8.30.1")
    return 0


def protect(process: Process, args: Args) -> int:
    """The older name of `git --pre-commit`."""
    args.options.setdefault("--pre-commit", [""])
    return history(process, args)


def guarded(process: Process, args: Args) -> int:
    if Git(process).look() is None:
        raise GitError("FTL failed to scan Git repository: not a git repository", 1)
    return history(process, args)


_OPTIONS = (
    Option(("--no-banner",)),
    Option(("-v", "--verbose")),
    Option(("--redact",), "PERCENT", optional=True),
    Option(("--exit-code",), "CODE"),
    Option(("--no-color",)),
    Option(("-l", "--log-level"), "LEVEL"),
    Option(("--pre-commit",)),
    Option(("--staged",)),
    Option(("-c", "--config"), "FILE", simulated=False),
    Option(("-f", "--report-format"), "FORMAT", simulated=False),
    Option(("-r", "--report-path"), "FILE", simulated=False),
    Option(("-b", "--baseline-path"), "FILE", simulated=False),
    Option(("--log-opts",), "OPTIONS", simulated=False),
    Option(("--follow-symlinks",), simulated=False),
)

ROWS = (
    Command(
        "gitleaks",
        "look for secrets",
        None,
        "<command>",
        subcommands=(
            Command("gitleaks git", "scan a repository's history", guarded, "[path]", _OPTIONS),
            Command(
                "gitleaks dir",
                "scan files",
                folder,
                "[path]",
                _OPTIONS,
                aliases=("directory", "file", "files"),
            ),
            Command("gitleaks detect", "older name of git", guarded, "", _OPTIONS),
            Command("gitleaks protect", "older name of git --pre-commit", protect, "", _OPTIONS),
            Command("gitleaks version", "print the version", version),
        ),
        absent=("stdin", "completion"),
        style=Cobra("Error: ", ""),
    ),
)
