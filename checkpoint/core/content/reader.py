"""The only place that reads content files and YAML; every failure becomes a Problem with its line."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from checkpoint.core.content.types import Problem

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]")
KeyPath = tuple[str | int, ...]

MAX_TEXT = 512 * 1024
MAX_DEPTH = 20
MAX_VALUES = 20_000
"""Values of one YAML file after its aliases are written out: enough for any course, too few for a bomb."""


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data from YAML, and the line on which each key or list item stands."""

    path: str
    data: object
    lines: Mapping[KeyPath, int]
    first_line: str
    start: int

    def line(self, path: KeyPath = ()) -> int:
        """The line of a key, or of the nearest key around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.start)

    def texts(self) -> Iterator[tuple[KeyPath, str]]:
        """Every text in the data with its key path."""
        return _texts((), self.data)


def _texts(path: KeyPath, data: object) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts((*path, key), value)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts((*path, number), value)


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown file: its front matter, its body, and the body's first line."""

    facts: Document
    body: str
    line: int


class RefusedError(Exception):
    """A file that cannot be used; becomes one Problem."""

    def __init__(self, line: int, what: str, cure: str) -> None:
        super().__init__(what)
        self.line, self.what, self.cure = line, what, cure


@dataclass
class Reader:
    """Reads one course folder and remembers what it read and what was wrong with it."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    _digests: dict[str, str] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        """A file's name as authors see it, with the course folder."""
        return f"{self.root.name}/{name}" if name else self.root.name

    def report(self, name: str, line: int, what: str, cure: str) -> None:
        self.problems.append(Problem(self.shown(name), line, what, cure))

    def names(self, folder: str, folders: bool = False) -> list[str]:
        """Names of the files (or folders) in a folder, sorted, without hidden ones."""
        place = self.root / folder
        if not place.is_dir():
            return []
        found = (entry for entry in place.iterdir() if not _is_aside(entry.name))
        return sorted(entry.name for entry in found if entry.is_dir() == folders)

    def yaml(self, name: str) -> Document | None:
        """The data of a YAML file, or None with the problem reported."""
        try:
            return read_yaml(self.shown(name), self._text(name))
        except RefusedError as refused:
            self.report(name, refused.line, refused.what, refused.cure)
            return None

    def text(self, name: str) -> str | None:
        """A file's text, or None with the problem reported."""
        try:
            return self._text(name)
        except RefusedError as refused:
            self.report(name, refused.line, refused.what, refused.cure)
            return None

    def prose(self, name: str) -> Prose | None:
        """Front matter and body of a Markdown file, or None with the problem reported."""
        try:
            return read_prose(self.shown(name), self._text(name))
        except RefusedError as refused:
            self.report(name, refused.line, refused.what, refused.cure)
            return None

    def content(self, name: str, limit: int) -> bytes | None:
        """A file's bytes, or None with the problem reported."""
        try:
            return self._bytes(name, limit)
        except RefusedError as refused:
            self.report(name, refused.line, refused.what, refused.cure)
            return None

    def fingerprint(self) -> str:
        """Changes exactly when a file that was read has changed."""
        listing = "\n".join(f"{name} {digest}" for name, digest in sorted(self._digests.items()))
        return hashlib.sha256(listing.encode()).hexdigest()[:16]

    def _text(self, name: str) -> str:
        return decode(self._bytes(name, MAX_TEXT))

    def _bytes(self, name: str, limit: int) -> bytes:
        place = self.root / name
        if place.is_dir():
            raise RefusedError(1, "a folder stands where a file should be", "move it away and write the file")
        try:
            with place.open("rb") as file:
                content = file.read(limit + 1)
        except FileNotFoundError:
            lone = place.parent != self.root and place.parent.is_dir()
            cure = "write it, or delete its folder" if lone else "write it, or take its name off the list"
            raise RefusedError(1, "the file is missing", cure) from None
        except OSError as error:
            raise RefusedError(
                1, f"the file can't be read ({error.strerror})", "mend its permissions"
            ) from None
        if len(content) > limit:
            raise RefusedError(1, f"the file is larger than {limit // 1024} KiB", "shorten or split it")
        self._digests[name] = hashlib.sha256(content).hexdigest()
        return content


def stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file of a course: differs when one was added, changed or removed."""
    marks = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not _is_aside(name)]
        for name in (name for name in files if not _is_aside(name)):
            with suppress(OSError):  # gone since it was listed: the next look sees it
                stat = (Path(folder) / name).stat()
                marks.append((f"{folder}/{name}", stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(marks))


def _is_aside(name: str) -> bool:
    """Hidden files and what editors leave beside the file being edited."""
    return name.startswith((".", "#")) or name.endswith("~")


def decode(content: bytes) -> str:
    """Text of UTF-8 bytes with plain newlines; refuses anything an editor would not show."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RefusedError(line, "not UTF-8 text", "save the file as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = _UNSHOWABLE.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise RefusedError(line, f"the character U+{ord(odd[0]):04X} can't be shown", "delete it")
    if not text.strip():
        raise RefusedError(1, "the file is empty", "write its content or delete the file")
    return text


def read_prose(path: str, text: str) -> Prose:
    """Split a Markdown file into its front matter and its body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise RefusedError(1, "the file has no front matter", "begin it with a line `---`")
    for end, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            facts = read_yaml(path, "\n".join(lines[1:end]), offset=1)
            return Prose(facts, "\n".join(lines[end + 1 :]), end + 2)
    raise RefusedError(1, "the front matter is never closed", "end it with a line `---`")


def read_yaml(path: str, text: str, offset: int = 0) -> Document:
    """Read YAML that starts after `offset` lines of its file."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise RefusedError(number + offset, "a tab indents this line", "indent with spaces")
    builder = _Builder(text, offset)
    data = builder.build()
    return Document(path, data, builder.lines, text.split("\n")[0], 1 + offset)


@dataclass(slots=True)
class _Open:
    """A list or mapping being read; `key` waits for its value."""

    data: list[object] | dict[str, object]
    path: KeyPath
    anchor: str | None
    size: int = 1
    key: str | None = None
    line: int = 0


