"""Send a parent the blocks of a request by mail, to take into a calendar on another machine."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.care.models import CareRequest
from daybreak.notices.actions import post
from daybreak.notices.terms import Channel


@transaction.atomic
def mail_blocks(*, request_id: UUID, file: bytes, actor: UUID, at: datetime) -> int:
    """Post the calendar file to whoever asked for it; returns 0 where no mail reaches them.

    Two taps within a minute are one mail.
    """
    request = CareRequest.objects.get(pk=request_id)
    facts = {"day": request.day.isoformat(), "link": f"/requests/{request.pk}", "calendar": file.decode()}
    key = f"{at:%Y-%m-%dT%H:%M}"
    return post(code="calendar-block", to=actor, facts=facts, about=request.pk, at=at, key=key, only=Channel.MAIL)
