"""gh api: the forge's own interface, for the addresses that the course needs, as it is documented."""

import json
from dataclasses import replace
from typing import Any

from checkpoint.core.sim.commands.gh import querying, rules
from checkpoint.core.sim.commands.gh.base import Gh, signed_in
from checkpoint.core.sim.commands.gh.copies import commit_facts, fork_facts, forked, moment
from checkpoint.core.sim.commands.gh.runs import GUARDRAIL
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.forge import (
    CHECK_SECONDS,
    Check,
    Environment,
    Forge,
    ForgeError,
    Pull,
    Review,
    WorkflowRun,
)
from checkpoint.core.sim.parts.forge.branches import own_commits
from checkpoint.core.sim.parts.forge.events import Approved, Looked, Reviewed
from checkpoint.core.sim.parts.forge.running import advanced
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Given = dict[str, Any]
"""The fields of a request: lists of texts, or what a JSON body says."""
_NONE_PENDING = "There are no pending deployments."
_STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


def api(process: Process, args: Args) -> int:
    """`{owner}/{repo}` stands for the current repository."""
    if not args.rest:
        raise Told("accepts 1 arg(s), received 0")
    path = args.rest[0].removeprefix("https://api.github.com").lstrip("/").partition("?")[0]
    given: Given = {}
    for one in (*args.values("--raw-field"), *args.values("--field")):
        name, _, value = one.partition("=")
        given.setdefault(name, []).append(value)
    if args.has("--input"):
        given = _body(process, args.value("--input"))
    method = (args.value("--method") or ("POST" if given else "GET")).upper()
    if path == "user":
        if not signed_in(process):
            Gh(process, args)
        return _answered(process, args, {"login": process.world.part(Forge).viewer})
    if not path.startswith("repos/"):
        return process.unsupported(f"gh api {path}")
    parts = path.rstrip("/").split("/")
    if "/".join(parts[1:3]) not in ("{owner}/{repo}", ":owner/:repo"):
        args.options["--repo"] = ["/".join(parts[1:3])]
    gh = Gh(process, args)
    if parts[3:5] == ["actions", "runs"] and parts[6:] == ["pending_deployments"]:
        return _deployments(gh, method, _run(gh, parts[5]), given)
    if method != "GET":
        return _changed(gh, method, parts[3:], given)
    value = _told(gh, parts[3:])
    if value is None:
        return process.unsupported(f"gh api {method} repos/{gh.name}/{'/'.join(parts[3:])}")
    return _answered(process, args, value)


def _body(process: Process, name: str) -> Given:
    """The JSON that a request brings along, from a file or, for `-`, from standard input."""
    text = process.stdin if name == "-" else process.read(name)
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Told("gh: Problems parsing JSON (HTTP 400)")
    return found


def _missing(gh: Gh) -> Told:
    return rules.refused(gh, "Not Found")


def _number(gh: Gh, word: str) -> int:
    if not word.isdecimal():
        raise _missing(gh)
    return int(word[:12])


def _pull(gh: Gh, word: str) -> Pull:
    number = _number(gh, word)
    found = next((one for one in gh.forge.pulls if one.number == number), None)
    if found is None:
        raise _missing(gh)
    return found


def _run(gh: Gh, word: str) -> WorkflowRun:
    found = gh.forge.run(_number(gh, word))
    if found is None:
        raise _missing(gh)
    return found.now(gh.clock)


# --- reading ------------------------------------------------------------------------------


