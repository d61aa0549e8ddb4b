"""The only way into a view: it names its purpose, and the table of access.py is asked before a line of it runs.

Somebody with a post wears one hat at a time, and a post only after the second step: the table is asked about the roles
of that hat. Where another hat of the same person would open the page, they are led to it.

Each door hands the view what the edge knows once per request: who came, when, and the thing the address names. Where
the table says that a clerk sees one named person, the door writes that look into the audit record before the view runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from daybreak.accounts.hats import Hat, hat_of, hats_of, wearing
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account
from daybreak.audit.actions import record
from daybreak.care.queries import booking_view, request_view
from daybreak.care.terms import BookingView, RequestView
from daybreak.kernel.errors import LostRace
from daybreak.network.queries import site_card
from daybreak.network.terms import SiteCard
from daybreak.people.queries import child_with_household
from daybreak.people.terms import ChildOf
from daybreak.web.access import NOTHING, Purpose, Thing, is_open_to_all, may, names_a_person, require
from daybreak.web.clock import at_of
from daybreak.web.entering import HAT, SECOND_STEP, note_seen
from daybreak.web.failures import TooManyTries, somebody_was_first, too_many_tries


@dataclass(frozen=True)
class Visit:
    """Who came, and when."""

    account: Account | None
    """With the roles of the hat they wear, and none of a post before the second step."""
    at: datetime
    whole: Account | None = None
    """With all their roles; only for choosing among them."""
    hat: Hat | None = None

    @property
    def waits_for_second_step(self) -> bool:
        """Whether they wear the hat of a post that is still shut."""
        return self.account is not None and self.hat is not None and self.account.roles != self.hat.roles

    @property
    def me(self) -> Account:
        """Whoever is signed in. Raises LookupError where the page is open to all."""
        if self.account is None:
            raise LookupError("Nobody is signed in here.")
        return self.account


P = ParamSpec("P")
Found = TypeVar("Found")
View = Callable[..., HttpResponse]


def for_anybody(purpose: Purpose) -> Callable[[Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]], View]:
    """A page about nothing in particular; those who must be signed in are sent to sign in."""
    if names_a_person(purpose):
        raise ValueError(f"{purpose}: a page about a named person has a door of its own, which writes each look down.")

    def door(view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            visit = _visit(request)
            if closed := _sign_in_first(request, visit, purpose):
                return closed
            if other := _other_hat(request, visit, purpose, NOTHING):
                return other
            require(visit.account, purpose, NOTHING)
            return _patiently(request, lambda: view(request, visit, *args, **kwargs))

        return _named(opened, purpose)

    return door


def about_request(purpose: Purpose) -> Callable[[Callable[[HttpRequest, Visit, RequestView], HttpResponse]], View]:
    """A page about one care request, named by `request_id` in the address."""
    return about("request_id", purpose, request_view, lambda found: Thing(household_id=found.household_id))


def about_site(purpose: Purpose) -> Callable[[Callable[[HttpRequest, Visit, SiteCard], HttpResponse]], View]:
    """A page about one site, named by `site_id` in the address."""
    return about("site_id", purpose, site_card, lambda found: Thing(provider_id=found.provider_id))


def about_booking(purpose: Purpose) -> Callable[[Callable[[HttpRequest, Visit, BookingView], HttpResponse]], View]:
    """A page about one booking, named by `booking_id` in the address."""
    return about("booking_id", purpose, booking_view, _owners_of_booking)


def about_child(purpose: Purpose) -> Callable[[Callable[[HttpRequest, Visit, ChildOf], HttpResponse]], View]:
    """A page about one child on its family's list, named by `child_id` in the address."""
    return about("child_id", purpose, child_with_household, lambda found: Thing(household_id=found.household_id))


def _owners_of_booking(booking: BookingView) -> Thing:
    site = site_card(booking.site_id)
    return Thing(household_id=booking.household_id, provider_id=site.provider_id if site else None)


def about(
    name: str, purpose: Purpose, find: Callable[[UUID], Found | None], owners: Callable[[Found], Thing]
) -> Callable[[Callable[[HttpRequest, Visit, Found], HttpResponse]], View]:
    """A page about one thing: `name` is its id in the address, `find` reads it, `owners` says whose it is.

    New doors are made of this one. A thing that is missing and one that is another's are both not found.
    """

    def door(view: Callable[[HttpRequest, Visit, Found], HttpResponse]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, **refs: UUID) -> HttpResponse:
            visit = _visit(request)
            if closed := _sign_in_first(request, visit, purpose):
                return closed
            found = find(refs[name])
            if found is None:
                raise Http404
            if other := _other_hat(request, visit, purpose, owners(found)):
                return other
            require(visit.account, purpose, owners(found))
            if names_a_person(purpose):
                _write_down(visit, purpose, name.removesuffix("_id"), refs[name])
            return _patiently(request, lambda: view(request, visit, found))

        return _named(opened, purpose)

    return door


def _write_down(visit: Visit, purpose: Purpose, thing: str, thing_id: UUID) -> None:
    """The look stays on record even when the view after it breaks: what was shown was shown."""
    with transaction.atomic():
        actor = visit.me.person_id
        record(actor=actor, verb="look-at", thing=thing, thing_id=thing_id, because=purpose, at=visit.at)


def _visit(request: HttpRequest) -> Visit:
    user, at = request.user, at_of(request)
    whole = account_of(user.pk) if user.is_authenticated else None
    if whole is None:
        return Visit(None, at)
    # Whoever is signed in has said once which language they read; the browser's wish is for strangers.
    translation.activate(whole.language)
    note_seen(request, at)
    hat = hat_of(whole, request.session.get(HAT, ""))
    is_shut = hat is not None and hat.post is not None and SECOND_STEP not in request.session
    return Visit(wearing(whole, None if is_shut else hat), at, whole, hat)


def _other_hat(request: HttpRequest, visit: Visit, purpose: Purpose, thing: Thing) -> HttpResponse | None:
    """Lead somebody to their own hat that opens this page. To a page that only reads: a form is never sent again."""
    if visit.whole is None or request.method not in ("GET", "HEAD") or may(visit.account, purpose, thing):
        return None
    needed = next((hat for hat in hats_of(visit.whole) if may(wearing(visit.whole, hat), purpose, thing)), None)
    if needed is None:
        return None
    step = "second-step" if needed == visit.hat else "hats"
    return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


def _sign_in_first(request: HttpRequest, visit: Visit, purpose: Purpose) -> HttpResponse | None:
    """Send a stranger to sign in, whether or not the thing exists."""
    if visit.account is not None or is_open_to_all(purpose):
        return None
    wanted = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return redirect(reverse("sign-in") + wanted)


def _patiently(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return answer()
    except TooManyTries as tried:
        return too_many_tries(request, tried.limit)
    except LostRace:
        return somebody_was_first(request)


def _named(opened: View, purpose: Purpose) -> View:
    opened.purpose = purpose  # type: ignore[attr-defined]
    return opened
