"""The world of a scenario before the first line: scripts by name, repositories on the server, their rules."""

import pytest

from checkpoint.core.sim.scenario.material import Layer, Material
from checkpoint.core.sim.scenario.opening import OpeningError, opened
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.scenario.types import Scenario
from tests.core.sim.scenario.conftest import FACTS, material, type_lines

GUARD = "scripts/guard-terraform-plan.sh"
URL = "git@github.com:ldbl/sre.git"
EARLIER = f"""$ git config --global user.name Dana && git config --global user.email dana@example.org
$ git init -q -b main sre && cd sre && git remote add origin {URL}
$ git commit -q --allow-empty -m "Begin" && git push -q origin main
"""


def test_a_file_that_names_a_known_script_is_that_script():
    opening = opened(material(files={GUARD: "#checkpoint:script guard-terraform-plan.sh baseline\n"}))
    _, answer = type_lines(begun(opening), f"{GUARD} apply --dir .")
    assert "[guard-tf] missing plan file: ./tfplan" in answer.text("err")


def test_a_file_that_names_an_unknown_script_is_an_authors_mistake():
    with pytest.raises(OpeningError, match="there is no loose script"):
        opened(material(files={GUARD: "#checkpoint:script guard-terraform-plan.sh loose\n"}))


def test_an_empty_repository_of_the_server_takes_the_first_push():
    opening = opened(material(EARLIER, start={"state": {"remotes": {URL: {"empty": True}}}}))
    _, answer = type_lines(begun(opening), f"git ls-remote --heads {URL}")
    assert answer.text("out").endswith("\trefs/heads/main\n")


@pytest.mark.parametrize(("free", "told"), [(["learner"], "Bypassed rule violations"), ([], "GH006")])
def test_a_rule_binds_whoever_may_not_go_past_it(free, told):
    below = material(EARLIER, start={"state": {"remotes": {URL: {"empty": True}}}})
    above = {"state": {"remotes": {URL: {"protected": ["main"], "bypass": free}}}, "cwd": "sre"}
    scenario = Scenario.model_validate({**FACTS, "start": above})
    opening = opened(Material(scenario, (*below.layers, Layer(scenario.start))))
    _, answer = type_lines(begun(opening), "git commit -q --allow-empty -m More", "git push origin main")
    assert told in answer.text("err") and answer.code == (0 if free else 1)
