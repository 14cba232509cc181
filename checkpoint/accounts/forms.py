"""Forms of accounts: the two of allauth's that we word ourselves, and the settings page."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from checkpoint.accounts.models import Theme
from checkpoint.accounts.signup import NameField


class SignInForm(LoginForm):  # type: ignore[misc]
    """Says what went wrong beside the password, where one looks for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""

    def clean(self) -> dict[str, Any]:
        try:
            super().clean()
        except ValidationError as wrong:
            self.add_error("password", wrong)
        facts: dict[str, Any] = self.cleaned_data
        return facts


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey signs in by itself unless the learner wants it as a second step only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of this passkey"
        self.fields["name"].help_text = "So that you can tell it from others, such as “work laptop”."
        single = self.fields["passwordless"]
        single.label = "Sign in with it alone, without a password"
        single.help_text = "Your device then asks for your fingerprint, face or PIN each time."
        single.initial = True


class SettingsForm(forms.Form):
    """How the site looks and behaves for this person."""

    name = NameField()
    theme = forms.ChoiceField(choices=Theme.choices, widget=forms.RadioSelect)
    single_key_shortcuts = forms.BooleanField(
        label="Single-key shortcuts",
        required=False,
        help_text="Such as / for search. They rest while you type in a field.",
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )


class ThemeForm(forms.Form):
    """The theme button of every page: a chosen theme, or none to take the next one."""

    theme = forms.ChoiceField(choices=Theme.choices, required=False)
