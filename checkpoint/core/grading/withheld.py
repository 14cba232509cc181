"""Sentences whose author only plays with them, mocks them or leaves them open, so that nobody claims them."""

import re
from collections.abc import Sequence
from functools import cache

_THOUGHTS = (
    r"(?:opinions?|views?|claims?|statements?|ideas?|beliefs?|things?|theor(?:y|ies)|arguments?"
    r"|positions?|sentences?)"
)
_REFUSES = (
    r"(?:do not|never|can ?not|would not|could not|no longer|refuse to|reject|disagree with|doubt|deny"
    r"|dispute"
    r"|have doubts about)"
)
_OTHERS = r"(?:some|others|many|people|critics|certain \w+|a few|somebody|someone)"
_OPEN = (
    r"(?:open|undecided|anyone's guess|not for me|beyond me|another (?:matter|question)|i (?:can"
    r"|could) not (?:say|tell|judge)"
    r"|i do not know|i have no idea|who knows|remains to be seen|debatable)"
)


@cache
def _withholding() -> re.Pattern[str]:
    return re.compile(
        # "yeah right, as if …", "oh how terrible, …", "…, said no engineer ever", "… and pigs fly"
        r"^(?:\W*(?:yeah|yes|sure|right|oh|well|ok|wow|because|hah?a?) ?,? ?)+as if\b|^\W*as if\b(?!.*,)"
        r"|^\W*(?:oh|ah|wow)\b.{0,6}\bhow \w+ ?,"
        r"|\b(?:said|says|thought|wrote|claimed) (?:no|not one|not a single) (?:\w+ ){1,2}ever\b|\bboo hoo\b"
        r"|\b(?:pigs|cows|elephants) (?:\w+ )?(?:fly|flies|flew)\b|\bhell freezes\b"
        # "opinions I do not share: …", "I am not prepared to say that …"
        rf"|^\W*(?:\w+ ){{0,3}}?{_THOUGHTS} (?:that |which )?(?:i|we) {_REFUSES}\b.{{0,25}} :"
        r"|\b(?:i|we) (?:am|are) (?:not|neither|hardly) (?:prepared|willing|ready|inclined|going"
        r"|about) to (?:say|claim"
        r"|assert|state|confirm|support|argue|write|believe|accept)\b"
        r"|\bi (?:will|would|can|do) not (?:commit to|vouch for|subscribe to|stand by|sign)\b"
        # "whether … is a matter I leave open"
        rf"|^\W*whether\b.*\b{_OPEN}\b"
        r"|\bi (?:leave|left|keep) (?:it |this |that |the \w+ )?(?:open|undecided|to others)\b"
        r"|\bi (?:take|have|hold|express|offer) no (?:position|view|opinion|stance|side|sides|idea)\b"
        # "it might be argued by some that …"
        rf"|\bbe (?:argued|claimed|said|alleged|maintained|objected|suggested|thought|believed"
        rf"|asserted) by {_OTHERS}\b"
        r"(?!.*\b(?:but|however|yet|not|wrong\w*|actually|in fact)\b)"
        r"|\b(?:might|may|could|can) (?:\w+ )?be (?:alleged|objected|contended|insinuated)\b"
        # "for argument's sake", "let us say, hypothetically"
        r"|\bfor (?:the )?(?:sake of )?(?:the )?argument(?:'s|s)?(?: sake)?\b|\bhypothetically\b"
    )


def withheld(words: Sequence[str]) -> bool:
    """Whether the author of a sentence, given as its words and signs in small letters, doesn't claim it."""
    return bool(_withholding().search(" ".join(words)))
