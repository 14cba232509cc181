"""The playground in a browser: switches, the address, the way back, without script, and the matrix."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from checkpoint.playground import sendings
from tests.browser.conftest import NARROW, Visitor

pytestmark = pytest.mark.usefixtures("own_things")


@pytest.fixture
def own_things(settings: Any, tmp_path: Any) -> Any:
    """Nothing is worked out before."""
    settings.VAR_DIR = tmp_path
    sendings._sendings.cache_clear()
    sendings.sendings()  # the course is read before a browser waits for it
    yield
    sendings._sendings.cache_clear()


def headline(page: Page) -> Any:
    return page.locator("#outcome .sent__h")


def test_a_switch_sends_the_change_again_and_keeps_the_focus(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.go("/playground/?change=stale-plan")
    expect(headline(page)).to_contain_text("guard-terraform-plan.sh caught it")
    guard = page.get_by_role("switch", name="guard-terraform-plan.sh")
    guard.focus()
    guard.press("Space")
    expect(headline(page)).to_contain_text("own stale check stopped it")
    expect(guard).to_be_focused()
    expect(page.locator("#did-terraform-plan")).to_have_text("Switched off")
    expect(page.locator("#gates-on")).to_have_text("6 of 7 on")
    assert page.url.endswith("/playground/?change=stale-plan&off=terraform-plan")
    assert visitor.violations() == []
    page.go_back()
    expect(headline(page)).to_contain_text("guard-terraform-plan.sh caught it")
    expect(page.get_by_role("switch", name="guard-terraform-plan.sh")).to_be_checked()


def test_another_change_by_keyboard_on_a_phone(visit: Callable[..., Visitor]) -> None:
    visitor = visit(viewport=NARROW)
    page = visitor.go("/playground/?change=old-plan")
    page.get_by_role("radio", name="Old plan").focus()
    page.keyboard.press("ArrowDown")
    expect(headline(page)).to_contain_text("leaked secret")
    expect(page.locator("#did-pre-commit")).to_have_text("Caught it")
    expect(page.locator("#typed")).to_contain_text("Block sensitive files")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_the_form_sends_it(visit: Callable[..., Visitor]) -> None:
    page = visit(java_script_enabled=False).go("/playground/?change=drift")
    expect(headline(page)).to_contain_text("GitOps reconciliation put it back")
    page.get_by_role("switch", name="GitOps reconciliation").uncheck(force=True)
    page.get_by_role("button", name="Send the change").click()
    expect(headline(page)).to_contain_text("went around the line and arrived")
    assert page.url.endswith("/playground/?change=drift&off=gitops-reconciliation")
    page.get_by_role("link", name="Switch all on").click()
    expect(headline(page)).to_contain_text("GitOps reconciliation put it back")


def test_the_matrix_fills_by_itself(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.go("/playground/matrix/")
    expect(page.locator("#matrix .note")).to_contain_text("still have to be sent")
    expect(
        page.get_by_role("link", name="Stale plan, guard-terraform-plan.sh alone: Caught it")
    ).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Stale plan, guard-terraform-plan.sh alone: Caught it").click()
    expect(headline(page)).to_contain_text("guard-terraform-plan.sh caught it")
    expect(page.locator("#gates-on")).to_have_text("1 of 7 on")


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_matrix_is_a_grid_of_a_row_for_each_change(
    visit: Callable[..., Visitor], width: int
) -> None:
    visitor = visit(viewport={"width": width, "height": 800})
    page = visitor.go("/playground/matrix/")
    cell = page.get_by_role("link", name="Stale plan, guard-terraform-plan.sh alone: Caught it")
    expect(cell).to_be_visible(timeout=60_000)
    row = page.get_by_role("row").filter(has=cell).bounding_box()
    assert row is not None and row["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
