"""Additions to question files: in the right place, and nothing else in the file changes."""

import difflib
import shutil
import subprocess
from pathlib import Path

import pytest

from checkpoint.core.content.additions import PHRASING, Addition, AdditionError, with_additions
from checkpoint.core.content.parse import parse
from checkpoint.core.content.reader import read_yaml
from checkpoint.core.content.types import Question

ROOT = Path(__file__).parents[3]
HOMES = ("lessons", "tests/mini_lessons")
FILES = [file for home in HOMES for file in sorted(ROOT.glob(f"{home}/*/questions/*.yaml"))]
HEAD = "slug: made-up\nprompt: What?\ncriteria:\n"


def question(text: str) -> Question:
    found = parse(read_yaml("q.yaml", text), Question, problems := [])
    assert found is not None, problems
    return found


def added(text: str, *additions: Addition) -> list[str]:
    """The lines that are new; every other line stays as it was."""
    changed = with_additions("lessons/q.yaml", text, question(text), additions)
    diff = list(difflib.ndiff(text.splitlines(), changed.after.splitlines()))
    return [line for line in diff if line[0] in "+-"]


MET = Addition("A", "met", 'Yes: "so" it is. # no comment')


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_in_every_file_of_the_course_only_one_line_is_new(file: Path) -> None:
    text = file.read_text()
    asked = question(text)
    for criterion in (asked.criteria[0], asked.criteria[-1]):
        for where in ("met", "contradicted", PHRASING):
            one = Addition(criterion.id, where, "Words that nobody has written: yet.")
            changed = with_additions("lessons/q.yaml", text, asked, [one])
            diff = list(difflib.unified_diff(text.splitlines(), changed.after.splitlines(), n=0))
            new = [line for line in diff[2:] if line.startswith("+")]
            gone = [line for line in diff[2:] if line.startswith("-")]
            assert one.text in new[-1] and len(new) <= 3
            assert not gone or (len(gone) == len(new) == 1 and "[" in gone[0])
            kept = next(c for c in changed.question.criteria if c.id == criterion.id)
            texts = kept.phrasings if where == PHRASING else getattr(kept.examples, where)
            assert texts[-1] == one.text


def test_a_comment_behind_the_last_item_and_what_follows_stay() -> None:
    begun = f"{HEAD}  - id: A\n    claim: So.\n    examples:\n"
    text = f"{begun}      met:\n        - Yes. # ours\n\n    # on\n    must: true\n"
    changed = with_additions("q.yaml", text, question(text), [MET])
    assert changed.after == text.replace(
        "# ours\n", '# ours\n        - "Yes: \\"so\\" it is. # no comment"\n'
    )


def test_a_list_in_brackets_grows_inside_them() -> None:
    text = f"{HEAD}  - id: A\n    claim: It is so.\n    examples: {{met: [Yes.], missing: []}} # short\n"
    assert '{met: [Yes., "Yes: \\"so\\" it is. # no comment"], missing: []} # short' in added(text, MET)[-1]
    none = Addition("A", "missing", "No.")
    assert 'missing: ["No."]} # short' in added(text, none)[-1]
    part = Addition("A", "partial", "Half.")
    assert 'missing: [], partial: ["Half."]} # short' in added(text, part)[-1]


def test_what_is_missing_is_begun_where_it_belongs() -> None:
    text = (
        f"{HEAD}  - id: A\n    claim: It is so.\n  - id: B\n    claim: It is not.\nmodel_answer: It is so.\n"
    )
    assert added(text, Addition("A", "met", "Yes.")) == [
        "+     examples:",
        "+       met:",
        '+         - "Yes."',
    ]
    assert added(text, Addition("B", PHRASING, "Never.")) == ["+     phrasings:", '+       - "Never."']


def test_several_additions_stand_in_their_order_and_folded_texts_stay_folded() -> None:
    text = (
        f"{HEAD}  - id: A\n    claim: So.\n    examples:\n      met:\n"
        "        - >-\n          One\n          two.\n      missing: [No.]\n"
    )
    two = (Addition("A", "met", "First."), Addition("A", "met", "Second."))
    assert added(text, *two) == ['+         - "First."', '+         - "Second."']


def test_a_file_without_a_last_line_end_gets_one() -> None:
    text = f"{HEAD}  - id: A\n    claim: It is so."
    assert with_additions("q.yaml", text, question(text), [MET]).after.startswith(text + "\n    examples:\n")


def test_lists_that_are_shared_by_an_alias_are_left_to_people() -> None:
    text = (
        f"{HEAD}  - id: A\n    claim: So.\n    phrasings: &same [Yes.]\n"
        "  - {id: B, claim: So., phrasings: *same}\n"
    )
    with pytest.raises(AdditionError):
        with_additions("q.yaml", text, question(text), [Addition("B", PHRASING, "No.")])
    with pytest.raises(AdditionError):
        with_additions("q.yaml", text, question(text), [Addition("A", PHRASING, "No.")])


@pytest.mark.parametrize("words", ["a\x00b", "a\ue000b", "\x1b[31m"])
def test_characters_that_no_editor_shows_are_refused(words: str) -> None:
    text = f"{HEAD}  - id: A\n    claim: It is so.\n"
    with pytest.raises(AdditionError):
        with_additions("q.yaml", text, question(text), [Addition("A", "met", words)])


def test_a_criterion_that_is_gone_is_said() -> None:
    text = f"{HEAD}  - id: A\n    claim: It is so.\n"
    with pytest.raises(AdditionError, match="no criterion B"):
        with_additions("q.yaml", text, question(text), [Addition("B", "met", "Yes.")])


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_patch_applies_with_git(tmp_path: Path) -> None:
    file = FILES[0]
    place = tmp_path / "lessons" / "q.yaml"
    place.parent.mkdir()
    place.write_text(file.read_text())
    asked = question(file.read_text())
    one = Addition(asked.criteria[0].id, "met", "Wörter, “quoted” \\ and 'so'.")
    changed = with_additions("lessons/q.yaml", file.read_text(), asked, [one])
    (tmp_path / "new.patch").write_text(changed.patch)
    subprocess.run([str(shutil.which("git")), "apply", "new.patch"], cwd=tmp_path, check=True)
    assert place.read_text() == changed.after
