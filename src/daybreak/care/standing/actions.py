"""Keep a family's standing requests, write down that a district closes, and ask for care when it does.

A closure becomes due at the moment at which all its standing requests are asked. Each is asked in a transaction of its
own under a key of its own, so a worker that dies in the middle loses nothing and asks nothing twice; all of them carry
the same moment, and the next round places them together.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.accounts.queries import is_family
from daybreak.audit.actions import record
from daybreak.care.actions.ask import Asked, ask_for_round
from daybreak.care.models import Closure, District, StandingAsked, StandingChild, StandingRequest
from daybreak.care.standing import closing
from daybreak.care.standing.calendars import Row
from daybreak.care.standing.queries import closed_of, standing_row, wanted_by
from daybreak.care.standing.terms import Closed, ClosureKind, Standing
from daybreak.care.terms import Ask
from daybreak.due.actions import lease, put_off
from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.people.queries import household_of

LEASE = timedelta(minutes=2)
"""Long enough to ask for a city's families; a worker that died is followed by another after that."""

log = logging.getLogger(__name__)


@transaction.atomic
def add_standing(standing: Standing, *, actor: UUID, at: datetime) -> UUID | No:
    """Keep what a family wants whenever a district closes."""
    household = household_of(standing.household_id, person_id=actor)
    district = District.objects.filter(pk=standing.district_id).first()
    if household is None or district is None or not is_family(actor, standing.household_id):
        return No((Reason("not-allowed"),))
    zone = ZoneInfo(household.zone)
    decided = closing.decide(standing, household, today=at.astimezone(zone).date())
    if isinstance(decided, No):
        return decided
    row = StandingRequest.objects.create(
        id=uuid4(),
        household_id=household.household_id,
        employer_id=household.employer_id,
        asked_by_id=actor,
        district=district,
        zone=household.zone,
        starts=decided.starts,
        ends=decided.ends,
        decide_by=decided.decide_by,
        told_from=decided.told_from,
        from_day=decided.from_day,
        until_day=decided.until_day,
        asked_at=at,
    )
    StandingChild.objects.bulk_create(
        StandingChild(standing=row, child_id=child, position=position)
        for position, child in enumerate(decided.child_ids)
    )
    record(actor=actor, verb="ask", thing="standing-request", thing_id=row.pk, because="care", at=at)
    known = Closure.objects.select_for_update().filter(district=district, day__range=(row.from_day, row.until_day))
    for closure in known:
        _set_due(closure, at)
    return row.pk


@transaction.atomic
def end_standing(*, standing_id: UUID, actor: UUID, at: datetime) -> Decision:
    """End a standing request; care requests that came of it stay as they are."""
    row = StandingRequest.objects.select_for_update().filter(pk=standing_id).first()
    if row is None or not is_family(actor, row.household_id):
        return No((Reason("not-allowed"),))
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        record(actor=actor, verb="end", thing="standing-request", thing_id=row.pk, because="care", at=at)
    return Yes()


def end_what_they_asked(*, person_id: UUID, at: datetime) -> None:
    """End every standing request of somebody who is erased; works inside the caller's transaction."""
    for standing_id in StandingRequest.objects.filter(asked_by=person_id, ended_at=None).values_list("pk", flat=True):
        end_standing(standing_id=standing_id, actor=person_id, at=at)


@transaction.atomic
def add_district(*, name: str, zone: str, at: datetime, actor: UUID | None = None) -> UUID:
    """Write a school district, or find the one of this name."""
    row = District.objects.filter(name__iexact=name.strip()).first()
    if row is None:
        row = District.objects.create(id=uuid4(), name=name.strip(), zone=zone)
        record(actor=actor, verb="add", thing="school-district", thing_id=row.pk, because="joined", at=at)
    return row.pk


@transaction.atomic
def close_district(
    closed: Closed, *, at: datetime, actor: UUID | None = None, employer_id: UUID | None = None
) -> Decision:
    """Write down that a district does not keep its hours on a day; said again, the newest word counts.

    With an employer, only its own families' standing requests are asked: no desk acts for another's. What was asked
    already stays asked.
    """
    district = District.objects.filter(pk=closed.district_id).first()
    if district is None:
        return No((Reason("unknown-district"),))
    today = at.astimezone(ZoneInfo(district.zone)).date()
    if closed.day < today:
        return No((Reason("day-in-the-past", {"day": closed.day.isoformat()}),))
    if (closed.kind is ClosureKind.CLOSED) != (closed.hour is None):
        return No((Reason("closure-without-its-hour"),))
    _write_closure(district, closed, employer_id, at)
    facts: dict[str, Fact] = {"day": closed.day.isoformat(), "kind": closed.kind.value}
    record(
        actor=actor,
        verb="close",
        thing="school-district",
        thing_id=district.pk,
        because="own-choice",
        at=at,
        facts=facts,
    )
    return Yes()


