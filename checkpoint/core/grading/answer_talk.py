"""Talk about an answer in place of one: "a good answer would mention that …", "I covered: …"."""

import re
from collections.abc import Sequence

_TELLS = (
    r"(?:mention|say|state|name|cover|explain|list|describe|point out|note|talk|discuss|contain|tell|address"
    r"|read|begin|start|go|refer|include)"
)
_SAYS = (
    r"(?:mentions?|says?|states?|names?|covers?|explains?|lists?|describes?|points? out|notes?|talks?|reads?"
    r"|discusses|contains?|tells?|goes|talks? about|speaks? of)"
)
_MUST = r"(?:would|should|must|will|could|might|may|can|ought to|needs? to|ha(?:s|ve) to|is expected to)"
_MODEL = r"(?:model|expected|sample|reference|official|specimen)"
_GOOD = (
    r"(?:good|right|correct|ideal|perfect|best|full|complete|sound|strong|proper|solid|great|better|my|this)"
)
_WHO = r"(?:examiner|assessor|evaluator|teacher|instructor|corrector|tutor)"

_TALK = re.compile(
    rf"\b{_MODEL} (?:answers?|repl(?:y|ies))(?: key)? ?(?:[:=-]|is\b|was\b|{_SAYS}\b|{_MUST} )"
    rf"|\b{_GOOD} (?:answers?|repl(?:y|ies))"
    rf" (?:{_MUST} (?:\w+ly |also |then |first )?{_TELLS}\b|{_SAYS} )"
    rf"|\b{_GOOD} responses? {_MUST} (?:\w+ly |also )?(?:mention|say|state|explain|point out|note) "
    r"|^(?:[^\w ] )*criteri(?:on|a) ?(?:\d+|:|\()"
    r"|\bmark(?:ing)? schemes?\b|\b(?:full|maximum) (?:marks?|points?|credit)\b"
    rf"|\b(?:an?|the) {_WHO} (?:{_MUST} |wants?|expects?|looks? for|likes?|asks? for)"
    r"|\b(?:question|task|exercise|you) (?:wants?|expects?) (?:me|us|you|one|learners?) to "
    r"(?:say|mention|write|state|name|hear)"
    r"|\b(?:wants?|expects?|likes?) to (?:hear|read) (?:is|about|that|:)"
    r"|^(?:[^\w ] )*i (?:have |had )?(?:already |also |now )?"
    r"(?:covered|addressed|discussed|touched on|answered)\b"
    r"|^(?:[^\w ] )*(?:here |then |in (?:my|this) answer )?(?:,? ?i|we)"
    r" (?:would|will|could|should|want to|am going to) (?:also |then |first )?"
    r"(?:talk|write|speak|tell you something) about\b"
    rf"|\b(?:textbook|perfect|full|complete|top|expected) (?:answers?|solutions?) ?(?:[:=-]|{_SAYS}\b)"
    r"|\b(?:you|they|he|she|one|graders?) (?:are|is|were|was|re) (?:looking|searching|hoping|waiting) for "
    r"(?:is|:|that|the (?:sentence|phrase|words?|statement))"
    r"|\bto (?:get|meet|pass|earn|satisfy|fulfil|score) (?:this|the|that|a|all|full) "
    r"(?:criteri\w+|points?|marks?|question|test|grade|score)\b"
    r"|\b(?:points?|marks?|credits?) (?:(?:to be|are|is|will be) )*(?:awarded|given|earned|granted) for\b"
    r"|\b(?:students?|learners?|candidates?|submissions?|pupils?|participants?)\b.{0,40}?"
    rf"\b(?:{_SAYS}|writes?|demonstrates?|shows?|answers?) (?:that|:)"
    r"|\b(?:solution|answer) (?:sheets?|keys?)\b|\bcheck ?lists? (?:contains?|says?|has|wants?)"
    r" (?:that|the (?:sentence|words?|statement|phrase))\b"
    r"|\bkey (?:points?|ideas?|words?|facts?) (?:expected|wanted|required|asked for|here)\b"
    r"|\b(?:result|verdict|grade|score|outcome) ?[:=] ?(?:pass\w*|ready|met|full|ok|correct|\d)"
    r"|\bwhoever (?:passes|grades|marks|corrects)\b|\banyone who passes\b"
    rf"|\bin (?:an?|any|every|the|my) (?:very |really )?(?:{_GOOD}|{_MODEL})"
    r" (?:answers?|solutions?|replies|reply)\b"
    rf"|\b(?:{_MODEL}|model) (?:solutions?|texts?) (?:{_SAYS}\b|{_MUST} )"
    r"|\bin (?:the|an|my|this) (?:exam|test|quiz|examination)\b.{0,30}?\b(?:put|write|wrote|say|answer)\b"
    r"|\b(?:correct|right|true)(?: answer)? ,? ?(?:because|since|as) (?:it|this) (?:is|says|states|reads)"
    r"(?: written| said| stated)? that\b"
    r"|^(?:[^\w ] )*(?:points|topics|items|keywords|aspects)"
    r" (?:covered|to cover|to mention|mentioned|addressed)\b"
)


def talks_of_answers(words: Sequence[str]) -> bool:
    """Whether a sentence, given as its words and signs in small letters, tells what answers hold."""
    return bool(_TALK.search(" ".join(words)))
