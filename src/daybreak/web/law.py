"""What does the law of a place say on a day, who says so, how sure is that, and what changed? Open to everybody."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from daybreak.rulebook.queries import packaged
from daybreak.web import law_sheet, law_words
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 12, 31)
"""Days outside of this are read as today."""


@for_anybody(Purpose.READ_LAW)
@require_safe
def places(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every place whose law the rulebook holds something of."""
    book = packaged()
    found = [
        {"slug": slug, "name": gettext(name), "rules": len(law_sheet.rules_of(book, slug))}
        for slug, (_, name) in law_words.PLACES.items()
    ]
    overdue = len(book.due(visit.at.date()))
    return render(request, "web/law_places.html", {"places": found, "overdue": overdue})


@for_anybody(Purpose.READ_LAW)
@require_safe
def place(request: HttpRequest, visit: Visit, place: str) -> HttpResponse:
    """The law of one place on a day, and what changed since another."""
    if place not in law_words.PLACES:
        raise Http404
    today = visit.at.date()
    day, wrong_day = _day(request, "day", today)
    since, wrong_since = _day(request, "since", day - timedelta(days=365))
    book = packaged()
    rules = law_sheet.rules_of(book, place)
    sheets = law_sheet.sheets(rules, day)
    context = {
        "name": gettext(law_words.PLACES[place][1]),
        "day": day,
        "since": since,
        "today": today,
        "is_today": day == today,
        "wrong": {"day": wrong_day, "since": wrong_since},
        "held": [sheet for sheet in sheets if sheet.value is not None],
        "not_known": [sheet for sheet in sheets if sheet.value is None],
        "steps": law_sheet.steps(book, rules, after=min(since, day), upto=day),
        "overdue": [rule for rule in rules if rule.review_by < today],
    }
    status = 400 if wrong_day or wrong_since else 200
    return render(request, "web/law.html", context, status=status)


def _day(request: HttpRequest, name: str, otherwise: date) -> tuple[date, str]:
    """The day asked for, or another and a sentence when it is no day."""
    said = request.GET.get(name, "").strip()
    if not said:
        return otherwise, ""
    try:
        day = date.fromisoformat(said[:10])
    except ValueError:
        return otherwise, gettext("That is not a day. Write it like 2026-03-02.")
    if EARLIEST <= day <= LATEST:
        return day, ""
    return otherwise, gettext("That day is too far away. Choose one between 1980 and 2100.")
