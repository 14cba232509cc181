"""Where things are on the line."""

from checkpoint.core.content.library import Library
from checkpoint.core.content.places import (
    checkpoint_place,
    gate_of,
    lay_out,
    neighbours,
    questions_about,
    ribbon,
    stage_detail,
    standing_at,
)


def test_a_stage_knows_its_guardrails_questions_and_neighbours(mini_library: Library) -> None:
    detail = stage_detail(mini_library, "workstation")
    assert [g.slug for g in detail.guardrails] == ["kube-context"]
    assert [q.slug for q in detail.questions] == ["target"]
    assert detail.lesson.slug == "chapter-01"
    assert detail.previous is None
    assert detail.following is not None
    assert detail.following.slug == "cluster"


def test_a_gate_stands_in_front_of_the_next_stage_or_of_the_last(mini_library: Library) -> None:
    assert gate_of(mini_library, mini_library.guardrails["kube-context"]) == "cluster"
    assert gate_of(mini_library, mini_library.guardrails["reconciliation"]) == "cluster"
    assert standing_at(mini_library, mini_library.guardrails["kube-context"]) == (
        "after Workstation, before Cluster"
    )


def test_an_author_may_say_in_front_of_which_stage_a_gate_stands(mini_library: Library) -> None:
    found = mini_library.guardrails["kube-context"]
    moved = type(found)(found.slug, found.facts.model_copy(update={"before": "workstation"}), found.page)
    assert gate_of(mini_library, moved) == "workstation"
    assert standing_at(mini_library, moved) == "before Workstation"


def test_the_drawing_shows_every_stage_and_gate_of_the_course(mini_library: Library) -> None:
    drawing = lay_out(mini_library).across
    assert [point.slug for point in drawing.stages] == ["workstation", "cluster"]
    assert [point.slug for point in drawing.gates] == ["kube-context", "reconciliation"]


def test_the_ribbon_sees_the_course_from_the_checkpoint(mini_library: Library) -> None:
    assert [(item.lesson.slug, item.state) for item in ribbon(mini_library)] == [
        ("chapter-01", "done"),
        ("checkpoint-m", "here"),
        ("chapter-02", "ahead"),
    ]
    assert checkpoint_place(mini_library) == "after chapter 01, before chapter 02"


def test_a_lesson_knows_what_stands_before_and_after_it(mini_library: Library) -> None:
    before, after = neighbours(mini_library, "chapter-01")
    assert before is None
    assert after is not None
    assert after.slug == "checkpoint-m"


def test_a_lesson_knows_the_questions_that_send_people_to_it(mini_library: Library) -> None:
    found = questions_about(mini_library, mini_library.lessons["chapter-01"])
    assert [question.slug for question in found] == ["target"]
    assert questions_about(mini_library, mini_library.lessons["chapter-02"]) == ()
