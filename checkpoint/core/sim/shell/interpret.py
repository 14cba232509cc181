"""Runs the tree of a line: lists, pipelines, redirections, loops, functions."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Ending, Exhausted, SimError, Told
from checkpoint.core.sim.events import Event, Unsupported
from checkpoint.core.sim.limits import Budget
from checkpoint.core.sim.outcome import Chunk, Outcome, Stream
from checkpoint.core.sim.parts.files import (
    File,
    FileError,
    Files,
    Folder,
    Why,
    decoded,
    encoded,
    names_of,
    text_of,
)
from checkpoint.core.sim.process import Process, failed
from checkpoint.core.sim.shell import conditions, expand, patterns
from checkpoint.core.sim.shell.arithmetic import evaluate
from checkpoint.core.sim.shell.parse import NotHere, SyntaxProblem, complete_before, parse, plain_text
from checkpoint.core.sim.shell.syntax import (
    AndOr,
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
    Pipeline,
    Redirection,
    Select,
    Sequence,
    Simple,
    While,
    Word,
)
from checkpoint.core.sim.table import Args, NotSimulated, Style, find, parsed
from checkpoint.core.sim.table import Command as Row
from checkpoint.core.sim.world import World

NOT_FOUND, NOT_RUNNABLE = 127, 126
_PLACED = re.compile(r"bash: (?:-c: )?line \d+: ")

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


NOWHERE = Streams("", {})

# --- leaving early ------------------------------------------------------------


class _Left(Exception):
    """A loop, a function or the shell is left."""

    def __init__(self, code: int = 0, levels: int = 1) -> None:
        self.code, self.levels = code, levels


class BreakLoop(_Left): ...


class ContinueLoop(_Left): ...


class ReturnFrom(_Left): ...


class ExitShell(_Left): ...


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a name held before a function made it its own."""

    value: str | None
    values: Map[str, str] | None
    keyed: bool
    whole: bool


