"""What a script switches on, counts and keeps for itself: set -e, -u, pipefail, -x, (( )), IFS, folders."""

import pytest

from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import world_from

START = world_from({})


def said(line: str) -> str:
    made = typed(START, line)
    return made.terminal + str(made.code)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("bash -c 'set -e; false; echo never'", "1"),
        ("bash -ec 'false; echo never'", "1"),
        ("bash -c 'set -e; false || true; ! true; if false; then :; fi; echo reached'", "reached\n0"),
        ("bash -c 'set -e; false && true; echo reached'", "reached\n0"),
        ("bash -c 'set -e; while false; do :; done; (false); echo never'", "1"),
        ("bash -c 'set -e; f() { false; echo in; }; f || echo handled'", "in\n0"),
        ("bash -c 'set -e; f() { false; echo in; }; f; echo never'", "1"),
        ("bash -c 'set -e; x=$(false); echo never'", "1"),
        ("bash -c 'set -e; echo $(false; echo x)'", "x\n0"),
        ("bash -c 'set -e; false | true; echo reached'", "reached\n0"),
        ("bash -c 'set -eo pipefail; false | true; echo never'", "1"),
        ("bash -c 'set -e; set +e; false; echo reached'", "reached\n0"),
        ("bash -c 'set -u; echo $NOPE; echo never'", "bash: line 1: NOPE: unbound variable\n127"),
        ("bash -c 'set -u; echo ${NOPE:-fine}'", "fine\n0"),
        ("bash -c 'echo ${NOPE:?missing}; echo never'", "bash: line 1: NOPE: missing\n127"),
        ("echo ${NOPE:?missing}; echo never", "bash: NOPE: missing\n1"),
        ("bash -c 'set -x; a=\"b c\"; echo $a'", "+ a='b c'\n+ echo b c\nb c\n0"),
        ("set -o pipefail; false | true; echo $?", "1\n0"),
        ("set -Z", "bash: set: -Z: invalid option\nset: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] "),
    ],
)
def test_options_end_a_script_where_bash_ends_it(line, told):
    assert said(line).startswith(told)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x=5; ((x++)); ((x *= 2)); echo $x", "12\n0"),
        ("((0)); echo $?; ((3 > 2)) && echo yes", "1\nyes\n0"),
        ("for ((i = 0; i < 3; i++)); do echo -n $i; done", "0120"),
        ("let y=3+4 z=y*2; echo $y $z", "7 14\n0"),
        ("((echo a); echo b)", "a\nb\n0"),
        ("echo $((x = 3, x + 1)) $((5 > 3 ? 1 : 0))", "4 1\n0"),
    ],
)
def test_numbers_are_counted_with(line, told):
    assert said(line) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("IFS=, read -r a b c <<< 'x,y,z,w'; echo $a-$b-$c", "x-y-z,w\n0"),
        ("IFS=:; p=a:b; for x in $p; do echo $x; done", "a\nb\n0"),
        ("read -r l <<< '  a  b '; echo \"[$l]\"", "[a  b]\n0"),
        ("b='two words'; echo ${b^} ${b^^} ${b,,}", "Two words TWO WORDS two words\n0"),
    ],
)
def test_words_are_cut_and_changed(line, told):
    assert said(line) == told


def test_a_shell_of_its_own_gets_only_what_is_exported():
    assert said("a=1; export b=2; bash -c 'echo [$a$b]'") == "[2]\n0"
    assert said("f() { echo f; }; bash -c f") == "bash: line 1: f: command not found\n127"


def test_a_variable_that_is_read_only_stays():
    assert said("readonly A=1; A=2; echo $A") == "bash: A: readonly variable\n1\n0"


def test_folders_are_remembered_and_gone_back_to():
    assert said("pushd /tmp; popd") == "/tmp ~\n~\n0"  # noqa: S108
    assert said("popd") == "bash: popd: directory stack empty\n1"


def test_nothing_can_be_read_from_or_kept_in_the_null_device():
    assert said("grep -q x /dev/null; echo $?; echo a | tee /dev/null; cat /dev/null") == "1\na\n0"


def test_a_real_tool_that_is_not_there_is_named_and_a_mistyped_one_is_not_found():
    assert said("perl -e 1") == "simulator: 'perl' is not part of this exercise\n127"
    assert said("kubctl get pods") == "bash: kubctl: command not found\n127"


def test_lines_are_turned_round_and_joined():
    assert said("printf 'a\\nb\\n' | tac | paste -sd,") == "b,a\n0"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('f=a/b/c.txt; echo "${f##*/} ${f%.*} ${f/b/x}"', "c.txt a/b/c a/x/c.txt\n0"),
        ("echo $((16#ff)) $((010)) $((0x1f))", "255 8 31\n0"),
        ("mkdir bin; echo 'echo mine' > bin/own; chmod +x bin/own; PATH=$PATH:$PWD/bin; own", "mine\n0"),
        ("/bin/false; echo $?; /usr/bin/env true; echo $?", "1\n0\n0"),
    ],
)
def test_patterns_inside_quotes_and_commands_by_their_place_are_understood(line, told):
    assert said(line) == told
