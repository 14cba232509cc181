"""Sections of a cohort's pages that are rendered once for equal figures: reloads and filters change few."""

from collections.abc import Hashable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from checkpoint.cohorts.misses import title_of
from checkpoint.cohorts.progress import Progress
from checkpoint.cohorts.wishes import SHOWS, SORTS, Wish
from checkpoint.kept import kept
from checkpoint.library import get_library


def cohort_sections(found: Progress) -> dict[str, SafeString]:
    """Those of the cohort page."""
    hidden = found.wish.hidden
    return {
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


def section(name: str, *, hidden: bool, **figures: Hashable) -> SafeString:
    """`cohorts/_<name>.html` with these figures; `hidden` is for its links. No names go in."""
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
