"""A benefits clerk keeps what the employer agreed with places about spots: which hold, a new one, the end of one."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daybreak.accounts.terms import RoleKind
from daybreak.kernel.decisions import No
from daybreak.network.contracts.actions import add_contract, end_contract
from daybreak.network.contracts.queries import contract_card, contracts_with
from daybreak.network.contracts.terms import ContractCard
from daybreak.network.directory.queries import sites_called
from daybreak.network.queries import site_card
from daybreak.network.terms import SiteCard
from daybreak.people.queries import employers as every_employer
from daybreak.placement.terms import Kind
from daybreak.web import contract_form
from daybreak.web.access import Purpose, Thing
from daybreak.web.contract_form import ContractForm
from daybreak.web.doors import Visit, about, for_anybody
from daybreak.web.templatetags import said

FOUND = 20
"""Places that a search lists; more are found by more of their name."""


def about_contract(card: ContractCard) -> Thing:
    """Whose a contract is, for the table of access."""
    return Thing(employer_id=card.employer_id)


@for_anybody(Purpose.SEE_CONTRACTS)
@never_cache
@require_safe
def contracts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every contract that holds or is still to come, by employer and place."""
    today = visit.at.date()
    employers = [
        {"name": name, "contracts": contracts_with(employer_id, since=today)}
        for employer_id, name in _employers(visit).items()
    ]
    return render(request, "web/contracts.html", {"employers": employers, "today": today})


@for_anybody(Purpose.ADD_CONTRACT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """First the place, found by name, ZIP code or license; then what was agreed with it."""
    card = _site(request.GET.get("site", ""))
    if card is None:
        text = request.GET.get("q", "").strip()[:80]
        found = sites_called(text, most=FOUND + 1) if text else []
        context = {"q": text, "found": found[:FOUND], "is_more": len(found) > FOUND}
        return render(request, "web/contract_place.html", context)
    employers = _employers(visit)
    if request.method != "POST":
        today = visit.at.astimezone(ZoneInfo(card.zone)).date()
        return _form_page(request, contract_form.blank(card, today), employers)
    form = contract_form.typed(card, request.POST)
    employer_id = next((one for one in employers if str(one) == request.POST.get("employer", "")), None)
    if employer_id is None:
        raise Http404
    made = form.contract(employer_id)
    if made is None:
        return _form_page(request, form, employers, status=400)
    decision = add_contract(made, at=visit.at, actor=visit.me.person_id)
    if isinstance(decision, No):
        problems = [said.sentence(reason) for reason in decision.reasons]
        return _form_page(request, form, employers, problems=problems, status=400)
    words = {"place": card.name}
    messages.success(
        request, gettext("Written: the contract with %(place)s. What it keeps is kept from now on.") % words
    )
    return redirect("contracts")


@about("contract_id", Purpose.END_CONTRACT, contract_card, about_contract)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, visit: Visit, contract: ContractCard) -> HttpResponse:
    """Say on which day a contract no longer holds."""
    typed, problems = request.POST.get("until", "")[:20], []
    if request.method == "POST":
        try:
            until_day = date.fromisoformat(typed)
        except ValueError:
            problems = [gettext("That is not a day. Write it like 2026-01-31.")]
        else:
            actor = visit.me.person_id
            decision = end_contract(contract_id=contract.contract_id, until_day=until_day, at=visit.at, actor=actor)
            if not isinstance(decision, No):
                messages.success(request, gettext("Written: the day on which it ends."))
                return redirect("contracts")
            problems = [said.sentence(reason) for reason in decision.reasons]
    until = typed or (contract.until_day.isoformat() if contract.until_day else "")
    context = {"contract": contract, "until": until, "wrong": " ".join(problems), "today": visit.at.date()}
    return render(request, "web/contract_end.html", context, status=400 if problems else 200)


def _employers(visit: Visit) -> dict[UUID, str]:
    own = visit.me.scopes(RoleKind.CLERK)
    return {pk: name for pk, name in every_employer().items() if pk in own}


def _site(text: str) -> SiteCard | None:
    """The place that the address names; a caregiver who comes to the home has no contract about spots."""
    if not text:
        return None
    try:
        card = site_card(UUID(text))
    except ValueError:
        raise Http404 from None
    if card is None or card.kind is Kind.IN_HOME:
        raise Http404
    return card


def _form_page(
    request: HttpRequest,
    form: ContractForm,
    employers: dict[UUID, str],
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "card": form.card, "employers": employers, "problems": problems or []}
    context |= {"typed": form.typed, "wrong": form.wrong, "chosen": request.POST.get("employer", "")}
    return render(request, "web/contract_new.html", context, status=status)
