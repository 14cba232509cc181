"""A starting world from plain data: who learns, which files, which other systems."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.parts.files import Files, Folder, encoded
from checkpoint.core.sim.parts.flux.loading import flux_from, scheduled
from checkpoint.core.sim.parts.forge import forge_from
from checkpoint.core.sim.parts.forge.scope import scope_from
from checkpoint.core.sim.parts.git.hosting import Hosting, Protection, project_of, with_project
from checkpoint.core.sim.parts.issuer import issuer_from
from checkpoint.core.sim.parts.kubernetes.loading import clusters_from
from checkpoint.core.sim.parts.kubernetes.programs import programs_from
from checkpoint.core.sim.parts.registry import registry_from
from checkpoint.core.sim.world import Shell, World


class SetupError(ValueError):
    """A setup names something that isn't there; the message says what and what to do."""


FOLDERS = ("bin", "etc", "usr", "usr/bin", "var")
"""Of the system; nobody can write there."""


def remotes_from(world: World, facts: Mapping[str, Any]) -> World:
    """Branch rules of the git servers: `{url: {"protected": [branch], "reason": [line]}}`.

    `"bypass": [name]` names people and bots whom the rules don't bind; `"empty": true` is a repository that
    was just made there.
    """
    for url, told in facts.items():
        if told.get("empty"):
            world = with_project(world, project_of(url))
        reasons = [line for line in told.get("reason", told.get("message", [])) if "GH006" not in line]
        rule = Protection(
            tuple(told.get("protected", ())),
            tuple(reasons) or Protection(()).reasons,
            bypass=tuple(told.get("bypass", ())),
        )
        hosting = world.part(Hosting)
        rules = hosting.protections.set(project_of(url), (rule,) if rule.branches else ())
        world = world.having(replace(hosting, protections=rules))
    return world


Loader = Callable[[World, Any], World]

LOADERS: dict[str, Loader] = {
    "remotes": remotes_from,
    "kubernetes": clusters_from,
    "flux": flux_from,
    "github": forge_from,
    "scope": scope_from,
    "registry": registry_from,
    "logs": programs_from,
    "issuer": issuer_from,
}
"""By the key of a setup's `state`: puts a system in place."""

SCRIPTS: dict[tuple[str, str], str] = {}
"""(script's name, variant) -> its text, for files that a setup names and doesn't hold."""


def world_from(setup: Mapping[str, Any]) -> World:
    """The world of a setup: `home`, `user`, `epoch`, `env`, `files`, `state`.

    `files` maps paths below home to a text, or to `{"mode", "text"}`, or to `{"external", "variant"}`.
    """
    home = str(setup.get("home", "/home/learner"))
    user = str(setup.get("user", "learner"))
    clock = int(setup.get("epoch", World().clock))
    environment = {"HOME": home, "USER": user, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    environment |= {str(k): str(v) for k, v in setup.get("env", {}).items()}
    shell = Shell(home=home, user=user, cwd=home, variables=Map(environment), exported=frozenset(environment))
    files = _system(Files().make_folders(home, time=clock).make_folder("/tmp", time=clock), clock)  # noqa: S108
    world = World(files=files, shell=shell, clock=clock, seed=str(setup.get("suite", "checkpoint")))
    return changed_by(with_files(world, setup.get("files", {})), setup.get("state", {}))


def with_files(world: World, contents: Mapping[str, Any]) -> World:
    """The world with files below the learner's home, as in a setup."""
    files = world.files
    for path, content in contents.items():
        files = _placed(files, f"{world.shell.home}/{path}", content, world.clock)
    return replace(world, files=files)


def changed_by(world: World, state: Mapping[str, Any]) -> World:
    """The world with systems put in place, or changed, by the facts about them."""
    for key, facts in state.items():
        if key in LOADERS:
            world = LOADERS[key](world, facts)
    return scheduled(world)


def _system(files: Files, clock: int) -> Files:
    for path in FOLDERS:
        files = files.make_folders(f"/{path}", time=clock)
    for path in reversed(FOLDERS):
        files = files.with_mode(f"/{path}", 0o555)
    return replace(files, root=replace(files.root, mode=0o555)) if isinstance(files.root, Folder) else files


def _placed(files: Files, path: str, content: Any, clock: int) -> Files:
    files = files.make_folders(path.rpartition("/")[0], time=clock)
    if isinstance(content, str):
        return files.write(path, encoded(content), time=clock)
    if "external" in content:
        name = str(content["external"]).rpartition("/")[2]
        variant = str(content.get("variant", "baseline"))
        if (name, variant) not in SCRIPTS:
            raise SetupError(f"{path}: there is no {variant} script `{name}` here; give its text instead")
        text = SCRIPTS[name, variant]
    else:
        text = str(content["text"])
    return files.write(path, encoded(text), mode=int(content.get("mode", 0o644)), time=clock)
