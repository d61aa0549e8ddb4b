"""What does a program read when its call is refused? The sentences are for whoever reads the program's log."""

from daybreak.notices.facts import gettext_noop

PROGRAM_REFUSALS = {
    "token-not-known": (
        gettext_noop(
            "This call carries no token that opens anything: none was sent, it has ended, or it never was one. "
            "Nothing was done. Make one on your account's page."
        ),
    ),
    "scope-missing": (
        gettext_noop(
            "This token may not do that: it lacks the scope {scope}. Nothing was done. "
            "Make another token with that scope."
        ),
        gettext_noop("This token may not do that. Nothing was done. Make another token with the scope it needs."),
    ),
    "not-found-here": (
        gettext_noop("There is nothing here that this token may see. Nothing was done. Look at the address again."),
    ),
    "not-readable": (
        gettext_noop("{where} could not be read; nothing was done. Look at the API's description and send it again."),
        gettext_noop("What was sent could not be read. Nothing was done. Look at the API's description."),
    ),
    "cursor-not-known": (gettext_noop("That cursor is none that a page gave. Nothing was read. Begin without one."),),
    "somebody-was-first": (
        gettext_noop(
            "Somebody else changed the same thing at the same moment. Nothing was done. Read it and try again."
        ),
    ),
    "place-not-here": (
        gettext_noop("There is no place like that to agree spots with. Nothing was written. Look at its id again."),
    ),
    "day-too-far": (
        gettext_noop("{day} is too far from today. Nothing was done. Name a nearer day."),
        gettext_noop("That day is too far from today. Nothing was done. Name a nearer day."),
    ),
    "child-not-here": (
        gettext_noop(
            "One of these children is not of this family. Nothing was asked. Read the family and name its children."
        ),
    ),
    "only-for-caregivers": (
        gettext_noop(
            "Only somebody who comes to the family's home has that. Nothing was changed. Set hours or offers instead."
        ),
    ),
    "room-not-here": (
        gettext_noop(
            "One of these rooms is not of this site. Nothing was done. Read the site's rooms and name one of them."
        ),
    ),
}
