"""Fenced code: a named language, highlighted with CSS classes, with a button to copy it."""

import re
from html import escape

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

LANGUAGES = {
    "bash": "Shell",
    "console": "Terminal",
    "yaml": "YAML",
    "hcl": "Terraform",
    "diff": "Diff",
    "json": "JSON",
    "toml": "TOML",
    "ini": "INI",
    "docker": "Dockerfile",
    "text": "Text",
}
"""Fence word -> the name a reader sees."""


def render_code(language: str, code: str) -> str:
    """The code as a figure-like block; everything in it is escaped.

    In a terminal's transcript only the commands are worth copying: `data-copy="commands"`.
    """
    name = LANGUAGES.get(language, "Text")
    what = "commands" if language == "console" else "all"
    return (
        f'<div class="code" data-language="{escape(language)}"><div class="code__h">'
        f'<span class="code__lang">{name}</span>'
        f'<button type="button" class="btn btn--sm code__copy" data-copy="{what}" hidden>Copy</button></div>'
        f'<pre tabindex="0" role="group" aria-label="{name}">'
        f"<code>{_highlighted(language, code)}</code></pre>"
        "</div>"
    )


def _highlighted(language: str, code: str) -> str:
    if language not in LANGUAGES:
        return escape(code)
    lexer = get_lexer_by_name(language, stripnl=False)
    html = "".join(_span(_css(kind), text) for kind, text in lex(code, lexer))
    return re.sub(r"\n((?:</span>)?)$", r"\1", html)


def _span(css: str, text: str) -> str:
    return f'<span class="{css}">{escape(text)}</span>' if css else escape(text)


def _css(kind: _TokenType) -> str:
    """Pygments' short class; none for what a lexer did not understand, which is no error of ours."""
    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    css = STANDARD_TYPES.get(kind, "")
    return "" if css in ("err", "w") else css
