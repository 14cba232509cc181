"""pre-commit beyond the recorded session, as the real program was seen to answer."""

import pytest

from checkpoint.core.sim.commands.pre_commit.order import parts, shuffled
from tests.core.sim.conftest import Terminal

LOCAL = """\
default_install_hook_types: [pre-commit, pre-push, prepare-commit-msg]
repos:
  - repo: local
    hooks:
      - id: trim
        name: Trim
        entry: sed -i 's/ *$//'
        language: system
        types: [text]
      - id: names
        name: Names
        entry: bash -c 'printf "%s\\n" "$@"' --
        language: system
        verbose: true
        stages: [pre-commit]
      - id: message
        name: Message
        entry: bash -c 'echo "$PRE_COMMIT_COMMIT_MSG_SOURCE $1"' --
        language: system
        verbose: true
        stages: [prepare-commit-msg]
      - id: push
        name: Push
        entry: echo
        language: system
        verbose: true
        stages: [pre-push]
"""


@pytest.fixture
def hooked(terminal: Terminal) -> Terminal:
    terminal("git init -q app; cd app; git switch -qc work")
    terminal(f"cat > .pre-commit-config.yaml <<'END'\n{LOCAL}END")
    terminal("pre-commit install -q; pre-commit install; git add .; git commit -qm Hooks")
    return terminal


def test_files_are_shuffled_as_the_frameworks_fixed_seed_shuffles_them():
    names = [f"f{n}.txt" for n in (1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9)]
    assert " ".join(shuffled(names)) == (
        "f3.txt f1.txt f5.txt f10.txt f7.txt f9.txt f11.txt f4.txt f2.txt f6.txt f8.txt"
    )
    assert [len(part) for part in parts(names)] == [6, 5]


def test_hooks_see_what_is_staged_and_not_what_stands_in_the_folder(hooked):
    hooked("echo staged > a.txt; git add a.txt; echo 'more  ' >> a.txt")
    made = hooked("git commit -m A")
    assert made.code == 0
    assert "[WARNING] Unstaged files detected." in made.stderr
    assert hooked.out("git show HEAD:a.txt") == "staged\n"
    assert hooked.out("cat a.txt") == "staged\nmore  \n"


def test_a_mended_line_that_the_learner_changed_too_is_rolled_back(hooked):
    hooked("echo 'one  ' > a.txt; git add a.txt; echo 'two  ' >> a.txt")
    made = hooked("git commit -m A")
    assert made.code == 1
    assert "Stashed changes conflicted with hook auto-fixes... Rolling back fixes..." in made.stderr
    assert hooked.out("cat a.txt") == "one  \ntwo  \n"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("git commit --allow-empty -m Two", "message"),
        ("git commit --amend --no-edit --allow-empty", "commit"),
        ("git commit --amend -m Three --allow-empty", "message"),
        ("git commit -C HEAD --allow-empty", "commit"),
    ],
)
def test_prepare_commit_msg_is_told_where_the_message_comes_from(hooked, line, source):
    assert f"{source} .git/COMMIT_EDITMSG" in hooked(line).stderr


def test_a_push_hook_gets_the_files_that_the_push_brings(hooked):
    hooked("git init -q --bare ../there.git; git remote add origin ../there.git; git push -q origin work")
    hooked("echo x > b.txt; git add b.txt; git commit -qm B")
    made = hooked("git push origin work")
    assert "\nb.txt\n" in made.stdout


def test_what_is_skipped_by_name_is_said_to_be_skipped(hooked):
    hooked("echo 'x  ' > c.txt; git add c.txt")
    made = hooked("SKIP=trim,names git commit -m C")
    assert made.code == 0
    assert "Trim....................................................................Skipped" in made.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("foo: 1", "==> At Config()\n=====> Missing required key: repos"),
        ("repos:\n- repo: local", "==> At Repository(repo='local')\n=====> Missing required key: hooks"),
        (
            "repos:\n- repo: local\n  hooks:\n  - name: x",
            "==> At Hook(id=MISSING)\n=====> Missing required key: id",
        ),
        (
            "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: a, language: system, types: [foo]}",
            "==> At key: types\n==> At index 0\n=====> Type tag 'foo' is not recognized.",
        ),
        (
            "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: a, language: system, verbose: 'y'}",
            "==> At key: verbose\n=====> Expected bool got str",
        ),
        (
            "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: a, language: [x]}",
            "==> At key: language\n=====> Expected string got list",
        ),
        (
            "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: a, language: fail, types: [[x]]}",
            "==> At index 0\n=====> Type tag ['x'] is not recognized.",
        ),
    ],
)
def test_a_broken_configuration_is_complained_about_with_its_place(repository, text, told):
    repository(f"cat > .pre-commit-config.yaml <<'END'\n{text}\nEND")
    made = repository("git add .; pre-commit run")
    assert made.code == 1
    assert f"==> File .pre-commit-config.yaml\n{told}".split("\n")[-1] in made.stdout
    assert told in made.stdout


