import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("employer_id", models.UUIDField()),
                ("name", models.CharField(max_length=40, unique=True)),
                ("occasion", models.CharField(max_length=8)),
                ("quarter", models.CharField(max_length=7)),
                ("closes_on", models.DateField()),
                ("public_key", models.TextField()),
                ("private_key_sealed", models.TextField()),
                ("answered", models.PositiveIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer_id", "occasion", "quarter"), name="a_wave_is_opened_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["entry", "return", "pulse", "exit", "declined"])),
                        name="an_occasion_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invited",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("stamped_digest", models.CharField(default="", max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="tickets.wave"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "person"), name="a_person_is_invited_once_to_a_wave")
                ],
            },
        ),
    ]
