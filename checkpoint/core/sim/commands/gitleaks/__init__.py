"""gitleaks, as version 8.30 behaves: `git` looks through history, `dir` at files as they stand."""

from collections.abc import Callable
from dataclasses import dataclass

from checkpoint.core.sim.commands.gitleaks import reports, scanning
from checkpoint.core.sim.commands.gitleaks.help_text import HELP, usage
from checkpoint.core.sim.commands.gitleaks.scanning import Fatal, Scan
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run, UsageError, parsed


@dataclass(frozen=True, slots=True)
class _Style:
    """The words of the library that reads gitleaks's options."""

    single_dash: bool = False
    abbreviates: bool = False
    stops: bool = False

    def unknown(self, command: Command, typed: str) -> UsageError:
        shown = f"{typed[1:2]!r} in {typed}"
        told = f"unknown flag: {typed}" if typed.startswith("--") else f"unknown shorthand flag: {shown}"
        return UsageError(f"Error: {told}\n{usage(_name(command))}", 126)

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        shown = typed if typed.startswith("--") else f"{typed[1:]!r} in {typed}"
        return _wrong(command, f"flag needs an argument: {shown}")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.partition("=")
        why = f'strconv.ParseBool: parsing "{value}": invalid syntax'
        return _wrong(command, f'invalid argument "{value}" for "{name}" flag: {why}')

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        told = f'unknown command "{typed}" for "gitleaks"'
        return _wrong(command, told, "Run 'gitleaks --help' for usage.")


def _wrong(command: Command, told: str, hint: str = "") -> UsageError:
    """The log's last line follows when the error is printed, for it shows the time."""
    made = UsageError(f"Error: {told}\n{hint or usage(_name(command))}", 1)
    made.add_note(told)
    return made


def _name(command: Command) -> str:
    name = command.path.removeprefix("gitleaks").strip()
    return name if name in HELP else ""


_STYLE = _Style()
_NUMBERS = ("--exit-code", "--timeout", "--max-decode-depth", "--max-archive-depth", "--max-target-megabytes")


def _reading(name: str, run: Run, options: tuple[Option, ...], most: int) -> Run:
    """Reads the words and says what is wrong with them; the real one logs it as well."""

    def read(process: Process, args: Args) -> int:
        row = Command(f"gitleaks {name}".strip(), "", run, "", options)
        try:
            found = parsed(row, args.rest, _STYLE)
            if found.has("--help"):
                process.out(HELP[name])
                return 0
            _checked(row, found, most)
        except UsageError as error:
            process.error(error.message)
            for told in getattr(error, "__notes__", ()):
                reports.logged(process, Args(), "fatal", told)
            return error.code
        return run(process, found)

    return read


def _checked(row: Command, args: Args, most: int) -> None:
    for key in _NUMBERS:
        if args.has(key) and not args.value(key).removeprefix("-").isdecimal():
            value = args.value(key)
            why = f'strconv.ParseInt: parsing "{value}": invalid syntax'
            raise _wrong(row, f'invalid argument "{value}" for "{key}" flag: {why}')
    if 0 <= most < len(args.rest):
        raise _wrong(row, f"accepts at most {most} arg(s), received {len(args.rest)}")


def _scanned(process: Process, args: Args, target: str, look: Callable[[Scan], None]) -> int:
    reports.banner(process, args)
    try:
        if reports.checked_format(process, args) in ("junit", "sarif", "template"):
            return process.unsupported("gitleaks' reports other than json and csv")
        rules = scanning.rules_for(process, args, target)
        scan = Scan(process, args, rules, scanning.ignored_marks(process, args, target))
        look(scan)
    except Fatal as error:
        reports.logged(process, args, "fatal", str(error))
        return 1
    reports.without_known(scan)
    return reports.told(scan)


def history(process: Process, args: Args) -> int:
    target = args.rest[0] if args.rest else args.value("--source", ".")
    return _scanned(process, args, target, lambda scan: scanning.repository(scan, target))


def folder(process: Process, args: Args) -> int:
    targets = args.rest or ["."]

    def look(scan: Scan) -> None:
        for typed in targets:
            scanning.folder(scan, typed)

    return _scanned(process, args, targets[0], look)


def piped(process: Process, args: Args) -> int:
    return _scanned(process, args, ".", scanning.piped)


def detect(process: Process, args: Args) -> int:
    """The older name of the three others."""
    if args.has("--pipe"):
        return piped(process, args)
    if args.has("--no-git"):
        args.rest = [args.value("--source", ".")]
        return folder(process, args)
    return history(process, args)


