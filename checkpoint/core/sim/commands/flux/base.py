"""What every flux command shares: kinds of objects, the conversation with the cluster, tables, complaints."""

from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.commands.kubectl.client import Client, Refused, ServerError
from checkpoint.core.sim.errors import SimError, Told
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Option

Json = Any
STYLE = Cobra(prefix="✗ ", hint="")
NAMESPACE = "flux-system"
VERSION = "v2.9.0"


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of Flux object: its resource, what it is called in messages, and the short name of its type."""

    plural: str
    kind: str
    human: str


KUSTOMIZATION = Sort("kustomizations", "Kustomization", "kustomization")
GIT = Sort("gitrepositories", "GitRepository", "source git")
POLICY = Sort("imagepolicies", "ImagePolicy", "image policy")
REPOSITORY = Sort("imagerepositories", "ImageRepository", "image repository")
UPDATE = Sort("imageupdateautomations", "ImageUpdateAutomation", "image update")
SORTS = (GIT, REPOSITORY, POLICY, UPDATE, KUSTOMIZATION)


class FluxError(Told):
    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(f"✗ {message}", code)


class FluxClient(Client):
    """Talks to the cluster as kubectl does, and complains as flux does."""

    def __init__(self, process: Process, args: Args) -> None:
        try:
            super().__init__(process, args)
        except FluxError:
            raise
        except SimError as error:
            raise FluxError(_plain(error.message)) from None
        self.namespace = args.value("--namespace") or NAMESPACE
        self.manager = "flux"

    def unreachable(self, address: str) -> Told:
        dialled = address.replace("localhost", "127.0.0.1")
        get = f'Get "{self.target.server}/api?timeout=30s": dial tcp {dialled}: connect: connection refused'
        return FluxError(get)

    def named(self, sort: Sort, name: str) -> Json:
        """An object of this namespace. Raises FluxError."""
        kind = kinds.named(sort.plural)
        try:
            return self.get(kind, name, self.namespace) if kind else None
        except ServerError as error:
            raise FluxError(error.text) from None

    def listed(self, sort: Sort, *, everywhere: bool = False) -> list[Json]:
        kind = kinds.named(sort.plural)
        try:
            return self.each(kind, "" if everywhere else self.namespace) if kind else []
        except ServerError as error:
            raise FluxError(error.text) from None

    def patched(self, item: Json) -> None:
        """Write an object. Raises FluxError where that isn't allowed."""
        try:
            self.write(item, "patch", "flux")
        except ServerError as error:
            raise FluxError(error.text) from None

    def may_patch(self, sort: Sort, name: str) -> None:
        kind = kinds.named(sort.plural)
        try:
            if kind is not None:
                self.check("patch", kind, self.namespace, name)
        except ServerError as error:
            raise FluxError(error.text) from None


def _plain(message: str) -> str:
    """A complaint of the shared client without kubectl's words in front of it."""
    text = message.removeprefix("Error in configuration: ").removeprefix("error: ")
    lead = "context was not found for specified context: "
    return f'context "{text.removeprefix(lead)}" does not exist' if text.startswith(lead) else text


def ready_of(item: Json) -> tuple[str, str]:
    """Status and message of the Ready condition."""
    for one in (item.get("status") or {}).get("conditions") or []:
        if one.get("type") == "Ready":
            return str(one.get("status", "Unknown")), str(one.get("message", ""))
    return "False", "waiting to be reconciled"


def table(process: Process, heads: list[str], rows: list[list[str]]) -> None:
    """Cells padded to their column, a tab behind each; without `heads` only the rows."""
    every = [heads, *rows] if heads else rows
    if not every:
        return
    widths = [max(len(row[n]) for row in every) for n in range(len(every[0]))]
    for row in every:
        process.line("".join(f"{cell.ljust(width)}\t" for cell, width in zip(row, widths, strict=True)))


def short(text: str) -> str:
    """Hashes of revisions cut to eight characters."""
    start, mark, rest = text.partition("sha1:")
    if not mark:
        return text
    size = 0
    while size < len(rest) and rest[size] in "0123456789abcdef":
        size += 1
    return start + mark + rest[: min(8, size)] + short(rest[size:])


COMMON = (
    Option(("-n", "--namespace"), "NAMESPACE", "the namespace of the objects"),
    Option(("--context",), "NAME", "the context to use"),
    Option(("--kubeconfig",), "FILE", "the kubeconfig to use"),
    Option(("--timeout",), "TIME", "how long to wait"),
    Option(("--cluster",), "NAME", "the cluster to use"),
    Option(("--user",), "NAME", "the user to use"),
    Option(("--server",), "URL", "the address of the server"),
    Option(("--token",), "TOKEN", "a bearer token"),
    Option(("--verbose",), help="print what is generated"),
    Option(("-h", "--help"), help="show this help"),
    *(
        Option((name,), "VALUE", simulated=False)
        for name in (
            *("--as", "--as-group", "--as-uid", "--cache-dir", "--certificate-authority"),
            *(
                "--client-certificate",
                "--client-key",
                "--kube-api-burst",
                "--kube-api-qps",
                "--tls-server-name",
            ),
        )
    ),
    Option(("--insecure-skip-tls-verify",), "BOOL", optional=True),
)
"""Options of every command."""

EVERYWHERE = Option(("-A", "--all-namespaces"), help="the objects of all namespaces")

__all__ = ["Refused"]
