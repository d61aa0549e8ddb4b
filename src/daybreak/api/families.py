"""A parent's program reads the family, asks for care, sees how it stands, and cancels."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from ninja import Router, Status

from daybreak.accounts.terms import Scope
from daybreak.api.callers import Caller, caller_of, operation
from daybreak.api.pages import CURSOR, LIMIT, read_cursor, spell_cursor, unknown_cursor
from daybreak.api.problems import NOT_FOUND, Problem, refused
from daybreak.api.shapes import (
    AskShape,
    HouseholdShape,
    RequestShape,
    RequestsShape,
    SiteShape,
    TokenShape,
    household_shape,
    request_shape,
    site_shape,
)
from daybreak.api.writes import KEY, once
from daybreak.care.actions.ask import ask_for_care
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.queries import request_view, requests_of
from daybreak.care.terms import Ask, RequestView
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.spans import parse_clock
from daybreak.network.queries import site_card
from daybreak.people.queries import household_of
from daybreak.people.terms import HouseholdProfile
from daybreak.web.access import Thing

router = Router(tags=["care"])
FARTHEST = timedelta(days=366)


@operation(router, "GET", "/token", "read-token", None, TokenShape)
def read_token(request: HttpRequest) -> TokenShape:
    """What this token acts as and may do"""
    caller = caller_of(request)
    households = caller.account.households
    family = household_of(households[0], person_id=caller.person_id) if households else None
    posts = [role.scope for role in caller.account.roles if role.scope not in households]
    own = family.employer_id if family else next((one for one in posts if one not in caller.account.providers), None)
    return TokenShape(
        name=caller.token.name,
        acts_as=caller.token.hat,
        scopes=[scope.value for scope in caller.token.scopes],
        households=list(households),
        employer_id=own,
        providers=list(caller.account.providers),
        until_at=caller.token.until_at,
    )


@operation(router, "GET", "/household", "read-household", Scope.CARE_READ, HouseholdShape)
def read_household(request: HttpRequest) -> HouseholdShape:
    """The family and its children"""
    caller = caller_of(request)
    household = _household(caller)
    return household_shape(household, caller.at.astimezone(ZoneInfo(household.zone)).date())


@operation(router, "GET", "/requests", "list-requests", Scope.CARE_READ, RequestsShape)
def list_requests(request: HttpRequest, cursor: str = CURSOR, limit: int = LIMIT) -> RequestsShape:
    """The family's care requests, the newest first"""
    caller = caller_of(request)
    found = requests_of(_household(caller).household_id, limit=limit + 1, after=_after(cursor))
    page = found[:limit]
    last = page[-1] if len(found) > limit else None
    language = caller.account.language
    return RequestsShape(
        items=[request_shape(view, language) for view in page],
        next=spell_cursor((last.asked_at.isoformat(), str(last.request_id))) if last else None,
    )


@operation(router, "POST", "/requests", "ask-for-care", Scope.CARE_WRITE, RequestShape, status=201)
def ask(request: HttpRequest, said: AskShape, key: str = KEY) -> Status[RequestShape]:
    """Ask for care; the same children and hours asked for twice are one request"""
    caller = caller_of(request)
    household = _household(caller)
    today = caller.at.astimezone(ZoneInfo(household.zone)).date()
    if set(said.child_ids + said.mildly_ill) - {child.child_id for child in household.children}:
        raise Problem(409, Reason("child-not-here"))
    _near(said.day, today)
    _near(said.decide_by_at.date(), today)
    wish = Ask(
        household_id=household.household_id,
        child_ids=tuple(said.child_ids),
        day=said.day,
        starts=parse_clock(said.starts),
        ends=parse_clock(said.ends),
        decide_by_at=said.decide_by_at.astimezone(UTC),
        mildly_ill=tuple(said.mildly_ill),
    )
    answer = ask_for_care(ask=wish, key=f"api {key}", actor=caller.person_id, at=caller.at)
    if isinstance(answer, No):
        raise refused(answer)
    return Status(201, request_shape(_view(caller, answer.request_id), caller.account.language))


@operation(router, "GET", "/requests/{request_id}", "read-request", Scope.CARE_READ, RequestShape)
def read_request(request: HttpRequest, request_id: UUID) -> RequestShape:
    """How one request stands"""
    caller = caller_of(request)
    return request_shape(_view(caller, request_id), caller.account.language)


@operation(router, "POST", "/requests/{request_id}/cancel", "cancel-request", Scope.CARE_WRITE, RequestShape)
def cancel(request: HttpRequest, request_id: UUID, key: str = KEY) -> RequestShape:
    """Cancel a request and its booking"""
    caller = caller_of(request)
    _view(caller, request_id)
    return once(
        caller,
        key,
        request_id,
        {"thing": str(request_id)},
        do=lambda: cancel_request(request_id=request_id, actor=caller.person_id, at=caller.at),
        show=lambda _: request_shape(_view(caller, request_id), caller.account.language),
    )


@operation(router, "GET", "/places/{site_id}", "read-place", Scope.CARE_READ, SiteShape)
def read_place(request: HttpRequest, site_id: UUID) -> SiteShape:
    """A place as families see it"""
    caller_of(request)
    card = site_card(site_id)
    if card is None:
        raise Problem(404, NOT_FOUND)
    return site_shape(card)


def _household(caller: Caller) -> HouseholdProfile:
    found = household_of(caller.account.households[0], person_id=caller.person_id)
    if found is None:
        raise Problem(404, NOT_FOUND)
    return found


def _view(caller: Caller, request_id: UUID) -> RequestView:
    view = request_view(request_id)
    caller.require(Thing(household_id=view.household_id if view else None))
    if view is None:
        raise Problem(404, NOT_FOUND)
    return view


def _near(day: date, today: date) -> None:
    """A day that lies years off is a slip, and arithmetic beyond the calendar's end."""
    if abs(day - today) > FARTHEST:
        raise Problem(409, Reason("day-too-far", {"day": day.isoformat()}))


def _after(cursor: str) -> tuple[datetime, UUID] | None:
    key = read_cursor(cursor)
    if key is None:
        return None
    try:
        moment, row = key
        asked_at = datetime.fromisoformat(moment)
        if asked_at.tzinfo is None or not 2000 < asked_at.year < 2200:
            raise unknown_cursor()
        return asked_at, UUID(row)
    except ValueError as error:
        raise unknown_cursor() from error
