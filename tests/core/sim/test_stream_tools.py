"""sed 4.9, find 4.9 and the tools for tables (util-linux 2.38, coreutils 9.1), compared with them."""

import pytest

LINES = "printf 'a 1\\nb 2\\nc 3\\n' > f; "
TREE = "mkdir -p d/.git d/x; echo hi > d/x/a.txt; echo > d/.git/c; touch d/b.log; "


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (LINES + "sed ':a;N;$!ba;s/\\n/,/g' f", "a 1,b 2,c 3\n"),
        (LINES + "sed 'N;s/\\n/ /' f", "a 1 b 2\nc 3\n"),
        (LINES + "sed '1!G;h;$!d' f", "c 3\nb 2\na 1\n"),
        (LINES + "sed -n '/a/{n;p}' f", "b 2\n"),
        (LINES + "sed -n 'x;p' f", "\na 1\nb 2\n"),
        (LINES + "sed '$!N;P;D' f", "a 1\nb 2\nc 3\n"),
        (LINES + "sed 's/a/X/;t;s/$/ no/' f", "X 1\nb 2 no\nc 3 no\n"),
        (LINES + "sed -n '2{s/b/B/;p;q}' f", "B 2\n"),
        (LINES + "sed '1,2c gone' f", "gone\nc 3\n"),
        (LINES + "sed '2q' f", "a 1\nb 2\n"),
        ("printf 'a\\tb\\n' | sed -n l", "a\\tb$\n"),
        (TREE + "find d -path d/.git -prune -o -type f -print | sort", "d/b.log\nd/x/a.txt\n"),
        (TREE + "find d \\( -name '*.txt' -o -name '*.log' \\) | sort", "d/b.log\nd/x/a.txt\n"),
        (TREE + "find d -type f -size +0 | sort", "d/.git/c\nd/x/a.txt\n"),
        (TREE + "find d -type f ! -empty -printf '%f %s %m\\n' | sort", "a.txt 3 644\nc 1 644\n"),
        (
            TREE + "chmod 600 d/b.log; find d -type f -perm 600; find d -maxdepth 1 -perm -100 -type d",
            "d/b.log\nd\nd/.git\nd/x\n",
        ),
        (TREE + "find d -name '*.log' -exec test -s {} \\; -print -o -name a.txt -print", "d/x/a.txt\n"),
        (TREE + "find d -mtime -1 -type f | wc -l; find d -mtime +1", "3\n"),
        (TREE + "find d -depth -type d | tail -1; find d -delete; ls", "d\n"),
        ("printf 'a b c\\ndd e f\\n' | column -t", "a   b  c\ndd  e  f\n"),
        ("printf 'a:b\\n' | column -t -s:", "a  b\n"),
        (
            "join <(printf 'a 1\\nb 2\\n') <(printf 'a x\\nc y\\n'); join -a1 <(echo b 2) <(echo c)",
            "a 1 x\nb 2\n",
        ),
        ("echo abcdef | fold -w 4", "abcd\nef\n"),
        (
            "expr 3 + 4 \\* 2; expr length abc; expr v1.2 : 'v\\(.*\\)'; expr 1 = 2; echo $?",
            "11\n3\n1.2\n0\n1\n",
        ),
        ("seq -w 8 10; echo a:b:c | cut -d: --complement -f2", "08\n09\n10\na:c\n"),
        ("printf 'a 3\\nb 12\\nc 3\\n' > f; sort -k2,2nr -k1,1r f", "b 12\nc 3\na 3\n"),
        ("printf '10K\\n2M\\n512\\n' | sort -h; printf 'Feb\\nJan\\n' | sort -M", "512\n10K\n2M\nJan\nFeb\n"),
        (
            "printf 'b\\0a\\0' | sort -z | tr '\\0' ,; printf 'b\\na\\n' | sort -c 2>&1",
            "a,b,sort: -:2: disorder: a\n",
        ),
        (
            "t=$(mktemp); echo hi > $t; cat $t; stat -c %a $t; test -d $(mktemp -d) && echo dir",
            "hi\n600\ndir\n",
        ),
        ("echo a b > w; xargs -a w -n1 echo", "a\nb\n"),
        ("echo ab | egrep 'a|x'", "ab\n"),
    ],
)
def test_a_line_prints_what_the_tool_prints(terminal, line, printed):
    assert terminal(line).stdout == printed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("find . -frob", "find: unknown predicate `-frob'\n"),
        (
            "find . \\( -name a",
            "find: invalid expression; I was expecting to find a ')' somewhere but did not see one.\n",
        ),
        ("find . -name a b", "find: paths must precede expression: `b'\n"),
        ("find . -user kim", "simulator: `find -user` is not simulated\n"),
        ("echo | sed 'b nowhere'", "sed: can't find label for jump to `nowhere'\n"),
        ("echo | sed ':a;ba'", "simulator: a sed script jumps at most 10,000 times for a line\n"),
        ("expr 1 / 0", "expr: division by zero\n"),
    ],
)
def test_what_cannot_be_done_is_said(terminal, line, said):
    assert terminal(line).stderr == said
