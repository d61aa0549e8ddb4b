"""The demo's first page, and becoming one of its people with one tap. Mounted only in the demo and in tests."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from daybreak.accounts.devices.actions import remember_device
from daybreak.accounts.queries import account_of, user_of
from daybreak.accounts.terms import Way
from daybreak.demo.cast import ZONE
from daybreak.demo.people import people
from daybreak.network.license_lists.queries import has_sites_from
from daybreak.notices.phrases import say_clock


@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """Say what this is and whom one can be."""
    everybody = people()
    now = datetime.now(UTC) + timedelta(seconds=settings.CLOCK_AHEAD)
    return render(
        request,
        "demo/first_page.html",
        {
            "clock": say_clock(now.astimezone(ZoneInfo(ZONE)).time(), get_language() or "en"),
            "real_list": has_sites_from("ny"),
            "parents": [person for person in everybody if person.kind == "parent"],
            "providers": [person for person in everybody if person.kind == "provider"],
            "desks": [person for person in everybody if person.kind == "desk"],
        },
    )


@require_POST
def become(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Sign in as one of the demo's people."""
    if person_id not in {person.person_id for person in people()}:
        raise Http404
    account, user = account_of(person_id), user_of(person_id)
    now = datetime.now(UTC) + timedelta(seconds=settings.CLOCK_AHEAD)
    if account is None or user is None:
        raise Http404
    login(request, user, backend="sesame.backends.ModelBackend")
    # Nobody made up has a phone with an app on it.
    request.session["second-step"] = now.isoformat()
    key = request.session.session_key or ""
    remember_device(person_id=person_id, session_key=key, way=Way.DEMO, name="", at=now)
    answer = redirect("home")
    answer.set_cookie("language", account.language, samesite="Lax", httponly=True)
    return answer
