import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_a_street_address"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Newcomer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("column", models.CharField(max_length=5)),
                ("address_index", models.CharField(db_index=True, max_length=64)),
                ("said_sealed", models.TextField()),
                ("pay_class", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=2)),
                ("said_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=8)),
                (
                    "employee",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newcomer",
                        to="people.employee",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employer"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work_site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.worksite"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "matched", "refused"])), name="an_outcome_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pay_class__in", ["hourly", "salaried"])),
                        name="a_newcomer_s_pay_class_is_known",
                    ),
                ],
            },
        ),
    ]
