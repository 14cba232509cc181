"""The forge's runner: a push to main starts what its workflow file says, and the apply is a real one."""

from dataclasses import replace

import pytest

from checkpoint.core.sim import limits
from checkpoint.core.sim.actors import catch_up
from checkpoint.core.sim.parts.forge import Forge, WorkflowRun
from checkpoint.core.sim.parts.forge.expressions import Known, NotFollowed, filled_in, holds
from checkpoint.core.sim.parts.terraform.stores import Stores
from checkpoint.core.sim.start import changed_by, world_from
from tests.core.sim.conftest import GITCONFIG, Terminal

URL = "git@github.com:acme/app.git"
STATE = "s3://states/app.tfstate"
MAIN = """terraform {
  backend "s3" {
    bucket       = "states"
    key          = "app.tfstate"
    use_lockfile = true
  }
}
resource "terraform_data" "web" {
  input = "one"
}
"""
GUARD = "scripts/guard-terraform-plan.sh"
WORKFLOW = f"""name: Infrastructure
on:
  push:
    branches: [main]
    paths: ["infra/**", ".github/workflows/*.yml"]
concurrency: {{group: infra, cancel-in-progress: false}}
jobs:
  plan:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: {GUARD} plan --dir infra --out tfplan
      - uses: actions/upload-artifact@v4
        with:
          name: plan
          path: |
            infra/tfplan
            infra/tfplan.meta
  apply:
    needs: plan
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    environment: production
    steps:
      - uses: actions/checkout@v4
      - uses: actions/download-artifact@v4
        with: {{name: plan, path: infra}}
      - run: terraform -chdir=infra init -input=false
      - run: {GUARD} apply --dir infra --out tfplan --max-age-minutes 60
"""
RUNS = "repos/acme/app/actions/runs"
APPROVE = "-F environment_ids[]=900 -f state=approved"


def pipeline(workflow=WORKFLOW, **more):
    """A clone of acme/app, whose main branch may be pushed to, with the infrastructure's pipeline."""
    files = {
        ".gitconfig": GITCONFIG,
        "app/infra/main.tf": MAIN,
        f"app/{GUARD}": {"mode": 0o755, "external": f"sre {GUARD}", "variant": "baseline"},
        "app/.github/workflows/infra.yml": workflow,
    }
    forge = {
        "repo": "acme/app",
        "viewer": "robin",
        "environments": [{"name": "production", "reviewers": ["dana"]}],
        "deliveries": [{"workflow": "Infrastructure", "file": ".github/workflows/infra.yml"}],
    } | more
    world = world_from(
        {"files": files, "env": {"GH_TOKEN": "gho_x"}, "state": {"remotes": {URL: {"empty": True}}}}
    )
    terminal = Terminal(changed_by(world, {"github": forge}))
    for line in (
        f"cd app && git init -q && git remote add origin {URL}",
        "git add . && git commit -qm First && git push -qu origin HEAD:main",
        "gh pr list",
    ):
        terminal(line)
    return terminal


def pushed(terminal, line='sed -i \'s/"one"/"two"/\' infra/main.tf'):
    """A change of main, and what the forge makes of it; the number of its run."""
    terminal(f"{line}; git commit -qam Change && git push -q origin HEAD:main")
    return terminal.out("gh run list -L 1 --json databaseId -q '.[0].databaseId'").strip()


def later(terminal, minutes=2):
    """What happens meanwhile."""
    world = replace(terminal.world, clock=terminal.world.clock + minutes * 60)
    terminal.world, events = catch_up(world)
    return events


def approved_by(terminal, who, run, state="approved"):
    forge = terminal.world.part(Forge)
    terminal.world = terminal.world.having(replace(forge, viewer=who))
    made = terminal(
        f"gh api -X POST {RUNS}/{run}/pending_deployments -F environment_ids[]=900 -f state={state}"
    )
    terminal.world = terminal.world.having(replace(terminal.world.part(Forge), viewer=forge.viewer))
    return made


def applies(events):
    found = (one.event for one in events if one.kind == "other" and one.actor == "runner")
    return [one for one in found if one.kind == "terraform.apply"]


def state_of(terminal):
    return terminal.world.part(Stores).states.get(STATE, "")


