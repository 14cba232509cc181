"""Image automation: tags of a registry, the policy that chooses one, and the commit that writes it down."""

from dataclasses import dataclass
from typing import Any, cast

from immutables import Map

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.expressions import compiled
from checkpoint.core.sim.parts.files import decoded, encoded
from checkpoint.core.sim.parts.flux.events import ImageChosen, ImageWritten
from checkpoint.core.sim.parts.flux.versions import fits, parsed
from checkpoint.core.sim.parts.git.history import files_at, tree_from
from checkpoint.core.sim.parts.git.hosting import Server, project_of
from checkpoint.core.sim.parts.git.objects import Commit, Person
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters, stamp
from checkpoint.core.sim.parts.kustomize.transforming import image_parts
from checkpoint.core.sim.world import World

Json = Any


@dataclass(frozen=True, slots=True)
class Registry:
    """A world's part: the tags of every image that was pushed."""

    tags: Map[str, tuple[str, ...]] = Map()


def registry_from(world: World, facts: Json) -> World:
    """`{image: [tag]}`."""
    tags = world.part(Registry).tags
    for image, listed in facts.items():
        tags = tags.set(str(image), tuple(map(str, listed)))
    return world.having(Registry(tags))


def chosen(spec: Json, tags: tuple[str, ...]) -> str:
    """The tag that a policy selects, nothing where none fits. Raises SimError for a bad pattern."""
    rows = [(tag, tag) for tag in tags]
    filtering = spec.get("filterTags") or {}
    if filtering.get("pattern"):
        rows = _extracted(str(filtering["pattern"]), str(filtering.get("extract") or ""), tags)
    policy = spec.get("policy") or {}
    if "semver" in policy:
        wanted = str((policy["semver"] or {}).get("range", "*"))
        versions = [
            (version, tag) for value, tag in rows if (version := parsed(value)) and fits(version, wanted)
        ]
        return max(versions, key=lambda one: one[0].rank)[1] if versions else ""
    if not rows:
        return ""
    if "numerical" in policy:
        order = (policy["numerical"] or {}).get("order", "asc")
        numbers = [(float(value), tag) for value, tag in rows if _is_number(value)]
        if len(numbers) < len(rows):
            raise SimError("failed to parse invalid numeric value")
        ranked = [tag for _, tag in sorted(numbers)]
    else:
        order = (policy.get("alphabetical") or {}).get("order", "asc")
        ranked = [tag for _, tag in sorted(rows)]
    return ranked[-1] if order != "desc" else ranked[0]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and text.isascii() and len(text) < 40


def _extracted(pattern: str, extract: str, tags: tuple[str, ...]) -> list[tuple[str, str]]:
    expression = compiled(pattern)
    text = extract.strip("${}")
    name: str | int = int(text) if text.isdigit() and len(text) < 3 else text
    rows = []
    for tag in tags:
        match = expression.search(tag)
        if match is None:
            continue
        rows.append((str(match.group(cast(Any, name)) or "") if name else tag, tag))
    return rows


def _hold(world: World, cluster: Cluster) -> World:
    return world.having(world.part(Clusters).having(cluster))


def _condition(world: World, value: bool, reason: str, message: str) -> list[Json]:
    return [
        {
            "type": "Ready",
            "status": "True" if value else "False",
            "reason": reason,
            "message": message,
            "lastTransitionTime": stamp(world.clock),
        }
    ]


def choose(world: World, name: str) -> tuple[World, tuple[Any, ...]]:
    """Let every policy of a cluster look at its repository's tags."""
    events: tuple[Any, ...] = ()
    repositories = kinds.named("imagerepositories")
    for item in world.part(Clusters).clusters[name].every("imagepolicies"):
        cluster = world.part(Clusters).clusters[name]
        spec, meta = item.get("spec") or {}, item["metadata"]
        place = spec.get("imageRepositoryRef") or {}
        where = str(place.get("namespace") or meta["namespace"])
        found = cluster.get(repositories, where, str(place.get("name"))) if repositories else None
        old = (item.get("status") or {}).get("latestRef") or {}
        image = str((found.get("spec") or {}).get("image") if found else old.get("name", ""))
        tags = world.part(Registry).tags.get(image)
        if not tags:
            continue
        status = dict(item.get("status") or {})
        try:
            tag = chosen(spec, tags)
            why = f"Latest image tag for {image} resolved to {tag}"
            if not tag:
                why = "unable to determine latest version from provided list"
        except (SimError, IndexError, KeyError) as error:
            tag, why = "", str(error)
        if tag:
            status["latestRef"] = {"name": image, "tag": tag}
        reason = "Succeeded" if tag else "LatestImageNotFound"
        status["conditions"] = _condition(world, bool(tag), reason, why)
        world = _hold(world, cluster.with_status({**item, "status": status}))
        if tag and tag != old.get("tag"):
            events += (ImageChosen(name, f"{meta['namespace']}/{meta['name']}", f"{image}:{tag}"),)
    return world, events


