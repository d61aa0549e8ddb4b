"""The interview itself: read the questions, look once more at what was said, keep it or take it back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.interviews.actions import take_answers
from daybreak.interviews.actions import take_back as take_answers_back
from daybreak.interviews.admitting import admit_by_ticket
from daybreak.interviews.answering import read_answers
from daybreak.interviews.hints import HINTS
from daybreak.interviews.queries import SETS, admission_by_code, asked_on, is_spent, wave_keys
from daybreak.interviews.terms import TEXT_BYTES, Admission, Answers, Item, QuestionSet
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.spans import quarter_of
from daybreak.web.clock import at_of
from daybreak.web.interviews import masking
from daybreak.web.interviews.doors import for_anybody, language, shown
from daybreak.web.interviews.form import kept, questions, said_in
from daybreak.web.interviews.words import sentences

POST_BYTES = 16384
"""Every form is padded to this size by the page, so that how much somebody said does not show on the wire."""


@for_anybody
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and where a ticket comes from."""
    sets = [(occasion, asked_on(occasion)) for occasion in SETS]
    links = [(occasion, asked.title.in_language(language())) for occasion, asked in sets if asked]
    return shown(request, "home", {"code_links": links})


@for_anybody
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer ok once the database has answered."""
    wave_keys()
    return HttpResponse("ok", content_type="text/plain")


@for_anybody
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, occasion: str) -> HttpResponse:
    """Show the questions; then what was said, as it would be kept; then keep it. Two posts for everybody."""
    asked = asked_on(occasion)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _form(request, asked, {})
    sent = {name: request.POST.getlist(name) for name in request.POST}
    ticket = request.POST.get("ticket", "")
    said = said_in(asked, sent)
    admission = _admission(ticket, occasion, request)
    if isinstance(admission, No):
        return _form(request, asked, said, ticket=ticket, wrong=sentences(admission))
    answers = read_answers(asked, said)
    if isinstance(answers, No):
        return _form(request, asked, said, ticket=ticket, wrong=sentences(answers))
    if request.POST.get("step") != "keep":
        return _check(request, asked, said, answers, ticket)
    quarter = quarter_of(at_of(request).date())
    taken = take_answers(admission=admission, question_set=asked.name, answers=answers, quarter=quarter)
    if isinstance(taken, No):
        return shown(request, "refused", {"lines": sentences(taken)}, status=409)
    return shown(request, "kept", {"again": taken.again, "occasion": occasion, "ticket": ticket})


@for_anybody
@require_POST
def take_back(request: HttpRequest, occasion: str) -> HttpResponse:
    """Delete answers that still wait. After a batch nobody can find them, and the page says so."""
    admission = _admission(request.POST.get("ticket", ""), occasion, request)
    if isinstance(admission, No):
        return shown(request, "refused", {"lines": sentences(admission)}, status=409)
    if not take_answers_back(admission=admission):
        reason = "ticket-spent" if is_spent(admission) else "not-a-ticket"
        return shown(request, "refused", {"lines": sentences(No((Reason(reason),)))}, status=409)
    return shown(request, "taken_back")


def _admission(ticket: str, occasion: str, request: HttpRequest) -> Admission | No:
    if "." in ticket:
        admission = admit_by_ticket(ticket, wave_keys(), day=at_of(request).date().isoformat())
    else:
        admission = admission_by_code(ticket) or No((Reason("not-a-ticket"),))
    if isinstance(admission, Admission) and admission.occasion != occasion:
        return No((Reason("other-occasion"),))
    return admission


def _form(
    request: HttpRequest,
    asked: QuestionSet,
    said: dict[str, list[str]],
    *,
    ticket: str = "",
    wrong: list[str] | None = None,
) -> HttpResponse:
    context = {
        **_heading(asked),
        "questions": questions(asked, said, language()),
        "ticket": ticket,
        "wrong": wrong or [],
        "hints": [{"kind": kind, "pattern": pattern} for kind, pattern in HINTS],
        "most": TEXT_BYTES,
    }
    return shown(request, "interview", context, status=400 if wrong else 200)


def _check(
    request: HttpRequest, asked: QuestionSet, said: dict[str, list[str]], answers: Answers, ticket: str
) -> HttpResponse:
    texts = [_text(number, item, answers.texts.get(item.id, "")) for number, item in enumerate(asked.open, 1)]
    context = {
        **_heading(asked),
        "ticket": ticket,
        "kept": kept(said, but=[item.id for item in asked.open]),
        "texts": texts,
        "answered": len(answers.closed),
        "closed": len(asked.closed),
        "names_masked": masking.is_installed() and language() == "en",
        "hints": [{"kind": kind, "pattern": pattern} for kind, pattern in HINTS],
        "most": TEXT_BYTES,
    }
    return shown(request, "check", context)


def _text(number: int, item: Item, text: str) -> dict[str, object]:
    """One text as it would be kept."""
    masked = masking.masked_names(text, language())
    label = item.said.in_language(language())
    return {"id": f"text-{number}", "name": item.id, "label": label, "text": masked, "is_masked": masked != text}


def _heading(asked: QuestionSet) -> dict[str, object]:
    return {
        "title": asked.title.in_language(language()),
        "lead": asked.lead.in_language(language()),
        "occasion": asked.occasion,
        "bytes": POST_BYTES,
    }
