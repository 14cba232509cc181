"""The lines that `git log --graph` draws beside commits."""

from checkpoint.core.sim.parts.git.objects import Oid


def drawn(rows: list[tuple[Oid, tuple[Oid, ...], str]]) -> str:
    """Each row's text beside its place in the graph; rows come children first.

    Columns are lines of work, each waiting for one commit. A merge opens columns to the right, a
    shared parent closes them.
    """
    columns: list[Oid] = []
    shown = {oid for oid, _, _ in rows}
    out: list[str] = []
    for place, (oid, parents, text) in enumerate(rows):
        if oid not in columns:
            columns.append(oid)
        at = columns.index(oid)
        parents = tuple(parent for parent in parents if parent in shown)
        first, *rest = text.rstrip("\n").split("\n")
        out.append(_bars(columns, at, "*") + " " + first)
        opened = [parent for parent in parents[1:] if parent not in columns]
        columns[at : at + 1] = [*parents[:1], *opened]
        if opened:
            out.append(_opening(len(columns) - len(opened), at))
        lines = rest + ([""] if len(rest) > 1 and place + 1 < len(rows) else [])
        out += [f"{_bars(columns, -1, '|')} {line}".rstrip() if columns else line for line in lines]
        out += _closed(columns)
    return "".join(line + "\n" for line in out)


def _bars(columns: list[Oid], at: int, mark: str) -> str:
    return " ".join(mark if n == at else "|" for n in range(len(columns)))


def _opening(count: int, at: int) -> str:
    bars = ["|"] * count
    return " ".join(bars[: at + 1]) + "\\" + ("  " if at + 1 == count else " \\" * (count - at - 1))


def _closed(columns: list[Oid]) -> list[str]:
    """Join columns that wait for the same commit; the lines that show it."""
    lines: list[str] = []
    while True:
        twin = next((n for n, oid in enumerate(columns) if oid in columns[:n]), -1)
        if twin < 0:
            return lines
        goal = columns.index(columns[twin])
        width = len(columns)
        if goal == twin - 1:
            lines.append(" ".join("|" for _ in range(twin)) + "/" + " /" * (width - twin - 1) + "  ")
        else:
            bars = " ".join("|" for _ in range(goal + 1))
            lines.append(bars + "_|" * (twin - goal - 1) + "/" + " /" * (width - twin - 1) + "  ")
        del columns[twin]
