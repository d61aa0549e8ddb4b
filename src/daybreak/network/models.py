"""Who gives care where, under which license, and every spot offered and taken.

A spot is one child's place in one room for one session of one day. Counters stand beside the rows they count, each with
a check of its own, so that the database refuses what the code should never ask for. Ids are made by the action.
"""

from django.db import models
from django.db.models import F, Q, Value

from daybreak.network.caregivers.terms import CheckKind, SaidBy
from daybreak.network.terms import Located
from daybreak.network.weekdays import EVERY_DAY
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import Part
from daybreak.placement.terms import Kind

MOST_TRAVEL_KM = 150
"""The farthest a caregiver may say they travel; the search for caregivers looks this far around a home."""


class Provider(models.Model):
    """Whoever holds the license. People who sign in for it are accounts with the role of provider."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=160)


class Site(models.Model):
    """Where care is given; for an in-home caregiver, where they set out from."""

    id = models.UUIDField(primary_key=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="sites")
    external_ref = models.CharField(max_length=60, unique=True)
    """The list it came from and its number there, such as ny:100010."""
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12)
    latitude = models.FloatField()
    longitude = models.FloatField()
    located = models.CharField(max_length=12, default=Located.GIVEN)
    zone = models.CharField(max_length=40)
    city = models.CharField(max_length=80, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=120, blank=True)
    """Street and number, where a list gives them; homes are often listed without."""
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    """Both empty while nobody has said the hours; equal when it never closes."""
    weekdays = models.PositiveSmallIntegerField(default=EVERY_DAY)
    """The days it opens, as weekdays.py counts them."""
    hours_simulated = models.BooleanField(default=False)
    hours_listed = models.BooleanField(default=False)
    """Whether hours and days are the license list's; the provider's own word replaces them."""
    listed_on = models.DateField(null=True)
    """When its license list was last read and named it; empty for a site from no list."""
    takes_mildly_ill = models.BooleanField(default=False)
    takes_special_needs = models.BooleanField(default=False)
    travel_radius_km = models.FloatField(default=0.0)
    instant = models.BooleanField(default=False)
    """Whether a booking stands without the provider being asked."""
    languages = models.JSONField(default=list)
    """What is spoken with the children, as two letters each; empty while nobody has said."""

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="sites_by_place")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="a_site_kind_is_known"),
            models.CheckConstraint(
                condition=Q(located__in=[located.value for located in Located]), name="how_a_site_was_located_is_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="a_site_is_on_earth"
            ),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__isnull=False),
                name="a_site_has_both_hours_or_none",
            ),
            models.CheckConstraint(condition=Q(weekdays__range=(1, EVERY_DAY)), name="a_site_opens_on_some_day"),
            models.CheckConstraint(
                condition=Q(travel_radius_km__range=(0, MOST_TRAVEL_KM)), name="a_caregiver_travels_a_known_distance"
            ),
        ]


class License(models.Model):
    """What the state allows a site. A change ends one license and begins the next; none is rewritten."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="licenses")
    number = models.CharField(max_length=40)
    program = models.CharField(max_length=40)
    status = models.CharField(max_length=60)
    from_day = models.DateField(null=True)
    """Empty when the list does not say since when."""
    until_day = models.DateField(null=True)
    """The first day it no longer holds."""
    capacity = models.PositiveIntegerField()
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(until_day=None), name="a_site_has_one_license_without_an_end"
            ),
        ]


class Room(models.Model):
    """Children of an age range (months, half-open) cared for together. An in-home caregiver has exactly one."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    from_months = models.PositiveSmallIntegerField()
    until_months = models.PositiveSmallIntegerField()
    licensed_spots = models.PositiveIntegerField()
    limits = models.JSONField(default=list)
    """What a young child's presence allows: a list of AgeLimit as objects."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="a_room_has_a_name_of_its_own"),
            models.CheckConstraint(condition=Q(until_months__gt=F("from_months")), name="a_room_holds_some_age"),
        ]


class WeeklyHours(models.Model):
    """When an in-home caregiver is there each week; an end at or before its start is on the next day."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField()
    """Monday is 0."""
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "weekday"], name="a_weekday_has_its_hours_once"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="a_weekday_is_one_of_seven"),
        ]


class Check(models.Model):
    """One thing that was looked into: what, when, and who says so. Rows are only added; there is no one verdict."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=24)
    done_on = models.DateField()
    valid_until = models.DateField(null=True)
    """The last day it holds, where whoever did it says so."""
    said_by = models.CharField(max_length=12)
    source = models.CharField(max_length=120, blank=True)
    """The name of whoever says so, such as an agency or a list."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in CheckKind]), name="a_check_is_known"),
            models.CheckConstraint(
                condition=Q(said_by__in=[who.value for who in SaidBy]), name="somebody_says_that_a_check_was_done"
            ),
        ]


class Rate(models.Model):
    """What a provider takes for one child and day from a day on, by its own word. Rows are only added."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rates")
    from_day = models.DateField()
    cents = models.PositiveIntegerField()
    at = models.DateTimeField()


