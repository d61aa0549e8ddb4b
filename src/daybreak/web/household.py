"""A family tells once what every home must know: its children, an emergency, who may fetch them, its ordinary days."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.kernel.decisions import Decision, No
from daybreak.kernel.spans import parse_clock
from daybreak.notices.queries import sentence
from daybreak.people.sharing.queries import sharers_of
from daybreak.people.telling.actions import (
    drop_fetcher,
    name_fetcher,
    set_usual_day,
    take_off_list,
    tell_answer,
    tell_child,
)
from daybreak.people.telling.hearing import missing
from daybreak.people.telling.queries import told_by
from daybreak.people.telling.terms import ChildSaid, FailsWhen, Question, RegularCare
from daybreak.people.terms import ChildOf, ChildProfile, HouseholdProfile
from daybreak.web import family_words
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, about_child, for_anybody
from daybreak.web.failures import tell_decision
from daybreak.web.parents import household_at

DETOURS = (0, 10, 20, 30, 45, 60, 90)
"""Minutes one can choose the way to be longer."""


@for_anybody(Purpose.SEE_FAMILY)
@never_cache
@require_safe
def family(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is told, what is not yet, and the one part to tell next."""
    household = household_at(visit)
    told = told_by(household.household_id)
    left = missing(household.children, told)
    today = _today(household, visit)
    context = {
        "household": household,
        "children": [{"child": one, "months": one.months_on(today)} for one in household.children],
        "told": told,
        "adults": sharers_of(household.household_id),
        "care": family_words.chosen(Question.REGULAR_CARE, told),
        "fails": family_words.chosen(Question.FAILS_WHEN, told),
        "next": family_words.next_part(left[0]) if left else None,
        "told_parts": family_words.PARTS - len(left),
        "parts": family_words.PARTS,
    }
    return render(request, "web/family.html", context)


