"""How often may somebody knock? Often enough for a tired parent, too seldom for a program that guesses."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
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
CODE_AT = Limit(burst=10, per_hour=1)
"""Codes typed for one address: at most 34 guesses a day at one in a million. Its links work all the same."""
SECOND_STEP_BY = Limit(burst=6, per_hour=6)
INVITE_BY = Limit(burst=5, per_hour=2)
"""Invitations by one parent: each sends a message to an address of their choice."""
TEXT = Limit(burst=20, per_hour=120)
"""From one phone: a busy morning, and no more than that."""
WORK_OUT = Limit(burst=240, per_hour=2400)
"""Business cases from one network address: an analyst tries many figures, and each takes a tenth of a second."""
FEED = Limit(burst=20, per_hour=60)
"""Addresses of calendar feeds that lead nowhere, from one network address."""
COPY = Limit(burst=5, per_hour=10)
"""Copies of one's data, by one person."""
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
    return network_of(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "") or "unknown")


def network_of(address: str) -> str:
    """Whose address it is, without the port some proxies add. An IPv6 customer owns the whole second half.

    >>> network_of("192.0.2.7:41234"), network_of("2001:db8::aa:1"), network_of("[2001:db8::bb:2]:443")
    ('192.0.2.7', '2001:db8::/64', '2001:db8::/64')
    """
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return str(found)
