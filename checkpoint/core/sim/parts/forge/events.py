"""What happens on the forge, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


@dataclass(frozen=True, slots=True)
class Opened(Event):
    kind: ClassVar[str] = "forge.opened"
    number: int
    head: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed(Event):
    """`state` is APPROVED, CHANGES_REQUESTED or COMMENTED; `accepted` false where the forge refused it."""

    kind: ClassVar[str] = "forge.review"
    number: int
    by: str
    state: str
    accepted: bool = True
    body: str = ""


@dataclass(frozen=True, slots=True)
class Commented(Event):
    """Somebody wrote below a pull request."""

    kind: ClassVar[str] = "forge.comment"
    number: int
    by: str
    body: str


@dataclass(frozen=True, slots=True)
class Merged(Event):
    """`bypassed`: by an administrator, against the rules; `lacking` says which."""

    kind: ClassVar[str] = "forge.merge"
    number: int
    by: str
    method: str
    result: str
    """merged | refused"""
    approvals: int = 0
    lacking: tuple[str, ...] = ()
    bypassed: bool = False


@dataclass(frozen=True, slots=True)
class Looked(Event):
    """Somebody read a pull request's change, checks or a run before deciding. `what` names it."""

    kind: ClassVar[str] = "forge.looked"
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class HeadMoved(Event):
    """A push gave a pull request another head; `dismissed` are the reviewers whose approvals fell."""

    kind: ClassVar[str] = "forge.head"
    number: int
    sha: str
    dismissed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approved(Event):
    """A waiting job was let go or rejected. `result` is approved, rejected or refused."""

    kind: ClassVar[str] = "forge.deployment"
    run: int
    environment: str
    by: str
    result: str


@dataclass(frozen=True, slots=True)
class RulesChanged(Event):
    """Somebody changed what a branch asks for. `contexts` are its required checks from now on."""

    kind: ClassVar[str] = "forge.rules"
    branch: str
    by: str
    contexts: tuple[str, ...]
    approvals: int
    enforce_admins: bool


@dataclass(frozen=True, slots=True)
class Forked(Event):
    """Somebody made a copy of the repository; `project` is its `owner/name`."""

    kind: ClassVar[str] = "forge.fork"
    owner: str
    project: str


@dataclass(frozen=True, slots=True)
class Started(Event):
    """A workflow was started or run again by hand."""

    kind: ClassVar[str] = "forge.run"
    run: int
    workflow: str
    by: str


@dataclass(frozen=True, slots=True)
class Waiting(Event):
    """A job came to an environment with reviewers and waits for one of them; `by` brought the run about."""

    kind: ClassVar[str] = "forge.waiting"
    run: int
    environment: str
    by: str


@dataclass(frozen=True, slots=True)
class Cancelled(Event):
    """A run was ended before it was over."""

    kind: ClassVar[str] = "forge.cancel"
    run: int
    by: str