def status(terminal, run):
    return terminal.out(f"gh run view {run} --json status,conclusion -q .status").strip()


def conclusion(terminal, run):
    return terminal.out(f"gh run view {run} --json conclusion -q .conclusion").strip()


def test_a_push_plans_and_the_apply_waits_for_a_reviewer_with_the_state_as_it_was():
    terminal = pipeline()
    run = pushed(terminal)
    assert status(terminal, run) == "in_progress"
    later(terminal)
    assert status(terminal, run) == "waiting"
    later(terminal, 30)
    assert status(terminal, run) == "waiting" and state_of(terminal) == ""


def test_an_approved_apply_changes_the_state_and_says_by_whose_leave():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal)
    assert approved_by(terminal, "dana", run).code == 0
    (applied,) = applies(later(terminal))
    assert (applied.result, applied.via, applied.approval, applied.add) == ("applied", "pipeline", "dana", 1)
    assert applied.plan_serial == applied.serial_before and applied.serial_after > applied.serial_before
    assert conclusion(terminal, run) == "success" and '"two"' in state_of(terminal)


def test_a_rejected_run_applies_nothing():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal)
    assert approved_by(terminal, "dana", run, "rejected").code == 0
    assert applies(later(terminal)) == []
    assert conclusion(terminal, run) == "failure" and state_of(terminal) == ""


def test_a_workflow_without_its_environment_applies_and_nobody_was_asked():
    terminal = pipeline(WORKFLOW.replace("    environment: production\n", ""))
    run = pushed(terminal)
    events = later(terminal, 4)
    assert [(one.result, one.approval) for one in applies(events)] == [("applied", "nobody")]
    assert ("plan-approve-apply", "bypassed") in [
        (one.guardrail, one.result) for one in events if one.kind == "guardrail"
    ]
    assert conclusion(terminal, run) == "success" and '"two"' in state_of(terminal)


@pytest.mark.parametrize("place", ["elsewhere", "staging"])
def test_an_environment_without_reviewers_is_no_gate(place):
    open_ones = [{"name": "production", "reviewers": ["dana"]}, {"name": "staging"}]
    terminal = pipeline(WORKFLOW.replace("production", place), environments=open_ones)
    pushed(terminal)
    assert [one.approval for one in applies(later(terminal, 4))] == ["nobody"]


def test_a_plan_that_waited_too_long_is_refused_by_the_guard_on_the_runner():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal, 75)
    approved_by(terminal, "dana", run)
    events = later(terminal)
    assert applies(events) == [] and state_of(terminal) == ""
    caught = [one for one in events if one.kind == "guardrail" and one.guardrail == "terraform-plan"]
    assert [(one.stage, one.result) for one in caught] == [("ci", "caught")]
    assert conclusion(terminal, run) == "failure"
    assert "plan is too old" in terminal.out(f"gh run view {run} --log-failed")


def test_a_run_that_is_started_again_plans_anew_and_asks_again():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal, 75)
    approved_by(terminal, "dana", run)
    later(terminal)
    assert terminal(f"gh run rerun {run}").code == 0
    later(terminal)
    assert status(terminal, run) == "waiting"
    approved_by(terminal, "dana", run)
    assert [one.result for one in applies(later(terminal))] == ["applied"]


def test_a_plan_whose_state_has_moved_is_stale_for_the_runner_too():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal)
    terminal(
        "terraform -chdir=infra init -input=false && terraform -chdir=infra apply -auto-approve -input=false"
    )
    approved_by(terminal, "dana", run)
    assert [one.result for one in applies(later(terminal))] == ["stale"]
    assert conclusion(terminal, run) == "failure"


def test_the_runner_does_not_pass_a_lock_that_somebody_holds():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal)
    terminal.world = changed_by(terminal.world, {"terraform": {"locks": {STATE: {"Who": "kim@laptop"}}}})
    approved_by(terminal, "dana", run)
    assert applies(later(terminal)) == [] and state_of(terminal) == ""
    assert conclusion(terminal, run) == "failure"


