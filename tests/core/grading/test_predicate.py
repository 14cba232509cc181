"""The clause that a negation belongs to."""

from checkpoint.core.grading.predicate import denied_clause
from checkpoint.core.grading.roles import tagged
from checkpoint.core.grading.text import read


def clause_of(answer: str, cue: str) -> range:
    text = read(answer)
    places = [place for place, token in enumerate(text.tokens) if token.text == cue]
    return denied_clause(text, tagged(text, text.sentences[0]), places[len(places) // 2])


def test_a_negation_reaches_its_clause():
    assert clause_of("the guard does not refuse the plan", "not") == range(7)


def test_in_words_without_an_end_a_negation_reaches_so_many_and_no_more():
    """Else the work for an answer of nothing but negations grows with the cube of its length."""
    assert 0 < len(clause_of("it does not " * 600, "not")) <= 201
