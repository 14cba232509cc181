"""Whose words a statement is: "my uncle swears that …", "it would be naive to conclude that …".

Only the kinds of words at the head of a statement count (`talk_words.py`): who talks, how, and what the talk
or the thought is called. Some heads deny what follows, others leave it to whoever said it.
"""

from collections.abc import Sequence

from checkpoint.core.grading import lexicon, opinion_words, talk_words
from checkpoint.core.grading.frames import Framing, Where
from checkpoint.core.grading.remarks import mocks

LONGEST = 14
"""Words of a head at most."""
SHORTEST = 3
"""Words of a statement at least."""

_BREAKS = frozenset("; : ( - but and while because so".split())
_SELF = frozenset({"i", "we"})
_OPPOSED = frozenset("unlike contrary despite against forget ignore".split())
_AFTER_VERB = frozenset("me us you them him her everybody everyone people".split())
_HOLDING = frozenset("convinced persuaded sure certain adamant positive afraid told taught led".split())
_CARRIED = frozenset("is are was were be been am get gets got feel feels seem seems".split())
_COMES = frozenset("is was goes says it reads runs remains".split())
_THINKING = talk_words.BELIEVE | talk_words.SAY | frozenset("accept buy swallow trust conclude".split())
_TRAPS = talk_words.FALSE | frozenset("trap traps habit temptation pitfall danger sin vice risk".split())
_TOLD = frozenset("story tale version legend claim theory belief argument excuse".split())
_ASSERTED = frozenset("fact truth reality answer case mistake error errors mistakes".split())
"""Of these "the … is that" stands by what follows."""
_NOUNS = (opinion_words.STATEMENTS | talk_words.TALK | talk_words.FALSE) - _ASSERTED
_CONTRAST = frozenset("but however yet although though".split())
_PASSED_ON = frozenset(
    """asserted claimed alleged believed thought argued insisted repeated reported rumoured rumored preached
    proclaimed advertised said told""".split()
)
"""What is passed on without a name, unlike what is shown, required or recommended."""
_SOUND = frozenset("true right correct sound valid important central key holds stands".split())
_SOURCES = talk_words.MOUTHS | talk_words.FOOLS | talk_words.FALSE
_UTTERING = talk_words.BELIEVE | frozenset("say says said states stated suggests suggested announced".split())
_NO_STATEMENT = frozenset(
    """to about of in on at for with from by that it this him her them so , . ; : ? ! ) and or but as if
    whether what when where how why""".split()
)
_TRIGGERS = (
    _THINKING
    | talk_words.TALK
    | talk_words.FALSE
    | talk_words.DOUBTFUL
    | talk_words.CHALLENGE
    | talk_words.NOT_SHOWN
    | talk_words.SHOW
    | talk_words.NOWHERE
    | talk_words.HEAR
    | _TOLD
    | _PASSED_ON
    | _HOLDING
    | frozenset("according rule".split())
)
_WRITING = frozenset("write writes wrote".split())
_PLACED = frozenset("into onto to back down".split())


def hearsay_of(words: Sequence[str]) -> Framing | None:
    """Somebody else's words or a thought that is called wrong, at the head of a sentence or a part of it."""
    if _TRIGGERS.isdisjoint(words):
        return None
    for at, word in enumerate(words[: len(words) - SHORTEST]):
        if word in ("that", "whether", ":"):
            found = _headed(words, at)
        elif word in _UTTERING:
            found = _uttered(words, at)
        else:
            found = None
        if found:
            return found
    return _elsewhere(words)


def _begin(words: Sequence[str], at: int) -> int:
    """Where the part of the sentence begins whose head ends at `at`; "anything but" is no break."""
    breaks = (i for i in range(at - 1, -1, -1) if words[i] in _BREAKS)
    return next((i + 1 for i in breaks if not i or words[i - 1] not in ("anything", "nothing")), 0)


