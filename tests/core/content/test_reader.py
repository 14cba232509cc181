"""Files that can't be read become problems with their line, never tracebacks."""

import pytest

from checkpoint.core.content.reader import MAX_TEXT
from tests.core.content.conftest import CourseFolder

HEAD = "# yaml-language-server: $schema=schemas/glossary.schema.json\n"


def only(course: CourseFolder) -> str:
    problems = course.problems()
    assert len(problems) == 1, problems
    return problems[0]


def test_a_whole_course_has_no_problems(course: CourseFolder) -> None:
    assert course.problems() == []


def test_a_missing_file_is_named(course: CourseFolder) -> None:
    course.remove("chapter-02/lesson.md")
    assert only(course).startswith("chapter-02/lesson.md:1: the file is missing; ")


def test_a_folder_without_its_lesson_asks_for_either(course: CourseFolder) -> None:
    (course.root / "chapter-09").mkdir()
    cure = "chapter-09/lesson.md:1: the file is missing; write it, or delete its folder"
    assert cure in course.problems()


def test_an_empty_folder_says_what_every_course_needs(course: CourseFolder) -> None:
    for name in course.root.iterdir():
        course.remove(name.name)
    named = {problem.split(":")[0] for problem in course.problems()}
    assert named == {"course.yaml", "pipeline.yaml", "glossary.yaml"}


@pytest.mark.parametrize(
    "name", ["course.yaml", "chapter-01/lesson.md", "checkpoint-m/questions/target.yaml"]
)
def test_an_empty_file_is_named(course: CourseFolder, name: str) -> None:
    course.write(name, " \n\n")
    assert f"{name}:1: the file is empty; write its content or delete the file" in course.problems()


@pytest.mark.parametrize("name", ["glossary.yaml", "chapter-01/lesson.md"])
def test_a_folder_in_place_of_a_file_is_named(course: CourseFolder, name: str) -> None:
    course.remove(name)
    (course.root / name).mkdir()
    assert any(problem.startswith(f"{name}:1: a folder stands where") for problem in course.problems())


def test_a_file_in_another_encoding_is_named_with_its_line(course: CourseFolder) -> None:
    course.write(
        "chapter-02/lesson.md", course.text("chapter-02/lesson.md").encode() + "Café\n".encode("latin-1")
    )
    line = course.text.__self__.root.joinpath("chapter-02/lesson.md").read_bytes().count(b"\n")
    assert only(course) == f"chapter-02/lesson.md:{line}: not UTF-8 text; save the file as UTF-8"


def test_a_byte_order_mark_and_windows_newlines_are_no_problem(course: CourseFolder) -> None:
    text = course.text("chapter-02/lesson.md").replace("\n", "\r\n")
    course.write("chapter-02/lesson.md", b"\xef\xbb\xbf" + text.encode())
    assert course.problems() == []


@pytest.mark.parametrize("character", ["\x00", "\x02", "\x1b", "\x85", "\ue0b0"])
def test_a_character_that_can_not_be_shown_is_named_with_its_line(
    course: CourseFolder, character: str
) -> None:
    line = course.add("chapter-02/lesson.md", f"An odd {character} character.")
    assert only(course).startswith(f"chapter-02/lesson.md:{line}: the character U+{ord(character):04X} can't")


def test_a_file_that_is_too_large_is_named(course: CourseFolder) -> None:
    course.write("chapter-02/lesson.md", "x" * (MAX_TEXT + 1))
    assert only(course).startswith("chapter-02/lesson.md:1: the file is larger than 512 KiB")


def test_front_matter_never_closed_is_named(course: CourseFolder) -> None:
    course.edit("chapter-02/lesson.md", "---\n## What", "## What")
    assert (
        only(course) == "chapter-02/lesson.md:1: the front matter is never closed; end it with a line `---`"
    )


def test_a_lesson_without_front_matter_is_named(course: CourseFolder) -> None:
    course.write("chapter-02/lesson.md", "## Hello\n\nText.\n")
    assert only(course) == "chapter-02/lesson.md:1: the file has no front matter; begin it with a line `---`"


def test_a_lesson_without_text_is_named(course: CourseFolder) -> None:
    text = course.text("chapter-02/lesson.md")
    course.write("chapter-02/lesson.md", text[: text.index("## What")])
    assert "there is no text under the front matter" in only(course)


def test_a_tab_in_yaml_is_named_with_its_line(course: CourseFolder) -> None:
    course.edit("glossary.yaml", "    term: Context", "\tterm: Context")
    line = course.line("glossary.yaml", "\tterm")
    assert f"glossary.yaml:{line}: a tab indents this line; indent with spaces" in course.problems()


def test_a_duplicate_key_is_named_with_both_lines(course: CourseFolder) -> None:
    course.edit("chapter-02/lesson.md", "minutes: 2", "minutes: 2\nshort: Again")
    first, again = (
        course.line("chapter-02/lesson.md", "short: Next"),
        course.line("chapter-02/lesson.md", "Again"),
    )
    assert only(course).startswith(
        f"chapter-02/lesson.md:{again}: the key `short` is here twice (first on line {first}); "
    )


@pytest.mark.parametrize(
    ("yaml", "what"),
    [
        ("terms: [", "not valid YAML"),
        ("terms: a: b", "mapping values are not allowed"),
        ("terms: @x", "cannot start any token"),
        ("terms: *nobody", "the alias `*nobody` stands for nothing finished"),
        ("terms: &a [*a]", "the alias `*a` stands for nothing finished"),
        ("terms: !!python/object/apply:os.system ['id']", "the YAML tag"),
        ("terms: []\n---\nterms: []", "a second YAML document begins here"),
        ("? [a]\n: b", "a key is a list or a mapping"),
        ("terms: " + "[" * 30 + "]" * 30, "nested more than 20 levels deep"),
        ("terms: " + "[" * 100_000, "nested more than 20 levels deep"),
        ("just words", "is text where a mapping of keys is expected"),
        ("[]", "is a list where a mapping of keys is expected"),
    ],
)
def test_broken_yaml_is_a_problem_on_its_line(course: CourseFolder, yaml: str, what: str) -> None:
    course.write("glossary.yaml", HEAD + yaml)
    problem = next(problem for problem in course.problems() if problem.startswith("glossary.yaml:"))
    assert what in problem


def test_a_yaml_bomb_is_refused_before_it_grows(course: CourseFolder) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    course.write("glossary.yaml", HEAD + "\n".join(lines))
    assert any("holds more than 20000 values" in problem for problem in course.problems())


def test_a_long_file_is_counted_once_however_deep_its_values_stand(course: CourseFolder) -> None:
    words = ", ".join(["x"] * 6_000)
    course.write("glossary.yaml", HEAD + f"terms: [[[[{words}]]]]")
    assert not any("20000 values" in problem for problem in course.problems())


def test_a_few_aliases_are_welcome(course: CourseFolder) -> None:
    course.edit("chapter-01/lesson.md", "title: Know where", "title: &name Know where")
    course.edit("chapter-01/lesson.md", "short: Know the target", "short: *name")
    assert course.library().lessons["chapter-01"].facts.short == "Know where you write"


def test_a_date_stays_text(course: CourseFolder) -> None:
    course.edit("chapter-02/lesson.md", "title: What comes next", "title: 2026-01-31")
    assert course.library().lessons["chapter-02"].facts.title == "2026-01-31"


def test_what_editors_leave_behind_is_not_content(course: CourseFolder) -> None:
    for name in (".DS_Store", "chapter-01/.lesson.md.swp", "chapter-01/lesson.md~", ".idea/x.xml"):
        course.write(name, "x")
    assert course.problems() == []
