"""Statements turned round for trying a rubric."""

import pytest

from checkpoint.core.grading.turning import exchanged_roles, turned_in_time


@pytest.mark.parametrize(
    ("given", "turned"),
    [
        ("It runs right before each write.", ["It runs right after each write."]),
        ("It runs ahead of every write.", ["It runs after every write."]),
        ("It runs before the plan and before the apply.", []),
        ("Never write without a look before the write.", []),
        ("It runs often.", []),
    ],
)
def test_what_comes_first_comes_last(given: str, turned: list[str]) -> None:
    assert list(turned_in_time(given)) == turned


@pytest.mark.parametrize(
    ("given", "exchanged"),
    [
        ("The controller scans the registry.", ["The registry scans the controller."]),
        ("The key is revoked.", []),
        ("The guard checks.", []),
        ("The guard of the team checks the context.", []),
    ],
)
def test_doer_and_object_change_places(given: str, exchanged: list[str]) -> None:
    assert list(exchanged_roles(given)) == exchanged