def test_the_log_of_the_plan_and_the_very_plan_can_be_read_while_the_apply_waits():
    terminal = pipeline()
    run = pushed(terminal)
    later(terminal)
    assert "still in progress" in terminal(f"gh run view {run} --log").stderr
    assert "Plan: 1 to add, 0 to change, 0 to destroy." in terminal.out(f"gh run view --job {run}1 --log")
    assert "still in progress" in terminal(f"gh run view --job {run}2 --log").stderr
    assert terminal(f"gh run download {run} -n plan -D /tmp/plan").code == 0
    terminal("terraform -chdir=infra init -input=false")
    assert "will be created" in terminal.out("terraform -chdir=infra show /tmp/plan/tfplan")


def test_runs_of_one_group_come_one_after_the_other_and_only_the_newest_waits():
    terminal = pipeline()
    first = pushed(terminal)
    later(terminal)
    second = pushed(terminal, 'sed -i \'s/"two"/"three"/\' infra/main.tf')
    third = pushed(terminal, 'sed -i \'s/"three"/"four"/\' infra/main.tf')
    later(terminal)
    assert status(terminal, first) == "waiting" and status(terminal, third) == "pending"
    assert conclusion(terminal, second) == "cancelled"
    approved_by(terminal, "dana", first, "rejected")
    later(terminal)
    assert status(terminal, third) == "waiting"
    assert '"four"' in terminal.out(f"gh run view --job {third}1 --log")


def test_a_cancelled_run_makes_room_and_does_nothing_more():
    terminal = pipeline()
    first = pushed(terminal)
    second = pushed(terminal, 'sed -i \'s/"two"/"three"/\' infra/main.tf')
    assert terminal(f"gh run cancel {first}").code == 0
    later(terminal)
    assert conclusion(terminal, first) == "cancelled" and status(terminal, second) == "waiting"


def test_watching_lets_the_time_pass_until_somebody_is_asked():
    terminal = pipeline()
    run = pushed(terminal)
    assert "apply is waiting for a review of environment production" in terminal.out(f"gh run watch {run}")


@pytest.mark.parametrize(
    "line", ["echo x > README.md; git add .", "sed -i 's/main]/other]/' .github/workflows/infra.yml"]
)
def test_a_push_that_the_workflow_is_not_about_starts_no_run(line):
    terminal = pipeline()
    terminal(f"{line}; git commit -qam Docs && git push -q origin HEAD:main")
    assert "no runs found" in terminal("gh run list").stderr


LOOP = "on: push\njobs: {a: {needs: b, steps: []}, b: {needs: a, steps: []}}\n"


@pytest.mark.parametrize("text", ["jobs: [", "name: x\n", "on: push\njobs: {a: {uses: b}}\n", LOOP])
def test_a_file_that_is_no_workflow_fails_at_once(text):
    terminal = pipeline()
    run = pushed(terminal, f"printf '{text}' > .github/workflows/infra.yml")
    assert conclusion(terminal, run) == "failure"


def test_an_action_that_is_not_simulated_fails_its_job_and_says_so():
    terminal = pipeline(WORKFLOW.replace("      - uses: actions/checkout@v4\n", "      - uses: a/b@v1\n", 1))
    run = pushed(terminal)
    later(terminal)
    assert conclusion(terminal, run) == "failure"
    assert "a/b@v1 is not simulated here" in terminal.out(f"gh run view {run} --log-failed")
    jobs = terminal.out(f"gh run view {run} --json jobs -q '.jobs[1].conclusion'")
    assert jobs == "skipped\n"


def test_without_the_guardrail_nobody_is_asked():
    terminal = pipeline()
    terminal.world = replace(terminal.world, off=frozenset({"plan-approve-apply"}))
    pushed(terminal)
    assert [one.approval for one in applies(later(terminal, 4))] == ["nobody"]


# --- expressions -----------------------------------------------------------------------------

KNOWN = Known({"github.event_name": "push", "github.ref": "refs/heads/main"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", True),
        ("github.event_name == 'push'", True),
        ("${{ github.event_name == 'pull_request' }}", False),
        ("github.event_name != 'push' || github.ref == 'refs/heads/main'", True),
        ("!(github.event_name == 'push' && github.ref == 'refs/heads/main')", False),
        ("always() && github.event_name == 'PUSH'", True),
        ("failure()", False),
        ("false", False),
    ],
)
def test_a_condition_holds_as_the_forge_reads_it(text, wanted):
    assert holds(text, KNOWN) is wanted


