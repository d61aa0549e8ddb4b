"""Which words does the product speak? Every code, with its English sentences and the facts they need.

Spanish stands in web/locale and is written there, not translated word by word. A sentence says what happened, what now,
and until when. A refusal may have several sentences: the first whose facts are all known is said; the last needs none.
"""

from datetime import timedelta

from daybreak.notices.terms import Kind, NoticeWords


def gettext_noop(text: str) -> str:
    """Mark words for the translation files; this module itself speaks English only."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark words that depend on a count."""
    return one, many


FACTS = {
    "site": Kind.NAME,
    "city": Kind.NAME,
    "cite": Kind.NAME,
    "day": Kind.DAY,
    "arrives": Kind.CLOCK,
    "leaves": Kind.CLOCK,
    "starts": Kind.CLOCK,
    "ends": Kind.CLOCK,
    "opens": Kind.CLOCK,
    "closes": Kind.CLOCK,
    "answer_by": Kind.MOMENT,
    "decide_by": Kind.MOMENT,
    "minutes": Kind.MINUTES,
    "limit": Kind.MINUTES,
    "wait": Kind.MINUTES,
    "months": Kind.MONTHS,
    "children": Kind.CHILDREN,
    "taken": Kind.SPOTS,
    "offered": Kind.SPOTS,
    "licensed": Kind.SPOTS,
    "considered": Kind.PLACES,
    "without_offer": Kind.PLACES,
    "page": Kind.PAGE,
    "sign_in": Kind.SIGN_IN,
}
"""What each fact is, wherever it appears: one name, one meaning."""

COUNTED = {
    Kind.MINUTES: ngettext_noop("{count} minute", "{count} minutes"),
    Kind.MONTHS: ngettext_noop("{count} month", "{count} months"),
    Kind.CHILDREN: ngettext_noop("{count} child", "{count} children"),
    Kind.SPOTS: ngettext_noop("{count} spot", "{count} spots"),
    Kind.PLACES: ngettext_noop("{count} licensed place", "{count} licensed places"),
}

NOTICES = {
    "sign-in-link": NoticeWords(
        subject=gettext_noop("Your sign-in link"),
        text=gettext_noop(
            "Open this link within 15 minutes to sign in to Daybreak. It works once.\n\n{sign_in}\n\n"
            "If you did not ask for it, leave it unopened: nobody is signed in without it."
        ),
        sms=gettext_noop("Your Daybreak sign-in link works once, for 15 minutes: {sign_in}"),
        patience=timedelta(hours=1),
    ),
    "care-confirmed": NoticeWords(
        subject=gettext_noop("Confirmed for {day}"),
        text=gettext_noop(
            "{site} in {city} expects you on {day} with {children}, from {arrives}. "
            "The way there adds about {minutes} to your trip.\n\n"
            "{site} has not told Daybreak what to bring. The way and the rest are on your page. "
            "If you no longer need the place, cancel there, so that another family can have it.\n\n{page}"
        ),
        sms=gettext_noop(
            "Confirmed: {site}, {city}, {day}, {children}. "
            "Drop-off from {arrives}, about {minutes} out of your way. {page}"
        ),
    ),
    "care-held": NoticeWords(
        subject=gettext_noop("Kept for you, not yet confirmed: {day}"),
        text=gettext_noop(
            "{site} is asked to take {children} on {day}, and nobody else can have the place meanwhile. "
            "It answers by {answer_by}. Nothing is sure until then.\n\n"
            "If the answer is no, or none comes, Daybreak goes on to the next place by itself. "
            "You have nothing to do now.\n\n{page}"
        ),
        sms=gettext_noop(
            "{site} is asked to take {children} on {day}. It answers by {answer_by}; nothing is sure until then. {page}"
        ),
    ),
    "care-waiting": NoticeWords(
        subject=gettext_noop("Still looking: {day}"),
        text=gettext_noop(
            "No place is sure yet for {day}. Daybreak keeps looking until {decide_by} "
            "and tells you as soon as one is found. "
            "If none is found by then, you get a statement of all that was tried.\n\n{page}"
        ),
        sms=gettext_noop(
            "No place is sure yet for {day}. Daybreak keeps looking until {decide_by} and tells you. {page}"
        ),
    ),
    "care-unfilled": NoticeWords(
        subject=gettext_noop("No place found for {day}"),
        text=gettext_noop(
            "Daybreak found no place for {day}, and nothing is booked. "
            "With spots on offer in your reach: {considered}. With nothing on offer that day: {without_offer}.\n\n"
            "The statement of what was tried, and why it did not fit, is on your page. "
            "You can ask again there with other hours.\n\n{page}"
        ),
        sms=gettext_noop("No place found for {day}; nothing is booked. What was tried and why it did not fit: {page}"),
    ),
    "care-declined-trying-on": NoticeWords(
        subject=gettext_noop("Trying the next place: {day}"),
        text=gettext_noop(
            "{site} did not take your booking for {day}. Daybreak is already trying the next place "
            "and tells you by {decide_by} at the latest. You need not ask again.\n\n{page}"
        ),
        sms=gettext_noop(
            "{site} did not take your booking for {day}. "
            "Daybreak is trying the next place and tells you by {decide_by}. {page}"
        ),
    ),
    "care-canceled": NoticeWords(
        subject=gettext_noop("Canceled: {day}"),
        text=gettext_noop(
            "Your care request for {day} is canceled, as you asked. Nothing is kept for you any more, "
            "and whoever expected you has been told. If you need the day after all, ask again.\n\n{page}"
        ),
        sms=gettext_noop("Your care request for {day} is canceled. Whoever expected you has been told. {page}"),
    ),
    "care-canceled-by-provider": NoticeWords(
        subject=gettext_noop("Changed: looking for another place for {day}"),
        text=gettext_noop(
            "{site} can no longer take {children} on {day}. Daybreak is already looking for another place, "
            "with everything you said before, and tells you by {decide_by} at the latest. "
            "You need not ask again.\n\n{page}"
        ),
        sms=gettext_noop(
            "{site} canceled {day}. Daybreak is already looking for another place and tells you by {decide_by}. {page}"
        ),
    ),
    "provider-new-booking": NoticeWords(
        subject=gettext_noop("New booking for {day}"),
        text=gettext_noop(
            "{site} has a new booking on {day}: {children}, from {arrives} to {leaves}. It is confirmed.\n\n"
            "Names, ages and care notes are on your page.\n\n{page}"
        ),
        sms=gettext_noop(
            "New booking at {site}: {day}, {children}, {arrives} to {leaves}. Confirmed. Names and notes: {page}"
        ),
    ),
    "provider-asked": NoticeWords(
        subject=gettext_noop("Answer by {answer_by}"),
        text=gettext_noop(
            "A family asks {site} for {day}: {children}, from {arrives} to {leaves}. "
            "Accept or decline on your page by {answer_by}. "
            "Without an answer the booking goes to another place.\n\n{page}"
        ),
        sms=gettext_noop(
            "A family asks {site} for {day}: {children}, {arrives} to {leaves}. "
            "Accept or decline by {answer_by}: {page}"
        ),
    ),
    "provider-canceled": NoticeWords(
        subject=gettext_noop("Canceled: {day}"),
        text=gettext_noop(
            "The family canceled its booking at {site} on {day}: {children} fewer. "
            "The spots are open for other families again. You have nothing to do.\n\n{page}"
        ),
        sms=gettext_noop("Canceled by the family: {site}, {day}, {children} fewer. The spots are open again. {page}"),
    ),
}
"""What is told to a person, by mail and text message."""

