"""CODEOWNERS: whose approval a changed file needs. The last line that fits a path counts."""

from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.shell import patterns

_PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def owners_of(repo: Repository, base: str, paths: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """For each path that a line names: its owners, without `@`; read from the base branch."""
    files = files_at(repo, base)
    fact = next((files[place] for place in _PLACES if place in files), None)
    if fact is None:
        return ()
    lines = [
        line.partition("#")[0].split() for line in repo.blob(fact[1]).decode("utf-8", "replace").split("\n")
    ]
    rules = [(words[0], tuple(word.lstrip("@") for word in words[1:])) for words in lines if words]
    found = [next((who for glob, who in reversed(rules) if _fits(glob, path)), ()) for path in paths]
    return tuple(who for who in found if who)


def _fits(glob: str, path: str) -> bool:
    """As in .gitignore: a slash at the start or inside ties to the top, one at the end means a folder."""
    bare = glob.strip("/").replace("**", "*")
    if "/" not in glob.rstrip("/"):
        return any(patterns.matches(patterns.compiled(bare), part) for part in path.split("/"))
    inside = patterns.compiled(f"{bare}/*")
    return patterns.matches(inside, path) or patterns.matches(patterns.compiled(bare), path)
