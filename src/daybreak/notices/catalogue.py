"""Which words does the product speak? Every code, with its English sentences and the facts they need.

Spanish stands in web/locale and is written there, not translated word by word. A sentence says what happened, what now,
and until when. Where a refusal has several, the first whose facts are all known is said.
"""

from daybreak.notices.account_words import ACCOUNTS
from daybreak.notices.facts import gettext_noop
from daybreak.notices.family_words import FAMILY_TEXTS, LATE_NOTICES
from daybreak.notices.household_words import HOUSEHOLD_REFUSALS
from daybreak.notices.plan_words import PLAN_REFUSALS
from daybreak.notices.program_words import PROGRAM_REFUSALS
from daybreak.notices.provider_words import PROVIDER_REFUSALS
from daybreak.notices.room_words import STAFF_REFUSALS, WHY_NOT_MORE
from daybreak.notices.roster_words import ROSTER_NOTICES, ROSTER_REFUSALS
from daybreak.notices.standing_words import STANDING_REFUSALS
from daybreak.notices.terms import NoticeWords
from daybreak.notices.text_words import TEXTS
from daybreak.notices.ticket_words import TICKET_NOTICES, TICKET_REFUSALS

NOTICES = {
    **ACCOUNTS,
    "calendar-block": NoticeWords(
        subject=gettext_noop("A block for your calendar, {day}"),
        text=gettext_noop(
            "The file with this mail keeps the time free in your calendar on {day}. Open it and save. "
            "It says that you are busy, and nothing else.\n\n"
            "If anything changes, send yourself a new one from your page; it takes the old one's place.\n\n{link}"
        ),
        sms=gettext_noop("A block for your calendar on {day} is on your page: {link}"),
    ),
    "care-confirmed": NoticeWords(
        subject=gettext_noop("Confirmed for {day}"),
        text=gettext_noop(
            "{site} in {city} expects you on {day} with {children}, from {arrives}. "
            "By our estimate, the way there adds {minutes} to your trip.\n\n"
            "{site} has not told Daybreak what to bring. The way and the rest are on your page. "
            "If you no longer need the place, cancel there, so that another family can have it.\n\n{link}"
        ),
        sms=gettext_noop(
            "Confirmed: {site}, {city}, {day}, {children}. "
            "Drop-off from {arrives}. By our estimate, the way adds {minutes}. {link}"
        ),
    ),
    "care-held": NoticeWords(
        subject=gettext_noop("Kept for you, not yet confirmed: {day}"),
        text=gettext_noop(
            "{site} is asked to take {children} on {day}, and nobody else can have the place meanwhile. "
            "It answers by {until}. Nothing is sure until then.\n\n"
            "If the answer is no, or none comes, Daybreak goes on to the next place by itself. "
            "There is nothing you need to do now.\n\n{link}"
        ),
        sms=gettext_noop(
            "{site} is asked to take {children} on {day}. It answers by {until}; nothing is sure until then. {link}"
        ),
    ),
    "care-waiting": NoticeWords(
        subject=gettext_noop("Still looking: {day}"),
        text=gettext_noop(
            "No place is sure yet for {day}. Daybreak keeps looking until {decide_by} "
            "and tells you as soon as one is found. "
            "If none is found by then, you get a statement of all that was tried.\n\n{link}"
        ),
        sms=gettext_noop(
            "No place is sure yet for {day}. Daybreak keeps looking until {decide_by} and tells you. {link}"
        ),
        can_wait=True,
    ),
    "care-unfilled": NoticeWords(
        subject=gettext_noop("No place found for {day}"),
        text=gettext_noop(
            "Daybreak found no place for {day}, and nothing is booked. "
            "It looked at {considered} in your reach with spots on offer. "
            "With nothing on offer that day: {without_offer}.\n\n"
            "The statement of what was tried, and why nothing fit, is on your page. "
            "You can ask again with other hours.\n\n{link}"
        ),
        sms=gettext_noop("No place found for {day}; nothing is booked. What was tried and why nothing fit: {link}"),
    ),
    "care-declined-trying-on": NoticeWords(
        subject=gettext_noop("Trying the next place: {day}"),
        text=gettext_noop(
            "{site} did not take your booking for {day}. Daybreak is already trying the next place "
            "and tells you by {decide_by} at the latest. You need not ask again.\n\n{link}"
        ),
        sms=gettext_noop(
            "{site} did not take your booking for {day}. "
            "Daybreak is trying the next place and tells you by {decide_by}. {link}"
        ),
    ),
    "care-canceled": NoticeWords(
        subject=gettext_noop("Canceled: {day}"),
        text=gettext_noop(
            "Your care request for {day} is canceled, as you asked. Nothing is kept for you any more, "
            "and whoever expected you has been told. If you need the day after all, ask again.\n\n{link}"
        ),
        sms=gettext_noop("Your care request for {day} is canceled. Whoever expected you has been told. {link}"),
    ),
    "care-canceled-by-provider": NoticeWords(
        subject=gettext_noop("Changed: looking for another place for {day}"),
        text=gettext_noop(
            "{site} can no longer take you on {day}. Daybreak is already looking for another place, "
            "with everything you said before, and tells you by {decide_by} at the latest. "
            "You need not ask again.\n\n{link}"
        ),
        sms=gettext_noop(
            "{site} canceled {day}. Daybreak is already looking for another place and tells you by {decide_by}. {link}"
        ),
    ),
    "care-license-ended": NoticeWords(
        subject=gettext_noop("Changed: looking for another place for {day}"),
        text=gettext_noop(
            "The state no longer lists {site} as licensed, so your booking there for {day} does not stand. "
            "Daybreak is already looking for another place, with everything you said before, "
            "and tells you by {decide_by} at the latest. You need not ask again.\n\n{link}"
        ),
        sms=gettext_noop(
            "The state no longer lists {site} as licensed; {day} there does not stand. "
            "Daybreak is looking for another place and tells you by {decide_by}. {link}"
        ),
    ),
    "provider-license-ended": NoticeWords(
        subject=gettext_noop("No bookings while your license is not listed: {day}"),
        text=gettext_noop(
            "The state's newest list no longer shows {site} as licensed. "
            "The booking of {children} on {day} is canceled and the family has been told. "
            "What you offered is withdrawn.\n\n"
            "If the list is wrong, ask the state to correct it; with its next list you can offer spots again.\n\n{link}"
        ),
        sms=gettext_noop(
            "The state's list no longer shows {site} as licensed. The booking on {day} ({children}) is canceled, "
            "the family is told. {link}"
        ),
    ),
    "care-declined-with-reason": NoticeWords(
        subject=gettext_noop("Trying the next place: {day}"),
        text=gettext_noop(
            "{site} did not take your booking for {day}. {why} Daybreak is already trying the next place "
            "and tells you by {decide_by} at the latest. You need not ask again.\n\n{link}"
        ),
        sms=gettext_noop("{site} said no for {day}. {why} Daybreak looks on until {decide_by}. {link}"),
    ),
    "care-canceled-with-reason": NoticeWords(
        subject=gettext_noop("Changed: looking for another place for {day}"),
        text=gettext_noop(
            "{site} can no longer take you on {day}. {why} Daybreak is already looking for another place, "
            "with everything you said before, and tells you by {decide_by} at the latest. "
            "You need not ask again.\n\n{link}"
        ),
        sms=gettext_noop("{site} canceled {day}. {why} Daybreak looks on until {decide_by}. {link}"),
    ),
    "provider-new-booking": NoticeWords(
        subject=gettext_noop("New booking for {day}"),
        text=gettext_noop(
            "{site} has a new booking on {day}: {children}, from {arrives} to {leaves}. It is confirmed.\n\n"
            "Names, ages and care notes are on your page.\n\n{link}"
        ),
        sms=gettext_noop(
            "New booking at {site}: {day}, {children}, {arrives} to {leaves}. Confirmed. Names and notes: {link}"
        ),
    ),
    "provider-asked": NoticeWords(
        subject=gettext_noop("Answer by {until}"),
        text=gettext_noop(
            "A family asks {site} for {day}: {children}, from {arrives} to {leaves}. "
            "Accept or decline on your page by {until}. "
            "Without an answer the booking goes to another place.\n\n{link}"
        ),
        sms=gettext_noop(
            "A family asks {site} for {day}: {children}, {arrives} to {leaves}. Text YES or NO by {until}, or: {link}"
        ),
    ),
    "provider-canceled": NoticeWords(
        subject=gettext_noop("Canceled: {day}"),
        text=gettext_noop(
            "The family canceled its booking at {site} on {day}: {children} fewer. "
            "The spots are open for other families again. There is nothing you need to do.\n\n{link}"
        ),
        sms=gettext_noop("Canceled by the family: {site}, {day}, {children} fewer. The spots are open again. {link}"),
    ),
    **ROSTER_NOTICES,
    **TICKET_NOTICES,
    **LATE_NOTICES,
    **TEXTS,
    **FAMILY_TEXTS,
}
"""What is told to a person, by mail and text message."""

