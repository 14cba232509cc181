"""How much of anything one run may use. No wall clock: the same lines end at the same place for ever."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from checkpoint.core.sim.errors import Exhausted

LINE = 8 * 1024
"""Characters of a typed line, without its here-documents."""
HERE_DOCUMENT = 64 * 1024
FILE = 256 * 1024
"""Bytes of one file."""
FILES = 1_000
"""Files and folders, those inside `.git` not counted."""
FILE_SYSTEM = 4 * 1024 * 1024
"""Bytes of all files together, objects of repositories included."""
PATH = 4_096
NAME = 255
DEPTH = 32
"""Folders inside each other."""
STEPS = 10_000
"""Commands and turns of loops that one line may cost."""
WORK = 1_000_000
"""What one line may cost in looks at files, matches and lines compared; a quarter of a microsecond each."""
_STEP = 30
"""Work that goes with each step."""
TURNS = 1_000
"""Turns of one loop."""
NESTING = 50
"""Lists, substitutions and groups inside each other."""
STAGES = 20
"""Commands of one pipeline."""
OUTPUT = 64 * 1024
"""Characters that one line prints."""
WORDS = 1_000
"""Words that braces or a pattern become."""
VALUE = 64 * 1024
"""Characters of one word after expansion, and of a variable's value."""
VARIABLES = 256 * 1024
"""Characters of all variables together; there are at most as many of them as words."""
FUNCTIONS = 100
HISTORY = 64 * 1024
"""Characters of typed lines that `history` remembers."""
COMMITS = 200
OBJECTS = 2_000
"""Of one run, those of the start and of other people not counted."""
AGE_KEYS = 10
"""That `age-keygen` makes in one run, those of the start and of other people not counted."""
YAML = 64 * 1024
YAML_DEPTH = 40
SNAPSHOT = 32 * 1024 * 1024
"""Characters of a stored world; one at all the other limits takes less."""
HCL = 32 * 1024
HCL_DEPTH = 40
JOBS, RUNS = 6, 30
"""Jobs of a workflow file, and runs of such files in a session."""
JOB_WORK = 2 * WORK // 5
"""Work for all steps of one job on the forge's runner: a sleep may see many of them."""


@dataclass(slots=True)
class Budget:
    """What is left of a line's steps and output; shared by everything that the line starts."""

    steps: int = STEPS
    work: int = WORK
    output: int = OUTPUT
    nesting: int = 0
    cut: bool = False
    """Whether output was left out because there was too much of it."""

    def step(self, count: int = 1) -> None:
        self.steps -= count
        if self.steps < 0:
            raise Exhausted(f"stopped after {STEPS:,} steps")
        self.spend(count * _STEP)

    def spend(self, work: int) -> None:
        self.work -= work
        if self.work < 0:
            raise Exhausted("stopped: that is too much work for one line")

    def room_for(self, text: str) -> str:
        """The part of `text` that may still be printed."""
        if len(text) > self.output:
            self.cut = True
        kept = text[: max(0, self.output)]
        self.output -= len(kept)
        return kept

    def deeper(self) -> None:
        self.nesting += 1
        if self.nesting > NESTING:
            raise Exhausted(f"stopped at {NESTING} commands inside each other")

    def back(self) -> None:
        self.nesting -= 1


_RUNNING: ContextVar[Budget | None] = ContextVar("running", default=None)
"""The budget of the line that this thread runs."""


@contextmanager
def charged(budget: Budget) -> Iterator[None]:
    """What is spent inside is taken from this budget."""
    token = _RUNNING.set(budget)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def spend(work: int) -> None:
    """Charge the line that runs, if one does, for work that is no step, whether a cache helps or not."""
    budget = _RUNNING.get()
    if budget is not None:
        budget.spend(work)


Value = TypeVar("Value")
_PLENTY = 10**12


def metered(make: Callable[[], Value]) -> tuple[Value, int]:
    """What a function gives and the work that it was, which is charged to nobody yet."""
    meter = Budget(work=_PLENTY)
    with charged(meter):
        value = make()
    return value, _PLENTY - meter.work
