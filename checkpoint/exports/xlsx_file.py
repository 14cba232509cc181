"""Tables as a workbook for Excel and its like: words as words, numbers as numbers, nothing as a formula."""

from collections.abc import Iterable, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from checkpoint.exports.cells import LONGEST, Cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_ROWS = 200_000
"""Of one sheet: a workbook is written whole before it is sent, so a longer table is for CSV."""

CUT = " … (cut; the CSV file has all of it)"

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
"""Name, columns, rows."""


class TooLongError(Exception):
    """A table has more rows than a workbook takes here."""


def xlsx_file(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Open at its beginning; gone once it is closed. Rows go to the disk as they come."""
    file = TemporaryFile()  # noqa: SIM115  (whoever sends it closes it)
    try:
        with Workbook(file, {"constant_memory": True, "use_zip64": True}) as book:
            bold = book.add_format({"bold": True})
            for name, columns, rows in sheets:
                _fill(book.add_worksheet(name), columns, rows, bold)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _fill(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[Cell]], bold: object) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
        sheet.set_column(place, place, max(10, min(len(column) + 2, 40)))
    number, others = 0, iter(rows)
    for number, row in enumerate(islice(others, MOST_ROWS), start=1):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell)
    if next(others, None) is not None:
        raise TooLongError(sheet.get_name())
    sheet.autofilter(0, 0, number, len(columns) - 1)


def _write(sheet: Worksheet, row: int, place: int, cell: Cell) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, place, _fitting(cell))
    elif cell is not None:
        sheet.write_number(row, place, cell)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
