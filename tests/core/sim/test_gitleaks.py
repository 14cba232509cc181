"""gitleaks beyond the recorded session, as the real program was seen to answer."""

import json

import pytest

from checkpoint.core.sim.parts.secrets import findings
from tests.core.sim.conftest import Terminal

KEY = 'aws_access_key_id = "AKIAQ7ZBTG3KLMN5PRST"'


@pytest.fixture
def leaked(repository: Terminal) -> Terminal:
    repository(f"echo '{KEY}' > c.ini; git add .; git commit -qm Key; git rm -q c.ini; git commit -qm Gone")
    return repository


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (KEY, "aws-access-token"),
        ("token: ghp_0123456789abcdefghijABCDEFGHIJ012345", "github-pat"),
        ('API_KEY="8f3kd92ndk3k4k5j6h7g8f9d0s1a2q3w"', "generic-api-key"),
        ('key = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"', "stripe-access-token"),
        ('"glpat-7xQm2Rk9TzLwYb3VnHsd"', "gitlab-pat"),
    ],
)
def test_each_kind_of_secret_is_found_by_its_own_rule_and_once(text, rule):
    assert [one.rule for one in findings(text + "\n", "a.txt")] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        f"{KEY} # gitleaks:allow",
        "password: changeme",
        "API_KEY=${API_KEY}",
        "API_KEY: ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]",
    ],
)
def test_examples_placeholders_and_ciphertext_are_no_secrets(text):
    assert findings(text + "\n", "a.txt") == []


def test_history_is_scanned_on_every_branch(leaked):
    leaked("git switch -q -c other HEAD~2; git switch -q main; git reset -q --hard HEAD~2")
    leaked("git switch -q other; git cherry-pick ORIG_HEAD~1 > /dev/null; git switch -q main")
    made = leaked("gitleaks git --no-banner")
    assert made.code == 1 and "WRN leaks found: 1" in made.stderr


def test_a_range_of_commits_is_scanned_alone(leaked):
    assert leaked("gitleaks git --no-banner --log-opts=HEAD~1..HEAD").code == 0
    assert leaked("gitleaks git --no-banner --log-opts=HEAD~2..HEAD").code == 1


def test_a_report_holds_what_the_real_one_holds(leaked):
    leaked("gitleaks git --no-banner -r out.json")
    row = json.loads(leaked.out("cat out.json"))[0]
    assert (row["StartLine"], row["StartColumn"], row["EndColumn"], row["Entropy"]) == (1, 22, 41, 4.0219283)
    assert row["Fingerprint"] == f"{row['Commit']}:c.ini:aws-access-token:1"


def test_a_fingerprint_in_the_ignore_file_silences_its_finding(leaked):
    leaked("gitleaks git --no-banner -v | grep Fingerprint | cut -c14- > .gitleaksignore")
    assert leaked("gitleaks git --no-banner").code == 0


def test_a_baseline_leaves_only_what_is_new(leaked):
    leaked("gitleaks git --no-banner -r known.json")
    assert leaked("gitleaks git --no-banner --baseline-path known.json").code == 0
    leaked("echo 'token: ghp_0123456789abcdefghijABCDEFGHIJ012345' > t; git add t; git commit -qm T")
    assert "leaks found: 1" in leaked("gitleaks git --no-banner -b known.json").stderr


def test_a_configuration_can_allow_a_path_on_top_of_the_default_rules(leaked):
    leaked("printf '[extend]\\nuseDefault = true\\n[allowlist]\\npaths = [\"c.ini\"]\\n' > .gitleaks.toml")
    assert leaked("gitleaks git --no-banner").code == 0


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("gitleaks git --frob", 126, "Error: unknown flag: --frob\nUsage:\n  gitleaks git [flags] [repo]\n"),
        ("gitleaks git a b", 1, "Error: accepts at most 1 arg(s), received 2\nUsage:"),
        ("gitleaks dir nope --no-banner", 1, "FTL stat nope: no such file or directory"),
        ("gitleaks git -c nope --no-banner", 1, "FTL unable to load gitleaks config, err: open nope"),
        ("gitleaks git --enable-rule x --no-banner", 1, "FTL Requested rule x not found in rules"),
        ("gitleaks frob", 1, 'Error: unknown command "frob" for "gitleaks"\n'),
    ],
)
def test_what_cannot_be_done_is_told_in_its_own_words(repository, line, code, told):
    made = repository(line)
    assert made.code == code
    assert told in made.stderr


@pytest.mark.parametrize("text", ["entropy = []", "entropy = inf", "secretGroup = 'x'", "regex = '('"])
def test_a_rule_that_cannot_be_read_ends_the_scan_with_a_word_about_it(repository, text):
    repository(f"printf \"[[rules]]\\nid = 'a'\\n{text}\\n\" > c.toml")
    made = repository("gitleaks git --no-banner -c c.toml")
    assert made.code == 1
    assert "FTL unable to load gitleaks config" in made.stderr


def test_options_for_git_that_print_something_else_find_no_commits(leaked):
    assert leaked("gitleaks git --no-banner --log-opts=--format=%B").code == 0
