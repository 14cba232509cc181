"""Mistakes in a bad change: each is one problem with its place and what to do."""

import pytest

from tests.core.content.conftest import CourseFolder

CHANGE = "checkpoint-m/changes/unlooked.yaml"


def test_the_changes_of_a_course_are_in_its_library(course: CourseFolder) -> None:
    course.write(
        "checkpoint-m/changes/earlier.yaml",
        course.text(CHANGE).replace("slug: unlooked", "slug: earlier\nplace: 1"),
    )
    assert list(course.library().changes) == ["earlier", "unlooked"]


def test_a_change_knows_the_worlds_it_builds_on(course: CourseFolder) -> None:
    below = course.library().changes["unlooked"].below
    assert [bool(layer.files) for layer in below] == [True, True]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "slug: unlooked",
            "slug: other",
            "the slug `other` differs from the file's name; write `slug: unlooked`",
        ),
        (
            "[kube-context]",
            "[kube-contex]",
            "there is no guardrail `kube-contex`; did you mean `kube-context`?",
        ),
        ("question: target", "question: targets", "there is no question `targets`"),
        ("scenario: wrong-target", "scenario: wrong", "there is no scenario `wrong`"),
        ("[chapter-01]", "[chapter-07]", "there is no lesson `chapter-07`"),
        ("base: guarded", "base: guards", "there is no world `guards`; did you mean `guarded`?"),
        ("at: workstation", "at: workbench", "there is no stage `workbench`"),
        ("  - at: workstation", "  - at: workstation\n    without: nobody", "there is no guardrail `nobody`"),
        ("  reconciliation: Nothing", "  nothing: Nothing", "there is no guardrail `nothing`"),
        (
            "      $ kubectl scale",
            "      kubectl scale",
            "`kubectl scale deployment @service@ --rep` is no step",
        ),
        ("harm: Production", "harms: Production", "the key `harms` is unknown; did you mean `harm`?"),
        ("legs:", "settles: a while\nlegs:", "`a while` is no time"),
        ("harm: Production runs", "harm: Production's @servic@ runs", "no variant gives `@servic@`"),
    ],
)
def test_a_mistake_is_named(course: CourseFolder, old: str, new: str, told: str) -> None:
    course.edit(CHANGE, old, new)
    assert any(told in problem for problem in course.problems()), course.problems()


def test_an_event_that_nothing_knows_is_named(course: CourseFolder) -> None:
    course.edit(CHANGE, "arrived:", "arrived:\n  - happened: {kind: kube.writes}")
    (problem,) = course.problems()
    assert "there is no kind of event `kube.writes`; did you mean `kube.write`?" in problem


def test_the_line_of_a_script_is_told(course: CourseFolder) -> None:
    course.edit(CHANGE, "      $ kubectl scale", "      scale it")
    (problem,) = course.problems()
    assert problem.startswith(f"{CHANGE}:{course.line(CHANGE, 'scale it')}:")


def test_a_slug_is_there_once(course: CourseFolder) -> None:
    course.write("chapter-01/changes/unlooked.yaml", course.text(CHANGE))
    assert any("the change `unlooked` is already in" in problem for problem in course.problems())


def test_a_stranger_in_the_folder_is_told(course: CourseFolder) -> None:
    course.write("checkpoint-m/changes/notes.txt", "x")
    (problem,) = course.problems()
    assert "nothing reads this file; give it a name that ends in .yaml" in problem
