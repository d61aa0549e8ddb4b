"""The promise in words: who can see what, what could be had by force, what cannot be undone, and where it is weak.

It is written from the table that the access tests try (access.SEES); no sentence about a party stands here twice.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from daybreak.interviews.terms import BATCH
from daybreak.web.interviews.access import SEES, Party, Thing
from daybreak.web.interviews.doors import for_anybody, shown

PARTIES = {
    Party.MANAGER: gettext_noop("Your manager"),
    Party.HR: gettext_noop("HR"),
    Party.CARE_OPERATOR: gettext_noop("Whoever runs the employer's computers, or a court that orders them"),
    Party.TRUSTEE: gettext_noop("The trustee, who is outside your line of managers"),
    Party.INTERVIEW_OPERATOR: gettext_noop("Whoever runs the interviews' computer, or a court that orders them"),
    Party.BOTH_OPERATORS: gettext_noop("Both of them together, or a court that orders both"),
}
THINGS = {
    Thing.INVITED: gettext_noop("That you were invited"),
    Thing.HAS_TICKET: gettext_noop("That you took a ticket"),
    Thing.RATE: gettext_noop("How many answered, once a wave is over"),
    Thing.ANSWERS: gettext_noop("What was ticked"),
    Thing.TEXTS: gettext_noop("What was written"),
    Thing.WHOSE: gettext_noop("Which answers are yours"),
}


@for_anybody
@require_safe
def promise(request: HttpRequest) -> HttpResponse:
    """The page."""
    columns = [{"text": gettext("Who")}, *({"text": gettext(THINGS[thing])} for thing in Thing)]
    rows = [
        {
            "head": gettext(PARTIES[party]),
            "cells": [
                {"label": gettext(THINGS[thing]), "text": gettext("yes") if thing in SEES[party] else gettext("no")}
                for thing in Thing
            ],
        }
        for party in Party
    ]
    return shown(request, "promise", {"columns": columns, "rows": rows, "batch": BATCH})
