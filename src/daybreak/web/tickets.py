"""The ticket desk: whoever is signed in sees their invitations, and gets one stamp for each. HR sees the rate.

What the desk stamps is covered; the ticket itself is made and used on the interviews' own pages, by another process.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daybreak.accounts.terms import RoleKind
from daybreak.kernel.decisions import No
from daybreak.notices.queries import sentence
from daybreak.tickets.actions import stamp
from daybreak.tickets.queries import invitation_to, invitations_of, responses_of
from daybreak.tickets.terms import Invitation
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.ticket_words import title_of


@for_anybody(Purpose.TAKE_TICKET)
@never_cache
@require_safe
def mine(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The interviews somebody is invited to."""
    today = visit.at.date()
    found = [_line(one, today) for one in invitations_of(visit.me.person_id)]
    return render(request, "web/interviews_mine.html", {"lines": found, "address": _address()})


@for_anybody(Purpose.TAKE_TICKET)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, visit: Visit, wave: str) -> HttpResponse:
    """Show one button, stamp what is covered, and show the way back. No script of this process takes part."""
    sent = request.POST if request.method == "POST" else request.GET
    written, back = sent.get("blinded", ""), sent.get("back", "")
    if not written:
        return redirect("interviews")
    found = invitation_to(wave, visit.me.person_id)
    if found is None:
        raise Http404
    if not _is_theirs(back):
        back = f"{_address()}/back"
    context = {"title": title_of(found.wave.occasion), "wave": wave, "blinded": written, "back": back}
    if request.method != "POST":
        return render(request, "web/interviews_ticket.html", context)
    signed = stamp(wave=wave, person_id=visit.me.person_id, blinded=_bytes(written), day=visit.at.date())
    if isinstance(signed, No):
        said = [sentence(reason, get_language() or "en") for reason in signed.reasons]
        return render(request, "web/interviews_ticket.html", {**context, "wrong": said}, status=409)
    spelled = urlsafe_b64encode(signed).decode().rstrip("=")
    return render(request, "web/interviews_ticket.html", {**context, "link": f"{back}#{wave}.{spelled}"})


@for_anybody(Purpose.SEE_RESPONSE)
@never_cache
@require_safe
def responses(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How many were invited, took a ticket and answered; once a wave is over, and never about fewer than 20."""
    found = responses_of(visit.me.scopes(RoleKind.HR_READER), day=visit.at.date())
    lines = [
        {"title": title_of(one.wave.occasion), "response": one, "percent": round(100 * (one.rate or 0))}
        for one in found
    ]
    return render(request, "web/interviews_responses.html", {"lines": lines})


def _line(invitation: Invitation, today: date) -> dict[str, object]:
    wave = invitation.wave
    return {
        "title": title_of(wave.occasion),
        "invitation": invitation,
        "is_open": invitation.window.is_open(today),
        "is_early": today < invitation.window.opens_on,
        "begin": f"{_address()}/begin/{wave.name}",
    }


def _address() -> str:
    """The interviews' pages in the language of this one."""
    language = "es" if (get_language() or "en").startswith("es") else "en"
    return f"{settings.INTERVIEWS_ADDRESS.rstrip('/')}/{language}"


def _is_theirs(address: str) -> bool:
    """Only to the interviews' own pages is anybody sent back."""
    there, ours = urlsplit(address), urlsplit(settings.INTERVIEWS_ADDRESS)
    return (
        (there.scheme, there.netloc) == (ours.scheme, ours.netloc)
        and there.path.endswith("/back")
        and not there.fragment
    )


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        return b""
