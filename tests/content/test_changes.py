"""The course's own bad changes: each is caught by the guardrails it names, and arrives where none is on."""

from functools import cache
from pathlib import Path

import pytest

from checkpoint.core.content.library import Library, load_library
from checkpoint.core.content.places import line_of
from checkpoint.core.sim.sending.change import Sendable
from checkpoint.core.sim.sending.matrix import smallest_sets
from checkpoint.core.sim.sending.proving import faults
from checkpoint.core.sim.sending.send import send
from checkpoint.core.sim.sending.sender import Sender
from checkpoint.core.sim.sending.sent import Sent

_COURSE: Library = load_library(Path(__file__).parents[2] / "lessons")
_LINE = line_of(_COURSE)

THE_EIGHT = {
    "stale-plan": "terraform-plan",
    "leaked-secret": "pre-commit",
    "wrong-context": "kube-context",
    "mixed-pr": "one-change-per-pr",
    "drift": "gitops-reconciliation",
    "hook-bypass": "plan-approve-apply",
    "unapproved-apply": "plan-approve-apply",
    "wrong-image": "gitops-reconciliation",
}
"""Each failure that the course names, and the guardrail that it names against it."""


@cache
def _sender(slug: str) -> Sender:
    """One for all tests: each way is walked once."""
    return Sender(_COURSE.changes[slug], _LINE)


@pytest.fixture(params=_COURSE.changes)
def sendable(request: pytest.FixtureRequest) -> Sendable:
    return _COURSE.changes[request.param]


def test_the_course_has_the_failures_that_it_talks_about():
    named = {slug: one.change.guardrails[0] for slug, one in _COURSE.changes.items() if slug in THE_EIGHT}
    assert named == THE_EIGHT


def test_each_guardrail_catches_something():
    named = {slug for one in _COURSE.changes.values() for slug in one.change.guardrails}
    assert named == set(_COURSE.guardrails)


def test_a_change_keeps_its_word(sendable: Sendable):
    assert faults(sendable, _LINE, _sender(sendable.change.slug)) == []


def test_the_smallest_sets_really_let_it_through_and_nothing_smaller_does(sendable: Sendable):
    sender = _sender(sendable.change.slug)
    opening, change = sender.ready
    for off in smallest_sets(sender, _LINE):
        assert send(opening, change, off, _LINE).arrived
        for slug in off:
            fewer = [one for one in off if one != slug]
            assert not send(opening, change, fewer, _LINE).arrived, f"{slug} needn't be off"


def test_a_set_comes_to_what_sending_through_it_gives(sendable: Sendable):
    """Some of the sets, so that the short way to a result is held to the long one."""
    sender = _sender(sendable.change.slug)
    opening, change = sender.ready
    for number in range(21, 1 << len(_LINE.guardrails), 37):
        off = [slug for place, slug in enumerate(_LINE.guardrails) if number >> place & 1]
        assert _outcome(sender.sent(off)) == _outcome(send(opening, change, off, _LINE)), off


def _outcome(sent: Sent) -> tuple[bool, str, str, list[str]]:
    return sent.arrived, sent.caught_by, sent.reached, [one.did for one in sent.acts]