REFUSALS = {
    # Why a place does not fit.
    "nothing-in-reach": (
        gettext_noop("The way there adds {minutes} to your trip, and you allow {most}."),
        gettext_noop("This caregiver lives {kilometers} kilometers away and travels at most {most}."),
        gettext_noop("This place is farther from your way than you allow."),
    ),
    "hours": (
        gettext_noop(
            "This place is open from {opens} to {closes}. "
            "With the way, you need care from {needed_from} to {needed_until}."
        ),
        gettext_noop("This place is not open for all the hours you need."),
    ),
    "closed-that-day": (
        gettext_noop(
            "This place does not open on {day}. Nothing was changed. "
            "Say on which days you open under your opening hours, then offer spots."
        ),
        gettext_noop("This place does not open on a day you need."),
    ),
    "age": (
        gettext_noop(
            "This room takes children from {from_months} up to {until_months}, and this child is {months} old."
        ),
        gettext_noop("No room of this place takes a child of {months}."),
        gettext_noop("No room of this place takes a child of this age."),
    ),
    "needs": (gettext_noop("This place does not offer the care this child needs."),),
    "siblings-do-not-fit-together": (gettext_noop("This place cannot take all of your children together."),),
    "full": (gettext_noop("Every spot that fits is taken for the hours you need."),),
    "too-many-young-children": (
        gettext_noop(
            "Of children under {under_months}, this room may have {most} at once, and there would be {young}."
        ),
        gettext_noop("This room may not have more children of this age at once."),
    ),
    "fewer-spots-with-a-young-child": (
        gettext_noop(
            "With a child under {under_months} in it, this room may have {most} at once. This would make {children}."
        ),
        gettext_noop("This room may have fewer children at once while a young one is in it."),
    ),
    "serves-another-household": (gettext_noop("This caregiver is with another family at that time."),),
    "spots-gone": (gettext_noop("Another family took the last spot first. Nothing was booked at this place."),),
    "kept-by-contract": (
        gettext_noop("The spots left here are promised to the families of an employer until {until}."),
        gettext_noop("The spots left here are promised to the families of an employer."),
    ),
    "shared-by-contract": (
        gettext_noop("Until {until} the last spots here are shared between employers, and yours has had its part."),
        gettext_noop("The last spots here are shared between employers, and yours has had its part."),
    ),
    "wanted-by-many": (
        gettext_noop(
            "Many families ask for the last spots here, so they are given out together with all who wait, "
            "not one after the other."
        ),
    ),
    # Why care cannot be asked for.
    "no-child": (gettext_noop("No child was chosen. Nothing was asked. Choose at least one."),),
    "too-many-children": (
        gettext_noop(
            "One request takes at most {most}, and you chose {children}. Nothing was asked. Make two requests."
        ),
        gettext_noop("You chose more children than one request takes. Nothing was asked. Make two requests."),
    ),
    "day-in-the-past": (
        gettext_noop("{day} at these hours has passed. Nothing was changed. Choose a later day or later hours."),
        gettext_noop("That time has passed. Nothing was changed. Choose a later day or later hours."),
    ),
    "too-far-ahead": (
        gettext_noop(
            "{day} is more than {days} days ahead. Nothing was asked. Ask nearer the day, when homes know their spots."
        ),
        gettext_noop("That day is too far ahead. Nothing was asked. Ask nearer the day, when homes know their spots."),
    ),
    "too-long": (
        gettext_noop("One request covers at most {hours} hours. Nothing was asked. Check when work starts and ends."),
        gettext_noop(
            "Those are more hours than one request covers. Nothing was asked. Check when work starts and ends."
        ),
    ),
    "no-such-hours": (
        gettext_noop(
            "On that day the clocks skip these hours. Nothing was asked. Choose hours that start before or end after."
        ),
    ),
    "decide-by-has-passed": (gettext_noop("Your decide-by time has passed. Nothing was asked. Choose a later one."),),
    "decide-by-after-care": (
        gettext_noop("Your decide-by time comes after the care itself. Nothing was asked. Choose an earlier one."),
    ),
    "already-asked": (
        gettext_noop("This was sent before and is being worked on. Nothing new was asked. Look at your requests."),
    ),
    "key-used-for-something-else": (
        gettext_noop(
            "This form was sent before with other answers. The first one counts. Open the page anew to ask for more."
        ),
    ),
    "child-already-placed": (
        gettext_noop(
            "One of your children already has a place in these hours. Nothing was booked. "
            "Cancel that booking first, or choose other hours."
        ),
    ),
    "child-wanted-twice": (
        gettext_noop("The same child was named twice for the same hours. Nothing was booked. Name each child once."),
    ),
    "nothing-wanted": (gettext_noop("No child or no hours were named. Nothing was booked. Name both."),),
    # Why a booking does not move.
    "hold-has-ended": (
        gettext_noop("The time to answer has passed and the spots are open again. Nothing was changed."),
    ),
    "not-yet": (gettext_noop("It is too early for that. Nothing was changed. Come back when the children are due."),),
    "too-late-for-that": (
        gettext_noop(
            "This was settled otherwise in the meantime. Nothing was changed. Open the page anew to see how it stands."
        ),
    ),
    # Why spots cannot be offered.
    "no-offer": (
        gettext_noop("No spots were named. Nothing was changed. Give a number for at least one part of the day."),
    ),
    "fewer-than-none": (gettext_noop("A number of spots cannot be below 0. Nothing was changed. Give 0 or more."),),
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
    "license-not-in-force": (
        gettext_noop("The license of this place is not in force on {day}. Nothing was changed."),
        gettext_noop("The license of this place is not in force on that day. Nothing was changed."),
    ),
    "license-ended": (
        gettext_noop("The state no longer lists this place as licensed, so the booking does not stand."),
    ),
    "unknown-hours": (
        gettext_noop(
            "The opening hours of this place are not known. Nothing was changed. Set the hours first, then offer spots."
        ),
    ),
    "unknown-room": (gettext_noop("This place has no such room. Nothing was changed. Open the page anew."),),
    "unknown-site": (gettext_noop("There is no such place. Nothing was changed. Open the page anew."),),
    "offered-by-the-provider": (
        gettext_noop("The home itself offers spots on {day}. The simulation changed nothing."),
        gettext_noop("The home itself offers spots on that day. The simulation changed nothing."),
    ),
    # Why anything may be refused.
    "too-many-tries": (
        gettext_noop("There were too many tries in a short time. Nothing was sent. Try again in {wait}."),
        gettext_noop("There were too many tries in a short time. Nothing was sent. Try again in a few minutes."),
    ),
    **PROGRAM_REFUSALS,
    "family-is-full": (
        gettext_noop(
            "A family has at most {most} people here, invited ones included. Nobody was invited. "
            "Take an invitation back first."
        ),
        gettext_noop(
            "This family has as many people here as it can. Nobody was invited. Take an invitation back first."
        ),
    ),
    "not-allowed": (
        gettext_noop(
            "There is no such thing, or it is not yours to see. Nothing was changed. Go back to your first page."
        ),
    ),
    **TICKET_REFUSALS,
    **STAFF_REFUSALS,
    **STANDING_REFUSALS,
    **PROVIDER_REFUSALS,
    **PLAN_REFUSALS,
    **ROSTER_REFUSALS,
    **HOUSEHOLD_REFUSALS,
    **WHY_NOT_MORE,
}
"""Why something may not be done: the sentences for a reason's code, the one that says most first."""

CITED = gettext_noop("{sentence} The rule: {cite}.")
"""A refusal that a law or a plan decided says which."""

HEADINGS = {
    "nothing-in-reach": gettext_noop("Too far from your way"),
    "hours": gettext_noop("Not open for all your hours"),
    "closed-that-day": gettext_noop("Closed that day"),
    "age": gettext_noop("No room for this age"),
    "needs": gettext_noop("Does not offer the care needed"),
    "siblings-do-not-fit-together": gettext_noop("No room for siblings together"),
    "full": gettext_noop("Every spot taken"),
    "kept-by-contract": gettext_noop("Promised to another employer"),
    "shared-by-contract": gettext_noop("Shared between employers"),
    "wanted-by-many": gettext_noop("Given out together"),
    "route-not-covered": gettext_noop("Not covered by your plan"),
    "allowance-spent": gettext_noop("Too few days left"),
    "allowance-hours-spent": gettext_noop("Too few hours left"),
}
"""The reasons a place does not fit, as short headings beside a count of places."""
