"""Every page of the interviews opens through one of these, and says whom it is open to."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from daybreak.interviews.queries import trustee_named
from daybreak.web.interviews.access import Opens

P = ParamSpec("P")
View = Callable[..., HttpResponse]
SIGNED_IN = "trustee"
"""The key of the session that holds a trustee's id."""


def for_anybody(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> View:
    """A page for respondents. It sets no cookie, so there is nothing that a form of another site could ride on."""

    @wraps(view)
    @csrf_exempt
    @never_cache
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    opened.opens = Opens.ANYBODY  # type: ignore[attr-defined]
    return opened


def for_trustee(view: Callable[Concatenate[HttpRequest, UUID, P], HttpResponse]) -> View:
    """A page for a trustee; whoever is none is sent to sign in, whether or not what they ask for exists."""

    @wraps(view)
    @never_cache
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        trustee_id = signed_in(request)
        if trustee_id is None:
            return redirect("trustee-sign-in")
        return view(request, trustee_id, *args, **kwargs)

    opened.opens = Opens.TRUSTEE  # type: ignore[attr-defined]
    return opened


def signed_in(request: HttpRequest) -> UUID | None:
    """The trustee of this session, asked of the database each time, so that a dismissed one is out at once."""
    try:
        trustee_id = UUID(str(request.session.get(SIGNED_IN, "")))
    except ValueError:
        return None
    return trustee_id if trustee_named(trustee_id) is not None else None


def shown(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page, with the way to the same one in the other language."""
    other = "en" if language() == "es" else "es"
    there = translate_url(request.path, other)
    return render(request, f"web/interviews/{template}.html", {"there": there, **(context or {})}, status=status)


def language() -> str:
    """The page's language."""
    return "es" if (get_language() or "en").startswith("es") else "en"
