"""Pull requests whose branches are on the git server: their change, their checks, their merge."""

from dataclasses import replace

from checkpoint.core.sim.events import Event
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Forge, ForgeError, Pull
from checkpoint.core.sim.parts.forge.asking import SKIPPING, asked_for
from checkpoint.core.sim.parts.forge.checking import Proposed, checks_of
from checkpoint.core.sim.parts.forge.deliveries import delivered
from checkpoint.core.sim.parts.forge.events import HeadMoved
from checkpoint.core.sim.parts.forge.merges import pull_ref, together, tried
from checkpoint.core.sim.parts.forge.owners import owners_of
from checkpoint.core.sim.parts.forge.scope import scoped
from checkpoint.core.sim.parts.git.changes import Change, between
from checkpoint.core.sim.parts.git.history import ancestors, files_at, is_ancestor, merge_bases, tree_from
from checkpoint.core.sim.parts.git.merging import merged_trees
from checkpoint.core.sim.parts.git.objects import Commit, Person
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.world import World


def is_exempt(world: World, project: str) -> bool:
    """Whether whoever is signed in is an administrator, whom the branch rules don't bind."""
    forge = world.part(Forge)
    return project == forge.repo and forge.permission == "ADMIN" and not forge.rules.enforce_admins


def changes(repo: Repository, base: str, head: str) -> list[Change]:
    """From where the branches parted to the head."""
    bases = merge_bases(repo, base, head)
    return between(files_at(repo, bases[0] if bases else None), files_at(repo, head))


def merged_changes(repo: Repository, base: str, merge: str) -> tuple[Change, ...]:
    """What merging would change of the base branch; nothing where it can't be merged."""
    return tuple(between(files_at(repo, base), files_at(repo, merge))) if merge else ()


def own_commits(repo: Repository, base: str, head: str) -> list[str]:
    there = set(ancestors(repo, [base]))
    return [oid for oid in ancestors(repo, [head]) if oid not in there]


def synchronised(world: World, forge: Forge, repo: Repository | None) -> tuple[Forge, list[Event]]:
    """Take up what was pushed: to the default branch, and to both branches of open pull requests."""
    if repo is None:
        return forge, []
    watched = bool(forge.seen)
    forge, events = delivered(world, forge, repo)
    for pull in forge.pulls:
        head, base = repo.ref(f"refs/heads/{pull.head}"), repo.ref(f"refs/heads/{pull.base}")
        if pull.state != "OPEN" or head is None or base is None:
            continue
        if head != pull.sha:
            repo.put_text(pull_ref(pull.number), head + "\n")
            pushed = world.clock if watched else _guessed(repo, pull, head, world.clock)
            merge = tried(repo, pull, base, head, pushed)
            pull, dismissed = _moved(forge, repo, pull, base, head, merge, pushed)
            forge, pull = asked_for(forge, repo, pull, merge, pushed)
            events.append(HeadMoved(pull.number, head, dismissed))
            pull, happened = scoped(world, pull, repo, changes(repo, base, head))
            events += happened
        forge = forge.having(compared(forge, repo, pull, base, head))
    return forge, events


def compared(forge: Forge, repo: Repository, pull: Pull, base: str, head: str) -> Pull:
    """How the branches stand to each other, and who owns what changes."""
    behind = not is_ancestor(repo, base, head)
    clash = behind and bool(together(repo, pull, base, head).stages)
    owners = owners_of(repo, base, pull.files) if forge.rules.code_owners else ()
    return replace(pull, behind=behind, conflicts=clash, owners=owners)


def updated(repo: Repository, pull: Pull, who: Person) -> bool:
    """Merge the base branch into the head; False where there is nothing to merge."""
    base, head = repo.ref(f"refs/heads/{pull.base}"), repo.ref(f"refs/heads/{pull.head}")
    if base is None or head is None or is_ancestor(repo, base, head):
        return False
    made = together(repo, pull, base, head)
    if made.stages:
        raise ForgeError("X Cannot update PR branch due to conflicts")
    message = f"Merge branch '{pull.base}' into {pull.head}\n"
    commit = Commit(tree_from(repo, made.files), (head, base), who, who, message)
    repo.put_text(f"refs/heads/{pull.head}", repo.write("commit", commit.data) + "\n")
    return True


def _guessed(repo: Repository, pull: Pull, head: str, clock: int) -> int:
    """When a head was pushed that nobody saw being pushed."""
    return min(clock, max(repo.commit(head).committer.time, pull.created))


def _moved(
    forge: Forge, repo: Repository, pull: Pull, base: str, head: str, merge: str, pushed: int
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
    commits = own_commits(repo, base, head)
    proposed = Proposed(tuple(found), merged_changes(repo, base, merge), tuple(commits))
    checks = checks_of(forge, repo, proposed, pushed + CHECK_SECONDS, forge.next_run())
    skips = any(mark in repo.commit(head).message for mark in SKIPPING)
    made = replace(
        pull,
        sha=head,
        reviews=reviews,
        checks=() if skips or not merge else checks,
        files=tuple(one.path for one in found),
        diff="",
        commits=len(commits),
    )
    return made, dismissed


def merged(repo: Repository, pull: Pull, method: str, who: Person) -> str:
    """Move the base branch; the new commit's name."""
    base, head = repo.ref(f"refs/heads/{pull.base}"), repo.ref(f"refs/heads/{pull.head}")
    if base is None or head is None:
        raise ForgeError("GraphQL: Head branch was not found (mergePullRequest)")
    made = together(repo, pull, base, head)
    if made.stages:
        raise ForgeError("GraphQL: Pull Request is not mergeable (mergePullRequest)")
    tree = tree_from(repo, made.files)
    if method == "merge":
        message = f"Merge pull request #{pull.number} from {pull.head}\n\n{pull.title}\n"
        commit = Commit(tree, (base, head), who, who, message)
    elif method == "rebase":
        return _rebased(repo, pull, base, head, tree, who)
    else:
        message = f"{pull.title} (#{pull.number})\n" + (f"\n{pull.body}\n" if pull.body else "")
        commit = Commit(tree, (base,), who, who, message)
    oid = repo.write("commit", commit.data)
    repo.put_text(f"refs/heads/{pull.base}", oid + "\n")
    return oid


def _rebased(repo: Repository, pull: Pull, base: str, head: str, tree: str, who: Person) -> str:
    """Each commit again on top of the base branch; the last one has the merged files."""
    own = [oid for oid in reversed(own_commits(repo, base, head)) if len(repo.commit(oid).parents) < 2]
    tip = base
    for place, oid in enumerate(own):
        old = repo.commit(oid)
        parent = old.parents[0] if old.parents else None
        made = merged_trees(
            repo, files_at(repo, parent), files_at(repo, tip), files_at(repo, oid), pull.base, pull.head
        )
        files = tree if place == len(own) - 1 else tree_from(repo, made.files)
        tip = repo.write("commit", Commit(files, (tip,), old.author, who, old.message).data)
    repo.put_text(f"refs/heads/{pull.base}", tip + "\n")
    return tip
