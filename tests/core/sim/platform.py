"""A platform repository on a git server, with a cluster whose Flux follows it."""

from dataclasses import replace
from typing import Any

from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.parts.files import Files, Folder
from checkpoint.core.sim.parts.git.hosting import Hosting
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.start import changed_by
from tests.core.sim.conftest import Terminal

URL = "git@git.example.com:acme/platform.git"


def published(terminal: Terminal, files: dict[str, str], *, protected: bool = False) -> None:
    """The files as the first commit of a repository on the server, and a clone of it to work in."""
    terminal("git init -q platform; cd platform")
    for path, text in files.items():
        terminal(f"mkdir -p $(dirname {path}); cat > {path}", stdin=text)
    terminal("git add .; git commit -qm 'First'; git init -q --bare /tmp/p.git; git push -q /tmp/p.git main")
    bare = terminal.world.files.get("/tmp/p.git")  # noqa: S108
    assert isinstance(bare, Folder)
    terminal.world = terminal.world.having(Hosting(files=Files().graft("/acme/platform.git", bare)))
    terminal(f"git remote add origin {URL}; git fetch -q; git branch -q -u origin/main")
    if protected:
        terminal.world = changed_by(terminal.world, {"remotes": {URL: {"protected": ["main"]}}})


def source(name: str = "flux-system", interval: str = "1m") -> dict[str, Any]:
    return {
        "apiVersion": "source.toolkit.fluxcd.io/v1",
        "kind": "GitRepository",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": {
            "interval": interval,
            "url": f"ssh://{URL.replace(':', '/')}",
            "ref": {"branch": "main"},
        },
    }


def kustomization(name: str, path: str, **spec: Any) -> dict[str, Any]:
    made = {"interval": "10m", "path": path, "prune": True, **spec}
    made["sourceRef"] = {"kind": "GitRepository", "name": "flux-system"}
    return {
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": made,
    }


def namespaces(*names: str) -> list[dict[str, Any]]:
    return [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in names]


def clustered(terminal: Terminal, *objects: dict[str, Any], **state: Any) -> None:
    """A cluster that holds these objects; the learner's kubeconfig leads there."""
    terminal.world = changed_by(terminal.world, {"flux": {"cluster": "production"}})
    facts = {"clusters": {"production": {"objects": list(objects)}}}
    terminal.world = changed_by(terminal.world, {"kubernetes": facts, **state})


def waited(terminal: Terminal, seconds: int) -> Outcome:
    """Let the scenario's clock run on."""
    made = step(terminal.world, Step("wait", seconds=seconds))
    terminal.world = replace(made.world)
    return made
