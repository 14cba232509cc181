"""A folder with a kustomization becomes a list of objects, or an error in kustomize's words."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.expressions import compiled
from checkpoint.core.sim.parts.kustomize import transforming
from checkpoint.core.sim.parts.kustomize.generators import content_hash, generated
from checkpoint.core.sim.parts.kustomize.merging import json_patched, merged
from checkpoint.core.sim.parts.kustomize.order import rank
from checkpoint.core.sim.parts.kustomize.source import BuildError, Source, joined, lstat_failure
from checkpoint.core.sim.yaml_text import BadYaml, documents, go_dumped

Json = Any

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_COMPARED = 3
"""Work of looking at one object that is there already, for each that is added."""
_API = "kustomize.config.k8s.io/v1beta1"
_COMPONENT_API = "kustomize.config.k8s.io/v1alpha1"

_FIELDS: dict[str, str] = {
    **dict.fromkeys(("apiVersion", "kind", "namespace", "namePrefix", "nameSuffix"), "string"),
    **dict.fromkeys(("resources", "bases", "components", "crds", "configurations"), "[]string"),
    **dict.fromkeys(("generators", "transformers", "validators", "patchesStrategicMerge"), "[]string"),
    **dict.fromkeys(("commonLabels", "commonAnnotations", "buildMetadata"), "map[string]string"),
    "metadata": "*types.ObjectMeta",
    "labels": "[]types.Label",
    "images": "[]types.Image",
    "replicas": "[]types.Replica",
    "patches": "[]types.Patch",
    "patchesJson6902": "[]types.Patch",
    "replacements": "[]types.ReplacementField",
    "vars": "[]types.Var",
    "configMapGenerator": "[]types.ConfigMapArgs",
    "secretGenerator": "[]types.SecretArgs",
    "generatorOptions": "*types.GeneratorOptions",
    "helmCharts": "[]types.HelmChart",
    "helmGlobals": "*types.HelmGlobals",
    "openapi": "map[string]string",
    "sortOptions": "*types.SortOptions",
}
"""Fields of a kustomization and the Go type that complaints name."""

_NOT_HERE = ("replacements", "vars", "helmCharts", "generators", "transformers", "validators", "crds")
_DEPRECATED = {
    "commonLabels": "labels",
    "bases": "resources",
    "patchesStrategicMerge": "patches",
    "patchesJson6902": "patches",
    "vars": "replacements",
}


@dataclass(slots=True)
class Resource:
    """An object on its way: what it is called by its own file, and whether its name gets a hash."""

    item: Json
    first_name: str
    hashed: bool = False
    first_namespace: str = ""


@dataclass(slots=True)
class Build:
    """`warnings` collects lines for standard error."""

    source: Source
    restricted: bool = True
    """Files must stand in or below their kustomization's folder."""
    step: Callable[[], None] = lambda: None
    warnings: list[str] = field(default_factory=list)

    def run(self, folder: str) -> list[Json]:
        """The objects of a folder in kustomize's order. Raises BuildError; or NotHere."""
        if not self.source.is_folder(folder):
            if self.source.is_file(folder):
                raise BuildError(f"must build at directory: '{folder}': file is not directory")
            raise BuildError(f"must build at directory: not a valid directory: {lstat_failure(folder)}")
        try:
            resources = self.accumulated(folder, (folder,))
            _finish_names(resources)
        except (AttributeError, TypeError, KeyError, ValueError, IndexError):
            # A field holds something else than its type: a text where a mapping belongs, and the like.
            raise BuildError(
                "invalid Kustomization: json: cannot unmarshal a field into its Go type"
            ) from None
        return sorted((one.item for one in resources), key=rank)

    # --- reading ---------------------------------------------------------------

    def kustomization(self, folder: str) -> Json:
        found = [name for name in NAMES if self.source.is_file(joined(folder, name))]
        if not found:
            listed = "'kustomization.yaml', 'kustomization.yml' or 'Kustomization'"
            raise BuildError(f"unable to find one of {listed} in directory '{folder}'")
        if len(found) > 1:
            raise BuildError(f"Found multiple kustomization files under: {folder}\n")
        text = self.source.text(joined(folder, found[0]))
        if not text.strip():
            raise BuildError(f"{found[0]} is empty")
        try:
            read = documents(text)
        except BadYaml as error:
            raise BuildError(f"invalid Kustomization: yaml: {go_complaint(error)}") from None
        facts = read[0] if read else None
        if facts is None:
            raise BuildError(f"{found[0]} is empty")
        return _checked(facts, folder)

    def accumulated(
        self, folder: str, visited: tuple[str, ...], into: list[Resource] | None = None
    ) -> list[Resource]:
        """The resources of a folder; a component works on those that are there already (`into`)."""
        self.step()
        facts = self.kustomization(folder)
        component = facts.get("kind") == "Component"
        if component and into is None:
            raise BuildError(f"expected kind != 'Component' for path '{folder}'")
        for name in _DEPRECATED:
            if name in facts:
                hint = "Run 'kustomize edit fix' to update your Kustomization automatically."
                told = f"# Warning: '{name}' is deprecated. Please use '{_DEPRECATED[name]}' instead. {hint}"
                if told not in self.warnings:
                    self.warnings.append(told)
        resources: list[Resource] = list(into or [])
        for one in [*(facts.get("resources") or []), *(facts.get("bases") or [])]:
            for found in self.named(str(one), folder, visited):
                _add(resources, found, str(one), joined(folder, str(one)), self.source)
        self.generate(facts, folder, resources)
        for one in facts.get("components") or []:
            resources = self.component(str(one), folder, visited, resources)
        self.transform(facts, folder, resources)
        return resources

    def named(self, name: str, folder: str, visited: tuple[str, ...]) -> list[Resource]:
        """What an entry of `resources` stands for."""
        if "://" in name or name.startswith(("git@", "github.com/")):
            raise NotHere(f"kustomize with the remote resource {name}")
        path = joined(folder, name)
        lead = f"accumulation err='accumulating resources from '{name}': "
        if self.source.is_folder(path):
            lead += f"'{path}' must resolve to a file': "
            if path in visited or any(one.startswith(path.rstrip("/") + "/") for one in visited):
                nearest = next(
                    one for one in reversed(visited) if f"{one}/".startswith(path.rstrip("/") + "/")
                )
                why = f"cycle detected: candidate root '{path}' contains visited root '{nearest}'"
                raise BuildError(f"accumulating resources: {lead}{why}")
            try:
                return self.accumulated(path, (*visited, path))
            except BuildError as error:
                text = error.message
                if text.startswith(("unable to find one of", "Found multiple", "invalid Kustomization")):
                    text = f"couldn't make target for path '{path}': {text}"
                elif not text.startswith("expected kind"):
                    text = f"recursed accumulation of path '{path}': {text}"
                raise BuildError(f"accumulating resources: {lead}{text}") from None
        if not self.source.is_file(path):
            gone = lstat_failure(path)
            why = f"{lead}{gone}': must build at directory: not a valid directory: {gone}"
            raise BuildError(f"accumulating resources: {why}")
        not_folder = f"must build at directory: '{path}': file is not directory"
        if self.restricted and not path.startswith(folder.rstrip("/") + "/"):
            why = f"security; file '{path}' is not in or below '{folder}'"
            raise BuildError(f"accumulating resources: {lead}{why}': {not_folder}")
        return self.file(path, name, f"accumulating resources: {lead}", not_folder)

    def file(self, path: str, name: str, lead: str, not_folder: str) -> list[Resource]:
        try:
            found = documents(self.source.text(path))
        except BadYaml as error:
            why = f"MalformedYAMLError: yaml: {go_complaint(error)} in File: {name}"
            raise BuildError(f"accumulating resources: accumulating resources from '{name}': {why}") from None
        resources = []
        for item in listed(found):
            self.step()
            if not isinstance(item, dict) or not item.get("kind") or not item.get("apiVersion"):
                raise BuildError(f"{lead}missing Resource metadata': {not_folder}")
            if not (item.get("metadata") or {}).get("name"):
                group = f"{{{item['apiVersion']} {item['kind']}}}"
                why = f"missing metadata.name in object {{{group} {{ }} map[] map[]}}"
                raise BuildError(f"{lead}{why}': {not_folder}")
            resources.append(_resource(item))
        return resources

    def component(
        self, name: str, folder: str, visited: tuple[str, ...], resources: list[Resource]
    ) -> list[Resource]:
        path = joined(folder, name)
        if not self.source.is_folder(path):
            why = lstat_failure(path) if not self.source.is_file(path) else f"'{path}' is not a directory"
            raise BuildError(f'accumulating components: accumulateDirectory: "{why}"')
        if path in visited:
            raise BuildError(f"accumulating components: cycle detected: candidate root '{path}'")
        return self.accumulated(path, (*visited, path), resources)

    # --- making and changing -----------------------------------------------------

    def generate(self, facts: Json, folder: str, resources: list[Resource]) -> None:
        options = facts.get("generatorOptions") or {}
        for kind, key in (("ConfigMap", "configMapGenerator"), ("Secret", "secretGenerator")):
            for one in facts.get(key) or []:
                item = generated(kind, one, options, self.source, folder)
                both = {**options, **(one.get("options") or {})}
                made = _resource(item)
                made.hashed = not both.get("disableNameSuffixHash")
                _join_generated(resources, made, str(one.get("behavior", "")))

    def transform(self, facts: Json, folder: str, resources: list[Resource]) -> None:
        items = [one.item for one in resources]
        for patch in facts.get("patchesStrategicMerge") or []:
            path = joined(folder, str(patch))
            text = self.source.text(path) if self.source.is_file(path) else str(patch)
            self.patch({"patch": text}, folder, resources)
        for patch in [*(facts.get("patches") or []), *(facts.get("patchesJson6902") or [])]:
            self.patch(patch, folder, resources)
        items = [one.item for one in resources]
        if facts.get("namespace"):
            transforming.set_namespace(items, str(facts["namespace"]))
        _rename(resources, str(facts.get("namePrefix") or ""), str(facts.get("nameSuffix") or ""))
        for one in facts.get("labels") or []:
            transforming.add_labels(
                items,
                one.get("pairs") or {},
                selectors=bool(one.get("includeSelectors")),
                in_templates=bool(one.get("includeTemplates")),
            )
        if facts.get("commonLabels"):
            transforming.add_labels(items, facts["commonLabels"], selectors=True, in_templates=True)
        if facts.get("commonAnnotations"):
            transforming.add_annotations(items, facts["commonAnnotations"])
        for one in facts.get("replicas") or []:
            _scale(resources, one)
        for one in facts.get("images") or []:
            transforming.set_image(items, one)

    def patch(self, facts: Json, folder: str, resources: list[Resource]) -> None:
        text = facts.get("patch")
        if text is None:
            path = joined(folder, str(facts.get("path", "")))
            if not self.source.is_file(path):
                why = f"failed to get the patch file from path({facts.get('path')}): {lstat_failure(path)}"
                shown = go_dumped(facts).replace("\n", "\n\t").strip()
                raise BuildError(
                    f"trouble configuring builtin PatchTransformer with config: `\n{shown}\n`: {why}\n"
                )
            text = self.source.text(path)
        try:
            patches = [one for one in documents(str(text)) if one is not None]
        except BadYaml as error:
            raise BuildError(f"unable to parse SM or JSON patch: yaml: {go_complaint(error)}") from None
        target = facts.get("target")
        for one in patches:
            if isinstance(one, list):
                self.json_patch(facts, one, target, resources)
            elif isinstance(one, dict) and one.get("kind"):
                _strategic(one, target, resources, self.step)
            elif isinstance(one, dict):
                shown = go_dumped(facts).replace("\n", "\n\t").strip()
                raise BuildError(
                    f"trouble configuring builtin PatchTransformer with config: `\n{shown}\n`: unable to "
                    f"parse SM or JSON patch from [patch: {json.dumps(text, ensure_ascii=False)}]\n"
                )
            else:
                raise BuildError("unable to parse SM or JSON patch from [patch: ...]")

    def json_patch(self, facts: Json, operations: Json, target: Json, resources: list[Resource]) -> None:
        if not target:
            where = f'path: "{facts["path"]}"' if facts.get("path") else f'patch: "{facts.get("patch", "")}"'
            raise BuildError(f"must specify a target for JSON patch [{where}]")
        for one in resources:
            self.step()
            if _fits(one, target):
                one.item = json_patched(one.item, operations)


