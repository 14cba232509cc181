"""What a typesetter looks after: curved quotes and apostrophes, and commands kept on one line."""

_OPENS_AFTER = frozenset("([{<–—/“‘")
_ONE_LINE = 24
LONG_CODE = "code--long"
"""The class of inline code that may be broken across lines."""


def curled(text: str, before: str = "") -> str:
    """The text with curved quotes; `before` is the character that a reader sees in front of it.

    >>> curled('"It isn\\'t," she said.')
    '“It isn’t,” she said.'
    >>> curled('" is closed.', before="x")
    '” is closed.'
    """
    if '"' not in text and "'" not in text:
        return text
    signs: list[str] = []
    for sign in text:
        if sign == '"':
            sign = "“" if _opens(before) else "”"
        elif sign == "'":
            sign = "‘" if _opens(before) else "’"
        signs.append(sign)
        before = sign
    return "".join(signs)


def _opens(before: str) -> bool:
    """Whether a quote that stands behind this character begins something."""
    return not before or before.isspace() or before in _OPENS_AFTER or not before.isprintable()


def is_long(code: str) -> bool:
    """Whether inline code may be broken across lines; a short option or name never is.

    >>> is_long("--max-age-minutes")
    False
    """
    return len(code) > _ONE_LINE
