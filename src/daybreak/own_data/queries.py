"""What does Daybreak hold about this person, and what stands in the way of erasing it?"""

from datetime import datetime
from uuid import UUID

from daybreak.accounts.devices.queries import devices_of
from daybreak.accounts.passkeys.queries import passkeys_of
from daybreak.accounts.queries import account_of, others_in
from daybreak.accounts.second_step.queries import has_app
from daybreak.accounts.terms import Account
from daybreak.accounts.tokens.queries import tokens_of
from daybreak.audit.queries import held_about as recorded_about
from daybreak.calendars.queries import held_about as feeds_of
from daybreak.care.queries import bookings_since, moves_of, requests_of
from daybreak.care.standing.queries import standing_of as kept_asking_of
from daybreak.care.standing.terms import StandingView
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView
from daybreak.network.queries import site_card, sites_of
from daybreak.notices.queries import contact_of
from daybreak.notices.queries import held_about as told_to
from daybreak.own_data.terms import GoingOn, Standing
from daybreak.people.queries import employments_of, household_of, said_before_the_roster
from daybreak.people.sharing.queries import invitations_for
from daybreak.people.telling.queries import told_by
from daybreak.people.terms import HouseholdProfile
from daybreak.plan.books.queries import held_about as money_of
from daybreak.tickets.queries import invitations_of

ALL = 100_000
"""More requests than a household makes in a lifetime."""
Part = dict[str, object]


def copy_of(person_id: UUID) -> Part | None:
    """Everything about one person, as plain values that JSON can hold; None when there is no such person."""
    account = account_of(person_id)
    if account is None:
        return None
    homes = [home for id_ in account.households if (home := household_of(id_, person_id=person_id))]
    employed = employments_of(person_id)
    return {
        "person": _person(account),
        "ways_in": _ways_in(person_id),
        "contact": _contact(person_id),
        "invitations": [
            {"from": one.invited_by, "as": one.kind.value, "at": one.invited_at.isoformat()}
            for one in invitations_for(person_id)
        ],
        "employment": list(employed.values()),
        "said_before_the_roster": said_before_the_roster(person_id),
        "money": money_of(employed),
        "household": [_household(home) for home in homes],
        "requests": [_request(view, home) for home in homes for view in requests_of(home.household_id, limit=ALL)],
        "standing_requests": [_standing(view) for home in homes for view in kept_asking_of(home.household_id)],
        "sites": [
            {"name": card.name, "id": str(card.site_id)}
            for provider in account.providers
            for card in sites_of(provider)
        ],
        "calendars": feeds_of(person_id),
        "interviews": [
            {"wave": one.wave.name, "opens": one.window.opens_on.isoformat(), "took_ticket": one.has_ticket}
            for one in invitations_of(person_id)
        ],
        "messages": told_to(person_id),
        "record": recorded_about(person_id),
    }


def standing_of(account: Account, *, at: datetime) -> Standing:
    """What erasing this person would touch."""
    views = [view for id_ in account.households for view in requests_of(id_, limit=ALL)]
    last_of = tuple(id_ for id_ in account.households if not others_in(id_, account.person_id))
    open_states = (RequestState.ASKED, RequestState.PLACED)
    return Standing(
        going_on=tuple(GoingOn(view.request_id, view.day) for view in views if _is_at_a_place(view, at)),
        alone_for=sum(_sites_ahead(id_, at) for id_ in account.providers if not others_in(id_, account.person_id)),
        last_of=last_of,
        open_requests=tuple(
            view.request_id for view in views if view.state in open_states and view.household_id in last_of
        ),
    )


def _is_at_a_place(view: RequestView, at: datetime) -> bool:
    booking = view.booking
    return booking is not None and booking.state is BookingState.ATTENDED and at < booking.leaves_at


def _sites_ahead(provider_id: UUID, at: datetime) -> int:
    """How many of a provider's sites have a booking that is still to come."""
    ids = [card.site_id for card in sites_of(provider_id)]
    ahead = (BookingState.HELD, BookingState.CONFIRMED, BookingState.ATTENDED)
    return len({one.site_id for one in bookings_since(ids, at.date()) if one.state in ahead and at < one.leaves_at})