def test_a_configuration_that_is_not_staged_stops_a_run(hooked):
    hooked("echo '# more' >> .pre-commit-config.yaml")
    made = hooked("pre-commit run")
    assert (made.code, made.stdout) == (
        1,
        "[ERROR] Your pre-commit configuration is unstaged.\n"
        "`git add .pre-commit-config.yaml` to fix this.\n",
    )


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("pre-commit run --frob", "pre-commit: error: unrecognized arguments: --frob\n"),
        ("pre-commit run a b", "pre-commit: error: unrecognized arguments: b\n"),
        ("pre-commit run -c", "pre-commit run: error: argument -c/--config: expected one argument\n"),
        ("pre-commit run -a --files x", "argument --files: not allowed with argument --all-files/-a\n"),
    ],
)
def test_words_that_do_not_fit_get_the_frameworks_own_error(repository, line, end):
    made = repository(line)
    assert made.code == 2
    assert made.stderr.startswith("usage: pre-commit")
    assert made.stderr.endswith(end)


def test_a_hook_that_was_there_before_is_kept_and_brought_back(repository):
    repository("printf '#!/bin/sh\\necho old\\n' > .git/hooks/pre-push; chmod +x .git/hooks/pre-push")
    assert "existing hooks at .git/hooks/pre-push.legacy" in repository.out("pre-commit install -t pre-push")
    assert "Restored previous hooks to .git/hooks/pre-push" in repository.out(
        "pre-commit uninstall -t pre-push"
    )


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("a: 1\n", 0, ""),
        ("a: 1\na: 2\n", 1, 'found duplicate key "a" with value "2" (original value: "1")'),
        ("a: &x 1\nb: *x\n", 0, ""),
        ("a: *x\n", 1, "found undefined alias 'x'"),
        ("a: {{ .Values.b }}\n", 1, "found unhashable key"),
        ("a: 1\n---\nb: 2\n", 1, "but found another document"),
    ],
)
def test_check_yaml_says_what_its_library_says(repository, text, code, told):
    repository(f"printf '{text}' > t.yaml".replace("\n", "\\n"))
    made = repository("check-yaml t.yaml")
    assert made.code == code
    assert told in made.stdout


def test_yamllint_names_line_rule_and_level(repository):
    repository("printf 'a: 1  \\na: 2\\n' > t.yaml")
    assert repository("yamllint -d relaxed t.yaml").stdout == (
        "t.yaml\n"
        "  1:5       error    trailing spaces  (trailing-spaces)\n"
        '  2:1       error    duplication of key "a" in mapping  (key-duplicates)\n\n'
    )


def test_a_hook_that_is_not_simulated_is_refused_by_name_before_any_other_runs(repository):
    source = "https://github.com/pre-commit/pre-commit-hooks"
    repository(f"printf 'repos:\\n- repo: {source}\\n' > .pre-commit-config.yaml")
    repository(
        "printf '  rev: v6.0.0\\n  hooks:\\n  - id: trailing-whitespace\\n' >> .pre-commit-config.yaml"
    )
    repository("echo '  - id: pretty-format-json' >> .pre-commit-config.yaml; echo 'x  ' > t; git add .")
    made = repository("pre-commit run --all-files")
    assert made.code == 2 and "the hook `pretty-format-json` of" in made.stderr
    assert repository.out("cat t") == "x  \n"


def test_a_configuration_that_is_no_yaml_is_told_in_the_words_of_the_reader_in_c(terminal):
    terminal("git init -q app; cd app; printf 'repos: a: b\\n' > .pre-commit-config.yaml")
    told = "=====> mapping values are not allowed in this context\n"
    assert told in terminal("pre-commit validate-config").stdout + terminal("pre-commit run").stdout


@pytest.mark.parametrize(
    ("options", "text", "code", "told"),
    [
        ("", "a\nsecret\n", 1, "f:2:secret\n"),
        ("args: [--negate]", "a\n", 1, "\nf\n"),
        ("args: [--negate]", "a\nsecret\n", 0, "Passed"),
        ("args: [--multiline], entry: 'one\\ntwo'", "x\none\ntwo\n", 1, "f:2:one\ntwo\n"),
        ("args: [-i]", "SECRET\n", 1, "f:1:SECRET\n"),
    ],
)
def test_pygrep_looks_for_what_is_there_or_what_is_not(terminal, options, text, code, told):
    entry = "" if "entry" in options else ", entry: secret"
    hook = f"{{id: x, name: x, language: pygrep, files: ^f$, {options or 'verbose: false'}{entry}}}"
    terminal("git init -q app; cd app; cat > f", stdin=text)
    terminal("cat > .pre-commit-config.yaml", stdin=f"repos: [{{repo: local, hooks: [{hook}]}}]\n")
    made = terminal("git add .; pre-commit run")
    assert (made.code, told in made.stdout) == (code, True), made.stdout


def test_a_range_that_git_cannot_tell_ends_the_run_unexpectedly(hooked):
    made = hooked("pre-commit run --from-ref HEAD~9 --to-ref HEAD")
    assert made.code == 3
    assert made.stdout.startswith("An unexpected error has occurred: CalledProcessError: command: ")


def test_a_place_that_begins_where_it_fails_is_told_once(terminal):
    hook = "{id: y, name: y, entry: check-yaml -m, language: system}"
    terminal("git init -q app; cd app; printf 'a: [\\n---\\n' > bad.yaml")
    terminal("cat > .pre-commit-config.yaml", stdin=f"repos: [{{repo: local, hooks: [{hook}]}}]\n")
    assert terminal("git add .; pre-commit run").stdout.count('  in "bad.yaml", line 2, column 1') == 1
