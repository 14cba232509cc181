"""What Flux does, for goals and debriefs."""

from dataclasses import dataclass
from typing import ClassVar

from checkpoint.core.sim.events import Event


@dataclass(frozen=True, slots=True)
class Reconciled(Event):
    """`by` is flux for an interval, else learner; `corrected` are the objects that had drifted.

    `reason` is the condition's, such as ReconciliationSucceeded, BuildFailed or HealthCheckFailed.
    """

    kind: ClassVar[str] = "flux.reconcile"
    cluster: str
    object: str
    revision: str
    ready: bool
    by: str = "learner"
    corrected: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suspended(Event):
    kind: ClassVar[str] = "flux.suspend"
    cluster: str
    object: str
    suspended: bool


@dataclass(frozen=True, slots=True)
class SecretDelivered(Event):
    """A Secret came from Git into the cluster; `encrypted` says how it stood in Git."""

    kind: ClassVar[str] = "flux.secret"
    cluster: str
    namespace: str
    name: str
    encrypted: bool
    by: str = ""
    """The Kustomization that applied it."""


@dataclass(frozen=True, slots=True)
class DecryptionFailed(Event):
    """A Kustomization can't open what Git holds. `why`: no-decryption, no-key, wrong-key or damaged."""

    kind: ClassVar[str] = "flux.decrypt-failed"
    cluster: str
    object: str
    secret: str
    why: str


@dataclass(frozen=True, slots=True)
class ImageScanned(Event):
    """A scan of the registry found other tags than before."""

    kind: ClassVar[str] = "flux.image-scan"
    cluster: str
    repository: str
    image: str
    tags: int


@dataclass(frozen=True, slots=True)
class ImageChosen(Event):
    """A policy selects another tag than before."""

    kind: ClassVar[str] = "flux.image"
    cluster: str
    policy: str
    image: str


@dataclass(frozen=True, slots=True)
class ImageWritten(Event):
    """An automation wrote what its policies chose into Git; `images` are the new values."""

    kind: ClassVar[str] = "flux.image-commit"
    cluster: str
    automation: str
    commit: str
    files: tuple[str, ...]
    branch: str = ""
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImagePushRefused(Event):
    """The git server refused an automation's push."""

    kind: ClassVar[str] = "flux.image-refused"
    cluster: str
    automation: str
    branch: str
    reason: str
