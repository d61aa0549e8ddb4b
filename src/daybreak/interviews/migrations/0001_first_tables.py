import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Code",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("occasion", models.CharField(max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name="Spent",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("question_set", models.CharField(max_length=40)),
                ("quarter", models.CharField(max_length=7)),
                ("item", models.CharField(max_length=40)),
                ("words_sealed", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Trustee",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80, unique=True)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("room", models.CharField(max_length=40)),
                ("said_sealed", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="WaveKey",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("occasion", models.CharField(max_length=8)),
                ("quarter", models.CharField(max_length=7)),
                ("until", models.DateField()),
                ("public_key", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("question_set", models.CharField(max_length=40)),
                ("quarter", models.CharField(max_length=7)),
                ("said_sealed", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["question_set", "quarter"], name="answers_of_a_wave")],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("themes", models.JSONField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="interviews.text"
                    ),
                ),
                (
                    "trustee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="interviews.trustee"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("text", "trustee"), name="a_trustee_codes_a_text_once")
                ],
            },
        ),
    ]
