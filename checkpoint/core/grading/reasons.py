"""Why a verdict came out as it did, as a code and as a sentence for the learner."""

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
    Reason.NEAR: "Your words come near this without settling it. Name who does what, and when.",
    Reason.OTHER_LANGUAGE: "Your answer is not in English, which this check cannot read. A person can.",
}


def explain(criterion: Criterion, verdict: CriterionVerdict) -> str:
    """One or two sentences: what was found, then what is absent. Never the answer itself."""
    try:
        reason = Reason(verdict.reason)
    except ValueError:
        reason = Reason.SAID
    if reason in _SPECIAL:
        return _SPECIAL[reason]
    outcome = verdict.guess if verdict.outcome is Outcome.UNSCORED else verdict.outcome
    own: str = getattr(criterion.feedback, outcome.value)
    return own or _GENERAL[outcome]
