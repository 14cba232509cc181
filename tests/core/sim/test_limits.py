"""How much a line and a session may use: a limit ends the line with a word about it and changes nothing."""

import pytest

from checkpoint.core.sim import limits
from checkpoint.core.sim.actors import ACTORS, Due, catch_up, plan
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.run import Step, step, typed
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import Shell, World
from tests.core.sim.conftest import GITCONFIG

START = world_from({"files": {".gitconfig": GITCONFIG}})
DOUBLED = "x=aaaaaaaaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9 0 1; do x=$x$x; done;"
"""Sets `x` to 32 KB."""
LONG = "aaaaaaaaaa" * 20


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("echo " + "x" * limits.LINE, "a line has at most 8 KB"),
        ("cat <<E\n" + "x" * (limits.HERE_DOCUMENT + 1) + "\nE", "a here-document holds at most 64 KB"),
        ("for i in {1..999}; do touch f$i; done; touch g h i j k l m n", "there are at most 1,000 files"),
        ("mkdir -p " + "/".join("d" * (limits.DEPTH + 1)), "at most 32 folders stand inside each other"),
        ("for i in {1..900}; do for j in {1..900}; do :; done; done", "stopped after 10,000 steps"),
        ("while true; do :; done", "a loop turns at most 1,000 times"),
        ("( " * 60 + "true" + ")" * 60, "at most 50 commands stand inside each other"),
        ("${x:-" * 60 + "}" * 60, "at most 50 commands stand inside each other"),
        ("f() { f; }; f", "stopped at 50 commands inside each other"),
        ("true" + " | true" * limits.STAGES, "a pipeline has at most 20 commands"),
        ("echo {1..2000}", "braces become at most 1,000 words"),
        ("mkdir d; cd d; touch {1..600}; echo * *", "a line has at most 1,000 words after expansion"),
        ("( " * 40 + "f() { g; }; g() { f; }; f" + ")" * 40, "stopped at 50 commands inside each other"),
        ("echo $((" + "(" * 60 + "1" + ")" * 60 + "))", "at most 50 brackets stand inside each other"),
        ("echo {1..900} {1..900}", "a line has at most 1,000 words after expansion"),
        ("for i in {1..900}; do x=a$x$x; done", "a word has at most 64 KB after expansion"),
        (f"{DOUBLED} : $x $x $x $x $x $x $x $x $x", "all words of a command together have at most 256 KB"),
        (f"{DOUBLED} for i in {{1..20}}; do eval v$i=$x; done", "all variables together hold at most 256 KB"),
        ("for i in {1..999}; do eval v$i=1; done; a=1 b=1 c=1 d=1 e=1", "there are at most 1,000 variables"),
        ("for i in {1..101}; do eval f$i'() { :; }'; done", "there are at most 100 functions"),
    ],
)  # fmt: skip
def test_a_limit_ends_the_line_with_everything_as_it_was_before(line, told):
    made = typed(START, line)
    assert told in made.stderr
    assert made.code == 1
    assert (made.world.files, made.world.parts) == (START.files, START.parts)
    assert made.world.shell.variables == START.shell.variables


def test_output_is_cut_with_a_word_about_it():
    made = typed(START, "for i in {1..900}; do echo " + LONG + "; done")
    assert len(made.stdout) == limits.OUTPUT
    assert made.stderr == "simulator: output ends here, after 64 KB\n"


def test_a_file_is_bounded():
    made = step(START, Step("write", path="big", content="x" * (limits.FILE + 1)))
    assert (made.terminal, made.code) == ("simulator: a file holds at most 256 KB\n", 1)
    assert made.world == START


def test_all_files_together_are_bounded():
    world, fit = START, limits.FILE_SYSTEM // limits.FILE - 1
    for number in range(fit):
        world = step(world, Step("write", path=f"big{number}", content="x" * limits.FILE)).world
    made = step(step(world, Step("write", path="a", content="x")).world, Step("run", "cp big* ..; cp -r . b"))
    assert "all files together hold at most 4 MB" in made.stderr


