"""Tokens with which one's own programs use the API: made for the hat worn now, shown once, ended by one tap."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daybreak.accounts.terms import Scope
from daybreak.accounts.tokens.actions import end_token, make_token
from daybreak.accounts.tokens.queries import scopes_of, tokens_of
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody


@for_anybody(Purpose.KEEP_TOKENS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List, make and end tokens."""
    if request.method != "POST":
        return _page(request, visit)
    if "end" in request.POST:
        try:
            ended = end_token(person_id=visit.me.person_id, token_id=UUID(request.POST["end"]), at=visit.at)
        except ValueError:
            ended = False
        if ended:
            messages.success(request, gettext("Ended. That token opens nothing any more."))
        return redirect("tokens")
    name = request.POST.get("name", "").strip()[:60]
    wanted = [scope for scope in Scope if scope.value in request.POST.getlist("scope")]
    if not name:
        return _page(request, visit, wrong=gettext("Write a name by which you know the program again."))
    made = None
    if visit.hat is not None and visit.me.roles:
        made = make_token(person_id=visit.me.person_id, hat=visit.hat, scopes=wanted, name=name, at=visit.at)
    if made is None:
        return _page(request, visit, wrong=gettext("No token was made. Choose what it may do, or end one first."))
    return _page(request, visit, made=made)


def _page(request: HttpRequest, visit: Visit, *, wrong: str = "", made: str = "") -> HttpResponse:
    words = {
        Scope.CARE_READ: gettext("Read the family and its care requests"),
        Scope.CARE_WRITE: gettext("Ask for care and cancel it"),
        Scope.SITES_READ: gettext("Read your sites, their bookings and what they earned"),
        Scope.SITES_WRITE: gettext("Offer spots, answer and change your sites"),
        Scope.DESK_READ: gettext("Read the employer's contracts"),
        Scope.DESK_WRITE: gettext("Add and end contracts"),
    }
    can = scopes_of(visit.hat) if visit.hat is not None and visit.me.roles else ()
    context = {
        "tokens": tokens_of(visit.me.person_id),
        "scopes": [{"code": scope.value, "anchor": scope.replace(":", "-"), "says": words[scope]} for scope in can],
        "wrong": wrong,
        "made": made,
    }
    return render(request, "web/tokens.html", context, status=400 if wrong else 200)
