"""The paths that words choose, and how the index takes many at once."""

import pytest

from checkpoint.core.sim.commands.git.pathspecs import Pathspecs, unmatched

PATHS = ["a.txt", "docs/deep/b.md", "docs/c.md", "docs.md"]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([""], PATHS),
        (["docs"], ["docs/deep/b.md", "docs/c.md"]),
        (["docs/"], ["docs/deep/b.md", "docs/c.md"]),
        (["docs.md", "a.txt"], ["a.txt", "docs.md"]),
        (["*.md"], ["docs/deep/b.md", "docs/c.md", "docs.md"]),
        (["doc"], []),
        ([], []),
    ],
)
def test_a_word_chooses_a_path_what_is_below_it_or_what_fits_its_pattern(words, chosen):
    assert list(filter(Pathspecs(words).fits, PATHS)) == chosen


def test_the_words_that_choose_nothing_are_told():
    assert unmatched(["", "docs/deep", "*.txt", "doc", "*.tf", "a.txt/"], PATHS) == {"doc", "*.tf"}
    assert unmatched([""], []) == {""}


def test_many_files_are_staged_committed_and_taken_away_at_once(repository):
    repository("mkdir d; for i in {1..300}; do echo $i > d/f$i; done")
    assert repository("git add d a.txt").code == 0
    assert repository.out("git ls-files d | wc -l") == "300\n"
    repository("git commit -qm 'Many'; echo other > d/f7; rm d/f8; git commit -qam 'Two'")
    assert (
        repository.out("git show --stat --format=%s | tail -1")
        == " 2 files changed, 1 insertion(+), 2 deletions(-)\n"
    )
    repository("git mv d e; git rm -rqf e/f1 e/f2; git rm -q --cached 'e/f9*'")
    assert repository.out("git ls-files | wc -l") == f"{300 - 1 - 2 - 11 + 1}\n"
    assert repository.out("ls e | wc -l") == "297\n"


def test_an_added_file_ends_its_conflict_and_leaves_the_others(repository):
    repository("echo 1 > b.txt; git add .; git commit -qm 'Both'; git switch -qc other")
    repository("echo theirs | tee a.txt > b.txt; git commit -qam 'Theirs'; git switch -q main")
    repository("echo ours | tee a.txt > b.txt; git commit -qam 'Ours'; git merge other")
    repository("echo joined > a.txt; git add a.txt")
    assert repository.out("git status --short") == "M  a.txt\nUU b.txt\n"
