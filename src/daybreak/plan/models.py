"""Plans as they were loaded, word for word. A plan is never edited: another version takes effect on a later day."""

from django.db import models
from django.db.models import F, Q


class PlanFile(models.Model):
    """One version of one employer's plan for one plan year."""

    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    year_since = models.DateField()
    year_until = models.DateField()
    since = models.DateField()
    """The first day this version decides; until another version's day, or the end of the plan year."""
    text = models.TextField()
    """The file, verbatim."""
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.UUIDField(null=True)
    """The person who loaded it; empty from the command line."""

    class Meta:
        ordering = ["employer", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_until__gt=F("year_since")), name="a_plan_year_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(since__gte=F("year_since"), since__lt=F("year_until")), name="a_plan_decides_in_its_year"
            ),
            models.UniqueConstraint(fields=["employer", "since"], name="one_plan_of_an_employer_begins_on_a_day"),
        ]
