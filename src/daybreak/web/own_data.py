"""A person takes a copy of what is held about them, or has it erased; before that, the page says what stays and why."""

import json

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.accounts.queries import account_of
from daybreak.kernel.decisions import No
from daybreak.own_data.actions import erase, take_copy
from daybreak.own_data.queries import standing_of
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.pacing import COPY, knock_by


@for_anybody(Purpose.COPY_OWN_DATA)
@never_cache
@require_safe
def own_data(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """What one can do with one's data."""
    return render(request, "web/my_data.html")


@for_anybody(Purpose.COPY_OWN_DATA)
@never_cache
@require_POST
def copy(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """The copy as a file."""
    knock_by(visit.me.person_id, "copy", COPY, at=visit.at)
    held = take_copy(person_id=visit.me.person_id, actor=visit.me.person_id, at=visit.at)
    if held is None:
        raise Http404
    file = json.dumps(held, ensure_ascii=False, indent=2)
    response = HttpResponse(file, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="daybreak-my-data.json"'
    return response


@for_anybody(Purpose.ERASE_OWN_DATA)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what goes and what stays; the button erases once the box beside it is ticked."""
    # Whatever hat is worn just now: the whole person goes.
    whole = account_of(visit.me.person_id) or visit.me
    standing = standing_of(whole, at=visit.at)
    context = {
        "household_goes": bool(standing.last_of),
        "household_stays": bool(whole.households) and not standing.last_of,
        "open_requests": len(standing.open_requests),
        "kept": kept(),
    }
    if request.method != "POST":
        return render(request, "web/my_data_erase.html", context)
    if not request.POST.get("sure"):
        wrong = gettext("Nothing was erased. Tick the box if you are sure.")
        return render(request, "web/my_data_erase.html", {**context, "wrong": wrong}, status=400)
    decision = erase(person_id=visit.me.person_id, actor=visit.me.person_id, at=visit.at)
    if isinstance(decision, No):
        return render(request, "web/my_data_erase.html", {**context, "reasons": decision.reasons}, status=409)
    logout(request)
    return render(request, "web/my_data_erased.html")


def kept() -> list[dict[str, str]]:
    """What stays, and why, as a person reads it."""
    return [
        {
            "what": gettext("Requests and bookings, without any name"),
            "why": gettext("A home must be paid for care it gave, and how often care was found must stay countable."),
        },
        {
            "what": gettext("The record of who did what and when"),
            "why": gettext("It can only grow, so that nobody can hide having looked. It holds ids, never names."),
        },
        {
            "what": gettext("What was charged and given back"),
            "why": gettext("Your employer has to show its taxes long after the year. The books hold ids, never names."),
        },
        {
            "what": gettext("That you are employed, where, and how you are paid"),
            "why": gettext("That is your employer's own list. Ask your employer about it."),
        },
    ]
