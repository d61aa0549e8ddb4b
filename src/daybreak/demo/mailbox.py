"""A post office for the demo: mail goes into a table that everybody may look at, and to nobody real."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daybreak.demo.models import Letter
from daybreak.demo.phone import REFRESH, ZONE, now, owner_of

SHOWN = 30
"""Letters on the page, newest first."""


class Mailbox(BaseEmailBackend):
    """The mail backend of the demo; a letter sent again under the same Message-ID is one letter."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            message_id = message.extra_headers.get("Message-ID") or f"<{uuid4()}@demo>"
            for to in message.recipients():
                Letter.objects.get_or_create(
                    message_id=message_id,
                    defaults={
                        "to": to,
                        "sender": message.from_email,
                        "subject": str(message.subject)[:200],
                        "body": str(message.body),
                        "at": now(),
                    },
                )
        return len(email_messages)


def _shown(row: Letter) -> dict[str, object]:
    owner = owner_of(email=row.to)
    return {
        "to": row.to,
        "subject": row.subject,
        "body": row.body,
        "language": owner.language if owner else "en",
        "at": row.at.astimezone(ZONE),
    }


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """What the mailboxes have received, newest first."""
    letters = [_shown(row) for row in Letter.objects.order_by("-at", "message_id")[:SHOWN]]
    is_still = "still" in request.GET
    answer = render(request, "demo/mail.html", {"letters": letters, "is_still": is_still})
    if not is_still:
        answer["Refresh"] = str(REFRESH)
    return answer
