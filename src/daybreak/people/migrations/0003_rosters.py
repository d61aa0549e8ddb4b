import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterImport",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("file", models.CharField(max_length=64)),
                ("begun_at", models.DateTimeField()),
                ("leased_until", models.DateTimeField()),
                ("counted_at", models.DateTimeField(null=True)),
                ("read", models.PositiveIntegerField(default=0)),
                ("joins", models.PositiveIntegerField(default=0)),
                ("changes", models.PositiveIntegerField(default=0)),
                ("leaves", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="RosterLine",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.PositiveIntegerField()),
                ("until", models.PositiveIntegerField(null=True)),
                ("ref_index", models.CharField(max_length=64)),
                ("email_index", models.CharField(db_index=True, max_length=64, null=True)),
                ("phone_index", models.CharField(db_index=True, max_length=64, null=True)),
                ("who_sealed", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("job_family", models.CharField(max_length=80)),
                ("pay_class", models.CharField(max_length=10)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("weekly_hours", models.FloatField(null=True)),
                ("shift_starts", models.TimeField(null=True)),
                ("shift_ends", models.TimeField(null=True)),
                ("language", models.CharField(max_length=2)),
            ],
        ),
        migrations.AddField(
            model_name="employee",
            name="left_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="employee",
            name="ref_index",
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name="employer",
            name="roster",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="employee",
            constraint=models.UniqueConstraint(fields=("employer", "ref_index"), name="a_number_is_one_employee"),
        ),
        migrations.AddField(
            model_name="rosterimport",
            name="employer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="roster_imports", to="people.employer"
            ),
        ),
        migrations.AddField(
            model_name="rosterline",
            name="employer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="roster_lines", to="people.employer"
            ),
        ),
        migrations.AddField(
            model_name="rosterline",
            name="work_site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.worksite"
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterimport",
            constraint=models.UniqueConstraint(fields=("employer", "number"), name="one_roster_is_written_at_a_time"),
        ),
        migrations.AddIndex(
            model_name="rosterline",
            index=models.Index(fields=["employer", "ref_index"], name="people_rost_employe_2c1663_idx"),
        ),
        migrations.AddIndex(
            model_name="rosterline",
            index=models.Index(fields=["employer", "until"], name="people_rost_employe_ca8aa8_idx"),
        ),
        migrations.AddConstraint(
            model_name="rosterline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("employer", "ref_index"),
                name="an_employee_stands_once_on_a_roster",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("employer", "email_index"),
                name="an_email_stands_once_on_a_roster",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("employer", "phone_index"),
                name="a_phone_stands_once_on_a_roster",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterline",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                name="a_roster_line_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_class__in", ["hourly", "salaried"])), name="a_roster_s_pay_class_is_known"
            ),
        ),
    ]
