"""Which tables hold something about a person, what does a copy show of them, and what does erasing leave?

A table that names a person, a household, a child or a care request, or has a sealed column, stands here, or a test
fails: nobody can add one and forget whose it is.
"""

from collections.abc import Mapping

from daybreak.own_data.terms import Holding, WhenErased

GONE, EMPTIED, KEPT = WhenErased.GONE, WhenErased.EMPTIED, WhenErased.KEPT
NO_NAMES = "It holds ids, days and counts and no name: what a home is owed and how often care was found stay countable."
CHAINED = "The record of who did what only grows, and its chain proves that nothing was taken out. It names nobody."
BOOKS = "Books only grow, and an employer has to show its taxes long after the year. They name an employee by id alone."
NOBODYS = "Nobody can tell whose an interview is. While answers wait, whoever holds their ticket can take them back."

HOLDINGS: Mapping[str, Holding] = {
    "accounts.Authenticator": Holding("ways_in", GONE),
    "accounts.Device": Holding("ways_in", GONE),
    "accounts.Passkey": Holding("ways_in", GONE),
    "accounts.SignInAsk": Holding("", KEPT, "It knows a fingerprint of an address and is forgotten after a day."),
    "accounts.Person": Holding("person", EMPTIED),
    "accounts.Token": Holding("ways_in", GONE),
    "accounts.Role": Holding("person", GONE),
    "audit.AuditEvent": Holding("record", KEPT, CHAINED),
    "calendars.Feed": Holding("calendars", GONE),
    "care.BookedChild": Holding("requests", KEPT, NO_NAMES),
    "care.Booking": Holding("requests", KEPT, NO_NAMES),
    "care.Attempt": Holding("requests", KEPT, NO_NAMES),
    "care.CareMove": Holding("requests", KEPT, NO_NAMES),
    "care.CareRequest": Holding("requests", KEPT, NO_NAMES),
    "care.RequestedChild": Holding("requests", KEPT, NO_NAMES),
    "care.StandingAsked": Holding("standing_requests", KEPT, NO_NAMES),
    "care.StandingChild": Holding("standing_requests", KEPT, NO_NAMES),
    "care.StandingRequest": Holding("standing_requests", KEPT, NO_NAMES),
    "care.Talk": Holding("", GONE, "What was last asked by text, for as long as an answer may come."),
    "interviews.Answer": Holding("", KEPT, NOBODYS),
    "interviews.Text": Holding("", KEPT, NOBODYS),
    "interviews.Waiting": Holding("", KEPT, NOBODYS),
    "network.Staffer": Holding("", KEPT, "Whom a site has on duty is the site's own book, as its license asks."),
    "notices.ContactWish": Holding("contact", GONE),
    "notices.Notice": Holding("messages", EMPTIED),
    "plan.Entry": Holding("money", KEPT, BOOKS),
    "plan.TaxFact": Holding("money", KEPT, BOOKS),
    "people.Child": Holding("household", EMPTIED),
    "people.Employee": Holding("employment", KEPT, "Who is employed, and how they are paid, is the employer's to say."),
    "people.Fetcher": Holding("household", GONE),
    "people.Invitation": Holding("invitations", GONE),
    "people.Newcomer": Holding("said_before_the_roster", GONE),
    "people.RosterLine": Holding(
        "", KEPT, "A roster is the employer's own list; ask the employer for it, and to correct it."
    ),
    "people.Household": Holding("household", EMPTIED),
    "people.HouseholdAnswer": Holding("household", GONE),
    "tickets.Invited": Holding("interviews", GONE),
    "tickets.Wave": Holding("", KEPT, "The key of a wave of interviews is about nobody."),
}
"""Every such table by its label."""

WHY_KEPT = tuple(dict.fromkeys(held.because for held in HOLDINGS.values() if held.when_erased is KEPT))
