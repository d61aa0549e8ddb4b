"""A parent rehearses a bad morning: who would be tried, how soon it is sure, what it costs. Nothing is booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daybreak.care.actions.rehearse import rehearse
from daybreak.care.rehearsal import Rehearsal, Rehearsed, ToMeet
from daybreak.care.terms import Ask
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.spans import moment, parse_clock
from daybreak.notices.queries import heading
from daybreak.people.terms import HouseholdProfile
from daybreak.web.access import Purpose
from daybreak.web.ask_form import refs_of
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.pacing import ASK, knock_by
from daybreak.web.parents import household_at
from daybreak.web.site_words import spoken_languages
from daybreak.web.story import GOOD, WAIT
from daybreak.web.templatetags import said

USUAL = time(6)
"""When care falls through, if nothing else is said."""
MUST_KNOW = timedelta(minutes=45)
"""How long after it falls through a family must know, where its shift allows that."""


@dataclass(frozen=True)
class Step:
    """One place that would be tried, in words."""

    kind: str
    title: str
    line: str
    at: datetime
    is_dated: bool = False


@for_anybody(Purpose.REHEARSE)
@never_cache
@require_safe
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The question, and below it what would happen."""
    household = household_at(visit)
    zone = ZoneInfo(household.zone)
    tomorrow = visit.at.astimezone(zone).date() + timedelta(days=1)
    day, clock = _day(request.GET.get("day", "")) or tomorrow, _clock(request.GET.get("clock", ""))
    chosen = refs_of(request.GET.getlist("child")) or tuple(child.child_id for child in household.children)
    context: dict[str, object] = {
        "children": [
            {
                "id": child.child_id,
                "name": child.name,
                "months": child.months_on(day),
                "on": child.child_id in chosen,
            }
            for child in household.children
        ],
        "day": day,
        "clock": f"{clock:%H:%M}",
        "min": tomorrow,
        "shown": bool(request.GET),
    }
    if request.GET:
        knock_by(visit.me.person_id, "rehearse", ASK, at=visit.at)
        answer = _rehearsed(household, chosen, moment(day, clock, zone), day, visit)
        context |= {"reasons": answer.reasons} if isinstance(answer, No) else _told(answer, zone)
    return render(request, "web/rehearsal.html", context)


def _rehearsed(
    household: HouseholdProfile, chosen: tuple[UUID, ...], asks_at: datetime, day: date, visit: Visit
) -> Rehearsal | No:
    if asks_at <= visit.at:
        return No((Reason("day-in-the-past", {"day": day.isoformat()}),))
    ask = Ask(
        household_id=household.household_id,
        child_ids=chosen,
        day=day,
        starts=household.usual_starts,
        ends=household.usual_ends,
        decide_by_at=asks_at + MUST_KNOW,
    )
    return rehearse(ask=ask, actor=visit.me.person_id, at=asks_at)


def _told(found: Rehearsal, zone: ZoneInfo) -> dict[str, object]:
    sure = found.sure
    return {
        "found": found,
        "sure": sure,
        "asked": found.asked_at.astimezone(zone),
        "known": (sure.at if sure else found.first_answer_by or found.decide_by_at).astimezone(zone),
        "steps": [_step(one, zone) for one in found.steps],
        "to_meet": [_to_meet(one) for one in found.to_meet],
        "why": list(_why(found)),
    }


def _why(found: Rehearsal) -> Iterator[dict[str, str]]:
    """How many places would not fit, for each reason; those that offer nothing yet are the most on an early evening."""
    for line in found.why_not:
        yield {"count": f"{line.sites:,}", "heading": heading(line.reason.code, said.language())}
    if found.without_offer:
        yield {"count": f"{found.without_offer:,}", "heading": gettext("Nothing on offer that day")}


def _step(one: Rehearsed, zone: ZoneInfo) -> Step:
    arrives = said.clock_within(one.arrives_at.astimezone(zone))
    parts = [gettext("Care from %(clock)s.") % {"clock": arrives}]
    if round(one.minutes):
        parts.append(gettext("The way adds %(minutes)s.") % {"minutes": said.minutes(one.minutes)})
    if one.copay is not None:
        words = gettext("You would pay %(amount)s (%(cite)s).")
        parts.append(words % {"amount": str(one.copay), "cite": one.cite})
    else:
        parts.append(gettext("What you would pay is not known: no plan of your employer says it."))
    if one.is_sure:
        title = gettext("%(site)s: sure at once") % {"site": one.site_name}
    else:
        title = gettext("%(site)s: asked, and answers within %(minutes)s") % {
            "site": one.site_name,
            "minutes": said.minutes(one.waits.total_seconds() / 60),
        }
    return Step(GOOD if one.is_sure else WAIT, title, said.tidy(" ".join(parts)), one.at.astimezone(zone))


def _to_meet(one: ToMeet) -> dict[str, object]:
    return {"site_id": one.site_id, "name": one.name, "languages": spoken_languages(one.languages)}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _clock(text: str) -> time:
    try:
        return parse_clock(text[:5])
    except ValueError:
        return USUAL
