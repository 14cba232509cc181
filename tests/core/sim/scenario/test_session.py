"""A learner's try: goals, rules, people, and the way back."""

import pytest

from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.people import People
from checkpoint.core.sim.scenario.session import begun
from tests.core.sim.scenario.conftest import type_lines

RULE = {
    "id": "no-push",
    "title": "Nothing is pushed",
    "broken_by": [{"happened": {"kind": "git.commit", "hooks": "absent"}}],
    "because": "You did.",
}
IDENTITY = "$ git config --global user.name A\n$ git config --global user.email a@b.c\n$ git init -q"
COMMIT = "git commit -q --allow-empty -m x"


def test_a_goal_is_open_until_the_world_is_so_and_met_as_long_as_it_is(session):
    after, _ = type_lines(session(), "touch done.txt")
    assert after.states() == {"done": "met"}
    again, _ = type_lines(after, "rm done.txt")
    assert again.states() == {"done": "open"}


def test_a_rule_once_broken_stays_broken_and_says_since_when(session):
    after, _ = type_lines(session(rules=[RULE], earlier=IDENTITY), "pwd", COMMIT, "touch done.txt")
    assert dict(after.now.broken) == {"no-push": 2}
    assert after.ending == "costly"


def test_what_happened_before_the_learner_came_breaks_no_rule(session):
    begun_with = session(rules=[RULE], earlier=f"{IDENTITY}\n$ {COMMIT}")
    assert not begun_with.now.broken


def test_a_goal_that_was_lost_is_failed_even_if_its_needs_hold(session):
    goal = {
        "id": "done",
        "title": "Done",
        "needs": [{"file": {"path": "~/done.txt"}}],
        "lost_if": [{"happened": {"kind": "git.commit"}}],
    }
    after, _ = type_lines(session(goals=[goal], earlier=IDENTITY), COMMIT, "touch done.txt")
    assert after.states() == {"done": "failed"}


def test_undo_gives_back_the_very_same_world(session):
    first = session()
    after, _ = type_lines(first, "touch done.txt", "undo")
    assert after.now == first.now
    assert after.undone == 1


def test_undo_stops_at_the_start(session):
    after, answer = type_lines(session(), "touch a", "undo 5", "undo")
    assert len(after.trail) == 1
    assert "Nothing to undo" in answer.text("out")


def test_undo_wants_a_number(session):
    _, answer = type_lines(session(), "undo everything")
    assert answer.code == 1
    assert "undo 2" in answer.text("err")


def test_reset_starts_over_and_a_hint_once_read_stays_read(session):
    goal = {
        "id": "done",
        "title": "Done",
        "needs": [{"file": {"path": "~/done.txt"}}],
        "hints": ["Touch it.", "`touch done.txt`"],
    }
    after, _ = type_lines(session(goals=[goal]), "hint", "touch done.txt", "reset")
    assert after.states() == {"done": "open"}
    assert after.hints == ("done",)


def test_hints_come_one_after_the_other_and_end(session):
    goal = {"id": "done", "title": "D", "needs": [{"file": {"path": "~/d"}}], "hints": ["First.", "Second."]}
    after, answer = type_lines(session(goals=[goal]), "hint", "hint done")
    assert "hint 2 of 2:\nSecond." in answer.text("out")
    assert "no hints left" in type_lines(after, "hint")[1].text("out")


def test_a_hint_of_an_unknown_goal_names_the_goals(session):
    _, answer = type_lines(session(), "hint dnoe")
    assert answer.code == 1
    assert "there are done" in answer.text("err")


def test_people_act_on_their_own_machines_when_their_time_has_come(wrong_target):
    session = begun(opened(wrong_target))
    session, answer = typed(session, Step("wait", seconds=601))
    assert [event.told()["kind"] for event in answer.events] == ["message"]
    assert type_lines(session, "ls /home")[1].text("out") == "ana\n"


def test_people_react_to_what_the_learner_did_once(wrong_target):
    session = begun(opened(wrong_target))
    scale = "kubectl --context staging scale deploy --all --replicas={}"
    session, first = type_lines(session, scale.format(2))
    assert "message" in [event.kind for event in first.events]
    session, second = type_lines(session, scale.format(3))
    assert "message" not in [event.kind for event in second.events]


def test_another_seed_gives_another_variant_and_the_same_seed_the_same(wrong_target):
    briefs = {seed: opened(wrong_target, seed).scenario.brief for seed in map(str, range(12))}
    assert len(set(briefs.values())) == 2
    assert opened(wrong_target, "3").world == opened(wrong_target, "3").world


def test_a_guardrail_is_switched_off_for_the_learner_and_not_for_the_past(wrong_target):
    assert opened(wrong_target, "1", frozenset({"pre-commit"})).world.off == {"pre-commit"}


def test_own_words_inside_a_longer_line_are_the_shells(session):
    _, answer = type_lines(session(), "goals | cat")
    assert "command not found" in answer.text("err")


def test_explain_tells_what_the_last_step_did(session):
    _, answer = type_lines(session(earlier=IDENTITY), COMMIT, "explain")
    assert answer.text("out").startswith("You committed nothing to ")


def test_explain_and_help_read_the_table(session):
    _, answer = type_lines(session(), "explain git push --force")
    assert "--force" in answer.text("out")
    assert "-u, --set-upstream" not in answer.text("out")
    assert "push" in type_lines(session(), "help git")[1].text("out")


