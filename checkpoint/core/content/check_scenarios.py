"""Checks that each scenario is whole: names, events, scripts, variants, and a way that solves it."""

from collections.abc import Collection, Iterator, Mapping

from checkpoint.core.content.known import Known
from checkpoint.core.content.parse import near
from checkpoint.core.content.reader import KeyPath
from checkpoint.core.content.scenarios import ScenarioDraft, WorldDraft
from checkpoint.core.content.types import Problem
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.scenario.conditions import Condition
from checkpoint.core.sim.scenario.matching import Match, unknown_in
from checkpoint.core.sim.scenario.script import LEARNER, ScriptError, steps_of
from checkpoint.core.sim.scenario.types import Goal, Rule, Scenario
from checkpoint.core.sim.scenario.variants import names_in
from checkpoint.core.sim.start import LOADERS


def check_scenarios(known: Known) -> None:
    """Every problem of the course's scenarios and worlds."""
    worlds = {draft.slug: draft for draft in known.draft.worlds}
    seen: dict[str, ScenarioDraft] = {}
    for draft in known.draft.scenarios:
        first = seen.setdefault(draft.slug, draft)
        if first is not draft:
            what = f"the scenario `{draft.slug}` is already in {first.document.path}"
            known.report(draft.document, ("slug",), what, "rename one of them")
        _check(known, draft, worlds)
    for world in known.draft.worlds:
        _check_script(known, _beside(world, "start.txt"), world.earlier)
        _check_base(known, world, ("start", "base"), world.world.start.base, worlds)
        _check_state(known, world, ("start", "state"), world.world.start.state)


def _check(known: Known, draft: ScenarioDraft, worlds: Mapping[str, WorldDraft]) -> None:
    scenario, document = draft.scenario, draft.document
    if scenario.slug != draft.slug:
        what = f"the slug `{scenario.slug}` differs from the folder's name"
        known.report(document, ("slug",), what, f"write `slug: {draft.slug}` or rename the folder")
    _check_base(known, draft, ("start", "base"), scenario.start.base, worlds)
    _check_state(known, draft, ("start", "state"), scenario.start.state)
    for number, one in enumerate(scenario.meanwhile):
        _check_state(known, draft, ("meanwhile", number, "state"), one.state)
    _check_names(known, draft)
    _check_own_names(known, draft)
    for path, match in _matches(scenario):
        _check_match(known, draft, path, match)
    _check_scripts(known, draft)
    _check_ways(known, draft)
    _check_variants(known, draft, worlds)


def _check_base(
    known: Known,
    draft: ScenarioDraft | WorldDraft,
    path: KeyPath,
    base: str,
    worlds: Mapping[str, WorldDraft],
) -> None:
    if base and base not in worlds:
        known.report(draft.document, path, f"there is no world `{base}`", near(base, worlds))


def _check_state(
    known: Known, draft: ScenarioDraft | WorldDraft, path: KeyPath, state: Collection[str]
) -> None:
    for name in state:
        if name not in LOADERS:
            known.report(draft.document, (*path, name), f"there is no system `{name}`", near(name, LOADERS))


def _check_names(known: Known, draft: ScenarioDraft) -> None:
    scenario, document = draft.scenario, draft.document
    known.check_names(document, ("lessons",), "lesson", scenario.lessons)
    known.check_names(document, ("guardrails",), "guardrail", scenario.guardrails)
    known.check_names(document, ("stages",), "stage", scenario.stages)
    if scenario.question:
        known.check_name(document, ("question",), "question", scenario.question)
    for number, goal in enumerate(scenario.goals):
        _check_links(known, draft, ("goals", number), goal)
    for number, rule in enumerate(scenario.rules):
        _check_links(known, draft, ("rules", number), rule)
    _check_known(known, draft, ("tools",), scenario.tools, TOOLS.rows, "tool")


def _check_links(known: Known, draft: ScenarioDraft, path: KeyPath, item: Goal | Rule) -> None:
    if item.guardrail:
        known.check_name(draft.document, (*path, "guardrail"), "guardrail", item.guardrail)
    criteria, skills = known.criteria(), known.names["skill"]
    if criteria is not None and skills is not None:
        there = {*skills, *criteria}
        _check_known(known, draft, (*path, "skills"), item.skills, there, "skill or criterion")
        _check_lost(known, draft, path, item)


def _check_lost(known: Known, draft: ScenarioDraft, path: KeyPath, item: Goal | Rule) -> None:
    """A criterion stands for the skill that it says; without one, nobody would see that it was done."""
    if known.draft.skills is None:
        return
    said = {name for skill in known.draft.skills[1].skills for name in (skill.slug, *skill.criteria)}
    for name in item.skills:
        if name not in said and name in (known.criteria() or ()):
            what = f"the criterion `{name}` says no skill"
            known.report(
                draft.document, (*path, "skills"), what, "name a skill, or add it to one in skills.yaml"
            )


def _check_own_names(known: Known, draft: ScenarioDraft) -> None:
    """Ids are there once, and whatever names a goal, a rule or a person names one of this scenario's."""
    scenario = draft.scenario
    goals, rules = [one.id for one in scenario.goals], [one.id for one in scenario.rules]
    people = [one.name for one in scenario.people]
    _check_once(known, draft, ("goals",), goals + rules)
    _check_once(known, draft, ("people",), people)
    _check_once(known, draft, ("meanwhile",), [one.id for one in scenario.meanwhile])
    for number, trap in enumerate(scenario.traps):
        _check_known(known, draft, ("traps", number, "breaks"), trap.breaks, rules, "rule")
        _check_known(known, draft, ("traps", number, "loses"), trap.loses, goals, "goal")
        _check_known(known, draft, ("traps", number, "leaves"), trap.leaves, goals, "goal")
        if not (trap.breaks or trap.loses or trap.leaves):
            what = f"the trap `{trap.slug}` says not what is wrong with it"
            cure = "name the rules it `breaks`, or the goals it `loses` or `leaves`"
            known.report(draft.document, ("traps", number), what, cure)
    for number, act in enumerate(scenario.meanwhile):
        _check_known(known, draft, ("meanwhile", number, "who"), (act.who,), people, "person")
        _check_script(known, draft.document.path, act.does, draft, ("meanwhile", number, "does"))


