"""gh run, workflow, repo, auth and api: runs of workflows, who may let them go on, what the forge tells."""

from dataclasses import replace
from typing import Any

from checkpoint.core.sim.commands.gh import jobs
from checkpoint.core.sim.commands.gh.base import (
    Gh,
    ago,
    fields_of,
    printed_json,
    short_ago,
    signed_in,
    table,
)
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Forge, Job, WorkflowRun
from checkpoint.core.sim.parts.forge.events import Cancelled, Looked, Started
from checkpoint.core.sim.parts.forge.running import ended
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

GUARDRAIL = "plan-approve-apply"


def _runs(gh: Gh) -> list[WorkflowRun]:
    return [one.now(gh.clock) for one in gh.forge.runs]


def listed(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    found = [
        one
        for one in _runs(gh)
        if (not args.has("--branch") or one.branch == args.value("--branch"))
        and (not args.has("--workflow") or one.workflow == args.value("--workflow"))
        and (not args.has("--status") or args.value("--status") in (one.status, one.conclusion))
        and (not args.has("--event") or one.event == args.value("--event"))
        and (not args.has("--commit") or one.sha == args.value("--commit"))
    ]
    limit = args.value("--limit", "20")
    found = found[: int(limit[:4]) if limit.isdecimal() else 20]
    if args.has("--json"):
        return printed_json(process, args, [fields_of(args, _run_facts(gh, one)) for one in found])
    if not found:
        raise Told("no runs found", 0)
    rows = []
    for one in found:
        took = short_ago(gh.clock - one.started) if one.status != "completed" else "1m12s"
        if process.tty:
            rows.append([jobs.mark(one.status, one.conclusion)])
        else:
            rows.append([one.status, one.conclusion])
        age = ago(gh.clock - one.started)
        rows[-1] += [one.title, one.workflow, one.branch, one.event, str(one.id), took, age]
    head = ["STATUS", "TITLE", "WORKFLOW", "BRANCH", "EVENT", "ID", "ELAPSED", "AGE"]
    process.out(table([head, *rows] if process.tty else rows, tty=process.tty, width=process.columns))
    return 0


def _run_facts(gh: Gh, run: WorkflowRun) -> dict[str, Any]:
    return {
        "conclusion": run.conclusion,
        "databaseId": run.id,
        "displayTitle": run.title,
        "event": run.event,
        "headBranch": run.branch,
        "headSha": run.sha,
        "jobs": [
            {"databaseId": job.id, "name": job.name, "status": job.status, "conclusion": job.conclusion}
            for job in run.jobs
        ],
        "name": run.workflow,
        "number": run.id,
        "status": run.status,
        "url": f"https://github.com/{gh.name}/actions/runs/{run.id}",
        "workflowName": run.workflow,
    }


def _named(gh: Gh) -> WorkflowRun:
    if not gh.args.rest:
        raise Told("run or job ID required when not running interactively")
    word = gh.args.rest[0]
    run = gh.forge.run(int(word[:12])) if word.isdecimal() else None
    if run is None:
        url = f"{gh.api}repos/{gh.name}/actions/runs/{word}"
        raise Told(f"failed to get run: HTTP 404: Not Found ({url}?exclude_pull_requests=true)")
    return run.now(gh.clock)


def viewed(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    if args.has("--job"):
        return jobs.viewed(gh, args.value("--job"))
    run = _named(gh)
    process.happened(Looked("run", run.id))
    if args.has("--json"):
        return printed_json(process, args, fields_of(args, _run_facts(gh, run)))
    if args.has("--log") or args.has("--log-failed"):
        if run.status != "completed":
            told = "is still in progress; logs will be available when it is complete"
            raise Told(f"run {run.id} {told}")
        return jobs.logged(gh, run, run.jobs, only_failed=args.has("--log-failed"))
    _shown(gh, run)
    return 1 if args.has("--exit-status") and run.conclusion not in ("success", "") else 0


def _shown(gh: Gh, run: WorkflowRun) -> None:
    process = gh.process
    process.line(f"\n{jobs.mark(run.status, run.conclusion)} {run.branch} {run.workflow} · {run.id}")
    process.line(f"Triggered via {run.event} {ago(gh.clock - run.started)}\n\nJOBS")
    for job in run.jobs:
        took = " in 1m0s" if job.status == "completed" else ""
        process.line(f"{jobs.mark(job.status, job.conclusion)} {job.name}{took} (ID {job.id})")
        if run.conclusion == "failure" or gh.args.has("--verbose"):
            for name, end in job.steps:
                process.line(f"  {jobs.mark('completed', end)} {name}")
    waiting = [job for job in run.jobs if job.status == "waiting"]
    for job in waiting:
        process.line(f"\n{job.name} is waiting for a review of environment {job.environment}")
    if run.artifacts:
        process.line("\nARTIFACTS\n" + "\n".join(one.name for one in run.artifacts))
    process.line()
    if run.conclusion == "failure":
        process.line(f"To see what failed, try: gh run view {run.id} --log-failed")
    elif len(run.jobs) == 1 and run.status == "completed":
        process.line(f"For more information about the job, try: gh run view --job={run.jobs[0].id}")
    elif run.status == "completed" or run.file:
        process.line("For more information about a job, try: gh run view --job=<job-id>")
    process.line(f"View this run on GitHub: https://github.com/{gh.name}/actions/runs/{run.id}")


def watched(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    run = _named(gh)
    if run.status == "completed":
        line = f"Run {run.workflow} ({run.id}) has already completed with '{run.conclusion}'"
        process.line(line)
        return 1 if args.has("--exit-status") and run.conclusion != "success" else 0
    if run.file:
        run = jobs.watched(gh, run)
    elif run.ends > process.clock:
        process.world = replace(process.world, clock=run.ends)
        run = run.now(run.ends)
    _shown(gh, run)
    if run.status == "completed":
        mark = jobs.mark(run.status, run.conclusion)
        process.line(f"\n{mark} Run {run.workflow} ({run.id}) completed with '{run.conclusion}'")
    return 1 if args.has("--exit-status") and run.conclusion == "failure" else 0


def rerun(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    run = _named(gh)
    if run.status != "completed":
        told = "This workflow is already running"
        raise Told(f"run {run.id} cannot be rerun; {told}")
    if run.file:
        jobs.rerun(gh, run, only_failed=args.has("--failed"))
    else:
        again = tuple(replace(job, status="in_progress") for job in run.jobs)
        ends = gh.clock + CHECK_SECONDS
        made = replace(run, status="in_progress", jobs=again, started=gh.clock, ends=ends)
        gh.forge = gh.forge.having_run(made)
    process.happened(Started(run.id, run.workflow, gh.forge.viewer))
    part = "(failed jobs) " if args.has("--failed") else ""
    gh.say(f"✓ Requested rerun {part}of run {run.id}")
    return 0


def cancelled(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    run = _named(gh)
    if run.status == "completed":
        raise Told("Cannot cancel a workflow run that is completed")
    if run.file:
        jobs.cancelled(gh, run)
    else:
        gh.forge = gh.forge.having_run(ended(run, "cancelled"))
    process.happened(Cancelled(run.id, gh.forge.viewer))
    process.line("✓ Request to cancel workflow submitted.")
    return 0


# --- workflows ---------------------------------------------------------------------------


def _workflows(forge: Forge) -> list[str]:
    return list(dict.fromkeys([*forge.workflows, *(one.workflow for one in reversed(forge.runs))]))


def workflows(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    rows = [[name, "active", str(5000 + n)] for n, name in enumerate(_workflows(gh.forge), start=1)]
    if not rows:
        raise Told("no workflows found", 0)
    process.out(
        table(
            [["NAME", "STATE", "ID"], *rows] if process.tty else rows, tty=process.tty, width=process.columns
        )
    )
    return 0


def workflow_run(process: Process, args: Args) -> int:
    """Started by hand: a job that names an environment with reviewers waits there."""
    if not args.rest:
        raise Told("workflow ID, name, or filename required when not running interactively")
    gh = Gh(process, args)
    wanted = args.rest[0].removesuffix(".yml").removesuffix(".yaml").lower().replace("-", " ")
    name = next((one for one in _workflows(gh.forge) if one.lower().replace("-", " ") == wanted), "")
    if not name:
        raise Told(f"could not find any workflows named {args.rest[0]}")
    if any(one.file and one.workflow == name for one in gh.forge.deliveries):
        told = "HTTP 422: Workflow does not have 'workflow_dispatch' trigger"
        raise Told(f"could not create workflow dispatch event: {told}")
    me = gh.forge.viewer
    number, branch = gh.forge.next_run(), args.value("--ref") or gh.forge.base
    applies = "apply" in name.lower() or "deploy" in name.lower() or "destroy" in name.lower()
    environment = gh.forge.environments[0].name if applies and gh.forge.environments else ""
    waits = bool(environment) and GUARDRAIL not in process.world.off
    state = "waiting" if waits else "in_progress"
    job = Job(number * 10 + 1, "apply" if applies else name.lower(), state, "", (), environment)
    ends = 0 if waits else gh.clock + CHECK_SECONDS
    event = "workflow_dispatch"
    run = WorkflowRun(number, name, name, branch, "", event, state, "", (job,), gh.clock, ends, me)
    gh.forge = gh.forge.having_run(run)
    process.happened(Started(number, name, gh.forge.viewer))
    if environment:
        result = "caught" if waits else "off"
        process.happened(GuardrailActed(GUARDRAIL, "ci", result, f"run {number} waits for {environment}"))
    gh.say(f"✓ Created workflow_dispatch event for {args.rest[0]} at {branch}\n")
    gh.say(f"To see runs for this workflow, try: gh run list --workflow={args.rest[0]}")
    return 0


# --- the rest ------------------------------------------------------------------------------


def auth_status(process: Process, args: Args) -> int:
    if not signed_in(process):
        raise Told("You are not logged into any GitHub hosts. To log in, run: gh auth login")
    host = args.value("--hostname") or process.environment.get("GH_HOST", "github.com")
    source = (
        "GH_TOKEN"
        if process.environment.get("GH_TOKEN")
        else f"{process.world.shell.home}/.config/gh/hosts.yml"
    )
    token = process.environment.get("GH_TOKEN", "gho_")
    who = process.world.part(Forge).viewer or process.world.shell.user
    process.line(
        f"{host}\n  ✓ Logged in to {host} account {who} ({source})\n  - Active account: true\n"
        f"  - Git operations protocol: https\n  - Token: {token[:4]}{'*' * max(0, len(token) - 4)}\n"
        "  - Token scopes: 'gist', 'read:org', 'repo', 'workflow'"
    )
    return 0


def repo_view(process: Process, args: Args) -> int:
    if args.rest:
        args.options["--repo"] = [args.rest[0]]
    gh = Gh(process, args)
    if args.has("--json"):
        owner, _, name = gh.name.partition("/")
        known = {
            "name": name,
            "nameWithOwner": gh.name,
            "owner": {"login": owner},
            "defaultBranchRef": {"name": gh.forge.base},
            "viewerPermission": gh.forge.permission,
            "forkCount": len(gh.forge.forks),
            "url": f"https://github.com/{gh.name}",
        }
        return printed_json(process, args, fields_of(args, known))
    repo = gh.server
    readme = "This repository does not have a README"
    if repo and repo.head:
        from checkpoint.core.sim.parts.git.history import files_at

        fact = files_at(repo, repo.head).get("README.md")
        readme = repo.blob(fact[1]).decode("utf-8", "replace").strip() if fact else readme
    if not process.tty:
        process.line(f"name:\t{gh.name}\ndescription:\t\n--\n{readme}")
        return 0
    process.line(f"{gh.name}\nNo description provided\n\n\n  {readme}\n\n")
    process.line(f"View this repository on GitHub: https://github.com/{gh.name}")
    return 0
