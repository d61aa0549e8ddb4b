"""Care requests, bookings and what moved them. States are those of states.py; the database refuses any other."""

from django.db import models
from django.db.models import F, Q

from daybreak.care.standing.terms import ClosureKind
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import PriceSource
from daybreak.due.models import DueRow


class CareRequest(DueRow):
    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    zone = models.CharField(max_length=40)
    """The time zone of the work site, in which the family reads its clock."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    decide_by_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    """When it last joined the families who are placed together in rounds."""
    in_round = models.BooleanField(default=False)
    """Whether the next round places it; otherwise it looks alone."""
    course = models.JSONField(default=dict)
    """How far its cascade is, as `care.actions.run` reads and writes it: routes, how many had their turn, what the
    family said of them, and whether a place was taken back."""
    told_from = models.TimeField(null=True)
    """Before this hour of the morning the family sleeps, and is told no earlier than it must be; empty for any hour."""
    considered = models.PositiveIntegerField(default=0)
    without_offer = models.PositiveIntegerField(default=0)
    why_not = models.JSONField(default=list)
    """What the last look found: for each reason how many sites, and the facts of the nearest miss."""

    class Meta:
        indexes = [
            models.Index(fields=["household", "-asked_at"]),
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["day", "zone", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]), name="a_request_state_is_known"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="care_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state=RequestState.ASKED.value, answered_at=None)
                | (~Q(state=RequestState.ASKED.value) & Q(answered_at__isnull=False)),
                name="a_request_is_answered_when_it_is_no_longer_looking",
            ),
            models.CheckConstraint(
                condition=Q(in_round=False) | Q(state=RequestState.ASKED.value, joined_at__isnull=False),
                name="only_who_still_looks_waits_for_a_round",
            ),
        ]


class RequestedChild(models.Model):
    request = models.ForeignKey(CareRequest, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    mildly_ill = models.BooleanField(default=False)
    special_needs = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "child"], name="a_child_is_in_a_request_once"),
        ]


class Booking(DueRow):
    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(CareRequest, on_delete=models.PROTECT, related_name="bookings")
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    day = models.DateField()
    arrives_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    minutes = models.FloatField()
    """Minutes the way to work is longer by this site, there and back counted once."""
    held_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["site", "day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in BookingState]), name="a_booking_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.HELD.value) | Q(held_until__isnull=False), name="a_hold_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=[BookingState.HELD.value, BookingState.CONFIRMED.value]),
                name="a_request_has_one_live_booking",
            ),
        ]


class BookedChild(models.Model):
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("network.Room", on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    came_at = models.DateTimeField(null=True)
    """When the home said that this child came; of siblings one may come and the other not."""
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["booking", "position"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "child"], name="a_child_is_in_a_booking_once"),
            models.CheckConstraint(
                condition=Q(fetched_at=None) | Q(came_at__isnull=False), name="nobody_is_fetched_who_did_not_come"
            ),
        ]


class Surge(DueRow):
    """A day on which so many families ask at once that they are placed in rounds; due while a round is to come."""

    zone = models.CharField(max_length=40)
    day = models.DateField()
    began_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True)
    """When the last round was."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "day"], name="a_day_has_one_surge_in_a_time_zone")]


class Attempt(models.Model):
    """A site that was tried for a request; without a booking when another family took the spots first."""

    request = models.ForeignKey(CareRequest, on_delete=models.PROTECT, related_name="tried")
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, related_name="+")
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, null=True, related_name="attempt")
    reason = models.JSONField(null=True)
    at = models.DateTimeField()


class CareMove(models.Model):
    """One change of state of a request or of a booking: who, by what verb, when. Rows are only added."""

    request = models.ForeignKey(CareRequest, on_delete=models.PROTECT, related_name="moves")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="moves")
    verb = models.CharField(max_length=12)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    by = models.CharField(max_length=10)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()


class Talk(models.Model):
    """What a person was last asked by text, so that a bare number is understood. The texts themselves are not kept."""

    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, primary_key=True, related_name="+")
    asked = models.JSONField(null=True)
    """The open question, its choices by id; empty when nothing is asked."""
    at = models.DateTimeField()


class SpotPrice(models.Model):
    """What a spot is worth to the families who ask for it on a day: of a room, or of a caregiver who comes to the home.

    A round writes live prices; forecasts are written by whoever makes them, through `care.actions.price`.
    """

    room = models.ForeignKey("network.Room", on_delete=models.PROTECT, null=True, related_name="+")
    caregiver = models.ForeignKey("network.Site", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    session = models.CharField(max_length=10, blank=True)
    """Empty for the whole day."""
    minutes = models.FloatField()
    """Per child in a room, per household at a caregiver."""
    source = models.CharField(max_length=8)
    computed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(room=None, caregiver__isnull=False) | Q(room__isnull=False, caregiver=None),
                name="a_price_is_of_one_room_or_one_caregiver",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=0), name="a_price_is_not_below_zero"),
            models.CheckConstraint(
                condition=Q(source__in=[source.value for source in PriceSource]), name="a_price_says_where_it_is_from"
            ),
            models.UniqueConstraint(
                fields=["room", "day", "session", "source"],
                condition=Q(room__isnull=False),
                name="a_room_has_one_price_from_each_source",
            ),
            models.UniqueConstraint(
                fields=["caregiver", "day", "session", "source"],
                condition=Q(caregiver__isnull=False),
                name="a_caregiver_has_one_price_from_each_source",
            ),
        ]


class District(models.Model):
    """A school district, by the name its families know it by."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    zone = models.CharField(max_length=40)


class Closure(DueRow):
    """A day on which a district does not keep its hours; due when its standing requests are to be asked."""

    id = models.UUIDField(primary_key=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="closures")
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, null=True, related_name="+")
    """Whose benefits desk said so, for its own families; empty when it holds for all."""
    day = models.DateField()
    kind = models.CharField(max_length=8)
    hour = models.TimeField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ClosureKind]), name="a_closure_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["district", "day"], condition=Q(employer=None), name="a_district_closes_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["district", "day", "employer"],
                condition=Q(employer__isnull=False),
                name="a_desk_closes_a_district_once_a_day",
            ),
        ]


class StandingRequest(models.Model):
    """What a family wants on every day on which a district closes."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=40)
    starts = models.TimeField()
    ends = models.TimeField()
    decide_by = models.TimeField()
    told_from = models.TimeField()
    from_day = models.DateField()
    until_day = models.DateField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["household", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__gte=F("from_day")), name="a_standing_request_ends_after_it_begins"
            ),
        ]


class StandingChild(models.Model):
    standing = models.ForeignKey(StandingRequest, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["standing", "position"]
        constraints = [
            models.UniqueConstraint(fields=["standing", "child"], name="a_child_is_in_a_standing_request_once"),
        ]


class StandingAsked(models.Model):
    """The care request that came of a standing request on a day."""

    standing = models.ForeignKey(StandingRequest, on_delete=models.PROTECT, related_name="asked")
    request = models.ForeignKey(CareRequest, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standing", "day"], name="a_standing_request_is_asked_once_a_day"),
        ]
