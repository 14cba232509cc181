"""The way from one list of lines to another: it leads there, it is short, and it ends for any two lists."""

from hypothesis import given
from hypothesis import strategies as st

from checkpoint.core.sim.line_diff import opcodes

LINES = st.lists(st.sampled_from("abcdefgh"), max_size=30)


def followed(old, new):
    """The new list, made from the old one by what `opcodes` says, and how many lines that touches."""
    made, touched = [], 0
    for kind, a, b, c, d in opcodes(old, new):
        assert kind != "equal" or old[a:b] == new[c:d]
        made += old[a:b] if kind == "equal" else new[c:d]
        touched += 0 if kind == "equal" else b - a + d - c
    return made, touched


def fewest(old, new):
    """Lines that have to be touched, by the table of all beginnings."""
    row = list(range(len(new) + 1))
    for a, line in enumerate(old, start=1):
        above, row = row, [a]
        for b, other in enumerate(new, start=1):
            row.append(above[b - 1] if line == other else 1 + min(above[b], row[b - 1]))
    return row[-1]


@given(LINES, LINES)
def test_no_way_is_shorter(old, new):
    assert followed(old, new) == (new, fewest(old, new))


def test_lists_without_a_common_line_are_replaced():
    old, new = [f"old {n}" for n in range(4000)], [f"new {n}" for n in range(4000)]
    assert opcodes(old, new) == [("replace", 0, 4000, 0, 4000)]


def test_lists_far_apart_keep_the_lines_that_stand_once_in_both():
    old = [f"line {n}" if n % 10 else "the same" for n in range(3000)]
    new = [line if n % 3 else f"other {n}" for n, line in enumerate(old[::-1])]
    assert followed(old, new)[0] == new
    new = [line if n % 2 else f"again {n % 7}" for n, line in enumerate(old)] + ["more"] * 99
    made, touched = followed(old, new)
    assert made == new and touched == 2 * 1500 + 99
