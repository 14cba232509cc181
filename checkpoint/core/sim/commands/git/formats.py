"""How git prints commits and changes: dates, diffs, stat lines."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from checkpoint.core.sim.line_diff import hunks
from checkpoint.core.sim.parts.git.changes import Change
from checkpoint.core.sim.parts.git.merging import lines_of
from checkpoint.core.sim.parts.git.objects import Commit, Oid, Person

_NO_NEWLINE = "\\ No newline at end of file"
WIDTH = 80
Read = Callable[[Oid], bytes]


def moment(person: Person) -> datetime:
    sign = -1 if person.zone.startswith("-") else 1
    shift = timedelta(hours=int(person.zone[1:3]), minutes=int(person.zone[3:5])) * sign
    return datetime.fromtimestamp(person.time, timezone(shift))


def long_date(person: Person) -> str:
    """`Mon Nov 23 09:20:00 2026 +0000`."""
    when = moment(person)
    return f"{when:%a %b} {when.day} {when:%H:%M:%S %Y} {person.zone}"


def iso_date(person: Person) -> str:
    return f"{moment(person):%Y-%m-%d %H:%M:%S} {person.zone}"


def short_date(person: Person) -> str:
    return f"{moment(person):%Y-%m-%d}"


def relative_date(person: Person, now: int) -> str:
    """`5 minutes ago`, with git's borders between units."""
    seconds = max(0, now - person.time)
    if seconds < 90:
        return f"{seconds} second{'' if seconds == 1 else 's'} ago"
    for size, unit, border in (
        (60, "minute", 90),
        (3600, "hour", 36),
        (86400, "day", 14),
        (604800, "week", 10),
    ):
        count = (seconds + size // 2) // size
        if count < border:
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    months = (seconds // 86400 + 15) // 30
    return f"{months} months ago" if months < 12 else f"{months // 12} year{'' if months < 24 else 's'} ago"


def date_in(style: str, person: Person, now: int) -> str:
    """A date as `--date=style` asks."""
    if style in ("iso", "iso8601"):
        return iso_date(person)
    if style in ("iso-strict", "iso8601-strict"):
        return moment(person).isoformat()
    if style == "short":
        return short_date(person)
    if style == "relative":
        return relative_date(person, now)
    if style == "unix":
        return str(person.time)
    if style == "raw":
        return f"{person.time} {person.zone}"
    if style == "rfc":
        when = moment(person)
        return f"{when:%a}, {when.day} {when:%b %Y %H:%M:%S} {person.zone}"
    return long_date(person)


def patch(change: Change, read: Read, context: int = 3) -> str:
    """One file's part of a diff."""
    old_name, new_name = f"a/{change.old_path}", f"b/{change.path}"
    lines = [f"diff --git {old_name} {new_name}"]
    if change.status == "A":
        lines.append(f"new file mode {change.new_mode:06o}")
    elif change.status == "D":
        lines.append(f"deleted file mode {change.old_mode:06o}")
    elif change.old_mode != change.new_mode:
        lines += [f"old mode {change.old_mode:06o}", f"new mode {change.new_mode:06o}"]
    if change.status == "R":
        lines += [
            f"similarity index {change.score}%",
            f"rename from {change.old_path}",
            f"rename to {change.path}",
        ]
    if change.old == change.new:
        return "\n".join(lines) + "\n"
    same_mode = f" {change.new_mode:06o}" if change.old_mode == change.new_mode else ""
    lines.append(f"index {(change.old or '0' * 7)[:7]}..{(change.new or '0' * 7)[:7]}{same_mode}")
    old = read(change.old) if change.old else b""
    new = read(change.new) if change.new else b""
    if b"\0" in old[:8000] or b"\0" in new[:8000]:
        sides = (old_name if change.old else "/dev/null", new_name if change.new else "/dev/null")
        lines.append(f"Binary files {sides[0]} and {sides[1]} differ")
        return "\n".join(lines) + "\n"
    made = list(hunks(lines_of(old), lines_of(new), context))
    if made:
        lines.append(f"--- {old_name if change.old else '/dev/null'}")
        lines.append(f"+++ {new_name if change.new else '/dev/null'}")
    before = lines_of(old)
    for hunk in made:
        lines.append(hunk.header + around(before, hunk.old_start + (not hunk.old_count)))
        for mark, line in hunk.lines:
            lines.append(mark + line.rstrip("\n"))
            if not line.endswith("\n"):
                lines.append(_NO_NEWLINE)
    return "\n".join(lines) + "\n"


def around(lines: list[str], start: int) -> str:
    """The nearest line above a hunk that begins with a letter, as git shows behind `@@`."""
    for line in reversed(lines[: max(0, start - 1)]):
        if line[:1].isalpha() or line[:1] in "_$":
            return " " + line.rstrip()[:80]
    return ""


def counted(change: Change, read: Read) -> tuple[int, int] | None:
    """(added, removed) lines, None for binary files."""
    old = read(change.old) if change.old else b""
    new = read(change.new) if change.new else b""
    if b"\0" in old[:8000] or b"\0" in new[:8000]:
        return None
    added = removed = 0
    for hunk in hunks(lines_of(old), lines_of(new), 0):
        added += sum(mark == "+" for mark, _ in hunk.lines)
        removed += sum(mark == "-" for mark, _ in hunk.lines)
    return added, removed


def path_told(change: Change) -> str:
    """`old => new`, with what both share outside braces."""
    if change.status != "R":
        return change.path
    old, new = change.old_path.split("/"), change.path.split("/")
    head = 0
    while head < min(len(old), len(new)) - 1 and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head - 1 and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if not head and not tail:
        return f"{change.old_path} => {change.path}"
    before, after = "/".join(old[:head]), "/".join(old[len(old) - tail :])
    middle = [("/".join(parts[head : len(parts) - tail])) for parts in (old, new)]
    inner = "{" + f"{middle[0]} => {middle[1]}" + "}"
    return "/".join(part for part in (before, inner, after) if part)


def stat(changes: list[Change], read: Read, width: int = WIDTH) -> str:
    """The table of `--stat` with its sum."""
    if not changes:
        return ""
    rows = [(path_told(change), counted(change, read)) for change in changes]
    names = max(len(name) for name, _ in rows)
    totals = [sum(count) for _, count in rows if count]
    digits = len(str(max(totals, default=0)))
    if any(count is None for _, count in rows):
        digits = max(digits, 3)
    room = max(10, width - names - digits - 6)
    most = max(totals, default=0)
    lines = []
    for name, count in rows:
        if count is None:
            lines.append(f" {name:<{names}} | {'Bin':>{digits}}")
            continue
        added, removed = count
        if most > room:
            added, removed = _scaled(added, removed, most, room)
        graph = "+" * added + "-" * removed
        lines.append(f" {name:<{names}} | {sum(count):>{digits}}{' ' + graph if graph else ''}")
    return "\n".join(lines) + "\n" + summary(changes, read)


def _scaled(added: int, removed: int, most: int, room: int) -> tuple[int, int]:
    whole = max(1, (added + removed) * room // most)
    part = whole * added // max(1, added + removed)
    return (max(1, part) if added else 0), (max(1, whole - part) if removed else 0)


def summary(changes: list[Change], read: Read) -> str:
    """` 2 files changed, 3 insertions(+), 1 deletion(-)`."""
    counts = [counted(change, read) or (0, 0) for change in changes]
    added, removed = sum(c[0] for c in counts), sum(c[1] for c in counts)
    parts = [f" {len(changes)} file{'' if len(changes) == 1 else 's'} changed"]
    if added or not removed:
        parts.append(f"{added} insertion{'' if added == 1 else 's'}(+)")
    if removed or not added:
        parts.append(f"{removed} deletion{'' if removed == 1 else 's'}(-)")
    return ", ".join(parts) + "\n"


def modes(changes: list[Change]) -> str:
    """` create mode …`, ` delete mode …`, ` rename …`, as after a commit or merge."""
    lines = []
    for change in changes:
        if change.status == "A":
            lines.append(f" create mode {change.new_mode:06o} {change.path}")
        elif change.status == "D":
            lines.append(f" delete mode {change.old_mode:06o} {change.path}")
        elif change.status == "R":
            lines.append(f" rename {path_told(change)} ({change.score}%)")
        elif change.old_mode != change.new_mode:
            lines.append(f" mode change {change.old_mode:06o} => {change.new_mode:06o} {change.path}")
    return "".join(line + "\n" for line in lines)


def headline(oid: Oid, commit: Commit, decoration: str = "", merge: str = "") -> str:
    """The head of a commit in `git log`, with its message indented."""
    lines = [f"commit {oid}{decoration}"]
    if merge:
        lines.append(f"Merge: {merge}")
    lines += [f"Author: {commit.author.told}", f"Date:   {long_date(commit.author)}", ""]
    lines += [f"    {line}" for line in commit.message.rstrip("\n").split("\n")]
    return "\n".join(lines) + "\n"
