"""A parent asks in three screens, sees how it stands, and can cancel."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daybreak.accounts.terms import Account
from daybreak.care.actions.ask import ask_for_care
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.covered import shift_minutes
from daybreak.care.deciding import decide_by_choices
from daybreak.care.terms import Ask, RequestView
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.spans import Span, local_span
from daybreak.network.queries import site_card
from daybreak.network.ways.queries import legs_by_way_of
from daybreak.people.queries import household_of
from daybreak.people.terms import HouseholdProfile
from daybreak.placement.travel import minutes
from daybreak.web import ask_form
from daybreak.web.access import Purpose
from daybreak.web.ask_form import Hours, WhoAndWhen
from daybreak.web.doors import Visit, about_request, for_anybody
from daybreak.web.money import before_asking
from daybreak.web.pacing import ASK, knock_by
from daybreak.web.story import Story, names_of, tell


@dataclass(frozen=True)
class Asking:
    """What the three screens share: the family, today where it works, and what was said so far."""

    household: HouseholdProfile
    today: date
    said: QueryDict
    who: WhoAndWhen
    hours: Hours

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.household.zone)

    @property
    def whole(self) -> tuple[date, time, time]:
        """The day and the hours of work. Raises LookupError before both screens could be read."""
        day, starts, ends = self.who.day, self.hours.starts, self.hours.ends
        if day is None or starts is None or ends is None:
            raise LookupError("A screen before this one could not be read.")
        return day, starts, ends

    @property
    def span(self) -> Span:
        return local_span(*self.whole, self.zone)

    @property
    def minutes(self) -> int:
        """How long the shift is, which is what a plan counts."""
        return shift_minutes(self.span.start_at, self.span.end_at)

    @property
    def leaves_home_at(self) -> datetime:
        return self.span.start_at - timedelta(minutes=minutes(self.household.home, self.household.work))


@for_anybody(Purpose.ASK_FOR_CARE)
@never_cache
@require_safe
def who_and_when(request: HttpRequest, visit: Visit) -> HttpResponse:
    """First screen: who needs care, and on which day."""
    asking = _read(request.GET, visit)
    return _first_screen(request, visit, asking, is_new=not request.GET)


@for_anybody(Purpose.ASK_FOR_CARE)
@never_cache
@require_safe
def hours(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Second screen: when work starts and ends."""
    asking = _read(request.GET, visit)
    if asking.who.wrong:
        return _first_screen(request, visit, asking, status=400)
    return _second_screen(request, asking, is_new="starts" not in request.GET)