@for_anybody(Purpose.CHANGE_FAMILY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_child(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add a child to the family's list."""
    household = household_at(visit)
    return _about_child(request, visit, household.household_id, None, _today(household, visit))


@about_child(Purpose.CHANGE_CHILD)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def child(request: HttpRequest, visit: Visit, found: ChildOf) -> HttpResponse:
    """Change what is said of a child."""
    return _about_child(request, visit, found.household_id, found.child, _today(household_at(visit), visit))


@about_child(Purpose.CHANGE_CHILD)
@require_POST
def child_off_list(request: HttpRequest, visit: Visit, found: ChildOf) -> HttpResponse:
    """Ask for no more care for this child; a form without its button takes nobody off."""
    if not request.POST.get("off"):
        return redirect("family-child", found.child.child_id)
    decision = take_off_list(
        household_id=found.household_id, child_id=found.child.child_id, at=visit.at, actor=visit.me.person_id
    )
    tell_decision(request, decision, gettext("Taken off your list. Earlier requests still show the name to you."))
    return redirect("family")


@for_anybody(Purpose.CHANGE_FAMILY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What to do when something happens and the parent is in an operating room or on a forklift."""
    household = household_at(visit)
    if request.method != "POST":
        typed, wrong = told_by(household.household_id).emergency, ""
        return render(request, "web/family_emergency.html", {"typed": typed, "wrong": wrong})
    typed = request.POST.get("emergency", "")[:700]
    decision = _answer(household, visit, Question.EMERGENCY, typed)
    if isinstance(decision, No):
        context = {"typed": typed, "wrong": _sentence(decision)}
        return render(request, "web/family_emergency.html", context, status=400)
    messages.success(request, gettext("Saved. A home reads it from 2 hours before your children come."))
    return redirect("family")


@for_anybody(Purpose.CHANGE_FAMILY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where a caregiver comes to; read by nobody else, and only around that booking."""
    household = household_at(visit)
    if request.method != "POST":
        typed = told_by(household.household_id).address
        return render(request, "web/family_address.html", {"typed": typed, "wrong": ""})
    typed = request.POST.get("address", "")[:700]
    decision = _answer(household, visit, Question.ADDRESS, typed)
    if isinstance(decision, No):
        context = {"typed": typed, "wrong": _sentence(decision)}
        return render(request, "web/family_address.html", context, status=400)
    messages.success(request, gettext("Saved. Only a caregiver who is about to come to your home reads it."))
    return redirect("family")


@for_anybody(Purpose.CHANGE_FAMILY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ordinary_days(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who cares for the children on an ordinary day, and when that falls through most."""
    household = household_at(visit)
    if request.method == "POST":
        for question in (Question.REGULAR_CARE, Question.FAILS_WHEN):
            chosen = " ".join(request.POST.getlist(question.value)[:10])[:200]
            decision = _answer(household, visit, question, chosen)
            if isinstance(decision, No):
                tell_decision(request, decision, "")
                return redirect("family-care")
        messages.success(request, gettext("Saved. Only your family can read it."))
        return redirect("family")
    told = told_by(household.household_id)
    context = {
        "care": family_words.choices(RegularCare, told.chosen(Question.REGULAR_CARE)),
        "fails": family_words.choices(FailsWhen, told.chosen(Question.FAILS_WHEN)),
    }
    return render(request, "web/family_care.html", context)


@for_anybody(Purpose.CHANGE_FAMILY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fetchers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who may fetch the children; a home hands them to nobody else."""
    household = household_at(visit)
    typed = {name: request.POST.get(name, "")[:100] for name in ("name", "tie", "phone")}
    wrong, status = "", 200
    if request.method == "POST":
        decision = _fetcher_said(request, household, visit, typed)
        if not isinstance(decision, No):
            return redirect("family-fetchers")
        wrong, status = _sentence(decision), 400
    context = {"fetchers": told_by(household.household_id).fetchers, "typed": typed, "wrong": wrong}
    return render(request, "web/family_fetchers.html", context, status=status)


@for_anybody(Purpose.CHANGE_FAMILY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def usual_day(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The shift one usually works, how much longer the way may be, and whether siblings stay together."""
    household = household_at(visit)
    typed = {"starts": f"{household.usual_starts:%H:%M}", "ends": f"{household.usual_ends:%H:%M}"}
    minutes, together = household.max_detour_minutes, household.keep_together
    wrong: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "")[:20] for name in typed}
        together = bool(request.POST.get("together"))
        clocks = {}
        for name, text in typed.items():
            try:
                clocks[name] = parse_clock(text[:5])
            except ValueError:
                wrong[name] = gettext("That is not a time. Write it like 07:00 or 19:30.")
        said = request.POST.get("detour", "")
        minutes = int(said) if said in map(str, DETOURS) else minutes
        if not wrong:
            decision = set_usual_day(
                household_id=household.household_id,
                starts=clocks["starts"],
                ends=clocks["ends"],
                max_detour_minutes=minutes,
                together=together,
                at=visit.at,
                actor=visit.me.person_id,
            )
            tell_decision(request, decision, gettext("Saved. Your next request starts from this."))
            return redirect("family")
    context = {
        **typed,
        "wrong": wrong,
        "together": together,
        "detours": [{"minutes": one, "is_chosen": one == minutes} for one in sorted({*DETOURS, minutes})],
        "siblings": len(household.children) > 1,
    }
    return render(request, "web/family_hours.html", context, status=400 if wrong else 200)


def _today(household: HouseholdProfile, visit: Visit) -> date:
    return visit.at.astimezone(ZoneInfo(household.zone)).date()


def _as_typed(known: ChildProfile | None) -> dict[str, str]:
    if known is None:
        return {"name": "", "born": "", "allergies": "", "care_notes": "", "special_needs": ""}
    return {
        "name": known.name,
        "born": known.birth_date.isoformat(),
        "allergies": known.allergies,
        "care_notes": known.care_notes,
        "special_needs": "1" if known.special_needs else "",
    }


def _about_child(
    request: HttpRequest, visit: Visit, household_id: UUID, known: ChildProfile | None, today: date
) -> HttpResponse:
    if request.method != "POST":
        return _child_page(request, known, _as_typed(known), today)
    typed = {name: request.POST.get(name, "")[:700] for name in ("name", "born", "allergies", "care_notes")}
    typed["special_needs"] = request.POST.get("special_needs", "")[:1]
    try:
        born = date.fromisoformat(typed["born"])
    except ValueError:
        wrong = {"born": gettext("That is not a day. Nothing was saved. Choose the day of birth.")}
        return _child_page(request, known, typed, today, wrong)
    words = (typed["name"], born, typed["allergies"], typed["care_notes"], bool(typed["special_needs"]))
    decision = tell_child(
        household_id=household_id,
        child_id=known.child_id if known else None,
        said=ChildSaid(*words),
        today=today,
        at=visit.at,
        actor=visit.me.person_id,
    )
    if isinstance(decision, No):
        return _child_page(request, known, typed, today, _by_field(decision))
    messages.success(request, gettext("Saved. A home that takes this child reads it before the door opens."))
    return redirect("family")


def _child_page(
    request: HttpRequest,
    known: ChildProfile | None,
    typed: dict[str, str],
    today: date,
    wrong: dict[str, str] | None = None,
) -> HttpResponse:
    context = {"known": known, **typed, "today": today.isoformat(), "wrong": wrong or {}}
    return render(request, "web/family_child.html", context, status=400 if wrong else 200)


def _by_field(decision: No) -> dict[str, str]:
    """Each reason at the field it is about; the rest above the form."""
    fields = {"child-without-name": "name", "born-in-the-future": "born", "no-longer-a-child": "born"}
    language = get_language() or "en"
    return {fields.get(reason.code, "form"): sentence(reason, language) for reason in decision.reasons}


def _sentence(decision: No) -> str:
    language = get_language() or "en"
    return " ".join(sentence(reason, language) for reason in decision.reasons)


def _answer(household: HouseholdProfile, visit: Visit, question: Question, said: str) -> Decision:
    return tell_answer(
        household_id=household.household_id, question=question, said=said, at=visit.at, actor=visit.me.person_id
    )


def _fetcher_said(request: HttpRequest, household: HouseholdProfile, visit: Visit, typed: dict[str, str]) -> Decision:
    """Add the one that was typed, or drop the one whose button was pressed."""
    household_id, at, actor = household.household_id, visit.at, visit.me.person_id
    if not request.POST.get("drop"):
        decision = name_fetcher(household_id=household_id, at=at, actor=actor, **typed)
        if not isinstance(decision, No):
            messages.success(request, gettext("Saved. Homes read it before your children come."))
        return decision
    try:
        dropped = UUID(request.POST["drop"])
    except ValueError as error:
        raise Http404 from error
    decision = drop_fetcher(household_id=household_id, fetcher_id=dropped, at=at, actor=actor)
    if not isinstance(decision, No):
        messages.success(request, gettext("Taken off. Homes no longer read this name."))
    return decision