class NotHere(SimError):
    """A real feature of kustomize that isn't simulated."""

    def __init__(self, what: str) -> None:
        super().__init__(what, 2)
        self.what = what


def go_complaint(error: BadYaml) -> str:
    """A parser's complaint as go-yaml words it."""
    problem, line = error.problem, error.line
    if "expected ',' or" in problem or "expected the node content" in problem:
        return f"line {max(1, line - 1)}: did not find expected ',' or ']'"
    if "character '\\t'" in problem or "'\\t' that cannot start" in problem:
        return f"line {line}: found a tab character that violates indentation"
    if "mapping values are not allowed" in problem:
        return f"line {line}: mapping values are not allowed in this context"
    if "could not find expected ':'" in problem:
        return f"line {line}: could not find expected ':'"
    if "expected <block end>" in problem:
        return f"line {max(1, line - 1)}: did not find expected key"
    return f"line {line}: {problem}" if problem else error.message


def listed(found: list[Json]) -> list[Json]:
    """Objects of documents, those in a List one by one."""
    items: list[Json] = []
    for one in found:
        if one is None:
            continue
        if (
            isinstance(one, dict)
            and str(one.get("kind", "")).endswith("List")
            and isinstance(one.get("items"), list)
        ):
            items += one["items"]
        else:
            items.append(one)
    return items


