"""What an owner looks for in the log."""

from django import forms

from checkpoint.audit.kinds import KINDS
from checkpoint.audit.queries import Asked


class LookForm(forms.Form):
    """Everything may be left out; what nobody understands is shown beside its field and narrows nothing."""

    by = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    what = forms.ChoiceField(required=False, choices=[("", ""), *KINDS.items()])
    since = forms.DateField(label="From", required=False)
    until = forms.DateField(label="To", required=False)

    def asked(self) -> Asked:
        self.is_valid()
        known = self.cleaned_data
        until = known.get("until")
        return Asked(
            by=known.get("by") or 0,
            what=known.get("what") or "",
            since=known.get("since"),
            until=until if until and until.year < 9999 else None,
        )
