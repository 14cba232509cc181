"""Runs that follow a workflow file: which job starts, waits for its reviewers, or is passed over."""

from dataclasses import replace

from checkpoint.core.sim.actors import Due, plan
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Forge, Job, WorkflowRun
from checkpoint.core.sim.parts.forge.asking import EVENT, with_verdicts
from checkpoint.core.sim.parts.forge.events import Waiting
from checkpoint.core.sim.parts.forge.expressions import Known, holds
from checkpoint.core.sim.parts.forge.workflows import PlannedJob, Workflow, workflow_at
from checkpoint.core.sim.parts.git.hosting import Server
from checkpoint.core.sim.world import World

RUNNER = "runner"
"""The actor that does the jobs."""
GUARDRAIL = "plan-approve-apply"
OVER = "completed"


def workflow_of_run(world: World, run: WorkflowRun) -> Workflow:
    """What a run follows: its file as it was at the run's commit."""
    worlds = [world]
    repo = Server(lambda: worlds[-1], worlds.append).repository(world.part(Forge).repo)
    found = workflow_at(repo, run.commit, run.file) if repo is not None else None
    if found is None:
        raise SimError(f"{run.file} isn't there any more")
    return found


def known_to(world: World, run: WorkflowRun, *, succeeded: bool = True, failed: bool = False) -> Known:
    """What expressions may read in a run."""
    forge = world.part(Forge)
    names = {
        "github.event_name": run.event,
        "github.ref": run.full_ref,
        "github.ref_name": run.full_ref.split("/", 2)[2],
        "github.event.repository.default_branch": forge.base,
        "github.sha": run.commit,
        "github.actor": run.by,
        "github.repository": forge.repo,
        "github.workflow": run.workflow,
        "github.run_id": str(run.id),
    }
    return Known(names, succeeded, failed)


def advanced(world: World, number: int) -> tuple[World, list[Event]]:
    """Let a run go on as far as it can at this moment, and the one behind it once this one is over."""
    run = world.part(Forge).run(number)
    if run is None or not run.file or run.status == OVER:
        return world, []
    if run.status == "pending" and _holder(world.part(Forge), run) is not None:
        return world, []
    follows = workflow_of_run(world, run)
    events: list[Event] = []
    for planned in follows.jobs:
        world, happened = _considered(world, number, planned)
        events += happened
    world = _summed_up(world, number)
    if _run(world, number).status == OVER:
        world, more = _next_of_group(world, run.group)
        events += more
    return world, events


def queued(world: World) -> tuple[World, list[Event]]:
    """Take up the runs that a push asked for."""
    events: list[Event] = []
    for run in reversed(world.part(Forge).runs):
        if run.status == "requested":
            world, happened = _queued(world, replace(run, status="pending"))
            events += happened
    return world, events


def _queued(world: World, run: WorkflowRun) -> tuple[World, list[Event]]:
    """One that another one of its group is in the way of waits, and takes the place of
    the one that waited before it: there is one such place for each group."""
    forge = world.part(Forge)
    for one in forge.runs:
        if run.group and one.group == run.group and one.id != run.id and one.status == "pending":
            forge = forge.having_run(ended(one, "cancelled"))
    return advanced(world.having(forge.having_run(run)), run.id)


def ended(run: WorkflowRun, conclusion: str) -> WorkflowRun:
    """A run whose jobs end so, where they haven't ended yet."""
    jobs = tuple(
        job if job.status == OVER else replace(job, status=OVER, conclusion=conclusion) for job in run.jobs
    )
    return replace(run, status=OVER, conclusion=conclusion, jobs=jobs)


def after_end(world: World, run: WorkflowRun, conclusion: str) -> tuple[World, list[Event]]:
    """The world in which somebody ended a run, and what starts in its place."""
    world = world.having(world.part(Forge).having_run(ended(run, conclusion)))
    return _next_of_group(world, run.group)


def _run(world: World, number: int) -> WorkflowRun:
    found = world.part(Forge).run(number)
    assert found is not None  # noqa: S101
    return found


def _holder(forge: Forge, run: WorkflowRun) -> WorkflowRun | None:
    """The run of the same group that is in the way."""
    busy = (one for one in forge.runs if one.id != run.id and one.status not in (OVER, "pending"))
    return next((one for one in busy if run.group and one.group == run.group), None)


def _next_of_group(world: World, group: str) -> tuple[World, list[Event]]:
    waiting = [
        one for one in world.part(Forge).runs if group and one.group == group and one.status == "pending"
    ]
    return advanced(world, waiting[0].id) if waiting else (world, [])


def _considered(world: World, number: int, planned: PlannedJob) -> tuple[World, list[Event]]:
    """One job: it starts, waits, is passed over, or stays as it is."""
    run = _run(world, number)
    by_name = {job.name: job for job in run.jobs}
    job = by_name[planned.name]
    before = [by_name[name] for name in planned.needs if name in by_name]
    if job.status != "queued" or any(one.status != OVER for one in before):
        return world, []
    events: list[Event] = []
    if not _may_run(world, run, planned, before):
        job = replace(job, status=OVER, conclusion="skipped")
    elif _has_reviewers(world, planned) and not job.approved:
        world, job, events = _at_the_gate(world, run, job, planned)
    if job.status == "queued":
        job = replace(job, status="in_progress", ends=world.clock + CHECK_SECONDS)
        world = plan(world, Due(job.ends, RUNNER, f"{number} {job.name}"))
    return with_job(world, number, job), events


def _may_run(world: World, run: WorkflowRun, planned: PlannedJob, before: list[Job]) -> bool:
    succeeded = all(one.conclusion == "success" for one in before)
    failed = any(one.conclusion == "failure" for one in before)
    try:
        return holds(planned.condition, known_to(world, run, succeeded=succeeded, failed=failed))
    except SimError:
        return True  # and fails with the words of the error, as the runner reads it again


def _has_reviewers(world: World, planned: PlannedJob) -> bool:
    places = {one.name: one for one in world.part(Forge).environments}
    return planned.environment in places and bool(places[planned.environment].reviewers)


def _at_the_gate(
    world: World, run: WorkflowRun, job: Job, planned: PlannedJob
) -> tuple[World, Job, list[Event]]:
    about = f"run {run.id} waits for {planned.environment}"
    if GUARDRAIL in world.off:
        return world, job, [GuardrailActed(GUARDRAIL, "ci", "off", about)]
    job = replace(job, status="waiting", environment=planned.environment)
    waits = Waiting(run.id, planned.environment, run.by)
    return world, job, [waits, GuardrailActed(GUARDRAIL, "ci", "caught", about)]


def with_job(world: World, number: int, job: Job) -> World:
    run = _run(world, number)
    jobs = tuple(job if one.name == job.name else one for one in run.jobs)
    return world.having(world.part(Forge).having_run(replace(run, jobs=jobs)))


def _summed_up(world: World, number: int) -> World:
    """The run's own status, from its jobs'."""
    run = _run(world, number)
    states = {job.status for job in run.jobs}
    ends = {job.conclusion for job in run.jobs}
    if states == {OVER}:
        end = next((one for one in ("failure", "cancelled") if one in ends), "success")
        run = replace(run, status=OVER, conclusion=end)
    else:
        status = "in_progress" if "in_progress" in states else "waiting"
        run = replace(run, status=status, conclusion="")
    forge = world.part(Forge).having_run(run)
    return world.having(with_verdicts(forge, run) if run.event == EVENT else forge)
