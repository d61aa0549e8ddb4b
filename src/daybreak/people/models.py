"""Employers, employees, households and children. Names, birth dates and care notes are sealed to their row."""

from django.db import models
from django.db.models import Q

from daybreak.people.telling.terms import Question
from daybreak.people.terms import PayClass


class Employer(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    roster = models.PositiveIntegerField(default=0)
    """The number of the roster that counts; 0 before the first."""


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
    ref_index = models.CharField(max_length=64, null=True)
    """The fingerprint of the employer's own number; empty for somebody no roster has named."""
    left_on = models.DateField(null=True)
    """The first day no longer employed, once it has come."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "person"], name="a_person_is_employed_once_by_an_employer"),
            models.UniqueConstraint(fields=["employer", "ref_index"], name="a_number_is_one_employee"),
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


class RosterImport(models.Model):
    """One reading of an employer's roster. It counts once the employer's `roster` has its number, all lines at once."""

    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="roster_imports")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=64)
    """The SHA-256 of the file, so that the same file is known again."""
    begun_at = models.DateTimeField()
    leased_until = models.DateTimeField()
    """Until when the process that writes it is believed to be alive."""
    counted_at = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    joins = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    leaves = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "number"], name="one_roster_is_written_at_a_time"),
        ]


class RosterLine(models.Model):
    """What a roster says of an employee, from the import numbered `since` until the one numbered `until`.

    Nobody's account: a person, and a household, come to be when the employee first comes. Lines are added and ended,
    never changed, and count only as far as the employer's `roster` has come.
    """

    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="roster_lines")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)
    ref_index = models.CharField(max_length=64)
    email_index = models.CharField(max_length=64, null=True, db_index=True)
    phone_index = models.CharField(max_length=64, null=True, db_index=True)
    who_sealed = models.TextField()
    """The employer's number, name, e-mail, phone, home ZIP and its middle, as one sealed value."""
    digest = models.CharField(max_length=64)
    """A keyed fingerprint of everything the line says, so that an unchanged line is known without opening it."""
    work_site = models.ForeignKey(WorkSite, on_delete=models.PROTECT, related_name="+")
    job_family = models.CharField(max_length=80)
    pay_class = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The last day of the employment."""
    weekly_hours = models.FloatField(null=True)
    shift_starts = models.TimeField(null=True)
    shift_ends = models.TimeField(null=True)
    language = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "ref_index"], condition=Q(until=None), name="an_employee_stands_once_on_a_roster"
            ),
            models.UniqueConstraint(
                fields=["employer", "email_index"], condition=Q(until=None), name="an_email_stands_once_on_a_roster"
            ),
            models.UniqueConstraint(
                fields=["employer", "phone_index"], condition=Q(until=None), name="a_phone_stands_once_on_a_roster"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")), name="a_roster_line_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(pay_class__in=[kind.value for kind in PayClass]), name="a_roster_s_pay_class_is_known"
            ),
        ]
        indexes = [models.Index(fields=["employer", "ref_index"]), models.Index(fields=["employer", "until"])]


class Child(models.Model):
    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="children")
    name_sealed = models.TextField()
    birth_date_sealed = models.TextField()
    care_notes_sealed = models.TextField(blank=True)
    allergies_sealed = models.TextField(blank=True, default="")
    special_needs = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    left_at = models.DateTimeField(null=True)
    """When the family took the child off its list; past bookings still know it."""
    erased_at = models.DateTimeField(null=True)
    """When everything private of it was erased; nothing of it can be opened any more."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "position"], name="children_of_a_household_are_in_order"),
        ]


class HouseholdAnswer(models.Model):
    """What a household answered to one of the questions of telling/terms.py, sealed."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=20)
    answer_sealed = models.TextField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "question"], name="a_household_has_one_answer_to_a_question"),
            models.CheckConstraint(
                condition=Q(question__in=[question.value for question in Question]), name="a_question_is_known"
            ),
        ]


class Fetcher(models.Model):
    """Somebody a household allows to fetch its children; everything about them is sealed."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="fetchers")
    name_sealed = models.TextField()
    tie_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    added_at = models.DateTimeField()


class Newcomer(models.Model):
    """Somebody who says that they work for an employer, and stands on no roster yet; a clerk settles it afterwards.

    While it is only said, nobody is an employee by it: that comes when whoever has the address comes in there.
    """

    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    work_site = models.ForeignKey(WorkSite, on_delete=models.PROTECT, related_name="+")
    column = models.CharField(max_length=5)
    """What kind of address it is, email or phone."""
    address_index = models.CharField(max_length=64, db_index=True)
    said_sealed = models.TextField()
    """Name, address, the employer's number and home ZIP as they said them, as one sealed value."""
    pay_class = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    said_at = models.DateTimeField()
    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, null=True, related_name="newcomer")
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True)
    """Empty until it is settled; then matched or refused."""
    settled_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    """The clerk; empty where a roster settled it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", "matched", "refused"]), name="an_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(pay_class__in=[kind.value for kind in PayClass]), name="a_newcomer_s_pay_class_is_known"
            ),
        ]
