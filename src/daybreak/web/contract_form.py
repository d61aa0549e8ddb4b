"""What does the form of a contract say? Fields as they are typed, what is wrong with each, and what they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext

from daybreak.kernel.spans import parse_clock
from daybreak.network.contracts.contract_file import LONGEST, MOST_DAYS, MOST_RATE, MOST_SHARE, MOST_SPOTS
from daybreak.network.contracts.terms import NewContract
from daybreak.network.terms import SiteCard

FIELDS = ("number", "from", "until", "share", "released", "days_before", "rate", "pays_within")
START: Mapping[str, str] = {"share": "0", "released": "06:30", "days_before": "0"}


@dataclass(frozen=True)
class RoomLine:
    """One room of the place and how many spots are typed for it."""

    room_id: UUID
    name: str
    most: int
    value: str
    wrong: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"spots-{self.room_id}"


@dataclass
class ContractForm:
    """The form of one contract with one place."""

    card: SiteCard
    typed: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def rooms(self) -> tuple[RoomLine, ...]:
        """The rooms of the place, each with its number."""
        return tuple(
            RoomLine(room.room_id, room.name, room.licensed_spots, self.typed.get(name, ""), self.wrong.get(name, ""))
            for room in self.card.rooms
            if (name := f"spots-{room.room_id}")
        )

    def contract(self, employer_id: UUID) -> NewContract | None:
        """The contract that the form makes; None, with what is wrong at each field, where it makes none."""
        number = self.typed["number"].strip()
        if not number or len(number) > LONGEST or not number.isprintable():
            self.wrong["number"] = gettext("Give it a name of at most %(most)d letters.") % {"most": LONGEST}
        from_day, until_day = self._day("from", needed=True), self._day("until", needed=False)
        spots = {room.room_id: self._whole(room.field, MOST_SPOTS) for room in self.rooms}
        new = NewContract(
            contract_id=uuid4(),
            site_id=self.card.site_id,
            employer_id=employer_id,
            number=number,
            from_day=from_day or date.min,
            until_day=until_day,
            spots={room_id: count for room_id, count in spots.items() if count},
            share=self._whole("share", MOST_SHARE) or 0,
            released_clock=self._clock("released"),
            released_days_before=self._whole("days_before", MOST_DAYS) or 0,
            rate_cents=self._cents("rate"),
            pays_within_days=self._whole("pays_within", MOST_DAYS),
        )
        return None if self.wrong else new

    def _day(self, name: str, *, needed: bool) -> date | None:
        text = self.typed[name].strip()
        if not text and not needed:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong[name] = gettext("That is not a day. Write it like 2026-01-31.")
            return None

    def _clock(self, name: str) -> time:
        try:
            return parse_clock(self.typed[name].strip()[:5])
        except ValueError:
            self.wrong[name] = gettext("That is not a time. Write it like 07:00 or 19:30.")
            return time()

    def _whole(self, name: str, most: int) -> int | None:
        text = self.typed.get(name, "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= most):
            self.wrong[name] = gettext("Write a whole number from 0 to %(most)d.") % {"most": most}
            return None
        return int(text)

    def _cents(self, name: str) -> int | None:
        text = self.typed[name].strip().lstrip("$").replace(",", ".")
        if not text:
            return None
        try:
            amount = Decimal(text)
            if amount.is_finite() and 0 <= amount <= MOST_RATE and amount == round(amount, 2):
                return int(amount * 100)
        except InvalidOperation:
            pass
        self.wrong[name] = gettext("Write dollars like 95 or 95.50.")
        return None


def blank(card: SiteCard, today: date) -> ContractForm:
    """The form before anything was typed."""
    return ContractForm(card, {**dict.fromkeys(FIELDS, ""), **START, "from": today.isoformat()})


def typed(card: SiteCard, said: QueryDict) -> ContractForm:
    """The form as it was sent."""
    names = (*FIELDS, *(f"spots-{room.room_id}" for room in card.rooms))
    return ContractForm(card, {name: (said.get(name) or "")[:200] for name in names})
