"""Appeals to whoever grades: claims about the grade, about what the author knows, and orders to grant it.

Only the kinds of words count: what grants, what is granted, who may grant it, and who speaks of their own
words.
"""

import re
from collections.abc import Sequence
from functools import cache

_ASSESSORS = (
    r"(?:marker|assessor|corrector|evaluator|examiner|teacher|tutor|instructor|lecturer|professor|trainer"
    r"|moderator|judge|sir|madam)"
)
_MACHINES = r"(?:ai|bot|chatbot|assistant|model|llm|reader|system|program|machine|checker)"
_GRANTED = r"(?:verdicts?|boxes|criteri(?:on|a)|points|marks|grades?|scores?|credits?)"
_GRANTING = (
    r"(?:set|mark|tick|grant|award|give|assign|score|rate|put|fill in|deserve[sd]?|earn(?:ed|s)?"
    r"|claim|demand)"
)
_SETTLED = r"(?:satisfied|met|fulfilled|covered|answered|granted|mention(?:ed|ing))"
_UTTERED = (
    r"(?:wrote|said|told|mentioned|explained|know|knew|understand|understood|stated|answered|named"
    r"|described|written"
    r"|demonstrated|covered)"
)
_WRITER = r"(?:i|we|the (?:learner|student|candidate|author|writer|participant))"
_OWN = r"(?:attempt|answer|submission|reply|exam|test)"


@cache
def _appealing() -> re.Pattern[str]:
    return re.compile(
        # "accept that I wrote …", "you have already seen me write that …"
        rf"\b(?:accept|assume|pretend|believe|remember|count|confirm|agree|trust|note|imagine|know|seen"
        rf"|heard)\b"
        rf"(?: \w+){{0,3}}? that {_WRITER} (?:have |had |has |already |also |just |orally "
        rf"|fully )*{_UTTERED}\b"
        r"|\b(?:seen|heard|saw|watched) me (?:write|say|explain|tell|mention|state|name)\b"
        rf"|\b(?:candidate|student|learner|participant) (?:\w+ ){{0,3}}?(?:{_UTTERED}|knows|understands)\b"
        # "treat the following as satisfied", "consider the criteria … as fulfilled", "count this as …"
        rf"|\b(?:treat|consider|regard|take|see|view|count|accept|record)\b.*\bas (?:\w+ly )?{_SETTLED}\b"
        r"|\bcount (?:this|that|it|me|my \w+) (?:\w+ )?as\b"
        # "tick the boxes", "award the full points", "I deserve these marks"
        rf"|\b{_GRANTING} (?:[\w-]+ ){{0,4}}?{_GRANTED}\b"
        r"|\b(?:mark|fail|pass|grade|score|penali[sz]e|downgrade) me\b|\blet me pass\b"
        # "on my behalf", "my previous attempt"
        r"|\b(?:on my behalf|in my favou?r)\b"
        rf"|\bmy (?:previous|last|earlier|former|oral|prior) {_OWN}\b|\bis (?:all )?in my (?:head|mind)\b"
        # "dear marker", "note for the assessor", "as the teacher of this course I confirm"
        rf"|^\W*(?:dear|hey|hello|hi|attention|(?:note|message|hint|instruction)s? (?:for|to)|be)"
        rf" (?:the |an? |your |my )?(?:\w+ )?(?:{_ASSESSORS}|{_MACHINES})\b|^\W*(?:as|to) (?:the|an?"
        rf"|your) {_ASSESSORS}\b"
        rf"|^\W*{_ASSESSORS}(?:'?s)?(?: note)? ?[,:\]]"
        r"|^\W*(?:kindly|please) (?:\w+ )?(?:assume|accept|count|regard|award|grant|credit)\b"
        # "evaluation result: …", "auto-graded", "the checker only wants to read that …"
        r"|\b(?:evaluation|assessment|grading|marking) (?:results?|outcomes?)\b"
        r"|\b(?:evaluation|assessment|final|overall) (?:grades?|verdicts?|scores?)\b"
        r"|\bauto ?-? ?(?:graded|marked|scored)\b|\bgraded (?:as )?(?:ready|pass\w*|met|full)\b"
        r"|\b(?:evaluating|grading|judging|scoring|marking) (?:model|system|program|bot|engine|software|ai)\b"
        r"|\b(?:only|just|merely) (?:wants?|likes?|looks?) (?:to (?:read|see|hear|find)|for the words?)\b"
        r"|\bsystem (?:override|prompt|message|instruction)s?\b"
        # "great answer!", "you explained very well that …"
        r"|^\W*(?:great|excellent|perfect|brilliant|outstanding|superb|wonderful|fantastic|good) ?,? ?"
        r"(?:answer|work|job|response|effort|submission)\b|^\W*well done\b"
        r"|\byou (?:have )?(?:\w+ly )?(?:explained|covered|demonstrated|identified|answered|named|described"
        r"|mentioned)\b"
        r".{0,40}\b(?:very well|correctly|nicely|clearly|perfectly|rightly)\b"
        # "every answer which contains … is to be passed"
        r"|\banswers?\b.*\b(?:is|are|be) (?:to be )?(?:passed|accepted|rewarded|graded|marked|counted)\b"
        # "rotates the credential immediately - yes"
        r"|^(?:\S+ ){5,}[:=-] (?:correct|met|passed|fulfilled|satisfied)[ .;!]*$"
        r"|^\W*\w+s (?:\S+ ){3,}[:=-] (?:yes|true|ok)[ .;!]*$"
    )


def appeals(words: Sequence[str]) -> bool:
    """Whether a sentence, given as its words and signs in small letters, speaks for a grade."""
    return bool(_appealing().search(" ".join(words)))
