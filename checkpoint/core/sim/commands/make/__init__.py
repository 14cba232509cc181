"""make, as GNU Make 4.3 behaves: what is asked for is brought about by the rules of a Makefile."""

import re
from dataclasses import dataclass, field, replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.make.expanding import Scope, expanded
from checkpoint.core.sim.commands.make.makefile import Makefile, Rule, parsed
from checkpoint.core.sim.errors import SimError, Told
from checkpoint.core.sim.outcome import Chunk
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import expand
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option

_NAMES = ("GNUmakefile", "makefile", "Makefile")


@dataclass(slots=True)
class _Build:
    """One run: what was made already, and how errors are named."""

    process: Process
    args: Args
    name: str
    file: Makefile
    made: set[str] = field(default_factory=set)
    done: bool = False
    """Whether anything was run for the goal at hand."""
    failed: bool = False

    def stop(self, text: str) -> Told:
        return Told(f"{self.name}: *** {text}  Stop.", 2)


class _Failed(SimError):
    """A recipe ended with an error that was told already."""


def run(process: Process, args: Args) -> int:
    if args.has("--version"):
        process.line("GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu")
        return 0
    level = process.environment.get("MAKELEVEL", "0")
    name = "make" if level == "0" else f"make[{level[:3]}]"
    kept = process.world.shell.cwd
    for folder in args.values("--directory"):
        path = process.path(folder)
        if not process.files.is_folder(path):
            raise Told(f"{name}: *** {folder}: No such file or directory.  Stop.", 2)
        process.world = replace(process.world, shell=replace(process.world.shell, cwd=path.rstrip("/")))
    told = args.has("--directory") or level != "0"
    moved = told and not args.has("--silent") and not args.has("--no-print-directory")
    if moved:
        process.line(f"{name}: Entering directory '{process.cwd}'")
    try:
        code = _built(process, args, name)
    except Told as error:
        process.error(error.message)
        code = error.code
    finally:
        here = process.cwd
        process.world = replace(process.world, shell=replace(process.world.shell, cwd=kept))
    if moved:
        process.line(f"{name}: Leaving directory '{here}'")
    return code


def _built(process: Process, args: Args, name: str) -> int:
    given = {word.partition("=")[0]: word.partition("=")[2] for word in args.rest if "=" in word}
    given = {key.rstrip(":?+ "): value for key, value in given.items()}
    goals = [word for word in args.rest if "=" not in word]
    path = _found(process, args, name, goals)
    file = parsed(process.read(path), path, given, _scope(process, path), lambda name: _text(process, name))
    file.first = expanded(file.variables.get(".DEFAULT_GOAL", ""), file.scope) or file.first
    build = _Build(process, args, name, file)
    process.environment = {
        **process.environment,
        **given,
        **{key: expanded(file.variables.get(key, ""), file.scope) for key in sorted(file.exported)},
        "MAKELEVEL": str(int(process.environment.get("MAKELEVEL", "0")[:2]) + 1),
    }
    if not goals and not file.first:
        raise build.stop("No targets.")
    for goal in goals or [file.first]:
        build.done = False
        try:
            _make(build, goal, "", ())
        except _Failed:
            if not args.has("--keep-going"):
                return 2
            build.failed = True
            continue
        if not build.done:
            rule = file.rule_for(goal, lambda name: _there(build, name))
            nothing = rule is None or not rule.recipe or goal in file.phony or goal in build.made
            up_to_date = f"'{goal}' is up to date."
            process.line(f"{name}: Nothing to be done for '{goal}'." if nothing else f"{name}: {up_to_date}")
    return 2 if build.failed else 0


def _scope(process: Process, path: str) -> Scope:
    """The variables to begin with, and what functions ask of the world."""

    def shell(command: str) -> str:
        inner = replace(process, chunks=[], events=[])
        process.spawn(inner, ("bash", "-c", command), "")
        process.world = inner.world
        process.events += inner.events
        process.chunks += [chunk for chunk in inner.chunks if chunk.stream == "err"]
        return "".join(chunk.text for chunk in inner.chunks if chunk.stream == "out")

    def say(kind: str, text: str) -> None:
        (process.line if kind == "info" else process.error)(text)

    def wildcard(pattern: str) -> list[str]:
        if not set(pattern) & set("*?["):
            return [pattern] if process.files.get(process.path(pattern)) is not None else []
        limits.spend(100)
        return expand.paths(pattern, process.world)

    variables = {**process.environment, "MAKE": "make", "CURDIR": process.cwd, "MAKEFILE_LIST": f" {path}"}
    variables |= {"SHELL": "/bin/sh", "RM": "rm -f", "CC": "cc"}
    return Scope({key: value.replace("$", "$$") for key, value in variables.items()}, shell, wildcard, say)


def _text(process: Process, name: str) -> str | None:
    return process.read(name) if process.files.is_file(process.path(name)) else None


def _there(build: _Build, name: str) -> bool:
    return build.process.files.get(build.process.path(name)) is not None


def _found(process: Process, args: Args, name: str, goals: list[str]) -> str:
    if args.has("--makefile"):
        path = args.value("--makefile")
        if not process.files.is_file(process.path(path)):
            process.error(f"{name}: {path}: No such file or directory")
            raise Told(f"{name}: *** No rule to make target '{path}'.  Stop.", 2)
        return path
    for path in _NAMES:
        if process.files.is_file(process.path(path)):
            return path
    if goals:
        raise Told(f"{name}: *** No rule to make target '{goals[0]}'.  Stop.", 2)
    raise Told(f"{name}: *** No targets specified and no makefile found.  Stop.", 2)