def _checked(facts: Json, folder: str) -> Json:
    if not isinstance(facts, dict):
        what = "array" if isinstance(facts, list) else "string"
        raise BuildError(
            f"invalid Kustomization: json: cannot unmarshal {what} into Go value of type types.Kustomization"
        )
    for name, value in facts.items():
        if name not in _FIELDS:
            raise BuildError(f'invalid Kustomization: json: unknown field "{name}"')
        wanted = _FIELDS[name]
        bad = _is_wrong(value, wanted)
        if bad:
            within = "string" if wanted == "map[string]string" and isinstance(value, dict) else wanted
            why = f"cannot unmarshal {bad} into Go struct field Kustomization.{name} of type {within}"
            raise BuildError(f"invalid Kustomization: json: {why}")
        for one in value if name == "replicas" and isinstance(value, list) else ():
            if isinstance(one, dict) and not isinstance(one.get("count", 0), int):
                told = _GO_NAMES.get(type(one["count"]), "number")
                why = f"cannot unmarshal {told} into Go struct field Replica.replicas.count of type int64"
                raise BuildError(f"invalid Kustomization: json: {why}")
        if name in _NOT_HERE and value:
            raise NotHere(f"kustomize's {name}")
    kind = facts.get("kind", "Kustomization")
    lead = f"Failed to read kustomization file under {folder}:\n"
    if kind not in ("Kustomization", "Component"):
        raise BuildError(f"{lead}kind should be Kustomization or Component\n")
    wanted = _COMPONENT_API if kind == "Component" else _API
    if facts.get("apiVersion", wanted) not in (wanted, _API, "v1beta1"):
        raise BuildError(f"{lead}apiVersion for {kind} should be {wanted}\n")
    return facts


