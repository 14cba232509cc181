"""The sentences about the course's own changes, in states that each read differently."""

import pytest

from checkpoint.library import get_library
from checkpoint.playground.pages import Page, page_of


@pytest.fixture(autouse=True)
def fresh() -> None:
    """The course itself, not the small one; what one test sent serves the next."""


def did(page: Page) -> dict[str, str]:
    return {gate.guardrail.slug: gate.word for gate in page.gates}


def why(page: Page, slug: str) -> str:
    return next(gate.why for gate in page.gates if gate.guardrail.slug == slug)


def test_caught_on_the_way():
    page = page_of("stale-plan", ())
    assert page.headline == "The stale plan got as far as Git. guard-terraform-plan.sh caught it."
    assert page.rest == "If it were off, only Terraform's own stale check would be left."
    assert next(gate.terminal for gate in page.gates if gate.caught).startswith("[guard-tf] plan is too old")


def test_stopped_by_a_tool():
    page = page_of("stale-plan", ("terraform-plan",))
    assert page.headline == "No guardrail caught the stale plan. Terraform's own stale check stopped it."
    assert page.rest == (
        "It said “Error: Saved plan is stale”. Nothing else is left. "
        "One guardrail that is off would have caught it."
    )
    assert why(page, "terraform-plan") == "Would have caught it."


def test_put_back():
    page = page_of("wrong-context", ("kube-context",))
    assert page.headline == (
        "The wrong context reached the Cluster around the line. GitOps reconciliation put it back."
    )
    assert page.rest == (
        "One guardrail that is off would have caught it earlier. "
        "It is the last one: if it were off, nothing on the line would be left."
    )
    assert why(page, "gitops-reconciliation") == "Put back: deployment.apps/backend."
    assert (page.passage.around, page.passage.hit) == ("by hand, around the line", ("cluster",))


def test_the_next_ones_are_named():
    page = page_of("invalid-terraform", ())
    assert page.headline == "The invalid Terraform didn’t leave the Workstation. Pre-commit hooks caught it."
    assert page.rest == (
        "If it were off, Plan-Approve-Apply would catch it. If none did, nothing on the line would be left."
    )


def test_made_harmless():
    page = page_of("unsealed-secret", ())
    assert (
        page.headline
        == "The unencrypted secret went as far as Cluster, and did no harm. SOPS + age saw to that."
    )
    assert not page.passage.bad
    assert dict(page.passage.gates)["sops-age"] == "acted"


def test_arrived_past_all_of_them():
    page = page_of("laptop-apply", ())
    assert page.headline == (
        "The apply from a laptop went around the line and arrived. None of the seven guardrails catches it."
    )
    assert why(page, "terraform-plan") == "Gone around by `terraform apply`."


def test_what_a_change_never_came_to_is_not_reached():
    page = page_of("mixed-pr", ())
    assert did(page)["plan-approve-apply"] == "Not reached"
    assert did(page)["kube-context"] == "Not asked"
    assert did(page)["pre-commit"] == "Let it pass"


def test_a_guardrail_off_that_sees_nothing_would_have_let_it_pass():
    page = page_of("mixed-pr", ("one-change-per-pr", "pre-commit", "kube-context"))
    assert page.headline == "The mixed PR arrived. No guardrail that is on caught it."
    assert why(page, "pre-commit") == "Would have let it pass."
    assert why(page, "kube-context") == "Would have changed nothing."


def test_every_change_has_a_sentence_with_all_on_and_with_none():
    for slug in get_library().changes:
        for off in ((), tuple(get_library().guardrails)):
            page = page_of(slug, off)
            assert page.headline.endswith(".") and page.rest.endswith("."), (slug, page.headline, page.rest)
            assert all(gate.why or gate.terminal for gate in page.gates), slug
