"""Recorded lines as text."""

import pytest

from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.script import Scripted, ScriptError, steps_of


def test_lines_waits_saves_and_people_are_read():
    text = "# why\n$ pwd\n\n@wait 61m\n@as dana\n@save ~/a\n# kept\n\n$ text too\n@end\n"
    assert steps_of(text) == (
        Scripted(Step("run", "pwd"), "learner", 2),
        Scripted(Step("wait", seconds=3660), "learner", 4),
        Scripted(Step("write", path="~/a", content="# kept\n\n$ text too\n"), "dana", 6),
    )


def test_a_here_document_belongs_to_its_line():
    (one,) = steps_of("$ cat > a <<'END'\n$ not a line\nEND\n")
    assert one.step.line == "cat > a <<'END'\n$ not a line\nEND"


def test_a_here_string_is_no_here_document():
    assert len(steps_of("$ cat <<< x\n$ pwd\n")) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pwd", "line 1: `pwd` is no step"),
        ("$ pwd\n@wait long", "line 2: `long` is no time to wait"),
        ("@save a\ntext", "line 1: nothing ends what begins here with `@end`"),
        ("$ cat <<X\ntext", "nothing ends what begins here with `X`"),
    ],
)
def test_a_bad_line_says_where_and_what_to_do(text, told):
    with pytest.raises(ScriptError, match=told.replace("`", ".")):
        steps_of(text)
