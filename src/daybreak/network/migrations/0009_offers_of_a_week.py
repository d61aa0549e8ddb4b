"""An offer remembers that a caregiver's week made it; until now every offer of a caregiver with a week counts as such."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark_offers_of_weeks(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Mark them, so that the next week replaces them as it would have before."""
    offers = apps.get_model("network", "RoomSession").objects
    offers.filter(room__site__kind="in_home", room__site__weekly_hours__isnull=False).update(from_week=True)


class Migration(migrations.Migration):
    dependencies = [("network", "0008_caregivers")]

    operations = [
        migrations.AddField("RoomSession", "from_week", models.BooleanField(default=False, db_default=False)),
        migrations.RunPython(mark_offers_of_weeks, migrations.RunPython.noop),
    ]
