"""The small scenario of the tests' own course, and a scenario written in a few lines."""

from collections.abc import Callable

import pytest

from checkpoint.core.content.library import Library
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.material import Layer, Material
from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.session import Answer, Session, begun
from checkpoint.core.sim.scenario.types import Scenario

FACTS = {
    "slug": "small",
    "title": "Small",
    "summary": "Write a file.",
    "minutes": 1,
    "brief": "Write `done.txt`.",
    "goals": [{"id": "done", "title": "It is done", "needs": [{"file": {"path": "~/done.txt"}}]}],
    "debrief": {"clean": "Well.", "costly": "Dear.", "unfinished": "Not yet."},
}


def material(earlier: str = "", files: dict[str, str] | None = None, **facts: object) -> Material:
    """A scenario with one goal, a file, unless the facts say otherwise."""
    scenario = Scenario.model_validate({**FACTS, **facts})
    return Material(scenario, (Layer(scenario.start, files or {}, earlier),))


@pytest.fixture
def session() -> Callable[..., Session]:
    def make(**facts: object) -> Session:
        return begun(opened(material(**facts)))

    return make


@pytest.fixture
def wrong_target(mini_library: Library) -> Material:
    return mini_library.scenarios["wrong-target"]


def type_lines(session: Session, *lines: str) -> tuple[Session, Answer]:
    """The session after some lines, and what the last one gave."""
    answer = Answer()
    for line in lines:
        session, answer = typed(session, Step("run", line))
    return session, answer
