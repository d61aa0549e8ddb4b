"""Make the database refuse to change an entry or a line; only the number of a line that waits may be filled in.

PostgreSQL refuses to delete them too. On SQLite deleting is left alone: whoever can write the file can drop the trigger.
"""

from django.db import migrations

SAME = ("entry_id", "account_id", "kind", "owner", "since", "counted", "part", "amount")

POSTGRESQL = f"""
CREATE FUNCTION plan_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER plan_entry_only_grows BEFORE UPDATE OR DELETE ON plan_entry
    FOR EACH ROW EXECUTE FUNCTION plan_refuse();
CREATE TRIGGER plan_line_only_grows BEFORE DELETE ON plan_line
    FOR EACH ROW EXECUTE FUNCTION plan_refuse();
CREATE TRIGGER plan_line_is_numbered_once BEFORE UPDATE ON plan_line
    FOR EACH ROW WHEN (OLD.number IS NOT NULL OR {" OR ".join(f"OLD.{name} <> NEW.{name}" for name in SAME)})
    EXECUTE FUNCTION plan_refuse();
"""
POSTGRESQL_BACK = """
DROP TRIGGER plan_entry_only_grows ON plan_entry;
DROP TRIGGER plan_line_only_grows ON plan_line;
DROP TRIGGER plan_line_is_numbered_once ON plan_line;
DROP FUNCTION plan_refuse();
"""
SQLITE = (
    "CREATE TRIGGER plan_entry_only_grows BEFORE UPDATE ON plan_entry "
    "BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END",
    "CREATE TRIGGER plan_line_is_numbered_once BEFORE UPDATE ON plan_line "
    f"WHEN OLD.number IS NOT NULL OR {' OR '.join(f'OLD.{name} <> NEW.{name}' for name in SAME)} "
    "BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END",
)
SQLITE_BACK = ("DROP TRIGGER plan_entry_only_grows", "DROP TRIGGER plan_line_is_numbered_once")


def add(apps, schema_editor):
    for statement in (POSTGRESQL,) if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_away(apps, schema_editor):
    for statement in (POSTGRESQL_BACK,) if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_books")]
    operations = [migrations.RunPython(add, take_away)]
