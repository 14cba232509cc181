"""What became of a change that was sent down the line."""

from typing import Literal

from checkpoint.core.values import Value

Did = Literal["passed", "unasked", "off", "caught", "unreached"]
"""Let it pass, wasn't asked, was switched off, caught it, or the change never came to it."""


class Act(Value):
    """One guardrail's part: where it acted, and what it said, if it did."""

    guardrail: str
    did: Did
    stage: str = ""
    line: str = ""
    """What was typed then."""
    about: str = ""
    """The guardrail's own word for it."""
    said: str = ""
    """How the terminal told it, where it caught the change."""
    refused: bool = False
    """It said no, rather than to make the change harmless without a word."""
    around: bool = False
    """It would have been asked, and was gone around."""


class Typed(Value):
    """A line, the stage at which it was typed, and what came of it."""

    model_config = {**Value.model_config, "str_strip_whitespace": False}

    at: str
    line: str
    code: int
    output: str = ""


class Sent(Value):
    """A change, the guardrails that were off, and how far it came."""

    change: str
    off: tuple[str, ...]
    arrived: bool
    reached: str
    """The last stage that it came to."""
    around: bool
    """It never entered the line: kubectl or Terraform from a laptop wrote what it is about."""
    caught_by: str = ""
    """The guardrail that kept it from arriving; empty for none."""
    undone: bool = False
    """What it did was there, and was put back."""
    stopped: str = ""
    """Where no guardrail caught it and it didn't arrive: what a tool said."""
    acts: tuple[Act, ...]
    """In line order."""
    typed: tuple[Typed, ...]
    asked: tuple[str, ...]
    """Guardrails that left a trace. Switching off another one changes nothing."""
