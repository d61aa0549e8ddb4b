"""A home sees its day, answers, marks who came, and says what it offers."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.attend import mark_attended, mark_fetched, mark_missed
from daybreak.care.looking import ANSWER_WITHIN
from daybreak.care.queries import bookings_on, days_of_sites, is_surge
from daybreak.care.terms import BookingView
from daybreak.kernel.decisions import No
from daybreak.kernel.spans import parse_clock
from daybreak.network.actions import offer_spots, set_hours, set_instant
from daybreak.network.queries import rooms_on, site_card, sites_of
from daybreak.network.terms import SiteCard
from daybreak.network.weekdays import days_of, mask_of
from daybreak.people.queries import children_named, homes_of
from daybreak.people.telling.queries import told_by_all
from daybreak.placement.terms import Kind
from daybreak.web import offer_form
from daybreak.web.access import Purpose
from daybreak.web.day_sheet import named_on, sheet, telling
from daybreak.web.doors import Visit, about_booking, about_site, for_anybody
from daybreak.web.failures import tell_decision
from daybreak.web.offer_form import RoomForm
from daybreak.web.open_days import days_form, days_said
from daybreak.web.site_list import lines_of
from daybreak.web.templatetags import said

FARTHEST = timedelta(days=120)
"""Days of a site's pages lie within this of today; another day is read as today."""


