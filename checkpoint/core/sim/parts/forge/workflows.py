"""Workflow files: what starts them, which jobs they have, and what each job's steps are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.forge.checking import touches
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.yaml_text import documents


class BadWorkflow(SimError):
    """A workflow file that the forge can't start."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """`run` is a script, `uses` an action with its settings in `given`."""

    name: str
    run: str = ""
    uses: str = ""
    given: Mapping[str, str] | None = None
    condition: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """`needs` are the jobs before it, `environment` the one whose rules it waits for."""

    name: str
    needs: tuple[str, ...] = ()
    environment: str = ""
    condition: str = ""
    steps: tuple[PlannedStep, ...] = ()
    variables: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """`events`: by the event's name, the branches and paths that it is about; empty for all."""

    name: str
    events: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    jobs: tuple[PlannedJob, ...]
    group: str = ""
    """Runs of one group don't run at once."""
    cancels: bool = False
    """Whether a new run ends the one that is in its way."""

    def starts_on(self, event: str, branch: str, paths: list[str]) -> bool:
        if event not in self.events:
            return False
        branches, wanted = self.events[event]
        return (not branches or touches(branches, [branch])) and (not wanted or touches(wanted, paths))


def workflow_at(repo: Repository, commit: Oid, path: str) -> Workflow | None:
    """The workflow as a commit has it; None without the file. Raises BadWorkflow."""
    found = files_at(repo, commit).get(path)
    return workflow_of(repo.blob(found[1]).decode("utf-8", "replace"), path) if found else None


def workflow_of(text: str, path: str) -> Workflow:
    """Raises BadWorkflow for a text that is no workflow."""
    try:
        found = documents(text)
    except SimError as error:
        raise BadWorkflow(f"Invalid workflow file: {path}: {error.message}") from None
    facts = found[0] if found else None
    jobs = facts.get("jobs") if isinstance(facts, dict) else None
    if not isinstance(facts, dict) or not isinstance(jobs, dict) or not jobs:
        raise BadWorkflow(f"Invalid workflow file: {path}: there are no jobs")
    told = facts.get("concurrency")
    group = told.get("group") if isinstance(told, dict) else told
    cancels = isinstance(told, dict) and told.get("cancel-in-progress") is True
    if len(jobs) > limits.JOBS:
        raise BadWorkflow(f"simulator: {path}: a workflow has at most {limits.JOBS} jobs here")
    made = tuple(_job(str(name), one, facts, path) for name, one in jobs.items())
    _check_needs(made, path)
    return Workflow(
        str(facts.get("name") or path),
        _events(facts.get("on", facts.get(True))),  # YAML 1.1 reads the word `on` as true
        made,
        str(group or ""),
        cancels,
    )


def _check_needs(jobs: tuple[PlannedJob, ...], path: str) -> None:
    """Every job has to come to its turn."""
    reached: set[str] = set()
    while ready := {one.name for one in jobs if set(one.needs) <= reached} - reached:
        reached |= ready
    for one in jobs:
        if one.name not in reached:
            raise BadWorkflow(f"Invalid workflow file: {path}: the job `{one.name}` needs what never ends")


def _events(told: Any) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    if isinstance(told, dict):
        return {
            str(name): (_texts(_of(one, "branches")), _texts(_of(one, "paths"))) for name, one in told.items()
        }
    return dict.fromkeys(_texts(told), ((), ()))


def _job(name: str, facts: Any, above: Mapping[str, Any], path: str) -> PlannedJob:
    if not isinstance(facts, dict) or not isinstance(facts.get("steps"), list):
        raise BadWorkflow(f"Invalid workflow file: {path}: the job `{name}` has no steps")
    place = facts.get("environment")
    folder = _folder(facts) or _folder(above)
    return PlannedJob(
        name,
        _texts(facts.get("needs")),
        str(_of(place, "name") or "") if isinstance(place, dict) else str(place or ""),
        _condition(facts),
        tuple(_step(one, folder) for one in facts["steps"] if isinstance(one, dict)),
        {**_settings(above.get("env")), **_settings(facts.get("env"))},
    )


def _step(facts: Mapping[str, Any], folder: str) -> PlannedStep:
    run, uses = str(facts.get("run") or ""), str(facts.get("uses") or "")
    first = (run.strip().splitlines() or [""])[0]
    return PlannedStep(
        str(facts.get("name") or f"Run {uses or first}"),
        run,
        uses,
        {**_settings(facts.get("with"))},
        _condition(facts),
        str(facts.get("working-directory") or folder),
    )


def _condition(facts: Mapping[str, Any]) -> str:
    told = facts.get("if", "")
    return str(told).lower() if isinstance(told, bool) else str(told or "")


def _folder(facts: Mapping[str, Any]) -> str:
    return str(_of(_of(facts.get("defaults"), "run"), "working-directory") or "")


def _of(facts: Any, name: str) -> Any:
    return facts.get(name) if isinstance(facts, dict) else None


def _settings(facts: Any) -> dict[str, str]:
    return {str(name): str(one) for name, one in facts.items()} if isinstance(facts, dict) else {}


def _texts(told: Any) -> tuple[str, ...]:
    if told is None:
        return ()
    return tuple(str(one) for one in told) if isinstance(told, list) else (str(told),)
