"""Names, links and anchors that lead nowhere are named where they stand, and nothing is out of reach."""

import pytest

from tests.core.content.conftest import CourseFolder

LESSON = "chapter-01/lesson.md"
QUESTION = "checkpoint-m/questions/target.yaml"
GUARDRAIL = "guardrails/kube-context.md"


def only(course: CourseFolder) -> str:
    problems = course.problems()
    assert len(problems) == 1, problems
    return problems[0]


# --- Links in pages --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("lesson:chapter-1", "there is no lesson `chapter-1`; did you mean `chapter-01`?"),
        ("lesson:chapter-02#brin", "chapter-02 has no section `brin`; did you mean `bring`?"),
        ("guardrail:kube-contxt", "there is no guardrail `kube-contxt`; did you mean `kube-context`?"),
        ("guardrail:kube-context#x", "kube-context has no section `x`; choose one of enforces"),
        ("stage:clutser", "there is no stage `clutser`; did you mean `cluster`?"),
        ("stage:cluster#x", "a stage has no sections; write stage:cluster"),
        ("question:targt", "there is no question `targt`; did you mean `target`?"),
        ("question:target#x", "a question has no sections; write question:target"),
        ("term:contxt", "there is no term `contxt`; did you mean `context`?"),
        ("#incidnt", "chapter-01 has no section `incidnt`; did you mean `incident`?"),
        ("lesson:", "there is no lesson ``"),
    ],
)
def test_a_dead_link_is_named_on_its_line(course: CourseFolder, link: str, said: str) -> None:
    line = course.add(LESSON, f"See [these words]({link}).")
    problem = only(course)
    assert problem.startswith(f"{LESSON}:{line}: the link `")
    assert said in problem


@pytest.mark.parametrize(
    ("link", "cure"),
    [
        ("lessons:chapter-01", "did you mean `lesson`?"),
        ("http://example.org/", "write https://example.org/"),
        ("chapter-01", "write https://… or lesson:slug"),
        ("/lessons/chapter-01/", "write https://… or lesson:slug"),
        ("//example.org", "write https://… or lesson:slug"),
        ("mailto:a@b.example", "choose one of"),
    ],
)
def test_an_address_of_no_known_kind_is_refused(course: CourseFolder, link: str, cure: str) -> None:
    course.add(LESSON, f"See [these words]({link}).")
    assert f"the address `{link}` isn't understood; {cure}" in only(course)


def test_each_line_with_the_same_dead_link_is_named(course: CourseFolder) -> None:
    first = course.add(LESSON, "See [one](term:nothing).")
    second = course.add(LESSON, "And [two](term:nothing).")
    assert [int(problem.split(":")[1]) for problem in course.problems()] == [first, second]


def test_what_looks_like_a_link_inside_code_is_none(course: CourseFolder) -> None:
    course.add(LESSON, "Write `[words](term:nothing)`.\n\n```text\n[words](term:nothing)\n```")
    assert course.problems() == []


def test_a_dead_link_in_a_line_of_yaml_is_named(course: CourseFolder) -> None:
    course.edit(GUARDRAIL, "guardrail:reconciliation", "guardrail:reconcilation")
    line = course.line(GUARDRAIL, "reconcilation")
    assert only(course).startswith(f"{GUARDRAIL}:{line}: the link `guardrail:reconcilation` is dead: ")


@pytest.mark.parametrize("name", ["glossary.yaml", QUESTION])
def test_a_place_to_read_must_exist(course: CourseFolder, name: str) -> None:
    course.edit(name, "read: lesson:chapter-01#context-check", "read: lesson:chapter-01#context")
    line = course.line(name, "chapter-01#context")
    assert only(course).startswith(f"{name}:{line}: the link `lesson:chapter-01#context` is dead: ")


def test_a_place_to_read_is_no_web_address(course: CourseFolder) -> None:
    course.edit(QUESTION, "read: lesson:chapter-01#incident", "read: https://example.org/")
    assert only(course).endswith("`read` is `https://example.org/`; write lesson:slug#anchor")


