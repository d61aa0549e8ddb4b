"""What is each interview called on the employer's pages?"""

from django.utils.translation import gettext, gettext_noop

from daybreak.tickets.terms import Occasion

TITLES = {
    Occasion.ENTRY: gettext_noop("Your first months here"),
    Occasion.RETURN: gettext_noop("Back from leave"),
    Occasion.PULSE: gettext_noop("The yearly pulse"),
    Occasion.EXIT: gettext_noop("Before you go"),
    Occasion.DECLINED: gettext_noop("The offer you declined"),
}


def title_of(occasion: Occasion) -> str:
    """The title, in the page's language, as the interview itself says it."""
    return gettext(TITLES[occasion])
