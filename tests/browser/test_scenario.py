"""A scenario in a real browser: played through by its solution and by its trap, with script and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from checkpoint.core.content.library import Library
from checkpoint.scenarios.models import Run
from tests.browser.conftest import NARROW, Visitor
from tests.browser.test_rubric import looked_at
from tests.builders import make_learner

NAME, WRONG = "The wrong target", "Production stays as it is"
SCALE = "kubectl scale deployment --all --replicas=2"


@pytest.fixture(autouse=True)
def alice(mini_course: Library) -> None:
    make_learner("alice")


def begin(visitor: Visitor) -> Page:
    """From the list by the brief to the workbench."""
    visitor.sign_in("alice@example.org")
    page = visitor.go("/scenarios/")
    page.get_by_role("link", name=re.compile(NAME)).click()
    expect(page.locator("main")).to_contain_text("waits for staging")
    page.get_by_role("button", name="Start the scenario").click()
    expect(page.locator("#cmd")).to_be_visible()
    page.wait_for_load_state()
    return page


def run(page: Page, line: str) -> None:
    """Type a line and wait for what it gave; without script the button sends it."""
    number = page.locator(".term__step").count() + 1
    page.locator("#cmd").click()
    page.keyboard.type(line)
    if page.evaluate("typeof htmx") == "object":
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".term__step")).to_have_count(number)


def goals(page: Page) -> str:
    return page.locator("#goals-panel .panelh .num").first.inner_text()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Finish and debrief").click()
    expect(page).to_have_url(re.compile("/debrief/$"))


BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@BOTH
def test_the_solution_meets_the_goals_and_the_debrief_says_so(visit: Callable[..., Visitor], script: bool):
    page = begin(visit(java_script_enabled=script))
    assert goals(page) == "0 of 2"
    for line in ("kubectl config use-context staging", SCALE, 'echo "staging is done" > ~/note.txt'):
        run(page, line)
    assert goals(page) == "2 of 2"
    finish(page)
    expect(page.locator("main")).to_contain_text("You looked before you wrote.")
    expect(page.locator("main")).to_contain_text("2 of 2 goals met with 3 lines.")
    page.get_by_role("link", name="See the workbench").click()
    expect(page.locator("#term-line")).to_contain_text("This run is finished.")


@BOTH
def test_the_trap_breaks_a_rule_that_no_later_line_mends(visit: Callable[..., Visitor], script: bool):
    page = begin(visit(java_script_enabled=script))
    run(page, SCALE)
    expect(page.locator("#goals-panel .broken")).to_contain_text(WRONG)
    run(page, f"{SCALE} --context staging")
    run(page, "echo staging > ~/note.txt")
    assert goals(page) == "2 of 2"
    finish(page)
    expect(page.locator("main")).to_contain_text("It is done, at a price.")
    expect(page.locator("main")).to_contain_text("Twice the load on production’s database.")


@BOTH
def test_an_unfinished_run_is_told_as_open(visit: Callable[..., Visitor], script: bool):
    page = begin(visit(java_script_enabled=script))
    finish(page)
    expect(page.locator("main")).to_contain_text("Staging still waits.")


@BOTH
def test_a_hint_an_undo_and_a_saved_file_show_where_they_belong(visit: Callable[..., Visitor], script: bool):
    page = begin(visit(java_script_enabled=script))
    page.get_by_role("button", name="A hint: Two copies run in staging").click()
    expect(page.locator(".hints details[open]")).to_contain_text("Where does your terminal point?")
    run(page, "touch gone.txt")
    page.get_by_role("button", name="Take back the last step").click()
    expect(page.locator(".term__step")).to_have_count(3)
    run(page, "ls")
    assert page.locator(".term__step pre").last.inner_text().strip() == "README.md"
    page.fill("#open", "~/note.txt")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_label("~/note.txt")).to_be_visible()
    page.fill("#ed", "staging\n")
    page.get_by_role("button", name="Save file").click()
    expect(page.locator("#goals-panel .panelh .num").first).to_have_text("1 of 2")


@BOTH
def test_the_replay_goes_step_by_step_and_on_from_one(visit: Callable[..., Visitor], script: bool):
    page = begin(visit(java_script_enabled=script))
    run(page, "echo one")
    run(page, "echo two")
    finish(page)
    page.get_by_role("link", name="Every step").click()
    page.get_by_role("link", name="After").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NAME}, step 1 of 2")
    expect(page.locator(".term__log")).not_to_contain_text("echo two")
    page.get_by_role("button", name="Go on from here in a new run").click()
    expect(page.locator(".term__step")).to_have_count(1)
    assert Run.objects.count() == 2


# --- keys --------------------------------------------------------------------


def test_the_usual_keys_of_a_terminal_work(visit: Callable[..., Visitor]):
    page = begin(visit())
    field = page.locator("#cmd")
    run(page, "echo one")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    run(page, "echo two")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("echo one")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_value("echo two")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("echo three")
    expect(field).to_have_value("echo two\necho three")
    page.keyboard.press("Enter")
    expect(page.locator(".term__step").last.locator("pre")).to_have_text("two\nthree\n")
    field.fill("git commit --all  ")
    page.keyboard.press("Control+w")
    expect(field).to_have_value("git commit ")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    expect(field).to_have_value("")
    field.fill("git status")
    page.keyboard.press("Control+u")
    expect(field).to_have_value("")
    page.keyboard.press("Control+l")
    expect(page.locator(".term__step")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("echo two\necho three")


def hold_next(page: Page, path: str) -> list[Route]:
    """Keep the next request to a path from arriving: `.pop().continue_()` lets it go."""
    held: list[Route] = []
    page.route(re.compile(path), lambda route: held.append(route), times=1)
    return held


def test_what_is_typed_while_a_line_runs_stays_and_runs_in_its_turn(visit: Callable[..., Visitor]):
    page = begin(visit())
    held = hold_next(page, "/line/$")
    page.locator("#cmd").click()
    page.keyboard.type("echo one")
    page.keyboard.press("Enter")
    expect(page.locator("#cmd")).to_have_value("")
    page.keyboard.type("echo two")
    page.keyboard.press("Enter")
    page.keyboard.type("echo thr")
    held.pop().continue_()
    expect(page.locator(".term__step pre")).to_have_text(["one\n", "two\n"])
    expect(page.locator("#cmd")).to_have_value("echo thr")
    expect(page.locator("#cmd")).to_be_focused()


def test_a_half_typed_line_survives_a_hint_and_a_lost_connection(visit: Callable[..., Visitor]):
    visitor = visit()
    visitor.expected = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    page = begin(visitor)
    page.locator("#cmd").fill("echo half")
    page.get_by_role("button", name="A hint: Two copies run in staging").click()
    expect(page.locator(".hints details[open] summary")).to_be_focused()
    expect(page.locator("#cmd")).to_have_value("echo half")
    visitor.context.set_offline(True)
    page.locator("#cmd").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("sent")
    expect(page.locator("#cmd")).to_have_value("echo half")


def test_what_isnt_saved_survives_a_line_another_file_and_a_reload(visit: Callable[..., Visitor]):
    page = begin(visit())
    page.fill("#ed", "half a thought")
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet.")
    kept = page.locator("input[name=path]").input_value()
    run(page, f"echo other > {kept}")
    expect(page.locator("[data-saved]")).to_contain_text("The file has changed in the meantime")
    expect(page.locator("#ed")).to_have_value("half a thought")
    page.fill("#open", "~/note.txt")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_label("~/note.txt")).to_have_value("")
    page.reload()
    page.fill("#open", kept)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_label(kept)).to_have_value("half a thought")
    page.get_by_role("button", name="Save file").click()
    expect(page.locator("[data-saved]")).to_contain_text("the last commit")
    expect(page.get_by_role("button", name="Save file")).to_be_focused()
    run(page, f"cat {kept}")
    expect(page.locator(".term__step pre").last).to_contain_text("half a thought")


def test_tab_leaves_the_command_field_and_shift_tab_comes_back(visit: Callable[..., Visitor]):
    page = begin(visit())
    page.locator("#cmd").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#cmd")).to_be_focused()


# --- completion --------------------------------------------------------------


def asked(page: Page, typed: str) -> None:
    page.locator("#cmd").fill(typed)
    with page.expect_response(re.compile("/complete/")):
        page.keyboard.press("Control+Space")


def test_one_candidate_is_put_in_where_the_cursor_is(visit: Callable[..., Visitor]):
    page = begin(visit())
    asked(page, "echo 😀; kubectl config use-c")
    expect(page.locator("#cmd")).to_have_value("echo 😀; kubectl config use-context ")
    expect(page.locator("#term-choices")).to_be_hidden()


def test_several_are_listed_and_chosen_by_the_arrows(visit: Callable[..., Visitor]):
    visitor = visit()
    page = begin(visitor)
    asked(page, "kubectl config use-context ")
    listed = page.get_by_role("listbox", name="What could stand here")
    expect(listed.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(listed.get_by_role("option", selected=True)).to_have_text("staging")
    assert looked_at(visitor) == []
    page.keyboard.press("Enter")
    expect(page.locator("#cmd")).to_have_value("kubectl config use-context staging ")
    expect(page.locator("#cmd")).to_be_focused()
    expect(page.locator(".term__step")).to_have_count(0)


def test_the_list_is_no_trap_escape_closes_it_and_tab_moves_on(visit: Callable[..., Visitor]):
    page = begin(visit())
    asked(page, "kubectl config use-context ")
    expect(page.locator("#term-choices")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#term-choices")).to_be_hidden()
    expect(page.locator("#cmd")).to_be_focused()
    asked(page, "kubectl config use-context ")
    expect(page.locator("#term-choices")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#term-choices")).to_be_hidden()
    expect(page.locator("#cmd")).not_to_be_focused()


# --- for everybody -----------------------------------------------------------


def test_no_page_of_a_scenario_has_a_violation(visit: Callable[..., Visitor]):
    visitor = visit(viewport=NARROW)
    page = begin(visitor)
    bench = page.url.removeprefix(visitor.base)
    found = [f"empty workbench: {one}" for one in looked_at(visitor)]
    for line in (
        SCALE,
        f"echo {'long' * 60}",
        "kubectl get deployments -A -o wide",
        "cat ~/.kube/config",
        "echo x > ~/app/README.md",
    ):
        run(page, line)
    page.get_by_role("button", name="A hint: Two copies run in staging").click()
    expect(page.locator(".hints details[open]")).to_be_visible()
    found += [f"workbench: {one}" for one in looked_at(visitor)]
    if page.locator("#term-log").evaluate("log => log.scrollWidth > log.clientWidth"):
        found.append("a long line leaves the terminal sideways")
    finish(page)
    for path in ("/scenarios/", "/scenarios/wrong-target/", bench, f"{bench}debrief/", f"{bench}steps/2/"):
        visitor.go(path)
        found += [f"{path}: {one}" for one in looked_at(visitor)]
    assert found == []
