"""Do what a provider's text or key press asks for: answer families, say who came, offer spots, say who is ill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.attend import mark_attended, mark_fetched
from daybreak.care.states import BookingState
from daybreak.care.texts import conversation, providers
from daybreak.care.texts.queries import standing_of
from daybreak.care.texts.terms import Act, Deed, Standing, Turn
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.network.staff.actions import restaff_around, say_gone
from daybreak.network.staff.terms import TooMany
from daybreak.network.terms import SiteCard
from daybreak.network.today.actions import set_open
from daybreak.notices.facts import as_fact


@dataclass(frozen=True)
class Provider:
    """Who texts, for which sites they speak, and how their day stands."""

    who: UUID
    cards: Sequence[SiteCard]
    side: Standing
    at: datetime

    def do_alone(self, deed: Deed, key: str) -> Turn:  # noqa: ARG002 — ending a booking twice is ending it once
        """Say no to a family, whether its place is kept for an answer or confirmed."""
        states = {family.booking_id: family.state for family in self.side.families}
        if deed.about is None or deed.about not in states:
            return self.after(deed, No((Reason("too-late-for-that"),)))
        end = decline_booking if states[deed.about] is BookingState.HELD else withdraw_booking
        decision = end(booking_id=deed.about, actor=self.who, at=self.at, because=deed.because)
        if deed.because is None or isinstance(decision, No):
            return self.after(deed, decision)
        with transaction.atomic():
            still = [one for card in self.cards for one in restaff_around(card.site_id, self.side.day)]
        return self.after(deed, decision, still)

    def do(self, deed: Deed) -> Turn:
        """Do anything else, inside the caller's transaction."""
        if deed.about is None:
            return self.after(deed, No((Reason("not-allowed"),)))
        if deed.act is Act.OFFER:
            return self.after(deed, self._offer(deed.about, deed.number or 0))
        if deed.act is Act.GONE:
            return self._gone(deed, deed.about)
        if deed.about not in {family.booking_id for family in self.side.families}:
            # Asked about a while ago, and gone from the day since.
            return self.after(deed, No((Reason("too-late-for-that"),)))
        act = {Act.ACCEPT: confirm_booking, Act.ATTEND: mark_attended, Act.FETCH: mark_fetched}[deed.act]
        return self.after(deed, act(booking_id=deed.about, actor=self.who, at=self.at))

    def after(self, deed: Deed, decision: Decision, too_many: Sequence[TooMany] = ()) -> Turn:
        """What to say and ask once a deed is done, with the day as it stands now."""
        if isinstance(decision, No):
            return Turn(say=providers.say("text-refused", self.side, why=as_fact(decision.reasons[0])))
        now = standing_of(self.cards, at=self.at)
        if not too_many:
            return Turn(say=conversation.done(deed, now, self.side))
        worst = max(too_many, key=lambda one: one.over)
        booking_ids = dict.fromkeys(booking for one in too_many for booking in one.booking_ids)
        return providers.after_gone(now, worst.over, list(booking_ids), worst.reason)

    def _offer(self, room_id: UUID, spots: int) -> Decision:
        site = next((room.site_id for room in self.side.rooms if room.room_id == room_id), None)
        if site is None:
            return No((Reason("unknown-room"),))
        return set_open(site_id=site, room_id=room_id, open_spots=spots, at=self.at, actor=self.who)

    def _gone(self, deed: Deed, staffer_id: UUID) -> Turn:
        site = next((one.site_id for one in self.side.educators if one.staffer_id == staffer_id), None)
        if site is None:
            return self.after(deed, No((Reason("not-on-duty", {"day": self.side.day.isoformat()}),)))
        said = say_gone(site_id=site, day=self.side.day, staffer_id=staffer_id, at=self.at, actor=self.who)
        return self.after(deed, Yes() if said else No(said.reasons), said.too_many)
