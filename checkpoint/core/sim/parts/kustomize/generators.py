"""ConfigMaps and Secrets made from literals and files, with the hash of their content in the name."""

import base64
import hashlib
import json
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.parts.kustomize.source import BuildError, Source, joined, lstat_failure

_LETTERS = {"0": "g", "1": "h", "3": "k", "a": "m", "e": "t"}
_QUOTES = "'\""


def generated(kind: str, facts: dict[str, Any], options: dict[str, Any], source: Source, root: str) -> Any:
    """One entry of `configMapGenerator` or `secretGenerator` as an object, its name still plain."""
    pairs = _pairs(facts, source, root)
    if kind == "Secret":
        pairs = {
            name: base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()
            for name, text in pairs.items()
        }
    own = {**options, **(facts.get("options") or {})}
    meta: dict[str, Any] = {"name": str(facts.get("name", ""))}
    if facts.get("namespace"):
        meta["namespace"] = facts["namespace"]
    for part in ("labels", "annotations"):
        both = {**(options.get(part) or {}), **((facts.get("options") or {}).get(part) or {})}
        if both:
            meta[part] = both
    made: dict[str, Any] = {"apiVersion": "v1", "kind": kind, "metadata": meta}
    if pairs or kind == "ConfigMap":
        made["data"] = pairs
    if not pairs:
        made.pop("data", None)
    if kind == "Secret":
        made["type"] = facts.get("type") or "Opaque"
    if own.get("immutable"):
        made["immutable"] = True
    return made


def _pairs(facts: dict[str, Any], source: Source, root: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    envs = [*(facts.get("envs") or []), *([facts["env"]] if facts.get("env") else [])]
    for name in envs:
        pairs |= _from_env(_loaded(name, "env source files", envs, source, root))
    for one in facts.get("files") or []:
        key, equals, path = str(one).partition("=")
        text = _loaded(path if equals else key, "file sources", facts["files"], source, root)
        pairs[key if equals else key.rpartition("/")[2]] = text
    for one in facts.get("literals") or []:
        key, equals, value = str(one).partition("=")
        if not equals or not key:
            told = " ".join(map(str, facts["literals"]))
            why = f"literal sources [{told}]: invalid literal source {one}, expected key=value"
            raise BuildError(f"loading KV pairs: {why}")
        if len(value) > 1 and value[0] == value[-1] and value[0] in _QUOTES:
            value = value[1:-1]
        pairs[key] = value
    return pairs


def _loaded(path: object, what: str, all_of_them: Any, source: Source, root: str) -> str:
    whole = joined(root, str(path))
    if not source.is_file(whole):
        told = " ".join(map(str, all_of_them))
        raise BuildError(f"loading KV pairs: {what}: [{told}]: {lstat_failure(whole)}")
    text = source.text(whole)
    limits.spend(len(text))
    return text


def _from_env(text: str) -> dict[str, str]:
    pairs = {}
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            key, _, value = line.partition("=")
            pairs[key] = value
    return pairs


def content_hash(item: dict[str, Any]) -> str:
    """The ten characters that kustomize puts behind the name of a generated object."""
    facts = {"kind": item["kind"], "name": "", "data": item.get("data", "")}
    if item["kind"] == "Secret":
        facts["type"] = item.get("type", "")
    text = json.dumps(facts, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    digest = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
    return "".join(_LETTERS.get(letter, letter) for letter in digest[:10])
