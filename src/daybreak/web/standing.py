"""A parent says once what the family wants on every day without school, and sees which days were asked for."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from daybreak.care.standing.actions import add_standing, end_standing
from daybreak.care.standing.queries import closures_for, districts, standing_of
from daybreak.care.standing.terms import Standing, StandingView
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.spans import parse_clock
from daybreak.people.terms import HouseholdProfile
from daybreak.web.access import Purpose
from daybreak.web.ask_form import refs_of
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.failures import tell_decision
from daybreak.web.parents import household_at
from daybreak.web.story import names_of

DECIDE_BY, TOLD_FROM = "05:30", "05:00"
"""What the form begins with: known half an hour after waking, and before a shift at seven."""
AHEAD = timedelta(days=60)
"""How far ahead closures are listed."""


@dataclass(frozen=True)
class Said:
    """The form as it was filled in, and one sentence for each field that cannot be used."""

    texts: dict[str, str]
    child_ids: tuple[UUID, ...]
    standing: Standing | None = None
    wrong: dict[str, str] = field(default_factory=dict)


@for_anybody(Purpose.KEEP_STANDING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What the family wants on days without school; the form below it adds to that."""
    household = household_at(visit)
    today = visit.at.astimezone(ZoneInfo(household.zone)).date()
    if request.method != "POST":
        return _shown(request, household, _fresh(household, today), today)
    said = _read(request.POST, household, today)
    if said.standing is None:
        return _shown(request, household, said, today, status=400)
    answer = add_standing(said.standing, actor=visit.me.person_id, at=visit.at)
    if isinstance(answer, No):
        return _shown(request, household, said, today, reasons=answer.reasons, status=400)
    return redirect("standing")


@for_anybody(Purpose.KEEP_STANDING)
@require_POST
def end(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End one of the family's standing requests; one of another family ends nothing."""
    refs = refs_of([request.POST.get("standing", "")])
    if refs:
        decision = end_standing(standing_id=refs[0], actor=visit.me.person_id, at=visit.at)
        tell_decision(request, decision, gettext("Ended. Nothing more is asked for on days without school."))
    return redirect("standing")


def _shown(
    request: HttpRequest,
    household: HouseholdProfile,
    said: Said,
    today: date,
    *,
    reasons: tuple[Reason, ...] = (),
    status: int = 200,
) -> HttpResponse:
    known = districts()
    closures = closures_for(household.employer_id, since=today)
    context = {
        "kept": [_card(one, household) for one in standing_of(household.household_id) if not one.is_ended],
        "closures": [one for one in closures if one.closed.day <= today + AHEAD],
        "districts": [
            {"id": one.district_id, "name": one.name, "on": str(one.district_id) == said.texts["district"]}
            for one in known
        ],
        "children": [
            {
                "id": child.child_id,
                "name": child.name,
                "months": child.months_on(today),
                "on": child.child_id in said.child_ids,
            }
            for child in household.children
        ],
        "said": said.texts,
        "wrong": said.wrong,
        "reasons": reasons,
    }
    return render(request, "web/standing.html", context, status=status)


def _card(view: StandingView, household: HouseholdProfile) -> dict[str, object]:
    names = [child.name for id_ in view.standing.child_ids if (child := household.child(id_))]
    return {"view": view, "names": names_of(names), "standing": view.standing}


def _fresh(household: HouseholdProfile, today: date) -> Said:
    """The form as it first stands: everybody, the usual shift, until the end of the school year."""
    until = date(today.year + (today.month > 6), 6, 30)
    texts = {
        "district": "",
        "starts": f"{household.usual_starts:%H:%M}",
        "ends": f"{household.usual_ends:%H:%M}",
        "decide_by": DECIDE_BY,
        "told_from": TOLD_FROM,
        "until": until.isoformat(),
    }
    return Said(texts, tuple(child.child_id for child in household.children))


def _read(sent: QueryDict, household: HouseholdProfile, today: date) -> Said:
    names = ("district", "starts", "ends", "decide_by", "told_from", "until")
    texts = {name: (sent.get(name) or "")[:40] for name in names}
    wrong: dict[str, str] = {}
    chosen = refs_of(sent.getlist("child")) or ()
    if not chosen:
        wrong["child"] = gettext("No child is chosen. Choose at least one.")
    district = refs_of([texts["district"]]) if texts["district"] else None
    if not district:
        wrong["district"] = gettext("No school district is chosen. Choose one.")
    clocks = {name: _clock(name, texts, wrong) for name in ("starts", "ends", "decide_by", "told_from")}
    until = _day(texts["until"], wrong)
    if wrong or not district or until is None:
        return Said(texts, chosen, None, wrong)
    standing = Standing(
        household_id=household.household_id,
        district_id=district[0],
        child_ids=chosen,
        starts=clocks["starts"],
        ends=clocks["ends"],
        decide_by=clocks["decide_by"],
        told_from=clocks["told_from"],
        from_day=today,
        until_day=until,
    )
    return Said(texts, chosen, standing)


def _clock(name: str, texts: dict[str, str], wrong: dict[str, str]) -> time:
    try:
        return parse_clock(texts[name][:5])
    except ValueError:
        wrong[name] = gettext("That is not a time. Write it like 07:00 or 19:30.")
        return time(0)


def _day(text: str, wrong: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong["until"] = gettext("That is not a day. Write it like 2027-06-30.")
        return None
