"""The small parts every page is made of: icons, verdicts, pips. Built in: no {% load %} needed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from checkpoint.core.content.addresses import link_address, parse_target
from checkpoint.core.content.inline import plain_inline, render_inline, render_unlinked
from checkpoint.core.content.places import (
    chapter_name,
    is_script,
    short_chapter,
    stage_detail,
    stages_of,
)
from checkpoint.core.content.places import (
    ribbon as course_ribbon,
)
from checkpoint.core.content.types import Guardrail, Lesson
from checkpoint.core.diagram.passage import Passage
from checkpoint.kept import kept
from checkpoint.library import get_library
from checkpoint.overview import drawing
from checkpoint.overview.trace import trace_svg
from checkpoint.overview.work import work_of

register = template.Library()

small = lru_cache(maxsize=512, typed=True)
"""Keeps parts made of few words; typed, for safe text is not the same as equal text that isn't."""

WORDS = {
    "met": "Met",
    "part": "Partly",
    "miss": "Missing",
    "hold": "Not decided",
    "none": "Not answered",
    "you": "You are here",
}
SIGNALS = {"met": "met", "partial": "part", "missing": "miss", "contradicted": "miss", "unscored": "hold"}


@register.filter
def signal(outcome: str) -> str:
    """The design's signal for a criterion's outcome: met, part, miss or hold."""
    return SIGNALS.get(outcome, "none")


@register.simple_tag
@small
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite; decorative unless it has a label."""
    if label:
        return format_html(
            '<svg class="i {}" role="img" aria-label="{}"><use href="#i-{}"/></svg>', css, label, name
        )
    return format_html('<svg class="i {}" aria-hidden="true"><use href="#i-{}"/></svg>', css, name)


@register.simple_tag
@small
def verdict(name: str, word: str = "") -> SafeString:
    """Shape, word and hue of one verdict; the word is its accessible name."""
    return format_html('<span class="v" data-v="{}">{}{}</span>', name, icon(name), word or WORDS[name])


@register.simple_tag
def pips(outcomes: Iterable[str]) -> SafeString:
    """One icon per required criterion in the rubric's order, counted in words for screen readers."""
    return _pips(tuple(map(signal, outcomes)))


@small
def _pips(signals: tuple[str, ...]) -> SafeString:
    counts = Counter(signals)
    label = ", ".join(f"{counts[name]} {WORDS[name].lower()}" for name in WORDS if counts[name])
    shapes = format_html_join("", "{}", ((icon(name, css=f"c-{name}"),) for name in signals))
    return format_html('<span class="pips" role="img" aria-label="{}">{}</span>', label, shapes)


@register.filter
def words(text: str) -> list[str]:
    """A space-separated list written in a template."""
    return text.split()


@register.filter
def inline(text: str) -> SafeString:
    """One line of Markdown from a content file; its renderer escapes everything else."""
    return mark_safe(render_inline(text))  # noqa: S308


@register.filter
def unlinked(text: str) -> SafeString:
    """The same for a place that is a link already: code stays code, links become their words."""
    return mark_safe(render_unlinked(text))  # noqa: S308


@register.filter
def plain(text: str) -> str:
    """The words of one line of Markdown, for places that show no markup, such as a title."""
    return plain_inline(text)


@register.filter
def in_words(number: int) -> str:
    """Seven for 7: numbers up to nine are written out in prose."""
    return str(apnumber(number))


@register.filter
def chapter(lesson: Lesson) -> str:
    """Chapter 05."""
    return chapter_name(lesson)


@register.filter
def ch(lesson: Lesson) -> str:
    """Ch 05."""
    return short_chapter(lesson)


@register.filter
def named(guardrail: Guardrail) -> SafeString:
    """A guardrail's short name, set as code where it is its script's."""
    return _set(guardrail, guardrail.facts.short)


@register.filter
def full_name(guardrail: Guardrail) -> SafeString:
    """A guardrail's title, set as code where it is its script's name."""
    return _set(guardrail, guardrail.facts.title)


def _set(guardrail: Guardrail, name: str) -> SafeString:
    return format_html("<code>{}</code>" if is_script(guardrail, name) else "{}", name)


@register.filter
def acts_at(guardrail: Guardrail) -> tuple[str, ...]:
    """Slugs of the stages a guardrail acts at, in the order a change travels."""
    acting = stages_of(guardrail)
    return tuple(slug for slug in get_library().stages if slug in acting)


@register.filter
def address(link: str) -> str:
    """The address of a link as authors write it: lesson:chapter-03#exposure."""
    return link_address(link)


@register.filter
def address_words(link: str) -> str:
    """What such a link leads to, in words: Chapter 03, Measure the exposure."""
    target, library = parse_target(link), get_library()
    if target is None or target.kind != "lesson":
        return "Read more"
    lesson = library.lessons[target.slug]
    titles = {heading.anchor: heading.title for heading in lesson.page.headings}
    section = titles.get(target.anchor, "")
    return f"{chapter_name(lesson)}, {section}" if section else chapter_name(lesson)


