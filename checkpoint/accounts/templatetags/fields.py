"""One form field in the house's markup: label, hint, control, error."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField, CheckboxInput, Select, Textarea

register = template.Library()

PASSWORD_HINT = "At least eight characters, not a common one, and not like your address or name."  # noqa: S105


@register.inclusion_tag("accounts/_field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """The first invalid field of a form takes the focus."""
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)
    bound.help_text = hint or (PASSWORD_HINT if bound.name == "password1" else bound.help_text)
    attrs: dict[str, Any] = {} if isinstance(widget, CheckboxInput) else {"class": _css(widget)}
    if bound.errors and next(iter(bound.form.errors)) == bound.name:
        attrs["autofocus"] = True
    return {
        "field": bound,
        "label": label or bound.label,
        "control": bound.as_widget(attrs=attrs),
        "tick": isinstance(widget, CheckboxInput),
    }


@register.filter
def as_json(data: Any) -> str:
    """For a data attribute, so that no page carries an inline script."""
    return json.dumps(data, cls=DjangoJSONEncoder)


def _css(widget: Any) -> str:
    if isinstance(widget, Textarea):
        return "textarea"
    return "select" if isinstance(widget, Select) else "input"