# --- The order of lessons ------------------------------------------------------------------


def test_a_lesson_without_a_folder_is_named(course: CourseFolder) -> None:
    course.edit("course.yaml", "  - chapter-02", "  - chapter-02\n  - chapter-03")
    line = course.line("course.yaml", "chapter-03")
    assert only(course) == f"course.yaml:{line}: there is no lesson `chapter-03`; did you mean `chapter-02`?"


def test_a_folder_out_of_reach_is_named(course: CourseFolder) -> None:
    text = course.text("chapter-02/lesson.md").replace('number: "02"', 'number: "03"')
    course.write("chapter-03/lesson.md", text)
    assert "the lesson `chapter-03` is out of reach: course.yaml doesn't name it; add `- ch" in only(course)


def test_a_lesson_named_twice_is_named(course: CourseFolder) -> None:
    course.edit("course.yaml", "  - chapter-02", "  - chapter-02\n  - chapter-01")
    assert "`chapter-01` is in the list twice; delete one" in only(course)


def test_the_checkpoint_and_the_next_block_are_lessons_of_the_course(course: CourseFolder) -> None:
    course.edit("course.yaml", "next_block: chapter-02", "next_block: chapter-2")
    assert only(course).endswith("`chapter-2` isn't in the list of lessons; did you mean `chapter-02`?")


def test_the_checkpoint_is_the_lesson_of_that_kind(course: CourseFolder) -> None:
    course.edit("chapter-02/lesson.md", "kind: preview", "kind: checkpoint")
    assert "the kind is checkpoint, but course.yaml's checkpoint is `checkpoint-m`" in only(course)


def test_two_lessons_with_one_number_are_named(course: CourseFolder) -> None:
    course.edit("chapter-02/lesson.md", 'number: "02"', 'number: "01"')
    assert "the number 01 is already that of `chapter-01`" in only(course)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (LESSON, "stages: [workstation]", "stages: [workstaton]", "there is no stage `workstaton`"),
        (LESSON, "guardrails: [kube-context]", "guardrails: [kube]", "there is no guardrail `kube`"),
        (LESSON, "enables: [checkpoint-m]", "enables: [chapter-9]", "there is no lesson `chapter-9`"),
        ("chapter-02/lesson.md", "builds_on: [checkpoint-m]", "builds_on: [x]", "there is no lesson `x`"),
        (GUARDRAIL, "stage: workstation", "stage: clster", "there is no stage `clster`; did you"),
        (GUARDRAIL, "stage: workstation", "stage: workstation\nbefore: c", "there is no stage `c`"),
        (GUARDRAIL, "stage: workstation", "stage: workstation\nalso: [c]", "there is no stage `c`"),
        (GUARDRAIL, "stage: workstation", "stage: cluster\nalso: [cluster]", "`cluster` is its main"),
        (GUARDRAIL, "chapters: [chapter-01]", "chapters: [c]", "there is no lesson `c`"),
        ("pipeline.yaml", "chapter: chapter-01", "chapter: c", "there is no lesson `c`"),
        ("pipeline.yaml", "  - reconciliation", "  - drift", "there is no guardrail `drift`"),
        (QUESTION, "stages: [workstation]", "stages: [x]", "there is no stage `x`"),
        (QUESTION, "lessons: [chapter-01]", "lessons: [x]", "there is no lesson `x`"),
        (QUESTION, "weight: 60", "weight: 60\n    stages: [x]", "there is no stage `x`"),
    ],
)
def test_an_unknown_slug_is_named_on_its_line(
    course: CourseFolder, name: str, old: str, new: str, said: str
) -> None:
    course.edit(name, old, new)
    line = course.line(name, new.split("\n")[-1])
    assert any(problem.startswith(f"{name}:{line}: {said}") for problem in course.problems()), (
        course.problems()
    )


