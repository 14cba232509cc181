"""yq's own operators and options, after the documentation and pkg/yqlib of mikefarah/yq 4."""

import pytest

DOCUMENT = "b: 1\na:\n  x: {k: v}\n  y: [p, q]\n"


@pytest.fixture
def yq(terminal):
    terminal("cat > a.yaml", stdin=DOCUMENT)
    return terminal


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("yq keys a.yaml", "- b\n- a\n"),
        ("yq '.b | type' a.yaml", "!!int\n"),
        ('yq \'.. | select(. == "q") | path | join(".")\' a.yaml', "a.y.1\n"),
        ("yq '.. | select(key == \"k\")' a.yaml", "v\n"),
        ("yq '.a.x.k | parent | length' a.yaml", "1\n"),
        ("yq '.a.y.[1]' a.yaml", "q\n"),
        ("yq '.a.y[] | select(. == \"q*\")' a.yaml", "q\n"),
        ("yq .b.c a.yaml", ""),
        ("yq '.none[]' a.yaml", ""),
        ("yq -n '.a.b = 1'", "a:\n  b: 1\n"),
        ("V=2 yq '.a = env(V) | .a | tag' a.yaml", "!!int\n"),
        ("V=2 yq '.a = strenv(V) | .a | tag' a.yaml", "!!str\n"),
        ("yq 'with(.a; .y = 3) | pick([\"a\"]) | .a.y' a.yaml", "3\n"),
        ("yq -o json -I0 .a a.yaml", '{"x":{"k":"v"},"y":["p","q"]}\n'),
        ("yq -p json .x <<< '{\"x\": 4}'", "4\n"),
        ("yq . <<< 'x: 1'", "x: 1\n"),
        ("yq .b a.yaml a.yaml", "1\n---\n1\n"),
        ("yq 'del(.. | select(key == \"k\")) | .a.x' a.yaml", "{}\n"),
    ],
)
def test_yq_has_operators_and_options_of_its_own(yq, line, printed):
    assert yq.out(line) == printed


def test_yq_ends_with_one_where_nothing_is_found(yq):
    made = yq("yq -e .none a.yaml")
    assert (made.code, made.stdout, made.stderr) == (1, "null\n", "Error: no matches found\n")
    assert yq("yq -e .b a.yaml").code == 0


@pytest.mark.parametrize(
    "line",
    [
        "yq -o props . a.yaml",
        "yq -P . a.yaml",
        "yq ea . a.yaml",
        "yq '. *+ {}' a.yaml",
        "yq '.b line_comment=\"x\"' a.yaml",
        "yq '... comments=\"\"' a.yaml",
        "yq 'load(\"a.yaml\")' a.yaml",
        "yq '.a.y | map(key)' a.yaml",
        "yq '[1] | .[] | key' a.yaml",
    ],
)
def test_yq_says_what_is_not_simulated(yq, line):
    made = yq(line)
    assert made.code == 2
    assert "not simulated" in made.stderr
    assert yq.out("cat a.yaml") == DOCUMENT
