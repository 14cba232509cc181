"""The shell: words, lists, pipelines, redirections, loops, functions."""

import pytest


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("echo a  b 'c  d'", "a b c  d\n"),
        ("A=x; echo \"$A ${A}y\" '$A'", "x xy $A\n"),
        ("echo ${B:-none} ${#B} ${HOME##*/}", "none 0 learner\n"),
        ("A=~/x; export B=/a:~/y:~; echo $A $B", "/home/learner/x /a:/home/learner/y:/home/learner\n"),
        ("A='~'/x; B=a~:b=~; echo $A $B a:~ x=~ {c,d}=~", "~/x a~:b=~ a:~ x=/home/learner c=~ d=~\n"),
        ("for i in 1 {2..3}; do echo -n $i; done", "123"),
        ("echo a b c | while read x rest; do echo $rest; done", "b c\n"),
        ('f() { local v=$1; echo "<$v>"; return 3; }; f q; echo $?', "<q>\n3\n"),
        ("x=$(echo hi; false); echo $x $?", "hi 1\n"),
        ("echo $((2 ** 10 % 7 + (1 << 2)))", "6\n"),
        ("case web.yaml in *.yml) echo 1;; *.yaml) echo 2;; esac", "2\n"),
        ("[[ abc == a* && -d /home ]] && echo yes", "yes\n"),
        ("(cd /; pwd); pwd", "/\n/home/learner\n"),
        ("cat <<EOF\n$HOME\nEOF", "/home/learner\n"),
        ("cat <<'EOF'\n$HOME\nEOF", "$HOME\n"),
        ("echo one > f; echo two >> f; cat < f", "one\ntwo\n"),
        ("{ echo out; echo err >&2; } 2> /dev/null", "out\n"),
        ("false || echo no; true && echo yes", "no\nyes\n"),
        ("! false; echo $?", "0\n"),
        ("printf '%s=%03d\\n' a 7 b 8", "a=007\nb=008\n"),
        ("i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done", "1\n3\n"),
        ("if test -f nope; then echo a; elif true; then echo b; else echo c; fi", "b\n"),
        ("V=1 env | grep ^V=", "V=1\n"),
        ("touch x1 x2; echo x*", "x1 x2\n"),
        ("echo {a,b}{1,2}", "a1 a2 b1 b2\n"),
        ("printf 'b\\na\\n' | sort | head -1 | tr a-z A-Z", "A\n"),
        ("printf 'a\\nb\\n' > f; echo $(< f) $(<nope) end 2> /dev/null", "a b end\n"),
        (
            "echo hi > f; md5sum f > s; md5sum -c s; echo ho > f; md5sum -c s 2> /dev/null; echo $?",
            "f: OK\nf: FAILED\n1\n",
        ),
        ("printf 'a\\nb\\n' > f; printf 'b\\nc\\n' > g; comm f g; comm -12 f g", "a\n\t\tb\n\tc\nb\n"),
        ("mkdir -m 700 d; stat -c %a d", "700\n"),
        ("printf 'a\\n\\n' | nl -ba | cut -c6-7 | tr '\\t' x", "1x\n2x\n"),
        ("timeout 5 false; echo $?; timeout x true 2> /dev/null; echo $?", "1\n125\n"),
        ("echo ${NEW:-none} ${NEW:=set} $NEW", "none set set\n"),
        ("echo hi > a; grep h a nope 2> /dev/null; echo $?", "a:hi\n2\n"),
        ("echo hi > a; grep -q h nope a 2> /dev/null; echo $?", "0\n"),
        ("touch a; chmod 755 a; chmod -x a; ls -l a | cut -c1-10", "-rw-r--r--\n"),
        ("mkdir d; echo x > a; wc -l a d 2> /dev/null; echo $?", "      1 a\n      0 d\n      1 total\n1\n"),
    ],
)
def test_a_line_prints_what_bash_prints(terminal, line, printed):
    assert terminal(line).stdout == printed


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        ("kubctl get pods", "bash: kubctl: command not found\n", 127),
        ("./nope.sh", "bash: ./nope.sh: No such file or directory\n", 127),
        ("echo a | | b", "bash: syntax error near unexpected token `|'\n", 2),
        ("echo 'a", "bash: unexpected EOF while looking for matching `''\n", 2),
        ("if true; then echo", "bash: syntax error: unexpected end of file\n", 2),
        ("cd /nope", "bash: cd: /nope: No such file or directory\n", 1),
        ("echo a > /etc/passwd", "bash: /etc/passwd: Permission denied\n", 1),
        ("sleep 5 &", "simulator: running something in the background with & is not part of this shell\n", 2),
        ("echo $((1/0))", 'bash: 1/0: division by 0 (error token is "0")\n', 1),
    ],
)
def test_what_it_cannot_do_is_said_as_bash_says_it(terminal, line, said, code):
    made = terminal(line)
    assert (made.stderr, made.code) == (said, code)


def test_folder_variables_and_status_last_from_line_to_line(terminal):
    terminal("cd /tmp; NAME=web; false")
    assert terminal.out("echo $? $NAME $PWD") == "1 web /tmp\n"


def test_a_variable_in_front_of_a_command_does_not_last(terminal):
    terminal("NAME=web env > /dev/null")
    assert terminal.out("echo [$NAME]") == "[]\n"


def test_a_script_runs_in_a_shell_of_its_own(terminal):
    terminal("printf '#!/bin/bash\\ncd /\\necho \"$0 $1\"\\nexit 4\\n' > s.sh; chmod +x s.sh")
    made = terminal("./s.sh one")
    assert (made.stdout, made.code) == ("./s.sh one\n", 4)
    assert terminal.out("pwd") == "/home/learner\n"


def test_an_option_that_is_not_simulated_changes_nothing_and_says_so(repository):
    before = repository.world.files
    made = repository("git commit -S -m x")
    assert "git commit -S is not simulated here; nothing was done" in made.stderr and made.code == 2
    assert repository.world.files == before
    assert [event.kind for event in made.events] == ["unsupported"]


def test_a_limit_ends_the_line_with_everything_as_it_was(terminal):
    before = terminal.world.files
    made = terminal("echo x > f; while true; do echo y >> f; done")
    assert "a loop turns at most 1,000 times" in made.stderr
    assert terminal.world.files == before


def test_arguments_that_the_prompt_was_given_stay_until_they_are_changed(terminal):
    terminal("set -- 'a b' c; shift 0")
    assert terminal.out('echo "$# $1"; for word; do echo "<$word>"; done') == "2 a b\n<a b>\n<c>\n"
    assert terminal.out("f() { set -- inside; echo $1; }; f; echo $2") == "inside\nc\n"
    assert terminal.out('(set -- x; echo $1); echo "$(set -- y; echo $1)" $2') == "x\ny c\n"
    terminal("shift")
    assert terminal.out("echo $# $1; bash -c 'echo $#'") == "1 c\n0\n"