def test_a_name_and_a_path_have_git_and_the_kernels_bounds():
    assert "File name too long" in typed(START, "touch " + "x" * (limits.NAME + 1)).stderr
    assert "File name too long" in typed(START, "touch " + "x/" * (limits.PATH // 2 + 1)).stderr


def in_repository(line: str) -> Outcome:
    world = typed(START, "git init -q app; cd app").world
    return typed(world, line)


def test_a_session_makes_a_bounded_number_of_commits_however_many_lines_it_takes():
    many = "for i in {1..120}; do git commit -q --allow-empty -m $i; done"
    first = in_repository(many)
    assert first.code == 0
    second = typed(first.world, many)
    assert "a session makes at most 200 commits" in second.stderr
    assert typed(second.world, "git rev-list --count HEAD").stdout == "120\n"


def test_a_session_makes_a_bounded_number_of_objects_even_where_they_are_collected():
    world = in_repository("true").world
    many = "for i in {1..900}; do echo $RANDOM$i$s > f; git add f; done; git gc -q --prune=now"
    made = [typed(replace_variable(world, str(n)), many) for n in range(1)]
    for n in range(1, 3):
        made.append(typed(replace_variable(made[-1].world, str(n)), many))
    assert [one.code for one in made] == [0, 0, 1]
    assert "a session makes at most 2,000 git objects" in made[-1].stderr


def replace_variable(world: World, value: str) -> World:
    return typed(world, f"s={value}").world


def test_objects_that_others_made_do_not_count():
    world = in_repository("for i in {1..150}; do git commit -q --allow-empty -m $i; done").world
    made = typed(world, "cd ..; git clone -q app copy; cd copy; git commit -q --allow-empty -m mine")
    assert (made.code, made.stderr) == (0, "")


def test_a_session_makes_a_bounded_number_of_age_keys_however_many_lines_it_takes():
    seven = "for i in {1..7}; do age-keygen -o $s$i.txt; done"
    first = typed(replace_variable(START, "a"), seven)
    second = typed(replace_variable(first.world, "b"), seven)
    assert (first.code, second.code) == (0, 1)
    assert "a session makes at most 10 age keys; reset it to go on" in second.stderr
    assert typed(second.world, "age-keygen -y a1.txt; ls b*.txt").stdout.startswith("age1")
    third = typed(second.world, "for i in 1 2 3; do age-keygen -o c$i.txt; done; age-keygen -o a1.txt")
    assert third.stderr.endswith("https://filippo.io/age/report\n"), "a key that isn't made doesn't count"
    assert "at most 10 age keys" in typed(third.world, "age-keygen").stderr


def test_history_forgets_its_oldest_lines_where_they_are_too_long():
    shell = Shell()
    for number in range(600):
        shell = shell.remembering(f"{number} " + "x" * 1_000)
    assert sum(map(len, shell.history)) <= limits.HISTORY
    assert shell.history[-1].startswith("599 ")


def test_an_actor_who_meets_a_limit_changes_nothing_and_raises_nothing(monkeypatch):
    def fails(world: World, due: Due) -> tuple[World, tuple[()]]:
        raise Exhausted("too much")

    monkeypatch.setitem(ACTORS, "clumsy", fails)
    world, events = catch_up(plan(START, Due(START.clock, "clumsy", "trip")))
    assert (world.files, events) == (START.files, ())


def with_file(name: str, text: str) -> World:
    return world_from({"files": {".gitconfig": GITCONFIG, name: text}})


@pytest.mark.parametrize(
    "line",
    [
        "grep -E '(a+)+$' big",
        "sed -E 's/(a|aa)+$/x/' big",
        "[[ $(cat big) =~ ^(a*)*b$ ]]",
        "git init -q; git add big; git grep -cE '(a|a)*c'",
        "jq -R 'test(\"^(a+)+$\")' big",
        "git init -q; git commit -q --allow-empty -F big; git log --grep '^\\(a*\\)*$'",
        'echo \'output "a" { value = regexall("^(a+)+$", file("big")) }\' > a.tf; terraform plan',
    ],
)
def test_an_expression_that_would_go_back_for_ever_ends(line):
    """Python's own engine needs 2 to the power of 60,000 steps for these."""
    assert typed(with_file("big", "a" * 60_000 + "!\n"), line).code in (0, 1)


def test_numbers_have_64_bits():
    told = typed(START, "echo $((9223372036854775807 + 1)) $((2 ** 64)) $((3 ** 3 ** 3 ** 3))")
    assert told.stdout.split()[:2] == ["-9223372036854775808", "0"]
    assert typed(START, "x=1; for i in {1..900}; do x=$((x * 997)); done; echo ${#x}").stdout < "20"


@pytest.mark.parametrize("line", ["[[ \udc80 =~ \udc80 ]]", "git init -q a; cd a; git grep -F \udcff"])
def test_a_pattern_that_is_no_unicode_is_answered_and_not_raised(line):
    assert typed(START, line).code in (0, 1, 2)


@pytest.mark.parametrize("line", ["chmod 7 /", "git init -q a; cd a; echo > .git/index; git add ."])
def test_what_the_fuzzer_found_is_told_of_and_not_raised(line):
    assert typed(START, line).code in (1, 128)


@pytest.mark.parametrize(
    ("name", "text", "line", "told"),
    [
        ("a.yaml", "[" * 60 + "]" * 60, "yq . a.yaml", "at most 40 levels deep"),
        ("a.yaml", "a: &a [1]\nb: *a\n", "yq . a.yaml", "YAML aliases are not read here"),
        ("a.yaml", "a: " + "x" * limits.YAML, "yq .a a.yaml", "a YAML file holds at most 64 KB"),
        ("a.tf", "#" * (limits.HCL + 1), "terraform validate", "a configuration file has at most 32 KB"),
        (
            "a.tf",
            "locals { a = " + "[" * 60 + "]" * 60 + " }",
            "terraform validate",
            "nests at most 40 levels",
        ),
    ],
)
def test_what_is_too_large_or_too_deep_to_read_is_refused(name, text, line, told):
    made = typed(with_file(name, text), line)
    assert told in made.stderr
    assert made.code


@pytest.mark.parametrize(
    "line",
    [
        "echo " + "{a," * 1_000 + "}" * 1_000,
        "awk 'BEGIN{print " + "(" * 2_000 + "1" + ")" * 2_000 + "}'",
        "echo a | sed '" + "{" * 3_000 + "'",
    ],
)
def test_what_nests_deeper_than_a_reader_goes_ends_the_line(line):
    made = typed(START, line)
    assert (made.code, made.world.files) == (1, START.files)
    assert "nests too deep" in made.stderr


ENTRIES = "".join(f"k{number}:\n  - a: {number} # why\n" for number in range(900))
EXPRESSIONS = 'output "a" { value = [for x in range(900) : x * 2] }\n'


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.yaml", ENTRIES, "yamllint a.yaml"),
        ("a.yaml", ENTRIES, "yq . a.yaml"),
        ("a.yaml", ENTRIES, "yq .k1 a.yaml"),
        ("a.yaml", ENTRIES, "yq -i .k1=2 a.yaml"),
        ("a.yaml", ENTRIES, "sops -d a.yaml"),
        ("a.mk", "a: b\n" * 5_000, "make -n -f a.mk"),
        ("a.tf", EXPRESSIONS, "terraform validate"),
        ("a.tf", EXPRESSIONS, "terraform plan"),
        ("a.tf", "a = 1\n" * 3_000, "terraform fmt -check"),
    ],
)
def test_reading_the_same_again_and_again_is_work(line, name, text):
    loop = f"terraform init; for i in {{1..900}}; do {line}; done &> out"
    assert "that is too much work for one line" in typed(with_file(name, text), loop).stderr
    assert "too much work" not in typed(with_file(name, text), line).stderr


