"""Sections of a cohort's pages that are rendered once for equal figures: reloads and filters change few."""

from collections.abc import Hashable
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from checkpoint.cohorts.helping import Reason
from checkpoint.cohorts.misses import title_of
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.progress import Progress
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.wishes import SHOWS, SORTS, Wish
from checkpoint.kept import kept
from checkpoint.library import get_library


class Said(NamedTuple):
    """A reason to help in words; `called` is the question in short."""

    word: str
    words: str
    attempt_id: int
    called: str


class Named(NamedTuple):
    """A learner with what is said of them."""

    user_id: int
    name: str
    said: tuple[Said, ...]


def cohort_sections(found: Progress) -> dict[str, SafeString]:
    """Those of the cohort page."""
    hidden, answers = found.wish.hidden, found.facts.answers
    return {
        "help": section(
            "help",
            hidden=hidden,
            answers=answers,
            kinds=found.kinds,
            helped=tuple(_named(one.learner, *one.reasons[:3]) for one in found.helped_first),
            more=found.more_to_help,
            address=found.help_address,
        ),
        "certain": section(
            "certain",
            hidden=hidden,
            answers=answers,
            certain=tuple(_named(learner, reason) for reason, learner in found.certain),
            address=found.certain_address if found.more_certain else "",
            learners=found.certain_learners,
        ),
        "figures": section(
            "figures",
            hidden=hidden,
            ready=found.facts.ready,
            met=found.facts.met,
            answers=found.answers,
            runs=found.runs,
        ),
        "skills": section("skills", hidden=hidden, skills=found.skills),
        "missed": section("missed", hidden=hidden, criteria=found.criteria, goals=found.goals),
        "ideas": section("ideas", hidden=hidden, ideas=found.facts.ideas),
        "graded": graded(),
        "rules": section("rules", hidden=hidden),
    }


def runs_section(cohort: Cohort, found: Progress) -> SafeString:
    """The latest runs that learners share; empty without any."""
    if not found.shared:
        return SafeString()
    wish = found.wish
    return section(
        "runs", hidden=wish.hidden, slug=cohort.slug, runs=found.shared, kept=wish.kept, named=True
    )


def _named(learner: Learner, *reasons: Reason) -> Named:
    said = (Said(one.word, one.words, one.attempt_id, one.called) for one in reasons)
    return Named(learner.user_id, learner.name, tuple(said))


def section(name: str, *, hidden: bool, **figures: Hashable) -> SafeString:
    """`cohorts/_<name>.html` with these figures; `hidden` is for its links.

    Whatever differs between two readers has to be among the figures, names as they are shown too.
    """
    return _section(get_library().fingerprint, name, hidden, tuple(figures.items()))


@kept
def _section(
    _fingerprint: str, name: str, hidden: bool, figures: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return render_to_string(f"cohorts/_{name}.html", {"hidden": hidden, **dict(figures)})


def graded() -> SafeString:
    """Where each question's grading is explained."""
    return _graded(get_library().fingerprint)


@kept
def _graded(_fingerprint: str) -> SafeString:
    return render_to_string("cohorts/_graded.html", {"questions": get_library().questions.values()})


def filters(slug: str, wish: Wish, names: bool) -> SafeString:
    """The form that narrows and orders the table."""
    return _filters(get_library().fingerprint, slug, wish, names)


@kept
def _filters(_fingerprint: str, slug: str, wish: Wish, names: bool) -> SafeString:
    library = get_library()
    context = {
        "slug": slug,
        "wish": wish,
        "names": names,
        "shows": SHOWS.items(),
        "sorts": SORTS.items(),
        "questions": library.questions.values(),
        "scenarios": [
            (one.scenario, [(f"{slug}.{goal.id}", title_of(slug, goal)) for goal in one.scenario.goals])
            for slug, one in library.scenarios.items()
        ],
        "skills": [place.skill for place in library.skills.values()],
        "stages": library.stages.values(),
    }
    return render_to_string("cohorts/_filters.html", context)
