"""Which token calls, as whom, and may it do this? The table of web/access.py answers, as it does for the pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from math import ceil
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from daybreak.accounts.actions import may_knock
from daybreak.accounts.hats import hats_of, wearing
from daybreak.accounts.pace import Limit
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account, Scope
from daybreak.accounts.tokens.actions import use_token
from daybreak.accounts.tokens.queries import KeptToken
from daybreak.api.problems import NOT_FOUND, Problem, ProblemShape
from daybreak.kernel.decisions import Reason
from daybreak.web.access import NOTHING, ROUTES, TABLE, Purpose, Thing, Who, may
from daybreak.web.clock import at_of
from daybreak.web.failures import TooManyTries
from daybreak.web.pacing import FOLLOW_LINK, knock_from

PACE = Limit(burst=120, per_hour=7_200)
"""Calls of one token: a program that looks every few seconds, and no flood."""

View = TypeVar("View", bound=Callable[..., Any])
ABOUT_A_THING = frozenset({Who.FAMILY, Who.PROVIDER, Who.DIRECTOR, Who.CLERK, Who.CLERK_FOR_ONE})


@dataclass(frozen=True)
class Caller:
    """Whose token calls, with the roles of its hat, and when."""

    token: KeptToken
    account: Account
    at: datetime
    purpose: Purpose = Purpose.SEE_TOKEN

    @property
    def person_id(self) -> UUID:
        return self.account.person_id

    def require(self, thing: Thing = NOTHING) -> None:
        """Raise a problem, as for a thing that does not exist, where the table does not open this."""
        if not may(self.account, self.purpose, thing):
            raise Problem(404, NOT_FOUND)


class Bearer(HttpBearer):
    """`Authorization: Bearer daybreak_...`, made on the page of one's tokens."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        at = at_of(request)
        found = use_token(token, at=at)
        account = account_of(found.person_id) if found is not None else None
        if found is None or account is None:
            knock_from(request, "token", FOLLOW_LINK, at=at)
            raise unknown_token()
        if not may_knock(f"api by {found.token_id}", PACE, at=at):
            raise TooManyTries(PACE)
        # A hat that was taken away since leaves the token without a role; no other hat takes its place.
        hat = next((hat for hat in hats_of(account) if hat.key == found.hat), None)
        return Caller(found, wearing(account, hat), at)


def unknown_token() -> Problem:
    """The same for no token, one that has ended and one that never was."""
    return Problem(401, Reason("token-not-known"), next=["/account/tokens"], headers={"WWW-Authenticate": "Bearer"})


def too_many(tried: TooManyTries) -> Problem:
    """Say when the next call is taken."""
    seconds = ceil(3600 / tried.limit.per_hour)
    wait = Reason("too-many-tries", {"wait": ceil(seconds / 60)})
    return Problem(429, wait, headers={"Retry-After": str(seconds)})


def operation(
    router: Router, method: str, path: str, name: str, scope: Scope | None, shape: Any, *, status: int = 200
) -> Callable[[View], View]:
    """An operation of the API. Its name stands in access.ROUTES with its purpose; its scope is asked first.

    An operation about one thing reads it and calls `require` with its owner; the others are asked for here.
    """
    purpose = ROUTES[name]
    problems = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), ProblemShape)

    def declared(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            caller: Caller = replace(caller_of(request), purpose=purpose)
            request.auth = caller  # type: ignore[attr-defined]
            if scope is not None and scope not in caller.token.scopes:
                raise Problem(403, Reason("scope-missing", {"scope": scope.value}), next=["/account/tokens"])
            if TABLE[purpose] not in ABOUT_A_THING:
                caller.require()
            return view(request, *args, **kwargs)

        # What the docstring says first is the summary, the rest of it the description.
        summary = (view.__doc__ or "").strip().split("\n")[0]
        router.api_operation([method], path, operation_id=name, summary=summary, response={status: shape, **problems})(
            opened
        )
        return view

    return declared


def caller_of(request: HttpRequest) -> Caller:
    """Who calls. Every operation stands behind the bearer's door, so there is always somebody."""
    caller = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        raise unknown_token()
    return caller
