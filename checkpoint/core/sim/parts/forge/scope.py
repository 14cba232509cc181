"""A reviewer of scope: is this pull request one kind of change, for one environment?

It sorts what changed into classes, as `lessons/guardrails/one-change-per-pr.md` does. It asks for changes or
comments; it never approves, for an approval of its own could count as a person's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checkpoint.core.sim.events import Event, GuardrailActed, Other
from checkpoint.core.sim.parts.files import decoded
from checkpoint.core.sim.parts.forge import Pull, Review
from checkpoint.core.sim.parts.forge.checking import touches
from checkpoint.core.sim.parts.forge.events import Reviewed
from checkpoint.core.sim.parts.git.changes import Change
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.world import World

GUARDRAIL = "one-change-per-pr"


@dataclass(frozen=True, slots=True)
class PathClass:
    """A kind of change: files that fit `paths` and, where `lines` is given, in which only lines with that
    word differ. `free`: it may travel with any other."""

    name: str
    paths: tuple[str, ...]
    lines: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A world's part: who looks at the scope of pull requests, and how paths are sorted."""

    reviewer: str = ""
    """Empty where nobody does."""
    classes: tuple[PathClass, ...] = ()
    """The first that fits counts."""
    environments: tuple[str, ...] = ()
    """Names of folders that stand for an environment."""


def scope_from(world: World, facts: Mapping[str, Any]) -> World:
    """The reviewer that a setup's `state.scope` describes."""
    classes = tuple(
        PathClass(
            str(one["name"]),
            tuple(map(str, one["paths"])),
            str(one.get("lines", "")),
            bool(one.get("free", False)),
        )
        for one in facts.get("classes", ())
    )
    environments = tuple(map(str, facts.get("environments", ())))
    return world.having(Scope(str(facts.get("reviewer", "")), classes, environments))


Changed = Mapping[str, tuple[str, ...]]
"""By path, the lines that came or went."""


def kinds_in(scope: Scope, changed: Changed) -> tuple[str, ...]:
    """The classes of what changed, in the scope's order; those that may travel with any left out."""
    found = [_class_of(scope, path, lines) for path, lines in changed.items()]
    return tuple(one.name for one in scope.classes if one in found and not one.free)


def environments_in(scope: Scope, paths: Iterable[str]) -> tuple[str, ...]:
    """The environments in whose folders the paths lie. A base is in none, though it reaches all."""
    folders = {part for path in paths for part in path.split("/")[:-1]}
    return tuple(name for name in scope.environments if name in folders)


def _class_of(scope: Scope, path: str, lines: tuple[str, ...]) -> PathClass | None:
    return next((one for one in scope.classes if touches(one.paths, [path]) and _only(one, lines)), None)


def _only(one: PathClass, lines: tuple[str, ...]) -> bool:
    return all(one.lines in line for line in lines if line.strip())


def objection(scope: Scope, changed: Changed) -> str:
    """What a reviewer would ask, nothing where it is one change."""
    kinds, environments = kinds_in(scope, changed), environments_in(scope, changed)
    if len(kinds) > 1:
        return f"{_listed(kinds)} in one pull request"
    if len(environments) > 1:
        return f"{_listed(environments)} in one pull request"
    return ""


def changed_lines(repo: Repository, found: Iterable[Change]) -> Changed:
    """What differs, file by file."""
    return {one.path: tuple(sorted(_lines(repo, one.old) ^ _lines(repo, one.new))) for one in found}


def _lines(repo: Repository, blob: str | None) -> set[str]:
    return set(decoded(repo.blob(blob)).splitlines()) if blob else set()


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def scoped(world: World, pull: Pull, repo: Repository, found: Iterable[Change]) -> tuple[Pull, list[Event]]:
    """A pull request with a new head, with what the reviewer of scope says about it."""
    scope = world.part(Scope)
    if not scope.reviewer:
        return pull, []
    if GUARDRAIL in world.off:
        return pull, [GuardrailActed(GUARDRAIL, "review", "off")]
    asked = objection(scope, changed_lines(repo, found))
    acted: list[Event] = [GuardrailActed(GUARDRAIL, "review", "caught" if asked else "passed", asked)]
    held = pull.latest().get(scope.reviewer)
    if asked:
        said = Review(scope.reviewer, "CHANGES_REQUESTED", f"Please split it: {asked}.", pull.sha)
        acted.append(Other(scope.reviewer, Reviewed(pull.number, scope.reviewer, said.state)))
    elif held is not None and held.state == "CHANGES_REQUESTED":
        said = Review(scope.reviewer, "DISMISSED", "One change now.", pull.sha)
    else:
        return pull, acted
    return replace(pull, reviews=(*pull.reviews, said)), acted
