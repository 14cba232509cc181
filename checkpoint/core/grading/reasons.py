"""Why a verdict came out as it did, as a code and as a sentence for the learner."""

import re
from enum import StrEnum

from checkpoint.core.grading.rubric import Criterion
from checkpoint.core.grading.verdict import CriterionVerdict, Outcome


class Reason(StrEnum):
    """What decided a criterion."""

    SAID = "said"
    ALIKE = "alike"
    HALF = "half"
    HEDGED = "hedged"
    OUT_OF_ORDER = "out-of-order"
    CONFLICT = "conflict"
    OPPOSITE = "opposite"
    ODD = "odd"
    EXCHANGED = "exchanged"
    REVERSED = "reversed"
    MEASURED = "measured"
    DISOWNED = "disowned"
    DENIED = "denied"
    ABSENT = "absent"
    NEAR = "near"
    OTHER_LANGUAGE = "other-language"


_GENERAL = {
    Outcome.MET: "Your answer says this.",
    Outcome.PARTIAL: "Your answer says a part of this.",
    Outcome.MISSING: "Nothing in your answer speaks about this.",
    Outcome.CONTRADICTED: "Your answer says the opposite.",
}

_SPECIAL = {
    Reason.HEDGED: "You say it, but as a guess. Say it outright, or say what would tell you.",
    Reason.OUT_OF_ORDER: "You name this step, but something else comes before it that has to wait.",
    Reason.CONFLICT: "One place in your answer says this and another denies it. Decide for one of them.",
    Reason.ODD: "The right words are here, but it is not clear what they say together. Use a plain sentence.",
    Reason.EXCHANGED: "The right words are here, but the wrong one seems to act. Say who does what to what.",
    Reason.REVERSED: "The right words are here, but in the wrong order of time. Say what comes before what.",
    Reason.MEASURED: "The right words are here, but with another number. Say how much or how long it is.",
    Reason.DISOWNED: "You put this as a mere thought or as other people's. If it is yours, say it outright.",
    Reason.DENIED: "The right words are here, but their verb is denied.",
    Reason.NEAR: "Your words come near this without settling it. Name who does what, and when.",
    Reason.OTHER_LANGUAGE: "Your answer is not in English, which this check cannot read. A person can.",
}


_QUOTING = {
    Reason.HEDGED: "You say “{}” as a guess. Say it outright, or say what would tell you.",
    Reason.CONFLICT: "“{}” and “{}” can't both be so. Decide for one of them.",
    Reason.ODD: "“{}” has the right words, but it is not clear what they say together. Use a plain sentence.",
    Reason.EXCHANGED: "“{}” has the right words, but the wrong one seems to act. Say who does what to what.",
    Reason.REVERSED: "“{}” has the right words, but in the wrong order of time. Say what comes before what.",
    Reason.MEASURED: "“{}” has the right words, but another number. Say how much or how long it is.",
    Reason.DISOWNED: "You put “{}” as a mere thought or as other people's. If it is yours, say it outright.",
    Reason.DENIED: "“{}” has the right words, but its verb is denied.",
    Reason.NEAR: "“{}” comes near this without settling it. Name who does what, and when.",
}
"""The same with the learner's own words, of which each pair of quotation marks takes one place."""
_QUOTED = 70
"""Characters of the learner's words at most."""
_PLAIN = re.compile(r"[\w ,.'’()-]+")
"""What may be quoted in a line that is read as Markdown."""


def explain(criterion: Criterion, verdict: CriterionVerdict, answer: str = "") -> str:
    """One or two sentences: what was found, then what is absent. Never the model answer.

    With the answer the learner's own words are quoted where they decided.
    """
    try:
        reason = Reason(verdict.reason)
    except ValueError:
        reason = Reason.SAID
    quoting = _QUOTING.get(reason, "")
    quotes = [_quote(answer[start:end]) for start, end in verdict.evidence][: quoting.count("{}")]
    if quoting and all(quotes) and len(quotes) == quoting.count("{}"):
        return quoting.format(*quotes)
    if reason in _SPECIAL:
        return _SPECIAL[reason]
    outcome = verdict.guess if verdict.outcome is Outcome.UNSCORED else verdict.outcome
    own: str = getattr(criterion.feedback, outcome.value)
    return own or _GENERAL[outcome]


def _quote(words: str) -> str:
    """The learner's words in one line, cut at a space; nothing where they hold more than plain words."""
    line = " ".join(words.split()).strip(" .,-")
    if "_" in line or not _PLAIN.fullmatch(line):
        return ""
    if len(line) <= _QUOTED:
        return line
    return f"{line[:_QUOTED].rsplit(' ', 1)[0].rstrip(' ,.-')} …"
