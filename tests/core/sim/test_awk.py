"""awk: columns of lines."""

import pytest

PODS = (
    "printf '%s\\n' 'NAME READY STATUS RESTARTS' 'web-1 1/1 Running 0' 'web-2 0/1 Pending 3' "
    "'db-0 1/1 Running 12' > pods"
)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("awk 'NR>1 {print $1, $NF}' pods", "web-1 0\nweb-2 3\ndb-0 12\n"),
        ("awk '$4 > 2 {print $1\":\" $4}' pods", "NAME:RESTARTS\nweb-2:3\ndb-0:12\n"),
        ("awk '$1 ~ /^web/ && $3 !~ /Run/' pods", "web-2 0/1 Pending 3\n"),
        ("awk '{s+=$4} END {print s, s/NR}' pods", "15 3.75\n"),
        ("awk '{c[$3]++} END {for (k in c) print k, c[k]}' pods | sort", "Pending 1\nRunning 2\nSTATUS 1\n"),
        ("awk '!seen[$3]++ {n++} END {print n}' pods", "3\n"),
        ("awk -v t=Pending '$3 == t {print $1}' pods", "web-2\n"),
        ("awk 'NR==2,NR==3 {print NR}' pods", "2\n3\n"),
        ('echo a:b | awk \'BEGIN{FS=":"; OFS="|"} {$2="*"; print}\'', "a|*\n"),
        ("awk 'NR==2 {printf \"%-6s|%3d|%.2f\\n\", $1, $4, 1/3}' pods", "web-1 |  0|0.33\n"),
        ("echo web | awk '{gsub(/e/, \"<&>\"); print toupper($0), length}'", "W<E>B 5\n"),
        ('awk \'BEGIN {n = split("a,b", p, ","); print n, p[2]}\'', "2 b\n"),
        ("awk 'BEGIN {while (i < 5) {i++; if (i == 2) continue; if (i > 3) break; print i}}'", "1\n3\n"),
        ("awk 'function f(a, b) { return a * b } BEGIN { print f(3, 4) }'", "12\n"),
        ("awk 'BEGIN { print 1/3, 1e6, 0.1+0.2, 2^10, 7%3, -5 }'", "0.333333 1000000 0.3 1024 1 -5\n"),
        ('echo 3 10 | awk \'{print ($1 < $2), ("3" < "10"), $1 $2}\'', "1 0 310\n"),
        ("awk 'match($0, /[0-9]+/) && NR == 2 {print RSTART, RLENGTH}' pods", "5 1\n"),
        ('awk \'BEGIN { print 1 > "n"; print 2 > "n" }\'; cat n', "1\n2\n"),
    ],
)
def test_a_program_prints_what_awk_prints(terminal, line, printed):
    terminal(PODS)
    assert terminal(line).stdout == printed


def test_exit_gives_the_code_and_still_runs_the_end(terminal):
    made = terminal("awk 'BEGIN { exit 3 } END { print \"end\" }'")
    assert (made.code, made.stdout) == (3, "end\n")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("awk '{print $1' pods", 1, "awk: cmd. line:1:"),
        ("awk 1 nope", 2, "awk: fatal: cannot open file `nope' for reading: No such file or directory\n"),
        ("awk 'BEGIN { print 1/0 }'", 2, "awk: division by zero\n"),
        (
            "awk 'BEGIN { system(\"ls\") }'",
            2,
            "simulator: awk's system is not simulated here; nothing was done\n",
        ),
        ("awk 'BEGIN { print | \"sh\" }'", 2, "simulator: awk's pipes to other commands is"),
        ("awk 'BEGIN { while (1) {} }'", 1, "stopped after"),
        ("awk 'function f(x) { return f(x) } BEGIN { f(1) }'", 1, "stopped at"),
        ("awk 'BEGIN { substr(\"a\") }'", 2, "awk: fatal:"),
    ],
)
def test_a_program_that_fails_says_why(terminal, line, code, told):
    terminal(PODS)
    made = terminal(line)
    assert (made.code, told in made.stderr) == (code, True), made.stderr
