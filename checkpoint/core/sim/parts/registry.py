"""The container registry: which tags of which images were pushed, and the digest each one points at."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.actors import ACTORS, Due, plan
from checkpoint.core.sim.durations import seconds
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.world import World

ACTOR = "registry"
"""Pushes images that a setup has planned."""


@dataclass(frozen=True, slots=True)
class Registry:
    """A world's part. `contents`: what is behind `image:tag`; tags with the same content share a digest."""

    tags: Map[str, tuple[str, ...]] = Map()
    contents: Map[str, str] = Map()

    def knows(self, reference: str) -> bool:
        """Whether an image can be pulled; images that the registry has never heard of always can."""
        name, tag, digest = parts(reference)
        return bool(digest) or name not in self.tags or (tag or "latest") in self.tags[name]

    def digest(self, reference: str) -> str:
        """`sha256:…` of an image; the same for the same content, whatever its tag."""
        name, tag, digest = parts(reference)
        if digest:
            return digest
        content = self.contents.get(f"{name}:{tag or 'latest'}", f"{name}:{tag or 'latest'}")
        return (
            content
            if content.startswith("sha256:")
            else f"sha256:{hashlib.sha256(content.encode('utf-8', 'surrogateescape')).hexdigest()}"
        )

    def pushed(self, name: str, tag: str, content: str = "") -> "Registry":
        there = self.tags.get(name, ())
        tags = self.tags.set(name, there if tag in there else (*there, tag))
        return Registry(tags, self.contents.set(f"{name}:{tag}", content) if content else self.contents)


def parts(reference: str) -> tuple[str, str, str]:
    """Name, tag and digest of an image reference.

    >>> parts("ghcr.io:443/acme/web:1.0@sha256:ab")
    ('ghcr.io:443/acme/web', '1.0', 'sha256:ab')
    """
    rest, _, digest = reference.partition("@")
    head, colon, tag = rest.rpartition(":")
    return (head, tag, digest) if colon and "/" not in tag else (rest, "", digest)


def registry_from(world: World, facts: Mapping[str, Any]) -> World:
    """`{image: [tag]}` or `{image: {tag: content}}`; a content may be `{"content", "after": "5m"}`.

    What comes `after` a time is pushed then, counted from the start.
    """
    for image, listed in facts.items():
        told = listed if isinstance(listed, Mapping) else dict.fromkeys(listed)
        for tag, what in told.items():
            fact = what if isinstance(what, Mapping) else {"content": what}
            content = str(fact.get("content") or "")
            if fact.get("after"):
                about = json.dumps([str(image), str(tag), content])
                world = plan(world, Due(world.clock + seconds(fact["after"]), ACTOR, about))
            else:
                world = world.having(world.part(Registry).pushed(str(image), str(tag), content))
    return world


def _push(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    image, tag, content = json.loads(due.what)
    return world.having(replace(world.part(Registry).pushed(image, tag, content))), ()


ACTORS[ACTOR] = _push
