"""A change goes down the line until something says no, and is told as it went."""

from collections.abc import Callable

from checkpoint.core.sim.sending.sender import Sender
from tests.core.sim.sending.conftest import BEFORE, LINE

Make = Callable[..., Sender]

KUBE = {
    "start": {
        "user": "ana",
        "state": {
            "kubernetes": {
                "clusters": {
                    "east": {
                        "server": "https://east.example.com:6443",
                        "objects": [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}],
                    }
                }
            }
        },
    },
    "before": """
$ kubectl config set-cluster east --server=https://east.example.com:6443
$ kubectl config set-context east --cluster=east && kubectl config use-context east
""",
    "legs": [{"at": "workstation", "does": "$ kubectl create configmap note -n shop --from-literal=a=b"}],
    "arrived": [{"object": {"cluster": "east", "kind": "configmap", "namespace": "shop", "name": "note"}}],
}


def did(sent) -> dict[str, str]:
    return {one.guardrail: one.did for one in sent.acts}


def test_the_first_guardrail_that_says_no_has_caught_it(sender: Make):
    sent = sender().sent()
    assert (sent.arrived, sent.caught_by, sent.reached) == (False, "pre-commit", "workstation")
    assert did(sent) == {
        "one-change-per-pr": "unasked",
        "kube-context": "unasked",
        "pre-commit": "caught",
        "terraform-plan": "unreached",
        "plan-approve-apply": "unreached",
        "sops-age": "unreached",
        "gitops-reconciliation": "unreached",
    }
    caught = next(one for one in sent.acts if one.did == "caught")
    assert caught.said == "No work on main: Failed"
    assert caught.line.endswith("git commit -qm Bad")


def test_whoever_is_told_no_types_no_more(sender: Make):
    sent = sender().sent()
    assert [one.code for one in sent.typed] == [1]
    assert [one.at for one in sent.typed] == ["workstation"]


def test_with_the_first_one_off_the_next_one_catches_it(sender: Make):
    sent = sender().sent(["pre-commit"])
    assert (sent.arrived, sent.caught_by, sent.reached) == (False, "one-change-per-pr", "git")
    assert did(sent)["pre-commit"] == "off"
    assert "GH006" in next(one.said for one in sent.acts if one.did == "caught")


def test_with_none_on_it_arrives(sender: Make):
    sent = sender().sent(LINE.guardrails)
    assert sent.arrived and not sent.caught_by and not sent.stopped
    assert set(did(sent).values()) == {"off"}
    assert [one.code for one in sent.typed] == [0, 0]


def test_what_goes_around_a_guardrail_is_told_so(sender: Make):
    legs = [
        {"at": "workstation", "does": "$ cd ~/app && echo bad > a && git add a && git commit -qnm Bad"},
        {"at": "git", "does": "$ git push -q origin main"},
    ]
    sent = sender(legs=legs).sent()
    assert sent.caught_by == "one-change-per-pr"
    hook = next(one for one in sent.acts if one.guardrail == "pre-commit")
    assert (hook.did, hook.around, hook.about) == ("unasked", True, "--no-verify")


def test_a_tools_own_check_is_no_guardrail(sender: Make):
    legs = [{"at": "git", "does": "$ cd ~/app && git push -q origin main"}]
    sent = sender(legs=legs).sent(LINE.guardrails)
    assert (sent.arrived, sent.caught_by) == (False, "")
    assert sent.stopped == "error: src refspec main does not match any"


def test_a_write_by_hand_goes_around_the_line(sender: Make):
    sent = sender(**KUBE).sent()
    assert (sent.arrived, sent.around, sent.reached) == (True, True, "cluster")
    assert "caught" not in did(sent).values()


def test_some_lines_are_typed_only_where_a_guardrail_is_missing(sender: Make):
    legs = [
        {"at": "workstation", "does": "$ echo always > ~/a"},
        {"at": "cluster", "without": "gitops-reconciliation", "does": "$ echo by hand > ~/b"},
    ]
    arrived = [{"file": {"path": "~/b", "contains": "by hand"}}]
    made = sender(legs=legs, arrived=arrived)
    assert not made.sent().arrived
    assert made.sent(["gitops-reconciliation"]).arrived


def test_what_is_harmless_when_it_comes_is_the_work_of_the_guardrail_that_made_it_so(sender: Make):
    """sops says nothing; it encrypts, and so what arrives is no secret."""
    before = (
        BEFORE.replace("exit 1", "exit 0").replace("....Failed", "")
        + "$ age-keygen -o key.txt\n"
        + "$ printf 'creation_rules: [{age: %s}]\\n' $(age-keygen -y key.txt) > .sops.yaml\n"
    )
    state = {"remotes": {"git@example.com:acme/app.git": {"empty": True}}}
    legs = [
        {
            "at": "workstation",
            "does": "$ cd ~/app && echo 'key: hunter2' > a.yaml\n$ sops -e -i a.yaml\n",
        },
        {"at": "git", "does": "$ git add a.yaml && git commit -qm Key && git push -q origin main"},
    ]
    arrived = [{"branch": {"repository": "acme/app", "file": "a.yaml", "contains": "hunter2"}}]
    made = sender(before=before, start={"user": "ana", "state": state}, legs=legs, arrived=arrived)
    assert made.sent().caught_by == "sops-age"
    assert next(one.line for one in made.sent().acts if one.did == "caught") == "sops -e -i a.yaml"
    assert made.sent(["sops-age"]).arrived


def test_the_same_change_gives_the_same_result(sender: Make):
    assert sender().sent(["pre-commit"]) == sender().sent(["pre-commit"])


def test_a_long_output_is_cut_at_its_beginning(sender: Make):
    legs = [{"at": "workstation", "does": "$ seq 1 5000"}]
    typed = sender(legs=legs).sent().typed[0]
    assert len(typed.output) == 4_000 and typed.output.endswith("5000\n")
