"""The lines that `git log --graph` draws beside commits: git's own drawing, column by column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checkpoint.core.sim.parts.git.objects import Oid


@dataclass(frozen=True, slots=True)
class Row:
    """A commit with its parents that are shown, the lines that tell of it, and those of its changes."""

    oid: Oid
    parents: tuple[Oid, ...]
    told: tuple[str, ...]
    details: tuple[str, ...] = ()


def drawn(rows: Iterable[Row], *, gap: bool) -> str:
    """All rows beside their graph, children first; with `gap` an empty line between them."""
    graph = _Graph()
    out: list[str] = []
    for place, row in enumerate(rows):
        graph.begin(row.oid, row.parents)
        if gap and place:
            out.append(graph.padding())
        out += graph.beside(row.told)
        out += [graph.padding() + line for line in row.details]
    return "".join(line + "\n" for line in out)


class _Graph:
    """Columns are lines of work, each waiting for one commit.

    `mapping` says for each place of a line (two places a column) which column it leads to; after a commit
    the lines between places are drawn until every column stands straight.
    """

    def __init__(self) -> None:
        self.commit: Oid = ""
        self.parents: tuple[Oid, ...] = ()
        self.state = self.before = "padding"
        self.columns: list[Oid] = []
        self.next: list[Oid] = []
        self.mapping: list[int] = []
        self.old_mapping: list[int] = []
        self.width = self.at = self.before_at = self.expanded = 0
        self.layout = -1
        self.added = self.before_added = 0

    # --- taking a commit in ----------------------------------------------------

    def begin(self, oid: Oid, parents: tuple[Oid, ...]) -> None:
        self.commit, self.parents = oid, parents
        self.before_at = self.at
        self._columns()
        self.expanded = 0
        self.state = "pre-commit" if self._widens() else "commit"

    def _columns(self) -> None:
        self.columns, self.next = self.next, []
        self.mapping = [-1] * (2 * (len(self.columns) + len(self.parents) + 1))
        self.width, self.before_added, self.added = 0, self.added, 0
        for place, oid in enumerate(self._with_own()):
            if oid == self.commit:
                self.at, self.layout = place, -1
                for parent in self.parents:
                    self._enter(parent, place)
                if not self.parents:
                    self.width += 2
            else:
                self._enter(oid, -1)
        while len(self.mapping) > 1 and self.mapping[-1] < 0:
            self.mapping.pop()

    def _with_own(self) -> list[Oid]:
        """The columns, with the commit's own at the end where it has none yet."""
        return self.columns if self.commit in self.columns else [*self.columns, self.commit]

    def _enter(self, oid: Oid, place: int) -> None:
        """A column that waits for `oid`; from the commit at `place`, or from where it stands."""
        if oid not in self.next:
            self.next.append(oid)
        column = self.next.index(oid)
        if len(self.parents) > 1 and place > -1 and self.layout == -1:
            distance = place - column
            shift = 2 * distance - 3 if distance > 1 else 1
            self.layout = 0 if distance > 0 else 1
            self.added = len(self.parents) + self.layout - 2
            goal = self.width + (self.layout - 1) * shift
            self.width += 2 * self.layout
        elif self.added > 0 and self.width >= 2 and column == self.mapping[self.width - 2]:
            goal = self.width - 2
            self.added = -1
        else:
            goal = self.width
            self.width += 2
        while goal >= len(self.mapping):
            self.mapping.append(-1)
        self.mapping[goal] = column

    # --- drawing -----------------------------------------------------------------

    def beside(self, lines: tuple[str, ...]) -> Iterator[str]:
        """A commit's lines beside what leads to it and away from it."""
        while self.state != "commit":
            yield self._line()
        first, *rest = lines or ("",)
        yield self._line() + first
        for line in rest:
            yield self._line() + line
        while self.state != "padding":
            yield self._line()

    def padding(self) -> str:
        """A line on which nothing moves."""
        if self.state != "commit":
            return self._line()
        text = ""
        for oid in self.columns:
            octopus = oid == self.commit and len(self.parents) > 2
            text += "|" + " " * ((len(self.parents) - 2) * 2 if octopus else 1)
        self.before = "padding"
        return text.ljust(self.width)

    def _line(self) -> str:
        draw = {
            "padding": lambda: "| " * len(self.next),
            "pre-commit": self._pre_commit,
            "commit": self._commit,
            "post-merge": self._post_merge,
            "collapsing": self._collapsing,
        }
        return draw[self.state]().ljust(self.width)

    def _go(self, state: str) -> None:
        self.before, self.state = self.state, state

    def _straight(self) -> bool:
        return all(goal < 0 or goal == place // 2 for place, goal in enumerate(self.mapping))

    def _settle(self) -> None:
        self._go("padding" if self._straight() else "collapsing")

    def _widens(self) -> bool:
        rows = (len(self.parents) + self.layout - 3) * 2
        return len(self.parents) >= 3 and self.at < len(self.columns) - 1 and self.expanded < rows

    def _pre_commit(self) -> str:
        """Room for the many parents of a commit that stands left of other columns."""
        text, seen = "", False
        for place, oid in enumerate(self.columns):
            if oid == self.commit:
                seen = True
                text += "|" + " " * self.expanded
            elif seen and not self.expanded:
                text += "\\" if self.before == "post-merge" and self.before_at < place else "|"
            else:
                text += "\\" if seen else "|"
            text += " "
        self.expanded += 1
        if not self._widens():
            self._go("commit")
        return text

    def _commit(self) -> str:
        text, seen = "", False
        for place, oid in enumerate(self._with_own()):
            if oid == self.commit:
                seen = True
                text += "*" + self._octopus()
            elif seen and self.added > 1:
                text += "\\"
            elif seen and self.added == 1:
                merged = self.before == "post-merge" and self.before_added > 0 and self.before_at < place
                text += "\\" if merged else "|"
            elif self._leans(place):
                text += "/"
            else:
                text += "|"
            text += " "
        if len(self.parents) > 1:
            self._go("post-merge")
        else:
            self._settle()
        return text

    def _leans(self, place: int) -> bool:
        def at(mapping: list[int], spot: int) -> int:
            return mapping[spot] if spot < len(mapping) else -1

        return (
            self.before == "collapsing"
            and at(self.old_mapping, 2 * place + 1) == place
            and at(self.mapping, 2 * place) < place
        )

    def _octopus(self) -> str:
        dashed = len(self.parents) + self.layout - 3
        return "".join("-." if n == dashed - 1 else "--" for n in range(dashed)) if dashed > 0 else ""

    def _post_merge(self) -> str:
        text, seen, parent_seen = "", False, False
        for place, oid in enumerate(self._with_own()):
            if oid == self.commit:
                seen = True
                text += self._branching()
            elif seen:
                text += ("\\" if self.added > 0 else "|") + " "
            else:
                text += "|"
                if self.layout != 0 or place != self.at - 1:
                    text += "_" if parent_seen else " "
            parent_seen = parent_seen or oid == self.parents[0]
        self._settle()
        return text

    def _branching(self) -> str:
        """The lines from a merge to its parents."""
        text, mark = "", self.layout
        for number in range(len(self.parents)):
            text += "/|\\"[mark]
            if mark == 2:
                if self.added > 0 or number < len(self.parents) - 1:
                    text += " "
            else:
                mark += 1
        return text + (" " if self.added == 0 else "")

    def _collapsing(self) -> str:
        self.old_mapping, self.mapping = self.mapping, [-1] * len(self.mapping)
        edge = edge_goal = -1
        for place, goal in enumerate(self.old_mapping):
            if goal < 0:
                continue
            if goal * 2 == place:
                self.mapping[place] = goal
                continue
            step = 1 if self.mapping[place - 1] < 0 else 2
            if step == 2 and self.mapping[place - 1] == goal:
                continue
            self.mapping[place - step] = goal
            if edge == -1:
                edge, edge_goal = place - (step - 1), goal
                for spot in range(goal * 2 + 3, place - 2, 2):
                    self.mapping[spot] = goal
        self.old_mapping = list(self.mapping)
        if self.mapping[-1] < 0:
            self.mapping.pop()
        text = self._slanted(edge, edge_goal)
        self._settle()
        return text

    def _slanted(self, edge: int, edge_goal: int) -> str:
        text, level = "", False
        for place, goal in enumerate(self.mapping):
            if goal < 0:
                text += " "
            elif goal * 2 == place:
                text += "|"
            elif goal == edge_goal and place != edge - 1:
                if place != goal * 2 + 3:
                    self.mapping[place] = -1
                level = True
                text += "_"
            else:
                if level and place < edge:
                    self.mapping[place] = -1
                text += "/"
        return text
