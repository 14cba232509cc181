"""What follows a push to the default branch: a plan, then an apply that waits for its reviewers."""

from dataclasses import replace

from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Delivery, Forge, Job, WorkflowRun
from checkpoint.core.sim.parts.forge.checking import touches
from checkpoint.core.sim.parts.forge.events import Started
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.world import World

GUARDRAIL = "plan-approve-apply"


def delivered(world: World, forge: Forge, repo: Repository) -> tuple[Forge, list[Event]]:
    """Take up a push to the default branch. What stood there when nobody had looked yet starts nothing."""
    head = repo.ref(f"refs/heads/{forge.base}")
    if head is None or head == forge.seen:
        return forge, []
    before, forge = forge.seen, replace(forge, seen=head)
    if not before or repo.find(before) is None or _skips(repo.commit(head).message):
        return forge, []
    paths = [one.path for one in between(files_at(repo, before), files_at(repo, head))]
    events: list[Event] = []
    for one in forge.deliveries:
        if not one.paths or touches(one.paths, paths):
            forge, happened = _started(world, forge, repo, one, head)
            events += happened
    return forge, events


def _skips(message: str) -> bool:
    return any(mark in message for mark in ("[skip ci]", "[ci skip]", "[no ci]"))


def _started(
    world: World, forge: Forge, repo: Repository, one: Delivery, head: str
) -> tuple[Forge, list[Event]]:
    number, commit = forge.next_run(), repo.commit(head)
    person = commit.committer
    own = forge.viewer in (person.name, person.email.partition("@")[0])
    by = forge.viewer if own else person.name
    free = GUARDRAIL in world.off
    place = "" if free else one.environment
    jobs = (
        Job(number * 10 + 1, one.plan, "in_progress", ""),
        Job(number * 10 + 2, one.apply, "in_progress" if free else "queued", "", (), place),
    )
    pushed = min(world.clock, commit.committer.time)
    run = WorkflowRun(
        number,
        one.workflow,
        commit.subject,
        forge.base,
        head,
        "push",
        "in_progress",
        "",
        jobs,
        pushed,
        pushed + CHECK_SECONDS,
        by,
    )
    result = "off" if free else "caught"
    about = f"run {number} waits for {one.environment}"
    return forge.having_run(run), [
        Started(number, one.workflow, by),
        GuardrailActed(GUARDRAIL, "ci", result, about),
    ]
