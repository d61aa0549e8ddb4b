"""Choose as what one acts, and pass the second step that a post asks for."""

from dataclasses import dataclass

import segno
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from daybreak.accounts.hats import Hat, hats_of
from daybreak.accounts.passkeys.actions import options_to_enter, person_of_passkey
from daybreak.accounts.passkeys.queries import passkeys_of
from daybreak.accounts.second_step.actions import begin_app, confirm_app, take_code
from daybreak.accounts.second_step.queries import app_address, has_app
from daybreak.accounts.terms import RoleKind
from daybreak.network.queries import sites_of
from daybreak.people.queries import children_of, employer_name
from daybreak.web.access import Purpose
from daybreak.web.account import tell_of_new_way
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.entering import CHALLENGE, HAT, SECOND_STEP, is_ours
from daybreak.web.pacing import SECOND_STEP_BY, knock_by
from daybreak.web.story import names_of


@dataclass(frozen=True)
class Choice:
    """One hat as its card shows it."""

    key: str
    title: str
    line: str
    is_worn: bool


@for_anybody(Purpose.CHOOSE_HAT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hats(request: HttpRequest, visit: Visit) -> HttpResponse:
    """As what do you act now? One tap, and the pages are those of that hat."""
    mine = hats_of(visit.whole or visit.me)
    if request.method == "POST":
        chosen = next((hat for hat in mine if hat.key == request.POST.get("hat")), None)
        if chosen is not None:
            request.session[HAT] = chosen.key
            if chosen.post is not None and SECOND_STEP not in request.session:
                return redirect_with_next("second-step", request)
        return redirect(_next(request))
    choices = [_choice(hat, visit) for hat in mine]
    return render(request, "web/hats.html", {"choices": choices, "next": _next(request)})


@for_anybody(Purpose.PASS_SECOND_STEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the app's code or the passkey; whoever has neither sets one up first."""
    if not has_app(visit.me.person_id) and not passkeys_of(visit.me.person_id):
        return redirect_with_next("second-step-app", request)
    wrong = ""
    if request.method == "POST":
        knock_by(visit.me.person_id, "second-step", SECOND_STEP_BY, at=visit.at)
        if take_code(person_id=visit.me.person_id, code=request.POST.get("code", "").strip()[:20], at=visit.at):
            return _passed(request, visit)
        wrong = gettext("That is not the code of now, or it was used before. Wait for the next one and type that.")
    return _step_page(request, visit, wrong=wrong)


@for_anybody(Purpose.PASS_SECOND_STEP)
@never_cache
@require_POST
def second_step_passkey(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take one's own passkey for the second step."""
    knock_by(visit.me.person_id, "second-step", SECOND_STEP_BY, at=visit.at)
    answer, challenge = request.POST.get("credential", "")[:20_000], request.session.pop(CHALLENGE, "")
    person = person_of_passkey(answer, challenge=challenge, at=visit.at)
    if person is not None and person.pk == visit.me.person_id:
        return _passed(request, visit)
    return _step_page(request, visit, wrong=gettext("This passkey did not work here. Try it once more."))


@for_anybody(Purpose.PASS_SECOND_STEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step_app(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Set an app for codes up: a picture to scan, the first code, and spare codes to keep on paper."""
    if has_app(visit.me.person_id):
        return redirect("second-step")
    secret, wrong = begin_app(person_id=visit.me.person_id, at=visit.at), ""
    if request.method == "POST":
        knock_by(visit.me.person_id, "second-step", SECOND_STEP_BY, at=visit.at)
        code = request.POST.get("code", "").strip()[:20]
        with transaction.atomic():
            spares = confirm_app(person_id=visit.me.person_id, code=code, at=visit.at)
            if spares:
                tell_of_new_way(visit, visit.me.person_id)
        if spares:
            request.session[SECOND_STEP] = visit.at.isoformat()
            return render(request, "web/second_step_spares.html", {"spares": spares, "next": _next(request)})
        wrong = gettext("That is not the code of now. Look at the app and type the newest one.")
    picture = segno.make(app_address(secret, visit.me.name), error="m")
    context = {
        "picture": picture.svg_data_uri(scale=5, border=2, dark="#1c2733", light="#ffffff"),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "wrong": wrong,
        "next": _next(request),
    }
    return render(request, "web/second_step_app.html", context, status=400 if wrong else 200)


def redirect_with_next(name: str, request: HttpRequest) -> HttpResponse:
    """Go on to a page of this module without losing where somebody wanted to go."""
    response = redirect(name)
    where = _next(request)
    if where != "/":
        request.session["next"] = where
    return response


def _step_page(request: HttpRequest, visit: Visit, *, wrong: str) -> HttpResponse:
    options, request.session[CHALLENGE] = options_to_enter()
    context = {
        "has_app": has_app(visit.me.person_id),
        "has_passkey": bool(passkeys_of(visit.me.person_id)),
        "options": options,
        "wrong": wrong,
        "next": _next(request),
    }
    return render(request, "web/second_step.html", context, status=400 if wrong else 200)


def _passed(request: HttpRequest, visit: Visit) -> HttpResponse:
    request.session[SECOND_STEP] = visit.at.isoformat()
    # What was signed in by one step is another session than what was signed in by two.
    request.session.cycle_key()
    return redirect(_next(request, forget=True))


def _next(request: HttpRequest, *, forget: bool = False) -> str:
    kept = request.session.get("next", "")
    if forget:
        request.session.pop("next", None)
    wanted = request.POST.get("next") or request.GET.get("next") or kept
    return wanted if is_ours(wanted) else "/"


def _choice(hat: Hat, visit: Visit) -> Choice:
    return Choice(hat.key, _title(hat), _line(hat), hat == visit.hat)


def _title(hat: Hat) -> str:
    posts = {
        RoleKind.CLERK: gettext("The benefits desk"),
        RoleKind.HR_READER: gettext("HR's released figures"),
        RoleKind.TRUSTEE: gettext("The trustee's desk"),
        RoleKind.OPERATOR: gettext("Running this Daybreak"),
    }
    if hat.post is not None:
        return posts[hat.post]
    return gettext("Your family") if hat.household_id else gettext("Your sites")


def _line(hat: Hat) -> str:
    if hat.post in (RoleKind.CLERK, RoleKind.HR_READER):
        return employer_name(hat.roles[0].scope)
    if hat.post is not None:
        return ""
    family = names_of([child.name for child in children_of(hat.household_id)]) if hat.household_id else ""
    care = [role.scope for role in hat.roles if role.scope != hat.household_id]
    return " · ".join(filter(None, [family, *(card.name for one in care for card in sites_of(one))]))
