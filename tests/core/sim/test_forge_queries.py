"""What is asked of gh's answers with `--jq`: printed as go-gh's pkg/jq/jq.go prints what gojq gives."""

import pytest

from tests.core.sim.test_forge import clone_of, pull

__all__ = ["pull"]

LIST = "gh pr list --state all --json number,title,author"


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ('.[] | select(.number == 1) | "\\(.number): \\(.title)"', "1: Second\n"),
        (".[] | {title, n: .number}", '{"n":1,"title":"Second"}\n'),
        ("map(.number) | add / 2", "0.50\n"),
        (".[0].milestone", "\n"),
        ("[.[].title] | length", "1\n"),
        (".[] | [.number, .title] | @tsv", "1\tSecond\n"),
    ],
)
def test_gh_follows_a_query_and_prints_scalars_as_they_are(pull, query, printed):
    assert pull.out(f"{LIST} --jq '{query}'") == printed


def test_gh_says_why_a_query_leads_nowhere(pull):
    made = pull(f"{LIST} --jq .number")
    assert (made.code, made.stdout) == (1, "")
    assert made.stderr.startswith("expected an object but got: array (")
    assert pull(f"{LIST} --jq '.[0'").code == 1


def test_the_interface_is_asked_in_the_same_language():
    terminal = clone_of()
    assert terminal.out("gh api user --jq '.login | ascii_upcase'") == "ROBIN\n"
