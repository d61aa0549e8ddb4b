"""Which of a provider's sites needs it first? Answers come before arrivals, and arrivals before quiet sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daybreak.care.terms import SiteDay
from daybreak.network.terms import SiteCard


@dataclass(frozen=True)
class SiteLine:
    """One site in the list: what it owes an answer for, whom it expects today, and the day its page opens on."""

    card: SiteCard
    day: date
    to_answer: int
    children: int

    @property
    def is_busy(self) -> bool:
        """Whether anything at this site needs somebody today."""
        return bool(self.to_answer or self.children)


def lines_of(cards: Iterable[SiteCard], days: Iterable[SiteDay], *, at: datetime) -> list[SiteLine]:
    """Sites in the order they need somebody, each with today's counts and all the answers it owes.

    A day belongs to its site's time zone, and `days` may hold more days than are needed. A site that owes an answer
    opens on the first day it owes one for.
    """
    by_site: dict[object, list[SiteDay]] = {}
    for one in sorted(days, key=lambda one: one.day):
        by_site.setdefault(one.site_id, []).append(one)
    lines = [_line(card, by_site.get(card.site_id, []), at.astimezone(ZoneInfo(card.zone)).date()) for card in cards]
    return sorted(lines, key=lambda line: (-line.to_answer, -line.children, line.card.name, line.card.site_id))


def _line(card: SiteCard, days: list[SiteDay], today: date) -> SiteLine:
    ahead = [one for one in days if one.day >= today]
    owed = [one for one in ahead if one.to_answer]
    return SiteLine(
        card=card,
        day=owed[0].day if owed else today,
        to_answer=sum(one.to_answer for one in owed),
        children=sum(one.children for one in ahead if one.day == today),
    )
