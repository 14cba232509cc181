"""The forge: pull requests, checks, reviews, environments, branch rules and workflow runs.

Everything that takes time is a function of the scenario's clock: a check that started is pending until its
time has passed, and then has the conclusion that its job comes to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.files import Files
from checkpoint.core.sim.world import World

PENDING = ("", "QUEUED", "IN_PROGRESS", "WAITING", "PENDING")
CHECK_SECONDS = 90
"""How long a job of the forge takes."""
AGE = 16 * 3600
"""How old what a setup describes is, where it doesn't say."""


class ForgeError(Told):
    """What the forge's interface answers to what it doesn't allow."""


@dataclass(frozen=True, slots=True)
class Check:
    """One job's verdict on a commit. `conclusion` counts from `ends` on; before, the check is pending."""

    name: str
    workflow: str = "CI"
    conclusion: str = ""
    run: int = 0
    required: bool = False
    ends: int = 0
    event: str = "pull_request"

    def verdict(self, clock: int) -> str:
        """pass, fail, pending, skipping or cancel."""
        if clock < self.ends or not self.conclusion:
            return "pending"
        return {"SUCCESS": "pass", "NEUTRAL": "skipping", "SKIPPED": "skipping", "CANCELLED": "cancel"}.get(
            self.conclusion, "fail"
        )


@dataclass(frozen=True, slots=True)
class Review:
    """`state` is APPROVED, CHANGES_REQUESTED, COMMENTED or DISMISSED; `sha` the commit that was looked at."""

    author: str
    state: str
    body: str = ""
    sha: str = ""


@dataclass(frozen=True, slots=True)
class Pull:
    number: int
    title: str
    head: str
    base: str = "main"
    body: str = ""
    state: str = "OPEN"
    author: str = ""
    sha: str = ""
    draft: bool = False
    created: int = 0
    checks: tuple[Check, ...] = ()
    reviews: tuple[Review, ...] = ()
    files: tuple[str, ...] = ()
    diff: str = ""
    additions: int = 2
    deletions: int = 2
    commits: int = 1
    refusal: str = ""
    """What the interface says when a merge is asked for against the rules."""
    comments: tuple[tuple[str, str], ...] = ()
    merged: str = ""
    """The base branch's commit that the merge made."""
    behind: bool = False
    """The base branch has commits that the head hasn't."""
    conflicts: bool = False
    """Both branches changed the same lines."""
    owners: tuple[tuple[str, ...], ...] = ()
    """Of each changed file that CODEOWNERS names: the people one of whom has to approve."""

    def latest(self) -> dict[str, Review]:
        """Each reviewer's last word that counts."""
        said: dict[str, Review] = {}
        for one in self.reviews:
            if one.state != "COMMENTED":
                said[one.author] = one
        return said

    def approvals(self) -> int:
        """Of people other than the author."""
        said = self.latest()
        return sum(one.state == "APPROVED" and who != self.author for who, one in said.items())


@dataclass(frozen=True, slots=True)
class Job:
    """`steps`: name and conclusion. `environment`: waits there for an approval."""

    id: int
    name: str
    status: str = "completed"
    conclusion: str = "success"
    steps: tuple[tuple[str, str], ...] = ()
    environment: str = ""
    approved: str = ""
    """Who let it go on, where it waited."""
    ends: int = 0
    """When the runner is done with it."""
    log: tuple[tuple[str, str], ...] = ()
    """Step and line."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """Files that a job left for later ones: path and content."""

    name: str
    files: tuple[tuple[str, bytes], ...]

    def placed(self, files: Files, folder: str, clock: int) -> Files:
        """A disk with them below a folder."""
        for path, data in self.files:
            full = f"{folder}/{path}"
            files = files.make_folders(full.rpartition("/")[0], time=clock).write(full, data, time=clock)
        return files


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    id: int
    workflow: str
    title: str
    branch: str
    sha: str = ""
    event: str = "pull_request"
    status: str = "completed"
    conclusion: str = ""
    jobs: tuple[Job, ...] = ()
    started: int = 0
    ends: int = 0
    """From when on a run in progress is completed; 0 for one that somebody else ends."""
    by: str = ""
    """Who brought it about; empty where that isn't known."""
    file: str = ""
    """The workflow file that it follows job by job; without one it only takes its time."""
    group: str = ""
    """Runs of the same group come one after the other."""
    artifacts: tuple[Artifact, ...] = ()
    merge: str = ""
    """The commit that it runs on where that isn't `sha`: a pull request's head, merged into its base."""
    ref: str = ""
    """What it runs for, unless that is its branch."""

    @property
    def commit(self) -> str:
        return self.merge or self.sha

    @property
    def full_ref(self) -> str:
        return self.ref or f"refs/heads/{self.branch}"

    def now(self, clock: int) -> "WorkflowRun":
        """As it stands at a time: what ran is over, and what comes after it waits for its reviewers."""
        if self.status != "in_progress" or not self.ends or clock < self.ends:
            return self
        end = self.conclusion or "success"
        jobs = tuple(_after(job, end) for job in self.jobs)
        if any(job.status == "waiting" for job in jobs):
            return replace(self, status="waiting", conclusion="", jobs=jobs, ends=0)
        return replace(self, status="completed", conclusion=end, jobs=jobs)


