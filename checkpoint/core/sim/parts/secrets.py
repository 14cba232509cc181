"""What a secret looks like: rules named as gitleaks names them, for scanners and for what happened."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`secret` is the group of the expression that holds the secret; `entropy` the least it must have."""

    name: str
    description: str
    expression: re.Pattern[str]
    entropy: float = 0.0
    secret: int = 1


def _rule(name: str, description: str, expression: str, entropy: float = 0.0) -> Rule:
    return Rule(name, description, re.compile(expression), entropy)


RULES = (
    _rule(
        "aws-access-token", "AWS credentials", r"\b((?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\b", 3.0
    ),
    _rule("github-pat", "GitHub personal access token", r"(ghp_[0-9a-zA-Z]{36})", 3.0),
    _rule("github-fine-grained-pat", "GitHub fine-grained token", r"(github_pat_\w{82})", 3.0),
    _rule("github-app-token", "GitHub app token", r"((?:ghu|ghs)_[0-9a-zA-Z]{36})", 3.0),
    _rule("gitlab-pat", "GitLab personal access token", r"(glpat-[\w-]{20})", 3.0),
    _rule("slack-bot-token", "Slack bot token", r"(xoxb-[0-9]{10,13}-[0-9]{10,13}[a-zA-Z0-9-]{0,60})", 3.0),
    _rule("age-secret-key", "age secret key", r"(AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})"),
    _rule(
        "private-key",
        "Private key",
        r"(?s)(-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----"
        r".{64,4000}?-----END[ A-Z0-9_-]{0,100}-----)",
    ),
    _rule(
        "jwt",
        "JSON web token",
        r"\b(ey[a-zA-Z0-9]{17,200}\.ey[a-zA-Z0-9/\\_-]{17,400}\.[a-zA-Z0-9/\\_-]{10,400})",
        3.0,
    ),
    _rule(
        "generic-api-key",
        "Generic API key",
        r"(?i)[\w.-]{0,50}?(?:access|auth|api|credential|creds|key|passw(?:or)?d|secret|token)[ \t\w.-]{0,20}"
        r"[\s'\"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)[`'\"\s=]{0,5}([\w.=-]{10,150})(?:[`'\"\s;]|\\[nr]|$)",
        3.5,
    ),
)
"""The longest expression repeats nothing without a bound, so a line is scanned in bounded time."""

_PLACEHOLDERS = re.compile(r"(?i)example|changeme|placeholder|your[-_]|xxxx|\$\{|<|redacted|ENC\[")
_LINE = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` and columns count from 1; `match` is what the rule matched, `secret` the part to hide."""

    rule: str
    line: int
    column: int
    text: str
    """The line it stands in."""
    match: str
    secret: str
    entropy: float


def entropy_of(text: str) -> float:
    """Shannon's, in bits a character."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) if text else 0.0


def findings(text: str) -> list[Finding]:
    """Every secret of a text, in its order."""
    found: list[Finding] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found += _in_line(line[:_LINE], number)
    found += _private_keys(text)
    return sorted(found, key=lambda one: (one.line, one.column))


def _in_line(line: str, number: int) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        if rule.name == "private-key":
            continue
        for match in rule.expression.finditer(line):
            secret = match[rule.secret]
            entropy = entropy_of(secret)
            span = match.span(rule.secret)
            if entropy < rule.entropy or any(a < span[1] and span[0] < b for a, b in taken):
                continue
            if rule.name == "generic-api-key" and not _likely(secret):
                continue
            taken.append(span)
            yield Finding(rule.name, number, match.start() + 1, line, match[0], secret, entropy)


def _likely(secret: str) -> bool:
    return any(char.isdigit() for char in secret) and not _PLACEHOLDERS.search(secret)


def _private_keys(text: str) -> Iterator[Finding]:
    rule = next(one for one in RULES if one.name == "private-key")
    for match in rule.expression.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Finding(rule.name, line, 1, match[0].split("\n")[0], match[0], match[1], entropy_of(match[1]))


def holds_secret(data: bytes) -> bool:
    return bool(findings(data.decode("utf-8", "replace")))
