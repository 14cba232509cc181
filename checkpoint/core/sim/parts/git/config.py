"""Git's configuration files: sections, names and values, written back without disturbing the rest."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Setting:
    """`section.name` or `section.subsection.name`, section and name in lower case."""

    key: str
    value: str


_SECTION = re.compile(r'^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)$')
_LINE = re.compile(r"^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$")


@lru_cache(maxsize=256)
def settings(text: str) -> tuple[Setting, ...]:
    """Every setting in the order of the file."""
    found: list[Setting] = []
    section = ""
    for line in text.split("\n"):
        match = _SECTION.match(line)
        if match:
            section = match[1].lower() + (f".{_unquoted(match[2])}" if match[2] is not None else "")
            continue
        match = (
            _LINE.match(line.split(" #")[0].split(" ;")[0])
            if not line.lstrip().startswith(("#", ";"))
            else None
        )
        if match and section:
            found.append(Setting(f"{section}.{match[1].lower()}", _value(match[2])))
    return tuple(found)


def _value(text: str | None) -> str:
    if text is None:
        return "true"
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _unquoted(text[1:-1])
    return text


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def normal(key: str) -> str:
    """The key as settings are compared: section and name in lower case, subsection as it is."""
    head, _, name = key.rpartition(".")
    section, dot, subsection = head.partition(".")
    return f"{section.lower()}{dot}{subsection}.{name.lower()}"


def with_setting(text: str, key: str, value: str) -> str:
    """The file with one setting changed or added at the end of its section."""
    head, _, name = key.rpartition(".")
    section, _, subsection = head.partition(".")
    title = f'[{section} "{subsection}"]' if subsection else f"[{section}]"
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    start, end, place = _section_at(lines, normal(key).rpartition(".")[0], name.lower())
    made = f"\t{name} = {value}"
    if place >= 0:
        lines[place] = made
    elif start >= 0:
        lines.insert(end, made)
    else:
        lines += [title, made]
    return "\n".join(lines) + "\n"


def _section_at(lines: list[str], section: str, name: str) -> tuple[int, int, int]:
    """(line of the section, line behind its end, line of the name); -1 where there is none."""
    start = end = place = -1
    inside = False
    for number, line in enumerate(lines):
        match = _SECTION.match(line)
        if match:
            title = match[1].lower() + (f".{_unquoted(match[2])}" if match[2] is not None else "")
            inside = title == section
            if inside:
                start, end = number, number + 1
        elif inside:
            end = number + 1
            found = _LINE.match(line)
            if found and found[1].lower() == name:
                place = number
    return start, end, place


def without_setting(text: str, key: str) -> str:
    head, _, name = normal(key).rpartition(".")
    lines = text.split("\n")
    start, end, place = _section_at(lines, head, name)
    if place >= 0:
        del lines[place]
        if end - start == 2:
            del lines[start]
    return "\n".join(lines)


def without_section(text: str, section: str) -> str:
    """The file without a section such as `remote.origin`."""
    out, inside = [], False
    for line in text.split("\n"):
        match = _SECTION.match(line)
        if match:
            title = match[1].lower() + (f".{_unquoted(match[2])}" if match[2] is not None else "")
            inside = title == section
        if not inside:
            out.append(line)
    return "\n".join(out)