def protect(process: Process, args: Args) -> int:
    """The older name of `git --pre-commit`."""
    args.options.setdefault("--pre-commit", [""])
    return history(process, args)


def version(process: Process, args: Args) -> int:
    del args
    process.line("8.30.1")
    return 0


def top(process: Process, args: Args) -> int:
    if args.has("--version"):
        process.line("gitleaks version 8.30.1")
        return 0
    if args.rest:
        error = _STYLE.unknown_subcommand(ROWS[0], args.rest[0])
        process.error(error.message)
        reports.logged(process, Args(), "fatal", f'unknown command "{args.rest[0]}" for "gitleaks"')
        return 1
    process.out(HELP[""])
    return 0


def help_of(process: Process, args: Args) -> int:
    name = args.rest[0] if args.rest else ""
    if name in HELP:
        process.out(HELP[name])
    else:
        process.error(f"Unknown help topic [`{name}`]\n{usage('').rstrip()}")
    return 0


_GLOBAL = (
    Option(("-h", "--help"), help="show this help"),
    Option(("-b", "--baseline-path"), "string", "path to baseline with issues that can be ignored"),
    Option(("-c", "--config"), "string", "config file path"),
    Option(("--enable-rule",), "strings", "only enable specific rules by id"),
    Option(("--exit-code",), "int", "exit code when leaks have been encountered (default 1)"),
    Option(("-i", "--gitleaks-ignore-path"), "string", "path to .gitleaksignore file or folder"),
    Option(("--ignore-gitleaks-allow",), help="ignore gitleaks:allow comments"),
    Option(("-l", "--log-level"), "string", "log level (trace, debug, info, warn, error, fatal)"),
    Option(("--no-banner",), help="suppress banner"),
    Option(("--no-color",), help="turn off color for verbose output"),
    Option(("--redact",), "uint[=100]", "redact secrets from logs and stdout", optional=True),
    Option(("-f", "--report-format"), "string", "output format (json, csv, junit, sarif, template)"),
    Option(("-r", "--report-path"), "string", 'report file (use "-" for stdout)'),
    Option(("--timeout",), "int", "set a timeout in seconds"),
    Option(("-v", "--verbose"), help="show verbose output from scan"),
    *(
        Option((name,), "value", simulated=False)
        for name in ("--diagnostics", "--diagnostics-dir", "--report-template", "--max-archive-depth")
    ),
    *(Option((name,), "int", simulated=False) for name in ("--max-decode-depth", "--max-target-megabytes")),
)
_LINKS = Option(("--follow-symlinks",), help="scan files that are symlinks", simulated=False)
_LOG = Option(("--log-opts",), "string", "git log options")
_PLATFORM = Option(("--platform",), "string", "the target platform used to generate links", simulated=False)
_SOURCE = Option(("-s", "--source"), "string", "path to source")
_STAGED = Option(("--staged",), help="scan staged commits (good for pre-commit)")
_PENDING = Option(("--pre-commit",), help="scan using git diff")


def _row(name: str, text: str, run: Run, usage_: str, most: int, *options: Option) -> Command:
    every = (*options, *_GLOBAL)
    aliases = ("directory", "file") if name == "dir" else ()
    return Command(
        f"gitleaks {name}", text, _reading(name, run, every, most), usage_, every, aliases=aliases, raw=True
    )


ROWS = (
    Command(
        "gitleaks",
        "look for secrets",
        top,
        "<command>",
        (*_GLOBAL, Option(("--version",), help="show the version")),
        subcommands=(
            _row(
                "git",
                "scan git repositories for secrets",
                history,
                "[flags] [repo]",
                1,
                _LOG,
                _PLATFORM,
                _PENDING,
                _STAGED,
            ),
            _row("dir", "scan directories or files for secrets", folder, "[flags] [path]", -1, _LINKS),
            _row("stdin", "detect secrets from stdin", piped, "[flags]", -1),
            _row(
                "detect",
                "detect secrets in code",
                detect,
                "[flags]",
                -1,
                _LINKS,
                _LOG,
                _PLATFORM,
                _SOURCE,
                Option(("--no-git",), help="treat git repo as a regular directory"),
                Option(("--pipe",), help="scan input from stdin"),
            ),
            _row("protect", "protect secrets in code", protect, "[flags]", -1, _LOG, _SOURCE, _STAGED),
            Command("gitleaks version", "display gitleaks version", version),
            Command("gitleaks help", "Help about any command", help_of, "[command]"),
        ),
        absent=("completion",),
        style=_STYLE,
    ),
)