def test_a_tool_that_is_no_part_of_the_exercise_says_so_and_changes_nothing(session):
    begun_with = session(tools=["git"])
    after, answer = type_lines(begun_with, "kubectl get pods")
    assert (answer.code, answer.text("err")) == (127, "simulator: 'kubectl' is not part of this exercise\n")
    assert after.now.world.parts == begun_with.now.world.parts
    assert "kubectl" not in type_lines(begun_with, "help")[1].text("out")


def test_the_shells_surroundings_are_always_there(session):
    assert type_lines(session(tools=["git"]), "ls | wc -l")[1].text("out") == "0\n"


def test_a_well_known_tool_that_isnt_simulated_is_named(session):
    assert "'helm' is not part of this exercise" in type_lines(session(), "helm ls")[1].text("err")
    assert "command not found" in type_lines(session(), "hlem ls")[1].text("err")


def reviewing(**facts):
    """Dana approves, as herself, whatever pull request somebody else reviewed."""
    pull = {"number": 7, "title": "T", "head": "t", "author": "learner"}
    github = {"repo": "ldbl/sre", "viewer": "learner", "prs": [pull], "members": {"dana": "ADMIN"}}
    return {
        "start": {"state": {"github": github}, "env": {"GH_TOKEN": "gho_"}},
        "people": [{"name": "dana", "role": "reviewer"}],
        "meanwhile": [{"id": "reads", "who": "dana", "when": {"kind": "forge.looked"}, **facts}],
    }


def test_somebody_acts_on_the_forge_as_themselves(session):
    act = {"does": "$ gh pr review {number} --approve --repo ldbl/sre"}
    after, _ = type_lines(session(**reviewing(**act)), "gh pr view 7 --repo ldbl/sre")
    _, answer = type_lines(after, "gh pr view 7 --repo ldbl/sre | grep reviewers; gh api user --jq .login")
    assert answer.text("out") == "reviewers:\tdana (Approved)\nlearner\n"


def test_a_message_names_what_it_answers(session):
    _, answer = type_lines(session(**reviewing(says="Looking at {number}.")), "gh pr view 7 -R ldbl/sre")
    assert answer.events[-1].told()["text"] == "Looking at 7."


def test_somebody_answers_a_comment_below_a_pull_request(session):
    facts = reviewing(says="Read it.", when={"kind": "forge.comment", "body": "*to add*"})
    after, answer = type_lines(session(**facts), 'gh pr comment 7 -b "1 to add" -R ldbl/sre')
    assert answer.events[-1].told()["text"] == "Read it."
    _, answer = type_lines(
        after, 'echo "2 to add" | gh pr comment 7 -F - -R ldbl/sre; gh pr comment 7 -R ldbl/sre'
    )
    assert answer.code == 1 and answer.events[0].told()["body"] == "2 to add\n"


def test_what_somebody_else_makes_does_not_count_against_the_learner(session):
    """Nor do the learner's limits keep anybody else from working."""
    commits = "for i in {1..150}; do git commit -q --allow-empty -m $i; done"
    keys = "for i in {1..8}; do age-keygen -o $RANDOM$i.txt; done"
    does = f"{IDENTITY}; {commits}; {keys}\n"
    facts = {
        "people": [{"name": "dana", "role": "reviewer"}],
        "meanwhile": [{"id": "works", "who": "dana", "after": "5m", "does": does}],
    }
    before, _ = type_lines(session(earlier=does, **facts), f"{commits}; {keys}")
    after, _ = typed(before, Step("wait", seconds=600))
    desk = after.now.world.part(People).desks["dana"]
    assert sum(name.endswith(".txt") for name in desk.files.names("/home/dana")) == 8
    for line, told in ((commits, "at most 200 commits"), (keys, "at most 10 age keys")):
        assert told in type_lines(after, line)[1].text("err")


def test_what_others_do_while_a_line_takes_its_time_belongs_to_that_line(session):
    message = {"id": "hello", "who": "kim", "after": "4m", "says": "Hello"}
    begun_ = session(meanwhile=[message], people=[{"name": "kim", "role": "waits"}])
    _, answer = type_lines(begun_, "sleep 5m")
    assert [event.kind for event in answer.events] == ["message"]


@pytest.mark.parametrize(("line", "said"), [("gh pr view 7 -R ldbl/sre", []), ("true", ["Still there?"])])
def test_what_an_event_makes_pointless_is_left_undone(session, line, said):
    facts = {"after": "2m", "unless": {"kind": "forge.looked"}, "says": "Still there?"}
    told = reviewing()
    told["meanwhile"] = [{"id": "asks", "who": "dana", **facts}]
    after, _ = type_lines(session(**told), line)
    _, answer = type_lines(after, "sleep 5m")
    assert [event.told()["text"] for event in answer.events if event.kind == "message"] == said


def test_people_answer_each_other_while_a_line_takes_its_time_and_once(session):
    told = [
        {"id": "first", "who": "kim", "after": "2m", "says": "Is it done?"},
        {
            "id": "then",
            "who": "ben",
            "when": {"kind": "message", "who": "kim"},
            "after": "3m",
            "says": "Soon.",
        },
        {
            "id": "late",
            "who": "kim",
            "when": {"kind": "message", "who": "ben"},
            "after": "9m",
            "says": "Good.",
        },
    ]
    begun_ = session(
        meanwhile=told, people=[{"name": "kim", "role": "asks"}, {"name": "ben", "role": "answers"}]
    )
    begun_, answer = type_lines(begun_, "sleep 10m")
    assert [event.text for event in answer.events] == ["Is it done?", "Soon."]
    begun_, answer = type_lines(begun_, "sleep 5m")
    assert [event.text for event in answer.events] == ["Good."]
    assert type_lines(begun_, "sleep 60m")[1].events == ()
