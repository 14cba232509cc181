"""What a learner says about a verdict that looks wrong."""

from typing import Any

from django import forms

from checkpoint.selfcheck.decisions.places import span_of

MOST_NOTE = 1000


class AppealForm(forms.Form):
    """`about` is a criterion's or misconception's id; `place` a sentence's offsets, or `marked`."""

    about = forms.CharField(max_length=80)
    place = forms.CharField(required=False, max_length=20)
    marked = forms.CharField(required=False, max_length=20)
    note = forms.CharField(
        required=False,
        max_length=MOST_NOTE,
        error_messages={"max_length": f"Keep it under {MOST_NOTE:,} characters. Every word is still here."},
    )

    def __init__(self, data: Any, *, answer: str, about: set[str]) -> None:
        super().__init__(data)
        self._answer, self._about = answer, about

    def clean_about(self) -> str:
        about: str = self.cleaned_data["about"]
        if about not in self._about:
            raise forms.ValidationError("That isn’t open to an appeal.")
        return about

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        named = facts.get("place") or ""
        value = (facts.get("marked") or "") if named == "marked" else named
        facts["span"] = span_of(value, self._answer)
        if named == "marked" and facts["span"] is None:
            self.add_error("place", "Mark the words in your answer first, or choose a sentence.")
        elif value and facts["span"] is None:
            self.add_error("place", "That isn’t a place in your answer. Choose again.")
        return facts
