"""How often may somebody knock? Often enough for a tired parent, too seldom for a program that guesses."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from daybreak.accounts.actions import may_knock
from daybreak.accounts.pace import Limit
from daybreak.vault.queries import fingerprint
from daybreak.web.failures import TooManyTries

SIGN_IN_FROM = Limit(burst=20, per_hour=60)
"""From one network address: a hospital's staff shares one."""
SIGN_IN_AT = Limit(burst=4, per_hour=12)
"""To one e-mail address or phone, known or not, so that nobody's phone is flooded."""
FOLLOW_LINK = Limit(burst=20, per_hour=120)
ASK = Limit(burst=12, per_hour=60)
"""By one person."""


def knock_from(request: HttpRequest, purpose: str, limit: Limit, *, at: datetime) -> None:
    """Count a try from this network address. Raises TooManyTries."""
    _knock(f"{purpose} from {fingerprint(_network_address(request), column='network-address')}", limit, at)


def knock_at(address: str, purpose: str, limit: Limit, *, at: datetime) -> None:
    """Count a try at this e-mail address or phone; kept as a fingerprint only. Raises TooManyTries."""
    _knock(f"{purpose} at {fingerprint(address, column='knocked-at')}", limit, at)


def knock_by(person_id: UUID, purpose: str, limit: Limit, *, at: datetime) -> None:
    """Count a try by this person. Raises TooManyTries."""
    _knock(f"{purpose} by {person_id}", limit, at)


def _knock(bucket: str, limit: Limit, at: datetime) -> None:
    if not may_knock(bucket, limit, at=at):
        raise TooManyTries(limit)


def _network_address(request: HttpRequest) -> str:
    # Production stands behind one proxy, whose scheme header its settings demand; the last entry is the one it added.
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.MODE == "production" else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "") or "unknown"
