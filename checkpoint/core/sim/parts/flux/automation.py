"""The image automation: write into Git what the policies of a namespace select, and push it."""

from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import decoded, encoded
from checkpoint.core.sim.parts.flux import templates
from checkpoint.core.sim.parts.flux.events import ImagePushRefused, ImageWritten
from checkpoint.core.sim.parts.flux.images import latest
from checkpoint.core.sim.parts.flux.objects import Json, Unready, noted, ready, referred, with_status
from checkpoint.core.sim.parts.flux.setters import MARK, Change, rewritten
from checkpoint.core.sim.parts.forge.noticing import told_of_push
from checkpoint.core.sim.parts.git.history import files_at, tree_from
from checkpoint.core.sim.parts.git.hosting import Server, Update, project_of, refusal
from checkpoint.core.sim.parts.git.objects import Commit, Person
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.kubernetes.clusters import stamp
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.world import World
from checkpoint.core.sim.yaml_text import BadYaml, documents

Events = tuple[Any, ...]
_DONE = "repository up-to-date"


class Refused(Unready):
    """The git server doesn't take the push."""

    def __init__(self, branch: str, reasons: tuple[str, ...]) -> None:
        why = f"command error on refs/heads/{branch}: protected branch hook declined"
        super().__init__("GitOperationFailed", f"failed to update source: failed to push to remote: {why}")
        self.branch, self.reasons = branch, reasons


def update(world: World, cluster: str, item: Json) -> tuple[World, Events]:
    """One run of an ImageUpdateAutomation: only policies of its own namespace count."""
    name = f"{item['metadata']['namespace']}/{item['metadata']['name']}"
    run = {"lastAutomationRunTime": stamp(world.clock)}
    try:
        changed, made = _written(world, cluster, item)
    except Unready as error:
        world = noted(world, cluster, item, error.reason, error.message, warning=True)
        failed = ready(item, False, error.reason, error.message, world.clock, **run)
        refused = isinstance(error, Refused)
        told = (
            (ImagePushRefused(cluster, name, error.branch, error.reasons[0]),)
            if isinstance(error, Refused) and refused
            else ()
        )
        return with_status(world, cluster, failed), told
    if made is None:
        return with_status(world, cluster, ready(item, True, "Succeeded", _DONE, world.clock, **run)), ()
    run |= {"lastPushCommit": made.oid, "lastPushTime": stamp(world.clock)}
    pushed = f"pushed commit '{made.oid}' to branch '{made.branch}'\n{made.message.rstrip()}"
    world = noted(changed, cluster, item, "Succeeded", pushed)
    images = tuple(dict.fromkeys(one.new for one in made.changes))
    event = ImageWritten(cluster, name, made.oid, made.files, made.branch, images)
    world = with_status(world, cluster, ready(item, True, "Succeeded", _DONE, world.clock, **run))
    return world, (event, *made.came_of_it)


@dataclass(frozen=True, slots=True)
class _Push:
    oid: str
    branch: str
    message: str
    files: tuple[str, ...]
    changes: tuple[Change, ...]
    came_of_it: Events
    """What the forge did about it."""


