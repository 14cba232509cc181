"""Runs that a pull request asks for: the workflow files of what merging it would make, each job a check."""

from dataclasses import replace

from checkpoint.core.sim.parts.forge import Check, Forge, Job, Pull, WorkflowRun
from checkpoint.core.sim.parts.forge.merges import merge_ref
from checkpoint.core.sim.parts.forge.workflows import BadWorkflow, Workflow, workflow_at
from checkpoint.core.sim.parts.git.repository import Repository

EVENT = "pull_request"
SKIPPING = ("[skip ci]", "[ci skip]", "[no ci]")
"""In a commit's message; source: docs.github.com, "Skipping workflow runs"."""


def asked_for(forge: Forge, repo: Repository, pull: Pull, merge: str, clock: int) -> tuple[Forge, Pull]:
    """The forge with the runs for a pull request's head, and the pull request with their checks pending.

    They run on `merge`, the head merged into its base; where that can't be made, nothing runs. A file that
    can't be read gives a run that failed and no check.
    """
    if not merge or any(mark in repo.commit(pull.sha).message for mark in SKIPPING):
        return forge, pull
    for one in forge.jobs:
        if not one.file:
            continue
        run = WorkflowRun(
            forge.next_run(),
            one.workflow,
            pull.title,
            pull.head,
            pull.sha,
            EVENT,
            by=pull.author,
            started=clock,
            merge=merge,
            ref=merge_ref(pull.number),
        )
        try:
            found = workflow_at(repo, merge, one.file)
        except BadWorkflow:
            forge = forge.having_run(replace(run, conclusion="failure"))
            continue
        if found is not None and found.starts_on(EVENT, pull.base, list(pull.files)):
            forge = forge.having_run(_requested(run, found, one.file))
            pull = replace(pull, checks=(*pull.checks, *_checks(forge, found, run.id)))
    return forge, pull


def _requested(run: WorkflowRun, found: Workflow, file: str) -> WorkflowRun:
    jobs = tuple(Job(run.id * 10 + n, job.name, "queued", "") for n, job in enumerate(found.jobs, start=1))
    return replace(run, workflow=found.name, status="requested", jobs=jobs, group=found.group, file=file)


def _checks(forge: Forge, found: Workflow, run: int) -> tuple[Check, ...]:
    return tuple(Check(job.name, found.name, "", run, job.name in forge.rules.contexts) for job in found.jobs)


def with_verdicts(forge: Forge, run: WorkflowRun) -> Forge:
    """Checks that stand for a run's jobs say how those have ended; one that runs again is pending again."""
    ends = {job.name: job.conclusion.upper() if job.status == "completed" else "" for job in run.jobs}
    for pull in forge.pulls:
        if any(check.run == run.id for check in pull.checks):
            checks = (
                replace(check, conclusion=ends.get(check.name, "")) if check.run == run.id else check
                for check in pull.checks
            )
            forge = forge.having(replace(pull, checks=tuple(checks)))
    return forge
