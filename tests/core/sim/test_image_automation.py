"""Which tag a policy selects, and which lines an automation rewrites."""

import pytest

from checkpoint.core.sim.parts.flux.choosing import chosen
from checkpoint.core.sim.parts.flux.setters import rewritten
from checkpoint.core.sim.parts.flux.versions import constraint, parsed, strict

TAGS = ("1.3.9", "1.4.0", "1.5.0-rc.1", "latest")


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [
        (">=1.0.0 <2.0.0", "1.4.0"),
        (">=1.0.0-0", "1.5.0-rc.1"),
        ("~1.3", "1.3.9"),
        ("1.x", "1.4.0"),
        ("^1.3.0 || ^2.0.0", "1.4.0"),
        ("*", "1.4.0"),
    ],
)
def test_a_range_without_a_pre_release_never_selects_one(wanted: str, tag: str) -> None:
    assert chosen({"policy": {"semver": {"range": wanted}}}, TAGS) == tag


def test_numerical_order_selects_the_last_of_the_extracted_numbers() -> None:
    tags = ("staging-v1.0.0-ab1-1700", "production-v1.0.0-ab1-900", "production-v1.0.0-ab2-1600")
    spec = {
        "filterTags": {"pattern": r"^production-v[0-9.]+-[a-f0-9]+-(?P<ts>[0-9]+)$", "extract": "$ts"},
        "policy": {"numerical": {"order": "asc"}},
    }
    assert chosen(spec, tags) == "production-v1.0.0-ab2-1600"
    assert chosen({**spec, "policy": {"numerical": {"order": "desc"}}}, tags) == "production-v1.0.0-ab1-900"


def test_only_a_marked_line_of_a_known_policy_is_rewritten() -> None:
    text = (
        "images:\n"
        '  - newTag: 1.0.0 # {"$imagepolicy": "develop:web:tag"}\n'
        '  - newTag: 1.0.0 # {"$imagepolicy": "staging:web:tag"}\n'
        "  - newTag: 1.0.0\n"
    )
    made, changes = rewritten(text, {"develop:web": {"name": "ghcr.io/acme/web", "tag": "1.4.0"}})
    assert [(one.old, one.new) for one in changes] == [("1.0.0", "1.4.0")]
    assert made == text.replace("1.0.0", "1.4.0", 1)


def test_a_word_is_no_version() -> None:
    assert parsed("latest") is None
    one = parsed("v1.2")
    assert one is not None
    assert constraint("1.2.x")(one)
    assert strict("v1.2") is None