def _make(build: _Build, target: str, needed_by: str, above: tuple[str, ...]) -> None:
    """Bring a target about: first what it needs, then its recipe."""
    build.process.budget.step()
    rule = build.file.rule_for(target, lambda name: _there(build, name))
    there = build.process.files.get(build.process.path(target))
    if rule is None:
        if there is None:
            by = f", needed by '{needed_by}'" if needed_by else ""
            raise build.stop(f"No rule to make target '{target}'{by}.")
        return
    if target in build.made:
        return
    if target in above or len(above) > 40:
        build.process.error(f"{build.name}: Circular {above[-1]} <- {target} dependency dropped.")
        return
    for need in (*rule.needs, *rule.order_only):
        _make(build, need, target, (*above, target))
    build.made.add(target)
    always = target in build.file.phony or build.args.has("--always-make")
    if there is not None and not always and not _stale(build, rule):
        return
    if not rule.recipe and there is None and not rule.needs and target not in build.file.phony:
        return
    _recipe(build, rule)


def _stale(build: _Build, rule: Rule) -> bool:
    """Whether something that a file is made of is newer, or was made only now."""
    files = build.process.files
    own = getattr(files.get(build.process.path(rule.target)), "time", 0)
    return any(
        need in build.file.phony
        or (need in build.made and files.get(build.process.path(need)) is None)
        or getattr(files.get(build.process.path(need)), "time", 0) > own
        for need in rule.needs
    )


def _recipe(build: _Build, rule: Rule) -> None:
    process, args = build.process, build.args
    scope = build.file.scope.within(
        {
            **rule.own,
            "@": rule.target,
            "<": rule.needs[0] if rule.needs else "",
            "^": " ".join(dict.fromkeys(rule.needs)),
            "+": " ".join(rule.needs),
            "?": " ".join(_newer(build, rule)),
            "|": " ".join(rule.order_only),
            "*": rule.stem,
        }
    )
    lines = [(where, one) for where, text in rule.recipe for one in _commands(text, where, scope)]
    for where, text in lines:
        line = text.lstrip()
        quiet = ignore = False
        while line[:1] in ("@", "-", "+"):
            quiet, ignore = quiet or line[0] == "@", ignore or line[0] == "-"
            line = line[1:].lstrip()
        if not line.strip():
            continue
        build.done = True
        dry = args.has("--just-print")
        if dry or not (quiet or args.has("--silent")):
            process.line(line.replace("\n\t", "\n"))
        if dry:
            continue
        said = len(process.chunks)
        code = process.spawn(process, ("bash", "-c", line.replace("\n\t", "\n")), process.stdin)
        process.chunks[said:] = [_in_shs_words(build, line, chunk) for chunk in process.chunks[said:]]
        if code and (ignore or args.has("--ignore-errors")):
            process.error(f"{build.name}: [{where}: {rule.target}] Error {code} (ignored)")
        elif code:
            process.error(f"{build.name}: *** [{where}: {rule.target}] Error {code}")
            raise _Failed("", 2)


_MISSING = re.compile(r"bash: line (\d+): (.*): command not found\n")


def _in_shs_words(build: _Build, line: str, chunk: Chunk) -> Chunk:
    """make starts a plain command itself and leaves others to sh (job.c); each says in its way what lacks."""
    match = _MISSING.fullmatch(chunk.text) if chunk.stream == "err" else None
    if not match:
        return chunk
    if set(line) & set("#;\"*?[]&|<>(){}$`^~!'=\n"):
        return Chunk("err", f"/bin/sh: {match[1]}: {match[2]}: not found\n")
    return Chunk("err", f"{build.name}: {match[2]}: No such file or directory\n")


def _commands(text: str, where: str, scope: Scope) -> list[str]:
    """A line of a recipe, or several where a defined variable stands for them."""
    scope.where = where
    made = expanded(text, scope)
    joined = made.replace("\\\n", "\0")
    return [one.replace("\0", "\\\n") for one in joined.split("\n")] if "\n" in joined else [made]


def _newer(build: _Build, rule: Rule) -> list[str]:
    """`$?`: the needs that are newer than the target."""
    files = build.process.files
    own = files.get(build.process.path(rule.target))
    return [
        need
        for need in dict.fromkeys(rule.needs)
        if own is None or getattr(files.get(build.process.path(need)), "time", own.time + 1) > own.time
    ]


ROWS = (
    Command(
        "make",
        "run the tasks of a Makefile",
        run,
        "[options] [target] ...",
        (
            Option(("-n", "--just-print", "--dry-run", "--recon"), help="only print what would be run"),
            Option(("-s", "--quiet", "--silent"), help="don't print what is run"),
            Option(("-C", "--directory"), "DIRECTORY", "change there first"),
            Option(("-f", "--makefile", "--file"), "FILE", "read this file"),
            Option(("-k", "--keep-going"), help="go on with other targets after an error"),
            Option(("-i", "--ignore-errors"), help="go on after errors"),
            Option(("--no-print-directory",)),
            Option(("-v", "--version")),
            Option(("-B", "--always-make"), help="make everything, new or not"),
            Option(("-d",), simulated=False),
            Option(("--debug",), "FLAGS", optional=True, simulated=False),
            Option(("-e", "--environment-overrides"), simulated=False),
            Option(("-E", "--eval"), "STRING", simulated=False),
            Option(("-h", "--help"), simulated=False),
            Option(("-I", "--include-dir"), "DIRECTORY", simulated=False),
            Option(("-j", "--jobs"), "N", optional=True),
            Option(("-p", "--print-data-base"), simulated=False),
            Option(("-q", "--question"), simulated=False),
            Option(("-t", "--touch"), simulated=False),
            Option(("--trace",), simulated=False),
            Option(("-w", "--print-directory"), simulated=False),
            Option(("-W", "--what-if"), "FILE", simulated=False),
        ),
        style=Gnu(2),
    ),
)
