"""Make the database refuse to change an audit event or its link.

PostgreSQL refuses to delete them too. On SQLite deleting is left alone: whoever can write the file can drop the trigger, and
the hash chain is what shows it.
"""

from django.db import migrations

TABLES = ("audit_auditevent", "audit_auditlink")

POSTGRESQL = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit record is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();\n"
    for table in TABLES
)
POSTGRESQL_BACK = (
    "".join(f"DROP TRIGGER {table}_only_grows ON {table};\n" for table in TABLES) + "DROP FUNCTION audit_refuse();"
)


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the audit record is only added to'); END"
        )


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK)
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_only_grows")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first_tables")]
    operations = [migrations.RunPython(add, take_away)]
