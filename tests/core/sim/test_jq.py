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
        ("jq 'reduce .[] as $x (0; . + $x)' a.json", "simulator: jq's `reduce` is not simulated\n2"),
        ("yq .image.tag a.yaml", "1.4.0\n0"),
        ("yq -i '.image.tag = \"1.5.0\"' a.yaml; cat a.yaml", "name: web\nimage:\n  tag: 1.5.0\n0"),
        ("yq -o json . a.yaml", '{\n  "name": "web",\n  "image": {\n    "tag": "1.4.0"\n  }\n}\n0'),
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
        "{a: (1,2,3,4,5,6,7,8,9), b: (1,2,3,4,5,6,7,8,9), c: (1,2,3,4,5,6,7,8,9), d: (1,2,3,4,5,6,7,8,9)}",
    ],
)
def test_a_program_that_grows_without_end_is_stopped(program):
    assert typed(START, f"jq '{program}' <<< '\"x\"'").code in (0, 1, 3)


def test_json_that_nests_too_deep_is_stopped():
    made = typed(START, f"jq . <<< '{'[' * 3000}'")
    assert (made.stdout, made.code) == ("", 1)
