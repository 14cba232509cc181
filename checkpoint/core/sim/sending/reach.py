"""How far a change came: read from what happened, never from what was typed."""

from collections.abc import Iterator, Sequence

from checkpoint.core.sim.events import Event, Other
from checkpoint.core.sim.scenario.seen import Logged
from checkpoint.core.sim.scenario.session import Session

GIT, CI, REVIEW, FLUX, CLUSTER, AROUND = "git", "ci", "review", "flux", "cluster", "around"
WAITING = "DependencyNotReady"


def came_to(session: Session, stages: Sequence[str], typed_at: Sequence[str]) -> tuple[str, bool]:
    """The last stage that a change came to, and whether it went around the line to get there.

    `typed_at`: the stages at which its lines were typed.
    """
    found = [*typed_at, *_stages(session)]
    if AROUND in found and CLUSTER in stages:
        return CLUSTER, True
    return max((one for one in found if one in stages), key=stages.index, default=stages[0]), False


def _stages(session: Session) -> Iterator[str]:
    inside = False
    """Whether the change is on the default branch by now."""
    for one in session.now.log.every():
        inside = inside or gets_in(one)
        yield from _stage_of(one, inside)


def _stage_of(one: Logged, inside: bool) -> Iterator[str]:
    event = bare(one.event)
    mine = not isinstance(one.event, Other)
    if event.kind == "git.push" and mine and _is(event, result="accepted"):
        yield GIT
    elif event.kind == "forge.opened":
        yield CI
    elif event.kind == "forge.review" and _is(event, accepted=True):
        yield REVIEW
    elif mine and writes_by_hand(event):
        yield CLUSTER if inside else AROUND
    elif inside and event.kind == "kube.write" and _is(event, path="flux", changed=True):
        yield CLUSTER
    elif inside and (event.kind == "flux.image-commit" or unready(event)):
        yield FLUX


def gets_in(one: Logged) -> bool:
    """Whether something came to the default branch by this."""
    event = bare(one.event)
    if event.kind == "forge.merge":
        return _is(event, result="merged")
    return event.kind == "git.push" and _is(event, result="accepted", ref="refs/heads/main")


def writes_by_hand(event: Event) -> bool:
    """Somebody changed a cluster with kubectl, or infrastructure with Terraform."""
    if event.kind == "terraform.apply":
        return _is(event, result="applied") and not _is(event, via="pipeline")
    return event.kind == "kube.write" and _is(event, path="direct", changed=True)


def unready(event: Event) -> bool:
    """Flux couldn't build or apply what Git says; waiting for something else is no answer."""
    return event.kind == "flux.reconcile" and _is(event, ready=False) and not _is(event, reason=WAITING)


def bare(event: Event) -> Event:
    """What was done, whoever did it."""
    return event.event if isinstance(event, Other) else event


def _is(event: Event, **facts: object) -> bool:
    return all(getattr(event, name, None) == wanted for name, wanted in facts.items())
