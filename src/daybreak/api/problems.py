"""What does a program read when something is refused? application/problem+json (RFC 9457), worded as on a page.

Every refusal has a code to act on, a sentence to show, the facts that decided it, the rule behind it, and what one can
do next. What is missing and what is another's are one and the same: not found.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

from daybreak.kernel.decisions import Fact, No, Reason
from daybreak.notices.queries import sentence

CONTENT_TYPE = "application/problem+json"


class ReasonShape(Schema):
    """Why something is refused or does not fit."""

    code: str
    message: str
    facts: dict[str, Fact]
    cite: str


class ProblemShape(ReasonShape):
    """A refusal. `more` holds further reasons when there are several, `next` what can be done now."""

    status: int
    more: list[ReasonShape]
    next: list[str]


class Problem(Exception):
    """Something a program asked for is refused."""

    def __init__(
        self,
        status: int,
        *reasons: Reason,
        next: Sequence[str] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.status, self.reasons, self.next, self.headers = status, reasons, tuple(next), headers or {}


NOT_FOUND = Reason("not-found-here")


def refused(decision: No) -> Problem:
    """The problem of a refusal that a rule gave. What one may not do is not found."""
    if any(reason.code in ("not-allowed", "unknown-site") for reason in decision.reasons):
        return Problem(404, NOT_FOUND)
    return Problem(409, *decision.reasons)


def worded(reason: Reason, language: str) -> ReasonShape:
    """A reason with its sentence in the reader's language."""
    return ReasonShape(code=reason.code, message=sentence(reason, language), facts=dict(reason.facts), cite=reason.cite)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer that says a problem."""
    account = getattr(getattr(request, "auth", None), "account", None)
    language = account.language if account is not None else "en"
    first, *more = [worded(reason, language) for reason in problem.reasons]
    shape = ProblemShape(**first.dict(), status=problem.status, more=more, next=list(problem.next))
    response = JsonResponse(shape.dict(), status=problem.status, content_type=CONTENT_TYPE)
    response["Content-Language"] = language
    for name, value in problem.headers.items():
        response[name] = value
    return response
