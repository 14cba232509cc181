"""The base of all content types: frozen, and unknown keys are errors."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value read from content files."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