def _told(gh: Gh, parts: list[str]) -> Any:
    """What stands at an address below the repository; None for one that isn't simulated."""
    forge = gh.forge
    match parts:
        case []:
            return {"full_name": gh.name, "default_branch": forge.base, "permissions": _rights(forge)}
        case ["pulls"]:
            return [_pull_facts(gh, one) for one in forge.pulls if one.state == "OPEN"]
        case ["pulls", number]:
            gh.process.happened(Looked("view", _pull(gh, number).number))
            return _pull_facts(gh, _pull(gh, number))
        case ["pulls", number, "reviews"]:
            return [_review_facts(n, one) for n, one in enumerate(_pull(gh, number).reviews, start=1)]
        case ["pulls", number, "files"]:
            return [{"filename": path, "status": "modified"} for path in _pull(gh, number).files]
        case ["forks"]:
            return [fork_facts(gh, one) for one in reversed(forge.forks)]
        case ["commits", sha]:
            return commit_facts(gh, sha)
        case ["rulesets"]:
            return []  # what there is, is the branch's protection
        case ["commits", sha, "pulls"]:
            commit_facts(gh, sha)
            return [_pull_facts(gh, one) for one in forge.pulls if sha and _holds(gh, one, sha)]
        case ["commits", sha, "check-runs"]:
            checks = [check for one in forge.pulls if _is(one.sha, sha) for check in one.checks]
            rows = [_check_facts(gh, check) for check in checks]
            return {"total_count": len(rows), "check_runs": rows}
        case ["actions", "runs"]:
            runs = [_run_facts(gh, one.now(gh.clock)) for one in forge.runs]
            return {"total_count": len(runs), "workflow_runs": runs}
        case ["actions", "runs", number]:
            return _run_facts(gh, _run(gh, number))
        case ["actions", "runs", number, "jobs"]:
            jobs = [_job_facts(job) for job in _run(gh, number).jobs]
            return {"total_count": len(jobs), "jobs": jobs}
        case ["branches", name, "protection", *part]:
            return rules.told(gh, name, part)
        case ["rules", "branches", name]:
            return rules.as_rows(gh, name)
        case ["environments"]:
            rows = [_environment(gh, one.name) for one in forge.environments]
            return {"total_count": len(rows), "environments": rows}
        case ["environments", name]:
            if name not in {one.name for one in forge.environments}:
                raise _missing(gh)
            return _environment(gh, name)
    return None


def _rights(forge: Forge) -> dict[str, bool]:
    return {"admin": forge.permission == "ADMIN", "push": forge.permission != "READ", "pull": True}


def _pull_facts(gh: Gh, pull: Pull) -> dict[str, Any]:
    state = gh.forge.merge_state(pull, gh.clock).lower()
    return {
        "number": pull.number,
        "title": pull.title,
        "body": pull.body,
        "state": "open" if pull.state == "OPEN" else "closed",
        "draft": pull.draft,
        "merged": pull.state == "MERGED",
        "user": {"login": pull.author},
        "head": {"ref": pull.head, "sha": pull.sha},
        "base": {"ref": pull.base},
        "mergeable": not pull.conflicts,
        "mergeable_state": state,
        "created_at": moment(pull.created),
        "html_url": gh.url(pull),
        "changed_files": len(pull.files),
        "commits": pull.commits,
    }


def _review_facts(number: int, one: Review) -> dict[str, Any]:
    return {
        "id": number,
        "user": {"login": one.author},
        "state": one.state,
        "body": one.body,
        "commit_id": one.sha,
    }


def _is(full: str, given: str) -> bool:
    return bool(full) and full.startswith(given)


def _holds(gh: Gh, pull: Pull, sha: str) -> bool:
    """Whether a commit came with a pull request."""
    repo = gh.server
    if _is(pull.sha, sha) or _is(pull.merged, sha):
        return True
    base = repo.ref(f"refs/heads/{pull.base}") if repo else None
    if repo is None or base is None or pull.state != "OPEN" or repo.find(pull.sha) is None:
        return False
    return any(oid.startswith(sha) for oid in own_commits(repo, base, pull.sha))


def _check_facts(gh: Gh, check: Check) -> dict[str, Any]:
    pending = check.verdict(gh.clock) == "pending"
    return {
        "id": check.run,
        "name": check.name,
        "status": "in_progress" if pending else "completed",
        "conclusion": None if pending else check.conclusion.lower(),
    }


def _run_facts(gh: Gh, run: WorkflowRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "name": run.workflow,
        "display_title": run.title,
        "head_branch": run.branch,
        "head_sha": run.sha,
        "event": run.event,
        "status": run.status,
        "conclusion": run.conclusion or None,
        "created_at": moment(run.started),
        "html_url": f"https://github.com/{gh.name}/actions/runs/{run.id}",
    }


def _job_facts(job: Any) -> dict[str, Any]:
    return {"id": job.id, "name": job.name, "status": job.status, "conclusion": job.conclusion or None}


def _environment(gh: Gh, name: str) -> dict[str, Any]:
    one = next(one for one in gh.forge.environments if one.name == name)
    people = [{"type": "User", "reviewer": {"login": who}} for who in one.reviewers]
    rule = {
        "type": "required_reviewers",
        "prevent_self_review": one.prevent_self_review,
        "reviewers": people,
    }
    return {"name": name, "protection_rules": [rule] if people else []}


# --- changing -----------------------------------------------------------------------------


def _changed(gh: Gh, method: str, parts: list[str], given: Given) -> int:
    match (method, parts):
        case ("POST", ["pulls", number, "reviews"]):
            return _reviewed(gh, _pull(gh, number), given)
        case ("POST", ["forks"]):
            return _answered(gh.process, gh.args, forked(gh))
        case (_, ["branches", name, "protection", *part]):
            answer = rules.changed(gh, name, method, part, given)
            if answer is not None:
                return _answered(gh.process, gh.args, answer) if answer != "" else 0
    return gh.process.unsupported(f"gh api {method} repos/{gh.name}/{'/'.join(parts)}")


