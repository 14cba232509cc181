"""What learners send: an answer, how sure they are, a draft. Words are kept exactly, whatever they are."""

from typing import Any

from django import forms

from checkpoint.selfcheck.models import Confidence

MOST_CHARACTERS = 20_000


def normalised(text: str) -> str:
    """One character for each line end, and a visible sign for NUL, which not every database keeps.

    >>> normalised("a\\r\\nb")
    'a\\nb'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


class WordsField(forms.CharField):
    """A learner's text exactly as written, counted in code points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise forms.ValidationError("There’s nothing to check yet. Write your answer first.")
        if len(value) > MOST_CHARACTERS:
            over = len(value) - MOST_CHARACTERS
            raise forms.ValidationError(
                f"This has {len(value):,} characters; {MOST_CHARACTERS:,} fit. "
                f"Shorten it by {over:,}: every word is still in the field."
            )


class DraftForm(forms.Form):
    """Words not yet checked, and the draft they were started from."""

    answer = WordsField(required=False)
    draft_version = forms.CharField(required=False, max_length=16)
    choosing = forms.CharField(required=False, max_length=16)
    """The other device's draft that the page has already shown."""
    keep = forms.ChoiceField(
        required=False, choices=(("mine", "mine"), ("theirs", "theirs"), ("both", "both"))
    )


class AnswerForm(forms.Form):
    """An answer to be checked; `private` asks that nothing be stored."""

    answer = WordsField()
    confidence = forms.TypedChoiceField(
        required=False,
        choices=Confidence.choices,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of the three, or none."},
    )
    private = forms.BooleanField(required=False)
    draft_version = forms.CharField(required=False, max_length=16)

    @property
    def words(self) -> str:
        """The text as it came, to put back into the field when something is wrong with it."""
        return normalised(str(self.data.get("answer") or ""))
