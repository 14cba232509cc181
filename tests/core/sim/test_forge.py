"""The forge beyond the recorded sessions: what a push, a review and a merge do to each other."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import GITCONFIG, Terminal

URL = "git@github.com:acme/app.git"


def forge(**more):
    return {
        "repo": "acme/app",
        "viewer": "robin",
        "permission": "WRITE",
        "protection": {
            "required_pull_request_reviews": {
                "required_approving_review_count": 1,
                "dismiss_stale_reviews": True,
            },
            "required_status_checks": {"contexts": ["validate", "gitleaks"]},
        },
        "environments": [{"name": "production", "reviewers": ["robin"]}],
        "workflows": ["Terraform Apply"],
    } | more


def clone_of(**more):
    """A terminal in a clone of acme/app, whose main branch has one commit."""
    terminal = Terminal(
        world_from({"files": {".gitconfig": GITCONFIG}, "env": {"GH_TOKEN": "gho_x"}, "state": {}})
    )
    from tests.fidelity.adapter import Session

    session = Session({"files": {".gitconfig": GITCONFIG}, "env": {"GH_TOKEN": "gho_x"}})
    session.setup({"command": "git init -q --bare -b main /srv/git/acme/app.git"})
    session.world = world_with(session.world, forge(**more))
    terminal.world = session.world
    terminal(f"git clone -q {URL} && cd app && echo a: 1 > a.yaml && git add . && git commit -qm First")
    assert terminal("git push -q origin HEAD:main").code == 0
    return terminal


def world_with(world, facts):
    from checkpoint.core.sim.start import changed_by

    return changed_by(world, {"github": facts})


@pytest.fixture
def pull():
    """An own pull request whose branch is on the server."""
    terminal = clone_of()
    terminal("git switch -qc fix; echo a: 2 > a.yaml; git commit -qam 'Second'; git push -q -u origin fix")
    assert terminal.out("gh pr create --fill") == "https://github.com/acme/app/pull/1\n"
    return terminal


def later(terminal, seconds=120):
    terminal.world = replace(terminal.world, clock=terminal.world.clock + seconds)


def as_somebody_else(terminal):
    from checkpoint.core.sim.parts.forge import Forge

    terminal.world = terminal.world.having(replace(terminal.world.part(Forge), viewer="sam"))


def told(made):
    return [event.told() for event in made.events]


def test_checks_are_pending_then_pass(pull):
    assert pull("gh pr checks").code == 8
    later(pull)
    assert pull("gh pr checks").code == 0


def test_a_pushed_secret_fails_its_check(pull):
    pull(
        "echo 'token: ghp_0123456789abcdefghijABCDEFGHIJ012345' > k.yaml; git add ."
        "; git commit -qm Key; git push -q"
    )
    later(pull, 300)
    made = pull("gh pr checks 1")
    assert made.code == 1 and "gitleaks\tfail" in made.stdout


def test_nobody_approves_their_own_change(pull):
    made = pull("gh pr review 1 --approve")
    assert made.code == 1 and told(made)[-1]["accepted"] is False


def test_a_merge_needs_approval_and_checks_and_moves_the_branch(pull):
    later(pull)
    made = pull("gh pr merge 1 --squash")
    assert made.code == 1 and told(made)[0]["result"] == "refused"
    as_somebody_else(pull)
    assert pull("gh pr review 1 --approve").code == 0
    merged = told(pull("gh pr merge 1 --squash"))
    assert [one["result"] for one in merged if one["kind"] == "forge.merge"] == ["merged"]
    assert pull.out("git fetch -q; git show origin/main:a.yaml") == "a: 2\n"
    assert pull.out("git log -1 --format=%s origin/main") == "Second (#1)\n"


def test_a_push_after_the_approval_dismisses_it(pull):
    as_somebody_else(pull)
    pull("gh pr review 1 --approve")
    pull("echo a: 3 > a.yaml; git commit -qam Third; git push -q")
    made = pull("gh pr view 1 --json reviewDecision -q .reviewDecision")
    assert made.stdout == "REVIEW_REQUIRED\n"
    assert {"kind": "forge.head", "dismissed": ["sam"]}.items() <= told(made)[0].items()


def test_an_administrator_gets_past_the_rules_only_where_they_are_not_included():
    terminal = clone_of(permission="ADMIN")
    terminal("git switch -qc fix; echo a: 2 > a.yaml; git commit -qam Two; git push -qu origin fix")
    terminal("gh pr create --fill")
    made = terminal("gh pr merge --squash --admin")
    assert made.code == 0
    assert any(one.get("bypassed") for one in told(made))


def test_an_apply_waits_for_a_reviewer_of_its_environment(pull):
    pull("gh workflow run terraform-apply.yml")
    run = pull.out("gh run list --json databaseId -q '.[0].databaseId'").strip()
    later(pull, 3600)
    assert pull.out(f"gh run view {run} --json status -q .status") == "waiting\n"
    made = pull(f"gh api repos/acme/app/actions/runs/{run}/pending_deployments -f state=approved")
    assert made.code == 0 and told(made)[0]["result"] == "approved"
    later(pull)
    assert pull.out(f"gh run view {run} --json conclusion -q .conclusion") == "success\n"


def test_somebody_who_is_no_reviewer_cannot_let_it_go(pull):
    pull("gh workflow run 'Terraform Apply'")
    as_somebody_else(pull)
    made = pull("gh api repos/acme/app/actions/runs/7001/pending_deployments -f state=approved")
    assert made.code == 1 and told(made)[0]["result"] == "refused"


def test_a_branch_that_was_not_pushed_has_no_pull_request():
    terminal = clone_of()
    terminal("git switch -qc fix; echo a: 2 > a.yaml; git commit -qam Two")
    made = terminal("gh pr create --fill")
    assert made.code == 1 and "must first push the current branch" in made.stderr
