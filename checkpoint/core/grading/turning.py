"""A statement turned round without a negation: who acts and who is acted upon, what comes before what.

Beside `negating.py`; like there only the kinds of words are known, so only plain statements are turned, and
what comes out is meant for trying a rubric.
"""

import re
from collections.abc import Iterator

from checkpoint.core.grading.roles import Deed, deeds
from checkpoint.core.grading.text import Text, read

_TURNED = {"before": "after", "after": "before", "ahead of": "after", "prior to": "after"}
_IN_TIME = re.compile(r"\b(before|after|ahead of|prior to)(?= (?:each|every|any|the|a|an) )")
_ARTICLES = frozenset("the a an each every".split())


def turned_in_time(statement: str) -> Iterator[str]:
    """ "It runs before each write" as "it runs after each write", where that is said once.

    >>> list(turned_in_time("It runs before each write."))
    ['It runs after each write.']
    """
    found = _IN_TIME.findall(statement)
    if len(found) == 1 and "without" not in statement:
        yield _IN_TIME.sub(lambda match: _TURNED[match.group()], statement)


def exchanged_roles(statement: str) -> Iterator[str]:
    """The statement with doer and object in each other's place, where it has one deed with both.

    >>> list(exchanged_roles("The controller scans the registry."))
    ['The registry scans the controller.']
    """
    text = read(statement)
    if len(text.sentences) != 1:
        return
    named = [deed for deed in deeds(text, text.sentences[0]) if deed.doer is not None]
    if len(named) == 1 and not named[0].how and _is_plain(text, named[0]):
        yield _exchanged(text, named[0])


def _is_plain(text: Text, deed: Deed) -> bool:
    """Whether both are one word behind an article, "the A does the B …", A at the very beginning."""
    doer, thing = deed.doer, deed.object
    if doer is None or thing is None or not doer < deed.verb < thing:
        return False
    alone = doer == 1 and deed.verb == 2 and thing == 4
    return alone and text.tokens[0].text in _ARTICLES and text.tokens[3].text in _ARTICLES


def _exchanged(text: Text, deed: Deed) -> str:
    given = text.given
    doer, thing = text.tokens[deed.doer or 0], text.tokens[deed.object or 0]
    one, other = given[doer.start : doer.end], given[thing.start : thing.end]
    return f"{given[: doer.start]}{other}{given[doer.end : thing.start]}{one}{given[thing.end :]}"
