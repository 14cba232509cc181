"""An incident note in Markdown, made from a session: timeline, evidence, follow-ups."""

from collections.abc import Iterator
from datetime import UTC, datetime

from checkpoint.core.sim.parts.files import legible
from checkpoint.core.sim.scenario.debrief import broken_rules, decisive, ledger
from checkpoint.core.sim.scenario.session import Session


def incident_note(session: Session) -> str:
    """As a file to keep: what happened, by whom and when, what was touched, what is left to do."""
    return legible("\n".join(_lines(session)) + "\n")


def _lines(session: Session) -> Iterator[str]:
    scenario = session.scenario
    yield f"# Incident note: {scenario.title}"
    yield ""
    yield scenario.summary
    yield ""
    yield "## Timeline"
    yield ""
    for step in decisive(session):
        yield f"- {when(step.clock)} `{_code(step.line)}`"
        yield from (f"  - {told}" for told in step.told)
    yield ""
    yield "## State at the end"
    yield ""
    for goal in scenario.goals:
        mark = "x" if session.state(goal.id) == "met" else " "
        yield f"- [{mark}] {goal.title}"
    yield from _besides(session)
    yield from _follow_ups(session)


def _besides(session: Session) -> Iterator[str]:
    touched = ledger(session)
    if touched:
        yield ""
        yield "## Touched besides"
        yield ""
        for one in touched:
            yield f"- {when(one.clock)} {one.told or one.because}" + (
                f" Cost: {one.cost}" if one.cost else ""
            )


def _follow_ups(session: Session) -> Iterator[str]:
    still = [goal.title for goal in session.scenario.goals if session.state(goal.id) != "met"]
    rules = broken_rules(session)
    if not still and not rules:
        return
    yield ""
    yield "## Follow-ups"
    yield ""
    for title in still:
        yield f"- [ ] {title}"
    for rule in rules:
        yield f"- [ ] {rule.title}: {rule.because}"


def _code(line: str) -> str:
    return line.split("\n")[0].replace("`", "'")


def when(clock: int) -> str:
    """Date and time on the scenario's clock, in UTC."""
    return f"{datetime.fromtimestamp(clock, UTC):%Y-%m-%d %H:%M}"
