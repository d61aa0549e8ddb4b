"""A household may be asked for its street address, sealed like its other answers."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0004_what_a_household_tells")]

    operations = [
        migrations.RemoveConstraint("HouseholdAnswer", "a_question_is_known"),
        migrations.AddConstraint(
            "HouseholdAnswer",
            models.CheckConstraint(
                condition=Q(question__in=["regular-care", "fails-when", "emergency", "address"]),
                name="a_question_is_known",
            ),
        ),
    ]
