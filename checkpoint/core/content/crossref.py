"""Checks a course as a whole: every name, link and anchor leads somewhere, and nothing is out of reach."""

from collections.abc import Iterator
from typing import Any

from checkpoint.core.content.addresses import PATTERNS, RESERVED, is_web_address, parse_target
from checkpoint.core.content.check_changes import check_changes
from checkpoint.core.content.check_scenarios import check_scenarios
from checkpoint.core.content.check_skills import check_skills
from checkpoint.core.content.course import SLUG, CourseDraft, PageDraft
from checkpoint.core.content.inline import LINK
from checkpoint.core.content.known import Known
from checkpoint.core.content.parse import near
from checkpoint.core.content.questions import check_questions
from checkpoint.core.content.reader import Document, KeyPath
from checkpoint.core.content.types import GuardrailFacts, LessonFacts, Problem
from checkpoint.core.content.wordlists import check_words


def check_course(draft: CourseDraft) -> list[Problem]:
    """Every problem between files; those within one file were reported on reading it."""
    known = Known(draft)
    _check_order(known)
    _check_pipeline(known)
    _check_glossary(known)
    for lesson in draft.lessons:
        _check_lesson(known, lesson)
    for guardrail in draft.guardrails:
        _check_guardrail(known, guardrail)
    check_questions(known)
    check_scenarios(known)
    check_changes(known)
    check_skills(known)
    check_words(known)
    _check_figures(known)
    for document in _documents(draft):
        _check_texts(known, document)
    for kind, pages in (("lesson", draft.lessons), ("guardrail", draft.guardrails)):
        for page in pages:
            _check_page_links(known, kind, page)
    return known.problems


# --- The course's own files -----------------------------------------------------------


def _check_order(known: Known) -> None:
    """course.yaml names every lesson once, and nothing else."""
    if known.draft.course is None:
        return
    document, course = known.draft.course
    known.check_names(document, ("lessons",), "lesson", course.lessons)
    for folder in known.draft.lesson_folders:
        if folder not in course.lessons:
            what = f"the lesson `{folder}` is out of reach: course.yaml doesn't name it"
            known.report(document, ("lessons",), what, f"add `- {folder}` or delete the folder")
    for key in ("checkpoint", "next_block"):
        slug = getattr(course, key)
        if slug not in course.lessons:
            known.report(
                document, (key,), f"`{slug}` isn't in the list of lessons", near(slug, course.lessons)
            )
    for lesson in known.draft.lessons:
        if lesson.facts and (lesson.facts.kind == "checkpoint") != (lesson.slug == course.checkpoint):
            what = f"the kind is {lesson.facts.kind}, but course.yaml's checkpoint is `{course.checkpoint}`"
            known.report(lesson.document, ("kind",), what, "make the two agree")
    _check_numbers(known)


def _check_numbers(known: Known) -> None:
    numbers: dict[str, str] = {}
    for lesson in known.draft.lessons:
        number = lesson.facts.number if lesson.facts else ""
        if number and number in numbers:
            what = f"the number {number} is already that of `{numbers[number]}`"
            known.report(lesson.document, ("number",), what, "give one of them another")
        numbers.setdefault(number, lesson.slug)


def _check_pipeline(known: Known) -> None:
    if known.draft.pipeline is None:
        return
    document, pipeline = known.draft.pipeline
    _check_slugs(known, document, "stages", [stage.slug for stage in pipeline.stages])
    for number, stage in enumerate(pipeline.stages):
        known.check_name(document, ("stages", number, "chapter"), "lesson", stage.chapter)
        known.check_names(document, ("stages", number, "skills"), "skill", stage.skills)
    known.check_names(document, ("guardrails",), "guardrail", pipeline.guardrails)
    for slug in known.draft.guardrail_files:
        if slug not in pipeline.guardrails:
            what = f"the guardrail `{slug}` stands nowhere on the line"
            known.report(document, ("guardrails",), what, f"add `- {slug}` or delete its file")


def _check_slugs(known: Known, document: Document, key: str, slugs: list[str]) -> None:
    """Slugs written in a file are slugs, free, and there once."""
    for number, slug in enumerate(slugs):
        path = (key, number, "slug")
        if not SLUG.fullmatch(slug):
            known.report(document, path, f"`{slug}` is no slug", "use a-z, 0-9 and single hyphens")
        if key != "terms" and slug in RESERVED:
            known.report(document, path, f"`{slug}` is reserved for an address of the site", "choose another")
        if slug in slugs[:number]:
            first = document.line((key, slugs.index(slug), "slug"))
            known.report(
                document, path, f"the slug `{slug}` is already on line {first}", "rename one of them"
            )


def _check_glossary(known: Known) -> None:
    if known.draft.glossary is None:
        return
    document, glossary = known.draft.glossary
    _check_slugs(known, document, "terms", [term.slug for term in glossary.terms])
    words: dict[str, str] = {}
    for number, term in enumerate(glossary.terms):
        for word in (term.term, *term.also):
            if words.setdefault(word.lower(), term.slug) != term.slug:
                what = f"the word “{word}” already belongs to `{words[word.lower()]}`"
                known.report(document, ("terms", number), what, "keep it in one place")


