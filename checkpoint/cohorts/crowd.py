"""From how many people on a figure or a sentence is shown to somebody who may not see names.

Who sees names may open every answer that a figure is made of, so figures hide nothing from them. With
names hidden (from an observer, or on a wall) a figure is told only where at least `FEWEST` people are in
the whole it is counted from, and the table of learners only where it has at least so many rows, by a
filter too: fewer could be told apart by whoever knows them.

A quote never carries a name. It is shown only to those who may read answers, only where at least
`FEWEST` of the cohort's learners answered the question, and not where it mentions its writer.
"""

FEWEST = 5


def is_told(whole: int, *, names: bool) -> bool:
    """Whether a figure about so many people may be shown.

    >>> is_told(3, names=True), is_told(3, names=False), is_told(5, names=False)
    (True, False, True)
    """
    return names or whole >= FEWEST


def is_quotable(answered: int) -> bool:
    """Whether a sentence of one of so many people may be shown without a name."""
    return answered >= FEWEST
