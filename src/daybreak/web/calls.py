"""A phone call comes in, in Twilio's form: a menu of keys for the same moves that others text.

What is said in a call is heard by whoever calls, so the caller's number must be more than claimed: a call whose number
the phone companies did not attest is asked to text instead, and a number nobody knows learns nothing but that.
"""

from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from daybreak.accounts.queries import account_of, person_at
from daybreak.care.texts.actions.talk import begin_call, take_keys
from daybreak.care.texts.keypad import MOST_KEYS, keys_wanted
from daybreak.care.texts.queries import menu_of
from daybreak.care.texts.terms import Question
from daybreak.kernel.decisions import Fact
from daybreak.notices.queries import spoken_aloud
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.pacing import TEXT
from daybreak.web.texts import is_from_gateway, may_knock_as

ATTESTED = "TN-Validation-Passed-A"
"""What the gateway says of a caller whose own phone company vouches for the number (STIR/SHAKEN, attestation A)."""
VOICES = {"en": "en-US", "es": "es-MX"}
PATIENCE = 8
"""Seconds to press a key; whoever listens to a list with a child on the arm needs them."""
MOST_PRESSES = 40
"""In one call; a line left open must end."""


@csrf_exempt
@for_anybody(Purpose.CALL)
@require_POST
def inbound(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Answer a call, or what was pressed in it."""
    if not is_from_gateway(request):
        return HttpResponseForbidden("This call does not carry the signature of the gateway.")
    caller, call_id = request.POST.get("From", ""), request.POST.get("CallSid", "")
    press = _press(request)
    person_id = person_at(phone=caller) if _is_attested(request) and caller and call_id else None
    account = account_of(person_id) if person_id else None
    if account is None or press > MOST_PRESSES or not may_knock_as(caller, "call", TEXT, at=visit.at):
        return _twiml(_said("call-unknown", "en"))
    language, keys = account.language, request.POST.get("Digits", "")
    if not press or not keys:
        if not press and not begin_call(person_id=account.person_id, at=visit.at):
            return _twiml(_said("call-unknown", language))
        return _twiml(_gather([("call-hello", {}), (menu_of(account), {})], language, press, None))
    turn = take_keys(person_id=account.person_id, keys=keys, call_id=f"{call_id} {press}", at=visit.at)
    if turn is None:
        return _twiml(_said("call-unknown", language))
    sayings = [(turn.say.code, dict(turn.say.facts))] if turn.say else []
    if turn.asks is None:
        sayings.append((menu_of(account), {}))
    return _twiml(_gather(sayings, language, press, turn.asks))


def _press(request: HttpRequest) -> int:
    """Which press of the call this is; 0 when it has only begun."""
    text = request.GET.get("press", "0")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _is_attested(request: HttpRequest) -> bool:
    return request.POST.get("StirVerstat", "") == ATTESTED


def _gather(sayings: list[tuple[str, dict[str, Fact]]], language: str, press: int, asks: Question | None) -> str:
    """Say something and wait for keys; without any, say goodbye."""
    wanted = keys_wanted(asks) or MOST_KEYS
    said = "".join(_said(code, language, **facts) for code, facts in sayings)
    return (
        f'<Gather input="dtmf" method="POST" action={quoteattr(f"/calls?press={press + 1}")} timeout="{PATIENCE}" '
        f'numDigits="{wanted}">{said}</Gather>{_said("call-goodbye", language)}'
    )


def _said(code: str, language: str, **facts: Fact) -> str:
    words = spoken_aloud(code, facts, language)
    return f'<Say language="{VOICES[language]}">{escape(words)}</Say>'


def _twiml(verbs: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>', content_type="text/xml")
