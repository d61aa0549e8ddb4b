"""Somebody whom no roster names yet says where they work and comes in at once; the clerk settles it afterwards."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daybreak.accounts.addresses import is_mail, spelled_phone
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions.newcomers import settle_newcomer, turn_away_newcomer
from daybreak.kernel.decisions import No
from daybreak.network.license_lists.queries import zip_centroids
from daybreak.people.queries import employers, work_sites_of
from daybreak.people.roster.actions.newcomers import say_newcomer
from daybreak.people.roster.queries import newcomer_of, newcomer_said, newcomers_of
from daybreak.people.roster.terms import NewcomerCard, Said
from daybreak.people.terms import PayClass
from daybreak.web.access import Purpose, Thing
from daybreak.web.doors import Visit, about, for_anybody
from daybreak.web.pacing import SIGN_IN_AT, SIGN_IN_FROM, knock_at, knock_from
from daybreak.web.signing_in import sent_to
from daybreak.web.templatetags import said as saying

FIELDS = ("name", "address", "site", "ref", "pay", "zip")
LONGEST = 120


@for_anybody(Purpose.JOIN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say where one works; a link goes out to the address, and the answer is the same for every address."""
    if visit.account is not None and visit.me.households:
        return redirect("home")
    typed = {name: request.POST.get(name, "").strip()[:LONGEST] for name in FIELDS}
    if request.method != "POST":
        return _join_page(request, typed, {})
    said, wrong = _read(typed)
    if said is None:
        return _join_page(request, typed, wrong)
    knock_from(request, "sign-in", SIGN_IN_FROM, at=visit.at)
    knock_at(said.email or said.phone, "sign-in", SIGN_IN_AT, at=visit.at)
    say_newcomer(said, at=visit.at)
    return sent_to(said.email, said.phone, at=visit.at)


def about_newcomer(card: NewcomerCard) -> Thing:
    """Whose a newcomer is to settle, for the table of access."""
    return Thing(employer_id=card.employer_id)


@for_anybody(Purpose.SEE_NEWCOMERS)
@never_cache
@require_safe
def newcomers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who came by their own word and waits to be settled: since when, and for which work site. No names."""
    waiting = newcomers_of(visit.me.scopes(RoleKind.CLERK))
    return render(request, "web/newcomers.html", {"waiting": waiting})


@about("person_id", Purpose.SETTLE_NEWCOMER, newcomer_of, about_newcomer)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newcomer(request: HttpRequest, visit: Visit, card: NewcomerCard) -> HttpResponse:
    """What one of them said, and the two ways to settle it."""
    view = newcomer_said(card)
    number = request.POST.get("ref", view.ref).strip()[:64]
    if request.method != "POST":
        return render(request, "web/newcomer.html", {"view": view, "number": number})
    who: dict[str, UUID] = {"person_id": card.person_id, "employer_id": card.employer_id}
    actor = visit.me.person_id
    if request.POST.get("settle") == "refuse":
        decision = turn_away_newcomer(**who, actor=actor, at=visit.at)
        done = gettext("Refused. Their page is closed, and they have been told.")
    else:
        decision = settle_newcomer(**who, ref=number, actor=actor, at=visit.at)
        done = gettext("Settled. They are the employee of this number from now on, and have been told.")
    if isinstance(decision, No):
        wrong = " ".join(saying.sentence(reason) for reason in decision.reasons)
        return render(request, "web/newcomer.html", {"view": view, "number": number, "wrong": wrong}, status=409)
    messages.success(request, done)
    return redirect("newcomers")


def _read(typed: Mapping[str, str]) -> tuple[Said | None, dict[str, str]]:
    """What somebody says of themselves, or what is wrong with it."""
    address, wrong = typed["address"], dict[str, str]()
    mail, phone = (address, "") if is_mail(address) else ("", spelled_phone(address))
    if not mail and not phone:
        wrong["address"] = gettext("Write an e-mail address or a phone number, like 317 555 0134.")
    if not typed["name"] or not typed["name"].isprintable():
        wrong["name"] = gettext("Write your name, so that your benefits office can find you.")
    site_id = next((pk for pk in _sites() if str(pk) == typed["site"]), None)
    if site_id is None:
        wrong["site"] = gettext("Choose where you work.")
    if typed["pay"] not in set(PayClass):
        wrong["pay"] = gettext("Choose how you are paid.")
    home = zip_centroids().get(typed["zip"][:5])
    if typed["zip"] and home is None:
        wrong["zip"] = gettext("There is no such ZIP code. Write its five digits, or leave it empty.")
    if wrong or site_id is None:
        return None, wrong
    said = Said(
        name=typed["name"],
        email=mail,
        phone=phone,
        ref=typed["ref"],
        zip_code=typed["zip"][:5],
        work_site_id=site_id,
        pay_class=PayClass(typed["pay"]),
        language="es" if get_language() == "es" else "en",
        home=(home.latitude, home.longitude) if home else None,
    )
    return said, {}


def _sites() -> dict[UUID, str]:
    """Every work site with its employer's name, which work sites are often called by already."""
    named: dict[UUID, str] = {}
    for employer_id, employer in employers().items():
        for site_id, site in work_sites_of(employer_id).items():
            named[site_id] = site if site.startswith(employer) else f"{employer}, {site}"
    return named


def _join_page(request: HttpRequest, typed: Mapping[str, str] | QueryDict, wrong: Mapping[str, str]) -> HttpResponse:
    context = {"typed": typed, "wrong": wrong, "sites": {str(pk): name for pk, name in _sites().items()}}
    return render(request, "web/join.html", context, status=400 if wrong else 200)
