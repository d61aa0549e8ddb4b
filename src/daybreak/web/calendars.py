"""A family keeps time free in its own calendar, and a calendar follows by itself: a file, a mail, or a secret address.

A family's entry says one neutral word. A provider's says how many children come, never who.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account
from daybreak.calendars.actions import end_feed, renew_feed
from daybreak.calendars.queries import feed_at, secrets_of
from daybreak.calendars.terms import Entry, FeedKind
from daybreak.calendars.writing import written
from daybreak.care.actions.keep_free import mail_blocks
from daybreak.care.blocks.keeping import arrival_entry, blocks_of, kept
from daybreak.care.blocks.queries import arrivals_since, plan_of, plans_of
from daybreak.care.blocks.terms import Arrival
from daybreak.care.states import BookingState
from daybreak.care.terms import RequestView
from daybreak.network.queries import sites_of
from daybreak.network.terms import SiteCard
from daybreak.notices.phrases import say_clock_within
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, about_request, for_anybody
from daybreak.web.pacing import FEED, knock_from
from daybreak.web.templatetags.said import children

BACK = timedelta(days=30)
"""How far back a site's feed reaches."""


@about_request(Purpose.SEE_REQUEST)
@never_cache
@require_safe
def block_file(request: HttpRequest, visit: Visit, view: RequestView) -> HttpResponse:  # noqa: ARG001
    """The blocks of one request as a file: one tap, and the phone asks into which calendar."""
    response = _calendar(written(blocks_of(plan_of(view), title=hold())))
    response["Content-Disposition"] = 'attachment; filename="hold.ics"'
    return response


@about_request(Purpose.SEE_REQUEST)
@require_POST
def block_mail(request: HttpRequest, visit: Visit, view: RequestView) -> HttpResponse:
    """The same file to one's own mail, for a calendar on another machine."""
    file = written(blocks_of(plan_of(view), title=hold()))
    ways = mail_blocks(request_id=view.request_id, file=file, actor=visit.me.person_id, at=visit.at)
    if ways:
        messages.success(request, gettext("A mail with the block is on its way. Open its file and save."))
    else:
        messages.error(
            request, gettext("No e-mail address is on your account, so nothing was sent. Use the file instead.")
        )
    return redirect("request", view.request_id)


@for_anybody(Purpose.FOLLOW_CALENDAR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_feeds(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make, renew or end the secret address that one's own calendar follows."""
    kinds = [kind for kind in FeedKind if _may_follow(visit.me, kind)]
    if request.method == "POST":
        kind = next((one for one in kinds if one.value == request.POST.get("kind")), None)
        match kind, request.POST.get("do"):
            case FeedKind(), "renew":
                renew_feed(person_id=visit.me.person_id, kind=kind, at=visit.at)
                messages.success(request, gettext("Here is a new address. One from before leads nowhere now."))
            case FeedKind(), "end":
                end_feed(person_id=visit.me.person_id, kind=kind, at=visit.at)
                messages.success(request, gettext("The address is gone. A calendar that followed it learns no more."))
        return redirect("calendar")
    secrets = secrets_of(visit.me.person_id)
    feeds = [{"kind": kind.value, "address": _address(secrets[kind]) if kind in secrets else ""} for kind in kinds]
    for feed in feeds:
        feed["follow"] = f"webcal:{feed['address'].partition(':')[2]}" if feed["address"] else ""
    return render(request, "web/calendar.html", {"feeds": feeds, "hold": hold()})


@for_anybody(Purpose.READ_FEED)
@never_cache
@require_safe
def feed(request: HttpRequest, visit: Visit, secret: str) -> HttpResponse:
    """What stands in a calendar that follows. A wrong secret and a person who may no longer read it look the same."""
    owner = feed_at(secret)
    account = account_of(owner.person_id) if owner else None
    if owner is None or account is None or not _may_follow(account, owner.kind):
        knock_from(request, "feed", FEED, at=visit.at)
        raise Http404
    with translation.override(account.language):
        if owner.kind is FeedKind.FAMILY:
            entries, name = _family_entries(account), hold()
        else:
            entries, name = _provider_entries(account, visit), gettext("Arrivals")
        return _calendar(written(entries, name=name))


def _may_follow(account: Account, kind: FeedKind) -> bool:
    return bool(account.households if kind is FeedKind.FAMILY else account.providers)


def hold() -> str:
    """The one word of a family's entries."""
    return gettext("Hold")


def _family_entries(account: Account) -> list[Entry]:
    return [
        entry
        for household_id in account.households
        for plan in plans_of(household_id)
        for entry in kept(blocks_of(plan, title=hold()))
    ]


def _provider_entries(account: Account, visit: Visit) -> list[Entry]:
    cards = {card.site_id: card for provider in account.providers for card in sites_of(provider)}
    arrivals = arrivals_since(list(cards), (visit.at - BACK).date())
    return [_arrival(one, cards[one.booking.site_id], account.language) for one in arrivals]


def _arrival(arrival: Arrival, card: SiteCard, language: str) -> Entry:
    booking = arrival.booking
    title = children(len(booking.children))
    if booking.state is BookingState.HELD and booking.held_until:
        clock = say_clock_within(booking.held_until.astimezone(ZoneInfo(card.zone)).time(), language)
        title = gettext("Answer by %(clock)s: %(children)s") % {"clock": clock, "children": title}
    page = f"{settings.ADDRESS.rstrip('/')}{reverse('site-today', args=[card.site_id])}?day={booking.day.isoformat()}"
    return arrival_entry(arrival, title=title, line=f"{card.name} · {booking.name}", page=page)


def _address(secret: str) -> str:
    return f"{settings.ADDRESS.rstrip('/')}{reverse('calendar-feed', args=[secret])}"


def _calendar(file: bytes) -> HttpResponse:
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")
