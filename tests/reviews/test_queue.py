"""The queue itself, without pages: what waits, in which groups, in which order."""

from datetime import UTC, datetime

from checkpoint.reviews.queue import (
    APPEAL,
    FLAGGED,
    TOGETHER,
    UNSURE,
    Item,
    Open,
    Wish,
    queue,
    stand,
    waiting,
)
from checkpoint.selfcheck.decisions.queries import Appealed, Undecided
from tests.builders import make_question

AT = datetime(2026, 11, 1, tzinfo=UTC)
QUESTION = make_question(3)
QUESTIONS = {QUESTION.slug: QUESTION}


def undecided(
    attempt_id: int = 1, *, flagged: bool = True, decided=(), ideas=(), **outcomes: str
) -> Undecided:
    found = {f"T.{name[1:]}": outcome for name, outcome in outcomes.items()}
    return Undecided(
        attempt_id, QUESTION.slug, "Words.", AT, found, tuple(ideas), flagged, frozenset(decided)
    )


def appeal(criterion: str) -> dict[str, Appealed]:
    return {criterion: Appealed(1, criterion, None, None, "", AT)}


def items(one: Undecided, appeals=None) -> list[tuple[str, str]]:
    found = waiting([one], {one.attempt_id: appeals or {}}, QUESTIONS)
    return [(item.criterion, item.kind) for item in found[0].items] if found else []


def opened(attempt_id: int, answer: str = "The words of a learner.", *asked: str) -> Open:
    return Open(
        attempt_id, QUESTION.slug, answer, AT, tuple(Item(name, UNSURE) for name in asked or ("T.1",))
    )


def test_what_the_grader_left_open_waits() -> None:
    assert items(undecided(c1="met", c2="unscored", c3="missing")) == [("T.2", UNSURE)]


def test_an_answer_flagged_as_a_whole_waits_in_all_required_criteria_not_decided_yet() -> None:
    one = undecided(c1="met", c2="missing", c3="missing", decided={"T.2"})
    assert items(one) == [("T.1", FLAGGED), ("T.3", FLAGGED)]


def test_an_appeal_comes_first_and_is_one_with_what_was_left_open() -> None:
    one = undecided(c1="missing", c2="unscored")
    assert items(one, appeal("T.2")) == [("T.2", APPEAL)]
    assert items(one, appeal("T.1")) == [("T.1", APPEAL), ("T.2", UNSURE)]


def test_an_appeal_is_over_once_decided_or_once_a_newer_verdict_meets_it() -> None:
    assert items(undecided(c1="missing", flagged=False, decided={"T.1"}), appeal("T.1")) == []
    assert items(undecided(c1="met", flagged=False), appeal("T.1")) == []


def test_an_appeal_about_a_misconception_waits_while_the_verdict_sees_it() -> None:
    assert items(undecided(c1="met", flagged=False, ideas=["T.X1"]), appeal("T.X1")) == [("T.X1", APPEAL)]
    assert items(undecided(c1="met", flagged=False), appeal("T.X1")) == []


def test_the_order_is_each_reviewers_own_and_stays() -> None:
    answers = [opened(n, f"Answer number {n} is about {'x' * n}.") for n in range(1, 30)]
    ivys, ottos = (
        [group.lead.attempt_id for group in queue(answers, Wish(), reviewer)] for reviewer in (1, 2)
    )
    assert sorted(ivys) == sorted(ottos) == list(range(1, 30))
    assert ivys != ottos and ivys != sorted(ivys)
    left = [group.lead.attempt_id for group in queue(answers[3:], Wish(), 1)]
    assert left == [one for one in ivys if one > 3]


def test_alike_answers_stand_together_only_with_the_same_open_criteria() -> None:
    answers = [opened(1), opened(2), opened(3, "The words of a learner.", "T.2")]
    together = [{m.answer.attempt_id for m in group.members} for group in queue(answers, Wish(), 1)]
    assert sorted(map(sorted, together)) == [[1, 2], [3]]
    assert all(len(group.members) == 1 for group in queue(answers, Wish(one_by_one=True), 1))


def test_a_group_is_never_longer_than_a_page_shows() -> None:
    sizes = [len(group.members) for group in queue([opened(n) for n in range(60)], Wish(), 1)]
    assert sum(sizes) == 60 and max(sizes) == TOGETHER


def test_the_queue_is_narrowed_by_question_criterion_and_kind() -> None:
    answers = [opened(1), opened(2, "Other words altogether here.", "T.2")]
    for wish, left in (
        (Wish(criterion="T.2"), [2]),
        (Wish(question=QUESTION.slug, criterion="T.1"), [1]),
        (Wish(kind=APPEAL), []),
        (Wish(question="else"), []),
    ):
        assert [group.lead.attempt_id for group in queue(answers, wish, 1)] == left


def test_neighbours_are_found_from_inside_and_from_outside_the_queue() -> None:
    answers = [opened(n, f"Answer {n} {'y' * n}") for n in range(1, 6)]
    groups = queue(answers, Wish(), 1)
    middle = stand(groups, 1, groups[2].lead.attempt_id)
    assert (middle.number, middle.before, middle.after) == (3, groups[1], groups[3])
    gone = groups[:2] + groups[3:]
    outside = stand(gone, 1, groups[2].lead.attempt_id)
    assert (outside.group, outside.before, outside.after) == (None, groups[1], groups[3])
