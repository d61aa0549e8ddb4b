"""The trustee's pages: waves, and the coding of texts by two people on a tenth of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.interviews.actions import code_text, digest_of_key
from daybreak.interviews.coding import agreement_by_theme
from daybreak.interviews.queries import (
    asked_on,
    code_book,
    double_coded,
    items,
    next_words,
    text_counts,
    themes_found,
    trustee_named,
    trustee_with,
    wave_counts,
    wave_keys,
    words_of,
)
from daybreak.interviews.terms import Words
from daybreak.kernel.decisions import No
from daybreak.web.interviews.access import Opens
from daybreak.web.interviews.doors import SIGNED_IN, for_trustee, language, shown


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take a trustee's key. It has 256 random bits, so nobody guesses it, and no limit needs to know who tries."""
    if request.method != "POST":
        return shown(request, "sign_in")
    found = trustee_with(digest_of_key(request.POST.get("key", "")))
    if found is None:
        return shown(request, "sign_in", {"is_wrong": True}, status=400)
    request.session.cycle_key()
    request.session[SIGNED_IN] = str(found[0])
    return redirect("trustee")


sign_in.opens = Opens.ANYBODY  # type: ignore[attr-defined]  # it sets a cookie, so it is no page of for_anybody


@for_trustee
@require_POST
def sign_out(request: HttpRequest, trustee_id: UUID) -> HttpResponse:  # noqa: ARG001
    """End the session on this device."""
    request.session.flush()
    return redirect("home")


@for_trustee
@require_safe
def overview(request: HttpRequest, trustee_id: UUID) -> HttpResponse:
    """Waves with their answers, how much is coded, and how well the coders agree."""
    texts, to_code = text_counts(trustee_id)
    shared = double_coded()
    agreement = agreement_by_theme(shared, code_book().codes)
    found = themes_found([trustee_id])
    context = {
        "name": trustee_named(trustee_id),
        "waves": [
            {"title": _title(count.occasion), "quarter": count.quarter, "answers": count.answers}
            for count in wave_counts()
        ],
        "keys": [
            {"title": _title(key.occasion), "quarter": key.quarter, "until": key.until} for key in wave_keys().values()
        ],
        "texts": texts,
        "to_code": to_code,
        "shared": len(shared),
        "themes": [
            {"name": theme.said.in_language(language()), "alpha": agreement[theme.code], "found": found[theme.code]}
            for theme in code_book().themes
        ],
    }
    return shown(request, "trustee", context)


@for_trustee
@require_safe
def next_text(request: HttpRequest, trustee_id: UUID) -> HttpResponse:
    """The next text to code."""
    found = next_words(trustee_id)
    return redirect("trustee") if found is None else _text(request, found)


@for_trustee
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, trustee_id: UUID, text_id: UUID) -> HttpResponse:
    """Say which themes a text has."""
    if request.method == "POST":
        done = code_text(trustee_id=trustee_id, text_id=text_id, themes=request.POST.getlist("theme"))
        if isinstance(done, No):
            raise Http404
        return redirect("trustee-texts")
    found = words_of(text_id, trustee_id)
    if found is None:
        raise Http404
    return _text(request, found)


def _text(request: HttpRequest, words: Words) -> HttpResponse:
    context = {
        "words": words,
        "question": items()[words.item].said.in_language(language()),
        "themes": [
            {
                "code": theme.code,
                "name": theme.said.in_language(language()),
                "covers": theme.covers.in_language(language()),
                "on": theme.code in (words.themes or ()),
            }
            for theme in code_book().themes
        ],
    }
    return shown(request, "text", context)


def _title(occasion: str) -> str:
    asked = asked_on(occasion)
    return asked.title.in_language(language()) if asked else occasion
