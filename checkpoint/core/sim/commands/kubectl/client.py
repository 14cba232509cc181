"""One conversation with a cluster: who asks, whether they may, and what is written down about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.kubectl.base import KubeError, config_of, klog
from checkpoint.core.sim.commands.kubectl.endpoints import endpoints_of
from checkpoint.core.sim.commands.kubectl.happenings import events_of
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import ApiError, Cluster, Clusters, User
from checkpoint.core.sim.parts.kubernetes.controllers import settle
from checkpoint.core.sim.parts.kubernetes.events import ClusterRefused, ClusterWritten
from checkpoint.core.sim.parts.kubernetes.finalizers import removed
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.parts.kubernetes.kubeconfig import ConfigError, Target
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Json = Any
_WRITTEN = 1_500
"""Work for an object that is put there or taken away, and for the controllers' part in it."""


class ServerError(Told):
    """`Error from server (Reason): …`"""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"Error from server ({reason}): {message}")
        self.reason, self.text = reason, message


class Refused(Told):
    """The connection failed; already told."""


class Client:
    def __init__(self, process: Process, args: Args) -> None:
        self.process, self.args = process, args
        self.target = self._target()
        found = self._found()
        self.name = found.name
        self.user = self._user(found)
        self.namespace = args.value("--namespace") or self.target.namespace
        self.manager = args.value("--field-manager")
        self._at_once = False

    def _target(self) -> Target:
        given = self.args.value("--kubeconfig")
        if given and not self.process.files.is_file(self.process.path(given)):
            raise KubeError(f"stat {given}: no such file or directory")
        config = config_of(self.process, self.args)
        value = self.args.value
        try:
            return config.target(
                value("--context"), value("--cluster"), value("--user"), value("--server"), value("--token")
            )
        except ConfigError as error:
            if error.message.startswith("context was not found"):
                raise Told(f"Error in configuration: {error.message}") from None
            raise KubeError(error.message) from None

    def _found(self) -> Cluster:
        found = self.process.world.part(Clusters).at(self.target.server, self.target.cluster)
        if found is not None and found.reachable:
            return found
        self._files_are_there()
        address = self.target.server.partition("://")[2].partition("/")[0]
        if ":" not in address:
            address += ":443" if self.target.server.startswith("https") else ":80"
        raise self.unreachable(address)

    def _files_are_there(self) -> None:
        """A file that isn't there is told before a server is asked."""
        for name in ",".join(self.args.values("--filename")).split(","):
            typed = name not in ("", "-") and "://" not in name
            if typed and self.process.files.get(self.process.path(name)) is None:
                raise KubeError(f'the path "{name}" does not exist')

    def unreachable(self, address: str) -> Told:
        """What a client says when nobody answers at an address."""
        dialled = address.replace("localhost", "127.0.0.1")
        get = (
            f'Get \\"{self.target.server}/api?timeout=32s\\": dial tcp {dialled}: connect: connection refused'
        )
        for _ in range(5):
            text = f'"Unhandled Error" err="couldn\'t get current server API group list: {get}"'
            self.process.error(klog(self.process, "memcache.go:265", text))
        told = f"The connection to the server {address} was refused"
        return Refused(f"{told} - did you specify the right host or port?")

    def _user(self, found: Cluster) -> User:
        if not found.users:
            return User(self.target.user or "kubernetes-admin")
        user = found.users.get(self.target.token)
        if user is None:
            raise KubeError("You must be logged in to the server (Unauthorized)")
        return user

    @property
    def cluster(self) -> Cluster:
        return self.process.world.part(Clusters).clusters[self.name]

    # --- asking -------------------------------------------------------------------

    def kind(self, word: str) -> Kind:
        found = kinds.named(word)
        if found is None:
            raise KubeError(f'the server doesn\'t have a resource type "{word}"')
        return found

    def may(self, verb: str, kind: Kind, namespace: str) -> bool:
        return self.user.may(verb, kind.plural, namespace if kind.namespaced else "*")

    def check(self, verb: str, kind: Kind, namespace: str, name: str = "") -> None:
        if self.may(verb, kind, namespace):
            return
        self.process.happened(
            ClusterRefused(self.name, self.target.context, namespace, kind.plural, verb, self.user.name)
        )
        where = (
            f' in the namespace "{namespace}"' if kind.namespaced and namespace else " at the cluster scope"
        )
        named = f'{kind.resource} "{name}"' if name else kind.resource
        raise ServerError(
            "Forbidden",
            f'{named} is forbidden: User "{self.user.name}" cannot {verb} resource "{kind.plural}" '
            f'in API group "{kind.group}"{where}',
        )

    def get(self, kind: Kind, name: str, namespace: str = "") -> Json:
        """An object, or NotFound as the server says it."""
        where = namespace or self.namespace
        self.check("get", kind, where, name)
        found = self.cluster.get(kind, where, name)
        if found is None and kind.plural == "endpoints":
            own = endpoints_of(self.cluster, where)
            found = next((one for one in own if one["metadata"]["name"] == name), None)
        if found is None:
            raise ServerError("NotFound", f'{kind.resource} "{name}" not found')
        return found

    def each(self, kind: Kind, namespace: str) -> list[Json]:
        self.check("list", kind, namespace)
        if kind.plural == "events":
            return events_of(self.process.world, self.cluster, namespace)
        if kind.plural == "endpoints":
            return endpoints_of(self.cluster, namespace)
        return self.cluster.of_kind(kind, namespace)

    # --- writing ------------------------------------------------------------------

    def write(self, item: Json, verb: str, manager: str = "kubectl-client-side-apply") -> Json:
        """Put an object there; `verb` is create, patch or update. Gives back what the server holds now."""
        kind, namespace, name = self.place(item)
        self.check(verb, kind, namespace, name)
        old = self.cluster.get(kind, namespace, name)
        if verb == "create":
            if old is not None:
                raise ServerError("AlreadyExists", f'{kind.resource} "{name}" already exists')
            if kind.namespaced and not self.cluster.has_namespace(namespace):
                raise ServerError("NotFound", f'namespaces "{namespace}" not found')
        uid, self.process.world = self.process.world.draw_uuid("kubernetes")
        try:
            made = self.cluster.put(item, self.process.clock, self.manager or manager, uid)
        except ApiError as error:
            raise ServerError(error.reason, error.message) from None
        changed = made is not self.cluster
        self._hold(made)
        word = "create" if old is None else "update"
        self.happened(kind, namespace, name, word, changed=changed)
        return self.cluster.get(kind, namespace, name)

    def delete(self, kind: Kind, name: str, namespace: str) -> None:
        self.check("delete", kind, namespace, name)
        found = self.cluster.get(kind, namespace, name)
        if found is None:
            raise ServerError("NotFound", f'{kind.resource} "{name}" not found')
        self._hold(self.cluster.without(found))
        self.happened(kind, namespace if kind.namespaced else "", name, "delete", changed=True)
        self.process.world, events = removed(self.process.world, self.name, found)
        self.process.events += events

    def _hold(self, cluster: Cluster) -> None:
        limits.spend(_WRITTEN)
        world, before = self.process.world, self.cluster
        self.process.world = world.having(world.part(Clusters).having(cluster))
        if not self._at_once:
            self.process.world = settle(self.process.world, self.name, before)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """The controllers see what is done meanwhile when all of it is done."""
        before, self._at_once = self.cluster, True
        try:
            yield
        finally:
            self._at_once = False
            self.process.world = settle(self.process.world, self.name, before)

    def happened(self, kind: Kind, namespace: str, name: str, verb: str, *, changed: bool) -> None:
        told = f"{kind.word}/{name}"
        self.process.happened(
            ClusterWritten(self.name, self.target.context, namespace, told, verb, changed=changed)
        )

    def place(self, item: Json) -> tuple[Kind, str, str]:
        """Kind, namespace and name of an object; in this conversation's namespace if it says none."""
        kind = kinds.of(item)
        if kind is None:
            raise no_such_kind(item)
        meta = item["metadata"]
        return (
            kind,
            str(meta.get("namespace") or self.namespace) if kind.namespaced else "",
            str(meta["name"]),
        )

    def trial(self) -> Process:
        """A copy of the process, to see what would happen."""
        return replace(self.process, chunks=[], events=[])


def no_such_kind(item: Json, source: str = "") -> KubeError:
    name = (item.get("metadata") or {}).get("name", "")
    namespace = (item.get("metadata") or {}).get("namespace", "")
    kind, version = item.get("kind"), item.get("apiVersion")
    what = f'resource mapping not found for name: "{name}" namespace: "{namespace}"'
    lead = f'{what} from "{source}": ' if source else f"{what}: "
    return KubeError(
        f'{lead}no matches for kind "{kind}" in version "{version}"\nensure CRDs are installed first'
    )
