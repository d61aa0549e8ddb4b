"""Who may see what, and for which purpose? One table; every page and button asks it, and no other place decides.

Three words make a line: a role, what it must be held for, and a purpose. `TABLE` names whom each purpose is open to,
`ROLES` says which roles that is and of what. Missing and forbidden look the same to whoever asks: not found. There is
no manager here. A clerk sees a named person only to settle one thing, and the door writes down each look with its
purpose; an HR reader never does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daybreak.accounts.terms import FAMILY_KINDS, PROVIDER_KINDS, Account, RoleKind
from daybreak.care.states import CAME, BookingState
from daybreak.care.terms import BookingView


class Purpose(StrEnum):
    """What somebody wants to do."""

    COME_IN = "come-in"
    CHOOSE_LANGUAGE = "choose-language"
    JOIN = "join"
    LEAVE = "leave"
    CHECK_HEALTH = "check-health"
    SEE_DESIGN = "see-design"
    READ_LAW = "read-law"
    SEND_TEXT = "send-text"
    CALL = "call"
    SEE_CASE = "see-case"
    CHOOSE_HAT = "choose-hat"
    PASS_SECOND_STEP = "pass-second-step"
    KEEP_ACCOUNT = "keep-account"
    KEEP_TOKENS = "keep-tokens"
    SEE_TOKEN = "see-token"
    ANSWER_INVITATION = "answer-invitation"
    SEE_FAMILY = "see-family"
    SHARE_FAMILY = "share-family"
    ASK_FOR_CARE = "ask-for-care"
    SEE_MONEY = "see-money"
    DO_PAYROLL = "do-payroll"
    SEE_REQUEST = "see-request"
    CANCEL_REQUEST = "cancel-request"
    SEE_PLACE = "see-place"
    SEE_PLACES = "see-places"
    KEEP_STANDING = "keep-standing-requests"
    REHEARSE = "rehearse"
    SAY_CLOSURE = "say-closure"
    SEE_SITES = "see-sites"
    SEE_SITE_DAY = "see-site-day"
    OFFER_SPOTS = "offer-spots"
    SET_HOURS = "set-hours"
    CHOOSE_ANSWER = "choose-answer"
    ANSWER_BOOKING = "answer-booking"
    WITHDRAW_BOOKING = "withdraw-booking"
    MARK_ATTENDANCE = "mark-attendance"
    SAY_STAFF_GONE = "say-staff-gone"
    SEE_EARNED = "see-earned"
    SET_WEEK = "set-week"
    DESCRIBE_SITE = "describe-site"
    CHANGE_FAMILY = "change-family"
    CHANGE_CHILD = "change-child"
    SET_CONTACT = "set-contact"
    FOLLOW_CALENDAR = "follow-calendar"
    READ_FEED = "read-feed"
    COPY_OWN_DATA = "copy-own-data"
    ERASE_OWN_DATA = "erase-own-data"
    SEE_NEWCOMERS = "see-newcomers"
    SETTLE_NEWCOMER = "settle-newcomer"
    SEE_CONTRACTS = "see-contracts"
    ADD_CONTRACT = "add-contract"
    END_CONTRACT = "end-contract"
    TAKE_TICKET = "take-ticket"
    SEE_RESPONSE = "see-response"


class Who(StrEnum):
    """Whom a purpose is open to."""

    ANYBODY = "anybody"
    TESTER = "anybody, in the demo and in tests only"
    SIGNED_IN = "whoever is signed in, about themselves"
    ANY_PARENT = "a parent, co-parent or guardian, for their own household"
    FAMILY = "a parent, co-parent or guardian of the household it is about"
    HOST = "the parent whose employer brought the household here"
    ANY_PROVIDER = "a provider or caregiver, for their own sites"
    PROVIDER = "the provider whose site it is, or its caregiver"
    DIRECTOR = "the provider whose site it is"
    ANY_CLERK = "a benefits clerk, for their own employer, in counts and without names"
    CLERK = "the benefits clerk of the employer it is about, without names"
    CLERK_FOR_ONE = "the benefits clerk of one named person's employer, to settle one thing; each look is written down"
    HR_READER = "an HR reader, of what their own employer was released"
    TRUSTEE = "a trustee"
    OPERATOR = "the operator of this Daybreak"


class Of(StrEnum):
    """What a role must be held for."""

    ITSELF = "anything"
    HOUSEHOLD = "the household"
    PROVIDER = "the provider"
    EMPLOYER = "the employer"


@dataclass(frozen=True)
class Held:
    """Which roles, held for what."""

    kinds: frozenset[RoleKind]
    of: Of = Of.ITSELF


ROLES: Mapping[Who, Held] = {
    Who.ANY_PARENT: Held(FAMILY_KINDS),
    Who.FAMILY: Held(FAMILY_KINDS, Of.HOUSEHOLD),
    Who.HOST: Held(frozenset({RoleKind.PARENT})),
    Who.ANY_PROVIDER: Held(PROVIDER_KINDS),
    Who.PROVIDER: Held(PROVIDER_KINDS, Of.PROVIDER),
    Who.DIRECTOR: Held(frozenset({RoleKind.PROVIDER}), Of.PROVIDER),
    Who.ANY_CLERK: Held(frozenset({RoleKind.CLERK})),
    Who.CLERK: Held(frozenset({RoleKind.CLERK}), Of.EMPLOYER),
    Who.CLERK_FOR_ONE: Held(frozenset({RoleKind.CLERK}), Of.EMPLOYER),
    Who.HR_READER: Held(frozenset({RoleKind.HR_READER})),
    Who.TRUSTEE: Held(frozenset({RoleKind.TRUSTEE})),
    Who.OPERATOR: Held(frozenset({RoleKind.OPERATOR})),
}
"""Which roles those are. What is open to anybody, or to whoever is signed in, asks for no role and has no line."""


@dataclass(frozen=True)
class Thing:
    """Whose is it? A request is a household's, a site a provider's, a booking both's, a contract an employer's too."""

    household_id: UUID | None = None
    provider_id: UUID | None = None
    employer_id: UUID | None = None

    def owner(self, of: Of) -> UUID | None:
        """The id for which a role must be held."""
        owners = {Of.HOUSEHOLD: self.household_id, Of.PROVIDER: self.provider_id, Of.EMPLOYER: self.employer_id}
        return owners.get(of)


NOTHING = Thing()

TABLE: Mapping[Purpose, Who] = {
    Purpose.COME_IN: Who.ANYBODY,
    Purpose.CHOOSE_LANGUAGE: Who.ANYBODY,
    Purpose.JOIN: Who.ANYBODY,
    Purpose.LEAVE: Who.ANYBODY,
    Purpose.CHECK_HEALTH: Who.ANYBODY,
    Purpose.SEE_DESIGN: Who.TESTER,
    Purpose.READ_LAW: Who.ANYBODY,
    Purpose.SEND_TEXT: Who.ANYBODY,
    Purpose.CALL: Who.ANYBODY,
    Purpose.SEE_CASE: Who.ANYBODY,
    Purpose.CHOOSE_HAT: Who.SIGNED_IN,
    Purpose.PASS_SECOND_STEP: Who.SIGNED_IN,
    Purpose.KEEP_ACCOUNT: Who.SIGNED_IN,
    Purpose.KEEP_TOKENS: Who.SIGNED_IN,
    Purpose.SEE_TOKEN: Who.SIGNED_IN,
    Purpose.ANSWER_INVITATION: Who.SIGNED_IN,
    Purpose.SEE_FAMILY: Who.ANY_PARENT,
    Purpose.SHARE_FAMILY: Who.HOST,
    Purpose.ASK_FOR_CARE: Who.ANY_PARENT,
    Purpose.SEE_MONEY: Who.HOST,
    Purpose.DO_PAYROLL: Who.ANY_CLERK,
    Purpose.SEE_REQUEST: Who.FAMILY,
    Purpose.CANCEL_REQUEST: Who.FAMILY,
    Purpose.SEE_PLACE: Who.ANY_PARENT,
    Purpose.SEE_PLACES: Who.ANY_PARENT,
    Purpose.KEEP_STANDING: Who.ANY_PARENT,
    Purpose.REHEARSE: Who.ANY_PARENT,
    Purpose.SAY_CLOSURE: Who.ANY_CLERK,
    Purpose.SEE_SITES: Who.ANY_PROVIDER,
    Purpose.SEE_SITE_DAY: Who.PROVIDER,
    Purpose.OFFER_SPOTS: Who.PROVIDER,
    Purpose.SET_HOURS: Who.PROVIDER,
    Purpose.CHOOSE_ANSWER: Who.PROVIDER,
    Purpose.ANSWER_BOOKING: Who.PROVIDER,
    Purpose.WITHDRAW_BOOKING: Who.PROVIDER,
    Purpose.MARK_ATTENDANCE: Who.PROVIDER,
    Purpose.SAY_STAFF_GONE: Who.DIRECTOR,
    Purpose.SEE_EARNED: Who.PROVIDER,
    Purpose.SET_WEEK: Who.PROVIDER,
    Purpose.DESCRIBE_SITE: Who.PROVIDER,
    Purpose.CHANGE_FAMILY: Who.ANY_PARENT,
    Purpose.CHANGE_CHILD: Who.FAMILY,
    Purpose.SET_CONTACT: Who.SIGNED_IN,
    Purpose.FOLLOW_CALENDAR: Who.SIGNED_IN,
    # The secret in the address opens a feed: calendar programs cannot sign in.
    Purpose.READ_FEED: Who.ANYBODY,
    Purpose.COPY_OWN_DATA: Who.SIGNED_IN,
    Purpose.ERASE_OWN_DATA: Who.SIGNED_IN,
    Purpose.SEE_NEWCOMERS: Who.ANY_CLERK,
    Purpose.SETTLE_NEWCOMER: Who.CLERK_FOR_ONE,
    Purpose.SEE_CONTRACTS: Who.ANY_CLERK,
    Purpose.ADD_CONTRACT: Who.ANY_CLERK,
    Purpose.END_CONTRACT: Who.CLERK,
    Purpose.TAKE_TICKET: Who.SIGNED_IN,
    Purpose.SEE_RESPONSE: Who.HR_READER,
}

PAGES: Mapping[str, Purpose] = {
    "home": Purpose.COME_IN,
    "sign-in": Purpose.COME_IN,
    "sign-in-sent": Purpose.COME_IN,
    "sign-in-code": Purpose.COME_IN,
    "sign-in-passkey": Purpose.COME_IN,
    "sign-in-link": Purpose.COME_IN,
    "join": Purpose.JOIN,
    "hats": Purpose.CHOOSE_HAT,
    "second-step": Purpose.PASS_SECOND_STEP,
    "second-step-app": Purpose.PASS_SECOND_STEP,
    "second-step-passkey": Purpose.PASS_SECOND_STEP,
    "account": Purpose.KEEP_ACCOUNT,
    "account-passkey": Purpose.KEEP_ACCOUNT,
    "account-devices": Purpose.KEEP_ACCOUNT,
    "tokens": Purpose.KEEP_TOKENS,
    "invitations": Purpose.ANSWER_INVITATION,
    "family-people": Purpose.SEE_FAMILY,
    "family-invite": Purpose.SHARE_FAMILY,
    "family-end": Purpose.SEE_FAMILY,
    "sign-out": Purpose.LEAVE,
    "language": Purpose.CHOOSE_LANGUAGE,
    "healthz": Purpose.CHECK_HEALTH,
    "design": Purpose.SEE_DESIGN,
    "law": Purpose.READ_LAW,
    "law-of": Purpose.READ_LAW,
    "texts": Purpose.SEND_TEXT,
    "calls": Purpose.CALL,
    "business-case": Purpose.SEE_CASE,
    "business-case-briefing": Purpose.SEE_CASE,
    "business-case-pdf": Purpose.SEE_CASE,
    "business-case-input": Purpose.SEE_CASE,
    "ask": Purpose.ASK_FOR_CARE,
    "money": Purpose.SEE_MONEY,
    "payroll": Purpose.DO_PAYROLL,
    "payroll-month": Purpose.DO_PAYROLL,
    "payroll-file": Purpose.DO_PAYROLL,
    "ask-hours": Purpose.ASK_FOR_CARE,
    "ask-check": Purpose.ASK_FOR_CARE,
    "request": Purpose.SEE_REQUEST,
    "request-now": Purpose.SEE_REQUEST,
    "request-cancel": Purpose.CANCEL_REQUEST,
    "place": Purpose.SEE_PLACE,
    "places": Purpose.SEE_PLACES,
    "standing": Purpose.KEEP_STANDING,
    "standing-end": Purpose.KEEP_STANDING,
    "rehearsal": Purpose.REHEARSE,
    "closures": Purpose.SAY_CLOSURE,
    "sites": Purpose.SEE_SITES,
    "site-today": Purpose.SEE_SITE_DAY,
    "site-offers": Purpose.OFFER_SPOTS,
    "site-hours": Purpose.SET_HOURS,
    "site-new-bookings": Purpose.CHOOSE_ANSWER,
    "booking-answer": Purpose.ANSWER_BOOKING,
    "booking-withdraw": Purpose.WITHDRAW_BOOKING,
    "booking-attendance": Purpose.MARK_ATTENDANCE,
    "booking-cannot-take": Purpose.WITHDRAW_BOOKING,
    "site-now": Purpose.SEE_SITE_DAY,
    "site-now-spots": Purpose.OFFER_SPOTS,
    "site-now-staff": Purpose.SAY_STAFF_GONE,
    "site-earned": Purpose.SEE_EARNED,
    "site-week": Purpose.SET_WEEK,
    "site-about": Purpose.DESCRIBE_SITE,
    "request-block": Purpose.SEE_REQUEST,
    "request-block-mail": Purpose.SEE_REQUEST,
    "family": Purpose.SEE_FAMILY,
    "family-child-new": Purpose.CHANGE_FAMILY,
    "family-child": Purpose.CHANGE_CHILD,
    "family-child-off": Purpose.CHANGE_CHILD,
    "family-emergency": Purpose.CHANGE_FAMILY,
    "family-address": Purpose.CHANGE_FAMILY,
    "family-fetchers": Purpose.CHANGE_FAMILY,
    "family-care": Purpose.CHANGE_FAMILY,
    "family-hours": Purpose.CHANGE_FAMILY,
    "contact": Purpose.SET_CONTACT,
    "calendar": Purpose.FOLLOW_CALENDAR,
    "calendar-feed": Purpose.READ_FEED,
    "my-data": Purpose.COPY_OWN_DATA,
    "my-data-copy": Purpose.COPY_OWN_DATA,
    "my-data-erase": Purpose.ERASE_OWN_DATA,
    "newcomers": Purpose.SEE_NEWCOMERS,
    "newcomer": Purpose.SETTLE_NEWCOMER,
    "contracts": Purpose.SEE_CONTRACTS,
    "contract-new": Purpose.ADD_CONTRACT,
    "contract-end": Purpose.END_CONTRACT,
    "interviews": Purpose.TAKE_TICKET,
    "interviews-responses": Purpose.SEE_RESPONSE,
    "interviews-ticket": Purpose.TAKE_TICKET,
}
"""The purpose of each page, by the name of its address."""

ROUTES: Mapping[str, Purpose] = {
    "read-token": Purpose.SEE_TOKEN,
    "read-household": Purpose.ASK_FOR_CARE,
    "list-requests": Purpose.ASK_FOR_CARE,
    "ask-for-care": Purpose.ASK_FOR_CARE,
    "read-request": Purpose.SEE_REQUEST,
    "cancel-request": Purpose.CANCEL_REQUEST,
    "read-place": Purpose.SEE_PLACE,
    "list-sites": Purpose.SEE_SITES,
    "read-site": Purpose.SEE_SITE_DAY,
    "list-bookings": Purpose.SEE_SITE_DAY,
    "read-booking": Purpose.ANSWER_BOOKING,
    "answer-booking": Purpose.ANSWER_BOOKING,
    "withdraw-booking": Purpose.WITHDRAW_BOOKING,
    "mark-attendance": Purpose.MARK_ATTENDANCE,
    "read-offers": Purpose.OFFER_SPOTS,
    "set-offers": Purpose.OFFER_SPOTS,
    "set-open-spots": Purpose.OFFER_SPOTS,
    "set-hours": Purpose.SET_HOURS,
    "set-new-bookings": Purpose.CHOOSE_ANSWER,
    "list-staff": Purpose.SAY_STAFF_GONE,
    "say-staff-gone": Purpose.SAY_STAFF_GONE,
    "list-earned": Purpose.SEE_EARNED,
    "set-week": Purpose.SET_WEEK,
    "set-reach": Purpose.DESCRIBE_SITE,
    "set-languages": Purpose.DESCRIBE_SITE,
    "set-rate": Purpose.DESCRIBE_SITE,
    "add-check": Purpose.DESCRIBE_SITE,
    "read-employer": Purpose.SEE_CONTRACTS,
    "list-contracts": Purpose.SEE_CONTRACTS,
    "add-contract": Purpose.ADD_CONTRACT,
    "end-contract": Purpose.END_CONTRACT,
}
"""The purpose of each operation of the API, by its name there. The same table decides for a page and for a program."""


def may(account: Account | None, purpose: Purpose, thing: Thing = NOTHING) -> bool:
    """Say whether this person, or nobody signed in, may do this with that."""
    who = TABLE[purpose]
    if who is Who.ANYBODY:
        return True
    if who is Who.TESTER:
        return bool(settings.DEMO or settings.MODE == "test")
    if account is None:
        return False
    # A person whose last role ended still has an account of their own: sessions to end, a passkey to remove.
    return who is Who.SIGNED_IN or holds(account, ROLES[who], thing)


def holds(account: Account, held: Held, thing: Thing) -> bool:
    """Say whether a person has one of these roles, for the owner of this very thing where that is asked."""
    scopes = {role.scope for role in account.roles if role.kind in held.kinds}
    return bool(scopes) if held.of is Of.ITSELF else thing.owner(held.of) in scopes


def require(account: Account | None, purpose: Purpose, thing: Thing = NOTHING) -> None:
    """Raise Http404, as for a thing that does not exist, when this person may not do this with it."""
    if not may(account, purpose, thing):
        raise Http404


def is_open_to_all(purpose: Purpose) -> bool:
    """Say whether nobody need be signed in for it."""
    return TABLE[purpose] in (Who.ANYBODY, Who.TESTER)


def names_a_person(purpose: Purpose) -> bool:
    """Say whether whoever does this sees somebody who is not their own, so that the look itself is written down."""
    return TABLE[purpose] is Who.CLERK_FOR_ONE


NOTES_BEFORE = timedelta(hours=2)
"""Time enough to read about an allergy before the door opens, and no more."""


def shows_names(booking: BookingView) -> bool:
    """A home asked to take children knows their ages; it learns their names once they are coming."""
    return booking.state in (BookingState.CONFIRMED, BookingState.MISSED, *CAME)


def shows_notes(booking: BookingView, *, at: datetime) -> bool:
    """Care notes are the home's to read from 2 hours before arrival until the child is fetched, or should be."""
    coming = booking.state in (BookingState.CONFIRMED, BookingState.ATTENDED)
    return coming and booking.arrives_at - NOTES_BEFORE <= at < booking.leaves_at
