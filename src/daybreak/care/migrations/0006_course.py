"""A request keeps how far its cascade is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0005_each_child_came")]

    operations = [
        migrations.AddField(model_name="carerequest", name="course", field=models.JSONField(default=dict)),
    ]
