"""Markdown for one line of a YAML file: links, `code`, **strong** and *emphasis*; nothing else."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from checkpoint.core.content.addresses import link_address
from checkpoint.core.content.typography import LONG_CODE, curled, is_long

_TOKEN = re.compile(
    r"(?P<code>`(?P<coded>[^`]+)`)"
    r"|(?P<link>\[(?P<words>(?:[^\[\]`]|`[^`]*`)+)\]\((?P<to>[^()\s]+)\))"
    r"|(?P<strong>\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*)"
    r"|(?P<em>(?<![\w*])\*(?P<leaning>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*]))"
)

LINK = re.compile(r"\]\(([^()\s]+)\)")


@lru_cache(maxsize=4096)
def render_inline(text: str) -> str:
    """Safe HTML of one line; whatever is not understood is shown as written.

    >>> render_inline("run `git push`, see [Drift](term:drift)")
    'run <code>git push</code>, see <a href="/lessons/glossary/#drift">Drift</a>'
    """
    return "".join(_element(match) if match else escape(words) for words, match in _pieces(text))


@lru_cache(maxsize=4096)
def render_unlinked(text: str) -> str:
    """The same for a place that is a link already: its links are shown as their words."""
    return render_inline(_TOKEN.sub(lambda match: match["words"] or match[0], text))


@lru_cache(maxsize=4096)
def plain_inline(text: str) -> str:
    """The words of one line without its markup."""
    return "".join(_words(match) if match else words for words, match in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Plain words, their quotes curled, and elements, in order."""
    done, before = 0, ""
    for match in _TOKEN.finditer(text):
        yield curled(text[done : match.start()], before), None
        yield "", match
        done, before = match.end(), _words(match)[-1:]
    yield curled(text[done:], before), None


def _element(match: re.Match[str]) -> str:
    if match["code"]:
        long = f' class="{LONG_CODE}"' if is_long(match["coded"]) else ""
        return f"<code{long}>{escape(match['coded'])}</code>"
    if match["strong"]:
        return f"<strong>{render_inline(match['bold'])}</strong>"
    if match["em"]:
        return f"<em>{render_inline(match['leaning'])}</em>"
    href = link_address(match["to"])
    if not href:
        return escape(match[0])
    return f'<a href="{escape(href)}">{_without_links(match["words"])}</a>'


def _without_links(words: str) -> str:
    return render_inline(words.replace("[", "").replace("]", ""))


def _words(match: re.Match[str]) -> str:
    if match["code"]:
        return match["coded"]
    return plain_inline(match["words"] or match["bold"] or match["leaning"])
