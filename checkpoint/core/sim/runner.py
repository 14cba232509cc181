"""The forge's runner: a machine of its own, fresh for each job, that does what the workflow file says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.actors import ACTORS, Due
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event, GuardrailActed, Other
from checkpoint.core.sim.limits import Budget
from checkpoint.core.sim.parts.files import File, Files, Folder, encoded
from checkpoint.core.sim.parts.forge import Artifact, Forge, Job, WorkflowRun
from checkpoint.core.sim.parts.forge.expressions import filled_in, holds
from checkpoint.core.sim.parts.forge.running import (
    GUARDRAIL,
    RUNNER,
    advanced,
    known_to,
    with_job,
    workflow_of_run,
)
from checkpoint.core.sim.parts.forge.workflows import PlannedJob, PlannedStep
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.hosting import Hosting, Server
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.git.worktree import check_out
from checkpoint.core.sim.parts.terraform.events import PlanApplied
from checkpoint.core.sim.shell.interpret import run_line
from checkpoint.core.sim.world import Shell, World

_HOME = "/home/runner"
_SCRIPT = "/tmp/step.sh"  # noqa: S108
NOBODY = "nobody"
"""Whose approval an apply has that nobody was asked about."""


def act(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    """A job that was started is done: `what` is the run's number and the job's name."""
    number, _, name = due.what.partition(" ")
    run = world.part(Forge).run(int(number))
    job = next((one for one in run.jobs if one.name == name), None) if run else None
    if run is None or job is None or job.status != "in_progress" or job.ends != due.at:
        return world, ()
    world, events = _done(world, run, job)
    world, more = advanced(world, run.id)
    return world, (*events, *more)


def _done(world: World, run: WorkflowRun, job: Job) -> tuple[World, tuple[Event, ...]]:
    planned = next(one for one in workflow_of_run(world, run).jobs if one.name == job.name)
    desk = _Desk(_seated(world, run), run)
    for step in planned.steps:
        desk.take(planned, step)
    made = replace(job, status="completed", conclusion="failure" if desk.failed else "success")
    made = replace(made, steps=tuple(desk.steps), log=tuple(desk.log()))
    world = replace(desk.world, files=world.files, shell=world.shell, host=world.host)
    run = world.part(Forge).run(run.id) or run
    world = world.having(world.part(Forge).having_run(replace(run, artifacts=desk.run.artifacts)))
    return with_job(world, run.id, made), tuple(_told(desk.events, run, job))


def _seated(world: World, run: WorkflowRun) -> World:
    """The world as the runner has it: its own disk and shell, everybody's servers."""
    folder = _workspace(world.part(Forge))
    variables = {
        "HOME": _HOME,
        "USER": "runner",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": folder,
        "GITHUB_EVENT_NAME": run.event,
        "GITHUB_REF": run.full_ref,
        "GITHUB_SHA": run.commit,
        "GITHUB_RUN_ID": str(run.id),
        "GITHUB_ACTOR": run.by,
    }
    shell = Shell(_HOME, "runner", folder, variables=Map(variables), exported=frozenset(variables))
    files = Files().make_folders(folder, time=world.clock).make_folder("/tmp", time=world.clock)  # noqa: S108
    return replace(world, files=files, shell=shell, host=f"runner-{run.id}")


def _workspace(forge: Forge) -> str:
    name = forge.repo.rpartition("/")[2] or "work"
    return f"{_HOME}/work/{name}/{name}"


def _told(events: list[Event], run: WorkflowRun, job: Job) -> Iterator[Event]:
    """The runner's deeds under its name; an apply says who let it go."""
    for one in events:
        if isinstance(one, PlanApplied):
            yield Other(RUNNER, replace(one, via="pipeline", approval=job.approved or NOBODY))
            if one.result == "applied" and not job.approved:
                yield GuardrailActed(
                    GUARDRAIL, "ci", "bypassed", f"run {run.id} applied, and nobody was asked"
                )
        elif not isinstance(one, GuardrailActed):
            yield Other(RUNNER, one)
        elif one.result != "bypassed":  # the runner is where infrastructure is applied
            yield replace(one, stage="ci")


@dataclass(slots=True)
class _Disk:
    """The runner's, as a repository's disk; what is written there is nobody's work."""

    files: Files
    clock: int

    def wrote(self, kind: str) -> None:
        """Bounded by what a job may do at all."""