def _is_wrong(value: Json, wanted: str) -> str:
    if value is None:
        return ""
    fits = (
        isinstance(value, list)
        if wanted.startswith("[]") or (wanted == "map[string]string" and isinstance(value, list))
        else isinstance(value, str)
        if wanted == "string"
        else isinstance(value, dict)
    )
    if fits and wanted == "map[string]string" and isinstance(value, dict):
        return next((_GO_NAMES.get(type(one), "number") for one in value.values() if not _is_text(one)), "")
    if fits:
        if wanted != "string" and wanted.startswith("[]types"):
            return next(("string" for one in value if not isinstance(one, dict)), "")
        return ""
    return _GO_NAMES.get(type(value), "number")


_GO_NAMES = {dict: "object", list: "array", str: "string", bool: "bool"}


def _is_text(value: Json) -> bool:
    return value is None or isinstance(value, str)


def _resource(item: Json) -> Resource:
    made = copied(item)
    meta = made.get("metadata") or {}
    return Resource(made, str(meta.get("name", "")), first_namespace=str(meta.get("namespace", "")))


def ident(item: Json) -> str:
    """`Deployment.v1.apps/web.[noNs]`, as messages name an object."""
    group, _, version = str(item.get("apiVersion", "")).rpartition("/")
    kind = f"{item.get('kind')}.{version}.{group or '[noGrp]'}"
    meta = item.get("metadata") or {}
    return f"{kind}/{meta.get('name')}.{meta.get('namespace') or '[noNs]'}"


