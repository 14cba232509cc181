"""gh run for runs that follow a workflow file: their jobs' logs, what they left, and bringing them on."""

from dataclasses import replace

from checkpoint.core.sim.actors import Schedule, catch_up
from checkpoint.core.sim.commands.gh.base import Gh, ago
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.forge import Job, WorkflowRun
from checkpoint.core.sim.parts.forge.events import Looked
from checkpoint.core.sim.parts.forge.running import OVER, RUNNER, advanced, after_end
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def mark(status: str, conclusion: str) -> str:
    """The sign before a run, job or step."""
    if status != OVER:
        return "*"
    return {"success": "✓", "skipped": "-", "cancelled": "X", "neutral": "-"}.get(conclusion, "X")


# --- looking ------------------------------------------------------------------------------


def with_job(gh: Gh, word: str) -> tuple[WorkflowRun, Job]:
    """The run and job that `--job` means."""
    for run in gh.forge.runs:
        for job in run.now(gh.clock).jobs:
            if str(job.id) == word:
                return run.now(gh.clock), job
    url = f"{gh.api}repos/{gh.name}/actions/jobs/{word}"
    raise Told(f"failed to get job: HTTP 404: Not Found ({url})")


def viewed(gh: Gh, word: str) -> int:
    """gh run view --job."""
    run, job = with_job(gh, word)
    args = gh.args
    if args.has("--log") or args.has("--log-failed"):
        return logged(gh, run, (job,), only_failed=args.has("--log-failed"))
    gh.process.happened(Looked("run", run.id))
    line = gh.process.line
    line(f"\n{mark(run.status, run.conclusion)} {run.branch} {run.workflow} · {run.id}")
    line(f"Triggered via {run.event} {ago(gh.clock - run.started)}\n")
    took = " in 1m30s" if job.status == OVER and job.conclusion != "skipped" else ""
    line(f"{mark(job.status, job.conclusion)} {job.name}{took} (ID {job.id})")
    for name, end in job.steps:
        line(f"  {mark(OVER, end)} {name}")
    failed = "-failed" if job.conclusion == "failure" else ""
    what = "To see what failed" if failed else "To see the full job log"
    line(f"\n{what}, try: gh run view --log{failed} --job={job.id}")
    line(f"View this run on GitHub: https://github.com/{gh.name}/actions/runs/{run.id}")
    return 1 if args.has("--exit-status") and job.conclusion == "failure" else 0


def logged(gh: Gh, run: WorkflowRun, jobs: tuple[Job, ...], *, only_failed: bool) -> int:
    """The log of a run that is over, or of jobs that are. Raises Told for what still runs."""
    for job in jobs:
        if job.status != OVER:
            raise Told(f"job {job.id} is still in progress; logs will be available when it is complete")
    gh.process.happened(Looked("log", run.id))
    for job in jobs:
        wrong = {name for name, end in job.steps if end == "failure"}
        if job.log:
            for name, text in job.log:
                if not only_failed or name in wrong:
                    gh.process.line(f"{job.name}\t{name}\t{text}")
        else:
            _bare_log(gh, job, only_failed=only_failed)
    return 0


def _bare_log(gh: Gh, job: Job, *, only_failed: bool) -> None:
    """Of a job of which only its steps are known."""
    for name, end in job.steps:
        if end == "failure" or not only_failed:
            gh.process.line(f"{job.name}\t{name}\t##[group]{name}")
            if end == "failure":
                gh.process.line(f"{job.name}\t{name}\t##[error]Process completed with exit code 1.")


def download(process: Process, args: Args) -> int:
    """gh run download: what jobs left, each artifact into a folder of its name unless it was named."""
    gh = Gh(process, args)
    if not args.rest:
        raise Told("either a run ID or --name and --pattern are required when not running interactively")
    run = gh.forge.run(int(args.rest[0][:12])) if args.rest[0].isdecimal() else None
    if run is None:
        url = f"{gh.api}repos/{gh.name}/actions/runs/{args.rest[0]}"
        raise Told(f"error fetching artifacts: HTTP 404: Not Found ({url}/artifacts?per_page=100)")
    wanted = [one for one in run.artifacts if not args.has("--name") or one.name in args.values("--name")]
    if not run.artifacts:
        raise Told("no valid artifacts found to download")
    if not wanted:
        raise Told("no artifact matches any of the names or patterns provided")
    folder = process.path(args.value("--dir") or ".").rstrip("/")
    for one in wanted:
        for path, _ in one.files:
            full = f"{folder}/{path}" if args.has("--name") else f"{folder}/{one.name}/{path}"
            if process.files.is_file(full):
                raise Told(
                    f"error downloading {one.name}: error extracting zip archive: open {path}: file exists"
                )
        process.files = one.placed(
            process.files, folder if args.has("--name") else f"{folder}/{one.name}", process.clock
        )
    process.happened(Looked("artifact", run.id))
    return 0


# --- bringing on --------------------------------------------------------------------------


def watched(gh: Gh, run: WorkflowRun) -> WorkflowRun:
    """Let time pass until the run is over or waits for somebody."""
    process = gh.process
    while run.status == "in_progress":
        due = [one.at for one in process.world.part(Schedule).due if _is_about(one.actor, one.what, run)]
        if not due:
            break
        later = replace(process.world, clock=max(process.clock, *due))
        process.world, events = catch_up(later, noticed=False)
        process.events += events
        run = gh.forge.run(run.id) or run
    return run


def _is_about(actor: str, what: str, run: WorkflowRun) -> bool:
    return actor == RUNNER and what.partition(" ")[0] == str(run.id)


def rerun(gh: Gh, run: WorkflowRun, *, only_failed: bool) -> None:
    """Its jobs again, at the same commit; with `--failed` those that succeeded stay, with what they left."""
    jobs = tuple(
        job if only_failed and job.conclusion == "success" else Job(job.id, job.name, "queued", "")
        for job in run.jobs
    )
    kept = run.artifacts if only_failed else ()
    started = replace(run, status="pending", conclusion="", jobs=jobs, artifacts=kept, started=gh.clock)
    gh.forge = gh.forge.having_run(started)
    gh.process.world, events = advanced(gh.process.world, run.id)
    gh.process.events += events


def cancelled(gh: Gh, run: WorkflowRun) -> None:
    gh.process.world, events = after_end(gh.process.world, run, "cancelled")
    gh.process.events += events