@for_anybody(Purpose.ASK_FOR_CARE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Third screen: by when the family must know; its button asks."""
    asking = _read(request.POST if request.method == "POST" else request.GET, visit)
    if asking.who.wrong:
        return _first_screen(request, visit, asking, status=400)
    if asking.hours.wrong:
        return _second_screen(request, asking, status=400)
    if request.method != "POST":
        return _third_screen(request, visit, asking)
    return _ask(request, visit, asking)


@about_request(Purpose.SEE_REQUEST)
@never_cache
@require_safe
def request_page(request: HttpRequest, visit: Visit, view: RequestView) -> HttpResponse:
    """How a request stands: what is sure, what was tried and why, until when Daybreak looks."""
    context = {"view": view, "story": _story(visit, view), "state": _state(view)}
    return render(request, "web/request.html", context)


@about_request(Purpose.SEE_REQUEST)
@never_cache
@require_safe
def request_now(request: HttpRequest, visit: Visit, view: RequestView) -> HttpResponse:
    """The part of a waiting request's page that is fetched again every few seconds."""
    if request.headers.get("HX-Request") != "true":
        return redirect("request", view.request_id)
    if request.GET.get("state") != _state(view):
        # Something was settled: the page as a whole says it better than a part of it.
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    context = {"view": view, "story": _story(visit, view), "state": _state(view)}
    return render(request, "web/request_now.html", context)


@about_request(Purpose.CANCEL_REQUEST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, visit: Visit, view: RequestView) -> HttpResponse:
    """Ask once more, then cancel the request and its booking."""
    if request.method == "POST":
        decision = cancel_request(request_id=view.request_id, actor=visit.me.person_id, at=visit.at)
        if not isinstance(decision, No):
            return redirect("request", view.request_id)
        context = {"view": view, "story": _story(visit, view), "reasons": decision.reasons}
        return render(request, "web/request_cancel.html", context, status=409)
    story = _story(visit, view)
    if not story.may_cancel:
        return redirect("request", view.request_id)
    return render(request, "web/request_cancel.html", {"view": view, "story": story})


def household_at(visit: Visit) -> HouseholdProfile:
    """The household of whoever is signed in as a parent. Raises Http404 when there is none any more."""
    return _household(visit.me)


def _household(account: Account) -> HouseholdProfile:
    households = account.households
    household = household_of(households[0], person_id=account.person_id) if households else None
    if household is None:
        raise Http404
    return household


def _read(said: QueryDict, visit: Visit) -> Asking:
    household = _household(visit.me)
    today = visit.at.astimezone(ZoneInfo(household.zone)).date()
    who = ask_form.read_who_and_when(said, household, today=today)
    return Asking(household, today, said, who, ask_form.read_hours(said))


def _first_screen(
    request: HttpRequest, visit: Visit, asking: Asking, *, is_new: bool = False, status: int = 200
) -> HttpResponse:
    tomorrow = asking.today + timedelta(days=1)
    chosen = asking.who.day or (_first_day(asking, visit.at) if is_new else None)
    context = {
        "children": [
            {
                "id": child.child_id,
                "name": child.name,
                "months": child.months_on(asking.today),
                "is_chosen": is_new or child.child_id in asking.who.child_ids,
                "is_ill": child.child_id in asking.who.mildly_ill,
            }
            for child in asking.household.children
        ],
        "today": asking.today,
        "tomorrow": tomorrow,
        "chosen_today": chosen == asking.today,
        "chosen_tomorrow": chosen == tomorrow,
        "chosen_other": chosen not in (asking.today, tomorrow),
        "other_day": chosen.isoformat() if chosen and chosen not in (asking.today, tomorrow) else "",
        "wrong": asking.who.wrong if status != 200 else {},
        "kept": _kept(asking, first=False),
    }
    return render(request, "web/ask.html", context, status=status)


def _second_screen(request: HttpRequest, asking: Asking, *, is_new: bool = False, status: int = 200) -> HttpResponse:
    context = {
        **_summary(asking),
        "starts": f"{asking.household.usual_starts:%H:%M}" if is_new else asking.hours.starts_text,
        "ends": f"{asking.household.usual_ends:%H:%M}" if is_new else asking.hours.ends_text,
        "wrong": asking.hours.wrong if status != 200 else {},
        "kept": _kept(asking, hours=False),
        "back": urlencode(_kept(asking)),
    }
    return render(request, "web/ask_hours.html", context, status=status)


def _third_screen(
    request: HttpRequest, visit: Visit, asking: Asking, *, reasons: tuple[Reason, ...] = (), wrong: str = ""
) -> HttpResponse:
    leaves = asking.leaves_home_at
    choices = decide_by_choices(visit.at, leaves, asking.span.end_at)
    chosen = ask_form.read_decide_by(asking.said)
    context = {
        **_summary(asking),
        "choices": [
            {
                "value": moment.strftime(ask_form.MOMENT),
                "at": moment.astimezone(asking.zone),
                "line": _choice_line(moment, visit.at, leaves),
                "is_chosen": moment == (chosen if chosen in choices else choices[0]),
            }
            for moment in choices
        ],
        "day_differs": any(moment.astimezone(asking.zone).date() != asking.today for moment in choices),
        "keeps_together": asking.household.keep_together and len(asking.who.child_ids) > 1,
        "cost": before_asking(visit, asking.household, asking.who.child_ids, asking.whole[0], asking.minutes),
        "key": uuid4(),
        "reasons": reasons,
        "wrong": wrong,
        "kept": _kept(asking),
        "back": urlencode(_kept(asking)),
    }
    return render(request, "web/ask_check.html", context, status=400 if reasons or wrong else 200)


def _ask(request: HttpRequest, visit: Visit, asking: Asking) -> HttpResponse:
    decide_by_at, key = ask_form.read_decide_by(asking.said), _key(asking.said)
    if decide_by_at is None or not key:
        wrong = gettext("Nothing was asked yet. Choose by when you need to know, then press the button once more.")
        return _third_screen(request, visit, asking, wrong=wrong)
    knock_by(visit.me.person_id, "ask", ASK, at=visit.at)
    day, starts, ends = asking.whole
    ask = Ask(
        household_id=asking.household.household_id,
        child_ids=asking.who.child_ids,
        day=day,
        starts=starts,
        ends=ends,
        decide_by_at=decide_by_at,
        mildly_ill=asking.who.mildly_ill,
    )
    answer = ask_for_care(ask=ask, key=key, actor=visit.me.person_id, at=visit.at)
    if isinstance(answer, No):
        return _third_screen(request, visit, asking, reasons=answer.reasons)
    return redirect("request", answer.request_id)


def _key(said: QueryDict) -> str:
    try:
        return str(UUID(said.get("key") or ""))
    except ValueError:
        return ""


def _summary(asking: Asking) -> dict[str, object]:
    """What the second and third screens say of the screens before."""
    chosen = [child for child in asking.household.children if child.child_id in asking.who.child_ids]
    ill = [child.name for child in chosen if child.child_id in asking.who.mildly_ill]
    starts, ends = asking.hours.starts, asking.hours.ends
    past_midnight = starts is not None and ends is not None and ends <= starts
    return {
        "names": names_of([child.name for child in chosen]),
        "ill": names_of(ill),
        "day": asking.who.day,
        "starts_at": starts,
        "ends_at": ends,
        "next_day": asking.who.day + timedelta(days=1) if asking.who.day and past_midnight else None,
        "work": asking.household.work_name,
    }


def _kept(asking: Asking, *, first: bool = True, hours: bool = True) -> list[tuple[str, str]]:
    """What other screens said, to be carried along: only what could be read."""
    who, kept = asking.who, []
    if first:
        kept += [("child", str(child)) for child in who.child_ids]
        kept += [("ill", str(child)) for child in who.mildly_ill]
        kept += [("day", who.day.isoformat())] if who.day else []
    if hours and asking.hours.starts is not None and asking.hours.ends is not None:
        kept += [("starts", f"{asking.hours.starts:%H:%M}"), ("ends", f"{asking.hours.ends:%H:%M}")]
    return kept


def _first_day(asking: Asking, at: datetime) -> date:
    """Today while the usual working day still lies ahead, else tomorrow."""
    now = at.astimezone(asking.zone).time()
    starts, ends = asking.household.usual_starts, asking.household.usual_ends
    is_over = starts < ends <= now
    return asking.today + timedelta(days=1) if is_over else asking.today


def _choice_line(moment: datetime, at: datetime, leaves: datetime) -> str:
    ahead = round((moment - at).total_seconds() / 60)
    if abs((moment - leaves).total_seconds()) < 6 * 60:
        return gettext("about when you leave home")
    if ahead < 90:
        return gettext("in %(count)d minutes") % {"count": ahead}
    if ahead < 36 * 60:
        return gettext("in %(count)d hours") % {"count": round(ahead / 60)}
    return ""


def _story(visit: Visit, view: RequestView) -> Story:
    household = household_of(view.household_id, person_id=visit.me.person_id)
    if household is None:
        raise Http404
    card = site_card(view.booking.site_id, day=view.booking.day) if view.booking else None
    legs = legs_by_way_of(card.point, home=household.home, work=household.work, at=visit.at) if card else None
    return tell(view, household, card, at=visit.at, legs=legs)


def _state(view: RequestView) -> str:
    """What makes this page another page: a change of the request, of its booking, or of what was tried."""
    line = "together" if view.in_round else "alone"
    return f"{view.state}.{view.booking.state if view.booking else 'none'}.{len(view.tried)}.{line}"