def test_without_a_word_about_status_a_condition_asks_for_success():
    failed = replace(KNOWN, succeeded=False, failed=True)
    assert not holds("github.event_name == 'push'", failed)
    assert holds("always()", failed) and holds("failure()", failed)


def test_a_text_is_filled_in():
    assert filled_in("tf-${{ github.ref }}-${{ github.event_name }}", KNOWN) == "tf-refs/heads/main-push"


@pytest.mark.parametrize(
    "text", ["secrets.X == 'a'", "contains(github.ref, 'x')", "'a' ==", "(" * 500, "'open"]
)
def test_an_expression_that_is_not_followed_is_refused_by_name(text):
    with pytest.raises(NotFollowed):
        holds(text, KNOWN)


def test_what_a_setup_does_not_say_of_a_forge_stays_as_it_was():
    terminal = pipeline()
    before = terminal.world.part(Forge)
    after = changed_by(terminal.world, {"github": {"environments": [{"name": "staging"}]}}).part(Forge)
    assert [one.name for one in after.environments] == ["staging"]
    assert (after.repo, after.deliveries, after.rules) == (before.repo, before.deliveries, before.rules)


def test_waiting_and_cancelling_are_told():
    terminal = pipeline()
    run = pushed(terminal)
    waits = [one.told() for one in later(terminal) if one.kind == "forge.waiting"]
    assert waits == [{"kind": "forge.waiting", "run": int(run), "environment": "production", "by": "robin"}]
    made = terminal(f"gh run cancel {run}")
    assert [one.told() for one in made.events] == [{"kind": "forge.cancel", "run": int(run), "by": "robin"}]


def test_a_push_starts_its_run_at_once_whether_anybody_looks_or_not():
    terminal = pipeline()
    made = terminal(
        'sed -i \'s/"one"/"two"/\' infra/main.tf; git commit -qam Change && git push -q origin HEAD:main'
    )
    kinds = [one.kind for one in made.events]
    assert kinds.index("git.push") < kinds.index("forge.run")
    at = terminal.world.clock
    waits = [one for one in later(terminal) if one.kind == "forge.waiting"]
    assert len(waits) == 1
    (run,) = terminal.world.part(Forge).runs
    assert (run.started, run.status) == (at, "waiting")


def test_a_dry_run_and_a_push_elsewhere_start_nothing():
    terminal = pipeline()
    terminal('sed -i \'s/"one"/"two"/\' infra/main.tf; git commit -qam Change')
    for line in (
        "git push -q --dry-run origin HEAD:main",
        "git init -q --bare ../b.git && git push -q ../b.git HEAD",
    ):
        assert not any(one.kind.startswith("forge.") for one in terminal(line).events)
    assert not terminal.world.part(Forge).runs


# --- limits ----------------------------------------------------------------------------------

LOOPS = "for i in $(seq 200); do for j in $(seq 200); do true; done; done"
BUSY = f"on: push\njobs: {{a: {{steps: [{{run: '{LOOPS}'}}]}}}}\n"


def test_a_job_that_never_ends_is_stopped():
    terminal = pipeline(BUSY)
    run = pushed(terminal)
    later(terminal)
    assert conclusion(terminal, run) == "failure"
    assert "stopped" in terminal.out(f"gh run view {run} --log")


@pytest.mark.parametrize(("jobs", "end"), [(limits.JOBS, "success"), (limits.JOBS + 1, "failure")])
def test_a_workflow_has_so_many_jobs(jobs, end):
    terminal = pipeline(
        "on: push\njobs:\n" + "".join(f"  j{n}: {{steps: [{{run: ls}}]}}\n" for n in range(jobs))
    )
    run = pushed(terminal)
    later(terminal)
    assert conclusion(terminal, run) == end


def test_a_session_has_so_many_runs():
    terminal = pipeline("on: push\njobs: {a: {steps: [{run: ls}]}}\n")
    forge = terminal.world.part(Forge)
    some = tuple(
        WorkflowRun(6000 + n, "x", "x", "main", file="x", status="completed") for n in range(limits.RUNS)
    )
    terminal.world = terminal.world.having(replace(forge, runs=some))
    assert conclusion(terminal, pushed(terminal)) == "failure"
