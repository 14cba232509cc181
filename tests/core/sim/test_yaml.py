"""YAML in the simulated world: read by libyaml, complained about in PyYAML's words, and written."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkpoint.core.sim import yaml_text
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.yaml_text import BadYaml, composed, documents, go_dumped

texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["yes", "1e3", "0x1f", "~", "", "- a", "a: b", "# c", "two\nlines", "two\n\n lines\n"]),
)
scalars = st.one_of(texts, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=12,
)


@given(values)
@example([["\x85"]])
@example({"a": ["\u2028b"]})
@settings(max_examples=300, deadline=None)
def test_what_is_laid_out_here_stands_as_pyyaml_would_write_it(value):
    assert go_dumped(value) == yaml_text._go_emitted(value)


@given(values, st.sampled_from(["", "# at the end\n", "---\na: 1 # beside\n", "...\n"]))
@settings(max_examples=200, deadline=None)
def test_both_readers_read_the_same(value, tail):
    text = yaml_text._go_emitted(value) + tail
    plainly = list(yaml.load_all(text, yaml_text._Loader))
    assert documents(text) == plainly


def test_what_is_no_number_is_written_as_go_does():
    assert (
        go_dumped({"a": float("inf"), "b": -float("inf"), "c": float("nan")})
        == "a: .inf\nb: -.inf\nc: .nan\n"
    )


def test_who_changes_what_was_read_doesnt_change_what_the_next_one_reads():
    first = documents("a: {b: [1]}")
    first[0]["a"]["b"].append(2)
    assert documents("a: {b: [1]}") == [{"a": {"b": [1]}}]


def test_a_mistake_is_told_in_pyyamls_words():
    with pytest.raises(BadYaml, match=r"expected <block end>, but found '<block mapping start>'") as told:
        documents("a: {b: 1}\n  c: 2\n")
    assert told.value.line


@pytest.mark.parametrize("text", ["[" * 60_000, "- " * 30_000, "? " * 30_000, "{a: " * 15_000])
@pytest.mark.parametrize("read", [documents, composed])
def test_a_text_that_goes_too_deep_is_left_at_the_limit(text, read):
    with pytest.raises((Exhausted, BadYaml)):
        read(text)


def test_aliases_are_refused():
    with pytest.raises(Exhausted, match="aliases"):
        documents("a: &x [1]\nb: *x\n")


def test_comments_are_found_with_their_places():
    _, remarks = composed("# top\na: 'x # no' # yes\nb: |\n  # text\n")
    assert [(one.text, one.line, one.alone) for one in remarks] == [(" top", 0, True), (" yes", 1, False)]
