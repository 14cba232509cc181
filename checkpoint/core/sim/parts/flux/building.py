"""What a Kustomization wants in its cluster: the folder of a revision, built and decrypted."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.flux.decryption import Sealed, is_encrypted, keys_of, left_alone, opened
from checkpoint.core.sim.parts.flux.objects import Json, Unready, cluster_of, referred
from checkpoint.core.sim.parts.flux.sources import tree
from checkpoint.core.sim.parts.kustomize.build import NAMES, Build, NotHere, listed
from checkpoint.core.sim.parts.kustomize.order import rank
from checkpoint.core.sim.parts.kustomize.source import BuildError, Source, TreeSource, joined
from checkpoint.core.sim.parts.kustomize.transforming import add_labels, set_namespace
from checkpoint.core.sim.parts.sops.age import Identity
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.world import World
from checkpoint.core.sim.yaml_text import BadYaml, documents

OWNER = "kustomize.toolkit.fluxcd.io/name"
OWNER_NAMESPACE = "kustomize.toolkit.fluxcd.io/namespace"


def built(source: Source, folder: str, files: list[str]) -> list[Json]:
    """The objects of a folder, with or without a kustomization in it. Raises Unready.

    `files` are the paths below it, for a folder without a kustomization.
    """
    if any(source.is_file(joined(folder, name)) for name in NAMES):
        try:
            return Build(source, restricted=False).run(folder)
        except NotHere as error:
            raise Unready("BuildFailed", f"kustomize build failed: {error.what} is not simulated") from None
        except BuildError as error:
            raise Unready("BuildFailed", f"kustomize build failed: {error.message}") from None
    items: list[Json] = []
    for file in files:
        try:
            items += listed(documents(source.text(file)))
        except BadYaml as error:
            lead = f"failed to decode Kubernetes YAML from {file}"
            raise Unready("BuildFailed", f"{lead}: {error.problem or error.message}") from None
    whole = [one for one in items if isinstance(one, dict) and one.get("kind") and one.get("metadata")]
    return sorted(whole, key=rank)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Objects in clear; `sealed` holds (namespace, name) of the secrets that stand encrypted in Git."""

    items: tuple[Json, ...]
    sealed: frozenset[tuple[str, str]] = frozenset()


def desired(world: World, cluster: str, item: Json, revision: str) -> Wanted | None:
    """What a revision holds; None where the repository isn't in this world. Raises Unready."""
    spec = item.get("spec") or {}
    source = referred(world, cluster, item, "gitrepositories", spec.get("sourceRef"))
    root = _unpacked_at(revision)
    files = tree(world, source, revision, root) if source else None
    if files is None:
        return None
    folder = joined(root, str(spec.get("path") or "./").lstrip("/"))
    if not _FOLDERS.get(files, folder, lambda: files.is_folder(folder)):
        why = f"kustomization path not found: stat {folder}: no such file or directory"
        raise Unready("ArtifactFailed", why)
    objects = _BUILT.get(files, folder, lambda: built(files, folder, _manifests(files, folder)))
    keys = keys_of(cluster_of(world, cluster), item)
    own = _own(item), None if keys is None else tuple(keys)
    return _FINISHED.get(objects, own, lambda: finished(item, copied(objects), keys))


@lru_cache(maxsize=64)
def _unpacked_at(revision: str) -> str:
    number = int(hashlib.sha256(revision.encode()).hexdigest()[:12], 16) % 10**10
    return f"/tmp/kustomization-{number}"  # noqa: S108 - where the controller unpacks a revision


def _manifests(files: TreeSource, folder: str) -> list[str]:
    inside = folder.strip("/") + "/"
    below = sorted(f"/{one}" for one in files.texts if one.startswith(inside))
    return [one for one in below if one.endswith((".yaml", ".yml"))]


def _own(item: Json) -> str:
    """All that a Kustomization itself adds to what was built."""
    spec, meta = item.get("spec") or {}, item["metadata"]
    return repr([meta["namespace"], meta["name"], spec.get("targetNamespace"), spec.get("commonMetadata")])


_FOLDERS: Recent[bool] = Recent(512)
_BUILT: Recent[list[Json]] = Recent(512)
"""By the files of a revision and the folder: eight variants of a scenario have twenty folders each."""
_FINISHED: Recent["Wanted"] = Recent(1024)
"""By the built objects, what the Kustomization adds, and its keys. Who applies it copies what it changes."""


def finished(item: Json, objects: list[Json], keys: list[Identity] | None) -> Wanted:
    """Built objects with what the Kustomization itself adds, in clear. Raises Unready.

    `keys` open what is encrypted; None where the Kustomization configures no decryption.
    """
    spec = item.get("spec") or {}
    if spec.get("targetNamespace"):
        set_namespace(objects, str(spec["targetNamespace"]))
    shared = (spec.get("commonMetadata") or {}).get("labels")
    if isinstance(shared, dict):
        add_labels(objects, shared, selectors=False, in_templates=False)
    made, sealed = [], set()
    for one in objects:
        if is_encrypted(one) and not left_alone(one):
            if keys is not None:
                one = opened(one, keys)
                meta = one["metadata"]
                sealed.add((str(meta.get("namespace") or ""), str(meta.get("name"))))
            elif one.get("kind") == "Secret":
                raise _unconfigured(one)
        meta = one.setdefault("metadata", {})
        owner = {OWNER: item["metadata"]["name"], OWNER_NAMESPACE: item["metadata"]["namespace"]}
        meta["labels"] = {**(meta.get("labels") or {}), **owner}
        made.append(one)
    return Wanted(tuple(made), frozenset(sealed))


def _unconfigured(item: Json) -> Sealed:
    why = "is SOPS encrypted, configuring decryption is required for this secret to be reconciled"
    return Sealed("ReconciliationFailed", f"{subject(item)} {why}", "no-decryption", item["metadata"]["name"])


def subject(item: Json) -> str:
    """`Deployment/production/web`, as the controllers name an object."""
    meta = item.get("metadata") or {}
    parts = [str(item.get("kind")), str(meta.get("namespace") or ""), str(meta.get("name"))]
    return "/".join(one for one in parts if one)