REFUSALS = {
    "nothing-in-reach": (
        gettext_noop("The way there adds {minutes} to your trip, and you allow {limit}."),
        gettext_noop("This place is farther from your way than you allow."),
    ),
    "hours": (
        gettext_noop("This place is open from {opens} to {closes}, and you need care from {starts} to {ends}."),
        gettext_noop("This place is not open for all the hours you need."),
    ),
    "age": (
        gettext_noop("No room of this place takes a child of {months}."),
        gettext_noop("No room of this place takes a child of this age."),
    ),
    "needs": (gettext_noop("This place does not offer the care this child needs."),),
    "siblings-do-not-fit-together": (gettext_noop("This place cannot take all of your children together."),),
    "full": (gettext_noop("Every spot of this place is taken for the hours you need."),),
    "spots-gone": (gettext_noop("Another family took the last spot first. Nothing was booked at this place."),),
    "no-offer": (gettext_noop("This place offers no spots on that day."),),
    "license-not-in-force": (
        gettext_noop("The license of this place is not in force on {day}. Nothing was changed."),
        gettext_noop("The license of this place is not in force on that day. Nothing was changed."),
    ),
    "unknown-hours": (
        gettext_noop(
            "The opening hours of this place are not known. Nothing was changed. Set the hours first, then offer spots."
        ),
    ),
    "fewer-than-taken": (
        gettext_noop(
            "Families already have {taken}, so {offered} is too few. Nothing was changed. Offer at least what is taken."
        ),
        gettext_noop("Families already have more spots than that. Nothing was changed. Offer at least what is taken."),
    ),
    "more-than-licensed": (
        gettext_noop(
            "The license allows {licensed}, so {offered} is too many. Nothing was changed. "
            "Offer what the license allows."
        ),
        gettext_noop("The license allows fewer spots than that. Nothing was changed. Offer what the license allows."),
    ),
    "key-used-for-something-else": (
        gettext_noop(
            "This form was sent before with other answers. The first one counts. Open the page anew to ask for more."
        ),
    ),
    "too-soon": (
        gettext_noop("The time by which you need an answer has passed. Nothing was asked. Choose a later time."),
    ),
    "child-already-placed": (
        gettext_noop(
            "One of your children already has a place in these hours. Nothing was booked. Cancel that booking first, "
            "or choose other hours."
        ),
    ),
    "day-in-the-past": (gettext_noop("That day has passed. Nothing was asked. Choose today or a later day."),),
    "too-many-tries": (
        gettext_noop("There were too many tries in a short time. Nothing was sent. Try again in {wait}."),
        gettext_noop("There were too many tries in a short time. Nothing was sent. Try again in a few minutes."),
    ),
    "not-allowed": (
        gettext_noop(
            "There is no such page, or it is not yours to see. Nothing was changed. Go back to your first page."
        ),
    ),
}
"""Why something may not be done: the sentence for a reason's code."""

CITED = gettext_noop("{sentence} The rule: {cite}.")
"""A refusal that a law or a plan decided says which."""

HEADINGS = {
    "nothing-in-reach": gettext_noop("Too far from your way"),
    "hours": gettext_noop("Not open for all your hours"),
    "age": gettext_noop("No room for this age"),
    "needs": gettext_noop("Does not offer the care needed"),
    "siblings-do-not-fit-together": gettext_noop("No room for siblings together"),
    "full": gettext_noop("Every spot taken"),
    "no-offer": gettext_noop("Offers no spots that day"),
}
"""The reasons a place does not fit, as short headings beside a count of places."""
