"""git bisect: halving the commits between a good one and a bad one until the first bad one is found."""

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.parts.git.history import is_ancestor, reachable, walk
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import find, peeled
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_BAD, _GOOD, _SKIPPED = "refs/bisect/bad", "refs/bisect/good-", "refs/bisect/skip-"
_FILES = ("BISECT_START", "BISECT_LOG", "BISECT_TERMS", "BISECT_NAMES", "BISECT_EXPECTED_REV")
_SKIP, _WORST = 125, 127
"""Exit codes of `bisect run`: this commit can't be tested; from 128 on the search ends."""
_TURNS = 40


def bisect(process: Process, args: Args) -> int:
    git = Git(process)
    git.tree()
    word, *rest = args.rest or [""]
    if word == "start":
        return _start(git, [one for one in rest if one != "--"])
    if word in ("bad", "new", "good", "old", "skip"):
        return _marked(git, {"new": "bad", "old": "good"}.get(word, word), rest)
    if word == "reset":
        return _reset(git, rest)
    if word == "log":
        _started(git)
        process.out(git.repo.text("BISECT_LOG"))
        return 0
    if word == "run":
        return _run(git, rest)
    if word in ("next", "terms", "visualize", "view", "replay"):
        return process.unsupported(f"git bisect {word}")
    raise GitError(
        "usage: git bisect [help|start|bad|good|new|old|terms|skip|next|reset|visualize|view|replay|log|run]",
        1,
    )


def _started(git: Git) -> None:
    if not git.repo.has_file("BISECT_START"):
        raise GitError('You need to start by "git bisect start"\n', 1)


def _start(git: Git, revisions: list[str]) -> int:
    repo = git.repo
    found = [_commit(git, one) for one in revisions]
    start = repo.text("BISECT_START").strip() or (repo.branch if repo.head_ref else repo.head or "")
    _forgotten(git)
    repo.put_text("BISECT_START", start + "\n")
    repo.put_text("BISECT_TERMS", "bad\ngood\n")
    if found:
        repo.put_text(_BAD, found[0] + "\n")
        for oid in found[1:]:
            repo.put_text(_GOOD + oid, oid + "\n")
    lines = [_comment(git, "good" if place else "bad", oid) for place, oid in enumerate(found)]
    quoted = "".join(f" '{one}'" for one in revisions)
    repo.put_text("BISECT_LOG", "".join(lines) + f"git bisect start{quoted}\n")
    return _next(git)


def _commit(git: Git, typed: str) -> Oid:
    oid = peeled(git.repo, find(git.repo, typed) or "", "commit")
    if oid is None:
        raise GitError(f"error: Bad rev input: {typed}", 1)
    return oid


def _comment(git: Git, word: str, oid: Oid) -> str:
    return f"# {word}: [{oid}] {git.repo.commit(oid).subject}\n"


def _marked(git: Git, word: str, typed: list[str]) -> int:
    _started(git)
    repo = git.repo
    if word == "bad" and len(typed) > 1:
        raise GitError("error: 'git bisect bad' can take only one argument.", 1)
    for oid in [_commit(git, one) for one in typed or ["HEAD"]]:
        ref = _BAD if word == "bad" else (_GOOD if word == "good" else _SKIPPED) + oid
        repo.put_text(ref, oid + "\n")
        _logged(git, _comment(git, word, oid) + f"git bisect {word} {oid}\n")
    return _next(git)


def _logged(git: Git, text: str) -> None:
    git.repo.put_text("BISECT_LOG", git.repo.text("BISECT_LOG") + text)


