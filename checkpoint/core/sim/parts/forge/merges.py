"""A pull request as it would be merged: what its checks run on."""

from checkpoint.core.sim.parts.forge import Pull
from checkpoint.core.sim.parts.git.history import files_at, is_ancestor, merge_bases, tree_from
from checkpoint.core.sim.parts.git.merging import Merged, merged_trees
from checkpoint.core.sim.parts.git.objects import Commit, Oid, Person
from checkpoint.core.sim.parts.git.repository import Repository

_FORGE = "GitHub", "noreply@github.com"


def pull_ref(number: int) -> str:
    """Where the forge keeps a pull request's head. Nobody can move or delete it, and it stays for good.

    Source: docs.github.com, "Checking out pull requests locally" (refs/pull is read-only).
    """
    return f"refs/pull/{number}/head"


def merge_ref(number: int) -> str:
    """Where the forge keeps what merging a pull request would make.

    Source: docs.github.com, "Events that trigger workflows": a run of `pull_request` has it as its ref, and
    there is no such run while the branches conflict.
    """
    return f"refs/pull/{number}/merge"


def together(repo: Repository, pull: Pull, base: Oid, head: Oid) -> Merged:
    """Both branches' files merged, conflicts included."""
    bases = merge_bases(repo, base, head)
    start = files_at(repo, bases[0] if bases else None)
    return merged_trees(repo, start, files_at(repo, base), files_at(repo, head), pull.base, pull.head)


def tried(repo: Repository, pull: Pull, base: Oid, head: Oid, clock: int) -> Oid:
    """The commit that merges head into base, kept at the pull request's own ref; nothing for a conflict."""
    tree = _tree(repo, pull, base, head)
    if not tree:
        return ""
    forge = Person(*_FORGE, clock)
    oid = repo.write("commit", Commit(tree, (base, head), forge, forge, f"Merge {head} into {base}\n").data)
    repo.put_text(merge_ref(pull.number), oid + "\n")
    return oid


def _tree(repo: Repository, pull: Pull, base: Oid, head: Oid) -> Oid:
    if is_ancestor(repo, base, head):
        return repo.commit(head).tree
    made = together(repo, pull, base, head)
    return "" if made.stages else tree_from(repo, made.files)
