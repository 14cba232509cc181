"""What a reviewer sends: what to narrow the queue to, and what they decide about which answers."""

from collections.abc import Mapping, Set
from typing import Any

from django import forms
from django.http import QueryDict

from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.reviews.queue import KINDS, Wish
from checkpoint.selfcheck.decisions.actions import Ruling
from checkpoint.selfcheck.models import DecisionOutcome

MOST_WORDS = 2000
CRITERION_CHOICES = (
    DecisionOutcome.MET,
    DecisionOutcome.PARTIAL,
    DecisionOutcome.MISSING,
    DecisionOutcome.CONTRADICTED,
)
IDEA_CHOICES = (DecisionOutcome.ABSENT, DecisionOutcome.HELD)
_TOO_LONG = f"Keep it under {MOST_WORDS:,} characters. Every word is still here."


def wish_of(asked: QueryDict) -> Wish:
    """What an address narrows the queue to."""
    return Wish(
        question=asked.get("question", "") if asked.get("question") in get_library().questions else "",
        criterion=asked.get("criterion", "")[:80],
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
        one_by_one="single" in asked,
    )


def page_number(asked: QueryDict) -> int:
    page = asked.get("page", "")
    return max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1


class DecisionForm(forms.Form):
    """Which criteria there are depends on the question; `saw` says that the machine's verdict was shown."""

    comment = forms.CharField(required=False, max_length=MOST_WORDS, error_messages={"max_length": _TOO_LONG})
    note = forms.CharField(required=False, max_length=MOST_WORDS, error_messages={"max_length": _TOO_LONG})
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    saw = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, *, question: Question, lead: int) -> None:
        super().__init__(data)
        self._lead = lead
        for criterion in question.criteria:
            self.fields[f"c-{criterion.id}"] = _choice(CRITERION_CHOICES)
        for idea in question.misconceptions:
            self.fields[f"c-{idea.id}"] = _choice(IDEA_CHOICES)

    @property
    def chosen(self) -> Mapping[str, str]:
        """What was picked so far, valid or not, to put back into the page."""
        picked = {name[2:]: str(self.data.get(name, "")) for name in self.fields if name.startswith("c-")}
        return {name: value for name, value in picked.items() if value}

    @property
    def ticked(self) -> set[int]:
        """The answers that the decision is for; the one read in full always is."""
        given = self.data.getlist("with")  # type: ignore[attr-defined]
        return {self._lead} | {int(one) for one in given if one.isdecimal() and len(one) < 19}

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self._outcomes():
            raise forms.ValidationError("Choose a verdict for at least one criterion.")
        return self.cleaned_data

    def _outcomes(self) -> dict[str, str]:
        return {
            name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("c-") and value
        }

    def rulings(self, *, blind: bool, hinted: Set[str]) -> list[Ruling]:
        """One for each answer and criterion; about the `hinted` the reviewer knew what the machine said."""
        facts = self.cleaned_data
        return [
            Ruling(
                attempt_id=attempt_id,
                criterion=criterion,
                outcome=outcome,
                known=facts["seen"] or 0,
                blind=blind and not facts["saw"] and criterion not in hinted,
                comment=facts["comment"].strip(),
                note=facts["note"].strip(),
            )
            for attempt_id in sorted(self.ticked)
            for criterion, outcome in self._outcomes().items()
        ]


def _choice(choices: tuple[DecisionOutcome, ...]) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        choices=[(one.value, one.label) for one in choices],
        error_messages={"invalid_choice": "Choose one of the verdicts shown."},
    )
