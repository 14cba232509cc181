"""Where a build reads its files: the learner's folders, or a revision that Flux has fetched."""

from dataclasses import dataclass
from typing import Protocol

from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.files import Files, decoded, names_of, text_of


class BuildError(Told):
    """A build fails; the message is kustomize's, without what a tool puts before it."""


class Source(Protocol):
    """Paths are absolute and without `..`."""

    def is_file(self, path: str) -> bool: ...
    def is_folder(self, path: str) -> bool: ...
    def text(self, path: str) -> str: ...


@dataclass(frozen=True, slots=True)
class FilesSource:
    """The simulated file system."""

    files: Files

    def is_file(self, path: str) -> bool:
        return self.files.is_file(path)

    def is_folder(self, path: str) -> bool:
        return self.files.is_folder(path)

    def text(self, path: str) -> str:
        return decoded(self.files.read(path))


@dataclass(frozen=True, slots=True)
class TreeSource:
    """Texts by their path, as a commit holds them; the root is `/`."""

    texts: dict[str, str]

    def is_file(self, path: str) -> bool:
        return path.strip("/") in self.texts

    def is_folder(self, path: str) -> bool:
        inside = path.strip("/")
        return not inside or any(one.startswith(f"{inside}/") for one in self.texts)

    def text(self, path: str) -> str:
        return self.texts[path.strip("/")]


def joined(base: str, path: str) -> str:
    return text_of(names_of(path, base))


def lstat_failure(path: str) -> str:
    return f"evalsymlink failure on '{path}' : lstat {path}: no such file or directory"
