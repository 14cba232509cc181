"""Results that are kept while what they come from stays the same object."""

import pytest

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.recent import Recent, remembered


class Source:
    """Something of a world."""


def costly() -> list[int]:
    limits.spend(100)
    return [1]


def test_a_result_is_made_once_for_a_source_and_a_key() -> None:
    recent: Recent[list[int]] = Recent(4)
    one, other = Source(), Source()
    first = recent.get(one, "a", costly)
    assert recent.get(one, "a", costly) is first
    assert recent.get(one, "b", costly) is not first
    assert recent.get(other, "a", costly) is not first


def test_only_the_last_few_are_kept() -> None:
    recent: Recent[list[int]] = Recent(2)
    one = Source()
    first = recent.get(one, "a", costly)
    recent.get(one, "b", costly)
    assert recent.get(one, "a", costly) is first
    recent.get(one, "c", costly)
    recent.get(one, "d", costly)
    assert recent.get(one, "a", costly) is not first


def test_a_line_pays_for_the_work_whether_the_result_was_there_or_not() -> None:
    recent: Recent[list[int]] = Recent(2)
    one = Source()
    for _ in range(2):
        budget = limits.Budget(work=150)
        with limits.charged(budget):
            recent.get(one, "a", costly)
        assert budget.work == 50
    with limits.charged(limits.Budget(work=99)), pytest.raises(Exhausted):
        recent.get(one, "a", costly)


def test_what_fails_is_not_kept() -> None:
    recent: Recent[int] = Recent(2)
    one = Source()
    with pytest.raises(ZeroDivisionError):
        recent.get(one, "a", lambda: 1 // 0)
    assert recent.get(one, "a", lambda: 5) == 5


def test_a_result_carried_to_another_source_is_not_made_there_and_costs_the_same() -> None:
    recent: Recent[list[int]] = Recent(4)
    one, other = Source(), Source()
    first = recent.get(one, "a", costly)
    recent.carry(one, "a", other)
    budget = limits.Budget(work=150)
    with limits.charged(budget):
        assert recent.get(other, "a", costly) is first
    assert budget.work == 50


def test_nothing_is_carried_that_is_not_there() -> None:
    recent: Recent[list[int]] = Recent(4)
    one, other = Source(), Source()
    recent.carry(one, "a", other)
    assert recent.get(other, "a", lambda: [2]) == [2]


def test_what_is_made_of_many_bytes_is_made_anew_each_time_and_kept_for_nobody() -> None:
    asked: list[int] = []
    length = remembered(most=4, longest=10)(lambda data: asked.append(len(data)) or len(data))
    assert [length(b"x" * count) for count in (10, 10, 11, 11)] == [10, 10, 11, 11]
    assert asked == [10, 11, 11]
