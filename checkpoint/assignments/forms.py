"""What instructors type about assignments: what, and until when."""

from datetime import datetime

from django import forms
from django.utils import timezone

from checkpoint.assignments.due import Task, tasks

ON_SCREEN = "%Y-%m-%dT%H:%M"


class DueField(forms.DateTimeField):
    """A day and a time in the site's own zone."""

    def __init__(self, **facts: object) -> None:
        facts.setdefault("input_formats", [ON_SCREEN, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"])
        facts.setdefault(
            "error_messages",
            {
                "invalid": "Give a day and a time, such as 2026-11-27 17:00.",
                "required": "Give a day and a time.",
            },
        )
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=ON_SCREEN)
        super().__init__(widget=widget, **facts)  # type: ignore[arg-type]

    def clean(self, value: object) -> datetime | None:
        due_at: datetime | None = super().clean(value)
        if due_at and due_at.year > timezone.localdate().year + 5:
            raise forms.ValidationError("That’s more than five years away. Check the year.")
        return due_at


class AssignForm(forms.Form):
    """Several at once, with one due date."""

    task = forms.MultipleChoiceField(error_messages={"required": "Choose at least one question or scenario."})
    due_at = DueField(label="Due", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["task"].choices = [(one.value, one.name) for one in tasks().values()]  # type: ignore[attr-defined]

    def clean_due_at(self) -> datetime | None:
        due_at: datetime | None = self.cleaned_data["due_at"]
        if due_at and due_at <= timezone.now():
            raise forms.ValidationError("That’s in the past. Give a later time, or none.")
        return due_at

    @property
    def tasks(self) -> list[Task]:
        known = {one.value: one for one in tasks().values()}
        return [known[value] for value in self.cleaned_data["task"]]


class DueForm(forms.Form):
    due_at = DueField(label="Due", required=False)


class ExtensionForm(forms.Form):
    learner = forms.IntegerField(min_value=1, max_value=10**18)
    due_at = DueField(label="Own due date")
