"""Draws the pipeline: content, standings and what the page is about, to one cached SVG pair."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from checkpoint.core.content.places import lay_out, short_chapter
from checkpoint.core.diagram.layout import Drawing, Point
from checkpoint.core.diagram.passage import Passage
from checkpoint.kept import kept
from checkpoint.library import get_library

STAGE_NAME = 62
"""Half the width of a stage's name: a note nearer than that goes below it."""

STATES = {"cleared": "done", "begun": "begun", "open": "open"}
SAID = {"cleared": "cleared", "begun": "under way", "open": "open"}


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that changes a drawing; equal looks are drawn once."""

    fingerprint: str
    states: tuple[str, ...] = ()
    """cleared, begun or open, in the order of the stages; empty means all open."""
    current: str = ""
    """The stage that the page shows."""
    gates: tuple[str, ...] | None = None
    """The guardrails that the page is about; None: no page in particular, so all stand."""
    title: str = ""
    link: str = "/pipeline/{}/"
    swap: bool = False
    """Whether a stage opens in place of #stage-detail."""
    still: bool = False
    """Whether stages are no links."""
    passage: Passage | None = None


def look(
    states: Iterable[str] = (),
    current: str = "",
    gates: Iterable[str] | None = None,
    title: str = "",
    link: str = "/pipeline/{}/",
    swap: bool = False,
    still: bool = False,
) -> Look:
    """A look at the course being served."""
    about = None if gates is None else tuple(gates)
    return Look(get_library().fingerprint, tuple(states), current, about, title, link, swap, still)


@kept
def draw(seen: Look) -> SafeString:
    """Both orientations as inline SVG; the style sheet shows one."""
    return render_to_string("_diagram.html", {"drawings": _drawings(seen), "swap": seen.swap})


@kept
def draw_stages(seen: Look) -> SafeString:
    """Only the stages of both, to be swapped in beside a stage's detail."""
    return render_to_string("_diagram_stages.html", {"drawings": _drawings(seen), "swap": seen.swap})


def _drawings(seen: Look) -> list[dict[str, object]]:
    library = get_library()
    both = lay_out(library)
    title = seen.title or default_title()
    shared = {"title": title, "swap": seen.swap, "still": seen.still}
    return [
        shared | {"key": "h", "shape": both.across} | _contents(seen, both.across),
        shared | {"key": "v", "shape": both.down} | _contents(seen, both.down),
    ]


def default_title() -> str:
    library = get_library()
    stages = list(library.stages.values())
    return (
        f"Pipeline from {stages[0].title} to {stages[-1].title} with "
        f"{apnumber(len(library.guardrails))} guardrails."
    )


def _contents(seen: Look, drawing: Drawing) -> dict[str, object]:
    if seen.passage is not None:
        return _with_passage(seen, seen.passage, drawing)
    states = seen.states or ("open",) * len(drawing.stages)
    cleared = next((n for n, state in enumerate(states) if state != "cleared"), len(states))
    return {
        "flow": drawing.reach(cleared),
        "end": drawing.stages[-1].at,
        "stages": [_stage(seen, point, state) for point, state in zip(drawing.stages, states, strict=True)],
        "gates": [_gate(seen, point, drawing) for point in drawing.gates],
    }


def _with_passage(seen: Look, passage: Passage, drawing: Drawing) -> dict[str, object]:
    """Stages reached and not reached, gates as they acted, the flow up to where it ended."""
    slugs = [point.slug for point in drawing.stages]
    last = slugs.index(passage.reached) if passage.reached in slugs else -1
    states = ["cleared" if place <= last else "idle" for place in range(len(slugs))]
    gates = [_gate_of(seen, passage, point, drawing) for point in drawing.gates]
    stopped = next((gate["at"] for gate in gates if gate["state"] == "caught"), None)
    return {
        "flow": stopped if stopped is not None else drawing.stages[last].at if last > 0 else None,
        "bad": passage.bad,
        "anim": True,
        "end": drawing.stages[-1].at,
        "around": passage.around,
        "stages": [
            _reached(seen, point, "hit" if point.slug in passage.hit else state)
            for point, state in zip(drawing.stages, states, strict=True)
        ],
        "gates": gates,
    }


def _reached(seen: Look, point: Point, state: str) -> dict[str, object]:
    stage = _stage(seen, point, "open")
    words = {"cleared": "reached", "idle": "not reached", "hit": "damaged"}
    label = f"{stage['title']}, {words[state]}. Show what guards it."
    return {**stage, "state": {"cleared": "done"}.get(state, state), "tick": False, "label": label}


def _gate_of(seen: Look, passage: Passage, point: Point, drawing: Drawing) -> dict[str, object]:
    state = dict(passage.gates).get(point.slug, "idle")
    notes = {"caught": "caught", "acted": "caught", "off": "off"}
    near = any(abs(stage.at - point.at) < STAGE_NAME for stage in drawing.stages)
    below = drawing.line + (78 if near else 46)
    return {**_gate(seen, point, drawing), "state": state, "note": notes.get(state, ""), "below": below}


def _stage(seen: Look, point: Point, state: str) -> dict[str, object]:
    library = get_library()
    stage = library.stages[point.slug]
    chapter = short_chapter(library.lessons[stage.chapter])
    current = point.slug == seen.current
    return {
        "slug": point.slug,
        "at": point.at,
        "title": stage.title,
        "chapter": chapter,
        "state": STATES[state],
        "current": current,
        "tick": state == "cleared" and not current,
        "half": state == "begun" and not current,
        "label": f"{stage.title} {chapter}, {SAID[state]}. Show what guards it.",
        "url": seen.link.format(point.slug),
    }


def _gate(seen: Look, point: Point, drawing: Drawing) -> dict[str, object]:
    guardrail = get_library().guardrails[point.slug]
    state = "on" if seen.gates is None else "here" if point.slug in seen.gates else "idle"
    return {
        "slug": point.slug,
        "at": point.at,
        "name": guardrail.facts.short,
        "state": state,
        "text": drawing.line - 60 - 30 * point.lane,
    }
