"""A rubric that is not whole is named where it lacks something."""

import pytest

from tests.core.content.conftest import CourseFolder

QUESTION = "checkpoint-m/questions/target.yaml"


def only(course: CourseFolder) -> str:
    problems = course.problems()
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "slug: target",
            "slug: other",
            "the slug `other` differs from the file's name; write `slug: target`",
        ),
        ("title: Checking the target\n", "", "the question has no `title`; add it"),
        ("id: Q1.2", "id: Q1.1", "the id `Q1.1` is already at lessons/checkpoint-m/questions/target.yaml:11"),
        ("id: Q1.2", "id: Q2.2", "the id `Q2.2` doesn't begin with `Q1.`; rename it"),
        ("id: Q1.X1", "id: Q1.2", "the id `Q1.2` is already at"),
        ("weight: 40", "weight: 30", "the weights add up to 90; make them add up to 100"),
        ("    weight: 40\n", "", "1 of 2 required criteria have a `weight`"),
        ("    must: true\n", "", "no criterion is a must; mark the essential ones with `must: true`"),
        ("weight: 40", "weight: 40\n    bonus: true", "the bonus criterion `Q1.2` has a weight or is a must"),
        (
            "      met: [Otherwise the write may reach the wrong cluster.]\n",
            "",
            "`Q1.2` has no marked answer that meets",
        ),
        ("      missing: [Because the rule says so.]\n", "", "`Q1.2` has no marked answer that fails it"),
        (
            "feedback: The",
            "excused_by: [Q1.9]\n    feedback: The",
            "there is no criterion `Q1.9`; did you mean",
        ),
        ("feedback: The", "raised_by: Q1.9\n    feedback: The", "there is no criterion `Q1.9`; did you mean"),
    ],
)
def test_what_a_rubric_lacks_is_named(course: CourseFolder, old: str, new: str, said: str) -> None:
    course.edit(QUESTION, old, new)
    assert any(said in problem for problem in course.problems()), course.problems()
    assert all(problem.startswith(f"{QUESTION}:") for problem in course.problems())


def test_a_weight_left_out_everywhere_is_an_equal_share(course: CourseFolder) -> None:
    course.edit(QUESTION, "    weight: 60\n", "")
    course.edit(QUESTION, "    weight: 40\n", "")
    assert course.problems() == []


def test_a_question_without_criteria_is_named(course: CourseFolder) -> None:
    text = course.text(QUESTION)
    course.write(QUESTION, text[: text.index("criteria:")] + "criteria: []\nmodel_answer: x\n")
    assert only(course).endswith("the question has no criteria; say what an answer should contain")


def test_one_slug_in_two_lessons_is_named(course: CourseFolder) -> None:
    text = course.text(QUESTION).replace("Q1", "Q2")
    course.write("chapter-01/questions/target.yaml", text)
    assert "the question `target` is already in lessons/chapter-01/questions/target.yaml" in only(course)
