"""Finds guardrails by words, stage and chapter."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from checkpoint.core.content.library import Library
from checkpoint.core.content.places import chapter_name, short_chapter, stages_of
from checkpoint.core.content.types import Guardrail
from checkpoint.library import get_library


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody is looking for; empty parts don't narrow anything down."""

    words: str = ""
    stage: str = ""
    chapter: str = ""

    def query(self, **changed: str) -> str:
        """The query of this list with something changed, without empty parts."""
        parts = {"q": self.words, "stage": self.stage, "chapter": self.chapter} | changed
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"?{query}" if query else ""


def find(library: Library, wish: Wish) -> tuple[Guardrail, ...]:
    """In line order; every word must occur somewhere in what is said about a guardrail."""
    words = wish.words.casefold().split()
    return tuple(
        guardrail
        for guardrail in library.guardrails.values()
        if (not wish.stage or wish.stage in stages_of(guardrail))
        and (not wish.chapter or wish.chapter in guardrail.facts.chapters)
        and all(word in _said(library.fingerprint, guardrail.slug) for word in words)
    )


@lru_cache(maxsize=512)
def _said(_fingerprint: str, slug: str) -> str:
    """Everything a guardrail can be found by: names, threats, commands, stages, chapters, prose."""
    library = get_library()
    guardrail = library.guardrails[slug]
    facts = guardrail.facts
    lessons = [library.lessons[chapter] for chapter in facts.chapters]
    texts = [
        *(facts.title, facts.short, facts.script),
        *(facts.enforces, facts.prevents, facts.bypass, facts.caught_by),
        *(library.stages[stage].title for stage in stages_of(guardrail)),
        *(f"{chapter_name(lesson)} {short_chapter(lesson)} {lesson.facts.title}" for lesson in lessons),
        *(text for _, _, text in guardrail.page.sections),
    ]
    return " ".join(texts).casefold()
