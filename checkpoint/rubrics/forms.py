"""What authors and instructors send: an answer to try."""

from django import forms

from checkpoint.selfcheck.forms import WordsField


class TryForm(forms.Form):
    """An answer to be graded and explained, and then forgotten."""

    answer = WordsField()