def rewritten(text: str, latest: dict[str, tuple[str, str]]) -> str:
    """The lines with a marker `# {"$imagepolicy": "namespace:policy[:tag|:name]"}` set to what was chosen."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        head, found, rest = line.partition('{"$imagepolicy":')
        if not found or "#" not in head:
            continue
        namespace, _, policy = rest.partition("}")[0].strip().strip('"').partition(":")
        policy, _, part = policy.partition(":")
        known = latest.get(f"{namespace}:{policy}")
        if known is None:
            continue
        before, _, _ = head.partition("#")
        key, colon, value = before.rstrip().partition(": ")
        if not colon:
            continue
        name, tag = known
        made = {"tag": tag, "name": name}.get(part, f"{name}:{tag}")
        quote = value[:1] if value[:1] in "'\"" else ""
        if not part and image_parts(value.strip(quote or " "))[0] == "":
            continue
        lines[number] = f"{key}: {quote}{made}{quote}{head[len(before.rstrip()) :]}{found}{rest}"
    return "\n".join(lines)


def update(world: World, name: str, item: Json) -> tuple[World, tuple[Any, ...]]:
    """One run of an ImageUpdateAutomation: only policies of its own namespace count."""
    spec, meta = item.get("spec") or {}, item["metadata"]
    cluster = world.part(Clusters).clusters[name]
    latest = {}
    for one in cluster.every("imagepolicies", meta["namespace"]):
        ref = (one.get("status") or {}).get("latestRef") or {}
        if ref.get("tag"):
            latest[f"{meta['namespace']}:{one['metadata']['name']}"] = (str(ref.get("name")), str(ref["tag"]))
    place = spec.get("sourceRef") or {}
    kind = kinds.named("gitrepositories")
    where = str(place.get("namespace") or meta["namespace"])
    source = cluster.get(kind, where, str(place.get("name"))) if kind else None
    worlds = [world]
    server = Server(lambda: worlds[-1], worlds.append)
    url = str(((source or {}).get("spec") or {}).get("url", ""))
    repository = server.repository(project_of(url))
    git = spec.get("git") or {}
    checkout = ((git.get("checkout") or {}).get("ref") or {}).get("branch")
    branch = str((git.get("push") or {}).get("branch") or checkout or "main")
    head = repository.ref(f"refs/heads/{branch}") if repository else None
    if repository is None or head is None:
        return world, ()
    files = files_at(repository, head)
    folder = str((spec.get("update") or {}).get("path") or "").removeprefix("./").strip("/")
    changed = []
    for path, (mode, oid) in list(files.items()):
        if (folder and not path.startswith(folder + "/")) or not path.endswith((".yaml", ".yml")):
            continue
        text = decoded(repository.blob(oid))
        made = rewritten(text, latest)
        if made != text:
            files[path] = mode, repository.write("blob", encoded(made))
            changed.append(path)
    status = {**(item.get("status") or {}), "lastAutomationRunTime": stamp(world.clock)}
    status["conditions"] = _condition(world, True, "Succeeded", "repository up-to-date")
    events: tuple[Any, ...] = ()
    if changed:
        author = (git.get("commit") or {}).get("author") or {}
        email = str(author.get("email", "flux@example.com"))
        person = Person(str(author.get("name", "fluxcdbot")), email, world.clock)
        message = str(
            (git.get("commit") or {}).get("messageTemplate") or "Update from image update automation"
        )
        commit = Commit(tree_from(repository, files), (head,), person, person, message.rstrip("\n") + "\n")
        oid = repository.write("commit", commit.data)
        repository.set_ref(f"refs/heads/{branch}", oid)
        status["lastPushCommit"] = oid
        events = (ImageWritten(name, f"{meta['namespace']}/{meta['name']}", oid, tuple(changed)),)
    world = worlds[-1]
    cluster = world.part(Clusters).clusters[name]
    return _hold(world, cluster.with_status({**item, "status": status})), events