def _next(git: Git) -> int:
    """Go to the commit in the middle, or say what was found or what is still missing."""
    repo = git.repo
    bad, good = repo.ref(_BAD), list(repo.refs(_GOOD).values())
    if bad is None or not good:
        status = (
            "waiting for both good and bad commits"
            if bad is None and not good
            else "waiting for good commit(s), bad commit known"
            if bad is not None
            else f"waiting for bad commit, {len(good)} good commit{'s' if len(good) > 1 else ''} known"
        )
        git.line(f"status: {status}")
        _logged(git, f"# status: {status}\n")
        return 0
    if any(oid == bad or not is_ancestor(repo, oid, bad) for oid in good):
        git.error(
            "Some good revs are not ancestors of the bad rev.\ngit bisect cannot work properly in this case."
        )
        git.error("Maybe you mistook good and bad revs?")
        return 1
    skipped = set(repo.refs(_SKIPPED).values())
    left = list(walk(repo, [bad], good, topological=True))[::-1]
    open_ = [oid for oid in left if oid != bad and oid not in skipped]
    if not open_:
        return _found(git, bad, [oid for oid in left if oid != bad])
    oid, weight = _middle(git, left, open_)
    count = len(left) - weight - 1
    steps = _steps(len(left))
    git.line(
        f"Bisecting: {count} revision{'' if count == 1 else 's'} left to test after this "
        f"(roughly {steps} step{'' if steps == 1 else 's'})"
    )
    code = git.process.spawn(git.process, ("git", "checkout", "-q", oid), "")
    if code:
        return code
    repo.put_text("BISECT_EXPECTED_REV", oid + "\n")
    git.line(f"[{oid}] {repo.commit(oid).subject}")
    return 0


def _middle(git: Git, left: list[Oid], open_: list[Oid]) -> tuple[Oid, int]:
    """The first commit that halves what is left, or the nearest to that; and how many it would settle.

    As `bisect.c` has it: merges are looked at first, and a commit that builds on none of the others never
    counts as the half.
    """
    inside, best = set(left), (open_[0], 0)
    above = {oid: sum(one in inside for one in git.repo.commit(oid).parents) for oid in open_}
    for oid in sorted(open_, key=lambda one: above[one] < 2):
        git.process.budget.step()
        weight = len(set(reachable(git.repo, [oid])) & inside)
        if above[oid] and abs(2 * weight - len(left)) <= 1:
            return oid, weight
        if min(weight, len(left) - weight) > min(best[1], len(left) - best[1]):
            best = oid, weight
    return best


def _steps(count: int) -> int:
    """As git estimates it."""
    if count <= 2:
        return 0
    power = count.bit_length() - 1
    return power if 2**power < 3 * (count - 2**power) else power - 1


def _found(git: Git, bad: Oid, skipped: list[Oid]) -> int:
    if skipped:
        git.line("There are only 'skip'ped commits left to test.\nThe first bad commit could be any of:")
        git.process.out("".join(f"{oid}\n" for oid in [*skipped, bad]))
        git.line("We cannot bisect more!")
        return 2
    git.line(f"{bad} is the first bad commit")
    _logged(git, f"# first bad commit: [{bad}] {git.repo.commit(bad).subject}\n")
    git.process.spawn(git.process, ("git", "show", "--stat", "--summary", "--no-renames", bad), "")
    return 0


def _forgotten(git: Git) -> None:
    for ref in git.repo.refs("refs/bisect/"):
        git.repo.delete_ref(ref)
    for name in _FILES:
        git.repo.drop(name)


def _reset(git: Git, typed: list[str]) -> int:
    if not git.repo.has_file("BISECT_START"):
        git.line("We are not bisecting.")
        return 0
    goal = typed[0] if typed else git.repo.text("BISECT_START").strip()
    code = git.process.spawn(git.process, ("git", "checkout", goal), "")
    if code:
        git.error(f"error: could not check out original HEAD '{goal}'. Try 'git bisect reset <commit>'.")
        return code
    _forgotten(Git(git.process))
    return 0


def _run(git: Git, words: list[str]) -> int:
    _started(git)
    if not words:
        raise GitError("error: bisect run failed: no command provided.", 1)
    shown = " ".join("'" + word.replace("'", "'\\''").replace("!", "'\\!'") + "'" for word in words)
    for _ in range(_TURNS):
        git.line(f"running  {shown}")
        code = git.process.spawn(git.process, tuple(words), "")
        if code > _WORST:
            git.error(f"error: bisect run failed: exit code {code} from {shown} is < 0 or >= 128")
            return code
        word = "good" if not code else "skip" if code == _SKIP else "bad"
        git = Git(git.process)
        made = _marked(git, word, [])
        if made:
            git.error("error: bisect run cannot continue any more")
            return made
        if "# first bad commit: " in git.repo.text("BISECT_LOG"):
            git.process.out("bisect found first bad commit")
            return 0
    return 1
