"""How is it said what a room may still take, why not more, and why its staff could not be written down?"""

from daybreak.notices.facts import gettext_noop

WHY_NOT_MORE = {
    "staff-on-duty-may-have": (
        gettext_noop(
            "With {adults} on duty, this room may have {most} at once at these ages: one adult for every {per_adult}."
        ),
        gettext_noop("With the staff on duty, this room may not have more at once at these ages."),
    ),
    "nobody-on-duty": (gettext_noop("For part of these hours no educator is on duty in this room."),),
    "group-is-full-at": (
        gettext_noop("A group of these ages has at most {most}, however many educators there are."),
        gettext_noop("A group of these ages may not be larger, however many educators there are."),
    ),
    "a-second-adult-is-needed": (
        gettext_noop("One adult alone on the site may have {most}. For more, a second adult must be there."),
        gettext_noop("One adult alone on the site may not have more."),
    ),
    "room-with-a-young-child": (
        gettext_noop("With a child under {under_months} in it, this room may have {most} at once."),
        gettext_noop("With a young child in it, this room may not have more at once."),
    ),
    "young-children-at-most": (
        gettext_noop("Of children under {under_months}, this room may have {most} at once."),
        gettext_noop("This room may not have more children of this age at once."),
    ),
    "room-is-licensed-for": (
        gettext_noop("The license allows this room {licensed}."),
        gettext_noop("The license allows this room no more."),
    ),
    "site-is-licensed-for": (
        gettext_noop("The license allows the whole place {licensed}."),
        gettext_noop("The license allows the whole place no more."),
    ),
    "provider-offers": (
        gettext_noop("The provider offers {offered} here. Taken: {taken}."),
        gettext_noop("The provider offers no more here."),
    ),
    "nothing-offered": (gettext_noop("The provider offers nothing here."),),
}
"""The least of the license, the ratio and the provider's word, each by its name."""

STAFF_REFUSALS = {
    "more-than-the-room-may-have": (
        gettext_noop("This room may now have {most} at once, the provider's own included. This would make {children}."),
        gettext_noop("This room may not have more children at once just now."),
    ),
    "no-room-said": (gettext_noop("No room was named. Nothing was changed. Say who is on duty in at least one room."),),
    "unknown-staff": (
        gettext_noop("Nobody of that name works here any more. Nothing was changed. Open the page anew."),
    ),
    "staff-twice-at-once": (
        gettext_noop(
            "One person would be on duty twice at once. Nothing was changed. Put each hour of theirs in one room."
        ),
    ),
    "not-on-duty": (
        gettext_noop("They were not on duty on {day}, so nothing was changed. Say first who is on duty."),
        gettext_noop("They were not on duty that day, so nothing was changed. Say first who is on duty."),
    ),
    "own-children-not-plausible": (
        gettext_noop("No room has that many children, or of that age. Nothing was changed. Correct the number."),
    ),
}
"""Why staff on duty could not be written down, or a child not be taken for want of it."""
