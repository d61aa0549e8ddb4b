"""A caregiver says the week, ages, radius and languages; a check or a rate is written down; days ahead are offered."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.network.actions import offer_spots
from daybreak.network.caregivers import weeks
from daybreak.network.caregivers.queries import week_of
from daybreak.network.caregivers.terms import LANGUAGES, Checked, Week
from daybreak.network.models import MOST_TRAVEL_KM, Check, Rate, Room, RoomSession, Site, SiteSession, WeeklyHours
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind


@transaction.atomic
def set_week(*, site_id: UUID, week: Week, at: datetime, actor: UUID | None, simulated: bool = False) -> Decision:
    """Write when a caregiver is there each week; every day ahead says so from now on.

    What was said for one day by itself stays, and so does a session in which a family already counts on the caregiver,
    whatever the new week says. A simulated week is the demo's; the caregiver's own replaces it.
    """
    site = Site.objects.select_for_update(no_key=True).filter(pk=site_id, kind=Kind.IN_HOME).first()
    if site is None:
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    WeeklyHours.objects.filter(site=site).delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(site=site, weekday=weekday, starts=starts, ends=ends)
        for weekday, (starts, ends) in sorted(week.items())
    )
    if week:
        site.opens, site.closes = _around(week)
        site.hours_simulated = simulated
        site.save(update_fields=["opens", "closes", "hours_simulated"])
    record(
        actor=actor,
        verb="set-week",
        thing="site",
        thing_id=site_id,
        because="own-choice",
        at=at,
        facts={"days": len(week)},
    )
    for day in weeks.days_ahead(_today(site, at)):
        _offer(site, week, day, at)
    return Yes()


@transaction.atomic
def set_reach(
    *, site_id: UUID, from_months: int, until_months: int, radius_km: float, at: datetime, actor: UUID | None
) -> Decision:
    """Write for which ages a caregiver comes, and how far from where they set out."""
    decision = weeks.decide(from_months, until_months, radius_km=radius_km, most_km=MOST_TRAVEL_KM)
    if isinstance(decision, No):
        return decision
    if not Site.objects.filter(pk=site_id, kind=Kind.IN_HOME).update(travel_radius_km=radius_km):
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    Room.objects.filter(site=site_id).update(from_months=from_months, until_months=until_months)
    facts: dict[str, Fact] = {"from_months": from_months, "until_months": until_months, "kilometers": radius_km}
    record(actor=actor, verb="set-reach", thing="site", thing_id=site_id, because="own-choice", at=at, facts=facts)
    return Yes()


def offer_weeks_ahead(*, at: datetime) -> int:
    """Offer the days that have come within reach of a caregiver's week; returns how many days were offered.

    A day that was offered or taken back before is left as it stands.
    """
    offered = 0
    for site in Site.objects.filter(kind=Kind.IN_HOME, weekly_hours__isnull=False).distinct().order_by("pk"):
        days = weeks.days_ahead(_today(site, at))
        known = set(SiteSession.objects.filter(site=site, day__in=days).values_list("day", flat=True))
        week = week_of(site.pk)
        offered += sum(_offer(site, week, day, at) for day in days if day not in known)
    return offered


def _offer(site: Site, week: Week, day: date, at: datetime) -> bool:
    """Offer one day as the week says it; sessions the week no longer has are taken back where nobody has them."""
    room = Room.objects.filter(site=site).order_by("pk").first()
    if room is None:
        return False
    now = set(weeks.sessions_on(week, day))
    before = set(SiteSession.objects.filter(site=site, day=day).values_list("session", flat=True))
    taken = set(SiteSession.objects.filter(site=site, day=day, taken__gt=0).values_list("session", flat=True))
    said = RoomSession.objects.filter(room=room, day=day, from_week=False, simulated=False)
    by_hand = set(said.values_list("session", flat=True))
    offers = {
        (room.pk, session): room.licensed_spots if session in now else 0
        for session in Session
        if session not in by_hand and (session in now or (session in before and session not in taken))
    }
    made_up = site.hours_simulated
    return bool(offers) and bool(
        offer_spots(site_id=site.pk, day=day, offers=offers, at=at, actor=None, simulated=made_up, from_week=True)
    )


def _around(week: Week) -> tuple[time, time]:
    """Hours that hold every day of the week, for whoever looks at the site without a day."""
    if any(ends <= starts for starts, ends in week.values()):
        return time(0), time(0)
    return min(starts for starts, _ in week.values()), max(ends for _, ends in week.values())


def _today(site: Site, at: datetime) -> date:
    return at.astimezone(ZoneInfo(site.zone)).date()


@transaction.atomic
def set_languages(*, site_id: UUID, languages: Sequence[str], at: datetime, actor: UUID | None) -> Decision:
    """Say which languages are spoken with the children at a site."""
    chosen = [language for language in LANGUAGES if language in languages]
    if not Site.objects.filter(pk=site_id).update(languages=chosen):
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    facts: dict[str, Fact] = {"languages": ", ".join(chosen)}
    record(actor=actor, verb="set-languages", thing="site", thing_id=site_id, because="own-choice", at=at, facts=facts)
    return Yes()


@transaction.atomic
def write_check(*, site_id: UUID, check: Checked, at: datetime, actor: UUID | None) -> Decision:
    """Write down what was looked into, when, and who says so; nothing is ever rewritten or summed up."""
    site = Site.objects.filter(pk=site_id).first()
    if site is None:
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    if check.done_on > _today(site, at):
        return No((Reason("check-in-the-future", {"day": check.done_on.isoformat()}),))
    if check.valid_until is not None and check.valid_until < check.done_on:
        return No((Reason("check-ends-before-it-was-done", {"day": check.done_on.isoformat()}),))
    Check.objects.create(
        id=uuid4(),
        site=site,
        kind=check.kind.value,
        done_on=check.done_on,
        valid_until=check.valid_until,
        said_by=check.said_by.value,
        source=check.source,
        at=at,
    )
    facts: dict[str, Fact] = {"kind": check.kind.value, "said_by": check.said_by.value}
    record(actor=actor, verb="check", thing="site", thing_id=site_id, because="own-choice", at=at, facts=facts)
    return Yes()


@transaction.atomic
def set_rate(*, site_id: UUID, cents: int, at: datetime, actor: UUID | None) -> Decision:
    """Say what is taken for one child and day from today on; days before keep the rate they had."""
    site = Site.objects.filter(pk=site_id).first()
    if site is None:
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    if not 0 <= cents <= MOST_CENTS:
        return No((Reason("rate-out-of-range", {"amount": MOST_CENTS}),))
    Rate.objects.create(site=site, from_day=_today(site, at), cents=cents, at=at)
    facts: dict[str, Fact] = {"cents": cents}
    record(actor=actor, verb="set-rate", thing="site", thing_id=site_id, because="own-choice", at=at, facts=facts)
    return Yes()


MOST_CENTS = 100_000
"""A thousand dollars for one child and day; more is a slip of the finger."""
