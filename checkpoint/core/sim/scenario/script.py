"""Recorded lines as text: solutions, traps, what happened before the learner came, what others do.

```
# A comment.
$ git commit -m "Raise the limit"
$ cat > note.txt <<'EOF'
a here-document stands under its line
EOF
@save ~/platform/app.yaml
the editor's whole text
@end
@wait 61m
@as dana
```
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.durations import seconds_in

LEARNER = "learner"
"""The name under which `@as` gives the keyboard back."""


class ScriptError(ValueError):
    """A line that is no step; `line` counts from 1."""

    def __init__(self, line: int, what: str, cure: str) -> None:
        super().__init__(f"line {line}: {what}; {cure}")
        self.line, self.what, self.cure = line, what, cure


@dataclass(frozen=True, slots=True)
class Scripted:
    """A step, who takes it, and its line in the script."""

    step: Step
    who: str = LEARNER
    line: int = 0


def steps_of(text: str) -> tuple[Scripted, ...]:
    """The steps of a script. Raises ScriptError."""
    return tuple(_Script(text.splitlines()).steps())


class _Script:
    def __init__(self, lines: list[str]) -> None:
        self.lines, self.at = lines, 0

    def steps(self) -> Iterator[Scripted]:
        who = LEARNER
        while self.at < len(self.lines):
            number, line = self.at + 1, self.lines[self.at]
            self.at += 1
            if line.startswith("@as "):
                who = line[4:].strip()
            elif line.strip() and not line.startswith("#"):
                yield Scripted(self._step(number, line), who, number)

    def _step(self, number: int, line: str) -> Step:
        if line.startswith("$ "):
            return Step("run", line[2:] + self._continued(line))
        if line.startswith("@save "):
            return Step("write", path=line[6:].strip(), content=self._up_to("@end", number))
        if line.startswith("@wait "):
            return Step("wait", seconds=_seconds(number, line[6:]))
        cure = "begin it with `$ `, `@save PATH`, `@wait TIME` or `@as NAME`"
        raise ScriptError(number, f"`{line[:40]}` is no step", cure)

    def _continued(self, line: str) -> str:
        """What belongs to a typed line: the text of its here-document."""
        word = _here_document(line)
        return "\n" + self._up_to(word, self.at) + word if word else ""

    def _up_to(self, end: str, number: int) -> str:
        taken: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if line.strip() == end:
                return "".join(f"{one}\n" for one in taken)
            taken.append(line)
        raise ScriptError(number, f"nothing ends what begins here with `{end}`", f"write a line `{end}`")


def _here_document(line: str) -> str:
    """The word that ends a line's here-document, or nothing."""
    _, mark, behind = line.partition("<<")
    if not mark or behind.startswith("<"):
        return ""
    words = behind.lstrip("-").split()
    return words[0].split(">")[0].split("|")[0].split(";")[0].strip("'\"") if words else ""


def _seconds(number: int, text: str) -> int:
    try:
        return seconds_in(text)
    except ValueError as error:
        what, _, cure = str(error).partition("; ")
        raise ScriptError(number, what, cure) from None
