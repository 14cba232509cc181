"""make and the credential issuer. What make prints was compared with GNU Make 4.3."""

import pytest

from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import Terminal

MAKEFILE = """\
WHO ?= you
.PHONY: all greet fail
all: greet
\t@echo done $$HOME
greet: ## say hello
\techo hello $(WHO)
fail:
\t@exit 3
needy: nothere
"""


@pytest.fixture
def tasks():
    return Terminal(world_from({"files": {"Makefile": MAKEFILE}}))


@pytest.mark.parametrize(
    ("line", "out", "err", "code"),
    [
        ("make", "echo hello you\nhello you\ndone /home/learner\n", "", 0),
        ("make -n", "echo hello you\necho done $HOME\n", "", 0),
        ("make greet WHO=me", "echo hello me\nhello me\n", "", 0),
        ("WHO=env make -s greet", "hello env\n", "", 0),
        ("make fail", "", "make: *** [Makefile:8: fail] Error 3\n", 2),
        ("make nope", "", "make: *** No rule to make target 'nope'.  Stop.\n", 2),
        ("make needy", "", "make: *** No rule to make target 'nothere', needed by 'needy'.  Stop.\n", 2),
        ("cd /tmp && make", "", "make: *** No targets specified and no makefile found.  Stop.\n", 2),
    ],
)
def test_make_says_what_gnu_make_says(tasks, line, out, err, code):
    made = tasks(line)
    assert (made.stdout, made.stderr, made.code) == (out, err, code)


def test_a_function_that_make_has_and_this_one_has_not_is_refused_by_name(tasks):
    tasks("printf 'all:\\n\\techo $(shell date)\\n' > Makefile")
    made = tasks("make")
    assert made.code == 2 and "make's $(shell" in made.stderr


def test_a_shell_of_its_own_leaves_this_one_alone(tasks):
    assert (
        tasks.out("bash -c 'cd /tmp; x=1; echo $0 $1' me you; pwd; echo [$x]")
        == "me you\n/home/learner\n[]\n"
    )
    assert tasks("sh -c 'exit 4'").code == 4
    assert tasks.out("echo 'echo $1' > s.sh; bash s.sh hello") == "hello\n"


@pytest.fixture
def register():
    facts = {"credentials": [{"name": "deploy", "value": "live_leaked", "scope": "repo"}]}
    return Terminal(world_from({"state": {"issuer": facts}}))


def test_a_revoked_credential_is_refused_and_a_new_one_accepted(register):
    assert register("echo live_leaked | credctl check --stdin").code == 0
    happened = register("credctl revoke deploy").events
    assert [event.told()["kind"] for event in happened] == ["secret.revoked"]
    assert register("echo live_leaked | credctl check --stdin").code == 1
    register("credctl issue deploy --output new.txt")
    assert register("credctl check --stdin < new.txt").code == 0


def test_issuing_a_new_one_leaves_the_old_one_working(register):
    register("credctl issue deploy -o new.txt")
    assert register("echo live_leaked | credctl check --stdin").code == 0
