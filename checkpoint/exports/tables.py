"""The tables that a cohort can be taken away as: their columns, and their rows one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpoint.exports import answer_tables, progress_table, run_tables
from checkpoint.exports.asked import Asked
from checkpoint.exports.cells import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is part of the file's address; `holds` says in a sentence what a row is."""

    name: str
    holds: str
    columns: Callable[[], Sequence[str]]
    rows: Callable[[Asked], Iterator[Sequence[Cell]]]


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "progress",
            "One row for each learner: level and criteria met at each question, how each scenario ended.",
            progress_table.columns,
            progress_table.rows,
        ),
        Table(
            "answers",
            "One row for each answer, a column for each criterion. For reading in a spreadsheet.",
            answer_tables.wide_columns,
            answer_tables.wide_rows,
        ),
        Table(
            "attempts",
            "One row for each answer, with the versions that judged it. For programs.",
            lambda: answer_tables.ATTEMPT,
            answer_tables.attempt_rows,
        ),
        Table(
            "criteria",
            "One row for each criterion and wrong idea of each answer, with the words that decided it.",
            lambda: answer_tables.CRITERION,
            answer_tables.criterion_rows,
        ),
        Table(
            "runs",
            "One row for each run of a scenario: goals met, rules broken, hints.",
            lambda: run_tables.RUN,
            run_tables.run_rows,
        ),
        Table(
            "steps",
            "One row for each step of the runs that learners share, with a name for the state after it.",
            lambda: run_tables.STEP,
            run_tables.step_rows,
        ),
    )
}