def _add(resources: list[Resource], one: Resource, name: str, path: str, source: Source) -> None:
    own = ident(one.item)
    limits.spend(_COMPARED * len(resources))
    if any(ident(there.item) == own for there in resources):
        why = f"may not add resource with an already registered id: {own}"
        lead = "accumulating resources: accumulation err="
        if source.is_folder(path):
            raise BuildError(
                f"{lead}'accumulating resources from '{name}': '{path}' must resolve to a file': "
                f"recursed merging from path '{path}': {why}"
            )
        raise BuildError(
            f"{lead}'merging resources from '{name}': {why}': "
            f"must build at directory: '{path}': file is not directory"
        )
    resources.append(one)


def _join_generated(resources: list[Resource], made: Resource, behavior: str) -> None:
    same = next((one for one in resources if _same(one, made.item)), None)
    if behavior in ("merge", "replace"):
        if same is None:
            raise BuildError(
                f"merging from generator: id {ident(made.item)} does not exist; cannot merge or replace"
            )
        old = same.item.get("data") or {}
        same.item["data"] = {**(old if behavior == "merge" else {}), **(made.item.get("data") or {})}
        return
    if same is not None:
        raise BuildError(
            f"merging from generator: id {ident(made.item)} exists; behavior must be merge or replace"
        )
    resources.append(made)


def _same(one: Resource, item: Json) -> bool:
    """Whether a patch or generator means this resource, by the name it has now or had in its file."""
    meta = item.get("metadata") or {}
    own = one.item.get("metadata") or {}
    return bool(
        one.item.get("kind") == item.get("kind")
        and _group(one.item) == _group(item)
        and meta.get("name") in (one.first_name, own.get("name"))
        and (not meta.get("namespace") or meta["namespace"] in (own.get("namespace"), one.first_namespace))
    )


def _group(item: Json) -> str:
    return str(item.get("apiVersion", "")).rpartition("/")[0]


