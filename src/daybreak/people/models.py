"""Employers, employees, households and children. Names, birth dates and care notes are sealed to their row."""

from django.db import models
from django.db.models import Q

from daybreak.people.terms import PayClass


class Employer(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)


class WorkSite(models.Model):
    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="work_sites")
    name = models.CharField(max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    zone = models.CharField(max_length=40)


class Household(models.Model):
    id = models.UUIDField(primary_key=True)
    home_latitude = models.FloatField()
    home_longitude = models.FloatField()
    usual_starts = models.TimeField()
    usual_ends = models.TimeField()
    max_detour_minutes = models.PositiveSmallIntegerField(default=30)
    keep_together = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(max_detour_minutes__lte=180), name="a_detour_is_at_most_three_hours"),
        ]


class Employee(models.Model):
    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="employees")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="employees")
    work_site = models.ForeignKey(WorkSite, on_delete=models.PROTECT, related_name="+")
    pay_class = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "person"], name="a_person_is_employed_once_by_an_employer"),
            models.CheckConstraint(
                condition=Q(pay_class__in=[kind.value for kind in PayClass]), name="a_pay_class_is_known"
            ),
        ]


class Invitation(models.Model):
    """Somebody asked to share a household as its co-parent or guardian, and what they answered."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    name_sealed = models.TextField()
    """As the family calls them: what they are called elsewhere here is theirs to tell."""
    kind = models.CharField(max_length=12)
    invited_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answer = models.CharField(max_length=9, blank=True)
    """Empty while it waits; else accepted, declined or withdrawn."""
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(answer=""), name="a_person_is_invited_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "accepted", "declined", "withdrawn"]), name="an_answer_is_known"
            ),
        ]


class Child(models.Model):
    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="children")
    name_sealed = models.TextField()
    birth_date_sealed = models.TextField()
    care_notes_sealed = models.TextField(blank=True)
    special_needs = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "position"], name="children_of_a_household_are_in_order"),
        ]
