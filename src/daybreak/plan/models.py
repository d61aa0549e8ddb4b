"""Plans as they were loaded, word for word, and the books that are kept by them.

A plan is never edited: another version takes effect on a later day. Entries and lines are only added, which triggers
see to: the one thing a line may learn later is its number.
"""

from django.db import models
from django.db.models import F, Q

from daybreak.plan.terms import OF_PEOPLE, PassbookKind


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


class Account(models.Model):
    """A passbook: how many lines it has and what they come to. Its id is made of what names it."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10)
    owner = models.UUIDField()
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    counted = models.CharField(max_length=8)
    granted = models.BigIntegerField(default=0)
    """What the plan's own amount has been granted as, so that another version of the plan grants the difference."""
    lines = models.PositiveBigIntegerField(default=0)
    balance = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["employer", "kind", "since"]), models.Index(fields=["owner"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PassbookKind]), name="a_passbook_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(OF_PEOPLE)) | Q(balance__gte=0),
                name="no_passbook_of_a_person_is_below_zero",
            ),
            models.UniqueConstraint(
                fields=["kind", "owner", "employer", "since", "counted"], name="one_passbook_of_a_kind_for_a_year"
            ),
        ]


class Entry(models.Model):
    """One deed in the books: its lines come to nothing in every unit. Never changed; a mistake is reversed."""

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=100, unique=True)
    """What makes the same event twice one entry."""
    verb = models.CharField(max_length=12)
    because = models.CharField(max_length=40)
    """Why, as a code."""
    plan = models.ForeignKey(PlanFile, on_delete=models.PROTECT, null=True, related_name="+")
    cite = models.CharField(max_length=400, blank=True)
    """The paragraph of the plan that decided."""
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    employee_id = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    booking_id = models.UUIDField(null=True)
    day = models.DateField()
    """The day of care, or the day a grant counts from."""
    credit = models.CharField(max_length=20, blank=True)
    """What kind of payment it is for the employer's credit."""
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["booking_id"]),
            models.Index(fields=["employee_id", "day"]),
            models.Index(fields=["employer", "day"]),
            models.Index(fields=["employer", "at"]),
        ]


class Line(models.Model):
    """One numbered line of a passbook, with the balance after it. Lines of shared passbooks wait for their number.

    The account is named by its id alone: a line that had to look at a shared row would make bookings wait in a row.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    owner = models.UUIDField()
    since = models.DateField()
    counted = models.CharField(max_length=8)
    part = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    number = models.PositiveBigIntegerField(null=True)
    balance = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account_id", "id"], condition=Q(number=None), name="lines_that_wait")]
        constraints = [
            models.UniqueConstraint(fields=["account_id", "number"], name="a_line_has_its_own_number"),
            models.CheckConstraint(condition=~Q(amount=0), name="a_line_moves_something"),
            models.CheckConstraint(
                condition=Q(number=None, balance=None) | Q(number__isnull=False, balance__isnull=False),
                name="a_numbered_line_has_its_balance",
            ),
        ]


class BudgetCount(models.Model):
    """How much of a reserve is spent: a counter with a condition, and the only row of an employer a booking touches."""

    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    work_site = models.ForeignKey("people.WorkSite", on_delete=models.PROTECT, related_name="+")
    year_since = models.DateField()
    quarter = models.PositiveSmallIntegerField()
    most = models.BigIntegerField()
    spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(spent__lte=F("most")), name="a_budget_is_never_overspent"),
            models.CheckConstraint(condition=Q(spent__gte=0), name="a_budget_gives_back_only_what_was_taken"),
            models.UniqueConstraint(
                fields=["work_site", "year_since", "quarter"], name="a_work_site_has_one_budget_in_a_quarter"
            ),
        ]


class MonthClosed(models.Model):
    """A month whose payroll file was made: when, by whom, and the digest of the file. Months close in their order."""

    id = models.UUIDField(primary_key=True)
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64)
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "since"], name="a_month_is_closed_once"),
        ]


class TaxFact(models.Model):
    """What an employer has said of an employee for the taxes of a year; the newest row counts, older ones stay."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    filing = models.CharField(max_length=30)
    fsa = models.BigIntegerField(default=0)
    """Cents set aside from pay for dependent care in the year."""
    earned_income = models.BigIntegerField(null=True)
    spouse_income = models.BigIntegerField(null=True)
    highly_paid = models.BooleanField(default=False)
    owner = models.BooleanField(default=False)
    """Whether they own more of the business than the law's figure."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "year", "-id"])]
