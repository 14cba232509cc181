"""A library is frozen, in the course's order, and can say where a link leads."""

from dataclasses import FrozenInstanceError

import pytest

from checkpoint.core.content.library import ContentError, Library, load_library, read_label
from tests.core.content.conftest import CourseFolder


def test_everything_is_in_the_order_of_the_course(mini_library: Library) -> None:
    assert list(mini_library.lessons) == ["chapter-01", "checkpoint-m", "chapter-02"]
    assert list(mini_library.guardrails) == ["kube-context", "reconciliation"]
    assert list(mini_library.stages) == ["workstation", "cluster"]


def test_questions_come_in_the_order_of_their_ids(course: CourseFolder) -> None:
    text = course.text("checkpoint-m/questions/target.yaml")
    for number, slug in ((10, "aaa"), (2, "zzz")):
        copy = text.replace("Q1", f"Q{number}").replace("slug: target", f"slug: {slug}")
        course.write(f"checkpoint-m/questions/{slug}.yaml", copy)
    library = course.library()
    assert list(library.questions) == ["target", "zzz", "aaa"]
    assert [question.slug for question in library.lessons["checkpoint-m"].questions] == [
        "target",
        "zzz",
        "aaa",
    ]


def test_a_library_can_not_be_changed(mini_library: Library) -> None:
    with pytest.raises(FrozenInstanceError):
        mini_library.course = mini_library.course  # type: ignore[misc]
    with pytest.raises(TypeError):
        mini_library.lessons["x"] = mini_library.lessons["chapter-01"]  # type: ignore[index]
    with pytest.raises(TypeError):
        mini_library.figures["x", "y"] = next(iter(mini_library.figures.values()))  # type: ignore[index]


def test_the_fingerprint_changes_with_any_file_and_only_then(course: CourseFolder) -> None:
    first = course.library().fingerprint
    assert course.library().fingerprint == first
    course.edit("chapter-02/lesson.md", "An idea", "One idea")
    second = course.library().fingerprint
    course.write("chapter-01/target.svg", course.text("chapter-01/target.svg").replace('r="8"', 'r="9"'))
    assert len({first, second, course.library().fingerprint}) == 3


def test_broken_content_is_never_a_library(course: CourseFolder) -> None:
    course.edit("chapter-02/lesson.md", "An idea", "[An idea](term:nothing)")
    course.edit("chapter-01/lesson.md", "Alice", "<b>Alice</b>")
    with pytest.raises(ContentError) as raised:
        load_library(course.root)
    assert [problem.path for problem in raised.value.problems] == [
        "lessons/chapter-01/lesson.md",
        "lessons/chapter-01/lesson.md",
        "lessons/chapter-02/lesson.md",
    ]
    assert str(raised.value).count("\n") == 2


@pytest.mark.parametrize(
    ("link", "label", "address"),
    [
        ("lesson:chapter-01", "Chapter 01", "/lessons/chapter-01/"),
        (
            "lesson:chapter-01#context-check",
            "Chapter 01, Check before each write",
            "/lessons/chapter-01/#context-check",
        ),
        ("lesson:checkpoint-m#built", "Checkpoint M, What you have built", "/lessons/checkpoint-m/#built"),
        ("guardrail:kube-context", "Context check", "/guardrails/kube-context/"),
        ("stage:cluster", "Cluster", "/pipeline/cluster/"),
        ("question:target", "Checking the target", "/selfcheck/target/"),
        ("term:context", "Glossary, Context", "/lessons/glossary/#context"),
    ],
)
def test_a_place_to_read_has_a_name_and_an_address(
    mini_library: Library, link: str, label: str, address: str
) -> None:
    pointer = read_label(mini_library, link)
    assert pointer is not None
    assert (pointer.label, pointer.address) == (label, address)


@pytest.mark.parametrize("link", ["", "https://example.org/", "nonsense"])
def test_nothing_to_read_has_no_name(mini_library: Library, link: str) -> None:
    assert read_label(mini_library, link) is None
