"""jq and yq: what is asked of JSON and YAML, what can't be, and programs that would never end."""

import pytest

from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import world_from

WEB = '{"name": "web", "image": {"tag": "1.4.0"}, "ports": [80, 443], "none": null}\n'
START = world_from({"files": {"a.json": WEB, "a.yaml": "name: web\nimage:\n  tag: 1.4.0\n"}})


def said(line: str) -> str:
    made = typed(START, line)
    return made.terminal + str(made.code)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("jq -r .image.tag a.json", "1.4.0\n0"),
        ("jq -c '.ports | map(. + 1)' a.json", "[81,444]\n0"),
        ("jq -c '{name, tag: .image.tag}' a.json", '{"name":"web","tag":"1.4.0"}\n0'),
        ("jq -r '\"\\(.name):\\(.image.tag)\"' a.json", "web:1.4.0\n0"),
        ("jq -c '.image.tag = \"2\" | .image' a.json", '{"tag":"2"}\n0'),
        ("jq '.ports[] | select(. > 100)' a.json", "443\n0"),
        ("jq -e .none a.json", "null\n1"),
        ("jq '.none // \"default\"' a.json", '"default"\n0'),
        ("jq -c 'keys, (.ports | add)' a.json", '["image","name","none","ports"]\n523\n0'),
        ("jq -n --arg v hi '$v'", '"hi"\n0'),
        ("jq . <<< '[]'", "[]\n0"),
        ("jq .name.x a.json", 'jq: error (at a.json:1): Cannot index string with string "x"\n5'),
        ("jq . nope.json", "jq: error: Could not open file nope.json: No such file or directory\n2"),
        ("jq nofunc a.json", "jq: error: nofunc/0 is not defined at <top-level>, line 1:\nnofunc\n"),
        ("jq 'reduce .ports[] as $x (0; . + $x)' a.json", "523\n0"),
        ("jq -c '[foreach .ports[] as $x (0; . + $x; [$x, .])]' a.json", "[[80,80],[443,523]]\n0"),
        ("jq 'def twice(f): f | f; .ports[0] | twice(. + 1)' a.json", "82\n0"),
        ("jq 'def inc($n): . + $n; 3 | inc(4)' <<< null", "7\n0"),
        ("jq -n 'def fac: if . < 2 then 1 else . * (. - 1 | fac) end; 5 | fac'", "120\n0"),
        ("jq -c '. as {name: $n, ports: [$p]} | [$n, $p]' a.json", '["web",80]\n0'),
        (
            "jq -n 'label $out | foreach (1, 2, 3) as $i (0; . + $i; ., (select(. > 2) | break $out))'",
            "1\n3\n0",
        ),
        ("jq -c '[paths(type == \"number\")]' a.json", '[["ports",0],["ports",1]]\n0'),
        ("jq -c 'del(.. | select(. == null)) | keys' a.json", '["image","name","ports"]\n0'),
        ("jq -c '.ports[1:] = [1, 2] | .ports' a.json", "[80,1,2]\n0"),
        ('jq -r \'.name | sub("(?<a>w)"; "<\\(.a)>")\' a.json', "<w>eb\n0"),
        ("jq -c '[limit(2; range(9))], [inputs]' -n a.json a.json | wc -l", "2\n0"),
        ('jq -r \'@sh "echo \\(.name)", @uri "?\\("a b")"\' a.json', "echo 'web'\n?a%20b\n0"),
        ("jq -n 'try error({a: 1}) catch .a'", "1\n0"),
        ("jq 'error({a: 1})' a.json", 'jq: error (at a.json:1) (not a string): {"a":1}\n5'),
        ("jq -nc '$ARGS.positional' --args a b", '["a","b"]\n0'),
        ("jq '.[$k]' --arg k name a.json", '"web"\n0'),
        ("jq -c '1795428000 | todate, (todate | fromdate)' a.json", '"2026-11-23T10:00:00Z"\n1795428000\n0'),
        ("jq '.a |' a.json", "jq: error: syntax error, unexpected $end (Unix shell quoting issues?)"),
        ("yq .image.tag a.yaml", "1.4.0\n0"),
        ("yq -i '.image.tag = \"1.5.0\"' a.yaml; cat a.yaml", "name: web\nimage:\n  tag: 1.5.0\n0"),
        ("yq -o json . a.yaml", '{\n  "name": "web",\n  "image": {\n    "tag": "1.4.0"\n  }\n}\n0'),
        ("printf 'a: [1, 2]\\n---\\na: [3]\\n' > b.yaml; yq '.a[]' b.yaml", "1\n2\n---\n3\n0"),
        ("printf 'a: 1\\n---\\na: 2\\n' > b.yaml; yq -o=json -N .a b.yaml", "1\n2\n0"),
        ("printf 'a: 1\\n---\\na: 2\\n' > b.yaml; yq -o json .a b.yaml", "1\n2\n0"),
        ("yq .x nope.yaml", "Error: open nope.yaml: no such file or directory\n1"),
    ],
)
def test_values_are_found_and_changed_as_jq_finds_them(line, told):
    assert said(line).startswith(told)


