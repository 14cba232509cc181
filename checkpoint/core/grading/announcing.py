"""Sentences about a text in place of a claim: what an answer, a chapter or a list of topics holds.

Only the kinds of words count: what names a text, who writes or reads one for a course, and the verbs of
telling whose object is a subject and no statement. "This paragraph covers the check" tells nothing about the
check, "the answer is the check" does, and so does "I would describe it as a check".
"""

import re
from collections.abc import Sequence
from functools import cache

_TEXTS = (
    r"(?:answers?|repl(?:y|ies)|(?:ideal|perfect|good|model|strong|my|sample|best|top|great"
    r"|excellent) responses?|essays?"
    r"|paragraphs?|solutions?|explanations?|questions?|exercises?|chapters?|lessons?|slides?|lectures?"
    r"|submissions?"
    r"|outlines?|attempts?|write ?-? ?ups?|introductions?|mark(?:ing)? schemes?|rubrics?|syllabus|curriculum)"
)
"""What something written or taught is called; the response to a leak is a deed."""
_SCHOOLED = (
    r"(?:students?|learners?|candidates?|pupils?|participants?|trainees?|examinees?|lecturers?|teachers?"
    r"|tutors?"
    r"|examiners?|assessors?|graders?|instructors?|professors?|trainers?)"
)
"""Who writes or reads an answer."""
_ANYONE = r"(?:somebody|someone|anyone|anybody|whoever|one|you|we|they|people)"
_TELL = (
    r"(?:cover|address|discuss|describe|explain|mention|name|outline|summari[sz]e|present|introduce"
    r"|distinguish"
    r"|elaborate on|expand on|touch(?: up)? ?on|deal with|speak (?:about|of)|talk about"
    r"|write (?:\w+ )?about|bring in"
    r"|bring up|point out|refer to|go into|focus on|concentrate on|tell (?:you |us )?about"
    r"|say something about"
    r"|illustrate|highlight|stress|emphasi[sz]e|comment on)"
)
"""To tell, with a subject for its object."""
_TELLS = (
    r"(?:covers|addresses|discusses|describes|explains|mentions|names|outlines|summari[sz]es|presents"
    r"|introduces"
    r"|distinguishes|elaborates on|expands on|touch(?:es)? ?(?:up)?on|deals? with|speaks (?:about|of)"
    r"|talks about"
    r"|concerns?|treats|goes into|focuses on|concentrates on|(?:is|are|was|will be) about|is going to be on"
    r"|revolves around"
    r"|has (?:\w+ )?(?:line|point|bullet|sentence|paragraph|section)s? (?:for|on|about)|brings in)"
)
_ALOUD = (
    r"(?:describe|explain(?! to)|discuss|elaborate on|expand on|touch on|write (?:\w+ )?about|talk about"
    r"|tell you (?:\w+ )?about|mention|cover|outline|summari[sz]e|say something about|go into)"
)
"""What whoever answers can only do with words: "I would name the owners" is a deed."""
_SPEAKING = (
    r"(?:covering|discussing|describing|explaining|mentioning|outlining|talking about|writing about"
    r"|elaborating on"
    r"|touching on|speaking (?:about|of)|telling you about)"
)
_ADVERB = r"(?:(?:\w+ly|now|then|first|also|here|next|even) )*"
_SHALL = (
    r"(?:would|should|must|will|shall|could|might|may|can|ought to|needs? to|ha(?:s|ve) to|is going to"
    r"|are going to"
    r"|is supposed to|is expected to|(?:is|are|be|should be|would be|will be) able to|hopes? to|wants? to"
    r"|is to|aims? to"
    r"|tr(?:y|ies) to|intends? to)"
)
_STATING = r"(?! ?[:,]| (?:it |this |them |these |both |each |all )?(?:as|that)\b)"
"""No statement or name follows: "I will explain: …", "I would describe it as …"."""
_PLANS = (
    r"(?:topics?|outlines?|contents?|agenda|keywords?|key words|buzzwords?|objectives?|goals|headings?"
    r"|headlines?|themes?"
    r"|catchwords?|ingredients|table of contents|talking points|learning outcomes)"
)
"""What a list is called that only names what will be spoken of."""
_POINTS = r"(?:points?|marks?|credits?|scores?)"


