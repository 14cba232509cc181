"""Which objects a command means: `TYPE NAME`, `TYPE/NAME`, `-l`, `-f`, `-k`."""

from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, on
from checkpoint.core.sim.commands.kubectl.client import Client, no_such_kind
from checkpoint.core.sim.commands.kubectl.kustomizing import built
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.parts.kustomize.build import go_complaint, listed
from checkpoint.core.sim.parts.kustomize.source import BuildError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option
from checkpoint.core.sim.yaml_text import BadYaml, documents

Json = Any

FILES = (
    Option(("-f", "--filename"), "FILE", "files that describe the objects"),
    Option(("-k", "--kustomize"), "DIR", "a folder with a kustomization"),
    Option(("-R", "--recursive")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    kind: Kind
    name: str = ""


def wanted(client: Client, words: list[str]) -> list[Wanted]:
    """`deploy web api`, `deploy,svc`, `deploy/web svc/web`. An unknown type is an error."""
    if not words:
        return []
    if any("/" in word for word in words):
        made = []
        for word in words:
            kind, slash, name = word.partition("/")
            if not slash or not name or not kind:
                raise KubeError(
                    "there is no need to specify a resource type as a separate argument when "
                    "passing arguments "
                    "in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of "
                    "'kubectl get resource resource/<resource_name>'"
                )
            made.append(Wanted(client.kind(kind), name))
        return made
    types = [
        kind
        for one in words[0].split(",")
        if one
        for kind in ((*kinds.ALL, *kinds.ALL_LAST) if one == "all" else (one,))
    ]
    found = [client.kind(one) for one in types]
    names = words[1:]
    return (
        [Wanted(kind, name) for kind in found for name in names]
        if names
        else [Wanted(kind) for kind in found]
    )


def chosen(client: Client, args: Args, one: Wanted, namespace: str) -> list[Json]:
    """The objects of a type, or the named one; a label selector narrows the list."""
    if one.name:
        return [client.get(one.kind, one.name, namespace)]
    items = client.each(one.kind, namespace)
    if args.has("--field-selector"):
        items = [item for item in items if _has_fields(item, args.value("--field-selector"))]
    return [item for item in items if selected(item, args.value("--selector"))]


def selected(item: Json, selector: str) -> bool:
    """Whether an object's labels fit `a=b,c!=d,e,!f,g in (x,y)`."""
    labels = (item.get("metadata") or {}).get("labels") or {}
    return all(_fits(labels, part) for part in _parts(selector))


def _parts(selector: str) -> list[str]:
    parts, depth, text = [], 0, ""
    for char in selector:
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            parts.append(text.strip())
            text = ""
        else:
            text += char
    return [one for one in [*parts, text.strip()] if one]


def _fits(labels: dict[str, str], part: str) -> bool:
    for word, there in ((" notin ", False), (" in ", True)):
        key, found, rest = part.partition(word)
        if found:
            values = [one.strip() for one in rest.strip().strip("()").split(",")]
            return (labels.get(key.strip()) in values) == there
    if "!=" in part:
        key, _, value = part.partition("!=")
        return labels.get(key.strip()) != value.strip()
    key, equals, value = part.partition("=")
    if equals:
        return labels.get(key.strip()) == value.lstrip("=").strip()
    return key[1:].strip() not in labels if key.startswith("!") else key.strip() in labels


def _has_fields(item: Json, selector: str) -> bool:
    for part in selector.split(","):
        key, _, value = part.replace("!=", "=!").replace("==", "=").partition("=")
        place: Json = item
        for name in key.strip().split("."):
            place = place.get(name) if isinstance(place, dict) else None
        if value.startswith("!"):
            if str(place) == value[1:]:
                return False
        elif str(place or "") != value:
            return False
    return True


@dataclass(frozen=True, slots=True)
class FromFile:
    item: Json
    source: str


def from_files(process: Process, args: Args, complaints: list[str] | None = None) -> list[FromFile]:
    """The objects that `-f` and `-k` name, in their order. Raises KubeError.

    With `complaints` what is wrong with one file is put there, and the others are read all the same.
    """
    if args.has("--kustomize"):
        try:
            objects = built(process, args.value("--kustomize"))
        except BuildError as error:
            raise KubeError(error.message) from None
        return [FromFile(item, args.value("--kustomize")) for item in objects]
    made: list[FromFile] = []
    for word in args.values("--filename"):
        for one in word.split(","):
            made += _from_one(process, one, complaints, recursive=on(args, "--recursive"))
    if complaints and not made:
        raise KubeError(_together(complaints))
    if not made and args.has("--filename"):
        raise KubeError(
            "no objects passed to apply" if process.words[1:2] == ("apply",) else "no objects passed"
        )
    return made


def _together(complaints: list[str]) -> str:
    return complaints[0] if len(complaints) == 1 else f"[{', '.join(complaints)}]"


def complained(process: Process, complaints: list[str]) -> int:
    """Tell what was wrong with some of the files; the exit code."""
    if complaints:
        process.error(f"error: {_together(complaints)}")
    return 1 if complaints else 0


def _from_one(
    process: Process, name: str, complaints: list[str] | None = None, *, recursive: bool
) -> list[FromFile]:
    if name == "-":
        return _objects(process.stdin, "STDIN")
    if "://" in name:
        raise KubeError(f'unable to read URL "{name}", server could not be reached from this terminal')
    path = process.path(name)
    if process.files.is_folder(path):
        made = []
        for below, _ in process.files.walk(path.rstrip("/")):
            inner = below[len(path.rstrip("/")) + 1 :]
            wanted_here = recursive or "/" not in inner
            if wanted_here and process.files.is_file(below) and below.endswith((".yaml", ".yml", ".json")):
                lead = "" if name.rstrip("/") == "." else f"{name.rstrip('/')}/"
                made += _tried(process.read(below), f"{lead}{inner}", complaints)
        if not made and not complaints:
            raise KubeError(f"error reading [{name}]: recognized file extensions are [.json .yaml .yml]")
        return made
    if not process.files.is_file(path):
        raise KubeError(f'the path "{name}" does not exist')
    return _tried(process.read(name), name, complaints)


def _tried(text: str, source: str, complaints: list[str] | None) -> list[FromFile]:
    try:
        return _objects(text, source)
    except KubeError as error:
        if complaints is None:
            raise
        complaints.append(error.message.removeprefix("error: "))
        return []


def _objects(text: str, source: str) -> list[FromFile]:
    try:
        found = listed(documents(text))
    except BadYaml as error:
        raise KubeError(
            f"error parsing {source}: error converting YAML to JSON: yaml: {go_complaint(error)}"
        ) from None
    made = []
    for item in found:
        if not isinstance(item, dict):
            raise KubeError(f'error validating "{source}": error validating data: invalid object to validate')
        missing = [name for name in ("apiVersion", "kind") if not item.get(name)]
        if missing:
            why = ", ".join(f"{name} not set" for name in missing)
            many = f"[{why}]" if len(missing) > 1 else why
            off = "if you choose to ignore these errors, turn validation off with --validate=false"
            raise KubeError(f'error validating "{source}": error validating data: {many}; {off}')
        if not isinstance(item.get("metadata"), dict) or not item["metadata"].get("name"):
            raise KubeError("error when retrieving current configuration of:\nresource name may not be empty")
        if kinds.of(item) is None:
            raise no_such_kind(item, source)
        made.append(FromFile(item, source))
    return made
