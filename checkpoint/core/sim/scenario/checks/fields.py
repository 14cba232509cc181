"""A field of an object: of one in a cluster, or of one that Git builds to."""

from typing import Any

from checkpoint.core.sim.scenario.checks.texts import TextCheck

Json = Any


class FieldCheck(TextCheck):
    exists: bool = True
    field: str = ""
    """Keys, places and names of list items with dots: `spec.template.spec.containers.web.image`.

    `~` in a key stands for a dot.
    """
    is_set: bool | None = None
    """Whether the field is there at all."""
    equals: str | int | bool | None = None
    differs_from: str | int | bool | None = None

    def passes(self, value: Json) -> bool:
        """Whether the field's value, None where there is none, is as it should be."""
        if self.is_set is not None and self.is_set != (value is not None):
            return False
        if self.equals is not None and not _same(value, self.equals):
            return False
        if self.differs_from is not None and _same(value, self.differs_from):
            return False
        return self.fits(value if isinstance(value, str) else "")


def _same(value: Json, wanted: str | int | bool) -> bool:
    """A number may be wanted as a text, for that is what a variant's value is."""
    return bool(value == wanted) or (type(value) is int and str(value) == wanted)


def at(item: Json, path: str) -> Json:
    """The value at a path of keys, places and names of list items, None where there is none.

    >>> pod = {"spec": {"containers": [{"name": "web", "image": "web:1"}]}}
    >>> at(pod, "spec.containers.0.image"), at(pod, "spec.containers.web.image")
    ('web:1', 'web:1')
    """
    for part in path.split("."):
        key = part.replace("~", ".")
        if isinstance(item, list):
            item = _listed(item, key)
        else:
            item = item.get(key) if isinstance(item, dict) else None
    return item


def _listed(items: list[Json], key: str) -> Json:
    """An item by its place, or by its name."""
    if key.isdecimal():
        return items[int(key)] if int(key) < len(items) else None
    return next((one for one in items if isinstance(one, dict) and one.get("name") == key), None)