class Contract(models.Model):
    """What a site and an employer agreed: guaranteed spots by room, a share of the rest, a rate, when it is paid."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="contracts")
    employer = models.ForeignKey("people.Employer", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    """Under which both sides find it; refusals cite it."""
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    """The first day it no longer holds."""
    share = models.PositiveSmallIntegerField(default=0)
    """This employer's weight in the spots that nobody is guaranteed."""
    released_days_before = models.PositiveSmallIntegerField(default=0)
    released_clock = models.TimeField()
    """Until this time, so many days before the care day, spots are kept; then they are anybody's."""
    rate_cents = models.PositiveIntegerField(null=True)
    """For one child and day; empty when the provider's own rate holds."""
    pays_within_days = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gt=F("from_day")), name="a_contract_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["site", "number"], name="a_site_names_a_contract_once"),
        ]


class ContractRoom(models.Model):
    """How many spots of one room a contract guarantees, in each session the room offers."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="rooms")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    spots = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "room"], name="a_contract_names_a_room_once")]


def _session_is_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(session__in=[session.value for session in Session]), name=name)


class SiteSession(models.Model):
    """What the license allows the whole site in one session of one day, and how many children have a spot."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="site_sessions")
    day = models.DateField()
    session = models.CharField(max_length=10)
    spots = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    household_id = models.UUIDField(null=True)
    """The one household an in-home caregiver serves; empty for every other site."""
    own_children = models.PositiveIntegerField(default=0, db_default=0)
    """Children the site has of its own, whom it told of with its staff: the license counts them too."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "session"], name="a_site_counts_a_session_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("spots")), name="never_more_children_than_the_license"),
            _session_is_known("a_site_session_is_known"),
        ]


class RoomSession(models.Model):
    """What a room offers in one session of one day, and how many children have a spot."""

    id = models.UUIDField(primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="room_sessions")
    site_session = models.ForeignKey(SiteSession, on_delete=models.PROTECT, related_name="room_sessions")
    day = models.DateField()
    session = models.CharField(max_length=10)
    spots = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    limits = models.JSONField(default=list)
    """The room's own and those that the staff on duty set, as AgeLimit objects."""
    own_months = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    """Ages of the site's own children there, whom its limits count too."""
    kept = models.JSONField(default=list)
    """What contracts keep here: a list of Kept as objects, written with the offer."""
    simulated = models.BooleanField(default=False)
    """Made up by the demo; a provider's own offer replaces it."""
    from_week = models.BooleanField(default=False, db_default=False)
    """Offered by a caregiver's week, so that another week may replace it; what was said for the day itself stays."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "day", "session"], name="a_room_counts_a_session_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("spots")), name="never_more_children_than_spots"),
            _session_is_known("a_room_session_is_known"),
        ]


class TakenSpot(models.Model):
    """One child in one room for one session. The counters above are sums of these rows."""

    id = models.UUIDField(primary_key=True)
    booking_id = models.UUIDField(db_index=True)
    household_id = models.UUIDField()
    employer_id = models.UUIDField(null=True)
    """Whose family it is, for what contracts keep; empty for a family of no employer."""
    child_id = models.UUIDField()
    months = models.PositiveSmallIntegerField()
    """The child's age when the spot was taken."""
    room_session = models.ForeignKey(RoomSession, on_delete=models.PROTECT, related_name="taken_spots")
    day = models.DateField()
    session = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child_id", "day", "session"], name="one_spot_per_child_and_session"),
        ]


class Staffer(models.Model):
    """Somebody who works at a site, as its director named them. The name is sealed."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="staff")
    name_sealed = models.TextField()
    part = models.CharField(max_length=10)
    checked_on = models.DateField(null=True)
    """When the last background check was done; empty while nobody has said."""
    left_on = models.DateField(null=True)
    """The first day they no longer work there."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=[part.value for part in Part]), name="a_staff_part_is_known"),
        ]


class StaffedRoom(models.Model):
    """A room whose staff on duty a director has said for a day. Without a row nobody has said, and the word stands."""

    id = models.UUIDField(primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="staffed")
    day = models.DateField()
    own_months = models.JSONField(default=dict)
    """Ages in months of the site's own children, by session."""
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "day"], name="staff_of_a_room_is_said_once_a_day"),
        ]


class Duty(models.Model):
    """One stretch of one person's day in one room; an end at or before the start is on the next day."""

    id = models.UUIDField(primary_key=True)
    staffed_room = models.ForeignKey(StaffedRoom, on_delete=models.CASCADE, related_name="duties")
    staffer = models.ForeignKey(Staffer, on_delete=models.PROTECT, related_name="duties")
    starts = models.TimeField()
    ends = models.TimeField()
    gone_from = models.TimeField(null=True)
    """From when they are not there after all, ill or called away; empty while they are."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staffed_room", "staffer", "starts"], name="a_duty_is_said_once"),
        ]


class MeasuredWay(models.Model):
    """Minutes of one way as a travel-time service answered them. Which way it is can be recognized, never read.

    The name is a keyed fingerprint of both ends and the service, because one end is often a family's home.
    """

    way = models.CharField(max_length=64, primary_key=True)
    minutes = models.FloatField(null=True)
    """Empty when the service knows no way between the two."""
    measured_at = models.DateTimeField(db_index=True)
