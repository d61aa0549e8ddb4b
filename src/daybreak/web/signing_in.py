"""Sign in by a link that works once. The answer never tells whether an address is known."""

import re
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.contrib.auth import login, logout, user_logged_in
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.accounts.actions import person_of_token, set_language, sign_in
from daybreak.accounts.queries import person_at
from daybreak.notices.actions import post
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.home import LANGUAGES
from daybreak.web.pacing import FOLLOW_LINK, SIGN_IN_AT, SIGN_IN_FROM, knock_at, knock_from

# accounts.actions.sign_in writes the last sign-in as a compare-and-set at the edge's moment; Django's own listener
# would write it again by the machine's clock.
user_logged_in.disconnect(dispatch_uid="update_last_login")

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
P = ParamSpec("P")
EVEN = 0.1
"""Seconds an answer takes at least. Writing a notice takes some thousandths, which would tell whether one is known."""
WHERE_TO = "where-to"
"""The cookie that brings somebody back to the page they were sent away from."""
BACKEND = "sesame.backends.ModelBackend"


@for_anybody(Purpose.COME_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take an e-mail address or phone number; a link goes out when it is known, and the answer is the same when not."""
    if visit.account is not None and request.method != "POST":
        return redirect("home")
    if request.method != "POST":
        return _remember_where_to(request, render(request, "web/sign_in.html"))
    written = request.POST.get("address", "").strip()[:200]
    mail, phone = (written, "") if MAIL.fullmatch(written) else ("", spelled_phone(written))
    if not mail and not phone:
        wrong = gettext("That is neither an e-mail address nor a phone number. Write one of them, like 317 555 0134.")
        return render(request, "web/sign_in.html", {"wrong": wrong, "written": written}, status=400)
    knock_from(request, "sign-in", SIGN_IN_FROM, at=visit.at)
    knock_at(mail or phone, "sign-in", SIGN_IN_AT, at=visit.at)
    started = time.monotonic()
    person_id = person_at(email=mail, phone=phone)
    if person_id is not None:
        path = reverse("sign-in-link", args=["token"]).removesuffix("token")
        with transaction.atomic():
            facts = {"sign_in": path}
            key = visit.at.isoformat()
            post(code="sign-in-link", to=person_id, facts=facts, about=person_id, at=visit.at, key=key)
    time.sleep(max(EVEN - (time.monotonic() - started), 0))
    return redirect("sign-in-sent")


@for_anybody(Purpose.COME_IN)
@never_cache
@require_safe
def link_sent(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """The one answer."""
    return render(request, "web/sign_in_sent.html")


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
    where = request.COOKIES.get(WHERE_TO, "")
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    login(request, person, backend=BACKEND)
    if chosen in LANGUAGES and chosen != person.language:
        # They chose it on the way in; messages should follow.
        set_language(person_id=person.pk, language=chosen, at=visit.at)
    response = redirect(where if _is_ours(where) else "home")
    response.delete_cookie(WHERE_TO, path=reverse("sign-in"), samesite="Lax")
    return response


@for_anybody(Purpose.LEAVE)
@require_POST
def sign_out(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """End the session on this device."""
    logout(request)
    return redirect("home")


def spelled_phone(text: str) -> str:
    """A phone number as it is stored, +1 and ten digits, or nothing when the text is not one.

    >>> spelled_phone("(317) 555-0134"), spelled_phone("+1 317 555 0134"), spelled_phone("hello")
    ('+13175550134', '+13175550134', '')
    """
    digits = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{10,15}", digits):
        return ""
    if digits.startswith("+"):
        return digits
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}"


def _remember_where_to(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep where somebody wanted to go with their browser: strangers write no rows."""
    wanted = request.GET.get("next", "")
    if _is_ours(wanted):
        response.set_cookie(
            WHERE_TO,
            iri_to_uri(wanted)[:500],
            max_age=60 * 60,
            path=reverse("sign-in"),
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _is_ours(path: str) -> bool:
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
