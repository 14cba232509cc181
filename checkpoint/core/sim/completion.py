"""What could stand where somebody is typing: tools, subcommands, options, paths, names of the world."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import Folder, legible
from checkpoint.core.sim.parts.git.repository import Repository, found_at
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters
from checkpoint.core.sim.parts.kubernetes.kubeconfig import Kubeconfig, loaded
from checkpoint.core.sim.scenario.checks.git import ReadOnly
from checkpoint.core.sim.shell.expand import home_expanded
from checkpoint.core.sim.shell.interpret import Tools
from checkpoint.core.sim.table import Command
from checkpoint.core.sim.world import World

MOST = 50

_WORD = re.compile(r"""(?:[^\s'"\\|;&<>]|\\.|'[^']*'?|"[^"]*"?)+|[|;&<>]+""")
_ODD = re.compile(r"[^\w@%+=:,./~-]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` replaces what was typed from `Completion.start` on; `help` says what it is, if that is known."""

    text: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """`start`: where in the line the word begins that a candidate replaces."""

    start: int
    candidates: tuple[Candidate, ...]

    @property
    def shared(self) -> str:
        """The beginning that all candidates have in common."""
        texts = [one.text for one in self.candidates]
        if not texts:
            return ""
        shortest, longest = min(texts), max(texts)
        pairs = enumerate(zip(shortest, longest, strict=False))
        same = next((at for at, (a, b) in pairs if a != b), len(shortest))
        return shortest[:same]


def completed(world: World, line: str, tools: Tools = TOOLS) -> Completion:
    """Candidates for the word at the end of a line, sorted, at most fifty.

    >>> completed(World(), "git stat").candidates[0].text
    'status'
    """
    words, typed = _words(line)
    found = _candidates(world, words, typed, tools)
    fitting = {one.text: one for one in found if one.text.startswith(typed) and legible(one.text) == one.text}
    return Completion(len(line) - len(typed), tuple(fitting[text] for text in sorted(fitting))[:MOST])


def _words(line: str) -> tuple[list[str], str]:
    """The words of the command at the end of a line, and the one that is being typed."""
    words: list[str] = []
    end = 0
    for match in _WORD.finditer(line):
        if match[0][0] in "|;&":
            words = []
        elif match[0][0] not in "<>":
            words.append(match[0])
        end = match.end()
    if words and end == len(line):
        return words[:-1], words[-1]
    return words, ""


def _candidates(world: World, words: list[str], typed: str, tools: Tools) -> Iterator[Candidate]:
    while words and "=" in words[0] and not words[0].startswith("-"):
        words = words[1:]
    if not words:
        yield from _commands(world, typed, tools)
        return
    if words[-1] in VALUES and words[0] in _CLUSTER_TOOLS:
        yield from (Candidate(value) for value in VALUES[words[-1]](world, []))
        return
    row = tools.rows.get(words[0])
    if row is None:
        yield from _paths(world, typed)
        return
    row, rest = _below(row, words[1:])
    valued = row.option(words[-1]) if len(words) > 1 else None
    if valued is not None and valued.value and not valued.optional:
        yield from _paths(world, typed)
    elif typed.startswith("-"):
        yield from _options(row)
    else:
        yield from _operands(world, row, rest, typed)


def _below(row: Command, words: list[str]) -> tuple[Command, list[str]]:
    """The row that the words lead to, and those behind it; options in between are passed over."""
    rest: list[str] = []
    for word in words:
        below = row.below(word) if not word.startswith("-") and not rest else None
        if below is not None:
            row = below
        elif not word.startswith("-"):
            rest.append(word)
    return row, rest


def _commands(world: World, typed: str, tools: Tools) -> Iterator[Candidate]:
    if "/" in typed:
        yield from _paths(world, typed)
        return
    for name, row in tools.rows.items():
        yield Candidate(name, row.help)
    for name in tools.builtins:
        yield Candidate(name, "a word of the shell")


def _options(row: Command) -> Iterator[Candidate]:
    for option in row.options:
        if option.simulated:
            yield from (Candidate(name, option.help) for name in option.names)


def _operands(world: World, row: Command, rest: list[str], typed: str) -> Iterator[Candidate]:
    if row.subcommands and not rest:
        yield from (Candidate(one.name, one.help) for one in row.subcommands)
        if row.run is None or row.path in ("git", "kubectl", "flux", "gh", "terraform"):
            return
    own = _named(OPERANDS, row.path)
    if own is not None:
        yield from (Candidate(name) for name in own(world, rest))
    if own is None or row.path.startswith("git"):
        yield from _paths(world, typed)


# --- paths -------------------------------------------------------------------


def _paths(world: World, typed: str) -> Iterator[Candidate]:
    folder, slash, _ = typed.rpartition("/")
    place = home_expanded((folder + slash) or ".", world.shell) if (folder or slash) else world.shell.cwd
    node = world.files.reached(place)
    if not isinstance(node, Folder):
        return
    hidden = typed[len(folder + slash) :].startswith(".")
    for name in sorted(node.entries):
        if name.startswith(".") and not hidden:
            continue
        inside = world.files.is_folder(f"{place.rstrip('/')}/{name}")
        yield Candidate(folder + slash + _quoted(name) + ("/" if inside else ""))


def _quoted(name: str) -> str:
    return _ODD.sub(lambda match: f"\\{match[0]}", name)


# --- names of the world ------------------------------------------------------

Names = Callable[[World, list[str]], Iterable[str]]


def _repository(world: World) -> Repository | None:
    return found_at(ReadOnly(world.files, world.clock), world.shell.cwd)


def _refs(*prefixes: str) -> Names:
    def names(world: World, rest: list[str]) -> Iterable[str]:
        repository = _repository(world)
        if repository is None:
            return []
        return [name.removeprefix(one) for one in prefixes for name in repository.refs(one)]

    return names


def _remotes_then_branches(world: World, rest: list[str]) -> Iterable[str]:
    repository = _repository(world)
    if repository is None:
        return []
    return _refs("refs/heads/")(world, rest) if rest else repository.remotes()


def _kubeconfig(world: World) -> Kubeconfig | None:
    shell = world.shell
    paths = (shell.value("KUBECONFIG") or f"{shell.home}/.kube/config").split(":")
    try:
        return loaded(world.files, tuple(path for path in paths if path))
    except SimError:
        return None


def _contexts(world: World, rest: list[str]) -> Iterable[str]:
    config = _kubeconfig(world)
    return config.entries["contexts"] if config else []


def _cluster(world: World) -> Cluster | None:
    """The one that the current context points at."""
    config = _kubeconfig(world)
    if config is None or not config.current:
        return None
    try:
        target = config.target()
    except SimError:
        return None
    return world.part(Clusters).at(target.server, target.cluster)


def _namespaces(world: World, rest: list[str]) -> Iterable[str]:
    cluster = _cluster(world)
    return [one["metadata"]["name"] for one in cluster.every("namespaces")] if cluster else []


def _objects(world: World, rest: list[str]) -> Iterable[str]:
    """Kinds first, then the names of that kind."""
    if not rest:
        return [kind.plural for kind in kinds.KINDS]
    cluster = _cluster(world)
    return [one["metadata"]["name"] for one in cluster.every(rest[0])] if cluster else []


def _flux_names(world: World, rest: list[str]) -> Iterable[str]:
    cluster = _cluster(world)
    return [one["metadata"]["name"] for one in cluster.every("kustomizations")] if cluster else []


_BRANCHES, _ANY_REF = _refs("refs/heads/"), _refs("refs/heads/", "refs/remotes/", "refs/tags/")

OPERANDS: Mapping[str, Names] = {
    **{f"git {name}": _BRANCHES for name in ("switch", "branch", "checkout")},
    **{
        f"git {name}": _ANY_REF
        for name in ("merge", "rebase", "log", "show", "diff", "reset", "cherry-pick", "revert")
    },
    **{f"git {name}": _remotes_then_branches for name in ("push", "pull", "fetch")},
    "git tag": _refs("refs/tags/"),
    **{
        f"kubectl {name}": _objects
        for name in ("get", "describe", "delete", "edit", "scale", "patch", "label", "annotate")
    },
    "kubectl rollout": _objects,
    "kubectl config use-context": _contexts,
    **{f"flux {name}": _flux_names for name in ("reconcile", "suspend", "resume", "diff", "build", "tree")},
}
"""What a command's operands name, by the command or the one above it."""

VALUES: Mapping[str, Names] = {
    "--context": _contexts,
    "--namespace": _namespaces,
    "-n": _namespaces,
}
"""What an option's argument names, for the tools that talk to a cluster."""

_CLUSTER_TOOLS = ("kubectl", "flux")


def _named(table: Mapping[str, Names], path: str) -> Names | None:
    while path:
        if path in table:
            return table[path]
        path = path.rpartition(" ")[0]
    return None
