"""Writes put together once: for the few rows that many requests store. Only actions use them.

As with reads, the ORM takes longer to build such a statement than the database to carry it out.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, Literal, TypeVar

from django.db import connection, transaction
from django.db.models import AutoField, Field, Model

Row = TypeVar("Row", bound=Model)
Sign = Literal["=", "<"]


class PreparedInsert(Generic[Row]):
    """One more row of a model to whose saving nobody listens; its id is given, or made by the database."""

    def __init__(self, model: type[Row]) -> None:
        self._model = model
        self._own_id: Any = model._meta.pk
        self._is_given = not isinstance(self._own_id, AutoField)
        self._fields = [one for one in model._meta.concrete_fields if self._is_given or not one.primary_key]
        self._statement = cache(self._compiled)

    def insert(self, row: Row) -> None:
        """One statement; raises IntegrityError as `save` does."""
        if not self._is_given and not connection.features.can_return_columns_from_insert:
            row.save(force_insert=True)
            return
        values = _stored(self._fields, [one.pre_save(row, True) for one in self._fields])
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(self._statement(connection.vendor), values)
            if not self._is_given:
                setattr(row, self._own_id.attname, cursor.fetchone()[0])
        row._state.adding, row._state.db = False, connection.alias

    def _compiled(self, _vendor: str) -> str:
        columns = ", ".join(_column(one) for one in self._fields)
        places = ", ".join("%s" for _ in self._fields)
        table = _quoted(self._model._meta.db_table)
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  (our own names)
        return statement if self._is_given else f"{statement} RETURNING {_column(self._own_id)}"


class PreparedUpdate:
    """Sets columns of the rows that are as `where` says: `{"id": "=", "number": "<"}`."""

    def __init__(self, model: type[Model], columns: Sequence[str], where: Mapping[str, Sign]) -> None:
        self._model, self._signs = model, where
        self._columns: list[Any] = [model._meta.get_field(name) for name in columns]
        self._where: list[Any] = [model._meta.get_field(name) for name in where]
        self._statement = cache(self._compiled)

    def update(self, values: Sequence[object], wanted: Sequence[object]) -> int:
        """One statement; how many rows it changed."""
        parameters = [*_stored(self._columns, values), *_stored(self._where, wanted)]
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(self._statement(connection.vendor), parameters)
            return int(cursor.rowcount)

    def _compiled(self, _vendor: str) -> str:
        columns = ", ".join(f"{_column(one)} = %s" for one in self._columns)
        where = " AND ".join(f"{_column(one)} {self._signs[one.name]} %s" for one in self._where)
        return f"UPDATE {_quoted(self._model._meta.db_table)} SET {columns} WHERE {where}"  # noqa: S608


def _stored(fields: Sequence["Field[Any, Any]"], values: Sequence[object]) -> list[Any]:
    """As the database takes them."""
    return [one.get_db_prep_save(value, connection) for one, value in zip(fields, values, strict=True)]


def _column(field: "Field[Any, Any]") -> str:
    return _quoted(str(field.column))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
