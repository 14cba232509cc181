"""words.yaml: what it adds to every question, and what is said about a wrong one."""

import pytest

from checkpoint.core.content.outside import read_questions
from tests.core.content.conftest import CourseFolder

WORDS = "words.yaml"
QUESTION = "checkpoint-m/questions/target.yaml"
FIRST = "# yaml-language-server: $schema=schemas/words.schema.json\n"


def written(course: CourseFolder, text: str) -> CourseFolder:
    course.write(WORDS, FIRST + text)
    return course


def test_every_question_knows_the_words_of_the_course_and_its_own(course: CourseFolder) -> None:
    written(course, "synonyms:\n  - [cluster, context]\nantonyms:\n  - [right, wrong]\n")
    course.edit(QUESTION, "criteria:", "synonyms:\n  - [check, look]\ncriteria:")
    (question,) = course.library().questions.values()
    assert question.synonyms == (("cluster", "context"), ("check", "look"))
    assert question.antonyms == (("right", "wrong"),)


def test_a_question_adds_to_a_group_of_the_course_by_one_of_its_words(course: CourseFolder) -> None:
    written(course, "synonyms:\n  - [cluster, context]\n")
    course.edit(QUESTION, "criteria:", "synonyms:\n  - [Context, target]\ncriteria:")
    assert course.library().questions["target"].synonyms == (("cluster", "context", "target"),)


def test_new_words_change_the_fingerprint_of_every_rubric(course: CourseFolder) -> None:
    before = course.library().questions["target"].fingerprint()
    written(course, "synonyms:\n  - [cluster, context]\n")
    assert course.library().questions["target"].fingerprint() != before


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("synonym:\n  - [a, b]\n", 2, "the key `synonym` is unknown; did you mean `synonyms`?"),
        ("synonyms:\n  - [alone]\n", 3, "`synonyms` item 1 has 1 entries where at least 2 are expected"),
        ("antonyms:\n  - [up, down, left]\n", 3, "`antonyms` item 1 has 3 entries where 2 are expected"),
        ("antonyms:\n  - [up, upside down]\n", 3, "`upside down` where a single word is expected"),
        ("synonyms:\n  - [on, off]\n", 3, 'is read as true or false, not as text; put it in "quotes"'),
        ("synonyms:\n  - [a, b]\n  - [B, c]\n", 4, "the word `B` is in the group on line 3 already"),
        ("synonyms:\n  - [a, b]\nantonyms:\n  - [b, a]\n", 5, "`b` and `a` mean the same and the opposite"),
    ],
)
def test_a_wrong_list_of_words_is_named_on_its_line(
    course: CourseFolder, text: str, line: int, what: str
) -> None:
    problems = written(course, text).problems()
    assert any(one.startswith(f"{WORDS}:{line}: ") and what in one for one in problems), problems


def test_a_question_may_not_contradict_the_words_of_the_course(course: CourseFolder) -> None:
    written(course, "synonyms:\n  - [a, b]\nantonyms:\n  - [up, down]\n")
    course.edit(QUESTION, "criteria:", "synonyms: [[up, down]]\nantonyms: [[a, b]]\ncriteria:")
    said = "\n".join(course.problems())
    assert "two words of this group are opposites in words.yaml" in said
    assert "`a` and `b` mean the same and the opposite" in said


def test_the_first_line_has_to_name_the_schema(course: CourseFolder) -> None:
    course.write(WORDS, "synonyms: []\n")
    (problem,) = course.problems()
    assert problem.startswith(f"{WORDS}:1: the first line doesn't name the schema")


def test_a_folder_of_outside_questions_may_have_words_of_its_own(course: CourseFolder) -> None:
    written(course, "synonyms:\n  - [cluster, context]\n")
    course.write("one.yaml", "slug: one\nprompt: Why?\ncriteria: []\nantonyms: [[up, down]]\n")
    for name in ("course.yaml", "pipeline.yaml", "glossary.yaml", "skills.yaml"):
        course.remove(name)
    found, problems = read_questions(course.root)
    assert problems == ()
    assert list(found) == ["one"]
    assert found["one"].synonyms == (("cluster", "context"),)
    assert found["one"].antonyms == (("up", "down"),)
