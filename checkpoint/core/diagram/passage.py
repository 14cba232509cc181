"""How a change went along the line, to be drawn into it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a change came to, and what each guardrail did."""

    reached: str = ""
    """The last stage that it came to."""
    bad: bool = False
    """Whether what flows does harm."""
    gates: tuple[tuple[str, str], ...] = ()
    """A guardrail and how its gate is drawn: on, off, idle, caught, or acted: caught elsewhere than at it."""
    hit: tuple[str, ...] = ()
    """Stages that came to harm."""
    around: str = ""
    """What to write at a way around the line; empty for none."""

    @property
    def caught(self) -> str:
        return next((slug for slug, state in self.gates if state == "caught"), "")
