"""What a provider says of itself: a caregiver's week, ages and distance, languages, rate, checks; and its earnings."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daybreak.care.earning import total_cents
from daybreak.care.queries import earned_between
from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.kernel.money import Money
from daybreak.kernel.spans import parse_clock
from daybreak.network.caregivers.actions import set_languages, set_rate, set_reach, set_week, write_check
from daybreak.network.caregivers.queries import checks_of, rate_on, week_of
from daybreak.network.caregivers.terms import Checked, CheckKind, SaidBy, Week
from daybreak.network.contracts.queries import contracts_of
from daybreak.network.terms import SiteCard
from daybreak.placement.terms import Kind
from daybreak.web import site_words
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, about_site
from daybreak.web.failures import tell_decision

WEEKS_BACK = 3
"""Weeks before this one that the page of earnings shows."""


@about_site(Purpose.SEE_EARNED)
@never_cache
@require_safe
def earned(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """What was earned this week and in the weeks before, at which rate, and when it is due."""
    today = _today(card, visit)
    monday = today - timedelta(days=today.weekday())
    weeks = []
    for back in range(WEEKS_BACK + 1):
        since = monday - timedelta(days=7 * back)
        lines = earned_between(card.site_id, since, since + timedelta(days=7))
        total = str(Money(total_cents(lines)))
        if back and not lines:
            continue
        weeks.append({"since": since, "lines": site_words.earned_lines(lines), "total": total, "is_now": not back})
    rate = rate_on(card.site_id, today)
    context = {
        "card": card,
        "weeks": weeks,
        "rate": str(Money(rate)) if rate is not None else "",
        "contracts": contracts_of(card.site_id, since=today),
    }
    return render(request, "web/site_earned.html", context)


@about_site(Purpose.SET_WEEK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """When a caregiver is there each week; a site that families come to has opening hours instead."""
    if card.kind is not Kind.IN_HOME:
        return redirect("site-hours", card.site_id)
    if request.method != "POST":
        return _week_page(request, card, _typed(week_of(card.site_id)), {})
    typed = {name: request.POST.get(name, "")[:20] for day in range(7) for name in (f"starts-{day}", f"ends-{day}")}
    chosen, wrong = _read_week(typed)
    if wrong:
        return _week_page(request, card, typed, wrong, status=400)
    decision = set_week(site_id=card.site_id, week=chosen, at=visit.at, actor=visit.me.person_id)
    tell_decision(
        request,
        decision,
        gettext("Saved. The next 4 weeks are offered this way. A day you changed by itself stays as you said it."),
    )
    return redirect("site-week", card.site_id)


def _typed(week: Week) -> dict[str, str]:
    typed = {}
    for day in range(7):
        hours = week.get(day)
        typed[f"starts-{day}"] = f"{hours[0]:%H:%M}" if hours else ""
        typed[f"ends-{day}"] = f"{hours[1]:%H:%M}" if hours else ""
    return typed


def _read_week(typed: dict[str, str]) -> tuple[Week, dict[int, str]]:
    """The week that was typed, and what is wrong by day; a day without times is a day off."""
    week, wrong = {}, {}
    for day in range(7):
        starts, ends = typed[f"starts-{day}"].strip(), typed[f"ends-{day}"].strip()
        if not starts and not ends:
            continue
        try:
            week[day] = (parse_clock(starts[:5]), parse_clock(ends[:5]))
        except ValueError:
            wrong[day] = gettext("Write both times like 07:00 and 18:30, or leave both empty for a day off.")
    return week, wrong


def _week_page(
    request: HttpRequest, card: SiteCard, typed: dict[str, str], wrong: dict[int, str], *, status: int = 200
) -> HttpResponse:
    days = [
        {
            "number": day,
            "name": str(WEEKDAYS[day]).capitalize(),
            "starts": typed[f"starts-{day}"],
            "ends": typed[f"ends-{day}"],
            "wrong": wrong.get(day, ""),
        }
        for day in range(7)
    ]
    return render(request, "web/site_week.html", {"card": card, "days": days, "wrong": wrong}, status=status)


@about_site(Purpose.DESCRIBE_SITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """Languages, rate and checks; for a caregiver, ages and distance too. Each form saves by itself."""
    forms: dict[str, Callable[[QueryDict, SiteCard, Visit], Decision]] = {
        "reach": _reach,
        "languages": _languages,
        "rate": _rate,
        "check": _check,
    }
    if request.method == "POST":
        act = forms.get(request.POST.get("part", ""))
        if act is not None:
            tell_decision(request, act(request.POST, card, visit), gettext("Saved."))
        return redirect("site-about", card.site_id)
    today = _today(card, visit)
    names, rate = site_words.language_names(), rate_on(card.site_id, today)
    room = card.rooms[0] if card.rooms else None
    context = {
        "card": card,
        "is_caregiver": card.kind is Kind.IN_HOME,
        "from_months": room.from_months if room else 0,
        "until_years": room.until_months // 12 if room else 18,
        "radius": f"{card.travel_radius_km:g}",
        "languages": [{"code": code, "name": name, "on": code in card.languages} for code, name in names.items()],
        "rate": f"{rate / 100:.2f}" if rate is not None else "",
        "checks": site_words.check_lines(checks_of(card.site_id), day=today),
        "kinds": site_words.check_names().items(),
        "today": today.isoformat(),
    }
    return render(request, "web/site_about.html", context)


def _reach(form: QueryDict, card: SiteCard, visit: Visit) -> Decision:
    try:
        since, until = int(form.get("from", "")), int(form.get("until", ""))
        radius = float(form.get("radius", "").replace(",", "."))
    except ValueError:
        return No((Reason("not-a-number"),))
    return set_reach(
        site_id=card.site_id,
        from_months=since,
        until_months=until * 12,
        radius_km=radius,
        at=visit.at,
        actor=visit.me.person_id,
    )


def _languages(form: QueryDict, card: SiteCard, visit: Visit) -> Decision:
    chosen = form.getlist("language")
    return set_languages(site_id=card.site_id, languages=chosen, at=visit.at, actor=visit.me.person_id)


def _rate(form: QueryDict, card: SiteCard, visit: Visit) -> Decision:
    try:
        cents = Money.dollars(Decimal(form.get("rate", "").strip().lstrip("$").replace(",", "."))).cents
    except (ValueError, InvalidOperation):
        return No((Reason("not-a-number"),))
    return set_rate(site_id=card.site_id, cents=cents, at=visit.at, actor=visit.me.person_id)


def _check(form: QueryDict, card: SiteCard, visit: Visit) -> Decision:
    """A check by the provider's own word; what a state or an agency says comes from them."""
    try:
        kind, done_on = CheckKind(form.get("kind", "")), date.fromisoformat(form.get("done_on", ""))
        said_until = form.get("valid_until", "")
        until = date.fromisoformat(said_until) if said_until else None
    except ValueError:
        return No((Reason("not-a-day"),))
    check = Checked(kind, done_on, until, SaidBy.THEMSELVES)
    return write_check(site_id=card.site_id, check=check, at=visit.at, actor=visit.me.person_id)


def _today(card: SiteCard, visit: Visit) -> date:
    return visit.at.astimezone(ZoneInfo(card.zone)).date()
