"""What the pods of Flux' controllers write into their logs."""

import json
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.parts.flux.objects import Flux, Note
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.programs import LINES, Line
from checkpoint.core.sim.world import World

Json = Any
_KINDS = {
    "source-controller": ("GitRepository",),
    "kustomize-controller": ("Kustomization",),
    "image-reflector-controller": ("ImageRepository", "ImagePolicy"),
    "image-automation-controller": ("ImageUpdateAutomation",),
}


def controller_lines(world: World, cluster: str, pod: Json) -> list[Line]:
    """A line of JSON for everything that the pod's controller told; none for other pods."""
    meta = pod["metadata"]
    of = next((kinds for name, kinds in _KINDS.items() if meta["name"].startswith(f"{name}-")), ())
    if meta["namespace"] != "flux-system":
        return []
    own = [one for one in world.part(Flux).notes if one.cluster == cluster and one.kind in of]
    return [(one.at, _line(one)) for one in own[-LINES:]]


def _line(note: Note) -> str:
    kind = kinds.named(note.kind)
    told = {
        "level": "error" if note.warning else "info",
        "ts": datetime.fromtimestamp(note.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "msg": "Reconciler error" if note.warning else note.message,
        "controller": note.kind.lower(),
        "controllerGroup": kind.group if kind else "",
        "controllerKind": note.kind,
        note.kind: {"name": note.name, "namespace": note.namespace},
        "namespace": note.namespace,
        "name": note.name,
    }
    return json.dumps(told | ({"error": note.message} if note.warning else {}), separators=(",", ":"))
