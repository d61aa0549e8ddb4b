"""What does whoever has a post see first? One next action, counts before names, and what is not there said well."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from daybreak.accounts.terms import RoleKind
from daybreak.audit.queries import waiting
from daybreak.care.counts.queries import standing_on
from daybreak.care.queries import overdue, unlicensed_bookings
from daybreak.notices.queries import undelivered
from daybreak.people.queries import employer_name, zone_of_employer
from daybreak.vault.queries import sealed_by_other_keys
from daybreak.web.context import ZONE
from daybreak.web.doors import Visit

LATE = timedelta(minutes=5)
"""A message that waits longer means that no worker runs or a gateway is shut."""
WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """One thing an operator watches: how it stands, and the command that says more or mends it."""

    kind: str
    title: str
    line: str
    command: str


def face_of(visit: Visit) -> Callable[[HttpRequest, Visit], HttpResponse] | None:
    """The first page of whoever acts in a post; None for everybody else."""
    posts = {role.kind for role in visit.me.roles}
    return next((page for kind, page in FACES.items() if kind in posts), None)


def desk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The benefits clerk: how today stands, in counts. Nobody's name is on it."""
    (employer_id,) = visit.me.scopes(RoleKind.CLERK)[:1]
    zone = ZoneInfo(zone_of_employer(employer_id) or ZONE.key)
    today = visit.at.astimezone(zone).date()
    days = [today, today + timedelta(days=1)]
    counts = standing_on(employer_id, days)
    context = {
        "hour": f"hour-{visit.at.astimezone(zone).hour}",
        "employer": employer_name(employer_id),
        "days": [{"day": day, "count": counts[day], "is_today": day == today} for day in days],
        "unfilled": counts[today].unfilled + counts[days[1]].unfilled,
        "any": any(counts[day].asked for day in days),
    }
    return render(request, "web/desk_home.html", context)


def released(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The HR reader: nothing is released yet, and what will be, and how it is kept from naming anybody."""
    (employer_id,) = visit.me.scopes(RoleKind.HR_READER)[:1]
    return render(request, "web/hr_home.html", {"employer": employer_name(employer_id)})


def trust(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 — every face is called alike
    """The trustee: interviews are kept elsewhere, on purpose."""
    return render(request, "web/trustee_home.html")


def machine_room(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The operator: does everything run? No name of a family is on it."""
    looks = list(_looks(visit.at))
    context = {"looks": looks, "first": next((look for look in looks if look.kind != "good"), None)}
    return render(request, "web/operator_home.html", context)


FACES: Mapping[RoleKind, Callable[[HttpRequest, Visit], HttpResponse]] = {
    RoleKind.CLERK: desk,
    RoleKind.HR_READER: released,
    RoleKind.TRUSTEE: trust,
    RoleKind.OPERATOR: machine_room,
}


def _looks(at: datetime) -> Iterable[Look]:
    late = len(overdue(at=at))
    yield _look(
        gettext("Families are answered in time"),
        ngettext(
            "%(count)d family waits past its decide-by. Is the worker running?",
            "%(count)d families wait past their decide-by. Is the worker running?",
            late,
        ),
        late,
        "daybreak worker",
    )
    unsent, given_up = undelivered(overdue_at=at - LATE, given_up_since=at - WITHIN)
    yield _look(
        gettext("Messages go out"),
        ngettext("%(count)d message is late.", "%(count)d messages are late.", unsent),
        unsent,
        "daybreak worker",
    )
    yield _look(
        gettext("No message was given up since yesterday"),
        ngettext("%(count)d message was given up.", "%(count)d messages were given up.", given_up),
        given_up,
        "daybreak doctor",
    )
    unlicensed = len(unlicensed_bookings(at=at))
    yield _look(
        gettext("Every booking ahead is at a licensed place"),
        ngettext("%(count)d booking is not.", "%(count)d bookings are not.", unlicensed),
        unlicensed,
        "daybreak import network",
    )
    older = sealed_by_other_keys()
    yield _look(
        gettext("Every private value is sealed with the newest key"),
        ngettext("%(count)d value is not yet.", "%(count)d values are not yet.", older),
        older,
        "daybreak rotate-keys",
    )
    unlinked = waiting()
    line = ngettext("%(count)d event waits for its link.", "%(count)d events wait for their link.", unlinked)
    yield Look("good", gettext("The record is chained"), line % {"count": unlinked}, "daybreak doctor")


def _look(title: str, wrong: str, count: int, command: str) -> Look:
    return Look("stop", title, wrong % {"count": count}, command) if count else Look("good", title, "", command)
