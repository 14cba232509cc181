"""A saved plan: an archive like the real one, which nobody can read with the eye, with secrets in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.terraform import archive
from checkpoint.core.sim.parts.terraform.source import Source
from checkpoint.core.sim.parts.terraform.state import State, dumped, loaded
from checkpoint.core.sim.parts.terraform.values import from_json, to_json, type_from_json, type_json, type_of
from checkpoint.core.sim.parts.terraform.variables import Given


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything that an apply needs. `prior` is the refreshed state, `stored` the one that was read."""

    sources: tuple[Source, ...]
    given: Mapping[str, Given]
    mode: str
    targets: tuple[str, ...]
    replaced: tuple[str, ...]
    workspace: str
    backend: str
    """The state's address."""
    prior: State
    stored: State
    applyable: bool
    made_at: int
    files: Mapping[str, str]
    """What the configuration read beside itself."""
    moved: Mapping[str, str]
    """New address -> old one, of objects that `prior` has under the new one already."""
    imported: Mapping[str, str]
    """Address -> id, of objects that `prior` has already and that the apply imports."""


def packed(plan: Saved) -> bytes:
    facts = {
        "given": {
            name: {"value": to_json(one.value), "type": type_json(type_of(one.value)), "origin": one.origin}
            for name, one in sorted(plan.given.items())
        },
        "mode": plan.mode,
        "targets": list(plan.targets),
        "replaced": list(plan.replaced),
        "workspace": plan.workspace,
        "backend": plan.backend,
        "applyable": plan.applyable,
        "made_at": plan.made_at,
        "files": dict(plan.files),
        "moved": dict(plan.moved),
        "imported": dict(plan.imported),
    }
    entries = {
        "tfplan": json.dumps(facts, ensure_ascii=False),
        "tfstate": dumped(plan.prior),
        "tfstate-prev": dumped(plan.stored),
    }
    entries |= {f"tfconfig/m-/{source.name}": source.text for source in plan.sources}
    entries["tfconfig/modules.json"] = '[{"Key":"","Dir":"."}]'
    return archive.packed({name: text.encode("utf-8", "surrogateescape") for name, text in entries.items()})


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


class NoPlan(Exception):
    """The bytes are no plan file."""


_MOST = 1024 * 1024
"""Bytes of one entry."""


def unpacked(data: bytes) -> Saved:
    """Raises NoPlan."""
    try:
        entries = archive.unpacked(data, _MOST)
        return _saved({name: one.decode("utf-8", "surrogateescape") for name, one in entries.items()})
    except (archive.NoArchive, SimError, KeyError, ValueError, TypeError, AttributeError):
        raise NoPlan from None


def _saved(entries: dict[str, str]) -> Saved:
    facts: dict[str, Any] = json.loads(entries["tfplan"])
    prefix = "tfconfig/m-/"
    sources = [
        Source(name.removeprefix(prefix), text) for name, text in entries.items() if name.startswith(prefix)
    ]
    given = {
        name: Given(from_json(one["value"], type_from_json(one["type"])), one["origin"])
        for name, one in facts["given"].items()
    }
    return Saved(
        tuple(sources),
        given,
        facts["mode"],
        tuple(facts["targets"]),
        tuple(facts["replaced"]),
        facts["workspace"],
        facts["backend"],
        loaded(entries["tfstate"]),
        loaded(entries["tfstate-prev"]),
        facts["applyable"],
        facts["made_at"],
        facts["files"],
        facts["moved"],
        facts["imported"],
    )
