"""Pull requests whose branches are on the git server: their change, their checks, their merge."""

from dataclasses import replace

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Check, Forge, ForgeError, Pull
from checkpoint.core.sim.parts.forge.events import HeadMoved
from checkpoint.core.sim.parts.git.changes import Change, between
from checkpoint.core.sim.parts.git.history import ancestors, files_at, merge_bases, tree_from
from checkpoint.core.sim.parts.git.merging import merged_trees
from checkpoint.core.sim.parts.git.objects import Commit, Person
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.parts.secrets import holds_secret
from checkpoint.core.sim.world import World
from checkpoint.core.sim.yaml_text import documents


def changes(repo: Repository, base: str, head: str) -> list[Change]:
    """From where the branches parted to the head."""
    bases = merge_bases(repo, base, head)
    return between(files_at(repo, bases[0] if bases else None), files_at(repo, head))


def own_commits(repo: Repository, base: str, head: str) -> list[str]:
    there = set(ancestors(repo, [base]))
    return [oid for oid in ancestors(repo, [head]) if oid not in there]


def checks_of(forge: Forge, repo: Repository, found: list[Change], ends: int, run: int) -> tuple[Check, ...]:
    """What the jobs for a pull request will say."""
    return tuple(
        Check(name, workflow, _conclusion(name, repo, found), run + place, name in forge.rules.contexts, ends)
        for place, (name, workflow) in enumerate(forge.jobs)
    )


def _conclusion(name: str, repo: Repository, found: list[Change]) -> str:
    datas = [(one.path, repo.blob(one.new)) for one in found if one.new]
    if "leak" in name or "secret" in name:
        return "FAILURE" if any(holds_secret(data, path) for path, data in datas) else "SUCCESS"
    for path, data in datas:
        if path.endswith((".yaml", ".yml")):
            try:
                documents(data.decode("utf-8", "replace"))
            except SimError as error:
                del error
                return "FAILURE"
    return "SUCCESS"


def synchronised(world: World, forge: Forge, repo: Repository | None) -> tuple[Forge, list[Event]]:
    """Take up what was pushed to the branches of open pull requests."""
    events: list[Event] = []
    for pull in forge.pulls if repo else ():
        head = repo.ref(f"refs/heads/{pull.head}") if repo else None
        base = repo.ref(f"refs/heads/{pull.base}") if repo else None
        if pull.state != "OPEN" or repo is None or head is None or base is None or head == pull.sha:
            continue
        moved, dismissed = _moved(forge, repo, pull, base, head, world.clock)
        forge = forge.having(moved)
        events.append(HeadMoved(pull.number, head, dismissed))
    return forge, events


def _moved(
    forge: Forge, repo: Repository, pull: Pull, base: str, head: str, clock: int
) -> tuple[Pull, tuple[str, ...]]:
    reviews, dismissed = (
        pull.reviews,
        tuple(
            who for who, one in pull.latest().items() if one.state == "APPROVED" and forge.rules.dismiss_stale
        ),
    )
    if dismissed:
        reviews = tuple(
            replace(one, state="DISMISSED") if one.state == "APPROVED" else one for one in pull.reviews
        )
    found = changes(repo, base, head)
    pushed = min(clock, max(repo.commit(head).committer.time, pull.created))
    checks = checks_of(forge, repo, found, pushed + CHECK_SECONDS, forge.next_run())
    skips = any(mark in repo.commit(head).message for mark in ("[skip ci]", "[ci skip]", "[no ci]"))
    made = replace(
        pull,
        sha=head,
        reviews=reviews,
        checks=() if skips else checks,
        files=tuple(one.path for one in found),
        diff="",
        commits=len(own_commits(repo, base, head)),
    )
    return made, dismissed


def merged(repo: Repository, pull: Pull, method: str, who: Person) -> str:
    """Move the base branch; the new commit's name."""
    base, head = repo.ref(f"refs/heads/{pull.base}"), repo.ref(f"refs/heads/{pull.head}")
    if base is None or head is None:
        raise ForgeError("GraphQL: Head branch was not found (mergePullRequest)")
    bases = merge_bases(repo, base, head)
    start = bases[0] if bases else None
    made = merged_trees(
        repo, files_at(repo, start), files_at(repo, base), files_at(repo, head), pull.base, pull.head
    )
    if made.stages:
        raise ForgeError("GraphQL: Pull Request is not mergeable (mergePullRequest)")
    tree = tree_from(repo, made.files)
    if method == "merge":
        message = f"Merge pull request #{pull.number} from {pull.head}\n\n{pull.title}\n"
        commit = Commit(tree, (base, head), who, who, message)
    else:
        message = f"{pull.title} (#{pull.number})\n" + (f"\n{pull.body}\n" if pull.body else "")
        commit = Commit(tree, (base,), who, who, message)
    oid = repo.write("commit", commit.data)
    repo.put_text(f"refs/heads/{pull.base}", oid + "\n")
    return oid
