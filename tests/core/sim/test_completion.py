"""What is offered where somebody is typing, from the one table of commands and from the world."""

import pytest

from checkpoint.core.sim.completion import MOST, completed
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.start import world_from

SETUP = {
    "env": {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@b.c",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@b.c",
    },
    "files": {"app/main.tf": "x", "app/my file.txt": "x", "app/.hidden": "x", "docs/a.md": "x"},
    "state": {"flux": {"cluster": "staging", "kustomizations": [{"name": "apps"}]}},
}


@pytest.fixture(scope="module")
def world():
    world = world_from(SETUP)
    for line in ("git init -q -b main", "git add .", "git commit -qm x", "git branch feat/one", "git tag v1"):
        made = step(world, Step("run", line))
        assert not made.code, made.stderr
        world = made.world
    return world


def offered(world, line):
    return [one.text for one in completed(world, line).candidates]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("kubec", "kubectl"),
        ("git swit", "switch"),
        ("echo hi | gre", "grep"),
        ("FOO=1 terra", "terraform"),
        ("git switch fe", "feat/one"),
        ("git log v", "v1"),
        ("git push --forc", "--force"),
        ("terraform pl", "plan"),
        ("cat app/ma", "app/main.tf"),
        ("cat ~/doc", "~/docs/"),
        ("kubectl get kustomi", "kustomizations"),
        ("kubectl -n flux", "flux-system"),
        ("kubectl config use-context st", "staging"),
        ("flux reconcile kustomization ap", "apps"),
    ],
)
def test_the_likeliest_word_is_offered_first(world, line, first):
    assert offered(world, line)[0] == first


def test_what_is_offered_comes_with_its_help(world):
    (one,) = completed(world, "kubectl config use-con").candidates
    assert one.help


def test_hidden_files_are_offered_only_when_asked_for(world):
    assert "app/.hidden" not in offered(world, "cat app/")
    assert offered(world, "cat app/.h") == ["app/.hidden"]


def test_odd_names_are_quoted(world):
    assert "app/my\\ file.txt" in offered(world, "cat app/my")


def test_what_is_replaced_is_the_word_being_typed(world):
    found = completed(world, "echo x && git swit")
    assert "echo x && git swit"[found.start :] == "swit"
    assert found.shared == "switch"


def test_nothing_is_offered_for_a_word_that_nothing_begins_with(world):
    assert offered(world, "zzz") == []
    assert offered(world, "cat zzz") == []


def test_the_offer_is_bounded_and_sorted(world):
    found = offered(world, "")
    assert len(found) == MOST and found == sorted(found)


@pytest.mark.parametrize(
    "line", ["'", '"a b', "a\\", "|||", "git ' switch", "$(", "cat <<EOF\n", "\x00", "é" * 300]
)
def test_any_line_gets_an_answer(world, line):
    assert completed(world, line).start <= len(line)
