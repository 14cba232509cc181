"""A query compiled once: for the few reads that many requests make.

Building a query costs the ORM many times what the database needs to answer it.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast

Row = TypeVar("Row", bound=Model)

Value = int | str | datetime | UUID


class Small(int):
    """For a column of 32 bits, such as a line's number: the ORM never asks for a value beyond those."""


STAND_INS: dict[type, Callable[[int], Value]] = {
    int: lambda place: 4_611_686_018_427_387_911 + place,
    Small: lambda place: 2_147_483_629 - place,
    UUID: lambda place: UUID(int=(1 << 128) - 159 - place),
    str: lambda place: f"\ue000 stand-in {place}",
    datetime: lambda place: datetime(9998, 1, 1, microsecond=1, tzinfo=UTC) + timedelta(days=place),
}
"""Stand for the values to be asked for while the query is compiled; nothing has these ids, names or times."""

_one_takes_rows = Lock()


class Prepared:
    """Rows of a `values_list` that depends on one or a few values, such as a person's id.

    `build` is given them and returns the query; it is called once for each kind of database.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type) -> None:
        self._build = build
        self._stand_ins = [STAND_INS[kind](place) for place, kind in enumerate(kinds or (int,))]
        self._compiled = cache(self._compile)

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """One query."""
        sql, parameters, stand_ins, compiler, converters = self._compiled(connection.vendor)
        asked = dict(zip(stand_ins, _as_sent(values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [asked.get(value, value) for value in parameters])
            with _taking_rows():
                rows = cursor.fetchall()
        if converters:
            return [tuple(row) for row in compiler.apply_converters(rows, converters)]
        return [tuple(row) for row in rows]

    def _compile(self, _vendor: str) -> tuple[str, tuple[Any, ...], list[Any], Any, Any]:
        compiler = self._build(*self._stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        stand_ins = _as_sent(self._stand_ins)
        if not set(stand_ins) <= set(parameters):
            raise ValueError("The query doesn't use every value it is given.")
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return sql, tuple(parameters), stand_ins, compiler, converters


class PreparedObjects(Generic[Row]):
    """All objects of a query that depends on one or a few values."""

    def __init__(self, model: type[Row], build: Callable[..., QuerySet[Row]], *kinds: type) -> None:
        self._model = model
        self._fields = tuple(field.attname for field in model._meta.concrete_fields)
        self._found = Prepared(lambda *values: build(*values).values_list(*self._fields), *kinds)

    def all(self, *values: Value) -> list[Row]:
        """One query."""
        rows = self._found.rows(*values)
        return [self._model.from_db(connection.alias, self._fields, row) for row in rows]


class PreparedFirst(PreparedObjects[Row]):
    """The first object of a query that depends on one or a few values."""

    def __init__(self, model: type[Row], build: Callable[..., QuerySet[Row]], *kinds: type) -> None:
        super().__init__(model, lambda *values: build(*values)[:1], *kinds)

    def first(self, *values: Value) -> Row | None:
        """One query."""
        return next(iter(self.all(*values)), None)


def as_text(column: str) -> Cast:
    """A column of times or days as text, for rows of which few are needed as times: `time_in` reads them.

    Their texts are in the order of the times. SQLite keeps times as text, and Django's way of reading one
    takes as long as all the rest of its row.
    """
    return Cast(column, TextField())


def time_in(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _taking_rows() -> AbstractContextManager[Any]:
    """One thread at a time takes SQLite's rows.

    Its driver gives the interpreter away and asks for it back at every row: threads that take thousands of
    rows at once cost each other twice their CPU, and none has its rows sooner.
    """
    return _one_takes_rows if connection.vendor == "sqlite" else nullcontext()


def _as_sent(values: Iterable[Value]) -> list[Any]:
    """As the database takes them: SQLite knows neither times nor UUIDs."""
    return [_sent(value) for value in values]


def _sent(value: Value) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
