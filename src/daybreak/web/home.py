"""The first page of whoever comes, the language they read, and a sign of life for the machines."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daybreak.accounts.actions import set_language
from daybreak.care.queries import requests_of
from daybreak.people.queries import household_of
from daybreak.people.sharing.queries import invitations_for
from daybreak.people.telling.hearing import missing
from daybreak.people.telling.queries import told_by
from daybreak.tickets.queries import open_interviews_of
from daybreak.web.access import Purpose, may
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.faces import face_of
from daybreak.web.family_words import PARTS, next_part
from daybreak.web.story import line_of

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
DEMO_DOOR = "/demo/"
"""The demo's own page of people one can be; it stands beside this package, so it is named by its address only."""


@for_anybody(Purpose.COME_IN)
@never_cache
@require_safe
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page of one's role: a parent's requests, a provider's sites, or the way in."""
    if visit.account is None:
        return redirect(DEMO_DOOR) if settings.DEMO else render(request, "web/welcome.html")
    if visit.waits_for_second_step:
        return redirect("second-step")
    if face := face_of(visit):
        return face(request, visit)
    if households := visit.me.households:
        household = household_of(households[0], person_id=visit.me.person_id)
        if household is not None:
            zone = ZoneInfo(household.zone)
            today = visit.at.astimezone(zone).date()
            lines = [line_of(view, zone) for view in requests_of(household.household_id, limit=12)]
            told = told_by(household.household_id)
            missed = missing(household.children, told)
            context = {
                "next": next_part(missed[0]) if missed and household.children else None,
                "told_parts": PARTS - len(missed),
                "parts": PARTS,
                "name": visit.me.name.partition(" ")[0],
                "open": [line for line in lines if line.is_open],
                "past": [line for line in lines if not line.is_open],
                "hour": f"hour-{visit.at.astimezone(zone).hour}",
                "household": household,
                "children": [{"name": one.name, "months": one.months_on(today)} for one in household.children],
                "is_provider": bool(visit.me.providers),
                "interviews": open_interviews_of(visit.me.person_id, visit.at.date()),
                "has_money": may(visit.me, Purpose.SEE_MONEY),
            }
            return render(request, "web/parent_home.html", context)
    if visit.me.providers:
        return redirect("sites")
    if invitations_for(visit.me.person_id):
        return redirect("invitations")
    return render(request, "web/nothing_here_yet.html")


@for_anybody(Purpose.CHOOSE_LANGUAGE)
@require_POST
def language(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep the language: with the person when signed in, so that messages follow, and in a cookie always."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    response = redirect(back)
    if wanted in LANGUAGES:
        if visit.account is not None:
            set_language(person_id=visit.account.person_id, language=wanted, at=visit.at)
        remember_language(response, wanted)
    return response


def remember_language(response: HttpResponse, wanted: str) -> None:
    """Set the cookie that Django's locale middleware reads for strangers."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=60 * 60 * 24 * 365,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@for_anybody(Purpose.CHECK_HEALTH)
@never_cache
@require_safe
def healthz(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """Answer ok once the database has answered."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
