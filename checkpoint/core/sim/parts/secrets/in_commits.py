"""Secrets that commits bring along, also those that a later commit takes away again."""

from collections.abc import Iterable, Iterator

from checkpoint.core.sim.parts.git.changes import between
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.secrets import holds_secret


def leaking(repo: Repository, commits: Iterable[str]) -> tuple[str, ...]:
    """Paths at which one of these commits puts a secret in clear; merges bring nothing of their own."""
    return tuple(dict.fromkeys(path for oid in commits for path in _of_commit(repo, oid)))


def _of_commit(repo: Repository, oid: str) -> Iterator[str]:
    parents = repo.commit(oid).parents
    if len(parents) > 1:
        return
    before = files_at(repo, parents[0] if parents else None)
    for one in between(before, files_at(repo, oid)):
        if one.new and holds_secret(repo.blob(one.new), one.path):
            yield one.path