def _reviewed(gh: Gh, pull: Pull, given: Given) -> int:
    state = _STATES.get(given.get("event", [""])[-1], "")
    me = gh.forge.viewer
    if not state:
        return gh.process.unsupported("a pending review")
    if me == pull.author and state != "COMMENTED":
        gh.process.happened(Reviewed(pull.number, me, state, accepted=False))
        can = "approve" if state == "APPROVED" else "request changes on"
        raise Told(f"gh: Unprocessable Entity (HTTP 422)\nReview Can not {can} your own pull request")
    made = Review(me, state, given.get("body", [""])[-1], pull.sha)
    gh.save(replace(pull, reviews=(*pull.reviews, made)))
    gh.process.happened(Reviewed(pull.number, me, state, body=made.body))
    return _answered(gh.process, gh.args, _review_facts(len(pull.reviews) + 1, made))


def _may_approve(place: Environment, who: str, run: WorkflowRun) -> bool:
    return who in place.reviewers and not (place.prevent_self_review and who == run.by)


def _deployments(gh: Gh, method: str, run: WorkflowRun, given: Given) -> int:
    """Who waits, and letting it go on or not."""
    process, me = gh.process, gh.forge.viewer
    waiting = [job for job in run.jobs if job.status == "waiting"]
    names = list(dict.fromkeys(job.environment for job in waiting))
    known = {one.name: one for one in gh.forge.environments}
    if method == "GET":
        told = [
            {
                "environment": {"id": 900 + n, "name": name},
                "current_user_can_approve": name not in known or _may_approve(known[name], me, run),
                "reviewers": [{"reviewer": {"login": who}} for who in known[name].reviewers]
                if name in known
                else [],
            }
            for n, name in enumerate(names)
        ]
        return _answered(process, gh.args, told)
    state = given.get("state", [""])[-1]
    wanted = given.get("environment_ids[]") or given.get("environment_ids")
    if state not in ("approved", "rejected") or not names or not wanted:
        missing = "state" if state not in ("approved", "rejected") else "environment_ids"
        why = f'Invalid request.\n\n"{missing}" wasn\'t supplied.' if names else _NONE_PENDING
        raise ForgeError(f"gh: {why} (HTTP 422)")
    ids = {str(900 + n) for n, _ in enumerate(names)}
    if not ids & set(wanted):
        raise ForgeError(f"gh: None of the environments {', '.join(wanted)} waits in this run (HTTP 422)")
    for name in names:
        place = known.get(name)
        if place is not None and not _may_approve(place, me, run):
            process.happened(Approved(run.id, name, me, "refused"))
            raise ForgeError(f"gh: {me} is not allowed to review the environment {name} (HTTP 422)")
        process.happened(Approved(run.id, name, me, state))
        process.happened(
            GuardrailActed(GUARDRAIL, "review", "passed" if state == "approved" else "caught", name)
        )
    if run.file:
        _let_go(gh, run, state == "approved")
        return _answered(process, gh.args, [{"environment": name, "state": state} for name in names])
    if state == "approved":
        jobs = tuple(replace(job, status="in_progress") if job in waiting else job for job in run.jobs)
        ends = gh.clock + CHECK_SECONDS
        made = replace(run, status="in_progress", conclusion="", jobs=jobs, ends=ends)
    else:
        jobs = tuple(replace(job, status="completed", conclusion="failure") for job in run.jobs)
        made = replace(run, status="completed", conclusion="failure", jobs=jobs)
    gh.forge = gh.forge.having_run(made)
    return _answered(process, gh.args, [{"environment": name, "state": state} for name in names])


def _let_go(gh: Gh, run: WorkflowRun, approved: bool) -> None:
    """The waiting jobs of a run that follows its file go on, or end there."""
    state = ("queued", "") if approved else ("completed", "failure")
    who = gh.forge.viewer if approved else ""
    jobs = tuple(
        replace(job, status=state[0], conclusion=state[1], approved=who) if job.status == "waiting" else job
        for job in run.jobs
    )
    gh.forge = gh.forge.having_run(replace(run, status="in_progress", jobs=jobs))
    gh.process.world, events = advanced(gh.process.world, run.id)
    gh.process.events += events


def _answered(process: Process, args: Args, value: Any) -> int:
    if args.has("--jq"):
        querying.printed(process, args.value("--jq"), value)
        return 0
    process.out(querying.go_json(value) + ("\n" if process.tty else ""))
    return 0
