"""scripts/guard-terraform-plan.sh: what it catches, what it lets through, and what goes round it."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import Terminal

GUARD = "scripts/guard-terraform-plan.sh"
MAIN = 'variable "n" {\n  default = 3\n}\nresource "terraform_data" "cluster" {\n  input = var.n\n}\n'


def repository(variant: str = "baseline") -> Terminal:
    script = {"mode": 0o755, "external": f"sre {GUARD}", "variant": variant}
    return Terminal(world_from({"files": {GUARD: script, "infra/main.tf": MAIN}}))


def guarded(made) -> list[tuple[str, str]]:
    return [(event.guardrail, event.result) for event in made.events if event.kind == "guardrail"]


@pytest.mark.parametrize(("waited", "code"), [(59, 0), (60, 0), (61, 1)])
def test_a_plan_may_be_as_old_as_the_limit_and_no_older(waited, code):
    terminal = repository()
    terminal(f"{GUARD} plan --dir infra")
    clock = terminal.world.clock
    created = clock - waited * 60
    made = terminal(f"sed -i 's/^created_at_epoch=.*/created_at_epoch={created}/' infra/tfplan.meta")
    assert made.code == 0
    made = terminal(f"{GUARD} apply --dir infra --max-age-minutes 60")
    assert made.code == code
    assert guarded(made) == [("terraform-plan", "passed" if not code else "caught")]


def test_a_missing_marker_is_refused_and_terraform_is_not_started():
    terminal = repository()
    made = terminal(f"{GUARD} plan --dir infra && rm infra/tfplan.meta && {GUARD} apply --dir infra")
    assert made.code == 1 and "refusing apply without plan marker" in made.stderr
    assert terminal("ls infra/terraform.tfstate").code != 0


def test_an_apply_through_the_guard_is_no_bypass_and_one_beside_it_is():
    terminal = repository()
    terminal(f"{GUARD} plan --dir infra")
    made = terminal(f"{GUARD} apply --dir infra")
    assert guarded(made) == [("terraform-plan", "passed")]
    assert [event.via for event in made.events if event.kind == "terraform.apply"] == ["guard"]
    made = terminal("terraform -chdir=infra apply -auto-approve -var n=4")
    assert guarded(made) == [("terraform-plan", "bypassed")]
    assert [event.via for event in made.events if event.kind == "terraform.apply"] == ["direct"]


def test_a_plan_that_the_guard_lets_through_may_still_be_refused_by_terraform():
    terminal = repository()
    terminal(f"{GUARD} plan --dir infra && terraform -chdir=infra apply -auto-approve -var n=4")
    made = terminal(f"{GUARD} apply --dir infra")
    assert made.code == 1 and "Saved plan is stale" in made.stderr
    assert guarded(made) == [("terraform-plan", "passed")]


def test_switched_off_it_lets_an_old_plan_through():
    terminal = repository()
    terminal(f"{GUARD} plan --dir infra && rm infra/tfplan.meta")
    terminal.world = replace(terminal.world, off=frozenset({"terraform-plan"}))
    made = terminal(f"{GUARD} apply --dir infra")
    assert made.code == 0 and guarded(made) == [("terraform-plan", "off")]


def test_after_a_failed_plan_the_earlier_one_can_still_be_applied():
    terminal = repository()
    terminal(f"{GUARD} plan --dir infra; echo 'x' >> infra/main.tf")
    assert terminal(f"{GUARD} plan --dir infra").code == 1
    assert terminal(f"{GUARD} apply --dir infra").code == 0


def test_the_hardened_script_refuses_the_future_and_spends_the_plan():
    terminal = repository("hardened")
    assert terminal(f"{GUARD} apply --dir infra --max-age-minutes abc").code == 2
    terminal(f"{GUARD} plan --dir infra; cp infra/tfplan.meta kept")
    terminal("sed -i 's/epoch=1/epoch=2/' infra/tfplan.meta")
    made = terminal(f"{GUARD} apply --dir infra")
    assert made.code == 1 and guarded(made) == [("terraform-plan", "caught")]
    assert terminal(f"cp kept infra/tfplan.meta; {GUARD} apply --dir infra").code == 0
    assert terminal.out("ls infra") == "main.tf\nterraform.tfstate\n"


@pytest.mark.parametrize("variant", ["baseline", "hardened"])
def test_the_text_that_stands_there_does_what_is_played(variant):
    """An edited script is read by the shell; it has to say and do the same."""
    played, read = repository(variant), repository(variant)
    read(f"echo '# mine' >> {GUARD}")
    for line in (
        f"{GUARD}",
        f"{GUARD} apply --dir infra",
        f"{GUARD} apply",
        f"{GUARD} plan --dir nope",
        f"{GUARD} plan --dir infra --what",
        f"{GUARD} fly --dir infra",
        f"{GUARD} plan --dir infra",
        f"{GUARD} apply --dir infra",
        "ls infra",
        f"{GUARD} apply --dir infra",
    ):
        one, other = played(line), read(line)
        assert (one.stdout, one.stderr, one.code) == (other.stdout, other.stderr, other.code), line
