"""An owner and the people of a cohort: roles, a list invited, a learner’s pages; and an observer’s view."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Invitation, Membership
from checkpoint.core.content.library import Library
from tests.browser.conftest import Visitor
from tests.browser.test_rubric import looked_at
from tests.builders import make_instructor, make_judged, make_learner, make_run

HOME = "/cohorts/autumn-group/"


@pytest.fixture(autouse=True)
def alice(mini_course: Library) -> User:
    """Enough learners that figures say nothing about one of them."""
    cohort = create_cohort(by=make_instructor("ivy"), name="Autumn group")
    alice, *others = (make_learner(name) for name in ("alice", "bea", "cem", "dina", "eli", "fay"))
    for person in (alice, *others):
        join_cohort(cohort=cohort, user=person)
        make_judged(person, "target", answer="Words of mine.")
    make_learner("otto")
    return alice


@pytest.fixture
def owner(visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    return visitor


def test_an_owner_gives_a_role_changes_it_and_finds_it_in_the_log(
    owner: Visitor, visit: Callable[..., Visitor]
):
    page = owner.go(f"{HOME}members/")
    page.get_by_label("Email of a colleague").fill("otto@example.org")
    page.get_by_label("Role", exact=True).select_option("assistant")
    page.get_by_role("button", name="Add to the team").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Otto is an assistant of this cohort now.")
    page.locator("#team summary", has_text="Change Otto").click()
    page.get_by_label("Role of Otto").select_option("observer")
    assert looked_at(owner) == []
    page.get_by_role("button", name="Save the role").locator("visible=true").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Otto is an observer of this cohort now.")
    page.get_by_role("link", name="Audit").click()
    page.wait_for_load_state()
    expect(page.locator("tbody tr").first).to_contain_text("gave a role: Otto")
    expect(page.locator("tbody tr").first).to_contain_text("as observer, before assistant")

    observer = visit()
    observer.sign_in("otto@example.org")
    seen = observer.go(HOME)
    expect(seen.locator("#learners")).to_contain_text("Learner ")
    assert "Alice" not in seen.content()
    assert looked_at(observer) == []


def test_a_list_is_looked_at_line_by_line_and_then_invited(owner: Visitor):
    page = owner.go(f"{HOME}members/")
    page.get_by_role("link", name="Invite from a list").click()
    page.wait_for_load_state()
    page.get_by_label("Name, email, role").fill(
        "Dana Reyes, dana@example.org\nX, nowhere\nA, alice@example.org"
    )
    page.get_by_role("button", name="Show what would happen").click()
    page.wait_for_load_state()
    rows = page.locator("#outcomes tbody tr")
    expect(rows.nth(0)).to_contain_text("Gets an invitation, as learner.")
    expect(rows.nth(1)).to_contain_text("“nowhere” is no email address.")
    expect(rows.nth(2)).to_contain_text("Is in the cohort already")
    assert not Invitation.objects.exists()
    assert looked_at(owner) == []
    page.get_by_role("button", name="Invite 1 person").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("1 invitation is on the way.")
    expect(page.locator("#invited")).to_contain_text("1 hasn’t come yet")
    assert [one.email for one in Invitation.objects.all()] == ["dana@example.org"]


def test_a_file_of_a_spreadsheet_is_looked_at_before_anybody_is_invited(owner: Visitor):
    page, box = owner.go(f"{HOME}members/roster/"), {"name": "people.csv", "mimeType": "text/csv"}
    owner.expected = ("status of 422",)
    file = page.get_by_label("A CSV file")
    file.set_input_files({**box, "buffer": "Zoë;zoe@example.org".encode("latin-1")})
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.locator("#roster-file-error")).to_contain_text("isn’t written in UTF-8")
    assert looked_at(owner) == []
    file.set_input_files({**box, "buffer": "Name;Email\r\nZoë;zoe@example.org".encode("utf-8-sig")})
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.locator("#outcomes tbody tr")).to_contain_text("Gets an invitation, as learner.")
    assert not Invitation.objects.exists()
    page.get_by_role("button", name="Invite 1 person").click()
    expect(page.locator("main")).to_contain_text("1 invitation is on the way.")
    assert [(one.email, one.name) for one in Invitation.objects.all()] == [("zoe@example.org", "Zoë")]


def test_a_learners_pages_are_seen_as_theirs_and_nothing_can_be_done_there(owner: Visitor, alice: User):
    make_run(alice, shared=True)
    page = owner.go(f"{HOME}learners/{alice.pk}/")
    page.get_by_role("link", name="See it as Alice does").click()
    page.wait_for_load_state()
    expect(page.get_by_text("You see this as Alice does")).to_be_visible()
    assert looked_at(owner) == []
    page.locator("#attempts a").first.click()
    page.wait_for_load_state()
    expect(page.locator("#answer-region")).to_contain_text("Words of mine.")
    assert page.locator("main form, main button").count() == 0
    assert looked_at(owner) == []
    page.get_by_role("navigation", name="Pages of Alice").get_by_role("link", name="Scenarios").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Incidents to work through")
    page.get_by_role("link", name="The wrong target").click()
    page.get_by_role("listitem").filter(has_text="Shared.").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not solved yet")
    assert page.locator("main form, main button").count() == 0
    assert looked_at(owner) == []
    page.get_by_role("link", name="Back to Alice in Autumn group").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alice")
    assert Membership.objects.get(user=alice).user.last_seen_on is None
