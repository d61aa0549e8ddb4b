"""A phone company for the demo: it takes text messages in Twilio's form, and everybody may look at the phones.

It answers as Twilio answers, so that the own transport of the product is what is shown. Unlike Twilio it knows a
message that is sent again by its Idempotency-Key and delivers it once.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import groupby
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.terms import Account
from daybreak.demo.models import PhoneMessage
from daybreak.demo.people import people
from daybreak.notices.signatures import signature

ZONE = ZoneInfo("America/New_York")
"""The demo's town; its phones show its time."""
SHOWN = 8
"""Messages on a phone's screen; older ones have scrolled away."""
MOST_LETTERS = 160
"""Letters of one text message."""
QUICK = {
    ("provider", "en"): ("TODAY", "YES", "NO", "IN", "OUT", "ILL", "SPOTS", "HELP"),
    ("provider", "es"): ("HOY", "SI", "NO", "LLEGARON", "SALIERON", "ENFERMA", "CUPOS", "AYUDA"),
    ("parent", "en"): ("CARE", "1", "2", "3", "OK", "STATUS", "LATE 20", "NO", "YES", "HELP"),
    ("parent", "es"): ("CUIDADO", "1", "2", "3", "OK", "ESTADO", "TARDE 20", "NO", "SI", "AYUDA"),
}
"""Texts that one tap sends, by who texts and in which language."""
REFRESH = 3
"""Seconds between two looks at the phones. A header asks for it, so that no script is needed."""

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_PROBLEMS = {
    20003: (401, "Authenticate"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
}


@dataclass(frozen=True)
class Bubble:
    """One message as a phone shows it."""

    text: str
    at: datetime
    mine: bool = False


@dataclass(frozen=True)
class Phone:
    """One person's phone, newest message last."""

    number: str
    name: str
    language: str
    messages: tuple[Bubble, ...]


@csrf_exempt
@require_POST
def take_message(request: HttpRequest, account: str) -> JsonResponse:
    """Take one message, or say with Twilio's code why not."""
    if not _is_known(request, account):
        return _problem(20003)
    to, sender, body = (request.POST.get(name, "").strip() for name in ("To", "From", "Body"))
    if not _NUMBER.fullmatch(to):
        return _problem(21211)
    if not sender:
        return _problem(21603)
    if not body:
        return _problem(21602)
    message, _ = PhoneMessage.objects.get_or_create(
        key=request.headers.get("Idempotency-Key", "")[:64] or str(uuid4()),
        defaults={"id": uuid4(), "to": to, "sender": sender, "body": body, "at": now()},
    )
    return JsonResponse(_as_twilio(message, account), status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """One phone of the demo's people, from which a text can be sent to Daybreak as its owner would."""
    owner = owner_of(phone=number)
    if owner is None:
        raise Http404
    if request.method == "POST":
        body = request.POST.get("say", "").strip()[:MOST_LETTERS]
        failed = bool(body) and not send_text(number, body)
        return redirect(f"{reverse('demo:phone', args=[number])}?{'failed' if failed else 'sent'}")
    shown = next((one for one in ringing() if one.number == number), Phone(number, owner.name, owner.language, ()))
    kind = next((person.kind for person in people() if person.phone == number), "parent")
    words = QUICK[kind, owner.language]
    answer = render(request, "demo/one_phone.html", {"phone": shown, "words": words, "failed": "failed" in request.GET})
    if "sent" in request.GET:
        # The answer comes by the worker, a moment later. Looking once is enough, and typing is not disturbed for long.
        answer["Refresh"] = f"{REFRESH}; url={reverse('demo:phone', args=[number])}"
    return answer


def send_text(sender: str, body: str) -> bool:
    """Keep what a phone says, and bring it to Daybreak's door signed, as a text gateway does."""
    message = PhoneMessage.objects.create(
        id=uuid4(), key=str(uuid4()), to=settings.SMS_FROM, sender=sender, body=body, at=now()
    )
    fields = {"MessageSid": f"SM{message.id.hex}", "From": sender, "To": settings.SMS_FROM, "Body": body}
    return brought(reverse("texts"), fields) is not None


def brought(path: str, fields: dict[str, str]) -> str | None:
    """Call one of Daybreak's doors as a gateway does, signed; returns what it answers, or None."""
    address = f"{settings.ADDRESS.rstrip('/')}{path}"
    signed = {"X-Twilio-Signature": signature(settings.SMS_TOKEN, address, fields.items())}
    try:
        answer = httpx.post(address, data=fields, headers=signed, timeout=20)
    except httpx.HTTPError:
        return None
    return answer.text if answer.is_success else None


@require_safe
def phones(request: HttpRequest) -> HttpResponse:
    """Every phone that has received something, the one that rang last first."""
    is_still = "still" in request.GET
    senders = [person for person in people() if person.phone]
    answer = render(request, "demo/phones.html", {"phones": ringing(), "is_still": is_still, "senders": senders})
    if not is_still:
        answer["Refresh"] = str(REFRESH)
    return answer


def ringing() -> list[Phone]:
    """The phones with their last messages, the one that rang last first."""
    ours = settings.SMS_FROM
    rows = sorted(PhoneMessage.objects.all(), key=lambda row: (_owner(row, ours), row.at, row.id))
    found = []
    for number, messages in groupby(rows, key=lambda row: _owner(row, ours)):
        exchanged = list(messages)
        bubbles = tuple(Bubble(row.body, row.at.astimezone(ZONE), row.to == ours) for row in exchanged)
        owner = owner_of(phone=number)
        name, language = (owner.name, owner.language) if owner else ("", "en")
        last = exchanged[-1]
        found.append((last.at, last.id, Phone(number, name, language, bubbles[-SHOWN:])))
    return [phone for _, _, phone in sorted(found, key=lambda one: one[:2], reverse=True)]


def _owner(row: PhoneMessage, ours: str) -> str:
    """Whose phone a message is on: that of whoever is not Daybreak."""
    return row.sender if row.to == ours else row.to


def now() -> datetime:
    """The demo's moment: the machine's, moved by CLOCK_AHEAD as everywhere else."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_AHEAD)


def owner_of(*, phone: str = "", email: str = "") -> Account | None:
    """Whose phone or mailbox it is, so that its messages are read aloud in their language."""
    person = person_at(phone=phone, email=email)
    return account_of(person) if person else None


def _is_known(request: HttpRequest, account: str) -> bool:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        name, _, token = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    wanted = f"{settings.SMS_ACCOUNT}:{settings.SMS_TOKEN}"
    return (
        scheme.lower() == "basic"
        and bool(settings.SMS_ACCOUNT)
        and name == account
        and constant_time_compare(f"{name}:{token}", wanted)
    )


def _problem(code: int) -> JsonResponse:
    status, message = _PROBLEMS[code]
    return JsonResponse({"code": code, "message": message, "status": status}, status=status)


def _as_twilio(message: PhoneMessage, account: str) -> dict[str, object]:
    sid = f"SM{message.id.hex}"
    return {
        "sid": sid,
        "account_sid": account,
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "status": "queued",
        "direction": "outbound-api",
        "num_segments": str(1 + (len(message.body) - 1) // 153),
        "date_created": format_datetime(message.at),
        "error_code": None,
        "error_message": None,
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{sid}.json",
    }
