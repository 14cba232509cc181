"""Evidence is marked in the learner's text without a mark ever standing in another."""

from checkpoint.selfcheck.marks import Piece, mark
from checkpoint.selfcheck.shown import show
from tests.builders import make_question, make_verdict

TEXT = "First I revoke it. Then I look for copies. A revert is enough."
QUESTION = make_question(3, bonus=1)


def marked(evidence=None, outcomes="met", wrong=None, text=TEXT) -> list[Piece]:
    verdict = make_verdict(QUESTION, outcomes, evidence=evidence or {}, misconceptions=wrong)
    return list(mark(text, show(QUESTION, verdict, text)).pieces)


def refs(piece: Piece) -> list[str]:
    return [ref.text for ref in piece.refs]


def test_the_pieces_together_are_the_whole_answer():
    pieces = marked({"T.1": ((3, 30),), "T.2": ((20, 44), (50, 61)), "T.3": ((0, 62),)})
    assert "".join(piece.text for piece in pieces) == TEXT


def test_one_sentence_is_one_mark_with_its_reference():
    first, rest = marked({"T.1": ((0, 18),)})
    assert (first.text, first.number, first.signal, refs(first)) == ("First I revoke it.", 1, "met", ["1"])
    assert (rest.number, rest.refs) == (0, ())


def test_two_criteria_that_share_a_sentence_share_its_mark():
    first, _ = marked({"T.1": ((0, 18),), "T.2": ((0, 17),)})
    assert refs(first) == ["1", "2"]


def test_overlapping_evidence_is_cut_where_it_overlaps():
    pieces = marked({"T.1": ((0, 18),), "T.2": ((8, 42),)})
    assert [(p.text, refs(p)) for p in pieces[:4]] == [
        ("First I ", []),
        ("revoke it.", ["1"]),
        (" ", []),
        ("Then I look for copies.", ["2"]),
    ]
    assert [p.number for p in pieces] == [1, 2, 0, 3, 0]


def test_the_space_between_two_marks_of_one_passage_is_no_mark():
    pieces = marked({"T.1": ((0, 18),), "T.2": ((0, 42),), "T.3": ((19, 42),)})
    assert [(p.text, p.number) for p in pieces[:3]] == [
        ("First I revoke it.", 1),
        (" ", 0),
        ("Then I look for copies.", 2),
    ]


def test_a_correction_marks_its_words_whatever_else_they_are_evidence_for():
    piece = marked({"T.1": ((43, 62),)}, wrong={"T.X1": ((43, 62),)})[-1]
    assert piece.signal == "miss" and refs(piece) == ["1", "A"]
    assert [ref.href for ref in piece.refs] == ["#c-1", "#fix-1"]


def test_a_contradiction_is_marked_by_its_correction_only():
    piece = marked({"T.2": ((43, 62),)}, {"T.1": "met", "T.2": "contradicted"})[-1]
    assert refs(piece) == ["A"]


def test_what_is_missing_marks_nothing():
    assert [p.number for p in marked({"T.1": ((0, 18),)}, "missing")] == [0]


def test_a_bonus_marks_only_when_met():
    assert refs(marked({"T.B1": ((0, 18),)}, {"T.B1": "met"})[0]) == ["4"]
    assert marked({"T.B1": ((0, 18),)}, {"T.B1": "partial"})[0].number == 0


def test_each_reference_says_criterion_and_verdict():
    first = marked({"T.1": ((0, 18),)}, {"T.1": "partial"})[0]
    assert first.refs[0].label == "Criterion 1, partly met"


def test_offsets_beyond_the_answer_do_no_harm():
    assert "".join(p.text for p in marked({"T.1": ((40, 900),), "T.2": ((-5, 0),)})) == TEXT


def test_offsets_count_code_points():
    assert marked({"T.1": ((0, 8),)}, text="🔒🔒 done. Rest.")[0].text == "🔒🔒 done."


def test_an_empty_answer_has_no_pieces():
    assert marked(text="") == []
