"""Who is invited to which interview, and how many answered?"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from daybreak.tickets import models
from daybreak.tickets.terms import Invitation, Occasion, Response, WaveCard, Window

FEWEST = 20
"""Below so many people a rate would tell on somebody: who was asked is known to whoever asks."""


def invitations_of(person_id: UUID) -> list[Invitation]:
    """Everything a person is or was invited to, the newest first."""
    rows = models.Invited.objects.filter(person=person_id).select_related("wave").order_by("-opens_on", "wave__name")
    return [_invitation(row) for row in rows]


def open_interviews_of(person_id: UUID, day: date) -> int:
    """How many interviews somebody may take a ticket for on this day and has not."""
    rows = models.Invited.objects.filter(person=person_id, opens_on__lte=day, closes_on__gt=day, stamped_digest="")
    return rows.count()


def invitation_to(wave: str, person_id: UUID) -> Invitation | None:
    """A person's invitation to the wave of this name."""
    row = models.Invited.objects.filter(wave__name=wave, person=person_id).select_related("wave").first()
    return _invitation(row) if row else None


def waves_of(employer_ids: Iterable[UUID]) -> list[WaveCard]:
    """Every wave of these employers, the newest quarter first."""
    return [_card(row) for row in models.Wave.objects.filter(employer_id__in=list(employer_ids)).order_by(*_NEWEST)]


def published_key(wave: str) -> dict[str, str] | None:
    """What the trustee is handed of a wave: the key by which its tickets are verified. It is no secret."""
    row = models.Wave.objects.filter(name=wave).first()
    if row is None:
        return None
    return {
        "name": row.name,
        "occasion": row.occasion,
        "quarter": row.quarter,
        "until": row.closes_on.isoformat(),
        "public_key": row.public_key,
    }


def wave_named(name: str) -> WaveCard | None:
    """One wave by its name."""
    row = models.Wave.objects.filter(name=name).first()
    return _card(row) if row else None


def responses_of(employer_ids: Iterable[UUID], *, day: date) -> list[Response]:
    """How many were invited, took a ticket and answered, wave by wave; nothing before a wave is over or about few."""
    rows = (
        models.Wave.objects.filter(employer_id__in=list(employer_ids))
        .annotate(invited=Count("invitations"), issued=Count("invitations", filter=~Q(invitations__stamped_digest="")))
        .order_by(*_NEWEST)
    )
    return [_response(row, row.invited, row.issued, day) for row in rows]


_NEWEST = ("-quarter", "occasion")


def _response(row: models.Wave, invited: int, issued: int, day: date) -> Response:
    is_over = day >= row.closes_on
    told = is_over and issued >= FEWEST
    return Response(
        wave=_card(row),
        is_over=is_over,
        invited=invited if told else None,
        issued=issued if told else None,
        answered=row.answered if told else None,
    )


def _card(row: models.Wave) -> WaveCard:
    return WaveCard(row.id, row.employer_id, row.name, Occasion(row.occasion), row.quarter, row.closes_on)


def _invitation(row: models.Invited) -> Invitation:
    return Invitation(_card(row.wave), Window(row.opens_on, row.closes_on), bool(row.stamped_digest))
