"""What is said when a page cannot be shown: the same look, what happened, what was not done, what to do now.

Django finds 400.html, 404.html and 500.html by their names; only what needs facts stands here.
"""

from math import ceil

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from daybreak.accounts.pace import Limit
from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.notices.queries import sentence


class TooManyTries(Exception):
    """Somebody knocks faster than the limit allows; the door answers with 429."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(f"more than {limit.burst} at once or {limit.per_hour} per hour")
        self.limit = limit


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 — Django hands it over
    """A form without its token: open too long, sent from elsewhere, or cookies are off."""
    return render(request, "web/form_too_old.html", status=403)


def somebody_was_first(request: HttpRequest) -> HttpResponse:
    """A lost race: another person or the clock moved the same thing at the same moment."""
    return render(request, "web/somebody_was_first.html", status=409)


def too_many_tries(request: HttpRequest, limit: Limit) -> HttpResponse:
    """Say when the next try is allowed: a bucket gains one token in that time."""
    seconds = ceil(3600 / limit.per_hour)
    reason = Reason("too-many-tries", {"wait": ceil(seconds / 60)})
    said = sentence(reason, get_language() or "en")
    response = render(request, "web/too_many_tries.html", {"said": said}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def tell_decision(request: HttpRequest, decision: Decision, done: str) -> None:
    """Say on the next page that something was done, or every reason why it was not."""
    if isinstance(decision, No):
        for reason in decision.reasons:
            messages.error(request, sentence(reason, get_language() or "en"))
    else:
        messages.success(request, done)
