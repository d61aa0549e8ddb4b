"""How does a person want to be told, in which language, and when does a text not wake them?"""

from datetime import time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daybreak.kernel.spans import parse_clock
from daybreak.notices.actions import set_contact
from daybreak.notices.queries import contact_of
from daybreak.notices.terms import Contact
from daybreak.people.queries import household_of
from daybreak.web.access import Purpose
from daybreak.web.context import ZONE
from daybreak.web.doors import Visit, for_anybody


@for_anybody(Purpose.SET_CONTACT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Mail, text, and quiet hours. An answer to one's own request comes at once, day or night."""
    wish = contact_of(visit.me.person_id)
    typed = {
        "quiet_from": f"{wish.quiet_from:%H:%M}" if wish.quiet_from else "",
        "quiet_until": f"{wish.quiet_until:%H:%M}" if wish.quiet_until else "",
    }
    mail, text = wish.by_mail, wish.by_text
    wrong: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip()[:20] for name in typed}
        mail, text = bool(request.POST.get("mail")), bool(request.POST.get("text"))
        quiet, wrong = _read(typed)
        if not mail and not text:
            wrong["ways"] = gettext("Then nobody could tell you that a place was found. Choose at least one.")
        if not wrong:
            starts, ends = quiet
            wish = Contact(mail, text, starts, ends, _zone(visit).key)
            set_contact(person_id=visit.me.person_id, wish=wish, at=visit.at)
            messages.success(request, gettext("Saved: how you are told."))
            return redirect("contact")
    account = visit.me
    context = {
        **typed,
        "mail": mail,
        "text": text,
        "wrong": wrong,
        "address": account.email,
        "phone": account.phone,
        "stopped": account.texts_stopped,
    }
    return render(request, "web/contact.html", context, status=400 if wrong else 200)


def _read(typed: dict[str, str]) -> tuple[tuple[time | None, time | None], dict[str, str]]:
    """The quiet hours, both or neither, and what is wrong with them."""
    if not any(typed.values()):
        return (None, None), {}
    try:
        starts, ends = (parse_clock(typed[name][:5]) for name in ("quiet_from", "quiet_until"))
    except ValueError:
        return (None, None), {"quiet": gettext("Write both times like 21:00 and 05:30, or leave both empty.")}
    if starts == ends:
        return (None, None), {"quiet": gettext("These hours would never end. Choose a later end.")}
    return (starts, ends), {}


def _zone(visit: Visit) -> ZoneInfo:
    """Where the person works."""
    for household_id in visit.me.households:
        household = household_of(household_id, person_id=visit.me.person_id)
        if household is not None:
            return ZoneInfo(household.zone)
    return ZONE
