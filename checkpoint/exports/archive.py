"""A cohort's whole record in one file: every table as CSV, and a page that says what they hold."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from checkpoint.exports.asked import Asked
from checkpoint.exports.csv_file import csv_lines
from checkpoint.exports.tables import TABLES, Table
from checkpoint.exports.times import utc

MEDIA_TYPE = "application/zip"


def archive(asked: Asked, now: datetime) -> IO[bytes]:
    """Open at its beginning; gone once it is closed."""
    file = TemporaryFile()  # noqa: SIM115  (whoever sends it closes it)
    try:
        _fill(file, asked, now)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _fill(file: IO[bytes], asked: Asked, now: datetime) -> None:
    folder, rows = asked.cohort.slug, {}
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for table in TABLES.values():
            with packed.open(f"{folder}/{table.name}.csv", "w", force_zip64=True) as entry:
                lines = csv_lines(table.columns(), table.rows(asked))
                written = sum(1 for line in lines if entry.write(line.encode()))
            rows[table.name] = written - 1  # the first has the columns
        packed.writestr(f"{folder}/README.md", "\n".join(_explained(asked, now, rows)))


def _explained(asked: Asked, now: datetime, rows: Mapping[str, int]) -> Iterator[str]:
    yield f"# {asked.cohort.name}"
    yield ""
    names = "with names and addresses" if asked.named else "under pseudonyms, without names and addresses"
    yield f"Taken {utc(now)}, {len(asked.people)} learners, {names}."
    yield "What learners wrote may name people all the same: treat it as personal data."
    yield "An apostrophe before a cell marks it as text; it keeps spreadsheets from running it as a formula."
    yield "Times are UTC, except `at` in answers.csv, which is the site's."
    yield "The same `learner_id` is the same person."
    for table in TABLES.values():
        yield from _columns_of(table, rows[table.name])


def _columns_of(table: Table, rows: int) -> Iterator[str]:
    yield ""
    yield f"## {table.name}.csv"
    yield ""
    yield f"{table.holds} {rows} row{'' if rows == 1 else 's'}."
    yield ""
    yield ", ".join(f"`{column}`" for column in table.columns())
