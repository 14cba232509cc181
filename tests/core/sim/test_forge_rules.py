"""What a branch asks for: read and changed by an administrator, and whom it binds."""

import pytest

from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.scenario.checks.forge import RulesCheck
from checkpoint.core.sim.scenario.seen import Log, Seen
from checkpoint.core.sim.start import changed_by
from tests.core.sim.conftest import Terminal
from tests.core.sim.test_forge import URL, clone_of

MAIN = "repos/acme/app/branches/main/protection"
CONTEXTS = f"{MAIN}/required_status_checks/contexts"


@pytest.fixture
def admin() -> Terminal:
    """An administrator whom the rules don't bind; the branch is protected on the git server too."""
    terminal = clone_of(permission="ADMIN")
    terminal.world = changed_by(terminal.world, {"remotes": {URL: {"protected": ["main"]}}})
    return terminal


def rules(terminal: Terminal):
    return terminal.world.part(Forge).rules


def holds(terminal: Terminal, **asked) -> bool:
    return RulesCheck.model_validate(asked).holds(Seen(terminal.world, terminal.world, Log()))


@pytest.mark.parametrize(
    ("line", "contexts"),
    [
        (f"-X POST {CONTEXTS} -f 'contexts[]=hooks'", ("validate", "gitleaks", "hooks")),
        (f"-X POST {CONTEXTS} -f 'contexts[]=validate'", ("validate", "gitleaks")),
        (f"-X DELETE {CONTEXTS} -f 'contexts[]=gitleaks'", ("validate",)),
        (f"-X PUT {CONTEXTS} -f 'contexts[]=a' -f 'contexts[]=b'", ("a", "b")),
        (f"-X PATCH {MAIN}/required_status_checks -f 'contexts[]=a' -F strict=true", ("a",)),
        (f"-X DELETE {MAIN}/required_status_checks", ()),
        (f"-X DELETE {MAIN}", ()),
    ],
)
def test_required_checks_are_added_taken_away_and_set(admin, line, contexts):
    made = admin(f"gh api {line}")
    assert made.code == 0, made.stderr
    assert rules(admin).contexts == contexts
    changed = [event.told() for event in made.events if event.kind == "forge.rules"]
    assert [one["contexts"] for one in changed] == [list(contexts)]


def test_administrators_are_included_and_left_out_again(admin):
    assert admin.out(f"gh api {MAIN}/enforce_admins") == '{"enabled":false}'
    assert admin.out(f"gh api -X POST {MAIN}/enforce_admins") == '{"enabled":true}'
    assert holds(admin, enforce_admins=True, requires=["validate"], approvals=1)
    assert admin.out(f"gh api -X DELETE {MAIN}/enforce_admins") == ""
    assert not holds(admin, enforce_admins=True)
    assert not holds(admin, requires=["hooks"]) and not holds(admin, approvals=2)


def test_all_at_once_from_a_file_names_everything(admin):
    body = '{"required_status_checks": {"strict": true, "contexts": ["hooks"]}, "enforce_admins": true'
    made = admin(f"gh api -X PUT {MAIN} --input - <<< '{body}}}'")
    assert made.code == 1 and "required_pull_request_reviews" in made.stderr
    more = '"required_pull_request_reviews": {"required_approving_review_count": 2}, "restrictions": null'
    assert admin(f"gh api -X PUT {MAIN} --input - <<< '{body}, {more}}}'").code == 0
    assert (rules(admin).contexts, rules(admin).approvals, rules(admin).enforce_admins) == (
        ("hooks",),
        2,
        True,
    )
    assert admin(f"gh api -X PUT {MAIN} --input - <<< '['").code == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"-X POST {CONTEXTS}", "contexts"),
        (f"-X PATCH {MAIN}/required_pull_request_reviews -F required_approving_review_count=9", "Validation"),
        ("-X POST repos/acme/app/branches/other/protection/enforce_admins", "Branch not protected"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(admin, line, said):
    before = rules(admin)
    made = admin(f"gh api {line}")
    assert made.code == 1 and said in made.stderr
    assert rules(admin) == before


def test_nobody_but_an_administrator_changes_rules():
    terminal = clone_of()
    made = terminal(f"gh api -X POST {MAIN}/enforce_admins")
    assert made.code == 1 and "HTTP 404" in made.stderr
    assert not rules(terminal).enforce_admins


@pytest.mark.parametrize(("included", "code"), [(False, 0), (True, 1)])
def test_an_administrators_push_goes_around_the_rules_only_where_they_are_left_out(admin, included, code):
    if included:
        admin(f"gh api -X POST {MAIN}/enforce_admins")
    made = admin("echo a: 2 > a.yaml; git commit -qam Two; git push origin HEAD:main")
    assert made.code == code
    assert ("Bypassed rule violations" in made.stderr) is not included


def test_open_pull_requests_know_which_of_their_checks_are_required_now(admin):
    admin("git switch -qc fix; echo a: 2 > a.yaml; git commit -qam Two; git push -qu origin fix")
    admin("gh pr create --fill")
    assert "gitleaks" in admin("gh pr checks 1 --required").stdout
    admin(f"gh api -X DELETE {CONTEXTS} -f 'contexts[]=gitleaks'")
    assert "gitleaks" not in admin("gh pr checks 1 --required").stdout
