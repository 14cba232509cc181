"""A scanner's rules as they are read from a configuration of gitleaks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from checkpoint.core.sim import expressions
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.secrets.default_rules import TEXT

_LONGEST = 8_000
"""Characters of an expression of the default rules."""


class BadRules(SimError):
    """A configuration that can't be used; the message is gitleaks' own as far as it is known."""


@dataclass(frozen=True, slots=True)
class Allowlist:
    """What isn't a finding. With `every`, each kind of condition that is given has to fit."""

    paths: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()
    target: str = "secret"
    """What the expressions are held against: secret, match or line."""
    every: bool = False
    rules: tuple[str, ...] = ()
    """Of a global list: the rules that it is for, all where empty."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`expression` or `path` may be missing; a rule with a path alone finds files by their name."""

    name: str
    description: str
    expression: str = ""
    path: str = ""
    entropy: float = 0.0
    group: int = 0
    keywords: tuple[str, ...] = ()
    allowlists: tuple[Allowlist, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    rules: tuple[Rule, ...]
    allowlists: tuple[Allowlist, ...] = ()

    def only(self, names: tuple[str, ...]) -> "Rules":
        """Raises BadRules for a name that no rule has."""
        known = {one.name for one in self.rules}
        for name in names:
            if name not in known:
                raise BadRules(f"Requested rule {name} not found in rules")
        return replace(self, rules=tuple(one for one in self.rules if one.name in names))


@lru_cache(maxsize=2048)
def expression(text: str) -> expressions.Expression:
    """Compiled in the engine that gitleaks' own follows."""
    return expressions.compiled(text, longest_text=_LONGEST)


def default() -> Rules:
    return read(TEXT)


@lru_cache(maxsize=16)
def read(text: str) -> Rules:
    """The rules of a configuration in TOML."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadRules(f"unable to load gitleaks config, err: {error}") from None
    made = _joined(_plain(told), told.get("extend"))
    return made if text is TEXT else _checked(made)


def _checked(made: Rules) -> Rules:
    """The same rules, when all their expressions can be used."""
    lists = [*made.allowlists, *(allow for one in made.rules for allow in one.allowlists)]
    texts = [text for one in made.rules for text in (one.expression, one.path)]
    for text in (*texts, *(text for one in lists for text in (*one.paths, *one.expressions))):
        try:
            expression(text)
        except expressions.BadExpression as error:
            raise BadRules(f"unable to load gitleaks config, err: {error.message}") from None
    return made


def _plain(told: Mapping[str, Any]) -> Rules:
    return Rules(tuple(_rule(one) for one in _tables(told, "rules")), _allowlists(told))


def _joined(own: Rules, extend: Any) -> Rules:
    """With the default rules below the own ones, where the configuration says so."""
    if not isinstance(extend, dict):
        return own
    if extend.get("path"):
        raise BadRules(
            "simulator: `extend.path` of gitleaks' configuration is not simulated; nothing was done"
        )
    if not extend.get("useDefault"):
        return own
    base, disabled = default(), {str(one) for one in extend.get("disabledRules", ())}
    named = {one.name: one for one in own.rules}
    kept = [_over(one, named.pop(one.name, None)) for one in base.rules if one.name not in disabled]
    return Rules((*kept, *named.values()), (*base.allowlists, *own.allowlists))


def _over(base: Rule, own: Rule | None) -> Rule:
    """A default rule with what an own one of its name says."""
    if own is None:
        return base
    return replace(
        base,
        description=own.description or base.description,
        expression=own.expression or base.expression,
        path=own.path or base.path,
        entropy=own.entropy or base.entropy,
        group=own.group or base.group,
        keywords=(*base.keywords, *own.keywords),
        allowlists=(*base.allowlists, *own.allowlists),
        tags=(*base.tags, *own.tags),
    )


def _tables(told: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = told.get(key, [])
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def _words(told: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = told.get(key, ())
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def _number(told: Mapping[str, Any], key: str) -> float:
    found = told.get(key, 0)
    if isinstance(found, bool) or not isinstance(found, int | float) or not -1e6 < found < 1e6:
        raise BadRules(f"unable to load gitleaks config, err: '{key}' expected a number")
    return float(found)


def _rule(told: Mapping[str, Any]) -> Rule:
    return Rule(
        str(told.get("id", "")),
        str(told.get("description", "")),
        str(told.get("regex", "")),
        str(told.get("path", "")),
        _number(told, "entropy"),
        int(_number(told, "secretGroup")),
        tuple(word.lower() for word in _words(told, "keywords")),
        _allowlists(told),
        _words(told, "tags"),
    )


def _allowlists(told: Mapping[str, Any]) -> tuple[Allowlist, ...]:
    return tuple(_allowlist(one) for key in ("allowlist", "allowlists") for one in _tables(told, key))


def _allowlist(told: Mapping[str, Any]) -> Allowlist:
    return Allowlist(
        _words(told, "paths"),
        _words(told, "regexes"),
        tuple(word.lower() for word in _words(told, "stopwords")),
        _words(told, "commits"),
        str(told.get("regexTarget") or "secret"),
        str(told.get("condition", "OR")).upper() in ("AND", "&&"),
        _words(told, "targetRules"),
    )