@dataclass(slots=True)
class _Desk:
    """One job at work."""

    world: World
    run: WorkflowRun
    events: list[Event] = field(default_factory=list)
    steps: list[tuple[str, str]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    failed: bool = False
    budget: Budget = field(default_factory=lambda: Budget(work=limits.JOB_WORK))

    def take(self, planned: PlannedJob, step: PlannedStep) -> None:
        known = known_to(self.world, self.run, succeeded=not self.failed, failed=self.failed)
        try:
            if not holds(step.condition, known):
                self.steps.append((step.name, "skipped"))
                return
            holds(planned.condition, known)
            code = self.script(planned, step) if step.run else self.action(planned, step)
        except SimError as error:
            self.say(step, error.message)
            code = error.code or 1
        if code:
            self.say(step, f"##[error]Process completed with exit code {code}.")
        self.failed = self.failed or bool(code)
        self.steps.append((step.name, "failure" if code else "success"))

    def say(self, step: PlannedStep, text: str) -> None:
        self.said.append((step.name, text))

    def log(self) -> Iterator[tuple[str, str]]:
        """Step and line, up to what a line may say at all."""
        room = limits.OUTPUT
        for name, text in self.said:
            for line in text.splitlines():
                room -= len(line) + len(name)
                if room < 0:
                    return
                yield name, line

    # --- scripts -------------------------------------------------------------

    def script(self, planned: PlannedJob, step: PlannedStep) -> int:
        """As the forge runs it: a file for `bash -e`, in the step's folder."""
        known = known_to(self.world, self.run)
        text = filled_in(step.run, known)
        folder = f"{_workspace(self.world.part(Forge))}/{step.folder}".rstrip("/")
        files = self.world.files.write(_SCRIPT, encoded(text), time=self.world.clock)
        if not files.is_folder(folder):
            raise SimError(f"An error occurred trying to start process: no such folder: {step.folder}")
        shell = self.world.shell
        variables = shell.variables
        for name, value in (planned.variables or {}).items():
            variables = variables.set(name, filled_in(value, known))
        exported = shell.exported | set(planned.variables or {})
        seated = replace(shell, cwd=folder, variables=variables, exported=exported)
        self.say(step, f"##[group]{step.name}")
        made = run_line(
            replace(self.world, files=files, shell=seated), f"bash -e {_SCRIPT}", TOOLS, budget=self.budget
        )
        self.world = replace(made.world, shell=shell)
        self.events += made.events
        self.say(step, "".join(chunk.text for chunk in made.chunks))
        return made.code

    # --- actions -------------------------------------------------------------

    def action(self, planned: PlannedJob, step: PlannedStep) -> int:
        """What the known actions do to the runner's files; an unknown one ends the job and says why."""
        name = step.uses.partition("@")[0]
        if name == "pre-commit/action":
            return self.hooks(planned, step)
        self.say(step, f"##[group]{step.name}")
        if name in _ACTIONS:
            return _ACTIONS[name](self, step.given or {})
        if name.rpartition("/")[2].startswith("setup-") or name == "actions/cache":
            return 0
        raise SimError(f"simulator: the action {step.uses or '(none)'} is not simulated here", 1)

    def hooks(self, planned: PlannedJob, step: PlannedStep) -> int:
        """The repository's own hooks, where nobody can tell them to keep quiet."""
        if "pre-commit" in self.world.off:
            self.events.append(GuardrailActed("pre-commit", "ci", "off", f"run {self.run.id}"))
            return 0
        wanted = (step.given or {}).get("extra_args") or "--all-files"
        code = self.script(planned, replace(step, run=f"pre-commit run --show-diff-on-failure {wanted}"))
        result = "caught" if code else "passed"
        self.events.append(GuardrailActed("pre-commit", "ci", result, f"run {self.run.id}"))
        return code

    def path(self, typed: str) -> str:
        return f"{_workspace(self.world.part(Forge))}/{typed.strip().removeprefix('./')}".rstrip("/")

    def checkout(self, given: Mapping[str, str]) -> int:
        if given.get("ref") or given.get("repository") or given.get("path"):
            raise SimError("simulator: a checkout of anything but the run's commit is not simulated here", 1)
        worlds = [self.world]
        repo = Server(lambda: worlds[-1], worlds.append).repository(self.world.part(Forge).repo)
        if repo is None:
            raise SimError("the repository isn't there", 1)
        disk = _Disk(self.world.files, self.world.clock)
        folder = _workspace(self.world.part(Forge))
        there = self.world.part(Hosting).files.get(repo.folder)
        disk.files = disk.files.put(f"{folder}/.git", there or Folder())
        here = Repository(disk, f"{folder}/.git", folder)
        here.drop("refs/heads")
        here.set_setting("core.bare", "false")
        here.put_text("HEAD", self.run.commit + "\n")
        check_out(here, files_at(here, self.run.commit))
        self.world = replace(self.world, files=disk.files)
        return 0

    def upload(self, given: Mapping[str, str]) -> int:
        """Files are kept under their paths below the folder that they have in common."""
        full = [self.path(one) for one in given.get("path", "").splitlines() if one.strip()]
        found = [one for path in full for one in self.below(path)]
        if not found:
            self.said.append(
                ("", f"##[warning]No files were found with the provided path: {given.get('path')}")
            )
            return 0
        folder = _common([path.rpartition("/")[0] for path in found])
        kept = tuple((path.removeprefix(f"{folder}/"), self.world.files.read(path)) for path in found)
        made = Artifact(given.get("name", "artifact"), kept)
        rest = tuple(one for one in self.run.artifacts if one.name != made.name)
        self.run = replace(self.run, artifacts=(*rest, made))
        return 0

    def below(self, path: str) -> list[str]:
        if self.world.files.is_file(path):
            return [path]
        if not self.world.files.is_folder(path):
            return []
        return [name for name, node in self.world.files.walk(path) if isinstance(node, File)]

    def download(self, given: Mapping[str, str]) -> int:
        """One artifact by its name, or each into a folder of its name."""
        name = given.get("name", "")
        wanted = [one for one in self.run.artifacts if name in ("", one.name)]
        if name and not wanted:
            raise SimError(f"Unable to download artifact(s): Artifact not found for name: {name}", 1)
        for one in wanted:
            folder = self.path(given.get("path", ""))
            self.world = replace(
                self.world,
                files=one.placed(
                    self.world.files, folder if name else f"{folder}/{one.name}", self.world.clock
                ),
            )
        return 0


def _common(folders: list[str]) -> str:
    first, *rest = [one.split("/") for one in folders]
    length = next(
        (n for n, word in enumerate(first) if any(len(one) <= n or one[n] != word for one in rest)),
        len(first),
    )
    return "/".join(first[:length])


_ACTIONS: dict[str, Callable[[_Desk, Mapping[str, str]], int]] = {
    "actions/checkout": _Desk.checkout,
    "actions/upload-artifact": _Desk.upload,
    "actions/download-artifact": _Desk.download,
}

ACTORS[RUNNER] = act
