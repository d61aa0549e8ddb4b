"""Do what a parent's text or key press asks for: ask for care, give it up, tell the home that they come later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybreak.accounts.terms import Account
from daybreak.care.actions.ask import Asked, ask_for_care
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.actions.late import say_late
from daybreak.care.terms import Ask
from daybreak.care.texts import conversation, families
from daybreak.care.texts.queries import family_standing_of
from daybreak.care.texts.terms import Act, Deed, Draft, FamilyStanding, Turn
from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.notices.facts import as_fact


@dataclass(frozen=True)
class Family:
    """Which parent texts, and how the family's day stands."""

    account: Account
    side: FamilyStanding
    at: datetime

    def do_alone(self, deed: Deed, key: str) -> Turn:
        """Ask for care, which looks for a place at once; the same message twice is one request."""
        draft = deed.draft or Draft()
        answer = self._ask(draft, key)
        if isinstance(answer, No):
            return families.refused(answer.reasons[0], draft, self.side)
        now = family_standing_of(self.account, self.side.household_id, at=self.at) or self.side
        return Turn(say=conversation.done(deed, now, self.side), is_told=answer.is_new)

    def _ask(self, draft: Draft, key: str) -> Asked | No:
        if draft.day is None or draft.starts is None or draft.ends is None or draft.decide_by_at is None:
            return No((Reason("not-allowed"),))
        ask = Ask(
            household_id=self.side.household_id,
            child_ids=draft.children,
            day=draft.day,
            starts=draft.starts,
            ends=draft.ends,
            decide_by_at=draft.decide_by_at,
            mildly_ill=draft.children if draft.ill else (),
        )
        return ask_for_care(ask=ask, key=key[:100], actor=self.account.person_id, at=self.at)

    def do(self, deed: Deed) -> Turn:
        """Do anything else, inside the caller's transaction."""
        return self.after(deed, self._decide(deed))

    def _decide(self, deed: Deed) -> Decision:
        who = self.account.person_id
        if deed.act is Act.GIVE_UP and deed.about in {wish.request_id for wish in self.side.wishes}:
            return cancel_request(request_id=_id(deed), actor=who, at=self.at)
        if deed.act is Act.SAY_LATE and deed.about in {wish.booking_id for wish in self.side.wishes}:
            return say_late(booking_id=_id(deed), minutes=deed.number or 0, actor=who, at=self.at)
        # Asked about a while ago, and over since.
        return No((Reason("too-late-for-that"),))

    def after(self, deed: Deed, decision: Decision) -> Turn:
        """What to say once a deed is done, with the day as it stands now."""
        if isinstance(decision, No):
            return Turn(say=families.say("text-refused", self.side, why=as_fact(decision.reasons[0])))
        now = family_standing_of(self.account, self.side.household_id, at=self.at) or self.side
        return Turn(say=conversation.done(deed, now, self.side), is_told=deed.act is Act.GIVE_UP)


def _id(deed: Deed) -> UUID:
    if deed.about is None:
        raise ValueError("This deed is about one thing.")
    return deed.about