@cache
def _about_texts() -> re.Pattern[str]:
    return re.compile(
        # "this paragraph addresses …", "the second part of my reply is going to be on …"
        rf"^(?:\W*\w+ ){{0,3}}?\W*(?:the|an?|this|my|our|your|every|any|each|that|here)"
        rf" (?:[\w-]+ ){{0,4}}?{_TEXTS}(?: (?:below|above|here|itself|two|three|four|five|one|\d))?"
        rf" {_ADVERB}(?:{_TELLS}|{_SHALL} {_ADVERB}(?:{_TELL}|be about))\b{_STATING}"
        rf"|^\W*(?:chapter|lesson|section|lecture) (?:\w+ )?{_ADVERB}{_TELLS}\b{_STATING}"
        # "has several parts, which concern …"
        r"|\b(?:parts|sections|points|aspects|paragraphs|topics) ,? ?(?:which|that) (?:concern|cover"
        r"|address|deal with"
        r"|discuss)\b"
        # "below follows an explanation of …"
        r"|\b(?:explanation|description|discussion|account|overview|summary)s? (?:of|about"
        r"|on)\b.* (?:follows?|below)\b"
        r"|\b(?:below|here|next|now|hereafter) (?:there )?(?:follows?|comes?|is|are"
        r"|will be)(?: \w+){0,2} (?:explanation"
        r"|description|discussion|account|overview|summary|list|outline)s? (?:of|about|on)\b"
        # "the learner can name …", "somebody who studied it would be able to explain …"
        rf"|\b{_SCHOOLED}(?: \w+){{0,3}}? (?:{_SHALL} {_ADVERB}(?:{_TELL}|find|see|read|hear)|hopes?|wants?"
        rf"|likes?"
        r"|expects?|looks? for)\b"
        rf"|^(?!.*\b(?:not|no|nobody|never|nothing)\b).*\b{_ANYONE}\b(?: \w+){{0,6}}? (?:be|is|are) able to"
        rf" {_ADVERB}(?:explain|describe|distinguish|discuss|define)\b"
        # "it would be important to cover that …", "one could write a lot about …"
        r"|\b(?:would|should|will|might) be \w+ to (?:cover|mention|discuss|touch on|bring up|point out"
        r"|write|talk about)\b"
        r"|\b(?:one|you|somebody|people|i) (?:could|can|might|may) (?:write|say|talk"
        r"|go on)(?: \w+){0,3} about\b"
        # "what they ask for is …", "I know that you are looking for …", "what belongs here: …"
        r"|\b(?:what|know|that|think|guess|suppose|assume|believe|sure) (?:you|they|he|she) (?:\w+ )?(?:are"
        r"|is|were)"
        r" (?:asking|looking|hoping|waiting|searching) (?:for|to)\b"
        r"|\bwhat (?:you|they|he|she) (?:\w+ )?(?:asks?|looks?|hopes?|waits?|wants?) (?:for|to (?:hear|read"
        r"|see))\b"
        r"|^\W*what (?:belongs|goes|has to be|should be|must be|needs to be|is expected|is wanted|is asked"
        r"|counts"
        r"|is needed|is required) (?:\w+ ){0,3}?(?:here|mentioned|said|covered|named|written)\b"
        # "topics: …", "outline - …", "keywords they like: …"
        rf"|^\W*(?:the |my |our |some |main |key |important |relevant |learning |possible )*{_PLANS}"
        r"(?: [\w']+){0,4} ?(?::|- )"
        r"|\btitles? \b.{0,30}\b(?:is|was|were|are|read) [\":]"
        # "points would be awarded for …", "you get marks if …"
        rf"|\b{_POINTS} (?:(?:would|will|can|should|may|could|might) )?(?:(?:be|are|is|get"
        rf"|been) )*(?:\w+ly )?"
        r"(?:awarded|given|earned|granted|due|reserved) (?:for|if|when|to)\b"
        r"|\b(?:gets?|earns?|gives?|wins?|receives?) (?:\w+ )?(?:points?|marks|credits?) (?:for|if|when|by)\b"
    )


@cache
def _about_to_speak() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:[^.]{{0,40}} )?(?:i|we) (?:{_SHALL}|am going to|want to|would like to) {_ADVERB}"
        rf"(?:{_ALOUD}|be (?:going to be )?{_SPEAKING})\b{_STATING}(?!.* as (?:an?|the|one|something)\b)"
        r"(?!.* (?:to|with) (?:the |our |my )?(?:\w+ ){0,2}(?:owners?|teams?|security|colleagues?"
        r"|reviewers?)\b)"
        rf"|^(?:[^.]{{0,30}} )?let (?:me|us) {_ADVERB}{_ALOUD}\b{_STATING}"
        rf"|\b(?:i|we) (?:am|are|will be) (?:going to be )?{_SPEAKING}\b{_STATING}"
    )


def announces(words: Sequence[str]) -> bool:
    """Whether a sentence, given as its words and signs in small letters, only tells what a text is about.

    What stands behind a colon is said, whatever has been announced: "let me explain how it works: …".
    """
    line = " ".join(words)
    return bool(_about_texts().search(line) or (":" not in words and _about_to_speak().search(line)))
