"""Three-way merging of files and trees, with git's conflict marks."""

from dataclasses import dataclass, field

from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import Repository

Fact = tuple[int, Oid]


def lines_of(data: bytes) -> list[str]:
    """Lines with their newlines; the last one may lack it."""
    parts = data.decode("utf-8", "surrogateescape").split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _edits(base: list[str], other: list[str]) -> list[tuple[int, int, list[str]]]:
    """(base start, base end, new lines) of every change."""
    return [(a, b, other[c:d]) for kind, a, b, c, d in opcodes(base, other) if kind != "equal"]


def merged_text(
    base: bytes, ours: bytes, theirs: bytes, our_name: str, their_name: str, favour: str = ""
) -> tuple[bytes, bool]:
    """The merged bytes and whether there is a conflict in them; `favour` (ours, theirs) settles each."""
    lines = [lines_of(data) for data in (base, ours, theirs)]
    left, right = _edits(lines[0], lines[1]), _edits(lines[0], lines[2])
    out: list[str] = []
    conflict = False
    at = 0
    while left or right:
        start = min(edit[0] for edit in (left[:1] + right[:1]))
        out += lines[0][at:start]
        mine, theirs_here, end = _cluster(left, right, start)
        a = _applied(lines[0], mine, start, end)
        b = _applied(lines[0], theirs_here, start, end)
        if not theirs_here or a == b:
            out += a
        elif not mine:
            out += b
        elif favour:
            out += a if favour == "ours" else b
        else:
            conflict = True
            out += _marked(a, b, our_name, their_name)
        at = end
    out += lines[0][at:]
    return "".join(out).encode("utf-8", "surrogateescape"), conflict


_Edit = tuple[int, int, list[str]]


def _cluster(left: list[_Edit], right: list[_Edit], start: int) -> tuple[list[_Edit], list[_Edit], int]:
    """Edits of both sides that touch each other, taken off the lists, and where they end."""
    end = start
    taken: tuple[list[_Edit], list[_Edit]] = ([], [])
    moved = True
    while moved:
        moved = False
        for edits, mine in ((left, taken[0]), (right, taken[1])):
            while edits and edits[0][0] <= end:
                mine.append(edits.pop(0))
                end = max(end, mine[-1][1])
                moved = True
    return taken[0], taken[1], end


def _applied(base: list[str], edits: list[_Edit], start: int, end: int) -> list[str]:
    out: list[str] = []
    at = start
    for first, last, new in edits:
        out += base[at:first] + new
        at = last
    return out + base[at:end]


def _marked(a: list[str], b: list[str], our_name: str, their_name: str) -> list[str]:
    """Between conflict marks; what both sides begin or end with stands outside."""
    head: list[str] = []
    tail: list[str] = []
    while a and b and a[0] == b[0]:
        head.append(a[0])
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        tail.insert(0, a[-1])
        a, b = a[:-1], b[:-1]
    ended = [line if line.endswith("\n") else line + "\n" for line in a]
    other = [line if line.endswith("\n") else line + "\n" for line in b]
    marks = [f"<<<<<<< {our_name}\n", *ended, "=======\n", *other, f">>>>>>> {their_name}\n"]
    return [*head, *marks, *tail]


@dataclass(slots=True)
class Merged:
    """A merged tree: files that are settled, conflicts with their stages, what git says, and what to
    write into the working tree for a conflict."""

    files: dict[str, Fact] = field(default_factory=dict)
    stages: dict[str, dict[int, Fact]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    texts: dict[str, tuple[int, bytes]] = field(default_factory=dict)


def merged_trees(
    repository: Repository,
    base: dict[str, Fact],
    ours: dict[str, Fact],
    theirs: dict[str, Fact],
    our_name: str,
    their_name: str,
    favour: str = "",
) -> Merged:
    """Three sets of files to one."""
    made = Merged()
    for path in sorted(set(base) | set(ours) | set(theirs)):
        b, o, t = base.get(path), ours.get(path), theirs.get(path)
        if o == t or b == t:
            if o:
                made.files[path] = o
        elif b == o:
            if t:
                made.files[path] = t
        elif o is None or t is None:
            _half_deleted(repository, made, path, (b, o, t), our_name, their_name)
        else:
            _both_changed(repository, made, path, (b, o, t), our_name, their_name, favour)
    return made


def _half_deleted(
    repository: Repository,
    made: Merged,
    path: str,
    facts: tuple[Fact | None, Fact | None, Fact | None],
    our_name: str,
    their_name: str,
) -> None:
    _, ours, theirs = facts
    there = ours or theirs
    if there is None:
        return
    gone, kept = (our_name, their_name) if ours is None else (their_name, our_name)
    made.told.append(
        f"CONFLICT (modify/delete): {path} deleted in {gone} and modified in {kept}.  "
        f"Version {kept} of {path} left in tree."
    )
    made.stages[path] = {n + 1: fact for n, fact in enumerate(facts) if fact}
    made.texts[path] = (there[0], repository.blob(there[1]))


def _both_changed(
    repository: Repository,
    made: Merged,
    path: str,
    facts: tuple[Fact | None, Fact | None, Fact | None],
    our_name: str,
    their_name: str,
    favour: str,
) -> None:
    base, ours, theirs = facts
    if ours is None or theirs is None:
        return
    data = [repository.blob(fact[1]) if fact else b"" for fact in facts]
    made.told.append(f"Auto-merging {path}")
    text, conflict = merged_text(data[0], data[1], data[2], our_name, their_name, favour)
    mode = theirs[0] if base and ours[0] == base[0] else ours[0]
    if not conflict:
        made.files[path] = (mode, repository.write("blob", text))
        return
    kind = "content" if base else "add/add"
    made.told.append(f"CONFLICT ({kind}): Merge conflict in {path}")
    made.stages[path] = {n + 1: fact for n, fact in enumerate(facts) if fact}
    made.texts[path] = (mode, text)
