"""Join the families who wait to be placed together, when so many ask that one after the other would waste spots."""

from datetime import datetime
from zoneinfo import ZoneInfo

from daybreak.care import looking, surge, together
from daybreak.care.models import CareRequest, Surge
from daybreak.care.pricing import EVERY
from daybreak.care.queries import asking_near, past_of
from daybreak.kernel.spans import minute_of
from daybreak.people.terms import Commute, HouseholdProfile
from daybreak.placement import terms as placement


def family_of(row: CareRequest, household: HouseholdProfile | Commute, *, at: datetime) -> placement.Household:
    """The family of a request as placement reads it at a moment; siblings stay together."""
    children = tuple(
        placement.Child(str(child.child_id), child.months, child.mildly_ill, child.special_needs)
        for child in row.children.all()
    )
    return placement.Household(
        household_id=str(household.household_id),
        home=household.home,
        work=household.work,
        # Not modeled: a site in another time zone than the work site; its hours are read on the family's clock.
        starts=looking.needed_from(row.day, row.starts_at, at, ZoneInfo(row.zone)),
        ends=minute_of(row.ends),
        max_detour_minutes=household.max_detour_minutes,
        children=children,
        pay_class=household.pay_class.value,
    )


def join_line(row: CareRequest, family: placement.Household, spots: int, *, at: datetime) -> bool:
    """Have a request wait for the next round, if a rule says so; True when it does.

    Works inside the caller's transaction. A request whose round did not come looks alone first.
    """
    if row.in_round or not surge.may_wait(at, row.decide_by_at) or together.view_of(family) is None:
        return False
    asking = asking_near(family.home, day=row.day, zone=row.zone, but=row.pk, at=at)
    if not surge.is_surge(asking=asking, spots=spots) or surge.looks_alone(past_of(row.pk)):
        return False
    _join(row, at)
    return True


def wait_for_round(row: CareRequest, family: placement.Household, *, at: datetime) -> None:
    """Have a request that was just made wait for the next round, however few others do.

    Works inside the caller's transaction. One that no round can read looks alone, as soon as a worker comes to it.
    """
    if surge.may_wait(at, row.decide_by_at) and together.view_of(family) is not None:
        _join(row, at)


def _join(row: CareRequest, at: datetime) -> None:
    Surge.objects.bulk_create([Surge(zone=row.zone, day=row.day, began_at=at)], ignore_conflicts=True)
    waking = Surge.objects.filter(zone=row.zone, day=row.day, due_at=None)
    waking.update(due_at=at + EVERY)
    CareRequest.objects.filter(pk=row.pk).update(
        joined_at=at, in_round=True, due_at=surge.alone_at(at, row.decide_by_at), leased_until=None, lease_holder=""
    )
    row.joined_at, row.in_round = at, True
