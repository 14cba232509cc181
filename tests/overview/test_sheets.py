"""The style sheets: one place for colours, and colours that can be read."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from pytest_django import Settings

CSS = Path(__file__).parents[2] / "static" / "css"
SHEETS = sorted(CSS.glob("*.css"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(")
NAMED = re.compile(r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b")


def _code(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "tokens.css"], ids=lambda s: s.name)
def test_colours_are_written_in_the_tokens_only(sheet: Path) -> None:
    assert COLOUR.findall(_code(sheet)) == []
    assert NAMED.findall(_code(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.name)
def test_nothing_has_to_shout(sheet: Path) -> None:
    assert "!important" not in _code(sheet)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.name)
def test_every_token_that_is_used_exists(sheet: Path) -> None:
    known = set(re.findall(r"(--[\w-]+)\s*:", _code(CSS / "tokens.css")))
    used = set(re.findall(r"var\((--[\w-]+)", _code(sheet)))
    assert used - known == set()


def _values(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+|color-scheme)\s*:\s*([^;]+);", block))


def _tokens() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    text = _code(CSS / "tokens.css")
    light = re.search(r":root \{(.*?)\n\}", text, re.DOTALL)
    by_system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', text, re.DOTALL)
    by_choice = re.search(r'\n:root\[data-theme="dark"\] \{(.*?)\}', text, re.DOTALL)
    assert light and by_system and by_choice
    return _values(light[1]), _values(by_system[1]), _values(by_choice[1])


def test_dark_is_the_same_whether_the_system_or_the_person_chose_it() -> None:
    _, by_system, by_choice = _tokens()
    assert by_system == by_choice
    assert by_system["color-scheme"] == "dark"


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = {
    ("--bg", "--surface", "--sunken"): ("--ink", "--ink-2", "--ink-3"),
    ("--bg", "--surface"): ("--you", "--met", "--part", "--miss", "--hold"),
    ("--met-bg", "--part-bg", "--miss-bg", "--hold-bg", "--you-bg"): ("--ink",),
    ("--term-bg",): (
        *("--term-ink", "--term-dim", "--term-prompt", "--term-ok", "--term-warn", "--term-err"),
        "--term-strong",
    ),
    ("--ink",): ("--on-ink",),
}
BOUNDS_ON = {("--bg", "--surface"): ("--line-strong", "--focus")}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_and_controls_can_be_seen(theme: str) -> None:
    light, dark, _ = _tokens()
    values = light if theme == "light" else light | dark
    for pairs, least in ((TEXT_ON, 4.5), (BOUNDS_ON, 3.0)):
        for grounds, inks in pairs.items():
            low = {
                (ground, ink): round(_contrast(values[ground], values[ink]), 2)
                for ground in grounds
                for ink in inks
                if _contrast(values[ground], values[ink]) < least
            }
            assert low == {}


def test_every_sheet_and_script_that_pages_name_exists(settings: Settings) -> None:
    templates = [page.read_text() for page in (settings.BASE_DIR / "templates").rglob("*.html")]
    tag = re.compile(r"""\{% static ['"]([^'"{]+\.\w+)['"]""")
    named = {name for text in templates for name in tag.findall(text)}
    assert {name for name in named if not finders.find(name)} == set()


def test_the_licences_of_the_fonts_are_shipped_with_them(settings: Settings) -> None:
    fonts = settings.BASE_DIR / "static" / "fonts"
    licences = {p.stem.removeprefix("LICENSE-") for p in fonts.glob("LICENSE-*.txt")}
    for font in fonts.glob("*.woff2"):
        assert any(font.name.startswith(licence) for licence in licences), font.name


@pytest.mark.parametrize("script", sorted((CSS.parent / "js").glob("*.js")), ids=lambda s: s.name)
def test_scripts_stay_small(script: Path) -> None:
    assert len(script.read_text().splitlines()) < 80