class _Builder:
    """Builds data from YAML events: no recursion, no tags, no duplicate keys, few aliases."""

    def __init__(self, text: str, offset: int) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._offset = offset
        self._loader = _Loader(text)
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self._result: object = None
        self._count = 0

    def build(self) -> object:
        try:
            return self._run()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 + self._offset if mark else 1
            raise RefusedError(line, f"not valid YAML: {_reason(error)}", _yaml_cure(error)) from None
        except (yaml.YAMLError, ValueError) as error:
            raise RefusedError(1 + self._offset, f"not valid YAML: {error}", "mend it") from None
        finally:
            self._loader.dispose()

    def _run(self) -> object:
        documents = 0
        while (event := self._loader.get_event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second YAML document begins here", "keep one per file")
            else:
                self._take(event)
        return self._result

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._no_tag(event)
        holder = self._stack[-1] if self._stack else None
        if holder and isinstance(holder.data, dict) and holder.key is None:
            return self._begin_key(holder, event)
        value = self._value(event)
        self._add(event, value, 1)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        return None

    def _value(self, event: yaml.ScalarEvent) -> object:
        """The scalar as text, number, true or false; dates stay text."""
        resolve, construct = self._loader.resolve, self._loader.construct_object
        tag = resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        if tag.endswith((":timestamp", ":merge", ":value")):
            return event.value
        return construct(yaml.ScalarNode(tag, event.value))

    def _begin_key(self, holder: _Open, event: yaml.ScalarEvent) -> None:
        key, line = event.value, self._line(event)
        if key in holder.data:
            first = self.lines[(*holder.path, key)]
            self._refuse(event, f"the key `{key}` is here twice (first on line {first})", "keep one of them")
        holder.key, holder.line = key, line
        self.lines[(*holder.path, key)] = line

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            self._refuse(
                event, f"the alias `*{event.anchor}` stands for nothing finished", "write the value out"
            )
        value, size = self._anchors[event.anchor]
        self._add(event, value, size)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._no_tag(event)
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"nested more than {MAX_DEPTH} levels deep", "flatten it")
        data: list[object] | dict[str, object] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._stack.append(_Open(data, self._next_path(event), event.anchor))

    def _end(self, event: yaml.Event) -> None:
        done = self._stack.pop()
        if done.anchor:
            self._anchors[done.anchor] = (done.data, done.size)
        self._add(event, done.data, done.size, place=False)

    def _next_path(self, event: yaml.Event) -> KeyPath:
        """Where the value that begins now belongs; notes the line of a list item."""
        if not self._stack:
            return ()
        holder = self._stack[-1]
        if isinstance(holder.data, list):
            path = (*holder.path, len(holder.data))
            self.lines[path] = self._line(event)
            return path
        if holder.key is None:
            self._refuse(event, "a key is a list or a mapping", "write a plain word before the colon")
        return (*holder.path, str(holder.key))

    def _add(self, event: yaml.Event, value: object, size: int, place: bool = True) -> None:
        # what stands in a list or mapping that ends here has been counted where it stood
        self._count += size if place else 1
        if self._count > MAX_VALUES:
            self._refuse(event, f"holds more than {MAX_VALUES} values", "write fewer, without aliases")
        if not self._stack:
            self._result = value
            return
        holder = self._stack[-1]
        if place:
            self._next_path(event)
        holder.size += size
        if isinstance(holder.data, list):
            holder.data.append(value)
        else:
            holder.data[str(holder.key)] = value
            holder.key = None

    def _no_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self._refuse(event, f"the YAML tag `{event.tag}` isn't used here", "delete it, or quote the text")

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + 1 + self._offset

    def _refuse(self, event: yaml.Event, what: str, cure: str) -> NoReturn:
        raise RefusedError(self._line(event), what, cure)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands in its YAML text, in code points; `end` is after its last sign.

    `kind` is list, mapping, text or alias; `flow` says that it is written in brackets. `column` is that of
    its first item or key.
    """

    start: int
    end: int
    column: int
    kind: str
    flow: bool = False


def yaml_marks(text: str) -> Mapping[KeyPath, Mark]:
    """Where every value of a valid YAML text stands, for who changes a place and keeps all the rest."""
    loader = _Loader(text)
    try:
        return _Marker(text, loader).marks
    finally:
        loader.dispose()


class _Marker:
    """Walks the events of one document; a block's end is its last value's, comments after it left out."""

    def __init__(self, text: str, loader: "_Loader") -> None:
        self.marks: dict[KeyPath, Mark] = {}
        self._lines = [0, *(place.end() for place in re.finditer("\n", text))]
        self._events = iter(loader.get_event, None)
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                self._value((), event)

    def _value(self, path: KeyPath, event: yaml.Event) -> int:
        """Notes the value that begins with the event; gives its end."""
        start, end = self._place(event.start_mark), self._place(event.end_mark)
        column = event.start_mark.column if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
            end = max(end if event.flow_style else start, self._items(path, kind, bool(event.flow_style)))
            self.marks[path] = Mark(start, end, column, kind, bool(event.flow_style))
        else:
            kind = "alias" if isinstance(event, yaml.AliasEvent) else "text"
            self.marks[path] = Mark(start, end, column, kind)
        return end

    def _items(self, path: KeyPath, kind: str, flow: bool) -> int:
        end = 0
        for number, event in enumerate(self._events):
            if isinstance(event, yaml.CollectionEndEvent):
                return self._place(event.end_mark) if flow else end
            if kind == "list":
                end = self._value((*path, number), event)
            elif isinstance(event, yaml.ScalarEvent):
                end = self._value((*path, event.value), next(self._events))
        return end

    def _place(self, mark: Any) -> int:
        return self._lines[mark.line] + mark.column if mark else 0


def _reason(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


def _yaml_cure(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return 'put the text in "quotes" if it holds a colon, or mend the indentation'
    if "cannot start any token" in problem:
        return 'put the text in "quotes"'
    return "mend the indentation or put the text in quotes"