def _strategic(patch: Json, target: Json, resources: list[Resource], step: Callable[[], None]) -> None:
    body = dict(patch)
    if target:
        chosen = [one for one in resources if _fits(one, target)]
        for field_name in ("apiVersion", "kind"):
            body.pop(field_name, None)
        if isinstance(body.get("metadata"), dict):
            body["metadata"] = {k: v for k, v in body["metadata"].items() if k not in ("name", "namespace")}
    else:
        if not patch.get("kind") or not (patch.get("metadata") or {}).get("name"):
            raise BuildError("missing Resource metadata")
        chosen = [one for one in resources if _same(one, patch)]
        if not chosen:
            told = ident(patch)
            unique = f"failed to find unique target for patch {told}"
            raise BuildError(
                f'no resource matches strategic merge patch "{told}": no matches for Id {told}; {unique}'
            )
        body["metadata"] = {k: v for k, v in patch["metadata"].items() if k not in ("name", "namespace")}
    for one in chosen:
        step()
        if body.get("$patch") == "delete":
            resources.remove(one)
        else:
            one.item = merged(one.item, body)


def _fits(one: Resource, target: Json) -> bool:
    """Whether a resource is meant by a patch's target; names are whole words here, `.*` fits all."""
    group, _, version = str(one.item.get("apiVersion", "")).rpartition("/")
    meta = one.item.get("metadata") or {}
    facts = {"group": group, "version": version, "kind": str(one.item.get("kind"))}
    for key, value in facts.items():
        if target.get(key) and target[key] != value:
            return False
    for key, values in (
        ("name", (one.first_name, meta.get("name"))),
        ("namespace", (meta.get("namespace") or "default", one.first_namespace or "default")),
    ):
        wanted = target.get(key)
        if wanted and not any(_matches(str(wanted), str(value)) for value in values):
            return False
    return _selected(target.get("labelSelector"), meta.get("labels") or {}) and _selected(
        target.get("annotationSelector"), meta.get("annotations") or {}
    )


def _matches(wanted: str, value: str) -> bool:
    return bool(compiled(f"^(?:{wanted})$").search(value))


def _selected(selector: Json, pairs: dict[str, str]) -> bool:
    for one in str(selector or "").split(","):
        key, equals, value = one.strip().partition("=")
        if key and (key not in pairs or (equals and pairs[key] != value.lstrip("="))):
            return False
    return True


def _rename(resources: list[Resource], prefix: str, suffix: str) -> None:
    if not prefix and not suffix:
        return
    before = {id(one): str(transforming.meta(one.item).get("name", "")) for one in resources}
    transforming.renamed([one.item for one in resources], lambda name: f"{prefix}{name}{suffix}")
    _repoint(resources, before)


def _finish_names(resources: list[Resource]) -> None:
    before = {id(one): str(transforming.meta(one.item).get("name", "")) for one in resources}
    for one in resources:
        if one.hashed:
            one.item["metadata"]["name"] = f"{before[id(one)]}-{content_hash(one.item)}"
    _repoint(resources, before)


def _repoint(resources: list[Resource], before: dict[int, str]) -> None:
    """Let references follow the objects that they name."""
    now: dict[tuple[str, str], Resource] = {}
    for one in resources:
        now[str(one.item.get("kind")), before[id(one)]] = one
    for one in resources:
        for holder, field_name, kinds in transforming.references(one.item):
            for kind in kinds:
                goal = now.get((kind, str(holder.get(field_name))))
                if goal is not None and field_name in holder:
                    holder[field_name] = goal.item["metadata"]["name"]
                    namespace = goal.item["metadata"].get("namespace")
                    if kind == "ServiceAccount" and "namespace" in holder and namespace:
                        holder["namespace"] = namespace
                    break


_SCALED = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")


def _scale(resources: list[Resource], facts: Json) -> None:
    found = False
    for one in resources:
        names = (one.first_name, one.item["metadata"].get("name"))
        if one.item.get("kind") in _SCALED and facts.get("name") in names:
            one.item.setdefault("spec", {})["replicas"] = facts.get("count")
            found = True
    if not found:
        kinds = (
            "[Deployment.[noVer].[noGrp] StatefulSet.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] "
            "ReplicationController.[noVer].[noGrp]]"
        )
        raise BuildError(
            f"resource with name {facts.get('name')} does not match a config with the following GVK {kinds}"
        )
