"""What may stand in a cell of a spreadsheet."""

import re

LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""

_DROPPED = r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]"
_FORMULA = re.compile(rf"{_DROPPED}*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What spreadsheets take for one: also in full width, and after signs that some of them drop."""

Cell = str | int | float | None


def as_text(cell: Cell) -> Cell:
    """A learner's words must never run as a formula: an apostrophe marks them as text.

    >>> as_text("=1+1"), as_text("plain"), as_text(-3)
    ("'=1+1", 'plain', -3)
    """
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    return cell
