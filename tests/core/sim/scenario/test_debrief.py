"""What a session came to, read from its events and never from the printed text."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.events import Said
from checkpoint.core.sim.parts.flux.events import ImageWritten
from checkpoint.core.sim.parts.kubernetes.events import ClusterWritten
from checkpoint.core.sim.scenario.debrief import decisive, journeys, ledger, without
from checkpoint.core.sim.scenario.incident_note import incident_note
from checkpoint.core.sim.scenario.matching import kinds
from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.scenario.telling import DONE, HAPPENED, told_in_words
from tests.core.sim.scenario.conftest import type_lines

WRONG = "kubectl scale deployment --all --replicas=2"
RIGHT = "kubectl --context staging scale deployment --all --replicas=2"

HOOKED = """$ git config --global user.name A
$ git config --global user.email a@b.c
$ git init -q -b main
@save ~/.pre-commit-config.yaml
repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v6.0.0
    hooks:
      - id: check-yaml
@end
$ pre-commit install
$ git add . && git commit -qm begin
"""


@pytest.fixture
def wrong_then_right(wrong_target):
    return type_lines(begun(opened(wrong_target)), "ls", WRONG, RIGHT)[0]


def test_the_steps_that_decided_it_are_those_that_broke_reached_or_changed_something(wrong_then_right):
    steps = decisive(wrong_then_right)
    assert [(one.number, one.mark) for one in steps] == [(2, "miss"), (3, "met")]
    assert steps[0].broken == ("production-untouched",) and steps[1].met == ("scaled",)


def test_steps_keep_their_number_where_others_were_taken_back(wrong_target):
    session, _ = type_lines(begun(opened(wrong_target)), "ls", "undo", WRONG)
    assert [one.number for one in decisive(session)] == [3]


def test_the_ledger_holds_what_the_task_did_not_ask_for_and_its_cost(wrong_then_right):
    (one,) = ledger(wrong_then_right)
    assert "production" in one.told and one.cost.startswith("Twice the load")


def test_a_write_past_the_line_is_drawn_around_it_unless_the_task_asked_for_it(wrong_then_right):
    (one,) = journeys(wrong_then_right)
    assert one.around and one.reached == "cluster" and one.number == 2


def test_a_change_is_drawn_as_far_as_it_got(session):
    after, _ = type_lines(session(earlier=HOOKED), "echo x > a.txt", "git add . && git commit -qm x")
    (one,) = journeys(after)
    assert (one.reached, one.around, one.caught_by) == ("workstation", False, "")


def test_a_caught_change_names_its_guardrail(session):
    after, _ = type_lines(session(earlier=HOOKED), "echo 'a: [' > a.yaml", "git add . && git commit -qm x")
    assert [one.caught_by for one in journeys(after)] == ["pre-commit"]


def test_the_same_lines_without_a_guardrail_tell_what_it_kept_out(session):
    after, _ = type_lines(session(earlier=HOOKED), "echo 'a: [' > a.yaml", "git add . && git commit -qm x")
    told = without(after, "pre-commit")
    assert told.differs and "committed a.yaml" in told.more[0]
    assert not without(after, "sops-age").differs


def test_the_incident_note_has_a_timeline_and_what_is_left(wrong_then_right):
    note = incident_note(wrong_then_right)
    assert "# Incident note: The wrong target" in note
    assert "- [x] Two copies run in staging" in note and "- [ ] Ben knows" in note
    assert note.index(WRONG) < note.index(RIGHT)


def test_every_kind_of_event_can_be_told():
    assert kinds().keys() - DONE.keys() - HAPPENED.keys() == set()


# --- the pipeline ----------------------------------------------------------------------------

MAIN = """terraform {
  backend "s3" {
    bucket = "b"
    key    = "k"
  }
}
resource "terraform_data" "web" {
  input = "one"
}
"""
APPLIES = """on: push
jobs:
  apply:
    environment: production
    steps:
      - uses: actions/checkout@v4
      - run: terraform -chdir=infra init && terraform -chdir=infra apply -auto-approve