@pytest.mark.parametrize(
    "program",
    [
        "[.,.]" + " | [.,.]" * 60,
        ". + ." + " | . + ." * 60,
        "([.,.]" + " | [.,.]" * 40 + ") == 1",
        "[range(100000000)]",
        "[" * 300,
        "def f: f; f",
        "def f: (., .) | f; f",
        "[repeat(1)]",
        '[recurse(. + "x")]',
        "last(range(1; 1e12))",
        "reduce range(1e9) as $i (.; . + .)",
        "until(false; .)",
        "{a: (1,2,3,4,5,6,7,8,9), b: (1,2,3,4,5,6,7,8,9), c: (1,2,3,4,5,6,7,8,9), d: (1,2,3,4,5,6,7,8,9)}",
    ],
)
def test_a_program_that_grows_without_end_is_stopped(program):
    assert typed(START, f"jq '{program}' <<< '\"x\"'").code in (0, 1, 3)


def test_json_that_nests_too_deep_is_stopped():
    made = typed(START, f"jq . <<< '{'[' * 3000}'")
    assert (made.stdout, made.code) == ("", 1)


WRITTEN = """# What runs.
resources:
  - ../base # shared
  # only here
  - hpa.yaml
images:
  - name: web
    newTag: '1.0' # {"$imagepolicy": "production:web:tag"}
limits: {cpu: 500m, memory: "512Mi"}
note: |
  no # comment
# The end.
"""


@pytest.fixture
def written(terminal):
    terminal("cat > k.yaml", stdin=WRITTEN)
    return terminal


def test_yq_leaves_comments_quotes_and_flow_style_alone(written):
    assert written.out("yq . k.yaml") == WRITTEN
    written.out("yq -i '.images[0].newTag = \"1.1\"' k.yaml")
    assert written.out("cat k.yaml") == WRITTEN.replace("'1.0'", "'1.1'")


@pytest.mark.parametrize(
    ("program", "old", "new"),
    [
        ('.resources += ["x.yaml"]', "  - hpa.yaml\n", "  - hpa.yaml\n  - x.yaml\n"),
        ("del(.resources[0])", "  - ../base # shared\n", ""),
        ("del(.resources[1])", "  # only here\n  - hpa.yaml\n", ""),
        ('.limits.memory = "1Gi"', '"512Mi"', "1Gi"),
        (
            '.patches = [{"path": "m.yaml"}]',
            "  no # comment\n",
            "  no # comment\npatches:\n  - path: m.yaml\n",
        ),
    ],
)
def test_yq_changes_only_what_it_is_told_to(written, program, old, new):
    written.out(f"yq -i '{program}' k.yaml")
    assert written.out("cat k.yaml") == WRITTEN.replace(old, new)


def test_yq_prints_something_else_in_its_own_style(written):
    assert written.out("yq .limits k.yaml") == '{cpu: 500m, memory: "512Mi"}\n'
    assert written.out("yq '{\"a\": [.note]}' k.yaml") == "a:\n  - |\n    no # comment\n"
    assert written.out("printf 'a: 1\\n---\\na: 2 # two\\n' | yq '.a = 3'") == "a: 3\n---\na: 3 # two\n"
