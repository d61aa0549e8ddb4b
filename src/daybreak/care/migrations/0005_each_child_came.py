"""Each child of a booking has its own coming and being fetched; until now all of a booking's children had one."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Q, Subquery


def say_for_each(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """All children of an attended booking came when the booking's move says so, and were fetched alike."""
    moves = apps.get_model("care", "CareMove").objects.filter(booking=OuterRef("booking"))
    came, fetched = (Subquery(moves.filter(verb=verb).values("at")[:1]) for verb in ("attend", "fetch"))
    children = apps.get_model("care", "BookedChild").objects
    children.filter(booking__state__in=("attended", "fetched")).update(came_at=came, fetched_at=fetched)


class Migration(migrations.Migration):
    dependencies = [("care", "0004_prices_and_rounds")]

    operations = [
        migrations.AddField("BookedChild", "came_at", models.DateTimeField(null=True)),
        migrations.AddField("BookedChild", "fetched_at", models.DateTimeField(null=True)),
        migrations.RunPython(say_for_each, migrations.RunPython.noop),
        migrations.AddConstraint(
            "BookedChild",
            models.CheckConstraint(
                condition=Q(fetched_at=None) | Q(came_at__isnull=False), name="nobody_is_fetched_who_did_not_come"
            ),
        ),
    ]