def _headed(words: Sequence[str], at: int) -> Framing | None:
    first = 0 if words[at] == ":" else _begin(words, at)
    head = words[first:at]
    if not 1 <= len(head) <= LONGEST or head[0] in _OPPOSED or not talk_words.RIGHTLY.isdisjoint(head):
        return None
    if _points(words, at):
        return None
    if words[at] == ":":
        denies = _announces(head)
    elif _is_subject(head):
        denies = None if _is_sound(words[at:]) else False
    else:
        denies = _judges(head)
        denies = _quotes(head, words[at:]) if denies is None else denies
    if denies is None:
        return None
    return _framing(words, first, at + 1, denies)


def _points(words: Sequence[str], at: int) -> bool:
    """ "It writes that tag into the file": "that" shows which one, and nothing is told."""
    placed = not _PLACED.isdisjoint(words[at + 2 : at + 4])
    return words[at - 1] in _WRITING and placed


def _framing(words: Sequence[str], first: int, last: int, denies: bool) -> Framing:
    """What is left to others is denied where the sentence goes on with a contrast."""
    contrast = not _CONTRAST.isdisjoint(words[last:])
    denies = denies or contrast
    return Framing(first, last, Where.AFTER if denies else Where.SUPPOSED, denies)


def _announces(head: Sequence[str]) -> bool | None:
    """ "The urban legend of the industry: …"."""
    if mocks(head):
        return True
    if _negations(head) or {"error", "errors", "warning"} & set(head):
        return None
    if not talk_words.FALSE.isdisjoint(head):
        return True
    if head[0] == "the" and (head[-1] in _TOLD or _is_others(head)):
        return False
    own = head[0] in ("my", "our")
    return None if own or talk_words.TALK.isdisjoint(head) else False


def _is_others(head: Sequence[str]) -> bool:
    """ "The stuff that salespeople tell you": what is called somebody's talk."""
    known = set(head)
    spoken = not talk_words.UTTER.isdisjoint(head[-2:]) and not talk_words.KINDS.isdisjoint(head)
    return spoken and bool(known & _SOURCES) and not known & (_SELF | talk_words.TRUSTED)


def _is_subject(head: Sequence[str]) -> bool:
    """ "The old dogma that … should be buried": a name for the statement and nothing else."""
    return head[-1] in _NOUNS and len(head) <= 5 and head[0] in ("the", "this", "a", "an", "any", "every")


def _is_sound(rest: Sequence[str]) -> bool:
    return not _SOUND.isdisjoint(rest[-4:])


def _judges(head: Sequence[str]) -> bool | None:
    """Whether the head itself calls what follows wrong."""
    known, last = set(head), head[-1]
    negations = _negations(head)
    if negations and talk_words.NOT_SHOWN & known and not _SELF & known:
        return True
    if negations and (last in talk_words.SHOW or not {"certain", "clear", "proven"}.isdisjoint(head[-2:])):
        return True
    if negations:
        return None
    challenged = talk_words.CHALLENGE & known and (last in talk_words.CHALLENGE | opinion_words.STATEMENTS)
    if last in talk_words.DOUBTFUL or challenged or list(head[-2:]) == ["rule", "out"]:
        return True
    if _calls_false(head):
        return True
    thought = not _THINKING.isdisjoint(head[-2:])
    return True if thought and _is_unwise(head) else None


def _calls_false(head: Sequence[str]) -> bool:
    """ "It is pure fantasy that", "a popular delusion is that"; "the mistake is that" calls nothing false."""
    near = [word for word in head[-5:] if word in talk_words.FALSE - _ASSERTED]
    return bool(near) and (head[-1] in near or head[-1] in ("is", "was", "tale", "tales"))


def _is_unwise(head: Sequence[str]) -> bool:
    """ "naive to conclude", "into the trap of thinking", "only a fool would say", "wrongly assume"."""
    known = set(head)
    infinitive = "to" in head[-4:] and not talk_words.UNWISE.isdisjoint(head)
    trapped = not {"of", "in"}.isdisjoint(head[-4:]) and not _TRAPS.isdisjoint(head)
    return infinitive or trapped or bool(known & (talk_words.FOOLS | talk_words.WRONGLY))


