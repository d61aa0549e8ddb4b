"""The API as a whole: its doors, how it says a refusal, and the description it gives of itself (OpenAPI 3.1)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from daybreak.api import desk, families, homes, offers
from daybreak.api.callers import Bearer, too_many, unknown_token
from daybreak.api.problems import CONTENT_TYPE, NOT_FOUND, Problem, answer
from daybreak.kernel.decisions import Reason
from daybreak.kernel.errors import LostRace
from daybreak.web.failures import TooManyTries

DESCRIPTION = """\
Backup child care for a program: what a parent, a provider and a benefits clerk can do on Daybreak's pages.

A token is made on the page *Account, Tokens for programs*; it acts as one hat of one person, within its scopes. Every
write takes an `Idempotency-Key`; the same write sent twice is one. Lists are paged by `next`. A refusal is
`application/problem+json` with a `code` to act on. What is missing and what is another's are alike: 404.
"""


class Described(NinjaAPI):
    """Its description says of every refusal that it is application/problem+json, as the answers do."""

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**how)
        for path in schema["paths"].values():
            for described in path.values():
                for status, response in described["responses"].items():
                    if int(status) >= 400 and "application/json" in response.get("content", {}):
                        response["content"][CONTENT_TYPE] = response["content"].pop("application/json")
        return schema


api = Described(
    title="Daybreak",
    version="1",
    description=DESCRIPTION,
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api-v1",
    servers=[{"url": settings.ADDRESS or "/"}],
)
for router in (families.router, homes.router, offers.router, desk.router):
    api.add_router("", router)


@api.exception_handler(Problem)
def say(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A refusal of ours."""
    return answer(request, problem)


@api.exception_handler(AuthenticationError)
def say_who(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """No token at all."""
    return answer(request, unknown_token())


@api.exception_handler(ValidationError)
def say_unread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent could not be read. Where, is said; what stood there is not repeated."""
    where = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors})
    reasons = [Reason("not-readable", {"where": place[:200]}) for place in where[:20]]
    return answer(request, Problem(422, *(reasons or [Reason("not-readable")])))


@api.exception_handler(HttpError)
def say_broken(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return answer(request, Problem(error.status_code, Reason("not-readable", {"where": "body"})))


@api.exception_handler(TooManyTries)
def say_wait(request: HttpRequest, tried: TooManyTries) -> HttpResponse:
    """Too many calls in a short time."""
    return answer(request, too_many(tried))


@api.exception_handler(LostRace)
def say_first(request: HttpRequest, lost: LostRace) -> HttpResponse:  # noqa: ARG001
    """Somebody else moved the same thing at the same moment; nothing was done."""
    return answer(request, Problem(409, Reason("somebody-was-first")))


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address below /api/ that is none."""
    return answer(request, Problem(404, NOT_FOUND))
