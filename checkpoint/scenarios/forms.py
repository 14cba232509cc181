"""What a learner sends to a run: a line, or a file from the editor. Kept exactly as written."""

from typing import Any

from django import forms

from checkpoint.core.sim import limits


def normalised(text: str) -> str:
    """One character for each line end; NUL, which not every database keeps, becomes a visible sign."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


class ExactField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value) or "")


class SeenForm(forms.Form):
    """`seen`: the last line that the page shows, so that it is sent all that came since."""

    seen = forms.IntegerField(required=False, min_value=0)


class LineForm(SeenForm):
    line = ExactField(required=False, max_length=limits.LINE + limits.HERE_DOCUMENT)


class FileForm(SeenForm):
    path = forms.CharField(max_length=limits.PATH)
    content = ExactField(required=False, max_length=limits.FILE)


class HintForm(SeenForm):
    goal = forms.CharField(max_length=80)
