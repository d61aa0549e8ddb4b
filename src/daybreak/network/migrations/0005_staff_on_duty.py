"""Who is on duty in which room, and the children a site has of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0004_take_spots_with_contracts"),
    ]

    operations = [
        migrations.AddField(
            model_name="roomsession",
            name="own_months",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="sitesession",
            name="own_children",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="StaffedRoom",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("own_months", models.JSONField(default=dict)),
                ("said_at", models.DateTimeField()),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staffed", to="network.room"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Staffer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name_sealed", models.TextField()),
                ("part", models.CharField(max_length=10)),
                ("checked_on", models.DateField(null=True)),
                ("left_on", models.DateField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="network.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("gone_from", models.TimeField(null=True)),
                (
                    "staffed_room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="network.staffedroom"
                    ),
                ),
                (
                    "staffer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="network.staffer"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="staffedroom",
            constraint=models.UniqueConstraint(fields=("room", "day"), name="staff_of_a_room_is_said_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="staffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["educator", "aide", "helper"])), name="a_staff_part_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                fields=("staffed_room", "staffer", "starts"), name="a_duty_is_said_once"
            ),
        ),
    ]
