"""The terminal's own words: help, hint, goals, undo, reset, explain. Everything else goes to the shell."""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.faults import noted
from checkpoint.core.sim.outcome import Chunk
from checkpoint.core.sim.parts.files import legible
from checkpoint.core.sim.parts.git.repository import found_at
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.checks.git import ReadOnly
from checkpoint.core.sim.scenario.session import Answer, Session, taken, tools_of, undone
from checkpoint.core.sim.scenario.telling import told_in_words
from checkpoint.core.sim.scenario.types import Goal
from checkpoint.core.sim.table import Command, Option, find
from checkpoint.core.sim.world import World

Word = Callable[[Session, list[str]], tuple[Session, Answer]]


@dataclass(frozen=True, slots=True)
class Hinted(Event):
    """A hint was read; `number` counts from 1."""

    kind: ClassVar[str] = "hint"
    goal: str
    number: int


CRASHED = 139
"""What a shell gives for a program that was ended by a segmentation fault."""


def typed(session: Session, given: Step, *, tty: bool = False) -> tuple[Session, Answer]:
    """The session after a step: one of the terminal's own words, or whatever the shell makes of it.

    A fault of ours is told as a program that crashed: the step changes nothing, and the session goes on.
    """
    try:
        return _typed(session, given, tty)
    except Exception as error:
        noted(error)
        return crashed(session, given)


def crashed(session: Session, given: Step) -> tuple[Session, Answer]:
    """The session after a step at which the simulator failed: as it was, but for the shell's exit code."""
    what = "save" if given.kind == "write" else "command"
    told = f"simulator: this {what} could not be simulated; it is kept, and it changed nothing\n"
    now = session.now
    if given.kind == "run":
        shell = replace(now.world.shell, status=CRASHED)
        now = replace(now, world=replace(now.world, shell=shell))
    after = replace(session, trail=(*session.trail[:-1], now), lines=session.lines + 1)
    return after, Answer((Chunk("err", told),), CRASHED, faulted=True)


def _typed(session: Session, given: Step, tty: bool) -> tuple[Session, Answer]:
    words = _words(given.line) if given.kind == "run" else []
    if words and words[0] in WORDS and _is_plain(given.line):
        after, answer = WORDS[words[0]](session, words[1:])
        return replace(after, lines=session.lines + 1), answer
    return taken(session, given, tty=tty)


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return []


def _is_plain(line: str) -> bool:
    return not any(mark in line for mark in "|;&<>`$\n")


def _said(text: str, code: int = 0, events: tuple[Event, ...] = ()) -> Answer:
    return Answer((Chunk("err" if code else "out", text.rstrip("\n") + "\n"),), code, events)


def prompt_of(session: Session) -> str:
    """Where the learner is: the folder, with `~` for home, and the branch if it is a repository."""
    world = session.now.world
    cwd, home = world.shell.cwd, world.shell.home
    place = "~" + cwd.removeprefix(home) if cwd == home or cwd.startswith(f"{home}/") else cwd
    branch = _branch_at(world, cwd)
    return legible(f"{place} on {branch}" if branch else place)


def _branch_at(world: World, folder: str) -> str:
    """The branch of the repository there; nothing where there is none, or where it can't be read."""
    try:
        repository = found_at(ReadOnly(world.files, world.clock), folder)
        return (repository.branch or "") if repository is not None else ""
    except SimError:
        return ""


# --- goals and hints ---------------------------------------------------------

_MARKS = {"met": "met ", "open": "open", "failed": "lost"}


def goals(session: Session, words: list[str]) -> tuple[Session, Answer]:
    if not session.scenario.goals:
        return session, _said("There are no goals here: type what you like.")
    rows = [f"[{_MARKS[session.state(goal.id)]}] {goal.id}: {goal.title}" for goal in session.scenario.goals]
    for goal in session.scenario.goals:
        if session.state(goal.id) == "failed" and goal.because:
            rows.append(f"\n{goal.id} can't be met any more: {goal.because}")
    for rule in session.scenario.rules:
        if rule.id in session.now.broken:
            rows.append(f"\nbroken: {rule.title}. {rule.because}")
    return session, _said("\n".join(rows))


def hint(session: Session, words: list[str]) -> tuple[Session, Answer]:
    """The next hint of the goal that is named, or of the first open one that has any left."""
    known = {goal.id: goal for goal in session.scenario.goals}
    if words and words[0] not in known:
        return session, _said(f"hint: there is no goal `{words[0]}`; there are {', '.join(known)}", 1)
    wanted = known[words[0]] if words else _open_goal(session)
    if wanted is None:
        return session, _said("Every goal is met, or has no hints left.")
    return given_hint(session, wanted)


