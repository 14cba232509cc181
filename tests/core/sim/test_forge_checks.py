"""Checks of a pull request that follow its workflow files, on the forge's runner."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.actors import catch_up
from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.start import changed_by, world_from
from tests.core.sim.conftest import GITCONFIG, Terminal

URL = "git@github.com:acme/app.git"
HOOKS = """\
repos:
  - repo: local
    hooks:
      - {id: no-keys, name: No keys, entry: "keys are kept elsewhere", language: fail, files: '\\.key$'}
"""
WORKFLOW = """\
name: Hooks
on:
  pull_request:
    paths: ["app/**", ".github/**"]
jobs:
  hooks:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: pre-commit/action@v3.0.1
  after:
    needs: hooks
    runs-on: ubuntu-24.04
    steps:
      - run: git log -1 --format=%s 2>&1 | head -n 1
"""
FILE = ".github/workflows/hooks.yml"


@pytest.fixture
def clone() -> Terminal:
    """A clone of acme/app, whose pull requests ask for what its workflow says."""
    files = {".gitconfig": GITCONFIG, "app/.pre-commit-config.yaml": HOOKS, f"app/{FILE}": WORKFLOW}
    state = {"remotes": {URL: {"empty": True}}}
    terminal = Terminal(world_from({"files": files, "env": {"GH_TOKEN": "gho_x"}, "state": state}))
    rules = {"required_status_checks": {"contexts": ["hooks"]}}
    forge = {"repo": "acme/app", "viewer": "robin", "protection": rules}
    forge["checks"] = [{"workflow": "Hooks", "file": FILE}]
    terminal.world = changed_by(terminal.world, {"github": forge})
    terminal(f"cd app && git init -q && git remote add origin {URL} && git add . && git commit -qm First")
    assert terminal("git push -q origin main").code == 0
    return terminal


def opened(clone: Terminal, change: str, message: str = "Change") -> Terminal:
    clone(f"git switch -qc fix; mkdir -p app; {change}; git add -A; git commit -qm '{message}'")
    clone("git push -qu origin fix")
    assert clone("gh pr create --fill").code == 0
    return clone


def later(terminal: Terminal, seconds: int = 300):
    terminal.world, events = catch_up(replace(terminal.world, clock=terminal.world.clock + seconds))
    return [event.told() for event in events]


def verdicts(terminal: Terminal) -> dict[str, str]:
    rows = terminal("gh pr checks 1").stdout.splitlines()
    return {row.split("\t")[0]: row.split("\t")[1] for row in rows}


def test_a_check_is_pending_until_the_runner_has_done_its_job(clone):
    opened(clone, "echo x > app/a.txt")
    assert verdicts(clone) == {"hooks": "pending", "after": "pending"}
    events = later(clone)
    assert {"guardrail": "pre-commit", "stage": "ci", "result": "passed"}.items() <= events[0].items()
    assert verdicts(clone) == {"hooks": "pass", "after": "pass"}
    assert clone("gh pr merge 1 --squash").code == 0


def test_a_hook_that_was_skipped_fails_in_ci_says_why_and_blocks_the_merge(clone):
    opened(clone, "echo x > app/a.key")
    events = later(clone)
    assert {"guardrail": "pre-commit", "stage": "ci", "result": "caught"}.items() <= events[0].items()
    assert verdicts(clone) == {"hooks": "fail", "after": "skipping"}
    run = clone.world.part(Forge).pull(1).checks[0].run
    assert "keys are kept elsewhere" in clone.out(f"gh run view {run} --log-failed")
    assert clone("gh pr merge 1 --squash").code == 1


def test_without_the_guardrail_the_hooks_look_at_nothing(clone):
    clone.world = replace(clone.world, off=frozenset({"pre-commit"}))
    opened(clone, "echo x > app/a.key")
    assert [one["result"] for one in later(clone) if one["kind"] == "guardrail"] == ["off"]
    assert verdicts(clone)["hooks"] == "pass"


def test_a_push_asks_again_and_a_rerun_is_pending_again(clone):
    opened(clone, "echo x > app/a.key")
    later(clone)
    clone("git mv app/a.key app/a.txt; git commit -qm Mended; git push -q")
    assert verdicts(clone)["hooks"] == "pending"
    later(clone)
    assert verdicts(clone)["hooks"] == "pass"
    clone(f"gh run rerun {clone.world.part(Forge).pull(1).checks[0].run}")
    assert verdicts(clone)["hooks"] == "pending"


def test_watching_waits_for_the_runner(clone):
    opened(clone, "echo x > app/a.txt")
    made = clone("gh pr checks 1 --watch")
    assert made.code == 0 and "pending" not in made.stdout


@pytest.mark.parametrize(
    ("change", "message"), [("echo x > elsewhere.txt", "Change"), ("echo x > app/a.txt", "Change [skip ci]")]
)
def test_a_required_check_whose_workflow_never_starts_stays_expected(clone, change, message):
    opened(clone, change, message)
    later(clone)
    assert clone.world.part(Forge).pull(1).checks == ()
    assert clone("gh pr merge 1 --squash").code == 1


def test_a_pull_request_brings_its_own_workflow(clone):
    opened(clone, f"sed -i '/pre-commit.action/d' {FILE}; echo x > app/a.key")
    later(clone)
    assert verdicts(clone)["hooks"] == "pass"


def test_a_workflow_that_cannot_be_read_gives_a_failed_run_and_no_check(clone):
    opened(clone, f"echo 'jobs: [' > {FILE}")
    forge = clone.world.part(Forge)
    assert (forge.pull(1).checks, forge.runs[0].conclusion) == ((), "failure")


def somebody_pushes(clone: Terminal, change: str) -> None:
    """To main, after the branch was cut."""
    clone(f"git switch -q main; {change}; git add -A; git commit -qm Meanwhile; git push -q origin main")
    clone("git switch -q fix")


def test_checks_run_on_the_pull_request_merged_into_its_base(clone):
    opened(clone, "date > app/a")
    clone("git switch -q main; mkdir -p app; echo 1 > app/b.key; git add -A; git commit -qnm Key")
    assert clone("git push -q origin main").code == 0
    clone("git switch -q fix; date > app/c; git add -A; git commit -qm More; git push -q")
    later(clone)
    assert verdicts(clone)["hooks"] == "fail"  # the key stands on main alone
    assert "key" not in clone.out("git ls-tree -r --name-only HEAD")


def test_a_run_knows_the_merge_and_is_listed_under_the_head(clone):
    script = "git log -1 --format=%s; echo $GITHUB_REF"
    clone(f"sed -i 's|uses: pre-commit.*|run: {script}|' {FILE}")
    opened(clone, "date > app/a")
    later(clone)
    head, base = (clone.out(f"git rev-parse {one}").strip() for one in ("fix", "main"))
    number = clone.out("gh run list --json databaseId --jq '.[0].databaseId'").strip()
    log = clone.out(f"gh run view {number} --log")
    assert f"Merge {head} into {base}" in log and "refs/pull/1/merge" in log
    assert clone.out("gh run list --json headSha --jq '.[0].headSha'").strip() == head
    assert clone.out("git ls-remote origin refs/pull/1/merge").strip()


def test_a_conflict_with_the_base_starts_no_run(clone):
    opened(clone, "echo one > app/a")
    later(clone)
    somebody_pushes(clone, "mkdir -p app; echo two > app/a")
    clone("echo three > app/a; git commit -qam Again; git push -q")
    later(clone)
    assert verdicts(clone) == {}
    assert len(clone.out("gh run list").splitlines()) == 1
