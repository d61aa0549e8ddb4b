"""What is said about interviews and tickets for them, by message and where one is refused."""

from daybreak.notices.facts import gettext_noop
from daybreak.notices.terms import NoticeWords

TICKET_NOTICES = {
    "interview-open": NoticeWords(
        subject=gettext_noop("An interview, if you like"),
        text=gettext_noop(
            "You are invited to say how work and care go together for you. It takes four minutes, "
            "everybody gets the same questions, and your employer cannot learn what you said.\n\n"
            "On this page you get a ticket and read who can see what. Use your own phone if you can. "
            "Nothing happens if you leave it.\n\n{link}"
        ),
        sms=gettext_noop(
            "An interview, if you like: how work and care go together. Your employer cannot learn what you said. {link}"
        ),
    ),
}

TICKET_REFUSALS = {
    "offer-not-accepted": (gettext_noop("Nobody is interviewed before an offer is accepted. Nobody was invited."),),
    "wave-is-for-another-occasion": (
        gettext_noop("This wave is for another occasion. Nobody was invited. Name the wave of this one."),
    ),
    "wave-not-over": (
        gettext_noop("The wave is not over. Nothing was written down. Report it on the day it closes or later."),
    ),
    "not-invited": (gettext_noop("You are not invited to this interview. Nothing was stamped."),),
    "interview-not-open": (
        gettext_noop("This interview is not open today. Nothing was stamped. Your interviews say when it is."),
    ),
    "not-a-blinded-message": (
        gettext_noop("What came is no ticket to stamp. Nothing was stamped. Begin again on the interviews' page."),
    ),
    "ticket-taken": (
        gettext_noop(
            "You took your ticket already, and each person gets one. Nothing was stamped. "
            "It is in the browser in which you began."
        ),
    ),
}
