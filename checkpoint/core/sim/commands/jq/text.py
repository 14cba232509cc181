"""Values as JSON text, laid out as jq does, and never longer than a line may print."""

import json
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted


def told(value: Any, *, indent: int | None = 2, tab: bool = False, keys_sorted: bool = False) -> str:
    """JSON text; with `indent` None on one line without blanks.

    >>> told({"a": [1, None]}, indent=None)
    '{"a":[1,null]}'
    """
    parts: list[str] = []
    _Writer(parts, "\t" if tab else " " * (indent or 0), indent is None and not tab, keys_sorted).write(
        value, 0
    )
    return "".join(parts)


class _Writer:
    def __init__(self, parts: list[str], step: str, compact: bool, keys_sorted: bool) -> None:
        self.parts, self.step, self.compact, self.keys_sorted = parts, step, compact, keys_sorted
        self.size = 0

    def say(self, text: str) -> None:
        self.size += len(text)
        if self.size > limits.OUTPUT:
            raise Exhausted(f"a value is told in at most {limits.OUTPUT // 1024} KB")
        self.parts.append(text)

    def write(self, value: Any, level: int) -> None:
        if isinstance(value, dict):
            keys = sorted(value) if self.keys_sorted else list(value)
            colon = ":" if self.compact else ": "
            self.inside("{}", [(_quoted(key) + colon, value[key]) for key in keys], level)
        elif isinstance(value, list):
            self.inside("[]", [("", one) for one in value], level)
        else:
            self.say(_quoted(value) if isinstance(value, str) else _plain(value))

    def inside(self, brackets: str, rows: list[tuple[str, Any]], level: int) -> None:
        if not rows:
            self.say(brackets)
            return
        self.say(brackets[0])
        for place, (lead, one) in enumerate(rows):
            if place:
                self.say(",")
            self.say(("" if self.compact else "\n" + self.step * (level + 1)) + lead)
            self.write(one, level + 1)
        self.say(("" if self.compact else "\n" + self.step * level) + brackets[1])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(value: Any) -> str:
    if isinstance(value, float):
        if value != value:
            return "null"
        if value.is_integer() and abs(value) < 1e17:
            return str(int(value))
        return repr(max(-1.7976931348623157e308, min(1.7976931348623157e308, value)))
    return json.dumps(value) if abs(value or 0) < 1e17 else repr(float(value))
