"""What sign-up asks besides an address and a password; allauth imports it before its own forms."""

import unicodedata

from django import forms
from django.http import HttpRequest

from checkpoint.accounts.models import User

NAME_LENGTH = 80


def tidy_name(name: str) -> str:
    """A name on one line, without control characters, no longer than we show."""
    printable = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in name
    )
    return " ".join(printable.split())[:NAME_LENGTH]


class NameField(forms.CharField):
    """The name others see; may be left empty."""

    def __init__(self) -> None:
        super().__init__(
            label="Name shown",
            required=False,
            max_length=NAME_LENGTH,
            help_text="What your instructors see. Left empty, it’s the part of your address before the @.",
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def clean(self, value: str) -> str:
        return tidy_name(super().clean(value))


class NameForm(forms.Form):
    """The base of allauth's sign-up form."""

    field_order = ["email", "password1", "name"]
    name = NameField()

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