def _written(world: World, cluster: str, item: Json) -> tuple[World, _Push | None]:
    """The world with the commit pushed; None where every marked line is right already. Raises Unready."""
    spec = item.get("spec") or {}
    place = spec.get("sourceRef") or {}
    source = referred(world, cluster, item, "gitrepositories", place)
    if source is None:
        missing = f'gitrepositories.source.toolkit.fluxcd.io "{place.get("name")}" not found'
        lead = "failed configuring source manager: failed to get source"
        raise Unready("SourceManagerFailed", f"{lead}: {missing}")
    worlds = [world]
    project = project_of(str((source.get("spec") or {}).get("url", "")))
    repository = Server(lambda: worlds[-1], worlds.append).repository(project)
    if repository is None:
        return world, None
    git = spec.get("git") or {}
    refs = ((git.get("checkout") or {}).get("ref") or {}), ((source.get("spec") or {}).get("ref") or {})
    branch = next((str(one["branch"]) for one in refs if one.get("branch")), "main")
    head = repository.ref(f"refs/heads/{branch}")
    if head is None:
        why = f'couldn\'t find remote ref "refs/heads/{branch}"'
        raise Unready("GitOperationFailed", f"failed to checkout source: {why}")
    goal = str((git.get("push") or {}).get("branch") or branch)
    files, changes = _set(repository, head, spec, latest(world, cluster, item["metadata"]["namespace"]))
    if not changes:
        return world, None
    author = (git.get("commit") or {}).get("author") or {}
    person = Person(
        str(author.get("name") or "fluxcdbot"), str(author.get("email") or "fluxcdbot@users"), world.clock
    )
    own = f"{item['metadata']['namespace']}/{item['metadata']['name']}"
    text = str((git.get("commit") or {}).get("messageTemplate") or templates.DEFAULT)
    told = templates.message(text, templates.Told(own, changes)).rstrip("\n") + "\n"
    oid = repository.write("commit", Commit(tree_from(repository, files), (head,), person, person, told).data)
    ref = f"refs/heads/{goal}"
    old = repository.ref(ref)
    if goal != branch and old and _same_tree(repository, old, oid):
        return world, None
    rule = refusal(world, project, Update(ref, old, oid, goal != branch), person.name)
    if rule is not None:
        raise Refused(goal, rule.reasons)
    repository.set_ref(ref, oid)
    changed, came_of_it = told_of_push(worlds[-1], project)
    made = tuple(one for rows in changes.values() for one in rows)
    return changed, _Push(oid, goal, told, tuple(changes), made, tuple(came_of_it))


def _same_tree(repository: Repository, one: str, other: str) -> bool:
    return repository.commit(one).tree == repository.commit(other).tree


def _set(
    repository: Repository, head: str, spec: Json, chosen: dict[str, Json]
) -> tuple[dict[str, tuple[int, str]], dict[str, tuple[Change, ...]]]:
    """The files of a commit with the marked lines set, and what was changed, by path."""
    update_to = spec.get("update") or {}
    if update_to.get("strategy", "Setters") != "Setters":
        raise Unready("InvalidUpdateStrategy", f"unsupported update strategy: {update_to['strategy']}")
    folder = str(update_to.get("path") or "").removeprefix("./").strip("/")
    store = repository.disk.files.get(f"{repository.folder}/objects")
    key = head, folder, repr(chosen)
    found = _REWRITTEN.get(store, key, lambda: _rewritten(repository, head, folder, chosen))
    if not found:
        return {}, {}
    files = files_at(repository, head)
    for path, (text, _) in found.items():
        files[path] = files[path][0], repository.write("blob", encoded(text))
    return files, {path: rows for path, (_, rows) in found.items()}


_REWRITTEN: Recent[dict[str, tuple[str, tuple[Change, ...]]]] = Recent(256)
"""By the folder of a repository's objects, the commit, the folder looked at, and what is selected."""


def _rewritten(
    repository: Repository, head: str, folder: str, chosen: dict[str, Json]
) -> dict[str, tuple[str, tuple[Change, ...]]]:
    """By path: each file that has to change, and its changes."""
    made = {}
    for path, (_, oid) in sorted(files_at(repository, head).items()):
        if (folder and not path.startswith(folder + "/")) or not path.endswith((".yaml", ".yml")):
            continue
        text = decoded(repository.blob(oid))
        if MARK not in text:
            continue
        _check(path, text)
        text, rows = rewritten(text, chosen)
        if rows:
            made[path] = text, rows
    return made


def _check(path: str, text: str) -> None:
    try:
        documents(text)
    except BadYaml as error:
        why = f"failed to apply policies: failed to parse {path}: yaml: line {error.line}: {error.problem}"
        raise Unready("UpdateFailed", why) from None
    except SimError as error:
        raise Unready("UpdateFailed", f"failed to apply policies: {path}: {error.message}") from None
