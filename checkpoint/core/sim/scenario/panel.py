"""The world at a glance: a few facts for each stage, and what the last step changed of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from checkpoint.core.sim.parts.files import legible
from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.parts.git.hosting import Hosting
from checkpoint.core.sim.parts.git.repository import Repository, found_at
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters
from checkpoint.core.sim.parts.terraform.state import loaded
from checkpoint.core.sim.parts.terraform.stores import Stores, lock_of
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.scenario.checks.cluster import current_context
from checkpoint.core.sim.scenario.checks.fields import at
from checkpoint.core.sim.scenario.checks.git import ReadOnly, repository_of
from checkpoint.core.sim.world import World

Json = Any
STAGES = ("workstation", "git", "ci", "review", "flux", "cluster")
MOST = 4
"""Facts shown for a stage; the terminal shows the rest."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`was`: the value before the last step, where that changed it; `new`: it wasn't there."""

    label: str
    value: str
    was: str = ""
    new: bool = False


Panel = Mapping[str, tuple[Fact, ...]]
"""Facts by stage, in the order of the line."""


@lru_cache(maxsize=64)
def _serial(state: str) -> int:
    return loaded(state).serial


def panel_of(world: World) -> Panel:
    told = {
        "workstation": _workstation(world),
        "git": _git(world),
        "ci": _ci(world),
        "review": _review(world),
        "flux": _flux(world),
        "cluster": _cluster(world),
    }
    return {stage: tuple(map(_legible, islice(facts, MOST))) for stage, facts in told.items()}


def _legible(fact: Fact) -> Fact:
    value = legible(fact.value)
    return fact if value == fact.value else replace(fact, value=value)


def compared(before: Panel, after: Panel) -> Panel:
    """The facts now, each with what it was where it has changed."""
    return {stage: tuple(_marked(one, before.get(stage, ())) for one in after[stage]) for stage in after}


def _marked(fact: Fact, before: tuple[Fact, ...]) -> Fact:
    old = next((one for one in before if one.label == fact.label), None)
    if old is None:
        return replace(fact, new=True)
    return replace(fact, was=old.value) if old.value != fact.value else fact


# --- workstation -------------------------------------------------------------


def _workstation(world: World) -> tuple[Fact, ...]:
    shell = world.shell
    place = shell.cwd, shell.home, shell.value("KUBECONFIG")
    return _AT_WORK.get(world.files, place, lambda: tuple(_at_work(world)))


_AT_WORK: Recent[tuple[Fact, ...]] = Recent(256)
"""By the files, and where in them the shell stands and looks for its clusters."""


def _at_work(world: World) -> Iterator[Fact]:
    repository = found_at(ReadOnly(world.files, world.clock), world.shell.cwd)
    if repository is not None:
        yield Fact("branch", repository.branch or "no branch: detached")
    context = current_context(world)
    if context:
        yield Fact("context", context)
    for name in ("tfplan", "tfplan.meta"):
        if world.files.is_file(f"{world.shell.cwd}/{name}"):
            yield Fact("plan", f"{name} is here")
            break


# --- git ---------------------------------------------------------------------


def _git(world: World) -> Iterator[Fact]:
    own = world.part(Forge).repo
    yield from _SHARED.get(world.part(Hosting).files, own, lambda: tuple(_shared(world)))
    stores = world.part(Stores)
    for url in sorted(stores.states):
        yield Fact("state", f"serial {_serial(stores.states[url])}")
        lock = stores.locks.get(url)
        yield Fact("lock", f"held by {lock_of(lock).who}" if lock else "free")


_SHARED: Recent[tuple[Fact, ...]] = Recent(256)
"""By the files of the git servers, and the repository that the forge is about."""


