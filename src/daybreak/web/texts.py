"""A text message comes in, in Twilio's form. A call without the gateway's signature, or from a number nobody knows,
learns nothing."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from daybreak.accounts.pace import Limit
from daybreak.care.texts.actions.talk import take_text
from daybreak.notices.signatures import is_signed
from daybreak.people.roster.actions.arrivals import arrive
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.failures import TooManyTries
from daybreak.web.pacing import TEXT, knock_at

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""The answer to every text: what is said to a person goes by the outbox, and nobody learns who has a number here."""


@csrf_exempt
@for_anybody(Purpose.SEND_TEXT)
@require_POST
def inbound(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take one text of whoever sent it."""
    if not is_from_gateway(request):
        return HttpResponseForbidden("This call does not carry the signature of the text gateway.")
    sender, message_id = request.POST.get("From", ""), request.POST.get("MessageSid", "")
    person_id = arrive(phone=sender, at=visit.at) if sender and message_id else None
    if person_id is not None and may_knock_as(sender, "text", TEXT, at=visit.at):
        take_text(person_id=person_id, body=request.POST.get("Body", ""), message_id=message_id, at=visit.at)
    return HttpResponse(NOTHING_TO_SAY, content_type="text/xml")


def is_from_gateway(request: HttpRequest) -> bool:
    """Say whether a call of the gateway, for a text or a phone call, carries its signature."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    address = f"{settings.ADDRESS.rstrip('/')}{request.get_full_path()}"
    return is_signed(settings.SMS_TOKEN, address, fields, request.headers.get("X-Twilio-Signature", ""))


def may_knock_as(sender: str, purpose: str, limit: Limit, *, at: datetime) -> bool:
    """Count a text or key press of this phone, and say whether there were not too many."""
    try:
        knock_at(sender, purpose, limit, at=at)
    except TooManyTries:
        return False
    return True
