"""Every address of the site with its name, read from the URL configuration itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

_PART = re.compile(r"\(\?P<(?P<in_regex>\w+)>[^()]*\)|<(?:\w+:)?(?P<in_path>\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    """As `{% url %}` knows it; its pattern where it has no name."""
    pattern: str

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(_variable(found) for found in _PART.finditer(self.pattern))

    def filled(self, value: Callable[[str], object]) -> str:
        """Where it is, with a value for each of its variables."""
        return "/" + _PART.sub(lambda found: str(value(_variable(found))), self.pattern)

    @property
    def shown(self) -> str:
        """For people: `/cohorts/<slug>/`."""
        return self.filled(lambda variable: f"<{variable}>")


def addresses() -> tuple[Address, ...]:
    """In the order in which they are tried."""
    return tuple(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + re.sub(r"^\^|\$$", "", str(entry.pattern)).replace("\\.", ".")
        if isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name}" if entry.name else pattern, pattern)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner)


def _variable(found: re.Match[str]) -> str:
    return str(found["in_regex"] or found["in_path"])
