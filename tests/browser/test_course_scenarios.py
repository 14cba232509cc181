"""Each of the course's own scenarios, played in a real browser: by its solution, and by its first trap."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from checkpoint.core.content.library import load_library
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.script import steps_of
from checkpoint.core.sim.scenario.types import Rule
from checkpoint.core.sim.scenario.variants import filled_in
from checkpoint.scenarios.models import Run
from tests.browser.conftest import NARROW, WIDE, Visitor
from tests.builders import make_learner

SCENARIOS = load_library(Path(__file__).parents[2] / "lessons").scenarios
Look = tuple[ViewportSize, Literal["light", "dark"]]
SMALL: Look = (NARROW, "dark")
LARGE: Look = (WIDE, "light")
LONGEST = 60_000
"""Milliseconds for one line, on a machine that is busy; a scenario's world is made before the first one."""


@pytest.fixture(params=SCENARIOS)
def slug(request: pytest.FixtureRequest) -> str:
    make_learner("alice")
    return request.param


def test_the_solution_is_clean_and_the_trap_gets_its_reason(slug: str, visit: Callable[..., Visitor]):
    visitor = visit()
    visitor.page.set_default_timeout(LONGEST)
    visitor.sign_in("alice@example.org")
    own = begin(visitor.page, visitor.base, slug)
    play(visitor.page, steps_of(own.solutions[next(iter(own.solutions))]))
    assert violations(visitor, SMALL, LARGE) == []
    finish(visitor.page)
    goals = len(own.scenario.goals)
    expect(visitor.page.locator("main")).to_contain_text(f"{goals} of {goals} goals met with")
    assert told_in(own.scenario.debrief.clean, visitor.page)
    assert violations(visitor, SMALL) == []

    own = begin(visitor.page, visitor.base, slug)
    trap = own.scenario.traps[0]
    play(visitor.page, steps_of(own.traps[trap.slug]))
    finish(visitor.page)
    how = own.scenario.debrief
    wanted = how.unfinished if trap.leaves or trap.loses else how.costly
    assert told_in(wanted, visitor.page)
    rules: dict[str, Rule] = {rule.id: rule for rule in own.scenario.rules}
    assert [name for name in trap.breaks if not told_in(rules[name].because, visitor.page)] == []
    states = states_of(visitor.page.locator("ol.goals > li"), own)
    assert {name for name, state in states.items() if state == "none"} >= set(trap.leaves)
    assert {name for name, state in states.items() if state == "miss"} >= set(trap.loses)
    assert violations(visitor, LARGE) == []


# --- playing -----------------------------------------------------------------


def begin(page: Page, base: str, slug: str) -> Material:
    """Start a run from the brief; gives the scenario as this run's variant has it."""
    page.goto(f"{base}/scenarios/{slug}/")
    page.get_by_role("button", name=re.compile("^Start")).first.click()
    expect(page.locator("#cmd")).to_be_visible(timeout=LONGEST)
    page.wait_for_load_state()
    return filled_in(SCENARIOS[slug], Run.objects.latest("started_at").seed)


def play(page: Page, steps: Iterable[object]) -> None:
    for one in steps:
        step: Step = one.step  # type: ignore[attr-defined]
        number = page.locator(".term__step").count() + 1
        if step.kind == "write":
            save(page, step.path, step.content)
        else:
            page.fill("#cmd", f"sleep {step.seconds}s" if step.kind == "wait" else step.line)
            page.press("#cmd", "Enter")
        expect(page.locator(".term__step")).to_have_count(number, timeout=LONGEST)


def save(page: Page, path: str, content: str) -> None:
    page.fill("#open", path)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_label(path)).to_be_visible()
    page.fill("#ed", content)
    page.get_by_role("button", name="Save file").click()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Finish and debrief").click()
    page.wait_for_url(re.compile("/debrief/$"))


# --- looking -----------------------------------------------------------------


def violations(visitor: Visitor, *looks: Look) -> list[str]:
    """What axe finds at these looks, and what scrolls sideways on a phone."""
    found = []
    for viewport, theme in looks:
        visitor.page.emulate_media(color_scheme=theme)
        visitor.page.set_viewport_size(viewport)
        found += visitor.violations()
    visitor.page.set_viewport_size(NARROW)
    if visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways on a phone")
    visitor.page.set_viewport_size(WIDE)
    return found


def told_in(text: str, page: Page) -> bool:
    """Whether a page says a text, marks and kinds of quotes apart."""
    return _words(text) in _words(page.locator("main").inner_text())


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def states_of(rows: Locator, own: Material) -> dict[str, str]:
    """met, miss or none, by the goal's id."""
    marks = [row.get_attribute("data-v") or "" for row in rows.all()]
    return dict(zip((goal.id for goal in own.scenario.goals), marks, strict=True))
