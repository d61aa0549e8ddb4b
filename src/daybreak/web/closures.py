"""A benefits clerk says that a school district is closed; the employer's families' standing requests are then asked.

The clerk learns nothing of who has one: the page shows days and districts, and no family.
"""

from datetime import date, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daybreak.accounts.terms import RoleKind
from daybreak.care.standing.actions import close_district
from daybreak.care.standing.queries import closures_for, districts
from daybreak.care.standing.terms import Closed, ClosureKind
from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.kernel.spans import parse_clock
from daybreak.web.access import Purpose
from daybreak.web.ask_form import refs_of
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.failures import tell_decision

ZONE = "America/New_York"
"""The clock of a page that shows no district yet."""


@for_anybody(Purpose.SAY_CLOSURE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Closures that lie ahead, and the form that adds one."""
    employer_id = visit.me.scopes(RoleKind.CLERK)[0]
    known = districts()
    today = visit.at.astimezone(ZoneInfo(known[0].zone if known else ZONE)).date()
    if request.method == "POST":
        decision = _close(request, visit, employer_id)
        tell_decision(
            request,
            decision,
            gettext(
                "Saved. Families who asked for such days beforehand are placed together and told by their own hour."
            ),
        )
        return redirect("closures")
    context = {
        "districts": known,
        "closures": closures_for(employer_id, since=today),
        "today": today,
        "tomorrow": today + timedelta(days=1),
    }
    return render(request, "web/closures.html", context)


def _close(request: HttpRequest, visit: Visit, employer_id: UUID) -> Decision:
    refs = refs_of([request.POST.get("district", "")])
    day, kind = _day(request.POST.get("day", "")), _kind(request.POST.get("kind", ""))
    if not refs or kind is None:
        return No((Reason("unknown-district"),))
    if day is None:
        return No((Reason("not-a-day"),))
    hour = None if kind is ClosureKind.CLOSED else _hour(request.POST.get("hour", ""))
    closed = Closed(refs[0], day, kind, hour)
    return close_district(closed, at=visit.at, actor=visit.me.person_id, employer_id=employer_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _kind(text: str) -> ClosureKind | None:
    return next((kind for kind in ClosureKind if kind.value == text), None)


def _hour(text: str) -> time | None:
    try:
        return parse_clock(text[:5])
    except ValueError:
        return None
