"""Where stages, gates and labels stand in the drawing."""

from itertools import pairwise

import pytest

from checkpoint.core.diagram.layout import Box, Gate, layout

LINE = [Box(name.lower(), name) for name in ("Workstation", "Git", "CI", "Review", "Flux", "Cluster")]
GATES = [
    Gate("one-change-per-pr", "One change per PR", "git"),
    Gate("kube-context", "guard-kube-context.sh", "git"),
    Gate("pre-commit", "Pre-commit hooks", "git"),
    Gate("terraform-plan", "guard-terraform-plan.sh", "ci"),
    Gate("plan-approve-apply", "Plan-Approve-Apply", "review"),
    Gate("sops-age", "SOPS + age", "flux"),
    Gate("gitops-reconciliation", "GitOps reconciliation", "cluster"),
]


def test_the_course_is_drawn_at_the_designed_places() -> None:
    drawing = layout(LINE, GATES).across
    assert (drawing.length, drawing.breadth, drawing.line) == (1160, 232, 146)
    assert [point.at for point in drawing.stages] == [52, 258, 464, 670, 876, 1082]
    assert [point.at for point in drawing.gates] == [106, 155, 204, 361, 567, 773, 979]
    assert [point.lane for point in drawing.gates] == [2, 1, 0, 0, 0, 0, 0]


def test_the_standing_drawing_leaves_a_row_for_every_gate() -> None:
    drawing = layout(LINE, GATES).down
    assert (drawing.breadth, drawing.length) == (340, 484)
    assert [point.at for point in drawing.stages] == [22, 148, 226, 304, 382, 460]
    assert [point.at for point in drawing.gates] == [54, 85, 116, 187, 265, 343, 421]


def test_a_flow_that_passed_one_stage_has_nothing_to_fill() -> None:
    drawing = layout(LINE, GATES).across
    assert drawing.reach(0) is None
    assert drawing.reach(1) is None
    assert drawing.reach(2) == 258
    assert drawing.reach(6) == 1082


@pytest.mark.parametrize("stages", [2, 3, 6, 9, 14])
@pytest.mark.parametrize("gates_each", [0, 1, 4])
def test_no_label_meets_another_gate_whatever_the_numbers(stages: int, gates_each: int) -> None:
    line = [Box(f"s{n}", f"Stage {n}") for n in range(stages)]
    gates = [
        Gate(f"g{n}-{k}", "guard-something.sh", f"s{n}") for n in range(1, stages) for k in range(gates_each)
    ]
    drawing = layout(line, gates).across
    for place, point in enumerate(drawing.gates):
        end = point.at + 9 + len("guard-something.sh") * 8.1
        assert end <= drawing.length
        for other in drawing.gates[place + 1 :]:
            assert other.at >= end or other.lane < point.lane
    places = sorted([p.at for p in drawing.stages] + [p.at for p in drawing.gates])
    assert all(later - earlier > 10 for earlier, later in pairwise(places))


def test_a_single_stage_can_be_drawn() -> None:
    drawing = layout(LINE[:1], [])
    assert [point.at for point in drawing.across.stages] == [52]
    assert [point.at for point in drawing.down.stages] == [22]
