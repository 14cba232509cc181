"""What a verdict says of criteria and misconceptions, as the database keeps it: JSON, each text read once."""

import json
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast, Coalesce

from checkpoint.library import get_library

# As text: many rows repeat few outcomes, and each is read from its JSON once.
AS_TEXTS = {
    "outcomes_text": Cast("outcomes", TextField()),
    "misconceptions_text": Cast("misconceptions", TextField()),
}


def required_ids() -> dict[str, tuple[str, ...]]:
    """Ids of the required criteria of each of today's questions."""
    return {slug: tuple(c.id for c in q.required) for slug, q in get_library().questions.items()}


@lru_cache(maxsize=4096)
def outcomes_in_order(text: str, required: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Outcomes follow today's rubric; a criterion added since is not decided yet."""
    outcomes = json.loads(text)
    in_order = tuple(outcomes.get(criterion, "unscored") for criterion in required)
    return in_order, in_order.count("met")


@lru_cache(maxsize=4096)
def outcomes_by_id(text: str) -> Mapping[str, str]:
    outcomes: dict[str, str] = json.loads(text)
    return outcomes


@lru_cache(maxsize=4096)
def ids_in(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def what_counts(column: str) -> Coalesce:
    """The verdict's own, unless people decided something in it."""
    return Coalesce(Cast(f"counted__{column}", TextField()), Cast(f"verdicts__{column}", TextField()))
