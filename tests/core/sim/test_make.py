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
    tasks("printf 'all:\\n\\techo $(eval date)\\n' > Makefile")
    made = tasks("make")
    assert made.code == 2 and "make's $(eval" in made.stderr


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


_RECURSIVE = "Makefile:1: *** Recursive variable 'a' references itself (eventually).  Stop.\n"
_EVAL = "simulator: make's $(eval …) is not simulated here; nothing was done\n"
RICH = """ENV ?= develop
SRC := $(wildcard src/*.txt)
ifeq ($(ENV),production)
FLAGS = --strict
else ifneq (,$(DEBUG))
FLAGS = --debug
else
FLAGS = none
endif
-include nope.mk
all: $(SRC:src/%.txt=out/%.md)
out/%.md: src/%.txt | out
\tcp $< $@ # $*
out: ; mkdir $@
plan: FLAGS += more
plan:
\t@echo $(ENV) $(FLAGS)
words:
\t@echo $(words $(SRC)) $(notdir $(SRC)) $(sort b a b) $(filter-out a,a b) $(addprefix x-,a b)
\t@echo $(foreach n,a b,[$(n)]) $(subst a,o,banana) $(if ,yes,no) $(call greet,kim) $(shell echo hi)
greet = hello $(1)
define twice
echo one
echo two
endef
multi:
\t$(twice)
missing:
\tnosuchtool --flag
again: ; @$(MAKE) plan
"""


def rich(terminal, line):
    terminal("mkdir -p src; echo a > src/a.txt; echo b > src/b.txt")
    terminal(f"cat > Makefile <<'E'\n{RICH.replace(chr(92) + 't', chr(9))}E")
    made = terminal(line)
    return made.stdout + made.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("make", "mkdir out\ncp src/a.txt out/a.md # a\ncp src/b.txt out/b.md # b\n"),
        ("make > /dev/null; make", "make: Nothing to be done for 'all'.\n"),
        ("make plan", "develop none more\n"),
        ("make plan ENV=production", "production --strict more\n"),
        ("DEBUG=1 make plan", "develop --debug more\n"),
        ("make words", "2 a.txt b.txt a b b x-a x-b\n[a] [b] bonono no hello kim hi\n"),
        ("make multi", "echo one\none\necho two\ntwo\n"),
        (
            "make missing",
            "nosuchtool --flag\nmake: nosuchtool: No such file or directory\n"
            "make: *** [Makefile:29: missing] Error 127\n",
        ),
        (
            "make again",
            "make[1]: Entering directory '/home/learner'\ndevelop none more\n"
            "make[1]: Leaving directory '/home/learner'\n",
        ),
    ],
)
def test_conditions_functions_and_patterns_are_read_as_make_reads_them(terminal, line, told):
    """Compared with GNU Make 4.3."""
    assert rich(terminal, line) == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ifeq (a,a)\nall:", "Makefile:3: *** missing 'endif'.  Stop.\n"),
        ("endif", "Makefile:1: *** extraneous 'endif'.  Stop.\n"),
        ("$(error stop here)", "Makefile:1: *** stop here.  Stop.\n"),
        (
            "x = $(eval y = 1)\nall: ; echo $(x)",
            _EVAL,
        ),
        (
            "a = $(a)\nall: ; echo $(a)",
            _RECURSIVE,
        ),
    ],
)
def test_what_cannot_be_read_is_said(terminal, text, said):
    terminal(f"cat > Makefile <<'E'\n{text}\nE")
    assert terminal("make").stderr == said