@register.simple_tag
def lesson_link(slug: str) -> SafeString:
    """A short link to a lesson: Ch 05."""
    lesson = get_library().lessons[slug]
    url = reverse("lesson", args=[slug])
    return format_html('<a href="{}" title="{}">{}</a>', url, lesson.facts.title, short_chapter(lesson))


@register.simple_tag
def ribbon(current: str = "", vertical: bool = False) -> SafeString:
    """The course from first to last, the lesson of this page marked in it."""
    return _ribbon(get_library().fingerprint, current, vertical)


@kept
def _ribbon(_fingerprint: str, current: str, vertical: bool) -> SafeString:
    library = get_library()
    context = {
        "items": course_ribbon(library),
        "current": current,
        "vertical": vertical,
        "checkpoint": library.course.subtitle,
    }
    return render_to_string("_ribbon.html", context)


@register.simple_tag(takes_context=True)
def header_spine(context: Context, here: str = "", out_of_band: bool = False) -> SafeString:
    """The pipeline in the header of a page that has no drawing of its own.

    `out_of_band` renews the one on the page, where a part has changed the learner's standing.
    """
    frame = context.get("frame")
    return frame.spine_part(here, out_of_band) if frame else SafeString()


@register.simple_tag
def stage_box(slug: str) -> SafeString:
    """What a page says about one stage; htmx replaces it by another stage's."""
    return _stage_box(get_library().fingerprint, slug)


@kept
def _stage_box(_fingerprint: str, slug: str) -> SafeString:
    return render_to_string("pipeline/_stage.html", {"detail": stage_detail(get_library(), slug)})


@register.inclusion_tag("_work.html", takes_context=True)
def worklist(context: Context) -> dict[str, object]:
    """Every question with how this learner stands at it."""
    return {"work": work_of(get_library(), context["frame"].standings)}


@register.simple_tag(takes_context=True)
def standing_words(context: Context, question: str) -> str:
    """How this learner stands at a question, to follow its name; nothing if not answered."""
    standing = context["frame"].standings.get(question)
    if standing is None:
        return ""
    if standing.level == "ready":
        return ", cleared"
    return f", {standing.met} of {standing.total} criteria"


@register.inclusion_tag("assignments/_due.html", takes_context=True)
def due(context: Context, work: str, slug: str) -> dict[str, object]:
    """When a question or scenario is due for this person, in each cohort that assigned it."""
    frame = context.get("frame")
    assigned = frame.assigned if frame and frame.user else ()
    return {"dues": [one for one in assigned if (one.task.work, one.task.slug) == (work, slug)]}


@register.filter
def px(number: float) -> str:
    """A coordinate without needless digits."""
    return f"{number:.1f}".removesuffix(".0")


@register.filter
def half(number: float) -> float:
    return number / 2


@register.filter
def plus(number: float, other: float) -> float:
    return number + float(other)


@register.simple_tag(takes_context=True)
def diagram(
    context: Context,
    current: str = "",
    gates: Iterable[Guardrail] | None = None,
    title: str = "",
    link: str = "/pipeline/{}/",
    swap: bool = False,
    still: bool = False,
) -> SafeString:
    """The whole pipeline, lying and standing, with the learner's progress in it.

    `gates` are the guardrails the page is about; `swap` opens a stage in #stage-detail.
    """
    return drawing.draw(_look(context, current, gates, title, link, swap, still))


@register.simple_tag(takes_context=True)
def diagram_stages(context: Context, current: str, link: str = "/pipeline/{}/") -> SafeString:
    """The stages of a drawing already on the page, for out-of-band swapping."""
    return drawing.draw_stages(_look(context, current, None, "", link, True, False))


def _look(
    context: Context,
    current: str,
    gates: Iterable[Guardrail] | None,
    title: str,
    link: str,
    swap: bool,
    still: bool,
) -> drawing.Look:
    frame = context.get("frame")
    states = tuple(standing.state for standing in frame.stages) if frame and not still else ()
    about = None if gates is None else tuple(guardrail.slug for guardrail in gates)
    return drawing.look(states, current, about, title, link, swap, still)


@register.simple_tag
def diagram_of(passage: Passage, title: str) -> SafeString:
    """The pipeline with what became of a change in it."""
    return drawing.draw(replace(drawing.look(title=title), passage=passage))


@register.simple_tag
def trace(
    label: str, at: Iterable[str] = (), reached: str = "", caught: bool = False, around: bool = False
) -> SafeString:
    """The pipeline in miniature: places marked, a flow that reached a stage, or a way around the line."""
    return trace_svg(label, tuple(get_library().stages), tuple(at), reached, caught, around)


@register.simple_tag
def places(at: Sequence[str]) -> SafeString:
    """Where a rule or topic sits: a trace with those stages filled, named for screen readers."""
    stages = get_library().stages
    return trace(", ".join(stages[slug].title for slug in at), at)


@register.filter
def stage_titles(slugs: Iterable[str]) -> str:
    """Workstation, Review."""
    stages = get_library().stages
    return ", ".join(stages[slug].title for slug in slugs)
