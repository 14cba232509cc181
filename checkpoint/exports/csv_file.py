"""A table as CSV, line by line, however long it is."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from checkpoint.exports.cells import Cell, as_text

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets read UTF-8 as something else."""

MEDIA_TYPE = "text/csv; charset=utf-8"


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])


class _Echo:
    """What csv writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