def _check_once(known: Known, draft: ScenarioDraft, path: KeyPath, names: list[str]) -> None:
    for name in sorted({one for one in names if names.count(one) > 1}):
        known.report(draft.document, path, f"the name `{name}` is there twice", "rename one of them")


def _check_known(
    known: Known,
    draft: ScenarioDraft,
    path: KeyPath,
    names: Collection[str],
    there: Collection[str],
    kind: str,
) -> None:
    for name in names:
        if name not in there and "@" not in name:
            known.report(draft.document, path, f"there is no {kind} `{name}`", near(name, there))


# --- events ------------------------------------------------------------------


def _matches(scenario: Scenario) -> Iterator[tuple[KeyPath, Match]]:
    for number, goal in enumerate(scenario.goals):
        yield from _in_conditions(("goals", number, "needs"), goal.needs)
        yield from _in_conditions(("goals", number, "lost_if"), goal.lost_if)
    for number, rule in enumerate(scenario.rules):
        yield from _in_conditions(("rules", number, "broken_by"), rule.broken_by)
    for number, match in enumerate(scenario.scope):
        yield ("scope", number), match
    for number, act in enumerate(scenario.meanwhile):
        if act.when is not None:
            yield ("meanwhile", number, "when"), act.when
        if act.unless is not None:
            yield ("meanwhile", number, "unless"), act.unless


def _in_conditions(path: KeyPath, conditions: tuple[Condition, ...]) -> Iterator[tuple[KeyPath, Match]]:
    for number, condition in enumerate(conditions):
        yield from (((*path, number), match) for match in condition.matches())


def _check_match(known: Known, draft: ScenarioDraft, path: KeyPath, match: Match) -> None:
    found = unknown_in(match)
    if found is None:
        return
    name, there = found
    what = f"no event has `{name}`" if name in match else f"there is no kind of event `{name}`"
    known.report(draft.document, path, what, near(name, there))


# --- scripts -----------------------------------------------------------------


def _check_scripts(known: Known, draft: ScenarioDraft) -> None:
    for name, text in {
        "start.txt": draft.earlier,
        **{_solution_file(slug): text for slug, text in draft.solutions.items()},
        **{f"traps/{slug}.txt": text for slug, text in draft.traps.items()},
    }.items():
        _check_script(known, _beside(draft, name), text)


def _beside(draft: ScenarioDraft | WorldDraft, name: str) -> str:
    """A file of the draft's folder, as authors see it."""
    return f"{draft.document.path.rpartition('/')[0]}/{name}"


def _solution_file(slug: str) -> str:
    return "solution.txt" if slug == "solution" else f"solutions/{slug}.txt"


def _check_script(
    known: Known, name: str, text: str, draft: ScenarioDraft | None = None, path: KeyPath = ()
) -> None:
    try:
        steps_of(text)
    except ScriptError as error:
        line = draft.document.line(path) + error.line if draft else error.line
        known.problems.append(Problem(name, line, error.what, error.cure))


def _check_ways(known: Known, draft: ScenarioDraft) -> None:
    """Every scenario has a solution and a trap, and each file is named by the scenario."""
    document, scenario = draft.document, draft.scenario
    if not scenario.goals:
        known.report(document, ("goals",), "the scenario has no goal", "say what the learner brings about")
    if "solution" not in draft.solutions:
        known.report(document, ("slug",), "the scenario has no solution", "write solution.txt")
    if not scenario.traps:
        known.report(
            document, ("slug",), "the scenario has no trap", "record a plausible wrong way in traps/"
        )
    extra = {slug for slug in draft.solutions if slug != "solution"}
    _check_files(known, draft, "solutions", {one.slug for one in scenario.solutions}, extra)
    _check_files(known, draft, "traps", {one.slug for one in scenario.traps}, set(draft.traps))


def _check_files(known: Known, draft: ScenarioDraft, key: str, named: set[str], there: set[str]) -> None:
    for slug in sorted(named - there):
        known.report(draft.document, (key,), f"the file {key}/{slug}.txt is missing", "write it")
    for slug in sorted(there - named):
        what = f"`{key}:` doesn't name {key}/{slug}.txt"
        known.report(draft.document, (key,), what, f"add `- slug: {slug}` or delete the file")


# --- variants ----------------------------------------------------------------


def _check_variants(known: Known, draft: ScenarioDraft, worlds: Mapping[str, WorldDraft]) -> None:
    """Every `@name@` has a value; a learner would otherwise read it as it stands."""
    material = draft.material(worlds)
    lists = [material.scenario.variants, *(layer.variants for layer in material.layers)]
    names = {LEARNER} | {name for one in lists for name in one}
    for one in lists:
        for entries in one.values():
            names |= {key for entry in entries if isinstance(entry, dict) for key in entry}
    for path, text in draft.document.texts():
        for name in sorted(names_in(text) - names):
            known.report(draft.document, path, f"no variant gives `@{name}@`", near(name, names - {LEARNER}))
