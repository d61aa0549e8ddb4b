"""Write many rows of one table with one statement for all of them.

The ORM spells every value of every row out in a new statement, which takes most of the time of a long import. Here a
statement is made once from the model's own columns, and the values go after it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, UUIDField

PLAIN = ("CharField", "TextField", "FloatField", "PositiveIntegerField", "PositiveSmallIntegerField", "BooleanField")
"""Kinds of columns whose values every database takes as they are."""

Prepare = Callable[[Any], object]


def insert(model: type[Model], rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows, each by column; a column that the first row does not name gets its default in every row."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    said = [field for field in fields if field.attname in rows[0]]
    silent = [field for field in fields if field.attname not in rows[0]]
    filled = [(field.attname, _prepare(field)) for field in said]
    defaults = [field.get_db_prep_save(field.get_default(), connection) for field in silent]
    columns = ", ".join(_quoted(field) for field in (*said, *silent))
    marks = ", ".join(["%s"] * len(fields))
    _run(
        f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks})",
        ([*(prepare(row[name]) for name, prepare in filled), *defaults] for row in rows),
    )


def update(model: type[Model], rows: Sequence[tuple[UUID, Mapping[str, object]]], columns: Sequence[str]) -> None:
    """Write these columns of rows by their id."""
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in columns]
    prepared = [(name, _prepare(field)) for name, field in zip(columns, fields, strict=True)]
    key = model._meta.pk
    assert key is not None
    by_id = _prepare(key)
    sets = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    _run(
        f"UPDATE {_table(model)} SET {sets} WHERE {_quoted(key)} = %s",
        ([*(prepare(row[name]) for name, prepare in prepared), by_id(pk)] for pk, row in rows),
    )


def _run(statement: str, values: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _prepare(field: Any) -> Prepare:
    """How a value of this column is handed to the database."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, UUIDField):
        return _same if connection.features.has_native_uuid_field else _letters
    if target.get_internal_type() in PLAIN:
        return _same
    return lambda value: field.get_db_prep_save(value, connection)


def _same(value: object) -> object:
    return value


def _letters(value: UUID) -> str:
    return value.hex
