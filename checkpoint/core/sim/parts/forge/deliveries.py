"""What follows a push to the default branch: a plan, then an apply that waits for its reviewers."""

from dataclasses import replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Delivery, Forge, Job, WorkflowRun
from checkpoint.core.sim.parts.forge.checking import touches
from checkpoint.core.sim.parts.forge.events import Started
from checkpoint.core.sim.parts.forge.workflows import BadWorkflow, workflow_at
from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.objects import Commit
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
        if one.file:
            forge, happened = _requested(world, forge, repo, one, head, paths)
        elif not one.paths or touches(one.paths, paths):
            forge, happened = _started(world, forge, repo, one, head)
        else:
            continue
        events += happened
    return forge, events


def _skips(message: str) -> bool:
    return any(mark in message for mark in ("[skip ci]", "[ci skip]", "[no ci]"))


def _requested(
    world: World, forge: Forge, repo: Repository, one: Delivery, head: str, paths: list[str]
) -> tuple[Forge, list[Event]]:
    """A run of the workflow file as the push brought it; `running.queued` takes it up from there."""
    number, by = forge.next_run(), _author(forge, repo.commit(head))
    subject, now = repo.commit(head).subject, world.clock
    run = WorkflowRun(
        number, one.workflow, subject, forge.base, head, "push", by=by, started=now, file=one.file
    )
    try:
        found = workflow_at(repo, head, one.file)
    except BadWorkflow:
        return forge.having_run(replace(run, conclusion="failure")), [Started(number, one.workflow, by)]
    if found is None or not found.starts_on("push", forge.base, paths):
        return forge, []
    if sum(bool(other.file) for other in forge.runs) >= limits.RUNS:
        return forge.having_run(replace(run, conclusion="failure")), [Started(number, found.name, by)]
    jobs = tuple(Job(number * 10 + n, job.name, "queued", "") for n, job in enumerate(found.jobs, start=1))
    run = replace(run, workflow=found.name, status="requested", jobs=jobs, group=found.group)
    return forge.having_run(run), [Started(number, found.name, by)]


def _author(forge: Forge, commit: Commit) -> str:
    """Who is meant by a commit's committer: whoever is signed in, or somebody of that name."""
    person = commit.committer
    own = forge.viewer in (person.name, person.email.partition("@")[0])
    return forge.viewer if own else person.name


def _started(
    world: World, forge: Forge, repo: Repository, one: Delivery, head: str
) -> tuple[Forge, list[Event]]:
    number, commit = forge.next_run(), repo.commit(head)
    by = _author(forge, commit)
    free = GUARDRAIL in world.off
    place = "" if free else one.environment
    jobs = (
        Job(number * 10 + 1, one.plan, "in_progress", ""),
        Job(number * 10 + 2, one.apply, "in_progress" if free else "queued", "", (), place),
    )
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
        world.clock,
        world.clock + CHECK_SECONDS,
        by,
    )
    result = "off" if free else "caught"
    about = f"run {number} waits for {one.environment}"
    return forge.having_run(run), [
        Started(number, one.workflow, by),
        GuardrailActed(GUARDRAIL, "ci", result, about),
    ]
