"""What a text has to be like."""

from checkpoint.core.values import Value


class TextCheck(Value):
    contains: str | tuple[str, ...] = ()
    """All of these stand in it."""
    lacks: str | tuple[str, ...] = ()
    """None of these stands in it."""

    def fits(self, text: str) -> bool:
        return all(one in text for one in listed(self.contains)) and not any(
            one in text for one in listed(self.lacks)
        )


def listed(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given
