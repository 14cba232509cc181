"""Runs the tree of a line: lists, pipelines, redirections, loops, functions."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Ending, Exhausted, SimError, Told
from checkpoint.core.sim.events import Event, Unsupported
from checkpoint.core.sim.limits import Budget
from checkpoint.core.sim.outcome import Chunk, Outcome, Stream
from checkpoint.core.sim.parts.files import File, FileError, Folder, Why, decoded, encoded, names_of, text_of
from checkpoint.core.sim.process import Process, failed
from checkpoint.core.sim.shell import conditions, expand, patterns
from checkpoint.core.sim.shell.parse import NotHere, parse
from checkpoint.core.sim.shell.syntax import (
    AndOr,
    Calculation,
    Case,
    Command,
    Condition,
    Counting,
    For,
    Function,
    Group,
    If,
    Pipeline,
    Redirection,
    Sequence,
    Simple,
    While,
)
from checkpoint.core.sim.table import Args, NotSimulated, Style, find, parsed
from checkpoint.core.sim.table import Command as Row
from checkpoint.core.sim.world import World

NOT_FOUND, NOT_RUNNABLE = 127, 126

Builtin = Callable[["Interpreter", Process, "Streams"], int]


@dataclass(frozen=True, slots=True)
class Tools:
    """What can be run: the table's tools, the shell's own words, and scripts known by their content."""

    rows: Mapping[str, Row]
    builtins: Mapping[str, Builtin]
    style: Style
    script: Callable[[str, File], Row | None] = lambda path, file: None
    """(path, file) -> the row that plays this script, or None for one that the shell reads itself."""
    apart: frozenset[str] = frozenset()
    """Tools that there are, but not in this exercise."""


# --- where output goes --------------------------------------------------------


@dataclass(slots=True)
class Screen:
    stream: Stream


@dataclass(slots=True)
class Pipe:
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class IntoFile:
    path: str
    typed: str


@dataclass(slots=True)
class Nowhere:
    pass


Sink = Screen | Pipe | IntoFile | Nowhere


@dataclass(frozen=True, slots=True)
class Streams:
    """What a command reads and where it says things."""

    stdin: str
    sinks: Mapping[int, Sink]


# --- leaving early ------------------------------------------------------------


class _Left(Exception):
    """A loop, a function or the shell is left."""

    def __init__(self, code: int = 0, levels: int = 1) -> None:
        self.code, self.levels = code, levels


class BreakLoop(_Left): ...


class ContinueLoop(_Left): ...


class ReturnFrom(_Left): ...


class ExitShell(_Left): ...


@dataclass(slots=True)
class Frame:
    """A function's or script's own words; `hidden` are the values that its locals cover."""

    name: str = "bash"
    arguments: tuple[str, ...] = ()
    hidden: dict[str, str | None] = field(default_factory=dict)


class Interpreter:
    """One line's run. Holds the world as it becomes; use `run_line`."""

    def __init__(self, world: World, tools: Tools, *, tty: bool = False) -> None:
        self.world = world
        self.tools = tools
        self.tty = tty
        self.budget = Budget()
        self.chunks: list[Chunk] = []
        self.events: list[Event] = []
        self.frames = [Frame(arguments=world.shell.arguments)]
        self.loops = 0
        self.forgiving = 0
        """How many conditions stand around what is run: a failure in one doesn't end a shell with errexit."""
        self.scripts = 0
        """How many scripts, or shells of their own, stand around what is run."""
        self.unread: str | None = None
        """What a loop's standard input still holds for `read`."""

    # --- state ---------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    @property
    def status(self) -> int:
        return self.world.shell.status

    def set_status(self, code: int) -> int:
        if code != self.world.shell.status:
            self.world = replace(self.world, shell=replace(self.world.shell, status=code))
        return code

    def left(self) -> World:
        """The world after the line, whose shell keeps its own arguments."""
        arguments = self.frames[0].arguments
        if arguments == self.world.shell.arguments:
            return self.world
        return replace(self.world, shell=replace(self.world.shell, arguments=arguments))

    def switch_off(self, option: str) -> None:
        shell = self.world.shell
        if option in shell.options:
            self.world = replace(self.world, shell=replace(shell, options=shell.options - {option}))

    def assign(self, name: str, value: str) -> None:
        self.world = replace(self.world, shell=self.world.shell.holding(name, value))

    def context(self, streams: Streams) -> expand.Context:
        return expand.Context(
            lambda: self.world,
            self.frame.arguments,
            self.frame.name,
            lambda body: self.substituted(body, streams),
            self.assign,
        )

    def substituted(self, body: Sequence, streams: Streams) -> str:
        pipe = Pipe()
        with self.subshell():
            self.switch_off("errexit")
            if read := _only_reads(body):
                return self.content(read, streams)
            self.sequence(body, Streams(streams.stdin, {**streams.sinks, 1: pipe}))
        return "".join(pipe.parts)

    def content(self, read: Redirection, streams: Streams) -> str:
        """What a file holds, nothing where it can't be read, which is told."""
        try:
            return self.redirected((read,), streams).stdin.rstrip("\n")
        except Exhausted:
            raise
        except SimError as error:
            self.complain(error, streams)
            return ""

    @contextmanager
    def subshell(self) -> Iterator[None]:
        """What happens inside changes the world but not this shell's folder and variables."""
        kept, frames, loops = self.world.shell, list(self.frames), self.loops
        forgiving, scripts, arguments = self.forgiving, self.scripts, self.frame.arguments
        self.budget.deeper()
        try:
            yield
        except ExitShell as left:
            self.set_status(left.code)
        finally:
            self.budget.back()
            code = self.status
            self.frames, self.loops = frames, loops
            self.forgiving, self.scripts, self.frame.arguments = forgiving, scripts, arguments
            self.world = replace(self.world, shell=replace(kept, status=code))

    # --- saying --------------------------------------------------------------

    def say(self, fd: int, text: str, streams: Streams) -> None:
        if not text:
            return
        sink = streams.sinks.get(fd, Nowhere())
        if isinstance(sink, Screen):
            self.chunks.append(Chunk(sink.stream, text))
        elif isinstance(sink, Pipe):
            sink.parts.append(text)
        elif isinstance(sink, IntoFile):
            self.append(sink, text)

    def append(self, sink: IntoFile, text: str) -> None:
        node = self.world.files.get(sink.path)
        if sink.path == "/dev/null":
            return
        old = node.data if isinstance(node, File) else b""
        files = self.world.files.write(sink.path, old + encoded(text), time=self.world.clock)
        self.world = replace(self.world, files=files)

    def complain(self, error: SimError, streams: Streams) -> int:
        self.say(2, self.budget.room_for(error.message + "\n"), streams)
        return self.set_status(error.code)

    # --- lists ---------------------------------------------------------------

    def sequence(self, body: Sequence, streams: Streams) -> int:
        for item in body.items:
            self.and_or(item, streams)
        return self.status if body.items else self.set_status(0)

    def and_or(self, item: AndOr, streams: Streams) -> int:
        """Commands joined by `&&` and `||`; with errexit a failure of the last one leaves the shell."""
        last = len(item.rest)
        code = self.judged(item.first, streams, final=not last)
        for place, (operator, pipeline) in enumerate(item.rest, start=1):
            if (code == 0) == (operator == "&&"):
                code = self.judged(pipeline, streams, final=place == last)
        return code

    def judged(self, pipeline: Pipeline, streams: Streams, *, final: bool) -> int:
        forgiven = not final or pipeline.negated
        self.forgiving += forgiven
        try:
            code = self.pipeline(pipeline, streams)
        finally:
            self.forgiving -= forgiven
        if code and not forgiven and not self.forgiving and "errexit" in self.world.shell.options:
            raise ExitShell(code)
        return code

    def asked(self, condition: Sequence, streams: Streams) -> int:
        """The exit code of a condition, in which errexit lets everything pass."""
        self.forgiving += 1
        try:
            return self.sequence(condition, streams)
        finally:
            self.forgiving -= 1

    def pipeline(self, pipeline: Pipeline, streams: Streams) -> int:
        code = (
            self.piped(pipeline, streams)
            if len(pipeline.commands) > 1
            else self.command(pipeline.commands[0], streams)
        )
        return self.set_status(int(not code)) if pipeline.negated else code

    def piped(self, pipeline: Pipeline, streams: Streams) -> int:
        stdin = streams.stdin
        codes: list[int] = []
        last = len(pipeline.commands) - 1
        for place, command in enumerate(pipeline.commands):
            sinks = dict(streams.sinks)
            pipe = Pipe()
            if place < last:
                sinks[1] = pipe
                if pipeline.joined[place]:
                    sinks[2] = pipe
            with self.subshell():
                self.command(command, Streams(stdin, sinks))
            codes.append(self.status)
            stdin = "".join(pipe.parts)
        failed = [code for code in codes if code]
        if failed and "pipefail" in self.world.shell.options:
            return self.set_status(failed[-1])
        return self.status

    # --- commands ------------------------------------------------------------

    def command(self, command: Command, streams: Streams) -> int:
        self.budget.step()
        try:
            if isinstance(command, Simple):
                return self.simple(command, streams)
            if isinstance(command, Function):
                return self.defined(command)
            return self.compound(command, self.redirected(command.redirections, streams))
        except Exhausted:
            raise
        except Ending as error:
            self.complain(error, streams)
            typed_in = self.scripts and self.frames[0].name == "bash"
            raise ExitShell(error.scripted if typed_in else error.code) from None
        except SimError as error:
            return self.complain(error, streams)

    def defined(self, command: Function) -> int:
        shell = self.world.shell
        functions = shell.functions.set(command.name, command.body)
        if len(functions) > limits.FUNCTIONS:
            raise Exhausted(f"there are at most {limits.FUNCTIONS} functions")
        self.world = replace(self.world, shell=replace(shell, functions=functions))
        return self.set_status(0)

    def compound(self, command: Command, streams: Streams) -> int:
        self.budget.deeper()
        try:
            if isinstance(command, Group):
                return self.group(command, streams)
            if isinstance(command, If):
                return self.if_command(command, streams)
            if isinstance(command, For):
                return self.for_command(command, streams)
            if isinstance(command, Counting):
                return self.counting_command(command, streams)
            if isinstance(command, Calculation):
                value = expand.calculated(command.expression, self.context(streams))
                return self.set_status(0 if value else 1)
            if isinstance(command, While):
                return self.while_command(command, streams)
            if isinstance(command, Case):
                return self.case_command(command, streams)
            return self.condition(cast(Condition, command), streams)
        finally:
            self.budget.back()

    def group(self, command: Group, streams: Streams) -> int:
        if not command.subshell:
            return self.sequence(command.body, streams)
        with self.subshell():
            self.sequence(command.body, streams)
        return self.status

    def if_command(self, command: If, streams: Streams) -> int:
        for condition, body in command.branches:
            if self.asked(condition, streams) == 0:
                return self.sequence(body, streams)
        if command.otherwise is not None:
            return self.sequence(command.otherwise, streams)
        return self.set_status(0)

    def for_command(self, command: For, streams: Streams) -> int:
        context = self.context(streams)
        values = list(context.arguments) if command.words is None else expand.fields(command.words, context)
        code = 0
        for turn, value in enumerate(values):
            self.turned(turn)
            self.assign(command.name, value)
            code, stop = self.turn(command.body, streams)
            if stop:
                break
        return self.set_status(code)

    def counting_command(self, command: Counting, streams: Streams) -> int:
        code, turn = 0, 0
        expand.calculated(command.start, self.context(streams))
        while not command.test or expand.calculated(command.test, self.context(streams)):
            self.turned(turn)
            turn += 1
            code, stop = self.turn(command.body, streams)
            if stop:
                break
            expand.calculated(command.step, self.context(streams))
        return self.set_status(code)

    def while_command(self, command: While, streams: Streams) -> int:
        code, turn = 0, 0
        kept, self.unread = self.unread, streams.stdin
        try:
            while (self.asked(command.condition, streams) == 0) != command.until:
                self.turned(turn)
                turn += 1
                code, stop = self.turn(command.body, streams)
                if stop:
                    break
        finally:
            self.unread = kept
        return self.set_status(code)

    def turned(self, turn: int) -> None:
        if turn >= limits.TURNS:
            raise Exhausted(f"a loop turns at most {limits.TURNS:,} times")
        self.budget.step()

    def turn(self, body: Sequence, streams: Streams) -> tuple[int, bool]:
        """One turn of a loop: its exit code and whether the loop ends."""
        self.loops += 1
        try:
            return self.sequence(body, streams), False
        except BreakLoop as left:
            if left.levels > 1 and self.loops > 1:
                raise BreakLoop(left.code, left.levels - 1) from None
            return left.code, True
        except ContinueLoop as left:
            if left.levels > 1 and self.loops > 1:
                raise ContinueLoop(left.code, left.levels - 1) from None
            return left.code, False
        finally:
            self.loops -= 1

    def case_command(self, command: Case, streams: Streams) -> int:
        context = self.context(streams)
        subject = expand.single(command.subject, context)
        for wanted, body in command.arms:
            if any(patterns.matches(expand.pattern(one, context), subject) for one in wanted):
                return self.sequence(body, streams)
        return self.set_status(0)

    def condition(self, command: Condition, streams: Streams) -> int:
        context = self.context(streams)
        words = [expand.single(word, context) for word in command.words]

        def fits(left: str, operator: str, place: int) -> bool:
            if operator == "=~":
                return patterns.searched(words[place], left) is not None
            same = patterns.matches(expand.pattern(command.words[place], context), left)
            return same != (operator == "!=")

        asked = conditions.Question(self.world.files, self.absolute, fits, self.is_set, "[[")
        return self.set_status(0 if conditions.answer(words, asked) else 1)

    def absolute(self, typed: str) -> str:
        return text_of(names_of(typed, self.world.shell.cwd))

    def is_set(self, name: str) -> bool:
        return self.world.shell.value(name) is not None

    # --- redirections --------------------------------------------------------

    def redirected(self, redirections: tuple[Redirection, ...], streams: Streams) -> Streams:
        """Streams with the redirections applied from left to right; raises where one fails."""
        if not redirections:
            return streams
        stdin, sinks = streams.stdin, dict(streams.sinks)
        for one in redirections:
            context = self.context(streams)
            goal = expand.single(one.goal, context)
            if one.operator == "<<":
                stdin = goal
            elif one.operator == "<<<":
                stdin = goal + "\n"
            elif one.operator == "<":
                stdin = self.opened(goal)
            elif one.operator == ">&":
                self.joined(one.fd, goal, sinks)
            elif one.operator == "<&":
                raise NotHere("<& with a descriptor")
            else:
                sink = self.into(goal, append=">>" in one.operator)
                for fd in (1, 2) if one.operator.startswith("&") else (one.fd,):
                    sinks[fd] = sink
        return Streams(stdin, sinks)

    def joined(self, fd: int, goal: str, sinks: dict[int, Sink]) -> None:
        if goal == "-":
            sinks[fd] = Nowhere()
        elif goal.isdecimal():
            if int(goal) not in sinks:
                raise SimError(f"bash: {goal}: Bad file descriptor")
            sinks[fd] = sinks[int(goal)]
        else:
            sinks[1] = sinks[2] = self.into(goal, append=False)

    def opened(self, typed: str) -> str:
        path = self.absolute(typed)
        if path == "/dev/null":
            return ""
        try:
            return decoded(self.world.files.read(path))
        except FileError as error:
            raise SimError(f"bash: {typed}: {error.why.value}") from None

    def into(self, typed: str, *, append: bool) -> Sink:
        path = self.absolute(typed)
        if path in ("/dev/null", "/dev/stdout", "/dev/stderr"):
            return Nowhere() if path == "/dev/null" else Screen("out" if path.endswith("out") else "err")
        node = self.world.files.get(path)
        old = node.data if append and isinstance(node, File) else b""
        try:
            if not typed:
                raise FileError(typed, Why.ABSENT)
            files = self.world.files.write(path, old, time=self.world.clock)
        except FileError as error:
            raise SimError(f"bash: {typed}: {error.why.value}") from None
        self.world = replace(self.world, files=files)
        return IntoFile(path, typed)

    # --- simple commands -----------------------------------------------------

    def simple(self, command: Simple, streams: Streams) -> int:
        context = self.context(streams)
        words = expand.fields(command.words, context)
        assigned = [(name, expand.value(value, self.context(streams))) for name, value in command.assignments]
        inner = self.redirected(command.redirections, streams)
        if not words:
            for name, value in assigned:
                self.traced([f"{name}={patterns.quoted(value)}"], [], streams)
                self.assign(name, value)
            return self.set_status(self.status if _substitutes(command) else 0)
        self.traced([*(f"{name}={patterns.quoted(value)}" for name, value in assigned)], words, streams)
        return self.set_status(self.call(tuple(words), dict(assigned), inner))

    def traced(self, assigned: list[str], words: list[str], streams: Streams) -> None:
        """With xtrace, what is run, on standard error."""
        if "xtrace" in self.world.shell.options:
            told = " ".join([*assigned, *map(patterns.quoted, words)])
            self.say(2, self.budget.room_for(f"+ {told}\n"), streams)

    def call(self, words: tuple[str, ...], assigned: dict[str, str], streams: Streams) -> int:
        """Run words that are expanded already: a function, a word of the shell, a tool, a file."""
        name = words[0]
        body = self.world.shell.functions.get(name)
        if body is not None:
            return self.function(body, words, streams)
        return self.started(words, assigned, streams)

    def function(self, body: Command, words: tuple[str, ...], streams: Streams) -> int:
        self.budget.deeper()
        self.frames.append(Frame(self.frame.name, words[1:]))
        try:
            return self.command(body, streams)
        except ReturnFrom as left:
            return self.set_status(left.code)
        finally:
            for name, value in self.frames.pop().hidden.items():
                self.restore(name, value)
            self.budget.back()

    def restore(self, name: str, value: str | None) -> None:
        shell = self.world.shell
        variables = shell.variables
        if value is not None:
            variables = variables.set(name, value)
        elif name in variables:
            variables = variables.delete(name)
        self.world = replace(self.world, shell=replace(shell, variables=variables))

    def started(self, words: tuple[str, ...], assigned: dict[str, str], streams: Streams) -> int:
        screen = isinstance(streams.sinks.get(1), Screen)
        process = Process(
            self.world,
            words,
            self.budget,
            self.spawn,
            streams.stdin,
            {**self.world.shell.environment(), **assigned},
            self.tty and screen,
        )
        code = self.run(process, streams)
        self.world = process.world
        for chunk in process.chunks:
            self.say(1 if chunk.stream == "out" else 2, chunk.text, streams)
        self.events += process.events
        return code

    def run(self, process: Process, streams: Streams) -> int:
        name = process.words[0]
        builtin = self.tools.builtins.get(name)
        if builtin is not None:
            return self.guarded(process, lambda: builtin(self, process, streams))
        if "/" in name:
            return self.file(process, streams)
        if name in self.tools.rows:
            return self.row(process, self.tools.rows, process.words)
        found = self.on_path(process)
        if found:
            process.words = (found, *process.words[1:])
            return self.file(process, streams)
        if name in self.tools.apart:
            process.happened(Unsupported(name))
            process.error(f"simulator: '{name}' is not part of this exercise")
            return NOT_FOUND
        process.error(f"bash: {name}: command not found")
        return NOT_FOUND

    def on_path(self, process: Process) -> str:
        """A file of this name that can be run, in a folder that PATH names."""
        for folder in (process.environment.get("PATH") or "").split(":")[: limits.DEPTH]:
            path = f"{self.absolute(folder)}/{process.words[0]}"
            node = self.world.files.get(path) if folder else None
            if isinstance(node, File) and node.mode & 0o111:
                return path
        return ""

    def guarded(self, process: Process, run: Callable[[], int]) -> int:
        """Run, and turn what nobody caught into the tool's line on standard error."""
        try:
            return run()
        except Exhausted:
            raise
        except NotSimulated as error:
            return process.unsupported(error.what)
        except Told as error:
            process.error(error.message)
            return error.code
        except SimError as error:
            return failed(process, error)

    def row(self, process: Process, rows: Mapping[str, Row], words: tuple[str, ...]) -> int:
        def run() -> int:
            tool = rows[words[0]]
            if tool.dispatches and tool.run is not None:
                return tool.run(process, Args(rest=list(words[1:])))
            command, style, rest = find(rows, words)
            manner = style or self.tools.style
            if command.run is None or (command.subcommands and rest and not rest[0].startswith("-")):
                if rest and not rest[0].startswith("-") and command.subcommands:
                    if rest[0] in command.absent:
                        raise NotSimulated(f"{command.path} {rest[0]}")
                    if command.run is None:
                        raise manner.unknown_subcommand(command, rest[0])
                elif command.run is None:
                    raise NotSimulated(command.path)
            return command.run(process, parsed(command, rest, manner))

        return self.guarded(process, run)

    def file(self, process: Process, streams: Streams) -> int:
        """A path was typed: a script that is known, or one that the shell reads."""
        typed = process.words[0]
        path = self.absolute(typed)
        node = self.world.files.get(path)
        problem = ""
        folder, _, name = path.rpartition("/")
        if (
            node is None
            and folder in ("/bin", "/usr/bin")
            and name in {*self.tools.rows, *self.tools.builtins}
        ):
            process.words = (name, *process.words[1:])
            return self.run(process, streams)
        if node is None:
            problem, code = "No such file or directory", NOT_FOUND
        elif isinstance(node, Folder):
            problem, code = "Is a directory", NOT_RUNNABLE
        elif isinstance(node, File) and not node.mode & 0o111:
            problem, code = "Permission denied", NOT_RUNNABLE
        if problem:
            process.error(f"bash: {typed}: {problem}")
            return code
        return self.script(process, path, cast(File, node), streams)

    def script(self, process: Process, path: str, file: File, streams: Streams) -> int:
        """Run a script's text with the words behind its name, in a shell of its own."""
        words = process.words
        known = self.tools.script(path, file)
        if known is not None:
            return self.row(process, {words[0]: known}, words)
        text = decoded(file.data)
        first = text.partition("\n")[0]
        if first.startswith("#!") and not first.rstrip().endswith("sh"):
            return process.unsupported(f"running a program for {first[2:].strip()}")
        with self.subshell():
            self.begin(Frame(words[0], words[1:]), process.environment)
            self.source(text, streams)
        process.world = self.world
        return self.status

    def begin(
        self, frame: Frame, environment: Mapping[str, str], options: frozenset[str] = frozenset()
    ) -> None:
        """A shell of its own from here: its variables are the environment, no loop stands around it."""
        self.frames, self.loops, self.forgiving = [frame], 0, 0
        self.scripts += 1
        shell = replace(
            self.world.shell,
            variables=Map(environment),
            exported=frozenset(environment),
            functions=Map(),
            options=options,
            fixed=frozenset(),
        )
        self.world = replace(self.world, shell=shell)

    def source(self, text: str, streams: Streams) -> int:
        """Run a text in this shell."""
        try:
            return self.sequence(parse(text), streams)
        except Exhausted:
            raise
        except SimError as error:
            return self.complain(error, streams)

    def typed(self, line: str, streams: Streams) -> int:
        """A line at the prompt, where leaving a loop, a function or the shell only ends the line."""
        try:
            return self.source(line, streams)
        except _Left as left:
            return self.set_status(left.code)

    def spawn(self, parent: Process, words: tuple[str, ...], stdin: str) -> int:
        """Run words as a child of a tool: what it says and changes becomes the parent's."""
        self.budget.step()
        self.budget.deeper()
        kept = self.world, self.chunks, self.events
        self.world, self.chunks, self.events = parent.world, [], []
        try:
            streams = Streams(stdin, {1: Screen("out"), 2: Screen("err")})
            with self.subshell():
                self.set_status(self.call(words, dict(parent.environment), streams))
            code = self.status
            parent.chunks += self.chunks
            parent.events += self.events
            parent.world = replace(self.world, shell=parent.world.shell)
            return code
        finally:
            self.world, self.chunks, self.events = kept
            self.budget.back()


