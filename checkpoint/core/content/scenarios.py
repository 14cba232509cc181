"""Reads scenario and world folders: what authors write, the files of the start, and recorded lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from checkpoint.core.content.parse import near
from checkpoint.core.content.reader import MAX_TEXT, Document, Reader
from checkpoint.core.sim.scenario.material import BaseWorld, Layer, Material
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.core.sim.sending.change import Change, Sendable

SCENARIOS, WORLDS, CHANGES = "scenarios", "worlds", "changes"
DOT = "dot-"
"""Begins the name of a file or folder in `start/` that is hidden in the world: `dot-gitignore`."""

_SCENARIO_FILES = {"scenario.yaml", "start.txt", "solution.txt"}
_SCENARIO_FOLDERS = {"start", "solutions", "traps"}


@dataclass(frozen=True, slots=True)
class WorldDraft:
    slug: str
    document: Document
    world: BaseWorld
    files: Mapping[str, str]
    earlier: str

    def layer(self) -> Layer:
        return Layer(self.world.start, self.files, self.earlier, self.world.variants)


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """A scenario as read, with the lesson in whose folder it lies. Scripts are by slug."""

    slug: str
    lesson: str
    document: Document
    scenario: Scenario
    files: Mapping[str, str]
    earlier: str
    solutions: Mapping[str, str] = field(default_factory=dict)
    traps: Mapping[str, str] = field(default_factory=dict)

    def material(self, worlds: Mapping[str, WorldDraft]) -> Material:
        """Whole, with the worlds that it builds on, outermost first."""
        own = Layer(self.scenario.start, self.files, self.earlier)
        layers = (*_below(self.scenario.start.base, worlds), own)
        return Material(self.scenario, layers, self.solutions, self.traps)


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A bad change as read, with the lesson in whose folder it lies."""

    slug: str
    lesson: str
    document: Document
    change: Change

    def sendable(self, worlds: Mapping[str, WorldDraft]) -> Sendable:
        """Whole, with the worlds that it builds on."""
        return Sendable(self.change, _below(self.change.start.base, worlds))


def _below(base: str, worlds: Mapping[str, WorldDraft]) -> tuple[Layer, ...]:
    layers: list[Layer] = []
    seen: set[str] = set()
    while base in worlds and base not in seen:
        seen.add(base)
        layers.insert(0, worlds[base].layer())
        base = worlds[base].world.start.base
    return tuple(layers)


def start_files(reader: Reader, folder: str) -> dict[str, str]:
    """Text of every file below a folder, by its path in the world."""
    return {_shown(inside): text for inside, text in _texts(reader, folder, PurePath())}


def _texts(reader: Reader, folder: str, inside: PurePath) -> Iterator[tuple[PurePath, str]]:
    for name in reader.names(f"{folder}/{inside}"):
        text = script(reader, f"{folder}/{inside / name}")
        if text is not None:
            yield inside / name, text
    for name in reader.names(f"{folder}/{inside}", folders=True):
        yield from _texts(reader, folder, inside / name)


def _shown(inside: PurePath) -> str:
    return "/".join("." + part.removeprefix(DOT) if part.startswith(DOT) else part for part in inside.parts)


def script(reader: Reader, name: str) -> str | None:
    """A file's text; None with the problem reported."""
    content = reader.content(name, MAX_TEXT)
    if content is None:
        return None
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        reader.report(name, 1, "the file is no text", "save it as UTF-8; a world's start holds texts only")
        return None


def optional_script(reader: Reader, folder: str, name: str) -> str:
    return (script(reader, f"{folder}/{name}") or "") if name in reader.names(folder) else ""


def scripts(reader: Reader, folder: str) -> dict[str, str]:
    """By slug, every `.txt` of a folder."""
    found = {}
    for name in reader.names(folder):
        if PurePath(name).suffix != ".txt":
            reader.report(
                f"{folder}/{name}", 1, "nothing reads this file", "give it a name that ends in .txt"
            )
            continue
        found[PurePath(name).stem] = script(reader, f"{folder}/{name}") or ""
    return found


def refuse_strangers(reader: Reader, folder: str, files: set[str], folders: set[str]) -> None:
    """A misspelt file would silently do nothing."""
    for name in reader.names(folder):
        if name not in files and name != "README.md":
            reader.report(f"{folder}/{name}", 1, "nothing reads this file", near(name, files))
    for name in reader.names(folder, folders=True):
        if name not in folders:
            reader.report(f"{folder}/{name}", 1, "nothing reads this folder", near(name, folders))


def read_scenario(reader: Reader, lesson: str, slug: str, found: tuple[Document, Scenario]) -> ScenarioDraft:
    """The folder around a scenario.yaml that was read."""
    folder = f"{lesson}/{SCENARIOS}/{slug}"
    refuse_strangers(reader, folder, _SCENARIO_FILES, _SCENARIO_FOLDERS)
    solution = optional_script(reader, folder, "solution.txt")
    return ScenarioDraft(
        slug,
        lesson,
        *found,
        start_files(reader, f"{folder}/start"),
        optional_script(reader, folder, "start.txt"),
        {**({"solution": solution} if solution else {}), **scripts(reader, f"{folder}/solutions")},
        scripts(reader, f"{folder}/traps"),
    )


def read_world(reader: Reader, lesson: str, slug: str, found: tuple[Document, BaseWorld]) -> WorldDraft:
    folder = f"{lesson}/{WORLDS}/{slug}"
    refuse_strangers(reader, folder, {"world.yaml", "start.txt"}, {"start"})
    files = start_files(reader, f"{folder}/start")
    return WorldDraft(slug, *found, files, optional_script(reader, folder, "start.txt"))