def _after(job: Job, end: str) -> Job:
    """A job after those that ran have ended so."""
    if job.status == "in_progress":
        return replace(job, status="completed", conclusion=end)
    if job.status == "queued":
        state = ("waiting", "") if end == "success" else ("completed", "skipped")
        return replace(job, status=state[0], conclusion=state[1])
    return job


@dataclass(frozen=True, slots=True)
class CheckJob:
    """What runs for a pull request. `does` names what it looks at: yaml, secrets, terraform or pass; empty:
    by the job's name. `paths`: globs; without a changed file that fits the workflow doesn't run.

    With `file`, whatever that workflow file says at the pull request merged into its base."""

    name: str
    workflow: str = "CI"
    does: str = ""
    paths: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What runs after a push to the default branch: a job that plans, then one that waits in an environment
    and applies exactly that. With `file`, whatever that workflow file says at the pushed commit."""

    workflow: str
    environment: str = ""
    paths: tuple[str, ...] = ()
    plan: str = "plan"
    apply: str = "apply"
    file: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """Jobs that name it wait for one of its reviewers."""

    name: str
    reviewers: tuple[str, ...] = ()
    prevent_self_review: bool = False


@dataclass(frozen=True, slots=True)
class Fork:
    """Somebody's own copy of the repository."""

    owner: str
    created: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a merge into the default branch needs."""

    approvals: int = 0
    dismiss_stale: bool = False
    contexts: tuple[str, ...] = ()
    strict: bool = False
    enforce_admins: bool = False
    code_owners: bool = False


@dataclass(frozen=True, slots=True)
class Forge:
    """The forge as one person sees it."""

    repo: str = ""
    viewer: str = ""
    permission: str = "WRITE"
    members: tuple[tuple[str, str], ...] = ()
    """Other people's permissions, where they aren't WRITE."""
    base: str = "main"
    rules: Rules = Rules()
    pulls: tuple[Pull, ...] = ()
    runs: tuple[WorkflowRun, ...] = ()
    environments: tuple[Environment, ...] = ()
    workflows: tuple[str, ...] = ()
    jobs: tuple[CheckJob, ...] = (CheckJob("validate", "CI"), CheckJob("gitleaks", "Security"))
    deliveries: tuple[Delivery, ...] = ()
    forks: tuple[Fork, ...] = ()
    seen: str = ""
    """The default branch's commit whose push was last taken up."""

    def seen_by(self, name: str) -> "Forge":
        """The same forge, with somebody else signed in."""
        return replace(self, viewer=name, permission=dict(self.members).get(name, "WRITE"))

    def pull(self, number: int) -> Pull:
        found = next((one for one in self.pulls if one.number == number), None)
        if found is None:
            told = f"GraphQL: Could not resolve to a PullRequest with the number of {number}."
            raise ForgeError(f"{told} (repository.pullRequest)")
        return found

    def having(self, pull: Pull) -> "Forge":
        rest = tuple(one for one in self.pulls if one.number != pull.number)
        return replace(self, pulls=tuple(sorted((*rest, pull), key=lambda one: -one.number)))

    def run(self, number: int) -> WorkflowRun | None:
        return next((one for one in self.runs if one.id == number), None)

    def having_run(self, run: WorkflowRun) -> "Forge":
        rest = tuple(one for one in self.runs if one.id != run.id)
        return replace(self, runs=tuple(sorted((*rest, run), key=lambda one: -one.id)))

    def next_run(self) -> int:
        return max([7000, *(one.id for one in self.runs)]) + 1

    def decision(self, pull: Pull) -> str:
        if any(one.state == "CHANGES_REQUESTED" for one in pull.latest().values()):
            return "CHANGES_REQUESTED"
        if not self.rules.approvals:
            return ""
        return "APPROVED" if pull.approvals() >= self.rules.approvals else "REVIEW_REQUIRED"

    def lacking(self, pull: Pull, clock: int) -> list[str]:
        """What the rules still ask of a pull request, in the interface's words."""
        told = []
        if self.decision(pull) == "CHANGES_REQUESTED":
            told.append("Changes have been requested.")
        elif pull.approvals() < self.rules.approvals:
            count = self.rules.approvals
            are = "review is" if count == 1 else "reviews are"
            told.append(f"At least {count} approving {are} required by reviewers with write access.")
        if self.rules.code_owners:
            told += self._owners_lacking(pull)
        verdicts = {check.name: check.verdict(clock) for check in pull.checks}
        for name in self.rules.contexts:
            verdict = verdicts.get(name)
            if verdict in (None, "pending"):
                told.append(f'Required status check "{name}" is expected.')
            elif verdict in ("fail", "cancel"):
                told.append(f'Required status check "{name}" is failing.')
        if self.is_outdated(pull):
            told.append(
                "Head branch is out of date. Review and update the head branch, and try the merge again."
            )
        return told

    def is_outdated(self, pull: Pull) -> bool:
        """Whether strict checks ask for the base branch's newest commits."""
        return self.rules.strict and bool(self.rules.contexts) and pull.behind

    def _owners_lacking(self, pull: Pull) -> list[str]:
        approved = {
            who for who, one in pull.latest().items() if one.state == "APPROVED" and who != pull.author
        }
        waiting = [who for who in pull.owners if who and not set(who) & approved]
        people = dict.fromkeys(name for who in waiting for name in who)
        return [f"Waiting on code owner review from {', '.join(people)}."] if people else []

    def merge_state(self, pull: Pull, clock: int) -> str:
        if pull.conflicts:
            return "DIRTY"
        if pull.draft:
            return "DRAFT"
        lacking = self.lacking(pull, clock)
        if self.is_outdated(pull) and len(lacking) == 1:
            return "BEHIND"
        if lacking:
            return "BLOCKED"
        verdicts = [check.verdict(clock) for check in pull.checks]
        return "UNSTABLE" if "fail" in verdicts or "pending" in verdicts else "CLEAN"


