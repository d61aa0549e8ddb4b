"""A phone call in the demo: what Daybreak says, in writing, and the keys of a phone.

It speaks to the product's own door as a gateway does and reads the TwiML that comes back; nothing of a call is kept.
"""

import re
from dataclasses import dataclass
from uuid import uuid4
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daybreak.demo.phone import brought, owner_of

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")
ATTESTED = "TN-Validation-Passed-A"
_CALL = re.compile(r"CA[0-9a-f]{32}")
_WHERE = re.compile(r"/calls(\?press=\d{1,3})?")


@dataclass(frozen=True)
class Heard:
    """What the phone says now, where keys go, and how many it waits for; nowhere once the call is over."""

    sentences: tuple[str, ...]
    action: str = ""
    most_keys: int = 0


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, number: str) -> HttpResponse:
    """Call Daybreak as the owner of a phone would, and press keys."""
    owner = owner_of(phone=number)
    if owner is None:
        raise Http404
    call_id, where, keys = f"CA{uuid4().hex}", reverse("calls"), ""
    if request.method == "POST" and _CALL.fullmatch(request.POST.get("call", "")):
        call_id, keys = request.POST["call"], request.POST.get("keys", "").strip("#* ")[:8]
        where = request.POST.get("where", "") if _WHERE.fullmatch(request.POST.get("where", "")) else where
    fields = {"CallSid": call_id, "From": number, "To": settings.SMS_FROM, "StirVerstat": ATTESTED, "Digits": keys}
    answer = brought(where, {name: value for name, value in fields.items() if value})
    context = {
        "name": owner.name,
        "number": number,
        "language": owner.language,
        "call": call_id,
        "heard": heard_in(answer) if answer else None,
        "keys": KEYS,
        "pressed": keys,
    }
    return render(request, "demo/call.html", context)


def heard_in(twiml: str) -> Heard:
    """Read what a gateway would say and wait for.

    >>> heard_in('<Response><Gather action="/calls?press=1" numDigits="1"><Say>Hello.</Say></Gather></Response>')
    Heard(sentences=('Hello.',), action='/calls?press=1', most_keys=1)
    """
    root = ElementTree.fromstring(twiml)
    gather = root.find("Gather")
    said = root if gather is None else gather
    sentences = tuple(say.text or "" for say in said.findall("Say"))
    if gather is None:
        return Heard(sentences)
    return Heard(sentences, gather.get("action", ""), int(gather.get("numDigits", "1")))
