"""Skills: ids that lead somewhere, and what counts as saying and as doing one."""

import pytest

from checkpoint.core.content.library import Library
from checkpoint.core.content.skills import Played, SkillPlace, skill_rows
from tests.core.content.conftest import CourseFolder

SKILLS = "skills.yaml"
SCENARIO = "checkpoint-m/scenarios/wrong-target/scenario.yaml"
GUARDRAIL = "guardrails/kube-context.md"


def only(course: CourseFolder) -> str:
    problems = course.problems()
    assert len(problems) == 1, problems
    return problems[0]


# --- Ids ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (SKILLS, "[Q1.1]", "[Q1.7]", "there is no criterion `Q1.7`; did you mean"),
        (SKILLS, "slug: tell", "slug: look-first", "the slug `look-first` is there twice"),
        (SKILLS, "slug: look-first", "slug: Look", "`Look` is no slug"),
        (SCENARIO, "[tell]", "[tell, tel]", "no skill or criterion `tel`; did you mean `tell`?"),
        (SCENARIO, "[tell]", "[tell, Q1.2]", "the criterion `Q1.2` says no skill; name a skill, or add it"),
        (SCENARIO, "[look-first]", "[lok-first]", "no skill or criterion `lok-first`; did"),
        (GUARDRAIL, "skills: [look-first]", "skills: [look]", "there is no skill `look`"),
        ("pipeline.yaml", "    title: Clu", "    skills: [tel]\n    title: Clu", "there is no skill `tel`"),
    ],
)  # fmt: skip
def test_an_id_that_leads_nowhere_is_named(
    course: CourseFolder, name: str, old: str, new: str, said: str
) -> None:
    course.edit(name, old, new)
    problems = [one for one in course.problems() if said in one]
    assert [one.split(":")[0] for one in problems] == [name], course.problems()


def test_a_skill_that_nothing_asks_for_is_named(course: CourseFolder) -> None:
    course.edit(SCENARIO, "    skills: [tell]\n", "")
    assert "nothing asks for the skill `tell`" in only(course)


def test_a_criterion_says_one_skill(course: CourseFolder) -> None:
    course.add(SKILLS, "  - {slug: other, title: Other, say: it, done: it, criteria: [Q1.1]}")
    assert "`Q1.1` already says the skill `look-first`" in only(course)


def test_a_skill_is_said_in_one_question(course: CourseFolder) -> None:
    text = course.text("checkpoint-m/questions/target.yaml").replace("Q1", "Q2")
    course.write("checkpoint-m/questions/second.yaml", text.replace("slug: target", "slug: second"))
    course.edit(SKILLS, "[Q1.1]", "[Q1.1, Q2.1]")
    assert "`Q2.1` belongs to another question than `Q1.1`" in only(course)


def test_a_broken_skills_file_is_one_problem(course: CourseFolder) -> None:
    course.edit(SKILLS, "    say: who has to know\n", "")
    assert "the key `say` is missing" in only(course)


def test_a_course_needs_no_skills(course: CourseFolder) -> None:
    course.remove(SKILLS)
    for name, line in (
        (SCENARIO, "    skills: [tell]\n"),
        (SCENARIO, "    skills: [look-first]\n"),
        (GUARDRAIL, "skills: [look-first]\n"),
        ("pipeline.yaml", "    skills: [look-first]\n"),
    ):
        course.edit(name, line, "")
    assert not course.library().skills


# --- Both halves ------------------------------------------------------------------


@pytest.fixture
def places(course: CourseFolder) -> dict[str, SkillPlace]:
    return dict(course.library().skills)


def played(*met: str, broken: tuple[str, ...] = ()) -> Played:
    return Played("wrong-target", frozenset(met), frozenset(broken))


@pytest.mark.parametrize(
    ("outcomes", "half"),
    [
        (("met", "missing"), "met"),
        (("partial", "met"), "part"),
        (("missing", "met"), "miss"),
        (("contradicted", "met"), "miss"),
        (None, "none"),
    ],
)
def test_a_skill_is_said_by_its_own_criteria_alone(
    places: dict[str, SkillPlace], outcomes: tuple[str, ...] | None, half: str
) -> None:
    assert places["look-first"].said(outcomes) == half


def test_a_skill_without_a_question_is_not_asked_to_be_said(places: dict[str, SkillPlace]) -> None:
    assert places["tell"].said(None) == ""


def test_a_goal_that_names_a_criterion_does_its_skill(places: dict[str, SkillPlace]) -> None:
    assert places["look-first"].done([played("scaled")]) == "met"
    assert places["look-first"].done([played("told")]) == "miss"
    assert places["tell"].done([played("told")]) == "met"
    assert places["tell"].done([]) == "none"


def test_a_goal_met_by_breaking_the_skills_rule_does_it_in_part(places: dict[str, SkillPlace]) -> None:
    costly = played("scaled", "told", broken=("production-untouched",))
    assert places["look-first"].done([costly]) == "part"
    assert places["tell"].done([costly]) == "met", "the broken rule is about another skill"


def test_one_run_has_to_show_it_whole(course: CourseFolder) -> None:
    course.edit(SCENARIO, "skills: [tell]", "skills: [tell, look-first]")
    place = course.library().skills["look-first"]
    assert place.done([played("scaled"), played("told")]) == "part"
    assert place.done([played("scaled"), played("told", "scaled")]) == "met"


def test_where_only_a_rule_names_a_skill_every_goal_counts(course: CourseFolder) -> None:
    course.edit(SCENARIO, "    skills: [Q1.1]\n", "")
    place = course.library().skills["look-first"]
    assert place.done([played("scaled")]) == "part"
    assert place.done([played("scaled", "told")]) == "met"
    assert place.done([played("scaled", "told", broken=("production-untouched",))]) == "part"


@pytest.mark.parametrize(
    ("outcome", "met", "lacks"),
    [("met", (), "do"), ("missing", ("scaled",), "say"), ("met", ("scaled",), ""), ("missing", (), "")],
)
def test_the_gap_is_the_half_that_is_missing_beside_the_other(
    course: CourseFolder, outcome: str, met: tuple[str, ...], lacks: str
) -> None:
    library: Library = course.library()
    rows = skill_rows(library.skills.values(), {"target": (outcome, "met")}, [played(*met)])
    look, tell = sorted(rows, key=lambda row: row.place.skill.slug)
    assert look.lacks == lacks
    assert tell.lacks == "", "what nobody asks to be said lacks nothing"


def test_gaps_come_first(course: CourseFolder) -> None:
    course.edit(
        SKILLS, "skills:", "skills:\n  - {slug: why, title: Why, say: why, done: it, criteria: [Q1.2]}"
    )
    places = course.library().skills.values()
    rows = skill_rows(places, {"target": ("met", "missing")}, [])
    assert [row.place.skill.slug for row in rows] == ["look-first", "why", "tell"]


def test_the_scenario_that_practises_a_skill_most_comes_first(course: CourseFolder) -> None:
    folder = "checkpoint-m/scenarios/second-target"
    text = course.text(SCENARIO).replace("slug: wrong-target", "slug: second-target")
    course.write(f"{folder}/scenario.yaml", text.replace("skills: [tell]", "skills: [tell, look-first]"))
    for name in ("solution.txt", "start.txt", "traps/at-once.txt"):
        course.write(f"{folder}/{name}", course.text(f"checkpoint-m/scenarios/wrong-target/{name}"))
    practices = course.library().skills["look-first"].practices
    assert [one.scenario.slug for one in practices] == ["second-target", "wrong-target"]
