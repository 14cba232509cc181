"""`--jq` of gh: what is asked of an answer of the forge, in jq's language.

gh has gojq inside and prints what it gives as go-gh's pkg/jq/jq.go does: texts as they are, nothing for null,
fractions with two digits, and everything else as JSON in one line.
"""

import json
from typing import Any

from checkpoint.core.sim.commands.jq.functions import JqError, Value, described, kind_of
from checkpoint.core.sim.commands.jq.language import BadProgram, read
from checkpoint.core.sim.commands.jq.running import Runner, Source
from checkpoint.core.sim.errors import Exhausted, Told
from checkpoint.core.sim.process import Process


class _GoRunner(Runner):
    """Complains about a step that leads nowhere in gojq's words."""

    def at(self, inside: Value, key: Value) -> Value:
        wanted = {"string": ("object", "an object"), "number": ("array", "an array")}.get(kind_of(key))
        if wanted and inside is not None and kind_of(inside) != wanted[0]:
            raise JqError(f"expected {wanted[1]} but got: {described(inside)}")
        return super().at(inside, key)


def printed(process: Process, expression: str, value: Any) -> None:
    """Print what an expression gives for a value. Raises Told for one that can't be read or followed."""
    ordered = json.loads(json.dumps(value, sort_keys=True))  # Go's maps are told in the order of their keys
    try:
        program = read(expression)
        runner = _GoRunner(process.budget, {}, source=Source(iter(()), process.environment, process.clock))
        for found in runner.run(program, ordered):
            process.line(_told(found))
    except (BadProgram, JqError) as error:
        raise Told(error.message.replace("Cannot iterate over ", "cannot iterate over: ")) from None
    except RecursionError:
        raise Exhausted("a value nests too deep") from None


def _told(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.2f}"
    return go_json(value)


def go_json(value: Any) -> str:
    """JSON in one line, as Go's encoding/json writes it."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