def test_building_on_a_later_lesson_is_named(course: CourseFolder) -> None:
    course.edit(LESSON, "enables: [checkpoint-m]", "builds_on: [chapter-02]")
    assert "`builds_on` names `chapter-02`, which doesn't come before this lesson" in only(course)


# --- Slugs ---------------------------------------------------------------------------------


def test_a_guardrail_off_the_line_is_named(course: CourseFolder) -> None:
    course.write("guardrails/spare.md", course.text("guardrails/reconciliation.md"))
    assert "the guardrail `spare` stands nowhere on the line; add `- spare` or delete" in only(course)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("pipeline.yaml", "- slug: cluster", "- slug: workstation", "the slug `workstation` is already on"),
        ("pipeline.yaml", "- slug: cluster", "- slug: join", "`join` is reserved for an address"),
        ("pipeline.yaml", "- slug: cluster", "- slug: The Cluster", "`The Cluster` is no slug"),
        ("glossary.yaml", "- slug: kubeconfig", "- slug: context", "the slug `context` is already on l"),
        ("glossary.yaml", "term: kubeconfig", "term: Current context", "the word “Current context” already"),
    ],
)
def test_a_slug_is_free_and_well_formed(
    course: CourseFolder, name: str, old: str, new: str, said: str
) -> None:
    course.edit(name, old, new)
    assert any(f": {said}" in problem for problem in course.problems()), course.problems()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("join/lesson.md", "join:1: the name `join` is reserved"),
        ("glossary/lesson.md", "glossary:1: the name `glossary` is reserved"),
        ("Chapter 3/lesson.md", "Chapter 3:1: the name `Chapter 3` is no slug; use a-z, 0-9 and"),
        ("guardrails/runs.md", "guardrails/runs.md:1: the name `runs` is reserved"),
        ("guardrails/a_b.md", "guardrails/a_b.md:1: the name `a_b` is no slug"),
    ],
)
def test_a_name_that_can_not_be_an_address_is_refused(course: CourseFolder, name: str, said: str) -> None:
    course.write(name, "x")
    assert any(problem.startswith(said) for problem in course.problems()), course.problems()


# --- Files that nothing reads -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pipline.yaml", "pipline.yaml:1: nothing reads this file; did you mean `pipeline.yaml`?"),
        ("chapter-01/lessons.md", "chapter-01/lessons.md:1: nothing reads this file"),
        ("chapter-01/a.jpg", "chapter-01/a.jpg:1: nothing reads this file; pictures are .svg, .png or .webp"),
        ("chapter-01/question/q.yaml", "chapter-01/question:1: nothing reads this folder; did you mean `que"),
        ("checkpoint-m/questions/x.yml", "checkpoint-m/questions/x.yml:1: nothing reads this file; give it"),
        ("checkpoint-m/questions/old/x.yaml", "checkpoint-m/questions/old:1: nothing reads this folder"),
        ("guardrails/old/x.md", "guardrails/old:1: nothing reads this folder"),
        ("guardrails/x.yaml", "guardrails/x.yaml:1: nothing reads this file; give it a name that ends in .m"),
    ],
)
def test_a_file_that_nothing_reads_is_named(course: CourseFolder, name: str, said: str) -> None:
    course.write(name, "x")
    assert only(course).startswith(said)


def test_notes_to_other_authors_are_welcome(course: CourseFolder) -> None:
    for folder in ("", "chapter-01/", "guardrails/", "checkpoint-m/questions/"):
        course.write(f"{folder}README.md", "Notes.")
    assert course.problems() == []


def test_one_broken_file_is_not_also_a_dead_link_everywhere(course: CourseFolder) -> None:
    course.edit("pipeline.yaml", "title: Cluster", "titel: Cluster")
    course.edit(GUARDRAIL, "title: Context check\n", "")
    course.edit(LESSON, "title: Know where you write\n", "")
    assert {problem.split(":")[0] for problem in course.problems()} == {"pipeline.yaml", GUARDRAIL, LESSON}
