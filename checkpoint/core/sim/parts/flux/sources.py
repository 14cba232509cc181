"""The source controller: what a GitRepository has fetched, and the files of that revision."""

from checkpoint.core.sim.parts.files import decoded
from checkpoint.core.sim.parts.flux.objects import Flux, Json, found, noted, ready, with_status
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.hosting import Server, project_of
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.git.revisions import find
from checkpoint.core.sim.parts.kustomize.source import TreeSource
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.world import World


def revision_of(source: Json) -> str:
    """`main@sha1:…` of what a source has fetched, or nothing."""
    status = source.get("status") or {}
    text = str((status.get("artifact") or {}).get("revision") or "")
    if text:
        return text
    for one in status.get("conditions") or []:
        _, quote, rest = str(one.get("message", "")).partition("revision '")
        if quote:
            return rest.rstrip("'")
    return ""


def server(world: World) -> Server:
    """The git servers, to look at."""
    return Server(lambda: world, lambda changed: None)


def repository_of(world: World, source: Json) -> Repository | None:
    """The repository behind a source's URL; None where no server of this world has it."""
    return server(world).repository(project_of(str((source.get("spec") or {}).get("url", ""))))


def branch_of(source: Json) -> str:
    return str(((source.get("spec") or {}).get("ref") or {}).get("branch") or "main")


def fetch(world: World, cluster: str, namespace: str, name: str) -> tuple[World, str]:
    """Let a GitRepository look at its branch; the revision that it has now, and its condition says so."""
    source = found(world, cluster, "gitrepositories", namespace, name)
    repository = repository_of(world, source)
    before = revision_of(source)
    if repository is None:
        revision = world.part(Flux).heads.get(f"{cluster}/{namespace}/{name}") or before
    else:
        revision, complaint = _revision(repository, source)
        if complaint:
            why = f"failed to checkout and determine revision: {complaint}"
            made = ready(source, False, "GitOperationFailed", why, world.clock)
            world = noted(world, cluster, source, "GitOperationFailed", why, warning=True)
            return with_status(world, cluster, made), before
    told = f"stored artifact for revision '{revision}'"
    made = ready(source, True, "Succeeded", told, world.clock, artifact={"revision": revision})
    if revision != before:
        world = noted(world, cluster, source, "NewArtifact", _new_artifact(repository, revision))
    return with_status(world, cluster, made), revision


def _revision(repository: Repository, source: Json) -> tuple[str, str]:
    """What the source's reference stands for, or why it can't be told."""
    ref = (source.get("spec") or {}).get("ref") or {}
    if ref.get("commit"):
        oid = find(repository, str(ref["commit"]))
        lead = f"{ref['branch']}@" if ref.get("branch") else ""
        return (f"{lead}sha1:{oid}", "") if oid else ("", f"object not found: {ref['commit']}")
    if ref.get("tag"):
        oid = find(repository, f"refs/tags/{ref['tag']}^{{commit}}")
        missing = f'couldn\'t find remote ref "refs/tags/{ref["tag"]}"'
        return (f"{ref['tag']}@sha1:{oid}", "") if oid else ("", missing)
    branch = branch_of(source)
    head = repository.ref(f"refs/heads/{branch}")
    if head is None:
        return "", f'couldn\'t find remote ref "refs/heads/{branch}"'
    return f"{branch}@sha1:{head}", ""


def _new_artifact(repository: Repository | None, revision: str) -> str:
    oid = revision.rpartition(":")[2]
    subject = repository.commit(oid).message.partition("\n")[0] if repository else ""
    return f"stored artifact for commit '{subject}'" if subject else f"stored artifact for '{revision}'"


def tree(world: World, source: Json, revision: str, folder: str = "") -> TreeSource | None:
    """The files of a fetched revision, below `folder`; None where no server has the repository."""
    repository = repository_of(world, source)
    if repository is None:
        return None
    store = repository.disk.files.get(f"{repository.folder}/objects")
    return _TREES.get(store, (revision, folder), lambda: _read(repository, revision, folder))


_TREES: Recent[TreeSource] = Recent(64)
"""By the folder of a repository's objects, the revision, and where it is unpacked."""


def _read(repository: Repository, revision: str, folder: str) -> TreeSource:
    files = files_at(repository, revision.rpartition(":")[2])
    lead = f"{folder.strip('/')}/" if folder else ""
    return TreeSource({lead + path: decoded(repository.blob(oid)) for path, (_, oid) in files.items()})