@transaction.atomic
def import_calendar(rows: Iterable[Row], *, zone: str, at: datetime) -> int:
    """Write the closures of a calendar, all or none, and the districts it names; returns how many days are new."""
    new = 0
    ids: dict[str, UUID] = {}
    for row in rows:
        if row.district not in ids:
            ids[row.district] = add_district(name=row.district, zone=zone, at=at)
        district = District.objects.get(pk=ids[row.district])
        new += _write_closure(district, Closed(district.pk, row.day, row.kind, row.hour), None, at)
    if ids:
        record(
            actor=None,
            verb="import",
            thing="school-calendar",
            thing_id=next(iter(ids.values())),
            because="own-choice",
            at=at,
            facts={"districts": len(ids), "days": new},
        )
    return new


def _write_closure(district: District, closed: Closed, employer_id: UUID | None, at: datetime) -> bool:
    # Two who say so at once take turns at the district.
    District.objects.select_for_update().get(pk=district.pk)
    same = Closure.objects.filter(district=district, day=closed.day)
    row = (same.filter(employer=employer_id) if employer_id else same.filter(employer=None)).first()
    is_new = row is None
    if row is None:
        row = Closure(id=uuid4(), district=district, employer_id=employer_id, day=closed.day, said_at=at)
    row.kind, row.hour = closed.kind.value, closed.hour
    row.save()
    _set_due(row, at)
    return is_new


def _set_due(closure: Closure, at: datetime) -> None:
    """Say when a closure's standing requests are to be asked: never, where nobody has one or the day is over."""
    zone = ZoneInfo(closure.district.zone)
    waiting = [standing_row(row) for row in wanted_by(closure)]
    due_at = None
    if waiting and closure.day >= at.astimezone(zone).date():
        first = min(closing.decide_by_on(standing, closure.day, zone, at=at) for standing in waiting)
        due_at = closing.asked_at(closure.day, zone, first, at=at)
    Closure.objects.filter(pk=closure.pk).update(due_at=due_at, leased_until=None, lease_holder="")


def work_closures(*, at: datetime, holder: str) -> int:
    """Ask for care for every family whose district closes, where it is time to; returns how many closures were."""
    due = lease(Closure.objects.select_related("district"), at=at, holder=holder, lease_for=LEASE, limit=1)
    for closure in due:
        asked = sum(_ask_safely(row, closure, at) for row in wanted_by(closure))
        log.info("closure asked day=%s asked=%d", closure.day, asked)
        put_off(closure, until=None)
    return len(due)


def _ask_safely(row: StandingRequest, closure: Closure, at: datetime) -> bool:
    """Ask for one family so that another does not wait for a row that cannot be worked on."""
    try:
        return _ask_for(row, closure, at)
    except Exception:
        log.exception("closure failed on StandingRequest %s", row.pk)
        return False


def _ask_for(row: StandingRequest, closure: Closure, at: datetime) -> bool:
    standing, zone = standing_row(row), ZoneInfo(row.zone)
    hours = closing.hours_needed(closed_of(closure), standing.starts, standing.ends)
    if hours is None:
        return False
    ask = Ask(
        household_id=standing.household_id,
        child_ids=standing.child_ids,
        day=closure.day,
        starts=hours[0],
        ends=hours[1],
        decide_by_at=closing.decide_by_on(standing, closure.day, zone, at=at),
    )
    key = f"standing {row.pk} {closure.day}"
    with transaction.atomic():
        asked = ask_for_round(ask=ask, key=key, actor=row.asked_by_id, told_from=row.told_from, at=at)
        if not isinstance(asked, Asked):
            log.warning("closure not asked StandingRequest %s: %s", row.pk, asked.reasons[0].code)
            return False
        StandingAsked.objects.get_or_create(standing=row, day=closure.day, defaults={"request_id": asked.request_id})
    return asked.is_new
