"""What the forge's jobs find in a pull request: broken YAML, broken Terraform, a secret in any commit."""

from collections.abc import Iterable
from dataclasses import dataclass

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.forge import Check, CheckJob, Forge
from checkpoint.core.sim.parts.git.changes import Change
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.secrets.in_commits import leaking
from checkpoint.core.sim.parts.terraform.config import load
from checkpoint.core.sim.parts.terraform.source import Failed, Source
from checkpoint.core.sim.parts.terraform.validating import validate
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.yaml_text import documents

_COMMITS = 50
"""Of a pull request that a scan looks at, the newest first."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the jobs for a pull request go by."""

    own: tuple[Change, ...]
    """What its branch changed; a workflow starts for these paths."""
    merged: tuple[Change, ...]
    """What merging it would change of the base branch: the files that a job sees."""
    commits: tuple[str, ...]


def checks_of(forge: Forge, repo: Repository, found: Proposed, ends: int, run: int) -> tuple[Check, ...]:
    """What the jobs for a pull request will say; a workflow whose paths don't fit doesn't run at all."""
    paths = [one.path for one in found.own]
    running = [one for one in forge.jobs if not one.file and (not one.paths or touches(one.paths, paths))]
    return tuple(
        Check(
            job.name,
            job.workflow,
            _conclusion(job, repo, found),
            run + place,
            job.name in forge.rules.contexts,
            ends,
        )
        for place, job in enumerate(running)
    )


def touches(globs: Iterable[str], paths: Iterable[str]) -> bool:
    """Whether a path fits a glob; `**` stands for any folders."""
    named = list(paths)
    compiled = [(one, patterns.compiled(one.replace("**", "*"))) for one in globs]
    return any(path == glob or patterns.matches(marks, path) for glob, marks in compiled for path in named)


def _conclusion(job: CheckJob, repo: Repository, found: Proposed) -> str:
    kind = job.does or ("secrets" if "leak" in job.name or "secret" in job.name else "yaml")
    if kind == "pass":
        return "SUCCESS"
    if kind == "secrets":
        return "FAILURE" if leaking(repo, list(found.commits[:_COMMITS])) else "SUCCESS"
    wrong = _broken_terraform if kind == "terraform" else _broken_yaml
    return "FAILURE" if wrong(repo, found.merged) else "SUCCESS"


def _broken_yaml(repo: Repository, found: Iterable[Change]) -> bool:
    for one in found:
        if one.new and one.path.endswith((".yaml", ".yml")):
            try:
                documents(repo.blob(one.new).decode("utf-8", "replace"))
            except SimError:
                return True
    return False


def _broken_terraform(repo: Repository, found: Iterable[Change]) -> bool:
    """Whether a folder of changed configuration isn't valid; what isn't simulated counts as valid."""
    sources: dict[str, list[Source]] = {}
    for one in found:
        if one.new and one.path.endswith(".tf"):
            folder, _, name = one.path.rpartition("/")
            text = repo.blob(one.new).decode("utf-8", "replace")
            sources.setdefault(folder, []).append(Source(name, text))
    return any(not _is_valid(files) for files in sources.values())


def _is_valid(files: list[Source]) -> bool:
    try:
        return not validate(load(files)).errors
    except Failed:
        return False
    except SimError:
        return True
