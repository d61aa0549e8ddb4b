"""How are refusals of the interviews said? Short, with what to do now; Spanish stands with the other translations."""

from django.utils.translation import gettext, gettext_noop

from daybreak.kernel.decisions import No

REFUSALS = {
    "not-a-ticket": gettext_noop(
        "This ticket or code opens nothing. Nothing was kept. Copy the whole link, or type the code again."
    ),
    "wave-over": gettext_noop("The time for this interview is over. Nothing was kept."),
    "other-occasion": gettext_noop(
        "This ticket is for another interview. Nothing was kept. Open the link it came with."
    ),
    "ticket-spent": gettext_noop(
        "Answers under this ticket are already among the others, and nobody can find them again. Nothing was changed."
    ),
    "no-such-theme-or-text": gettext_noop(
        "This text or one of these themes is not in the wave. Nothing was kept. Open the list of texts again."
    ),
    "text-too-long": gettext_noop("A text is longer than half a page. Nothing was kept yet. Shorten it."),
    "not-an-option": gettext_noop(
        "An answer was none of those on offer. Nothing was kept. Answer that question again."
    ),
}


def sentences(no: No) -> list[str]:
    """Every reason once, in the page's language."""
    return list(dict.fromkeys(gettext(REFUSALS[reason.code]) for reason in no.reasons))
