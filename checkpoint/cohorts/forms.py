"""What people type about cohorts: a name, a code, an address."""

from django import forms
from django.utils.text import slugify

from checkpoint.accounts.models import User
from checkpoint.accounts.signup import tidy_name
from checkpoint.cohorts.models import RESERVED_SLUGS, Cohort
from checkpoint.cohorts.queries import cohort_by_code, person_by_email
from checkpoint.cohorts.roles import TEAM, Role


class CohortForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=80, help_text="Learners see it, such as “Autumn platform group”."
    )

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if slugify(name) in RESERVED_SLUGS:
            raise forms.ValidationError("We need that word for an address of our own. Choose another name.")
        return name


class JoinForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the code your instructor gave you."},
    )

    def clean_code(self) -> Cohort:
        cohort = cohort_by_code(self.cleaned_data["code"])
        if cohort is None:
            raise forms.ValidationError("No cohort has this code. Check it, or ask for the current one.")
        return cohort


class ColleagueForm(forms.Form):
    """Somebody joins the team, by their address."""

    email = forms.EmailField(label="Email", help_text="They need an account here already.")
    role = forms.ChoiceField(
        label="Role", choices=[(role.value, role.label) for role in TEAM], initial=Role.INSTRUCTOR
    )

    def clean_email(self) -> User:
        person = person_by_email(self.cleaned_data["email"])
        if person is None:
            raise forms.ValidationError("Nobody here uses this address. Ask them to make an account first.")
        return person