def _person(account: Account) -> Part:
    return {
        "id": str(account.person_id),
        "name": account.name,
        "email": account.email,
        "phone": account.phone,
        "language": account.language,
        "texts_stopped": account.texts_stopped,
        "roles": [{"kind": role.kind.value, "of": str(role.scope)} for role in account.roles],
    }


def _ways_in(person_id: UUID) -> Part:
    return {
        "passkeys": [{"on": one.device, "added_at": one.added_at.isoformat()} for one in passkeys_of(person_id)],
        "app_for_codes": has_app(person_id),
        "api_keys": [{"name": one.name, "made_at": one.made_at.isoformat()} for one in tokens_of(person_id)],
        "signed_in_on": [
            {"on": one.name, "since_at": one.since_at.isoformat()} for one in devices_of(person_id, here="")
        ],
    }


def _standing(view: StandingView) -> Part:
    wish = view.standing
    return {
        "district": view.district,
        "days": [wish.from_day.isoformat(), wish.until_day.isoformat()],
        "shift": [f"{wish.starts:%H:%M}", f"{wish.ends:%H:%M}"],
        "decide_by": f"{wish.decide_by:%H:%M}",
        "told_from": f"{wish.told_from:%H:%M}",
        "children": [str(child_id) for child_id in wish.child_ids],
        "ended": view.is_ended,
        "asked": [{"day": day.isoformat(), "request": str(request_id)} for day, request_id in view.asked],
    }


def _contact(person_id: UUID) -> Part:
    wish = contact_of(person_id)
    quiet = [f"{clock:%H:%M}" for clock in wish.quiet] if wish.quiet else None
    return {"by_mail": wish.by_mail, "by_text": wish.by_text, "quiet_hours": quiet}


def _household(home: HouseholdProfile) -> Part:
    told = told_by(home.household_id)
    return {
        "id": str(home.household_id),
        "home": {"latitude": home.home.latitude, "longitude": home.home.longitude},
        "usual_shift": [f"{home.usual_starts:%H:%M}", f"{home.usual_ends:%H:%M}"],
        "longer_way_minutes": home.max_detour_minutes,
        "siblings_together": home.keep_together,
        "children": [
            {
                "id": str(child.child_id),
                "name": child.name,
                "birth_date": child.birth_date.isoformat(),
                "allergies": child.allergies,
                "care_notes": child.care_notes,
                "special_needs": child.special_needs,
                "on_the_list": child in home.children,
            }
            for child in (*home.children, *home.left)
        ],
        "answers": {question.value: said for question, said in told.answers.items()},
        "may_fetch": [{"name": one.name, "tie": one.tie, "phone": one.phone} for one in told.fetchers],
    }


def _request(view: RequestView, home: HouseholdProfile) -> Part:
    return {
        "name": view.name,
        "state": view.state.value,
        "day": view.day.isoformat(),
        "shift": [f"{view.starts:%H:%M}", f"{view.ends:%H:%M}"],
        "children": [child.name for id_ in view.child_ids if (child := home.known(id_))],
        "asked_at": view.asked_at.isoformat(),
        "decide_by_at": view.decide_by_at.isoformat(),
        "bookings": [_booking(one) for one in view.bookings],
        "tried": [{"at": one.at.isoformat(), "site": one.site_name, "outcome": one.outcome} for one in view.tried],
        "moves": [
            {"at": one.at.isoformat(), "verb": one.verb, "to": one.after, "by": one.by.value}
            for one in moves_of(view.request_id)
        ],
    }


def _booking(one: BookingView) -> Part:
    card = site_card(one.site_id)
    return {
        "name": one.name,
        "site": card.name if card else "",
        "state": one.state.value,
        "arrives_at": one.arrives_at.isoformat(),
        "leaves_at": one.leaves_at.isoformat(),
    }
