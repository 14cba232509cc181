"""Both halves of each skill in a cohort: how many can say it, and how many have done it."""

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from checkpoint.cohorts.misses import RunsAlike
from checkpoint.cohorts.trends import Counts
from checkpoint.core.content.skills import Played, SkillPlace
from checkpoint.core.content.types import Question
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.library import get_library


class Halves(NamedTuple):
    """One skill; `said` and `done` are learners, of `learners` in all."""

    slug: str
    said: int
    done: int
    learners: int

    @property
    def place(self) -> SkillPlace:
        return get_library().skills[self.slug]

    @property
    def lacks(self) -> str:
        """The half that fewer have: say, do, or neither where they are as many or one isn't asked for."""
        if not self.place.criteria or not self.place.practices or self.said == self.done:
            return ""
        return "do" if self.done < self.said else "say"

    @property
    def width(self) -> int:
        """How many have only one half, at least."""
        return abs(self.said - self.done) if self.lacks else 0

    @property
    def practice(self) -> Scenario | None:
        return self.place.practices[0].scenario if self.place.practices else None

    @property
    def question(self) -> Question | None:
        return self.place.question if self.place.criteria else None


def halves(judged: Counts, alike: RunsAlike, learners: int) -> tuple[Halves, ...]:
    """The widest gap first, the course's order among equals.

    `judged` counts learners by question and by how their latest answer stands, `alike` by their runs.
    """
    library = get_library()
    done: Counter[str] = Counter()
    for runs, many in alike.items():
        for slug in _shown_in(library.fingerprint, runs):
            done[slug] += many
    found = (
        Halves(slug, _said(place, judged), done[slug], learners) for slug, place in library.skills.items()
    )
    return tuple(sorted(found, key=lambda one: -one.width))


def _said(place: SkillPlace, judged: Counts) -> int:
    answered = judged.get(place.asked_in, {})
    return sum(
        alike.learners for judgement, alike in answered.items() if place.said(judgement.outcomes) == "met"
    )


@lru_cache(maxsize=4096)
def _shown_in(_fingerprint: str, runs: frozenset[Played]) -> frozenset[str]:
    """Slugs of the skills that somebody's runs show."""
    return frozenset(slug for slug, place in get_library().skills.items() if place.done(runs) == "met")