# --- a setup's facts ---------------------------------------------------------------


def forge_from(world: World, facts: Mapping[str, Any]) -> World:
    """The forge that a setup's `state.github` describes; what it doesn't say stays as the world has it."""
    born, before = world.clock - AGE, world.part(Forge)
    told: dict[str, Any] = {
        "viewer": str(facts.get("viewer", before.viewer or world.shell.user)),
        "members": tuple((str(who), str(may)) for who, may in (facts.get("members") or {}).items())
        or before.members,
    }
    for name, field in _PLAIN.items():
        if name in facts:
            told[field] = str(facts[name])
    if "protection" in facts:
        told["rules"] = rules_from(facts["protection"] or {})
    if "workflows" in facts:
        told["workflows"] = tuple(str(name) for name in facts["workflows"])
    for name, (field, made) in _ROWS.items():
        if name in facts:
            told[field] = tuple(made(one, born) for one in facts[name] or ())
    after = replace(before, **told)
    return world.having(replace(after, pulls=tuple(sorted(after.pulls, key=lambda one: -one.number))))


_PLAIN = {"repo": "repo", "permission": "permission", "default_branch": "base"}


def rules_from(facts: Mapping[str, Any]) -> Rules:
    """A branch's protection as the forge's interface tells it."""
    reviews = facts.get("required_pull_request_reviews") or {}
    checks = facts.get("required_status_checks") or {}
    return Rules(
        int(reviews.get("required_approving_review_count", 0)),
        bool(reviews.get("dismiss_stale_reviews", False)),
        tuple(str(name) for name in checks.get("contexts", ())),
        bool(checks.get("strict", False)),
        bool((facts.get("enforce_admins") or {}).get("enabled", False)),
        bool(reviews.get("require_code_owner_reviews", False)),
    )