def _shared(world: World) -> Iterator[Fact]:
    for project in _shown(world):
        repository = repository_of(world, project)
        if repository is not None:
            yield Fact("main", _head(repository))
            others = sorted(name for name in repository.refs("refs/heads/") if not name.endswith("/main"))
            if others:
                yield Fact("branches", ", ".join(name.removeprefix("refs/heads/") for name in others[:3]))


def _shown(world: World) -> list[str]:
    """The repository that the forge is about, for the others are copies of it; else the first two."""
    own = world.part(Forge).repo
    found = sorted(_projects(world))
    return [own] if own in found else found[:2]


def _projects(world: World) -> list[str]:
    """`org/name` of every repository on the git servers."""
    files = world.part(Hosting).files
    found = []
    for org in files.names("/") if files.is_folder("/") else ():
        names = files.names(f"/{org}") if files.is_folder(f"/{org}") else []
        found += [f"{org}/{name.removesuffix('.git')}" for name in names if name.endswith(".git")]
    return found


def _head(repository: Repository) -> str:
    oid = repository.ref("refs/heads/main")
    return f"{oid[:7]} {repository.commit(oid).subject}" if oid else "nothing yet"


# --- CI and review -----------------------------------------------------------


def _ci(world: World) -> Iterator[Fact]:
    forge = world.part(Forge)
    for run in forge.runs[:2]:
        now = run.now(world.clock)
        waits = any(job.status == "waiting" for job in now.jobs)
        yield Fact(f"run {now.id}", "waits for approval" if waits else now.conclusion or "in progress")
    for pull in (one for one in forge.pulls if one.state == "OPEN"):
        verdicts = [check.verdict(world.clock) for check in pull.checks]
        if verdicts:
            yield Fact(f"PR {pull.number}", _counted(verdicts))


_VERDICTS = (
    ("pass", "passed"),
    ("fail", "failed"),
    ("pending", "pending"),
    ("skipping", "skipped"),
    ("cancel", "cancelled"),
)


def _counted(verdicts: list[str]) -> str:
    return ", ".join(f"{verdicts.count(one)} {word}" for one, word in _VERDICTS if one in verdicts)


def _review(world: World) -> Iterator[Fact]:
    forge = world.part(Forge)
    for pull in forge.pulls:
        if pull.state == "OPEN":
            decision = forge.decision(pull)
            words = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes asked for", "": "open"}
            yield Fact(f"PR {pull.number}", words.get(decision, "waits for a review"))
        elif pull.state == "MERGED":
            yield Fact(f"PR {pull.number}", "merged")


# --- Flux and cluster --------------------------------------------------------


def _clusters(world: World) -> list[Cluster]:
    return [one for _, one in sorted(world.part(Clusters).clusters.items())]


def _flux(world: World) -> Iterator[Fact]:
    for cluster in _clusters(world):
        for item in cluster.every("kustomizations"):
            yield Fact(item["metadata"]["name"], _reconciled(item))


def _reconciled(item: Json) -> str:
    if at(item, "spec.suspend"):
        return "suspended"
    conditions = at(item, "status.conditions") or []
    ready = any(one.get("type") == "Ready" and one.get("status") == "True" for one in conditions)
    revision = str(at(item, "status.lastAppliedRevision") or "")
    return f"ready at {revision.rpartition(':')[2][:7]}" if ready else "not ready"


def _cluster(world: World) -> Iterator[Fact]:
    """What people deploy; the cluster's own parts stand in namespaces such as kube-system."""
    clusters = _clusters(world)
    for cluster in clusters:
        for item in cluster.every("deployments"):
            place = item["metadata"]["namespace"]
            if place.endswith("-system"):
                continue
            label = f"{cluster.name}/{place}" if len(clusters) > 1 else place
            image = str(at(item, "spec.template.spec.containers.0.image") or "").rpartition("/")[2]
            ready, wanted = at(item, "status.readyReplicas") or 0, at(item, "spec.replicas")
            yield Fact(f"{label} {item['metadata']['name']}", f"{image}, {ready} of {wanted} ready")
