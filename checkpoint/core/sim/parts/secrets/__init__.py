"""Secrets in texts, found as gitleaks finds them: rules, keywords, entropy and what is allowed.

Source: detect/detect.go of gitleaks 8.30.1. Encoded texts (base64, hex) are not decoded.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint.core.sim.expressions import Match
from checkpoint.core.sim.parts.secrets.rules import Allowlist, Rule, Rules, default, expression

_ALLOWED_MARK = "gitleaks:allow"


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` and columns count from 1; `match` is what the rule matched, `secret` the part to hide."""

    rule: str
    description: str
    line: int
    end_line: int
    column: int
    end_column: int
    text: str
    """The lines it stands in."""
    match: str
    secret: str
    entropy: float
    tags: tuple[str, ...] = ()


def entropy_of(text: str) -> float:
    """Shannon's, in bits a character."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) if text else 0.0


def findings(
    text: str, path: str = "", rules: Rules | None = None, *, marks_count: bool = True, commit: str = ""
) -> list[Finding]:
    """Every secret of a text that stands at a path; with `marks_count`, lines that are marked as allowed
    hold none."""
    used = rules or default()
    if path and any(_path_allowed(one, path) for one in used.allowlists):
        return []
    lowered = text.lower()
    found = [
        one
        for rule in used.rules
        if _may_fit(rule, lowered, path)
        for one in _of_rule(rule, used, text, path, marks_count, commit)
    ]
    return [one for one in found if not _told_better(one, found)]


def holds_secret(data: bytes, path: str = "") -> bool:
    return bool(findings(data.decode("utf-8", "replace"), path))


def _path_allowed(one: Allowlist, path: str) -> bool:
    alone = not one.every and not one.rules
    return alone and any(expression(text).search(path) for text in one.paths)


def _may_fit(rule: Rule, lowered: str, path: str) -> bool:
    if rule.path and not expression(rule.path).search(path):
        return False
    return not rule.keywords or any(word in lowered for word in rule.keywords)


def _of_rule(
    rule: Rule, used: Rules, text: str, path: str, marks_count: bool, commit: str
) -> Iterator[Finding]:
    if not rule.expression:
        if rule.path:
            yield Finding(rule.name, rule.description, 0, 0, 0, 0, "", f"file detected: {path}", "", 0.0)
        return
    for match in expression(rule.expression).finditer(text):
        one = _finding(rule, text, match)
        if marks_count and _ALLOWED_MARK in one.text:
            continue
        if rule.entropy and one.entropy <= rule.entropy:
            continue
        wider = [allow for allow in used.allowlists if not allow.rules or rule.name in allow.rules]
        if not any(_allows(allow, one, path, commit) for allow in (*rule.allowlists, *wider)):
            yield one


def _finding(rule: Rule, text: str, match: Match) -> Finding:
    start, end = match.span()
    whole = text[start:end].strip("\n")
    before = text.rfind("\n", 0, start)
    behind = text.find("\n", end)
    line = text.count("\n", 0, start) + 1
    first, last = max(before, 0), text.rfind("\n", 0, max(end - 1, 0))
    secret = _secret(rule, match, whole)
    return Finding(
        rule.name,
        rule.description,
        line,
        line + text.count("\n", start, max(end - 1, start)),
        start - first + 1,
        end - max(last, 0),
        text[first : behind if behind >= 0 else len(text)],
        whole,
        secret,
        entropy_of(secret),
        rule.tags,
    )


def _secret(rule: Rule, match: Match, whole: str) -> str:
    """The rule's group; without one the first group that matched, else everything."""
    groups = match.groups()
    if rule.group:
        return (groups[rule.group - 1] or whole) if rule.group <= len(groups) else whole
    return next((one for one in groups if one), whole)


def _allows(allow: Allowlist, one: Finding, path: str, commit: str) -> bool:
    checks = []
    if allow.commits:
        checks.append(commit in allow.commits)
    if allow.paths:
        checks.append(any(expression(text).search(path) for text in allow.paths))
    if allow.expressions:
        target = {"match": one.match, "line": one.text}.get(allow.target, one.secret)
        checks.append(any(expression(text).search(target) for text in allow.expressions))
    if allow.stopwords:
        lowered = one.secret.lower()
        checks.append(any(word in lowered for word in allow.stopwords))
    return bool(checks) and (all(checks) if allow.every else any(checks))


def _told_better(one: Finding, found: list[Finding]) -> bool:
    """A generic rule's finding gives way to a special one's in the same line."""
    return "generic" in one.rule and any(
        other.line == one.line and other.rule != one.rule and one.secret in other.secret
        for other in found
        if "generic" not in other.rule
    )