@dataclass(slots=True)
class Frame:
    """A function's or script's own words; `hidden` are the values that its locals cover."""

    name: str = "bash"
    arguments: tuple[str, ...] = ()
    hidden: dict[str, "Hidden"] = field(default_factory=dict)
    typed: bool = False
    """Whether what is run stood behind `bash -c`."""
    function: str = ""
    """Whose own words these are, where a function is called."""


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
        self.before = 0
        """Lines of its script that stand before a text that `eval` or a trap runs."""
        self.line = 0
        """Where in its script the command stands that is run."""
        self.aliases: Map[str, str] = Map()
        """Those of the shell at the prompt, as they were when the line was typed."""
        self.option_place, self.inside_option = 1, 1
        """The argument that `getopts` is at, and the letter in it."""
        self.connections = 0
        self.waiting: list[tuple[str, Sequence, Streams]] = []
        """Lists that read what a command writes into `>(…)`, by path."""

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

    def keep_descriptors(self, streams: Streams) -> None:
        """Remember for the next line what `exec` opened in the shell at the prompt."""
        held = Map({str(fd): sink.path for fd, sink in streams.sinks.items() if isinstance(sink, IntoFile)})
        if held != self.world.shell.descriptors:
            self.world = replace(self.world, shell=replace(self.world.shell, descriptors=held))

    def switch_off(self, option: str) -> None:
        shell = self.world.shell
        if option in shell.options:
            self.world = replace(self.world, shell=replace(shell, options=shell.options - {option}))

    def assign(self, name: str, value: str) -> None:
        """Set a variable, or with `name[key]` one value of an array."""
        shell = self.world.shell
        plain, bracket, index = name.partition("[")
        if plain in shell.whole:
            value = str(evaluate(value, lambda other: shell.value(other) or "0"))
        if bracket:
            key = expand.key_of(plain, index.removesuffix("]"), self.context(NOWHERE))
            made = shell.keeping(plain, self.values_of(plain).set(key, value))
        else:
            made = shell.holding(name, value)
        self.world = replace(self.world, shell=made)

    def values_of(self, name: str) -> Map[str, str]:
        """An array's values; a plain variable's is number 0."""
        shell = self.world.shell
        if name in shell.arrays:
            return shell.arrays[name]
        value = shell.variables.get(name)
        return Map() if value is None else Map({"0": value})

    def keep_array(self, name: str, values: Iterable[str]) -> None:
        """Make a name an array of these values, numbered from 0."""
        held = Map({str(number): value for number, value in enumerate(values)})
        self.world = replace(self.world, shell=self.world.shell.lacking(name).keeping(name, held))

    def fill(self, assigned: Assignment, streams: Streams) -> None:
        """Carry out `name=(…)`."""
        shell, name = self.world.shell, assigned.name
        keyed = name in shell.keyed
        if not assigned.added:
            kept = replace(shell, arrays=shell.arrays.set(name, Map())) if keyed else shell
            self.world = replace(self.world, shell=kept)
        values = dict(self.values_of(name)) if assigned.added else {}
        following = max((int(key) for key in values), default=-1) + 1 if not keyed else 0
        for key, value in self.elements(assigned.elements or (), keyed, name, streams):
            if key is not None:
                place = key
            elif keyed:
                raise SimError(f"bash: {name}: {value}: must use subscript when assigning associative array")
            else:
                place = str(following)
            values[place] = value
            following = int(place) + 1 if not keyed else 0
        made = self.world.shell.keeping(name, Map(values), keyed=keyed)
        self.world = replace(self.world, shell=made)

    def elements(
        self, elements: tuple[Element, ...], keyed: bool, name: str, streams: Streams
    ) -> Iterator[tuple[str | None, str]]:
        context = self.context(streams)
        for one in elements:
            if one.key is not None:
                key = expand.single(one.key, context)
                yield key if keyed else expand.key_of(name, key, context), expand.value(one.word, context)
            else:
                for value in expand.fields((one.word,), context):
                    yield None, value

    def set_one(self, assigned: Assignment, value: str, streams: Streams) -> None:
        """Carry out `name=value`, `name+=value` or `name[index]=value`."""
        name = assigned.name
        if assigned.index is not None:
            index = expand.single(assigned.index, self.context(streams))
            name = f"{name}[{expand.key_of(assigned.name, index, self.context(streams))}]"
        if assigned.added:
            before = expand.named(name, self.context(streams)) or ""
            whole = assigned.name in self.world.shell.whole
            value = f"{before or 0}+({value or 0})" if whole else before + value
        self.assign(name, value)

    def own_array(self, name: str) -> tuple[str, ...] | None:
        if name == "PIPESTATUS":
            return tuple(map(str, self.world.shell.statuses))
        if name == "FUNCNAME":
            called = tuple(frame.function for frame in reversed(self.frames) if frame.function)
            return (*called, "main") if called and self.scripts else called
        if name == "BASH_SOURCE":
            return (self.frame.name,) if self.scripts else ()
        return None

    def context(self, streams: Streams) -> expand.Context:
        return expand.Context(
            lambda: self.world,
            self.frame.arguments,
            self.frame.name,
            lambda body: self.substituted(body, streams),
            self.assign,
            lambda piece: self.connected(piece, streams),
            self.own_array,
            self.line,
        )

    def connected(self, piece: Connected, streams: Streams) -> str:
        """The path of `<(list)`, with what the list printed, or of `>(list)`, which is run afterwards."""
        path = f"/dev/fd/{63 - self.connections}"
        self.connections += 1
        if self.connections > limits.STAGES:
            raise Exhausted(f"a command has at most {limits.STAGES} process substitutions")
        text = ""
        if piece.into:
            self.waiting.append((path, piece.body, streams))
        else:
            pipe = Pipe()
            with self.subshell():
                self.switch_off("errexit")
                self.sequence(piece.body, Streams(streams.stdin, {**streams.sinks, 1: pipe}))
            text = "".join(pipe.parts)
        files = self.world.files
        if files.standing("/dev/fd") is None:
            files = files.graft("/dev/fd", Folder())
        self.world = replace(self.world, files=files.write(path, encoded(text), time=self.world.clock))
        return path

    def disconnected(self, since: int, waiting: int) -> None:
        """Run what waits for the text that a command wrote into `>(…)`, and take the paths away again."""
        code = self.status
        for path, body, streams in self.waiting[waiting:]:
            with self.subshell():
                self.sequence(body, Streams(decoded(self.world.files.read(path)), dict(streams.sinks)))
        del self.waiting[waiting:]
        names = [str(63 - number) for number in range(since, self.connections)]
        files = without_descriptors(self.world.files, names)
        self.world = replace(self.world, files=files)
        self.connections = since
        self.set_status(code)

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

    def placed(self, text: str) -> str:
        """bash's own complaint with the script's name and line before it (error.c, error_prolog)."""
        if not self.scripts or not text.startswith("bash: ") or _PLACED.match(text):
            return text
        return f"{self.frame.name}: line {self.line}: {text.removeprefix('bash: ')}"

    def complain(self, error: SimError, streams: Streams) -> int:
        self.say(2, self.budget.room_for(self.placed(error.message + "\n")), streams)
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
        if code and not forgiven and not self.forgiving:
            self.failed(streams)
            if "errexit" in self.world.shell.options:
                raise ExitShell(code)
        return code

    def failed(self, streams: Streams) -> None:
        """Run what `trap … ERR` says, in which nothing sets it off again; functions don't inherit it."""
        line = self.world.shell.traps.get("ERR", "")
        if not line or self.frame.function:
            return
        code = self.status
        self.forget_trap("ERR")
        self.run_here(line, streams)
        shell = self.world.shell
        self.world = replace(self.world, shell=replace(shell, traps=shell.traps.set("ERR", line)))
        self.set_status(code)

    def asked(self, condition: Sequence, streams: Streams) -> int:
        """The exit code of a condition, in which errexit lets everything pass."""
        self.forgiving += 1
        try:
            return self.sequence(condition, streams)
        finally:
            self.forgiving -= 1

    def pipeline(self, pipeline: Pipeline, streams: Streams) -> int:
        if len(pipeline.commands) > 1:
            code = self.piped(pipeline, streams)
        else:
            code = self.command(pipeline.commands[0], streams)
            self.keep_statuses((code,))
        return self.set_status(int(not code)) if pipeline.negated else code

    def keep_statuses(self, codes: tuple[int, ...]) -> None:
        if codes != self.world.shell.statuses:
            self.world = replace(self.world, shell=replace(self.world.shell, statuses=codes))

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
                self.forget_traps()
                inner = Streams(stdin, sinks)
                self.ended(partial(self.command, command, inner), inner)
            codes.append(self.status)
            stdin = "".join(pipe.parts)
        self.keep_statuses(tuple(codes))
        failed = [code for code in codes if code]
        if failed and "pipefail" in self.world.shell.options:
            return self.set_status(failed[-1])
        return self.status

    # --- commands ------------------------------------------------------------

    def command(self, command: Command, streams: Streams) -> int:
        self.budget.step()
        since, waiting = self.connections, len(self.waiting)
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
        finally:
            if self.connections > since:
                self.disconnected(since, waiting)

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
            if isinstance(command, Select):
                return self.select_command(command, streams)
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
            self.forget_traps()
            own = Streams(streams.stdin, dict(streams.sinks))
            self.ended(lambda: self.sequence(command.body, own), own)
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

    def select_command(self, command: Select, streams: Streams) -> int:
        """A numbered list on standard error; each line of input chooses a value for one turn."""
        context = self.context(streams)
        values = list(context.arguments) if command.words is None else expand.fields(command.words, context)
        if not values:
            return self.set_status(0)
        listed = "".join(f"{number}) {value}\n" for number, value in enumerate(values, start=1))
        kept, self.unread = self.unread, streams.stdin if self.unread is None else self.unread
        code, turn, told = 0, 0, listed
        try:
            while True:
                self.turned(turn)
                self.say(2, self.budget.room_for(f"{told}{self.world.shell.value('PS3') or '#? '}"), streams)
                line, newline, self.unread = self.unread.partition("\n")
                if not newline and not line:
                    self.say(1, "\n", streams)
                    return self.set_status(1)
                turn += 1
                told = "" if line else listed
                number = int(line) if line.strip().isdecimal() and len(line) < 9 else 0
                self.assign("REPLY", line)
                self.assign(command.name, values[number - 1] if 0 < number <= len(values) else "")
                if line:
                    code, stop = self.turn(command.body, streams)
                    if stop:
                        return self.set_status(code)
        finally:
            self.unread = kept

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
        self.traced([], ["[[", *words, "]]"], streams)

        def fits(left: str, operator: str, place: int) -> bool:
            if operator == "=~":
                return self.fitted(expand.expression(command.words[place], context), left)
            same = patterns.matches(expand.pattern(command.words[place], context), left)
            return same != (operator == "!=")

        asked = conditions.Question(self.world.files, self.absolute, fits, self.is_set, "[[")
        return self.set_status(0 if conditions.answer(words, asked) else 1)

    def fitted(self, expression: str, text: str) -> bool:
        """Whether a text fits an expression; what its brackets found is BASH_REMATCH afterwards."""
        groups = patterns.found_groups(expression, text)
        self.keep_array("BASH_REMATCH", groups or ())
        return groups is not None

    def absolute(self, typed: str) -> str:
        return text_of(names_of(typed, self.world.shell.cwd))

    def is_set(self, name: str) -> bool:
        return expand.named(name, self.context(NOWHERE)) is not None

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
        self.line = command.line + self.before
        context = self.context(streams)
        words = expand.fields(self.unaliased(command.words), context)
        if not words:
            return self.assigning(command, streams)
        assigned = [(one.name, expand.value(one.value, self.context(streams))) for one in command.assignments]
        inner = self.redirected(command.redirections, streams)
        self.traced([*(f"{name}={patterns.quoted(value)}" for name, value in assigned)], words, streams)
        if words[0] == "exec":
            return self.set_status(self.replaced(words[1:], dict(assigned), streams, inner))
        code = self.call(tuple(words), dict(assigned), inner)
        for one in command.arrays:
            fixed = self.world.shell.fixed
            self.world = replace(self.world, shell=replace(self.world.shell, fixed=fixed - {one.name}))
            self.fill(one, streams)
            self.world = replace(self.world, shell=replace(self.world.shell, fixed=fixed))
        return self.set_status(code)

    def assigning(self, command: Simple, streams: Streams) -> int:
        """A command without words: variables are set and redirections made."""
        for one in command.assignments:
            if one.elements is not None:
                self.fill(one, streams)
                continue
            value = expand.value(one.value, self.context(streams))
            self.traced(
                [f"{one.name}{'+' * one.added}={patterns.quoted(value) if value else ''}"], [], streams
            )
            self.set_one(one, value, streams)
        self.redirected(command.redirections, streams)
        return self.set_status(self.status if _substitutes(command) else 0)

    def unaliased(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words with an alias at their head replaced; at the prompt only, as in bash."""
        seen: set[str] = set()
        while words and not self.scripts:
            name = plain_text(words[0]) or ""
            if name not in self.aliases or name in seen:
                break
            seen.add(name)
            only = _only_words(parse(self.aliases[name]))
            if only is None:
                raise NotHere(f"an alias that is more than one command, `{name}`,")
            words = (*only, *words[1:])
        return words

    def replaced(self, words: list[str], assigned: dict[str, str], streams: Streams, inner: Streams) -> int:
        """`exec`: with words the shell ends after them; without, its own streams stay redirected."""
        if words:
            if not self.scripts:
                raise NotHere("`exec` with a command at the prompt")
            raise ExitShell(self.call(tuple(words), assigned, inner))
        if inner.stdin != streams.stdin:
            raise NotHere("`exec` with another standard input")
        if isinstance(streams.sinks, dict):
            streams.sinks.clear()
            streams.sinks.update(inner.sinks)
        return 0

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
        self.frames.append(Frame(self.frame.name, words[1:], function=words[0]))
        try:
            return self.command(body, streams)
        except ReturnFrom as left:
            return self.set_status(left.code)
        finally:
            for name, value in self.frames.pop().hidden.items():
                self.restore(name, value)
            self.budget.back()

    def hide(self, name: str) -> None:
        """Make a name the function's own; what it held comes back when the function ends."""
        shell = self.world.shell
        held = Hidden(
            shell.variables.get(name), shell.arrays.get(name), name in shell.keyed, name in shell.whole
        )
        self.frame.hidden.setdefault(name, held)

    def restore(self, name: str, held: Hidden) -> None:
        shell = self.world.shell.lacking(name)
        if held.value is not None:
            shell = replace(shell, variables=shell.variables.set(name, held.value))
        if held.values is not None:
            shell = replace(shell, arrays=shell.arrays.set(name, held.values))
        shell = replace(
            shell,
            keyed=shell.keyed | {name} if held.keyed else shell.keyed,
            whole=shell.whole | {name} if held.whole else shell.whole,
        )
        self.world = replace(self.world, shell=shell)

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
            text = self.placed(chunk.text) if chunk.stream == "err" else chunk.text
            self.say(1 if chunk.stream == "out" else 2, text, streams)
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
            own = Streams(streams.stdin, dict(streams.sinks))
            self.ended(lambda: self.read_through(text, own), own)
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
            arrays=Map(),
            keyed=frozenset(),
            whole=frozenset(),
            traps=Map(),
        )
        self.world = replace(self.world, shell=shell)

    def ended(self, run: Callable[[], int], streams: Streams) -> None:
        """Run a shell to its end, and then what its `trap … EXIT` says; `$?` in it is the code so far."""
        try:
            run()
        except ExitShell as left:
            self.set_status(left.code)
        line = self.world.shell.traps.get("EXIT", "")
        if not line:
            return
        self.forget_trap("EXIT")
        code = self.status
        try:
            self.run_here(line, streams)
        except ExitShell as left:
            code = left.code
        self.set_status(code)

    def run_here(self, text: str, streams: Streams) -> int:
        """Run a text whose lines count from the one that is run."""
        kept = self.before
        self.before = max(0, self.line - 1)
        try:
            return self.source(text, streams)
        finally:
            self.before = kept

    def forget_traps(self) -> None:
        """A shell inside another one begins without traps."""
        if self.world.shell.traps:
            self.world = replace(self.world, shell=replace(self.world.shell, traps=Map()))

    def forget_trap(self, signal: str) -> None:
        shell = self.world.shell
        if signal in shell.traps:
            self.world = replace(self.world, shell=replace(shell, traps=shell.traps.delete(signal)))

    def read_through(self, text: str, streams: Streams) -> int:
        """Run a script, of which what stands before a syntax error is run too."""
        try:
            body = parse(text)
        except SyntaxProblem as problem:
            self.sequence(complete_before(text, problem), streams)
            return self.complain(self.quoted_problem(text, problem), streams)
        except Exhausted:
            raise
        except SimError as error:
            return self.complain(error, streams)
        return self.sequence(body, streams)

    def quoted_problem(self, text: str, problem: SyntaxProblem) -> SimError:
        """A syntax error as a script's is told: with its line's number and, for a wrong word, the line."""
        name = f"{self.frame.name}: -c" if self.frame.typed else self.frame.name
        told = f"{name}: line {problem.line}: {problem.message.removeprefix('bash: ')}"
        if "unexpected token" in problem.message:
            lines = text.split("\n")
            shown = lines[problem.line - 1] if problem.line <= len(lines) else ""
            told += f"\n{name}: line {problem.line}: `{shown}'"
        return SimError(told, problem.code)

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
        self.aliases = self.world.shell.aliases
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


