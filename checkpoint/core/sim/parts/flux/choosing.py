"""Which tag an ImagePolicy selects, by the rules of the image reflector's policies."""

import re
from typing import Any

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.expressions import BadExpression, Match, compiled
from checkpoint.core.sim.parts.flux.versions import BadRange, constraint, strict

Json = Any
_NAME = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")


class NoChoice(SimError):
    """A policy selects nothing; the message is the controller's. `invalid` for a policy that can't work."""

    def __init__(self, message: str, *, invalid: bool = False) -> None:
        super().__init__(message)
        self.invalid = invalid


def chosen(spec: Json, tags: tuple[str, ...]) -> str:
    """The tag that a policy selects. Raises NoChoice."""
    rows = _filtered(spec, tags)
    values = list(rows)
    policy = spec.get("policy") or {}
    if "semver" in policy:
        value = _newest(str((policy["semver"] or {}).get("range", "")), values)
    elif "numerical" in policy:
        value = _ranked(_numbers(values), _order(policy["numerical"]))
    elif "alphabetical" in policy:
        value = _ranked([(one, one) for one in values], _order(policy["alphabetical"]))
    else:
        raise NoChoice("given ImagePolicyChoice object is invalid", invalid=True)
    return rows[value]


def filtered(spec: Json, tags: tuple[str, ...]) -> frozenset[str]:
    """Those of the tags that a policy's filter lets through. Raises NoChoice."""
    return frozenset(_filtered(spec, tags, every=True).values())


def _filtered(spec: Json, tags: tuple[str, ...], *, every: bool = False) -> dict[str, str]:
    """What is compared -> the tag it stands for; with `every` those that compare alike all stay."""
    filtering = spec.get("filterTags") or {}
    if not filtering.get("pattern"):
        return {tag: tag for tag in tags}
    extract = "" if every else str(filtering.get("extract") or "")
    return _extracted(str(filtering["pattern"]), extract, tags)


def _extracted(pattern: str, extract: str, tags: tuple[str, ...]) -> dict[str, str]:
    """What is compared -> the tag it stands for."""
    try:
        expression = compiled(pattern)
    except BadExpression as error:
        why = f"invalid regular expression pattern '{pattern}': error parsing regexp: {error.message}"
        raise NoChoice(why, invalid=True) from None
    rows = {}
    for tag in tags:
        match = expression.search(tag)
        if match is not None:
            rows[_expanded(extract, match) if extract else tag] = tag
    return rows


def _expanded(template: str, match: Match) -> str:
    """`$ts`, `${ts}` and `$1` in a template; an unknown name stands for nothing."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name is None:
            return "$"
        try:
            return _group(match, name) or ""
        except (IndexError, KeyError):
            return ""

    return _NAME.sub(value, template)


def _group(match: Any, name: str) -> str | None:
    text: str | None = match.group(int(name[:4]) if name.isdecimal() else name)
    return text


def _order(facts: Json) -> str:
    order = str((facts or {}).get("order") or "asc").lower()
    if order not in ("asc", "desc"):
        raise NoChoice(f"invalid order argument provided: '{order}', must be one of: asc, desc", invalid=True)
    return order


def _some(values: list[Any]) -> None:
    if not values:
        raise NoChoice("version list argument cannot be empty")


def _newest(wanted: str, values: list[str]) -> str:
    try:
        fits = constraint(wanted)
    except BadRange as error:
        raise NoChoice(error.message, invalid=True) from None
    _some(values)
    fitting = [(version, value) for value in values if (version := strict(value)) and fits(version)]
    if not fitting:
        raise NoChoice("unable to determine latest version from provided list")
    return max(fitting, key=lambda one: one[0].rank)[1]


def _numbers(values: list[str]) -> list[tuple[float, str]]:
    made = []
    for value in values:
        try:
            made.append((float(value if value.isascii() and "_" not in value else "x"), value))
        except ValueError:
            raise NoChoice(f"failed to parse invalid numeric value '{value}'") from None
    return made


def _ranked(rows: list[tuple[Any, str]], order: str) -> str:
    """The last one in ascending or in descending order."""
    _some(rows)
    first = max if order == "asc" else min
    return first(rows, key=lambda one: one[0])[1]
