"""What learners did in scenarios: what every run came to, and the steps of those that they share."""

from collections.abc import Iterator, Sequence

from checkpoint.exports.asked import WHO, Asked
from checkpoint.exports.cells import Cell
from checkpoint.exports.times import utc
from checkpoint.scenarios.queries import runs_of_many, shared_by_many
from checkpoint.scenarios.records import recorded_steps

RUN = (
    *("run_id", *WHO, "cohort", "scenario", "started_at", "last_step_at", "finished_at", "ending"),
    *("goals_met", "rules_broken", "hints", "steps", "shared"),
)


def run_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    """One query."""
    for run in runs_of_many(asked.people):
        yield (
            *(str(run.run_id), *asked.who(run.user_id), asked.cohort.slug, run.scenario),
            *(utc(run.started_at), utc(run.touched_at), utc(run.finished_at), run.ending),
            *(" ".join(run.met), " ".join(run.broken), run.hints, run.lines),
            "yes" if run.shared else "no",
        )


STEP = (
    *("run_id", *WHO, "cohort", "scenario", "step", "at", "kind", "command"),
    *("outcome", "state_hash", "rule_broken"),
)


def step_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    """One query, and one for each 50 runs."""
    for run in shared_by_many(asked.people):
        about = (str(run.pk), *asked.who(run.user_id), asked.cohort.slug, run.scenario)
        for step in recorded_steps(run):
            yield (
                *(*about, step.number, utc(step.at), step.kind, step.command),
                *(step.exit_code, step.state_hash, " ".join(step.rules_broken)),
            )