def _check_lesson(known: Known, lesson: PageDraft[LessonFacts]) -> None:
    document, facts = lesson.document, lesson.facts
    if facts is None:
        return
    known.check_names(document, ("stages",), "stage", facts.stages)
    known.check_names(document, ("guardrails",), "guardrail", facts.guardrails)
    known.check_names(document, ("builds_on",), "lesson", facts.builds_on)
    known.check_names(document, ("enables",), "lesson", facts.enables)
    order = list(dict.fromkeys(known.draft.course[1].lessons)) if known.draft.course else []
    if lesson.slug not in order:
        return
    place = order.index(lesson.slug)
    for key, slugs, wrong in (
        ("builds_on", facts.builds_on, order[place:]),
        ("enables", facts.enables, order[: place + 1]),
    ):
        for number, slug in enumerate(slugs):
            if slug in wrong:
                word = "before" if key == "builds_on" else "after"
                what = f"`{key}` names `{slug}`, which doesn't come {word} this lesson in course.yaml"
                known.report(document, (key, number), what, "take it off the list or mend the order")


def _check_guardrail(known: Known, guardrail: PageDraft[GuardrailFacts]) -> None:
    document, facts = guardrail.document, guardrail.facts
    if facts is None:
        return
    known.check_names(document, ("chapters",), "lesson", facts.chapters)
    known.check_names(document, ("also",), "stage", facts.also)
    known.check_names(document, ("skills",), "skill", facts.skills)
    known.check_name(document, ("stage",), "stage", facts.stage)
    if facts.before:
        known.check_name(document, ("before",), "stage", facts.before)
    if facts.stage in facts.also:
        known.report(document, ("also",), f"`{facts.stage}` is its main stage already", "take it off `also`")


def _check_figures(known: Known) -> None:
    used = {(lesson.slug, name) for lesson in known.draft.lessons for name in lesson.rendered.figures}
    read = {lesson.slug: lesson.document for lesson in known.draft.lessons}
    for slug, name in known.draft.figures:
        if slug in read and (slug, name) not in used:
            path = read[slug].path.removesuffix("lesson.md") + name
            cure = f"show it with ![what it shows](figure:{name}) or delete it"
            known.problems.append(Problem(path, 1, "the figure isn't used in lesson.md", cure))


# --- Links -------------------------------------------------------------------------------


def _documents(draft: CourseDraft) -> Iterator[Document]:
    for found in (draft.course, draft.pipeline, draft.glossary, draft.skills):
        if found:
            yield found[0]
    for pages in (draft.lessons, draft.guardrails, draft.questions):
        yield from (page.document for page in pages)


def _check_texts(known: Known, document: Document) -> None:
    """Links in the one-line Markdown of YAML files, and the targets of `read:`."""
    for path, text in document.texts():
        if path[-1:] == ("read",):
            _check_read(known, document, path, text)
        for match in LINK.finditer(text):
            for what, cure in _link_faults(known, match[1]):
                known.report(document, path, what, cure)


def _check_read(known: Known, document: Document, path: KeyPath, text: str) -> None:
    if text and parse_target(text) is None:
        known.report(document, path, f"`read` is `{text}`", "write lesson:slug#anchor")
    elif text:
        for what, cure in _link_faults(known, text):
            known.report(document, path, what, cure)


def _check_page_links(known: Known, kind: str, page: PageDraft[Any]) -> None:
    for link in page.rendered.links:
        to = f"{kind}:{page.slug}{link.to}" if link.to.startswith("#") else link.to
        for what, cure in _link_faults(known, to):
            known.problems += [Problem(page.document.path, line, what, cure) for line in link.lines]


def _link_faults(known: Known, link: str) -> Iterator[tuple[str, str]]:
    target = parse_target(link)
    if target is None:
        if not is_web_address(link):
            yield f"the address `{link}` isn't understood", _address_cure(link)
        return
    names = known.names[target.kind]
    if names is None:
        return
    if target.slug not in names:
        yield (
            f"the link `{link}` is dead: there is no {target.kind} `{target.slug}`",
            near(target.slug, names),
        )
    elif target.anchor:
        yield from _anchor_faults(known, link, target.kind, target.slug, target.anchor)


def _anchor_faults(known: Known, link: str, kind: str, slug: str, anchor: str) -> Iterator[tuple[str, str]]:
    if kind not in ("lesson", "guardrail"):
        yield f"the link `{link}` is dead: a {kind} has no sections", f"write {kind}:{slug}"
        return
    anchors = known.anchors.get((kind, slug))
    if anchors is not None and anchor not in anchors:
        yield f"the link `{link}` is dead: {slug} has no section `{anchor}`", near(anchor, anchors)


def _address_cure(link: str) -> str:
    scheme, colon, rest = link.partition(":")
    if scheme == "http":
        return f"write https:{rest}"
    if colon and SLUG.fullmatch(scheme) and not rest.startswith("//"):
        return near(scheme, [*PATTERNS, "https"])
    return f"write https://… or {', '.join(f'{kind}:slug' for kind in PATTERNS)}"
