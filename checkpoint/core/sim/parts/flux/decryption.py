"""Secrets that stand encrypted in Git: the kustomize controller opens them with the cluster's age keys.

Facts: kustomize-controller, internal/decryptor. The seal over all values is not checked in the cluster,
for a build may have changed labels and namespaces.
"""

import base64
import binascii
import json

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.flux.objects import Json, Unready
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster
from checkpoint.core.sim.parts.sops import age, formats, tree
from checkpoint.core.sim.parts.sops.age import AgeError, Identity
from checkpoint.core.sim.parts.sops.data_key import unlocked

PROVIDER = "sops"
_OFF = "kustomize.toolkit.fluxcd.io/decrypt"
_ENDING = ".agekey"
_PLACES = (
    "'SOPS_AGE_SSH_PRIVATE_KEY_FILE', '/.ssh/id_ed25519', '/.ssh/id_rsa', 'SOPS_AGE_KEY', "
    "'SOPS_AGE_KEY_FILE', 'SOPS_AGE_KEY_CMD', and '/.config/sops/age/keys.txt'"
)


class Sealed(Unready):
    """A secret stays shut. `why`: no-decryption, no-key, wrong-key or damaged; `secret` names it."""

    def __init__(self, reason: str, message: str, why: str, secret: str = "") -> None:
        super().__init__(reason, message)
        self.why, self.secret = why, secret


def is_encrypted(item: Json) -> bool:
    """Whether an object carries SOPS' own entry."""
    told = item.get("sops")
    return isinstance(told, dict) and bool(told.get("mac"))


def left_alone(item: Json) -> bool:
    notes = (item.get("metadata") or {}).get("annotations") or {}
    return str(notes.get(_OFF, "")).lower() == "disabled"


def keys_of(cluster: Cluster, kustomization: Json) -> list[Identity] | None:
    """The identities that a Kustomization names; None where it configures no decryption. Raises Sealed."""
    told = (kustomization.get("spec") or {}).get("decryption")
    if not isinstance(told, dict) or told.get("provider") != PROVIDER:
        return None
    name = str((told.get("secretRef") or {}).get("name") or "")
    kind = kinds.named("secrets")
    if not name or kind is None:
        return []
    namespace = kustomization["metadata"]["namespace"]
    held = cluster.get(kind, namespace, name)
    if held is None:
        raise Sealed("BuildFailed", f'secrets "{name}" not found', "no-key")
    found: list[Identity] = []
    for entry, value in sorted((held.get("data") or {}).items()):
        if entry.endswith(_ENDING):
            found += _identities(entry, str(value), f"{namespace}/{name}")
    return found


def _identities(entry: str, value: str, secret: str) -> list[Identity]:
    try:
        return age.identities_of(base64.b64decode(value).decode("utf-8", "replace"))
    except (AgeError, binascii.Error) as error:
        why = error.message if isinstance(error, AgeError) else str(error)
        lead = f"failed to import '{entry}' data from sops decryption Secret '{secret}'"
        raise Sealed("BuildFailed", f"{lead}: failed to parse age identities: {why}", "no-key") from None


def opened(item: Json, keys: list[Identity]) -> Json:
    """An encrypted object in clear. Raises Sealed in the controller's words."""
    meta = item.get("metadata") or {}
    name, namespace = str(meta.get("name", "")), str(meta.get("namespace", ""))
    group, _, version = str(item.get("apiVersion", "")).rpartition("/")
    kind = item.get("kind")
    lead = (
        f"decryption failed for '{kind}.{version}.{group or '[noGrp]'}/{name}': "
        f"failed to decrypt and format '{namespace}/{name}' {kind} data"
    )
    try:
        file = formats.secret_file(json.dumps(item), "json")
    except SimError as error:
        why = f"{lead}: failed to load encrypted JSON data: {error.message}"
        raise Sealed("BuildFailed", why, "damaged", name) from None
    try:
        key = unlocked(file.metadata.age, keys, lambda why: why if keys else f"{why}. {_nowhere()}")
    except SimError as error:
        why = f"{lead}: cannot get sops data key: {error.message}"
        raise Sealed("BuildFailed", why, "wrong-key" if keys else "no-key", name) from None
    try:
        clear, _ = tree.decrypted(file, key, ignore_mac=True)
    except SimError as error:
        told = error.message.removeprefix("Error decrypting tree: ")
        why = f"{lead}: error decrypting sops tree: {told}"
        raise Sealed("BuildFailed", why, "damaged", name) from None
    return json.loads(formats.json_text(clear.documents[0]))


def _nowhere() -> str:
    return f"Did not find keys in locations {_PLACES}."
