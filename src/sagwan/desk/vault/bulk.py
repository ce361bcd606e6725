"""Many rows in one statement, without a model object each: a day of a large provider has thousands."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_many(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, key: str = ""
) -> None:
    """Insert rows of `columns` (attribute names, such as `line_id`); ids are the database's to give.

    Instants are aware datetimes. With `key`, a row whose `key` is there already is replaced. IntegrityError
    comes through as from the ORM.
    """
    fields = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in columns]
    instants = [place for place, field in enumerate(fields) if isinstance(field, models.DateTimeField)]
    values = [list(row) for row in rows]
    if not values:
        return
    adapt = connection.ops.adapt_datetimefield_value
    for row in values:
        for place in instants:
            row[place] = adapt(row[place])
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    if key:
        others = [connection.ops.quote_name(f.column) for f in fields if f.attname != key]
        changes = ", ".join(f"{name} = excluded.{name}" for name in others)
        statement += f" ON CONFLICT ({connection.ops.quote_name(key)}) DO UPDATE SET {changes}"
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
