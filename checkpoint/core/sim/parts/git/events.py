"""What happens with git, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


@dataclass(frozen=True, slots=True)
class Committed(Event):
    """`hooks` is ran, bypassed, absent or off; `secrets` are paths in it that hold one."""

    kind: ClassVar[str] = "git.commit"
    commit: str
    branch: str
    subject: str
    hooks: str
    files: tuple[str, ...]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitRefused(Event):
    """A hook ended the commit."""

    kind: ClassVar[str] = "git.commit-refused"
    hook: str


@dataclass(frozen=True, slots=True)
class Pushed(Event):
    """`result` is accepted, rejected or up-to-date; `reason` says why it was refused.

    `secrets` are paths at which a commit that the other side didn't have holds one, whatever the result.
    """

    kind: ClassVar[str] = "git.push"
    url: str
    ref: str
    result: str
    reason: str = ""
    forced: bool = False
    old: str = ""
    new: str = ""
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewritten(Event):
    """History was rewritten: amend, rebase, reset, filter-branch, filter-repo."""

    kind: ClassVar[str] = "git.rewrite"
    by: str
    old: str
    new: str
