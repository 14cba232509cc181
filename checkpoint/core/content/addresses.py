"""Links that authors write by kind and slug, and the one table of their addresses."""

from dataclasses import dataclass

PATTERNS = {
    "lesson": "/lessons/{slug}/",
    "guardrail": "/guardrails/{slug}/",
    "stage": "/pipeline/{slug}/",
    "question": "/selfcheck/{slug}/",
    "term": "/lessons/glossary/#{slug}",
}
"""Link kind -> address. tests/content/test_lessons.py proves it against the URLconf."""

PRACTICE = {"scenario": "/scenarios/{slug}/", "change": "/playground/?change={slug}"}
"""Where one practises, which the search finds and nobody's text links to by kind."""
_ADDRESSES = PATTERNS | PRACTICE

FIGURE = "/lessons/{lesson}/figures/{name}"

RESERVED = frozenset({"runs", "join", "glossary", "guardrails", "schemas", "new"})
"""Words that are addresses or folders already, so no lesson, guardrail, stage or question has them."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an internal link leads: `lesson:chapter-03#exposure` is (lesson, chapter-03, exposure)."""

    kind: str
    slug: str
    anchor: str = ""


def parse_target(link: str) -> Target | None:
    """The target of an internal link, or None for any other text.

    >>> parse_target("lesson:chapter-03#exposure")
    Target(kind='lesson', slug='chapter-03', anchor='exposure')
    """
    kind, colon, rest = link.partition(":")
    if not colon or kind not in PATTERNS:
        return None
    slug, _, anchor = rest.partition("#")
    return Target(kind, slug, anchor)


def address(target: Target) -> str:
    """The path of a target on this site.

    >>> address(Target("term", "drift"))
    '/lessons/glossary/#drift'
    """
    path = _ADDRESSES[target.kind].format(slug=target.slug)
    return f"{path}#{target.anchor}" if target.anchor else path


def link_address(link: str) -> str:
    """The address of an internal link or a web address; empty for anything else."""
    target = parse_target(link)
    if target is not None:
        return address(target)
    return link if is_web_address(link) else ""


def is_web_address(link: str) -> bool:
    """Whether a link leaves the site in the one way content may: https."""
    return link.startswith("https://") and not any(character.isspace() for character in link)
