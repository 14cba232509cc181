"""Arrays, process substitution, traps and a script's errors; compared with bash 5.2."""

import pytest


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("a=(x y z); echo ${a[0]} ${a[-1]} ${#a[@]} ${!a[@]} ${a[@]:1:2}", "x z 3 0 1 2 y z\n"),
        ("a=([2]=x [5]=y); a+=(z); echo ${!a[@]}; unset 'a[2]'; echo ${a[@]}", "2 5 6\ny z\n"),
        ('a=(\'one two\' three); for e in "${a[@]}"; do echo "<$e>"; done', "<one two>\n<three>\n"),
        ("a=(p.yaml q.yaml); echo ${a[@]%.yaml} ${a[@]/#/x-}", "p q x-p.yaml x-q.yaml\n"),
        ('a=(1 2); set -- "${a[@]}" 3; echo $# ${@:2} ${!a[*]}', "3 2 3 0 1\n"),
        ('IFS=,; a=(1 2); echo "${a[*]}" ; for x in "${a[@]}"; do echo $x; done', "1,2\n1\n2\n"),
        (
            "declare -A o=([web]=kim [api]=noor [db]=ruth [cache]=1); echo ${!o[@]}; echo ${o[db]} ${o[no]-}",
            "db api web cache\nruth\n",
        ),
        (
            "declare -A n; for w in a b a; do ((n[$w]++)); done; declare -p n",
            'declare -A n=([b]="1" [a]="2" )\n',
        ),
        ("declare -a l=(1 'a b'); declare -p l", 'declare -a l=([0]="1" [1]="a b")\n'),
        ("declare -i n=5; n+=2; echo $n", "7\n"),
        ("name=HOME; echo ${!name}", "/home/learner\n"),
        ("f() { local -a a=(in); echo ${a[0]}; }; a=(out); f; echo ${a[0]}", "in\nout\n"),
        ("[[ v1.25 =~ ^v([0-9]+)\\.([0-9]+)$ ]] && echo ${BASH_REMATCH[1]}-${BASH_REMATCH[2]}", "1-25\n"),
        ("true | false | true; echo ${PIPESTATUS[@]}", "0 1 0\n"),
        ("IFS=: read -ra p <<< a:b:c; echo ${#p[@]} ${p[2]}", "3 c\n"),
        ("mapfile -t l < <(printf '1\\n2\\n'); echo ${l[1]}", "2\n"),
        ("printf -v p %03d 7; echo $p", "007\n"),
        ("diff <(echo a) <(echo b); echo $?", "1c1\n< a\n---\n> b\n1\n"),
        ("echo up | tee >(tr a-z A-Z > f) > /dev/null; cat f; ls /dev/fd 2> /dev/null", "UP\n"),
        ("(trap 'echo bye $?' EXIT; echo hi; exit 3); echo $?", "hi\nbye 3\n3\n"),
        ("trap 'echo x' INT; trap -p", "trap -- 'echo x' SIGINT\n"),
        ("select x in a b; do echo got $x; break; done <<< 2 2> /dev/null", "got b\n"),
        ("shopt -s nullglob; echo *.nope end; shopt -u nullglob; echo *.nope", "end\n*.nope\n"),
        ("x=/a/b; echo ${x/#\\/a/r} ${x/%b/c} {a..e..2}", "r/b /a/c a c e\n"),
        ("exec 3> f; echo one >&3; exec 3>&-; cat f", "one\n"),
        ("x=5; echo ${x@Q} $'it\\'s'", "'5' it's\n"),
    ],
)
def test_a_line_prints_what_bash_prints(terminal, line, printed):
    assert terminal(line).stdout == printed


def test_an_array_lasts_from_line_to_line(terminal):
    terminal("a=(1 2)")
    assert terminal("a[5]=six; echo ${a[@]}").stdout == "1 2 six\n"


def test_an_alias_counts_from_the_next_line_on_and_not_in_a_script(terminal):
    terminal("alias hi='echo hello'")
    assert terminal("hi there").stdout == "hello there\n"
    assert terminal("bash -c 'hi'").stderr == "bash: line 1: hi: command not found\n"


OPTIONS = """while getopts 'n:v' o; do
case $o in n) n=$OPTARG ;; v) v=yes ;; *) exit 64 ;; esac
done
shift $((OPTIND - 1)); echo "$n $v $*"
"""


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        ("-n develop -v a b", "develop yes a b\n", 0),
        ("-vndevelop", "develop yes \n", 0),
        ("-x", "s.sh: illegal option -- x\n", 64),
        ("-n", "s.sh: option requires an argument -- n\n", 64),
    ],
)
def test_getopts_reads_a_scripts_options(terminal, words, told, code):
    terminal(f"cat > s.sh <<'E'\n{OPTIONS}E")
    made = terminal(f"bash s.sh {words}")
    assert (made.stdout + made.stderr, made.code) == (told, code)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo a\nnosuch\necho b", "a\ns.sh: line 2: nosuch: command not found\nb\n"),
        ("echo a\nif true; then\n", "a\ns.sh: line 3: syntax error: unexpected end of file\n"),
        (
            "echo a\nif a; then b; fi fi",
            "a\ns.sh: line 2: syntax error near unexpected token `fi'\ns.sh: line 2: `if a; then b; fi fi'\n",
        ),
        ("trap 'echo line $LINENO' ERR\n\nfalse", "line 3\n"),
        ("set -u\necho $NOPE\necho never", "s.sh: line 2: NOPE: unbound variable\n"),
    ],
)
def test_a_scripts_errors_name_its_line_and_what_stands_before_is_run(terminal, script, told):
    terminal(f"printf %s '{script.replace(chr(39), chr(39) + chr(92) + chr(39) + chr(39))}' > s.sh")
    made = terminal("bash s.sh")
    assert "".join(chunk.text for chunk in made.chunks) == told


@pytest.mark.parametrize("line", ["a=(>", "a=(x > y)", "a=(;)", "a=(", "echo ${a[", "cat <(", "a=(x"])
def test_a_broken_array_is_a_syntax_error(terminal, line):
    made = terminal(line)
    assert "syntax error" in made.stderr or "unexpected EOF" in made.stderr
    assert made.code == 2


def test_a_syntax_error_behind_c_names_the_option_and_shows_the_line(terminal):
    told = "bash: -c: line 1: syntax error near unexpected token `fi'\nbash: -c: line 1: `if a; fi'\n"
    assert terminal("bash -c 'if a; fi'").stderr == told


def test_arrays_have_an_end(terminal):
    made = terminal("for i in {1..999}; do a[i]=$i; done; echo ${#a[@]}; a+=(1 2)")
    assert "values in arrays" in made.stderr