def given_hint(session: Session, goal: Goal) -> tuple[Session, Answer]:
    """The session with one more hint of a goal, and its text."""
    number = session.hints.count(goal.id)
    if number >= len(goal.hints):
        return session, _said(f"{goal.id}: no hints left; `hint GOAL` asks for another goal's")
    text = f"{goal.id}, hint {number + 1} of {len(goal.hints)}:\n{goal.hints[number]}"
    after = replace(session, hints=(*session.hints, goal.id))
    return after, _said(text, events=(Hinted(goal.id, number + 1),))


def _open_goal(session: Session) -> Goal | None:
    still = (goal for goal in session.scenario.goals if session.state(goal.id) == "open")
    return next((goal for goal in still if session.hints.count(goal.id) < len(goal.hints)), None)


# --- going back --------------------------------------------------------------


def undo(session: Session, words: list[str]) -> tuple[Session, Answer]:
    count = _count(words[0]) if words else 1
    if not count:
        return session, _said("undo: how many steps? write a number, such as `undo 2`", 1)
    after = undone(session, count)
    back = len(session.trail) - len(after.trail)
    if not back:
        return session, _said("Nothing to undo: this is the start.")
    return after, _said(f"Took back {back} step{'s' if back > 1 else ''}. The world is as it was then.")


def _count(word: str) -> int:
    """A whole number as it is typed, as much of it as anybody could mean; 0 for anything else."""
    if not (word.isascii() and word.isdecimal()):
        return 0
    return int(word.lstrip("0")[:_DIGITS] or "0")


_DIGITS = 9
"""Of the longest number that is read; nothing has as many steps."""


def reset(session: Session, words: list[str]) -> tuple[Session, Answer]:
    after = undone(session, len(session.trail))
    return after, _said("Started over. The world is as you found it.")


# --- help --------------------------------------------------------------------


def help_(session: Session, words: list[str]) -> tuple[Session, Answer]:
    if words:
        return session, _explained(words)
    rows = [f"  {name:<8} {WORD_HELP[name]}" for name in WORDS]
    names = ", ".join(sorted(allowed(session)))
    return session, _said(
        "The terminal's own words:\n" + "\n".join(rows) + f"\n\nTools: {names}.\n"
        "`help git` lists what a tool can do here, `help git push` its options."
    )


def allowed(session: Session) -> list[str]:
    """The tools that this scenario knows."""
    return list(tools_of(session.scenario).rows)


def explain(session: Session, words: list[str]) -> tuple[Session, Answer]:
    """What a command and its options do; without one, what the last step did."""
    if words:
        return session, _explained(words)
    last = session.now.steps
    events = [one.event for one in session.now.log.every() if one.step == last]
    told = [sentence for event in events if (sentence := told_in_words(event))]
    if not last:
        return session, _said("Nothing has been done yet. `explain git push` tells what a command does.")
    return session, _said("\n".join(told) if told else "The last step changed nothing that matters here.")


def _explained(words: list[str]) -> Answer:
    if words[0] in WORDS:
        return _said(f"{words[0]}: {WORD_HELP[words[0]]}")
    if words[0] not in TOOLS.rows:
        builtin = words[0] in TOOLS.builtins
        told = f"{words[0]} is a word of the shell" if builtin else f"there is no tool `{words[0]}` here"
        return _said(told, 0 if builtin else 1)
    row, _, rest = find(TOOLS.rows, words)
    return _said("\n".join(_lines(row, rest)))


def _lines(row: Command, rest: list[str]) -> Iterator[str]:
    yield f"{row.path}{' ' + row.usage if row.usage else ''}: {row.help}"
    typed_options = [one for one in (row.option(word.partition("=")[0]) for word in rest) if one]
    for option in typed_options or row.options:
        yield f"  {_names(option):<28} {option.help}{'' if option.simulated else ' (not simulated here)'}"
    for below in row.subcommands:
        yield f"  {below.name:<28} {below.help}"


def _names(option: Option) -> str:
    return ", ".join(option.names) + (f" {option.value}" if option.value else "")


WORDS: dict[str, Word] = {
    "help": help_,
    "goals": goals,
    "hint": hint,
    "undo": undo,
    "reset": reset,
    "explain": explain,
}

WORD_HELP = {
    "help": "what can be typed here; `help git` for one tool",
    "goals": "what is to be done, and what is done",
    "hint": "the next hint, which costs nothing; `hint GOAL` for one goal",
    "undo": "take back the last step; `undo 3` for three",
    "reset": "start over with the world as you found it",
    "explain": "what the last step did; `explain git push --force` what a command does",
}
