"""What stands where only others do beside a verb."""

import pytest

from checkpoint.core.grading.slots import Slots
from checkpoint.core.grading.text import read

RIGHT = (
    "The automation commits the tag to Git.",
    "The automation commits the new tag to the overlay.",
    "The automation commits a tag.",
    "The policy picks the newest tag.",
    "The policy picks a tag.",
    "The policy picks one tag.",
    "Production is promoted from staging.",
    "It is promoted from staging.",
    "We promoted production from staging.",
    "Somebody promotes production.",
    "The controller reads the registry.",
    "The controller waits for the registry.",
)


@pytest.fixture(scope="module")
def slots() -> Slots:
    return Slots(RIGHT, lambda stem: frozenset({stem}))


@pytest.mark.parametrize(
    ("answer", "exchanged"),
    [
        ("The policy commits the tag.", True),
        ("The automation picks the tag.", True),
        ("Staging is promoted from production.", True),
        ("The automation commits a tag.", False),
        ("The policy picks the tag.", False),
        ("Production is promoted from staging.", False),
        ("The policy re-commits the tag.", True),
        ("The tag was committed by the policy.", True),
        ("Production, promoted from staging, is safe.", False),
        ("Somebody promotes the staging one.", False),
        ("A robot commits the tag.", False),
        ("A controller commits the tag.", False),
        ("The tag was picked on Monday and committed as it is.", False),
        ("The policy picked a tag and committed it.", True),
        ("Only the tag committed afterwards, is pushed.", False),
        ("The tag of the policy commits.", True),
        ("GitHub Actions.", False),
        ("Production is no promote.", False),
        ("The policy reads the tag.", False),
    ],
)
def test_the_wrong_one_in_a_verbs_place_is_seen(slots: Slots, answer: str, exchanged: bool) -> None:
    text = read(answer)
    assert bool(list(slots.misplaced(text, text.sentences[0]))) is exchanged