def test_flow_collections_nest_as_deep_for_the_linter_as_for_others():
    assert "at most 40 levels deep" in typed(with_file("a.yaml", "{" * 5_000), "yamllint a.yaml").stderr


def test_comments_of_a_file_are_given_to_its_entries_in_one_pass():
    many = "a: 1\n" + "#\n" * 30_000 + "b: 1\n"
    assert "metadata not found" in typed(with_file("a.yaml", many), "sops -d a.yaml").stderr


CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"


def test_a_kustomization_that_doubles_at_each_level_ends():
    files = {"d12/kustomization.yaml": "resources: [c.yaml]\n", "d12/c.yaml": CONFIG_MAP}
    for level in range(12):
        files[f"d{level}/kustomization.yaml"] = f"resources: [../l{level}, ../r{level}]\n"
        for side in "lr":
            files[f"{side}{level}/kustomization.yaml"] = f"resources: [../d{level + 1}]\nnamePrefix: {side}\n"
    made = typed(world_from({"files": files}), "kubectl kustomize d0")
    assert "that is too much work for one line" in made.stderr


def test_files_that_a_kustomization_puts_into_its_objects_are_work():
    maps = "".join(f"- {{name: a{number}, files: [big]}}\n" for number in range(900))
    world = world_from({"files": {"big": "a" * 60_000, "kustomization.yaml": "configMapGenerator:\n" + maps}})
    assert "that is too much work for one line" in typed(world, "kubectl kustomize .").stderr


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("1e999999999 % 3", "a number in a configuration is too large"),
        ("setsubtract(range(1000), range(1000, 2000))", "that is too much work for one line"),
    ],
)
def test_an_expression_that_asks_too_much_of_terraform_ends(expression, told):
    made = typed(
        with_file("a.tf", f'output "a" {{ value = {expression} }}\n'), "terraform init; terraform plan"
    )
    assert told in made.stderr