def _only_reads(body: Sequence) -> Redirection | None:
    """The file of `$(< file)`, whose content it stands for."""
    if len(body.items) != 1 or body.items[0].rest or len(body.items[0].first.commands) != 1:
        return None
    only = body.items[0].first.commands[0]
    if not isinstance(only, Simple) or only.words or only.assignments or len(only.redirections) != 1:
        return None
    return only.redirections[0] if only.redirections[0].operator == "<" else None


def _substitutes(command: Simple) -> bool:
    """Whether an assignment's value comes from a command, whose exit code it then has."""
    return any(hasattr(piece, "body") for _, word in command.assignments for piece in word)


def run_line(
    world: World,
    line: str,
    tools: Tools,
    *,
    stdin: str = "",
    tty: bool = False,
    budget: Budget | None = None,
) -> Outcome:
    """One typed line on a world. Never raises for what was typed; a limit that is reached ends the line
    with everything as it was before it. Lines that are given one `budget` share it."""
    shell = Interpreter(world, tools, tty=tty)
    shell.budget = budget or shell.budget
    streams = Streams(stdin, {1: Screen("out"), 2: Screen("err")})
    try:
        with limits.charged(shell.budget):
            shell.typed(line, streams)
    except Exhausted as error:
        return _ended(world, shell, error)
    except RecursionError:
        return _ended(world, shell, Exhausted("stopped: what was typed or read nests too deep"))
    chunks = tuple(shell.chunks)
    if shell.budget.cut:
        chunks += (Chunk("err", f"simulator: output ends here, after {limits.OUTPUT // 1024} KB\n"),)
    return Outcome(shell.left(), chunks, shell.status, tuple(shell.events))


def _ended(world: World, shell: Interpreter, error: Exhausted) -> Outcome:
    """A limit is reached: what was printed stays, everything else is as it was before the line."""
    told = Chunk("err", error.message + "\n")
    after = replace(world, shell=replace(world.shell, status=error.code))
    return Outcome(after, (*shell.chunks, told), error.code, ())