def _quotes(head: Sequence[str], rest: Sequence[str]) -> bool | None:
    """Whether the head tells what somebody else says or thinks; True where nobody should."""
    if _is_said(head):
        return False
    if head[-1] in _NOUNS:
        head = _without_name(head)
    verb = _verb(head)
    if not verb:
        told = head[-1] in _COMES and not talk_words.TALK.isdisjoint(head) and not _negations(head)
        return False if told else None
    known = set(head[:verb])
    if known & _SELF or not known or (head[verb] in _HOLDING and not _CARRIED & known):
        return None
    if _negations(head):
        return True if known & (_SOURCES | {"let", "you"}) else None
    if not (head[verb] in talk_words.BELIEVE or head[verb] in _HOLDING):
        refuted = not _CONTRAST.isdisjoint(rest) and not known <= lexicon.FUNCTION_WORDS
        return False if known & _SOURCES or (refuted and not known & talk_words.TRUSTED) else None
    if known & talk_words.TRUSTED and not known & _SOURCES:
        return None
    return None if known <= lexicon.FUNCTION_WORDS - _SOURCES else False


def _is_said(head: Sequence[str]) -> bool:
    """ "It is often asserted that", "you keep hearing that", "it is fashionable to say that"."""
    known, last = set(head), head[-1]
    if _negations(head) or known & talk_words.TRUSTED:
        return False
    if last in talk_words.HEAR or (last == "somewhere" and known & talk_words.HEAR):
        return True
    if head[0] == "it" and last in _PASSED_ON:
        return not {"is", "was", "gets", "been"}.isdisjoint(head)
    return "to" in head[-3:] and last in _THINKING and bool(known & talk_words.USUAL)


def _without_name(head: Sequence[str]) -> Sequence[str]:
    """ "they want us to swallow the old story" up to the verb."""
    article = next((i for i in range(len(head) - 1, 0, -1) if head[i] in ("the", "a", "an", "this")), 0)
    return head[:article] if article and head[article - 1] in _THINKING else head


def _verb(head: Sequence[str]) -> int:
    """Where the verb of the head stands, which ends it: "swears", "told us", "has it"; 0 for none."""
    for at in range(len(head) - 1, max(0, len(head) - 3), -1):
        if head[at] in _THINKING or head[at] in _HOLDING:
            return at
        if head[at] not in _AFTER_VERB:
            return 0
    return 0


def _uttered(words: Sequence[str], at: int) -> Framing | None:
    """ "My uncle swears the lock prevents it": no "that" between them."""
    first = _begin(words, at)
    head, rest = words[first:at], words[at + 1 :]
    known = set(head)
    if not 1 <= len(head) <= LONGEST // 2 or rest[0] in _NO_STATEMENT or len(rest) <= SHORTEST:
        return None
    if known & _SELF or not known & _SOURCES or _negations(head) or head[0] in _OPPOSED:
        return None
    return _framing(words, first, at + 1, bool(known & talk_words.FOOLS))


def _elsewhere(words: Sequence[str]) -> Framing | None:
    """ "In an alternate universe, …", "according to the brochure, …"."""
    head = list(words[:8])
    if head[0] in ("in", "on"):
        at = next((i for i, word in enumerate(head) if word in talk_words.NOWHERE), 0)
        while at + 1 < len(head) and head[at + 1] in talk_words.NOWHERE:
            at += 1
        unreal = not talk_words.UNREAL.isdisjoint(head[1 : at + 1]) or head[at + 1 : at + 2] == ["where"]
        return Framing(0, at + 1, Where.SUPPOSED, False) if at and unreal else None
    if head[:2] == ["according", "to"] and "," in head:
        at = head.index(",")
        told = not (_SOURCES | talk_words.TALK).isdisjoint(head[:at])
        return _framing(words, 0, at + 1, False) if told else None
    return None


def _negations(words: Sequence[str]) -> int:
    return sum(word in lexicon.NEGATIONS or word in ("little", "anything") for word in words)
