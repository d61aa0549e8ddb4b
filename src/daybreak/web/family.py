"""Who shares a family here: invite a co-parent or guardian, accept an invitation, end the sharing."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.accounts.addresses import is_mail, spelled_phone
from daybreak.accounts.terms import RoleKind
from daybreak.kernel.decisions import No, Yes
from daybreak.notices.actions import post
from daybreak.people.sharing.actions import answer_invitation, end_sharing, invite
from daybreak.people.sharing.queries import invitations_for, invited_to, sharers_of
from daybreak.web.access import Purpose, may
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.failures import tell_decision
from daybreak.web.pacing import INVITE_BY, knock_by

AS = {"co-parent": RoleKind.CO_PARENT, "guardian": RoleKind.GUARDIAN}


@for_anybody(Purpose.SEE_FAMILY)
@never_cache
@require_safe
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everybody who answers for the children, and who was invited."""
    return _page(request, visit)


@for_anybody(Purpose.SHARE_FAMILY)
@never_cache
@require_POST
def send_invitation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Invite a co-parent or guardian by e-mail address or phone number."""
    name, written = request.POST.get("name", "").strip()[:80], request.POST.get("address", "").strip()[:200]
    mail, phone = (written, "") if is_mail(written) else ("", spelled_phone(written))
    kind, wrong = AS.get(request.POST.get("as", "")), {}
    if not name:
        wrong["name"] = gettext("Write the name by which the family knows them.")
    if not mail and not phone:
        wrong["address"] = gettext(
            "That is neither an e-mail address nor a phone number. Write one of them, like 317 555 0134."
        )
    if wrong or kind is None:
        return _page(request, visit, wrong=wrong, said={"name": name, "address": written, "as": request.POST.get("as")})
    knock_by(visit.me.person_id, "invite", INVITE_BY, at=visit.at)
    with transaction.atomic():
        invited = invite(
            household_id=_household(visit),
            name=name,
            email=mail,
            phone=phone,
            language=visit.me.language,
            kind=kind,
            actor=visit.me.person_id,
            at=visit.at,
        )
        if isinstance(invited, UUID):
            facts, key = {"sign_in": "/sign-in/"}, visit.at.isoformat()
            post(code="family-invitation", to=invited, facts=facts, about=_household(visit), at=visit.at, key=key)
    done = gettext("Invited. Nothing of your family is shared before they accept.")
    tell_decision(request, invited if isinstance(invited, No) else Yes(), done)
    return redirect("family-people")


@for_anybody(Purpose.SEE_FAMILY)
@never_cache
@require_POST
def end_it(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a share or an invitation back, or leave a family one was invited to."""
    try:
        person_id = UUID(request.POST.get("person", ""))
    except ValueError:
        return redirect("family-people")
    decision = end_sharing(household_id=_household(visit), person_id=person_id, actor=visit.me.person_id, at=visit.at)
    tell_decision(request, decision, gettext("Done. They see nothing of this family any more."))
    return redirect("home" if person_id == visit.me.person_id else "family-people")


@for_anybody(Purpose.ANSWER_INVITATION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Invitations that wait for an answer, each with two buttons."""
    if request.method != "POST":
        return render(request, "web/invitations.html", {"invitations": invitations_for(visit.me.person_id)})
    accepts = {"accept": True, "decline": False}.get(request.POST.get("answer", ""))
    try:
        invitation_id = UUID(request.POST.get("invitation", ""))
    except ValueError:
        return redirect("invitations")
    if accepts is None:
        return redirect("invitations")
    decision = answer_invitation(
        invitation_id=invitation_id, person_id=visit.me.person_id, accepts=accepts, at=visit.at
    )
    done = {
        True: gettext("You share this family's care now: its requests are on your page, and you can ask for care."),
        False: gettext("Declined. Nothing is shared with you."),
    }[accepts]
    tell_decision(request, decision, done)
    return redirect("home")


def _page(
    request: HttpRequest,
    visit: Visit,
    *,
    wrong: dict[str, str] | None = None,
    said: dict[str, str | None] | None = None,
) -> HttpResponse:
    household_id = _household(visit)
    called = {
        RoleKind.PARENT: gettext("Parent"),
        RoleKind.CO_PARENT: gettext("Co-parent"),
        RoleKind.GUARDIAN: gettext("Guardian"),
    }
    sharers = [
        {
            "id": one.person_id,
            "name": one.name,
            "as": called[one.kind],
            "is_me": one.person_id == visit.me.person_id,
            "may_end": one.kind is not RoleKind.PARENT,
        }
        for one in sharers_of(household_id)
    ]
    context = {
        "sharers": sharers,
        "invited": invited_to(household_id),
        "is_host": may(visit.account, Purpose.SHARE_FAMILY),
        "wrong": wrong or {},
        "said": said or {"as": "co-parent"},
    }
    return render(request, "web/family_people.html", context, status=400 if wrong else 200)


def _household(visit: Visit) -> UUID:
    return visit.me.households[0]