def _pull(one: Mapping[str, Any], born: int) -> Pull:
    checks = tuple(
        Check(
            str(check["name"]),
            str(check.get("workflow", "CI")),
            str(check.get("conclusion") or ""),
            int(check.get("run", 0)),
            bool(check.get("required", False)),
        )
        for check in one.get("checks", ())
    )
    reviews = tuple(
        Review(str(who), str(state), str(rest[0]) if rest else "", str(one.get("sha", "")))
        for who, state, *rest in one.get("reviews", ())
    )
    return Pull(
        number=int(one["number"]),
        title=str(one.get("title", "")),
        head=str(one.get("head", "")),
        base=str(one.get("base", "main")),
        body=str(one.get("body", "")),
        state=str(one.get("state", "OPEN")),
        author=str(one.get("author", "")),
        sha=str(one.get("sha", "")),
        draft=bool(one.get("draft", one.get("isDraft", False))),
        created=int(one.get("created", born)),
        checks=checks,
        reviews=reviews,
        files=tuple(str(path) for path in one.get("files", ())),
        diff=str(one.get("diff", "")),
        additions=int(one.get("additions", 2)),
        deletions=int(one.get("deletions", 2)),
        refusal=str(one.get("mergeError", "")),
    )


def _run(one: Mapping[str, Any], born: int) -> WorkflowRun:
    jobs = tuple(
        Job(
            int(job.get("id", 0)),
            str(job.get("name", "")),
            str(job.get("status", "completed")),
            str(job.get("conclusion") or ""),
            tuple((str(name), str(end)) for name, end in job.get("steps", ())),
            str(job.get("environment") or ("production" if job.get("status") == "waiting" else "")),
        )
        for job in one.get("jobs", ())
    )
    return WorkflowRun(
        int(one["id"]),
        str(one.get("workflow", "CI")),
        str(one.get("title", "")),
        str(one.get("branch", "main")),
        str(one.get("sha", "")),
        str(one.get("event", "push")),
        str(one.get("status", "completed")),
        str(one.get("conclusion") or ""),
        jobs,
        int(one.get("started", born)),
    )


def _check_job(one: Mapping[str, Any]) -> CheckJob:
    paths = tuple(str(path) for path in one.get("paths", ()))
    name, workflow = str(one.get("name", "")), str(one.get("workflow", "CI"))
    return CheckJob(name, workflow, str(one.get("does", "")), paths, str(one.get("file", "")))


def _delivery(one: Mapping[str, Any]) -> Delivery:
    paths = tuple(str(path) for path in one.get("paths", ()))
    plan, apply = str(one.get("plan", "plan")), str(one.get("apply", "apply"))
    place, file = str(one.get("environment", "")), str(one.get("file", ""))
    return Delivery(str(one["workflow"]), place, paths, plan, apply, file)


def _environment(one: Mapping[str, Any]) -> Environment:
    people = tuple(str(who) for who in one.get("reviewers", ()))
    return Environment(str(one["name"]), people, bool(one.get("prevent_self_review", False)))


_ROWS: dict[str, tuple[str, Callable[[Mapping[str, Any], int], object]]] = {
    "prs": ("pulls", _pull),
    "runs": ("runs", _run),
    "environments": ("environments", lambda one, _: _environment(one)),
    "deliveries": ("deliveries", lambda one, _: _delivery(one)),
    "checks": ("jobs", lambda one, _: _check_job(one)),
}
"""By the name in a setup: the field, and what makes one row of it."""
