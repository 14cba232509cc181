"""Pages as tests compare them: what stands in them, not how their source is laid out."""

import re


def close_up(page: str) -> str:
    """A page without the white space between its tags.

    >>> close_up("<ul>\\n  <li>One</li>\\n</ul>")
    '<ul><li>One</li></ul>'
    """
    return re.sub(r">\s+<", "><", page)
