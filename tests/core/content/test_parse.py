"""Wrong keys and values are named on their own line, with what to write instead."""

import pytest

from tests.core.content.conftest import CourseFolder

LESSON = "chapter-02/lesson.md"


def only(course: CourseFolder) -> str:
    problems = course.problems()
    assert len(problems) == 1, problems
    return problems[0]


def test_an_unknown_key_is_named_with_the_likely_one(course: CourseFolder) -> None:
    course.edit(LESSON, "builds_on:", "build_on:")
    line = course.line(LESSON, "build_on:")
    assert only(course) == f"{LESSON}:{line}: the key `build_on` is unknown; did you mean `builds_on`?"


def test_an_unknown_key_deep_inside_is_named_with_its_place(course: CourseFolder) -> None:
    course.edit("pipeline.yaml", "    brings: Reconciliation", "    bring: Reconciliation\n    brings: x")
    line = course.line("pipeline.yaml", "bring: Rec")
    assert only(course).startswith(f"pipeline.yaml:{line}: the key `stages` item 2 `bring` is unknown; ")


def test_a_key_is_not_suggested_where_it_stands_already(course: CourseFolder) -> None:
    course.edit(LESSON, "title: What comes next", "title: What comes next\ntitel: What comes next")
    assert "did you mean `title`" not in only(course)


def test_a_missing_key_is_named_at_the_thing_that_lacks_it(course: CourseFolder) -> None:
    course.edit("pipeline.yaml", "    brings: Reconciliation\n", "")
    line = course.line("pipeline.yaml", "- slug: cluster")
    assert only(course) == f"pipeline.yaml:{line}: the key `brings` is missing; add it"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('number: "02"', "number: 02", '`number` is read as a number, not as text; put it in "quotes"'),
        ("short: Next", "short: yes", '`short` is read as true or false, not as text; put it in "quotes"'),
        ("short: Next", "short:", "`short` is empty where text is expected; write it, or delete the key"),
        ("short: Next", "short: {a: b}", "`short` is read as a mapping, not as text"),
        ("short: Next", "short: [a]", "`short` is a list where text is expected; write text"),
        ("builds_on: [checkpoint-m]", "builds_on: checkpoint-m", "; write [checkpoint-m]"),
        ("minutes: 2", "minutes: soon", "`minutes` is text where a whole number is expected"),
        ("minutes: 2", "minutes: 0", "`minutes`: input should be greater than 0; correct the value"),
        ("kind: preview", "kind: previw", "`kind` is 'previw'; write 'chapter', 'checkpoint' or 'preview'"),
    ],
)
def test_a_wrong_value_is_named_with_the_cure(course: CourseFolder, old: str, new: str, what: str) -> None:
    course.edit(LESSON, old, new)
    line = course.line(LESSON, new)
    problem = only(course)
    assert problem.startswith(f"{LESSON}:{line}: ")
    assert what in problem


def test_all_errors_of_all_files_are_reported_at_once(course: CourseFolder) -> None:
    course.edit(LESSON, "kind: preview", "kind: previw")
    course.edit(LESSON, "short: Next\n", "")
    course.edit(LESSON, "## What to bring {#bring}", "## What to bring {#Bring me}")
    course.edit("chapter-01/lesson.md", "term:context", "term:contxt")
    course.edit("pipeline.yaml", "title: Cluster", "titel: Cluster")
    course.write("glossary.yml", "x")
    assert {problem.split(":")[0] for problem in course.problems()} >= {
        LESSON,
        "chapter-01/lesson.md",
        "pipeline.yaml",
        "glossary.yml",
    }
    assert sum(problem.startswith(LESSON) for problem in course.problems()) == 3


@pytest.mark.parametrize(
    ("name", "line"),
    [("course.yaml", 1), ("chapter-01/lesson.md", 2), ("checkpoint-m/questions/target.yaml", 1)],
)
def test_a_file_names_its_schema_in_its_first_line(course: CourseFolder, name: str, line: int) -> None:
    course.edit(name, "# yaml-language-server: $schema=", "# schema: ")
    problem = only(course)
    assert problem.startswith(
        f"{name}:{line}: the first line doesn't name the schema; write `# yaml-language-s"
    )


def test_a_schema_of_another_kind_is_refused(course: CourseFolder) -> None:
    course.edit("chapter-01/lesson.md", "lesson.schema.json", "guardrail.schema.json")
    assert only(course).endswith("; write `# yaml-language-server: $schema=../schemas/lesson.schema.json`")
