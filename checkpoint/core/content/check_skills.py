"""Checks skills.yaml: its criteria exist, each says one skill, and no skill goes unasked."""

from checkpoint.core.content.course import SLUG
from checkpoint.core.content.known import Known
from checkpoint.core.content.parse import near
from checkpoint.core.content.reader import Document
from checkpoint.core.content.types import Skill


def check_skills(known: Known) -> None:
    """Every problem of the skills; who else names one is checked where that is."""
    if known.draft.skills is None:
        return
    document, skills = known.draft.skills
    _check_slugs(known, document, [skill.slug for skill in skills.skills])
    questions = _questions(known)
    if questions is None:
        return
    holders: dict[str, str] = {}
    for number, skill in enumerate(skills.skills):
        _check_criteria(known, document, number, skill, questions, holders)
        _check_asked(known, document, number, skill)


def _questions(known: Known) -> dict[str, str] | None:
    """The question of each criterion; None where one is broken, so that nothing is said."""
    if known.criteria() is None:
        return None
    return {
        criterion.id: draft.slug for draft in known.draft.questions for criterion in draft.question.criteria
    }


def _check_slugs(known: Known, document: Document, slugs: list[str]) -> None:
    for number, slug in enumerate(slugs):
        path = ("skills", number, "slug")
        if not SLUG.fullmatch(slug):
            known.report(document, path, f"`{slug}` is no slug", "use a-z, 0-9 and single hyphens")
        if slug in slugs[:number]:
            known.report(document, path, f"the slug `{slug}` is there twice", "rename one of them")


def _check_criteria(
    known: Known,
    document: Document,
    number: int,
    skill: Skill,
    questions: dict[str, str],
    holders: dict[str, str],
) -> None:
    for place, name in enumerate(skill.criteria):
        path = ("skills", number, "criteria", place)
        if name not in questions:
            known.report(document, path, f"there is no criterion `{name}`", near(name, questions))
        elif questions[name] != questions.get(skill.criteria[0]):
            what = f"`{name}` belongs to another question than `{skill.criteria[0]}`"
            known.report(document, path, what, "make two skills: each is said in one answer")
        if holders.setdefault(name, skill.slug) != skill.slug:
            what = f"`{name}` already says the skill `{holders[name]}`"
            known.report(document, path, what, "keep it in one place")


def _check_asked(known: Known, document: Document, number: int, skill: Skill) -> None:
    """A skill without criteria has to be done somewhere."""
    played = [draft.scenario for draft in known.draft.scenarios]
    in_goals = {name for scenario in played for goal in scenario.goals for name in goal.skills}
    in_rules = {name for scenario in played for rule in scenario.rules for name in rule.skills}
    everything_read = len(played) == len(known.draft.scenario_folders)
    if not skill.criteria and skill.slug not in in_goals | in_rules and everything_read:
        what = f"nothing asks for the skill `{skill.slug}`"
        known.report(document, ("skills", number), what, "give it criteria, or name it in a goal or a rule")
