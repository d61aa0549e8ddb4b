"""A program calls the API: with a token of one of the cast, on the cast's Monday."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client

from cast import DAWN
from daybreak.accounts.hats import hats_of
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Scope
from daybreak.accounts.tokens.actions import make_token
from daybreak.accounts.tokens.queries import scopes_of


@dataclass
class Program:
    """Calls with one token, or with none."""

    token: str = ""

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        query: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        """One call; a write gets a fresh key unless one is named."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if method not in ("GET", "HEAD"):
            headers["Idempotency-Key"] = key or str(uuid4())
        request: dict[str, Any] = {"headers": headers}
        if query:
            request["query_params"] = dict(query)
        if body is not None:
            request |= {"data": body, "content_type": "application/json"}
        elif method not in ("GET", "HEAD"):
            request["content_type"] = "application/json"
        answer: HttpResponse = getattr(Client(), method.lower())(f"/api/v1{path}", **request)
        return answer

    def get(self, path: str, **query: str) -> Any:
        """What a read answers, expected to be there."""
        answer = self.call("GET", path, query=query)
        assert answer.status_code == 200, answer.content
        return answer.json()  # type: ignore[attr-defined]  # Django's test response

    def write(self, method: str, path: str, body: object = None, *, key: str | None = None, status: int = 200) -> Any:
        """What a write answers, expected to be done."""
        answer = self.call(method, path, body, key=key)
        assert answer.status_code == status, answer.content
        return answer.json()  # type: ignore[attr-defined]  # Django's test response


def program(person_id: UUID | None, *, scopes: set[Scope] | None = None, hat: str | None = None) -> Program:
    """A program with a token of this person, for their first hat and all its scopes unless said otherwise."""
    account = account_of(person_id) if person_id is not None else None
    if account is None:
        return Program()
    found = [one for one in hats_of(account) if hat is None or one.key == hat]
    if not found:
        return Program("daybreak_of_somebody_without_a_role")
    wanted = set(scopes_of(found[0])) if scopes is None else scopes
    text = make_token(person_id=account.person_id, hat=found[0], scopes=wanted, name="a program", at=DAWN)
    return Program(text or "daybreak_none_could_be_made")
