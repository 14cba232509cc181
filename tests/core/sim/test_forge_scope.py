"""A reviewer of scope asks for one change in each pull request, unless that guardrail is switched off."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.parts.forge.scope import Scope, environments_in, kinds_in, objection
from checkpoint.core.sim.start import changed_by
from tests.core.sim.test_forge import clone_of, told

FACTS = {
    "reviewer": "scopebot",
    "environments": ["develop", "staging", "production"],
    "classes": [
        {"name": "words", "paths": ["docs/**"], "free": True},
        {"name": "secrets", "paths": ["flux/secrets/**"]},
        {"name": "routing", "paths": ["flux/**/ingress.yaml"]},
        {"name": "image", "paths": ["flux/apps/**/kustomization.yaml"], "lines": "newTag"},
        {"name": "application", "paths": ["flux/apps/**"]},
    ],
}


@pytest.fixture
def terminal():
    terminal = clone_of()
    terminal.world = changed_by(terminal.world, {"scope": FACTS})
    terminal("git switch -qc fix")
    return terminal


def pushed(terminal, *paths):
    for path in paths:
        terminal(f"mkdir -p $(dirname {path}) && echo newTag: 1 >> {path}")
    terminal("git add . && git commit -qm Change")
    return terminal("git push -q -u origin fix")


def acted(made):
    return [
        (one["result"], one["about"])
        for one in told(made)
        if one["kind"] == "guardrail" and one["guardrail"] == "one-change-per-pr"
    ]


def reviews(terminal):
    return [(one.author, one.state) for one in terminal.world.part(Forge).pulls[0].reviews]


def test_two_kinds_of_change_are_asked_to_be_split(terminal):
    pushed(terminal, "flux/apps/web/develop/kustomization.yaml", "flux/apps/web/develop/ingress.yaml")
    made = terminal("gh pr create --fill")
    assert acted(made) == [("caught", "routing and image in one pull request")]
    assert reviews(terminal) == [("scopebot", "CHANGES_REQUESTED")]
    assert any(one["kind"] == "other" and one["actor"] == "scopebot" for one in told(made))


def test_two_environments_are_asked_to_be_split(terminal):
    pushed(
        terminal, "flux/apps/web/staging/kustomization.yaml", "flux/apps/web/production/kustomization.yaml"
    )
    assert acted(terminal("gh pr create --fill")) == [
        ("caught", "staging and production in one pull request")
    ]


def test_a_secret_with_the_line_that_lists_it_is_one_change(terminal):
    pushed(terminal, "flux/secrets/develop/web.yaml", "flux/secrets/develop/kustomization.yaml")
    assert acted(terminal("gh pr create --fill")) == [("passed", "")]
    assert reviews(terminal) == []


def test_words_may_travel_with_anything(terminal):
    pushed(terminal, "docs/a.md", "flux/apps/web/develop/ingress.yaml")
    assert acted(terminal("gh pr create --fill")) == [("passed", "")]


def test_a_later_push_is_looked_at_again(terminal):
    pushed(terminal, "flux/apps/web/develop/ingress.yaml")
    assert acted(terminal("gh pr create --fill")) == [("passed", "")]
    made = pushed(terminal, "flux/secrets/develop/web.yaml")
    assert acted(made) == [("caught", "secrets and routing in one pull request")]
    made = terminal("git rm -q flux/secrets/develop/web.yaml && git commit -qm Split && git push -q")
    assert acted(made) == [("passed", "")]
    assert reviews(terminal)[-1] == ("scopebot", "DISMISSED")


def test_a_merge_waits_until_it_is_split(terminal):
    pushed(terminal, "flux/secrets/develop/web.yaml", "flux/apps/web/develop/ingress.yaml")
    terminal("gh pr create --fill")
    assert terminal("gh pr merge --squash").code == 1


def test_switched_off_it_says_nothing(terminal):
    terminal.world = replace(terminal.world, off=frozenset({"one-change-per-pr"}))
    pushed(terminal, "flux/secrets/develop/web.yaml", "flux/apps/web/develop/ingress.yaml")
    assert acted(terminal("gh pr create --fill")) == [("off", "")]
    assert reviews(terminal) == []


def test_without_a_reviewer_nobody_asks():
    terminal = clone_of()
    terminal("git switch -qc fix")
    pushed(terminal, "flux/secrets/develop/web.yaml", "flux/apps/web/develop/ingress.yaml")
    assert acted(terminal("gh pr create --fill")) == []


def test_what_changed_is_sorted_by_the_first_class_that_fits(terminal):
    scope = terminal.world.part(Scope)
    secrets = {"flux/secrets/develop/kustomization.yaml": ("- web.yaml",), "README.md": ("Words",)}
    assert kinds_in(scope, secrets) == ("secrets",)
    overlay = "flux/apps/web/develop/kustomization.yaml"
    assert kinds_in(scope, {overlay: ("newTag: a", "newTag: b", "")}) == ("image",)
    assert kinds_in(scope, {overlay: ("newTag: a", "- more.yaml")}) == ("application",)
    assert environments_in(scope, ["flux/apps/web/base/a.yaml", "develop"]) == ()
    assert objection(scope, {"flux/apps/web/base/ingress.yaml": ("port: 1",)}) == ""
