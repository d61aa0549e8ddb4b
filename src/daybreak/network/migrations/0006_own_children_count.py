"""Taking a spot counts the site's own children too, and says which law set a limit.

The function of 0004 with twelve pieces changed, each written here as it was and as it is; everything else of it stands as
it is there. A piece that is not found exactly once stops the migration.
"""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WITH_CONTRACTS = import_module("daybreak.network.migrations.0004_take_spots_with_contracts")

CHANGES = (
    ("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
    ("SELECT n.*, r.id, r.limits,", "SELECT n.*, r.id, r.limits, r.own_months,"),
    (
        "s.household_id, coalesce(s.spots - s.taken, 0)",
        "s.household_id, greatest(coalesce(s.spots - s.own_children - s.taken, 0), 0)",
    ),
    (
        "SELECT l.under_months, l.most_of_them, l.room_most,",
        "SELECT l.under_months, l.most_of_them, l.room_most, l.cite,",
    ),
    (
        "AS l(under_months int, most_of_them int, room_most int)",
        "AS l(under_months int, most_of_them int, room_most int, cite text)",
    ),
    (
        """            SELECT t.months::int FROM network_takenspot t WHERE t.room_session_id = n.id
""",
        """            SELECT t.months::int FROM network_takenspot t WHERE t.room_session_id = n.id
            UNION ALL
            SELECT o.months::int FROM jsonb_array_elements_text(n.own_months) AS o(months)
""",
    ),
    (
        "GROUP BY n.id, e.number, l.under_months, l.most_of_them, l.room_most",
        "GROUP BY n.id, e.number, l.under_months, l.most_of_them, l.room_most, l.cite",
    ),
    (
        "'children', i.everybody, 'most', i.most_of_them)",
        "'children', i.everybody, 'most', i.most_of_them, 'cite', i.cite)",
    ),
    (
        """        SELECT 'fewer-spots-with-a-young-child', jsonb_build_object(
            'under_months', i.under_months, 'young', i.young, 'children', i.everybody, 'most', i.room_most)
""",
        """        SELECT CASE WHEN i.under_months < 216 THEN 'fewer-spots-with-a-young-child'
                    ELSE 'more-than-the-room-may-have' END, jsonb_build_object(
            'under_months', i.under_months, 'young', i.young, 'children', i.everybody, 'most', i.room_most, 'cite', i.cite)
""",
    ),
    ("sum(n.wanted) AS wanted, s.spots - s.taken AS", "sum(n.wanted) AS wanted, s.spots - s.own_children - s.taken AS"),
    ("GROUP BY n.day, n.session, s.spots, s.taken\n", "GROUP BY n.day, n.session, s.spots, s.own_children, s.taken\n"),
    (
        "(s.day, s.session) = (n.day, n.session) AND s.taken + n.wanted <= s.spots\n",
        "(s.day, s.session) = (n.day, n.session) AND s.taken + n.wanted <= s.spots - s.own_children\n",
    ),
)


def changed(body: str) -> str:
    for before, after in CHANGES:
        if body.count(before) != 1:
            raise ValueError(f"network_take_spots has this {body.count(before)} times, and once is meant: {before}")
        body = body.replace(before, after)
    return body


def replace(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(changed(WITH_CONTRACTS.TAKE_SPOTS))


def put_back(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION network_take_spots")
        schema_editor.execute(WITH_CONTRACTS.TAKE_SPOTS)


class Migration(migrations.Migration):
    dependencies = [("network", "0005_staff_on_duty")]

    operations = [migrations.RunPython(replace, put_back)]
