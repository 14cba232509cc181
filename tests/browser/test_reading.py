"""Reading, exploring and finding, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Visitor
from tests.builders import make_learner

Visit = Callable[..., Visitor]

PAGES = (
    "/",
    "/lessons/",
    "/lessons/chapter-01/",
    "/lessons/checkpoint-a/",
    "/lessons/glossary/",
    "/pipeline/ci/",
    "/guardrails/",
    "/guardrails/?q=zzzz",
    "/guardrails/terraform-plan/",
    "/search/",
    "/search/?q=stale+plan",
    "/help/keyboard/",
    "/help/accessibility/",
    "/no/such/page/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(visit: Visit, scheme: str) -> None:
    reader = visit(color_scheme=scheme)
    reader.expected = ("404",)
    found = {path: violations for path in PAGES if (violations := reader.go(path) and reader.violations())}
    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280, 1920])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    reader = visit(viewport={"width": width, "height": 800})
    reader.expected = ("404",)
    wide = [
        path for path in PAGES if reader.go(path).evaluate("document.documentElement.scrollWidth") > width
    ]
    assert wide == []


def test_a_stage_opens_in_place_and_takes_the_focus(visit: Visit) -> None:
    page = visit().go("/")
    page.click("#dg-h-review")
    expect(page.locator("#h-stage")).to_contain_text("Review")
    expect(page.locator("#stage-detail")).to_be_focused()
    expect(page.locator("#dg-h-review")).to_have_attribute("aria-current", "true")
    assert page.locator(".dg--h [aria-current]").count() == 1
    assert page.url.endswith("/?stage=review")
    page.click("#dg-h-flux")
    expect(page.locator("#h-stage")).to_contain_text("Flux")
    page.go_back()
    expect(page.locator("#h-stage")).to_contain_text("Review")


def test_a_stage_can_be_opened_with_the_keyboard(visit: Visit) -> None:
    page = visit().go("/pipeline/")
    page.focus("#dg-h-cluster")
    page.keyboard.press("Enter")
    expect(page.locator("#stage-detail")).to_be_focused()
    assert page.url.endswith("/pipeline/cluster/")
    assert page.title().startswith("Cluster")


def test_the_pipeline_works_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go("/")
    page.click("#dg-h-review")
    page.wait_for_url("**/?stage=review")
    expect(page.locator("#h-stage")).to_contain_text("Review")


def test_typing_narrows_the_guardrails_and_says_how_many_are_left(visit: Visit) -> None:
    page = visit().go("/guardrails/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("drift")
    expect(page.locator("#live")).to_contain_text("guardrail")
    expect(page.locator("#q")).to_be_focused()
    assert page.url.endswith("/guardrails/?q=drift")
    page.click("#chip-stage-cluster")
    page.wait_for_url("**/guardrails/?q=drift&stage=cluster")
    expect(page.locator("#chip-stage-cluster")).to_have_attribute("aria-current", "true")
    expect(page.locator("#chip-stage-cluster")).to_be_focused()


def test_filters_work_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go("/guardrails/")
    page.click("#chip-stage-flux")
    page.fill("#q", "secret")
    page.press("#q", "Enter")
    page.wait_for_url("**/guardrails/?q=secret&stage=flux")
    expect(page.locator("#gr-list")).to_contain_text("SOPS")


def test_keys_lead_to_places_but_not_out_of_a_field(visit: Visit) -> None:
    page = visit().go("/help/keyboard/")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/guardrails/")
    page.focus("#q")
    page.keyboard.type("g?o")
    expect(page.locator("#q")).to_have_value("g?o")
    page.locator("#q").blur()
    page.keyboard.press("?")
    page.wait_for_url("**/help/keyboard/")


def test_keys_rest_for_somebody_who_turned_them_off(visit: Visit) -> None:
    make_learner("alice", single_key_shortcuts=False)
    reader = visit()
    reader.sign_in("alice@example.org")
    page = reader.go("/guardrails/")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.locator("#q")).not_to_be_focused()
    assert page.url.endswith("/guardrails/")


def test_commands_of_a_transcript_are_copied_without_prompt_and_output(visit: Visit) -> None:
    reader = visit(permissions=["clipboard-read", "clipboard-write"])
    page = reader.go("/guardrails/kube-context/")
    block = page.locator('.code[data-language="console"]').first
    block.locator(".code__copy").click()
    expect(page.locator("#live")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied
    assert not any(line.startswith(("$", "[guard")) for line in copied.splitlines())


def test_a_word_opens_its_definition_and_escape_closes_it(visit: Visit) -> None:
    page = visit().go("/guardrails/kube-context/")
    word = page.locator(".gloss").first
    word.click()
    note = page.locator(f"#{word.get_attribute('popovertarget')}")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_the_menu_closes_with_escape_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(viewport=NARROW).go("/")
    page.click(".menu > summary")
    expect(page.locator(".menu__sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".menu__sheet")).to_be_hidden()
    expect(page.locator(".menu > summary")).to_be_focused()


def test_the_theme_button_comes_back_to_the_stage_that_was_opened(visit: Visit) -> None:
    page = visit().go("/")
    page.click("#dg-h-review")
    page.wait_for_url("**/?stage=review")
    page.click(".theme--wide button")
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.url.endswith("/?stage=review")


def test_without_a_connection_it_is_said_and_the_words_are_kept(visit: Visit) -> None:
    reader = visit()
    reader.expected = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    page = reader.go("/search/")
    reader.context.set_offline(True)
    page.fill("#q", "stale plan")
    expect(page.get_by_role("alert")).to_contain_text("That wasn’t sent")
    expect(page.locator("#q")).to_have_value("stale plan")
    reader.context.set_offline(False)
    page.fill("#q", "stale plans")
    expect(page.locator("#results")).to_contain_text("Stale plan")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_first_tab_leads_to_the_content(visit: Visit) -> None:
    page = visit().go("/guardrails/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_guardrail_prints_without_menus_in_black_on_white(visit: Visit) -> None:
    reader = visit(color_scheme="dark")
    page = reader.go("/guardrails/terraform-plan/")
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".nav", ".mast__end", ".foot", ".turn", ".code__copy"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".dg--h")).to_be_visible()
    colours: Any = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