def _only_words(body: Sequence) -> tuple[Word, ...] | None:
    """The words of a list that is nothing but one command of words."""
    if len(body.items) != 1 or body.items[0].rest or len(body.items[0].first.commands) != 1:
        return None
    only = body.items[0].first.commands[0]
    if not isinstance(only, Simple) or only.assignments or only.redirections:
        return None
    return only.words


def _substitutes(command: Simple) -> bool:
    """Whether an assignment's value comes from a command, whose exit code it then has."""
    return any(hasattr(piece, "body") for one in command.assignments for piece in one.value)


def without_descriptors(files: Files, names: list[str]) -> Files:
    """Without these entries of /dev/fd, and without the folders that stood there for them alone."""
    for name in names:
        files = files.remove(f"/dev/fd/{name}")
    devices, inside = files.standing("/dev"), files.standing("/dev/fd")
    if not isinstance(devices, Folder) or not isinstance(inside, Folder) or inside.entries:
        return files
    others = devices.entries.delete("fd")
    if others:
        return files.graft("/dev", replace(devices, entries=others))
    return replace(files, root=replace(files.root, entries=files.root.entries.delete("dev")))


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
    opened: dict[int, Sink] = {int(fd): IntoFile(path, path) for fd, path in world.shell.descriptors.items()}
    streams = Streams(stdin, {1: Screen("out"), 2: Screen("err"), **opened})
    try:
        with limits.charged(shell.budget):
            shell.typed(line, streams)
    except Exhausted as error:
        return _ended(world, shell, error)
    except RecursionError:
        return _ended(world, shell, Exhausted("stopped: what was typed or read nests too deep"))
    shell.keep_descriptors(streams)
    chunks = tuple(shell.chunks)
    if shell.budget.cut:
        chunks += (Chunk("err", f"simulator: output ends here, after {limits.OUTPUT // 1024} KB\n"),)
    return Outcome(shell.left(), chunks, shell.status, tuple(shell.events))


def _ended(world: World, shell: Interpreter, error: Exhausted) -> Outcome:
    """A limit is reached: what was printed stays, everything else is as it was before the line."""
    told = Chunk("err", error.message + "\n")
    after = replace(world, shell=replace(world.shell, status=error.code))
    return Outcome(after, (*shell.chunks, told), error.code, ())
