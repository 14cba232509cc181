"""The forge beyond the recorded sessions: what a push, a review and a merge do to each other."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import GITCONFIG, Terminal

URL = "git@github.com:acme/app.git"
RUNS = "repos/acme/app/actions/runs"
APPROVE = "-F environment_ids[]=900 -f state=approved"


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
    made = pull("echo a: 3 > a.yaml; git commit -qam Third; git push -q")
    (moved,) = [one for one in told(made) if one["kind"] == "forge.head"]
    assert moved["dismissed"] == ["sam"]
    assert pull.out("gh pr view 1 --json reviewDecision -q .reviewDecision") == "REVIEW_REQUIRED\n"


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
    made = pull(f"gh api {RUNS}/{run}/pending_deployments {APPROVE}")
    assert made.code == 0 and told(made)[0]["result"] == "approved"
    later(pull)
    assert pull.out(f"gh run view {run} --json conclusion -q .conclusion") == "success\n"


def test_somebody_who_is_no_reviewer_cannot_let_it_go(pull):
    pull("gh workflow run 'Terraform Apply'")
    as_somebody_else(pull)
    made = pull(f"gh api {RUNS}/7001/pending_deployments {APPROVE}")
    assert made.code == 1 and told(made)[0]["result"] == "refused"


def test_a_branch_that_was_not_pushed_has_no_pull_request():
    terminal = clone_of()
    terminal("git switch -qc fix; echo a: 2 > a.yaml; git commit -qam Two")
    made = terminal("gh pr create --fill")
    assert made.code == 1 and "must first push the current branch" in made.stderr


# --- rules, workflows and the forge's own interface -------------------------------------------

DELIVERY = {"workflow": "Terraform hcloud", "environment": "production", "paths": ["infra/**"]}
STRICT = {"required_status_checks": {"strict": True, "contexts": ["validate"]}}


def pushed(terminal, *lines):
    """What lines bring to a branch that another clone pushes past every rule."""
    terminal("cd ~; rm -rf other; git clone -q git@github.com:acme/app.git other; cd other")
    for line in lines:
        assert terminal(line).code == 0
    assert terminal("git push -q origin HEAD").code == 0
    terminal("cd ~/app")


def changing(**more):
    """A clone with an open pull request of its own branch `fix`."""
    terminal = clone_of(**more)
    terminal("git switch -qc fix; echo b: 1 > b.yaml; git add .; git commit -qm B; git push -q -u origin fix")
    terminal("gh pr create --fill")
    later(terminal)
    return terminal


def test_a_strict_check_asks_for_the_newest_base_branch():
    terminal = changing(protection=STRICT)
    pushed(terminal, "echo c: 1 > c.yaml; git add .; git commit -qm C")
    made = terminal("gh pr merge 1 --squash")
    assert made.code == 1
    assert "not mergeable: the head branch is not up to date with the base branch." in made.stderr
    assert terminal("gh pr update-branch 1").code == 0
    later(terminal)
    assert terminal("gh pr merge 1 --squash").code == 0


def test_branches_that_changed_the_same_line_cannot_be_merged():
    terminal = changing(protection={})
    pushed(terminal, "echo b: 2 > b.yaml; git add .; git commit -qm C")
    made = terminal("gh pr merge 1 --merge --admin")
    assert made.code == 1
    assert "the merge commit cannot be cleanly created" in made.stderr
    assert "gh pr checkout 1 && git fetch origin main && git merge origin/main" in made.stderr


def test_a_rebase_keeps_every_commit_and_a_squash_makes_one():
    for method, subjects in (("rebase", ["D", "B", "First"]), ("squash", ["B (#1)", "First"])):
        terminal = changing(protection={})
        terminal("echo d: 1 > d.yaml; git add .; git commit -qm D; git push -q; gh pr checks --watch")
        assert terminal(f"gh pr merge 1 --{method}").code == 0
        assert terminal.out("git fetch -q; git log --format=%s origin/main").split("\n")[:-1] == subjects


def test_a_file_with_an_owner_needs_the_approval_of_one():
    reviews = {"required_approving_review_count": 1, "require_code_owner_reviews": True}
    terminal = clone_of(protection={"required_pull_request_reviews": reviews}, viewer="robin")
    terminal("mkdir .github; echo '.github/ @dana' > .github/CODEOWNERS; git add .; git commit -qm O")
    terminal("git push -q origin HEAD:main; git switch -qc fix; mkdir -p .github/workflows")
    terminal("echo x > .github/workflows/a.yml; git add .; git commit -qm W; git push -qu origin fix")
    terminal("gh pr create --fill")
    for who, code in (("sam", 1), ("dana", 0)):
        terminal.world = terminal.world.having(replace(terminal.world.part(Forge), viewer=who))
        terminal("gh pr review 1 --approve")
        assert terminal("gh pr merge 1 --squash").code == code


def test_the_secret_scan_reads_every_commit_also_one_that_is_undone():
    terminal = changing()
    terminal("echo 'token: ghp_0123456789abcdefghijABCDEFGHIJ012345' > k.yaml; git add .; git commit -qm K")
    terminal("git rm -q k.yaml; git commit -qm Gone; git push -q")
    later(terminal, 300)
    assert "gitleaks\tfail" in terminal("gh pr checks 1").stdout


def test_a_workflow_whose_paths_do_not_fit_leaves_its_required_check_pending():
    jobs = [{"name": "validate", "workflow": "Terraform", "paths": ["infra/**"], "does": "terraform"}]
    terminal = changing(protection=STRICT, checks=jobs)
    made = terminal("gh pr merge 1 --squash")
    assert told(made)[-2]["lacking"] == ['Required status check "validate" is expected.']


def test_a_merge_plans_and_its_apply_waits_for_somebody_else():
    place = {"name": "production", "reviewers": ["robin", "dana"], "prevent_self_review": True}
    terminal = clone_of(protection={}, deliveries=[DELIVERY], environments=[place])
    terminal("git switch -qc fix; mkdir infra; echo '# x' > infra/main.tf; git add .; git commit -qm T")
    terminal("git push -qu origin fix; gh pr create --fill; gh pr merge 1 --squash")
    run = terminal.out("gh run list --json databaseId -q '.[0].databaseId'").strip()
    later(terminal)
    assert terminal.out(f"gh run view {run} --json status -q .status") == "waiting\n"
    assert terminal(f"gh api {RUNS}/{run}/pending_deployments {APPROVE}").code == 1
    terminal.world = terminal.world.having(replace(terminal.world.part(Forge), viewer="dana"))
    assert terminal(f"gh api {RUNS}/{run}/pending_deployments {APPROVE}").code == 0
    later(terminal)
    assert terminal.out(f"gh run view {run} --json conclusion -q .conclusion") == "success\n"


@pytest.mark.parametrize(("path", "message"), [("infra/a.tf", "T [skip ci]"), ("docs/a.md", "Docs")])
def test_a_push_that_skips_or_does_not_concern_a_workflow_starts_nothing(path, message):
    terminal = clone_of(protection={}, deliveries=[DELIVERY])
    terminal("gh pr list")
    pushed(terminal, f"mkdir -p {path.split('/')[0]}; echo x > {path}; git add .; git commit -qm '{message}'")
    assert "no runs found" in terminal("gh run list").stderr


def test_the_interface_tells_rules_pulls_of_a_commit_and_what_is_not_there():
    terminal = changing()
    rules = terminal.out("gh api 'repos/{owner}/{repo}/rules/branches/main' --jq '.[].type'")
    assert "pull_request\nrequired_status_checks\n" in rules
    sha = terminal.out("git rev-parse --short HEAD").strip()
    assert terminal.out(f"gh api 'repos/{{owner}}/{{repo}}/commits/{sha}/pulls' --jq '.[].number'") == "1\n"
    assert terminal.out("gh api repos/acme/app/pulls/1 --jq .head.ref") == "fix\n"
    made = terminal("gh api repos/acme/app/pulls/99")
    assert (made.code, made.stderr) == (1, "gh: Not Found (HTTP 404)\n")


@pytest.mark.parametrize(
    "line", ["gh api -X PUT repos/acme/app/pulls/1/merge", "gh api graphql", "gh release list"]
)
def test_what_of_the_forge_is_not_simulated_is_refused_and_changes_nothing(line):
    terminal = changing()
    before = terminal.world.part(Forge)
    assert terminal(line).code == 2
    assert terminal.world.part(Forge) == before


def test_what_was_written_below_a_pull_request_can_be_read(pull):
    pull("gh pr comment 1 --body 'Which port?'")
    as_somebody_else(pull)
    pull("gh pr review 1 --request-changes --body 'Please split it'")
    for tty in (True, False):
        told_ = pull("gh pr view 1 --comments", tty=tty).stdout
        assert "Please split it" in told_ and "Which port?" in told_ and "requested changes" in told_


def test_letting_go_needs_the_environment_that_waits(pull):
    pull("gh workflow run terraform-apply.yml")
    made = pull(f"gh api {RUNS}/7001/pending_deployments -F environment_ids[]=1 -f state=approved")
    assert made.code == 1 and "HTTP 422" in made.stderr
    assert pull.out("gh run view 7001 --json status -q .status") == "waiting\n"


def test_a_pull_requests_ref_keeps_what_a_forced_push_and_a_deleted_branch_took_away(pull):
    first = pull.out("git rev-parse HEAD").strip()
    pull("echo a: 3 > a.yaml; git commit -qam Better --amend; git push -q --force origin fix")
    second = pull.out("git rev-parse HEAD").strip()
    assert f"{second}\trefs/pull/1/head" in pull.out("git ls-remote origin")
    pull("git push -q origin --delete fix; git reflog expire --expire=now --all; git gc -q --prune=now")
    assert f"{second}\trefs/pull/1/head" in pull.out("git ls-remote origin")
    assert "a: 3" in pull.out("git fetch -q origin pull/1/head && git show FETCH_HEAD:a.yaml")
    assert pull("git cat-file -p " + first).code == 128
    assert "a: 2" in pull.out(f"git fetch -q origin {first} && git show {first}:a.yaml")
    assert "+a: 2" in pull.out(f"gh api repos/acme/app/commits/{first} --jq '.files[].patch'")
    assert pull("gh api repos/acme/app/commits/0000000").code == 1


def test_nobody_moves_a_pull_requests_ref(pull):
    for words in ("HEAD:refs/pull/1/head", "--delete refs/pull/1/head"):
        made = pull(f"git push --force origin {words}")
        assert made.code == 1 and "deny updating a hidden ref" in made.stderr


def test_a_clone_brings_no_pull_requests_and_a_mirror_does(pull):
    pull(f"cd; git clone -q {URL} second; git clone -q --mirror {URL} third")
    assert "refs/pull" not in pull.out("git -C second for-each-ref")
    assert "refs/pull/1/head" in pull.out(
        "git -C third.git for-each-ref 2>/dev/null || git -C third for-each-ref"
    )


def test_a_fork_is_a_copy_that_later_pushes_do_not_reach(pull):
    made = pull("gh api -X POST repos/acme/app/forks --jq .full_name")
    assert (made.code, made.stdout) == (0, "robin/app\n")
    assert told(made) == [{"kind": "forge.fork", "owner": "robin", "project": "robin/app"}]
    assert pull.out("gh api repos/acme/app/forks --jq '.[].full_name'") == "robin/app\n"
    pull("echo a: 3 > a.yaml; git commit -qam Better --amend; git push -q --force origin fix")
    assert "a: 2" in pull.out("git fetch -q git@github.com:robin/app.git fix && git show FETCH_HEAD:a.yaml")


def test_a_commit_and_a_push_say_which_files_hold_a_secret():
    terminal = clone_of()
    key = "api_key: Zr4tQm8Kx2WcPn6VhYb3Lq9S"
    made = terminal(f"git switch -qc fix; echo '{key}' > k.yaml; git add .; git commit -qm Key")
    assert next(one for one in told(made) if one["kind"] == "git.commit")["secrets"] == ["k.yaml"]
    terminal("git rm -q k.yaml; git commit -qm Away")
    made = terminal("git push -q origin fix")
    assert next(one for one in told(made) if one["kind"] == "git.push")["secrets"] == ["k.yaml"]
    made = terminal("echo b > b.txt; git add .; git commit -qm More; git push -q origin fix")
    assert next(one for one in told(made) if one["kind"] == "git.push")["secrets"] == []


def test_a_commit_of_the_default_branch_names_the_pull_request_it_came_with(pull):
    as_somebody_else(pull)
    pull("gh pr review 1 --approve")
    later(pull)
    assert pull("gh pr merge 1 --squash").code == 0
    pull("git fetch -q")
    merged = pull.out("git rev-parse origin/main").strip()
    asked = "gh api repos/acme/app/commits/{}/pulls --jq '.[].number'"
    assert pull.out(asked.format(merged)) == "1\n"
    assert pull.out(asked.format(pull.out("git rev-parse origin/main~1").strip())) == ""


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("74", 74), ("", 120), ("5", 120), ("x", 120)])
def test_a_table_is_as_wide_as_the_terminal(pull, columns, widest):
    pull("git commit -q --allow-empty -m x; gh pr edit 1 --title '" + "Second " * 30 + "'")
    rows = pull(f"COLUMNS={columns}; gh pr list", tty=True).stdout.splitlines()
    assert max(map(len, rows)) == widest


def test_names_are_listed_in_as_many_columns_as_fit(pull):
    wide = pull("mkdir d; cd d; touch one two three four five six seven; ls", tty=True).stdout
    assert wide.count("\n") == 1
    assert pull("COLUMNS=40; ls", tty=True).stdout.count("\n") == 1
    assert pull("touch a-much-longer-name-than-the-others; ls", tty=True).stdout.count("\n") > 2