"""
PUSHED = """$ git config --global user.name Robin && git config --global user.email robin@example.org
$ cd app && git init -q -b main && git remote add origin git@github.com:acme/app.git && git add .
$ git commit -qm First && git push -qu origin main && gh pr list
"""
FORGE = {
    "repo": "acme/app",
    "viewer": "robin",
    "environments": [{"name": "production", "reviewers": ["dana"]}],
    "deliveries": [{"workflow": "Apply", "file": ".github/workflows/apply.yml"}],
}
RULES = [
    {
        "id": name,
        "title": name,
        "because": name,
        "cost": f"The {name}.",
        "broken_by": [{"happened": {"kind": "terraform.apply", "actor": "runner"}}],
    }
    for name in ("first", "second")
]


def applied_by_the_runner(session, workflow):
    start = {"user": "robin", "env": {"GH_TOKEN": "gho_x"}, "cwd": "app"}
    state = {"remotes": {"git@github.com:acme/app.git": {"empty": True}}, "github": FORGE}
    files = {"app/infra/main.tf": MAIN, "app/.github/workflows/apply.yml": workflow}
    begun_ = session(start={**start, "state": state}, files=files, earlier=PUSHED, rules=RULES)
    change = "sed -i s/one/two/ infra/main.tf && git commit -qam Two && git push -q"
    return type_lines(begun_, change, "gh run list", "sleep 5m")[0]


def test_what_the_runner_applied_unasked_went_around_the_line_and_costs_what_every_rule_says(session):
    after = applied_by_the_runner(session, APPLIES.replace("    environment: production\n", ""))
    (touched,) = [one for one in ledger(after) if "runner" in one.told]
    assert touched.told.endswith("1 added, 0 changed, 0 destroyed, and nobody was asked.")
    assert touched.cost == "The first. The second."
    assert [one.told for one in journeys(after) if one.around] == [touched.told]


def test_what_waits_for_its_reviewers_touched_nothing(session):
    after = applied_by_the_runner(session, APPLIES)
    assert [one for one in ledger(after) if "runner" in one.told] == []
    assert "Run 7001 waits for a reviewer of production." in decisive(after)[-1].told


def test_what_others_only_looked_at_decided_nothing(session):
    looks = {
        "id": "looks",
        "who": "kim",
        "after": "2m",
        "does": "$ git init -q a && cd a && gh pr list\n$ vim x",
    }
    after, _ = type_lines(session(meanwhile=[looks], people=[{"name": "kim", "role": "looks"}]), "sleep 5m")
    assert [one.event.kind for one in after.now.log.every()] == ["other"]
    assert decisive(after) == []


def test_a_rule_that_an_asked_for_change_broke_stands_in_the_ledger_with_its_reason(wrong_target):
    scenario = wrong_target.scenario.model_copy(
        update={"scope": ({"kind": "kube.write", "cluster": "production"},)}
    )
    session, _ = type_lines(begun(replace(opened(wrong_target), scenario=scenario)), WRONG)
    (one,) = ledger(session)
    assert not one.told and "production" in one.because and one.cost.startswith("Twice the load")
    assert one.because in incident_note(session)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Said("ben", "Is it done?"), "Ben wrote: “Is it done?”"),
        (Said("ben", "Done."), "Ben wrote: “Done.”"),
        (Said("ben", "Done"), "Ben wrote: “Done”."),
        (
            ClusterWritten("c", "x", "n", "deployment.apps/web", "update"),
            "You changed deployment/web in n of c directly.",
        ),
        (
            ImageWritten("c", "n/web", "0123456789", ("k.yaml",), "main", ("registry/web:1",)),
            "Flux's n/web wrote web:1 into k.yaml (0123456).",
        ),
    ],
)
def test_an_event_is_told_as_a_sentence(event, told):
    assert told_in_words(event) == told


FLUX = {"cluster": "dev", "kustomizations": [{"name": "apps", "path": "./apps", "interval": "10m"}]}


def test_suspending_something_is_told_once(session):
    start = {"start": {"state": {"flux": FLUX}}}
    after, _ = type_lines(session(**start), "flux suspend kustomization apps", "kubectl create namespace x")
    suspended, made = decisive(after)
    assert [one for one in suspended.told if one.startswith("You")] == [
        "You suspended kustomization/apps on dev."
    ]
    assert made.told == ("You created namespace/x in the cluster of dev directly.",)
