"""`kubectl edit`: an object in an editor; what was saved is written before the next line."""

import json
from typing import Any

from checkpoint.core.sim.actors import ACTORS, Due, plan
from checkpoint.core.sim.commands.kubectl.applying import same
from checkpoint.core.sim.commands.kubectl.base import KubeError, row
from checkpoint.core.sim.commands.kubectl.changing import COMMON, targets
from checkpoint.core.sim.commands.kubectl.client import Client
from checkpoint.core.sim.commands.kubectl.printing import full_name, shown
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event, FileOpened
from checkpoint.core.sim.limits import Budget
from checkpoint.core.sim.parts.files import File, decoded, encoded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args
from checkpoint.core.sim.world import World
from checkpoint.core.sim.yaml_text import document, go_dumped

Json = Any
ACTOR = "kubectl-editor"
"""Takes up what was saved in the page's editor."""

_PAGE_EDITORS = {"vim", "vi", "nano", "code", "edit", "emacs"}
_LOOK = 60
"""Seconds between two looks whether something was saved."""

_HEAD = """\
# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
"""
_WHERE = ("--context", "--kubeconfig", "--cluster", "--user", "--server", "--token")


def edit(process: Process, args: Args) -> int:
    client = Client(process, args)
    items = targets(client, args, args.rest)
    if len(items) != 1:
        return process.unsupported("kubectl edit of several objects at once")
    item = items[0]
    client.check("patch", *client.place(item))
    number, process.world = process.world.draw("kubectl editor")
    scratch = f"/tmp/kubectl-edit-{int.from_bytes(number[:4], 'big')}.yaml"  # noqa: S108
    text = _HEAD + go_dumped(shown(item))
    process.files = process.files.write(scratch, encoded(text), mode=0o600, time=process.clock)
    words = (process.environment.get("KUBE_EDITOR") or process.environment.get("EDITOR") or "vi").split()
    if words[0].rpartition("/")[2] in _PAGE_EDITORS:
        return _in_the_page(process, args, client, item, scratch, text)
    code = process.spawn(process, (*(word.strip("'\"") for word in words), scratch), process.stdin)
    made = decoded(process.files.read(scratch)) if process.files.is_file(scratch) else text
    if process.files.is_file(scratch):
        process.files = process.files.remove(scratch)
    if code:
        raise KubeError(f'there was a problem with the editor "{" ".join(words)}"')
    if made == text or not _told(made):
        process.error("Edit cancelled, no changes made.")
        return 0
    _write(client, item, made)
    process.line(f"{full_name(item)} edited")
    return 0


def _told(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("#")).strip()


def _write(client: Client, item: Json, text: str) -> bool:
    """Put the edited object there; whether it differs from the one that was opened. Raises SimError."""
    made = document(_told(text))
    if not isinstance(made, dict) or not isinstance(made.get("metadata"), dict):
        raise KubeError("the edited file failed validation: no object")
    if client.place({**made, "metadata": {**made["metadata"]}}) != client.place(item):
        raise KubeError("At least one of apiVersion, kind and name was changed")
    if same(made, item):
        return False
    client.write(made, "patch", "kubectl-edit")
    return True


def _in_the_page(process: Process, args: Args, client: Client, item: Json, scratch: str, text: str) -> int:
    """The page's editor doesn't hold the terminal: what it saves is written before the next line."""
    where = {key: args.values(key) for key in _WHERE if args.has(key)}
    where |= {"--namespace": [client.namespace], "--context": [client.target.context]}
    kind, namespace, name = client.place(item)
    about = json.dumps([scratch, where, process.environment, kind.plural, namespace, name, text])
    process.world = plan(process.world, Due(process.clock, ACTOR, about))
    process.happened(FileOpened(scratch))
    process.line(f"{scratch} is open in the editor; {full_name(item)} is changed when you save it.")
    return 0


def _saved(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    """Write what was saved; wait on while nothing was, or while it can't be written."""
    scratch, where, environment, plural, namespace, name, text = json.loads(due.what)
    node = world.files.get(scratch)
    if not isinstance(node, File):
        return world, ()
    later = plan(world, Due(world.clock + _LOOK, due.actor, due.what)), ()
    if decoded(node.data) == text:
        return later
    process = Process(world, ("kubectl", "edit"), Budget(), _no_child, environment=environment)
    try:
        client = Client(process, Args(options=where))
        _write(client, client.get(client.kind(plural), name, namespace), decoded(node.data))
    except SimError:
        return later
    process.files = process.files.remove(scratch)
    return process.world, tuple(process.events)


def _no_child(parent: Process, words: tuple[str, ...], stdin: str) -> int:
    del parent, words, stdin
    return 1


EDIT = row("kubectl edit", "edit a resource on the server", edit, "(TYPE NAME | -f FILENAME)", COMMON)

ACTORS[ACTOR] = _saved
