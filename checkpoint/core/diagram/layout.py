"""Stages and gates to coordinates: where everything in the drawing of a pipeline stands."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A stage to draw: its name and the small line under it."""

    slug: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A guardrail to draw, standing in front of the stage with this slug."""

    slug: str
    name: str
    before: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where a stage or gate stands along the line, and the lane of its label (0 is nearest)."""

    slug: str
    at: float
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One orientation; `line` is the tube's place across, `length` and `breadth` the canvas."""

    length: float
    breadth: float
    line: float
    stages: tuple[Point, ...]
    gates: tuple[Point, ...]

    def reach(self, stages: int) -> float | None:
        """How far the flow goes that has passed so many stages; None where it has not begun."""
        return self.stages[stages - 1].at if stages > 1 else None


@dataclass(frozen=True, slots=True)
class Layout:
    across: Drawing
    down: Drawing


START, RUN, END = 52.0, 1030.0, 78.0
LETTER = 8.1
"""Width of one letter of a gate's label at the largest size it is drawn in."""
LABEL_GAP = 9.0
LANE = 30.0
GATE_STEP = 49.0
SHORTEST_SEGMENT = 110.0


def layout(stages: Sequence[Box], gates: Sequence[Gate]) -> Layout:
    """Both drawings of a pipeline of any number of stages and gates.

    >>> layout([Box("a", "A"), Box("b", "B")], []).across.length
    1160.0
    """
    groups = _by_segment(stages, gates)
    return Layout(_across(stages, groups), _down(stages, groups))


def _by_segment(stages: Sequence[Box], gates: Sequence[Gate]) -> list[list[Gate]]:
    """The gates in front of each stage but the first, in line order."""
    return [[gate for gate in gates if gate.before == stage.slug] for stage in stages[1:]]


def _across(stages: Sequence[Box], groups: Sequence[Sequence[Gate]]) -> Drawing:
    segment = max(RUN / max(len(groups), 1), SHORTEST_SEGMENT)
    boxes = tuple(Point(stage.slug, START + number * segment) for number, stage in enumerate(stages))
    placed: list[tuple[Gate, float]] = []
    for number, group in enumerate(groups):
        middle = START + (number + 0.5) * segment
        step = min(GATE_STEP, (segment - 54) / max(len(group) - 1, 1))
        placed += [(gate, middle + (place - (len(group) - 1) / 2) * step) for place, gate in enumerate(group)]
    points = _in_lanes(placed)
    lanes = 1 + max((point.lane for point in points), default=0)
    line = 86 + LANE * (lanes - 1)
    ends = [at + LABEL_GAP + len(gate.name) * LETTER for gate, at in placed]
    length = max([START + RUN + END, boxes[-1].at + END, *ends]) if boxes else START + RUN + END
    return Drawing(length, line + 86, line, boxes, points)


def _in_lanes(placed: Sequence[tuple[Gate, float]]) -> tuple[Point, ...]:
    """A label goes above every gate to its right that it would run into."""
    points: list[Point] = []
    for gate, at in reversed(placed):
        end = at + LABEL_GAP + len(gate.name) * LETTER
        lane = 1 + max((other.lane for other in points if other.at < end), default=-1)
        points.append(Point(gate.slug, at, lane))
    return tuple(reversed(points))


def _down(stages: Sequence[Box], groups: Sequence[Sequence[Gate]]) -> Drawing:
    at = 22.0
    boxes, gates = [Point(stage.slug, at) for stage in stages[:1]], []
    for stage, group in zip(stages[1:], groups, strict=True):
        span = 31.0 * max(len(group) - 1, 0)
        segment = max(78.0, 64.0 + span) if group else 60.0
        gates += [
            Point(gate.slug, at + (segment - span) / 2 + 31.0 * place) for place, gate in enumerate(group)
        ]
        at += segment
        boxes.append(Point(stage.slug, at))
    return Drawing(at + 24, 340.0, 30.0, tuple(boxes), tuple(gates))
