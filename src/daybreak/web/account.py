"""How is one's own account kept? Where one is signed in, passkeys, the app for codes, and who at the desk looked."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daybreak.accounts.devices.actions import end_device, end_everywhere
from daybreak.accounts.devices.queries import devices_of
from daybreak.accounts.hats import hats_of
from daybreak.accounts.passkeys.actions import add_passkey, options_to_add, remove_passkey
from daybreak.accounts.passkeys.queries import passkeys_of
from daybreak.accounts.second_step.queries import has_app, spares_left
from daybreak.accounts.terms import STAFF_KINDS
from daybreak.audit.queries import events_of
from daybreak.notices.actions import post
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.entering import CHALLENGE, device_name, end


@for_anybody(Purpose.KEEP_ACCOUNT)
@never_cache
@require_safe
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything about signing in, on one page."""
    options, request.session[CHALLENGE] = options_to_add(visit.me)
    whole = visit.whole or visit.me
    context = {
        "passkeys": passkeys_of(visit.me.person_id),
        "devices": devices_of(visit.me.person_id, here=request.session.session_key or ""),
        "options": options,
        "has_app": has_app(visit.me.person_id),
        "spares": spares_left(visit.me.person_id),
        "has_post": any(role.kind in STAFF_KINDS for role in whole.roles),
        "has_hats": len(hats_of(whole)) > 1,
        "is_family": bool(visit.me.households),
        "looks": _looks(visit.me.person_id),
    }
    return render(request, "web/account.html", context)


@for_anybody(Purpose.KEEP_ACCOUNT)
@require_POST
def passkey(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add the passkey that the browser has just made, or take one away."""
    if wanted := _ref(request.POST.get("remove")):
        if remove_passkey(person_id=visit.me.person_id, passkey_id=wanted, at=visit.at):
            messages.success(request, gettext("Removed. That passkey signs nobody in any more."))
        return redirect("account")
    with transaction.atomic():
        added = add_passkey(
            person_id=visit.me.person_id,
            answer=request.POST.get("credential", "")[:20_000],
            challenge=request.session.pop(CHALLENGE, ""),
            device=device_name(request.headers.get("User-Agent", "")),
            at=visit.at,
        )
        if added is not None:
            tell_of_new_way(visit, added)
    if added is None:
        messages.error(request, gettext("No passkey was added. Try it once more on this page."))
    else:
        messages.success(request, gettext("Added. Next time, sign in with your passkey; no message is needed."))
    return redirect("account")


@for_anybody(Purpose.KEEP_ACCOUNT)
@require_POST
def devices(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Sign one device out, or all of them, this one too."""
    if "everywhere" in request.POST:
        end_everywhere(person_id=visit.me.person_id, at=visit.at)
        end(request)
        return redirect("sign-in")
    if (wanted := _ref(request.POST.get("end"))) and end_device(
        person_id=visit.me.person_id, device_id=wanted, at=visit.at
    ):
        messages.success(request, gettext("Signed out there."))
    return redirect("account")


def tell_of_new_way(visit: Visit, about: UUID) -> None:
    """Tell the person that there is a new way in, so that they hear of one that is not theirs."""
    post(code="way-in-added", to=visit.me.person_id, facts={"link": "/account"}, about=about, at=visit.at)


def _looks(person_id: UUID) -> list[datetime]:
    """Each moment at which a clerk saw this person's name, the newest first."""
    return [event.at for event in events_of("person", person_id) if event.verb == "look-at"][::-1]


def _ref(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