@for_anybody(Purpose.SEE_SITES)
@never_cache
@require_safe
def sites(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every site of whoever is signed in; with only one, its day."""
    cards = [card for provider in visit.me.providers for card in sites_of(provider)]
    if len(cards) == 1:
        return redirect("site-today", cards[0].site_id)
    # Sites may lie in several time zones: it is already tomorrow nowhere that yesterday is over everywhere.
    since = (visit.at - timedelta(days=1)).date()
    lines = lines_of(cards, days_of_sites([card.site_id for card in cards], since=since), at=visit.at)
    context = {
        "busy": [line for line in lines if line.is_busy],
        "quiet": [line for line in lines if not line.is_busy],
    }
    return render(request, "web/sites.html", context)


@about_site(Purpose.SEE_SITE_DAY)
@never_cache
@require_safe
def day_page(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """The children of a day by arrival, and bookings that wait for an answer."""
    today, day = _days(request, visit, card)
    bookings = bookings_on(card.site_id, day)
    profiles = children_named(named_on(bookings)) if bookings else {}
    homes = homes_of({one.household_id for one in bookings}) if card.kind is Kind.IN_HOME else {}
    told = told_by_all(telling(bookings, at=visit.at)) if bookings else {}
    shown = sheet(bookings, profiles, zone=ZoneInfo(card.zone), at=visit.at, homes=homes, told=told)
    context = {**_frame(card, today, day), "sheet": shown, "here": "today", "many_ask": is_surge(day, card.zone)}
    return render(request, "web/site_today.html", context)


@about_site(Purpose.OFFER_SPOTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """How many spots each room offers in each session of a day."""
    if card.opens is None or card.closes is None:
        return redirect("site-hours", card.site_id)
    today, day = _days(request, visit, card)
    rooms = offer_form.as_it_stands(card, rooms_on(card.site_id, day))
    if request.method != "POST":
        return _offers_page(request, card, today, day, rooms)
    rooms = offer_form.as_said(rooms, request.POST)
    wanted = offer_form.offers_of(rooms)
    if "less" in request.POST or "more" in request.POST:
        return _offers_page(request, card, today, day, rooms, is_changed=True)
    if wanted is None:
        return _offers_page(request, card, today, day, rooms, status=400)
    decision = offer_spots(site_id=card.site_id, day=day, offers=wanted, at=visit.at, actor=visit.me.person_id)
    if isinstance(decision, No):
        sentences = [said.sentence(reason) for reason in decision.reasons]
        rooms, apart = offer_form.with_reasons(rooms, decision.reasons, sentences)
        return _offers_page(request, card, today, day, rooms, problems=apart, status=400)
    messages.success(request, gettext("Saved: what you offer on %(day)s.") % {"day": said.day(day)})
    return redirect(_on_day("site-offers", card.site_id, day))


@about_site(Purpose.SET_HOURS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """When the site is open; nothing can be offered before that is said."""
    typed = {
        "opens": f"{card.opens:%H:%M}" if card.opens else "",
        "closes": f"{card.closes:%H:%M}" if card.closes else "",
    }
    if request.method != "POST":
        return render(
            request, "web/site_hours.html", {"card": card, **typed, "days": days_form(days_of(card.weekdays))}
        )
    typed = {name: request.POST.get(name, "")[:20] for name in typed}
    open_days = days_said(request.POST.getlist("day"))
    wrong, clocks = {}, {}
    for name, text in typed.items():
        try:
            clocks[name] = parse_clock(text[:5])
        except ValueError:
            wrong[name] = gettext("That is not a time. Write it like 07:00 or 19:30.")
    if not open_days:
        wrong["days"] = gettext("No day was chosen. Choose each day you open.")
    if wrong:
        context = {"card": card, **typed, "wrong": wrong, "days": days_form(open_days)}
        return render(request, "web/site_hours.html", context, status=400)
    set_hours(
        site_id=card.site_id,
        actor=visit.me.person_id,
        at=visit.at,
        opens=clocks["opens"],
        closes=clocks["closes"],
        weekdays=mask_of(open_days),
    )
    messages.success(request, gettext("Saved: your opening hours."))
    return redirect("site-offers", card.site_id)


@about_site(Purpose.CHOOSE_ANSWER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_bookings(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """Are bookings confirmed at once, or is the home asked first?"""
    context = {
        "card": card,
        "at_once": card.instant,
        "asked_first": not card.instant,
        "answer_within": ANSWER_WITHIN.total_seconds() / 60,
    }
    if request.method != "POST":
        return render(request, "web/site_new_bookings.html", context)
    instant = {"at-once": True, "ask-first": False}.get(request.POST.get("answer", ""))
    if instant is None:
        context["wrong"] = gettext("Nothing was changed. Choose one of the two.")
        return render(request, "web/site_new_bookings.html", context, status=400)
    done = {
        True: gettext("Saved: new bookings are confirmed at once."),
        False: gettext("Saved: you are asked before each booking."),
    }[instant]
    decision = set_instant(site_id=card.site_id, instant=instant, at=visit.at, actor=visit.me.person_id)
    tell_decision(request, decision, done)
    return redirect("site-today", card.site_id)


@about_booking(Purpose.ANSWER_BOOKING)
@require_POST
def answer(request: HttpRequest, visit: Visit, booking: BookingView) -> HttpResponse:
    """Say yes or no to a booking that is kept for the home to answer."""
    act = {"accept": confirm_booking, "decline": decline_booking}.get(request.POST.get("answer", ""))
    if act is not None:
        done = {
            "accept": gettext("You accepted. The family has been told."),
            "decline": gettext("You said no. The spots are yours again, and the family's request goes on elsewhere."),
        }[request.POST["answer"]]
        tell_decision(request, act(booking_id=booking.booking_id, actor=visit.me.person_id, at=visit.at), done)
    return _back_to_day(booking)


@about_booking(Purpose.MARK_ATTENDANCE)
@require_POST
def attendance(request: HttpRequest, visit: Visit, booking: BookingView) -> HttpResponse:
    """Say whether the children came, and when they were fetched."""
    booking_id, actor, came = booking.booking_id, visit.me.person_id, request.POST.get("came", "")
    ticked = _ticked(request, booking)
    if came == "no":
        decision = mark_missed(booking_id=booking_id, actor=actor, at=visit.at)
    elif act := {"yes": mark_attended, "fetched": mark_fetched}.get(came):
        decision = act(booking_id=booking_id, actor=actor, at=visit.at, child_ids=ticked)
    else:
        return _back_to_day(booking)
    if came != "no" and ticked == []:
        messages.error(request, gettext("No child was ticked. Nothing was written down. Tick each it is about."))
    else:
        tell_decision(request, decision, gettext("Written down."))
    return _back_to_day(booking)


def _ticked(request: HttpRequest, booking: BookingView) -> list[UUID] | None:
    """The booking's children that were ticked; None where the page had nothing to tick."""
    if "each" not in request.POST:
        return None
    ticked = set(request.POST.getlist("child"))
    return [child.child_id for child in booking.children if str(child.child_id) in ticked]


@about_booking(Purpose.WITHDRAW_BOOKING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, visit: Visit, booking: BookingView) -> HttpResponse:
    """Ask once more, then cancel a confirmed booking; the family's request looks for another place at once."""
    if request.method == "POST":
        done = gettext("Canceled. The family has been told, and Daybreak looks for another place for them.")
        tell_decision(
            request, withdraw_booking(booking_id=booking.booking_id, actor=visit.me.person_id, at=visit.at), done
        )
        return _back_to_day(booking)
    card = site_card(booking.site_id)
    zone = ZoneInfo(card.zone) if card else None
    context = {"booking": booking, "card": card, "arrives": booking.arrives_at.astimezone(zone)}
    return render(request, "web/booking_withdraw.html", context)


def _back_to_day(booking: BookingView) -> HttpResponse:
    return redirect(_on_day("site-today", booking.site_id, booking.day))


def _on_day(name: str, site_id: UUID, day: date) -> str:
    return f"{reverse(name, args=[site_id])}?{urlencode({'day': day.isoformat()})}"


def _days(request: HttpRequest, visit: Visit, card: SiteCard) -> tuple[date, date]:
    """Today where the site is, and the day asked for."""
    today = visit.at.astimezone(ZoneInfo(card.zone)).date()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today, today
    return today, day if abs(day - today) <= FARTHEST else today


def _frame(card: SiteCard, today: date, day: date) -> dict[str, object]:
    """What every page of a site shows above its own part: the name, and three days to switch between."""
    names = {-1: gettext("Yesterday"), 0: gettext("Today"), 1: gettext("Tomorrow")}
    days = [
        {"day": today + timedelta(days=by), "name": name, "is_now": day == today + timedelta(days=by)}
        for by, name in names.items()
    ]
    return {"card": card, "today": today, "day": day, "days": days, "is_past": day < today, "day_iso": day.isoformat()}


def _offers_page(
    request: HttpRequest,
    card: SiteCard,
    today: date,
    day: date,
    rooms: tuple[RoomForm, ...],
    *,
    is_changed: bool = False,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    licensed = site_card(card.site_id, day=day)
    context = {
        **_frame(card, today, day),
        "here": "offers",
        "rooms": rooms,
        "is_changed": is_changed or status != 200,
        "problems": problems or [],
        "capacity": licensed.capacity if licensed else 0,
        "is_licensed": bool(licensed and licensed.license_number),
        "is_simulated": any(number.simulated for room in rooms for number in room.numbers),
        "any_wrong": any(number.wrong for room in rooms for number in room.numbers),
    }
    return render(request, "web/site_offers.html", context, status=status)
