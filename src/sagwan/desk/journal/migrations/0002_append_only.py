"""UPDATE, DELETE and TRUNCATE of the append-only tables are refused by the database itself."""

from django.db import migrations

TABLES = {  # table → columns that no second row may share (INSERT OR REPLACE would delete the first)
    "journal_event": ("id", "stream, seq"),
    "journal_line": ("id", "stream, number", "commitment"),
    "journal_batch": ("number",),
    "journal_place": ('"index"', "line_id"),
    "journal_cut": ("period",),
    "journal_checkpoint": ("size",),
}


def _sqlite(table, uniques):
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    for number, columns in enumerate(uniques):
        same = " AND ".join(f"{c.strip()} = NEW.{c.strip()}" for c in columns.split(","))
        yield (
            f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: such a row is there'); END"
        )


def _postgresql(table, uniques):
    yield (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION sagwan_append_only()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION sagwan_append_only()"
    )


def forwards(apps, schema_editor):
    triggers = _sqlite
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION sagwan_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        triggers = _postgresql
    for table, uniques in TABLES.items():
        for statement in triggers(table, uniques):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_initial"),)
    operations = (migrations.RunPython(forwards),)
