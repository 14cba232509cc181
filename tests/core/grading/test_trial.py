from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Examples, Rubric
from checkpoint.core.grading.trial import trial
from checkpoint.core.grading.verdict import Outcome


def rubric(*ways, met=("The key is revoked first.", "Revoke it at once."), missing=("I do nothing at all.",)):
    criterion = Criterion(
        id="T.1",
        claim="The key is revoked first.",
        must=True,
        ways=ways or (("revoke",),),
        examples=Examples(met=met, missing=missing),
    )
    return Rubric(
        prompt="What do you do?",
        criteria=(criterion,),
        concepts={"revoke": ("revoke", "revoked"), "kill": ("kill",)},
    )


def test_a_rubric_that_stays_as_it_is_moves_nothing() -> None:
    found = trial(LexicalGrader(), rubric(), rubric(), ["Revoke it.", "Nothing."], floor=0.0)
    assert (found.marked, found.answers, found.marked_answers, found.answered) == ((), (), 3, 2)


def test_learners_answers_that_move_are_named_by_their_place() -> None:
    wider = rubric(("revoke",), ("kill",))
    found = trial(
        LexicalGrader(), rubric(), wider, ["Revoke it.", "Kill the key now.", "Nothing."], floor=0.0
    )
    assert [move.place for move in found.answers] == [1]
    assert found.answers[0].difference.rises


def test_a_marked_answer_that_comes_out_wrong_now_is_a_harm_and_one_put_right_a_help() -> None:
    marks = {"met": ("Kill the key now.",), "missing": ("I do nothing at all.",)}
    narrow, wide = rubric(**marks), rubric(("revoke",), ("kill",), **marks)
    better = trial(LexicalGrader(), narrow, wide, [], floor=0.0)
    worse = trial(LexicalGrader(), wide, narrow, [], floor=0.0)
    assert [(m.after, m.helps, m.harms) for m in better.marked] == [(Outcome.MET, True, False)]
    assert [(m.before, m.helps, m.harms) for m in worse.marked] == [(Outcome.MET, False, True)]
    assert better.before.agreement == 0.5 and better.test.agreement == 1.0


def test_what_fails_already_is_not_the_changes_doing() -> None:
    broken = rubric(met=("Nothing of the kind.",))
    found = trial(LexicalGrader(), broken, broken, [])
    assert found.test.failures and found.new_failures == ()
    worse = trial(LexicalGrader(), rubric(), rubric(("kill",)), [])
    assert worse.new_failures
