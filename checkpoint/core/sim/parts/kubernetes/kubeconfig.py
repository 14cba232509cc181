"""Kubeconfig files in the world's file system: which cluster a command talks to, and as whom."""

from dataclasses import dataclass, field
from typing import Any

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import Files, decoded
from checkpoint.core.sim.yaml_text import BadYaml, documents, go_dumped

Json = Any
LISTS = {"clusters": "cluster", "contexts": "context", "users": "user"}
"""A list's name and what its entries hold."""


class ConfigError(SimError):
    """A kubeconfig can't be used; the message is the client's, without `error: `."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a command goes: `namespace` is the context's, `default` where it has none."""

    context: str
    cluster: str
    server: str
    user: str
    token: str
    namespace: str


@dataclass(slots=True)
class Kubeconfig:
    """The merged view of one or more files; each entry knows the file it came from."""

    paths: tuple[str, ...]
    current: str = ""
    entries: dict[str, dict[str, Json]] = field(default_factory=lambda: {name: {} for name in LISTS})
    homes: dict[tuple[str, str], str] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    """The files that exist."""

    @property
    def default_path(self) -> str:
        """Where a new entry goes."""
        return self.found[0] if self.found else self.paths[-1]

    def told(self) -> Json:
        """The merged configuration as kubectl shows it."""
        made: Json = {
            "apiVersion": "v1",
            "kind": "Config",
            "preferences": {},
            "current-context": self.current,
        }
        for name, inner in LISTS.items():
            rows = [{"name": key, inner: self.entries[name][key]} for key in sorted(self.entries[name])]
            made[name] = rows or None
        return made

    def context(self, name: str) -> Json:
        return self.entries["contexts"].get(name)

    def target(
        self, context: str = "", cluster: str = "", user: str = "", server: str = "", token: str = ""
    ) -> Target:
        """Where a command goes, by its options and the files. Raises ConfigError."""
        name = context or self.current
        if name and self.context(name) is None:
            raise ConfigError(f"context was not found for specified context: {name}")
        facts = self.context(name) or {}
        cluster = cluster or str(facts.get("cluster") or "")
        user = user or str(facts.get("user") or "")
        if cluster and cluster not in self.entries["clusters"]:
            raise ConfigError(f'cluster "{cluster}" does not exist')
        if user and user not in self.entries["users"] and name:
            raise ConfigError(f'auth info "{user}" does not exist')
        found = self.entries["clusters"].get(cluster) or {}
        secret = self.entries["users"].get(user) or {}
        return Target(
            name,
            cluster,
            server or str(found.get("server") or "http://localhost:8080"),
            user,
            token or str(secret.get("token") or ""),
            str(facts.get("namespace") or "default"),
        )


def loaded(files: Files, paths: tuple[str, ...]) -> Kubeconfig:
    """Read the files that are there; the first one that says something wins. Raises ConfigError."""
    made = Kubeconfig(paths)
    for path in paths:
        if not files.is_file(path):
            continue
        made.found += (path,)
        try:
            read = documents(decoded(files.read(path)))
        except BadYaml as error:
            why = error.problem or error.message
            raise ConfigError(
                f'error loading config file "{path}": yaml: line {max(1, error.line)}: {why}'
            ) from None
        facts = read[0] if read and isinstance(read[0], dict) else {}
        made.current = made.current or str(facts.get("current-context") or "")
        for name, inner in LISTS.items():
            rows = facts.get(name)
            for row in rows if isinstance(rows, list) else ():
                key = str(row.get("name", "")) if isinstance(row, dict) else ""
                if key and key not in made.entries[name]:
                    body = row.get(inner)
                    made.entries[name][key] = _shaped(name, body if isinstance(body, dict) else {})
                    made.homes[name, key] = path
    return made


def _shaped(name: str, body: Json) -> Json:
    return {"cluster": "", "user": "", **body} if name == "contexts" else body


def file_texts(config: Kubeconfig) -> dict[str, str]:
    """The text of every file that the configuration is spread over, as the client writes it."""
    paths = set(config.homes.values()) | {config.default_path} | set(config.found)
    texts = {}
    for path in sorted(paths):
        own = Kubeconfig((path,))
        own.current = config.current if path == config.default_path else ""
        for (name, key), home in config.homes.items():
            if home == path and key in config.entries[name]:
                own.entries[name][key] = config.entries[name][key]
        texts[path] = go_dumped(own.told())
    return texts


def redacted(told: Json) -> Json:
    """Without what nobody should read over a shoulder."""
    made = copied(told)
    for row in made.get("users") or []:
        for key in ("token", "password"):
            if row["user"].get(key):
                row["user"][key] = "REDACTED"
        for key in ("client-certificate-data", "client-key-data"):
            if row["user"].get(key):
                row["user"][key] = "DATA+OMITTED"
    for row in made.get("clusters") or []:
        if row["cluster"].get("certificate-authority-data"):
            row["cluster"]["certificate-authority-data"] = "DATA+OMITTED"
    return made
