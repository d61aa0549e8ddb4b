"""Sign in by a link that works once, by the code sent with it, or by a passkey.

The answer never tells whether an address is known, and no work that the browser waits for depends on it: an asking is
written down, and the worker looks up whose it is.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.accounts.actions import person_of_token, set_language, sign_in
from daybreak.accounts.addresses import is_mail, spelled_phone
from daybreak.accounts.codes.actions import LASTS, address_of_ask, ask_at, person_of_code
from daybreak.accounts.passkeys.actions import CHALLENGE_LASTS, options_to_enter, person_of_passkey
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Way
from daybreak.people.sharing.queries import invitations_for
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.entering import begin, end, is_ours
from daybreak.web.home import LANGUAGES
from daybreak.web.pacing import CODE_AT, FOLLOW_LINK, SIGN_IN_AT, SIGN_IN_FROM, knock_at, knock_from

P = ParamSpec("P")
WHERE_TO = "where-to"
"""The cookie that brings somebody back to the page they were sent away from."""
ASKED = "asked"
"""The cookie that ties a code to the browser which asked for it."""
PASSKEY = "passkey"
"""The cookie with the challenge a passkey answers, signed; strangers write no rows."""


@for_anybody(Purpose.COME_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take an e-mail address or phone number; a link and a code go out when it is known. The answer is the same."""
    if visit.account is not None and request.method != "POST":
        return redirect("home")
    if request.method != "POST":
        return _remember_where_to(request, _sign_in_page(request))
    written = request.POST.get("address", "").strip()[:200]
    mail, phone = (written, "") if is_mail(written) else ("", spelled_phone(written))
    if not mail and not phone:
        wrong = gettext("That is neither an e-mail address nor a phone number. Write one of them, like 317 555 0134.")
        return _sign_in_page(request, wrong=wrong, written=written)
    knock_from(request, "sign-in", SIGN_IN_FROM, at=visit.at)
    knock_at(mail or phone, "sign-in", SIGN_IN_AT, at=visit.at)
    return sent_to(mail, phone, at=visit.at)


def sent_to(mail: str, phone: str, *, at: datetime) -> HttpResponse:
    """Write down that somebody wants in at this address, and lead them to where its code is typed."""
    response = redirect("sign-in-sent")
    _set_cookie(response, ASKED, str(ask_at(email=mail, phone=phone, at=at)), int(LASTS.total_seconds()))
    return response


@for_anybody(Purpose.COME_IN)
@never_cache
@require_safe
def link_sent(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """The one answer, with a field for the code."""
    return render(request, "web/sign_in_sent.html", {"takes_code": ASKED in request.COOKIES})


@for_anybody(Purpose.COME_IN)
@never_cache
@require_POST
def take_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let in whoever types the code in the browser that asked for it."""
    knock_from(request, "code", FOLLOW_LINK, at=visit.at)
    ask_id, code = _ask_id(request), re.sub(r"\D", "", request.POST.get("code", "")[:20])
    if ask_id is not None and (address := address_of_ask(ask_id)):
        knock_at(address, "code", CODE_AT, at=visit.at)
        person = person_of_code(ask_id, code, at=visit.at)
        if person is not None and sign_in(person, at=visit.at):
            return _enter(request, visit, person, Way.CODE)
    wrong = gettext(
        "That is not the code, or it is too old. Nobody was signed in. Look at the newest message, or ask again."
    )
    return render(request, "web/sign_in_sent.html", {"takes_code": True, "wrong": wrong}, status=400)


@for_anybody(Purpose.COME_IN)
@never_cache
@require_POST
def take_passkey(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let in whoever's passkey answers the challenge of this very page."""
    knock_from(request, "passkey", FOLLOW_LINK, at=visit.at)
    try:
        challenge = request.get_signed_cookie(PASSKEY, max_age=CHALLENGE_LASTS) or ""
    except (KeyError, BadSignature):
        challenge = ""
    person = person_of_passkey(request.POST.get("credential", "")[:20_000], challenge=challenge, at=visit.at)
    if person is not None and sign_in(person, at=visit.at):
        return _enter(request, visit, person, Way.PASSKEY)
    wrong = gettext("This passkey did not sign you in. Try it once more, or have a link sent.")
    return _sign_in_page(request, wrong_passkey=wrong)


def _token_kept_out_of_referers(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Its pictures and next pages learn from where they are asked for, not by which link.

    Not `no-referrer`: with it a browser posts the form as from nowhere, and the form is refused.
    """

    @wraps(view)
    def careful(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return careful


@for_anybody(Purpose.COME_IN)
@never_cache
@_token_kept_out_of_referers
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Show one button; pressing it uses the link up. Programs that look into mails only ever see the button."""
    if request.method != "POST":
        return render(request, "web/sign_in_link.html")
    knock_from(request, "follow-link", FOLLOW_LINK, at=visit.at)
    person = person_of_token(token)
    if person is None or not sign_in(person, at=visit.at):
        return render(request, "web/sign_in_over.html", status=410)
    return _enter(request, visit, person, Way.LINK)


@for_anybody(Purpose.LEAVE)
@require_POST
def sign_out(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """End the session on this device."""
    end(request)
    return redirect("home")


def _enter(request: HttpRequest, visit: Visit, person: AbstractBaseUser, way: Way) -> HttpResponse:
    """Begin the session, and go on to where they wanted, to an invitation that waits, or home."""
    where = request.COOKIES.get(WHERE_TO, "")
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    begin(request, person.pk, way, at=visit.at)
    account = account_of(person.pk)
    if account is not None and chosen in LANGUAGES and chosen != account.language:
        # They chose it on the way in; messages should follow.
        set_language(person_id=person.pk, language=chosen, at=visit.at)
    onward = "invitations" if invitations_for(person.pk) else "home"
    response = redirect(where if is_ours(where) else onward)
    for cookie in (WHERE_TO, ASKED, PASSKEY):
        if cookie in request.COOKIES:
            response.delete_cookie(cookie, path=reverse("sign-in"), samesite="Lax")
    return response


def _sign_in_page(request: HttpRequest, *, wrong: str = "", written: str = "", wrong_passkey: str = "") -> HttpResponse:
    options, challenge = options_to_enter()
    context = {"wrong": wrong, "written": written, "wrong_passkey": wrong_passkey, "options": options}
    response = render(request, "web/sign_in.html", context, status=400 if wrong or wrong_passkey else 200)
    _set_signed_cookie(response, PASSKEY, challenge)
    return response


def _ask_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.COOKIES.get(ASKED, ""))
    except ValueError:
        return None


def _remember_where_to(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep where somebody wanted to go with their browser: strangers write no rows."""
    wanted = request.GET.get("next", "")
    if is_ours(wanted):
        _set_cookie(response, WHERE_TO, iri_to_uri(wanted)[:500], 60 * 60)
    return response


def _set_cookie(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=reverse("sign-in"),
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _set_signed_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_signed_cookie(
        name,
        value,
        max_age=int(CHALLENGE_LASTS.total_seconds()),
        path=reverse("sign-in"),
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
