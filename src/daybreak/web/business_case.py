"""The pages of the business case: tried in the browser, told as a briefing, taken along as a file or on paper.

They are open to anybody, because they hold no employee's data: a case is what its link says, and nothing of it is kept.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from daybreak.business_case.briefing.as_html import block_html, body, section_html
from daybreak.business_case.briefing.terms import Document
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.case import DRAWS, SEED, Case
from daybreak.business_case.inputs_text import to_toml
from daybreak.business_case.links import changed, changes
from daybreak.business_case.queries import briefing_of, case_of, known, law, library, pdf_of, start
from daybreak.business_case.terms import Inputs
from daybreak.kernel.errors import BadInput
from daybreak.web.access import Purpose
from daybreak.web.case_form import FORM, claim_ticks, parts_of, sent, ticks_of
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.pacing import WORK_OUT, knock_from
from daybreak.web.templatetags.said import language

STARTS = ("a-skeptics-case", "unpaid-hours-counted", "as-sellers-reckon")
"""The cases to start from; the first one stands where a link names none."""
MOST_SEED = 2**63 - 1
SHOWN = ("net", "decides")
"""Sections of the briefing that the page to try it shows under its first page."""


@dataclass(frozen=True)
class Asked:
    """What a request asks for: a start, the inputs it leads to, a seed, and what could not be used."""

    start: str
    inputs: Inputs
    seed: int
    wrong: tuple[str, ...]

    @property
    def link(self) -> str:
        """The query that carries this case, and nothing that its start says already."""
        own = [("start", self.start), *changes(self.inputs, start(self.start))]
        if self.seed != SEED:
            own.append(("seed", str(self.seed)))
        return urlencode(own)


@for_anybody(Purpose.SEE_CASE)
@require_safe
def case_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Change an input and see the answer move; the address always carries the case."""
    asked = _asked(request)
    knock_from(request, "case", WORK_OUT, at=visit.at)
    here = f"{reverse('business-case')}?{asked.link}"
    is_part = bool(getattr(request, "htmx", False))
    if _is_form(request) and not asked.wrong and not is_part:
        return redirect(here)
    context = _context(request, asked)
    if is_part:
        response = render(request, "web/business_case_answer.html", context)
        if not asked.wrong:
            response["HX-Replace-Url"] = here
        return response
    return render(request, "web/business_case.html", context, status=400 if asked.wrong else 200)


@for_anybody(Purpose.SEE_CASE)
@require_safe
def briefing_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The briefing, one page first, then detail."""
    knock_from(request, "case", WORK_OUT, at=visit.at)
    asked, document = _told(request)
    if document is None:
        return redirect(f"{reverse('business-case')}?{request.GET.urlencode()}")
    context = {**_links(asked), "document": document, "body": _safe(body(document, top=1))}
    return render(request, "web/business_case_briefing.html", context)


@for_anybody(Purpose.SEE_CASE)
@require_safe
def briefing_pdf(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The briefing on paper; the same link gives the same bytes."""
    knock_from(request, "case", WORK_OUT, at=visit.at)
    _, document = _told(request)
    if document is None:
        return redirect(f"{reverse('business-case')}?{request.GET.urlencode()}")
    response = HttpResponse(pdf_of(document), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="backup-care-briefing.pdf"'
    return response


@for_anybody(Purpose.SEE_CASE)
@require_safe
def input_file(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """The case as an input file for the command line, which gives the same figures."""
    asked = _asked(request)
    if asked.wrong:
        return redirect(f"{reverse('business-case')}?{request.GET.urlencode()}")
    response = HttpResponse(to_toml(asked.inputs, library().kinds), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="business-case.toml"'
    return response


def _is_form(request: HttpRequest) -> bool:
    return any(name.startswith(FORM) for name in request.GET)


def _asked(request: HttpRequest) -> Asked:
    name = request.GET.get("start", "")
    name = name if name in STARTS else STARTS[0]
    said = {key: str(values[-1]) for key, values in request.GET.lists()}
    if _is_form(request):
        said = sent({key: [str(value) for value in values] for key, values in request.GET.lists()}, library())
    inputs, reading = changed(start(name), said, known())
    wrong = list(reading.wrong_keys)
    if not wrong:
        try:
            law(inputs.year, is_small_business=inputs.is_small_business)
        except BadInput:
            wrong.append("year")
    return Asked(name, inputs, _seed(request.GET.get("seed", "")), tuple(dict.fromkeys(wrong)))


def _seed(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text[:20]) <= MOST_SEED else SEED


@lru_cache(maxsize=64)
def _worked_out(name: str, link: str, seed: int) -> Case | None:
    """The case of a link; None when the benefit costs nothing in it, so that nothing can be divided by its cost."""
    inputs, _ = changed(start(name), dict(parse_qsl(link, keep_blank_values=True)), known())
    try:
        return case_of(inputs, np.random.default_rng(seed))
    except BadInput:
        return None


def _document(asked: Asked) -> Document | None:
    case = None if asked.wrong else _worked_out(asked.start, asked.link, asked.seed)
    return briefing_of(case, _words(), seed=asked.seed) if case else None


def _told(request: HttpRequest) -> tuple[Asked, Document | None]:
    asked = _asked(request)
    return asked, _document(asked)


def _words() -> Wording:
    return Wording(language(), gettext)


def _links(asked: Asked) -> dict[str, object]:
    return {"link": asked.link, "starts": _starts(asked), "seed": asked.seed, "start": asked.start}


def _starts(asked: Asked) -> list[dict[str, object]]:
    words = _words()
    return [{"name": name, "title": words.said(start(name).title), "is_now": name == asked.start} for name in STARTS]


def _context(request: HttpRequest, asked: Asked) -> dict[str, object]:
    words, found = _words(), library()
    document = _document(asked)
    return {
        **_links(asked),
        "is_part": bool(getattr(request, "htmx", False)),
        "address": request.build_absolute_uri(f"{reverse('business-case')}?{asked.link}"),
        "answer": _answer(replace(document, sources_at=f"{reverse('business-case-briefing')}?{asked.link}"))
        if document
        else None,
        "title": document.sections[0].title if document else "",
        "wrong": _wrong(asked, words),
        "parts": parts_of(asked.inputs, found, words, asked.wrong),
        "ticks": ticks_of(asked.inputs),
        "claims": claim_ticks(asked.inputs, found, words),
        "draws": DRAWS,
    }


def _answer(document: Document) -> SafeString:
    """The first sections without the words that only a whole briefing needs."""
    sections = {section.key: section for section in document.sections}
    front = sections["answer"]
    shown = "".join(block_html(document, block) for block in front.blocks[1:])
    return _safe(shown + "".join(section_html(document, sections[key], 2) for key in SHOWN))


def _wrong(asked: Asked, words: Wording) -> list[dict[str, str]]:
    """What could not be used, each in the words of its field."""
    names = {field.key: field for part in parts_of(asked.inputs, library(), words, ()) for field in part.fields}
    return [{"key": key, "title": names[key].title if key in names else gettext("Claims")} for key in asked.wrong]


def _safe(html: str) -> SafeString:
    """Pages of the briefing are escaped where they are written (as_html.py)."""
    return mark_safe(html)
